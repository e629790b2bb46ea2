"""When to see a card again: FSRS, as the ``fsrs`` package computes it.

The only module of the core that imports a library. ``fsrs`` draws unseeded random numbers when it fuzzes intervals;
fuzzing is therefore off, so that the interval on a button is the interval one gets, and the same history gives the
same schedule everywhere.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

import fsrs


class Rating(IntEnum):
    """How well a card was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory state of one card. ``stability`` is in days, ``difficulty`` 1 to 10; times are UTC.

    ``phase`` is FSRS's state (1 learning, 2 review, 3 relearning) and ``step`` the learning step, None in review.
    ``lapses`` counts the ratings Again given in review.
    """

    phase: int
    step: int | None
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reviews: int = 1
    lapses: int = 0


class Scheduler:
    """FSRS with a desired share of recall (0 to 1) at the time a card falls due."""

    def __init__(self, desired_retention: float = 0.9) -> None:
        self._fsrs = fsrs.Scheduler(desired_retention=desired_retention, enable_fuzzing=False)

    def review(self, memory: Memory | None, rating: Rating, now: datetime) -> Memory:
        """The state after rating a card ``now`` (UTC); ``memory`` is None for a card never seen before."""
        card, _ = self._fsrs.review_card(_to_fsrs(memory, now), fsrs.Rating(int(rating)), review_datetime=now)
        if card.stability is None or card.difficulty is None or card.last_review is None:
            raise AssertionError("FSRS returned a reviewed card without a memory state")
        lapsed = memory is not None and memory.phase == fsrs.State.Review and rating is Rating.AGAIN
        return Memory(
            phase=int(card.state),
            step=card.step,
            stability=card.stability,
            difficulty=card.difficulty,
            due=card.due,
            last_review=card.last_review,
            reviews=(memory.reviews if memory else 0) + 1,
            lapses=(memory.lapses if memory else 0) + lapsed,
        )

    def intervals(self, memory: Memory | None, now: datetime) -> dict[Rating, timedelta]:
        """The interval that each rating would give now, for the buttons."""
        return {rating: self.review(memory, rating, now).due - now for rating in Rating}

    def retrievability(self, memory: Memory, at: datetime) -> float:
        """The estimated chance (0 to 1) to recall the card at a time (UTC)."""
        return float(self._fsrs.get_card_retrievability(_to_fsrs(memory, at), current_datetime=at))


def _to_fsrs(memory: Memory | None, now: datetime) -> fsrs.Card:
    # Without an id fsrs.Card sleeps a millisecond to make one.
    if memory is None:
        return fsrs.Card(card_id=1, due=now)
    return fsrs.Card(
        card_id=1,
        state=fsrs.State(memory.phase),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last_review,
    )
