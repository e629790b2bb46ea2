"""Today: how the learner stands, and a plan in minutes with the reason for each part of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from studyapp.core.attempt import AttemptSummary, Mode
from studyapp.core.daily import DayTotal
from studyapp.core.mastery import Learner, Mastery, mastery
from studyapp.core.readiness import Readiness
from studyapp.core.readiness_plan import NextHour, next_hour
from studyapp.sessions.areas import Areas
from studyapp.sessions.review import Queue, todays_queue
from studyapp.sessions.standing import Goal, days_left, goal, learner_now, readiness_for
from studyapp.sessions.steps import Steps
from studyapp.sessions.trash import Trash

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.store import Store

DRILL_QUESTIONS = 12
FRESH_QUESTIONS = 10
# First guesses, until the learner's own pace is known (seconds), and how many cards or answers make it known.
SECONDS_A_CARD, SECONDS_A_QUESTION = 20.0, 90.0
_OWN_PACE = 20
_PACE_DAYS = 30
# A mock exam is due so many days after the last one: rarely, then weekly, then twice a week, never on the last day.
_MOCK_EVERY = ((42, 14), (14, 7), (1, 4))
_ENOUGH_ANSWERS = 5


class Kind(StrEnum):
    """What a part of the plan is."""

    RESUME = "resume"
    REVIEW = "review"
    EXAM = "exam"
    DRILL = "drill"
    FRESH = "fresh"


@dataclass(frozen=True)
class Task:
    """One part of the plan. ``count`` is of cards or questions, ``worth`` says of a drill why it is this area.

    ``attempt`` is the running one to go on with, the newest; ``others`` is how many more are running.
    """

    kind: Kind
    minutes: int
    count: int = 0
    new: int = 0
    worth: NextHour | None = None
    attempt: AttemptSummary | None = None
    others: int = 0


@dataclass(frozen=True)
class Today:
    """What the Today page tells. ``readiness`` is None where no exam is loaded, ``last_exam`` before the first."""

    aim: Goal | None
    days_left: int | None
    readiness: Readiness | None
    queue: Queue
    tasks: tuple[Task, ...]
    weakest: Mastery | None
    last_exam: AttemptSummary | None
    done: DayTotal


def today(store: "Store", areas: Areas, now: datetime, midnight: datetime, trash: Trash) -> Steps[Today]:
    """Figures for the Today page; ``midnight`` (UTC) is when the learner's day began, ``trash`` hides attempts."""
    day = now.astimezone().toordinal()
    aim = goal(store.settings, areas.bank)
    left = days_left(aim, now)
    queue = todays_queue(areas.bank, store.reviews, now, midnight)
    yield
    learner = yield from learner_now(store, areas, day)
    chances = None
    if aim is not None:
        areas.strata(aim.blueprint)
        yield
        chances = readiness_for(learner, areas, aim)
        yield
    recent = store.totals.days(day - _PACE_DAYS, day)
    last_exam = next(reversed(trash.without(store.attempts.trend(1 + len(trash.held)))), None)
    running = trash.without(store.attempts.running_summaries())
    a_card, a_question = pace(recent)
    tasks = []
    if queue.count:
        tasks.append(Task(Kind.REVIEW, _minutes(queue.count * a_card), len(queue.due), len(queue.new)))
    if aim is not None:
        yield
        if _mock_due(last_exam, left, now):
            # The one that is being sat will do.
            sat = any(attempt.mode is Mode.SIMULATION for attempt in running)
            asked = [] if sat else [Task(Kind.EXAM, aim.blueprint.minutes, aim.blueprint.questions)]
        else:
            asked = _questions(areas, aim, learner, store.attempts.last_seen(), a_question)
        # Cards that fade come first; who has only new ones learns more from where they stand.
        tasks = [*tasks, *asked] if queue.due or last_exam else [*asked, *tasks]
    if running:
        newest, others = running[0], len(running) - 1
        left_over = newest.questions - newest.answered
        going_on = Task(Kind.RESUME, _minutes(left_over * a_question), left_over, attempt=newest, others=others)
        tasks.insert(0, going_on)
    yield
    return Today(
        aim=aim,
        days_left=left,
        readiness=chances,
        queue=queue,
        tasks=tuple(tasks),
        weakest=weakest(learner, areas),
        last_exam=last_exam,
        done=recent[-1] if recent and recent[-1].day == day else DayTotal(day),
    )


def pace(recent: Sequence[DayTotal]) -> tuple[float, float]:
    """Seconds that a card and a question take the learner, a first guess where there is little to go by."""
    reviews, answers = sum(d.reviews for d in recent), sum(d.total.answers for d in recent)
    a_card = sum(d.review_seconds for d in recent) / reviews if reviews >= _OWN_PACE else SECONDS_A_CARD
    a_question = sum(d.seconds for d in recent) / answers if answers >= _OWN_PACE else SECONDS_A_QUESTION
    return a_card, a_question


def weakest(learner: Learner, areas: Areas) -> Mastery | None:
    """The area that is most surely weak: a topic with enough answers, else a domain; None while there is neither."""
    for level in (areas.topics, areas.domains):
        answered = [a for a in level if sum(learner.answers.get(t, 0) for t in a.topics) >= _ENOUGH_ANSWERS]
        if answered:
            return min(mastery(learner, answered), key=lambda m: (m.expected_interval.high, m.area))
    return None


def _questions(areas: Areas, aim: Goal, learner: Learner, seen: Collection[str], a_question: float) -> list[Task]:
    """A drill where it is worth most, and some questions of the exam that were never seen, as far as there are any."""
    blueprint, bank = aim.blueprint, areas.bank
    quotas = blueprint.quotas()
    weights = {s.name: quota / sum(quotas) for s, quota in zip(blueprint.strata, quotas, strict=True)}
    tasks = []
    if ranked := next_hour(mastery(learner, areas.strata(blueprint)), weights):
        tasks.append(Task(Kind.DRILL, _minutes(DRILL_QUESTIONS * a_question), DRILL_QUESTIONS, worth=ranked[0]))
    # By what questions have in common: to ask the blueprint of each of them takes long where there are many.
    asked = {(m.topic, m.case) for m in bank.makeup if any(s.takes(m.topic, m.case) for s in blueprint.strata)}
    unseen = (q for q in bank.questions.values() if q.id not in seen and (q.topic, q.case) in asked)
    if fresh := sum(1 for _ in islice(unseen, FRESH_QUESTIONS)):
        tasks.append(Task(Kind.FRESH, _minutes(fresh * a_question), fresh))
    return tasks


def _mock_due(last: AttemptSummary | None, left: int | None, now: datetime) -> bool:
    """Whether it is time for a whole exam again."""
    if left is not None and 0 <= left <= 1:
        return False
    if last is None:
        return True
    ahead = left if left is not None and left > 0 else _MOCK_EVERY[0][0] + 1
    every = next(days for limit, days in _MOCK_EVERY if ahead > limit)
    return now - (last.submitted_at or last.started_at) >= timedelta(days=every)


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))
