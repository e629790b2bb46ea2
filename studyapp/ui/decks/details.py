"""The selected folder or deck file in full, with what can be done about it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studyapp.ui import words
from studyapp.ui.decks.lines import OWN, SHIPPED, FileLine, FolderLine, Line, Status
from studyapp.ui.decks.view_model import DecksViewModel
from studyapp.ui.widgets.layout import button, label, row, set_role, sheet
from studyapp.ui.widgets.problem_list import ProblemList

_STATUS = {
    Status.LOADED: ("Loaded", "soft"),
    Status.STALE: ("⚠ Does not load as it is now; its last good version stays in use", "caution"),
    Status.BROKEN: ("✗ Not loaded", "wrong"),
    Status.OFF: ("Switched off: in no exam and no review; its history stays", "soft"),
}
_NOTES = {
    SHIPPED: "To change one of these decks, copy its file into your decks and switch the shipped one off.",
    OWN: "Deck files that are saved here show by themselves. Files and folders can also be dropped onto the window.",
}
_STAYS = "It stays where it is on your disk, whatever you do here."
_DECKLESS = "Of a folder, the files in it, in its blueprints and in its cases are read, and no other folder below it."
_MOST_PROBLEMS = 30


class DeckDetails(QWidget):
    """Kept and filled anew for each selection. ``buttons`` is the row of buttons of a file."""

    def __init__(self, view_model: DecksViewModel) -> None:
        super().__init__()
        self._vm = view_model
        self._line: Line | None = None
        self.setAccessibleName("Selected deck or folder")
        self._title = label("", "section", wrap=True)
        self._status = label("", "soft", wrap=True)
        self._detail = label("", "soft", wrap=True)
        self._path = label("", "faint", wrap=True)
        self._problems = ProblemList()
        self._problems.chosen.connect(self._open_at)
        self._more = label("", "soft")
        self._note = label("", "faint", wrap=True)
        self._switch = button("", self._switch_over)
        self._open = button("Open folder", self._open_folder)
        self._keep = button("Keep in the list", self._keep_it)
        self._remove = button("Remove from the list", self._remove_it)
        self.buttons = row(self._switch, self._keep, self._open, self._remove, None)
        self._author = QWidget()
        preview = button("Preview", lambda: self._of_file(view_model.preview), name="Preview this deck")
        editor = button("Open in editor", lambda: self._of_file(view_model.open_editor))
        self._author.setLayout(row(preview, editor, None))
        frame, inner = sheet(24)
        inner.setSpacing(12)
        for part in (self._title, self._status, self._detail, self._path):
            inner.addWidget(part)
        inner.addLayout(self.buttons)
        inner.addWidget(self._author)
        inner.addWidget(self._problems)
        inner.addWidget(self._more)
        inner.addWidget(self._note)
        inner.addStretch(1)
        self._frame: QFrame = frame
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    @property
    def file(self) -> FileLine | None:
        """The file that is shown; None where it is a folder."""
        return self._line if isinstance(self._line, FileLine) else None

    def show_line(self, line: Line | None) -> None:
        """Show a line; showing it twice changes nothing."""
        if line == self._line:
            return
        self._line = line
        self._author.setVisible(self.file is not None)
        self._frame.setVisible(line is not None)
        if line is None:
            return
        self._title.setText(line.title)
        self._path.setText(words.breakable(line.path))
        if isinstance(line, FileLine):
            self._show_file(line)
        else:
            self._show_folder(line)

    def _show_file(self, line: FileLine) -> None:
        text, role = _STATUS[line.status]
        self._status.setText(text)
        set_role(self._status, role)
        self._status.show()
        warnings = f" · {words.counted(line.warnings, 'warning')}, which Preview shows" if line.warnings else ""
        self._detail.setText(line.detail + warnings)
        self._detail.setVisible(line.status is Status.LOADED)
        self._switch.setVisible(line.switchable)
        self._switch.setText("Switch on" if line.status is Status.OFF else "Switch off")
        self._show_place(line)
        self._problems.show_problems(line.problems[:_MOST_PROBLEMS])
        left = len(line.problems) - _MOST_PROBLEMS
        self._more.setText(f"and {left} more")
        self._more.setVisible(left > 0)
        self._note.setText("Mend the file and save it: the program sees that by itself." if line.problems else "")
        self._note.setVisible(bool(line.problems))

    def _show_folder(self, line: FolderLine) -> None:
        self._status.hide()
        self._detail.setText(line.detail)
        self._detail.show()
        self._switch.hide()
        self._show_place(line)
        self._problems.hide()
        self._more.hide()
        notes = [_NOTES.get(line.title, ""), _STAYS if line.removable else "", _DECKLESS if line.deckless else ""]
        note = " ".join(filter(None, notes))
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _show_place(self, line: Line) -> None:
        """What can be done with what was added or opened by itself."""
        self._keep.setVisible(line.opened)
        self._remove.setVisible(line.removable)
        self._remove.setText("Close" if line.opened else "Remove from the list")

    def _open_at(self, at: int, column: int) -> None:
        self._of_file(lambda path: self._vm.open_editor(path, at, column))

    def _of_file(self, act: Callable[[Path], None]) -> None:
        if self.file is not None:
            act(self.file.path)

    def _switch_over(self) -> None:
        if self.file is not None and self.file.switchable:
            self._vm.switch(self.file.path, on=self.file.status is Status.OFF)

    def _keep_it(self) -> None:
        if self._line is not None:
            self._vm.keep(self._line.path)

    def _remove_it(self) -> None:
        if self._line is not None:
            self._vm.remove(self._line.path)

    def _open_folder(self) -> None:
        folder = self._vm.folder_to_open(self._line.path) if self._line is not None else None
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
