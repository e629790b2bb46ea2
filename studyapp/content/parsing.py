"""Parsing one file: from its bytes to its core object, or to all of its problems."""

from collections.abc import Callable
from typing import Any

from studyapp.content import build as core
from studyapp.content import references, schema
from studyapp.content.deck_parts import DeckParts
from studyapp.content.discovery import KIND_KEYS
from studyapp.content.index import Index
from studyapp.content.kept import Kept, digest_of, is_settled, needs_of, stamp_of
from studyapp.content.loader import Inspect, Source
from studyapp.content.references import Claims
from studyapp.content.report import hint, quoted
from studyapp.content.tree import key_place, place_of
from studyapp.content.validate import validate
from studyapp.content.yaml_reader import Take, parse, read_bytes


def identify(source: Source, check: Callable[[], None] | None = None, take: Take | None = None) -> None:
    """Parse a file and find out what it is; ``check`` may raise to end that, and ``take`` takes items on the way."""
    source.stamp = stamp_of(source.path)
    source.settled = source.stamp is not None and is_settled(source.stamp)
    raw = read_bytes(source.path, source.report)
    if raw is None:
        return
    if source.to_keep:
        source.digest = digest_of(raw)
    source.document = parse(raw, source.report, check, take)
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
    source.cards = _count(data.get("cards"))
    source.questions = _count(data.get("questions"))


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def build(
    source: Source, index: Index, inspect: Inspect | None, check: Callable[[], None] | None = None
) -> Kept | None:
    """Check a file, make its core object where nothing is wrong, and enter it into the index.

    What it gave is to be kept, None where it did not load.
    """
    claims = Claims(index, source.report)
    parts = DeckParts(index, claims, source.report, keep_places=inspect is not None)
    if source.document is None and not source.report.failed:
        identify(source, check, parts.take)
    document, report = source.document, source.report
    if document is None:
        return None
    if source.kind == "deck":
        built: Any = parts.finish(document)
    else:
        references.CHECKS[source.kind](document, index, claims, report)
        file = validate(document, schema.KINDS[source.kind], report)
        built = _BUILDERS[source.kind](file) if file is not None else None
    if source.kind == "syllabus" and index.topics is not None:
        report.add("E206", place_of(document.places, ["syllabus"]), "a syllabus is loaded already; only one counts")
    kept = None
    if built is not None and not report.failed:
        source.built = built
    if inspect:
        inspect(source)
    if source.built is not None:
        source.links = tuple(parts.links)
        kept = _kept(source, claims)
        kept.enter(index)
    elif source.kind == "case":
        index.broken_cases.add(source.id)
    source.document = None
    return kept


def _kept(source: Source, claims: Claims) -> Kept:
    stamp = source.stamp or (0, 0, 0)
    return Kept(
        stamp,
        source.settled,
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
