"""Rules about the options: cues that let the key be found without knowledge."""

import re
from collections.abc import Iterator

from studyapp.content.checks.finding import Finding, option_text, without_code
from studyapp.core.deck import Question

LONGER_BY = 1.25
LONGER_BY_CHARACTERS = 15
"""A key stands out where its length passes that of every distractor by this factor and this much."""

_WORD = re.compile(r"\w{5,}")
_COMMON_WORDS = """
    about above after against along although another around because before being below between cannot could doing during
    either every further having itself keeps makes needs never nothing other others should since still takes their there
    these those through under until using wants where whether which while within without would company service services
"""
_STOP = frozenset(_COMMON_WORDS.split())
_ABSOLUTE = re.compile(r"(?<![\w-])(always|never|only)(?![\w-])")
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


def key_much_longer(question: Question) -> Iterator[Finding]:
    """W305: every option of the key is well longer than every distractor."""
    lengths = [len(option.text) for option in question.options]
    key = min(lengths[i] for i in question.key)
    distractor = max(length for i, length in enumerate(lengths) if i not in question.key)
    if key > distractor * LONGER_BY and key - distractor > LONGER_BY_CHARACTERS:
        at = option_text(min(question.key))
        yield Finding(at, f"the key ({key} characters) is well longer than every distractor (at most {distractor})")


def stem_words_in_key(question: Question) -> Iterator[Finding]:
    """W306: two or more content words of the stem stand in the key alone, and no distractor has as many of its own."""
    if len(question.key) > 1:
        return
    stem = _content_words(question.stem)
    shared = [_content_words(option.text) & stem for option in question.options]
    own = [words.difference(*shared[:i], *shared[i + 1 :]) for i, words in enumerate(shared)]
    (key,) = question.key
    if len(own[key]) >= 2 and len(own[key]) > max(len(words) for i, words in enumerate(own) if i != key):
        words = ", ".join(f"'{word}'" for word in sorted(own[key]))
        yield Finding(option_text(key), f"of all options only the key repeats {words} from the stem")


def _content_words(text: str) -> set[str]:
    return {word.rstrip("s") for word in set(_WORD.findall(text.lower())) - _STOP}


def absolute_distractors(question: Question) -> Iterator[Finding]:
    """W307: always, never or only in a distractor and in no option of the key."""
    found = [_absolute(option.text) for option in question.options]
    if any(found[i] for i in question.key):
        return
    for i, match in enumerate(found):
        if match:
            yield Finding(option_text(i), f"'{match}' stands in distractors and not in the key")
            return


def _absolute(text: str) -> str | None:
    lowered = text.lower()
    if "only" not in lowered and "always" not in lowered and "never" not in lowered:
        return None
    found = _ABSOLUTE.search(without_code(lowered))
    return found[0] if found else None


def all_of_the_above(question: Question) -> Iterator[Finding]:
    """W308."""
    for i, option in enumerate(question.options):
        found = _speaks_of_others(option.text.lower())
        if found:
            yield Finding(option_text(i), f"'{found[0]}' speaks of other options, whose order changes in each exam")


def _speaks_of_others(text: str) -> re.Match[str] | None:
    if len(text) < 40 and (found := _LETTERS.search(text)):
        return found
    return _ABOVE.search(text) if " of the" in text else None


def same_meaning(question: Question) -> Iterator[Finding]:
    """W310: options that are equal but for case, punctuation, articles, hyphens and plural endings."""
    first: dict[tuple[str, ...], int] = {}
    for i, option in enumerate(question.options):
        earlier = first.setdefault(_normalised(option.text), i)
        if earlier != i:
            yield Finding(option_text(i), f"options {earlier + 1} and {i + 1} mean the same, so neither can be the key")


def _normalised(text: str) -> tuple[str, ...]:
    words = [word.strip(_MARKS) for word in _COMPOUND.sub(" ", text.lower()).split()]
    return tuple([word.rstrip("s") if len(word) > 3 else word for word in words if word not in _ARTICLES])


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


def numbers_in_disorder(question: Question) -> Iterator[Finding]:
    """W311: options that are all quantities of one kind, neither rising nor falling."""
    quantities = [_quantity(option.text) for option in question.options]
    known = [quantity for quantity in quantities if quantity is not None]
    if len(known) < len(quantities) or len({kind for kind, _ in known}) > 1:
        return
    amounts = [amount for _, amount in known]
    if amounts not in (sorted(amounts), sorted(amounts, reverse=True)):
        yield Finding(option_text(0), "the options are numbers and do not stand in order")


def _quantity(text: str) -> tuple[str, float] | None:
    """Kind and amount of an option that is a number with or without a unit."""
    found = _QUANTITY.match(text.strip("*_` "))
    if not found:
        return None
    unit = (found[2] or "").lower()
    kind, factor = _UNITS.get(unit) or _UNITS.get(unit.rstrip("s")) or (unit, 1.0)
    return kind, float(found[1].replace(",", "")) * factor
