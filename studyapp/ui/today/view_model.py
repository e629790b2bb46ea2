"""The Today page: one obvious next step, and the figures behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from studyapp.core.interval import wilson
from studyapp.sessions.progress import Step, Today, today
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.routes import GoTo, ResumeAttempt, Route, ShowResults, StartDrill

# A first guess, until the review log can tell: most cards take about this long.
SECONDS_A_CARD = 20


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it means and where it leads."""

    title: str
    number: str
    detail: str
    action: str = ""
    route: Route | None = None


@dataclass(frozen=True)
class TodayState:
    """What the page shows; ``ready`` is false while the decks load."""

    greeting: str = "Today"
    ready: bool = False
    headline: str = "Loading your decks…"
    detail: str = ""
    action: str = ""
    route: Route | None = None
    tiles: tuple[Tile, ...] = ()


class TodayViewModel(QObject):
    """Exists before the decks are loaded; ``attach`` gives it the workspace."""

    changed = Signal(object)
    navigate = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._workspace: Workspace | None = None
        self._due = 0
        self.state = TodayState()

    def attach(self, workspace: Workspace) -> None:
        """The decks are loaded and the database is open."""
        self._workspace = workspace

    def failed(self, headline: str, detail: str) -> None:
        """Nothing can be loaded: say so."""
        self.state = TodayState(headline=headline, detail=detail)
        self.changed.emit(self.state)

    def refresh(self) -> None:
        """Read the figures again."""
        if self._workspace is not None:
            clock = self._workspace.clock
            bank = self._workspace.bank
            figures = today(self._workspace.store, bank, clock.now(), clock.midnight())
            self._due = len(figures.queue.due)
            self.state = _make_state(figures, bank.syllabus.title_of, clock.now().astimezone().hour)
            self.changed.emit(self.state)

    @property
    def due(self) -> int:
        """Cards that are due, for the sidebar."""
        return self._due

    def start(self) -> None:
        """Take the next step."""
        self.follow(self.state.route)

    def follow(self, route: Route | None) -> None:
        """Go where a tile leads."""
        if route is not None:
            self.navigate.emit(route)


def _make_state(figures: Today, title_of: Callable[[str], str], hour: int) -> TodayState:
    greeting = "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"
    headline, detail, action, route = _step(figures, title_of)
    return TodayState(
        greeting=greeting,
        ready=True,
        headline=headline,
        detail=detail,
        action=action,
        route=route,
        tiles=(_cards_tile(figures), _exam_tile(figures), _weakest_tile(figures, title_of)),
    )


def _step(figures: Today, title_of: Callable[[str], str]) -> tuple[str, str, str, Route]:
    """Headline, reason, button and destination of the next step."""
    queue = figures.queue
    if figures.step is Step.RESUME and figures.running is not None:
        running = figures.running
        return (
            f"Go on with “{running.title}”",
            f"{running.answered} of {running.questions} answered, all saved.",
            "Resume",
            ResumeAttempt(running.id),
        )
    if figures.step is Step.REVIEW:
        minutes = words.duration(max(60, queue.count * SECONDS_A_CARD))
        new = f" and {words.counted(len(queue.new), 'new card')}" if queue.new else ""
        return (
            f"Review {words.counted(len(queue.due), 'card')}{new}",
            f"Due now, before they are forgotten. About {minutes}.",
            "Review cards",
            GoTo("flashcards"),
        )
    if figures.step is Step.DRILL and figures.weakest is not None:
        weakest = figures.weakest
        return (
            f"Drill: {title_of(weakest.area)}",
            f"Your weakest area so far: {words.percent(weakest.share or 0)} of "
            f"{words.counted(weakest.answers, 'answer')} right.",
            "Start drill",
            StartDrill(weakest.area),
        )
    if figures.step is Step.FIRST_EXAM:
        return (
            "Sit a first practice exam",
            "It is weighted like the real one and shows where you are weak. You can leave and come back.",
            "Choose an exam",
            GoTo("exam"),
        )
    return (
        "Sit a practice exam",
        "No card is due. A fresh exam shows where you stand.",
        "Choose an exam",
        GoTo("exam"),
    )


def _cards_tile(figures: Today) -> Tile:
    queue = figures.queue
    new = f"{words.counted(len(queue.new), 'new card')} for today" if queue.new else "no new cards left today"
    done = f" · {figures.reviewed_today} reviewed" if figures.reviewed_today else ""
    return Tile(
        "Cards due",
        str(len(queue.due)),
        new + done,
        "Review" if queue.count else "",
        GoTo("flashcards") if queue.count else None,
    )


def _exam_tile(figures: Today) -> Tile:
    last = figures.last_exam
    if last is None:
        return Tile("Last exam", "–", "Your first score will stand here.")
    sure = words.between(wilson(last.correct, last.questions))
    return Tile(
        "Last exam",
        words.percent(last.share),
        f"{last.correct} of {last.questions} ({sure}) on {words.day(last.started_at)}",
        "See results",
        ShowResults(last.id),
    )


def _weakest_tile(figures: Today, title_of: Callable[[str], str]) -> Tile:
    weakest = figures.weakest
    if weakest is None or weakest.share is None or weakest.interval is None:
        return Tile("Weakest area", "–", "Not enough answers yet to tell.")
    return Tile(
        "Weakest area",
        words.between(weakest.interval),
        f"{title_of(weakest.area)}, {words.counted(weakest.answers, 'answer')}",
        "Drill",
        StartDrill(weakest.area),
    )
