"""Underlines the product names that a text mentions, with their other names on hover and in words."""

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument

from studyapp.core.names import NameFinder


def mark_names(document: QTextDocument, finder: NameFinder, colour: QColor) -> str:
    """Mark the first mention of each product; what there is to tell of all of them, for a screen reader."""
    text = document.toPlainText()
    told = []
    for mention in finder.first_mentions(text):
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        form.setUnderlineColor(colour)
        form.setToolTip(mention.told)
        cursor = QTextCursor(document)
        cursor.setPosition(mention.start)
        cursor.setPosition(mention.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)
        told.append(f"{text[mention.start : mention.end]}: {mention.told}")
    return " ".join(told)
