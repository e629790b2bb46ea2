"""Memory states and the review log change together, and undo goes back any number of steps."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from studyapp.core.scheduler import Memory, Rating, Scheduler
from studyapp.store import Store, open_store

MEMORY_FIELDS = {
    "phase": 2,
    "step": None,
    "stability": 12.345678901234567,
    "difficulty": 7.1,
    "reviews": 9,
    "lapses": 2,
}


def rate(store: Store, card_id: str, rating: Rating, at: datetime, topic: str = "a.x") -> int:
    before = store.reviews.memory(card_id)
    after = Scheduler().review(before, rating, at)
    return store.reviews.record(card_id, topic, before, after, rating, at, 4.5)


def test_every_field_of_a_memory_survives(folder: Path, now: datetime) -> None:
    memory = Memory(**MEMORY_FIELDS, due=now + timedelta(days=3, microseconds=7), last_review=now)  # type: ignore[arg-type]
    learning = replace(memory, phase=1, step=0)
    with open_store(folder) as store:
        store.reviews.record("c1", "a.x", None, memory, Rating.GOOD, now, 1.5)
        store.reviews.record("c2", "a.x", None, learning, Rating.AGAIN, now, 1.5)
    with open_store(folder) as store:
        assert store.reviews.memories() == {"c1": memory, "c2": learning}
        assert store.reviews.memory("c1") == memory
        assert store.reviews.memory("c3") is None


def test_the_log_keeps_what_was_rated(store: Store, now: datetime) -> None:
    review_id = rate(store, "c1", Rating.HARD, now)
    row = store.database.raw.execute("SELECT id, card_id, topic, rating, seconds, before FROM reviews").fetchone()
    assert row == (review_id, "c1", "a.x", 2, 4.5, None)


def test_undo_goes_back_any_number_of_steps(store: Store, now: datetime) -> None:
    random = Random(5)
    states, reviews = [store.reviews.memories()], []
    for step in range(60):
        rating = random.choice(list(Rating))
        reviews.append(rate(store, f"c{random.randrange(5)}", rating, now + timedelta(hours=step * 9)))
        states.append(store.reviews.memories())
    for review_id in reversed(reviews):
        assert store.reviews.memories() == states.pop()
        store.reviews.undo(review_id)
    assert store.reviews.memories() == states.pop() == {}
    assert store.reviews.reviews_since(now) == 0


def test_only_the_newest_review_of_a_card_is_taken_back(store: Store, now: datetime) -> None:
    first = rate(store, "c1", Rating.GOOD, now)
    rate(store, "c1", Rating.GOOD, now + timedelta(days=1))
    before = store.reviews.memories()
    with pytest.raises(LookupError):
        store.reviews.undo(first)
    with pytest.raises(LookupError):
        store.reviews.undo(999)
    assert store.reviews.memories() == before


def test_counts(store: Store, now: datetime) -> None:
    rate(store, "c1", Rating.AGAIN, now, "a.x")
    rate(store, "c2", Rating.AGAIN, now + timedelta(seconds=1), "a.x")
    rate(store, "c3", Rating.AGAIN, now + timedelta(seconds=2), "b.x")
    rate(store, "c1", Rating.EASY, now + timedelta(seconds=3), "a.x")
    assert store.reviews.dues() == {card: memory.due for card, memory in store.reviews.memories().items()}
    assert store.reviews.reviews_since(now) == 4
    assert store.reviews.reviews_since(now + timedelta(seconds=1)) == 3
    assert store.reviews.new_since(now + timedelta(seconds=1)) == 2
