"""Plain data and, beside it, a tree of the places where each value stands in its file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

Place = tuple[int, int]
"""Line and column of a node, both from 1."""

Step = str | int
"""A key of a mapping or an index of a list."""


LINE = 1 << 26
"""A place as one number is ``line * LINE + column``: a third of the memory, and a large file has a million of them."""

FIRST = LINE + 1
"""The first place of a file, as one number."""


class Branch:
    """The places of a mapping or list: where it starts, where its keys stand, and the places of what is inside.

    Places are one number here. ``keys`` is None for a list.
    """

    __slots__ = ("at", "inside", "keys")

    def __init__(self, at: int, inside: dict[str, Tree] | list[Tree], keys: dict[str, int] | None = None) -> None:
        self.at = at
        self.inside = inside
        self.keys = keys


Tree = Branch | int
"""The places of a value: a branch for mappings and lists, one place, as a number, for a text."""


class Document:
    """A parsed file: ``data`` made of dicts, lists and texts only, the places of all of it, and what it was made of.

    ``has_nulls`` tells that one of the texts reads like YAML's null, with or without quotes.
    """

    __slots__ = ("data", "has_nulls", "places", "text")

    def __init__(self, data: Any, places: Tree, text: str = "") -> None:
        self.data = data
        self.places = places
        self.text = text
        self.has_nulls = False


def subtree(tree: Tree, steps: Sequence[Step]) -> Tree:
    """The tree at the end of the steps, or at the last step that exists."""
    for step in steps:
        if isinstance(tree, int):
            return tree
        inside = tree.inside
        if isinstance(inside, dict):
            found = inside.get(step) if isinstance(step, str) else None
        else:
            found = inside[step] if isinstance(step, int) and step < len(inside) else None
        if found is None:
            return tree
        tree = found
    return tree


def at_of(tree: Tree, steps: Sequence[Step] = ()) -> int:
    """Where the value at the end of the steps begins, as a number."""
    found = subtree(tree, steps)
    return found if isinstance(found, int) else found.at


def spread(at: int) -> Place:
    """Line and column of a place that is given as a number."""
    return divmod(at, LINE)


def place_of(tree: Tree, steps: Sequence[Step] = ()) -> Place:
    """Where the value at the end of the steps begins."""
    return spread(at_of(tree, steps))


def key_place(tree: Tree, steps: Sequence[Step]) -> Place:
    """Where the key that is the last of the steps stands."""
    parent = subtree(tree, steps[:-1])
    if isinstance(parent, int) or parent.keys is None:
        return place_of(parent)
    return spread(parent.keys.get(str(steps[-1]), parent.at))


def lines_of_keys(tree: Tree) -> list[int]:
    """The lines on which the keys of a mapping stand, in its order; none of anything else."""
    keys = None if isinstance(tree, int) else tree.keys
    return [at // LINE for at in (keys or {}).values()]


def node_before(tree: Tree, at: int) -> int:
    """Where the innermost node begins that is the last to begin at or before a place; all as numbers."""
    while not isinstance(tree, int):
        children = list(tree.inside.values()) if isinstance(tree.inside, dict) else tree.inside
        found = bisect_right(children, at, key=_begin)
        if not found:
            return tree.at
        tree = children[found - 1]
    return tree


def _begin(tree: Tree) -> int:
    return tree if isinstance(tree, int) else tree.at
