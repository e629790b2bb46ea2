"""Rules over many questions: cues that no single one shows.

Each is a way to guess without knowledge. It is reported where it hits so often that chance alone would do as well in
less than one of a thousand decks.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from statistics import NormalDist

from studyapp.content.checks.texts import TextFinding
from studyapp.core.deck import Question

MIN_QUESTIONS = 20
"""Single-answer questions below which chance explains anything."""
UNLIKELY = 0.001
"""The chance at which a count is no longer taken for chance."""

_WORD = re.compile(r"\w{3,}")
_PRECISE = re.compile(r"\d|`")


def check_whole(questions: Sequence[Question]) -> Iterator[TextFinding]:
    """W320 to W323, over the questions with a single right option."""
    single = [question for question in questions if sum(option.correct for option in question.options) == 1]
    if len(single) < MIN_QUESTIONS:
        return
    for code, guess, what in _GUESSES:
        yield from _guessing(code, guess, what, single)
    yield from _places(single)


def _longest(texts: list[str]) -> list[float]:
    return [len(text) for text in texts]


def _precise(texts: list[str]) -> list[float]:
    return [1.0 if _PRECISE.search(text) else 0.0 for text in texts]


def _like_the_others(texts: list[str]) -> list[float]:
    """For each option how many of its words stand in the others, each counted as often as it does."""
    words = [set(_WORD.findall(text.lower())) for text in texts]
    counts = Counter(word for of_one in words for word in of_one)
    return [sum([counts[word] - 1 for word in of_one]) for of_one in words]


_GUESSES: tuple[tuple[str, Callable[[list[str]], list[float]], str], ...] = (
    ("W320", _longest, "the longest option"),
    ("W322", _precise, "the only option with a figure or code"),
    ("W323", _like_the_others, "the option that shares most words with the others"),
)


def _guessing(
    code: str, rate: Callable[[list[str]], list[float]], what: str, questions: Sequence[Question]
) -> Iterator[TextFinding]:
    """A guess applies where it rates one option above all others."""
    applies = hits = 0
    expected = 0.0
    for question in questions:
        ratings = rate([option.text for option in question.options])
        best = max(ratings)
        if ratings.count(best) == 1:
            applies += 1
            hits += question.options[ratings.index(best)].correct
            expected += 1 / len(question.options)
    if applies and _at_least(hits, applies, expected / applies) < UNLIKELY:
        share, chance = hits / applies, expected / applies
        message = f"the key is {what} in {hits} of {applies} questions that have one"
        yield TextFinding(code, ("questions",), f"{message} ({share:.0%}; {chance:.0%} would be chance)")


def _places(questions: Sequence[Question]) -> Iterator[TextFinding]:
    counts = Counter(next(i for i, option in enumerate(q.options) if option.correct) for q in questions)
    for place, count in sorted(counts.items()):
        chance = sum(1 / len(q.options) for q in questions if place < len(q.options)) / len(questions)
        if _at_least(count, len(questions), chance) < UNLIKELY:
            message = f"the key is option {place + 1} in {count} of {len(questions)} questions"
            yield TextFinding("W321", ("questions",), f"{message} ({chance:.0%} would be chance)")


def _at_least(count: int, trials: int, chance: float) -> float:
    """The probability of ``count`` or more successes in so many trials, by the normal approximation."""
    if trials < MIN_QUESTIONS:
        return 1.0
    spread = sqrt(trials * chance * (1 - chance))
    return 1 - NormalDist(trials * chance, spread).cdf(count - 0.5)
