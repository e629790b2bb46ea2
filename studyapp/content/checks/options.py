"""Rules about the options beside one another: length, options about options, options that mean the same."""

import re
from collections.abc import Iterator, Sequence

from studyapp.content.checks.finding import NOTHING, Finding, Item, option_text, word_set
from studyapp.content.checks.numbers import quantity

LONGER_BY = 1.25
LONGER_BY_CHARACTERS = 15
"""A key stands out where its length passes that of every distractor by this factor and this much."""


def key_much_longer(item: Item) -> Sequence[Finding]:
    """W305: every option of the key is well longer than every distractor."""
    lengths = item.lengths
    if lengths.index(max(lengths)) not in item.key:
        return NOTHING
    key = min([lengths[i] for i in item.key])
    distractor = max([lengths[i] for i in item.distractors])
    if key <= distractor * LONGER_BY or key - distractor <= LONGER_BY_CHARACTERS:
        return NOTHING
    at = option_text(item.key[0])
    return [Finding(at, f"the key ({key} characters) is well longer than every distractor (at most {distractor})")]


_STARTS = word_set(
    "all none any both neither either only option options answer answers choice choices statement statements "
    "a b c d e f"
)
"""First words of options that are about other options."""
_SHORT = 60
_THINGS = r"(?:options?|answers?|choices?|statements?)"
_ABOUT_ALL = re.compile(
    rf"(?:all|none|any|both|neither|either)(?: one)?(?: of)?(?: the| these| those| them)?(?: (?:other|two|three))?"
    rf"(?: (?:above|below|others|{_THINGS}))?(?: (?:above|below))?"
    r"(?: (?:is|are|can be) (?:correct|right|true|wrong|false|valid|possible)| appl(?:y|ies)| works?| fits?)?[.!]?"
)
_LETTER = r"\(?[a-f]\)?"
_NUMBER = r"\(?[1-6]\)?"
_ABOUT_SOME = re.compile(
    rf"(?:(?:only|both|neither|either) )?(?:{_THINGS} )?{_LETTER}(?:, ?{_LETTER})*,? (?:and|or|nor|&) {_LETTER}"
    rf"(?: only)?(?: (?:is|are) (?:correct|right|true))?\.?"
    rf"|(?:(?:only|both|neither|either) )?{_THINGS} (?:{_LETTER}|{_NUMBER})"
    rf"(?:(?:, ?| and | or | nor | & )(?:{_LETTER}|{_NUMBER}))*(?: only)?\.?"
)
_ABOVE = re.compile(
    r"\b(?:all|none|any|both|neither|either|some|one|two|three) of the (?:above|below|other options|other answers)\b"
)


def all_of_the_above(item: Item) -> Sequence[Finding]:
    """W308: an option that is about other options."""
    found = []
    beyond = "above" in item.where or "below" in item.where or "other" in item.where
    for i, text in enumerate(item.lowered):
        if not beyond and (len(text) >= _SHORT or text.split(" ", 1)[0].strip("(),.") not in _STARTS):
            continue
        about = (_ABOUT_ALL.fullmatch(text) or _ABOUT_SOME.fullmatch(text)) if len(text) < _SHORT else None
        about = about or (_ABOVE.search(text) if beyond else None)
        if about:
            found.append(
                Finding(option_text(i), f"'{about[0]}' speaks of other options, whose order changes in each exam")
            )
    return found


_ARTICLES = frozenset(("a", "an", "the"))
_COMPOUND = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*?|__?)(?=[^\s*_])([^*_]+)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`+([^`]*)`+")
_MARKS = ".,;:!?'\"\u2019\u201c\u201d()"
_FILLING = b".,;:!?'\"()*_` -aenths"
"""Without the characters of marks, articles and plural endings, texts that mean the same are the same."""


def same_meaning(item: Item) -> Sequence[Finding]:
    """W310: options that are equal but for case, punctuation, articles, hyphens and plurals, or the same quantity."""
    skeletons = item.offered.encode("utf-8", "surrogatepass").translate(None, _FILLING).split(b"\n")
    alike = len(set(skeletons)) < len(skeletons)
    if not alike and len(item.exact) - item.exact.count(b"") < 2:
        return NOTHING
    found = []
    first: dict[object, int] = {}
    for i, text in enumerate(item.texts):
        meanings: list[object] = [normalised(text)] if alike and skeletons.count(skeletons[i]) > 1 else []
        if item.exact and item.exact[i] and b"`" not in item.exact[i]:
            meanings.append(quantity(text))
        for meaning in meanings:
            earlier = first.setdefault(meaning, i) if meaning else i
            if earlier != i:
                message = f"options {earlier + 1} and {i + 1} mean the same, so neither can be the key"
                found.append(Finding(option_text(i), message))
                break
    return found


def normalised(text: str) -> tuple[str, ...]:
    """What texts that mean the same have in common. Code is left as it is, and so are signs: ``!=`` is not ``=``."""
    said: list[str] = []
    for i, part in enumerate(_CODE.split(text) if "`" in text else (text,)):
        if i % 2:
            said.append(part)
        else:
            said += _words_of(part, begins=not said)
    return tuple(said)


def _words_of(prose: str, *, begins: bool) -> Iterator[str]:
    if "*" in prose or "_" in prose:
        prose = _EMPHASIS.sub(r"\2", prose)
    for word in _COMPOUND.sub(" ", prose).split():
        bare = word.strip(_MARKS)
        if not bare or not any(map(str.isalnum, bare)):  # a sign
            if word not in _MARKS:
                yield word
            continue
        # A single letter is a name, but for the article, and 'A' is one only where the text begins.
        lowered = bare.lower()
        if lowered in _ARTICLES and (bare != "A" or begins):
            begins = False
            continue
        begins = False
        if len(bare) == 1:
            yield bare
        else:
            yield lowered[:-1] if len(bare) > 3 and lowered[-1] == "s" and lowered[-2] != "s" else lowered
