"""CSV out, as RFC 4180 has it, an item a row, known by the names of the columns, in any order.

Nothing of an item is lost either way. A cell that a spreadsheet would take for a formula gets an apostrophe in front,
and loses it again on its way in. Lists (tags, cards…) have semicolons between their entries.
"""

import csv
import io
import re
from collections.abc import Sequence

from studyapp.content.interchange.material import Loss, Material, Written, losses_of_decks
from studyapp.core.deck import Card, Question

MOST_OPTIONS = 6
TEXTS = ("id", "topic", "difficulty", "case", "front", "back", "cloze", "stem", "changed")
LISTS = ("tags", "cards", "enemies", "was")
OPTIONS = tuple(column for n in range(1, MOST_OPTIONS + 1) for column in (f"option_{n}", f"rationale_{n}"))
COLUMNS = ("kind", "deck", *TEXTS[:8], "correct", *OPTIONS, "changed", *LISTS)
FORMULA = re.compile(r"'*[=+\-@\t]")
"""What begins a formula, or a cell that got its apostrophe here."""


def write(material: Material) -> Written:
    """A row for each card and question, with a byte order mark, by which Excel knows UTF-8."""
    file = io.StringIO(newline="")
    rows = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    items: list[Card | Question] = [*material.cards, *material.questions]
    for item in items:
        rows.writerow({column: _shielded(value) for column, value in _row(item).items()})
    losses = [Loss(f"deck {deck.id}", None, "the title of a deck, which belongs to no row") for deck in material.decks]
    losses += losses_of_decks(material)
    return Written(file.getvalue().encode("utf-8-sig"), len(items), tuple(losses))


def _row(item: Card | Question) -> dict[str, str]:
    row = {"kind": "question" if isinstance(item, Question) else "card", "deck": item.deck}
    row |= {column: str(getattr(item, column, None) or "") for column in TEXTS}
    row |= {column: _joined(getattr(item, column, ())) for column in LISTS}
    if isinstance(item, Question):
        row["correct"] = "; ".join(str(index + 1) for index in sorted(item.key))
        for n, option in enumerate(item.options, start=1):
            row |= {f"option_{n}": option.text, f"rationale_{n}": option.rationale}
    return row


def _joined(entries: Sequence[str]) -> str:
    return "; ".join(entry.replace("\\", "\\\\").replace(";", "\\;") for entry in entries)


def _shielded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell
