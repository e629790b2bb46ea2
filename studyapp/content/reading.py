"""How far a load is. Light to import: the window has one before anything else is there."""

from dataclasses import dataclass


@dataclass
class Reading:
    """How far reading the files has come. The worker counts, the window looks on and may ask it to stop."""

    done: int = 0
    total: int = 0
    cancelled: bool = False

    def check(self) -> None:
        """Raise ``LoadCancelledError`` where it is to stop."""
        if self.cancelled:
            raise LoadCancelledError


class LoadCancelledError(Exception):
    """The caller asked to stop; what was loaded before is as it was."""
