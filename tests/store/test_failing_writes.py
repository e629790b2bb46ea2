"""A write that fails says so, writes nothing, and can be tried again; what was saved before stays."""

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from studyapp.core.attempt import Attempt, Mode, Response
from studyapp.core.errors import DatabaseError, DataFolderError
from studyapp.core.form import Form
from studyapp.core.scheduler import Memory, Rating
from studyapp.store import Store, open_store

MakeForm = Callable[..., Form]
CHILD = Path(__file__).with_name("small_disk.py")


def save(store: Store, attempt: Attempt, chosen: int, elapsed: float, at: datetime) -> Response:
    response = Response(frozenset({chosen}), answered_at=at)
    store.attempts.save_response(attempt.id, 0, response, False, elapsed, at)
    return response


@contextlib.contextmanager
def no_file_may_grow(folder: Path) -> Iterator[None]:
    """Let no write go beyond the end of the longest file of the folder: the nearest to a full disk without a mount."""
    longest = max(path.stat().st_size for path in folder.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (longest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_an_answer_that_cannot_be_written(folder: Path, make_form: MakeForm, now: datetime) -> None:
    with open_store(folder) as store:
        attempt = store.attempts.create(make_form("a.x"), Mode.STUDY, now)
        saved = save(store, attempt, 1, 5.0, now)
        with no_file_may_grow(folder):
            for _ in range(3):
                with pytest.raises(DatabaseError) as caught:
                    save(store, attempt, 2, 6.0, now)
                assert caught.value.next_step
            kept = store.attempts.load(attempt.id)
            assert (kept.responses, kept.elapsed) == ((saved,), 5.0)
        again = save(store, attempt, 2, 6.0, now)
    with open_store(folder) as store:
        assert store.attempts.load(attempt.id).responses == (again,)
        assert store.database.raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_attempt_that_does_not_fit_is_not_begun(store: Store, make_form: MakeForm, now: datetime) -> None:
    form = make_form(*["a.x"] * 50)
    first = store.attempts.create(form, Mode.STUDY, now)
    pages = store.database.raw.execute("PRAGMA page_count").fetchone()[0]
    store.database.raw.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(DatabaseError, match="disk is full"):
        store.attempts.create(form, Mode.STUDY, now)
    assert [summary.id for summary in store.attempts.summaries()] == [first.id]
    assert store.database.raw.execute("SELECT count(*) FROM responses").fetchone() == (50,)
    store.database.raw.execute("PRAGMA max_page_count = 100000")
    second = store.attempts.create(form, Mode.STUDY, now)
    assert store.attempts.load(second.id) == second


def test_a_review_is_kept_whole_or_not_at_all(store: Store, now: datetime) -> None:
    memory = Memory(1, 0, 2.0, 5.0, now, now)
    pages = store.database.raw.execute("PRAGMA page_count").fetchone()[0]
    store.database.raw.execute(f"PRAGMA max_page_count = {pages}")
    kept = 0
    with contextlib.suppress(DatabaseError):
        for kept in range(10_000):
            store.reviews.record(f"c{kept}", "a.x", None, memory, Rating.GOOD, now, 1.0)
    assert kept < 9_999
    assert store.reviews.reviews_since(now) == len(store.reviews.memories()) == kept


def test_a_database_locked_by_another_program(store: Store, folder: Path, make_form: MakeForm, now: datetime) -> None:
    attempt = store.attempts.create(make_form("a.x"), Mode.STUDY, now)
    other = sqlite3.connect(folder / "studyapp.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="locked by another program"):
        save(store, attempt, 1, 1.0, now)
    assert store.attempts.load(attempt.id) == attempt
    other.close()
    saved = save(store, attempt, 1, 1.0, now)
    assert store.attempts.load(attempt.id).responses == (saved,)


def test_an_error_within_a_transaction_undoes_it(store: Store) -> None:
    with contextlib.suppress(RuntimeError), store.database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('key', '1')")
        raise RuntimeError
    assert store.settings.get("key") is None
    store.settings.set("key", 2)


def test_a_commit_that_fails_leaves_no_transaction_open(store: Store) -> None:
    # A deferred key is the one way to make a COMMIT, and no statement before it, fail every time.
    store.database.raw.execute("CREATE TABLE child (a INTEGER REFERENCES attempts (id) DEFERRABLE INITIALLY DEFERRED)")
    with contextlib.suppress(IntegrityError), store.database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO child VALUES (99)")
    assert not store.database.raw.in_transaction
    store.settings.set("key", 1)
    assert store.database.raw.execute("SELECT count(*) FROM child").fetchone() == (0,)


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "-m", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="mounting needs the right to")
def test_a_disk_that_is_full(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=512k tmpfs {tmp_path} && exec {sys.executable} {CHILD} {tmp_path}"
    subprocess.run(["unshare", "-m", "sh", "-c", mount], check=True, timeout=60, env=dict(os.environ))


@pytest.mark.skipif(not _may_mount(), reason="mounting needs the right to")
def test_a_folder_that_is_read_only(folder: Path) -> None:
    open_store(folder).close()
    code = (
        "import sys; from pathlib import Path; from studyapp.store import open_store, read_last_seen\n"
        "folder = Path(sys.argv[1]); assert read_last_seen(folder) == {}\n"
        "try: open_store(folder)\n"
        f"except Exception as error: assert type(error).__name__ == {DataFolderError.__name__!r}, error\n"
        "else: raise AssertionError('opened')"
    )
    mount = f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}"
    run = f'{mount} && exec {sys.executable} -c "$CODE" {folder}'
    subprocess.run(["unshare", "-m", "sh", "-c", run], check=True, timeout=60, env={**os.environ, "CODE": code})
