"""What is said about the decks above the page, and the files that are dropped onto the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from studyapp.content.library import Library, LoadedFile
from studyapp.core.errors import DataFolderError, StudyError
from studyapp.core.problem import Problem, Severity
from studyapp.ui import words
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.main_window import MainWindow
from studyapp.ui.widgets.message_bar import Message


class DeckNews(QObject):
    """Tells of files that do not load for as long as they do not, and of loads that were stopped."""

    def __init__(self, window: MainWindow, decks: DeckLoader, show_problems: Callable[[], None]) -> None:
        super().__init__(window)
        self._messages = window.messages
        self._decks = decks
        self._show_problems = show_problems
        self._told = ""
        decks.stopped.connect(self._tell_stopped)
        decks.trouble.connect(self._tell_trouble)
        window.dropped.connect(self._add)

    def tell(self, library: Library) -> None:
        """Say which files have problems; a message that was closed comes back only with other words."""
        text = _words([file for file in library.files if file.broken])
        if text == self._told:
            return
        self._told = text
        if text:
            self._messages.show_message(Message("broken", "caution", text, "See the problems", self._show_problems))
        else:
            self._messages.dismiss("broken")

    def _tell_stopped(self, left: int) -> None:
        files = words.counted(left, "file")
        text = f"You stopped the reading of the decks; {files} are not loaded. What is loaded can be used."
        self._messages.show_message(Message("stopped", "info", text, "Read the rest", self._decks.load))

    def _tell_trouble(self, error: StudyError) -> None:
        self._messages.show_message(Message("folders", "caution", f"{error.message} {error.next_step}"))

    def _add(self, paths: list[Path]) -> None:
        """Add what was dropped to the deck folders."""
        folders = self._decks.folders
        if folders is None:
            return
        added = folders.with_added(paths)
        names = ", ".join(path.name for path in paths)
        if added == folders:
            text = f"{names}: this is read already."
        else:
            try:
                self._decks.change(added)
            except DataFolderError as error:
                self._tell_trouble(error)
                return
            text = f"{names} is read with your decks from now on; the Decks page can remove it."
        self._messages.show_message(Message("dropped", "info", text))


def _words(broken: list[LoadedFile]) -> str:
    """The first problem of the first broken file by line and column, and how many files have some."""
    if not broken:
        return ""
    file = min(broken, key=lambda file: not file.stale)
    problem = _first(file)
    where = f"{file.path.name}, line {problem.line}, column {problem.column}: {problem.message}."
    if len(broken) == 1:
        rest = "Its last good version stays in use." if file.stale else "This file did not load; the others did."
        return f"{where} {rest}"
    if any(other.stale for other in broken):
        return f"{where} In all, {len(broken)} of your files do not load as they are; what was loaded stays in use."
    return f"{len(broken)} of your files did not load; the others did. The first problem: {where}"


def _first(file: LoadedFile) -> Problem:
    """The first problem that keeps a file from loading."""
    return next(problem for problem in file.problems if problem.severity is Severity.ERROR)
