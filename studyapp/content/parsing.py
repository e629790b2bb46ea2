"""Parsing one file: from its bytes to its core object, or to all of its problems."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from studyapp.content import build as core
from studyapp.content import references, schema
from studyapp.content.discovery import KIND_KEYS
from studyapp.content.index import Index
from studyapp.content.kept import Kept, digest_of, is_settled, needs_of, stamp_of
from studyapp.content.loader import Inspect, Source
from studyapp.content.references import Claims
from studyapp.content.report import Report, hint, quoted
from studyapp.content.tree import Branch, Document, key_place, place_of, subtree
from studyapp.content.validate import validate, validate_in_parts
from studyapp.content.yaml_reader import parse, read_bytes
from studyapp.core.deck import Deck

_SECTIONS = ("cards", "questions")
_AT_ONCE = 200


def identify(source: Source, check: Callable[[], None] | None = None) -> None:
    """Parse a file and find out what it is; ``check`` may raise to end that."""
    source.stamp = stamp_of(source.path)
    raw = read_bytes(source.path, source.report)
    if raw is None:
        return
    source.digest = digest_of(raw)
    source.document = parse(raw, source.report, check)
    if source.document is None:
        return
    data = source.document.data
    key = next((key for key in data if key in KIND_KEYS), None)
    if key is None:
        first = next(iter(data))
        kinds = ", ".join(KIND_KEYS)
        message = f"the first key says what a file is ({kinds}); {quoted(first)} does not"
        place = key_place(source.document.places, [first])
        source.report.add("E116", place, message + hint(first, KIND_KEYS))
        source.document = None
        return
    source.kind = KIND_KEYS[key]
    source.id = _text(data[key])
    source.title = _text(data.get("title"))
    source.cards = sum(1 for _ in references.entries(data, "cards"))
    source.questions = sum(1 for _ in references.entries(data, "questions"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def build(
    source: Source, index: Index, inspect: Inspect | None, check: Callable[[], None] | None = None
) -> Kept | None:
    """Check a file, make its core object where nothing is wrong, and enter it into the index.

    What it gave is to be kept, None where it did not load.
    """
    if source.document is None and not source.report.failed:
        identify(source, check)
    document, report = source.document, source.report
    if document is None:
        return None
    claims = Claims(index, report)
    references.CHECKS[source.kind](document, index, claims, report)
    if source.kind == "deck":
        built: Any = _deck(document, report)
    else:
        file = validate(document, schema.KINDS[source.kind], report)
        built = _BUILDERS[source.kind](file) if file is not None else None
    if source.kind == "syllabus" and index.topics is not None:
        report.add("E206", place_of(document.places, ["syllabus"]), "a syllabus is loaded already; only one counts")
    kept = None
    if built is not None and not report.failed:
        source.built = built
        if inspect:
            inspect(source)
        if isinstance(built, Deck):
            source.links = tuple(references.links_of_deck(document))
        kept = _kept(source, claims)
        kept.enter(index)
    elif source.kind == "case":
        index.broken_cases.add(source.id)
    source.document = None
    _take_apart(document)
    return kept


def _deck(document: Document, report: Report) -> Deck | None:
    """The deck, of which a few hundred items at a time are made: many at once take long, and much memory."""
    decks = [
        core.deck(part, report.path)
        for part in validate_in_parts(document, schema.DeckFile, report, _SECTIONS, schema.MAX_ITEMS)
        if not report.failed
    ]
    if report.failed or not decks:
        return None
    cards = tuple(card for deck in decks for card in deck.cards)
    questions = tuple(question for deck in decks for question in deck.questions)
    return replace(decks[0], cards=cards, questions=questions)


def _take_apart(document: Document) -> None:
    """Free the items of a large document some at a time, so that other threads get their turn in between."""
    for section in _SECTIONS:
        places = subtree(document.places, [section])
        for items in (document.data.get(section), places.inside if isinstance(places, Branch) else None):
            while isinstance(items, list) and items:
                del items[-_AT_ONCE:]


def _kept(source: Source, claims: Claims) -> Kept:
    stamp = source.stamp or (0, 0, 0)
    return Kept(
        stamp,
        is_settled(stamp),
        source.digest,
        source.result(),
        source.built,
        claims.claimed,
        tuple(source.links),
        source.report.ignored,
        *needs_of(source.built),
    )


_BUILDERS: dict[str, Callable[[Any], Any]] = {
    "syllabus": core.syllabus,
    "blueprint": core.blueprint,
    "case": core.case,
    "names": core.products,
}
