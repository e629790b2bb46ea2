"""How much time of an attempt is used."""

from collections.abc import Callable


class Stopwatch:
    """Adds what a count of seconds advances to the time used before; stands still while it is paused.

    ``count`` never goes back. With a ``limit`` no more than that is ever used.
    """

    def __init__(self, count: Callable[[], float], used: float, limit: float | None) -> None:
        self._count = count
        self._used = used
        self._limit = limit
        self._since: float | None = count()

    @property
    def used(self) -> float:
        """Seconds used so far."""
        used = self._used if self._since is None else self._used + self._count() - self._since
        return used if self._limit is None else min(used, self._limit)

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._since is None

    def pause(self) -> None:
        """Stand still."""
        self._used, self._since = self.used, None

    def go_on(self) -> None:
        """Count again."""
        if self._since is None:
            self._since = self._count()
