"""What is wrong with an item: one of four, and a note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QVBoxLayout, QWidget

from studyapp.core.deck import Card, Question
from studyapp.core.reported import Fault
from studyapp.sessions.reported import fault_words
from studyapp.ui import words
from studyapp.ui.card_words import first_words
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import button, focused_button, label, row, scrolling, shortcut
from studyapp.ui.widgets.note_field import NoteField


class ReportDialog(QDialog):
    """``reported`` tells the fault and the note; closing the dialog otherwise reports nothing."""

    reported = Signal(object, str)

    def __init__(self, parent: QWidget, theme: Theme, item: Card | Question) -> None:
        super().__init__(parent)
        kind = type(item).__name__.lower()
        self.setWindowTitle(f"Report this {kind}")
        self.setModal(True)
        self._choices = QButtonGroup(self)
        self._note = NoteField(theme, "Note for the authors")
        self._note.setPlaceholderText("What is right, and where it says so")
        self._note.done.connect(self._send)
        self._note.left.connect(self.reject)
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 24, 24, 8)
        column.setSpacing(12)
        column.addWidget(label(f"What is wrong with this {kind}?", "section", wrap=True))
        asked = first_words(item, 120) if isinstance(item, Card) else words.shortened(item.stem, 120)
        column.addWidget(label(asked, "soft", wrap=True))
        for number, fault in enumerate(Fault, start=1):
            told = fault_words(fault, kind)
            choice = button(f"{number}  {told}", self._enable, "choice", name=told)
            choice.setCheckable(True)
            self._choices.addButton(choice, number)
            column.addWidget(choice)
            shortcut(self, f"Alt+{number}", choice.click)
        column.addWidget(label("Note", "strong"))
        column.addWidget(self._note)
        column.addWidget(
            label("It goes into your list of reported items, on the Decks page; nothing is sent.", "faint", wrap=True)
        )
        self._report = button("Report", self._send, "primary", name="Add to the reported items")
        foot = row(None, button("Cancel", self.reject), self._report)
        foot.setContentsMargins(24, 8, 24, 16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(body), 1)
        outer.addLayout(foot)
        width = min(theme.scaled(440), parent.width() - 40)
        height = body.heightForWidth(width) + foot.sizeHint().height() + 24
        self.resize(width, min(height, parent.height() - 40))
        self._choices.button(1).setFocus()
        self._enable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 choose while nothing is being written; Enter presses the button one is at, else it reports."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            choice = self._choices.button(key - Qt.Key.Key_0)
            choice.click()
            # Enter is to report what was chosen, and not to choose again.
            choice.setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(event)
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent) -> None:
        at = focused_button(self)
        if at is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._send()
        else:
            at.click()

    def _enable(self) -> None:
        self._report.setEnabled(self._choices.checkedId() > 0)

    def _send(self) -> None:
        if self._choices.checkedId() > 0:
            fault = list(Fault)[self._choices.checkedId() - 1]
            self.reported.emit(fault, self._note.toPlainText())
            self.accept()
