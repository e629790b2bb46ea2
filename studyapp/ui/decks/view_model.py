"""The loaded decks, and what is wrong with those that did not load."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studyapp.content.library import LoadedFile
from studyapp.core.deck import Card, Question
from studyapp.core.names import NameFinder
from studyapp.core.problem import Severity
from studyapp.core.search import headline_of, search
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: its title, its counts and its problems, each as ``file:line:column: code message``."""

    title: str
    detail: str
    loaded: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One item that a search found."""

    item: Card | Question
    title: str
    detail: str


@dataclass(frozen=True)
class DecksState:
    """What the page shows: all files, those that did not load first, or what was found for ``query``."""

    summary: str = ""
    files: tuple[FileLine, ...] = ()
    query: str = ""
    found: tuple[Found, ...] = ()
    found_summary: str = ""


class DecksViewModel(QObject):
    """Shows the library; ``reload_wanted`` asks for the files to be read again."""

    changed = Signal(object)
    reload_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._query = ""
        self.state = DecksState()

    def search(self, query: str) -> None:
        """Show the items in which every word of the query stands; an empty query shows the files again."""
        if query.strip() != self._query:
            self._query = query.strip()
            self.refresh()

    def refresh(self) -> None:
        """Read the library again."""
        library = self._workspace.library
        bank = library.bank
        lines = tuple(
            _line(file)
            for file in sorted(library.files, key=lambda f: (f.loaded, str(f.path)))
            if file.kind == "deck" or not file.loaded
        )
        broken = sum(not file.loaded for file in library.files)
        summary = (
            f"{words.counted(len(bank.decks), 'deck')}, {words.counted(len(bank.questions), 'question')}, "
            f"{words.counted(len(bank.cards), 'card')}"
        )
        if broken:
            summary += f". {words.counted(broken, 'file')} did not load: mend what stands below, then reload."
        self.state = DecksState(summary, lines, self._query, *self._found())
        self.changed.emit(self.state)

    def _found(self) -> tuple[tuple[Found, ...], str]:
        """The first items found, and a line that counts all of them."""
        if not self._query:
            return (), ""
        bank = self._workspace.bank
        hits = search(bank, NameFinder(bank.products), self._query)
        title_of = bank.syllabus.title_of
        found = tuple(
            Found(
                hit.item,
                words.shortened(headline_of(hit.item), 110),
                f"{'Question' if isinstance(hit.item, Question) else 'Card'} · {title_of(hit.item.topic)}",
            )
            for hit in hits[:MOST_FOUND]
        )
        questions = sum(isinstance(hit.item, Question) for hit in hits)
        counts = f"{words.counted(questions, 'question')} and {words.counted(len(hits) - questions, 'card')} found"
        if len(hits) > MOST_FOUND:
            counts += f"; the first {MOST_FOUND} are shown, more words narrow it"
        return found, counts


def _line(file: LoadedFile) -> FileLine:
    """A file as a line; of one that loaded, warnings are the author's business and not shown."""
    name = Path(file.path).name
    return FileLine(
        title=file.title or name,
        detail=_detail(name, file.cards, file.questions, loaded=file.loaded),
        loaded=file.loaded,
        problems=tuple(str(p) for p in file.problems if p.severity is Severity.ERROR),
    )


def _detail(name: str, cards: int, questions: int, *, loaded: bool) -> str:
    if not loaded:
        return f"{name} · not loaded"
    return f"{name} · {words.counted(cards, 'card')}, {words.counted(questions, 'question')}"
