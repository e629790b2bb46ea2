"""The settings: the exam day, how answers are weighed, look and reading size; the backups, and where things are."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp import __version__
from studyapp.sessions import standing
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.steps import Stepper
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from studyapp.store import Backup

READING_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
THEMES = ("system", "light", "dark")
HALF_LIVES = (7, 14, 21, 30, 60, 90)
EDITOR = "editor"
"""The key of the setting that ``studyapp.ui.editor`` takes."""
_FIRST_GUESS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One backup: when it was written, what it holds, and why it is there where it is not the daily one."""

    path: Path
    at: str
    detail: str


@dataclass(frozen=True)
class SettingsState:
    """What the page shows. ``backups`` is None until they are looked through."""

    theme: str = "system"
    reading_size: int = 100
    exam_day: date | None = None
    half_life: int = 21
    editor: str = ""
    data_folder: str = ""
    version: str = __version__
    backups: tuple[BackupLine, ...] | None = None


class SettingsViewModel(QObject):
    """Remembers each setting as soon as it is changed, and puts it in force.

    ``restore_wanted`` names the backup that the learner wants back, and has agreed to.
    """

    changed = Signal(object)
    message = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, workspace: Workspace, theme: Theme, data_folder: Path) -> None:
        super().__init__()
        self._workspace = workspace
        self._settings = workspace.store.settings
        self._clock = workspace.clock
        self._theme = theme
        self._data_folder = data_folder
        self._stepper = Stepper(self)
        self.state = SettingsState()
        self._read_settings()
        theme.choose(self.state.theme)
        theme.set_percent(self.state.reading_size)

    def refresh(self) -> None:
        """Read everything again."""
        self._read_settings()
        self._stepper.run(_read_backups(self._data_folder), self._show_backups)

    def _read_settings(self) -> None:
        self.state = replace(
            self.state,
            theme=str(self._settings.get("theme", "system")),
            reading_size=int(self._settings.get("reading_size", 100)),
            exam_day=standing.exam_day(self._settings),
            half_life=round(standing.half_life(self._settings)),
            editor=str(self._settings.get(EDITOR, "")),
            data_folder=str(self._data_folder),
        )
        self.changed.emit(self.state)

    def _show_backups(self, lines: tuple[BackupLine, ...]) -> None:
        self.state = replace(self.state, backups=lines)
        self.changed.emit(self.state)

    def ask_to_restore(self, line: BackupLine) -> None:
        """Ask once; the answer comes through ``restore_wanted``."""
        self.message.emit(
            Message(
                "restore",
                "caution",
                f"Go back to how things were on {line.at}? What is there now is backed up first, then the window "
                "opens again.",
                "Restore this backup",
                lambda: self.restore_wanted.emit(line.path),
            )
        )

    def diagnostics(self) -> str:
        """What to send along with a question about the program; nothing of the learner's."""
        from studyapp.ui.about import diagnostics

        return diagnostics(self._workspace, self._theme, self._data_folder)

    def notices(self) -> str:
        """The licences of all that the program is made of."""
        from studyapp.ui.about import notices

        return notices()

    def suggest_exam_day(self) -> None:
        """A day to begin with, where none is set."""
        self.set_exam_day(self._clock.now().astimezone().date() + _FIRST_GUESS)

    def set_exam_day(self, day: date | None) -> None:
        """The day of the exam, or that there is none."""
        if day != self.state.exam_day:
            standing.set_exam_day(self._settings, day)
            self._read_settings()

    def set_half_life(self, days: int) -> None:
        """After how many days an answer counts half."""
        standing.set_half_life(self._settings, days)
        self._read_settings()

    def set_editor(self, command: str) -> None:
        """What opens decks: a command, or the name of an editor; empty for what the system says."""
        self._settings.set(EDITOR, command.strip())
        self._read_settings()

    def set_theme(self, theme: str) -> None:
        """``system``, ``light`` or ``dark``."""
        self._settings.set("theme", theme)
        self._theme.choose(theme)
        self._read_settings()

    def set_reading_size(self, percent: int) -> None:
        """The size of all text, in percent."""
        self._settings.set("reading_size", percent)
        self._theme.set_percent(percent)
        self._read_settings()

    def step_reading_size(self, direction: int) -> None:
        """The next larger (1) or smaller (-1) reading size."""
        larger = [s for s in READING_SIZES if s > self.state.reading_size]
        smaller = [s for s in READING_SIZES if s < self.state.reading_size]
        if direction > 0 and larger:
            self.set_reading_size(larger[0])
        elif direction < 0 and smaller:
            self.set_reading_size(smaller[-1])


def _read_backups(folder: Path) -> Generator[None, None, tuple[BackupLine, ...]]:
    """One backup a step: each is opened, and a long history takes its time."""
    from studyapp.store import backup_files, read_backup

    lines = []
    for path in backup_files(folder):
        if backup := read_backup(path):
            lines.append(_line(backup))
        yield
    return tuple(lines)


def _line(backup: "Backup") -> BackupLine:
    parts = [words.history(backup.attempts, backup.reviews), words.file_size(backup.size)]
    for mark, why in (("-revision-", "before an update"), ("-before-restore-", "before a restore")):
        if mark in backup.path.name:
            parts.append(why)
    return BackupLine(backup.path, words.moment(backup.at), " · ".join(parts))
