"""What loading gave, kept on disk as Python keeps compiled modules, so that opening need not parse again.

A text file of JSON lines (reading it runs nothing): the first names the program that wrote it, and the file holds for
that program only. Then, for each deck file that loaded, a line with its name, stamp and digest, by which it holds or
not, and the lines of its content, a few hundred items each, so that reading them never holds up the window. Parsing
and pydantic take about a third of the time to a filled Today page, this takes a thirtieth.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any
from zlib import crc32

from studyapp import __version__
from studyapp.content.discovery import shown
from studyapp.content.index import Claimed, Link
from studyapp.content.kept import Kept, needs_of
from studyapp.content.library import LoadedFile
from studyapp.content.reading import Reading
from studyapp.core.blueprint import Blueprint, Source, SourceKind, Stratum
from studyapp.core.deck import Card, Case, Deck, Difficulty, Option, Question
from studyapp.core.names import Product, ProductName
from studyapp.core.problem import Problem, Severity
from studyapp.core.syllabus import Domain, Syllabus, Topic

_ITEMS_A_LINE = 400
_SPARE = 20
"""Changed files that are added at the end, over as many as there are files, before the whole is written anew."""
_DIFFICULTY = {difficulty.value: difficulty for difficulty in Difficulty}


class KeptFile:
    """A file of kept loads: read once, then written to as files change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records = 0
        self._written: dict[str, Kept] = {}

    def read(self, wanted: Mapping[str, Path], reading: Reading) -> Iterator[Kept]:
        """What still holds, of the deck files that are ``wanted`` by their names in it.

        Raises:
            LoadCancelledError: where ``reading`` was cancelled.
        """
        records = 0
        # What is spoilt or not ours is passed over: the decks themselves are the truth.
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError), self._path.open("rb") as lines:
            if json.loads(lines.readline()) != _program():
                return
            for line in lines:
                name, stamp, settled, digest, count, sum_ = json.loads(line)
                content = list(islice(lines, count))
                records += 1
                path = wanted.get(name)
                if path is None or _sum(content) != sum_:
                    continue
                reading.check()
                if current := _kept(path, (tuple(stamp), settled, digest), content).current():
                    reading.done += name not in self._written
                    reading.fresh += current.file.cards + current.file.questions
                    self._written[name] = current
                    yield current
            # Only a file that could be read to its end is added to.
            self._records = records

    def write(self, kept: Mapping[str, Kept], stop: Callable[[], bool]) -> None:
        """Keep what is new, by name; where there is much to write and it is to ``stop``, it is left for later.

        A folder that cannot be written goes without.
        """
        new = {name: one for name, one in kept.items() if self._written.get(name) is not one}
        if not new:
            return
        with suppress(OSError):
            if self._records and self._records + len(new) <= 2 * len(kept) + _SPARE:
                self._append(new)
            elif not self._write_anew(kept, stop):
                return
            self._written = dict(kept)

    def _append(self, new: Mapping[str, Kept]) -> None:
        # What comes later counts. A line that is torn by a crash ends the reading, and the next time all is written.
        with self._path.open("a", encoding="utf-8") as out:
            for name, one in new.items():
                out.writelines(_lines(name, one))
        self._records += len(new)

    def _write_anew(self, kept: Mapping[str, Kept], stop: Callable[[], bool]) -> bool:
        self._path.parent.mkdir(exist_ok=True)
        beside = self._path.with_suffix(".part")
        with beside.open("w", encoding="utf-8") as out:
            out.write(_line(_program()))
            for name, one in kept.items():
                if stop():
                    return False
                out.writelines(_lines(name, one))
        os.replace(beside, self._path)
        self._records = len(kept)
        return True


def _program() -> list[Any]:
    """What must be the same for a kept load to hold: the program, and its code where it has any."""
    here = Path(__file__).parent
    code = [path for folder in (here, here.parent / "core") for path in folder.glob("**/*.py")]
    stamps = [(path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(code)]
    return [__version__, list(sys.version_info[:2]), [list(stamp) for stamp in stamps]]


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _sum(lines: Iterable[bytes]) -> int:
    found = 0
    for line in lines:
        found = crc32(line, found)
    return found


def _lines(name: str, kept: Kept) -> Iterator[str]:
    file, built = kept.file, kept.built
    ignored = [[line, code, *place] for line, codes in kept.ignored.items() for code, place in codes.items()]
    links = [[link.code, link.target, *link.place, link.item_line] for link in kept.links]
    problems = [[p.line, p.column, p.code, p.severity.value, p.message] for p in file.problems]
    chunks = list(_chunks(built, kept.claimed)) if isinstance(built, Deck) else [_plain(built)]
    # The places of items stand beside them.
    items: set[tuple[str, str]] = set()
    if isinstance(built, Deck):
        items.update(("item", card.id) for card in built.cards)
        items.update(("item", question.id) for question in built.questions)
    claims = [[*key, *place] for key, place in kept.claimed.places.items() if key not in items]
    told = [file.kind, file.id, file.title, file.cards, file.questions]
    deck = [str(built.verified_on) if built.verified_on else None] if isinstance(built, Deck) else []
    content = [_line([told, problems, ignored, links, claims, deck]), *map(_line, chunks)]
    yield _line([name, kept.stamp, kept.settled, kept.digest, len(content), _sum(line.encode() for line in content)])
    yield from content


def _chunks(deck: Deck, claimed: Claimed) -> Iterator[list[Any]]:
    """The items of a deck, each with its place, a few hundred at a time."""
    cards = [[*_card_data(card), *claimed.places["item", card.id]] for card in deck.cards]
    questions = [[*_question_data(question), *claimed.places["item", question.id]] for question in deck.questions]
    parts: tuple[tuple[str, list[Any]], ...] = (("cards", cards), ("questions", questions))
    for kind, items in parts:
        for start in range(0, len(items), _ITEMS_A_LINE):
            yield [kind, items[start : start + _ITEMS_A_LINE]]


def _card_data(card: Card) -> tuple[Any, ...]:
    return card.id, card.topic, card.front, card.back, card.cloze, card.changed, card.tags, card.was


def _question_data(q: Question) -> tuple[Any, ...]:
    options = [(option.text, option.correct, option.rationale) for option in q.options]
    more = (q.case, q.cards, q.changed, q.tags, q.enemies, q.was)
    return q.id, q.topic, q.difficulty.value, q.stem, options, *more


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


def _kept(path: Path, stamps: tuple[Any, bool, str], content: list[bytes]) -> Kept:
    display = shown(path)
    (kind, id_, title, *counts), problems, ignored, links, claims, deck = json.loads(content[0])
    found = tuple(Problem(display, line, column, code, Severity(s), text) for line, column, code, s, text in problems)
    file = LoadedFile(path, kind, id_, title, counts[0], counts[1], found, loaded=True)
    claimed = Claimed(display, {(what, name): (line, column) for what, name, line, column in claims})
    built = _deck(file, display, deck[0], content[1:], claimed) if deck else _FRAMES[file.kind](json.loads(content[1]))
    silenced: dict[int, dict[str, tuple[int, int]]] = {}
    for line, code, at_line, column in ignored:
        silenced.setdefault(line, {})[code] = (at_line, column)
    missing = tuple(Link(code, target, (line, column), item) for code, target, line, column, item in links)
    return Kept(*stamps, file, built, claimed, missing, silenced, *needs_of(built))


def _deck(file: LoadedFile, name: str, day: str | None, chunks: Iterable[bytes], claimed: Claimed) -> Deck:
    cards: list[Card] = []
    questions: list[Question] = []
    deck_id = file.id
    for chunk in chunks:
        kind, items = json.loads(chunk)
        if kind == "cards":
            for id_, topic, front, back, cloze, changed, tags, was, line, column in items:
                cards.append(Card(id_, intern(topic), front, back, cloze, deck_id, changed, tuple(tags), tuple(was)))
                claimed.places["item", id_] = (line, column)
        else:
            for data in items:
                questions.append(_question(data, deck_id))
                claimed.places["item", data[0]] = (data[-2], data[-1])
    return Deck(deck_id, file.title, name, date.fromisoformat(day) if day else None, tuple(cards), tuple(questions))


def _question(data: list[Any], deck_id: str) -> Question:
    id_, topic, difficulty, stem, options, case, cards, changed, tags, enemies, was, _, _ = data
    return Question(
        id_,
        intern(topic),
        _DIFFICULTY[difficulty],
        stem,
        tuple([Option(*option) for option in options]),
        deck_id,
        case,
        tuple(cards),
        changed,
        tuple(tags),
        tuple(enemies),
        tuple(was),
    )


def _syllabus(id_: str, title: str, domains: list[Any]) -> Syllabus:
    return Syllabus(
        id_, title, tuple(Domain(d, t, tuple(_topic(*topic) for topic in topics)) for d, t, topics in domains)
    )


def _topic(id_: str, title: str, weight: int, lines: list[str], objectives: list[str], *rest: Any) -> Topic:
    return Topic(id_, title, weight, tuple(lines), tuple(objectives), *rest)


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


_FRAMES: dict[str, Callable[[Any], Any]] = {
    "syllabus": lambda data: _syllabus(*data),
    "blueprint": lambda data: _blueprint(*data),
    "case": lambda data: Case(*data),
    "names": lambda data: tuple(_product(*product) for product in data),
}
