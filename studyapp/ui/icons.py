"""One family of icons: outlines of one weight on a 20-pixel grid, in the colour of the text beside them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap


def icon(name: str, colour: QColor, side: int) -> QIcon:
    """The icon of a page, ``side`` pixels wide, drawn for ordinary and high-resolution screens."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(side / 20, side / 20)
        pen = QPen(colour, 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(_outline(name))
        painter.end()
        made.addPixmap(pixmap)
    return made


def _outline(name: str) -> QPainterPath:
    path = QPainterPath()
    if name == "today":
        path.addEllipse(QPointF(10, 10), 3.4, 3.4)
        for x1, y1, x2, y2 in (
            (10, 2.5, 10, 4.2),
            (10, 15.8, 10, 17.5),
            (2.5, 10, 4.2, 10),
            (15.8, 10, 17.5, 10),
            (4.7, 4.7, 5.9, 5.9),
            (14.1, 14.1, 15.3, 15.3),
            (4.7, 15.3, 5.9, 14.1),
            (14.1, 5.9, 15.3, 4.7),
        ):
            _line(path, x1, y1, x2, y2)
    elif name == "exam":
        path.addRoundedRect(QRectF(4, 2.5, 12, 15), 1.5, 1.5)
        for y in (7, 10, 13):
            _line(path, 7, y, 13, y)
    elif name == "flashcards":
        path.addRoundedRect(QRectF(2.5, 6.5, 12, 9), 1.5, 1.5)
        path.moveTo(5.5, 4)
        path.lineTo(16, 4)
        path.quadTo(17.5, 4, 17.5, 5.5)
        path.lineTo(17.5, 12.5)
    elif name == "progress":
        _line(path, 3, 17, 17, 17)
        for bar, height in ((5.5, 12.0), (10.0, 8.0), (14.5, 4.0)):
            _line(path, bar, 17, bar, height)
    elif name == "decks":
        for top in (3.0, 8.25, 13.5):
            path.addRoundedRect(QRectF(3, top, 14, 3.5), 1, 1)
    elif name == "settings":
        for row, knob in ((5, 13), (10, 7), (15, 11)):
            _line(path, 3, row, knob - 2, row)
            _line(path, knob + 2, row, 17, row)
            path.addEllipse(QPointF(knob, row), 1.8, 1.8)
    return path


def _line(path: QPainterPath, x1: float, y1: float, x2: float, y2: float) -> None:
    path.moveTo(x1, y1)
    path.lineTo(x2, y2)
