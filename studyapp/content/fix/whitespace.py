"""W119: white space at line ends and mixed line ends. E106: tabs in the indentation."""

import re
import sys
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any, NamedTuple

from studyapp.content import schema
from studyapp.content.discovery import KIND_KEYS
from studyapp.content.fix.edit import Edit, apply, data_of
from studyapp.content.report import Report
from studyapp.content.tree import Place
from studyapp.content.validate import validate
from studyapp.content.written import texts_of
from studyapp.content.yaml_reader import parse

_AT_END = re.compile(r"[ \t]++(?=\r?(?:\n|\Z))")
_INDENT = re.compile(r"[ \t]*")
_MOST_STRAY = 100_000
"""Places with stray white space that are counted, and mended at a time."""
_NO_SPAN = (sys.maxsize, sys.maxsize)
_TAB_WIDTHS = (2, 4, 8)
_MOST_TABS = 50
_MAX_TABBED = 200_000
"""Lines with tabs, and characters of a file, up to which its tabs are tried out."""


class Stray(NamedTuple):
    """Stray white space of one kind in a file: what it is, and the way out of it, place by place."""

    message: str
    edits: list[Edit]


def report_stray(text: str, report: Report) -> None:
    """W119 once for each kind of stray white space, at the first place."""
    for message, edits in find_stray(text):
        more = len(edits) - 1
        counted = f", and so in {more:,} more" if more else ""
        or_more = " at least" if len(edits) == _MOST_STRAY else ""
        message = f"{message}{counted}{or_more}; 'studyapp check --fix' mends it"
        report.add("W119", _place(text, edits[0].start), message)


def find_stray(text: str) -> list[Stray]:
    """White space at the end of lines, and line ends unlike most of the file's; of each kind the first so many.

    What stands inside a text of several lines belongs to the text, and in Markdown two spaces are a line break.
    """
    found = []
    has_cr = "\r" in text
    if (
        " \n" in text
        or text[-1:] in (" ", "\t")
        or ("\t" in text and "\t\n" in text)
        or (has_cr and (" \r\n" in text or "\t\r\n" in text))
    ):
        edits = (Edit(*match.span(), "") for match in _AT_END.finditer(text))
        found.append(("white space ends the line", _outside_texts(text, edits)))
    crlf = text.count("\r\n") if has_cr else 0
    if 0 < crlf < text.count("\n"):
        most = 2 * crlf > text.count("\n")
        odd, wanted, name = ("(?<!\r)\n", "\r\n", "LF") if most else ("\r\n", "\n", "CRLF")
        edits = (Edit(*match.span(), wanted) for match in re.finditer(odd, text))
        found.append((f"the line ends in {name}, unlike most of this file", edits))
    first = [Stray(message, list(islice(edits, _MOST_STRAY))) for message, edits in found]
    return [stray for stray in first if stray.edits]


def _outside_texts(text: str, edits: Iterator[Edit]) -> Iterator[Edit]:
    """Those of the edits, in order, that no text of several lines holds."""
    spans = (written.span for written in texts_of(text) if written.token.start_mark.line != written.token.end_mark.line)
    start, end = next(spans, _NO_SPAN)
    for edit in edits:
        while end <= edit.start:
            start, end = next(spans, _NO_SPAN)
        if edit.start < start:
            yield edit


def _place(text: str, index: int) -> Place:
    begin = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - begin + 1


def fix_stray(text: str, places: Collection[Place]) -> str:
    """The text without the stray white space of the kinds that are reported at the places."""
    before = data_of(text)
    if before is None:
        return text
    for stray in reversed(find_stray(text)):
        if _place(text, stray.edits[0].start) in places:
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
