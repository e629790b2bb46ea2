"""Where the next hour of study is worth most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studyapp.core.mastery import Area, Mastery, shares


@dataclass(frozen=True, slots=True)
class NextHour:
    """What an area promises: ``value`` is ``weight`` times ``room`` times ``evidence``, a share of the exam's score.

    ``weight`` is the area's share of the exam (0 to 1). ``room`` is the share of its questions that the learner is
    expected to get wrong, guessing included. ``evidence`` is how sure the estimate is: 1 less the width of its
    80 % interval.
    """

    area: str
    weight: float
    room: float
    evidence: float

    @property
    def value(self) -> float:
        """The share of the exam's score that is still to be had here, discounted by how unsure it is."""
        return self.weight * self.room * self.evidence


def next_hour(estimates: Iterable[Mastery], weights: Mapping[str, float]) -> tuple[NextHour, ...]:
    """Rank areas by where an hour raises the expected score most; areas of no weight are left out.

    An hour is taken to close the same part of the room in every area, as each answer put right teaches what was not
    known; the order then does not depend on how large that part is. The expected score is linear in the areas'
    shares, so that an area's part in it is its weight times the change of its share.
    """
    ranked = [
        NextHour(
            estimate.area,
            weights[estimate.area],
            1 - estimate.expected,
            1 - (estimate.interval.high - estimate.interval.low),
        )
        for estimate in estimates
        if weights.get(estimate.area, 0.0) > 0
    ]
    return tuple(sorted(ranked, key=lambda entry: (-entry.value, entry.area)))


def exam_weights(areas: Iterable[Area], strata: Sequence[Area], quotas: Sequence[int]) -> dict[str, float]:
    """The share of an exam's questions (0 to 1) that fall in each of ``areas``, for topics and domains.

    A stratum's quota is spread over its topics as its questions are. Areas that overlap count what they share each.

    Raises:
        ValueError: where quotas and strata differ in number.
    """
    topics: dict[str, float] = {}
    for stratum, quota in zip(strata, quotas, strict=True):
        for topic, share in shares(stratum).items():
            topics[topic] = topics.get(topic, 0.0) + quota * share / sum(quotas)
    return {area.id: sum(topics.get(topic, 0.0) for topic in area.topics) for area in areas}
