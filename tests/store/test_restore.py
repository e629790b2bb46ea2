"""Going back to a backup: whole or not at all, and nothing is deleted on the way."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from studyapp.core.attempt import Mode
from studyapp.core.errors import DamagedDatabaseError, DatabaseError
from studyapp.core.form import Form
from studyapp.store import (
    Store,
    StoreInUseError,
    backup_files,
    daily_backup,
    newest_good_backup,
    open_store,
    read_backup,
    restore,
    start_over,
)

MakeForm = Callable[..., Form]
Damage = Callable[[Path], None]
DAY = timedelta(days=1)


@pytest.fixture
def three_days(folder: Path, make_form: MakeForm, now: datetime) -> list[Path]:
    """A folder with a backup of each of three days, oldest first; each day began with one attempt more."""
    made = []
    with open_store(folder) as store:
        for day in range(3):
            store.attempts.create(make_form(*["a.x"] * 50), Mode.STUDY, now)
            path = daily_backup(store, now + day * DAY)
            assert path is not None
            os.utime(path, ((now + day * DAY).timestamp(),) * 2)
            made.append(path)
        store.attempts.create(make_form("a.x"), Mode.STUDY, now)
    return made


def attempts(folder: Path) -> int:
    with open_store(folder) as store:
        return len(store.attempts.summaries())


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_list_is_newest_first_and_says_what_each_holds(folder: Path, three_days: list[Path], now: datetime) -> None:
    assert backup_files(folder) == three_days[::-1]
    found = read_backup(three_days[1])
    assert found is not None
    assert (found.attempts, found.reviews, found.at) == (2, 0, now + DAY)
    assert found.size == three_days[1].stat().st_size


def test_what_cannot_be_restored_is_not_offered(folder: Path, three_days: list[Path], damage: Damage) -> None:
    three_days[2].write_bytes(b"no database " * 1000)
    with closing(sqlite3.connect(three_days[1])) as later, later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    assert [read_backup(path) for path in three_days[1:]] == [None, None]
    assert newest_good_backup(folder) == read_backup(three_days[0])
    damage(three_days[0])
    assert newest_good_backup(folder) is None


def test_a_backup_is_put_back_and_what_was_there_is_a_backup(
    folder: Path, three_days: list[Path], now: datetime
) -> None:
    with open_store(folder) as store:
        kept = restore(store, three_days[0], now)
    assert attempts(folder) == 1
    assert kept == folder / "backups" / "studyapp-before-restore-20260501-083000.db"
    assert kept in backup_files(folder)
    with open_store(folder) as store:
        restore(store, kept, now + DAY)
    assert attempts(folder) == 4


def test_no_copy_pushes_another_out(folder: Path, three_days: list[Path], now: datetime) -> None:
    """Not even of the same second."""
    with open_store(folder) as store:
        kept = [restore(store, path, now) for path in three_days]
    assert len(set(kept)) == 3
    assert [backup.attempts for path in kept if (backup := read_backup(path))] == [4, 1, 2]
    for content in (b"torn" * 5000, b"worn" * 5000):
        (folder / "studyapp.db").write_bytes(content)
        start_over(folder, None, now)
    assert sorted(path.read_bytes()[:4] for path in folder.glob("studyapp.damaged-*")) == [b"torn", b"worn"]


def test_a_damaged_backup_is_refused_and_nothing_changes(
    folder: Path, three_days: list[Path], damage: Damage, now: datetime
) -> None:
    damage(three_days[0])
    before = names(folder / "backups")
    with open_store(folder) as store, pytest.raises(DatabaseError, match=r"backup .* is damaged"):
        restore(store, three_days[0], now)
    assert attempts(folder) == 4
    assert names(folder / "backups") == before


@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_a_damaged_database_is_set_aside_with_all_that_belongs_to_it(
    folder: Path, three_days: list[Path], now: datetime, end: str
) -> None:
    content = {"": b"torn" * 5000, "-wal": b"a log", "-shm": b"an index"}
    for belongs in dict.fromkeys(("", end)):
        (folder / f"studyapp.db{belongs}").write_bytes(content[belongs])
    with pytest.raises(DamagedDatabaseError):
        open_store(folder)
    aside = start_over(folder, three_days[2], now)
    assert aside.name == "studyapp.damaged-20260501-083000.db"
    for belongs in dict.fromkeys(("", end)):
        if belongs != "-shm":
            # An index is no data: SQLite writes it anew whenever it looks into a log.
            assert aside.with_name(aside.name + belongs).read_bytes() == content[belongs]
    assert attempts(folder) == 3
    assert three_days[2].exists()


def test_starting_anew(folder: Path, three_days: list[Path], now: datetime) -> None:
    (folder / "studyapp.db").write_bytes(b"torn" * 5000)
    aside = start_over(folder, None, now)
    assert attempts(folder) == 0
    assert aside.read_bytes() == b"torn" * 5000
    assert backup_files(folder) == three_days[::-1]


def test_a_rescue_that_fails_leaves_the_damaged_database_in_its_place(
    folder: Path, three_days: list[Path], damage: Damage, now: datetime
) -> None:
    (folder / "studyapp.db").write_bytes(b"torn" * 5000)
    damage(three_days[2])
    before = names(folder)
    with pytest.raises(DatabaseError):
        start_over(folder, three_days[2], now)
    assert names(folder) == before
    assert (folder / "studyapp.db").read_bytes() == b"torn" * 5000


@pytest.fixture
def unclosed(folder: Path, store: Store, tmp_path: Path) -> Path:
    """A folder as a program leaves it that died: its last settings are in the log alone."""
    store.settings.set("kept", 1)
    shutil.copytree(folder, tmp_path / "unclosed")
    return tmp_path / "unclosed"


@pytest.mark.parametrize("held", ["studyapp.db", "studyapp.db-wal"])
def test_a_file_that_another_program_holds_stays_with_those_that_belong_to_it(
    unclosed: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    before, rename = names(unclosed), Path.rename

    def hold(path: Path, target: Path) -> Path:
        if path.name == held:
            raise PermissionError(13, "used by another process")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", hold)
    with pytest.raises(DatabaseError, match="used by another process"):
        start_over(unclosed, None, now)
    monkeypatch.undo()
    assert names(unclosed) == before
    with open_store(unclosed) as store:
        assert store.settings.get("kept") == 1


def test_a_backup_that_cannot_take_its_place_leaves_the_damaged_one_there(
    folder: Path, three_days: list[Path], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "studyapp.db").write_bytes(b"torn" * 5000)
    before, replace = names(folder), os.replace

    def hold(path: Path, target: Path) -> None:
        if target.name == "studyapp.db":
            raise PermissionError(13, "used by another process")
        replace(path, target)

    monkeypatch.setattr(os, "replace", hold)
    with pytest.raises(DatabaseError, match="used by another process"):
        start_over(folder, three_days[2], now)
    assert names(folder) == before
    assert (folder / "studyapp.db").read_bytes() == b"torn" * 5000


def test_a_log_that_was_left_without_its_database_is_kept(unclosed: Path) -> None:
    """Where the program dies between the two renames, and the window then opens on a new database."""
    aside = (unclosed / "studyapp.db").rename(unclosed / "studyapp.damaged-20260501-083000.db")
    open_store(unclosed).close()
    whole = unclosed.parent / "whole"
    whole.mkdir()
    for end in ("", "-wal"):
        aside.with_name(aside.name + end).rename(whole / f"studyapp.db{end}")
    with open_store(whole) as store:
        assert store.settings.get("kept") == 1


def test_the_database_of_a_running_program_is_left_alone(store: Store, folder: Path, now: datetime) -> None:
    with pytest.raises(StoreInUseError):
        start_over(folder, None, now)
    assert (folder / "studyapp.db").exists()


def test_damage_met_while_running_is_told_and_looked_for_at_the_next_opening(
    folder: Path, three_days: list[Path], make_form: MakeForm, damage: Damage, now: datetime
) -> None:
    with open_store(folder) as store:
        for _ in range(4):
            attempt = store.attempts.create(make_form(*["a.x"] * 50), Mode.STUDY, now)
    damage(folder / "studyapp.db")
    told: list[DatabaseError] = []
    with open_store(folder) as store:
        store.database.found_damaged = told.append
        with pytest.raises(DamagedDatabaseError):
            store.attempts.load(attempt.id)
    assert len(told) == 1
    for _ in range(2):
        with pytest.raises(DamagedDatabaseError):
            open_store(folder)
    start_over(folder, three_days[2], now)
    assert attempts(folder) == 3
    assert "studyapp.db-suspect" not in names(folder)


def test_a_false_alarm_is_forgotten(folder: Path, three_days: list[Path]) -> None:
    (folder / "studyapp.db-suspect").touch()
    assert attempts(folder) == 4
    assert "studyapp.db-suspect" not in names(folder)


@pytest.mark.parametrize("seed", range(40))
def test_damage_anywhere_is_no_bug(folder: Path, three_days: list[Path], seed: int) -> None:
    """Whatever a disk does to the file, opening and reading it is no bug, and a good backup is found."""
    random, path = Random(seed), folder / "studyapp.db"
    content = bytearray(path.read_bytes())
    # Mostly in the first pages, which every opening reads.
    place = random.randrange(200 if seed % 2 else len(content))
    content[place : place + random.choice((1, 4, 300))] = random.randbytes(random.choice((1, 4, 300)))
    path.write_bytes(content)
    with suppress(DatabaseError), open_store(folder) as store:
        store.attempts.summaries()
    found = newest_good_backup(folder)
    assert found is not None
    assert found.path == three_days[2]
