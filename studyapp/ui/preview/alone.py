"""``studyapp preview``: the preview in a window of its own, beside the editor; needs no data folder."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from studyapp.ui.editor import open_and_tell
from studyapp.ui.preview.page import PreviewPage
from studyapp.ui.preview.view_model import PreviewViewModel
from studyapp.ui.routes import OpenInEditor
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.message_bar import MessageArea

if TYPE_CHECKING:
    from studyapp.content.surroundings import Beside

_SIZE_STEP = 10


class PreviewWindow(QMainWindow):
    """The preview of one file; closing it ends the program."""

    def __init__(self, theme: Theme, context: Path) -> None:
        super().__init__()
        self.view_model = PreviewViewModel(lambda: _beside(context))
        self.messages = MessageArea()
        self.page = PreviewPage(self.view_model, theme, alone=True)
        self.resize(1120, 760)
        self.setMinimumSize(720, 480)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.page, 1)
        self.setCentralWidget(middle)
        self.view_model.message.connect(self.messages.show_message)
        self.view_model.settled.connect(self.messages.dismiss)
        self.view_model.navigate.connect(self._open_in_editor)
        self.view_model.changed.connect(lambda state: self.setWindowTitle(f"{state.title} – studyapp preview"))
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(
                lambda step=step: theme.set_percent(theme.percent + step * _SIZE_STEP)
            )
        for keys in ("Ctrl+W", "Ctrl+Q"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)

    def _open_in_editor(self, route: OpenInEditor) -> None:
        """The only way out of a preview that stands alone."""
        open_and_tell(self.messages, route.path, route.line, route.column)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The worker ends with the window, which is out of sight before what runs there is over."""
        self.hide()
        self.view_model.close()
        event.accept()


def _beside(context: Path) -> "Beside":
    """On the worker, which imports the parser for it."""
    from studyapp.content.surroundings import InFolder

    return InFolder(context)


def run(path: Path, line: int, context: Path) -> int:
    """Show a deck file from the item that a line belongs to, until the window is closed; the exit code."""
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("studyapp")
    theme = Theme(qt)
    theme.choose("system")
    window = PreviewWindow(theme, context)
    window.view_model.show_file(path, line)
    window.show()
    return QApplication.exec()
