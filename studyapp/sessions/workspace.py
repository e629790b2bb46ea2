"""What a use case needs at hand: the open store, the loaded library and the clocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studyapp.core.bank import Bank
from studyapp.sessions import ticks
from studyapp.sessions.trash import Trash

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.content.library import Library
    from studyapp.sessions.areas import Areas
    from studyapp.store import Store


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """The time of day (UTC), and two counts of seconds that never go back.

    ``monotonic`` stands still while the machine is suspended, ``boottime`` goes on, where the system can tell.
    ``boot_id`` names the boot that ``boottime`` counts from; it is empty where the system has no name for it.
    """

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = ticks.without_suspend
    boottime: Callable[[], float] = ticks.with_suspend
    boot_id: Callable[[], str] = ticks.boot_id

    def midnight(self) -> datetime:
        """When the learner's day began, in UTC."""
        local = self.now().astimezone()
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


@dataclass
class Workspace:
    """The open store and the library; a reload puts a new library in the place of the old one.

    ``trash`` holds what was deleted and may still be wanted back: every page hides the same. ``moved_cards`` are the
    present ids of cards by their former ones, as the history last followed the decks.
    """

    store: "Store"
    library: "Library"
    clock: Clock
    trash: Trash = field(init=False)
    moved_cards: Mapping[str, str] = field(default_factory=dict, init=False)
    _areas: "Areas | None" = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.trash = Trash(self.store.attempts)

    @property
    def bank(self) -> Bank:
        """What the library loaded."""
        return self.library.bank

    def replace_library(self, library: "Library", areas: "Areas | None" = None) -> None:
        """Put a newly loaded library in the place of the old one, with its areas where they are worked out already."""
        self.library = library
        self._areas = areas

    @property
    def areas(self) -> "Areas":
        """The areas of the bank, worked out anew once another library is loaded."""
        if self._areas is None or self._areas.bank is not self.bank:
            # Imported here: the window is painted before the model is.
            from studyapp.sessions.areas import Areas

            self._areas = Areas(self.bank)
        return self._areas
