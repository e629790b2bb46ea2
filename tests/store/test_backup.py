"""Backups are complete, sound, and do not push good ones out."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studyapp.core.attempt import Mode
from studyapp.core.errors import DamagedDatabaseError, DatabaseError
from studyapp.core.form import Form
from studyapp.store import Store, daily_backup, open_store


def test_a_backup_holds_what_is_still_in_the_log(
    store: Store, tmp_path: Path, make_form: Callable[..., Form], now: datetime
) -> None:
    attempt = store.attempts.create(make_form("a.x"), Mode.STUDY, now)
    backup = daily_backup(store, now)
    assert backup == store.folder / "backups" / "studyapp-2026-05-01.db"
    restored = tmp_path / "restored"
    restored.mkdir()
    backup.rename(restored / "studyapp.db")
    with open_store(restored) as opened:
        assert opened.attempts.load(attempt.id) == attempt


def test_one_a_day_and_the_last_ten(store: Store, now: datetime) -> None:
    migrated = store.folder / "backups" / "studyapp-revision-0000.db"
    for day in range(13):
        assert daily_backup(store, now + timedelta(days=day)) is not None
        migrated.touch()
    assert daily_backup(store, now + timedelta(days=12, hours=3)) is None
    names = sorted(path.name for path in (store.folder / "backups").iterdir())
    assert names == [*(f"studyapp-2026-05-{day:02}.db" for day in range(4, 14)), migrated.name]


def test_a_clock_that_was_ahead_pushes_no_new_backup_out(store: Store, now: datetime) -> None:
    for day in range(10):
        daily_backup(store, now + timedelta(days=4000 + day))
    made = daily_backup(store, now)
    assert made is not None
    assert made.exists()
    assert len(list((store.folder / "backups").iterdir())) == 10


def test_a_damaged_database_is_not_backed_up(
    folder: Path, make_form: Callable[..., Form], damage: Callable[[Path], None], now: datetime
) -> None:
    with open_store(folder) as store:
        for _ in range(5):
            store.attempts.create(make_form(*["a.x"] * 50), Mode.STUDY, now)
        good = daily_backup(store, now)
    damage(folder / "studyapp.db")
    with open_store(folder) as store:
        with pytest.raises(DatabaseError, match="damaged"):
            daily_backup(store, now + timedelta(days=1))
        assert list((folder / "backups").iterdir()) == [good]
    with pytest.raises(DamagedDatabaseError):
        open_store(folder)
    with closing(sqlite3.connect(f"file:{good}?mode=ro", uri=True)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_folder_that_cannot_be_written(store: Store, now: datetime) -> None:
    (store.folder / "backups").write_text("a file where the folder should be")
    with pytest.raises(DatabaseError, match="backup"):
        daily_backup(store, now)


def test_answers_go_on_being_written_while_another_thread_copies(
    store: Store, make_form: Callable[..., Form], now: datetime
) -> None:
    attempt = store.attempts.create(make_form(*["a.x"] * 50), Mode.STUDY, now)
    with ThreadPoolExecutor(1) as worker:
        for day in range(20):
            copying = worker.submit(daily_backup, store, now + timedelta(days=day))
            while not copying.done():
                store.attempts.heartbeat(attempt.id, day, float(day), 0.0)
            backup = copying.result()
            assert backup is not None
            with closing(sqlite3.connect(f"file:{backup}?mode=ro", uri=True)) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert copy.execute("SELECT count(*) FROM responses").fetchone() == (50,)
