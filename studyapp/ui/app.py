"""Composes the program: the window first, then the decks on the worker, then the database and the pages.

Nothing that is slow to import (pydantic, SQLModel) stands at the top of this module: the window is painted first.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from studyapp.core.errors import DamagedDatabaseError, DatabaseError, StudyError
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.history_keeper import HistoryKeeper
from studyapp.ui.jobs import Jobs
from studyapp.ui.key_news import KeyNews
from studyapp.ui.main_window import MainWindow
from studyapp.ui.theme import Theme
from studyapp.ui.today.page import TodayPage
from studyapp.ui.today.view_model import TodayViewModel
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from studyapp.content.library import Library
    from studyapp.sessions.workspace import Workspace
    from studyapp.ui.deck_news import DeckNews
    from studyapp.ui.pages import Pages

_HOUR = 3_600_000  # Milliseconds.
_BUG = "Nothing of it was deleted. Install the newest version of studyapp, or choose another data folder."


class App(QObject):
    """One running program over one data folder. ``ready`` comes when Today is filled, ``failed`` with the reason."""

    ready = Signal()
    failed = Signal(str)

    def __init__(self, qt: QApplication, data_folder: Path, deck_folders: Sequence[Path]) -> None:
        super().__init__()
        self._data_folder = data_folder
        self.theme = Theme(qt)
        self.window = MainWindow(self.theme)
        self._today = TodayViewModel()
        self._today_page = TodayPage(self._today, self.theme)
        self._jobs = Jobs(self)
        self.decks = DeckLoader(self._jobs, data_folder, deck_folders)
        self.decks.loaded.connect(self._loaded)
        self.decks.failed.connect(self._load_failed)
        self.decks.reading.connect(self._today.reading)
        self._today.cancel_wanted.connect(self.decks.cancel)
        self._backup = QTimer(self, singleShot=True, interval=2000)
        self._backup.timeout.connect(self._back_up)
        self._page_wanted = "today"
        self._unsaved: TemporaryDirectory[str] | None = None
        self.reopening = False
        # What came of the decks while an exam was being sat: the newest library, and whether a load failed.
        self._waiting: Library | None = None
        self._missed = False
        self._news: DeckNews | None = None
        self._history = HistoryKeeper(self._jobs, KeyNews(self.window.messages))
        self._history.changed.connect(self._history_changed)
        self.workspace: Workspace | None = None
        self.pages: Pages | None = None
        self.window.wanted.connect(self._show_page)
        self.window.closing.connect(self._close)
        self.window.help_wanted.connect(self._show_keys)
        # Queued, so that the paint is over and on screen before the work begins.
        self.window.painted.connect(self._load, Qt.ConnectionType.QueuedConnection)

    def show(self) -> None:
        """Open the window."""
        self.window.show_page(self._today_page, "today")
        self.window.show()

    def reload(self) -> None:
        """Read the decks again; those on screen stay until the new ones are there."""
        self.decks.load()

    def _load(self) -> None:
        self._jobs.run(_import_ahead, lambda _: None, self._load_failed)
        self.decks.load()

    def _loaded(self, library: "Library") -> None:
        self.window.messages.dismiss("decks")
        if self.workspace is not None and self.pages is not None:
            self._replace(library)
            return
        self._explain(library)
        try:
            self._open(library, self._data_folder)
        except DamagedDatabaseError as error:
            self._offer_rescue(error, library)
        except StudyError as error:
            self._offer_unsaved(error, library)
        except Exception:
            # A bug, and reported as one; but nobody is to wait for a window that does not open.
            self._offer_unsaved(DatabaseError("Your study history could not be opened.", _BUG), library)
            raise

    def _replace(self, library: "Library") -> None:
        """Other decks are loaded: they take the place of those before, once no exam is being sat."""
        assert self.workspace is not None
        assert self.pages is not None
        assert self._news is not None
        if self.pages.desk is not None:
            self._waiting = library
            return
        before = self.workspace.library
        if library != before:
            if library.bank.products != before.bank.products:
                self._explain(library)
            self.workspace.replace_library(library, self.decks.areas)
            self._history.follow(self.workspace)
            self.pages.library_changed()
            # A large library takes long to be taken apart, which is the worker's to do.
            self._jobs.run(partial(_let_go, [before, *before.bank.decks]), lambda _: None, self._load_failed)
        else:
            self.pages.files_read()
        self._news.tell(library)

    def _desk_left(self) -> None:
        if self._waiting is not None:
            library, self._waiting = self._waiting, None
            self._replace(library)
        if self._missed:
            self._missed = False
            self.decks.load()

    def _history_changed(self) -> None:
        """Answers count no longer, or again. Who sits an exam sees it afterwards."""
        if self.pages is not None and self.pages.desk is None:
            self.pages.library_changed()

    def _explain(self, library: "Library") -> None:
        from studyapp.core.names import NameFinder

        self.theme.explain(NameFinder(library.bank.products))

    def _reopen(self) -> None:
        """Close the window, which ``run`` opens again on what is then in the data folder."""
        self.reopening = True
        # An answer that is not saved may keep the window open; an ordinary close later is just that.
        self.reopening = self.window.close()

    def _open(self, library: "Library", data_folder: Path) -> None:
        from studyapp.sessions.workspace import Clock, Workspace
        from studyapp.store import open_store
        from studyapp.ui.deck_news import DeckNews
        from studyapp.ui.deck_places import DeckPlaces
        from studyapp.ui.pages import Pages
        from studyapp.ui.safety import Safety
        from studyapp.ui.settings.view_model import SettingsViewModel

        self.workspace = Workspace(open_store(data_folder), library, Clock())
        self.workspace.replace_library(library, self.decks.areas)
        self._history.follow(self.workspace)
        settings = SettingsViewModel(self.workspace, self.theme, data_folder)
        settings.message.connect(self.window.messages.show_message)
        self.window.size_step.connect(settings.step_reading_size)
        self._today.attach(self.workspace)
        self.pages = Pages(
            self.window, self.theme, self.workspace, (self._today, self._today_page), settings, self.decks
        )
        Safety(self.window, self.workspace, settings, self._reopen)
        self._news = DeckNews(self.window, self.decks, self.workspace.store.settings, self.pages.show_problems)
        self._news.tell(library)
        DeckPlaces(self.window, self.decks, self.pages.import_files).tell_opened(library)
        self.pages.desk_left.connect(self._desk_left)
        if data_folder == self._data_folder and self.workspace.store.is_new():
            from studyapp.ui.welcome.sheet import show_welcome

            show_welcome(self.workspace, self._today, self._today_page)
        self.pages.show_page(self._page_wanted)
        self.ready.connect(self.decks.start_watching, Qt.ConnectionType.SingleShotConnection)
        self.ready.connect(self._import_pages, Qt.ConnectionType.SingleShotConnection)
        if self._today.busy:
            self._today.changed.connect(lambda _state: self.ready.emit(), Qt.ConnectionType.SingleShotConnection)
        else:
            self.ready.emit()
        self._backup.start()

    def _import_pages(self) -> None:
        self._jobs.run(_import_next, lambda _: None, self._load_failed)

    def _offer_unsaved(self, error: StudyError, library: "Library") -> None:
        """The data folder cannot be used: say so, and let the learner go on without keeping anything."""
        self._let_go_of_store()
        self._today.failed(error.message, error.next_step)

        def go_on() -> None:
            self._go_on_unsaved(error, library)

        self.window.messages.show_message(
            Message(
                "folder", "wrong", f"{error.message} {error.next_step}", "Go on without saving", go_on, closable=False
            )
        )
        self.failed.emit(f"{error.message} {error.next_step}")

    def _go_on_unsaved(self, error: StudyError, library: "Library") -> None:
        from tempfile import TemporaryDirectory

        self._unsaved = TemporaryDirectory(prefix="studyapp-", ignore_cleanup_errors=True)
        self.decks.data_folder = Path(self._unsaved.name)
        self._open(library, self.decks.data_folder)
        self.window.messages.show_message(
            Message(
                "unsaved folder",
                "caution",
                f"Nothing you do now is kept: the data folder cannot be used. {error.next_step}",
                closable=False,
            )
        )

    def _offer_rescue(self, error: DamagedDatabaseError, library: "Library") -> None:
        """The database is damaged: the learner chooses what to go on with."""
        if self.pages is not None:
            # It could be opened: what was met since is told at the top, and the window opens again from there.
            self.failed.emit(error.message)
            return
        self._let_go_of_store()
        from studyapp.ui.safety import offer_rescue

        offer_rescue(
            self.window,
            self.theme,
            self._data_folder,
            error,
            self._jobs,
            lambda: self._loaded(library),
            lambda: self._go_on_unsaved(error, library),
            lambda: self.failed.emit(error.message),
        )

    def _let_go_of_store(self) -> None:
        """The window could not be filled from it: whatever is opened next has no part in it."""
        if self.pages is None and self.workspace is not None:
            self._today.close()
            self._history.stop()
            self.workspace.store.close()
            self.workspace = None

    def _load_failed(self, error: BaseException) -> None:
        if not isinstance(error, StudyError):
            raise error
        if self.pages is not None and self.pages.desk is not None:
            self._missed = True
            return
        if self.workspace is None:
            self._today.failed(error.message, error.next_step)
        self.window.messages.show_message(
            Message("decks", "wrong", f"{error.message} {error.next_step}", "Try again", self.reload)
        )
        self.failed.emit(f"{error.message} {error.next_step}")

    def _show_page(self, name: str) -> None:
        self._page_wanted = name
        if self.pages is not None:
            self.pages.show_page(name)

    def _show_keys(self) -> None:
        from studyapp.ui.keys import show_keys

        show_keys(self.window)

    def _back_up(self) -> None:
        # Who leaves the window open has a backup of each day all the same.
        self._backup.start(_HOUR)
        if self.workspace is not None:
            from studyapp.store import daily_backup

            # Of a long history it takes a second.
            work = partial(daily_backup, self.workspace.store, self.workspace.clock.now())
            self._jobs.run(work, lambda _: None, self._backup_failed)

    def _backup_failed(self, error: BaseException) -> None:
        if isinstance(error, DamagedDatabaseError) and self.workspace is not None:
            self.workspace.store.database.note_damage(error)
        raise error

    def _close(self) -> None:
        if self.pages is not None:
            self.pages.close()
        self._today.close()
        self._backup.stop()
        self.decks.stop()
        self._jobs.stop()
        if self.workspace is not None:
            self._history.stop()
            self.workspace.store.close()
            self.workspace = None
        if self._unsaved is not None:
            self._unsaved.cleanup()


def _import_ahead() -> None:
    """On the worker: the imports that the GUI thread needs next."""
    import studyapp.store
    import studyapp.ui.pages
    import studyapp.ui.today.figures  # noqa: F401


def _import_next() -> None:
    """On the worker, once Today is there: the pages that are likely to be opened next, but no chart."""
    import studyapp.ui.exam.setup_page
    import studyapp.ui.flashcards.page
    import studyapp.ui.progress.page
    import studyapp.ui.progress.view_model  # noqa: F401


def _let_go(held: list[Any]) -> None:
    """On the worker: drop one after the other, so that the window gets its turn in between."""
    while held:
        held.pop(0)
