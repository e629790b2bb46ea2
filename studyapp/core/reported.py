"""What a learner finds wrong with an item, for its authors to mend."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from studyapp.core.deck import Card, Question


class Fault(StrEnum):
    """What is wrong with an item."""

    WRONG_KEY = "wrong key"
    UNCLEAR = "unclear"
    OUTDATED = "out of date"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """One report. ``id`` is 0 until it is stored, ``kind`` is card or question.

    ``deck`` is the id of the deck and ``file`` the name of its file at the time, empty where it was not loaded.
    ``item`` is the item as it was then, as ``item_to_data`` gives it. ``dealt_at`` is when the report was marked as
    dealt with.
    """

    id: int
    item_id: str
    kind: str
    deck: str
    file: str
    fault: Fault
    note: str
    reported_at: datetime
    item: dict[str, Any]
    dealt_at: datetime | None = None


def item_to_data(item: Card | Question) -> dict[str, Any]:
    """The item as JSON-ready data, by the keys of the deck format; what it does not have is left out."""
    data: dict[str, Any] = {"id": item.id, "topic": item.topic}
    if isinstance(item, Question):
        data |= {
            "difficulty": item.difficulty.value,
            "case": item.case,
            "stem": item.stem,
            "options": [{"text": o.text, "correct": o.correct, "rationale": o.rationale} for o in item.options],
            "cards": list(item.cards),
        }
    else:
        data |= {"front": item.front, "back": item.back, "cloze": item.cloze}
    data |= {"changed": item.changed, "tags": list(item.tags)}
    return {key: value for key, value in data.items() if value}
