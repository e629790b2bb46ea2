"""Rules about the options beside one another: cues that let the key be found without knowledge."""

import re
from collections.abc import Iterator

from studyapp.content.checks.finding import Finding, Item, option_text

LONGER_BY = 1.25
LONGER_BY_CHARACTERS = 15
"""A key stands out where its length passes that of every distractor by this factor and this much."""

_ABOVE = re.compile(
    r"\b(?:all|none|any|both|neither|either) of (?:the (?:above|below|options|other options|others)|these)\b"
)
_LETTERS = re.compile(
    r"^(?:options?\s+|answers?\s+|only\s+|both\s+|neither\s+|either\s+)?"
    r"\(?[a-f]\)?(?:\s*,\s*\(?[a-f]\)?)*,?\s+(?:and|or|nor|&)\s+\(?[a-f]\)?\.?$"
)
_ARTICLES = frozenset(("a", "an", "the"))
_COMPOUND = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
_MARKS = ".,;:!?'\"\u2019\u201c\u201d()*_`"
_SKELETON = str.maketrans("", "", _MARKS + " -\n\taenths")
"""Leaves of two texts that mean the same the same letters: articles, plural endings, marks and spaces go."""


def key_much_longer(item: Item) -> Iterator[Finding]:
    """W305: every option of the key is well longer than every distractor."""
    key = min([len(item.options[i].text) for i in item.key])
    distractor = max([len(item.options[i].text) for i in item.distractors])
    if key > distractor * LONGER_BY and key - distractor > LONGER_BY_CHARACTERS:
        at = option_text(item.key[0])
        yield Finding(at, f"the key ({key} characters) is well longer than every distractor (at most {distractor})")


def all_of_the_above(item: Item) -> Iterator[Finding]:
    """W308."""
    of_the = " of the" in item.offered
    for i, text in enumerate(item.lowered):
        found = _LETTERS.search(text) if len(text) < 40 else None
        if not found and of_the:
            found = _ABOVE.search(text)
        if found:
            yield Finding(option_text(i), f"'{found[0]}' speaks of other options, whose order changes in each exam")


def same_meaning(item: Item) -> Iterator[Finding]:
    """W310: options that are equal but for case, punctuation, articles, hyphens and plural endings."""
    skeletons = [text.translate(_SKELETON) for text in item.lowered]
    if len(set(skeletons)) == len(skeletons):
        return
    first: dict[tuple[str, ...], int] = {}
    for i, text in enumerate(item.lowered):
        earlier = first.setdefault(_normalised(text), i)
        if earlier != i:
            yield Finding(option_text(i), f"options {earlier + 1} and {i + 1} mean the same, so neither can be the key")


def _normalised(lowered: str) -> tuple[str, ...]:
    words = [word.strip(_MARKS) for word in _COMPOUND.sub(" ", lowered).split()]
    return tuple([word.rstrip("s") if len(word) > 3 else word for word in words if word not in _ARTICLES])


_NEGATIONS = frozenset(("not", "no", "never", "t"))
_HELPERS = frozenset(("do", "does", "don", "doesn"))
_OPPOSITES = {
    frozenset(pair)
    for pair in (
        ("enable", "disable"),
        ("enabled", "disabled"),
        ("enables", "disables"),
        ("with", "without"),
        ("can", "cannot"),
        ("encrypted", "unencrypted"),
        ("possible", "impossible"),
        ("true", "false"),
        ("yes", "no"),
    )
}
_SIGNS = ("not", "n't", "n\u2019t", "without", "disabl", "cannot", "unencr", "imposs", "never", "false", "no ")


def exhausting_options(item: Item) -> Iterator[Finding]:
    """W324: of three or more options two are a statement and its negation, so that one of them must be the key."""
    if len(item.key) > 1 or len(item.options) < 3 or not any(sign in item.offered for sign in _SIGNS):
        return
    for i, words in enumerate(item.words):
        for j in range(i):
            if abs(len(words) - len(item.words[j])) <= 2 and _opposite(item.words[j], words):
                message = f"options {j + 1} and {i + 1} leave no third case, so one of them is the key"
                yield Finding(option_text(i), message)
                return


def _opposite(first: list[str], second: list[str]) -> bool:
    """Whether one list of words is the other with a negation put in, or with one word turned into its opposite."""
    start = 0
    while start < len(first) and start < len(second) and first[start] == second[start]:
        start += 1
    end = 0
    longest = min(len(first), len(second)) - start
    while end < longest and first[-1 - end] == second[-1 - end]:
        end += 1
    one, other = first[start : len(first) - end], second[start : len(second) - end]
    if len(one) == len(other) == 1:
        return frozenset((one[0], other[0])) in _OPPOSITES
    added = set(one or other)
    return not (one and other) and bool(added & _NEGATIONS) and added <= _NEGATIONS | _HELPERS


_QUANTITY = re.compile(r"^\D{0,3}?(\d[\d,]*(?:\.\d+)?)\s*([^\W\d]+|%)?\s*\.?$")
_UNITS = {
    **dict.fromkeys(("ms", "millisecond"), ("time", 0.001)),
    **dict.fromkeys(("s", "second"), ("time", 1.0)),
    **dict.fromkeys(("minute",), ("time", 60.0)),
    **dict.fromkeys(("h", "hour"), ("time", 3600.0)),
    **dict.fromkeys(("day",), ("time", 86400.0)),
    **dict.fromkeys(("week",), ("time", 604800.0)),
    **dict.fromkeys(("month",), ("time", 2629800.0)),
    **dict.fromkeys(("year",), ("time", 31557600.0)),
    **dict.fromkeys(("kb", "kib"), ("size", 1e3)),
    **dict.fromkeys(("mb", "mib"), ("size", 1e6)),
    **dict.fromkeys(("gb", "gib"), ("size", 1e9)),
    **dict.fromkeys(("tb", "tib"), ("size", 1e12)),
    **dict.fromkeys(("pb", "pib"), ("size", 1e15)),
}


def numbers_in_disorder(item: Item) -> Iterator[Finding]:
    """W311: options that are all quantities of one kind, neither rising nor falling."""
    amounts = amounts_of([option.text for option in item.options])
    if amounts is not None and amounts not in (sorted(amounts), sorted(amounts, reverse=True)):
        yield Finding(option_text(0), "the options are numbers and do not stand in order")


def amounts_of(texts: list[str]) -> list[float] | None:
    """The amounts of texts that are all numbers of one unit; None where one is something else."""
    amounts: list[float] = []
    unit = None
    for text in texts:
        quantity = _quantity(text)
        if quantity is None or (amounts and quantity[0] != unit):
            return None
        unit = quantity[0]
        amounts.append(quantity[1])
    return amounts


def _quantity(text: str) -> tuple[str, float] | None:
    """Kind and amount of an option that is a number with or without a unit."""
    found = _QUANTITY.match(text.strip("*_` "))
    if not found:
        return None
    unit = (found[2] or "").lower()
    kind, factor = _UNITS.get(unit) or _UNITS.get(unit.rstrip("s")) or (unit, 1.0)
    return kind, float(found[1].replace(",", "")) * factor
