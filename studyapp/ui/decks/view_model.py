"""The deck folders with their decks, what is wrong with those that do not load, and a search over all items."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studyapp.content.reading import Reading
from studyapp.core.deck import Card, Question
from studyapp.core.errors import StudyError
from studyapp.core.problem import Severity
from studyapp.sessions.deck_folders import DeckFolders
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.decks.finding import Found, find
from studyapp.ui.decks.lines import FileLine, Key, Line, lines_of
from studyapp.ui.routes import OpenInEditor, PreviewDeck, ShowReported
from studyapp.ui.steps import Stepper
from studyapp.ui.widgets.message_bar import Message


@dataclass(frozen=True)
class DecksState:
    """What the page shows: folders, each followed by its files, or what was found for ``query``, which may be nothing.
    Without a ``found_summary`` nothing is known of the search yet; while ``searching`` what was found is from before.

    The files that do not load as they are come before all folders. ``selected`` is the line that is shown in full.
    ``progress`` tells how far a longer load is. ``reported`` counts the reported items that are not dealt with.
    """

    summary: str = ""
    lines: tuple[Line, ...] = ()
    selected: Line | None = None
    progress: str = ""
    query: str = ""
    found: tuple[Found, ...] = ()
    found_summary: str = ""
    searching: bool = False
    reported: int = 0

    @property
    def found_nothing(self) -> bool:
        """Whether a search is over and nothing was found."""
        return bool(self.found_summary) and not self.found


class DecksViewModel(QObject):
    """Shows the library, and changes which folders and decks are in it.

    ``settled`` is the topic of a message that holds no longer.
    """

    changed = Signal(object)
    message = Signal(object)
    settled = Signal(str)
    navigate = Signal(object)

    def __init__(self, workspace: Workspace, decks: DeckLoader) -> None:
        super().__init__()
        self._workspace = workspace
        self._decks = decks
        self._query = ""
        self._finding = Stepper(self)
        # The line, and the deck in it, which may come back as another file.
        self._selected: Key | None = None
        self._selected_deck = ""
        self.state = DecksState()
        decks.reading.connect(self._show_progress)

    def search(self, query: str) -> None:
        """Show the items in which every word of the query stands; an empty query shows the files again."""
        if query.strip() != self._query:
            self._query = query.strip()
            self.refresh()

    def select(self, key: Key) -> None:
        """Show a file or folder in full."""
        if key != self._selected:
            self._selected, self._selected_deck = key, ""
            self._emit(replace(self.state, selected=self._line_of(self.state.lines)))

    def show_problems(self, path: Path) -> None:
        """Show a file that has problems."""
        self._select_file(path)
        self.refresh()

    def reload(self) -> None:
        """Read the files again."""
        self._decks.load()

    def show_new(self, path: Path) -> None:
        """Read the files again, as there is a new one, and show it."""
        self._select_file(path)
        self._decks.load()

    def cancel(self) -> None:
        """Stop reading them."""
        self._decks.cancel()

    def add_folder(self, path: Path) -> None:
        """Read the decks of one more folder, from now on."""
        folders = self._folders.with_added([path])
        if folders == self._folders:
            self.message.emit(Message("folders", "info", f"{path} is read already."))
            return
        self._selected, self._selected_deck = Key("folder", path.absolute()), ""
        self._change(folders)

    def remove(self, path: Path) -> None:
        """Read a folder or file no more; it stays where it is."""
        self._change(self._folders.without(path))

    def keep(self, path: Path) -> None:
        """Read what was opened for now at every start."""
        self._change(self._folders.with_added([path]))

    def switch(self, file: Path, *, on: bool) -> None:
        """Take a deck out of exams and reviews, or back in; its history stays."""
        self._change(self._folders.switched(file, on=on))

    def folder_to_open(self, path: Path) -> Path | None:
        """The folder to show of a file or folder; the learner's own is created where it is missing."""
        folder = path.parent if path.is_file() else path
        try:
            if folder == self._folders.own:
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = f"The folder could not be created: {error.strerror}. Mend the permissions of the data folder."
            self.message.emit(Message("folders", "wrong", text))
            return None
        return folder

    def preview(self, path: Path) -> None:
        """Show a deck item by item."""
        self.navigate.emit(PreviewDeck(path))

    def preview_item(self, item: Card | Question) -> None:
        """Show a deck from one of its items."""
        path = self._workspace.library.file_of(item.deck)
        if path is not None:
            self.navigate.emit(PreviewDeck(path, item.id))

    def open_editor(self, path: Path, line: int = 0, column: int = 1) -> None:
        """Open a file in the learner's editor: at a line, else at its first problem where it has one."""
        problems = next((file.problems for file in self._workspace.library.files if file.path == path), ())
        errors = ((problem.line, problem.column) for problem in problems if problem.severity is Severity.ERROR)
        self.navigate.emit(OpenInEditor(path, *((line, column) if line else next(errors, (1, 1)))))

    def show_reported(self) -> None:
        """Show the reported items."""
        self.navigate.emit(ShowReported())

    def refresh(self) -> None:
        """Read the library again."""
        lines = tuple(lines_of(self._workspace.library.files, self._folders))
        self._emit(
            replace(
                self.state,
                summary=self._summary(),
                lines=lines,
                selected=self._line_of(lines),
                query=self._query,
                searching=bool(self._query),
                reported=self._workspace.store.reported.open_count(),
            )
        )
        self._finding.stop()
        if self._query:
            self._finding.run(find(self._workspace.library, self._query), self._show_found)
        else:
            self._emit(replace(self.state, found=(), found_summary=""))

    def _show_found(self, found: tuple[tuple[Found, ...], str]) -> None:
        self._emit(replace(self.state, found=found[0], found_summary=found[1], searching=False))

    def _select_file(self, path: Path) -> None:
        self._query = ""
        self._selected, self._selected_deck = Key("file", path), ""

    @property
    def _folders(self) -> DeckFolders:
        assert self._decks.folders is not None
        return self._decks.folders

    def _change(self, folders: DeckFolders) -> None:
        try:
            self._decks.change(folders)
        except StudyError as error:
            self.message.emit(Message("folders", "wrong", f"{error.message} {error.next_step}"))
            return
        self.settled.emit("dropped")
        self.refresh()

    def _emit(self, state: DecksState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def _show_progress(self, reading: Reading | None) -> None:
        text = f"Reading decks: {reading.done:,} of {reading.total:,} files" if reading else ""
        self._emit(replace(self.state, progress=text))

    def _summary(self) -> str:
        library, bank = self._workspace.library, self._workspace.bank
        parts = [words.counted(len(bank.decks), "deck"), words.counted(len(bank.questions), "question")]
        parts.append(words.counted(len(bank.cards), "card"))
        states = {
            "switched off": sum(file.off for file in library.files),
            "in use as before": sum(file.stale for file in library.files),
            "not loaded": sum(file.broken and not file.stale for file in library.files),
        }
        rest = [f"{words.counted(count, 'file')} {state}" for state, count in states.items() if count]
        return " · ".join([", ".join(parts), *rest])

    def _line_of(self, lines: tuple[Line, ...]) -> Line | None:
        """The selected line; else that of its deck in another file; else the first.

        What is gone stays selected: a save may take it away for a moment, and a checkout for longer.
        """
        line = next((line for line in lines if line.key == self._selected), None)
        if line is None and self._selected_deck:
            decks = (line for line in lines if isinstance(line, FileLine))
            line = next((deck for deck in decks if deck.id == self._selected_deck), None)
        if line is None and self._selected is not None:
            return lines[0] if lines else None
        line = line or (lines[0] if lines else None)
        self._selected = line.key if line else None
        if isinstance(line, FileLine):
            self._selected_deck = line.id or self._selected_deck
        return line
