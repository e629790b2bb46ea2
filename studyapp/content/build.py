"""From validated files to the frozen objects of the core."""

from collections.abc import Iterable
from sys import intern

from studyapp.content import schema, schema_frame
from studyapp.core.blueprint import Blueprint, Source, SourceKind, Stratum
from studyapp.core.deck import Card, Case, Deck, Difficulty, Option, Question
from studyapp.core.names import Product, ProductName
from studyapp.core.syllabus import Domain, Syllabus, Topic

_DIFFICULTY = {difficulty.value: difficulty for difficulty in Difficulty}


def deck(file: schema.DeckFile, path: str) -> Deck:
    """The deck of a file; ``path`` is kept as where it came from."""
    return Deck(
        id=file.deck,
        title=file.title,
        path=path,
        verified_on=file.verified_on,
        cards=cards(file.cards, file.deck),
        questions=questions(file.questions, file.deck),
    )


def cards(entries: Iterable[schema.CardEntry], deck_id: str) -> tuple[Card, ...]:
    """The cards of a deck."""
    return tuple([_card(entry, deck_id) for entry in entries])


def questions(entries: Iterable[schema.QuestionEntry], deck_id: str) -> tuple[Question, ...]:
    """The questions of a deck."""
    return tuple([_question(entry, deck_id) for entry in entries])


def _card(entry: schema.CardEntry, deck_id: str) -> Card:
    return Card(
        id=entry.id,
        topic=intern(entry.topic),
        front=entry.front or "",
        back=entry.back or "",
        cloze=entry.cloze,
        deck=deck_id,
        changed=entry.changed,
        tags=tuple(entry.tags),
        was=tuple(entry.was),
    )


def _question(entry: schema.QuestionEntry, deck_id: str) -> Question:
    return Question(
        id=entry.id,
        topic=intern(entry.topic),
        difficulty=_DIFFICULTY[entry.difficulty],
        stem=entry.stem,
        options=tuple([Option(o.text, o.correct == "true", o.rationale) for o in entry.options]),
        deck=deck_id,
        case=entry.case,
        cards=tuple(entry.cards),
        changed=entry.changed,
        tags=tuple(entry.tags),
        enemies=tuple(entry.enemies),
        was=tuple(entry.was),
    )


def syllabus(file: schema_frame.SyllabusFile) -> Syllabus:
    """The syllabus of a file."""
    domains = [Domain(d.id, d.title, tuple(_topic(entry) for entry in d.topics)) for d in file.domains]
    return Syllabus(file.syllabus, file.title, tuple(domains))


def _topic(entry: schema_frame.TopicEntry) -> Topic:
    return Topic(
        id=entry.id,
        title=entry.title,
        weight=entry.weight,
        notes_lines=tuple(entry.notes_lines),
        objectives=tuple(entry.objectives),
        outdated=entry.outdated,
        caution=entry.caution,
        named_only=entry.depth == "named-only",
    )


def blueprint(file: schema_frame.BlueprintFile) -> Blueprint:
    """The blueprint of a file."""
    return Blueprint(
        id=file.blueprint,
        title=file.title,
        exam=file.exam,
        source=Source(SourceKind(file.source.kind), file.source.notes, file.source.remark),
        questions=file.questions,
        minutes=file.minutes,
        pass_mark=file.pass_mark,
        strata=tuple(Stratum(s.name, s.weight, tuple(s.topics), tuple(s.cases)) for s in file.strata),
    )


def case(file: schema_frame.CaseFile) -> Case:
    """The case of a file."""
    return Case(file.case, file.title, file.text)


def products(file: schema_frame.NamesFile) -> tuple[Product, ...]:
    """The products of a names file."""
    return tuple(
        Product(p.id, tuple(ProductName(n.name, n.since, n.until) for n in p.names), tuple(p.short))
        for p in file.products
    )
