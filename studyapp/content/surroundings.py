"""What a deck file is held against while it is written: everything else that is loaded.

It is made once and used for each save, until something of it changes.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from studyapp.content.check import deck_root, library_folders
from studyapp.content.discovery import deck_files, folders_of, shown
from studyapp.content.index import Claimed, Index
from studyapp.content.item_block import line_of
from studyapp.content.kept import Kept
from studyapp.content.library import Library
from studyapp.content.loader import load_sources
from studyapp.content.tree import FIRST
from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Case, Deck, Question
from studyapp.core.names import Product
from studyapp.core.syllabus import Syllabus


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The other files as far as a deck can refer to them. ``topics`` is None where no syllabus is loaded.

    ``cases`` come with the folder of their images. ``before`` is how many of the ``decks`` come before the file.
    ``files`` are files and folders whose change makes this outdated, where nobody else tells of it.
    """

    topics: frozenset[str] | None = None
    cases: Mapping[str, tuple[Case, Path | None]] = field(default_factory=dict)
    broken_cases: frozenset[str] = frozenset()
    decks: tuple[Deck, ...] = ()
    before: int = 0
    products: tuple[Product, ...] = ()
    files: tuple[Path, ...] = ()

    def index(self) -> Index:
        """What they define, for one reading of a file, which adds to it."""
        owners = {space: dict(claims) for space, claims in self._claims.owners.items()}
        return Index(self.topics, set(self.cases), set(self.broken_cases), owners)

    @cached_property
    def _claims(self) -> Index:
        index = Index()
        for deck in self.decks:
            index.settle(_claimed(deck))
        return index


class _Built(NamedTuple):
    """A file of a folder, and what it gave; None where it does not load."""

    path: Path
    kind: str
    id: str
    core: Any


Beside = Callable[[Path], Surroundings]
"""Gives the surroundings of a file, newly made only where something of them has changed; may run on any thread."""


class InLibrary:
    """The surroundings of a file in the window: all that is loaded but for the file itself."""

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library
        self._made: tuple[Library, Path, Surroundings] | None = None

    def __call__(self, path: Path) -> Surroundings:
        """The surroundings of a file."""
        library, made = self._library(), self._made
        if made is None or made[0] is not library or made[1] != path:
            made = self._made = (library, path, _of_library(library, path))
        return made[2]


class InFolder:
    """The surroundings of a file by itself: its own folder, after the folder ``context`` where that has no syllabus."""

    def __init__(self, context: Path) -> None:
        self._context = context
        self._kept: dict[Path, Kept] = {}
        self._made: tuple[list[_Built], Surroundings] | None = None

    def __call__(self, path: Path) -> Surroundings:
        """The surroundings of a file; of the other files only those are parsed that have changed."""
        root = deck_root(path)
        folders = library_folders(root, self._context)
        itself = os.path.realpath(path)
        files = list(deck_files(folders))
        others = [file for file in files if os.path.realpath(file) != itself]
        built = [_Built(s.path, s.kind, s.id, s.built) for s in load_sources(others, keep=self._kept)]
        if self._made is None or not _same(self._made[0], built):
            decks = {one.path for one in built if isinstance(one.core, Deck)}
            place = next((file for file in files if file not in others), path)
            before = _decks_before(place, [(file, file in decks) for file in files])
            self._made = (
                built,
                _of_files(built, before, (*others, *(place for one in folders for place in folders_of(one)))),
            )
        return self._made[1]


def index_beside(bank: Bank, path: Path) -> Index:
    """What everything loaded defines, but for a file."""
    return _of_bank(bank, path).index()


def _of_bank(bank: Bank, path: Path) -> Surroundings:
    itself = shown(path)
    return Surroundings(
        topics=frozenset(bank.syllabus.topics),
        cases={case.id: (case, None) for case in bank.cases},
        decks=tuple(deck for deck in bank.decks if deck.path != itself),
        products=bank.products,
    )


def _of_library(library: Library, path: Path) -> Surroundings:
    folders = {file.id: file.path.parent for file in library.files if file.kind == "case" and file.loaded}
    return replace(
        _of_bank(library.bank, path),
        cases={case.id: (case, folders.get(case.id)) for case in library.bank.cases},
        broken_cases=frozenset(file.id for file in library.files if file.kind == "case" and not file.loaded),
        before=_decks_before(path, [(file.path, file.loaded and file.kind == "deck") for file in library.files]),
    )


def _decks_before(path: Path, files: Iterable[tuple[Path, bool]]) -> int:
    """How many of the files up to this one are decks; of all of them where it is none of them."""
    return sum(is_deck for _, is_deck in takewhile(lambda file: file[0] != path, files))


def _same(before: Sequence[_Built], now: Sequence[_Built]) -> bool:
    """Whether nothing has changed: what was not read again gives the very same objects."""
    return len(before) == len(now) and all(
        one.path == other.path and one.core is other.core for one, other in zip(before, now, strict=True)
    )


def _of_files(built: Sequence[_Built], before: int, files: Iterable[Path]) -> Surroundings:
    syllabus = next((one.core for one in built if isinstance(one.core, Syllabus)), None)
    return Surroundings(
        topics=frozenset(syllabus.topics) if syllabus else None,
        cases={one.core.id: (one.core, one.path.parent) for one in built if isinstance(one.core, Case)},
        broken_cases=frozenset(one.id for one in built if one.kind == "case" and one.core is None),
        decks=tuple(one.core for one in built if isinstance(one.core, Deck)),
        before=before,
        products=tuple(product for one in built if one.kind == "names" for product in one.core or ()),
        files=tuple(files),
    )


class _Elsewhere(Claimed):
    """The ids of a deck that is loaded; where each stands is looked up when somebody asks."""

    __slots__ = ()

    def place(self, space: str, id_: str) -> str:
        return f"{self.path}:{line_of(Path(self.path), id_)}" if space == "item" else self.path


def _claimed(deck: Deck) -> Claimed:
    claimed = _Elsewhere(deck.path)
    claimed.add("deck", deck.id, FIRST)
    sections: tuple[tuple[str, Sequence[Card | Question]], ...] = (("card", deck.cards), ("question", deck.questions))
    for kind, items in sections:
        for item in items:
            claimed.add(kind, item.id, FIRST)
            for former in item.was:
                claimed.add("former", former, FIRST)
    return claimed
