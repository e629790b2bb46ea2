"""The list of reported items, and beside it the one that is chosen."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QMenu

from studyapp.ui.file_export import ask_where
from studyapp.ui.reported.view_model import ReportedState, ReportedViewModel, ReportLine
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.entry_list import EntryList, entry, key_of
from studyapp.ui.widgets.layout import ScrollPage, button, label, row, rule, sheet, shortcut
from studyapp.ui.widgets.reading import ReadingText

KEYS = (
    ("D", "Dealt with, or open again"),
    ("Enter", "Preview the item as it is now"),
    ("Esc", "Back to Decks"),
)
_FILES = (("md", "Markdown, a list to work through"), ("csv", "Table (CSV)"), ("json", "JSON"))
_EMPTY = (
    "What you find wrong while you study is listed here for the people who write the decks. Press R at a card, at a "
    "question of an exam's results, or in a preview."
)


class ReportedPage(ScrollPage):
    """A list with details at its side."""

    def __init__(self, view_model: ReportedViewModel, theme: Theme) -> None:
        super().__init__("Reported items", theme, width=1040)
        self._vm = view_model
        self._shown: ReportedState | None = None
        self._summary = label("", "soft", wrap=True)
        self._export = button("Export", lambda: None, name="Export the reported items")
        menu = QMenu(self._export)
        for ending, text in _FILES:
            menu.addAction(text).triggered.connect(self._exporter(ending, text))
        self._export.setMenu(menu)
        self._list = EntryList("Reported items", theme)
        self._list.currentRowChanged.connect(lambda _row: self._show())
        self._fault = label("", "section", wrap=True)
        self._facts = label("", "faint", wrap=True)
        self._note = label("", wrap=True)
        self._item = ReadingText(theme)
        self._deal = button("", self._toggle, "primary")
        self._preview = button("Preview  ⏎", self._open, name="Preview the item as it is now")
        self._empty = label(_EMPTY, "soft", wrap=True)
        self._build()
        for keys, action in (("D", self._toggle), ("Return", self._open), ("Esc", view_model.back)):
            shortcut(self, keys, action)
        self.first = self._list
        theme.changed.connect(self._fit_list)
        self._fit_list()
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _build(self) -> None:
        self.put_around_title(row(button("‹ Decks", self._vm.back, "quiet"), None))
        self.groups.addLayout(row(self._summary, self._export))
        self.groups.addWidget(self._empty)
        self._frame, inner = sheet(24)
        for part in (self._fault, self._facts, self._note):
            inner.addWidget(part)
        inner.addLayout(row(self._deal, self._preview, None))
        inner.addSpacing(8)
        inner.addWidget(rule())
        inner.addSpacing(8)
        inner.addWidget(label("The item as it was", "faint"))
        inner.addWidget(self._item)
        inner.addStretch(1)
        self._both = row(spacing=16)
        self._both.addWidget(self._list, 2)
        self._both.addWidget(self._frame, 3)
        self.groups.addLayout(self._both)
        self.groups.addStretch(1)

    def fit(self, narrow: bool) -> None:
        """The details below the list where there is no room beside it."""
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def _fit_list(self) -> None:
        self._list.setMinimumHeight(self._theme.scaled(240))

    def render_state(self, state: ReportedState) -> None:
        """Show a state; showing it twice changes nothing."""
        before, self._shown = self._shown, state
        if state == before:
            return
        some = bool(state.lines)
        self._summary.setText(state.summary)
        self._empty.setVisible(not some)
        for part in (self._summary, self._export, self._list, self._frame):
            part.setVisible(some)
        # The one that was chosen stays so, wherever it is now.
        self._list.fill([entry(line.id, line.title, line.detail) for line in state.lines])
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """The page takes the focus, so that its keys work at once."""
        super().showEvent(event)
        self.setFocus()

    def _line(self) -> ReportLine | None:
        chosen = key_of(self._list.currentItem())
        return next((line for line in self._lines if line.id == chosen), None)

    @property
    def _lines(self) -> tuple[ReportLine, ...]:
        return self._shown.lines if self._shown else ()

    def _show(self) -> None:
        line = self._line()
        if line is None:
            return
        self._fault.setText(line.fault)
        self._facts.setText(line.facts)
        self._note.setText(line.note)
        self._note.setVisible(bool(line.note))
        self._item.show_markdown(line.item)
        self._deal.setText("Open again  D" if line.dealt_with else "Dealt with  D")
        self._deal.setAccessibleName("Mark as open again" if line.dealt_with else "Mark as dealt with")

    def _toggle(self) -> None:
        """The line goes to the others of its new kind, and the one that takes its place is the next to look at."""
        line = self._line()
        if line is None:
            return
        alike = [other.id for other in self._lines if other.dealt_with == line.dealt_with]
        place = alike.index(line.id)
        alike.remove(line.id)
        if self._vm.toggle(line) and alike:
            self._list.choose(alike[min(place, len(alike) - 1)])

    def _exporter(self, ending: str, title: str) -> Callable[[], None]:
        return lambda: ask_where(self, title, "reported items", ending, self._vm.export)

    def _open(self) -> None:
        if (line := self._line()) is not None:
            self._vm.preview(line)
