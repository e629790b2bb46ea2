"""What the window does for the learner's data: goes back to a backup, and offers a way on where it is damaged."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from studyapp.core.errors import DamagedDatabaseError, StudyError
from studyapp.sessions.workspace import Workspace
from studyapp.ui.jobs import Jobs
from studyapp.ui.main_window import MainWindow
from studyapp.ui.settings.view_model import SettingsViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.message_bar import Message

_DAMAGED = (
    "Your study history is damaged: a part of it cannot be read. Nothing is deleted. When the window opens again it "
    "says what can be done."
)


class Safety(QObject):
    """Watches over one open database; ``reopen`` closes the window and opens it on what is then in the data folder."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        settings: SettingsViewModel,
        reopen: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._reopen = reopen
        workspace.store.database.found_damaged = self._found_damaged
        settings.restore_wanted.connect(self._restore)

    def _found_damaged(self, _error: DamagedDatabaseError) -> None:
        # Later, when what met the damage has said so at its place.
        QTimer.singleShot(0, self, self._say_damaged)

    def _say_damaged(self) -> None:
        message = Message("damaged", "wrong", _DAMAGED, "Open it again", self._reopen, closable=False)
        self._window.messages.show_message(message)

    def _restore(self, backup: Path) -> None:
        from studyapp.store import restore

        if not self._window.may_close():
            return
        try:
            restore(self._workspace.store, backup, self._workspace.clock.now())
        except StudyError as error:
            text = f"{error.message} {error.next_step}"
            self._window.messages.show_message(Message("restore", "wrong", text))
            return
        # What was deleted here is deleted no more: in the backup its numbers may be those of other attempts.
        self._workspace.trash.take_back()
        self._reopen()


def offer_rescue(
    window: MainWindow,
    theme: Theme,
    folder: Path,
    error: DamagedDatabaseError,
    jobs: Jobs,
    go_on: Callable[[], None],
    go_on_unsaved: Callable[[], None],
    offered: Callable[[], None],
) -> None:
    """The database cannot be opened: put a page in the place of Today, from which the learner goes on.

    ``offered`` is called once the page says what there is to choose from.
    """
    from studyapp.ui.rescue.page import RescuePage
    from studyapp.ui.rescue.view_model import RescueViewModel

    view_model = RescueViewModel(folder, error, jobs)
    page = RescuePage(view_model, theme)

    def leave(way_on: Callable[[], None]) -> None:
        way_on()
        window.forget_page(page)

    def rescued(aside: str) -> None:
        leave(go_on)
        text = f"The damaged file is kept in the data folder as {aside}."
        window.messages.show_message(Message("aside", "info", text))

    view_model.rescued.connect(rescued)
    view_model.unsaved_wanted.connect(lambda: leave(go_on_unsaved))
    view_model.changed.connect(lambda _state: offered(), Qt.ConnectionType.SingleShotConnection)
    window.show_page(page, "today")
