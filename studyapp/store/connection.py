"""The connection to the database file: explicit transactions, and failures of the environment told from bugs."""

import json
import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from studyapp.core.errors import DamagedDatabaseError, DatabaseError

DATABASE_NAME = "studyapp.db"

# The GUI thread waits this long (seconds) for another program, such as a backup tool, to let go of the database.
_BUSY_TIMEOUT = 0.25

_DAMAGED = "Nothing was changed. Open studyapp again: it offers the newest good backup from the folder “backups”."
# By SQLite's primary result code. Any other code (a broken constraint, a wrong statement) is a bug and stays one.
_ENVIRONMENT: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_PERM: ("may not be accessed", "Check the permissions of the data folder, then try again."),
    sqlite3.SQLITE_BUSY: ("is locked by another program", "Close that program, then try again."),
    sqlite3.SQLITE_LOCKED: ("is locked by another program", "Close that program, then try again."),
    sqlite3.SQLITE_READONLY: ("cannot be written", "Make the data folder and its files writable, then try again."),
    sqlite3.SQLITE_IOERR: ("could not be read or written", "Check the disk, then try again."),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _DAMAGED),
    sqlite3.SQLITE_FULL: ("could not be written: the disk is full", "Free some space, then try again."),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "Check the permissions of the data folder, then try again."),
    sqlite3.SQLITE_PROTOCOL: ("is locked by another program", "Close that program, then try again."),
    sqlite3.SQLITE_NOTADB: ("is not a database, or is damaged", _DAMAGED),
}


@contextmanager
def environment_errors(path: Path) -> Iterator[None]:
    """Raise ``DatabaseError`` where the environment made a statement fail; let bugs pass as they are.

    Raises:
        DamagedDatabaseError: where the file is damaged.
        DatabaseError: where the disk is full, the database locked, read-only or out of reach.
    """
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", None)
        known = None if code is None else _ENVIRONMENT.get(code & 0xFF)
        if known is None:
            raise
        kind = DamagedDatabaseError if known[1] is _DAMAGED else DatabaseError
        raise kind(f"The database {path} {known[0]}.", known[1]) from error


def damaged(path: Path, verdict: str = "") -> DamagedDatabaseError:
    """The error for a file that a check finds damaged; ``verdict`` is SQLite's own words."""
    return DamagedDatabaseError(f"The database {path} is damaged{verdict and ': '}{verdict}.", _DAMAGED)


def suspect_mark(path: Path) -> Path:
    """An empty file beside a database in which damage was found: not each part of it is read when it is opened."""
    return path.with_name(path.name + "-suspect")


def mark_suspect(path: Path) -> None:
    """Have the whole database checked when it is opened next."""
    with suppress(OSError):
        suspect_mark(path).touch()


class Database:
    """One connection to a database file, kept for its lifetime and bound to the thread that opened it.

    ``found_damaged`` is called with the error each time the file is found to be damaged.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or create an empty one. Raises ``DatabaseError`` where that fails."""
        self.path = path
        self.found_damaged: Callable[[DamagedDatabaseError], None] = lambda _error: None
        with environment_errors(path):
            self.raw = _connect(path)
        engine = _engine(self.raw)
        self._writer = engine.connect()
        self._reader = engine.connect().execution_options(begin="DEFERRED")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; it works while another program writes.

        One that is begun within a transaction that writes is part of that.

        Raises:
            DatabaseError: where the database cannot be read.
        """
        if self._writer.in_transaction():
            yield self._writer
            return
        with self._telling_damage(), self._reader.begin():
            yield self._reader

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends; where anything fails, none of it is.

        One that is begun within another is part of it: let its failure end that one too.

        Raises:
            DatabaseError: where the disk is full, the database locked, read-only or damaged.
        """
        if self._writer.in_transaction():
            yield self._writer
            return
        with self._telling_damage():
            try:
                with self._writer.begin():
                    yield self._writer
            except BaseException:
                # After a COMMIT that failed SQLite may keep the transaction open, while SQLAlchemy holds it for over.
                self.raw.rollback()
                raise

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        try:
            with environment_errors(self.path):
                yield
        except DamagedDatabaseError as error:
            self.note_damage(error)
            raise

    def note_damage(self, error: DamagedDatabaseError) -> None:
        """Have the whole file checked when it is opened next, and tell ``found_damaged``."""
        mark_suspect(self.path)
        self.found_damaged(error)

    def close(self) -> None:
        """Close the connection; SQLite moves what is in the write-ahead log into the database file."""
        self._writer.close()
        self._reader.close()
        self.raw.close()


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level None: the driver begins no transaction by itself, so that DDL is part of ours.
    raw = sqlite3.connect(path, timeout=_BUSY_TIMEOUT, isolation_level=None)
    try:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        # On macOS fsync leaves data in the drive's cache, where a power cut loses it.
        raw.execute("PRAGMA fullfsync = ON")
        raw.execute("PRAGMA foreign_keys = ON")
        _add_pow(raw)
    except BaseException:
        raw.close()
        raise
    return raw


def _add_pow(raw: sqlite3.Connection) -> None:
    """Give SQLite its function ``pow`` where it was built without mathematics, as on some systems it is."""
    try:
        raw.execute("SELECT pow(2.0, 0.5)")
    except sqlite3.OperationalError:
        raw.create_function("pow", 2, math.pow, deterministic=True)


@contextmanager
def read_only(path: Path) -> Iterator[Connection]:
    """A connection that can only read, without any lock, for the length of a block.

    Nothing in the folder changes, unless a program that died left a write-ahead log: reading it needs an index file.

    Raises:
        DatabaseError: where the file cannot be read, or is no database.
    """
    log = path.with_name(path.name + "-wal")
    # Without a log nobody has written since the last checkpoint: "immutable" then spares SQLite its helper files.
    immutable = not (log.exists() and log.stat().st_size)
    with (
        environment_errors(path),
        closing(reading_connection(path, immutable=immutable)) as raw,
        _engine(raw).connect() as connection,
    ):
        yield connection.execution_options(begin="DEFERRED")


def reading_connection(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """SQLite's own connection that can only read; ``immutable`` promises that nobody writes to the file meanwhile."""
    address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT, isolation_level=None)


def _engine(raw: sqlite3.Connection) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: raw,
        poolclass=StaticPool,
        json_serializer=_to_json,
        # What the learner wrote stands in no report and in no log.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("begin", "IMMEDIATE"))

    return engine


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
