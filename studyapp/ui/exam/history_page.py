"""All exams in one list."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from studyapp.core.attempt import AttemptSummary
from studyapp.ui.exam.history_model import COLUMNS, SUMMARY
from studyapp.ui.exam.history_view_model import HistoryState, HistoryViewModel
from studyapp.ui.routes import GoTo
from studyapp.ui.theme import MARGIN, Theme
from studyapp.ui.widgets.layout import button, label, row, shortcut

KEYS = (
    ("Enter", "Open the exam"),
    ("Delete", "Delete the exam (asks first)"),
    ("/", "Search by title, date or mode"),
    ("Esc", "Back to Practice exam"),
)
_EMPTY = "Each exam and each drill that you sit is kept here with your answers. Sit one from the Practice exam page."


class HistoryPage(QWidget):
    """A table that builds only the lines on screen, however many there are."""

    def __init__(self, view_model: HistoryViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self._theme = theme
        self._selected = 0
        self._count = label("", "faint")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search: a title, “Nov 2026”, “custom” …")
        self._search.setAccessibleName("Search by title, date or mode")
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(view_model.look_for)
        self._table = QTreeView()
        self._table.setAccessibleName("All exams")
        self._table.setModel(view_model.rows)
        self._table.setRootIsDecorated(False)
        self._table.setUniformRowHeights(True)
        self._table.setAllColumnsShowFocus(True)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self._table.header().setStretchLastSection(False)
        self._table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.doubleClicked.connect(lambda _index: self._open())
        self._table.selectionModel().currentChanged.connect(self._enable)
        view_model.rows.modelReset.connect(self._select)
        self._empty = label(_EMPTY, "soft", wrap=True)
        self._open_button = button("Open  ⏎", self._open, "primary", name="Open")
        self._delete_button = button("Delete", self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        back = button("‹ Practice exam", self._back, "quiet")
        column.addLayout(row(label("All exams", "title"), 8, self._count, None, back))
        column.addWidget(self._search)
        column.addWidget(self._table, 1)
        column.addWidget(self._empty)
        column.addLayout(row(self._open_button, self._delete_button, None))
        for keys, action in (("Return", self._open), ("Delete", self._delete), ("Escape", self._back)):
            shortcut(self, keys, action)
        shortcut(self, "/", self._search.setFocus)
        self.setFocusProxy(self._table)
        theme.changed.connect(self._fit)
        self._fit()
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def render_state(self, state: HistoryState) -> None:
        """Show a state; showing it twice changes nothing."""
        some = f"{state.shown:,} of {state.total:,}" if state.shown < state.total else f"{state.total:,}"
        self._count.setText(some if state.total else "")
        self._empty.setVisible(not state.shown)
        self._empty.setText("No exam with these words." if state.total else _EMPTY)
        self._table.setVisible(bool(state.shown))
        self._search.setVisible(bool(state.total))
        self._select()

    def _select(self) -> None:
        """The exam that was selected, wherever it is now; else the first."""
        if self._vm.rows.rowCount():
            self._table.setCurrentIndex(self._vm.rows.index(self._vm.rows.row_of(self._selected), 0))
        self._enable()

    def _fit(self) -> None:
        size = self._theme.type.base
        for section, characters in enumerate((9, 0, 8, 8, 7, 8)[: len(COLUMNS)]):
            if characters:
                self._table.setColumnWidth(section, round(characters * size * 0.95) + 20)

    def _current(self) -> AttemptSummary | None:
        index: QModelIndex = self._table.currentIndex()
        return index.data(SUMMARY) if index.isValid() else None

    def _enable(self) -> None:
        summary = self._current()
        if summary is not None:
            self._selected = summary.id
        running = summary is not None and summary.submitted_at is None
        self._open_button.setText("Resume  ⏎" if running else "Open  ⏎")
        self._open_button.setAccessibleName("Resume" if running else "Open")
        self._open_button.setEnabled(summary is not None)
        self._delete_button.setEnabled(summary is not None)

    def _open(self) -> None:
        if (summary := self._current()) is not None:
            self._vm.open(summary)

    def _delete(self) -> None:
        if (summary := self._current()) is not None:
            self._vm.ask_to_delete(summary)

    def _back(self) -> None:
        """From the search to the list, from the list to where the learner came from."""
        if self._search.hasFocus() and self._search.text():
            self._search.clear()
        else:
            self._vm.navigate.emit(GoTo("exam"))
