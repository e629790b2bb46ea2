"""The part of the settings that says where the learner's data is, and takes it back to a backup."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.ui.settings.view_model import BackupLine, SettingsState, SettingsViewModel
from studyapp.ui.widgets.layout import button, clear, column, label, row, rule
from studyapp.ui.widgets.message_bar import Message

_SHOWN = 4


class DataSheet(QFrame):
    """The data folder, and below it the newest backups; the older ones fold out."""

    def __init__(self, view_model: SettingsViewModel) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self._vm = view_model
        self._lines: tuple[BackupLine, ...] | None = None
        self._all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label("Your data", "section"))
        column.addWidget(label("Your attempts and reviews are in this folder, and nowhere else:", "soft", wrap=True))
        self._folder = label("", wrap=True)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addLayout(row(self._folder, button("Open folder", self._open, name="Open the data folder")))
        column.addWidget(rule())
        column.addWidget(label("Backups", "strong"))
        self._about = label("", "faint", wrap=True)
        column.addWidget(self._about)
        self._backups = QVBoxLayout()
        self._backups.setSpacing(8)
        column.addLayout(self._backups)
        self._more = button("", self._fold, "quiet")
        column.addLayout(row(self._more, None))

    def render_state(self, state: SettingsState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._folder.setText(state.data_folder)
        if state.backups != self._lines:
            self._lines = state.backups
            self._show_lines()

    def _show_lines(self) -> None:
        lines = self._lines or ()
        self._about.setText(
            "Written once a day and before anything that changes the data as a whole; the last ten days are kept."
            if lines
            else "The first one is written shortly after the start."
        )
        clear(self._backups)
        for line in lines if self._all else lines[:_SHOWN]:
            made = self._make_line(line)
            self._backups.addWidget(made)
            made.show()
        self._more.setVisible(len(lines) > _SHOWN)
        self._more.setText("Show the newest only" if self._all else f"Show all {len(lines)}")

    def _make_line(self, line: BackupLine) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(f"Backup of {line.at}: {line.detail}")
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(column(label(line.at, wrap=True), label(line.detail, "faint", wrap=True), spacing=2), 1)
        restore = button("Restore", lambda: self._vm.ask_to_restore(line), name=f"Restore the backup of {line.at}")
        inside.addWidget(restore, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _fold(self) -> None:
        self._all = not self._all
        self._show_lines()

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(self._vm.state.data_folder)):
            text = "The system has no program to open a folder with. Its path is here, to be copied."
            self._vm.message.emit(Message("open folder", "caution", text))
