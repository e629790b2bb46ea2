"""Lets the history follow the decks that are loaded, a little at a time, and tells of changed keys."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.core.errors import DatabaseError
from studyapp.ui.jobs import Jobs
from studyapp.ui.key_news import KeyNews

if TYPE_CHECKING:
    # The window is painted before they are imported.
    from studyapp.sessions.identity import HistorySettler
    from studyapp.sessions.workspace import Workspace


class HistoryKeeper(QObject):
    """Follows renames and changed keys. ``changed`` tells that what counts is another since ``follow`` returned."""

    changed = Signal()

    def __init__(self, jobs: Jobs, news: KeyNews) -> None:
        super().__init__()
        self._jobs = jobs
        self._news = news
        self._workspace: Workspace | None = None
        self._settler: HistorySettler | None = None
        self._waits = False

    def follow(self, workspace: "Workspace") -> None:
        """The workspace has other decks: move the histories, and begin to look through the keys."""
        from studyapp.sessions.identity import HistorySettler

        if self._settler is None or self._workspace is not workspace:
            self._workspace, self._settler = workspace, HistorySettler(workspace.store)
        workspace.moved_cards = {}
        # Where it cannot be written it is tried again with the next decks; a damaged database is met elsewhere.
        with suppress(DatabaseError):
            settled = self._settler.begin(workspace.bank)
            workspace.moved_cards = settled.cards
            self._news.tell(settled)
            if settled.unfinished:
                self._prepare()

    def stop(self) -> None:
        """The store is closed."""
        self._workspace = self._settler = None

    def _prepare(self) -> None:
        if self._settler is not None and not self._waits:
            self._waits = True
            self._jobs.run(self._settler.prepare, lambda _: self._go_on(), self._failed)

    def _go_on(self) -> None:
        self._waits = False
        if self._settler is None:
            return
        with suppress(DatabaseError):
            settled = self._settler.go_on()
            self._news.tell(settled)
            if settled.rekeyed or settled.restored:
                self.changed.emit()
            if settled.unfinished:
                self._prepare()

    def _failed(self, error: BaseException) -> None:
        self._waits = False
        raise error
