"""Whether a question is still the one that was answered: its key may not have changed, a slip in it may be mended."""

from collections.abc import Sequence
from hashlib import blake2s

from studyapp.core.deck import Option
from studyapp.core.slips import OTHER, IsWord, nearness


def key_mark(options: Sequence[Option]) -> str:
    """A short mark of the texts of the right options: where it is the same, so is the key."""
    texts = sorted(option.text for option in options if option.correct)
    return blake2s("\0".join(texts).encode(), digest_size=8).hexdigest()


def same_key(before: Sequence[Option], now: Sequence[Option], is_word: IsWord = lambda word: False) -> bool:
    """Whether the same answers are right as before, in whatever order and among whatever others.

    A right option is the same with its slips mended, unless it is as near to an option that was or is wrong: an old
    right answer that is still offered, and wrong now, is always another key. Another word, figure or sign, one word
    more or less, may mean another answer, and count as one. ``is_word`` tells which words other questions have.
    """
    was_right, was_wrong = _texts(before, correct=True), _texts(before, correct=False)
    is_right, is_wrong = _texts(now, correct=True), _texts(now, correct=False)
    gone, come = _without(was_right, is_right), _without(is_right, was_right)
    if set(gone) & set(is_wrong) or set(come) & set(was_wrong):
        return False
    # Options that stayed as they were are no rivals: nothing was mended in them.
    rivals = _without(was_wrong, is_wrong), _without(is_wrong, was_wrong)
    for text in gone:
        found = next((new for new in come if _is_mended(text, new, rivals, is_word)), None)
        if found is None:
            return False
        come.remove(found)
    return not come


def _texts(options: Sequence[Option], *, correct: bool) -> list[str]:
    return [" ".join(option.text.split()) for option in options if option.correct is correct]


def _without(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    """The texts, each taken out once for each time that the others have it."""
    left = list(texts)
    for text in others:
        if text in left:
            left.remove(text)
    return left


def _is_mended(old: str, new: str, rivals: tuple[Sequence[str], Sequence[str]], is_word: IsWord) -> bool:
    """Whether a right option became another one by mending, and not a wrong one that was or is nearer."""
    near = nearness(old, new, is_word)
    was_wrong, is_wrong = rivals
    pairs = [*((wrong, new) for wrong in was_wrong), *((old, wrong) for wrong in is_wrong)]
    return near > OTHER and all(nearness(*pair, is_word) < near for pair in pairs)
