"""Rules about single words: what the key repeats from the stem, and what only distractors say."""

import re
from collections.abc import Sequence

from studyapp.content.checks.finding import NOTHING, Finding, Item, folded, option_text, without_code, word_set

MIN_WORD = 5
"""Letters of a word that counts as an echo."""
MIN_LONE_WORD = 7
"""Letters of a word that is an echo by itself."""
_ROOT = 5
"""Letters that forms of one word have in common."""
_COMMON_WORDS = """
    about above after against along although another around because before being below between cannot could doing during
    either every further having itself keeps makes needs never nothing other others should since still takes their there
    these those through under until using wants where whether which while within without would company service services
"""
_STOP = word_set(folded(_COMMON_WORDS))
_ABSOLUTE = re.compile(r"(?<![\w-])(always|never|only)(?![\w-])")


def stem_words_in_key(item: Item) -> Sequence[Finding]:
    """W306: content words of the stem that only the key repeats: two, or one where the others echo nothing like it."""
    stem = item.stem.lower()
    key = sum([1 << i for i in item.key])
    own = [
        word
        for word, holders in item.where.items()
        if holders | key == key and len(word) >= MIN_WORD and word not in _STOP and word in stem
    ]
    if not _are_enough(own):
        return NOTHING
    stem = folded(stem.replace("\n", " "))
    own = [word for word in own if f" {word} " in stem]
    return _echoes(item, own, stem) if _are_enough(own) else NOTHING


def _are_enough(words: Sequence[str]) -> bool:
    return len(words) > 1 or (len(words) == 1 and len(words[0]) >= MIN_LONE_WORD)


def _echoes(item: Item, own: Sequence[str], stem: str) -> Sequence[Finding]:
    """What of the key's ``own`` words of the stem is a cue, beside what other options repeat."""
    where = item.where
    rivals = _rivals(item, stem, len(own))
    if rivals == len(own):
        return NOTHING
    of_keys = [[word for word in own if where[word] >> i & 1] for i in item.key]
    # Several keys together repeat more by chance, so there no distractor may have a word of its own.
    if min(map(len, of_keys)) <= max(1, rivals) or (rivals and len(item.key) > 1):
        if rivals or not _repeats_most(item, stem):
            return NOTHING
        of_keys = [[word for word in words if _stands_out(item, word)] for words in of_keys]
    if not all(of_keys):
        return NOTHING
    cues = {word for words in of_keys for word in words}
    told = {word for i in item.key for word in item.words[i] if folded(word).strip() in cues}
    named = ", ".join([f"'{word}'" for word in sorted(told)])
    return [Finding(option_text(item.key[0]), f"of all options only the key repeats {named} from the stem")]


def _rivals(item: Item, stem: str, enough: int) -> int:
    """How many words of the stem a distractor at most has to itself; no more than ``enough`` are counted."""
    rivals = dict.fromkeys([1 << i for i in item.distractors], 0)
    for word, holders in item.where.items():
        if holders in rivals and _is_repeated(word, stem):
            rivals[holders] += 1
            if rivals[holders] == enough:
                return enough
    return max(rivals.values())


def _is_repeated(word: str, stem: str) -> bool:
    return len(word) >= MIN_WORD and word not in _STOP and f" {word} " in stem


def _repeats_most(item: Item, stem: str) -> bool:
    """Whether each option of the key repeats more words of the stem than any distractor."""
    repeated = [holders for word, holders in item.where.items() if _is_repeated(word, stem)]
    counts = [sum([holders >> i & 1 for holders in repeated]) for i in range(len(item.texts))]
    return min([counts[i] for i in item.key]) > max([counts[i] for i in item.distractors])


def _stands_out(item: Item, word: str) -> bool:
    """Whether one word is a cue: it is long, no name, not of the subject's own, and no distractor has a form of it."""
    if len(word) < MIN_LONE_WORD or item.subject(word):
        return False
    root = word[:_ROOT]
    if any(word.startswith(root) for i in item.distractors for word in item.words[i]):
        return False
    name = word[0].upper() + word[1:]
    return name not in item.stem and not any(f" {name}" in item.texts[i] for i in item.key)


def absolute_distractors(item: Item) -> Sequence[Finding]:
    """W307: always, never or only in a distractor and in no option of the key."""
    where = item.where
    if "only" not in where and "alway" not in where and "never" not in where:  # as the words are folded
        return NOTHING
    found = [_absolute(text) for text in item.lowered]
    if any(found[i] for i in item.key):
        return NOTHING
    at = next((i for i in item.distractors if found[i]), None)
    if at is None:
        return NOTHING
    return [Finding(option_text(at), f"'{found[at]}' stands in distractors and not in the key")]


def _absolute(lowered: str) -> str | None:
    found = _ABSOLUTE.search(without_code(lowered) if "`" in lowered else lowered)
    return found[0] if found else None
