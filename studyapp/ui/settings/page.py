"""The settings page."""

from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame

from studyapp.ui import words
from studyapp.ui.settings.about_sheet import make_about
from studyapp.ui.settings.data_sheet import DataSheet
from studyapp.ui.settings.editor_sheet import EditorSheet
from studyapp.ui.settings.view_model import HALF_LIVES, READING_SIZES, THEMES, SettingsState, SettingsViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import ScrollPage, button, label, row, sheet

KEYS = (("Ctrl + and Ctrl -", "Larger and smaller text"),)
_NAMES = {"system": "As the system has it", "light": "Light", "dark": "Dark"}


class SettingsPage(ScrollPage):
    """The exam, look and reading size; the editor; the learner's data with its backups; what the program is."""

    def __init__(self, view_model: SettingsViewModel, theme: Theme) -> None:
        super().__init__("Settings", theme, width=720)
        self._vm = view_model
        self.groups.addWidget(self._make_exam())
        self.groups.addWidget(self._make_look())
        self._editor = EditorSheet(view_model)
        self.groups.addWidget(self._editor)
        self._data = DataSheet(view_model)
        self.groups.addWidget(self._data)
        self.groups.addWidget(make_about(view_model))
        self.groups.addStretch(1)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _make_exam(self) -> QFrame:
        frame, exam = sheet(24)
        exam.setSpacing(12)
        exam.addWidget(label("Your exam", "section"))
        self._day = QDateEdit()
        self._day.setAccessibleName("Day of the exam")
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("d MMM yyyy")
        self._day.dateChanged.connect(lambda day: self._vm.set_exam_day(date(day.year(), day.month(), day.day())))
        self._suggest = button("Set the day", self._vm.suggest_exam_day)
        self._no_day = button("No day", lambda: self._vm.set_exam_day(None), "quiet")
        exam.addLayout(row(label("Day of the exam"), None, self._no_day, self._day, self._suggest))
        self._half_life = QComboBox()
        self._half_life.setAccessibleName("An answer counts half after")
        for days in HALF_LIVES:
            self._half_life.addItem(words.counted(days, "day"), days)
        self._half_life.activated.connect(lambda i: self._vm.set_half_life(self._half_life.itemData(i)))
        exam.addLayout(row(label("An answer counts half after"), None, self._half_life))
        exam.addWidget(
            label(
                "The estimates on Today and Progress lean on recent answers; which exam they are for is chosen on the "
                "Practice exam page.",
                "faint",
                wrap=True,
            )
        )
        return frame

    def _make_look(self) -> QFrame:
        frame, look = sheet(24)
        look.setSpacing(12)
        look.addWidget(label("Look", "section"))
        self._scheme = QComboBox()
        self._scheme.setAccessibleName("Light or dark")
        for name in THEMES:
            self._scheme.addItem(_NAMES[name], name)
        self._scheme.activated.connect(lambda i: self._vm.set_theme(self._scheme.itemData(i)))
        self._size = QComboBox()
        self._size.setAccessibleName("Reading size")
        for percent in READING_SIZES:
            self._size.addItem(f"{percent} %", percent)
        self._size.activated.connect(lambda i: self._vm.set_reading_size(self._size.itemData(i)))
        look.addLayout(row(label("Light or dark"), None, self._scheme))
        look.addLayout(row(label("Reading size"), None, self._size))
        return frame

    def _render_exam(self, state: SettingsState) -> None:
        for part in (self._day, self._no_day):
            part.setVisible(state.exam_day is not None)
        self._suggest.setVisible(state.exam_day is None)
        if state.exam_day is not None:
            # What is shown was set already: it need not be set again.
            with QSignalBlocker(self._day):
                self._day.setDate(QDate(state.exam_day.year, state.exam_day.month, state.exam_day.day))
        self._half_life.setCurrentIndex(self._half_life.findData(state.half_life))

    def render_state(self, state: SettingsState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._render_exam(state)
        self._scheme.setCurrentIndex(self._scheme.findData(state.theme))
        self._size.setCurrentIndex(self._size.findData(state.reading_size))
        self._editor.render_state(state)
        self._data.render_state(state)
