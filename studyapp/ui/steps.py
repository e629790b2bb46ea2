"""Runs work that comes in steps on the event loop: short work at once, long work in slices."""

from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer

SLICE = 0.006
"""Seconds of work before the event loop gets its turn."""


class Stepper(QObject):
    """Takes the steps of one generator at a time; a newer one takes the place of the older."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Generator[None, None, Any] | None = None
        self._done: Callable[[Any], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)

    def run(self, steps: Generator[None, None, Any], done: Callable[[Any], None], *, soon: bool = False) -> None:
        """Take the steps, then call ``done`` with what they return; at once, where they are quick.

        ``soon`` begins with the next turn of the event loop, where something else took long already.
        """
        self._steps, self._done = steps, done
        if soon:
            self._timer.start()
        else:
            self._go_on()

    def stop(self) -> None:
        """Leave what is not finished."""
        self._timer.stop()
        self._steps = None

    @property
    def busy(self) -> bool:
        """Whether there are steps to come."""
        return self._steps is not None

    def _go_on(self) -> None:
        begun = perf_counter()
        while self._steps is not None:
            try:
                next(self._steps)
            except StopIteration as over:
                self._steps = None
                if self._done is not None:
                    self._done(over.value)
                return
            except BaseException:
                self._steps = None
                raise
            if perf_counter() - begun > SLICE:
                self._timer.start()
                return
