"""W119: white space at line ends and mixed line ends. E106: tabs in the indentation."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from studyapp.content import schema
from studyapp.content.fix.edit import Edit, data_of, root_of, scalars
from studyapp.content.report import Report
from studyapp.content.tree import Place
from studyapp.content.validate import validate
from studyapp.content.yaml_reader import parse

_AT_END = re.compile(r"[ \t]+(?=\r?(?:\n|\Z))")
_INDENT = re.compile(r"[ \t]*")
_TAB_WIDTHS = (2, 4, 8)
_MOST_TABS = 500


def find_stray(text: str) -> list[tuple[Place, str, Edit]]:
    """White space at the end of lines, and line ends unlike most of the file's: where, what it is, and the way out.

    What stands inside a text of several lines belongs to the text, and in Markdown two spaces are a line break.
    """
    spaces = " \n" in text or "\t\n" in text or " \r\n" in text or "\t\r\n" in text or text[-1:] in (" ", "\t")
    crlf = text.count("\r\n")
    mixed = 0 < crlf < text.count("\n")
    if not spaces and not mixed:
        return []
    found: list[tuple[Place, str, Edit]] = []
    if spaces:
        inside = [
            (node.start_mark.index, node.end_mark.index)
            for node in scalars(root_of(text))
            if node.start_mark.line != node.end_mark.line
        ]
        found += [
            (_place(text, match.start()), "white space ends the line", Edit(*match.span(), ""))
            for match in _AT_END.finditer(text)
            if not any(start <= match.start() < end for start, end in inside)
        ]
    if mixed:
        found += _mixed(text, crlf)
    return found


def _mixed(text: str, crlf: int) -> Iterator[tuple[Place, str, Edit]]:
    """One finding for each line that ends unlike most do."""
    most_crlf = 2 * crlf > text.count("\n")
    odd, wanted, name = ("(?<!\r)\n", "\r\n", "LF") if most_crlf else ("\r\n", "\n", "CRLF")
    for match in re.finditer(odd, text):
        message = f"the line ends in {name}, unlike most of this file"
        yield _place(text, match.start()), message, Edit(*match.span(), wanted)


def _place(text: str, index: int) -> Place:
    begin = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - begin + 1


def fix_stray(text: str, places: Collection[Place]) -> str:
    """The text without the stray white space at the places."""
    if data_of(text) is None:
        return text
    new = text
    for _, _, edit in sorted((found for found in find_stray(text) if found[0] in places), key=lambda f: -f[2].start):
        new = new[: edit.start] + edit.new + new[edit.end :]
    return new if data_of(new) == data_of(text) else text


def fix_tabs(text: str) -> str:
    """The text with spaces for the tabs in its indentation, where only one way of reading it is a valid file."""
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
    kind = next((schema.KIND_KEYS[key] for key in document.data if key in schema.KIND_KEYS), None)
    return kind is not None and validate(document, schema.KINDS[kind], report) is not None
