"""How many of its cards a learner will recall on the day of the exam, area by area, as FSRS predicts it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from studyapp.core.scheduler import Memory, Scheduler


@dataclass(frozen=True, slots=True)
class PredictedRecall:
    """The recall predicted for an area: the mean retrievability (0 to 1) over its ``cards``.

    Cards never seen count as 0; ``seen`` is how many of them have been seen. ``recall`` is None without cards.
    """

    area: str
    recall: float | None
    cards: int
    seen: int


def predicted_recall(
    scheduler: Scheduler, cards: Mapping[str, Iterable[str]], memories: Mapping[str, Memory], at: datetime
) -> tuple[PredictedRecall, ...]:
    """The recall predicted for each area at a time (UTC), were no card reviewed until then.

    ``cards`` are the ids of each area's cards, ``memories`` the memory states by card id. Retrievability is FSRS's
    forgetting curve (Ye, Su and Cao, "A stochastic shortest path algorithm for optimizing spaced repetition
    scheduling", KDD 2022, in the version of the ``fsrs`` package); it counts whole days since the last review.
    """
    retrievability: dict[str, float] = {}
    found = []
    for area, ids in cards.items():
        listed = list(ids)
        for card in listed:
            if card in memories and card not in retrievability:
                retrievability[card] = scheduler.retrievability(memories[card], at)
        seen = [retrievability[card] for card in listed if card in retrievability]
        found.append(PredictedRecall(area, sum(seen) / len(listed) if listed else None, len(listed), len(seen)))
    return tuple(found)
