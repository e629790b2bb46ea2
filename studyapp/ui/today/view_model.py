"""The Today page: one obvious next step, and the figures behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.ui.routes import Route
from studyapp.ui.today.state import TodayState

if TYPE_CHECKING:
    from studyapp.sessions.workspace import Workspace


class TodayViewModel(QObject):
    """Exists before the decks are loaded; ``attach`` gives it the workspace."""

    changed = Signal(object)
    navigate = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._workspace: Workspace | None = None
        self._due = 0
        self.state = TodayState()

    def attach(self, workspace: "Workspace") -> None:
        """The decks are loaded and the database is open."""
        self._workspace = workspace

    def failed(self, headline: str, detail: str) -> None:
        """Nothing can be loaded: say so."""
        self.state = TodayState(headline=headline, detail=detail)
        self.changed.emit(self.state)

    def refresh(self) -> None:
        """Read the figures again."""
        if self._workspace is not None:
            # Imported here: the page is painted before the core and the sessions are.
            from studyapp.sessions.progress import today
            from studyapp.ui.today.figures import make_state

            clock = self._workspace.clock
            bank = self._workspace.bank
            figures = today(self._workspace.store, bank, clock.now(), clock.midnight())
            self._due = len(figures.queue.due)
            self.state = make_state(figures, bank.syllabus.title_of, clock.now().astimezone().hour)
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
