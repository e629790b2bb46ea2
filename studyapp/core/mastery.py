"""Mastery: how much of an area a learner knows, estimated from all answers, and how sure that is.

Mastery of an area is the share of its questions, as the decks ask them, whose answer the learner *knows*: from the
share right on fresh questions the chance level of guessing is taken out (Abbott's formula, ``(p - c) / (1 - c)``).
0 is guessing, 1 is everything right. An estimate leans on the neighbouring areas the more, the fewer answers it has of
its own; ``studyapp.core.mastery_model`` says how.

The input is daily totals by topic, so that a roll-up of a million answers feeds it as fast as a short history does:

* An answer given ``age`` days before the newest one weighs ``2 ** (-age / half_life)``. Weights say how much one
  answer counts beside another; together the answers count for as many as the weights' spread leaves (``(sum w) ** 2 /
  sum w ** 2``: Kish, "Survey Sampling", 1965, section 11.7). What the learner gained between the older answers and
  the newest is carried forward by a common trend that the answers themselves show, if they do.
* An answer to a question seen before weighs ``seen_weight`` of a fresh one, and the model takes out how much easier
  seen questions are for this learner.
* The days since the newest answer widen every interval, for what was learned or forgotten meanwhile is not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb

from studyapp.core.deck import Question
from studyapp.core.interval import Z_80, Interval
from studyapp.core.mastery_fit import fit
from studyapp.core.mastery_model import Cell, Posterior, Prior, logistic_normal, sigmoid

HALF_LIFE = 21.0
"""After how many days an answer weighs half."""

SEEN_WEIGHT = 0.5
"""What an answer to a question seen before weighs beside a fresh one."""

IDLE_VARIANCE = 0.002
"""Variance (logit squared) that a day without answers adds: a month moves mastery by about 8 points either way."""


@dataclass(frozen=True, slots=True)
class DailyTotal:
    """The answers of one day on one topic, fresh and seen questions apart.

    ``day`` counts days from any epoch (``date.toordinal()``); ``chance`` is the sum of the questions' chance levels.
    """

    day: int
    topic: str
    seen: bool
    right: int
    answers: int
    chance: float


@dataclass(frozen=True, slots=True)
class WeightedTotal:
    """All answers of one topic, fresh or seen, summed with their recency weights ``w``.

    ``count`` is the bare number of answers; the others are sums of ``w`` (``weight``), ``w * w`` (``squares``), and
    ``w`` times right, chance level, age, age squared, right times age. Ages are in days before the newest answer of
    the whole history. A database can build these sums by itself, from totals by day.
    """

    topic: str
    seen: bool
    count: int
    weight: float
    squares: float
    right: float
    chance: float
    age: float
    age_squared: float
    right_age: float


@dataclass(frozen=True)
class Evidence:
    """What is known of a learner's answers: at most two totals for each topic, and the days since the newest."""

    totals: tuple[WeightedTotal, ...] = ()
    idle: int = 0


@dataclass(frozen=True)
class Area:
    """What mastery is asked of: a topic, a domain, a stratum.

    ``topics`` are the topics it averages over, with weights above zero on any scale (the number of questions the
    decks have on each); ``chance`` is the mean chance level of its questions, 0 to below 1.
    """

    id: str
    topics: Mapping[str, float]
    chance: float = 0.25


@dataclass(frozen=True, slots=True)
class Mastery:
    """The estimate of an area: ``known`` between 0 and 1 with its 80 % interval, from ``answers`` answers of its own.

    ``expected`` is the share right on fresh questions, guessing included: what a pass mark is to be compared with.
    """

    area: str
    answers: int
    known: float
    interval: Interval
    chance: float

    @property
    def expected(self) -> float:
        """The expected share right on fresh questions."""
        return self.chance + (1 - self.chance) * self.known

    @property
    def expected_interval(self) -> Interval:
        """The 80 % interval of the share right on fresh questions."""
        low, high = (self.chance + (1 - self.chance) * end for end in (self.interval.low, self.interval.high))
        return Interval(low, high)


@dataclass(frozen=True)
class Learner:
    """What the answers say of a learner: the fitted model, and the number of answers on each topic."""

    posterior: Posterior
    answers: Mapping[str, int]


def chance_level(question: Question) -> float:
    """The chance to guess a question right: 1 of the ways to pick as many options as the key has, 1/C(n, k)."""
    return 1 / comb(len(question.options), len(question.key))


def weigh(totals: Iterable[DailyTotal], today: int, half_life: float = HALF_LIFE) -> Evidence:
    """Sum daily totals with their recency weights; what lies after ``today`` is left out.

    Called with an earlier day it gives what was known then.

    Raises:
        ValueError: where the half-life is not above zero, or a total has more right than answers or a chance level
            that no question can have.
    """
    if half_life <= 0:
        raise ValueError("the half-life must be above zero days")
    counted = [total for total in totals if total.day <= today and total.answers]
    newest = max((total.day for total in counted), default=today)
    cells: dict[tuple[str, bool], list[float]] = {}
    for total in counted:
        if not (0 <= total.right <= total.answers and 0 <= total.chance < total.answers):
            raise ValueError(f"no answers can add up to {total}")
        age = newest - total.day
        weight = 2.0 ** (-age / half_life)
        answers, right = weight * total.answers, weight * total.right
        sums = cells.setdefault((total.topic, total.seen), [0.0] * 8)
        moments = (total.answers, answers, weight * answers, right, weight * total.chance)
        for i, moment in enumerate((*moments, answers * age, answers * age * age, right * age)):
            sums[i] += moment
    return Evidence(
        tuple(WeightedTotal(topic, seen, int(sums[0]), *sums[1:]) for (topic, seen), sums in cells.items()),
        today - newest,
    )


def learn(
    evidence: Evidence, topics: Iterable[str], *, seen_weight: float = SEEN_WEIGHT, prior: Prior | None = None
) -> Learner:
    """Estimate a learner from weighted totals; ``topics`` may name topics without answers.

    ``seen_weight`` is between 0 (exclusive) and 1.

    Raises:
        ValueError: where ``seen_weight`` is out of range.
    """
    if not 0 < seen_weight <= 1:
        raise ValueError("a seen question weighs more than nothing and at most as much as a fresh one")
    weight, squares = sum(t.weight for t in evidence.totals), sum(t.squares for t in evidence.totals)
    scale = weight / squares if squares else 1.0
    answers: dict[str, int] = {}
    cells = []
    for total in sorted(evidence.totals, key=lambda t: (t.topic, t.seen)):
        answers[total.topic] = answers.get(total.topic, 0) + total.count
        times = scale * (seen_weight if total.seen else 1.0)
        cells.append(
            Cell(
                topic=total.topic,
                seen=total.seen,
                answers=times * total.weight,
                right=times * total.right,
                chance=total.chance / total.weight,
                age=times * total.age,
                age_squared=times * total.age_squared,
                right_age=times * total.right_age,
            )
        )
    posterior = fit(cells, topics, prior or Prior(), common=IDLE_VARIANCE * evidence.idle)
    return Learner(posterior, answers)


def mastery(learner: Learner, areas: Iterable[Area]) -> tuple[Mastery, ...]:
    """The estimates of ``areas``, in their order.

    Raises:
        KeyError: where an area has a topic that ``learn`` was not told of.
        ValueError: where an area has no topics or no weight.
    """
    return tuple(_mastery(learner, area) for area in areas)


def _mastery(learner: Learner, area: Area) -> Mastery:
    mean, deviation = learner.posterior.known(shares(area))
    centre, spread = logistic_normal(mean, deviation)
    return Mastery(
        area=area.id,
        answers=sum(learner.answers.get(topic, 0) for topic in area.topics),
        known=mean,
        interval=Interval(sigmoid(centre - Z_80 * spread), sigmoid(centre + Z_80 * spread)),
        chance=area.chance,
    )


def shares(area: Area) -> dict[str, float]:
    """The area's topics with weights that add up to 1.

    Raises:
        ValueError: where an area has no topics or no weight.
    """
    total = sum(area.topics.values())
    if total <= 0:
        raise ValueError(f"the area {area.id!r} has no topics to average over")
    return {topic: weight / total for topic, weight in area.topics.items()}
