"""How things went: mastery from week to week, days of study, scores, and the cards that fall due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from studyapp.core.attempt import AttemptSummary
from studyapp.core.daily import DayTotal
from studyapp.core.mastery import Evidence, Learner, WeightedTotal, learn
from studyapp.sessions.areas import Areas
from studyapp.sessions.standing import half_life
from studyapp.sessions.steps import Steps

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.store import Store

YEAR = 365
DUE_DAYS = 30
_POINTS = 26
_EXAMS = 40


@dataclass(frozen=True)
class Days:
    """The last year by day, the newest exams in order, and how many cards fall due on each of the coming days.

    ``due`` counts from ``today`` (an ordinal), with what is overdue on it.
    """

    today: int
    days: tuple[DayTotal, ...]
    exams: tuple[AttemptSummary, ...]
    due: tuple[int, ...]


def days_of_study(store: "Store", areas: Areas, now: datetime) -> Days:
    """Everything that is drawn by day. Cards whose deck is not loaded are left out."""
    today = now.astimezone().toordinal()
    due = [0] * DUE_DAYS
    for card, at in store.reviews.dues().items():
        ahead = max(0, at.astimezone().toordinal() - today)
        if ahead < DUE_DAYS and card in areas.bank.cards:
            due[ahead] += 1
    days = store.totals.days(today - YEAR + 1, today)
    return Days(today, tuple(days), tuple(store.attempts.trend(_EXAMS)), tuple(due))


def mastery_over_time(store: "Store", areas: Areas, now: datetime) -> Steps[tuple[tuple[int, Learner], ...]]:
    """What was known of the learner at about ``_POINTS`` days (ordinals) of the last year, today included.

    One pass over the totals: what the older answers weigh is carried from point to point.
    """
    today = now.astimezone().toordinal()
    first = store.totals.first_day()
    if first is None:
        return ()
    first = max(first, today - YEAR + 1)
    step = max(1, ceil((today - first + 1) / _POINTS))
    points = [*reversed(range(today, first - 1, -step))]
    aging = Aging(half_life(store.settings))
    evidence = yield from store.totals.evidence(points[0], aging.half_life)
    aging.start(evidence, points[0])
    topics = store.totals.topics()
    answered = [day.day for day in store.totals.days(points[0] + 1, today) if day.total.answers]
    known: list[tuple[int, Learner]] = []
    for before, day in zip([points[0], *points], points, strict=False):
        yield
        newest = max((answer for answer in answered if before < answer <= day), default=None)
        if newest is not None:
            aging.add(store.totals.weighted(topics, before + 1, newest, aging.half_life), newest)
        yield
        known.append((day, learn(aging.evidence(day), areas.bank.syllabus.topics)))
    return tuple(known)


class Aging:
    """Weighted totals that grow older: the sums of ``WeightedTotal``, kept up to the newest answer day."""

    def __init__(self, half_life: float) -> None:
        self.half_life = half_life
        self._newest = 0
        self._sums: dict[tuple[str, bool], tuple[int, list[float]]] = {}

    def start(self, evidence: Evidence, day: int) -> None:
        """Begin with what the answers up to a day weigh on it."""
        self._newest = day - evidence.idle
        self._sums = {(t.topic, t.seen): (t.count, _sums(t)) for t in evidence.totals}

    def add(self, totals: Iterable[WeightedTotal], newest: int) -> None:
        """Add what later answers weigh on the day of the newest of them."""
        self._grow_older(newest - self._newest)
        for t in totals:
            count, sums = self._sums.get((t.topic, t.seen), (0, [0.0] * 7))
            self._sums[t.topic, t.seen] = count + t.count, [a + b for a, b in zip(sums, _sums(t), strict=True)]

    def evidence(self, day: int) -> Evidence:
        """What all answers weigh on a day, no earlier than the newest of them."""
        totals = (WeightedTotal(topic, seen, count, *sums) for (topic, seen), (count, sums) in self._sums.items())
        return Evidence(tuple(totals), day - self._newest if self._sums else 0)

    def _grow_older(self, days: int) -> None:
        self._newest += days
        q = 2.0 ** (-days / self.half_life)
        for key, (count, (weight, squares, right, chance, age, age_squared, right_age)) in self._sums.items():
            older = [
                q * weight,
                q * q * squares,
                q * right,
                q * chance,
                q * (age + days * weight),
                q * (age_squared + 2 * days * age + days * days * weight),
                q * (right_age + days * right),
            ]
            self._sums[key] = count, older


def _sums(total: WeightedTotal) -> list[float]:
    t = total
    return [t.weight, t.squares, t.right, t.chance, t.age, t.age_squared, t.right_age]
