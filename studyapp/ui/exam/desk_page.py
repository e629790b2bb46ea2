"""The desk: the question with its options, the case beside it, the strip of all questions below."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from studyapp.core.attempt import Confidence
from studyapp.ui.exam.desk_case import CasePane
from studyapp.ui.exam.desk_question import QuestionSheet
from studyapp.ui.exam.desk_state import DeskState
from studyapp.ui.exam.desk_top import DeskTop
from studyapp.ui.exam.desk_view_model import DeskViewModel
from studyapp.ui.exam.review_panel import FILTERS, ReviewPanel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.digits import digit_of
from studyapp.ui.widgets.layout import button, label, row, rule, scrolling, shortcut
from studyapp.ui.widgets.message_bar import Message, MessageArea
from studyapp.ui.widgets.navigator import Navigator

KEYS = (
    ("1 – 6", "Choose an option"),
    ("Shift + A – F or 1 – 6", "Strike an option out, or take that back (so does a right click)"),
    ("S", "Strike out the option that has the focus"),
    ("Enter, Space or →", "Next question (in study: check, then next)"),
    ("←", "Previous question"),
    ("F", "Flag this question"),
    ("N", "Write a note; Esc ends it"),
    ("Y, T, G", "Sure, think so, guess"),
    ("L", "Highlight what is selected, or take that back (Tab to the question, select with Shift and the arrows)"),
    ("/", "Search the case; Enter and Shift + Enter go from match to match"),
    ("R", "All questions, before submitting; there 1 – 4 filter and ↓ goes into the list"),
    ("P", "Pause (not in a simulation)"),
    ("H", "Hide or show the clock"),
    ("A", "Text size"),
    ("Esc", "Back; from a question, leave (asks first)"),
)
_CONFIDENCE = {
    Confidence.SURE: ("Sure", "Y", Qt.Key.Key_Y),
    Confidence.THINK: ("Think so", "T", Qt.Key.Key_T),
    Confidence.GUESS: ("Guess", "G", Qt.Key.Key_G),
}
# What Shift and a digit give on a keyboard of the United States; elsewhere the letters do.
_SHIFTED_DIGITS = "!@#$%^"
_QUESTION, _REVIEW, _PAUSED = range(3)


class DeskPage(QWidget):
    """One running attempt. Every control has a key. ``size_wanted`` tells the text size that was chosen."""

    size_wanted = Signal(int)

    def __init__(self, view_model: DeskViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self._shown: tuple[int, bool, bool] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.messages = MessageArea()
        self._top = DeskTop(view_model, theme)
        self._question = QuestionSheet(theme)
        self._scroll = scrolling(self._question)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._case = CasePane(theme)
        self._all = ReviewPanel(theme)
        self._paused = _Paused()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._navigator = Navigator(theme)
        self._back = button("‹ Back", view_model.back)
        self._marks = {mark: self._confidence_button(mark) for mark in Confidence}
        self._review = button("Review and submit", lambda: self._click(view_model.review), "quiet")
        self._next = button("Next", lambda: self._click(view_model.forward), "primary")
        self._review_opened = QElapsedTimer()
        self._build()
        self._connect()
        self.render_state(view_model.state)

    def _build(self) -> None:
        self._splitter.addWidget(self._case)
        self._splitter.addWidget(self._scroll)
        self._splitter.setChildrenCollapsible(False)
        share = self._vm.recall("case_share", 0.4)
        self._splitter.setSizes([round(1000 * share), round(1000 * (1 - share))])
        self._splitter.setStretchFactor(0, round(100 * share))
        self._splitter.setStretchFactor(1, round(100 * (1 - share)))
        for page in (self._splitter, self._all, self._paused):
            self._stack.addWidget(page)
        foot = QFrame()
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._navigator)
        column.addLayout(row(self._back, None, *self._marks.values(), None, self._review, self._next))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in (self.messages, self._top, rule()):
            outer.addWidget(part)
        outer.addWidget(self._stack, 1)
        outer.addWidget(rule())
        outer.addWidget(foot)

    def _connect(self) -> None:
        vm, question = self._vm, self._question
        question.options.picked.connect(vm.pick)
        question.options.struck.connect(vm.strike)
        question.stem.selected.connect(vm.highlight)
        question.stem.clicked.connect(vm.clear_highlight_at)
        question.note_typed.connect(vm.type_note)
        question.note_done.connect(self.setFocus)
        self._case.search_done.connect(self.setFocus)
        self._all.jump.connect(vm.go)
        self._navigator.picked.connect(vm.go)
        self._top.size_wanted.connect(self.size_wanted)
        self._splitter.splitterMoved.connect(self._keep_splitter)
        # Shortcuts, since a button that has the focus would take the arrows for itself.
        shortcut(self, "Right", lambda: None if vm.state.reviewing or vm.state.paused else vm.forward())
        shortcut(self, "Left", vm.back)
        vm.changed.connect(self.render_state)
        vm.message.connect(self.messages.show_message)
        vm.message.connect(lambda message: self._announce(message.text))
        vm.settled.connect(self.messages.dismiss)

    def _confidence_button(self, mark: Confidence) -> QPushButton:
        text, key, _ = _CONFIDENCE[mark]
        made = button(text, lambda: self._vm.set_confidence(mark), "quiet", name=f"How sure: {text.lower()}")
        made.setToolTip(f"{text}   ( {key} )")
        made.setCheckable(True)
        return made

    def render_state(self, state: DeskState) -> None:
        """Show a state; showing it twice changes nothing."""
        self._top.render_state(state)
        self._question.render_state(state)
        self._case.show_case(state.case_id, state.case_title, state.case_text, state.case_folder)
        self._navigator.render_places(state.places)
        self._navigator.setEnabled(not state.paused)
        at_question = not state.reviewing and not state.paused
        self._back.setEnabled((state.number > 1 or state.reviewing) and not state.paused)
        self._back.setText("‹ Back to the questions" if state.reviewing else "‹ Back")
        for mark, made in self._marks.items():
            made.setVisible(at_question)
            made.setEnabled(not state.locked)
            made.setChecked(mark is state.confidence)
            made.setText(f"{'●' if mark is state.confidence else '○'} {_CONFIDENCE[mark][0]}")
        self._review.setText("All questions" if state.study else "Review and submit")
        self._review.setVisible(at_question and state.number < state.total)
        next_label = "Go on" if state.paused else state.next_label
        self._next.setText(f"{next_label}  ⏎")
        self._next.setAccessibleName(next_label)
        self._paused.render_state(state)
        if state.reviewing:
            self._all.render_state(state)
        self._stack.setCurrentIndex(_PAUSED if state.paused else _REVIEW if state.reviewing else _QUESTION)
        here = (state.number, state.reviewing, state.paused)
        if self._shown != here:
            self._shown = here
            self._turn(state)

    def _turn(self, state: DeskState) -> None:
        """Something else is on screen: begin at its top, and say what it is."""
        self._scroll.verticalScrollBar().setValue(0)
        if state.paused:
            spoken = "Paused"
        elif state.reviewing:
            spoken = "All questions, before submitting"
        else:
            spoken = f"Question {state.number} of {state.total}. {state.stem} {state.hint}".strip()
        self.setAccessibleName(spoken)
        self._announce(spoken)
        # A control that had the focus may be gone with the question it belonged to.
        QTimer.singleShot(0, self.setFocus)

    def _announce(self, text: str) -> None:
        """Let a screen reader say something without moving the focus."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _keep_splitter(self) -> None:
        left, right = self._splitter.sizes()
        self._vm.remember("case_share", round(left / max(1, left + right), 3))

    def _click(self, action: Callable[[], None]) -> None:
        """The button that leads to all questions gives way to the one that submits: a double click means the first."""
        opened = self._review_opened
        if opened.isValid() and opened.elapsed() < QApplication.doubleClickInterval():
            opened.start()
            return
        before = self._vm.state.reviewing
        action()
        if self._vm.state.reviewing and not before:
            opened.start()

    def _toggle_highlight(self) -> None:
        chosen = self._question.stem.chosen_range()
        if chosen is not None:
            self._vm.toggle_highlight(*chosen)

    def _strike_focused(self) -> None:
        index = self._question.options.focused()
        if index is not None:
            self._vm.strike(index)
        else:
            text = "Press Shift and the letter of the option that you want to strike out."
            self.messages.show_message(Message("picks", "info", text))

    def _escape(self) -> None:
        if self._vm.state.reviewing:
            self._vm.back()
        else:
            self._vm.ask_to_leave()

    def _action(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here, if anything."""
        state, key = self._vm.state, Qt.Key(event.key())
        anywhere: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Return: self._vm.forward,
            Qt.Key.Key_Enter: self._vm.forward,
            Qt.Key.Key_H: self._top.toggle_clock,
            Qt.Key.Key_A: self._top.choose_size,
            Qt.Key.Key_P: self._vm.toggle_pause,
            Qt.Key.Key_R: self._vm.review,
            Qt.Key.Key_Escape: self._escape,
        }
        if key in anywhere:
            return anywhere[key]
        if state.reviewing:
            number = digit_of(event)
            if number is not None and number < len(FILTERS):
                return lambda: self._all.choose(FILTERS[number])
            return self._all.enter if key == Qt.Key.Key_Down else None
        if key == Qt.Key.Key_Space:
            return self._vm.forward
        if state.paused:
            return None
        option = digit_of(event)
        return self._action_on_question(key) if option is None else lambda: self._vm.pick(option)

    def _action_on_question(self, key: Qt.Key) -> Callable[[], object] | None:
        for mark, (_, _, its_key) in _CONFIDENCE.items():
            if key == its_key:
                return lambda: self._vm.set_confidence(mark)
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F: self._vm.toggle_flag,
            Qt.Key.Key_N: self._question.open_note,
            Qt.Key.Key_L: self._toggle_highlight,
            Qt.Key.Key_S: self._strike_focused,
            Qt.Key.Key_Slash: self._case.search,
        }
        return actions.get(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of ``KEYS``; anything else goes on to the window."""
        # A key that is held down is one press: the next one would go through all questions and submit.
        if event.isAutoRepeat():
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        struck = _struck_option(event) if modifiers == Qt.KeyboardModifier.ShiftModifier else None
        # On some keyboards the slash needs Shift.
        action = self._action(event) if not modifiers or event.text() == "/" else None
        if struck is not None:
            self._vm.strike(struck)
        elif action is not None:
            action()
        else:
            super().keyPressEvent(event)


def _struck_option(event: QKeyEvent) -> int | None:
    """The option that a key strikes out together with Shift."""
    letter, digit = event.key() - Qt.Key.Key_A, digit_of(event)
    if 0 <= letter < 6:
        return letter
    if digit is not None:
        return digit
    text = event.text()
    return _SHIFTED_DIGITS.index(text) if text and text in _SHIFTED_DIGITS else None


class _Paused(QWidget):
    """What stands in place of the question during a pause."""

    def __init__(self) -> None:
        super().__init__()
        self._told = label("", "soft")
        column = QVBoxLayout(self)
        column.addStretch(1)
        for made in (label("Paused", "title"), self._told):
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(made)
        column.addStretch(2)

    def render_state(self, state: DeskState) -> None:
        """Say what stands still."""
        clock = "The clock stands still, and the" if state.timed else "The"
        self._told.setText(f"{clock} question waits out of sight.")
