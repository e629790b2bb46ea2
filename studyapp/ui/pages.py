"""Builds each page when it is first needed, and takes the learner from one to another."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studyapp.core.attempt import Mode
from studyapp.core.errors import DatabaseError, StudyError
from studyapp.core.form import Form, ShortBankError, assemble_drill
from studyapp.sessions.workspace import Workspace
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.main_window import MainWindow
from studyapp.ui.routes import (
    GoTo,
    ResumeAttempt,
    Retake,
    ReviewCards,
    Route,
    ShowResults,
    StartCustom,
    StartDrill,
    StartExam,
)
from studyapp.ui.settings.view_model import SettingsViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.today.page import TodayPage
from studyapp.ui.today.view_model import TodayViewModel
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    # Each page is imported when it is built: together they take as long to import as the window to open.
    from studyapp.sessions.exam import ExamSession
    from studyapp.ui.decks.view_model import DecksViewModel
    from studyapp.ui.exam.desk_page import DeskPage
    from studyapp.ui.exam.desk_view_model import DeskViewModel
    from studyapp.ui.exam.history_view_model import HistoryViewModel
    from studyapp.ui.exam.results_view_model import ResultsViewModel
    from studyapp.ui.exam.setup_view_model import SetupViewModel
    from studyapp.ui.flashcards.view_model import FlashcardsViewModel
    from studyapp.ui.items import ItemTools
    from studyapp.ui.progress.view_model import ProgressViewModel


class Pages(QObject):
    """All pages over one workspace. ``desk_left`` tells that no exam is being sat any more."""

    desk_left = Signal()

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        workspace: Workspace,
        today: tuple[TodayViewModel, TodayPage],
        settings: SettingsViewModel,
        decks: DeckLoader,
    ) -> None:
        super().__init__()
        self._window = window
        self._theme = theme
        self._workspace = workspace
        self._today, self._today_page = today
        self._settings = settings
        self._deck_loader = decks
        self._desk: tuple[DeskViewModel, DeskPage] | None = None
        self._built: dict[str, QWidget] = {"today": self._today_page}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "exam": self._make_exam,
            "results": self._make_results,
            "history": self._make_history,
            "flashcards": self._make_flashcards,
            "progress": self._make_progress,
            "decks": self._make_decks,
            "settings": self._make_settings,
        }
        self._refresh: dict[str, Callable[[], None]] = {
            "today": lambda: self._today.refresh(),
            "exam": lambda: self._exam.refresh(),
            "history": lambda: self._history.refresh(),
            "flashcards": lambda: self.flashcards.refresh(),
            "progress": lambda: self._progress.refresh(),
            "decks": lambda: self._decks.refresh(),
            "settings": lambda: self._settings.refresh(),
        }
        window.may_close = self._may_close
        self._today.navigate.connect(self.follow)
        self._today.changed.connect(lambda _state: self.show_badge())

    @cached_property
    def _exam(self) -> "SetupViewModel":
        from studyapp.ui.exam.setup_view_model import SetupViewModel

        made = SetupViewModel(self._workspace)
        made.navigate.connect(self.follow)
        made.custom.message.connect(self._window.messages.show_message)
        return made

    @cached_property
    def _history(self) -> "HistoryViewModel":
        from studyapp.ui.exam.history_view_model import HistoryViewModel

        made = HistoryViewModel(self._workspace)
        made.navigate.connect(self.follow)
        made.message.connect(self._window.messages.show_message)
        made.settled.connect(self._window.messages.dismiss)
        # No page goes on offering what is deleted.
        made.trash_changed.connect(lambda: self._refresh_shown("exam", "history", "progress"))
        return made

    @cached_property
    def _results(self) -> "ResultsViewModel":
        from studyapp.ui.exam.results_view_model import ResultsViewModel

        made = ResultsViewModel(self._workspace)
        made.navigate.connect(self.follow)
        made.message.connect(self._window.messages.show_message)
        return made

    @cached_property
    def flashcards(self) -> "FlashcardsViewModel":
        """The review session."""
        from studyapp.core.scheduler import Scheduler
        from studyapp.ui.flashcards.view_model import FlashcardsViewModel

        made = FlashcardsViewModel(self._workspace, Scheduler())
        made.navigate.connect(self.follow)
        return made

    @cached_property
    def _items(self) -> "ItemTools":
        from studyapp.ui.items import ItemTools

        made = ItemTools(self._window, self._theme, self._workspace, self.follow, self._deck_loader)
        made.reports_changed.connect(lambda: self._refresh_shown("decks"))
        return made

    @cached_property
    def _progress(self) -> "ProgressViewModel":
        from studyapp.ui.progress.view_model import ProgressViewModel

        made = ProgressViewModel(self._workspace)
        made.navigate.connect(self.follow)
        return made

    @cached_property
    def _decks(self) -> "DecksViewModel":
        from studyapp.ui.decks.view_model import DecksViewModel

        made = DecksViewModel(self._workspace, self._deck_loader)
        made.message.connect(self._window.messages.show_message)
        made.settled.connect(self._window.messages.dismiss)
        made.navigate.connect(self.follow)
        return made

    def _make_exam(self) -> QWidget:
        from studyapp.ui.exam.setup_page import SetupPage

        return SetupPage(self._exam, self._theme)

    def _make_results(self) -> QWidget:
        from studyapp.ui.exam.results_page import ResultsPage

        return ResultsPage(self._results, self._theme)

    def _make_history(self) -> QWidget:
        from studyapp.ui.exam.history_page import HistoryPage

        return HistoryPage(self._history, self._theme)

    def _make_flashcards(self) -> QWidget:
        from studyapp.ui.flashcards.page import FlashcardsPage

        return FlashcardsPage(self.flashcards, self._theme)

    def _make_progress(self) -> QWidget:
        from studyapp.ui.progress.page import ProgressPage

        return ProgressPage(self._progress, self._theme)

    def _make_decks(self) -> QWidget:
        from studyapp.ui.decks.page import DecksPage
        from studyapp.ui.decks.transfer import Transfer

        return DecksPage(self._decks, Transfer(self._workspace, self._deck_loader), self._theme)

    def _make_settings(self) -> QWidget:
        from studyapp.ui.settings.page import SettingsPage

        return SettingsPage(self._settings, self._theme)

    @property
    def desk(self) -> "DeskViewModel | None":
        """The attempt that is being sat, if any."""
        return self._desk[0] if self._desk else None

    def library_changed(self) -> None:
        """Other decks are loaded: show them where they are seen, and leave the reader where they are."""
        if "flashcards" in self.__dict__:
            self.flashcards.library_changed()
        if "_items" in self.__dict__:
            self._items.library_changed()
        self._refresh_shown("exam", "progress", "decks")
        self.show_badge()

    def files_read(self) -> None:
        """The decks were read again and are what they were; where their items stand may have changed."""
        if "_items" in self.__dict__:
            self._items.files_read()

    def _refresh_shown(self, *names: str) -> None:
        """Read Today's figures again, and those of the page on screen if it is one of these."""
        self._today.refresh()
        shown = next((name for name, page in self._built.items() if page is self._window.page), "")
        if shown in names:
            self._refresh[shown]()

    def show_problems(self, path: Path) -> bool:
        """Show the Decks page with a file that has problems; False where an exam is to be left first."""
        free = self._desk is None
        if free:
            self._decks.show_problems(path)
        self.show_page("decks")
        return free

    def import_files(self, paths: list[Path]) -> None:
        """Ask about a file of another program on the Decks page; who sits an exam does that later."""
        from studyapp.ui.decks.page import DecksPage

        text = ""
        if self._desk is not None:
            text = f"{paths[0].name} is not imported during an exam: drop it again afterwards."
        elif len(paths) > 1:
            text = f"One file is imported at a time: this is {paths[0].name}. Drop the others when it is in."
        self._window.messages.dismiss("import")
        if text:
            self._window.messages.show_message(Message("import", "info", text))
        if self._desk is None:
            self.show_page("decks")
            page = self._page("decks")
            assert isinstance(page, DecksPage)
            page.take_in(paths[0])

    def show_page(self, name: str) -> None:
        """Show a page of the sidebar with figures of this moment; who sits an exam is asked first."""
        if self._desk is not None:
            self._desk[0].ask_to_leave()
            return
        self._refresh[name]()
        self._window.show_page(self._page(name), "exam" if name == "history" else name)
        self.show_badge()

    def show_badge(self) -> None:
        """The number of cards due beside Flashcards."""
        self._window.set_badge("flashcards", self._today.due)

    def follow(self, route: Route) -> None:
        """Go where a page sends the learner; what cannot be done is said at the top."""
        try:
            self._follow(route)
        except ShortBankError as error:
            self._offer_filled(error, route)
        except StudyError as error:
            self._window.messages.show_message(Message("route", "wrong", f"{error.message} {error.next_step}"))

    def close(self) -> None:
        """The window closes: a running attempt is left properly, what was deleted is deleted for good."""
        if self._desk is not None:
            self._desk[0].close()
        if "_items" in self.__dict__:
            self._items.close()
        with suppress(DatabaseError):
            # What cannot be deleted now is in the list of the next start.
            self._workspace.trash.empty()

    def _may_close(self) -> bool:
        # The desk comes last: a sitting that is left is over.
        return ("_items" not in self.__dict__ or self._items.may_close()) and (
            self._desk is None or self._desk[0].close()
        )

    def _follow(self, route: Route) -> None:
        store, clock = self._workspace.store, self._workspace.clock
        if not isinstance(route, StartExam):
            self._window.messages.dismiss("short")
        match route:
            case GoTo(page):
                self._end_desk()
                self.show_page(page)
            case StartExam() | StartCustom() | Retake():
                from studyapp.ui.exam.setup_forms import form_for

                self._sit(self._begin(*form_for(route, self._workspace)))
            case StartDrill(area):
                self._start_drill(area)
            case ResumeAttempt(attempt_id):
                from studyapp.sessions.exam import ExamSession

                self._history.keep(attempt_id)
                attempt = store.attempts.load(attempt_id)
                self._sit(ExamSession(store.attempts, attempt, clock))
            case ShowResults(attempt_id):
                time_up = self._desk is not None and self._desk[0].session.expired
                self._end_desk()
                self._history.keep(attempt_id)
                self._results.show_attempt(attempt_id)
                self._window.show_page(self._page("results"), "exam")
                if time_up:
                    text = "The time was up; what you had answered was submitted."
                    self._window.messages.show_message(Message("time up", "info", text))
            case ReviewCards(cards):
                self.flashcards.review_cards(cards)
                self._window.show_page(self._page("flashcards"), "flashcards")
            case _:
                self._items.go(route)

    def _start_drill(self, area: str) -> None:
        from studyapp.sessions.plan import DRILL_QUESTIONS

        bank = self._workspace.bank
        seen = self._workspace.store.attempts.last_seen()
        form = assemble_drill(bank, area, bank.syllabus.title_of(area), DRILL_QUESTIONS, secrets.randbits(32), seen)
        if not form.items:
            raise StudyError(f"The decks hold no question on {form.title}.", "Review its cards on the Flashcards page.")
        self._sit(self._begin(form, Mode.STUDY))

    def _begin(self, form: Form, mode: Mode) -> "ExamSession":
        from studyapp.sessions.exam import ExamSession

        clock = self._workspace.clock
        return ExamSession.begin(self._workspace.store.attempts, form, mode, clock)

    def _sit(self, session: "ExamSession") -> None:
        from studyapp.ui.exam.desk_page import DeskPage
        from studyapp.ui.exam.desk_view_model import DeskViewModel

        self._end_desk()
        view_model = DeskViewModel(session, self._workspace.store.settings, self._workspace.library)
        view_model.navigate.connect(self.follow)
        view_model.close_wanted.connect(self._window.close)
        page = DeskPage(view_model, self._theme)
        page.size_wanted.connect(self._settings.set_reading_size)
        self._desk = (view_model, page)
        self._window.show_page(page, "desk")
        view_model.begin()

    def _end_desk(self) -> None:
        if self._desk is not None:
            self._window.forget_page(self._desk[1])
            self._desk = None
            self.desk_left.emit()

    def _offer_filled(self, error: ShortBankError, route: Route) -> None:
        assert isinstance(route, StartExam)
        filled = replace(route, fill=True)
        self._window.messages.show_message(
            Message(
                "short",
                "caution",
                f"{error.message} {error.next_step}",
                "Start with others",
                lambda: self.follow(filled),
            )
        )

    def _page(self, name: str) -> QWidget:
        if name not in self._built:
            self._built[name] = self._makers[name]()
        return self._built[name]
