"""Checking decks for their authors: everything that loading finds, and the item-writing and coverage rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studyapp.content.checks import coverage, runner
from studyapp.content.discovery import deck_files, first_key, shown
from studyapp.content.loader import Source, bank_of, load_sources
from studyapp.content.tree import Tree
from studyapp.core.bank import Bank
from studyapp.core.deck import Case, Deck
from studyapp.core.errors import DeckFolderError
from studyapp.core.problem import Problem

_SUBFOLDERS = ("blueprints", "cases")


@dataclass(frozen=True)
class Checked:
    """The outcome of a check: how many files were looked at, and their problems by file and place."""

    files: int
    problems: tuple[Problem, ...]


def check(paths: Sequence[Path], context: Path) -> Checked:
    """Check folders and single files.

    A folder with a syllabus is checked by itself, and its coverage once all its files load. What has no syllabus
    beside it is held against that of ``context``, whose own problems are not reported then.

    Raises:
        DeckFolderError: where a path does not exist.
    """
    wanted: dict[Path, set[Path]] = {}
    for path in paths:
        _require(path)
        wanted.setdefault(_root(path), set()).update(deck_files([path]))
    results = [_check_root(root, files, context) for root, files in wanted.items()]
    return Checked(sum(result.files for result in results), tuple(p for result in results for p in result.problems))


def library_folders(folder: Path, context: Path) -> list[Path]:
    """The folders to load for ``folder``: itself alone where it has a syllabus, else ``context`` before it.

    Raises:
        DeckFolderError: where the folder does not exist.
    """
    _require(folder)
    return [folder] if has_syllabus(folder) else [context, folder]


def _require(path: Path) -> None:
    if not path.exists():
        raise DeckFolderError(f"There is no file or folder {shown(path)}.", "Check the spelling of the path.")


def has_syllabus(folder: Path) -> bool:
    """Whether a file of the folder is a syllabus, or is named like one."""
    return any(path.stem == "syllabus" or first_key(path) == "syllabus" for path in deck_files([folder]))


def _root(path: Path) -> Path:
    """The deck folder that a path belongs to."""
    if path.is_dir():
        return path
    return path.parent.parent if path.parent.name in _SUBFOLDERS else path.parent


def _check_root(root: Path, files: set[Path], context: Path) -> Checked:
    whole = has_syllabus(root)
    beside = list(deck_files([root] if whole else [context]))
    known = {path.resolve() for path in beside}
    sources_wanted = beside + sorted(path for path in files if path.resolve() not in known)
    chosen = {path.resolve() for path in files}
    inspector = _Inspector(chosen)
    sources = load_sources(sources_wanted, inspect=inspector.inspect)
    reported = [source for source in sources if source.path.resolve() in chosen]
    bank = bank_of(sources)
    # Without the decks that did not load, coverage would only repeat that they are missing.
    if bank is not None and whole and all(source.built is not None for source in sources):
        _check_coverage(bank, reported, inspector.places)
    return Checked(len(reported), tuple(problem for source in reported for problem in source.report.problems))


class _Inspector:
    """Runs the item-writing rules on the chosen files as they load, and keeps the places that coverage needs."""

    def __init__(self, chosen: set[Path]) -> None:
        self._chosen = chosen
        self.places: dict[Path, Tree] = {}

    def inspect(self, source: Source) -> None:
        if source.document is None or source.path.resolve() not in self._chosen:
            return
        places, folder = source.document.places, source.path.parent
        if isinstance(source.built, Deck):
            runner.check_deck(source.built, places, folder, source.report)
        elif isinstance(source.built, Case):
            runner.check_case(source.built, places, folder, source.report)
        else:
            self.places[source.path] = places


def _check_coverage(bank: Bank, sources: Iterable[Source], places: dict[Path, Tree]) -> None:
    for source in sources:
        if source.kind == "syllabus":
            coverage.check_topics(bank, places[source.path], source.report)
        elif source.kind == "blueprint":
            coverage.check_blueprint(bank, source.built, places[source.path], source.report)
