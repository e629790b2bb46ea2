"""Rules about single words: what the key repeats from the stem, and what only distractors say."""

import re
from collections.abc import Iterator

from studyapp.content.checks.finding import Finding, Item, option_text, without_code

_WORD = re.compile(r"\w{5,}")
_COMMON_WORDS = """
    about above after against along although another around because before being below between cannot could doing during
    either every further having itself keeps makes needs never nothing other others should since still takes their there
    these those through under until using wants where whether which while within without would company service services
"""
_STOP = frozenset(_COMMON_WORDS.split())
_ABSOLUTE = re.compile(r"(?<![\w-])(always|never|only)(?![\w-])")


def stem_words_in_key(item: Item) -> Iterator[Finding]:
    """W306: two or more content words of the stem stand in the key alone, and no distractor has as many of its own."""
    if len(item.key) > 1:
        return
    (key,) = item.key
    of_key = _content_words(item.words[key]).difference(*[item.words[i] for i in item.distractors])
    stem = item.stem.lower()
    if sum([word in stem for word in of_key]) < 2:
        return
    in_stem = _content_words(_WORD.findall(stem))
    shared = [_content_words(words) & in_stem for words in item.words]
    own = [words.difference(*shared[:i], *shared[i + 1 :]) for i, words in enumerate(shared)]
    if len(own[key]) >= 2 and len(own[key]) > max(len(own[i]) for i in item.distractors):
        words = ", ".join(f"'{word}'" for word in sorted(own[key]))
        yield Finding(option_text(key), f"of all options only the key repeats {words} from the stem")


def _content_words(words: list[str]) -> set[str]:
    return {word.rstrip("s") for word in words if len(word) > 4 and word not in _STOP}


def absolute_distractors(item: Item) -> Iterator[Finding]:
    """W307: always, never or only in a distractor and in no option of the key."""
    offered = item.offered
    if "only" not in offered and "always" not in offered and "never" not in offered:
        return
    found = [_absolute(text) for text in item.lowered]
    if any(found[i] for i in item.key):
        return
    for i in item.distractors:
        if found[i]:
            yield Finding(option_text(i), f"'{found[i]}' stands in distractors and not in the key")
            return


def _absolute(lowered: str) -> str | None:
    found = _ABSOLUTE.search(without_code(lowered))
    return found[0] if found else None
