"""What opening a data folder promises, whatever is found there."""

import hashlib
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from studyapp.core.attempt import Mode, Response
from studyapp.core.errors import DatabaseError, DataFolderError, NewerDatabaseError
from studyapp.core.form import Form
from studyapp.store import Store, StoreInUseError, open_store, read_last_seen

MakeForm = Callable[..., Form]


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "studyapp.lock"
    }


def test_a_folder_is_created_with_its_parents(tmp_path: Path) -> None:
    folder = tmp_path / "a % folder?" / "with #signs é"
    with open_store(folder) as store:
        store.settings.set("key", 1)
    with open_store(folder) as store:
        assert store.settings.get("key") == 1
    assert read_last_seen(folder) == {}
    assert sorted(path.name for path in folder.iterdir()) == ["studyapp.db", "studyapp.lock"]


@pytest.mark.parametrize("revision", ["0002", "9999"])
def test_a_newer_database_is_refused_and_stays_as_it_is(folder: Path, revision: str) -> None:
    with open_store(folder) as store:
        store.database.raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    before = digests(folder)
    for opener in (open_store, read_last_seen):
        with pytest.raises(NewerDatabaseError) as caught:
            opener(folder)
        assert caught.value.next_step
        assert digests(folder) == before


@pytest.mark.parametrize("less", ["DROP TABLE reported_items", "ALTER TABLE attempts DROP COLUMN left_at"])
def test_a_database_that_was_never_released_is_refused_and_stays_as_it_is(folder: Path, less: str) -> None:
    """It says that it has the newest revision, which had not got that far when it was made."""
    with open_store(folder) as store:
        store.database.raw.execute(less)
    before = digests(folder)
    for opener in (open_store, read_last_seen):
        with pytest.raises(DatabaseError, match=r"never released: it lacks (reported_items|attempts\.left_at)"):
            opener(folder)
        assert digests(folder) == before


def test_a_newer_database_left_by_a_crash_is_refused_and_stays_as_it_is(folder: Path) -> None:
    _run(
        "store.database.raw.execute('UPDATE alembic_version SET version_num = 9999'); os._exit(0)",
        folder,
    )
    before = digests(folder)
    assert "studyapp.db-wal" in before
    with pytest.raises(NewerDatabaseError):
        open_store(folder)
    after = digests(folder)
    # The index of the log (-shm) is no data: SQLite writes it anew whenever it reads a log.
    assert {name: after[name] for name in before if not name.endswith("-shm")} == {
        name: before[name] for name in before if not name.endswith("-shm")
    }


@pytest.mark.parametrize(
    "content",
    [
        b"this is not a database, but it is long enough to have a header" * 100,
        b"short",
        b"SQLite format 3\0" + b"x" * 9000,
    ],
    ids=["text", "short", "header"],
)
def test_what_is_no_database_is_refused_and_stays_as_it_is(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "studyapp.db").write_bytes(content)
    for opener in (open_store, read_last_seen):
        with pytest.raises(DatabaseError) as caught:
            opener(folder)
        assert "studyapp.db" in caught.value.message
        assert (folder / "studyapp.db").read_bytes() == content
    assert [path.name for path in folder.iterdir() if path.name != "studyapp.lock"] == ["studyapp.db"]


def test_a_truncated_database_is_refused_and_stays_as_it_is(folder: Path) -> None:
    with open_store(folder):
        pass
    path = folder / "studyapp.db"
    path.write_bytes(path.read_bytes()[:8192])
    before = digests(folder)
    with pytest.raises(DatabaseError, match="damaged"):
        open_store(folder)
    assert digests(folder) == before


def test_damage_found_later_is_told(
    folder: Path, make_form: MakeForm, damage: Callable[[Path], None], now: datetime
) -> None:
    with open_store(folder) as store:
        for _ in range(5):
            attempt = store.attempts.create(make_form(*["a.x"] * 50), Mode.STUDY, now)
    damage(folder / "studyapp.db")
    with open_store(folder) as store, pytest.raises(DatabaseError, match="damaged"):
        store.attempts.load(attempt.id)


def test_a_database_of_another_program_is_refused(folder: Path) -> None:
    folder.mkdir()
    other = sqlite3.connect(folder / "studyapp.db")
    other.execute("CREATE TABLE notes (id INTEGER)")
    other.close()
    before = digests(folder)
    with pytest.raises(DatabaseError, match="not one of studyapp"):
        open_store(folder)
    assert digests(folder) == before


def test_an_empty_file_left_by_a_crash_becomes_a_database(folder: Path) -> None:
    folder.mkdir()
    (folder / "studyapp.db").touch()
    assert read_last_seen(folder) == {}
    with open_store(folder) as store:
        assert store.attempts.summaries() == []


def test_a_crash_before_the_tables_were_made(folder: Path) -> None:
    folder.mkdir()
    empty = sqlite3.connect(folder / "studyapp.db")
    empty.execute("PRAGMA journal_mode = WAL")
    empty.close()
    with open_store(folder) as store:
        assert store.attempts.summaries() == []


@pytest.mark.parametrize("below", ["file", "file/folder", "file/folder/deeper"])
def test_a_folder_that_cannot_be_created(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("a regular file")
    with pytest.raises(DataFolderError) as caught:
        open_store(tmp_path / below)
    assert str(tmp_path / below) in caught.value.message
    assert read_last_seen(tmp_path / below) == {}


def test_a_second_window_is_refused(store: Store, folder: Path) -> None:
    with pytest.raises(StoreInUseError, match="Another studyapp window"):
        open_store(folder)
    store.settings.set("key", 1)


def test_a_second_process_is_refused_until_the_first_is_killed(folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _script("print('open', flush=True); time.sleep(60)"), str(folder)],
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreInUseError):
            open_store(folder)
        holder.kill()
    open_store(folder).close()


def test_a_refused_database_does_not_keep_the_lock(folder: Path) -> None:
    folder.mkdir()
    (folder / "studyapp.db").write_bytes(b"no database")
    for _ in range(2):
        with pytest.raises(DatabaseError) as caught:
            open_store(folder)
        assert not isinstance(caught.value, StoreInUseError)


def test_another_thread_is_refused(store: Store) -> None:
    errors: list[Exception] = []

    def use() -> None:
        try:
            store.settings.get("key")
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert "thread" in str(errors[0])
    store.settings.set("key", 1)


def test_last_seen_is_read_beside_a_running_program(folder: Path, make_form: MakeForm, now: datetime) -> None:
    assert read_last_seen(folder) == {}
    assert not folder.exists()
    with open_store(folder) as store:
        attempt = store.attempts.create(make_form("a.x"), Mode.STUDY, now)
        assert read_last_seen(folder) == {}
        store.attempts.save_response(attempt.id, 0, Response(frozenset({1}), answered_at=now), False, 1.0, now)
        assert read_last_seen(folder) == {"q0": now.timestamp()}
    before = digests(folder)
    assert read_last_seen(folder) == {"q0": now.timestamp()}
    assert digests(folder) == before


def test_alembic_is_not_imported_where_nothing_must_migrate(folder: Path) -> None:
    for _ in range(2):
        _run("assert 'alembic' not in sys.modules", folder)


def _script(body: str) -> str:
    return (
        "import os, sys, time\nfrom pathlib import Path\nfrom studyapp.store import open_store\n"
        f"store = open_store(Path(sys.argv[1]))\n{body}\n"
    )


def _run(body: str, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", _script(body + "; store.close()"), str(folder)], check=True, timeout=60)
