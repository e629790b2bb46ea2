"""The deck folders and their files, as the lines of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studyapp.content.library import LoadedFile
from studyapp.core.problem import Problem, Severity
from studyapp.sessions.deck_folders import DeckFolders
from studyapp.ui import words

SHIPPED, OWN = "Shipped with studyapp", "Your decks"


class Status(StrEnum):
    """How a file stands: loaded, in use as it was before it broke, not loaded, switched off."""

    LOADED = "loaded"
    STALE = "stale"
    BROKEN = "broken"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: its title, its counts and its problems. ``is_deck`` tells that it can be switched off."""

    path: Path
    title: str
    detail: str
    status: Status
    problems: tuple[str, ...]
    is_deck: bool


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One of the places that decks are read from; ``opened`` tells that it is for this session only."""

    path: Path
    title: str
    detail: str
    removable: bool
    opened: bool


def lines_of(files: Sequence[LoadedFile], folders: DeckFolders) -> Iterator[FileLine | FolderLine]:
    """The files that do not load as they are; then each folder, and the decks in it."""
    broken = sorted((file for file in files if file.broken), key=lambda file: (not file.stale, str(file.path)))
    yield from map(_file_line, broken)
    held: dict[Path, list[LoadedFile]] = {place: [] for place in folders.paths}
    for file in files:
        held.setdefault(folders.holding(file.path), []).append(file)
    for place, inside in held.items():
        yield _folder_line(place, inside, folders)
        decks = [file for file in inside if not file.broken and (file.kind == "deck" or file.off)]
        yield from map(_file_line, sorted(decks, key=lambda file: str(file.path)))


def _file_line(file: LoadedFile) -> FileLine:
    """A file as a line; of one that loaded, warnings are the author's business and not shown."""
    status = Status.STALE if file.stale else Status.OFF if file.off else Status.LOADED if file.loaded else Status.BROKEN
    told = {
        Status.LOADED: f"{words.counted(file.cards, 'card')}, {words.counted(file.questions, 'question')}",
        Status.STALE: "⚠ in use as before",
        Status.BROKEN: "✗ not loaded",
        Status.OFF: "switched off",
    }
    return FileLine(
        path=file.path,
        title=file.title or file.path.name,
        detail=f"{file.path.name} · {told[status]}",
        status=status,
        problems=tuple(_problem(p) for p in file.problems if p.severity is Severity.ERROR),
        is_deck=file.kind == "deck",
    )


def _problem(problem: Problem) -> str:
    return f"Line {problem.line}, column {problem.column} · {problem.code}: {problem.message}"


def _folder_line(place: Path, inside: list[LoadedFile], folders: DeckFolders) -> FolderLine:
    decks = sum(file.kind == "deck" for file in inside)
    title = "Opened for now" if place in folders.opened else place.name
    if place == folders.shipped:
        title = SHIPPED
    elif place == folders.own:
        title = OWN
    missing = place != folders.own and not inside and not place.exists()
    detail = "not there at the moment" if missing else words.counted(decks, "deck") if decks else "no decks yet"
    return FolderLine(place, title, detail, place in (*folders.added, *folders.opened), place in folders.opened)
