"""CSV in: an item a row, known by the names of the columns. A row that is no item is told and left out."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from studyapp.content.fields import MAX_TEXT
from studyapp.content.interchange.csv_table import COLUMNS, FORMULA, LISTS, MOST_OPTIONS, OPTIONS, TEXTS
from studyapp.content.interchange.material import Entry, InterchangeError, Loss, Parsed, decoded
from studyapp.content.report import MAX_SUGGESTIONS, hint

_OF_CARDS = frozenset(("id", "topic", "front", "back", "cloze", "changed", "tags", "was"))
_OF_QUESTIONS = frozenset((*TEXTS, *LISTS)) - {"front", "back", "cloze"}
_OF_TEXT = (*TEXTS, *OPTIONS)
_SHOWN = 100
"""Characters of an id that are shown."""
_TELLING = frozenset(("stem", "front", "cloze"))
"""Columns of which a table has at least one."""
_KINDS = ("", "card", "question")
_KNOWN_KINDS = ", which is neither 'card' nor 'question'"
_DELIMITERS = (",", ";", "\t", "|")
_NUMBER_OF = {letter: str(number) for number, letter in enumerate("abcdef", start=1)}
_BETWEEN = re.compile(r"(?<!\\)((?:\\\\)*);")
# What Excel writes above a table and hides again, to say what stands between the cells.
_SAID = re.compile(r"\"?sep=(.)\"?[,;\t]*(?:\n|\Z)", re.IGNORECASE)
_OF_OPTION = re.compile(r"(option|rationale)_?0*([1-9][0-9]?)")
_WHOLE = re.compile(r"0*([0-9]+)(?:\.0+)?")
# The size of the file bounds that of a cell; more than this Windows does not take.
_ANY_LENGTH = 2**31 - 1
_ANKI_GAP = re.compile(r"\{\{c([0-9]+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)


def read(data: bytes) -> Parsed:
    """The items of the rows.

    Raises:
        InterchangeError: where the file is no table, or has no column that a card or question could be made of.
    """
    rows = _rows(decoded(data))
    _, names = next(rows, (1, []))
    head = _Head(names)
    entries: list[Entry] = []
    losses = list(head.losses())
    for line, cells in rows:
        row = {column: _bare(cell).strip() for column, cell in zip(head.columns, cells, strict=False)}
        if any(cells[len(head.columns) :]):
            losses.append(Loss(row.get("id", "")[:_SHOWN], line, "cells beyond the last named column"))
        if row.get("kind", "").lower() not in _KINDS:
            what = f"the item of the kind '{row['kind'][:30]}'{_KNOWN_KINDS}"
            losses.append(Loss(row.get("id", "")[:_SHOWN], line, what, whole=True))
        elif long := next((column for column in _OF_TEXT if len(row.get(column, "")) > MAX_TEXT), None):
            what = f"the item: '{head.written[long]}' has more than {MAX_TEXT:,} characters"
            losses.append(Loss(row.get("id", "")[:_SHOWN], line, what, whole=True))
        elif any(row.values()):
            entry, lost = _Row(row, line, head).entry()
            entries += [entry] if entry else []
            losses += lost
    return Parsed(tuple(entries), tuple(losses))


def is_table(text: str) -> bool:
    """Whether a text begins as a table that can be read: with the names of two columns at least."""
    said, first = _beginning(text)
    known = {_column(name) for name in first.split(said or _delimiter(first))} & set(COLUMNS)
    return len(known) > 1 and bool(known & _TELLING)


def _beginning(text: str) -> tuple[str, str]:
    """The delimiter that the first line says, or nothing; and the line with the names of the columns."""
    said = _SAID.match(text)
    return said[1] if said else "", text[said.end() if said else 0 :].split("\n", 1)[0]


def _delimiter(first: str) -> str:
    return max(_DELIMITERS, key=lambda mark: len(set(COLUMNS) & {_column(name) for name in first.split(mark)}))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows from that of the names on, each with the line it begins in."""
    said, first = _beginning(text)
    # One cell too long is no reason to refuse the table.
    csv.field_size_limit(_ANY_LENGTH)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=said or _delimiter(first), strict=True)
    line = 2 if said else 1
    try:
        for cells in islice(rows, line - 1, None):
            yield line, cells
            line = rows.line_num + 1
    except csv.Error as error:
        raise InterchangeError(
            f"Line {line} begins a row that is not CSV: {error}.",
            "Put a cell with quotes, line ends or delimiters in double quotes, and double the quotes in it.",
        ) from error


def _column(name: str) -> str:
    """The column that a name in the first line means, if any; 'Option 1' means 'option_1'."""
    name = name.strip().strip('"').lower().replace(" ", "_")
    found = _OF_OPTION.fullmatch(name)
    return f"{found[1]}_{found[2]}" if found else name


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


class _Head:
    """The first line: which ``columns`` there are, and how they are ``written``."""

    def __init__(self, names: Sequence[str]) -> None:
        self.columns = [_column(name) for name in names]
        self.written: dict[str, str] = {}
        for column, name in zip(self.columns, names, strict=True):
            name = name.strip()
            if column and self.written.setdefault(column, name) != name:
                raise InterchangeError(
                    f"Two columns mean the same: '{self.written[column]}' and '{name}'.",
                    "Rename one of them, then import the file.",
                )
        filled = [column for column in self.columns if column]
        if not _TELLING & set(filled):
            raise InterchangeError(
                "The first line names no column 'stem', 'front' or 'cloze'.",
                f"Name the columns in the first line; known are {', '.join(COLUMNS)}.",
            )
        if len(filled) > len(self.written):
            twice = next(column for column in filled if filled.count(column) > 1)
            raise InterchangeError(
                f"Two columns are named '{self.written[twice]}'.", "Rename one of them, then import the file."
            )

    def losses(self) -> Iterator[Loss]:
        """The columns that are not known, as they are written."""
        unknown = [column for column in self.columns if column and column not in COLUMNS]
        # An option too many is told with the row that has one.
        unknown = [column for column in unknown if not _OF_OPTION.fullmatch(column)]
        for number, column in enumerate(unknown):
            near = hint(column, COLUMNS) if number < MAX_SUGGESTIONS else ""
            yield Loss("", 1, f"the column '{self.written[column]}'{near}")


class _Row:
    """One row while it is read."""

    def __init__(self, row: dict[str, str], line: int, head: _Head) -> None:
        self._row = row
        self._line = line
        self._head = head
        self._filled = [n for n in range(1, 100) if row.get(f"option_{n}")]
        kind = row.get("kind", "").lower()
        asked = row.get("stem") or (self._filled and not (row.get("front") or row.get("cloze")))
        self._is_card = kind == "card" or (not kind and not asked)

    def entry(self) -> tuple[Entry | None, list[Loss]]:
        """The row as an entry, or none where its options leave open what is meant; and what was lost."""
        section, wanted = ("cards", _OF_CARDS) if self._is_card else ("questions", _OF_QUESTIONS)
        row = self._row
        data: dict[str, Any] = {column: row[column] for column in TEXTS if column in wanted and row.get(column)}
        lost = self._fill_options(data) if not self._is_card else self._fill_cloze(data)
        data |= {column: parts for column in LISTS if column in wanted and (parts := _parts(row.get(column, "")))}
        entry = Entry(section, self._line, data)
        if "options" not in data and not self._is_card:
            return None, [Loss(entry.name, self._line, f"the question: {lost[0]}", whole=True)]
        return entry, [Loss(entry.name, self._line, what) for what in (*lost, *self._stray_cells())]

    def _fill_options(self, data: dict[str, Any]) -> list[str]:
        """Put the options into the data; or say why that cannot be done."""
        row, filled = self._row, self._filled
        if filled and filled[-1] > MOST_OPTIONS:
            return [f"it has '{self._named(f'option_{filled[-1]}')}', and no question has more than {MOST_OPTIONS}"]
        right = self._right()
        stray = sorted(right - {str(n) for n in filled})
        if stray:
            return [f"'{self._named('correct')}' is '{row['correct'][:60]}', but there is no such option"]
        options = []
        for n in filled:
            option = {"text": row[f"option_{n}"]}
            if str(n) in right:
                option["correct"] = "true"
            if row.get(f"rationale_{n}"):
                option["rationale"] = row[f"rationale_{n}"]
            options.append(option)
        data["options"] = options
        return []

    def _right(self) -> set[str]:
        """The right options by their numbers; what is neither number nor letter nor text of one stays as it is."""
        cell = self._row.get("correct", "")
        marks = {_mark(part) for part in re.split(r"[\s,;]+", re.sub(r"option[ _]*(?=\d)", "", cell.lower()))} - {""}
        if marks <= {str(n) for n in self._filled}:
            return marks
        numbers = {_alike(self._row[f"option_{n}"]): str(n) for n in reversed(self._filled)}
        texts = [cell] if _alike(cell) in numbers else _parts(cell)
        return {numbers.get(_alike(text)) or _mark(text.lower()) for text in texts}

    def _fill_cloze(self, data: dict[str, Any]) -> list[str]:
        """Make gaps in the way of Anki, as ``{{c1::Firestore}}``, such as decks have."""
        gaps = _ANKI_GAP.findall(data.get("cloze", ""))
        if not gaps:
            return []
        data["cloze"] = _ANKI_GAP.sub(r"{{\2}}", data["cloze"])
        lost = ["the hints in its gaps"] if any(shown for _, _, shown in gaps) else []
        several = len({number for number, _, _ in gaps}) > 1
        return lost + (["that its gaps are asked one by one"] if several else [])

    def _named(self, column: str) -> str:
        return self._head.written[column]

    def _stray_cells(self) -> Iterator[str]:
        """Cells that are filled although such an item has no such thing."""
        known = _OF_CARDS if self._is_card else _OF_QUESTIONS | set(OPTIONS) | {"correct"}
        for column, cell in self._row.items():
            of_option = _OF_OPTION.fullmatch(column)
            if cell and (column in COLUMNS or of_option) and column not in known | {"kind", "deck"}:
                # A card has no option, a question no front.
                yield f"'{self._named(column)}', which a {'card' if self._is_card else 'question'} does not have"
            elif cell and of_option and not self._row.get(f"option_{of_option[2]}"):
                yield f"'{self._named(column)}' without an option"


def _parts(cell: str) -> list[str]:
    marked = _BETWEEN.sub("\\1\0", cell)
    parts = (re.sub(r"\\([\\;])", r"\1", part).strip() for part in marked.split("\0"))
    return [part for part in parts if part]


def _mark(part: str) -> str:
    """The number that a mark stands for: '2', 'b', 'B.' or, as spreadsheets have it, '2.0'."""
    part = part.rstrip(".)")
    number = _WHOLE.fullmatch(part)
    return number[1] if number else _NUMBER_OF.get(part, part)


def _alike(text: str) -> str:
    return " ".join(text.split()).casefold()
