"""What the learner aims at, and what the stored answers say of the way there."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from studyapp.core.blueprint import Blueprint
from studyapp.core.mastery import HALF_LIFE, Learner, learn
from studyapp.core.readiness import Readiness, readiness
from studyapp.sessions.areas import Areas
from studyapp.sessions.steps import Steps

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.core.bank import Bank
    from studyapp.store import SettingsStore, Store

DEFAULT_BLUEPRINT = "pde-reported-count"
_EXAM_DAY, _HALF_LIFE, _BLUEPRINT = "exam_day", "half_life", "blueprint"


@dataclass(frozen=True)
class Goal:
    """The exam that is prepared for: its blueprint, a pass mark (0 to 1, an assumption), and its day if it is set."""

    blueprint: Blueprint
    pass_mark: float
    day: date | None = None

    @property
    def exam_at(self) -> datetime | None:
        """The exam as a moment (UTC): nine in the morning of its day, where the learner is."""
        return None if self.day is None else datetime.combine(self.day, time(9)).astimezone(UTC)


def goal(settings: "SettingsStore", bank: "Bank", blueprint_id: str | None = None) -> Goal | None:
    """The exam chosen on the Practice exam page, or the one named; None where no blueprint is loaded."""
    wanted = blueprint_id or settings.get(_BLUEPRINT, DEFAULT_BLUEPRINT)
    blueprint = bank.blueprint(wanted) or bank.blueprint(DEFAULT_BLUEPRINT) or next(iter(bank.blueprints), None)
    if blueprint is None:
        return None
    percent = settings.get(f"pass_mark:{blueprint.id}", round(blueprint.pass_mark * 100))
    return Goal(blueprint, percent / 100, exam_day(settings))


def set_blueprint(settings: "SettingsStore", blueprint_id: str) -> None:
    """Keep which blueprint is prepared for. Raises ``DatabaseError``."""
    settings.set(_BLUEPRINT, blueprint_id)


def exam_day(settings: "SettingsStore") -> date | None:
    """The day of the exam, where the learner has set one."""
    stored = settings.get(_EXAM_DAY)
    return None if stored is None else date.fromisoformat(stored)


def set_exam_day(settings: "SettingsStore", day: date | None) -> None:
    """Keep the day of the exam, or that there is none. Raises ``DatabaseError``."""
    settings.set(_EXAM_DAY, None if day is None else day.isoformat())


def half_life(settings: "SettingsStore") -> float:
    """After how many days an answer weighs half."""
    return float(settings.get(_HALF_LIFE, HALF_LIFE))


def set_half_life(settings: "SettingsStore", days: int) -> None:
    """Keep after how many days an answer weighs half. Raises ``DatabaseError``."""
    settings.set(_HALF_LIFE, days)


def learner_on(store: "Store", areas: Areas, day: int) -> Steps[Learner]:
    """What the answers up to a day (ordinal) said of the learner on it; only answers that still weigh are counted."""
    evidence = yield from store.totals.evidence(day, half_life(store.settings))
    yield
    return learn(evidence, areas.bank.syllabus.topics)


def learner_now(store: "Store", areas: Areas, today: int) -> Steps[Learner]:
    """What all answers say of the learner today (an ordinal); counts of answers are of all times."""
    learner = yield from learner_on(store, areas, today)
    yield
    return replace(learner, answers=store.totals.answers())


def readiness_for(learner: Learner, areas: Areas, aim: Goal) -> Readiness:
    """The chance to pass the exam that is aimed at."""
    return readiness(learner, areas.strata(aim.blueprint), aim.blueprint.quotas(), aim.pass_mark)


def days_left(aim: Goal | None, now: datetime) -> int | None:
    """Days from today to the exam, 0 on its day, negative after it; None without a date."""
    if aim is None or aim.day is None:
        return None
    return (aim.day - now.astimezone().date()) // timedelta(days=1)
