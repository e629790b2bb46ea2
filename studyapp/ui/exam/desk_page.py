"""The desk: the question with its options, the case beside it, the strip of all questions below."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from studyapp.ui.exam.desk_view_model import DeskState, DeskViewModel
from studyapp.ui.exam.summary_panel import SummaryPanel
from studyapp.ui.theme import COLUMN_WIDTH, Theme
from studyapp.ui.widgets.layout import button, label, limit_width, row, rule, scrolling, set_role, shortcut
from studyapp.ui.widgets.message_bar import MessageArea
from studyapp.ui.widgets.navigator import Navigator
from studyapp.ui.widgets.options import OptionList
from studyapp.ui.widgets.reading import ReadingText

KEYS = (
    ("1 – 6", "Choose an option"),
    ("Enter or →", "Next question (in a drill: check, then next)"),
    ("←", "Previous question"),
    ("F", "Flag this question"),
    ("R", "Review all questions before submitting"),
    ("H", "Hide or show the clock"),
    ("Ctrl + and Ctrl -", "Larger and smaller text"),
    ("Esc", "Back; from a question, leave (asks first)"),
)


class DeskPage(QWidget):
    """One running attempt. Every control has a key."""

    def __init__(self, view_model: DeskViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self._theme = theme
        self._shown: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.messages = MessageArea()
        self._number = label("", "section")
        self._title = label("", "faint")
        self._flag = button("⚑ Flag", view_model.toggle_flag, "quiet", name="Flag this question")
        self._flag.setCheckable(True)
        self._clock_text = ""
        self._clock = label("", "strong")
        self._hide = button("Hide clock", self._toggle_clock, "quiet")
        self._clock_hidden = False
        self._leave = button("Leave", view_model.ask_to_leave, "quiet")
        self._verdict = label("", "right")
        self._stem = ReadingText(theme)
        self._stem.setAccessibleName("Question")
        self._hint = label("", "strong")
        self._options = OptionList(theme)
        self._changed = ReadingText(theme, "soft")
        self._changed_frame = QFrame()
        self._changed_frame.setProperty("role", "bar-info")
        QVBoxLayout(self._changed_frame).addWidget(self._changed)
        self._navigator = Navigator(theme)
        self._back = button("‹ Back", view_model.back)
        self._review = button("Review and submit", view_model.review, "quiet")
        self._next = button("Next  ›", view_model.forward, "primary")
        self._summary = SummaryPanel(theme)
        self._summary.jump.connect(view_model.go)
        self._case_title = label("", "section", wrap=True)
        self._case_text = ReadingText(theme)
        self._build()
        self._options.picked.connect(view_model.pick)
        self._navigator.picked.connect(view_model.go)
        # Shortcuts, since a button that has the focus would take the arrows for itself.
        shortcut(self, "Right", lambda: None if view_model.state.summary else view_model.forward())
        shortcut(self, "Left", view_model.back)
        view_model.changed.connect(self.render_state)
        view_model.ticked.connect(self._show_time)
        view_model.message.connect(self.messages.show_message)
        view_model.settled.connect(self.messages.dismiss)
        self.render_state(view_model.state)

    def _build(self) -> None:
        top = QFrame()
        line = QHBoxLayout(top)
        line.setContentsMargins(24, 12, 16, 12)
        line.setSpacing(12)
        line.addWidget(self._number)
        line.addWidget(self._title)
        line.addStretch(1)
        for control in (self._flag, self._clock, self._hide, self._leave):
            line.addWidget(control)
        question = QWidget()
        question.setObjectName("page")
        limit_width(question, COLUMN_WIDTH + 120, self._theme)
        inner = QVBoxLayout(question)
        inner.setContentsMargins(32, 24, 32, 24)
        inner.setSpacing(16)
        for part in (self._verdict, self._stem, self._hint, self._options, self._changed_frame):
            inner.addWidget(part)
        inner.addStretch(1)
        self._scroll = scrolling(question)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        case = QWidget()
        case.setObjectName("page")
        case_inner = QVBoxLayout(case)
        case_inner.setContentsMargins(24, 24, 24, 24)
        case_inner.setSpacing(12)
        case_inner.addWidget(self._case_title)
        case_inner.addWidget(self._case_text)
        case_inner.addStretch(1)
        self._case = scrolling(case)
        self._case.setAccessibleName("Case study")
        self._case.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._case)
        self._splitter.addWidget(self._scroll)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 3)
        self._splitter.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._summary)
        foot = QFrame()
        foot_column = QVBoxLayout(foot)
        foot_column.setContentsMargins(24, 12, 24, 16)
        foot_column.setSpacing(12)
        foot_column.addWidget(self._navigator)
        foot_column.addLayout(row(self._back, None, self._review, self._next))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for row_widget in (self.messages, top, rule()):
            outer.addWidget(row_widget)
        outer.addWidget(self._stack, 1)
        outer.addWidget(rule())
        outer.addWidget(foot)

    def render_state(self, state: DeskState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._number.setText(f"{state.number} of {state.total}")
        self._title.setText(state.title)
        self._flag.setChecked(state.flagged)
        self._flag.setText("⚑ Flagged" if state.flagged else "⚑ Flag")
        self._flag.setAccessibleName("Take the flag away" if state.flagged else "Flag this question")
        self._stem.show_markdown(state.stem)
        self._hint.setText(state.hint)
        self._hint.setVisible(bool(state.hint) and state.hint.rstrip(".").lower() not in state.stem.lower())
        self._verdict.setVisible(state.revealed)
        self._verdict.setText("✓ Right" if state.verdict == "right" else "✗ Not right")
        set_role(self._verdict, state.verdict or "right")
        self._options.render_views(state.options, multiple=state.multiple, enabled=not state.locked)
        self._changed.show_markdown(f"**What changed since the notes.** {state.changed}")
        self._changed_frame.setVisible(bool(state.changed))
        self._navigator.render_places(state.places)
        self._case.setVisible(bool(state.case_text))
        self._case_title.setText(state.case_title)
        self._case_text.show_markdown(state.case_text)
        self._back.setEnabled(state.number > 1 or state.summary is not None)
        self._back.setText("‹ Back to the questions" if state.summary else "‹ Back")
        self._review.setVisible(state.summary is None and not state.drill and state.number < state.total)
        self._next.setText(f"{state.next_label}  ⏎")
        self._next.setAccessibleName(state.next_label)
        self._flag.setVisible(state.summary is None)
        self._clock.setVisible(not state.drill)
        self._hide.setVisible(not state.drill)
        self._stack.setCurrentIndex(1 if state.summary else 0)
        if state.summary:
            self._summary.show_summary(state.summary, state.total)
        here = -1 if state.summary else state.number
        if self._shown != here:
            self._shown = here
            self._scroll.verticalScrollBar().setValue(0)
            self.setAccessibleName(f"Question {state.number} of {state.total}")
            # A control that had the focus may be gone with the question it belonged to.
            QTimer.singleShot(0, self.setFocus)

    def _show_time(self, text: str) -> None:
        self._clock_text = text
        self._clock.setText("" if self._clock_hidden else f"{text} left")
        self._clock.setAccessibleName(f"Time left: {text}")

    def _toggle_clock(self) -> None:
        self._clock_hidden = not self._clock_hidden
        self._hide.setText("Show clock" if self._clock_hidden else "Hide clock")
        self._show_time(self._clock_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of ``KEYS``; anything else goes on to the window."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        actions = {
            Qt.Key.Key_Return: self._vm.forward,
            Qt.Key.Key_Enter: self._vm.forward,
            Qt.Key.Key_F: self._vm.toggle_flag,
            Qt.Key.Key_R: self._vm.review,
            Qt.Key.Key_H: self._toggle_clock,
            Qt.Key.Key_Escape: self._vm.back if self._vm.state.summary else self._vm.ask_to_leave,
        }
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_6:
            self._vm.pick(key - Qt.Key.Key_1)
        elif plain and key in actions:
            actions[Qt.Key(key)]()
        else:
            super().keyPressEvent(event)
