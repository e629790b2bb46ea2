"""What is wrong where a file is no valid YAML, in an author's words: the parser's own are about its grammar."""

import re
from functools import lru_cache
from typing import Any, get_args

from studyapp.content.report import quoted
from studyapp.content.tree import Place

_VALUE = re.compile(r"(\s*(?:- +)*[\w-]+:[ \t]+|\s*(?:- +)+)(?=\S)")
_KEY = re.compile(r"(\s*(?:- +)*)([\w-]+)(?=:(?:\s|$))")
_BLOCK = re.compile(r":[ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$")
_OPENING = frozenset("*&!|>%@`[]{},?-")
"""With these a text cannot begin without quotes."""
_BAD_BEGINNING = (
    "expected alphabetic or numeric character",
    "expected whitespace or line break",
    "expected comment or line break",
    "cannot start any token",
    "expected node content",
    "expected the node content",
    "mapping keys are not allowed",
    "sequence entries are not allowed",
    "expected chomping or indentation",
    "while scanning a directive",
    "expected URI",
    "expected ' '",
)
_LOOK_BACK = 50
"""Lines above that are looked at."""


def advice_of(error: Any, text: str) -> tuple[str, Place, str]:
    """The code, the place and the sentence for an error of the parser."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "not valid YAML")
    if mark is None:
        return "E105", (1, 1), f"this is not valid YAML: {problem}"
    lines = _Lines(text, mark)
    tab = _tab(lines)
    if tab is not None:
        return "E106", (lines.number, tab), "a tab stands in the indentation; YAML allows spaces only"
    context = getattr(error, "context_mark", None) or mark
    place = (lines.number, lines.column)
    if "mapping values are not allowed" in problem:
        return "E105", *_stray_colon(lines)
    if "unexpected end of stream" in problem or "document separator" in problem:
        return "E105", _place(context), "the quotes that open here are never closed"
    if "expected ',' or" in problem:
        return "E105", _place(context), _open_bracket(lines.at(context.line + 1))
    if "unknown escape character" in problem:
        return "E105", place, "a backslash in double quotes begins an escape; use single quotes"
    beginning = _bad_beginning(lines, problem)
    if beginning is not None:
        return "E105", *beginning
    if "could not find expected ':'" in problem:
        return "E105", _place(context), _no_colon(lines, lines.at(context.line + 1), context.line + 1)
    if re.search("expected (?:key|'-' indicator|<block end>|<document start>)", problem):
        return "E105", place, _odd_indentation(lines, context)
    return "E105", place, f"this is not valid YAML: {problem}"


class _Lines:
    """The line of an error and those above it, found without cutting the whole text into lines."""

    def __init__(self, text: str, mark: Any) -> None:
        self.number: int = mark.line + 1
        self.column: int = mark.column + 1
        begin = text.rfind("\n", 0, mark.index) + 1
        end = text.find("\n", mark.index)
        self.line = text[begin : len(text) if end < 0 else end].rstrip("\r")
        above = begin
        for _ in range(_LOOK_BACK):
            above = text.rfind("\n", 0, max(0, above - 1)) + 1
        self.above = text[above:begin].splitlines()

    def at(self, number: int) -> str:
        """A line by its number; empty where it is not near."""
        if number == self.number:
            return self.line
        back = self.number - number
        return self.above[-back] if 0 < back <= len(self.above) else ""

    def key_above(self, before: int | None = None) -> tuple[int, str, re.Match[str]] | None:
        """The nearest line above that has a key: its number, the line, and the match of its key."""
        last = self.number if before is None else before
        for number in range(last - 1, self.number - len(self.above) - 1, -1):
            line = self.at(number)
            found = _KEY.match(line)
            if found and found[2] in known_keys():
                return number, line, found
        return None


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _tab(lines: _Lines) -> int | None:
    """The column of a tab that stands where only spaces may."""
    line = lines.line
    if "\t" in line[: len(line) - len(line.lstrip())] or line[lines.column - 1 : lines.column] == "\t":
        return line.index("\t") + 1
    return None


def _stray_colon(lines: _Lines) -> tuple[Place, str]:
    found = _KEY.match(lines.line)
    above = lines.key_above()
    if found and above and found.end() == lines.column - 1 and found[2] in known_keys() and len(found[1]) > 0:
        number, _, key = above
        if len(found[1]) > len(key[1]):
            message = f"'{found[2]}' stands deeper than the key above it (line {number}): begin it in the same column"
            return (lines.number, len(found[1]) + 1), message
    return (lines.number, lines.column), "a ': ' inside the text reads as a key; put the text in quotes"


def _open_bracket(line: str) -> str:
    if " #" in line:
        return "the bracket that opens here is not closed before the ' #', which begins a comment; use quotes"
    return "the bracket that opens here is never closed, or a comma or quotes are missing in it"


def _bad_beginning(lines: _Lines, problem: str) -> tuple[Place, str] | None:
    """For a text that begins with what has a meaning in YAML: where it begins, and how to write it."""
    found = _VALUE.match(lines.line)
    if not found or found.end() >= lines.column + 1:
        return None
    place, sign = (lines.number, found.end() + 1), lines.line[found.end()]
    if sign in "\"'":
        if not re.search("expected (?:key|<block end>|'-' indicator)", problem):
            return None
        other = "single" if sign == '"' else "double"
        instead = f"in {other} quotes, or on lines of its own under '|'"
        return place, f"the quotes that open here close before the text ends; put all of it {instead}"
    if sign == "-" and "sequence entries" in problem:
        return place, "a '- ' cannot stand here; begin a list on a line of its own, or put the whole text in quotes"
    closes_early = sign in "[{" and lines.column > found.end() + 1 and "expected" in problem
    if closes_early or (sign in _OPENING and any(part in problem for part in _BAD_BEGINNING)):
        return place, f"text that begins with '{sign}' must stand in quotes, or on lines of its own under '|'"
    return None


def _no_colon(lines: _Lines, line: str, number: int) -> str:
    word = re.match(r"\s*(?:- +)*([\w-]+)(:?)", line)
    if word and word[2]:
        return f"write a blank after '{word[1]}:'"
    above = lines.key_above(number)
    if above and _BLOCK.search(above[1]):
        return f"text under '|' must be indented further than '{above[2][2]}' (line {above[0]})"
    if word and word[1] in known_keys():
        return f"the key '{word[1]}' lacks its ':'; write '{word[1]}: '"
    return "a key without a ':' after it, or text that goes on here and must be indented further than its key"


def _odd_indentation(lines: _Lines, context: Any) -> str:
    line, above = lines.line, lines.key_above()
    key = _KEY.match(line)
    if line.lstrip().startswith("- ") and lines.column == context.column + 1:
        return f"a list goes on here, but what it begins with has no '- ' (line {context.line + 1})"
    if above and _BLOCK.search(above[1]) and not (key and key[2] in known_keys()):
        return f"text under '|' goes on here: indent it as far as its first line (line {above[0] + 1})"
    what = f"'{key[2]}'" if key else quoted(line, 20)
    return f"{what} begins where nothing above it begins; begin it in the same column as what it belongs beside"


@lru_cache
def known_keys() -> frozenset[str]:
    """Every key of the format."""
    # Not at the top: a file that is good YAML is read without the models.
    from pydantic import BaseModel

    from studyapp.content.schema import KINDS

    found: set[str] = set()
    models: list[Any] = list(KINDS.values())
    while models:
        model = models.pop()
        if isinstance(model, type) and issubclass(model, BaseModel):
            found |= {info.alias or name for name, info in model.model_fields.items()}
            models += [info.annotation for info in model.model_fields.values()]
        else:
            models += get_args(model)
    return frozenset(found)
