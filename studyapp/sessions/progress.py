"""What the stored attempts and reviews say: today's next step, weak areas, the trend."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from studyapp.core.attempt import AttemptSummary, Mode
from studyapp.core.bank import Bank
from studyapp.core.readiness import AreaEstimate, estimate_areas
from studyapp.sessions.review import Queue, todays_queue

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.store import Store


class Step(StrEnum):
    """The obvious next thing to do."""

    RESUME = "resume"
    REVIEW = "review"
    FIRST_EXAM = "first exam"
    DRILL = "drill"
    EXAM = "exam"


@dataclass(frozen=True)
class Today:
    """What the Today page tells: what is due, the last score, the weakest area, and one next step."""

    queue: Queue
    running: AttemptSummary | None
    last_exam: AttemptSummary | None
    weakest: AreaEstimate | None
    step: Step
    reviewed_today: int


@dataclass(frozen=True)
class Area:
    """One area of the Progress page: its estimate, and for a domain the estimates of its topics."""

    estimate: AreaEstimate
    title: str
    topics: tuple["Area", ...] = ()


@dataclass(frozen=True)
class Progress:
    """What the Progress page tells: the areas, the weakest first, and the submitted exams, the oldest first."""

    areas: tuple[Area, ...]
    trend: tuple[AttemptSummary, ...]


def today(store: "Store", bank: Bank, now: datetime, midnight: datetime) -> Today:
    """Figures for the Today page; ``midnight`` (UTC) is when the learner's day began."""
    queue = todays_queue(bank, store.reviews, now, midnight)
    summaries = store.attempts.summaries()
    running = next((s for s in summaries if s.submitted_at is None), None)
    last_exam = next((s for s in summaries if s.submitted_at and s.mode is Mode.SIMULATION), None)
    weakest = _weakest(store.attempts.area_counts("domain"), bank)
    return Today(
        queue=queue,
        running=running,
        last_exam=last_exam,
        weakest=weakest,
        step=_next_step(queue, running, last_exam, weakest),
        reviewed_today=store.reviews.reviews_since(midnight),
    )


def progress(store: "Store", bank: Bank) -> Progress:
    """Figures for the Progress page: domains with their topics, and the trend of scores."""
    by_domain, by_topic = store.attempts.area_counts("domain"), store.attempts.area_counts("topic")
    domains = {domain.id: domain for domain in bank.syllabus.domains}
    areas = []
    for estimate in estimate_areas(by_domain, domains):
        topics = [topic.id for topic in domains[estimate.area].topics]
        areas.append(
            Area(
                estimate,
                domains[estimate.area].title,
                tuple(Area(e, bank.syllabus.title_of(e.area)) for e in estimate_areas(by_topic, topics)),
            )
        )
    return Progress(tuple(areas), tuple(store.attempts.trend()))


def _weakest(counts: Mapping[str, tuple[int, int]], bank: Bank) -> AreaEstimate | None:
    estimates = estimate_areas(counts, (domain.id for domain in bank.syllabus.domains))
    return estimates[0] if estimates and estimates[0].share is not None else None


def _next_step(
    queue: Queue, running: AttemptSummary | None, last_exam: AttemptSummary | None, weakest: AreaEstimate | None
) -> Step:
    """A running attempt first, then cards seen before that fall due, a first exam, the weakest area, a new exam."""
    if running is not None:
        return Step.RESUME
    if queue.due:
        return Step.REVIEW
    if last_exam is None:
        return Step.FIRST_EXAM
    if weakest is not None:
        return Step.DRILL
    return Step.EXAM
