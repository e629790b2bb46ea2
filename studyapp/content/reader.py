"""Reading deck folders again and again: what has not changed is kept, in memory and on disk."""

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from time import monotonic

from studyapp.content import loader
from studyapp.content.discovery import deck_files, first_key
from studyapp.content.kept import Kept, Stamp, stamp_of
from studyapp.content.kept_file import KeptFile
from studyapp.content.library import Library
from studyapp.content.reading import Reading

_GRACE = 5.0
"""Seconds for which a file that is gone is remembered: a save may delete it before it writes the new one."""


class DeckReader:
    """Reads the decks for one running program; used on one thread at a time.

    What was read of the ``shipped`` folder is kept on disk in its ``__pycache__``, of all other files in ``cache``.
    """

    def __init__(self, shipped: Path, cache: Path) -> None:
        self._shipped = shipped
        self._caches = {True: KeptFile(shipped / "__pycache__" / "decks.jsonl"), False: KeptFile(cache)}
        self._kept: dict[Path, Kept] = {}
        # Those of them that were not there at the last load, and since when.
        self._missing: dict[Path, float] = {}
        self._recalled = False

    def load(
        self,
        folders: Sequence[Path],
        off: Collection[Path] = (),
        reading: Reading | None = None,
        *,
        known_only: bool = False,
    ) -> Library:
        """What ``loader.load`` gives for these folders, parsing only what has changed since the last time.

        A file that no longer loads stays as it was before, for as long as this reader lives, even where it was gone
        for a moment. With ``known_only`` the decks that it does not know yet are passed over, as after a load that
        was cancelled.

        Raises:
            DeckFolderError, LoadCancelledError: as ``loader.load``. What was read until then need not be read again.
        """
        reading = reading or Reading()
        if not self._recalled and not known_only:
            self._recalled = True
            self._recall(list(deck_files(folders)), reading)
        self._forget()
        if known_only:
            folders = [path for path in deck_files(folders) if path in self._kept or first_key(path) != "deck"]
        library = loader.load(folders, keep=self._kept, off=off, reading=reading)
        if not known_only:
            present = {file.path for file in library.files}
            self._missing = {path: self._missing.get(path, monotonic()) for path in self._kept.keys() - present}
        # Looked up in the window from now on: made here, where nobody waits.
        _ = library.bank.questions, library.bank.cards
        return library

    def look(self, folders: Sequence[Path]) -> dict[Path, Stamp | None]:
        """The files that ``load`` would read, each with its stamp. May run beside a load."""
        return {path: stamp_of(path) for path in deck_files(folders)}

    def save(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Keep what was read for the next start, where something is new; if it is to ``stop``, at the next call."""
        for shipped, cache in self._caches.items():
            if shipped and getattr(sys, "frozen", False):
                # They come with what was read of them, in a place that is signed or not ours.
                continue
            cache.write({name: self._kept[path] for name, path in self._names(self._kept, shipped).items()}, stop)

    def _forget(self) -> None:
        now = monotonic()
        for path in [path for path, since in self._missing.items() if now - since >= _GRACE]:
            del self._kept[path], self._missing[path]

    def _recall(self, paths: Sequence[Path], reading: Reading) -> None:
        reading.total = len(paths)
        for shipped, cache in self._caches.items():
            wanted = self._names(paths, shipped)
            if wanted:
                self._kept.update((kept.file.path, kept) for kept in cache.read(wanted, reading))

    def _names(self, paths: Collection[Path], shipped: bool) -> dict[str, Path]:
        """The shipped files, or the others, by what they are called on disk."""
        if shipped:
            return {p.relative_to(self._shipped).as_posix(): p for p in paths if p.is_relative_to(self._shipped)}
        return {str(path): path for path in paths if not path.is_relative_to(self._shipped)}
