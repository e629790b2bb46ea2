"""A long text to read and to copy: a report, or licences."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from studyapp.ui.widgets.layout import button, label, row


def show_text(parent: QWidget, title: str, headline: str, explanation: str, text: str, copy: str = "") -> None:
    """Open the text with a few words above it; ``copy`` names the button that copies it, where there is to be one."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.resize(min(720, parent.width() - 40), min(520, parent.height() - 40))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(12)
    column.addWidget(label(headline, "section", wrap=True))
    column.addWidget(label(explanation, wrap=True))
    shown = QPlainTextEdit(text)
    shown.setReadOnly(True)
    shown.setAccessibleName(title)
    column.addWidget(shown, 1)
    foot = row(None, button("Close", dialog.accept))
    if copy:
        foot.insertWidget(1, button(copy, lambda: QGuiApplication.clipboard().setText(text), "primary"))
    column.addLayout(foot)
    dialog.open()
