"""Work in steps: what reads a long history yields between its parts, so that a window can go on in between."""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[None, None, T]


def finish(steps: Steps[T]) -> T:
    """Take all steps at once; what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as over:
            result: T = over.value
            return result
