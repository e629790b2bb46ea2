"""The strip of all questions of an exam: answered, flagged, current."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studyapp.ui.theme import Theme

_GAP = 4


@dataclass(frozen=True, slots=True)
class Place:
    """The state of one question in the strip. ``verdict`` is "right" or "wrong" where that is known."""

    answered: bool
    flagged: bool
    current: bool
    verdict: str = ""

    def spoken(self, number: int) -> str:
        """The state in words, for a screen reader and the tool tip."""
        parts = [f"Question {number}", self.verdict or ("answered" if self.answered else "not answered")]
        if self.flagged:
            parts.append("flagged")
        if self.current:
            parts.append("current")
        return ", ".join(parts)


class _PlaceButton(QAbstractButton):
    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self.place = Place(False, False, False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def render_place(self, place: Place) -> None:
        self.place = place
        self.setAccessibleName(place.spoken(self._number))
        self.setToolTip(place.spoken(self._number))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(24, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c, place = self._theme.colours, self.place
        fill, line, ink = c.sheet, c.line_strong, c.soft
        if place.verdict == "right":
            fill, line, ink = c.right_tint, c.right_line, c.right
        elif place.verdict == "wrong":
            fill, line, ink = c.wrong_tint, c.wrong_line, c.wrong
        elif place.answered:
            fill, line, ink = c.accent_fill, c.accent_fill, c.on_accent
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 1.5 if place.current or self.hasFocus() else 2.5
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setBrush(QColor(fill))
        painter.setPen(
            QPen(
                QColor(c.text if place.current else c.accent if self.hasFocus() else line),
                2.5 if place.current or self.hasFocus() else 1,
            )
        )
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(ink))
        font = painter.font()
        font.setPixelSize(max(9, round(self.height() * 0.42)))
        font.setBold(place.current)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if place.flagged:
            radius = self.height() * 0.17
            painter.setPen(QPen(QColor(c.page), 1.5))
            painter.setBrush(QColor(c.caution_line))
            painter.drawEllipse(QPointF(self.width() - radius - 1, radius + 1), radius, radius)
        painter.end()


class Navigator(QWidget):
    """All questions as small numbered squares that wrap to the width. ``picked`` tells the index of a click.

    A filled square is answered, a dot in the corner marks a flag, a heavy frame the question on screen; tool tip and
    accessible name say the same in words.
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
