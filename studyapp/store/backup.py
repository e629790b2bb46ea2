"""Copies of the database by SQLite's backup API: a plain copy of a live file loses what is in its log."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from studyapp.core.errors import DamagedDatabaseError, DatabaseError
from studyapp.store.connection import damaged, environment_errors, mark_suspect, reading_connection

if TYPE_CHECKING:
    from studyapp.store.engine import Store

BACKUPS = "backups"
_KEPT = 10
_DAILY_NAME = re.compile(r"studyapp-\d{4}-\d\d-\d\d\.db")


def back_up(path: Path, target: Path) -> None:
    """Write a copy of a database to ``target``, while it is in use: a sound and complete one, or none.

    It reads through a connection of its own, and may be called on any thread.

    Raises:
        DamagedDatabaseError: where the database is damaged.
        DatabaseError: where the copy cannot be written.
    """
    try:
        with writing_whole(target) as part, closing(reading_connection(path)) as source:
            copy(source, part)
    except DamagedDatabaseError as error:
        mark_suspect(path)
        raise damaged(path) from error


@contextmanager
def writing_whole(target: Path) -> Iterator[Path]:
    """A file to write in the place of ``target``, which it takes when the block ends; or nothing at all.

    Raises:
        DatabaseError: where the file cannot be written.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            with environment_errors(part):
                yield part
            os.replace(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DatabaseError(
            f"The backup could not be written to {target}: {error.strerror}.",
            "Make the folder writable, then try again.",
        ) from error


def unused(path: Path) -> Path:
    """The path, with a number where there is such a file already: no copy pushes another one out."""
    others = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return path if not path.exists() else next(other for other in others if not other.exists())


def copy(source: sqlite3.Connection, part: Path) -> None:
    """Copy a database into a new file, and see it on the disk. Raises ``DamagedDatabaseError`` where it is damaged."""
    with closing(sqlite3.connect(part)) as made:
        source.backup(made)
        # A copy of a damaged database must not push a good one out.
        verdict = made.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise damaged(part, verdict)
        # One file without a log beside it, readable from a medium that cannot be written.
        made.execute("PRAGMA journal_mode = DELETE")
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def daily_backup(store: "Store", now: datetime) -> Path | None:
    """Back the store up once a day (UTC) into ``backups`` and keep ten of those; None where today's is there.

    It may be called on any thread, as ``back_up``.

    Raises:
        DamagedDatabaseError: where the database is damaged; the older copies stay.
        DatabaseError: where the copy cannot be written; the older ones stay.
    """
    folder = store.folder / BACKUPS
    target = folder / f"studyapp-{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    back_up(store.database.path, target)
    # The new one stays whatever its date: the clock may have been ahead when the others were made.
    others = sorted(path for path in folder.iterdir() if _DAILY_NAME.fullmatch(path.name) and path != target)
    for old in others[: -(_KEPT - 1)]:
        old.unlink()
    return target
