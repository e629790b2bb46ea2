"""Attempts: one sitting of a form, with its responses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from studyapp.core.form import Form


class Mode(StrEnum):
    """How a form is sat.

    A simulation gives no feedback until the end, and its clock runs on for who leaves on purpose. A drill shows key
    and rationales after each answer and has no clock.
    """

    SIMULATION = "simulation"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Response:
    """What is known of one place of an attempt.

    ``chosen`` are indexes into the options as shown; empty means unanswered. ``seconds`` is the time the question
    was on screen, ``answered_at`` (UTC) when it was last answered. ``revealed`` tells that the key has been shown
    (drills), after which the answer stands.
    """

    chosen: frozenset[int] = frozenset()
    flagged: bool = False
    revealed: bool = False
    seconds: float = 0.0
    answered_at: datetime | None = None

    @property
    def answered(self) -> bool:
        """Whether at least one option is chosen."""
        return bool(self.chosen)


@dataclass(frozen=True)
class Attempt:
    """One sitting of a form.

    ``elapsed`` is the time used in seconds as last persisted; ``left_at`` (UTC) is set while the learner has left on
    purpose. ``submitted_at`` (UTC) is None while the attempt runs. ``responses`` has one entry for each item of the
    form, ``position`` is the item on screen.
    """

    id: int
    mode: Mode
    form: Form
    responses: tuple[Response, ...]
    started_at: datetime
    position: int = 0
    elapsed: float = 0.0
    left_at: datetime | None = None
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
