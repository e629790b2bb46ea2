"""E120 and E126: ids that are missing or malformed. No item without a valid id was ever loaded, so none has history."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

import yaml

from studyapp.content.fields import ID_PATTERN
from studyapp.content.fix.edit import Edit, apply, data_of, items_of, line_end, place_at, root_of, value_of
from studyapp.content.tree import Place

_ID = re.compile(ID_PATTERN)
_NOT_ID = re.compile(r"[^a-z0-9._]+")
_REFERRING = ("cards", "enemies", "was")
_FILLER_WORDS = """
    a an and are as at be by do does for from has have how in is it its of on or that the their to what when where which
    who why will with you your
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_WORDS = 5
_MAX = 60


def slug(text: str) -> str:
    """The text as an id: letters without their marks, digits, and hyphens for all else; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = re.sub(r"[-._]*([-._])[-._]*", r"\1", _NOT_ID.sub("-", plain))
    return joined[:_MAX].strip("-._")


def fix_ids(text: str, places: Collection[Place], taken: Collection[str]) -> str:
    """The text with ids for the items at the places that have none, and malformed ones at the places made valid.

    ``taken`` are the ids of other files, and those that were ever used; a new id is none of them.
    """
    before = data_of(text)
    if before is None:
        return text
    root = root_of(text)
    used = set(taken) | {node.value for _, item in items_of(root) if (node := value_of(item, "id")) is not None}
    renamed = _renamed(root, places, used)
    edits = list(_malformed(root, places, renamed, used))
    edits += _missing(text, root, places, used | set(renamed.values()))
    new = apply(text, edits)
    return new if _without_ids(data_of(new)) == _without_ids(before) else text


def _renamed(root: Any, places: Collection[Place], used: set[str]) -> dict[str, str]:
    """The valid id for each malformed one of an item, where it is free."""
    renamed: dict[str, str] = {}
    for _, item in items_of(root):
        node = value_of(item, "id")
        if isinstance(node, yaml.ScalarNode) and place_at(node) in places and not _ID.match(node.value):
            made = slug(node.value)
            if made and made not in used and made not in renamed.values():
                renamed.setdefault(node.value, made)
    return renamed


def _malformed(root: Any, places: Collection[Place], renamed: dict[str, str], used: set[str]) -> Iterator[Edit]:
    for _, item in items_of(root):
        nodes = [(value_of(item, "id"), True)]
        for key in _REFERRING:
            value = value_of(item, key)
            entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
            nodes += [(entry, False) for entry in entries]
        for node, is_own in nodes:
            if not isinstance(node, yaml.ScalarNode) or place_at(node) not in places or _ID.match(node.value):
                continue
            new = renamed.get(node.value) or (slug(node.value) if not is_own and slug(node.value) in used else None)
            if new and node.style not in ("|", ">"):
                yield Edit(node.start_mark.index, node.end_mark.index, new)


def _missing(text: str, root: Any, places: Collection[Place], used: set[str]) -> Iterator[Edit]:
    deck = value_of(root, "deck")
    prefix = slug(deck.value) if isinstance(deck, yaml.ScalarNode) else ""
    for section, item in items_of(root):
        if place_at(item) not in places or not item.value or value_of(item, "id") is not None:
            continue
        made = _free(_named(item, section, prefix), used)
        if not made:
            continue
        used.add(made)
        if item.flow_style:
            at = item.start_mark.index + 1
            yield Edit(at, at, f"id: {made}, ")
        else:
            first = item.value[0][0].start_mark
            yield Edit(first.index, first.index, f"id: {made}{line_end(text)}{' ' * first.column}")


def _named(item: Any, section: str, prefix: str) -> str:
    """An id that says what the item asks."""
    keys = ("front", "cloze") if section == "cards" else ("stem",)
    asked = next((node.value for key in keys if isinstance(node := value_of(item, key), yaml.ScalarNode)), "")
    if section == "questions":
        asked = re.split(r"(?<=[.!:])\s", (asked.rpartition("?")[0] or asked).strip())[-1]
    words = [word for word in slug_words(asked) if word not in _FILLERS][:_WORDS]
    return slug("-".join([prefix, *words])) if words else ""


def slug_words(text: str) -> list[str]:
    """The words of a text as they may stand in an id."""
    return [word for part in text.split() if (word := slug(part))]


def _free(wanted: str, used: set[str]) -> str:
    if not wanted or wanted not in used:
        return wanted
    return next(made for n in range(2, len(used) + 3) if (made := f"{wanted}-{n}") not in used)


def _without_ids(data: Any) -> Any:
    """The data with the ids of its items, and what refers to them, left out."""
    if not isinstance(data, dict):
        return None
    left = dict(data)
    for section in ("cards", "questions"):
        if isinstance(data.get(section), list):
            left[section] = [
                {key: value for key, value in entry.items() if key not in ("id", *_REFERRING)}
                if isinstance(entry, dict)
                else entry
                for entry in data[section]
            ]
    return left
