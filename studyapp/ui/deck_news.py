"""What is said about the decks above the page."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from studyapp.content.library import Library, LoadedFile
from studyapp.core.errors import DatabaseError, StudyError
from studyapp.core.problem import Problem, Severity
from studyapp.ui import words
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.file_names import FileNames
from studyapp.ui.main_window import MainWindow
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from studyapp.store.settings import SettingsStore

CLOSED = "closed problems"
"""The setting with what was closed: by file its problems, each as code, message and line."""


class Seen(NamedTuple):
    """A problem as it is known again: by code and message, as its line moves with what is written above it."""

    code: str
    message: str
    line: int


class _Broken(NamedTuple):
    """What is known of a file that does not load; ``told`` is the problem that stands for it."""

    seen: tuple[Seen, ...]
    told: Problem | None


class DeckNews(QObject):
    """Tells of files that do not load for as long as they do not, and of loads that were stopped.

    A message that was closed comes back with a new problem, be it days later; what was new last is named.
    """

    def __init__(
        self,
        window: MainWindow,
        decks: DeckLoader,
        settings: "SettingsStore",
        show_problems: Callable[[Path], bool],
    ) -> None:
        super().__init__(window)
        self._messages = window.messages
        self._decks = decks
        self._settings = settings
        self._show_problems = show_problems
        # Those that broke last come first.
        self._known = _closed_before(settings)
        self._kept = bool(self._known)
        self._text = ""
        self._open = False
        decks.stopped.connect(self._tell_stopped)
        decks.trouble.connect(self._tell_trouble)

    def tell(self, library: Library) -> None:
        """Say which files have problems, where that is new or still stands there."""
        broken = {file.path: file for file in library.files if file.broken}
        fresh = self._note(broken)
        if not broken:
            self._messages.dismiss("broken")
            self._open = False
            self._keep_closed(False)
            return
        if fresh:
            self._keep_closed(False)
        files = [broken[path] for path in self._known]
        text = _words(files, self._known, FileNames(file.path for file in library.files), all_new=fresh == len(files))
        if fresh or (self._open and text != self._text):
            self._show(text, files[0].path)

    def _note(self, broken: dict[Path, LoadedFile]) -> int:
        """Take note of what is broken, and count the files with a problem that was not there before."""
        newest: dict[Path, _Broken] = {}
        others: dict[Path, _Broken] = {}
        for path in sorted(broken, key=lambda path: not broken[path].stale):
            errors = [problem for problem in broken[path].problems if problem.severity is Severity.ERROR]
            before = self._known.get(path)
            fresh = _fresh(errors, before.seen if before else ())
            seen = tuple(map(_seen, errors))
            if fresh is not None:
                newest[path] = _Broken(seen, fresh)
            else:
                others[path] = _Broken(seen, _same(errors, before.told if before else None))
        order = [path for path in self._known if path in others]
        self._known = {**newest, **{path: others[path] for path in order}}
        return len(newest)

    def _show(self, text: str, path: Path) -> None:
        def see() -> None:
            self._open = False
            if not self._show_problems(path):
                # It holds for as long as the file is broken.
                self._show(text, path)

        def close() -> None:
            self._open = False
            self._keep_closed(True)

        self._text, self._open = text, True
        self._messages.show_message(Message("broken", "caution", text, "See the problems", see, closed=close))

    def _keep_closed(self, closed: bool) -> None:
        """Remember over a restart what was closed, or that nothing is."""
        kept = {str(path): list(known.seen) for path, known in self._known.items()} if closed else {}
        if kept or self._kept:
            # Where it cannot be written the message comes again.
            with suppress(DatabaseError):
                self._settings.set(CLOSED, kept)
            self._kept = bool(kept)

    def _tell_stopped(self, left: int) -> None:
        files = words.counted(left, "file")
        text = f"You stopped the reading of the decks; {files} are not loaded. What is loaded can be used."
        self._messages.show_message(Message("stopped", "info", text, "Read the rest", self._decks.load))

    def _tell_trouble(self, error: StudyError) -> None:
        self._messages.show_message(Message("folders", "caution", f"{error.message} {error.next_step}"))


def _seen(problem: Problem) -> Seen:
    return Seen(problem.code, problem.message, problem.line)


def _alike(problem: Problem | Seen) -> tuple[str, str]:
    return problem.code, problem.message


def _fresh(errors: Sequence[Problem], before: Sequence[Seen]) -> Problem | None:
    """The first problem that was not there before; None where there is none, or fewer."""
    more = Counter(map(_alike, errors)) - Counter(map(_alike, before))
    candidates = [error for error in errors if _alike(error) in more]
    elsewhere = (error for error in candidates if _seen(error) not in before)
    return next(elsewhere, candidates[0] if candidates else None)


def _same(errors: Sequence[Problem], told: Problem | None) -> Problem:
    """The problem that was told before, where it is there still; else the first."""
    alike = [error for error in errors if told and _alike(error) == _alike(told)]
    return next((error for error in alike if told and error.line == told.line), (alike or errors)[0])


def _closed_before(settings: "SettingsStore") -> dict[Path, _Broken]:
    kept = settings.get(CLOSED, {})
    return {Path(path): _Broken(tuple(Seen(*one) for one in seen), None) for path, seen in kept.items()}


def _words(files: Sequence[LoadedFile], known: dict[Path, _Broken], names: FileNames, *, all_new: bool) -> str:
    """The newest problem by file, line and column, and how many files have some."""
    file = files[0]
    problem = known[file.path].told
    assert problem is not None
    where = f"{names.of(file.path)}, line {problem.line}, column {problem.column}: {names.told(problem).message}."
    if len(files) == 1:
        rest = "Its last good version stays in use." if file.stale else "This file did not load; the others did."
        return f"{where} {rest}"
    stale = any(other.stale for other in files)
    if all_new and not stale:
        return f"{len(files)} of your files did not load; the others did. The first problem: {where}"
    rest = "what was loaded stays in use" if stale else "the others do"
    return f"{where} In all, {len(files)} of your files do not load as they are; {rest}."
