"""Topic, difficulty and case as tags, for formats that have tags and nothing of the kind."""

from collections.abc import Iterable
from typing import Any

from studyapp.core.deck import Question

_FIELDS = ("topic", "difficulty", "case")
_HAS_CHANGED = "has:changed"
"""Says that the general feedback is what changed since the study notes."""


def tags_of(question: Question) -> list[str]:
    """The tags of a question, and as tags what else these formats have no place for."""
    named = [f"{name}:{value}" for name in _FIELDS if (value := getattr(question, name))]
    return [*named, *([_HAS_CHANGED] if question.changed else []), *question.tags]


def is_reserved(tag: str) -> bool:
    """Whether a tag would be read as something else."""
    name, _, value = tag.partition(":")
    return tag == _HAS_CHANGED or (name in _FIELDS and bool(value))


def fields_from(tags: Iterable[str]) -> tuple[dict[str, Any], bool]:
    """What the tags say of a question, as the data of a deck file; and whether its feedback tells what changed."""
    data: dict[str, Any] = {}
    free, has_changed = [], False
    for tag in tags:
        name, _, value = tag.partition(":")
        if tag == _HAS_CHANGED:
            has_changed = True
        elif name in _FIELDS and value and name not in data:
            data[name] = value
        elif tag:
            free.append(tag)
    return data | ({"tags": list(dict.fromkeys(free))} if free else {}), has_changed


def place_feedback(data: dict[str, Any], feedback: str, has_changed: bool) -> None:
    """Put feedback on the question as a whole where it belongs: what changed, or the rationale of the key."""
    if not feedback:
        return
    if has_changed:
        data["changed"] = feedback
        return
    key = next((option for option in data["options"] if option.get("correct")), None)
    if key is not None:
        key["rationale"] = "\n\n".join(part for part in (key.get("rationale"), feedback) if part)
