"""The last load of a deck folder, kept as Python keeps compiled modules, so that opening need not parse again.

It lies in ``__pycache__`` below the first folder, is plain JSON (reading it runs nothing), and holds only while no
deck file and no line of the loading code has changed. Parsing and pydantic take
about a third of the time to a filled Today page, this takes a thirtieth.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from studyapp import __version__
from studyapp.content.discovery import deck_files
from studyapp.content.library import Library, LoadedFile
from studyapp.core.bank import Bank
from studyapp.core.blueprint import Blueprint, Source, SourceKind, Stratum
from studyapp.core.deck import Card, Case, Deck, Difficulty, Option, Question
from studyapp.core.names import Product, ProductName
from studyapp.core.problem import Problem, Severity
from studyapp.core.syllabus import Domain, Syllabus, Topic


def load(folders: Sequence[Path]) -> Library:
    """What ``loader.load`` gives for these folders, from the kept load where that still holds.

    Raises:
        DeckFolderError: as ``loader.load``.
    """
    files = list(deck_files(folders))
    kept = _kept_file(folders[0]) if folders else None
    stamp = _stamp(files)
    library = _read(kept, stamp) if kept else None
    if library is None:
        from studyapp.content import loader

        library = loader.load(folders)
        if kept:
            _write(kept, stamp, library)
    return library


def _kept_file(folder: Path) -> Path | None:
    return folder / "__pycache__" / "decks.json" if folder.is_dir() else None


def _stamp(files: Iterable[Path]) -> list[Any]:
    """What must be the same for a kept load to hold: every deck file, the program, and its code where it has any."""
    here = Path(__file__).parent
    code = [path for folder in (here, here.parent / "core") for path in folder.glob("**/*.py")]
    return [__version__, list(sys.version_info[:2]), *([str(p), *_identity(p)] for p in (*files, *sorted(code)))]


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _read(kept: Path, stamp: list[Any]) -> Library | None:
    try:
        with kept.open("rb") as file:
            data = json.load(file)
        return _library(data["library"]) if data["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None  # not there, or not ours: the decks themselves are the truth


def _write(kept: Path, stamp: list[Any], library: Library) -> None:
    """Keep a load; a folder that cannot be written goes without."""
    beside = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        beside.write_text(json.dumps({"stamp": stamp, "library": _plain(library)}), encoding="utf-8")
        os.replace(beside, kept)


def _plain(value: Any) -> Any:
    """A dataclass as the list of its fields, down to what JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction | Path | date):
        return str(value)
    return value


def _library(data: list[Any]) -> Library:
    (syllabus, decks, blueprints, cases, products), files = data
    bank = Bank(
        _syllabus(*syllabus),
        tuple(_deck(*deck) for deck in decks),
        tuple(_blueprint(*blueprint) for blueprint in blueprints),
        tuple(Case(*case) for case in cases),
        tuple(_product(*product) for product in products),
    )
    return Library(bank, tuple(_file(*file) for file in files))


def _file(path: str, kind: str, id_: str, title: str, *rest: Any) -> LoadedFile:
    cards, questions, problems, loaded = rest
    return LoadedFile(Path(path), kind, id_, title, cards, questions, tuple(map(_problem, problems)), loaded)


def _problem(data: list[Any]) -> Problem:
    path, line, column, code, severity, message = data
    return Problem(path, line, column, code, Severity(severity), message)


def _syllabus(id_: str, title: str, domains: list[Any]) -> Syllabus:
    return Syllabus(
        id_, title, tuple(Domain(d, t, tuple(_topic(*topic) for topic in topics)) for d, t, topics in domains)
    )


def _topic(id_: str, title: str, weight: int, lines: list[str], objectives: list[str], *rest: Any) -> Topic:
    return Topic(id_, title, weight, tuple(lines), tuple(objectives), *rest)


def _deck(id_: str, title: str, path: str, verified_on: str | None, cards: list[Any], questions: list[Any]) -> Deck:
    day = date.fromisoformat(verified_on) if verified_on else None
    return Deck(id_, title, path, day, tuple(map(_card, cards)), tuple(map(_question, questions)))


def _card(data: list[Any]) -> Card:
    id_, topic, front, back, cloze, deck, changed, tags, was = data
    return Card(id_, topic, front, back, cloze, deck, changed, tuple(tags), tuple(was))


def _question(data: list[Any]) -> Question:
    id_, topic, difficulty, stem, options, deck, case, cards, changed, tags, enemies, was = data
    return Question(
        id_,
        topic,
        Difficulty(difficulty),
        stem,
        tuple(Option(*option) for option in options),
        deck,
        case,
        tuple(cards),
        changed,
        tuple(tags),
        tuple(enemies),
        tuple(was),
    )


def _blueprint(*data: Any) -> Blueprint:
    id_, title, exam, (kind, notes, remark), questions, minutes, pass_mark, strata = data
    return Blueprint(
        id_,
        title,
        exam,
        Source(SourceKind(kind), notes, remark),
        questions,
        minutes,
        pass_mark,
        tuple(Stratum(name, Fraction(weight), tuple(topics), tuple(cases)) for name, weight, topics, cases in strata),
    )


def _product(id_: str, names: list[Any], short: list[str]) -> Product:
    return Product(id_, tuple(ProductName(*name) for name in names), tuple(short))
