"""The weak areas as an item model: a tree of lines, sorted by any column."""

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studyapp.sessions.progress import Grouping
from studyapp.ui.progress.lines import Column, Level, Line, heads

LINE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex

_NUMBERS = {Column.ANSWERS, Column.CHANGE, Column.RECALL, Column.LAPSES}
_TIPS = {
    Column.ESTIMATE: "What share of fresh questions you would get right, and where it lies, 80 % sure. Dashed: the "
    "pass mark, an assumption.",
    Column.CHANGE: "By how many points the estimate moved in the last two weeks.",
    Column.RECALL: "The share of the cards you are predicted to recall, were none reviewed until then; cards never "
    "seen count as forgotten.",
    Column.LAPSES: "How often cards were forgotten that had been known.",
}


@dataclass(eq=False)
class _Node:
    line: Line | None
    parent: "_Node | None" = None
    row: int = 0
    below: list["_Node"] = field(default_factory=list)


class AreasModel(QAbstractItemModel):
    """Areas, their topics, and the questions missed; cells are also told to screen readers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._root = _Node(None)
        self._heads = heads(Grouping.DOMAINS)
        self._column, self._order = int(Column.ESTIMATE), Qt.SortOrder.AscendingOrder

    def show_lines(self, lines: tuple[Line, ...], grouping: Grouping) -> None:
        """Show other lines, sorted as the ones before."""
        self.beginResetModel()
        self._heads = heads(grouping)
        self._root = _Node(None)
        self._fill(self._root, lines)
        self.endResetModel()

    def line(self, index: Index) -> Line | None:
        """The line of an index."""
        return self._node(index).line if index.isValid() else None

    def find(self, ids: set[str]) -> list[QModelIndex]:
        """The indexes of areas and topics, those above before those below."""
        found: list[QModelIndex] = []
        waiting = list(self._root.below)
        while waiting:
            node = waiting.pop(0)
            if node.line is not None and node.line.id in ids:
                found.append(self.createIndex(node.row, 0, node))
            waiting += node.below
        return found

    def questions(self) -> list[QModelIndex]:
        """The indexes of the questions that were missed."""
        nodes = [node for area in self._root.below for topic in area.below for node in topic.below]
        return [self.createIndex(node.row, 0, node) for node in nodes]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a cell."""
        below = self._node(parent).below
        return self.createIndex(row, column, below[row]) if 0 <= row < len(below) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The index of the line above."""
        above = self._node(index).parent
        return QModelIndex() if above is None or above.line is None else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines lie below one."""
        return 0 if parent.column() > 0 else len(self._node(parent).below)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of ``Column``."""
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts; numbers stand right."""
        line = self._node(index).line
        if line is None:
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.texts[column]
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken[column]
            case Qt.ItemDataRole.ToolTipRole:
                return line.spoken[column]
            case Qt.ItemDataRole.TextAlignmentRole if column in _NUMBERS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _ if role == LINE:
                return line
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads, and what their numbers mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TIPS.get(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column on every level but the questions, which stay as they were missed."""
        self._column, self._order = column, order
        self.beginResetModel()
        self._sort(self._root)
        self.endResetModel()

    def _node(self, index: Index) -> _Node:
        if not index.isValid():
            return self._root
        node = index.internalPointer()
        assert isinstance(node, _Node)
        return node

    def _fill(self, above: _Node, lines: tuple[Line, ...]) -> None:
        above.below = [_Node(line, above) for line in lines]
        for node in above.below:
            assert node.line is not None
            self._fill(node, node.line.below)
        self._arrange(above)

    def _sort(self, above: _Node) -> None:
        for node in above.below:
            self._sort(node)
        self._arrange(above)

    def _arrange(self, above: _Node) -> None:
        lines = [(node.line, node) for node in above.below if node.line is not None]
        if lines and lines[0][0].level is not Level.QUESTION:
            known = [(line.keys[self._column], node) for line, node in lines]
            numbers = [entry for entry in known if entry[0] is not None]
            numbers.sort(key=lambda entry: entry[0], reverse=self._order == Qt.SortOrder.DescendingOrder)  # type: ignore[arg-type, return-value]
            above.below = [node for _, node in numbers] + [node for key, node in known if key is None]
        for row, node in enumerate(above.below):
            node.row = row
