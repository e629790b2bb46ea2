"""Rules about cards."""

import re
from collections.abc import Callable, Iterator, Sequence

from studyapp.content.checks.finding import NOTHING, Finding, word_count
from studyapp.core.deck import Card

MAX_BACK_WORDS = 60
_LEANS_ON_LIST = re.compile(
    r"\b(?:which|what) of (?:the following|these|those)\b|\b(?:name|list|give|mention) (?:some|a few|any)\b",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"[\W_]*+$")

CardRule = Callable[[Card], Sequence[Finding]]


def long_back(card: Card) -> Sequence[Finding]:
    """W301."""
    back = card.back
    # n words have n - 1 blanks or line ends.
    if back.count(" ") + back.count("\n") < MAX_BACK_WORDS or (words := word_count(back)) <= MAX_BACK_WORDS:
        return NOTHING
    return [Finding(("back",), f"the back has {words} words; at most {MAX_BACK_WORDS}: one fact, then why")]


def leans_on_list(card: Card) -> Sequence[Finding]:
    """W331: a front that asks to choose from options that a card does not have, or for any of many answers."""
    front = card.front
    if " of th" not in front and " some" not in front and " a few" not in front and " any" not in front:
        return NOTHING
    found = _LEANS_ON_LIST.search(front)
    if not found:
        return NOTHING
    return [Finding(("front",), f"'{found[0]}' cannot be answered without seeing the back; ask for one thing")]


def hides_everything(card: Card) -> Sequence[Finding]:
    """W332: outside the gaps of the cloze no word is left."""
    if not card.cloze or not _NO_WORD.match("".join(around_gaps(card.cloze))):
        return NOTHING
    return [Finding(("cloze",), "the gaps hide the whole text; leave what they are to be recalled from")]


def around_gaps(cloze: str) -> Iterator[str]:
    """What a cloze shows while its ``{{…}}`` are hidden."""
    done = 0
    while (start := cloze.find("{{", done)) >= 0 and (end := cloze.find("}}", start + 3)) >= 0:
        yield cloze[done:start]
        done = end + 2
    yield cloze[done:]
