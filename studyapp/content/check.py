"""Checking decks for their authors: everything that loading finds, and the item-writing and coverage rules."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studyapp.content.checks import coverage
from studyapp.content.choice import Choice
from studyapp.content.config import read_config
from studyapp.content.discovery import deck_files, is_syllabus, real_files, require, shown
from studyapp.content.inspector import RESEMBLANCE, Inspector
from studyapp.content.ledger import Ledger, read_ledger
from studyapp.content.loader import Source, bank_of, load_sources
from studyapp.content.report import Report
from studyapp.core.deck import Deck
from studyapp.core.errors import DeckFolderError
from studyapp.core.problem import Problem

_SUBFOLDERS = ("blueprints", "cases")
COVERAGE = ("W401", "W402", "W403", "W404")
LEDGER = ("W210", "W211", "W212", "W214")
WHOLE_BANK = ("W320", "W321", "W322", "W323")


@dataclass(frozen=True)
class CheckedFolder:
    """What was found in one deck folder: the problems of each file looked at, the decks that loaded, the ledger.

    ``apart`` tells that it has a syllabus of its own, and so cannot be loaded beside the shipped decks.
    ``held`` are the ids that are not to be recorded in it, as their items seem to be renamed.
    """

    root: Path
    files: dict[Path, tuple[Problem, ...]]
    decks: tuple[Deck, ...]
    ledger: Ledger | None
    apart: bool
    held: frozenset[str]


@dataclass(frozen=True)
class Checked:
    """The outcome of a check, folder by folder."""

    folders: tuple[CheckedFolder, ...]

    @property
    def files(self) -> int:
        """How many files were looked at."""
        return sum(len(folder.files) for folder in self.folders)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, by file and place."""
        return tuple(p for folder in self.folders for problems in folder.files.values() for p in problems)


def check(paths: Sequence[Path], context: Path, choice: Choice | None = None) -> Checked:
    """Check folders and single files; ``choice`` is what the command line asks for.

    A file is checked together with all others of its folder, whose own problems are not reported then. A folder with a
    syllabus is checked by itself, one without it together with ``context``; its coverage, once all these files load.

    Raises:
        DeckFolderError: where a path does not exist or cannot be read, or a folder has no deck files.
    """
    wanted: dict[Path, dict[str, Path]] = {}
    for path in paths:
        require(path)
        files = real_files([path])
        if not files and path.is_dir():
            raise DeckFolderError(
                f"There is no deck in {shown(path)}.",
                "Only the YAML files of the folder itself, of its blueprints/ and of its cases/ are read.",
            )
        wanted.setdefault(deck_root(path), {}).update(files)
    return Checked(tuple(_check_root(root, files, context, choice) for root, files in wanted.items()))


def library_folders(folder: Path, context: Path) -> list[Path]:
    """The folders to load for ``folder``: itself alone where it has a syllabus, else ``context`` before it.

    Raises:
        DeckFolderError: where the folder does not exist or cannot be read.
    """
    require(folder)
    return [folder] if has_syllabus(folder) else [context, folder]


def has_syllabus(folder: Path) -> bool:
    """Whether a file of the folder is a syllabus."""
    return any(is_syllabus(path) for path in deck_files([folder]))


def deck_root(path: Path) -> Path:
    """The deck folder that a path belongs to."""
    if path.is_dir():
        return path
    return path.parent.parent if path.parent.name in _SUBFOLDERS else path.parent


def _check_root(root: Path, named: dict[str, Path], context: Path, asked: Choice | None) -> CheckedFolder:
    choice, config = read_config(root, asked)
    ledger = read_ledger(root)
    beside = real_files([root])
    whole = any(map(is_syllabus, beside.values()))
    if not whole:
        beside = {**real_files([context]), **beside}
    chosen = frozenset(named.values())
    in_order = {path: i for i, path in enumerate({**beside, **named}.values())}
    # The chosen files last, so that of an id that stands twice the place is told that is in one of them.
    sources_wanted = sorted(in_order, key=lambda path: path in chosen)
    inspector = Inspector(chosen, choice, ledger)

    def report_for(path: Path) -> Report:
        return Report(shown(path), choice.for_file(_relative(path, root)).wants)

    sources = load_sources(sources_wanted, inspect=inspector.inspect, report_for=report_for)
    reported = [source for source in sources if source.path in chosen]
    held = inspector.check_new_ids(sources, _unread(root, sources) if ledger else ())
    skipped = set() if ledger else set(LEDGER)
    # Without the decks that did not load, coverage would only repeat that they are missing.
    complete = all(source.built is not None for source in sources)
    if complete and choice.wants_any((*COVERAGE, *WHOLE_BANK)):
        _check_coverage(sources, reported, inspector)
    if not complete or not choice.wants_any(COVERAGE):
        skipped.update(COVERAGE)
    if choice.wants_any(RESEMBLANCE):
        # Of two that are alike the later one is told, whichever file was asked for.
        inspector.check_resemblance(sorted(sources, key=lambda source: in_order[source.path]))
    else:
        skipped.update(RESEMBLANCE)
    for source in reported:
        if source.built is not None:
            source.report.check_ignores(lambda code: code not in skipped)
    others = [report for report in (config, ledger.report if ledger else None) if report]
    problems = {Path(report.path): report.problems for report in others}
    problems.update({source.path: source.report.problems for source in reported})
    decks = tuple(source.built for source in reported if isinstance(source.built, Deck))
    apart = whole and os.path.realpath(root) != os.path.realpath(context)
    return CheckedFolder(root, problems, decks, ledger, apart, held)


def _unread(root: Path, sources: Sequence[Source]) -> list[Path]:
    """The files of a folder that were not loaded: other ones were asked for, or they have errors."""
    loaded = {os.path.realpath(source.path) for source in sources if source.built is not None}
    return [path for path in deck_files([root]) if os.path.realpath(path) not in loaded]


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _check_coverage(sources: Sequence[Source], reported: Sequence[Source], inspector: Inspector) -> None:
    bank = bank_of(sources)
    if bank is None:
        return
    for source in reported:
        places = inspector.places.get(source.path)
        if places is None:
            continue
        if source.kind == "syllabus":
            coverage.check_topics(bank, places, source.report)
            coverage.check_guessing(inspector.counts, places, source.report)
        elif source.kind == "blueprint":
            coverage.check_blueprint(bank, source.built, places, source.report)
