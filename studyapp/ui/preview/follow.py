"""Noticing that a file was saved, whatever way the editor saves it."""

import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from studyapp.content.kept import Stamp, stamp_of
from studyapp.ui.jobs import Jobs

_SETTLING_MS = 20
_POLL_MS = 1500

Seen = Mapping[Path, Stamp | None]
"""Files, each with the stamp with which it was seen."""


class FileFollower(QObject):
    """Follows a few files. ``changed`` comes soon after one was written, made or removed.

    Their folders are watched as well, since many editors put a new file in the place of the old one; a slow look at
    the stamps finds what no event told, as on network drives. These may be slow: the worker looks.
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._seen: Seen = {}
        self._following = False
        self._looking = False
        self._look_again = False
        self._watcher = QFileSystemWatcher(self)
        # Several events in a row are one save.
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._look)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look)
        self._watcher.fileChanged.connect(lambda _path: self._settling.start())
        self._watcher.directoryChanged.connect(lambda _path: self._settling.start())

    def follow(self, seen: Seen) -> None:
        """Follow these files, and no longer those before."""
        self._seen = seen
        if self._following:
            self._look()

    def resume(self) -> None:
        """Follow again; ``changed`` comes soon where something has changed since."""
        self._following = True
        self._look()
        self._poll.start()

    def stop(self) -> None:
        """Follow nothing until ``resume``."""
        self._following = False
        self._poll.stop()
        self._settling.stop()
        self._watch(frozenset())

    def _look(self) -> None:
        if self._looking:
            # That look may have been at what has changed since.
            self._look_again = True
            return
        self._looking = True
        seen = self._seen
        self._jobs.run(lambda: (_stamps(seen), _places(seen)), lambda found: self._compare(seen, *found), self._failed)

    def _compare(self, before: Seen, now: Seen, places: frozenset[str]) -> None:
        self._looking = False
        # Where other files are followed by now, the look after this one is for them.
        if self._following and before is self._seen:
            self._watch(places)
            if now != before:
                self._seen = now
                self.changed.emit()
        if self._look_again:
            self._look_again = False
            self._look()

    def _failed(self, error: BaseException) -> None:
        self._looking = False
        raise error

    def _watch(self, places: frozenset[str]) -> None:
        """A file that was replaced is no longer watched, and has to be added again."""
        watched = frozenset(self._watcher.files()) | frozenset(self._watcher.directories())
        if gone := watched - places:
            self._watcher.removePaths(sorted(gone))
        if new := places - watched:
            self._watcher.addPaths(sorted(new))


def _stamps(seen: Seen) -> Seen:
    return {path: stamp_of(path) for path in seen}


def _places(seen: Seen) -> frozenset[str]:
    """The files and their folders, those behind links too, as far as they are there."""
    wanted: set[str] = set()
    for path in seen:
        # Not resolve(): of links that lead round in a circle it makes an error.
        real = os.path.realpath(path)
        wanted |= {str(path), str(path.parent), real, os.path.dirname(real)}
    return frozenset(filter(os.path.exists, wanted))
