"""The decks with their counts, and the problems of those that did not load."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.ui.decks.view_model import DecksState, DecksViewModel, FileLine
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import ScrollPage, button, clear, label, row, rule, sheet, shortcut

KEYS = (("F5", "Load the decks again"),)


class DecksPage(ScrollPage):
    """A list of files; problems can be selected and copied."""

    def __init__(self, view_model: DecksViewModel, theme: Theme) -> None:
        super().__init__("Decks", theme)
        self._state: DecksState | None = None
        self._summary = label("", "soft", wrap=True)
        reload_decks = button("Reload", view_model.reload_wanted.emit, name="Load the decks again")
        self.groups.addLayout(row(self._summary, reload_decks))
        frame, inner = sheet(8)
        self._files = QVBoxLayout()
        self._files.setSpacing(0)
        inner.addLayout(self._files)
        self.groups.addWidget(frame)
        self.groups.addStretch(1)
        shortcut(self, "F5", view_model.reload_wanted.emit)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def render_state(self, state: DecksState) -> None:
        """Show a state; showing it twice changes nothing."""
        if state == self._state:
            return
        self._state = state
        self._summary.setText(state.summary)
        clear(self._files)
        for i, file in enumerate(state.files):
            if i:
                self._files.addWidget(rule())
            self._files.addWidget(_file(file))


def _file(file: FileLine) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(8, 10, 8, 10)
    column.setSpacing(4)
    state = label("loaded" if file.loaded else "✗ not loaded", "faint" if file.loaded else "wrong")
    column.addLayout(row(label(file.title, "strong", wrap=True), state))
    column.addWidget(label(file.detail, "faint"))
    for problem in file.problems:
        line = label(problem, "soft", wrap=True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(line)
    return holder
