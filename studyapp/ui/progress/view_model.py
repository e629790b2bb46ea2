"""Weak areas over all attempts, and the trend of scores."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from studyapp.core.interval import Interval, wilson
from studyapp.core.readiness import MIN_ANSWERS
from studyapp.sessions.progress import Area, progress
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.routes import StartDrill

PASS_MARK = 0.70


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area as a line of the table; ``share`` is None where there is not enough data."""

    area: str
    title: str
    answers: str
    share: float | None
    interval: Interval | None
    text: str
    questions: int
    topics: tuple["AreaLine", ...] = ()


@dataclass(frozen=True)
class ProgressState:
    """What the page shows. ``points`` are the scores of past exams, the oldest first."""

    areas: tuple[AreaLine, ...] = ()
    points: tuple[tuple[float, Interval, str], ...] = ()
    answers: int = 0


class ProgressViewModel(QObject):
    """Reads the figures anew whenever the page is opened."""

    changed = Signal(object)
    navigate = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.state = ProgressState()

    def refresh(self) -> None:
        """Read the figures again."""
        figures = progress(self._workspace.store, self._workspace.bank)
        counts: dict[str, int] = {}
        for question in self._workspace.bank.questions.values():
            for area in (question.topic, question.domain):
                counts[area] = counts.get(area, 0) + 1
        self.state = ProgressState(
            areas=tuple(_line(area, counts) for area in figures.areas),
            points=tuple(
                (s.share, wilson(s.correct, s.questions), words.short_day(s.started_at)) for s in figures.trend
            ),
            answers=sum(area.estimate.answers for area in figures.areas),
        )
        self.changed.emit(self.state)

    def drill(self, area: str) -> None:
        """Start a drill of an area."""
        self.navigate.emit(StartDrill(area))


def _line(area: Area, counts: dict[str, int]) -> AreaLine:
    estimate = area.estimate
    text = f"not enough data, {MIN_ANSWERS - estimate.answers} more needed"
    if estimate.share is not None and estimate.interval is not None:
        text = f"{words.percent(estimate.share)}  ({words.between(estimate.interval)})"
    return AreaLine(
        area=estimate.area,
        title=area.title,
        answers=words.counted(estimate.answers, "answer"),
        share=estimate.share,
        interval=estimate.interval,
        text=text,
        questions=counts.get(estimate.area, 0),
        topics=tuple(_line(topic, counts) for topic in area.topics),
    )
