"""Markdown as plain HTML: what is safe of it, and nothing that would load or run."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextListFormat,
    QTextTable,
)

_NUMBERED = (QTextListFormat.Style.ListDecimal, QTextListFormat.Style.ListLowerAlpha)
_BOLD = 600


def markdown_to_html(markdown: str, highlights: Iterable[tuple[int, int]] = ()) -> str:
    """The text as paragraphs, lists, code and tables. HTML in it is shown as text, images as their names.

    ``highlights`` are ranges of the characters that are displayed.
    """
    document = QTextDocument()
    features = QTextDocument.MarkdownFeature
    document.setMarkdown(markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
    highlight = QTextCharFormat()
    highlight.setBackground(Qt.GlobalColor.yellow)
    last = document.characterCount() - 1
    for start, end in highlights:
        cursor = QTextCursor(document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(highlight)
    return _walk(document.rootFrame().begin())


def _walk(iterator: QTextFrame.iterator) -> str:
    """The blocks and tables of a frame or a table's cell."""
    parts: list[str] = []
    lists: list[str] = []
    code: list[str] = []

    def end_code() -> None:
        if code:
            parts.append(f"<pre>{chr(10).join(code)}</pre>")
            code.clear()

    def end_lists(depth: int) -> None:
        while len(lists) > depth:
            parts.append(f"</li></{lists.pop()}>")

    while not iterator.atEnd():
        frame, block = iterator.currentFrame(), iterator.currentBlock()
        if isinstance(frame, QTextTable):
            end_code()
            end_lists(0)
            parts.append(_table(frame))
        elif block.isValid() and _is_code(block):
            code.append(escape(block.text()))
        elif block.isValid():
            end_code()
            listed = block.textList()
            if listed is None:
                end_lists(0)
                tag = "h4" if block.blockFormat().headingLevel() else "p"
                if text := _inline(block):
                    parts.append(f"<{tag}>{text}</{tag}>")
            else:
                depth = max(1, listed.format().indent())
                tag = "ol" if listed.format().style() in _NUMBERED else "ul"
                end_lists(depth if lists[depth - 1 : depth] == [tag] else depth - 1)
                parts.append("</li>" if len(lists) == depth else "")
                while len(lists) < depth:
                    lists.append(tag)
                    parts.append(f"<{tag}>" if len(lists) == depth else f"<{tag}><li>")
                parts.append(f"<li>{_inline(block)}")
        iterator += 1
    end_code()
    end_lists(0)
    return "".join(parts)


def _table(table: QTextTable) -> str:
    rows = []
    for row in range(table.rows()):
        cells = [_walk(table.cellAt(row, column).begin()) for column in range(table.columns())]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f'<table class="data">{"".join(rows)}</table>'


def _is_code(block: QTextBlock) -> bool:
    form = block.blockFormat()
    return form.hasProperty(QTextFormat.Property.BlockCodeFence) or form.nonBreakableLines()


def _inline(block: QTextBlock) -> str:
    parts = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        form = fragment.charFormat()
        if form.isImageFormat():
            parts.append(escape(f"[{form.toImageFormat().name()}]"))
        else:
            parts.append(_marked(escape(fragment.text()).replace("\u2028", "<br>"), form))
        iterator += 1
    return "".join(parts)


def _marked(text: str, form: QTextCharFormat) -> str:
    """The text inside the tags that its format asks for."""
    if form.fontFixedPitch():
        text = f"<code>{text}</code>"
    if form.fontWeight() >= _BOLD:
        text = f"<strong>{text}</strong>"
    if form.fontItalic():
        text = f"<em>{text}</em>"
    if form.fontStrikeOut():
        text = f"<s>{text}</s>"
    if form.hasProperty(QTextFormat.Property.BackgroundBrush):
        text = f"<mark>{text}</mark>"
    link = form.anchorHref()
    if link.startswith(("https://", "http://")):
        text = f'<a href="{escape(link)}">{text}</a>'
    return text
