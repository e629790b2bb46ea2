"""A program that is killed loses nothing that it acknowledged."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from studyapp.core.attempt import Attempt, Mode
from studyapp.core.form import Form
from studyapp.store import Store, open_store

CHILD = Path(__file__).with_name("answering.py")
START = datetime(2026, 5, 1, tzinfo=UTC)
KILLS = 5


def test_a_killed_program_loses_nothing_acknowledged(folder: Path, make_form: Callable[..., Form]) -> None:
    with open_store(folder) as store:
        attempt_id = store.attempts.create(make_form(*["a.x"] * 50), Mode.SIMULATION, START).id
    random = Random(3)
    for _ in range(KILLS):
        last = acknowledged_before_kill(folder, random.randrange(1, 400))
        with open_store(folder) as store:
            assert store.database.raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert_answers_are_there(store.attempts.load(attempt_id), last["answer"])
            assert_reviews_are_there(store, last["review"])


def acknowledged_before_kill(folder: Path, lines: int) -> dict[str, int]:
    """The last number of each kind that the child acknowledged before it was killed, somewhere after some lines."""
    last = {"answer": 0, "review": 0}
    with subprocess.Popen([sys.executable, str(CHILD), str(folder)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for number, line in enumerate(child.stdout):
            if number == lines:
                child.kill()
            if line.endswith("\n"):
                kind, value = line.split()
                last[kind] = int(value)
    return last


def assert_answers_are_there(attempt: Attempt, last: int) -> None:
    # The one after the last acknowledged may be on disk too: it was killed between commit and print.
    assert last <= attempt.elapsed <= last + 1
    newest = int(attempt.elapsed)
    for number in range(max(1, newest - 49), newest + 1):
        response = attempt.responses[number % 50]
        assert response.chosen == {number % 6}
        assert response.flagged == (number % 2 == 0)
        assert response.seconds == number
        assert response.answered_at == START + timedelta(hours=number)


def assert_reviews_are_there(store: Store, last: int) -> None:
    count = store.reviews.reviews_since(START)
    assert last <= count <= last + 1
    assert sum(memory.reviews for memory in store.reviews.memories().values()) == count
