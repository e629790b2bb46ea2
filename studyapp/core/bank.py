"""Everything that was loaded, looked up by id."""

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from studyapp.core.blueprint import Blueprint
from studyapp.core.deck import Alike, Card, Case, Deck, Question
from studyapp.core.names import Product
from studyapp.core.syllabus import Syllabus


@dataclass(frozen=True)
class Bank:
    """The syllabus, the decks that loaded, the blueprints, the cases and the product names."""

    syllabus: Syllabus
    decks: tuple[Deck, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    cases: tuple[Case, ...] = ()
    products: tuple[Product, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its id, in deck order."""
        return {question.id: question for deck in self.decks for question in deck.questions}

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Every card by its id, in deck order."""
        return {card.id: card for deck in self.decks for card in deck.cards}

    @cached_property
    def makeup(self) -> dict[Alike, int]:
        """How many questions of each make there are in all decks."""
        found: dict[Alike, int] = {}
        for deck in self.decks:
            for make, count in deck.makeup.items():
                found[make] = found.get(make, 0) + count
        return found

    @cached_property
    def cards_by_topic(self) -> dict[str, tuple[str, ...]]:
        """The ids of the cards on each topic that has any, in deck order."""
        found: dict[str, list[str]] = {}
        for deck in self.decks:
            for card in deck.cards:
                found.setdefault(card.topic, []).append(card.id)
        return {topic: tuple(cards) for topic, cards in found.items()}

    @cached_property
    def breadth(self) -> dict[str, int]:
        """The ids of all cards with their turns when they are new: every topic's first card, then every second, …"""
        rounds = zip_longest(*self.cards_by_topic.values())
        turns = [card for cards in rounds for card in cards if card is not None]
        return dict(zip(turns, range(len(turns)), strict=True))

    @cached_property
    def case_by_id(self) -> dict[str, Case]:
        """Every case by its id."""
        return {case.id: case for case in self.cases}

    def blueprint(self, blueprint_id: str) -> Blueprint | None:
        """The blueprint with this id, or None."""
        return next((b for b in self.blueprints if b.id == blueprint_id), None)
