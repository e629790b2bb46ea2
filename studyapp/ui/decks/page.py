"""The decks with their counts, the problems of those that did not load, and a search over all items."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studyapp.ui.decks.view_model import DecksState, DecksViewModel, FileLine
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.choice_delegate import SUBTITLE, ChoiceDelegate
from studyapp.ui.widgets.item_view import ItemView
from studyapp.ui.widgets.layout import ScrollPage, button, clear, label, row, rule, sheet, shortcut

KEYS = (("/", "Search"), ("Esc", "Leave the search"), ("F5", "Load the decks again"))
_TYPING_MS = 150


class DecksPage(ScrollPage):
    """A list of files, or of what a search found with a preview beside it; problems can be selected and copied."""

    def __init__(self, view_model: DecksViewModel, theme: Theme) -> None:
        super().__init__("Decks", theme, width=960)
        self._vm = view_model
        self._state: DecksState | None = None
        self._summary = label("", "soft", wrap=True)
        reload_decks = button("Reload", view_model.reload_wanted.emit, name="Load the decks again")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search cards and questions, by any name a product has had   ( / )")
        self._search.setAccessibleName("Search cards and questions")
        self._search.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(lambda: view_model.search(self._search.text()))
        self._search.textChanged.connect(lambda _text: self._typing.start())
        self.groups.addLayout(row(self._summary, reload_decks))
        self.groups.addWidget(self._search)
        self._files_frame, inner = sheet(8)
        self._files = QVBoxLayout()
        self._files.setSpacing(0)
        inner.addLayout(self._files)
        self.groups.addWidget(self._files_frame)
        self._make_search(theme)
        self.groups.addStretch(1)
        shortcut(self, "F5", view_model.reload_wanted.emit)
        shortcut(self, "/", self._search.setFocus)
        shortcut(self, "Esc", self._search.clear)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _make_search(self, theme: Theme) -> None:
        self._found_summary = label("", "soft")
        self._found = QListWidget()
        self._found.setAccessibleName("Found items")
        self._found.setItemDelegate(ChoiceDelegate(theme, self._found))
        self._found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._found.setMinimumHeight(theme.scaled(420))
        self._found.currentRowChanged.connect(self._preview)
        self._item = ItemView(theme)
        frame, inner = sheet(24)
        inner.addWidget(self._item)
        self._both = row(spacing=16)
        self._both.addWidget(self._found, 2)
        self._both.addWidget(frame, 3)
        self._results = QWidget()
        column = QVBoxLayout(self._results)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._found_summary)
        column.addLayout(self._both)
        self.groups.addWidget(self._results)
        self._item_frame = frame

    def fit(self, narrow: bool) -> None:
        """The preview below the list where there is no room beside it."""
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def render_state(self, state: DecksState) -> None:
        """Show a state; showing it twice changes nothing."""
        before, self._state = self._state, state
        if state == before:
            return
        self._summary.setText(state.summary)
        self._files_frame.setVisible(not state.query)
        self._results.setVisible(bool(state.query))
        if before is None or state.files != before.files:
            clear(self._files)
            for i, file in enumerate(state.files):
                if i:
                    self._files.addWidget(rule())
                self._files.addWidget(_file(file))
        if before is None or state.found != before.found or state.query != before.query:
            self._render_found(state)

    def _render_found(self, state: DecksState) -> None:
        self._found_summary.setText(state.found_summary)
        self._found.clear()
        for found in state.found:
            item = QListWidgetItem(found.title)
            item.setData(SUBTITLE, found.detail)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{found.title}, {found.detail}")
            self._found.addItem(item)
        self._item_frame.setVisible(bool(state.found))
        if state.found:
            self._found.setCurrentRow(0)

    def _preview(self, index: int) -> None:
        if self._state is not None and 0 <= index < len(self._state.found):
            found = self._state.found[index]
            self._item.show_item(found.item, f"{found.detail} · {found.item.id}")


def _file(file: FileLine) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(8, 10, 8, 10)
    column.setSpacing(4)
    state = label("loaded" if file.loaded else "✗ not loaded", "faint" if file.loaded else "wrong")
    column.addLayout(row(label(file.title, "strong", wrap=True), state))
    column.addWidget(label(file.detail, "faint"))
    for problem in file.problems:
        line = label(problem, "soft", wrap=True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(line)
    return holder
