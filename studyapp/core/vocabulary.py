"""Which words the items of a bank have: one that stands elsewhere is not mistyped."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Question
from studyapp.core.slips import IsWord

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Vocabulary:
    """The words of one bank, without regard to case. Working it out takes long for a large one."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._all: set[str] = set()
        self._repeated: set[str] = set()
        for texts in _items(bank):
            words = _words(texts)
            self._repeated |= words & self._all
            self._all |= words

    def beside(self, question: Question) -> IsWord:
        """Tells which words stand in other items than this question."""
        own = _words(_question_texts(question))
        return lambda word: word in (self._repeated if word in own else self._all)


def _items(bank: Bank) -> Iterator[Iterable[str]]:
    for question in bank.questions.values():
        yield _question_texts(question)
    for card in bank.cards.values():
        yield _card_texts(card)


def _question_texts(question: Question) -> Iterator[str]:
    yield question.stem
    for option in question.options:
        yield option.text
        yield option.rationale


def _card_texts(card: Card) -> tuple[str, ...]:
    return card.front, card.back, card.cloze or ""


def _words(texts: Iterable[str]) -> set[str]:
    text = unicodedata.normalize("NFKC", " ".join(texts)).replace("’", "'").casefold()
    words = set(_WORD.findall(text))
    # What belongs to a customer tells that there is the word customer.
    return words | {word[:-2] for word in words if word.endswith("'s")}
