"""A deck as its author looks at it: every item with its place in the file and its problems."""

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studyapp.content.check import check
from studyapp.content.discovery import shown
from studyapp.content.report import Report
from studyapp.content.tree import Document, lines_of_keys, place_of
from studyapp.content.yaml_reader import read
from studyapp.core.deck import Card, Deck, Question
from studyapp.core.problem import Problem


@dataclass(frozen=True)
class Placed:
    """An item, the line it begins in, and its problems."""

    item: Card | Question
    line: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class LookedAt:
    """A deck file. ``loaded`` tells that it loads; ``items`` are in the order of the file, none where it does not.

    ``problems`` are those that belong to no item: of the file itself, and all of a file that does not load.
    """

    path: Path
    title: str
    loaded: bool
    items: tuple[Placed, ...] = ()
    problems: tuple[Problem, ...] = ()

    def index_at(self, line: int) -> int:
        """The item that a line belongs to; the first one where the line stands before all items."""
        return max(0, bisect_right([placed.line for placed in self.items], line) - 1)


def look_at(path: Path, context: Path) -> LookedAt:
    """Read and check a deck file; where it has no syllabus beside it, against the folder ``context``.

    Raises:
        DeckFolderError: where there is no such file.
    """
    folder = check([path], context).folders[0]
    real = os.path.realpath(path)
    problems = next((found for file, found in folder.files.items() if os.path.realpath(file) == real), ())
    document = read(path, Report(shown(path)))
    deck = folder.decks[0] if folder.decks else None
    title = deck.title if deck else str(document.data.get("title", path.name)) if document else path.name
    # The file may have been written to between the two readings; it will be looked at again for that.
    if deck is None or document is None:
        return LookedAt(path, title, loaded=deck is not None or not problems, problems=problems)
    return _placed(path, deck, document, problems)


def _placed(path: Path, deck: Deck, document: Document, problems: Sequence[Problem]) -> LookedAt:
    places = document.places
    items: Sequence[Card | Question] = (*deck.cards, *deck.questions)
    steps = [("cards", i) for i in range(len(deck.cards))] + [("questions", i) for i in range(len(deck.questions))]
    begins = [(place_of(places, step)[0], item) for step, item in zip(steps, items, strict=True)]
    # What stands above the items, and the lines of the keys above them, belong to the file itself.
    keys = dict.fromkeys(lines_of_keys(places))
    starts = sorted([*((line, item) for line, item in begins), *keys.items()], key=lambda start: start[0])
    lines = [line for line, _ in starts]
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        at = bisect_right(lines, problem.line) - 1
        owner = starts[at][1] if at >= 0 else None
        found.setdefault(owner.id if owner else "", []).append(problem)
    placed = [Placed(item, line, tuple(found.get(item.id, ()))) for line, item in sorted(begins, key=lambda b: b[0])]
    return LookedAt(path, deck.title, True, tuple(placed), tuple(found.get("", ())))
