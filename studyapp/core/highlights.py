"""Ranges of characters that are marked in a text: sorted, apart from each other, none of them empty."""

from collections.abc import Sequence

Ranges = tuple[tuple[int, int], ...]


def add(ranges: Sequence[tuple[int, int]], start: int, end: int) -> Ranges:
    """The ranges with one more; those that it touches become one with it."""
    if start >= end:
        return tuple(ranges)
    apart = [r for r in ranges if r[1] < start or r[0] > end]
    touched = [r for r in ranges if not (r[1] < start or r[0] > end)]
    merged = (min([start, *(r[0] for r in touched)]), max([end, *(r[1] for r in touched)]))
    return tuple(sorted([*apart, merged]))


def take(ranges: Sequence[tuple[int, int]], start: int, end: int) -> Ranges:
    """The ranges without what lies between two characters."""
    if start >= end:
        return tuple(ranges)
    left = []
    for first, last in ranges:
        left += [piece for piece in ((first, min(last, start)), (max(first, end), last)) if piece[0] < piece[1]]
    return tuple(left)


def at(ranges: Sequence[tuple[int, int]], position: int) -> tuple[int, int] | None:
    """The range that a character lies in, if any."""
    return next((r for r in ranges if r[0] <= position < r[1]), None)


def covers(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether all that lies between two characters is marked."""
    return any(first <= start and end <= last for first, last in ranges)
