"""Migrations, models and the constant agree; an older database is backed up and migrated whole or not at all."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from studyapp.core.attempt import Mode
from studyapp.core.errors import DatabaseError
from studyapp.core.form import Form
from studyapp.store import open_store, read_last_seen, restore, schema
from studyapp.store.connection import Database

ADD_A_COLUMN = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table("marks", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("attempts", recreate="always") as table:
        table.add_column(sa.Column("note", sa.String()))
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "migrated.db")
    yield opened
    opened.close()


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Become the version after this one, whose second revision is a given source."""

    def become(source: str) -> None:
        folder = tmp_path / "100% migrations"
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "revision_0002.py").write_text(source)
        monkeypatch.setattr(schema, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "HEAD", "0002")

    return become


def statements(database: Database) -> list[tuple[str, str]]:
    return database.raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


def test_the_constant_names_the_newest_revision() -> None:
    script = ScriptDirectory(str(schema.MIGRATIONS))
    assert script.get_heads() == [schema.HEAD]
    revisions = sorted(revision.revision for revision in script.walk_revisions())
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_the_migrations_make_the_schema_of_the_models(database: Database, tmp_path: Path) -> None:
    with database.writing() as connection:
        schema.upgrade(connection)
    created = Database(tmp_path / "created.db")
    with created.writing() as connection:
        schema.create(connection)
    assert statements(database) == statements(created)
    version = "SELECT version_num FROM alembic_version"
    assert database.raw.execute(version).fetchall() == created.raw.execute(version).fetchall() == [(schema.HEAD,)]
    created.close()


def test_an_older_database_is_backed_up_and_migrated(
    folder: Path, make_form: Callable[..., Form], now: datetime, next_version: Callable[[str], None]
) -> None:
    with open_store(folder) as store:
        attempt = store.attempts.create(make_form("a.x", "a.y"), Mode.STUDY, now)
    next_version(ADD_A_COLUMN)
    with pytest.raises(DatabaseError, match="earlier version"):
        read_last_seen(folder)
    with open_store(folder) as store:
        assert store.attempts.load(attempt.id) == attempt
        assert store.database.raw.execute("SELECT note FROM attempts").fetchall() == [(None,)]
        assert store.database.raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    backup = Database(folder / "backups" / "studyapp-revision-0001.db")
    assert backup.raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert backup.raw.execute("SELECT count(*) FROM responses").fetchone() == (2,)
    backup.close()


def test_a_backup_of_an_older_version_is_put_back_and_migrated(
    folder: Path, make_form: Callable[..., Form], now: datetime, next_version: Callable[[str], None]
) -> None:
    with open_store(folder) as store:
        attempt = store.attempts.create(make_form("a.x", "a.y"), Mode.STUDY, now)
    next_version(ADD_A_COLUMN)
    older = folder / "backups" / "studyapp-revision-0001.db"
    for _ in range(2):
        with open_store(folder) as store:
            store.attempts.create(make_form("a.x"), Mode.STUDY, now)
            restore(store, older, now)
        with open_store(folder) as store:
            assert store.attempts.load(attempt.id) == attempt
            assert len(store.attempts.summaries()) == 1


@pytest.mark.parametrize(
    "fault",
    ['    raise RuntimeError("half way")\n', '    op.execute("DELETE FROM attempts")\n'],
    ids=["error", "orphans"],
)
def test_a_migration_that_fails_leaves_nothing_behind(
    folder: Path, make_form: Callable[..., Form], now: datetime, next_version: Callable[[str], None], fault: str
) -> None:
    with open_store(folder) as store:
        store.attempts.create(make_form("a.x"), Mode.STUDY, now)
        before = list(store.database.raw.iterdump())
    next_version(ADD_A_COLUMN + fault)
    with pytest.raises((RuntimeError, AssertionError)):
        open_store(folder)
    database = Database(folder / "studyapp.db")
    assert list(database.raw.iterdump()) == before
    database.close()
