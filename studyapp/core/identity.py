"""Whether a question is still the one that was answered: its key may not have changed, its words may."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from hashlib import blake2s

from studyapp.core.deck import Option, Question

_ALIKE = 0.6
"""Likeness (of ``difflib``, 0 to 1) from which on an option is taken for another one reworded."""


def key_mark(question: Question) -> str:
    """A short mark of the key's texts: where it is the same, so is the key."""
    texts = sorted(option.text for option in question.options if option.correct)
    return blake2s("\0".join(texts).encode(), digest_size=8).hexdigest()


def same_key(before: Sequence[Option], now: Sequence[Option]) -> bool:
    """Whether options have the same key as before, though they may be reworded, added, dropped or in another order.

    Each option is paired with the likeliest of the other side. The key has changed where a pair is right on one side
    and wrong on the other, or where the options without a partner leave another number of right ones.
    """
    likeness = sorted(
        ((_alike(old.text, new.text), i, j) for i, old in enumerate(before) for j, new in enumerate(now)),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    old_left, new_left = set(range(len(before))), set(range(len(now)))
    for alike, i, j in likeness:
        if alike >= _ALIKE and i in old_left and j in new_left:
            if before[i].correct is not now[j].correct:
                return False
            old_left.discard(i)
            new_left.discard(j)
    return sum(before[i].correct for i in old_left) == sum(now[j].correct for j in new_left)


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
