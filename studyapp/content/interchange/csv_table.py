"""CSV as RFC 4180 has it, an item a row, known by the names of the columns, in any order.

Nothing of an item is lost either way. A cell that a spreadsheet would take for a formula gets an apostrophe in front,
and loses it again here. Lists (tags, cards…) have semicolons between their entries.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from studyapp.content.interchange.material import Entry, InterchangeError, Loss, Material, Parsed, Written, decoded
from studyapp.content.report import MAX_SUGGESTIONS, hint
from studyapp.core.deck import Card, Question

_MOST_OPTIONS = 6
_TEXTS = ("id", "topic", "difficulty", "case", "front", "back", "cloze", "stem", "changed")
_LISTS = ("tags", "cards", "enemies", "was")
_NUMBERS = range(1, _MOST_OPTIONS + 1)
_OPTIONS = tuple(column for n in _NUMBERS for column in (f"option_{n}", f"rationale_{n}"))
COLUMNS = ("kind", "deck", *_TEXTS[:8], "correct", *_OPTIONS, "changed", *_LISTS)
_OF_CARDS = frozenset(("id", "topic", "front", "back", "cloze", "changed", "tags", "was"))
_OF_QUESTIONS = frozenset((*_TEXTS, *_LISTS)) - {"front", "back", "cloze"}
_KINDS = ("", "card", "question")
_KNOWN_KINDS = ", which is neither 'card' nor 'question'"
_FORMULA = re.compile(r"'*[=+\-@\t]")
_DELIMITERS = (",", ";", "\t", "|")
_NUMBER_OF = {letter: str(number) for number, letter in enumerate("abcdef", start=1)}
_BETWEEN = re.compile(r"(?<!\\)((?:\\\\)*);")


def write(material: Material) -> Written:
    """A row for each card and question, with a byte order mark, by which Excel knows UTF-8."""
    file = io.StringIO(newline="")
    rows = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    items: list[Card | Question] = [*material.cards, *material.questions]
    for item in items:
        rows.writerow({column: _shielded(value) for column, value in _row(item).items()})
    losses = [
        Loss(f"deck {deck.id}", None, "the title of a deck and the date of its check, which belong to no row")
        for deck in material.decks
    ]
    return Written(file.getvalue().encode("utf-8-sig"), len(items), tuple(losses))


def _row(item: Card | Question) -> dict[str, str]:
    row = {"kind": "question" if isinstance(item, Question) else "card", "deck": item.deck}
    row |= {column: str(getattr(item, column, None) or "") for column in _TEXTS}
    row |= {column: _joined(getattr(item, column, ())) for column in _LISTS}
    if isinstance(item, Question):
        row["correct"] = "; ".join(str(index + 1) for index in sorted(item.key))
        for n, option in enumerate(item.options, start=1):
            row |= {f"option_{n}": option.text, f"rationale_{n}": option.rationale}
    return row


def _joined(entries: Sequence[str]) -> str:
    return "; ".join(entry.replace("\\", "\\\\").replace(";", "\\;") for entry in entries)


def _parts(cell: str) -> list[str]:
    marked = _BETWEEN.sub("\\1\0", cell)
    parts = (re.sub(r"\\([\\;])", r"\1", part).strip() for part in marked.split("\0"))
    return [part for part in parts if part]


def _shielded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def read(data: bytes) -> Parsed:
    """The items of the rows.

    Raises:
        InterchangeError: where the file is no table, or has no column that a card or question could be made of.
    """
    text = decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda mark: len(set(COLUMNS) & {_named(name) for name in first.split(mark)}))
    entries: list[Entry] = []
    losses: list[Loss] = []
    columns: list[str] = []
    for line, cells in _rows(text, delimiter):
        if not columns:
            columns = [_named(cell) for cell in cells]
            losses += _unknown_columns(columns)
            continue
        row = {column: _bare(cell).strip() for column, cell in zip(columns, cells, strict=False)}
        if any(cells[len(columns) :]):
            losses.append(Loss(row.get("id", ""), line, "cells beyond the last named column"))
        if row.get("kind", "").lower() not in _KINDS:
            losses.append(Loss(row.get("id", ""), line, f"the item of the kind '{row['kind'][:30]}'{_KNOWN_KINDS}"))
        elif any(row.values()):
            entries.append(_entry(row, line))
            losses += _not_of_this_kind(row, entries[-1])
    if not columns:
        losses += _unknown_columns(columns)
    return Parsed(tuple(entries), tuple(losses))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line it begins in."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in rows:
            yield line, cells
            line = rows.line_num + 1
    except csv.Error as error:
        raise InterchangeError(
            f"Line {line} begins a row that is not CSV: {error}.",
            "Put a cell with quotes, line ends or delimiters in double quotes, and double the quotes in it.",
        ) from error


def _named(cell: str) -> str:
    return cell.strip().strip('"').lower().replace(" ", "_")


def _unknown_columns(columns: list[str]) -> Iterator[Loss]:
    if not {"stem", "front", "cloze"} & set(columns):
        raise InterchangeError(
            "The first line names no column 'stem', 'front' or 'cloze'.",
            f"Name the columns in the first line; known are {', '.join(COLUMNS)}.",
        )
    twice = next((column for column, times in Counter(columns).items() if column and times > 1), None)
    if twice:
        raise InterchangeError(f"Two columns are named '{twice}'.", "Rename one of them, then import the file.")
    unknown = [column for column in columns if column and column not in COLUMNS]
    for number, column in enumerate(unknown):
        yield Loss("", 1, f"the column '{column}'{hint(column, COLUMNS) if number < MAX_SUGGESTIONS else ''}")


def _entry(row: dict[str, str], line: int) -> Entry:
    is_card = row.get("kind", "").lower() == "card" or (not row.get("kind") and not row.get("stem"))
    wanted = _OF_CARDS if is_card else _OF_QUESTIONS
    data: dict[str, Any] = {column: row[column] for column in _TEXTS if column in wanted and row.get(column)}
    if not is_card:
        data["options"] = _options(row, line)
    data |= {column: parts for column in _LISTS if column in wanted and (parts := _parts(row.get(column, "")))}
    return Entry("cards" if is_card else "questions", line, data)


def _options(row: dict[str, str], line: int) -> list[dict[str, str]]:
    parts = re.split(r"[\s,;]+", row.get("correct", "").lower())
    right = {_NUMBER_OF.get(part, part) for part in parts} - {""}
    filled = [str(n) for n in _NUMBERS if row.get(f"option_{n}")]
    stray = sorted(right - set(filled))
    if stray:
        raise InterchangeError(
            f"Line {line}: 'correct' is '{row['correct']}', but there is no option {stray[0]}.",
            "Write the numbers or letters of the right options, such as '1', '1; 3' or 'A; C'.",
        )
    options = []
    for n in filled:
        option = {"text": row[f"option_{n}"]}
        if n in right:
            option["correct"] = "true"
        if row.get(f"rationale_{n}"):
            option["rationale"] = row[f"rationale_{n}"]
        options.append(option)
    return options


def _not_of_this_kind(row: dict[str, str], entry: Entry) -> Iterator[Loss]:
    """Cells that are filled although such an item has no such thing."""
    known = _OF_CARDS if entry.section == "cards" else _OF_QUESTIONS | set(_OPTIONS) | {"correct"}
    for column, cell in row.items():
        if cell and column in COLUMNS and column not in known | {"kind", "deck"}:
            # A card has no option, a question no front.
            yield Loss(entry.name, entry.line, f"'{column}', which a {entry.section[:-1]} does not have")
        elif cell and column.startswith("rationale_") and not row.get(f"option_{column[-1]}"):
            yield Loss(entry.name, entry.line, f"'{column}' without an option")
