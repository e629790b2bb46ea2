"""YAML as decks use it: from the parser's events straight to plain data with places.

PyYAML's C parser is used where it is installed. Every scalar stays text; anchors, aliases, tags, merge keys and
second documents are problems, so nothing can expand; depth and size are bounded.
"""

import codecs
import os
import re
import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any

import yaml

from studyapp.content.report import Report, quoted
from studyapp.content.syntax_advice import advice_of
from studyapp.content.tree import FIRST, LINE, Branch, Document, Place, Tree, place_of
from studyapp.content.written import NULLS, check_nulls

MAX_BYTES = 32 * 2**20
"""Size of the largest file that is read."""
MAX_DEPTH = 20
MAX_VALUES = 1_000_000
"""Keys, texts, and beginnings and ends of mappings and lists, of one file."""
_OFTEN = 10_000
"""Values between two looks whether to go on."""
MAX_KEYS = 100
"""Keys of one mapping."""
AT_ONCE = 400
"""A list below a key at the top is handed to ``take`` whenever so many entries have come to it."""

Take = Callable[[dict[str, Any], list[Any], list[Tree]], None]
"""Takes the file so far, a list in it, and the places of the list's entries; it may replace those of both lists."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class _StopReadingError(Exception):
    """The rest of the file cannot be made sense of; the problem is recorded."""


def read(path: Path, report: Report) -> Document | None:
    """The document in a file, or None where a problem kept it from being read whole. Never raises."""
    raw = read_bytes(path, report)
    return None if raw is None else parse(raw, report)


def read_bytes(path: Path, report: Report) -> bytes | None:
    """The bytes of a file, of one that is too large no more than shows that; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            # Reading at most so much makes room for all of it first, which takes four times as long.
            bounded = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES
            return file.read() if bounded else file.read(MAX_BYTES + 1)
    except OSError as error:
        report.add("E101", (1, 1), f"the file cannot be read: {error.strerror or error}")
    except ValueError as error:
        report.add("E101", (1, 1), f"the file cannot be read: {error}")
    return None


def parse(
    raw: bytes, report: Report, check: Callable[[], None] | None = None, take: Take | None = None
) -> Document | None:
    """The document in the bytes of a file, or None where a problem kept it from being read whole.

    Raises nothing but what ``check`` raises, which is called again and again where the file is large; so is ``take``,
    with a list that has grown.
    """
    text = _decode(raw, report)
    if text is None:
        return None
    if "check:" in text:
        # Comments that silence warnings are told from text by the places of all texts: nothing is taken on the way.
        take = None
    try:
        # The bytes and not the text, of which the parser would make bytes once more.
        loader = _Loader(raw.removeprefix(codecs.BOM_UTF8))
        try:
            document = _build(loader.get_event, report, check, take)
        finally:
            loader.dispose()
    except _StopReadingError:
        return None
    except yaml.YAMLError as error:
        report.add_at_any_rate(*(_control_character(text) or advice_of(error, text)))
        return None
    if document is not None:
        document.text = text
        report.read_comments(text, document.places)
        if document.has_nulls:
            check_nulls(text, report)
    return document


def _decode(raw: bytes, report: Report) -> str | None:
    if len(raw) > MAX_BYTES:
        report.add("E102", (1, 1), f"the file is larger than {MAX_BYTES // 2**20} MB; split it into several decks")
        return None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        report.add("E103", (1, 1), "the file is written in UTF-16; save it as UTF-8")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_at(raw[: error.start].decode("utf-8", "replace"))
        report.add("E103", place, f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8")
        return None
    return text


def _control_character(text: str) -> tuple[str, Place, str] | None:
    """The code, the place and the sentence for the first character that YAML does not know; the parser stops there."""
    bad = _CONTROL.search(text)
    if bad is None:
        return None
    name = "a NUL byte" if bad[0] == "\0" else f"the control character U+{ord(bad[0]):04X}"
    return "E107", _place_at(text[: bad.start()]), f"{name} stands here; remove it, and save the file as UTF-8"


def _place_at(before: str) -> Place:
    """The place that follows the given beginning of a file."""
    line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
    begin = max(before.rfind("\n"), before.rfind("\r")) + 1
    return line, len(before[begin:].lstrip("\ufeff")) + 1


def _build(
    next_event: Callable[[], Any], report: Report, check: Callable[[], None] | None, take: Take | None
) -> Document | None:
    """Data and places of the one document.

    One loop on local variables, as it runs once for each of a hundred thousand values. ``data`` is the mapping or list
    being filled, ``inside`` and ``keys`` its places, of which a list has no ``keys``; ``key`` is the key that waits
    for its value (None in lists, and between pairs).
    """
    next_event()
    if type(next_event()) is yaml.StreamEndEvent:
        return _document([], [], report)
    root: list[Any] = []
    data: Any = root
    places: list[Tree] = []
    inside: Any = places
    keys: dict[str, int] | None = None
    key: str | None = None
    has_nulls = False
    stack: list[tuple[Any, Any, dict[str, int] | None]] = []
    scalar_type, map_type, list_type = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    map_end, list_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
    events = iter(next_event, None)
    read, over = 0, False
    while not over:
        for event in islice(events, _OFTEN):
            kind = type(event)
            if kind is scalar_type:
                mark = event.start_mark
                at = mark.line * LINE + mark.column + FIRST
                value = event.value
                if event.tag is not None or event.anchor is not None:
                    _report_decoration(event, report)
                if len(value) < 5 and value in NULLS:
                    has_nulls = True
                if key is not None:
                    data[key] = value
                    inside[key] = at
                    key = None
                elif keys is None:
                    data.append(value)
                    inside.append(at)
                else:
                    if value in keys or value == "<<" or len(keys) >= MAX_KEYS:
                        _report_key(event, keys, report)
                    key = intern(value)
                    keys[key] = at
            elif kind is map_type or kind is list_type:
                mark = event.start_mark
                at = mark.line * LINE + mark.column + FIRST
                _check_container(event, len(stack), report, key is None and keys is not None)
                is_map = kind is map_type
                child: Any = {} if is_map else []
                branch = Branch(at, {} if is_map else [], {} if is_map else None)
                _attach(data, inside, key, child, branch)
                stack.append((data, inside, keys))
                data, inside, keys, key = child, branch.inside, branch.keys, None
            elif kind is map_end or kind is list_end:
                data, inside, keys = stack.pop()
                if take is not None and len(stack) == 2 and keys is None and len(data) % AT_ONCE == 0:
                    take(stack[1][0], data, inside)
            elif kind is yaml.AliasEvent:
                report.add("E108", _at(event), _decorated(f"*{event.anchor}", "an alias"))
                if report.full or (key is None and keys is not None):
                    raise _StopReadingError
                _attach(data, inside, key, "", event.start_mark.line * LINE + event.start_mark.column + FIRST)
                key = None
            elif kind is yaml.DocumentStartEvent:
                report.add("E111", _at(event), "a second document begins here; put it into a file of its own")
                raise _StopReadingError
            elif kind is yaml.StreamEndEvent:
                over = True
        read += _OFTEN
        if check is not None:
            check()
        if read >= MAX_VALUES and not over:
            report.add("E114", _at(event), f"more than {MAX_VALUES:,} values; split the file into several decks")
            raise _StopReadingError
    document = _document(root, places, report)
    if document is not None:
        document.has_nulls = has_nulls
    return document


def _attach(data: Any, inside: Any, key: str | None, child: Any, places: Tree) -> None:
    if key is None:
        data.append(child)
        inside.append(places)
    else:
        data[key] = child
        inside[key] = places


def _at(event: Any) -> Place:
    """Where an event stands."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _document(root: list[Any], places: list[Tree], report: Report) -> Document | None:
    if root and type(root[0]) is dict and root[0]:
        return Document(root[0], places[0])
    what = "the file is empty" if not root or root[0] == "" else "the file holds no keys at the top"
    at = place_of(places[0] if root else FIRST)
    report.add("E115", at, f"{what}; begin with what it is, such as 'deck: my-deck'")
    return None


def _report_key(event: Any, keys: dict[str, int], report: Report) -> None:
    key = event.value
    if key == "<<" and event.implicit[0]:
        report.add("E110", _at(event), "the merge key '<<' is not allowed; write the keys out here")
    elif key in keys:
        line, column = place_of(keys[key])
        begins_entry = event.start_mark.column and key == next(iter(keys))
        ask = ", or is a '- ' missing before it?" if begins_entry else ""
        message = f"the key {quoted(key)} stands twice, the first time at {line}:{column}; remove or rename one{ask}"
        report.add("E112", _at(event), message)
    if len(keys) >= MAX_KEYS:
        report.add("E114", _at(event), f"a mapping of more than {MAX_KEYS} keys; the indentation may have gone wrong")
        raise _StopReadingError


def _check_container(event: Any, depth: int, report: Report, is_key: bool) -> None:
    if event.tag is not None or event.anchor is not None:
        _report_decoration(event, report)
    if is_key:
        report.add(
            "E117", _at(event), "a key must be plain text; put a text that begins with a bracket or a brace in quotes"
        )
        raise _StopReadingError
    if depth >= MAX_DEPTH:
        report.add("E113", _at(event), f"nested more than {MAX_DEPTH} levels deep; the indentation has gone wrong")
        raise _StopReadingError


def _report_decoration(event: Any, report: Report) -> None:
    if event.anchor is not None:
        report.add("E108", _at(event), _decorated(f"&{event.anchor}", "an anchor"))
    if event.tag is not None:
        report.add("E109", _at(event), _decorated(event.tag.replace("tag:yaml.org,2002:", "!!"), "a tag"))
    if report.full:
        raise _StopReadingError


def _decorated(sign: str, what: str) -> str:
    return f"{quoted(sign)} reads as {what}, which is not allowed; remove it, or put the whole text in quotes"
