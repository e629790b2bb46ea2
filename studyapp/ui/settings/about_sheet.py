"""The part of the settings that says what the program is: version, licences, diagnostics."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from studyapp.ui.settings.view_model import SettingsViewModel
from studyapp.ui.text_dialog import show_text
from studyapp.ui.widgets.layout import button, label, row, sheet


def make_about(view_model: SettingsViewModel) -> QFrame:
    """The sheet at the foot of the page."""
    frame, about = sheet(24)
    about.setSpacing(12)
    about.addWidget(label("About", "section"))
    about.addWidget(label(f"studyapp {view_model.state.version}", "strong"))
    about.addWidget(label("The program works without a network and opens no connection.", "soft", wrap=True))
    about.addWidget(label("The code and the decks are under the MIT licence.", "soft", wrap=True))
    copied = label("Copied: versions, screen and counts. No answer, no text of a deck and no name is in it.", "faint")
    copied.setWordWrap(True)
    copied.hide()

    def copy() -> None:
        QGuiApplication.clipboard().setText(view_model.diagnostics())
        copied.show()

    def show_licences() -> None:
        show_text(
            frame.window(),
            "Licences",
            "What studyapp is made of",
            "Qt is used under the LGPL: its libraries lie beside the program and can be replaced by your own.",
            view_model.notices(),
        )

    about.addLayout(row(button("Licences", show_licences), button("Copy diagnostics", copy), None))
    about.addWidget(copied)
    return frame
