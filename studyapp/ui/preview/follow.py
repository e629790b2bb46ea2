"""Noticing that a file was saved, whatever way the editor saves it."""

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_SETTLING_MS = 40
_POLL_MS = 1500


class FileFollower(QObject):
    """Follows one file. ``changed`` comes soon after its content was written, replaced or removed.

    Its folder is watched as well, since many editors put a new file in the place of the old one; a slow look at the
    file's stamp finds what no event told, as on network drives.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._path = Path()
        self._stamp: tuple[int, int, int] | None = None
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
        self._path, self._stamp = path, _stamp(path)
        self.resume()

    def resume(self) -> None:
        """Follow the file again; ``changed`` comes at once where it has changed since."""
        self._look()
        self._poll.start()

    def stop(self) -> None:
        """Follow nothing until ``resume``."""
        self._poll.stop()
        self._settling.stop()
        watched = self._watcher.files() + self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)

    def _watch(self) -> None:
        """A file that was replaced is no longer watched, and has to be added again."""
        # Not resolve(): of links that lead round in a circle it makes an error.
        real = Path(os.path.realpath(self._path))
        for path in {self._path, self._path.parent, real, real.parent}:
            if path.exists() and str(path) not in self._watcher.files() + self._watcher.directories():
                self._watcher.addPath(str(path))

    def _look(self) -> None:
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            self._stamp = stamp
            self.changed.emit()
        self._watch()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
