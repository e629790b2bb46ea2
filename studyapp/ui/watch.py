"""Sees that deck files have changed: by the system's events, and by looking for what those do not tell."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QTimer, Signal

from studyapp.content.kept import Stamp, stamp_of
from studyapp.ui.jobs import Jobs

_QUIET_MS = 40
"""So long after the last event the files are read: an editor that saves makes several, a checkout hundreds."""
_PATIENCE_MS = 1000
"""Events that never pause are not waited for any longer than this."""
_NEAR_MS = 150
"""So long after an event beside the deck folders they are looked at: much may go on there that is no deck."""
_LOOK_MS = 2000
"""How often the files are looked at; network folders tell nothing by themselves, and events get lost."""

Seen = Mapping[Path, Stamp | None]
"""The files there were, each with its stamp."""


class DeckWatcher(QObject):
    """Emits ``changed`` once for a burst of changes. ``look`` runs on the worker: a network folder may be slow."""

    changed = Signal()

    def __init__(self, jobs: Jobs, look: Callable[[], Seen], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._look = look
        self._seen: Seen = {}
        self._looking = False
        self._events = QFileSystemWatcher(self)
        self._events.fileChanged.connect(self._notice)
        self._events.directoryChanged.connect(self._notice_folder)
        self._beside: frozenset[str] = frozenset()
        self._inodes: dict[str, int] = {}
        self._since = QElapsedTimer()
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._tell)
        self._near = QTimer(self, singleShot=True, interval=_NEAR_MS)
        self._near.timeout.connect(self._look_again)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look_again)
        self._timer.start()

    def watch(self, folders: Sequence[Path], beside: Sequence[Path], seen: Seen) -> None:
        """Watch these folders and the files that were seen in them when they were last read.

        The folders ``beside`` are those in which deck folders lie: they tell that one came, or was moved away.
        """
        before = self._inodes
        self._inodes = {str(path): stamp[2] for path, stamp in seen.items() if stamp}
        self._inodes.update((str(path), stamp[2]) for path in (*folders, *beside) if (stamp := stamp_of(path)))
        # Of what was replaced by another of its name the events would go on to tell of the old one.
        replaced = {path for path, inode in self._inodes.items() if before.get(path, inode) != inode}
        wanted = {str(path) for path in (*seen, *folders, *beside)}
        self._beside = frozenset(map(str, beside)) - frozenset(map(str, folders))
        watched = {*self._events.files(), *self._events.directories()}
        if gone := (watched - wanted) | (watched & replaced):
            self._events.removePaths(sorted(gone))
        if new := wanted - (watched - replaced):
            # What cannot be watched, or is not there yet, is looked for.
            self._events.addPaths(sorted(new))
        self._seen = seen

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._near.stop()
        self._quiet.stop()
        self._events.blockSignals(True)

    def _notice(self, _path: str) -> None:
        if not self._quiet.isActive():
            self._since.start()
        if self._since.elapsed() < _PATIENCE_MS:
            self._quiet.start()

    def _notice_folder(self, path: str) -> None:
        if path not in self._beside:
            self._notice(path)
        elif not self._near.isActive():
            self._near.start()

    def _tell(self) -> None:
        self.changed.emit()

    def _look_again(self) -> None:
        if not self._looking:
            self._looking = True
            before = self._seen
            self._jobs.run(self._look, lambda seen: self._compare(before, seen), self._looked_in_vain)

    def _compare(self, before: Seen, seen: Seen) -> None:
        self._looking = False
        # Where the files were read in the meantime, the next look compares with that.
        if before is self._seen and seen != before:
            self._quiet.start()

    def _looked_in_vain(self, error: BaseException) -> None:
        self._looking = False
        raise error
