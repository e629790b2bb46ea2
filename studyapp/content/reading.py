"""How far a load is. Light to import: the window has one before anything else is there."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_MANY = 1000
"""From so many items on, what was made is worth keeping from the garbage collector."""


@dataclass
class Reading:
    """How far reading the files has come. The worker counts, the window looks on and may ask it to stop.

    ``fresh`` counts the cards and questions that were made anew, and not taken over from a load before.
    """

    done: int = 0
    fresh: int = 0
    total: int = 0
    cancelled: bool = False

    def check(self) -> None:
        """Raise ``LoadCancelledError`` where it is to stop."""
        if self.cancelled:
            raise LoadCancelledError


class LoadCancelledError(Exception):
    """The caller asked to stop; what was loaded before is as it was."""


@contextmanager
def without_collector(reading: Reading) -> Iterator[None]:
    """The cyclic garbage collector costs as much again as parsing itself, and finds nothing here.

    Where much was loaded it is frozen, or the first collection afterwards would walk through all of it, on whatever
    thread it happens. Frozen objects are freed as ever once nothing refers to them; the decks have no cycles.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if reading.fresh >= _MANY:
                gc.freeze()
            gc.enable()
