"""What a rule yields, and the words it looks at."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from studyapp.content.tree import Step
from studyapp.core.deck import Question


class Finding(NamedTuple):
    """A cue found in an item: the steps to the value within the item, and one sentence."""

    steps: tuple[Step, ...]
    message: str


QuestionRule = Callable[[Question], Iterator[Finding]]

STEM: tuple[Step, ...] = ("stem",)


def option_text(index: int) -> tuple[Step, ...]:
    """The steps to the text of an option."""
    return ("options", index, "text")


_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def without_code(text: str) -> str:
    """The text with code spans and code blocks left out."""
    return _CODE.sub(" ", text) if "`" in text else text


def word_count(text: str) -> int:
    """The number of words, as a reader counts them."""
    return len(text.split())
