"""The Today page: how the learner stands, and a plan that one key starts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.core.errors import StudyError
from studyapp.ui.steps import Stepper
from studyapp.ui.today.state import TodayState

if TYPE_CHECKING:
    from studyapp.content.reading import Reading
    from studyapp.sessions.plan import Today
    from studyapp.sessions.workspace import Workspace
    from studyapp.ui.routes import Route


class TodayViewModel(QObject):
    """Exists before the decks are loaded; ``attach`` gives it the workspace."""

    changed = Signal(object)
    navigate = Signal(object)
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._workspace: Workspace | None = None
        self._stepper = Stepper(self)
        self._due = 0
        self.state = TodayState()

    def attach(self, workspace: "Workspace") -> None:
        """The decks are loaded and the database is open."""
        self._workspace = workspace

    def close(self) -> None:
        """The window closes: nothing is read any more."""
        self._stepper.stop()
        self._workspace = None

    @property
    def busy(self) -> bool:
        """Whether figures are being read."""
        return self._stepper.busy

    def failed(self, headline: str, detail: str) -> None:
        """Nothing can be loaded: say so."""
        self.state = TodayState(headline=headline, detail=detail)
        self.changed.emit(self.state)

    def reading(self, reading: "Reading | None") -> None:
        """The first load takes long: say how far it is, and that it can be stopped."""
        if self._workspace is None and reading is not None:
            text = f"Reading decks: {reading.done:,} of {reading.total:,} files"
            self.state = TodayState(headline=text, can_cancel=True)
            self.changed.emit(self.state)

    def refresh(self) -> None:
        """Read the figures again."""
        if self._workspace is not None:
            # Imported here: the page is painted before the core and the sessions are.
            from studyapp.sessions.plan import today

            workspace = self._workspace
            now, midnight = workspace.clock.now(), workspace.clock.midnight()
            steps = today(workspace.store, workspace.areas, now, midnight, workspace.trash)
            self._stepper.run(steps, self._show)

    def _show(self, figures: "Today") -> None:
        if self._workspace is None:
            return
        from studyapp.ui.today.figures import make_state

        try:
            left = self._time_left(figures)
        except StudyError:
            # It cannot be read, or is gone since: who goes on with it is told.
            left = None
        self._due = len(figures.queue.due)
        now = self._workspace.clock.now()
        self.state = make_state(figures, self._workspace.bank.syllabus.title_of, now, left)
        self.changed.emit(self.state)

    def _time_left(self, figures: "Today") -> float | None:
        """Seconds left of the attempt to go on with, where its clock runs."""
        assert self._workspace is not None
        running = next((task.attempt for task in figures.tasks if task.attempt is not None), None)
        if running is None:
            return None
        from studyapp.sessions.exam import time_left

        return time_left(self._workspace.store.attempts.load(running.id), self._workspace.clock)

    @property
    def due(self) -> int:
        """Cards that are due, for the sidebar."""
        return self._due

    def start(self) -> None:
        """Take the first part of the plan."""
        self.follow(self.state.route)

    def follow(self, route: "Route | None") -> None:
        """Go where a line leads."""
        if route is not None:
            self.navigate.emit(route)
