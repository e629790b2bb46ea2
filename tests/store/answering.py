"""A learner who answers without end: run by ``test_killed.py``, which kills it. Arguments: the data folder.

Prints a line for each answer, review and setting, after the call that keeps it has returned.
"""

import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from studyapp.core.attempt import Response
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.store import open_store

START = datetime(2026, 5, 1, tzinfo=UTC)


def main() -> None:
    store = open_store(Path(sys.argv[1]))
    attempt = store.attempts.running()
    assert attempt is not None
    scheduler = Scheduler()
    first = int(attempt.elapsed) + 1
    for number in count(first):
        position, at = number % len(attempt.responses), START + timedelta(hours=number)
        response = Response(frozenset({number % 6}), flagged=number % 2 == 0, seconds=float(number), answered_at=at)
        store.attempts.save_response(attempt.id, position, response, number % 6 == 0, float(number), at)
        print("answer", number, flush=True)
        card = f"c{number % 7}"
        before = store.reviews.memory(card)
        after = scheduler.review(before, Rating.GOOD, at)
        print("review", store.reviews.record(card, "a.x", before, after, Rating.GOOD, at, 1.0), flush=True)


main()
