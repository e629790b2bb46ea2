"""A few lines to write a note in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from studyapp.ui.theme import Theme

_LINES = 3


class NoteField(QPlainTextEdit):
    """A small plain-text field. ``typed`` comes with each change.

    ``done`` comes when Ctrl+Enter ends the typing, and ``left`` when Escape does.
    """

    typed = Signal(str)
    done = Signal()
    left = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        # A file that is dropped here is for the window.
        self.setAcceptDrops(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))
        theme.changed.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text that was not typed here; what is being typed keeps its cursor."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def _fit(self) -> None:
        self.setFixedHeight(round(self._theme.type.base * 1.6 * _LINES) + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Ctrl+Enter end the typing, Enter begins a line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and control:
            self.done.emit()
        else:
            super().keyPressEvent(event)
