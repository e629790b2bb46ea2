"""A field for the lines of one item, numbered as they are in their file."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from studyapp.core.problem import Problem, Severity
from studyapp.ui.theme import Theme

_FEWEST = 6
_BREAK = "\u2029"


class BlockEditor(QPlainTextEdit):
    """Plain text with line numbers; lines with a problem are tinted and marked.

    It is as high as its text within bounds. Enter keeps the indentation, Tab leaves the field: YAML knows no tabs.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._first_line = 1
        self._marks: dict[int, Severity] = {}
        self._most = 480
        self._gutter = _Gutter(self)
        self.setAccessibleName("Lines of the item")
        self.setTabChangesFocus(True)
        # A file that is dropped here is for the window; its address would be no YAML of the item.
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.blockCountChanged.connect(lambda _count: self._fit())
        self.updateRequest.connect(self._scroll_gutter)
        theme.changed.connect(self._style)
        self._style()

    def show_lines(self, text: str, first_line: int) -> None:
        """Show an item's lines, of which the first has a number in its file."""
        self._first_line = first_line
        self._marks = {}
        self.setPlainText(text)
        self.setExtraSelections([])
        self._fit()

    def text(self) -> str:
        """The lines as they stand, with ``\\n`` between them and no other character changed."""
        # toPlainText would give a space for each no-break space.
        return self.document().toRawText().replace(_BREAK, "\n")

    def mark(self, problems: Sequence[Problem]) -> None:
        """Mark the lines with problems, and no others."""
        self._marks = {}
        for problem in sorted(problems, key=lambda p: p.severity is Severity.ERROR):
            self._marks[problem.line] = problem.severity
        selections = []
        for line, severity in self._marks.items():
            block = self.document().findBlockByNumber(line - self._first_line)
            if block.isValid():
                selection = QTextEdit.ExtraSelection()
                selection.format.setBackground(self._theme.colour(f"{_meaning(severity)}_tint"))
                selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                selection.cursor = QTextCursor(block)
                selections.append(selection)
        self.setExtraSelections(selections)
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

    def paint_gutter(self, painter: QPainter, area: QRect) -> None:
        """Number the lines on screen; a mark beside the number tells of a problem."""
        painter.fillRect(area, self._theme.colour("sunken"))
        block = self.firstVisibleBlock()
        width = self._gutter.width()
        painter.setFont(self.font())
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if box.top() > area.bottom():
                break
            line = self._first_line + block.blockNumber()
            severity = self._marks.get(line)
            painter.setPen(self._theme.colour(_meaning(severity) if severity else "faint"))
            place = QRect(0, round(box.top()), width - 8, self.fontMetrics().height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(line))
            if severity:
                painter.drawText(place.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, _sign(severity))
            block = block.next()

    def gutter_width(self) -> int:
        """Pixels that the numbers and marks take."""
        widest = f"✗ {self._first_line + self.blockCount()}"
        return self.fontMetrics().horizontalAdvance(widest) + 16

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the field."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.topLeft(), QSize(self.gutter_width(), inside.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A new line is indented as the one before, below the text of a list's entry."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            cursor = self.textCursor()
            before = cursor.block().text()[: cursor.positionInBlock()]
            cursor.insertText("\n" + " " * (len(before) - len(before.lstrip(" -")) if before.strip(" -") else 0))
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def _scroll_gutter(self, area: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())

    def _style(self) -> None:
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        font.setPixelSize(self._theme.type.base)
        # A style sheet's font, which all of the program has, would win over one that is merely set.
        self.setStyleSheet(
            f'font-family: "{font.family()}"; font-size: {font.pixelSize()}px; padding: 0; '
            f"background: {QColor(self._theme.colours.sheet).name()};"
        )
        self.setFont(font)
        self._fit()
        self._gutter.update()

    def set_most(self, pixels: int) -> None:
        """The field is to become no higher than this."""
        self._most = pixels
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        # Twice: a line of the file may take two of the field.
        wanted = max(_FEWEST, 2 * self.blockCount()) * line
        self.setFixedHeight(max(_FEWEST * line, min(wanted, self._most)) + 12)
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


def _meaning(severity: Severity) -> str:
    return "wrong" if severity is Severity.ERROR else "caution"


def _sign(severity: Severity) -> str:
    return "✗" if severity is Severity.ERROR else "▲"
