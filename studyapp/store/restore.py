"""Going back to a backup: from Settings, or because the database is damaged. Nothing is deleted on the way."""

import sqlite3
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from studyapp.core.errors import DatabaseError
from studyapp.store import schema
from studyapp.store.backup import BACKUPS, back_up, copy, unused, writing_whole
from studyapp.store.connection import (
    DATABASE_NAME,
    damaged,
    environment_errors,
    read_only,
    reading_connection,
    suspect_mark,
)
from studyapp.store.lock import FolderLock

if TYPE_CHECKING:
    from studyapp.store.engine import Store

_STAMP = "%Y%m%d-%H%M%S"
_UNREADABLE = (DatabaseError, DBAPIError, sqlite3.Error, OSError)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that can be read: when it was written (UTC), its size in bytes, and how much it holds."""

    path: Path
    at: datetime
    size: int
    attempts: int
    reviews: int


def backup_files(folder: Path) -> list[Path]:
    """The backups of a data folder, newest first."""
    found = []
    for path in (folder / BACKUPS).glob("*.db"):
        # The daily backup may take the oldest one away meanwhile.
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)]


def read_backup(path: Path) -> Backup | None:
    """What a backup holds; None where it cannot be read, or only by a later version of the program."""
    with suppress(*_UNREADABLE):
        if schema.revision_on_disk(path) is None:
            return None
        tables = ("attempts", "reviews")
        with read_only(path) as connection:
            counts = [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables]
        status = path.stat()
        return Backup(path, datetime.fromtimestamp(status.st_mtime, UTC), status.st_size, *counts)
    return None


def newest_good_backup(folder: Path) -> Backup | None:
    """The newest backup in which SQLite's whole check finds nothing wrong."""
    return next((b for path in backup_files(folder) if (b := read_backup(path)) and _is_sound(path)), None)


def refuse_if_damaged(path: Path) -> None:
    """Check the whole database where damage was found in it before: opening it reads only its first pages.

    Raises:
        DamagedDatabaseError: where it is damaged.
    """
    mark = suspect_mark(path)
    if mark.exists() and path.exists():
        if not _is_sound(path):
            raise damaged(path)
        mark.unlink()


def _is_sound(path: Path) -> bool:
    with suppress(*_UNREADABLE), read_only(path) as connection:
        return bool(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one() == "ok")
    return False


def restore(store: "Store", backup: Path, now: datetime) -> Path:
    """Put a backup in the place of the open database, which is backed up first; the path of that copy.

    All of it or nothing: SQLite does it in one transaction. The store must then be closed and opened anew, as the
    backup may have to be migrated.

    Raises:
        DatabaseError: where the backup is damaged, the copy cannot be written, or the disk is full.
    """
    if not _is_sound(backup):
        raise DatabaseError(f"The backup {backup} is damaged.", "Nothing was changed. Choose another one.")
    kept = unused(store.folder / BACKUPS / f"studyapp-before-restore-{now:{_STAMP}}.db")
    back_up(store.database.path, kept)
    with environment_errors(store.database.path), _reading(backup) as source:
        source.backup(store.database.raw)
    return kept


def start_over(folder: Path, backup: Path | None, now: datetime) -> Path:
    """Set the damaged database of a folder aside, and put a backup or nothing in its place; where the old one is now.

    What belongs to the damaged one keeps its name beside it: something may still be read from it one day.

    Raises:
        StoreInUseError: where a running studyapp uses the folder.
        DatabaseError: where the backup cannot be copied or the damaged one not be renamed, which then stays in place.
    """
    lock = FolderLock(folder)
    try:
        with ExitStack() as undo:
            if backup is None:
                aside = _set_aside(folder, now, undo)
            else:
                with _reading(backup) as source, writing_whole(folder / DATABASE_NAME) as part:
                    copy(source, part)
                    aside = _set_aside(folder, now, undo)
            undo.pop_all()
        with suppress(OSError):
            suspect_mark(folder / DATABASE_NAME).unlink(missing_ok=True)
        return aside
    finally:
        lock.release()


def _set_aside(folder: Path, now: datetime, undo: ExitStack) -> Path:
    path = folder / DATABASE_NAME
    aside = unused(folder / f"studyapp.damaged-{now:{_STAMP}}.db")
    try:
        # The database first, which another program may hold: without its log it would be an older one.
        for end in ("", "-wal", "-shm"):
            here, there = (place.with_name(place.name + end) for place in (path, aside))
            with suppress(FileNotFoundError):
                here.rename(there)
                undo.callback(_rename_back, there, here)
    except OSError as error:
        raise DatabaseError(
            f"The damaged database {path} could not be renamed: {error.strerror}.",
            "Nothing was deleted. Close other programs that use it, make the data folder writable, then try again.",
        ) from error
    return aside


def _rename_back(there: Path, here: Path) -> None:
    # What cannot go back is kept under its new name.
    with suppress(OSError):
        there.rename(here)


def keep_lone_log(path: Path) -> None:
    """Set a write-ahead log aside that has no database: SQLite would delete it for a new one.

    The program died, or was hindered, between the renames of ``start_over``: it belongs to the newest of the damaged.

    Raises:
        DatabaseError: where it cannot be renamed.
    """
    log = path.with_name(path.name + "-wal")
    if path.exists() or not log.exists():
        return
    damaged_ones = sorted(path.parent.glob("studyapp.damaged-*.db"), key=lambda found: found.stat().st_ctime)
    aside = damaged_ones[-1] if damaged_ones else path.with_name("studyapp.damaged.db")
    try:
        log.rename(unused(aside.with_name(aside.name + "-wal")))
    except OSError as error:
        raise DatabaseError(
            f"The log {log} of a database that is no longer there could not be renamed: {error.strerror}.",
            "Nothing was deleted. Close other programs that use it, make the data folder writable, then try again.",
        ) from error


def _reading(backup: Path) -> closing[sqlite3.Connection]:
    return closing(reading_connection(backup, immutable=True))
