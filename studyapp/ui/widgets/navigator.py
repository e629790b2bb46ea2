"""The strip of all questions of an exam: how far each is done, flagged, current."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studyapp.ui.theme import Theme

_GAP = 4


class Done(StrEnum):
    """How far a question is done, in words."""

    UNSEEN = "not seen"
    OPEN = "not answered"
    INCOMPLETE = "incomplete"
    COMPLETE = "answered"


@dataclass(frozen=True, slots=True)
class Place:
    """The state of one question in the strip. ``verdict`` is "right" or "wrong" where that is known."""

    done: Done
    flagged: bool = False
    current: bool = False
    verdict: str = ""

    def in_words(self) -> str:
        """The state for a screen reader and the tool tip."""
        parts = [self.verdict or self.done.value]
        if self.flagged:
            parts.append("flagged")
        if self.current:
            parts.append("current")
        return ", ".join(parts)


def paint_place(painter: QPainter, box: QRectF, number: int, place: Place, theme: Theme, *, focus: bool) -> None:
    """A square with the number of a question.

    Filled is answered, half filled incomplete, a plain frame not answered, a dashed one not seen. A small flag in the
    corner marks a flag, a heavy frame the question on screen, a tick or a cross what came of it.
    """
    c = theme.colours
    fill, line, ink = c.sheet, c.line_strong, c.soft
    if place.verdict == "right":
        fill, line, ink = c.right_tint, c.right_line, c.right
    elif place.verdict == "wrong":
        fill, line, ink = c.wrong_tint, c.wrong_line, c.wrong
    elif place.done is Done.COMPLETE:
        fill, line, ink = c.accent_fill, c.accent_fill, c.on_accent
    heavy = place.current or focus
    pen = QPen(QColor(c.text if place.current else c.accent if focus else line), 2.5 if heavy else 1)
    if place.done is Done.UNSEEN and not place.verdict and not heavy:
        pen.setStyle(Qt.PenStyle.DashLine)
    inset = 1.5 if heavy else 2.5
    frame = box.adjusted(inset, inset, -inset, -inset)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(frame, 4, 4)
    if place.done is Done.INCOMPLETE and not place.verdict:
        painter.setBrush(QColor(c.accent_tint))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setBrush(QColor(c.accent))
        painter.drawRoundedRect(frame.adjusted(0, frame.height() * 0.76, 0, 0), 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(frame, 4, 4)
    painter.setPen(QColor(ink))
    font = painter.font()
    font.setPixelSize(max(9, round(box.height() * 0.42)))
    font.setBold(place.current)
    painter.setFont(font)
    room = frame.adjusted(0, 0, -frame.width() * 0.2, -frame.height() * 0.14) if place.verdict else frame
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(number))
    if place.flagged:
        _paint_flag(painter, box, theme)
    if place.verdict:
        _paint_verdict(painter, frame, QColor(ink), right=place.verdict == "right")


def _paint_flag(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A pennant on a pole in the upper right corner."""
    side = box.height() * 0.36
    left, top = box.right() - side, box.top()
    painter.setPen(QPen(theme.colour("page"), 1))
    painter.setBrush(theme.colour("caution_line"))
    painter.drawPolygon([QPointF(left, top), QPointF(left + side, top + side / 2), QPointF(left, top + side)])


def _paint_verdict(painter: QPainter, frame: QRectF, ink: QColor, *, right: bool) -> None:
    """A tick or a cross in the lower right corner."""
    side = frame.height() * 0.26
    x, y = frame.right() - side - 2, frame.bottom() - side - 2
    painter.setPen(QPen(ink, 1.5))
    if right:
        painter.drawPolyline([QPointF(x, y + side * 0.5), QPointF(x + side * 0.4, y + side), QPointF(x + side, y)])
    else:
        painter.drawLine(QPointF(x, y), QPointF(x + side, y + side))
        painter.drawLine(QPointF(x, y + side), QPointF(x + side, y))


class _PlaceButton(QAbstractButton):
    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self.place = Place(Done.UNSEEN)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def render_place(self, place: Place) -> None:
        self.place = place
        spoken = f"Question {self._number}, {place.in_words()}"
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(24, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_place(painter, QRectF(self.rect()), self._number, self.place, self._theme, focus=self.hasFocus())
        painter.end()


class Navigator(QWidget):
    """All questions as small numbered squares that wrap to the width. ``picked`` tells the index of a click.

    ``paint_place`` says what a square looks like; tool tip and accessible name say the same in words.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._buttons: list[_PlaceButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("All questions")
        theme.changed.connect(self._arrange)

    def render_places(self, places: tuple[Place, ...]) -> None:
        """Show these states, one square each."""
        grew = len(self._buttons) != len(places)
        while len(self._buttons) > len(places):
            self._buttons.pop().deleteLater()
        while len(self._buttons) < len(places):
            index = len(self._buttons)
            made = _PlaceButton(self._theme, index + 1, self)
            made.clicked.connect(lambda _checked=False, i=index: self.picked.emit(i))
            made.show()
            self._buttons.append(made)
        for made, place in zip(self._buttons, places, strict=True):
            if made.place != place or grew:
                made.render_place(place)
        if grew:
            self._arrange()

    def buttons(self) -> list[QAbstractButton]:
        """The squares, in order."""
        return list(self._buttons)

    def hasHeightForWidth(self) -> bool:
        """The squares wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Pixels that the rows of squares take."""
        each = self._square() + _GAP
        a_row = max(1, (width + _GAP) // each)
        rows = -(-len(self._buttons) // a_row) if self._buttons else 1
        return rows * each - _GAP

    def sizeHint(self) -> QSize:
        """Two rows of the usual width."""
        return QSize(600, self.heightForWidth(600))

    def minimumSizeHint(self) -> QSize:
        """All rows at the present width."""
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def resizeEvent(self, _event: object) -> None:
        """Wrap anew."""
        self._arrange()

    def _square(self) -> int:
        # Half as fast as the text: at 200 % the strip must leave room for the question.
        return round(26 * (100 + self._theme.percent) / 200)

    def _arrange(self) -> None:
        size = self._square()
        a_row = max(1, (self.width() + _GAP) // (size + _GAP))
        for i, made in enumerate(self._buttons):
            made.setGeometry((i % a_row) * (size + _GAP), (i // a_row) * (size + _GAP), size, size)
        self.updateGeometry()
