"""What the Today page shows. Light to import: the page is painted before anything else is there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyapp.ui.routes import Route


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One part of the plan: what, why, how long, and where it is done."""

    text: str
    why: str
    minutes: str
    action: str
    route: "Route"


@dataclass(frozen=True, slots=True)
class Remark:
    """One line at the foot of the page, with what can be done about it."""

    text: str
    action: str
    route: "Route"


@dataclass(frozen=True)
class TodayState:
    """What the page shows; ``ready`` is false while the decks load, and ``headline`` then says what goes on, which the
    learner may end where ``can_cancel``.

    ``chance`` is the number of the page, or a word where there is none, which ``told`` tells apart.
    """

    greeting: str = "Today"
    ready: bool = False
    headline: str = "Loading your decks…"
    detail: str = ""
    can_cancel: bool = False
    exam: str = ""
    chance: str = ""
    told: bool = False
    chance_detail: str = ""
    plan: str = ""
    tasks: tuple[TaskLine, ...] = ()
    remarks: tuple[Remark, ...] = ()
    done: str = ""

    @property
    def route(self) -> "Route | None":
        """Where the one key leads: to the first part of the plan."""
        return self.tasks[0].route if self.tasks else None
