"""The settings: the exam day, how answers are weighed, look and reading size, and where things are."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from studyapp import __version__
from studyapp.sessions import standing
from studyapp.sessions.workspace import Workspace
from studyapp.ui.theme import Theme

READING_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
THEMES = ("system", "light", "dark")
HALF_LIVES = (7, 14, 21, 30, 60, 90)
_FIRST_GUESS = timedelta(days=30)


@dataclass(frozen=True)
class SettingsState:
    """What the page shows."""

    theme: str = "system"
    reading_size: int = 100
    exam_day: date | None = None
    half_life: int = 21
    data_folder: str = ""
    version: str = __version__


class SettingsViewModel(QObject):
    """Remembers each setting as soon as it is changed, and puts it in force."""

    changed = Signal(object)

    def __init__(self, workspace: Workspace, theme: Theme, data_folder: str) -> None:
        super().__init__()
        self._settings = workspace.store.settings
        self._clock = workspace.clock
        self._theme = theme
        self._data_folder = data_folder
        self.state = SettingsState()
        self.refresh()
        theme.choose(self.state.theme)
        theme.set_percent(self.state.reading_size)

    def refresh(self) -> None:
        """Read the settings again."""
        self.state = SettingsState(
            theme=str(self._settings.get("theme", "system")),
            reading_size=int(self._settings.get("reading_size", 100)),
            exam_day=standing.exam_day(self._settings),
            half_life=round(standing.half_life(self._settings)),
            data_folder=self._data_folder,
        )
        self.changed.emit(self.state)

    def suggest_exam_day(self) -> None:
        """A day to begin with, where none is set."""
        self.set_exam_day(self._clock.now().astimezone().date() + _FIRST_GUESS)

    def set_exam_day(self, day: date | None) -> None:
        """The day of the exam, or that there is none."""
        if day != self.state.exam_day:
            standing.set_exam_day(self._settings, day)
            self.refresh()

    def set_half_life(self, days: int) -> None:
        """After how many days an answer counts half."""
        standing.set_half_life(self._settings, days)
        self.refresh()

    def set_theme(self, theme: str) -> None:
        """``system``, ``light`` or ``dark``."""
        self._settings.set("theme", theme)
        self._theme.choose(theme)
        self.refresh()

    def set_reading_size(self, percent: int) -> None:
        """The size of all text, in percent."""
        self._settings.set("reading_size", percent)
        self._theme.set_percent(percent)
        self.refresh()

    def step_reading_size(self, direction: int) -> None:
        """The next larger (1) or smaller (-1) reading size."""
        larger = [s for s in READING_SIZES if s > self.state.reading_size]
        smaller = [s for s in READING_SIZES if s < self.state.reading_size]
        if direction > 0 and larger:
            self.set_reading_size(larger[0])
        elif direction < 0 and smaller:
            self.set_reading_size(smaller[-1])
