"""Markdown text to read: selectable, as high as its text, never fetching anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QTextEdit, QWidget

from studyapp.content.kept import Stamp, stamp_of
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.name_marks import mark_names

_LINE_HEIGHT = 145.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of characters of the text as displayed, to be tinted and underlined in one of the meanings."""

    start: int
    end: int
    meaning: str = "caution"


class ReadingText(QTextBrowser):
    """A read-only text that takes the height its width asks for and leaves scrolling to the page.

    HTML in the Markdown is shown as text. Images load from the folder given to ``show_markdown`` and from nowhere
    else.
    """

    def __init__(self, theme: Theme, role: str = "reading", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._markdown = ""
        self._folder: Path | None = None
        self._images: dict[Path, Stamp | None] = {}
        self._heights: dict[int, int] = {}
        self._marks: tuple[Mark, ...] = ()
        self._struck = False
        self.setProperty("role", role)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._redraw)

    def show_markdown(self, markdown: str, folder: Path | None = None) -> None:
        """Show a Markdown text; relative images are looked for in ``folder``, and shown as they are there now."""
        changed = any(stamp_of(image) != stamp for image, stamp in self._images.items())
        if changed or (markdown, folder) != (self._markdown, self._folder):
            self._markdown, self._folder = markdown, folder
            self._redraw()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these ranges, and no others."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self._paint_marks()

    def strike_out(self, struck: bool) -> None:
        """Show the text struck out and faint, or as it is."""
        if struck != self._struck:
            self._struck = struck
            self._redraw()

    def select(self, start: int, end: int) -> QTextCursor:
        """A cursor that selects a range of characters, as far as there are any."""
        last = max(0, self.document().characterCount() - 1)
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _paint_marks(self) -> None:
        selections = []
        for mark in self._marks:
            selection = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setBackground(self._theme.colour(f"{mark.meaning}_tint"))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(self._theme.colour(f"{mark.meaning}_line"))
            selection.format = form
            selection.cursor = self.select(mark.start, mark.end)
            selections.append(selection)
        self.setExtraSelections(selections)

    def _redraw(self) -> None:
        sizes = self._theme.type
        font = QFont(self.font())
        font.setPixelSize(sizes.reading if self._role == "reading" else sizes.base)
        document = self.document()
        document.setDefaultFont(font)
        features = QTextDocument.MarkdownFeature
        self._images.clear()
        document.setMarkdown(self._markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
        self._set_line_height(document)
        self._set_fonts(document, font.pixelSize())
        if self._theme.names is not None:
            self.setAccessibleDescription(mark_names(document, self._theme.names, self._theme.colour("line_strong")))
        self._heights.clear()
        if self._struck:
            struck = QTextCharFormat()
            struck.setFontStrikeOut(True)
            struck.setForeground(self._theme.colour("faint"))
            self.select(0, document.characterCount()).mergeCharFormat(struck)
        colour = self._theme.colour(self._role if self._role in ("faint", "soft") else "text")
        self.setTextColor(colour)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, colour)
        self.setPalette(palette)
        self._paint_marks()
        self.updateGeometry()

    @staticmethod
    def _set_line_height(document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        block = document.begin()
        while block.isValid():
            cursor.setPosition(block.position())
            form = block.blockFormat()
            form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setTopMargin(0)
            last = not block.next().isValid()
            form.setBottomMargin(0 if last else 4 if block.textList() else 10)
            cursor.setBlockFormat(form)
            block = block.next()

    @staticmethod
    def _set_fonts(document: QTextDocument, pixels: int) -> None:
        """Qt gives code the fixed font at its own size and headings up to twice the text's; keep both in step."""
        code = QTextCharFormat()
        code.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
        code.setProperty(QTextCharFormat.Property.FontPixelSize, round(pixels * 0.94))
        heading = QTextCharFormat()
        heading.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 0)
        heading.setProperty(QTextCharFormat.Property.FontPixelSize, round(pixels * 1.1))
        block = document.begin()
        while block.isValid():
            for part in block.textFormats():
                form = heading if block.blockFormat().headingLevel() else code
                if form is heading or part.format.fontFixedPitch():
                    cursor = QTextCursor(document)
                    cursor.setPosition(block.position() + part.start)
                    cursor.setPosition(block.position() + part.start + part.length, QTextCursor.MoveMode.KeepAnchor)
                    cursor.mergeCharFormat(form)
            block = block.next()

    def told_at(self, position: QPoint) -> str:
        """What there is to tell of the product name at a place of the text; empty elsewhere."""
        if not self.rect().contains(position):
            return ""
        return self.cursorForPosition(position).charFormat().toolTip()

    def hasHeightForWidth(self) -> bool:
        """Qt's question to the layout: yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in pixels that the text takes at a width."""
        # A page asks each of its texts time and again while it is built, and each answer lays the text out twice.
        if width not in self._heights:
            copy = self.document()
            before = copy.textWidth()
            copy.setTextWidth(width)
            self._heights[width] = int(copy.size().height() + 1)
            copy.setTextWidth(before)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """A column of the usual width."""
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        """As high as the text at the present width, so that nothing is cut off."""
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width means a new height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the text."""
        event.ignore()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Images from inside the deck's folder; nothing else is ever loaded."""
        url = QUrl(name)
        if self._folder is None or not url.isRelative():
            return None
        path = (self._folder / url.path()).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            return None
        self._images[path] = stamp_of(path)
        return super().loadResource(kind, QUrl.fromLocalFile(str(path)))
