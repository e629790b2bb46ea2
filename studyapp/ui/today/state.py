"""What the Today page shows. Light to import: the page is painted before anything else is there."""

from dataclasses import dataclass

from studyapp.ui.routes import Route


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it means and where it leads."""

    title: str
    number: str
    detail: str
    action: str = ""
    route: Route | None = None


@dataclass(frozen=True)
class TodayState:
    """What the page shows; ``ready`` is false while the decks load."""

    greeting: str = "Today"
    ready: bool = False
    headline: str = "Loading your decks…"
    detail: str = ""
    action: str = ""
    route: Route | None = None
    tiles: tuple[Tile, ...] = ()
