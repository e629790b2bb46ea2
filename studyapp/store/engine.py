"""Opening the learner's data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, exists, func, select

from studyapp.core.errors import DatabaseError
from studyapp.core.reported import ReportedItem
from studyapp.store import schema
from studyapp.store.attempts import AttemptStore
from studyapp.store.connection import DATABASE_NAME, Database, read_only
from studyapp.store.history import last_seen
from studyapp.store.identities import IdentityStore
from studyapp.store.keys import KeyStore
from studyapp.store.lock import FolderLock
from studyapp.store.reported import ReportedStore, all_reported
from studyapp.store.restore import keep_lone_log, refuse_if_damaged
from studyapp.store.reviews import ReviewStore
from studyapp.store.settings import SettingsStore
from studyapp.store.tables import attempts, reviews, settings
from studyapp.store.totals import TotalsStore

T = TypeVar("T")


class Store:
    """The learner's data. Used on the thread that opened it, and closed there."""

    def __init__(self, folder: Path, database: Database, lock: FolderLock) -> None:
        self.folder = folder
        self.database = database
        self.attempts = AttemptStore(database)
        self.reviews = ReviewStore(database)
        self.totals = TotalsStore(database)
        self.reported = ReportedStore(database)
        self.identities = IdentityStore(database)
        self.keys = KeyStore(database)
        self.settings = SettingsStore(database)
        self._lock = lock

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """What is written within the block is on disk when it ends; where anything fails, none of it is.

        Raises:
            DatabaseError: where it did not reach the disk.
        """
        with self.database.writing():
            yield

    def counts(self) -> tuple[int, int]:
        """How many attempts and how many reviews are kept. Raises ``DatabaseError``."""
        with self.database.reading() as connection:
            attempts_kept, reviews_kept = (
                connection.scalar(select(func.count()).select_from(table)) for table in (attempts, reviews)
            )
        return attempts_kept or 0, reviews_kept or 0

    def is_new(self) -> bool:
        """Whether nothing was kept here yet: no attempt, no review and no setting. Raises ``DatabaseError``."""
        with self.database.reading() as connection:
            return not any(connection.scalar(select(exists().select_from(t))) for t in (settings, attempts, reviews))

    def close(self) -> None:
        """Close the database and give the folder free. Everything acknowledged is on disk already."""
        try:
            self.database.close()
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def open_store(folder: Path) -> Store:
    """Open the data folder; it and the database are created where missing, an older database is migrated.

    Raises:
        DataFolderError: where the folder cannot be created or written.
        StoreInUseError: where another running studyapp uses it.
        NewerDatabaseError: where a later version of the program wrote the database, which stays as it is.
        DamagedDatabaseError: where the file is damaged or no database.
        DatabaseError: where it cannot be read or written.
    """
    lock = FolderLock(folder)
    try:
        return Store(folder, _open_database(folder / DATABASE_NAME), lock)
    except BaseException:
        lock.release()
        raise


def _open_database(path: Path) -> Database:
    keep_lone_log(path)
    refuse_if_damaged(path)
    revision = schema.revision_on_disk(path)
    database = Database(path)
    try:
        schema.bring_up_to_date(database, revision)
    except BaseException:
        database.close()
        raise
    return database


def read_last_seen(folder: Path) -> dict[str, float]:
    """When each question was last met (Unix time), read without a lock, also while the program runs.

    The folder stays as it is; where it holds no database nothing was met.

    Raises:
        NewerDatabaseError: where a later version of the program wrote the database.
        DatabaseError: where it cannot be read, or has yet to be migrated.
    """
    return _read(folder, last_seen, {})


def read_reported(folder: Path) -> list[ReportedItem]:
    """Every reported item, the newest first; read and raising as ``read_last_seen``."""
    return _read(folder, all_reported, [])


def _read(folder: Path, read: Callable[[Connection], T], without: T) -> T:
    path = folder / DATABASE_NAME
    revision = schema.revision_on_disk(path)
    if revision is None:
        return without
    if revision != schema.HEAD:
        raise DatabaseError(
            f"The database {path} was written by an earlier version of studyapp.",
            "Open studyapp once with this data folder: it brings the database up to date.",
        )
    with read_only(path) as connection:
        return read(connection)
