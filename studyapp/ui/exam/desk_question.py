"""The sheet with the question: stem, options, the learner's note, and after the check what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studyapp.ui.exam.desk_state import DeskState
from studyapp.ui.theme import COLUMN_WIDTH, Theme
from studyapp.ui.widgets.layout import button, label, limit_width, row, set_role
from studyapp.ui.widgets.note_field import NoteField
from studyapp.ui.widgets.options import OptionList
from studyapp.ui.widgets.reading import ReadingText
from studyapp.ui.widgets.stem import StemText


class QuestionSheet(QWidget):
    """One question. ``note_typed`` comes with each change of the note, ``note_done`` when the typing ends."""

    note_typed = Signal(str)
    note_done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        limit_width(self, COLUMN_WIDTH + 120, theme)
        self._shown = 0
        self._note_open = False
        self._verdict = label("", "right")
        self.stem = StemText(theme)
        self._hint = label("", "strong")
        self.options = OptionList(theme)
        self._changed = ReadingText(theme, "soft")
        self._changed_frame = QFrame()
        self._changed_frame.setProperty("role", "bar-info")
        QVBoxLayout(self._changed_frame).addWidget(self._changed)
        self._made_due = label("", "soft", wrap=True)
        self._add_note = button("Add a note", self.open_note, "quiet")
        self._strike_hint = label("Right click, or Shift and its letter, strikes an option out.", "faint", wrap=True)
        self._note_head = QWidget()
        self._note_state = label("", "faint")
        self._note_head.setLayout(row(label("Your note", "strong"), self._note_state, None))
        self._note = NoteField(theme, "Your note on this question")
        self._note.typed.connect(self.note_typed)
        # Each letter is saved as it is typed: Escape loses nothing.
        for ended in (self._note.done, self._note.left):
            ended.connect(self.note_done)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(32, 24, 32, 24)
        inner.setSpacing(16)
        for part in (self._verdict, self.stem, self._hint, self.options, self._changed_frame, self._made_due):
            inner.addWidget(part)
        inner.addLayout(row(self._add_note, self._strike_hint))
        inner.addWidget(self._note_head)
        inner.addWidget(self._note)
        inner.addStretch(1)

    def render_state(self, state: DeskState) -> None:
        """Show the question of a state."""
        if self._shown != state.number:
            self._shown, self._note_open = state.number, False
        self.stem.show_stem(state.stem, state.highlights, state.folder)
        self._hint.setText(state.hint)
        self._hint.setVisible(bool(state.hint) and state.hint.rstrip(".").lower() not in state.stem.lower())
        self._verdict.setVisible(state.revealed)
        self._verdict.setText("✓ Right" if state.verdict == "right" else "✗ Not right")
        set_role(self._verdict, state.verdict or "right")
        self.options.render_views(state.options, multiple=state.multiple, enabled=not state.locked, folder=state.folder)
        self._changed.show_markdown(f"**What changed since the notes.** {state.changed}", state.folder)
        self._changed_frame.setVisible(bool(state.changed))
        self._made_due.setText(state.made_due)
        self._made_due.setVisible(bool(state.made_due))
        self._strike_hint.setVisible(not state.locked)
        self._note.show_text(state.note)
        self._note_state.setText("" if not state.note else "saved" if state.note_saved else "not saved yet")
        self._show_note(bool(state.note) or self._note_open)

    def open_note(self) -> None:
        """Show the note and let the learner type."""
        self._note_open = True
        self._show_note(True)
        self._note.setFocus()

    def _show_note(self, shown: bool) -> None:
        self._note_head.setVisible(shown)
        self._note.setVisible(shown)
        self._add_note.setVisible(not shown)
