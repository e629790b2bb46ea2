"""What a card or question is about, in a few lines of text, and whether two of them are about the same.

Held against each other are the words that carry meaning: how they are put, and sentences that every question ends in,
tell nothing. An answer decides by itself only where it is long: 'True' or the name of a product answers many things.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from studyapp.core.deck import Card, Question

_MAX_ASKED, _MAX_ANSWER = 320, 160
_LIKE, _LIKE_AT_LENGTH, _AT_LENGTH = 0.6, 0.4, 8
"""The share of words that two texts have in common where they ask the same; less will do where so many words are."""
_LIKE_IN_ALL, _LIKE_AT_LEAST = 0.9, 0.25
"""The shares of what is asked and of the answer together; and of what is asked, where the answer is short."""
_TELLING = 7
"""Words from which on an answer is one that hardly two questions share."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s")
# Scripts without spaces are compared by character.
_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]|[^\W\u3040-\u9fff\uac00-\ud7af]+")
_FILLER_WORDS = """
    a an and are as at be by can do does each for from has have how in is it its not of on one or should that the their
    them these they this to what when where which who why will with you your
"""
_FILLERS = frozenset(_FILLER_WORDS.split())


@dataclass(frozen=True)
class Meaning:
    """What an id stands for. ``line`` is where the ledger says so, 0 for what stands in a deck."""

    kind: str
    asked: str
    answer: str
    line: int = 0

    def differs_from(self, recorded: "Meaning") -> bool:
        """Whether what the ledger has recorded was about something else, or of another kind."""
        return self.likeness(recorded) == 0

    def likeness(self, recorded: "Meaning") -> float:
        """How alike question and answer are, up to 2; 0 where they are about something else."""
        if self.kind != recorded.kind:
            return 0
        if (self.asked, self.answer) == (recorded.asked, recorded.answer):
            return 2
        answer, _ = _shared(self.words_of_answer, recorded.words_of_answer)
        asked, words = max(_shared(self.words_asked, recorded.words_asked), self._shared_by_last(recorded))
        if recorded.asked == last_sentence(self.asked) and answer >= _LIKE:
            asked = 1
        telling = min(len(_WORD.findall(text)) for text in (self.answer, recorded.answer)) >= _TELLING
        alike = (
            asked >= _LIKE
            or (asked >= _LIKE_AT_LENGTH and words >= _AT_LENGTH)
            or (asked + answer >= _LIKE_IN_ALL and (telling or asked >= _LIKE_AT_LEAST))
        )
        return asked + answer if alike else 0

    def _shared_by_last(self, recorded: "Meaning") -> tuple[float, int]:
        """What the last sentence shares with a line of the time when the ledger recorded no more of a stem."""
        return _shared(_words(last_sentence(self.asked)), recorded.words_asked)

    @cached_property
    def words_asked(self) -> Counter[str]:
        """The words that carry what is asked."""
        return _words(self.asked)

    @cached_property
    def words_of_answer(self) -> Counter[str]:
        """The words that carry the answer."""
        return _words(self.answer)


def meaning_of(item: Card | Question) -> Meaning:
    """What an item asks and what the answer is, each in one line of bounded length."""
    if isinstance(item, Card):
        asked, answer = item.front or item.cloze or "", item.back or item.cloze or ""
        return Meaning("card", _line(asked, _MAX_ASKED), _line(answer, _MAX_ANSWER))
    answer = " / ".join(option.text for option in item.options if option.correct)
    return Meaning("question", _line(item.stem, _MAX_ASKED), _line(answer, _MAX_ANSWER))


def last_sentence(asked: str) -> str:
    """The sentence that asks: the last one, without its question mark."""
    return _SENTENCE_END.split(asked.rpartition("?")[0] or asked)[-1]


def _line(text: str, limit: int) -> str:
    """A text in one line, with its beginning and its end where it is long."""
    line = " ".join(text.split())
    half = limit // 2 - 1
    return line if len(line) <= limit else f"{line[:half]}…{line[-half:]}"


def _words(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text.lower()) if word not in _FILLERS)


def _shared(one: Counter[str], other: Counter[str]) -> tuple[float, int]:
    """The share of words that two texts have in common, and how many these are."""
    shared = (one & other).total()
    return 2 * shared / max(1, one.total() + other.total()), shared
