"""What makes the program at home on the learner's desktop: its icon, Qt's own words in the desktop's language, and on
macOS the files that it is asked to open.

None of it is needed for the first paint, and all of it comes after.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from studyapp import paths
from studyapp.ui.main_window import MainWindow


class MacApplication(QApplication):
    """macOS tells a program which files to open by events, at any time, and not by its arguments."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._waiting: list[Path] = []
        self._opener: Callable[[list[Path]], object] | None = None

    def open_with(self, opener: Callable[[list[Path]], object]) -> None:
        """Hand all files to ``opener`` from now on, and those that came before at once."""
        self._opener = opener
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            opener(waiting)

    def event(self, event: QEvent) -> bool:
        """Take the files; anything else is Qt's."""
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        files = [Path(event.file())]
        if self._opener is None:
            self._waiting += files
        else:
            self._opener(files)
        return True


def settle_in(window: MainWindow) -> None:
    """Give the program its icon and Qt its words, once in a process, and let the window take files to open."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    if qt.windowIcon().isNull():
        qt.setWindowIcon(QIcon(str(paths.resources() / "icons" / "studyapp.svg")))
        translator = QTranslator(qt)
        # The program speaks English; what Qt itself says, as in menus of text fields, may speak the learner's language.
        if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            qt.installTranslator(translator)
    if isinstance(qt, MacApplication):
        qt.open_with(window.dropped.emit)
