"""A list entry with a title and a quieter line below it, both wrapping."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studyapp.ui import words
from studyapp.ui.theme import Theme

SUBTITLE = Qt.ItemDataRole.UserRole + 1
TITLE_COLOUR = Qt.ItemDataRole.UserRole + 2
SUBTITLE_COLOUR = Qt.ItemDataRole.UserRole + 3
HEADING = Qt.ItemDataRole.UserRole + 4
_PAD = 12
_WRAP = int(Qt.TextFlag.TextWordWrap)


class ChoiceDelegate(QStyledItemDelegate):
    """Draws ``DisplayRole`` as the title and the role ``SUBTITLE`` below it.

    ``TITLE_COLOUR`` and ``SUBTITLE_COLOUR`` name other colours of the theme, and ``HEADING`` marks an entry that the
    ones after it belong to.
    """

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background by state, then both texts."""
        rect: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_tint"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("hover"))
        elif index.data(HEADING):
            painter.fillRect(rect, self._theme.colour("sunken"))
        title, subtitle, top = self._texts(index, rect.width())
        inner = rect.adjusted(_PAD, _PAD - 2, -_PAD, 0)
        painter.setFont(self._font(bold=True))
        painter.setPen(self._theme.colour(index.data(TITLE_COLOUR) or "text"))
        painter.drawText(inner, _WRAP, title)
        painter.setFont(self._font())
        painter.setPen(self._theme.colour(index.data(SUBTITLE_COLOUR) or "faint"))
        painter.drawText(inner.adjusted(0, top + 2, 0, 0), _WRAP, subtitle)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as both texts at the width of the list."""
        width = self._view.viewport().width()
        _, subtitle, top = self._texts(index, width)
        return QSize(width, top + self._height(subtitle, self._font(), width) + 2 * _PAD)

    def _texts(self, index: QModelIndex | QPersistentModelIndex, width: int) -> tuple[str, str, int]:
        """Title, subtitle, and the height of the title."""
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        return title, words.unbroken(str(index.data(SUBTITLE))), self._height(title, self._font(bold=True), width)

    def _font(self, *, bold: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(self._theme.type.base)
        font.setBold(bold)
        return font

    @staticmethod
    def _height(text: str, font: QFont, width: int) -> int:
        return QFontMetrics(font).boundingRect(0, 0, width - 2 * _PAD, 10_000, _WRAP, text).height()
