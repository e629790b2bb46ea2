"""Where the learner is weak: every area with its estimate, how it changed, and how well its cards will be recalled."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from studyapp.core.deck import Question
from studyapp.core.mastery import Area, Mastery, mastery
from studyapp.core.readiness_recall import PredictedRecall, predicted_recall
from studyapp.core.scheduler import Memory, Scheduler
from studyapp.sessions.areas import Areas
from studyapp.sessions.standing import Goal, learner_now, learner_on
from studyapp.sessions.steps import Steps

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.store import Store

CHANGE_DAYS = 14
"""Over how many days the change of an estimate is told."""

RECALL_DAYS = 30
"""For which day ahead recall is predicted where no exam day is set."""

WIDEST = 0.4
"""An 80 % interval wider than this is no statement about anyone: there is not enough data."""


class Grouping(StrEnum):
    """What the areas at the top of the table are."""

    DOMAINS = "domains"
    STRATA = "strata"


@dataclass(frozen=True)
class AreaFigures:
    """One area: a domain or a stratum with its topics, or a topic.

    ``change`` is that of the expected share in the last two weeks, None where it could not be told before or nothing
    was answered since. ``questions`` are those that the decks hold, ``lapses`` how often its cards were forgotten,
    ``missed`` the loaded questions of a topic that were answered wrong last, the newest first.
    """

    id: str
    title: str
    estimate: Mastery
    change: float | None
    recall: PredictedRecall
    lapses: int
    questions: int
    missed: tuple[Question, ...] = ()
    topics: tuple["AreaFigures", ...] = ()

    @property
    def told(self) -> bool:
        """Whether there is enough data to tell."""
        return self.estimate.answers > 0 and _width(self.estimate) <= WIDEST


@dataclass(frozen=True)
class WeakAreas:
    """All areas, the most surely weak first; ``recall_at`` (UTC) is when recall is predicted for."""

    areas: tuple[AreaFigures, ...]
    answers: int
    recall_at: datetime


@dataclass(frozen=True)
class _Known:
    """What the figures of an area are made from, by area and by topic; ``recent`` are topics with new answers."""

    now: Mapping[str, Mastery]
    before: Mapping[str, Mastery]
    recall: Mapping[str, PredictedRecall]
    lapses: Mapping[str, int]
    questions: Mapping[str, int]
    recent: Set[str]
    missed: Mapping[str, Sequence[str]]


def weak_areas(store: "Store", areas: Areas, now: datetime, aim: Goal | None, grouping: Grouping) -> Steps[WeakAreas]:
    """The areas of a grouping, down to topics; without an exam to aim at there are domains only."""
    day = now.astimezone().toordinal()
    learner = yield from learner_now(store, areas, day)
    yield
    before = yield from learner_on(store, areas, day - CHANGE_DAYS)
    yield
    top = areas.strata(aim.blueprint) if aim is not None and grouping is Grouping.STRATA else areas.domains
    topics = {area.id: area for area in areas.topics}
    within = {area.id: [topics[id_] for id_ in _within(area, topics)] for area in top}
    yield
    recall_at = aim.exam_at if aim is not None and aim.exam_at is not None else now + timedelta(days=RECALL_DAYS)
    recall_at = max(recall_at, now)
    memories = store.reviews.memories()
    yield
    every = [*top, *topics.values()]
    mastered = {m.area: m for m in mastery(learner, every)}
    yield
    earlier = {m.area: m for m in mastery(before, every) if m.answers and _width(m) <= WIDEST}
    yield
    recall = _recall(areas, within, memories, recall_at)
    yield
    known = _Known(
        now=mastered,
        before=earlier,
        recall=recall,
        lapses=store.reviews.lapses(),
        questions=areas.questions,
        recent=store.totals.topics_between(day - CHANGE_DAYS + 1, day),
        missed=store.attempts.missed_by_topic(),
    )
    yield
    found = [_figures(area, areas, known, [_figures(topic, areas, known) for topic in within[area.id]]) for area in top]
    return WeakAreas(tuple(sorted(found, key=_weakness)), sum(learner.answers.values()), recall_at)


def _figures(area: Area, areas: Areas, known: _Known, topics: Sequence[AreaFigures] = ()) -> AreaFigures:
    estimate, before = known.now[area.id], known.before.get(area.id)
    within = [topic.id for topic in topics] or [area.id]
    loaded = areas.bank.questions
    fresh = before is not None and not known.recent.isdisjoint(within)
    return AreaFigures(
        id=area.id,
        title=areas.bank.syllabus.title_of(area.id),
        estimate=estimate,
        change=estimate.expected - before.expected if before is not None and fresh else None,
        recall=known.recall[area.id],
        lapses=sum(known.lapses.get(topic, 0) for topic in within),
        questions=sum(known.questions.get(topic, 0) for topic in within),
        missed=tuple(loaded[q] for q in known.missed.get(area.id, ()) if q in loaded),
        topics=tuple(sorted(topics, key=_weakness)),
    )


def _weakness(figures: AreaFigures) -> tuple[bool, float, str]:
    """What is most surely weak first, what cannot be told last."""
    return not figures.told, figures.estimate.expected_interval.high, figures.title


def _width(estimate: Mastery) -> float:
    return estimate.expected_interval.high - estimate.expected_interval.low


def _within(area: Area, topics: Iterable[str]) -> list[str]:
    """The topics of a domain or a stratum, in the order of the syllabus."""
    return [topic for topic in topics if topic in area.topics or topic.partition(".")[0] == area.id]


def _recall(
    areas: Areas, within: Mapping[str, Sequence[Area]], memories: Mapping[str, Memory], at: datetime
) -> dict[str, PredictedRecall]:
    """The recall predicted for areas of topics, and for each topic."""
    cards: dict[str, Sequence[str]] = {topic.id: areas.bank.cards_by_topic.get(topic.id, ()) for topic in areas.topics}
    cards |= {area: [card for topic in topics for card in cards[topic.id]] for area, topics in within.items()}
    return {recall.area: recall for recall in predicted_recall(Scheduler(), cards, memories, at)}
