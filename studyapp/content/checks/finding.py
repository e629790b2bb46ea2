"""What a rule yields, the question as rules look at it, and what counts as a word."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from studyapp.content.tree import Step
from studyapp.core.deck import Question


class Finding(NamedTuple):
    """A cue found in an item: the steps to the value within the item, and one sentence."""

    steps: tuple[Step, ...]
    message: str


class Item:
    """A question, with what several rules need of it made once.

    ``lowered`` are the options in small letters, ``words`` the words of each, ``offered`` all options in one text;
    ``key`` and ``distractors`` are indexes.
    """

    __slots__ = ("distractors", "key", "lowered", "offered", "options", "question", "stem", "words")

    def __init__(self, question: Question) -> None:
        self.question = question
        self.stem = question.stem
        self.options = question.options
        self.key = [i for i, option in enumerate(question.options) if option.correct]
        self.distractors = [i for i, option in enumerate(question.options) if not option.correct]
        self.lowered = [option.text.lower() for option in question.options]
        self.words = [_WORD.findall(text) for text in self.lowered]
        self.offered = "\n".join(self.lowered)


QuestionRule = Callable[[Item], Iterator[Finding]]

STEM: tuple[Step, ...] = ("stem",)


def option_text(index: int) -> tuple[Step, ...]:
    """The steps to the text of an option."""
    return ("options", index, "text")


_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_WORD = re.compile(r"\w+")


def without_code(text: str) -> str:
    """The text with code spans and code blocks left out."""
    return _CODE.sub(" ", text) if "`" in text else text


def word_count(text: str) -> int:
    """The number of words, as a reader counts them."""
    return len(text.split())
