"""Which editor opens a deck."""

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from studyapp.ui.editor import environment_editor, why_not
from studyapp.ui.settings.view_model import SettingsState, SettingsViewModel
from studyapp.ui.widgets.layout import label

_ABOUT = (
    "The name of your editor, or a whole command in which {file}, {line} and {column} stand for the place: "
    "code --goto {file}:{line}:{column}. “Open in editor” uses it on Decks, in a preview and where you edit an item."
)


class EditorSheet(QFrame):
    """One line to type a command into; what is wrong with it stands below."""

    def __init__(self, view_model: SettingsViewModel) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self._command = QLineEdit()
        self._command.setAccessibleName("Your editor")
        named = environment_editor()
        self._command.setPlaceholderText(
            f"{named}   (from $VISUAL or $EDITOR)" if named else "What the system opens it with"
        )
        self._command.editingFinished.connect(lambda: view_model.set_editor(self._command.text()))
        self._problem = label("", "caution", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (label("Your editor", "section"), self._command, self._problem, label(_ABOUT, "faint", wrap=True)):
            column.addWidget(part)

    def render_state(self, state: SettingsState) -> None:
        """Show a state; what is being typed stays."""
        if not self._command.hasFocus():
            self._command.setText(state.editor)
        problem = why_not(state.editor)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
