"""What somebody who does not know the subject can do: strategies that look at form alone, scored over the bank.

    python tests/bank/guessing.py

prints each strategy's score beside chance. A strategy rates the options; it picks the best-rated one, or as many as the
question takes; equals are drawn by lot, so the score is an expectation. Several answers count only as a whole.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from math import comb
from pathlib import Path

from studyapp.core.deck import Question

_HEDGES = re.compile(
    r"\b(may|might|can|could|usually|often|some|generally|typically|mostly|tends?|likely|where|if|as needed)\b", re.I
)
_COMMON_WORDS = """a an the of to in on for and or with by from at as is are be it its that this their they which into
each one two so not no than then when what who how do does has have had will would should can could only over per every
any all use uses using run runs keep new data team must need needs"""
_COMMON = frozenset(re.findall(r"\w+", _COMMON_WORDS))


def words(text: str) -> set[str]:
    """The content words of a text."""
    return {w for w in re.findall(r"[a-z0-9]+", text.lower()) if len(w) > 2} - _COMMON


def longest(question: Question) -> list[float]:
    return [len(option.text) for option in question.options]


def shortest(question: Question) -> list[float]:
    return [-len(option.text) for option in question.options]


def like_the_stem(question: Question) -> list[float]:
    stem = words(question.stem)
    return [len(words(option.text) & stem) for option in question.options]


def most_hedged(question: Question) -> list[float]:
    return [len(_HEDGES.findall(option.text)) for option in question.options]


def first(question: Question) -> list[float]:
    return [-i for i in range(len(question.options))]


def named_in_the_others(question: Question) -> list[float]:
    texts = [words(option.text) for option in question.options]
    return [sum(len(mine & other) for other in texts if other is not mine) for mine in texts]


STRATEGIES: tuple[Callable[[Question], list[float]], ...] = (
    longest,
    shortest,
    like_the_stem,
    most_hedged,
    first,
    named_in_the_others,
)


def chance(question: Question) -> float:
    """The chance to hit the key by drawing as many options as it has."""
    return 1 / comb(len(question.options), len(question.key))


def hit(ratings: Sequence[float], key: frozenset[int]) -> float:
    """The chance that the best-rated options, equals drawn by lot, are exactly the key."""
    picks = len(key)
    threshold = sorted(ratings, reverse=True)[picks - 1]
    sure = {i for i, rating in enumerate(ratings) if rating > threshold}
    tied = {i for i, rating in enumerate(ratings) if rating == threshold}
    missing = key - sure
    if not sure <= key or not missing <= tied:
        return 0.0
    return 1 / comb(len(tied), len(missing))


def scores(questions: Iterable[Question]) -> dict[str, tuple[float, float]]:
    """Each strategy's share of questions hit, and the share that chance hits."""
    questions = list(questions)
    expected = sum(map(chance, questions)) / len(questions)
    return {
        strategy.__name__: (sum(hit(strategy(q), q.key) for q in questions) / len(questions), expected)
        for strategy in STRATEGIES
    }


if __name__ == "__main__":
    from studyapp.content.loader import load

    bank = load([Path(__file__).parents[2] / "decks"]).bank
    print(f"{len(bank.questions)} questions")
    for name, (score, expected) in scores(bank.questions.values()).items():
        print(
            f"{name.replace('_', ' '):22} {score:6.1%}   chance {expected:.1%}   {100 * (score - expected):+.1f} points"
        )
