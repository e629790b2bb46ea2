"""All attempts: opened again, deleted, taken back."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from studyapp.core.attempt import AttemptSummary
from studyapp.core.errors import DatabaseError
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.exam.history_model import HistoryModel
from studyapp.ui.routes import ResumeAttempt, ShowResults
from studyapp.ui.widgets.message_bar import Message


@dataclass(frozen=True)
class HistoryState:
    """How many attempts there are, and how many of them the search shows."""

    total: int = 0
    shown: int = 0


class HistoryViewModel(QObject):
    """A deleted attempt is hidden at once and deleted for good when its message is closed or the program ends.

    ``trash_changed`` tells that attempts are hidden, back or gone, ``settled`` the topic of a message that is.
    """

    changed = Signal(object)
    navigate = Signal(object)
    message = Signal(object)
    settled = Signal(str)
    trash_changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._trash = workspace.trash
        self.rows = HistoryModel()
        self.state = HistoryState()

    def refresh(self) -> None:
        """Read the attempts again."""
        self.rows.show_summaries(self._trash.without(self._workspace.store.attempts.summaries()))
        self._emit()

    def look_for(self, text: str) -> None:
        """Show the attempts whose title, date and mode hold every word of a text."""
        self.rows.look_for(text)
        self._emit()

    def open(self, summary: AttemptSummary) -> None:
        """The results of an attempt, or the attempt itself where it is not submitted."""
        route = ResumeAttempt if summary.submitted_at is None else ShowResults
        self.navigate.emit(route(summary.id))

    def ask_to_delete(self, summary: AttemptSummary) -> None:
        """Ask whether an attempt is to be deleted."""
        text = f"Delete “{summary.title}” of {words.day(summary.started_at)} with all its answers?"
        self.message.emit(Message("delete", "caution", text, "Delete", lambda: self._delete(summary)))

    def keep(self, attempt_id: int) -> None:
        """An attempt is gone on with or looked at: nobody is asked to delete it, and if it was, it is so no longer."""
        self.settled.emit("delete")
        if all(summary.id != attempt_id for summary in self._trash.held):
            return
        self._trash.keep(attempt_id)
        if self._trash.held:
            self._offer_undo()
        else:
            self.settled.emit("deleted")
        self.trash_changed.emit()

    def _delete(self, summary: AttemptSummary) -> None:
        self._trash.put(summary)
        self._offer_undo()
        self.trash_changed.emit()

    def _offer_undo(self) -> None:
        gone = words.counted(len(self._trash.held), "exam")
        text = f"{gone} deleted; for good when you close this message or studyapp. Until then your figures count them."
        self.message.emit(Message("deleted", "info", text, "Undo", self._take_back, closed=self._delete_for_good))

    def _take_back(self) -> None:
        self._trash.take_back()
        self.trash_changed.emit()

    def _delete_for_good(self) -> None:
        try:
            self._trash.empty()
        except DatabaseError as error:
            text = f"Not deleted yet: {error.message} {error.next_step}"
            self.message.emit(Message("deleted", "wrong", text, "Try again", self._delete_for_good))
        self.trash_changed.emit()

    def _emit(self) -> None:
        self.state = HistoryState(self.rows.total, self.rows.rowCount())
        self.changed.emit(self.state)
