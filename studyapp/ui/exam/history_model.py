"""All attempts as a table that can be sorted and searched."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from studyapp.core.attempt import AttemptSummary
from studyapp.core.interval import wilson
from studyapp.ui import words
from studyapp.ui.exam import setup_words

Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole
SUMMARY = _ROLES.UserRole
COLUMNS = ("Date", "Exam", "Mode", "Questions", "Score", "80 % sure")
_NUMBERS = (3, 4, 5)
_NOWHERE = QModelIndex()


class HistoryModel(QAbstractTableModel):
    """One line for each attempt that the search lets through; a line's texts are made when it is shown.

    It sorts and searches by itself: a proxy would ask for every cell many times over.
    """

    def __init__(self) -> None:
        super().__init__()
        self._all: list[AttemptSummary] = []
        self._shown: list[AttemptSummary] = []
        self._words: list[str] = []
        self._column, self._backwards = 0, True

    @property
    def total(self) -> int:
        """How many attempts there are, whether the search lets them through or not."""
        return len(self._all)

    def show_summaries(self, summaries: list[AttemptSummary]) -> None:
        """Show these attempts."""
        self._all = summaries
        self._show()

    def look_for(self, text: str) -> None:
        """Show the attempts whose title, date and mode hold every word of a text."""
        self._words = text.casefold().split()
        self._show()

    def row_of(self, attempt: int) -> int:
        """The row of an attempt; the first one where it is not shown."""
        return next((row for row, summary in enumerate(self._shown) if summary.id == attempt), 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Attempts that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """As many as there are titles."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> Any:
        """The titles of the columns, above their texts."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLES.DisplayRole:
            return COLUMNS[section]
        if orientation is Qt.Orientation.Horizontal and role == _ROLES.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> Any:
        """The text of a cell, and the attempt itself."""
        summary = self._shown[index.row()]
        match role:
            case _ROLES.DisplayRole:
                return _texts(summary)[index.column()]
            case _ROLES.TextAlignmentRole:
                return _alignment(index.column())
            case _ROLES.AccessibleTextRole:
                return f"{COLUMNS[index.column()]}: {_texts(summary)[index.column()]}"
            case _ if role == SUMMARY:
                return summary
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; the newest first among equals."""
        self._column, self._backwards = column, order is Qt.SortOrder.DescendingOrder
        self._show()

    def _show(self) -> None:
        found = [s for s in self._all if all(word in _searched(s) for word in self._words)]
        found.sort(key=lambda summary: summary.started_at, reverse=True)
        found.sort(key=_KEYS[self._column], reverse=self._backwards)
        self.beginResetModel()
        self._shown = found
        self.endResetModel()


_KEYS: tuple[Callable[[AttemptSummary], Any], ...] = (
    lambda summary: summary.started_at,
    lambda summary: summary.title.casefold(),
    lambda summary: _mode(summary),
    lambda summary: summary.questions,
    lambda summary: -1.0 if summary.submitted_at is None else summary.share,
    lambda summary: -1.0 if summary.submitted_at is None else wilson(summary.correct, summary.questions).low,
)


def _mode(summary: AttemptSummary) -> str:
    return "Drill" if setup_words.kind(summary) == "Drill" else setup_words.MODES[summary.mode]


@lru_cache(maxsize=4096)
def _searched(summary: AttemptSummary) -> str:
    """What a search looks through: the date in several spellings, the title, the mode."""
    when = summary.started_at.astimezone()
    return f"{words.day(when)} {when:%Y-%m-%d %B} {summary.title} {_mode(summary)}".casefold()


def _texts(summary: AttemptSummary) -> tuple[str, ...]:
    running = summary.submitted_at is None
    return (
        words.day(summary.started_at),
        summary.title,
        _mode(summary),
        f"{summary.answered} of {summary.questions}" if running else str(summary.questions),
        "running" if running else words.percent(summary.share),
        "" if running else setup_words.sure(summary),
    )


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
