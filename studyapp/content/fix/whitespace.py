"""W119: white space at line ends and mixed line ends. E106: tabs in the indentation."""

import re
from bisect import bisect
from collections.abc import Collection
from typing import Any, NamedTuple

from studyapp.content import schema
from studyapp.content.discovery import KIND_KEYS
from studyapp.content.fix.edit import Edit, apply, data_of, root_of, scalars
from studyapp.content.report import Report
from studyapp.content.tree import Place
from studyapp.content.validate import validate
from studyapp.content.yaml_reader import parse

_AT_END = re.compile(r"[ \t]+(?=\r?(?:\n|\Z))")
_INDENT = re.compile(r"[ \t]*")
_TAB_WIDTHS = (2, 4, 8)
_MOST_TABS = 50
_MAX_TABBED = 200_000
"""Lines with tabs, and characters of a file, up to which its tabs are tried out."""


class Stray(NamedTuple):
    """Stray white space of one kind in a file: where the first is, what it is, and the way out of all of it."""

    place: Place
    message: str
    edits: list[Edit]


def find_stray(text: str) -> list[Stray]:
    """White space at the end of lines, and line ends unlike most of the file's.

    What stands inside a text of several lines belongs to the text, and in Markdown two spaces are a line break.
    """
    found = []
    if " \n" in text or "\t\n" in text or " \r\n" in text or "\t\r\n" in text or text[-1:] in (" ", "\t"):
        edits = [Edit(*match.span(), "") for match in _AT_END.finditer(text)]
        found.append((_outside_texts(text, edits), "white space ends the line"))
    crlf = text.count("\r\n")
    if 0 < crlf < text.count("\n"):
        most = 2 * crlf > text.count("\n")
        odd, wanted, name = ("(?<!\r)\n", "\r\n", "LF") if most else ("\r\n", "\n", "CRLF")
        edits = [Edit(*match.span(), wanted) for match in re.finditer(odd, text)]
        found.append((edits, f"the line ends in {name}, unlike most of this file"))
    return [Stray(_place(text, edits[0].start), _counted(message, edits), edits) for edits, message in found if edits]


def _outside_texts(text: str, edits: list[Edit]) -> list[Edit]:
    spans = [
        (node.start_mark.index, node.end_mark.index)
        for node in scalars(root_of(text))
        if node.start_mark.line != node.end_mark.line
    ]
    starts = [start for start, _ in spans]

    def is_inside(index: int) -> bool:
        nearest = bisect(starts, index) - 1
        return nearest >= 0 and index < spans[nearest][1]

    return [edit for edit in edits if not is_inside(edit.start)]


def _counted(message: str, edits: list[Edit]) -> str:
    return message if len(edits) == 1 else f"{message}, and so in {len(edits) - 1} more"


def _place(text: str, index: int) -> Place:
    begin = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - begin + 1


def fix_stray(text: str, places: Collection[Place]) -> str:
    """The text without the stray white space of the kinds that are reported at the places."""
    before = data_of(text)
    if before is None:
        return text
    for stray in reversed(find_stray(text)):
        if stray.place in places:
            new = apply(text, stray.edits)
            return new if data_of(new) == before else text
    return text


def fix_tabs(text: str) -> str:
    """The text with spaces for the tabs in its indentation, where only one way of reading it is a valid file."""
    if len(text) > _MAX_TABBED:
        return text
    read = {width: expanded for width in _TAB_WIDTHS if (expanded := _expand(text, width)) is not None}
    data = [data_of(expanded) for expanded in read.values()]
    return next(iter(read.values())) if data and all(entry == data[0] for entry in data) else text


def _expand(text: str, width: int) -> str | None:
    """The text with each tab that is reported taken for so many spaces; None where no valid file comes of it."""
    for _ in range(_MOST_TABS):
        report = Report("")
        document = parse(text.encode("utf-8", "surrogatepass"), report)
        tabs = [problem.line for problem in report.problems if problem.code == "E106"]
        if not tabs:
            return text if document and not report.failed and _is_valid(document, report) else None
        lines = text.split("\n")
        line = lines[tabs[0] - 1]
        indent = _INDENT.match(line)
        if indent is None or "\t" not in indent[0]:
            return None
        lines[tabs[0] - 1] = indent[0].replace("\t", " " * width) + line[indent.end() :]
        text = "\n".join(lines)
    return None


def _is_valid(document: Any, report: Report) -> bool:
    kind = next((KIND_KEYS[key] for key in document.data if key in KIND_KEYS), None)
    return kind is not None and validate(document, schema.KINDS[kind], report) is not None
