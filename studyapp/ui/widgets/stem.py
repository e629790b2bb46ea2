"""The stem of a question: text in which the learner marks passages."""

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextCursor

from studyapp.ui.theme import RADIUS, Theme
from studyapp.ui.widgets.reading import Mark, ReadingText

_CARET_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class StemText(ReadingText):
    """A text whose passages can be marked, with the mouse or, once it has the focus, with the arrow keys.

    ``selected`` tells of a range of characters that was selected with the mouse, ``clicked`` of a character that was
    clicked.
    """

    selected = Signal(int, int)
    clicked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._range: tuple[int, int] | None = None
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # A click into the text does not take the focus: the keys go on meaning what they mean on the page.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_stem(self, markdown: str, highlights: tuple[tuple[int, int], ...], folder: Path | None = None) -> None:
        """Show a stem with its highlights; ``folder`` is where its images lie."""
        before = self.toPlainText()
        self.show_markdown(markdown, folder)
        if self.toPlainText() != before:
            self._range = None
            self.moveCursor(QTextCursor.MoveOperation.Start)
        self.show_marks([Mark(start, end) for start, end in highlights])
        text = self.toPlainText()
        passages = "; ".join(text[start:end] for start, end in highlights)
        self.setAccessibleName(f"Question. Highlighted: {passages}" if passages else "Question")

    def chosen_range(self) -> tuple[int, int] | None:
        """The range that is selected, or was selected last in this stem."""
        return self._selection() or self._range

    def _selection(self) -> tuple[int, int] | None:
        """The selected range without white space at its ends."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        text = self.toPlainText()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None

    def event(self, event: QEvent) -> bool:
        """With the focus here the arrows move in the text and not from question to question."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _CARET_KEYS:
            event.accept()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A selection is told of and then let go, so that the mark can be seen."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found = self._selection()
        if found is None:
            self.clicked.emit(self.cursorForPosition(event.position().toPoint()).position())
            return
        self._range = found
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.selected.emit(*found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and a frame around it while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.end()
