"""The exam at the desk: turns an exam session into one state, and what the learner does into calls on it."""

from collections.abc import Callable
from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.core import highlights
from studyapp.core.attempt import Confidence, Mode
from studyapp.core.errors import DatabaseError
from studyapp.sessions.exam import Action, ExamSession
from studyapp.ui import words
from studyapp.ui.exam.desk_state import DeskState, make_state, pace, unsaved_in_words
from studyapp.ui.routes import GoTo, ShowResults
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from studyapp.content.library import Library
    from studyapp.store import SettingsStore

# How often the time used is written down: what a crash can give back to the learner at the most.
HEARTBEAT_MS = 2000
# A note is written when the typing pauses for so long, and before anything else is done.
NOTE_PAUSE_MS = 400
# Minutes left at which the desk says so.
_WARNINGS = (30, 5)
_LEAVING = {
    Mode.SIMULATION: "Leave the exam? The clock runs on while you are away. Your answers are saved, and the Today page "
    "takes you back.",
    Mode.CUSTOM: "Leave the exam? It waits for you on the Today page, with your answers; its clock stands still.",
    Mode.STUDY: "Leave the drill? What you answered stays; you can go on from the Today page.",
}


class DeskViewModel(QObject):
    """One running attempt.

    Emits ``changed`` with a state, ``ticked`` with the time left and the pace, ``message`` with what to show and
    ``settled`` with the topic of what is settled, ``close_wanted`` where the window is to close all the same.
    """

    changed = Signal(object)
    ticked = Signal(str, str)
    navigate = Signal(object)
    message = Signal(object)
    settled = Signal(str)
    close_wanted = Signal()

    def __init__(self, session: ExamSession, settings: "SettingsStore", library: "Library") -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._library = library
        self._reviewing = False
        self._over = False
        self._draft: str | None = None
        self._trouble = ""
        self._loses = False
        self._left_before = session.remaining or 0.0
        self._warned_at: float | None = None
        self._clock = QTimer(self, interval=500)
        self._clock.timeout.connect(self._tick)
        self._heart = QTimer(self, interval=HEARTBEAT_MS)
        self._heart.timeout.connect(self._beat)
        self._note_pause = QTimer(self, interval=NOTE_PAUSE_MS, singleShot=True)
        self._note_pause.timeout.connect(lambda: self._do(lambda: None))
        self.state = self._make_state()

    def begin(self) -> None:
        """Show the first state and let the clock be painted."""
        self._clock.start()
        self._heart.start()
        self._emit()
        self._tick()

    @property
    def session(self) -> ExamSession:
        """The session that is driven."""
        return self._session

    def recall(self, what: str, default: float) -> float:
        """A habit of the desk (``case_share``, ``clock_hidden``) as it was last."""
        return float(self._settings.get(f"desk_{what}", default))

    def remember(self, what: str, value: float) -> None:
        """Keep a habit of the desk for the next time; it is no matter if that fails."""
        with suppress(DatabaseError):
            self._settings.set(f"desk_{what}", value)

    def pick(self, index: int) -> None:
        """Choose an option, or take it back; where one is asked for, a second takes the place of the first."""
        question, response = self._session.item.question, self._session.response
        if index >= len(question.options) or self.state.locked or not self._at_question:
            return
        asked = len(question.key)
        if asked == 1:
            chosen = frozenset() if response.chosen == {index} and self.state.study else frozenset({index})
        elif index in response.chosen:
            chosen = response.chosen - {index}
        elif len(response.chosen) < asked:
            chosen = response.chosen | {index}
        else:
            self.message.emit(
                Message("picks", "info", f"This question takes {words.COUNTS[asked]} answers. Take one back first.")
            )
            return
        self.settled.emit("picks")
        self._do(lambda: self._session.answer(chosen))

    def strike(self, index: int) -> None:
        """Strike an option out, or take that back."""
        if index < len(self._session.item.question.options) and not self.state.locked and self._at_question:
            self.settled.emit("picks")
            self._do(lambda: self._session.strike(index))

    def toggle_flag(self) -> None:
        """Flag the question on screen, or take the flag away."""
        if self._at_question:
            self._do(self._session.toggle_flag)

    def set_confidence(self, confidence: Confidence) -> None:
        """Say how sure the answer is; the same again takes it back."""
        if self._at_question and not self.state.locked:
            mark = None if self._session.response.confidence is confidence else confidence
            self._do(lambda: self._session.set_confidence(mark))

    def type_note(self, text: str) -> None:
        """The note as it is being typed."""
        if self._at_question and text != self.state.note:
            self._draft = text
            self._note_pause.start()
            self._emit()

    def highlight(self, start: int, end: int) -> None:
        """Mark a range of characters of the stem."""
        if self._at_question:
            self._do(lambda: self._session.add_highlight(start, end))

    def toggle_highlight(self, start: int, end: int) -> None:
        """Mark a range of characters, or take its mark away where all of it is marked."""
        if highlights.covers(self._session.response.highlights, start, end):
            self._do(lambda: self._session.clear_highlight(start, end))
        else:
            self.highlight(start, end)

    def clear_highlight_at(self, position: int) -> None:
        """Take the mark away that a character lies in, if it does."""
        found = highlights.at(self._session.response.highlights, position)
        if found and self._at_question:
            self._do(lambda: self._session.clear_highlight(*found))

    def forward(self) -> None:
        """The obvious next thing: go on, check (study), the next question, all questions, or submitting."""
        if self._session.paused:
            self.toggle_pause()
        elif self._reviewing:
            self.submit()
        elif self.state.study and not self._session.response.revealed:
            if self._session.response.answered:
                self._do(self._session.reveal)
        elif self._session.position + 1 < len(self._session.form.items):
            self.go(self._session.position + 1)
        elif self.state.study and all(r.revealed for r in self._session.responses):
            self.submit()
        else:
            self.review()

    def back(self) -> None:
        """The question before; from the page of all questions back to the one on screen."""
        if self._reviewing:
            self.go(self._session.position)
        else:
            self.go(self._session.position - 1)

    def go(self, position: int) -> None:
        """Show a question by its place, from 0."""
        if self._session.paused:
            return
        self._reviewing = False
        self.settled.emit("picks")
        self.settled.emit("leave")
        self._do(lambda: self._session.go(position))

    def review(self) -> None:
        """Show all questions, before submitting."""
        if not self._session.paused:
            self._reviewing = True
            self.settled.emit("leave")
            self.settled.emit("picks")
            self._do(lambda: None)

    def toggle_pause(self) -> None:
        """Let the clock stand still and hide the question, or go on; a simulation does not pause."""
        if self._session.may_pause:
            self.settled.emit("leave")
            self._do(self._session.resume if self._session.paused else self._session.pause)
            self._tick()

    def submit(self) -> None:
        """End the attempt and go to its results."""
        if self._finish(self._session.submit, self.submit):
            self.navigate.emit(ShowResults(self._session.attempt_id))

    def leave(self) -> None:
        """Leave on purpose; Today offers to go on."""
        if self._finish(self._session.leave, self.leave):
            self.navigate.emit(GoTo("today"))

    def ask_to_leave(self) -> None:
        """Say what leaving costs before doing it."""
        self.message.emit(Message("leave", "caution", _LEAVING[self._session.mode], "Leave", self.leave))

    def close(self) -> bool:
        """The window closes: that is leaving on purpose too. False where something would be lost: it then asks."""
        if self._over:
            return True
        try:
            self._write_note()
            self._session.leave()
        except DatabaseError as error:
            # Where the time alone cannot be written the window closes all the same; it then counts as a crash.
            if not self._loses and any(actions != {Action.TIME} for actions in self._session.unsaved.values()):
                self._report(error)
                self._ask_to_close()
                return False
        self._stop()
        return True

    def _ask_to_close(self) -> None:
        text = (
            f"Not saved yet: {unsaved_in_words(self._session)}. If you close studyapp now, that is lost; everything "
            "before is saved. Close all the same?"
        )

        def act() -> None:
            self._loses = True
            self.close_wanted.emit()

        self.message.emit(Message("closing", "caution", text, "Close all the same", act, closable=False))

    def retry(self) -> None:
        """Write again what did not reach the disk."""
        self._do(self._session.retry)

    @property
    def _at_question(self) -> bool:
        return not (self._over or self._reviewing or self._session.paused or self._session.expired)

    def _finish(self, ending: Callable[[], object], again: Callable[[], None]) -> bool:
        """End the sitting one way or another; False where that could not be written."""
        if self._over:
            return False
        try:
            self._write_note()
            ending()
        except DatabaseError as error:
            self._report(error, again)
            return False
        self._stop()
        return True

    def _stop(self) -> None:
        self._over = True
        for timer in (self._clock, self._heart, self._note_pause):
            timer.stop()

    def _write_note(self) -> None:
        self._note_pause.stop()
        draft, self._draft = self._draft, None
        if draft is not None:
            self._session.set_note(draft)

    def _do(self, action: Callable[[], object]) -> None:
        """Write the note that is being typed, if any, then do something; say so where either is not saved."""
        if self._over:
            return
        failed: DatabaseError | None = None
        for step in (self._write_note, action):
            try:
                step()
            except DatabaseError as error:
                failed = error
        if failed is not None:
            self._report(failed)
        elif not self._session.unsaved:
            self._settle()
        self._emit()

    def _report(self, error: DatabaseError, again: Callable[[], None] | None = None) -> None:
        text = (
            f"Not saved yet: {unsaved_in_words(self._session)}. {error.message} It stays on this screen, everything "
            f"before is saved, and saving is tried again every few seconds. {error.next_step}"
        )

        def act() -> None:
            self._trouble = ""
            (again or self.retry)()

        # The same message again would take the focus from its button.
        if text != self._trouble:
            self._trouble = text
            self.message.emit(Message("unsaved", "wrong", text, "Try again", act, closable=False))

    def _settle(self) -> None:
        self._trouble = ""
        self.settled.emit("unsaved")
        self.settled.emit("closing")

    def _beat(self) -> None:
        if self._session.expired:
            self.submit()
            return
        try:
            unsaved = bool(self._session.unsaved)
            self._session.retry()
            self._session.heartbeat()
        except DatabaseError as error:
            self._report(error)
            return
        if self._trouble:
            self._settle()
        if unsaved:
            self._emit()

    def _tick(self) -> None:
        remaining = self._session.remaining
        if remaining is None:
            self.ticked.emit("", "")
            return
        self.ticked.emit(words.clock(remaining), pace(self._session))
        for minutes in _WARNINGS:
            if remaining <= minutes * 60 < self._left_before:
                self.message.emit(Message("time", "caution", f"{ceil(remaining / 60)} minutes left."))
                self._warned_at = remaining
        if self._warned_at is not None and remaining <= self._warned_at - 60:
            # It is true no longer.
            self._warned_at = None
            self.settled.emit("time")
        before, self._left_before = self._left_before, remaining
        # Where submitting fails, the heartbeat tries it again.
        if remaining <= 0 < before or (remaining <= 0 and not self._trouble):
            self.submit()

    def _emit(self) -> None:
        self.state = self._make_state()
        self.changed.emit(self.state)

    def _make_state(self) -> DeskState:
        return make_state(self._session, self._draft, self._library, reviewing=self._reviewing)
