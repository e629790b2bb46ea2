"""What can be done with one item wherever it is seen: preview it, mend it, report it, open it in an editor."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studyapp.core.deck import Card, Question
from studyapp.core.errors import StudyError
from studyapp.core.reported import Fault
from studyapp.sessions.workspace import Workspace
from studyapp.ui import editor
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.main_window import MainWindow
from studyapp.ui.routes import EditItem, ItemRoute, OpenInEditor, PreviewDeck, ReportItem, Route, ShowReported
from studyapp.ui.settings.view_model import EDITOR
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    # Each page is imported when it is built.
    from studyapp.content.surroundings import Beside
    from studyapp.ui.editing.page import EditingPage
    from studyapp.ui.editing.view_model import EditingViewModel
    from studyapp.ui.preview.page import PreviewPage
    from studyapp.ui.preview.view_model import PreviewViewModel
    from studyapp.ui.reported.page import ReportedPage
    from studyapp.ui.reported.view_model import ReportedViewModel


class ItemTools(QObject):
    """Preview, editing and reporting over one workspace; ``follow`` takes the learner to other pages.

    ``reports_changed`` tells that there is another list of reported items.
    """

    reports_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        workspace: Workspace,
        follow: Callable[[Route], None],
        decks: DeckLoader,
    ) -> None:
        super().__init__()
        self._window = window
        self._theme = theme
        self._workspace = workspace
        self._follow = follow
        self._decks = decks
        self._came_from: tuple[QWidget | None, str] = (None, "today")
        # The file and the item in it that could not be edited as it stood.
        self._refused: tuple[Path, str] | None = None
        self._once_saved = ""

    def go(self, route: ItemRoute) -> None:
        """Do what a route asks for.

        Raises:
            StudyError: where that cannot be done.
        """
        match route:
            case PreviewDeck(path, item):
                view_model, page = self._preview
                view_model.show_file(path, item, ShowReported() if self._at_reported() else None)
                self._window.show_page(page, "decks")
            case EditItem(item, path, once_saved):
                present = item if path else self._present(item)
                self._once_saved = once_saved
                self._edit(present, path or self._file_of(present))
            case ReportItem(item, path):
                self._ask(item, path)
            case ShowReported():
                reported, shown = self._reported
                reported.refresh()
                self._window.show_page(shown, "decks")
            case OpenInEditor(path, line, column):
                editor.open_and_tell(self._window.messages, path, line, column, self._editor())

    def library_changed(self) -> None:
        """Other decks are loaded."""
        if "_preview" in self.__dict__:
            self._preview[0].library_changed()
        self.files_read()

    def files_read(self) -> None:
        """The files were read again, whether or not there are other decks in them."""
        if "_editing" in self.__dict__:
            self._editing.files_read()
        self._withdraw_refusal()

    def _withdraw_refusal(self) -> None:
        """That an item cannot be edited is said for as long as it is so."""
        if self._refused is None or self._breaks(self._refused[0]):
            return
        from studyapp.content.item_block import ItemBlockError, find_item

        if "edit" in self._window.messages.texts():
            try:
                find_item(*self._refused)
            except ItemBlockError:
                return
            self._window.messages.dismiss("edit")
        self._refused = None

    def may_close(self) -> bool:
        """Whether the window may close: what was typed for an item is kept first, or the learner asked."""
        return "_editing" not in self.__dict__ or self._editing.may_close()

    def close(self) -> None:
        """The window closes."""
        if "_preview" in self.__dict__:
            self._preview[0].close()
        if "_editing" in self.__dict__:
            self._editing.close()

    @cached_property
    def _preview(self) -> "tuple[PreviewViewModel, PreviewPage]":
        from studyapp.ui.preview.page import PreviewPage
        from studyapp.ui.preview.view_model import PreviewViewModel

        view_model = PreviewViewModel(self._beside)
        view_model.navigate.connect(self._follow)
        view_model.message.connect(self._window.messages.show_message)
        view_model.settled.connect(self._window.messages.dismiss)
        return view_model, PreviewPage(view_model, self._theme)

    @cached_property
    def _editing(self) -> "EditingViewModel":
        from studyapp.ui.editing.view_model import EditingViewModel

        view_model = EditingViewModel(self._workspace)
        view_model.message.connect(self._window.messages.show_message)
        view_model.settled.connect(self._window.messages.dismiss)
        view_model.finished.connect(self._back)
        view_model.navigate.connect(self._follow)
        view_model.close_wanted.connect(self._window.close)
        return view_model

    @cached_property
    def _editing_page(self) -> "EditingPage":
        from studyapp.ui.editing.page import EditingPage

        return EditingPage(self._editing, self._theme)

    @cached_property
    def _reported(self) -> "tuple[ReportedViewModel, ReportedPage]":
        from studyapp.ui.reported.page import ReportedPage
        from studyapp.ui.reported.view_model import ReportedViewModel

        view_model = ReportedViewModel(self._workspace, self._decks.run)
        view_model.navigate.connect(self._follow)
        view_model.message.connect(self._window.messages.show_message)
        return view_model, ReportedPage(view_model, self._theme)

    def _at_reported(self) -> bool:
        return "_reported" in self.__dict__ and self._window.page is self._reported[1]

    def _edit(self, item: Card | Question, path: Path) -> None:
        from studyapp.content.item_block import ItemBlockError, why_not_editable

        for topic in ("edit", "draft"):
            self._window.messages.dismiss(topic)
        self._refused = None
        try:
            self._editing.edit(path, item)
        except ItemBlockError as error:
            if not why_not_editable(path) or not path.exists():
                self._refused = path, item.id
            self._refuse(item, path, error)
            return
        if self._window.page is not self._editing_page:
            self._came_from = self._window.page, self._window.entry
        self._window.show_page(self._editing_page, self._window.entry)

    def _refuse(self, item: Card | Question, path: Path, error: StudyError) -> None:
        """Say why an item cannot be edited, and offer what can be done instead."""
        from studyapp.content.item_block import line_of, why_not_editable

        text, action, act = f"{error.message} {error.next_step}", "", None
        if self._breaks(path):
            # What is wrong with it is said above already.
            text = f"{item.id} cannot be edited here until {path.name} loads again. Mend the file in your editor."
        if path.exists():
            elsewhere = OpenInEditor(path, line_of(path, item.id))
            action, act = "Open in editor", lambda: self._follow(elsewhere)
            if why_not_editable(path):
                action, act = "Report", lambda: self._ask(item, path)
        self._window.messages.show_message(Message("edit", "caution", text, action, act))

    def _back(self, saved: bool) -> None:
        """To where the item was seen; what was saved is read again."""
        page, entry = self._came_from
        if page is not None:
            self._window.show_page(page, entry)
        if saved:
            self._decks.load()
            if self._once_saved:
                self._window.messages.show_message(Message("edit", "info", self._once_saved))

    def _ask(self, item: Card | Question, path: Path | None) -> None:
        from studyapp.ui.reported.dialog import ReportDialog

        dialog = ReportDialog(self._window, self._theme, item)
        dialog.reported.connect(lambda fault, note: self._report(item, path, fault, note))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _report(self, item: Card | Question, path: Path | None, fault: Fault, note: str) -> None:
        from studyapp.sessions.reported import make_report

        file = path or self._workspace.library.file_of(item.deck)
        report = make_report(item, file.name if file else "", fault, note, self._workspace.clock.now())
        show = self._window.messages.show_message
        try:
            made = self._workspace.store.reported.add(report)
        except StudyError as error:
            text = f"Not reported: {error.message} {error.next_step}"
            show(Message("reported", "wrong", text, "Try again", lambda: self._report(item, path, fault, note)))
            return
        text = "Reported. The list is on the Decks page, under Reported items."
        show(Message("reported", "info", text, "Undo", lambda: self._take_report_back(made)))
        self._show_reports()

    def _take_report_back(self, made: int) -> None:
        try:
            self._workspace.store.reported.remove(made)
        except StudyError as error:
            text = f"Still reported: {error.message} {error.next_step}"
            again = Message("reported", "wrong", text, "Try again", lambda: self._take_report_back(made))
            self._window.messages.show_message(again)
            return
        self._show_reports()

    def _show_reports(self) -> None:
        """The list, and its count on the Decks page, as they are now."""
        if "_reported" in self.__dict__:
            self._reported[0].refresh()
        self.reports_changed.emit()

    def _beside(self) -> "Beside":
        """On the worker, which imports the parser for it."""
        from studyapp.content.surroundings import InLibrary

        return InLibrary(lambda: self._workspace.library)

    def _file_of(self, item: Card | Question) -> Path:
        path = self._workspace.library.file_of(item.deck)
        if path is None:
            raise StudyError(f"The deck {item.deck!r} is not loaded, so its file is not known.", "Look at Decks.")
        return path

    def _breaks(self, path: Path) -> bool:
        """Whether a file does not load as it is."""
        return any(file.path == path and file.broken for file in self._workspace.library.files)

    def _present(self, item: Card | Question) -> Card | Question:
        """The item as the decks have it now: in another deck perhaps, or under another id."""
        bank = self._workspace.bank
        items: Mapping[str, Card | Question] = bank.questions if isinstance(item, Question) else bank.cards
        return items.get(item.id) or next((other for other in items.values() if item.id in other.was), item)

    def _editor(self) -> str:
        return str(self._workspace.store.settings.get(EDITOR, ""))
