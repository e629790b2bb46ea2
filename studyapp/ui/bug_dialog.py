"""A bug: say so, and give a report that can be copied."""

import platform
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from studyapp import __version__
from studyapp.paths import without_home
from studyapp.ui.text_dialog import show_text


def bug_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The text to send: versions and the traceback, nothing of the learner's."""
    lines = traceback.format_exception(kind, error, trace)
    versions = f"studyapp {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return without_home(f"{versions}\n\n" + "".join(lines))


def show_bug(parent: QWidget, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Open the dialog; what was answered so far is on disk."""
    show_text(
        parent,
        "Something went wrong",
        "That is a bug in studyapp",
        "Your answers are saved. You can go on, or start the program again. Please send this report to the people who "
        "make it.",
        bug_report(kind, error, trace),
        "Copy report",
    )
