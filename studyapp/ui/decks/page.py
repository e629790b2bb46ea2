"""The deck folders with their decks beside the one that is selected, and a search over all items."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QLineEdit,
    QListWidgetItem,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from studyapp.ui.decks.details import DeckDetails
from studyapp.ui.decks.entries import line_entry
from studyapp.ui.decks.lines import Line, Status
from studyapp.ui.decks.transfer import Outcome, Transfer
from studyapp.ui.decks.view_model import DecksState, DecksViewModel
from studyapp.ui.text_dialog import show_text
from studyapp.ui.theme import COLUMN_WIDTH, QUIET_PADDING, Theme
from studyapp.ui.widgets.entry_list import EntryList, entry, key_of
from studyapp.ui.widgets.item_view import ItemView
from studyapp.ui.widgets.layout import ScrollPage, button, label, limit_width, row, sheet, shortcut
from studyapp.ui.widgets.message_bar import Message

KEYS = (
    ("/", "Search"),
    ("Enter or ↓", "From the search to the first hit"),
    ("Esc", "Leave the search"),
    ("Space", "Switch the selected deck off or on"),
    ("P", "Preview the selected deck, or the item that was found"),
    ("O", "Open the selected deck in your editor"),
    ("I", "Import a file of another program"),
    ("X", "Export decks for another program"),
    ("F5", "Load the decks again"),
)
_TRY = (
    "Every word of a search has to stand in the card or question, from the word's beginning. Try fewer words, or only "
    "how they begin: “clust” finds “cluster” and “clustering”."
)
_TYPING_MS = 150
_ANY_HEIGHT = 16_777_215


class DecksPage(ScrollPage):
    """A list with the selected line in full beside it: folders and files, or what a search found."""

    def __init__(self, view_model: DecksViewModel, transfer: Transfer, theme: Theme) -> None:
        super().__init__("Decks", theme, width=960)
        self._vm = view_model
        self._transfer = transfer
        self._state: DecksState | None = None
        self._reported = button("", view_model.show_reported, "quiet")
        self.groups.removeWidget(self.title)
        take_in = button("Import…", self._choose_to_take_in, name="Import a file of another program")
        send_out = button("Export…", self._send_out, name="Export decks for another program")
        tools = row(self._reported, None, take_in, send_out)
        # Where the tools stand below the title, their first word is in line with it.
        self._outdent = QSpacerItem(0, 0)
        tools.insertSpacerItem(0, self._outdent)
        self._title_row = row(self.title, tools)
        self.groups.addLayout(self._title_row)
        self._summary = label("", "soft", wrap=True)
        self._progress = label("", "soft")
        self._cancel = button("Cancel", view_model.cancel, name="Stop reading the decks")
        add = button("Add folder…", self._add_folder, name="Add a deck folder")
        reload_decks = button("Reload", view_model.reload, name="Load the decks again")
        self.header = row(self._summary, add, reload_decks)
        self.groups.addLayout(self.header)
        self._reading = QWidget()
        self._reading.setLayout(row(self._progress, self._cancel, None))
        self.groups.addWidget(self._reading)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search cards and questions, by any name a product has had   ( / )")
        self._search.setAccessibleName("Search cards and questions")
        self._search.setClearButtonEnabled(True)
        # A file that is dropped here is for the window.
        self._search.setAcceptDrops(False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(lambda: view_model.search(self._search.text()))
        self._search.textChanged.connect(self._typed)
        # Whether to go to the first hit as soon as there is one.
        self._wants_hit = False
        self.groups.addWidget(self._search)
        self._files = EntryList("Decks", theme)
        self._files.currentItemChanged.connect(self._select)
        self.details = DeckDetails(view_model)
        self._files_row = row(spacing=16)
        self._files_row.addWidget(self._files, 2)
        self._files_row.addWidget(self.details, 3)
        self._files_frame = QWidget()
        self._files_frame.setLayout(self._files_row)
        self.groups.addWidget(self._files_frame, 1)
        self._make_search(theme)
        shortcut(self, "F5", view_model.reload)
        shortcut(self, "/", self._search.setFocus)
        shortcut(self, "Esc", self._leave_search)
        for keys in ("Return", "Enter", "Down"):
            shortcut(self._search, keys, self._leave_for_hit)
        shortcut(self._files, "Space", self._switch)
        shortcut(self, "P", self._preview_it)
        shortcut(self, "O", self._open_editor)
        shortcut(self, "I", self._choose_to_take_in)
        shortcut(self, "X", self._send_out)
        self.first = self._files
        transfer.ended.connect(self._tell)
        transfer.message.connect(view_model.message)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _make_search(self, theme: Theme) -> None:
        self._found_summary = label("", "soft")
        self._found = EntryList("Found items", theme)
        self._found.currentRowChanged.connect(self._preview)
        self._item = ItemView(theme)
        frame, inner = sheet(24)
        inner.addWidget(self._item)
        inner.addLayout(row(button("Preview in its deck", self._preview_it), None))
        self._nothing = label(_TRY, "soft", wrap=True)
        limit_width(self._nothing, COLUMN_WIDTH, theme)
        self._found_row = row(spacing=16)
        self._found_row.addWidget(self._found, 2)
        self._found_row.addWidget(frame, 3)
        self._results = QWidget()
        column = QVBoxLayout(self._results)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._found_summary)
        column.addWidget(self._nothing)
        column.addLayout(self._found_row, 1)
        column.addStretch(0)
        self.groups.addWidget(self._results, 1)
        self._item_frame = frame

    def fit(self, narrow: bool) -> None:
        """What is selected below the list, and buttons below the title, where there is no room beside it."""
        directions = QBoxLayout.Direction
        self._title_row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._outdent.changeSize(-QUIET_PADDING if narrow else 0, 0)
        for both, view in ((self._files_row, self._files), (self._found_row, self._found)):
            both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
            # Low enough to show that something stands below.
            view.setMinimumHeight(self._theme.scaled(180 if narrow else 420))
            view.setMaximumHeight(self._theme.scaled(180) if narrow else _ANY_HEIGHT)

    def render_state(self, state: DecksState) -> None:
        """Show a state; showing it twice changes nothing, and the reader's place in the lists stays."""
        before, self._state = self._state, state
        if state == before:
            return
        self._reported.setText(f"Reported items ({state.reported})" if state.reported else "Reported items")
        self._summary.setText(state.summary)
        self._progress.setText(state.progress)
        self._reading.setVisible(bool(state.progress))
        # Before a list is hidden, which takes the focus from it.
        focused = self.first is not None and self.first.hasFocus()
        # What there was before stays until something is known of the search.
        self._files_frame.setVisible(not state.found_summary)
        self._results.setVisible(bool(state.found_summary))
        if not state.query and before is not None and before.query:
            self._search.clear()
        in_view = self._files.in_view
        if before is None or state.lines != before.lines:
            self._files.fill([line_entry(line) for line in state.lines])
        self._show_selected(state.selected, in_view=in_view)
        if before is None or _what_was_found(state) != _what_was_found(before):
            self._render_found(state)
        self.first = self._found if state.found else self._search if state.found_nothing else self._files
        if focused:
            self.setFocus()
        self._go_to_hit(state)

    def _show_selected(self, line: Line | None, *, in_view: bool) -> None:
        """Mark the line; where the one before was in view, the reader's eye goes with it."""
        self.details.show_line(line)
        if line is not None and key_of(self._files.currentItem()) != line.key:
            with QSignalBlocker(self._files):
                self._files.choose(line.key)
        if in_view and not self._files.in_view:
            self._files.scrollToItem(self._files.currentItem())

    def _render_found(self, state: DecksState) -> None:
        self._found_summary.setText(state.found_summary)
        with QSignalBlocker(self._found):
            self._found.fill([entry(found.item.id, found.title, found.detail) for found in state.found])
            if state.found and self._found.currentRow() < 0:
                self._found.setCurrentRow(0)
        self._nothing.setVisible(state.found_nothing)
        self._found.setVisible(not state.found_nothing)
        self._item_frame.setVisible(bool(state.found))
        self._preview(self._found.currentRow())

    def _preview(self, index: int) -> None:
        if self._state is not None and 0 <= index < len(self._state.found):
            found = self._state.found[index]
            self._item.show_item(found.item, f"{found.detail} · {found.item.id}", found.folder)

    def _select(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._vm.select(key_of(item))

    def _typed(self) -> None:
        self._wants_hit = False
        self._typing.start()

    def _leave_for_hit(self) -> None:
        """From the search to the list of what it finds, be it in a moment; from an empty one to that of the decks."""
        self._typing.stop()
        self._wants_hit = True
        self._vm.search(self._search.text())
        self._go_to_hit(self._vm.state)

    def _go_to_hit(self, state: DecksState) -> None:
        if not self._wants_hit or state.searching:
            return
        self._wants_hit = False
        if self._search.hasFocus():
            self._found.setCurrentRow(0)
            self.setFocus()

    def _leave_search(self) -> None:
        """Back to the list, where letters are keys of the page again."""
        self._search.clear()
        self._typing.stop()
        self._vm.search("")
        self._files.setFocus()

    def _switch(self) -> None:
        file = self.details.file
        if file is not None and file.switchable:
            self._vm.switch(file.path, on=file.status is Status.OFF)

    def _preview_it(self) -> None:
        file, index = self.details.file, self._found.currentRow()
        if self._state is not None and self._state.query:
            if 0 <= index < len(self._state.found):
                self._vm.preview_item(self._state.found[index].item)
        elif file is not None:
            self._vm.preview(file.path)

    def _open_editor(self) -> None:
        if self.details.file is not None and not self._results.isVisible():
            self._vm.open_editor(self.details.file.path)

    def _add_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Add a deck folder")
        if chosen:
            self._vm.add_folder(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Ask what is to become of a file of another program."""
        from studyapp.ui.decks.transfer_dialogs import ImportDialog

        ImportDialog(self.window(), self._theme, self._transfer, path).open()

    def _choose_to_take_in(self) -> None:
        from studyapp.ui.decks.transfer_dialogs import READABLE

        chosen, _ = QFileDialog.getOpenFileName(self, "Import", "", READABLE)
        if chosen:
            self.take_in(Path(chosen))

    def _send_out(self) -> None:
        from studyapp.ui.decks.transfer_dialogs import ExportDialog

        file = self.details.file
        ExportDialog(self.window(), self._theme, self._transfer, file.path if file else None).open()

    def _tell(self, outcome: Outcome) -> None:
        if outcome.deck is not None:
            self._vm.show_new(outcome.deck)
        if outcome.losses:
            explanation = "What could not be carried over:"
            show_text(self.window(), outcome.title, outcome.headline, explanation, outcome.losses, "Copy the list")
        else:
            self._vm.message.emit(Message("transfer", "info", f"{outcome.headline} Nothing was left out."))


def _what_was_found(state: DecksState) -> tuple[object, ...]:
    return state.query, state.found_summary, state.found
