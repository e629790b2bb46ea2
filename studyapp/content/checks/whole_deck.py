"""Rules over many questions: cues that no single one shows.

Each is a way to guess without knowledge. It is reported where it hits so often that chance alone would do as well in
less than one of a thousand decks.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from studyapp.content.checks.finding import Item
from studyapp.content.checks.texts import TextFinding

MIN_QUESTIONS = 20
"""Single-answer questions below which chance explains anything."""
UNLIKELY = 0.001
"""The chance at which a count is no longer taken for chance."""

_PRECISE = re.compile(r"\d|`")


@dataclass
class Guess:
    """How a way to guess does: in how many questions it names one option, hits the key, and would by chance."""

    applies: int = 0
    hits: int = 0
    expected: float = 0.0

    def add(self, hit: bool, options: int) -> None:
        """Count one question more."""
        self.applies += 1
        self.hits += hit
        self.expected += 1 / options

    def __add__(self, other: "Guess") -> "Guess":
        return Guess(self.applies + other.applies, self.hits + other.hits, self.expected + other.expected)

    def beats_chance(self) -> bool:
        """Whether so many hits would come about by chance in less than one deck of a thousand."""
        return bool(self.applies) and _at_least(self.hits, self.applies, self.expected / self.applies) < UNLIKELY


Counts = dict[tuple[str, str], Guess]
"""Each way to guess, by its code and in words."""


def count(items: Iterable[Item]) -> Counts:
    """How each way does over the questions with a single right option."""
    counts: Counts = {}
    for item in items:
        if len(item.key) > 1:
            continue
        (key,) = item.key
        options = len(item.options)
        for code, rate, what in _WAYS:
            ratings = rate(item)
            best = max(ratings)
            if ratings.count(best) == 1:
                counts.setdefault((code, what), Guess()).add(ratings[key] == best, options)
        for place in range(options):
            counts.setdefault(("W321", f"option {place + 1}"), Guess()).add(place == key, options)
    return counts


def together(counts: Iterable[Counts]) -> Counts:
    """The counts of several decks as one."""
    total: Counts = {}
    for one in counts:
        for way, guess in one.items():
            total[way] = total[way] + guess if way in total else guess
    return total


def judge(counts: Counts) -> Iterator[TextFinding]:
    """W320 to W323: the ways that do better than chance."""
    for (code, what), guess in counts.items():
        if guess.beats_chance():
            share, chance = guess.hits / guess.applies, guess.expected / guess.applies
            message = f"the key is {what} in {guess.hits} of {guess.applies} questions that have one"
            yield TextFinding(code, ("questions",), f"{message} ({share:.0%}; {chance:.0%} would be chance)")


def _longest(item: Item) -> list[int]:
    return [len(text) for text in item.lowered]


def _precise(item: Item) -> list[bool]:
    return [_PRECISE.search(text) is not None for text in item.lowered]


def _like_the_others(item: Item) -> list[int]:
    """For each option how many of its words stand in the others, each counted as often as it does."""
    words = [{word for word in words if len(word) > 2} for words in item.words]
    counts = Counter([word for of_one in words for word in of_one])
    return [sum([counts[word] - 1 for word in of_one]) for of_one in words]


_WAYS: tuple[tuple[str, Callable[[Item], Sequence[int]], str], ...] = (
    ("W320", _longest, "the longest option"),
    ("W322", _precise, "the only option with a figure or code"),
    ("W323", _like_the_others, "the option that shares most words with the others"),
)


def _at_least(count: int, trials: int, chance: float) -> float:
    """The probability of ``count`` or more successes in so many trials, by the normal approximation."""
    if trials < MIN_QUESTIONS:
        return 1.0
    spread = sqrt(trials * chance * (1 - chance))
    return 1 - NormalDist(trials * chance, spread).cdf(count - 0.5)
