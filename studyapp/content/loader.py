"""Loading deck folders: every file is read by itself, and a broken one never keeps the others from loading.

Light to import: the parser and pydantic stand behind ``parsing``, which is imported when a file has to be parsed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyapp.content.discovery import KIND_KEYS, deck_files, first_key, first_title, shown
from studyapp.content.index import Index, Link
from studyapp.content.kept import Kept, Stamp
from studyapp.content.library import Library, LoadedFile
from studyapp.content.reading import Reading, without_collector
from studyapp.core.bank import Bank
from studyapp.core.errors import DeckFolderError

if TYPE_CHECKING:
    from studyapp.content.report import Report
    from studyapp.content.tree import Document

_ORDER = ("syllabus", "names", "case", "blueprint", "deck")
"""Kinds in the order in which they are built: each refers only to kinds before it."""

_DECK = _ORDER.index("deck")


@dataclass
class Source:
    """A file while it is being loaded; ``built`` is its core object once it has loaded.

    What it gives is ``to_keep`` or not. ``kept`` is what it gave when it last loaded; ``unchanged`` tells that it holds
    the same bytes as then, ``stale`` that it does not load now, and stands in the bank as it was.
    """

    path: Path
    report_for: Callable[[Path], "Report"]
    document: "Document | None" = None
    kind: str = ""
    id: str = ""
    title: str = ""
    cards: int = 0
    questions: int = 0
    links: Sequence[Link] = ()
    built: Any = None
    stamp: Stamp | None = None
    settled: bool = False
    digest: str = ""
    to_keep: bool = False
    kept: Kept | None = None
    unchanged: bool = False
    stale: bool = False

    @cached_property
    def report(self) -> "Report":
        """What takes the problems of the file."""
        return self.report_for(self.path)

    def result(self) -> LoadedFile:
        """What is to be told about the file."""
        if self.kept is not None and self.unchanged:
            told = "report" in self.__dict__
            return replace(self.kept.file, problems=self.report.problems) if told else self.kept.file
        if self.kept is not None and self.stale:
            return replace(self.kept.file, problems=self.report.problems, stale=True)
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
"""Looks closer at a file that was parsed, whether it loads or not, while its document is at hand."""


def load(
    folders: Sequence[Path],
    *,
    keep: dict[Path, Kept] | None = None,
    off: Collection[Path] = (),
    reading: Reading | None = None,
) -> Library:
    """Load every file of the folders; a path to a file stands for that file. May run on any thread.

    Where two files define the same id, that one loads which did so before, and else the earlier one, the first folder
    counting first. The files that are
    ``off`` are not looked into. ``keep`` is what former loads gave, and takes what this one gives: what has not
    changed is not parsed again, and a file that no longer loads stays as it was, flagged as stale.

    Raises:
        DeckFolderError: where no folder can be read, or no syllabus in them.
        LoadCancelledError: where ``reading`` was cancelled; what had been read by then is in ``keep``.
    """
    paths = list(deck_files(folders))
    sources = load_sources([path for path in paths if path not in off], keep=keep, reading=reading)
    bank = bank_of(sources)
    if bank is None:
        raise _no_syllabus(folders, sources)
    files = {source.path: source.result() for source in sources}
    return Library(bank, tuple(files.get(path) or _switched_off(path) for path in paths))


def load_sources(
    paths: Sequence[Path],
    *,
    keep: dict[Path, Kept] | None = None,
    reading: Reading | None = None,
    inspect: Inspect | None = None,
    report_for: Callable[[Path], "Report"] | None = None,
) -> list[Source]:
    """Load files, in the order given where ids clash; ``inspect`` is called with each that was parsed.

    ``report_for`` makes the report that takes a file's problems; ``keep`` and ``reading`` are as for ``load``.

    Raises:
        LoadCancelledError: where ``reading`` was cancelled.
    """
    reading = reading or Reading()
    sources = [Source(path, report_for or _plain_report, to_keep=keep is not None) for path in paths]
    reading.total = len(sources)
    with without_collector(reading):
        for source in sources:
            _recall(source, keep)
        reading.done = sum(source.unchanged for source in sources)
        index = Index()
        for source in sorted(sources, key=lambda source: (_turn(source), _claim(source))):
            if _turn(source) == _DECK:  # what comes before is quick, and no deck can be used without it
                reading.check()
            if source.unchanged and source.kept is not None and source.kept.fits(index):
                _take_over(source, source.kept, index)
            else:
                reading.done += not source.unchanged
                _parse(source, index, inspect, keep, reading)
                reading.fresh += source.cards + source.questions
        for source in sources:
            _check_links(source, index)
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


def _plain_report(path: Path) -> "Report":
    from studyapp.content.report import Report

    return Report(shown(path))


def _recall(source: Source, keep: dict[Path, Kept] | None) -> None:
    """Find out whether the file is as it was when it last loaded, and else, what it is."""
    kept = keep.get(source.path) if keep else None
    if keep is not None and kept is not None:
        current = kept.current()
        source.unchanged = current is not None
        source.kept = keep[source.path] = current or kept
    # Decks wait for their turn, so that one at a time is in memory.
    if not source.unchanged and first_key(source.path) != "deck":
        from studyapp.content.parsing import identify

        identify(source)


def _turn(source: Source) -> int:
    """Its place in the order of kinds; that of a file which does not say what it is, is where it stood before."""
    kept = source.kept.file.kind if source.kept else ""
    return _ORDER.index(source.kind or kept or "deck")


def _claim(source: Source) -> int:
    """Its place among files of its kind: what stands in use keeps its ids, and a file that repeats one is in the wrong.

    By name alone, a copy that was just saved would put the deck out of use that it was copied from.
    """
    return 0 if source.unchanged else 1 if source.kept else 2


def _take_over(source: Source, kept: Kept, index: Index) -> None:
    """The file is as it was, and so is what it refers to."""
    source.kind, source.built = kept.file.kind, kept.built
    source.links = kept.links
    kept.enter(index)


def _parse(
    source: Source, index: Index, inspect: Inspect | None, keep: dict[Path, Kept] | None, reading: Reading
) -> None:
    """Read the file; where it does not load, it stands as it last did."""
    from studyapp.content.parsing import build

    last, unchanged = source.kept, source.unchanged
    source.unchanged = False
    kept = build(source, index, inspect, reading.check)
    if kept is not None and keep is not None:
        keep[source.path] = kept
    elif kept is None and last is not None and not unchanged and _may_stand_in(last, source, index):
        source.kind, source.built, source.stale = last.file.kind, last.built, True
        last.enter(index)


def _may_stand_in(last: Kept, source: Source, index: Index) -> bool:
    return source.kind in ("", last.file.kind) and last.fits(index)


def _check_links(source: Source, index: Index) -> None:
    """Report the cards and enemies that exist in no deck; of a stale file their places are unknown."""
    missing = [link for link in source.links if not index.has(link.kind, link.target)]
    if not missing or source.stale:
        return
    from studyapp.content.references import report_link
    from studyapp.content.report import Report

    if source.kept is not None and source.unchanged:
        source.report = Report.resumed(shown(source.path), source.kept.file.problems, source.kept.ignored)
    for link in missing:
        report_link(link, index, source.report)


def _switched_off(path: Path) -> LoadedFile:
    kind = KIND_KEYS.get(first_key(path), "")
    return LoadedFile(path, kind, "", first_title(path), 0, 0, (), loaded=False, off=True)


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
