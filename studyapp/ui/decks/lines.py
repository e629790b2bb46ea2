"""The deck folders and their files, as the lines of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from studyapp.content.library import LoadedFile
from studyapp.core.problem import Problem, Severity
from studyapp.sessions.deck_folders import DeckFolders
from studyapp.ui import words
from studyapp.ui.file_names import FileNames

SHIPPED, OWN = "Shipped with studyapp", "Your decks"


class Status(StrEnum):
    """How a file stands: loaded, in use as it was before it broke, not loaded, switched off."""

    LOADED = "loaded"
    STALE = "stale"
    BROKEN = "broken"
    OFF = "off"


class Key(NamedTuple):
    """What a line stands for. A single file that was added is a place and a file at once: two lines of one path."""

    kind: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: its title, its counts, and the problems that keep it from loading.

    ``id`` is that of the deck, empty where it is not known. ``warnings`` counts what the loader found besides.
    ``switchable`` tells that it can be switched off. ``removable`` and ``opened`` are as for a folder: the file was
    added, or opened for this session, by itself.
    """

    path: Path
    title: str
    detail: str
    status: Status
    problems: tuple[Problem, ...]
    switchable: bool
    id: str = ""
    warnings: int = 0
    removable: bool = False
    opened: bool = False

    @property
    def key(self) -> Key:
        """Tells it from all other lines."""
        return Key("file", self.path)


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One of the places that decks are read from; ``opened`` tells that it is for this session only.

    ``deckless`` tells that it is a folder and no deck was found in it.
    """

    path: Path
    title: str
    detail: str
    removable: bool
    opened: bool
    deckless: bool = False

    @property
    def key(self) -> Key:
        """Tells it from all other lines."""
        return Key("folder", self.path)


Line = FileLine | FolderLine


def lines_of(files: Sequence[LoadedFile], folders: DeckFolders) -> Iterator[Line]:
    """The files that do not load as they are; then each folder, and the decks in it."""
    names = FileNames(file.path for file in files)
    broken = sorted((file for file in files if file.broken), key=lambda file: (not file.stale, str(file.path)))
    yield from (_file_line(file, folders, names) for file in broken)
    # A file that was added and lies in a folder that is read stands there, and nowhere else.
    within = {place for place in folders.paths if folders.holding(place) != place and place.is_file()}
    held: dict[Path, list[LoadedFile]] = {place: [] for place in folders.paths if place not in within}
    for file in files:
        held.setdefault(folders.holding(file.path), []).append(file)
    for place, inside in held.items():
        yield _folder_line(place, inside, folders)
        decks = [file for file in inside if not file.broken and (file.kind == "deck" or file.off)]
        yield from (_file_line(file, folders, names) for file in sorted(decks, key=lambda file: str(file.path)))


def _file_line(file: LoadedFile, folders: DeckFolders, names: FileNames) -> FileLine:
    """A file as a line; of one that loaded, warnings are the author's business and only counted."""
    status = Status.STALE if file.stale else Status.OFF if file.off else Status.LOADED if file.loaded else Status.BROKEN
    told = {
        Status.LOADED: words.held((file.cards, "card"), (file.questions, "question")),
        Status.STALE: "⚠ in use as before",
        Status.BROKEN: "✗ not loaded",
        Status.OFF: "switched off",
    }
    errors = [problem for problem in file.problems if problem.severity is Severity.ERROR]
    return FileLine(
        path=file.path,
        title=file.title or file.path.name,
        detail=f"{file.path.name} · {told[status]}",
        status=status,
        problems=tuple(map(names.told, errors)),
        # What is shipped belongs together; elsewhere may lie what was never meant for studyapp.
        switchable=file.kind == "deck" or file.off or not file.path.is_relative_to(folders.shipped),
        id=file.id,
        warnings=len(file.problems) - len(errors),
        removable=file.path in (*folders.added, *folders.opened),
        opened=file.path in folders.opened,
    )


def _folder_line(place: Path, inside: list[LoadedFile], folders: DeckFolders) -> FolderLine:
    out = sum(file.broken and not file.stale for file in inside)
    decks = sum(file.kind == "deck" and (file.stale or not file.broken) for file in inside)
    title = "Opened for now" if place in folders.opened else place.name
    if place == folders.shipped:
        title = SHIPPED
    elif place == folders.own:
        title = OWN
    missing = place != folders.own and not inside and not place.exists()
    told = words.counted(decks, "deck") if decks else "no deck" if inside else "no decks yet"
    return FolderLine(
        place,
        title,
        "not there at the moment" if missing else f"{told}, {out} not loaded" if out else told,
        removable=place in (*folders.added, *folders.opened),
        opened=place in folders.opened,
        deckless=not decks and not out and place.is_dir(),
    )
