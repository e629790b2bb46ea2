"""Draws the cells of the weak-areas table: the estimate as a bar, the action as a button."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studyapp.ui.progress.areas_model import LINE, Index
from studyapp.ui.progress.lines import Column, Level, Line
from studyapp.ui.theme import RADIUS, Theme

_PAD = 8
ACTION_WIDTH = 76
_WIDEST_NUMBER = "not enough data "


class AreasDelegate(QStyledItemDelegate):
    """``pass_mark`` (0 to 1) is where the dashed line stands."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self.pass_mark = 0.7

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background by state, then what the column holds."""
        line: Line = index.data(LINE)
        c, rect = self._theme.colours, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.accent_tint))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.hover))
        font = painter.font()
        font.setPixelSize(self._theme.type.base)
        font.setBold(line.level is Level.AREA and index.column() == Column.AREA)
        painter.setFont(font)
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        match index.column():
            case Column.ESTIMATE if line.level is not Level.QUESTION:
                self._estimate(painter, inner, line)
            case Column.ACTION:
                self._button(painter, self.button_rect(rect), line.action)
            case Column.AREA if line.level is Level.QUESTION:
                button = self.button_rect(rect)
                self._text(painter, inner.adjusted(0, 0, -button.width() - _PAD, 0), line.title, c.soft)
                self._button(painter, button, line.action)
            case Column.AREA:
                painter.setPen(QColor(c.text))
                painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), line.title)
            case column:
                alignment = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignVCenter
                self._text(painter, inner, line.texts[column], c.text, alignment)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A row is as high as two lines of a name."""
        return QSize(self._theme.scaled(60), self._theme.scaled(36) + 8)

    def button_rect(self, cell: QRect) -> QRect:
        """Where the button of a cell lies: at its right end."""
        width = min(cell.width(), self._theme.scaled(ACTION_WIDTH))
        return QRect(cell.right() - width + 1, cell.top(), width, cell.height()).adjusted(4, 4, -4, -4)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        colour: str,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(alignment), shown)

    def _estimate(self, painter: QPainter, rect: QRect, line: Line) -> None:
        """The interval as a band, the share as a dot, the pass mark dashed; and the same in numbers."""
        c = self._theme.colours
        metrics = painter.fontMetrics()
        numbers = metrics.horizontalAdvance(_WIDEST_NUMBER)
        bar = QRectF(rect.adjusted(6, 0, -numbers - 6, 0))
        words = QRect(rect.right() - numbers + 8, rect.top(), numbers, rect.height())
        if bar.width() < 40:
            words = rect
        else:
            self._bar(painter, bar, line)
        painter.setPen(QColor(c.text if line.share is not None else c.faint))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), line.texts[Column.ESTIMATE])

    def _bar(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        c, scale = self._theme.colours, self._theme.percent / 100
        middle = rect.center().y()
        painter.setPen(QPen(QColor(c.line), 2 * scale))
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
        told = line.share is not None
        below = line.share is not None and line.share < self.pass_mark
        if line.interval is not None:
            left = rect.left() + line.interval.low * rect.width()
            width = max(2.0, (line.interval.high - line.interval.low) * rect.width())
            edge = c.line_strong if not told else c.caution_line if below else c.info_line
            painter.setPen(QPen(QColor(edge), 1, Qt.PenStyle.SolidLine if told else Qt.PenStyle.DotLine))
            painter.setBrush(QColor(c.sheet if not told else c.caution_tint if below else c.info_tint))
            painter.drawRoundedRect(QRectF(left, middle - 4 * scale, width, 8 * scale), 4 * scale, 4 * scale)
        x = rect.left() + self.pass_mark * rect.width()
        painter.setPen(QPen(QColor(c.line_strong), 1.2 * scale, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, rect.top() + 3), QPointF(x, rect.bottom() - 3))
        if line.share is not None:
            painter.setPen(QPen(QColor(c.sheet), 1.5))
            painter.setBrush(QColor(c.caution_line if below else c.info_line))
            painter.drawEllipse(QPointF(rect.left() + line.share * rect.width(), middle), 5 * scale, 5 * scale)

    def _button(self, painter: QPainter, rect: QRect, text: str) -> None:
        if not text:
            return
        c = self._theme.colours
        painter.setPen(QPen(QColor(c.line_strong), 1))
        painter.setBrush(QColor(c.sheet))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(QColor(c.accent))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
