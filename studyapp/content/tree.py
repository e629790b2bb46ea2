"""Plain data and, beside it, a tree of the places where each value stands in its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Place = tuple[int, int]
"""Line and column of a node, both from 1."""

Step = str | int
"""A key of a mapping or an index of a list."""


class Branch:
    """The places of a mapping or list: where it starts, where its keys stand, and the places of what is inside."""

    __slots__ = ("at", "inside", "keys")

    def __init__(self, at: Place, inside: dict[str, Tree] | list[Tree]) -> None:
        self.at = at
        self.inside = inside
        self.keys: dict[str, Place] = {}


Tree = Branch | Place
"""The places of a value: a branch for mappings and lists, one place for a text."""


class Document:
    """A parsed file: ``data`` made of dicts, lists and texts only, and the places of all of it."""

    __slots__ = ("data", "places")

    def __init__(self, data: Any, places: Tree) -> None:
        self.data = data
        self.places = places


def subtree(tree: Tree, steps: Sequence[Step]) -> Tree:
    """The tree at the end of the steps, or at the last step that exists."""
    for step in steps:
        if isinstance(tree, tuple):
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


def place_of(tree: Tree, steps: Sequence[Step] = ()) -> Place:
    """Where the value at the end of the steps begins."""
    found = subtree(tree, steps)
    return found if isinstance(found, tuple) else found.at


def key_place(tree: Tree, steps: Sequence[Step]) -> Place:
    """Where the key that is the last of the steps stands."""
    parent = subtree(tree, steps[:-1])
    if isinstance(parent, tuple):
        return parent
    return parent.keys.get(str(steps[-1]), parent.at)
