"""Where a page can send the learner."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoTo:
    """One of the sidebar's pages, by its name."""

    page: str


@dataclass(frozen=True, slots=True)
class StartExam:
    """A new simulation of a blueprint; ``fill`` agrees to other questions where a stratum falls short."""

    blueprint: str
    pass_mark: float
    fill: bool = False


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


Route = GoTo | StartExam | StartDrill | ResumeAttempt | ShowResults | ReviewCards
