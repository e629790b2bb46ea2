"""The database is damaged: the learner chooses what to go on with. The damaged file is kept in either case."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studyapp.core.errors import DamagedDatabaseError, StudyError
from studyapp.sessions.workspace import Clock
from studyapp.store import newest_good_backup, start_over
from studyapp.ui import words


@dataclass(frozen=True, slots=True)
class RescueState:
    """What the page shows. ``backup`` says when the newest good backup was written, and is empty where there is none.

    ``failed`` says what came in the way of the last try.
    """

    problem: str
    backup: str = ""
    holds: str = ""
    failed: str = ""


class RescueViewModel(QObject):
    """``rescued`` comes with the new name of the damaged file, once something sound, or nothing, is in its place.

    ``unsaved_wanted`` leaves everything as it is.
    """

    changed = Signal(object)
    rescued = Signal(str)
    unsaved_wanted = Signal()

    def __init__(self, folder: Path, error: DamagedDatabaseError) -> None:
        super().__init__()
        self._folder = folder
        self._problem = error.message
        self._backup = newest_good_backup(folder)
        self.state = self._make_state()

    def _make_state(self, failed: str = "") -> RescueState:
        if self._backup is None:
            return RescueState(self._problem, failed=failed)
        holds = words.history(self._backup.attempts, self._backup.reviews)
        return RescueState(self._problem, words.moment(self._backup.at), holds, failed)

    def take_backup(self) -> None:
        """Go on with the newest good backup; where there is none, with nothing."""
        self._start_over(self._backup.path if self._backup else None)

    def start_anew(self) -> None:
        """Go on with an empty history."""
        self._start_over(None)

    def _start_over(self, backup: Path | None) -> None:
        try:
            aside = start_over(self._folder, backup, Clock().now())
        except StudyError as error:
            self.state = self._make_state(f"{error.message} {error.next_step}")
            self.changed.emit(self.state)
            return
        self.rescued.emit(aside.name)
