"""A deck, item by item, as its author looks at it while writing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.content.kept import stamp_of
from studyapp.core.deck import Deck
from studyapp.core.errors import StudyError
from studyapp.ui.jobs import Jobs
from studyapp.ui.preview.follow import FileFollower, Seen
from studyapp.ui.preview.state import PreviewState, state_of
from studyapp.ui.routes import EditItem, GoTo, OpenInEditor, ReportItem, Route, ShowReported
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    # The checks take longer to import than the page to show: the worker imports them.
    from studyapp.content.checks.resemblance import Likeness
    from studyapp.content.preview import LookedAt
    from studyapp.content.surroundings import Beside, Surroundings

_COMPARE_MS = 300
"""So long after the last save the items are compared with all others."""


class _Read(NamedTuple):
    """What one look at a file gave, what it was held against, and all files that it takes, with their stamps."""

    looked: "LookedAt"
    around: "Surroundings"
    seen: Seen


class _Failed(NamedTuple):
    """Why a file could not be read."""

    path: Path
    error: StudyError
    seen: Seen


class PreviewViewModel(QObject):
    """Shows a file that it follows: when it is saved it is read again, and the item on screen stays.

    ``beside`` makes what gives the surroundings of a file, on the worker.
    """

    changed = Signal(object)
    navigate = Signal(object)
    message = Signal(object)
    settled = Signal(str)

    def __init__(self, beside: "Callable[[], Beside]") -> None:
        super().__init__()
        self._make_beside = beside
        self._beside: Beside | None = None
        self._jobs = Jobs(self)
        self._follower = FileFollower(self._jobs, self)
        self._follower.changed.connect(self._read)
        self._compare = QTimer(self, singleShot=True, interval=_COMPARE_MS)
        self._compare.timeout.connect(self._find_alike)
        self._path = Path()
        self._looked: LookedAt | None = None
        self._broken: LookedAt | None = None
        self._gone = False
        self._back: Route = GoTo("decks")
        self._around: Surroundings | None = None
        # What the comparison found, and what was compared.
        self._alike: tuple[Likeness, ...] | None = None
        self._compared: tuple[Deck, Surroundings] | None = None
        self._index = 0
        self._wanted: int | str = 0
        self._answered = False
        self._shown = False
        self._closed = False
        self._outdated = False
        self.state = PreviewState()

    def show_file(self, path: Path, wanted: int | str = 0, back: Route | None = None) -> None:
        """Show a deck file from the item with an id, or the one that a line belongs to; ``back`` is where that led."""
        self._back = back or GoTo("decks")
        if path != self._path:
            self._looked, self._broken, self._index = None, None, 0
            self._alike = self._compared = None
            self._gone = False
            self.state = PreviewState(title=path.name, path=path)
        self.state = replace(self.state, back=_name_of(self._back))
        self.changed.emit(self.state)
        self._path, self._wanted = path, wanted
        self._read()

    def step(self, by: int) -> None:
        """The next item (1) or the one before (-1)."""
        if self._looked is not None and 0 <= self._index + by < len(self._looked.items):
            self._go_to(self._index + by)

    def next_problem(self) -> None:
        """The next item with problems, from the first again after the last."""
        items = self._looked.items if self._looked else ()
        order = [*range(self._index + 1, len(items)), *range(self._index)]
        found = next((index for index in order if items[index].problems), None)
        if found is not None:
            self._go_to(found)

    def turn(self, answered: bool | None = None) -> None:
        """Show items with their answer, or as they are asked; without a choice the other way than now."""
        self._answered = not self._answered if answered is None else answered
        self._emit()

    def library_changed(self) -> None:
        """What the file is held against was read again."""
        self._outdated = True
        if self._shown:
            self.enter()

    def open_editor(self, line: int = 0, column: int = 1) -> None:
        """Open the file in the learner's editor, at the item on screen unless at a given place."""
        items = self._looked.items if self._looked else ()
        at = line or (items[self._index].line if items else 1)
        self.navigate.emit(OpenInEditor(self._path, at, column))

    def edit(self) -> None:
        """Edit the item on screen in place."""
        if self.state.item is not None:
            self.navigate.emit(EditItem(self.state.item, self._path))

    def report(self) -> None:
        """Report the item on screen, unless it no longer stands in its file like this."""
        if self.state.item is not None and not self.state.stale:
            self.navigate.emit(ReportItem(self.state.item, self._path))

    def back(self) -> None:
        """To where the preview was asked for."""
        self.navigate.emit(self._back)

    def enter(self) -> None:
        """The page is on screen: the file is followed, and read again where it has changed meanwhile."""
        self._shown = True
        if self._path != Path():
            if self._outdated:
                self._read()
            self._follower.resume()

    def leave(self) -> None:
        """The page is left: what nobody sees is not followed."""
        self._shown = False
        self._follower.stop()

    def close(self) -> None:
        """The window closes, and waits for no comparison."""
        self._closed = True
        self._follower.stop()
        self._compare.stop()
        self._jobs.stop()

    def _read(self) -> None:
        path, alike = self._path, self._alike
        self._outdated = False
        self._jobs.run(lambda: self._look_at(path, alike), self._show, self._failed)

    def _look_at(self, path: Path, alike: "tuple[Likeness, ...] | None") -> _Read | _Failed:
        """On the worker."""
        from studyapp.content.preview import look_at

        # Before it is read: what changes meanwhile is noticed at the next look.
        stamp = stamp_of(path)
        if self._beside is None:
            self._beside = self._make_beside()
        try:
            around = self._beside(path)
            looked = look_at(path, around, alike)
        except StudyError as error:
            return _Failed(path, error, {path: stamp})
        return _Read(
            looked, around, {**{file: stamp_of(file) for file in around.files}, **dict(looked.images), path: stamp}
        )

    def _show(self, read: _Read | _Failed) -> None:
        if isinstance(read, _Failed):
            self._show_gone(read)
            return
        looked, self._around, seen = read
        if looked.path != self._path:
            return
        self.settled.emit("file")
        self._gone = False
        before = self._looked
        wanted = self._wanted or (before.items[self._index].item.id if before and before.items else 0)
        if looked.loaded or before is None:
            self._looked, self._broken = looked, None
        else:
            self._broken = looked
        self._index = self._find(self._looked or looked, wanted)
        if looked.loaded:
            self._wanted = 0
        self._emit()
        self._follower.follow(seen)
        if looked.deck is not None and self._compared != (looked.deck, self._around):
            self._compare.start()

    def _show_gone(self, failed: _Failed) -> None:
        """What was seen of the file stays until it is back."""
        if failed.path != self._path:
            return
        self._gone = True
        self._follower.follow(failed.seen)
        self.state = replace(self.state, busy=False)
        self._emit()
        self.message.emit(Message("file", "wrong", f"{failed.error.message} {failed.error.next_step}"))

    def _find_alike(self) -> None:
        """Compare the items with all others, which no save has to wait for."""
        deck, around = self._looked.deck if self._looked else None, self._around
        if deck is None or around is None:
            return
        self._compared = (deck, around)

        def find() -> "tuple[Likeness, ...] | None":
            from studyapp.content.preview import find_alike

            return find_alike(deck, around, lambda: self._closed)

        self._jobs.run(find, lambda alike: self._tell_alike(deck, alike), self._failed)

    def _tell_alike(self, deck: Deck, alike: "tuple[Likeness, ...] | None") -> None:
        """Where that finds another thing than before, the file is looked at with it."""
        if self._looked is not None and self._looked.deck == deck and alike != self._alike:
            self._alike = alike
            self._read()

    def _find(self, looked: "LookedAt", wanted: int | str) -> int:
        if isinstance(wanted, int):
            return looked.index_at(wanted) if wanted else 0
        ids = [placed.item.id for placed in looked.items]
        # What is gone had its place among the others.
        return ids.index(wanted) if wanted in ids else max(0, min(self._index, len(ids) - 1))

    def _failed(self, error: BaseException) -> None:
        raise error

    def _go_to(self, index: int) -> None:
        """Who goes on by hand no longer waits for another item."""
        self._index, self._wanted = index, 0
        self._emit()

    def _emit(self) -> None:
        if self._looked is not None:
            self.state = replace(
                state_of(self._looked, self._index), answered=self._answered, back=_name_of(self._back)
            )
        if self._broken is not None:
            self.state = replace(self.state, stale=True, problems=(), file_problems=self._broken.problems, elsewhere="")
        if self._gone:
            self.state = replace(self.state, stale=True, gone=True, problems=(), file_problems=(), elsewhere="")
        self.changed.emit(self.state)


def _name_of(route: Route) -> str:
    return "Reported items" if isinstance(route, ShowReported) else "Decks"
