"""What one day of study came to: the roll-up that charts of time, calendar and confidence are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studyapp.core.attempt import Confidence


@dataclass(frozen=True, slots=True)
class Count:
    """Right answers among answers."""

    right: int = 0
    answers: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.answers + other.answers)


@dataclass(frozen=True, slots=True)
class DayTotal:
    """The answers and ratings of one day; ``day`` is ``date.toordinal()`` of the learner's own day.

    ``seconds`` is the time on screen of the answers, ``by_confidence`` those that the learner said how sure they were
    of. ``reviews`` are ratings of cards, ``repeats`` those of cards rated before, ``recalled`` the repeats that were
    not forgotten, ``review_seconds`` the time of all ratings.
    """

    day: int
    total: Count = Count()
    seconds: float = 0.0
    by_confidence: Mapping[Confidence, Count] = field(default_factory=dict)
    reviews: int = 0
    repeats: int = 0
    recalled: int = 0
    review_seconds: float = 0.0
