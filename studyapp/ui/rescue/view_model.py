"""The database is damaged: the learner chooses what to go on with. The damaged file is kept in either case."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studyapp.core.errors import DamagedDatabaseError, StudyError
from studyapp.sessions.workspace import Clock
from studyapp.store import Backup, newest_good_backup, start_over
from studyapp.ui import words
from studyapp.ui.jobs import Jobs


@dataclass(frozen=True, slots=True)
class RescueState:
    """What the page shows. While ``looking`` there is nothing to choose yet.

    ``backup`` says when the newest good backup was written, and is empty where there is none. ``failed`` says what came
    in the way of the last try.
    """

    problem: str
    backup: str = ""
    holds: str = ""
    failed: str = ""
    looking: bool = False


class RescueViewModel(QObject):
    """``rescued`` comes with the new name of the damaged file, once something sound, or nothing, is in its place.

    ``unsaved_wanted`` leaves everything as it is.
    """

    changed = Signal(object)
    rescued = Signal(str)
    unsaved_wanted = Signal()

    def __init__(self, folder: Path, error: DamagedDatabaseError, jobs: Jobs) -> None:
        super().__init__()
        self._folder = folder
        self._problem = error.message
        self._backup: Backup | None = None
        self.state = RescueState(self._problem, looking=True)
        # Each is read from end to end, which takes a second where the history is long.
        jobs.run(partial(newest_good_backup, folder), self._found, self._not_found)

    def _found(self, backup: Backup | None) -> None:
        self._backup = backup
        self.state = self._make_state()
        self.changed.emit(self.state)

    def _not_found(self, error: BaseException) -> None:
        self._found(None)
        raise error

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
        if self.state.looking:
            return
        try:
            aside = start_over(self._folder, backup, Clock().now())
        except StudyError as error:
            self.state = self._make_state(f"{error.message} {error.next_step}")
            self.changed.emit(self.state)
            return
        self.rescued.emit(aside.name)
