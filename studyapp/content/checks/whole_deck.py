"""Rules over a whole deck: cues that no single question shows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt
from statistics import NormalDist

from studyapp.content.checks.texts import TextFinding
from studyapp.core.deck import Deck, Question

MIN_QUESTIONS = 20
"""Single-answer questions below which chance explains anything."""
UNLIKELY = 0.001
"""The chance at which a count is no longer taken for chance."""


def check_whole_deck(deck: Deck) -> Iterator[TextFinding]:
    """W320 and W321, over the questions with a single right option."""
    single = [question for question in deck.questions if len(question.key) == 1]
    if len(single) >= MIN_QUESTIONS:
        yield from _longest(single)
        yield from _places(single)


def _longest(questions: Sequence[Question]) -> Iterator[TextFinding]:
    count = sum(_key_is_longest(question) for question in questions)
    chance = sum(1 / len(question.options) for question in questions) / len(questions)
    if _at_least(count, len(questions), chance) < UNLIKELY:
        share, expected = count / len(questions), f"{chance:.0%} would be chance"
        message = f"the key is the longest option in {count} of {len(questions)} questions ({share:.0%}; {expected})"
        yield TextFinding("W320", ("questions",), message)


def _key_is_longest(question: Question) -> bool:
    lengths = [len(option.text) for option in question.options]
    (key,) = question.key
    return lengths[key] == max(lengths) and lengths.count(lengths[key]) == 1


def _places(questions: Sequence[Question]) -> Iterator[TextFinding]:
    counts = Counter(min(question.key) for question in questions)
    for place, count in sorted(counts.items()):
        chance = sum(1 / len(q.options) for q in questions if place < len(q.options)) / len(questions)
        if _at_least(count, len(questions), chance) < UNLIKELY:
            message = f"the key is option {place + 1} in {count} of {len(questions)} questions"
            yield TextFinding("W321", ("questions",), f"{message} ({chance:.0%} would be chance)")


def _at_least(count: int, trials: int, chance: float) -> float:
    """The probability of ``count`` or more successes in so many trials, by the normal approximation."""
    spread = sqrt(trials * chance * (1 - chance))
    return 1 - NormalDist(trials * chance, spread).cdf(count - 0.5)
