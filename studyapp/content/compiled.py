"""What a deck file gave, as lines of JSON and back: a few hundred items a line, so that none holds up the window."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from sys import intern
from typing import Any

from studyapp.content.discovery import shown
from studyapp.content.index import Claimed, Link, space_of
from studyapp.content.kept import Kept, needs_of
from studyapp.content.library import LoadedFile
from studyapp.core.blueprint import Blueprint, Source, SourceKind, Stratum
from studyapp.core.deck import Card, Case, Deck, Difficulty, Option, Question
from studyapp.core.names import Product, ProductName
from studyapp.core.problem import Problem, Severity
from studyapp.core.syllabus import Domain, Syllabus, Topic

_ITEMS_A_LINE = 400
_DIFFICULTY = {difficulty.value: difficulty for difficulty in Difficulty}


def line_of(data: Any) -> str:
    """One line of JSON; in ASCII, as a path may hold bytes that are no UTF-8."""
    return json.dumps(data, separators=(",", ":")) + "\n"


def lines_of(kept: Kept) -> Iterator[str]:
    """What is to be kept of a file, besides by what it holds."""
    file, built = kept.file, kept.built
    ignored = [[line, code, *place] for line, codes in kept.ignored.items() for code, place in codes.items()]
    links = [[link.code, link.target, *link.place, link.item_line] for link in kept.links]
    problems = [[p.line, p.column, p.code, p.severity.value, p.message] for p in file.problems]
    chunks = _chunks(built, kept.claimed) if isinstance(built, Deck) else [_plain(built)]
    # The places of items stand beside them.
    claims = {kind: ids for kind, ids in kept.claimed.ids.items() if space_of(kind) != "item"}
    told = [file.kind, file.id, file.title, file.cards, file.questions]
    deck = [str(built.verified_on) if built.verified_on else None] if isinstance(built, Deck) else []
    yield line_of([told, problems, ignored, links, claims, deck])
    yield from map(line_of, chunks)


def _chunks(deck: Deck, claimed: Claimed) -> Iterator[list[Any]]:
    """The items of a deck, each with its place, a few hundred at a time."""
    parts: tuple[tuple[str, Sequence[Any], Callable[[Any], tuple[Any, ...]]], ...] = (
        ("card", deck.cards, _card_data),
        ("question", deck.questions, _question_data),
    )
    for kind, items, data in parts:
        for start in range(0, len(items), _ITEMS_A_LINE):
            ids = claimed.ids[kind]
            yield [kind, [[*data(item), ids[item.id]] for item in items[start : start + _ITEMS_A_LINE]]]


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


def kept_of(path: Path, stamps: tuple[Any, bool, str], content: list[bytes]) -> Kept:
    """What the lines keep of a file; ``stamps`` is by what it holds: stamp, whether that is settled, digest."""
    display = shown(path)
    (kind, id_, title, *counts), problems, ignored, links, claims, deck = json.loads(content[0])
    found = tuple(Problem(display, line, column, code, Severity(s), text) for line, column, code, s, text in problems)
    file = LoadedFile(path, kind, id_, title, counts[0], counts[1], found, loaded=True)
    claimed = Claimed(display, claims)
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
        ids = claimed.ids.setdefault(kind, {})
        if kind == "card":
            for id_, topic, front, back, cloze, changed, tags, was, at in items:
                cards.append(Card(id_, intern(topic), front, back, cloze, deck_id, changed, tuple(tags), tuple(was)))
                ids[id_] = at
        else:
            for data in items:
                questions.append(_question(data, deck_id))
                ids[data[0]] = data[-1]
    return Deck(deck_id, file.title, name, date.fromisoformat(day) if day else None, tuple(cards), tuple(questions))


def _question(data: list[Any], deck_id: str) -> Question:
    id_, topic, difficulty, stem, options, case, cards, changed, tags, enemies, was, _ = data
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
