"""Loading deck folders: every file is read by itself, and a broken one never keeps the others from loading."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studyapp.content import build, references, schema
from studyapp.content.discovery import deck_files, first_key, shown
from studyapp.content.library import Library, LoadedFile
from studyapp.content.references import Claims, Index, Link
from studyapp.content.report import Report, hint, quoted
from studyapp.content.tree import Document, key_place, place_of
from studyapp.content.validate import validate
from studyapp.content.yaml_reader import read
from studyapp.core.bank import Bank
from studyapp.core.deck import Deck
from studyapp.core.errors import DeckFolderError
from studyapp.core.syllabus import Syllabus

_ORDER = ("syllabus", "names", "case", "blueprint", "deck")
"""Kinds in the order in which they are built: each refers only to kinds before it."""


class LoadCancelledError(Exception):
    """The caller asked to stop; nothing was loaded."""


@dataclass
class Source:
    """A file while it is being loaded; ``built`` is its core object once it has loaded."""

    path: Path
    report: Report
    document: Document | None = None
    kind: str = ""
    id: str = ""
    title: str = ""
    cards: int = 0
    questions: int = 0
    links: list[Link] = field(default_factory=list)
    built: Any = None

    def result(self) -> LoadedFile:
        """What is to be told about the file."""
        return LoadedFile(
            path=self.path,
            kind=self.kind,
            id=self.id,
            title=self.title,
            cards=self.cards,
            questions=self.questions,
            problems=self.report.problems,
            loaded=self.built is not None,
        )


Inspect = Callable[[Source], None]
"""Looks closer at a file that has loaded, while its document is at hand."""


def load(folders: Sequence[Path], *, cancelled: Callable[[], bool] | None = None) -> Library:
    """Load every file of the folders; a path to a file stands for that file. May run on any thread.

    The first folder counts first: where two files define the same id, the later one does not load.

    Raises:
        DeckFolderError: where no folder can be read, or no syllabus in them.
        LoadCancelledError: where ``cancelled`` said so between two files.
    """
    sources = load_sources(list(deck_files(folders)), cancelled=cancelled)
    bank = bank_of(sources)
    if bank is None:
        raise _no_syllabus(folders, sources)
    return Library(bank, tuple(source.result() for source in sources))


def load_sources(
    paths: Sequence[Path],
    *,
    cancelled: Callable[[], bool] | None = None,
    inspect: Inspect | None = None,
    report_for: Callable[[Path], Report] | None = None,
) -> list[Source]:
    """Load files, in the order given where ids clash; ``inspect`` is called with each that has loaded.

    ``report_for`` makes the report that takes a file's problems.

    Raises:
        LoadCancelledError: where ``cancelled`` said so between two files.
    """
    stop = cancelled or (lambda: False)
    sources = [Source(path, report_for(path) if report_for else Report(shown(path))) for path in paths]
    index = Index()
    with _without_collector():
        for source in sources:
            _check_not_cancelled(stop)
            if first_key(source.path) != "deck":  # decks wait for their turn, so that one at a time is in memory
                _identify(source)
        for source in sorted(sources, key=lambda source: _ORDER.index(source.kind or "deck")):
            _check_not_cancelled(stop)
            _build(source, index, inspect)
        for source in sources:
            for link in source.links:
                references.check_link(link, index, source.report)
    return sources


def bank_of(sources: Sequence[Source]) -> Bank | None:
    """The bank of what has loaded; None without a syllabus."""

    def built(kind: str) -> list[Any]:
        return [source.built for source in sources if source.kind == kind and source.built is not None]

    syllabuses = built("syllabus")
    if not syllabuses:
        return None
    return Bank(
        syllabus=syllabuses[0],
        decks=tuple(built("deck")),
        blueprints=tuple(built("blueprint")),
        cases=tuple(built("case")),
        products=tuple(product for products in built("names") for product in products),
    )


def _check_not_cancelled(stop: Callable[[], bool]) -> None:
    if stop():
        raise LoadCancelledError


@contextmanager
def _without_collector() -> Iterator[None]:
    """The cyclic garbage collector costs as much again as parsing itself, and finds nothing here.

    What was loaded is frozen, or the first collection afterwards would walk through all of it, on whatever thread it
    happens. Frozen objects are freed as ever once nothing refers to them; the decks have no cycles.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.freeze()
            gc.enable()


def _identify(source: Source) -> None:
    """Parse a file and find out what it is."""
    source.document = read(source.path, source.report)
    if source.document is None:
        return
    data = source.document.data
    key = next((key for key in data if key in schema.KIND_KEYS), None)
    if key is None:
        first = next(iter(data))
        kinds = ", ".join(schema.KIND_KEYS)
        message = f"the first key says what a file is ({kinds}); {quoted(first)} does not"
        place = key_place(source.document.places, [first])
        source.report.add("E116", place, message + hint(first, schema.KIND_KEYS))
        source.document = None
        return
    source.kind = schema.KIND_KEYS[key]
    source.id = _text(data[key])
    source.title = _text(data.get("title"))
    source.cards = sum(1 for _ in references.entries(data, "cards"))
    source.questions = sum(1 for _ in references.entries(data, "questions"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _build(source: Source, index: Index, inspect: Inspect | None) -> None:
    """Check a file, make its core object where nothing is wrong, and enter it into the index."""
    if source.document is None and not source.report.failed:
        _identify(source)
    document, report = source.document, source.report
    if document is None:
        return
    claims = Claims(index, report)
    references.CHECKS[source.kind](document, index, claims, report)
    file = validate(document, schema.KINDS[source.kind], report)
    if source.kind == "syllabus" and index.topics is not None:
        report.add("E206", place_of(document.places, ["syllabus"]), "a syllabus is loaded already; only one counts")
    if file is not None and not report.failed:
        source.built = _BUILDERS[source.kind](file, report.path)
        claims.settle()
        if inspect:
            inspect(source)
    _enter(source, index)
    source.document = None


_BUILDERS: dict[str, Callable[[Any, str], Any]] = {
    "deck": build.deck,
    "syllabus": lambda file, _: build.syllabus(file),
    "blueprint": lambda file, _: build.blueprint(file),
    "case": lambda file, _: build.case(file),
    "names": lambda file, _: build.products(file),
}


def _enter(source: Source, index: Index) -> None:
    """What the files that come after may refer to."""
    built = source.built
    if isinstance(built, Deck) and source.document is not None:
        index.items["card"].update(card.id for card in built.cards)
        index.items["question"].update(question.id for question in built.questions)
        source.links = list(references.links_of_deck(source.document))
    elif isinstance(built, Syllabus):
        index.topics = frozenset(built.topics)
    elif source.kind == "case":
        (index.cases if built else index.broken_cases).add(source.id)


def _no_syllabus(folders: Sequence[Path], sources: Sequence[Source]) -> DeckFolderError:
    broken = next((s for s in sources if s.kind == "syllabus" and s.report.failed), None)
    if broken:
        return DeckFolderError(
            f"The syllabus has a problem: {broken.report.problems[0]}.",
            "Mend the file, then start again.",
        )
    names = " or ".join(shown(folder) for folder in folders)
    if not any(folder.is_dir() for folder in folders):
        place = names or "the given place"
        return DeckFolderError(f"There is no deck folder at {place}.", "Name a folder that exists.")
    unreadable = next((s.report.problems[0] for s in sources if "syllabus" in s.path.name and s.report.failed), None)
    reason = f" ({unreadable})" if unreadable else ""
    return DeckFolderError(
        f"There is no readable syllabus in {names}{reason}.",
        "Put a syllabus.yaml there, or name the folder that holds one.",
    )
