"""Attempts: one sitting of a form, with its responses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from studyapp.core.form import Form


class Place(NamedTuple):
    """Where in which attempt (its id) a question stands."""

    attempt: int
    position: int


class Mode(StrEnum):
    """How a form is sat.

    A simulation gives no feedback until the end, and its clock runs on for who leaves on purpose. A custom exam gives
    none either, but its clock, if it has one, stands still meanwhile. Study (a drill is one) shows key and rationales
    after each answer, and its clock, if it has one, stands still too.
    """

    SIMULATION = "simulation"
    CUSTOM = "custom"
    STUDY = "study"


class Confidence(StrEnum):
    """How sure the learner was of an answer; optional, and never part of the score."""

    SURE = "sure"
    THINK = "think so"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay at a question: when it began, in seconds of the attempt used by then, and how many it lasted."""

    began: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Response:
    """What is known of one place of an attempt.

    ``chosen`` are indexes into the options as shown; empty means unanswered. ``seconds`` is the time the question
    was on screen in all until its key was shown, ``visits`` each stay until then, ``answered_at`` (UTC) when it was
    last answered. ``first_chosen`` is the first answer that was complete, None before there was one. ``revealed`` tells
    that the key has been shown (study), after which the answer stands. ``struck`` are the options struck out,
    ``highlights`` ranges of characters of the stem as it is displayed (start, end).
    """

    chosen: frozenset[int] = frozenset()
    flagged: bool = False
    revealed: bool = False
    seconds: float = 0.0
    answered_at: datetime | None = None
    first_chosen: frozenset[int] | None = None
    struck: frozenset[int] = frozenset()
    note: str = ""
    confidence: Confidence | None = None
    highlights: tuple[tuple[int, int], ...] = ()
    visits: tuple[Visit, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether at least one option is chosen."""
        return bool(self.chosen)


@dataclass(frozen=True, slots=True)
class BootTime:
    """A reading of the system's count of seconds, with the id of the boot that it counts from."""

    boot: str
    seconds: float


@dataclass(frozen=True)
class Attempt:
    """One sitting of a form.

    ``elapsed`` is the time used in seconds as last persisted; ``left_at`` (UTC) is set while the learner has left on
    purpose, and ``left_boot`` with it where the system counts. ``submitted_at`` (UTC) is None while the attempt runs.
    ``responses`` has one entry for each item of the form, ``position`` is the item on screen, ``shown_since`` the
    time used when it came there.
    """

    id: int
    mode: Mode
    form: Form
    responses: tuple[Response, ...]
    started_at: datetime
    position: int = 0
    elapsed: float = 0.0
    shown_since: float = 0.0
    left_at: datetime | None = None
    left_boot: BootTime | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """An attempt as a line of a list: what it was, and its score once submitted."""

    id: int
    blueprint_id: str
    title: str
    mode: Mode
    started_at: datetime
    submitted_at: datetime | None
    questions: int
    answered: int
    correct: int
    pass_mark: float

    @property
    def share(self) -> float:
        """The share of right answers, 0 to 1; an unanswered question counts as wrong, as in the exam."""
        return self.correct / self.questions if self.questions else 0.0
