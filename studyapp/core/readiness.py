"""Readiness: the chance to reach the pass mark on a fresh form of a blueprint.

What is known of the learner and what a form draws are told apart. Given how much of each stratum is known, a form is a
row of independent draws, its number of right answers Poisson-binomial (Wang, "On the number of successes in
independent trials", Statistica Sinica 3, 1993). How much is known is itself uncertain, and the strata's errors go
together: they share the learner's common level, the trend, and the domains they draw from. The spread of the expected
score is therefore taken from the model's joint posterior, and the strata move with it together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp

from studyapp.core.blueprint import largest_remainder
from studyapp.core.interval import Z_80, Interval
from studyapp.core.mastery import Area, Learner, Mastery, mastery, shares
from studyapp.core.mastery_model import logistic_normal, sigmoid

ENOUGH = 0.08
"""Readiness is told once the 80 % interval of the expected score is at most this far to either side."""

# Steps of half a standard deviation: the trapezoidal rule is exact to far more digits than matter here.
_NODES = tuple(i / 2 for i in range(-6, 7))


@dataclass(frozen=True, slots=True)
class Missing:
    """Questions to answer in a stratum before there is enough to tell."""

    stratum: str
    questions: int


@dataclass(frozen=True)
class Readiness:
    """The chance to pass, or what is missing to tell it.

    ``chance`` (0 to 1) is the share of learners with such answers who reach ``needed`` of ``questions`` right answers
    on a fresh form. ``interval`` holds, with 80 % certainty, the chance that would be told if mastery were known
    exactly: it narrows with more answers, while ``chance`` itself stays uncertain about luck. Both are None while
    ``missing`` names questions, the stratum that lacks most first; they add up to ``more``.

    ``score`` is the expected share right with its 80 % interval, ``score_interval``; guessing is included.
    ``pass_mark`` is an assumption: Google publishes none.
    """

    chance: float | None
    interval: Interval | None
    score: float
    score_interval: Interval
    pass_mark: float
    needed: int
    questions: int
    missing: tuple[Missing, ...] = ()

    @property
    def more(self) -> int:
        """About how many more questions have to be answered before there is enough to tell; 0 once there is."""
        return sum(missing.questions for missing in self.missing)


def readiness(learner: Learner, strata: Sequence[Area], quotas: Sequence[int], pass_mark: float) -> Readiness:
    """The chance to pass a form that takes ``quotas`` questions from the ``strata``.

    ``pass_mark`` is a share between 0 and 1; a form is passed with at least that share right.

    Raises:
        KeyError: where a stratum has a topic that ``learn`` was not told of.
        ValueError: where quotas and strata differ in number, or there is no question.
    """
    questions = sum(quotas)
    if len(strata) != len(quotas) or questions <= 0:
        raise ValueError("a form needs a quota for each stratum, and questions")
    parts = mastery(learner, strata)
    guessed = sum(quota * part.chance for quota, part in zip(quotas, parts, strict=True)) / questions
    known, deviation = learner.posterior.known(_weights(strata, quotas, questions, guessed))
    centre, spread = logistic_normal(known, deviation)
    needed = ceil(pass_mark * questions - 1e-9)

    def score(z: float) -> float:
        return guessed + (1 - guessed) * sigmoid(centre + z * spread)

    def chance(z: float) -> float:
        level = sigmoid(centre + z * spread)
        return at_least(needed, [(q, _moved(part, known, level)) for q, part in zip(quotas, parts, strict=True)])

    expected = guessed + (1 - guessed) * known
    around = Interval(score(-Z_80), score(Z_80))
    more = _lacking(expected, deviation * (1 - guessed), parts, quotas)
    if more:
        return Readiness(None, None, expected, around, pass_mark, needed, questions, more)
    weights = [exp(-z * z / 2) for z in _NODES]
    average = sum(w * chance(z) for w, z in zip(weights, _NODES, strict=True)) / sum(weights)
    within = Interval(chance(-Z_80), chance(Z_80))
    return Readiness(average, within, expected, around, pass_mark, needed, questions)


def at_least(needed: int, draws: Sequence[tuple[int, float]]) -> float:
    """The chance of at least ``needed`` successes in independent draws: how many, each with which chance (0 to 1)."""
    distribution = [1.0]
    for times, chance in draws:
        for _ in range(times):
            shifted = zip([*distribution, 0.0], [0.0, *distribution], strict=True)
            distribution = [(1 - chance) * same + chance * before for same, before in shifted]
    return min(1.0, sum(distribution[max(needed, 0) :]))


def _weights(strata: Sequence[Area], quotas: Sequence[int], questions: int, guessed: float) -> Mapping[str, float]:
    """Each topic's share of what knowledge adds to the expected score; they add up to 1."""
    weights: dict[str, float] = {}
    for area, quota in zip(strata, quotas, strict=True):
        part = quota * (1 - area.chance) / (questions * (1 - guessed))
        for topic, share in shares(area).items():
            weights[topic] = weights.get(topic, 0.0) + part * share
    return weights


def _moved(part: Mastery, mean: float, level: float) -> float:
    """A stratum's chance of a right answer where the whole is known to ``level`` instead of ``mean``.

    Every stratum moves by the same part of its way to nothing or to everything, so that the whole is just ``level``.
    """
    known = part.known * level / mean if level < mean else 1 - (1 - part.known) * (1 - level) / (1 - mean)
    return part.chance + (1 - part.chance) * known


def _lacking(expected: float, deviation: float, parts: Sequence[Mastery], quotas: Sequence[int]) -> tuple[Missing, ...]:
    """The questions to be answered until the expected score is known to ``ENOUGH``, where they are missed most.

    An answer adds the information of one draw, 1 / (p (1 - p)).
    """
    wanted = ENOUGH / Z_80
    if deviation <= wanted:
        return ()
    more = ceil(expected * (1 - expected) * (1 / wanted**2 - 1 / deviation**2))
    total = sum(part.answers for part in parts) + more
    gaps = [
        max(Fraction(0), Fraction(quota * total, sum(quotas)) - part.answers)
        for part, quota in zip(parts, quotas, strict=True)
    ]
    shared = zip(parts, largest_remainder(gaps, more), strict=True)
    missing = [Missing(part.area, questions) for part, questions in shared if questions]
    return tuple(sorted(missing, key=lambda m: (-m.questions, m.stratum)))
