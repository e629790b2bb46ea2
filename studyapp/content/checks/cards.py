"""Rules about cards."""

import re
from collections.abc import Callable, Iterator

from studyapp.content.checks.finding import Finding, word_count
from studyapp.core.deck import Card

MAX_BACK_WORDS = 60
_LEANS_ON_LIST = re.compile(
    r"\b(?:which|what) of (?:the following|these|those)\b|\b(?:name|list|give|mention) (?:some|a few|any)\b",
    re.IGNORECASE,
)
_GAP = re.compile(r"\{\{.+?\}\}", re.DOTALL)
_NO_WORD = re.compile(r"[\W_]*$")

CardRule = Callable[[Card], Iterator[Finding]]


def long_back(card: Card) -> Iterator[Finding]:
    """W301."""
    words = word_count(card.back)
    if words > MAX_BACK_WORDS:
        yield Finding(("back",), f"the back has {words} words; at most {MAX_BACK_WORDS}: one fact, then why")


def leans_on_list(card: Card) -> Iterator[Finding]:
    """W331: a front that asks to choose from options that a card does not have, or for any of many answers."""
    found = _LEANS_ON_LIST.search(card.front)
    if found:
        yield Finding(("front",), f"'{found[0]}' cannot be answered without seeing the back; ask for one thing")


def hides_everything(card: Card) -> Iterator[Finding]:
    """W332: outside the gaps of the cloze no word is left."""
    if card.cloze and _NO_WORD.match(_GAP.sub("", card.cloze)):
        yield Finding(("cloze",), "the gaps hide the whole text; leave what they are to be recalled from")
