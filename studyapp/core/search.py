"""Finding cards and questions by their words, and products by any name they have had."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Question
from studyapp.core.names import NameFinder

_A_STEP = 300


@dataclass(frozen=True, slots=True)
class Hit:
    """One item that was found; ``weight`` counts how often its words stand in the text, headline words double."""

    item: Card | Question
    weight: int


def search(bank: Bank, finder: NameFinder, query: str) -> list[Hit]:
    """The items in which every word of the query stands, the heaviest first, then in deck order.

    A word counts from its beginning (“cluster” finds “clustering”); a product is found by any of its names. An empty
    query finds nothing.
    """
    steps = search_in_steps(bank, finder, query)
    while True:
        try:
            next(steps)
        except StopIteration as over:
            found: list[Hit] = over.value
            return found


def search_in_steps(bank: Bank, finder: NameFinder, query: str) -> Generator[None, None, list[Hit]]:
    """The same, with a pause after some hundred items."""
    wanted = finder.widen(query)
    if not wanted:
        return []
    hits = []
    items: tuple[Card | Question, ...] = (*bank.questions.values(), *bank.cards.values())
    for i, item in enumerate(items):
        if i % _A_STEP == 0:
            yield
        headline, rest = _texts(item)
        weight = _weight(wanted, headline, rest)
        if weight:
            hits.append(Hit(item, weight))
    return sorted(hits, key=lambda hit: -hit.weight)


def headline_of(item: Card | Question) -> str:
    """What stands for an item in a list: its stem, its front, or its cloze text without the marks."""
    if isinstance(item, Question):
        return item.stem
    return item.front if item.cloze is None else re.sub(r"\{\{(.+?)\}\}", r"\1", item.cloze)


def _texts(item: Card | Question) -> tuple[str, str]:
    if isinstance(item, Question):
        parts: Sequence[str] = [f"{option.text} {option.rationale}" for option in item.options]
    else:
        parts = [item.back]
    headline = f"{item.id} {headline_of(item)}"
    return headline.casefold(), " ".join([*parts, item.changed or "", item.topic, *item.tags]).casefold()


def _weight(wanted: Sequence[Sequence[str]], headline: str, rest: str) -> int:
    """Zero where a word is missing altogether."""
    total = 0
    for alternatives in wanted:
        found = sum(2 * _count(word, headline) + _count(word, rest) for word in alternatives)
        if not found:
            return 0
        total += found
    return total


def _count(word: str, text: str) -> int:
    """How often a word stands in a text, counted from its beginning; the plain search first, as it is quick."""
    if word not in text:
        return 0
    return len(re.findall(rf"(?<!\w){re.escape(word)}", text))
