"""Before submitting: every question with its state, filtered, each a way back to it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from studyapp.ui import words
from studyapp.ui.exam.desk_state import DeskState
from studyapp.ui.theme import MARGIN, RADIUS, Theme
from studyapp.ui.widgets.layout import button, label, limit_width, row, scrolling, sheet
from studyapp.ui.widgets.navigator import Done, Place, paint_place

FILTERS = ("All", "Not answered", "Flagged", "Not seen")


def _passes(place: Place, chosen: str) -> bool:
    """Whether a question stands in the list of a filter; an incomplete answer is none."""
    match chosen:
        case "Not answered":
            return place.done is not Done.COMPLETE
        case "Flagged":
            return place.flagged
        case "Not seen":
            return place.done is Done.UNSEEN
    return True


class _Line(QAbstractButton):
    """One question: its square as in the strip, its first words, its state in words."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._place = Place(Done.UNSEEN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_question(self, place: Place, stem: str) -> None:
        self._place = place
        self.setText(stem)
        self.setAccessibleName(f"Go to question {self._number}, {place.in_words()}")
        self.setAccessibleDescription(stem)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._theme.scaled(24) + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to this question; on the page it would submit."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, side = self._theme, float(self._theme.scaled(24))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        place = Place(self._place.done, self._place.flagged, False, self._place.verdict)
        paint_place(painter, QRectF(6, 6, side + 6, side), self._number, place, theme, focus=False)
        font = self.font()
        font.setPixelSize(theme.type.base)
        painter.setFont(font)
        state = self._place.in_words()
        room = painter.fontMetrics().horizontalAdvance(state) + 12
        painter.setPen(theme.colour("soft"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), middle | Qt.AlignmentFlag.AlignRight, state)
        painter.setPen(theme.colour("text"))
        text = self.rect().adjusted(round(side) + 24, 0, -room - 10, 0)
        painter.drawText(
            text, middle, painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, text.width())
        )
        painter.end()


class ReviewPanel(QWidget):
    """All questions. ``jump`` tells the index of the one to go to."""

    jump = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[_Line] = []
        self._places: tuple[Place, ...] = ()
        self._chosen = FILTERS[0]
        frame, self._column = sheet(24)
        limit_width(frame, 800, theme)
        self._headline = label("", "section", wrap=True)
        self._detail = label("", "soft", wrap=True)
        self._column.addWidget(self._headline)
        self._column.addWidget(self._detail)
        self._column.addSpacing(8)
        group = QButtonGroup(self)
        self._filters = {name: button(name, self._chooser(name)) for name in FILTERS}
        for made in self._filters.values():
            made.setCheckable(True)
            group.addButton(made)
        self._column.addLayout(row(*self._filters.values(), None))
        self._empty = label("No question here.", "faint")
        self._column.addWidget(self._empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._column.addLayout(self._list)
        body = QWidget()
        body.setObjectName("page")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        middle = row()
        middle.addStretch(1)
        middle.addWidget(frame, 100)
        middle.addStretch(1)
        inner.addLayout(middle)
        inner.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(body))

    def render_state(self, state: DeskState) -> None:
        """Show the questions of a state."""
        self._places = state.places
        while len(self._lines) < len(state.places):
            index = len(self._lines)
            line = _Line(self._theme, index + 1)
            line.clicked.connect(self._jumper(index))
            self._lines.append(line)
            self._list.addWidget(line)
        for line, place, stem in zip(self._lines, state.places, state.stems, strict=True):
            line.show_question(place, stem)
        missing = sum(place.done in (Done.OPEN, Done.UNSEEN) for place in state.places)
        partial = sum(place.done is Done.INCOMPLETE for place in state.places)
        self._headline.setText(
            f"All {state.total} questions are answered."
            if not missing
            else f"{words.counted(missing, 'question')} of {state.total} not answered"
        )
        details = ["Finishing the drill" if state.study else "Submitting ends the exam and", "shows your results."]
        if partial:
            details.append(f"{words.counted(partial, 'answer')} with too few options chosen: as it is, that is wrong.")
        if missing and not state.study:
            details.append("An unanswered question counts as wrong; a guess costs nothing.")
        self._detail.setText(" ".join(details))
        for name, made in self._filters.items():
            made.setText(f"{name}  {sum(_passes(place, name) for place in state.places)}")
        self.choose(self._chosen)

    def _chooser(self, name: str) -> Callable[[], None]:
        return lambda: self.choose(name)

    def _jumper(self, index: int) -> Callable[[], None]:
        return lambda: self.jump.emit(index)

    def choose(self, name: str) -> None:
        """Show the questions of one filter."""
        self._chosen = name
        self._filters[name].setChecked(True)
        shown = [_passes(place, name) for place in self._places]
        for line, passes in zip(self._lines, shown, strict=True):
            line.setVisible(passes)
        self._empty.setVisible(not any(shown))

    def enter(self) -> None:
        """Give the focus to the first question of the list."""
        for line in self._lines:
            if not line.isHidden():
                line.setFocus()
                return
