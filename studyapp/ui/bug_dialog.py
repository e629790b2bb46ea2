"""A bug: say so, and give a report that can be copied."""

import platform
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from studyapp import __version__
from studyapp.ui.widgets.layout import button, label, row


def bug_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The text to send: versions and the traceback, nothing of the learner's."""
    lines = traceback.format_exception(kind, error, trace)
    return (
        f"studyapp {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}\n\n"
        + "".join(lines)
    )


def show_bug(parent: QWidget, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Open the dialog; what was answered so far is on disk."""
    report = bug_report(kind, error, trace)
    dialog = QDialog(parent)
    dialog.setWindowTitle("Something went wrong")
    dialog.resize(640, 420)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(12)
    column.addWidget(label("That is a bug in studyapp", "section"))
    column.addWidget(
        label(
            "Your answers are saved. You can go on, or start the program again. Please send this report to the "
            "people who make it.",
            wrap=True,
        )
    )
    text = QPlainTextEdit(report)
    text.setReadOnly(True)
    column.addWidget(text, 1)
    column.addLayout(
        row(
            None,
            button("Copy report", lambda: QGuiApplication.clipboard().setText(report), "primary"),
            button("Close", dialog.accept),
        )
    )
    dialog.open()
