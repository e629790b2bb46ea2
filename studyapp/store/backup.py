"""Copies of the database by SQLite's backup API: a plain copy of a live file loses what is in its log."""

import os
import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studyapp.core.errors import DatabaseError
from studyapp.store.connection import Database, environment_errors

if TYPE_CHECKING:
    from studyapp.store.engine import Store

_KEPT = 10
_DAILY_NAME = re.compile(r"studyapp-\d{4}-\d\d-\d\d\.db")


def back_up(database: Database, target: Path) -> None:
    """Write a copy of the database to ``target``: a sound and complete one, or none.

    Raises:
        DatabaseError: where the copy cannot be written, or the database is damaged.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            with environment_errors(part):
                _copy(database, part)
            os.replace(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DatabaseError(
            f"The backup {target} could not be written: {error.strerror}.", "Make the folder writable, then try again."
        ) from error


def _copy(database: Database, part: Path) -> None:
    with closing(sqlite3.connect(part)) as copy:
        database.raw.backup(copy)
        # A copy of a damaged database must not push a good one out.
        verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DatabaseError(
                f"The database {database.path} is damaged: {verdict}.",
                "Close studyapp and put a backup from the folder “backups” in its place.",
            )
        # One file without a log beside it, readable from a medium that cannot be written.
        copy.execute("PRAGMA journal_mode = DELETE")
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def daily_backup(store: "Store", now: datetime) -> Path | None:
    """Back the store up once a day (UTC) into ``backups`` and keep the last ten; None where today's is there.

    Raises:
        DatabaseError: where the copy cannot be written, or the database is damaged; the older ones stay.
    """
    folder = store.folder / "backups"
    target = folder / f"studyapp-{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    back_up(store.database, target)
    dailies = sorted(path for path in folder.iterdir() if _DAILY_NAME.fullmatch(path.name))
    for old in dailies[:-_KEPT]:
        old.unlink()
    return target
