"""Writing something to a file of the learner's choice: where to, and what is said once it is there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from studyapp.core.errors import StudyError
from studyapp.ui.widgets.message_bar import Message

_TOPIC = "export"


def ask_where(parent: QWidget, title: str, name: str, ending: str, chosen: Callable[[Path], None]) -> None:
    """Ask where to write a file, which is called ``name`` unless the learner calls it otherwise."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, folder, f"*.{ending}")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(f"{name}.{ending}")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def saved(path: Path) -> Message:
    """Where it is now, and the way to it."""
    return Message(_TOPIC, "info", f"Saved as {path}.", "Open", lambda: _open(path))


def not_saved(error: StudyError) -> Message:
    """Why it could not be written."""
    return Message(_TOPIC, "wrong", f"{error.message} {error.next_step}")


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
