"""Decks and what is in them: cards, questions, cases."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Difficulty(StrEnum):
    """Easy recalls, medium applies one rule to a situation, hard weighs two that conflict."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question, with the rationale that says why it is or is not the best one here."""

    text: str
    correct: bool
    rationale: str


@dataclass(frozen=True)
class Question:
    """An exam item: a stem and two to six options, one or more of them the key.

    ``deck`` is the id of the deck it comes from, ``case`` the id of the case it belongs to. ``cards`` are the ids
    of the cards to review after a miss, ``enemies`` the ids of questions that may not stand in the same form.
    ``changed`` tells what the study notes say where that no longer holds, ``was`` which ids it had before.
    """

    id: str
    topic: str
    difficulty: Difficulty
    stem: str
    options: tuple[Option, ...]
    deck: str = ""
    case: str | None = None
    cards: tuple[str, ...] = ()
    changed: str | None = None
    tags: tuple[str, ...] = ()
    enemies: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    @cached_property
    def key(self) -> frozenset[int]:
        """The indexes of the right options."""
        return frozenset(i for i, option in enumerate(self.options) if option.correct)

    @property
    def domain(self) -> str:
        """The id of the domain: the part of the topic before the first dot."""
        return self.topic.partition(".")[0]


@dataclass(frozen=True)
class Card:
    """A flashcard: either front and back, or a cloze text whose ``{{…}}`` parts are hidden until revealed.

    ``was`` are the ids that it had before.
    """

    id: str
    topic: str
    front: str = ""
    back: str = ""
    cloze: str | None = None
    deck: str = ""
    changed: str | None = None
    tags: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    @property
    def domain(self) -> str:
        """The id of the domain: the part of the topic before the first dot."""
        return self.topic.partition(".")[0]


@dataclass(frozen=True)
class Case:
    """A case study that several questions share. ``text`` is Markdown."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Deck:
    """One YAML file of cards and questions. ``verified_on`` is when its facts were last held against the product."""

    id: str
    title: str
    path: str
    verified_on: date | None = None
    cards: tuple[Card, ...] = ()
    questions: tuple[Question, ...] = ()

    @cached_property
    def makeup(self) -> dict["Alike", int]:
        """How many questions there are of each make; kept with the deck, so that a large bank is counted up quickly."""
        found: dict[Alike, int] = {}
        for question in self.questions:
            right = sum(option.correct for option in question.options)
            make = Alike(question.topic, question.case, len(question.options), right)
            found[make] = found.get(make, 0) + 1
        return found


class Alike(NamedTuple):
    """What questions have in common that count alike: topic, case, the number of options and of right ones."""

    topic: str
    case: str | None
    options: int
    right: int
