"""Noticing that a file was saved, whatever way the editor saves it."""

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from studyapp.content.kept import Stamp, stamp_of

_SETTLING_MS = 20
_POLL_MS = 1500


class FileFollower(QObject):
    """Follows a file, and what is seen or used with it. ``changed`` comes soon after one was written, made or removed.

    Its folder is watched as well, since many editors put a new file in the place of the old one; a slow look at the
    stamps finds what no event told, as on network drives.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stamps: dict[Path, Stamp | None] = {}
        self._following = False
        self._watcher = QFileSystemWatcher(self)
        # Several events in a row are one save.
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._look)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look)
        self._watcher.fileChanged.connect(lambda _path: self._settling.start())
        self._watcher.directoryChanged.connect(lambda _path: self._settling.start())

    def follow(self, path: Path) -> None:
        """Follow a file, and no longer the one before."""
        self.stop()
        self._stamps = {path: stamp_of(path)}
        self.resume()

    def follow_too(self, others: Iterable[tuple[Path, Stamp | None]]) -> None:
        """Follow other files beside it, and no longer those before, each from the stamp with which it was seen."""
        path = next(iter(self._stamps))
        stamps = dict(others)
        if {**stamps, path: None}.keys() != self._stamps.keys() and self._following:
            self._unwatch()
        self._stamps = {path: self._stamps[path], **{other: stamp for other, stamp in stamps.items() if other != path}}
        if self._following:
            self._look()

    def resume(self) -> None:
        """Follow again; ``changed`` comes at once where something has changed since."""
        self._following = True
        self._look()
        self._poll.start()

    def stop(self) -> None:
        """Follow nothing until ``resume``."""
        self._following = False
        self._poll.stop()
        self._settling.stop()
        self._unwatch()

    def _unwatch(self) -> None:
        watched = self._watcher.files() + self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)

    def _watch(self) -> None:
        """A file that was replaced is no longer watched, and has to be added again."""
        watched = {*self._watcher.files(), *self._watcher.directories()}
        wanted: set[str] = set()
        for path in self._stamps:
            # Not resolve(): of links that lead round in a circle it makes an error.
            real = os.path.realpath(path)
            wanted |= {str(path), str(path.parent), real, os.path.dirname(real)}
        if new := [path for path in wanted - watched if os.path.exists(path)]:
            self._watcher.addPaths(new)

    def _look(self) -> None:
        stamps = {path: stamp_of(path) for path in self._stamps}
        if stamps != self._stamps:
            self._stamps = stamps
            self.changed.emit()
        self._watch()
