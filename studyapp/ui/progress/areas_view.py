"""Weak areas: a table that is a chart. Domains open to topics, topics to the questions missed."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout, QWidget

from studyapp.ui.progress.areas_delegate import ACTION_WIDTH, AreasDelegate
from studyapp.ui.progress.areas_model import AreasModel
from studyapp.ui.progress.lines import Column, Level, Line
from studyapp.ui.progress.view_model import ProgressState, ProgressViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, label, row

# Columns that give way where the table is narrow for its text, and below which width at 100 %.
_GIVES_WAY = ((Column.LAPSES, 760), (Column.RECALL, 700), (Column.CHANGE, 600), (Column.ANSWERS, 480))
_WIDTHS = {Column.ANSWERS: 72, Column.CHANGE: 72, Column.RECALL: 64, Column.LAPSES: 62, Column.ACTION: ACTION_WIDTH}
# Of the width that is left, so much is for the names of the areas.
_FOR_NAMES = 0.53


class AreasTable(QTreeView):
    """The tree itself; ``acted`` carries the line whose button was clicked or that Enter was pressed on."""

    acted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._areas = AreasModel(self)
        self._open: set[str] = set()
        self.setModel(self._areas)
        self._delegate = AreasDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Weak areas")
        self.setUniformRowHeights(True)
        self.setSortingEnabled(True)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(30)
        head.setSectionsMovable(False)
        head.setSortIndicator(Column.ESTIMATE, Qt.SortOrder.AscendingOrder)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.expanded.connect(lambda index: self._opened(index, opened=True))
        self.collapsed.connect(lambda index: self._opened(index, opened=False))
        self._areas.modelReset.connect(self._restore)
        theme.changed.connect(self._fit)

    def show_state(self, state: ProgressState) -> None:
        """Show other lines; what was open stays open."""
        self._delegate.pass_mark = state.pass_mark
        current = self.current_line()
        self._areas.show_lines(state.lines, state.grouping)
        wanted = self._areas.find({current.id} if current is not None else set())
        self.setCurrentIndex(wanted[0] if wanted else self._areas.index(0, 0))

    def current_line(self) -> Line | None:
        """The line that is chosen."""
        return self._areas.line(self.currentIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the button of a line."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        line = self._areas.line(index)
        if line is None:
            return
        spanned = line.level is Level.QUESTION
        cell = self.visualRect(index.siblingAtColumn(Column.AREA if spanned else Column.ACTION))
        if self._delegate.button_rect(cell).contains(at):
            self.acted.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the button of the line does."""
        line = self.current_line()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None:
            self.acted.emit(line)
        elif event.key() == Qt.Key.Key_Space:
            index = self.currentIndex().siblingAtColumn(0)
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way where there is no room for all."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        for column, least in _GIVES_WAY:
            self.setColumnHidden(column, width < self._theme.scaled(least))
        for column, pixels in _WIDTHS.items():
            self.header().resizeSection(column, self._theme.scaled(pixels))
        left = width - sum(self.columnWidth(column) for column in _WIDTHS)
        self.header().resizeSection(Column.AREA, round(left * _FOR_NAMES))
        self.header().resizeSection(Column.ESTIMATE, left - round(left * _FOR_NAMES))
        self.setIndentation(self._theme.scaled(18))

    def _opened(self, index: QModelIndex, *, opened: bool) -> None:
        line = self._areas.line(index)
        if line is not None:
            (self._open.add if opened else self._open.discard)(line.id)

    def _restore(self) -> None:
        """After the lines were filled or sorted anew: open what was open, let questions take the whole line."""
        for index in self._areas.find(set(self._open)):
            self.setExpanded(index, True)
        for index in self._areas.questions():
            self.setFirstColumnSpanned(index.row(), index.parent(), True)


class AreasView(QWidget):
    """The table, what it says, and a button for the chosen line."""

    def __init__(self, view_model: ProgressViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self._state: ProgressState | None = None
        self._note = label("", "soft", wrap=True)
        self.table = AreasTable(theme)
        self.table.acted.connect(view_model.act)
        self._act = button("", self._act_on_chosen, "primary")
        self._hint = label("→ opens an area: its topics, and the questions you missed", "faint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._note)
        column.addWidget(self.table, 1)
        column.addLayout(row(self._hint, None, self._act))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_action())
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def render_state(self, state: ProgressState) -> None:
        """Show a state; showing it twice changes nothing."""
        if state == self._state:
            return
        self._state = state
        self._note.setText(state.note)
        self.table.show_state(state)
        self._show_action()

    def _show_action(self) -> None:
        line = self.table.current_line()
        action = "" if line is None else line.action
        named = f"Drill {line.title}" if line is not None and line.level is not Level.QUESTION else "Review its cards"
        self._act.setVisible(bool(action))
        self._act.setText(f"{'Drill' if action == 'Drill' else 'Review cards'}  ⏎")
        self._act.setAccessibleName(named)

    def _act_on_chosen(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self._vm.act(line)
