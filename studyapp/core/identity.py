"""Whether a question is still the one that was answered: its key may not have changed, a slip in it may be mended."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from hashlib import blake2s

from studyapp.core.deck import Option

_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"a", "an", "the"})
_SLIP = 0.75
"""Likeness (of ``difflib``, 0 to 1) from which on a word is taken for another one mistyped."""


def key_mark(options: Sequence[Option]) -> str:
    """A short mark of the texts of the right options: where it is the same, so is the key."""
    texts = sorted(option.text for option in options if option.correct)
    return blake2s("\0".join(texts).encode(), digest_size=8).hexdigest()


def same_key(before: Sequence[Option], now: Sequence[Option]) -> bool:
    """Whether the same answers are right as before, in whatever order and among whatever others.

    A right option is the same with its slips mended: words that differ by a letter or two, case, punctuation and
    articles. Another word, another figure, one word more or less may mean another answer, and count as one.
    """
    right = [option.text for option in now if option.correct]
    for option in before:
        if option.correct:
            found = next((text for text in right if _same_text(option.text, text)), None)
            if found is None:
                return False
            right.remove(found)
    return not right


def _same_text(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    return len(first) == len(second) and all(map(_same_word, first, second))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _ARTICLES]


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    figures = any(character.isdigit() for character in one + other)
    likeness = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return not figures and one[:1] == other[:1] and min(len(one), len(other)) > 3 and likeness >= _SLIP
