"""All exams in one list."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

from studyapp.core.attempt import AttemptSummary
from studyapp.ui.exam.history_model import SUMMARY
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
# The widest text of each column but the exam's, which takes the rest; and the columns that a narrow page leaves out.
_WIDEST = {0: "30 May 2026", 2: "Simulation", 3: "Questions", 4: "running", 5: "99–100 %"}
_LESS = (3, 5)
_NARROW = 700
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page keeps the columns that tell the exams apart."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.scaled(_NARROW)
        metrics = self._table.fontMetrics()
        for section, widest in _WIDEST.items():
            self._table.setColumnWidth(section, metrics.horizontalAdvance(widest) + self._theme.scaled(28))
            self._table.setColumnHidden(section, narrow and section in _LESS)

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
