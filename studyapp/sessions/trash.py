"""Attempts that the learner deleted and may still want back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # For types alone: SQLModel and pydantic are slow to import, and the window is painted before they are.
    from studyapp.core.attempt import AttemptSummary
    from studyapp.store import AttemptStore


class Trash:
    """Hides attempts at once and deletes them for good when it is emptied.

    Nothing is written before that: after a crash the attempts are back.
    """

    def __init__(self, store: "AttemptStore") -> None:
        self._store = store
        self._held: dict[int, AttemptSummary] = {}

    @property
    def held(self) -> "tuple[AttemptSummary, ...]":
        """What would be deleted, the first one first."""
        return tuple(self._held.values())

    def put(self, summary: "AttemptSummary") -> None:
        """Hide an attempt."""
        self._held[summary.id] = summary

    def take_back(self) -> None:
        """Show everything again."""
        self._held.clear()

    def keep(self, attempt_id: int) -> None:
        """Show one attempt again: it is wanted after all."""
        self._held.pop(attempt_id, None)

    def without(self, summaries: "Iterable[AttemptSummary]") -> "list[AttemptSummary]":
        """The attempts that are not hidden."""
        return [summary for summary in summaries if summary.id not in self._held]

    def empty(self) -> None:
        """Delete what is hidden for good. Raises ``DatabaseError``; what is not deleted then stays hidden."""
        for attempt_id in list(self._held):
            self._store.discard(attempt_id)
            del self._held[attempt_id]
