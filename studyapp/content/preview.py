"""A deck as its author looks at it: every item with its place in the file and its problems.

Only the file itself is read; what the others define is given, and what a comparison with all of them finds is worked
out by itself, as that takes longer than a save may take to show.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from studyapp.content.check import COVERAGE, LEDGER, deck_root
from studyapp.content.checks import resemblance
from studyapp.content.checks.resemblance import Likeness
from studyapp.content.checks.texts import card_texts, question_texts
from studyapp.content.config import read_config
from studyapp.content.discovery import first_key, require, shown
from studyapp.content.id_checks import report_new
from studyapp.content.inspector import RESEMBLANCE, Inspector
from studyapp.content.kept import Stamp, stamp_of
from studyapp.content.ledger import read_ledger
from studyapp.content.loader import Source
from studyapp.content.parsing import build
from studyapp.content.references import report_link
from studyapp.content.report import Report
from studyapp.content.surroundings import Surroundings
from studyapp.content.tree import Document, Tree, lines_of_keys, place_of
from studyapp.core.deck import Card, Case, Deck, Question
from studyapp.core.problem import Problem

_FEW = 5000
"""Items up to which they are compared with one another while one waits for that; more are left to the command."""
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*(?:<([^>]*)>|([^)\s]+))")


@dataclass(frozen=True)
class Placed:
    """An item, the line it begins in, and its problems; a question's case, and the folder of that case's images."""

    item: Card | Question
    line: int
    problems: tuple[Problem, ...]
    case: Case | None = None
    case_folder: Path | None = None


@dataclass(frozen=True)
class LookedAt:
    """A deck file. ``loaded`` tells that it loads; ``items`` are in the order of the file, none where it does not.

    ``problems`` are those that belong to no item: of the file itself, and all of a file that does not load. ``images``
    are those that the items show, each with its stamp, None where it is missing.
    """

    path: Path
    title: str
    loaded: bool
    items: tuple[Placed, ...] = ()
    problems: tuple[Problem, ...] = ()
    deck: Deck | None = None
    images: tuple[tuple[Path, Stamp | None], ...] = ()

    def index_at(self, line: int) -> int:
        """The item that a line belongs to; the first one where the line stands before all items."""
        return max(0, bisect_right([placed.line for placed in self.items], line) - 1)


def look_at(path: Path, around: Surroundings, alike: Sequence[Likeness] | None = None) -> LookedAt:
    """Read and check a deck file; ``alike`` is what ``find_alike`` found in it, as far as that is known yet.

    Raises:
        DeckFolderError: where there is no such file.
    """
    require(path)
    root = deck_root(path)
    choice = read_config(root)[0].for_file(path.relative_to(root).as_posix())
    ledger = read_ledger(root)
    report = Report(shown(path), choice.wants)
    source = Source(path, lambda _path: report)
    inspector = Inspector({path}, choice, ledger)
    documents: list[Document] = []

    def inspect(source: Source) -> None:
        inspector.inspect(source)
        if source.document is not None:
            documents.append(source.document)

    index = around.index()
    if first_key(path) == "syllabus":
        index.topics = None
    build(source, index, inspect)
    title = source.title or path.name
    if not isinstance(source.built, Deck):
        return LookedAt(path, title, source.built is not None, problems=report.problems)
    for link in source.links:
        if not index.has(link.kind, link.target):
            report_link(link, index, report)
    places = documents[0].places
    _report_likeness(source.built, places, alike or (), report)
    # Whether an id is renamed takes all files of the folder to see.
    for new in inspector.new:
        report_new(new, renamed={})
    skipped = {*COVERAGE, *(("W214",) if ledger else LEDGER), *(() if alike is not None else RESEMBLANCE)}
    report.check_ignores(lambda code: code not in skipped)
    return _placed(path, source.built, places, report.problems, around)


def find_alike(
    deck: Deck, around: Surroundings, stopped: Callable[[], bool] = lambda: False
) -> tuple[Likeness, ...] | None:
    """The items of a deck that are nearly others, there or elsewhere, or are given away by them.

    None where they are not compared: they are too many, or ``stopped``, which is asked now and then, said so.
    """
    # Of two that are alike it is the later one that is told.
    decks = (*around.decks[: around.before], deck, *around.decks[around.before :])
    questions = [question for one in decks for question in one.questions]
    cards = [card for one in decks for card in one.cards]
    if len(questions) + len(cards) > _FEW:
        return None
    names = [name for product in around.products for name in product.all_names]
    own = {item.id for _, item in _steps(deck)}
    found: list[Likeness] = []
    for rule in (
        resemblance.given_away(questions, names),
        resemblance.near_questions(questions),
        resemblance.near_cards(cards),
    ):
        if stopped():
            return None
        found += [likeness for likeness in rule if likeness.id in own]
    return tuple(found)


def _report_likeness(deck: Deck, places: Tree, alike: Sequence[Likeness], report: Report) -> None:
    at = {item.id: place_of(places, (*step, "id")) for step, item in _steps(deck)} if alike else {}
    for likeness in alike:
        if likeness.id in at:
            report.add(likeness.code, at[likeness.id], likeness.message, at[likeness.id][0])


def _steps(deck: Deck) -> Iterator[tuple[tuple[str, int], Card | Question]]:
    for i, card in enumerate(deck.cards):
        yield ("cards", i), card
    for i, question in enumerate(deck.questions):
        yield ("questions", i), question


def _images(folder: Path, placed: Sequence[Placed]) -> tuple[tuple[Path, Stamp | None], ...]:
    """The images of the items and of their cases."""
    texts = [(folder, text) for one in placed for text in _texts(one.item)]
    texts += [(one.case_folder, one.case.text) for one in placed if one.case and one.case_folder]
    names = [(place, name) for place, text in texts if "![" in text for name in _IMAGE.findall(text)]
    files = sorted({place / unquote(one or other) for place, (one, other) in names})
    return tuple((file, stamp_of(file)) for file in files)


def _texts(item: Card | Question) -> list[str]:
    found = card_texts(item) if isinstance(item, Card) else question_texts(item)
    return [text for _, text in found]


def _placed(path: Path, deck: Deck, places: Tree, problems: Sequence[Problem], around: Surroundings) -> LookedAt:
    begins = [(place_of(places, step)[0], item) for step, item in _steps(deck)]
    # What stands above the items, and the lines of the keys above them, belong to the file itself.
    keys = dict.fromkeys(lines_of_keys(places))
    starts = sorted([*((line, item) for line, item in begins), *keys.items()], key=lambda start: start[0])
    lines = [line for line, _ in starts]
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        at = bisect_right(lines, problem.line) - 1
        owner = starts[at][1] if at >= 0 else None
        found.setdefault(owner.id if owner else "", []).append(problem)
    placed = [
        Placed(item, line, tuple(found.get(item.id, ())), *_case_of(item, around))
        for line, item in sorted(begins, key=lambda begin: begin[0])
    ]
    images = _images(path.parent, placed)
    return LookedAt(path, deck.title, True, tuple(placed), tuple(found.get("", ())), deck, images)


def _case_of(item: Card | Question, around: Surroundings) -> tuple[Case | None, Path | None]:
    case = item.case if isinstance(item, Question) else None
    return around.cases.get(case, (None, None)) if case else (None, None)
