"""Where the lines of an item are in the text of its file: seen by its id and the indentation, or found by parsing.

A file of 20,000 items takes a third of a second to parse, and the lines are wanted when a key is pressed. So they are
looked for as text; the item's own lines are parsed, which shows whether that went well, and where it is not certain all
of the file is.
"""

import re
from typing import Any, NamedTuple

import yaml

from studyapp.content.fix.edit import root_of, value_of
from studyapp.content.references import entries
from studyapp.content.report import Report
from studyapp.content.tree import Document, lines_of_keys, place_of
from studyapp.content.yaml_reader import parse

_SECTIONS = ("cards", "questions")
_YAML_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_REST_OF_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# What stands behind the key of a list and before the dash of its first entry.
_TO_FIRST_DASH = re.compile(r":[ \t]*(?:(?:#[^\r\n]*)?[\r\n][ \t]*)*?(?<=[\r\n])( *)-(?=[ \r\n])")


class SharedLinesError(Exception):
    """Something else stands on the lines of the item."""


class ItemLines(NamedTuple):
    """An item of a list, cards or questions, is all that the characters from ``start`` up to ``end`` hold."""

    section: str
    start: int
    end: int


def lines_at_sight(text: str, item_id: str) -> ItemLines | None:
    """The lines of an item, found without parsing the whole text; None where that is not certain.

    It is where the id stands as one in a single place, below the key of a list whose entries are indented like its
    first one, and the lines up to the next that is indented so little are one item with that id.

    Raises:
        SharedLinesError: as ``lines_by_parsing``.
    """
    if any(sign in text for sign in "\x85\u2028\u2029"):
        # Only YAML takes these for the end of a line.
        return None
    # It begins with letters that stand alone, as those are searched for ten times as fast as what may be many things.
    named = list(re.finditer(rf"""id["']?[ \t]*:[ \t]+["']?{re.escape(item_id)}(?![\w.-])""", text))
    if len(named) != 1:
        return None
    at = named[0].start()
    begin, section = max((_last(text, section, at), section) for section in _SECTIONS)
    first = _TO_FIRST_DASH.match(text, begin + len(section), at) if begin else None
    start = _last(text, f"{first[1]}-", at) if first else 0
    if not first or start < first.start(1):
        return None
    following = re.compile(rf"[\r\n] {{0,{len(first[1])}}}(?=[^ \r\n#])").search(text, start)
    end = following.start() + 1 if following else len(text)
    report = Report("")
    document = parse(f"{section}:\n{text[start:end]}".encode(), report)
    if (
        document is None
        or report.failed
        or [item.get("id") for _, item in entries(document.data, section)] != [item_id]
    ):
        return None
    lines = _lines_of_entry(text[start:end])
    return ItemLines(section, start + lines[0], start + lines[1]) if lines else None


def _last(text: str, beginning: str, before: int) -> int:
    """Where the last line with a beginning begins that comes before a place; 0 where none does but the first."""
    return max(text.rfind(end + beginning, 0, before) for end in "\r\n") + 1


def lines_by_parsing(text: str, item_id: str, report: Report) -> ItemLines | None:
    """The lines of an item; None where there is none of that id, or the report says why the text cannot be read.

    Raises:
        SharedLinesError: where something else stands on them.
    """
    document = parse(text.encode(), report)
    if document is None or report.failed:
        return None
    for section in _SECTIONS:
        for index, item in entries(document.data, section):
            if item.get("id") == item_id:
                return ItemLines(section, *_lines_of_item(text, document, section, index))
    return None


def _lines_of_item(text: str, document: Document, section: str, index: int) -> tuple[int, int]:
    """Where the first line of an item begins and its last one ends.

    The nodes of a large file take seconds to make: only those from the item up to the next one are made, unless the
    item stands among others.
    """
    places, lines = document.places, _line_starts(text)
    here, after = (_line_with_dash(text, lines, place_of(places, (section, i))[0]) for i in (index, index + 1))
    begin = lines[here - 1]
    end = min((lines[line - 1] for line in (after, *lines_of_keys(places)) if line > here), default=len(text))
    found = _lines_of_entry(text[begin:end])
    if found:
        return begin + found[0], begin + found[1]
    return _lines_of(text, value_of(root_of(text), section).value[index])


def _lines_of_entry(text: str) -> tuple[int, int] | None:
    """The lines of the only entry of a list; None where the text is none."""
    try:
        node = root_of(text)
    except yaml.YAMLError:
        return None
    if isinstance(node, yaml.SequenceNode) and len(node.value) == 1 and not node.flow_style:
        return _lines_of(text, node.value[0])
    return None


def _line_starts(text: str) -> list[int]:
    """Where each line begins, as YAML counts lines."""
    return [0, *(found.end() for found in _YAML_BREAK.finditer(text))]


def _line_with_dash(text: str, lines: list[int], line: int) -> int:
    """The line with the dash of an item that begins in a line; that one where there is none above it."""
    for number in range(line, 0, -1):
        words = text[lines[number - 1] : lines[number] if number < len(lines) else len(text)].strip()
        if words.startswith("-"):
            return number
        if number < line and words and not words.startswith("#"):
            break
    return line


def _lines_of(text: str, node: Any) -> tuple[int, int]:
    """Where the first line of an item begins and its last one ends, its line end included.

    Raises:
        SharedLinesError: where something else stands on these lines.
    """
    start = _line_start(text, node.start_mark.index)
    opening = text[start : node.start_mark.index].strip()
    while start and (not opening or opening.startswith("#")):
        # The dash stands on a line before.
        line_end_before = start - 1
        start = _line_start(text, line_end_before)
        opening = text[start:line_end_before].strip()
    if opening != "-" and not re.fullmatch(r"-\s*#.*", opening):
        raise SharedLinesError
    # The end of a block of text is told after the blank lines that follow it.
    last = start + len(text[start : _end_of(node)].rstrip())
    stop = _REST_OF_LINE.match(text, last)
    assert stop is not None
    if stop[1].strip() and not stop[1].strip().startswith("#"):
        raise SharedLinesError
    return start, stop.end()


def _end_of(node: Any) -> int:
    """Where the last character of a node ends; a list or mapping without brackets ends with what is in it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return int(node.end_mark.index)
    children = node.value if isinstance(node, yaml.SequenceNode) else [part for pair in node.value for part in pair]
    return _end_of(children[-1])


def _line_start(text: str, index: int) -> int:
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
