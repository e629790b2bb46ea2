"""Core items as the plain data of a deck file, and back through the schema."""

from typing import Any

from studyapp.content import build, schema
from studyapp.content.interchange.material import Entry
from studyapp.core.deck import Card, Deck, Question

SYLLABUS = "syllabus: s\ntitle: S\ndomains:\n  - {id: a, title: A, topics: [{id: a.one, title: One, weight: 1}]}\n"


def plain_card(card: Card) -> dict[str, Any]:
    texts = {"front": card.front, "back": card.back, "cloze": card.cloze, "changed": card.changed}
    data = {"id": card.id, "topic": card.topic} | texts | {"tags": list(card.tags), "was": list(card.was)}
    return {key: value for key, value in data.items() if value}


def plain_question(question: Question) -> dict[str, Any]:
    lists = {key: list(getattr(question, key)) for key in ("cards", "tags", "enemies", "was")}
    options = [
        {"text": o.text}
        | ({"correct": "true"} if o.correct else {})
        | ({"rationale": o.rationale} if o.rationale else {})
        for o in question.options
    ]
    data = {
        "id": question.id,
        "topic": question.topic,
        "difficulty": question.difficulty.value,
        "case": question.case,
        "stem": question.stem,
        "options": options,
        "changed": question.changed,
    } | lists
    return {key: value for key, value in data.items() if value}


def plain_deck(deck: Deck) -> dict[str, Any]:
    data: dict[str, Any] = {"deck": deck.id, "title": deck.title}
    data["cards"] = [plain_card(card) for card in deck.cards]
    data["questions"] = [plain_question(question) for question in deck.questions]
    return {key: value for key, value in data.items() if value}


def item_of(entry: Entry, deck: str = "") -> Card | Question:
    """The item that an entry stands for, held against the schema."""
    section = {entry.section: [{"id": "new", "topic": "a.one", "difficulty": "medium"} | entry.data]}
    if entry.section == "cards":
        section["cards"][0].pop("difficulty")
    file = schema.DeckFile.model_validate({"deck": deck or "x", "title": "X"} | section)
    built = build.deck(file, "x.yaml")
    return next(iter((*built.cards, *built.questions)))
