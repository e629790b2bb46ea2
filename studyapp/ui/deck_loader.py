"""Reads the decks on the worker, at the start and again whenever they change, and says how far it is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.content.reading import LoadCancelledError, Reading, without_collector
from studyapp.core.errors import DataFolderError
from studyapp.paths import own_decks
from studyapp.ui.jobs import Jobs

if TYPE_CHECKING:
    from studyapp.content.library import Library
    from studyapp.content.reader import DeckReader
    from studyapp.sessions.areas import Areas
    from studyapp.sessions.deck_folders import DeckFolders
    from studyapp.ui.watch import DeckWatcher, Seen

_LONG = 0.5
"""Seconds after which a load says how far it is."""
_TICK_MS = 100
_LARGE = 5000
"""From so many items on, what the pages ask of a library is worked out before it is handed over."""


class _Read(NamedTuple):
    """What one load gave; ``trouble`` is why the list of folders could not be read."""

    folders: "DeckFolders"
    library: "Library"
    areas: "Areas"
    trouble: DataFolderError | None


class DeckLoader(QObject):
    """The one that reads decks for the window.

    ``loaded`` brings a library, ``failed`` the reason why there is none. ``reading`` tells how far a longer load is,
    and with None that it is over; ``stopped`` how many files were not read where the first load was cancelled, and
    ``trouble`` that the list of added folders could not be read. ``areas`` are those of the newest library.
    """

    loaded = Signal(object)
    failed = Signal(object)
    reading = Signal(object)
    stopped = Signal(int)
    trouble = Signal(object)

    def __init__(self, jobs: Jobs, data_folder: Path, places: Sequence[Path]) -> None:
        """``places`` are the shipped folder, and then folders or files that are opened for now."""
        super().__init__()
        self.data_folder = data_folder
        self.folders: DeckFolders | None = None
        self.areas: Areas | None = None
        self._jobs = jobs
        self._places = [place.absolute() for place in places]
        self._reader: DeckReader | None = None
        self._watcher: DeckWatcher | None = None
        self._running: Reading | None = None
        self._again = False
        # What there was when the newest read began, and at a failure that was told.
        self._seen: Seen = {}
        self._failed_with: Seen | None = None
        self._had_one = False
        self._began = 0.0
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._tell_progress)

    def load(self) -> None:
        """Read the decks; once more afterwards, where they are being read already."""
        self._failed_with = None
        self._load()

    def _load(self) -> None:
        if self._running is not None:
            self._again = True
        else:
            self._start(known_only=False)

    @property
    def busy(self) -> bool:
        """Whether the decks are being read; after a load that is told already, whether there comes another."""
        return self._running is not None

    def cancel(self) -> None:
        """Stop reading. The decks that were there stay; of a first load, those are taken that were read by then."""
        if self._running is not None:
            self._again = False
            self._running.cancelled = True

    def change(self, folders: "DeckFolders") -> None:
        """Read from these folders from now on.

        Raises:
            DataFolderError: where that could not be kept; all is as it was then.
        """
        from studyapp.sessions.deck_folders import write_deck_folders

        write_deck_folders(self.data_folder, folders)
        self.folders = folders
        self.load()

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Have the worker do something else with decks, after what it does already; then as ``Jobs.run``."""
        self._jobs.run(work, done, failed)

    def start_watching(self) -> None:
        """Read the decks again whenever they change, from now on."""
        from studyapp.ui.watch import DeckWatcher

        self._watcher = DeckWatcher(self._jobs, self._look, self)
        self._watcher.changed.connect(self._load)
        self._watch()

    def stop(self) -> None:
        """The window closes."""
        self.cancel()
        self._tick.stop()
        if self._watcher is not None:
            self._watcher.stop()

    def _start(self, *, known_only: bool) -> None:
        reading = self._running = Reading()
        self._began = monotonic()
        self._tick.start()
        self._jobs.run(lambda: self._read(reading, known_only), lambda read: self._done(read, known_only), self._end)

    def _read(self, reading: Reading, known_only: bool) -> _Read:
        """On the worker: the folders, where they are not known yet, and the decks in them."""
        from studyapp.content.reader import DeckReader
        from studyapp.sessions.areas import Areas
        from studyapp.sessions.deck_folders import DeckFolders, read_deck_folders

        folders, trouble = self.folders, None
        if folders is None:
            folders = DeckFolders(self._places[0], own_decks(self.data_folder), opened=tuple(self._places[1:]))
            try:
                folders = read_deck_folders(self.data_folder, folders)
            except DataFolderError as error:
                trouble = error
        if self._reader is None:
            self._reader = DeckReader(folders.shipped, self.data_folder / "cache" / "decks.jsonl")
        # Before the files are read: what changes meanwhile is then noticed at the next look.
        self._seen = self._reader.look(folders.paths)
        with without_collector(reading):
            library = self._reader.load(folders.paths, folders.off_paths, reading, known_only=known_only)
            areas = Areas(library.bank)
            if len(library.bank.questions) + len(library.bank.cards) > _LARGE:
                areas.prepare()
        return _Read(folders, library, areas, trouble)

    def _done(self, read: _Read, known_only: bool) -> None:
        first = self.folders is None
        if first:
            self.folders = read.folders
        self._had_one = True
        self._failed_with = None
        unread = len(self._seen) - len(read.library.files)
        self.areas = read.areas
        self._over()
        self.loaded.emit(read.library)
        if first and read.trouble is not None:
            self.trouble.emit(read.trouble)
        if known_only:
            self.stopped.emit(unread)
        elif self._reader is not None:
            self._jobs.run(self._save, lambda _: None, self._raise)
        self._watch()

    def _end(self, error: BaseException) -> None:
        """Nothing was loaded; nor will it be by itself before something changes."""
        seen = self._seen
        self._over()
        self._watch()
        if not isinstance(error, LoadCancelledError):
            # What was told and closed is not told again for a file that has nothing to do with it.
            if seen != self._failed_with:
                self._failed_with = seen
                self.failed.emit(error)
        elif not self._had_one:
            self._start(known_only=True)

    def _over(self) -> None:
        self._running = None
        self._tick.stop()
        self.reading.emit(None)
        if self._again:
            self._again = False
            self._load()

    def _tell_progress(self) -> None:
        if self._running is not None and self._running.total and monotonic() - self._began > _LONG:
            self.reading.emit(self._running)

    def _save(self) -> None:
        """On the worker: keep what was read, unless there is something to read again."""
        assert self._reader is not None
        self._reader.save(lambda: self._running is not None)

    def _look(self) -> "Seen":
        assert self._reader is not None
        assert self.folders is not None
        return self._reader.look(self.folders.paths)

    def _watch(self) -> None:
        from studyapp.content.discovery import folders_of

        if self._watcher is None:
            return
        assert self.folders is not None
        places = [place for path in self.folders.paths for place in folders_of(path) if place.is_dir()]
        beside = {path.parent for path in self.folders.paths if path.parent.is_dir()}
        self._watcher.watch(places, sorted(beside), self._seen)

    @staticmethod
    def _raise(error: BaseException) -> None:
        raise error
