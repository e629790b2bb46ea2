"""The comments that silence warnings, ``# check: ignore W305 why``, and those that were meant to and do not."""

import difflib
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from studyapp.content.codes import CODES
from studyapp.content.tree import LINE, Place, Tree, node_before, spread

MAX_COMMENTS = 20_000
"""How many such comments of one file are read."""

_COMMENT = re.compile(r"#[ \t]*([A-Za-z]+)([^\n\r]*)")
_GOOD = re.compile(r"check:\s*ignore((?:[\s,]+[A-Z]\d{3}\b)+)[\s,]*([A-Za-z]\d{1,3}\b)?")
_CODE = re.compile(r"[A-Z]\d{3}")
_LIKE_CODE = re.compile(r"\b[EWew]\d{1,3}\b")
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_QUOTED = {"'": re.compile(r"'(?:[^']|'')*+'?"), '"': re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)}


class Silencing(NamedTuple):
    """What the comments of a file silence, and the places of those that silence nothing, with what to write.

    ``codes`` are by line, each with its place; ``alone`` are the lines on which nothing else stands.
    """

    codes: dict[int, dict[str, Place]]
    misread: list[tuple[Place, str]]
    alone: set[int]


def is_silencing(comment: str) -> bool:
    """Whether what follows a ``#`` silences warnings, or was meant to."""
    found = _COMMENT.match("#" + comment)
    return found is not None and (_GOOD.match(found[1] + found[2]) is not None or _meant(found[1], found[2]))


def silencing_of(text: str, places: Tree) -> Silencing:
    """The silencing comments of a file; what stands inside a text is no comment."""
    made = Silencing({}, [], set())
    if "#" not in text:
        return made
    texts = _Texts(text, places)
    count = 0
    for found in _COMMENT.finditer(text):
        if found.start() and not text[found.start() - 1].isspace():
            continue
        words = found[1] + found[2]
        good = _GOOD.match(words)
        if not good and not _meant(found[1], found[2]):
            continue
        line, column = texts.place(found.start())
        count += 1
        if count > MAX_COMMENTS:
            made.misread.append(((line, column), f"only the first {MAX_COMMENTS:,} such comments count; {_INSTEAD}"))
            break
        if texts.holds(found.start(), line, column):
            continue
        shift = column + found.start(1) - found.start()
        if good:
            codes = _CODE.finditer(words, good.start(1), good.end(1))
            made.codes[line] = {code[0]: (line, shift + code.start()) for code in codes}
            if not text[found.start() - column + 1 : found.start()].strip():
                made.alone.add(line)
        if not good or good[2]:
            place = (line, shift + good.start(2)) if good else (line, column)
            code = _code_in(words[good.end(1) :] if good else words)
            made.misread.append((place, f"this silences nothing; write '# check: ignore {code} why'"))
    return made


_INSTEAD = "silence the code for the whole file, in studyapp.yaml"


def _meant(word: str, rest: str) -> bool:
    """Whether a comment of this first word was meant to silence something."""
    if _is_near(word, "ignore") or word.lower() == "noqa":
        return _LIKE_CODE.search(rest) is not None
    if word.lower() != "check":
        return False
    second = re.match(r"[\s:;,=-]*([A-Za-z]*)", rest)
    if second and _is_near(second[1], "ignore"):
        return True
    return rest.startswith(":") and _LIKE_CODE.search(rest) is not None


def _is_near(word: str, wanted: str) -> bool:
    close = abs(len(word) - len(wanted)) <= 2 and word[:1].lower() == wanted[0]
    return close and difflib.SequenceMatcher(None, word.lower(), wanted).ratio() >= 0.8


def _code_in(words: str) -> str:
    """The warning that the words name, for a message; an example where they name none."""
    named = (code[0].upper() for code in _LIKE_CODE.finditer(words))
    return next((code for code in named if code in CODES and code[0] == "W"), "W305")


class _Texts:
    """The texts of a file that may hold a ``#``: asked for one place after the other, from the first to the last."""

    def __init__(self, text: str, places: Tree) -> None:
        self._text = text
        self._places = places
        self._simple = text.isascii() and "\r" not in text
        self._seen = (0, 1, 0)  # an index, its line, and where that line begins
        self._line_start = (1, 0)  # a line at or before the texts asked for, and where it begins
        self._held = (0, 0, 0)  # the node that was looked at last, and where its text begins and ends

    def place(self, index: int) -> Place:
        """Line and column of a character behind those asked for before."""
        at, line, begin = self._seen
        if self._simple:
            line += self._text.count("\n", at, index)
            begin = max(begin, self._text.rfind("\n", at, index) + 1)
        else:
            for found in _BREAK.finditer(self._text, at, index):
                line, begin = line + 1, found.end()
        self._seen = index, line, begin
        return line, index - begin + 1

    def holds(self, index: int, line: int, column: int) -> bool:
        """Whether the ``#`` there stands inside a text in quotes or under ``|`` or ``>``."""
        node = node_before(self._places, line * LINE + column)
        if node != self._held[0]:
            self._held = node, *self._span(*spread(node))
        return self._held[1] <= index < self._held[2]

    def _span(self, line: int, column: int) -> tuple[int, int]:
        """Where the text that stands there begins and ends, if it may hold a ``#``."""
        known, begin = self._line_start
        for found in islice(_BREAK.finditer(self._text, begin), line - known):
            begin = found.end()
        self._line_start = line, begin
        start = begin + column - 1
        sign = self._text[start : start + 1]
        if sign in _QUOTED:
            closed = _QUOTED[sign].match(self._text, start)
            return (start, closed.end()) if closed else (0, 0)
        return self._block(start) if sign in ("|", ">") else (0, 0)

    def _block(self, start: int) -> tuple[int, int]:
        """Where the lines under a ``|`` begin and end. A comment behind the ``|`` itself is no part of them."""
        lines = _lines(self._text, start)
        _, first = next(lines)
        deep, end = 0, first
        for begin, stop in lines:
            row = self._text[begin:stop]
            indent = len(row) - len(row.lstrip(" "))
            if row.strip():
                deep = deep or indent
                if not indent or indent < deep:
                    break
                end = stop
        return first, end


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where each line from an index on begins and ends."""
    for found in _BREAK.finditer(text, start):
        yield start, found.start()
        start = found.end()
    yield start, len(text)
