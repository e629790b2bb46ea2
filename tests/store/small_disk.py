"""A learner whose disk fills up: run by ``test_failing_writes.py`` on a small mount. Arguments: the mount."""

import contextlib
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from studyapp.core.attempt import Mode, Response
from studyapp.core.deck import Difficulty, Option, Question
from studyapp.core.errors import DatabaseError
from studyapp.core.form import Form, FormItem
from studyapp.store import Store, open_store

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def main() -> None:
    disk = Path(sys.argv[1])
    with open_store(disk / "data") as store:
        attempt = store.attempts.create(form(), Mode.STUDY, NOW)
        fill(disk / "ballast")
        kept, error = answer_until_it_fails(store, attempt.id)
        assert "disk is full" in error.message, error
        loaded = store.attempts.load(attempt.id)
        assert (loaded.elapsed, loaded.responses[0].seconds) == (kept, kept)
        (disk / "ballast").unlink()
        store.attempts.save_response(attempt.id, 0, response(kept + 1), None, kept + 1, NOW)
    with open_store(disk / "data") as store:
        assert store.attempts.load(attempt.id).responses == (response(kept + 1),)
        assert store.database.raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def answer_until_it_fails(store: Store, attempt_id: int) -> tuple[int, DatabaseError]:
    """How many answers were kept, and the error of the one that was not."""
    for number in count(1):
        try:
            store.attempts.save_response(attempt_id, 0, response(number), None, number, NOW)
        except DatabaseError as error:
            return number - 1, error
    raise AssertionError("the disk never filled")


def form() -> Form:
    question = Question("q", "a.x", Difficulty.EASY, "Which?", (Option("A", True, ""), Option("B", False, "")))
    return Form("b", "Title", 1, None, 0.7, (FormItem(question, "s"),))


def response(number: int) -> Response:
    return Response(flagged=True, seconds=float(number))


def fill(ballast: Path) -> None:
    """Leave no room on the disk but what the program has taken already."""
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 1024)


main()
