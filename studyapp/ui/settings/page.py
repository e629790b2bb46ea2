"""The settings page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from studyapp.ui.settings.view_model import READING_SIZES, THEMES, SettingsState, SettingsViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import ScrollPage, label, row, sheet

KEYS = (("Ctrl + and Ctrl -", "Larger and smaller text"),)
_NAMES = {"system": "As the system has it", "light": "Light", "dark": "Dark"}


class SettingsPage(ScrollPage):
    """Look, reading size, and where the data is."""

    def __init__(self, view_model: SettingsViewModel, theme: Theme) -> None:
        super().__init__("Settings", theme, width=720)
        self._vm = view_model
        frame, look = sheet(24)
        look.setSpacing(12)
        look.addWidget(label("Look", "section"))
        self._scheme = QComboBox()
        self._scheme.setAccessibleName("Light or dark")
        for name in THEMES:
            self._scheme.addItem(_NAMES[name], name)
        self._scheme.activated.connect(lambda i: view_model.set_theme(self._scheme.itemData(i)))
        self._size = QComboBox()
        self._size.setAccessibleName("Reading size")
        for percent in READING_SIZES:
            self._size.addItem(f"{percent} %", percent)
        self._size.activated.connect(lambda i: view_model.set_reading_size(self._size.itemData(i)))
        look.addLayout(row(label("Light or dark"), None, self._scheme))
        look.addLayout(row(label("Reading size"), None, self._size))
        self.groups.addWidget(frame)
        frame, about = sheet(24)
        about.addWidget(label("About", "section"))
        self._version = label("")
        self._folder = label("", "soft", wrap=True)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        about.addWidget(self._version)
        about.addWidget(label("Your attempts and reviews are in this folder, and nowhere else:", "soft", wrap=True))
        about.addWidget(self._folder)
        about.addWidget(label("The program works without a network and opens no connection.", "soft", wrap=True))
        self.groups.addWidget(frame)
        self.groups.addStretch(1)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def render_state(self, state: SettingsState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._scheme.setCurrentIndex(self._scheme.findData(state.theme))
        self._size.setCurrentIndex(self._size.findData(state.reading_size))
        self._version.setText(f"studyapp {state.version}")
        self._folder.setText(state.data_folder)
