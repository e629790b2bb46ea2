"""Where the learner is weak: what the answers so far say of each area, and how sure that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from studyapp.core.interval import Interval, wilson

# Under five answers an 80 % interval spans more than half of the scale: that is not a statement about anyone.
MIN_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class AreaEstimate:
    """What is known of one area (a domain or a topic).

    ``share`` and ``interval`` are between 0 and 1; both are None while there are fewer than ``MIN_ANSWERS`` answers.
    """

    area: str
    answers: int
    correct: int
    share: float | None
    interval: Interval | None


def estimate_areas(counts: Mapping[str, tuple[int, int]], areas: Iterable[str]) -> tuple[AreaEstimate, ...]:
    """Estimates for ``areas`` from ``counts`` (area to right answers and answers), the weakest first.

    Areas are ordered by the upper end of their interval: the one that is most surely weak comes first, and an area
    with a low share from few answers does not push it aside. Areas without enough data come last, in the order given.
    """
    known, unknown = [], []
    for area in areas:
        correct, answers = counts.get(area, (0, 0))
        if answers < MIN_ANSWERS:
            unknown.append(AreaEstimate(area, answers, correct, None, None))
        else:
            known.append(AreaEstimate(area, answers, correct, correct / answers, wilson(correct, answers)))
    known.sort(key=lambda e: (e.interval.high if e.interval else 1.0, e.area))
    return (*known, *unknown)
