"""Where a page can send the learner."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The first page is painted before the core is imported.
    from studyapp.core.deck import Card, Question
    from studyapp.core.selection import CustomSet


@dataclass(frozen=True, slots=True)
class GoTo:
    """One of the sidebar's pages, by its name."""

    page: str


@dataclass(frozen=True, slots=True)
class StartExam:
    """A new exam of a blueprint; ``fill`` agrees to other questions where a stratum falls short.

    ``mode`` is one of the core's modes; without ``timed`` no clock runs.
    """

    blueprint: str
    pass_mark: float
    fill: bool = False
    mode: str = "simulation"
    timed: bool = True


@dataclass(frozen=True, slots=True)
class StartCustom:
    """A new exam of a custom set."""

    custom: "CustomSet"


class Again(StrEnum):
    """What of an attempt is sat again."""

    MISSED = "missed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Retake:
    """Sit questions of a submitted attempt again."""

    attempt: int
    again: Again


@dataclass(frozen=True, slots=True)
class StartDrill:
    """A drill of an area: a domain or a topic."""

    area: str


@dataclass(frozen=True, slots=True)
class ResumeAttempt:
    """Go on with an attempt that is not submitted."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ShowResults:
    """The results of a submitted attempt."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ReviewCards:
    """Review just these cards, in this order."""

    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewDeck:
    """A deck file as its author looks at it, from one of its items or from the first."""

    path: Path
    item: str = ""


@dataclass(frozen=True, slots=True)
class EditItem:
    """An item to be mended where it was seen; ``path`` is its deck file, where that is not to be looked up.

    ``once_saved`` is what to say afterwards, where the page does not show it by itself.
    """

    item: "Card | Question"
    path: Path | None = None
    once_saved: str = ""


@dataclass(frozen=True, slots=True)
class ReportItem:
    """An item to be reported to its authors; ``path`` is its deck file, where that is not to be looked up."""

    item: "Card | Question"
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class OpenInEditor:
    """A place in a file in the learner's editor."""

    path: Path
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class ShowReported:
    """The list of reported items."""


ItemRoute = PreviewDeck | EditItem | ReportItem | OpenInEditor | ShowReported
Route = GoTo | StartExam | StartCustom | Retake | StartDrill | ResumeAttempt | ShowResults | ReviewCards | ItemRoute
