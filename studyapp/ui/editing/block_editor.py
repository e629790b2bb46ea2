"""A field for the lines of one item, numbered as they are in their file."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from studyapp.core.problem import Problem, Severity
from studyapp.ui.theme import RADIUS, Theme

_FEWEST = 6
_BREAK = "\u2029"
_HANGING = 2
"""Characters by which the rest of a line that is broken stands further in than its beginning."""


class BlockEditor(QTextEdit):
    """Plain text with line numbers; lines with a problem are tinted and marked.

    A line that is too long is broken and goes on further in than it begins, so that the indentation stays in sight.
    The field is as high as its text within bounds. Enter keeps the indentation, Tab leaves the field: YAML knows no
    tabs.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._first_line = 1
        self._marks: dict[int, Severity] = {}
        self._most = 480
        self._gutter = _Gutter(self)
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        # A file that is dropped here is for the window; its address would be no YAML of the item.
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._arrange)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._gutter.update())
        theme.changed.connect(self._style)
        self._style()

    def show_lines(self, text: str, first_line: int) -> None:
        """Show an item's lines, of which the first has a number in its file."""
        # What is shown first is nothing to undo.
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        self.document().setUndoRedoEnabled(True)
        self.number_from(first_line)
        self.mark(())

    def number_from(self, first_line: int) -> None:
        """The first line has another number now."""
        self._first_line = first_line
        self._fit()
        self._gutter.update()

    def text(self) -> str:
        """The lines as they stand, with ``\\n`` between them and no other character changed."""
        # toPlainText would give a space for each no-break space.
        return self.document().toRawText().replace(_BREAK, "\n")

    def mark(self, problems: Sequence[Problem]) -> None:
        """Mark the lines with problems, and no others."""
        self._marks = {}
        for problem in sorted(problems, key=lambda p: p.severity is Severity.ERROR):
            self._marks[problem.line] = problem.severity
        self.viewport().update()
        self._gutter.update()

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor at a place of the file."""
        block = self.document().findBlockByNumber(max(0, line - self._first_line))
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(
                QTextCursor.MoveOperation.Right,
                QTextCursor.MoveMode.MoveAnchor,
                min(column - 1, block.length() - 1),
            )
            self.setTextCursor(cursor)
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, on a tint in all rows of a line with a problem."""
        painter = QPainter(self.viewport())
        for line, begins, height in self._lines_in(event.rect()):
            if severity := self._marks.get(line):
                row = QRect(0, begins, self.viewport().width(), height)
                painter.fillRect(row, self._theme.colour(f"{_meaning(severity)}_tint"))
        painter.end()
        super().paintEvent(event)

    def paint_gutter(self, painter: QPainter, area: QRect) -> None:
        """Number the lines on screen; a mark beside the number tells of a problem."""
        painter.fillRect(area, self._theme.colour("sunken"))
        painter.setFont(self.font())
        for line, begins, _ in self._lines_in(area):
            severity = self._marks.get(line)
            painter.setPen(self._theme.colour(_meaning(severity) if severity else "faint"))
            place = QRect(0, begins, self._gutter.width() - 8, self.fontMetrics().height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(line))
            if severity:
                painter.drawText(place.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, _sign(severity))

    def _lines_in(self, area: QRect) -> Iterator[tuple[int, int, int]]:
        """The lines that are seen in a part of the field: number, upper edge and height of each."""
        layout, top = self.document().documentLayout(), self.verticalScrollBar().value()
        block = self.cursorForPosition(QPoint(0, area.top())).block()
        while block.isValid():
            box = layout.blockBoundingRect(block)
            begins = round(box.top()) - top
            if begins > area.bottom():
                return
            yield self._first_line + block.blockNumber(), begins, round(box.height())
            block = block.next()

    def gutter_width(self) -> int:
        """Pixels that the numbers and marks take."""
        widest = f"✗ {self._first_line + self.document().blockCount()}"
        return self.fontMetrics().horizontalAdvance(widest) + 16

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the field."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.topLeft(), QSize(self.gutter_width(), inside.height())))
        if self.hasFocus():
            self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A new line is indented as the one before, below the text of a list's entry."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        # With Shift too: a line of its own kind, which Qt knows, is none in a file.
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self.isReadOnly() or not plain:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            cursor.insertText("\n" + " " * (_indentation(before) if before.strip(" -") else 0))
            self.ensureCursorVisible()
        elif _edits(event) and len(before.strip(" -")) <= 1:
            self._change_indentation(event)
        else:
            super().keyPressEvent(event)

    def _change_indentation(self, event: QKeyEvent) -> None:
        """An edit in a block of its own: what is arranged after it can be undone together with it, and with no other.

        Characters that Qt puts in by themselves are one step for a whole word, which nothing can be joined to.
        """
        cursor = self.textCursor()
        cursor.beginEditBlock()
        super().keyPressEvent(event)
        cursor.endEditBlock()
        self.ensureCursorVisible()

    def set_most(self, pixels: int) -> None:
        """The field is to become no higher than this."""
        if pixels != self._most:
            self._most = pixels
            self._fit()

    def _style(self) -> None:
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        font.setPixelSize(self._theme.type.base)
        colours = self._theme.colours
        # A style sheet's font, which all of the program has, would win over one that is merely set.
        self.setStyleSheet(
            f"BlockEditor {{ font-family: '{font.family()}'; font-size: {font.pixelSize()}px; padding: 0; "
            f"background: {colours.sheet}; border: 1px solid {colours.line_strong}; border-radius: {RADIUS}px; }}"
            f"BlockEditor:focus {{ border-color: {colours.accent}; }}"
        )
        self.setFont(font)
        self._arrange()
        self._fit()

    def _arrange(self) -> None:
        """Let each line that is broken go on further in than it begins; that is nothing to undo by itself."""
        # What is undone or redone has its arrangement with it; another one would be a new step, and end the redoing.
        if self.document().isRedoAvailable():
            return
        character = self.fontMetrics().horizontalAdvance(" ")
        block = self.document().begin()
        while block.isValid():
            hanging = float(character * (_indentation(block.text()) + _HANGING))
            form = block.blockFormat()
            if form.leftMargin() != hanging:
                form.setLeftMargin(hanging)
                form.setTextIndent(-hanging)
                cursor = QTextCursor(block)
                cursor.joinPreviousEditBlock()
                cursor.setBlockFormat(form)
                cursor.endEditBlock()
            block = block.next()

    def _fit(self) -> None:
        least = _FEWEST * self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(least, min(round(self.document().size().height()), self._most)) + 4)
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)


class _Gutter(QWidget):
    """The strip with the numbers."""

    def __init__(self, editor: BlockEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._editor.paint_gutter(painter, event.rect())
        painter.end()


def _indentation(line: str) -> int:
    """The characters before the text of a line, a list's dash among them."""
    return len(line) - len(line.lstrip(" -"))


def _edits(event: QKeyEvent) -> bool:
    """Whether a key, by itself, writes or deletes a character."""
    return event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) or (
        event.text().isprintable() and event.text() != ""
    )


def _meaning(severity: Severity) -> str:
    return "wrong" if severity is Severity.ERROR else "caution"


def _sign(severity: Severity) -> str:
    return "✗" if severity is Severity.ERROR else "▲"
