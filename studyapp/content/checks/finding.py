"""What a rule finds, the question as rules look at it, and what counts as a word."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from studyapp.content.tree import Step
from studyapp.core.deck import Question


class Finding(NamedTuple):
    """A cue found in an item: the steps to the value within the item, and one sentence."""

    steps: tuple[Step, ...]
    message: str


NOTHING: tuple[Finding, ...] = ()
"""What nearly every rule finds in nearly every item: no list is made for it."""

_MARK = re.compile(r"[^\w\s]")
_NO_MARKS = bytes(i if i > 127 or chr(i).isalnum() or chr(i) in "_\n" else 32 for i in range(256))
"""Turns ASCII marks into blanks."""
_ALL_BUT_EXACT = bytes(i for i in range(256) if chr(i) not in "0123456789`\n")


class Item:
    """A question, with what several rules need of it made once.

    ``texts`` are the options, ``lowered`` the same in small letters and each in one line, ``offered`` all of those in
    one text. ``where`` tells of each of their words, as ``folded`` has them, which options have it: a bit for each of
    them, 1 for the first. ``exact`` has the digits and backticks of each; it is empty where no option has one. ``key``
    and ``distractors`` are indexes.

    ``asked`` is the question that the stem ends in, without its mark, and ``after`` what follows that; ``asked`` is
    None where there is no question mark. ``subject`` tells of a word whether it is common in the deck.
    """

    __slots__ = (
        "_words",
        "after",
        "asked",
        "distractors",
        "exact",
        "key",
        "lengths",
        "lowered",
        "offered",
        "question",
        "rationales",
        "stem",
        "subject",
        "texts",
        "where",
    )

    def __init__(self, question: Question, subject: Callable[[str], bool] = lambda word: False) -> None:
        self.question = question
        self.subject = subject
        self.stem = question.stem
        options = question.options
        self.texts = texts = [option.text for option in options]
        self.rationales = [option.rationale for option in options]
        self.lengths = list(map(len, texts))
        self.key = [i for i, option in enumerate(options) if option.correct]
        self.distractors = [i for i, option in enumerate(options) if not option.correct]
        joined = "\n".join(texts)
        if joined.count("\n") >= len(texts):  # an option of several lines
            joined = "\n".join([" ".join(text.split()) for text in texts])
        self.offered = offered = joined.lower()
        self.lowered = offered.split("\n")
        exact = offered.encode("utf-8", "surrogatepass").translate(None, _ALL_BUT_EXACT)
        self.exact = exact.split(b"\n") if len(exact) >= len(texts) else []
        self.where = where = dict[str, int]()
        known = where.get
        bit = 1
        for line in folded(offered).split("\n"):
            for word in line.split():
                where[word] = known(word, 0) | bit
            bit += bit
        self._words: list[list[str]] | None = None
        self._find_question()

    def _find_question(self) -> None:
        before, mark, self.after = self.stem.rpartition("?")
        if not mark:
            self.asked = None
            return
        tail = before[-300:].replace("\n", " ")
        for end in (". ", ": ", "? ", "! "):
            start = tail.rfind(end)
            if start >= 0:
                tail = tail[start + 2 :]
        self.asked = tail

    @property
    def words(self) -> list[list[str]]:
        """The words of each option, as they are."""
        if self._words is None:
            self._words = [line.split() for line in only_words(self.offered).split("\n")]
        return self._words


QuestionRule = Callable[[Item], Sequence[Finding]]

STEM: tuple[Step, ...] = ("stem",)


def option_text(index: int) -> tuple[Step, ...]:
    """The steps to the text of an option."""
    return ("options", index, "text")


def word_set(words: str) -> frozenset[str]:
    """The words of a text, to look others up in."""
    return frozenset(words.split())


def only_words(text: str) -> str:
    """The text with each mark that is no part of a word turned into a blank; lines stay."""
    spaced = text.encode("utf-8", "surrogatepass").translate(_NO_MARKS).decode("utf-8", "surrogatepass")
    return spaced if spaced.isascii() else _MARK.sub(" ", spaced)


def folded(lowered: str) -> str:
    """The words of a text in small letters without plural endings, blanks around each: to compare, not to show."""
    return only_words(f" {lowered} ".replace("\n", " \n ")).replace("s ", " ")


def word_count(text: str) -> int:
    """The number of words, as a reader counts them."""
    return len(text.split())


_TICKS = re.compile("`+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)")


def without_code(text: str) -> str:
    """The text with code spans, fenced blocks and indented blocks left out, as Markdown reads them."""
    if "~~~" in text or "```" in text or "\n    " in text or "\t" in text or text.startswith("    "):
        text = "\n".join(_lines_of_prose(text))
    return "".join(pieces_of_prose(text)) if "`" in text else text


def pieces_of_prose(text: str) -> Iterator[str]:
    """What stands between the code spans of a paragraph; a blank stands for each span."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(text)]
    of_length: dict[int, list[int]] = {}
    for i, (start, end) in enumerate(runs):
        of_length.setdefault(end - start, []).append(i)
    done = i = 0
    while i < len(runs):
        start, end = runs[i]
        start += start > 0 and text[start - 1] == "\\"  # the first backtick is a plain character
        closers = of_length.get(end - start, [])
        closer = bisect_right(closers, i)
        if closer < len(closers):
            yield text[done:start] + " "
            done, i = runs[closers[closer]][1], closers[closer]
        i += 1
    yield text[done:]


def _lines_of_prose(text: str) -> Iterator[str]:
    fence = ""
    blank_before, in_list, in_block = True, False, False
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" " + fence[0]):
                fence = ""
            continue
        if found and not (found[1][0] == "`" and "`" in line[found.end() :]):
            fence = found[1]
            continue
        indented = line.startswith(("    ", "\t"))
        if not line.strip():
            blank_before = True
        else:
            in_block = indented and not in_list and (blank_before or in_block)
            in_list = bool(_ITEM.match(line)) or (in_list and (line[0] == " " or not blank_before))
            blank_before = False
        if not in_block:
            yield line
