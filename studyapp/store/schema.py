"""Which revision a database has, and how it becomes the newest one."""

import re
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from studyapp.core.errors import DatabaseError, NewerDatabaseError
from studyapp.store.backup import BACKUPS, back_up, unused
from studyapp.store.connection import Database, damaged, read_only
from studyapp.store.tables import metadata

# The newest revision in ``migrations``. Stated here so that Alembic (280 ms, 45 MiB) is imported only to migrate.
HEAD = "0001"
# A path and not a package name: a frozen program finds no packages by discovery.
MIGRATIONS = Path(__file__).with_name("migrations")

_VERSION_TABLE = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def revision_on_disk(path: Path) -> str | None:
    """The revision of the database file, which stays as it is; None where there is none, or an empty one.

    Raises:
        NewerDatabaseError: where a later version of the program wrote it.
        DamagedDatabaseError: where it is damaged, or is no database.
        DatabaseError: where it is a database of another program or of no released version, or cannot be read.
    """
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        with read_only(path) as connection:
            names = inspect(connection).get_table_names()
            if not names:
                return None
            found = connection.scalar(select(_VERSION_TABLE)) if _VERSION_TABLE.name in names else None
            missing = _missing(connection) if found == HEAD else []
    except DBAPIError as error:
        # There is nothing wrong with the statements: a flaw in the header or in a name has codes of its own.
        raise damaged(path, str(error.orig)) from error
    # Revisions are numbered with four digits, so that their order as text is their order in time.
    if not isinstance(found, str) or not re.fullmatch(r"\d{4}", found):
        raise DatabaseError(
            f"{path} is a database, but not one of studyapp.",
            "Nothing was changed. Move the file away, or choose another data folder with --data-dir.",
        )
    if found > HEAD:
        raise NewerDatabaseError(
            f"The database {path} was written by a later version of studyapp (revision {found}, known is {HEAD}).",
            "Nothing was changed. Install the newest version of studyapp, or choose another data folder.",
        )
    if missing:
        raise DatabaseError(
            f"The database {path} is of a version of studyapp that was never released: it lacks {missing[0]}.",
            "Nothing was changed. Move the file away, or choose another data folder with --data-dir.",
        )
    return found


def _missing(connection: Connection) -> list[str]:
    """The columns of the newest revision that the database does not have."""
    statement = (
        "SELECT held.name || '.' || part.name FROM sqlite_master AS held, pragma_table_info(held.name) AS part "
        "WHERE held.type = 'table'"
    )
    held = set(connection.exec_driver_sql(statement).scalars())
    columns = (f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns)
    return [column for column in columns if column not in held]


def bring_up_to_date(database: Database, revision: str | None) -> None:
    """Give a database of ``revision`` the newest schema: all of it, or nothing where it fails."""
    if revision is None:
        with database.writing() as connection:
            create(connection)
    elif revision == HEAD:
        # A database that cannot be written is better known now than at the first answer.
        with database.writing():
            pass
    else:
        back_up(database.path, unused(database.path.parent / BACKUPS / f"studyapp-revision-{revision}.db"))
        _migrate(database)


def create(connection: Connection) -> None:
    """Create the newest schema in an empty database."""
    metadata.create_all(connection)
    _VERSION_TABLE.create(connection)
    connection.execute(insert(_VERSION_TABLE).values(version_num=HEAD))


def _migrate(database: Database) -> None:
    # SQLite changes most things about a table by copying and dropping it, and with foreign keys on, dropping a
    # parent deletes its children. The switch has no effect within a transaction.
    database.raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with database.writing() as connection:
            upgrade(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise AssertionError("a migration left rows without the row they belong to")
    finally:
        database.raw.execute("PRAGMA foreign_keys = ON")


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
