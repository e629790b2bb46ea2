"""What a use case needs at hand: the open store, the loaded library and the clocks."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.content.library import Library
    from studyapp.store import Store


def _now() -> datetime:
    return datetime.now(UTC)


def _monotonic() -> float:
    """Seconds that never go back and, where the system can tell, go on while a laptop is suspended."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


@dataclass(frozen=True)
class Clock:
    """The time of day (UTC) and a count of seconds that never goes back."""

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = _monotonic

    def midnight(self) -> datetime:
        """When the learner's day began, in UTC."""
        local = self.now().astimezone()
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


@dataclass
class Workspace:
    """The open store and the library; a reload puts a new library in the place of the old one."""

    store: "Store"
    library: "Library"
    clock: Clock

    @property
    def bank(self) -> Bank:
        """What the library loaded."""
        return self.library.bank
