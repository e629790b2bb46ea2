"""The exam at the desk: turns an exam session into one state, and what the learner does into calls on it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.core.attempt import Mode, Response
from studyapp.core.errors import DatabaseError
from studyapp.core.form import FormItem
from studyapp.core.scoring import Outcome, outcome
from studyapp.sessions.exam import ExamSession
from studyapp.ui import words
from studyapp.ui.routes import GoTo, ShowResults
from studyapp.ui.widgets.message_bar import Message
from studyapp.ui.widgets.navigator import Place
from studyapp.ui.widgets.options import OptionView, Verdict

# How often the time used is written down: what a crash can give back to the learner at the most.
HEARTBEAT_MS = 2000


@dataclass(frozen=True, slots=True)
class Summary:
    """Before submitting: what is answered, and what is not."""

    answered: int
    unanswered: tuple[int, ...]
    flagged: tuple[int, ...]


@dataclass(frozen=True)
class DeskState:
    """What the desk shows. ``summary`` stands in place of the question while the learner is about to submit."""

    number: int
    total: int
    title: str
    stem: str
    hint: str
    options: tuple[OptionView, ...]
    multiple: bool
    locked: bool
    flagged: bool
    places: tuple[Place, ...]
    drill: bool
    revealed: bool
    verdict: str = ""
    changed: str = ""
    case_title: str = ""
    case_text: str = ""
    unsaved: bool = False
    summary: Summary | None = None
    next_label: str = "Next"


class DeskViewModel(QObject):
    """One running attempt. Emits ``changed`` with a state, ``ticked`` with the time left, ``messages`` to show."""

    changed = Signal(object)
    ticked = Signal(str)
    navigate = Signal(object)
    message = Signal(object)
    settled = Signal(str)

    def __init__(self, session: ExamSession) -> None:
        super().__init__()
        self._session = session
        self._summary_shown = False
        self._over = False
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._tick)
        self._heart = QTimer(self)
        self._heart.setInterval(HEARTBEAT_MS)
        self._heart.timeout.connect(self._beat)
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

    def pick(self, index: int) -> None:
        """Choose an option, or take it back; where one is asked for, a second takes the place of the first."""
        item, response = self._current()
        if index >= len(item.question.options) or self.state.locked or self._summary_shown:
            return
        asked = len(item.question.key)
        if asked == 1:
            chosen = frozenset() if response.chosen == {index} and self.state.drill else frozenset({index})
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

    def toggle_flag(self) -> None:
        """Flag the question on screen, or take the flag away."""
        if not self._summary_shown:
            self._do(self._session.toggle_flag)

    def forward(self) -> None:
        """The obvious next thing: check (drill), the next question, the summary, or submitting."""
        _, response = self._current()
        if self._summary_shown:
            self.submit()
        elif self.state.drill and not response.revealed:
            if response.answered:
                self._do(self._session.reveal)
        elif self._session.position + 1 < len(self._session.form.items):
            self.go(self._session.position + 1)
        else:
            self.review()

    def back(self) -> None:
        """The question before; from the summary back to the questions."""
        if self._summary_shown:
            self._summary_shown = False
            self._emit()
        else:
            self.go(self._session.position - 1)

    def go(self, position: int) -> None:
        """Show a question by its place, from 0."""
        self._summary_shown = False
        self.settled.emit("picks")
        self.settled.emit("leave")
        self._do(lambda: self._session.go(position))

    def review(self) -> None:
        """Show what is answered and what is not, before submitting. A drill has nothing to look over."""
        self.settled.emit("leave")
        if self.state.drill:
            self.submit()
        else:
            self._summary_shown = True
            self._emit()

    def submit(self) -> None:
        """End the attempt and go to its results."""
        if self._over:
            return
        try:
            self._session.submit()
        except DatabaseError as error:
            self._report(error, self.submit)
            return
        self._stop()
        self.navigate.emit(ShowResults(self._session.attempt_id))

    def leave(self) -> None:
        """Leave on purpose; Today offers to go on."""
        try:
            self._session.leave()
        except DatabaseError as error:
            self._report(error, self.leave)
            return
        self._stop()
        self.navigate.emit(GoTo("today"))

    def ask_to_leave(self) -> None:
        """Say what leaving costs before doing it."""
        text = (
            "Leave the drill? What you answered stays; you can go on from the Today page."
            if self.state.drill
            else "Leave the exam? The clock runs on while you are away. Your answers are saved, and the Today page "
            "takes you back."
        )
        self.message.emit(Message("leave", "caution", text, "Leave", self.leave))

    def close(self) -> None:
        """The window closes: that is leaving on purpose too."""
        if not self._over:
            self._stop()
            # Where that cannot be written the window closes all the same; it then counts as a crash.
            with suppress(DatabaseError):
                self._session.leave()

    def retry(self) -> None:
        """Write again what did not reach the disk."""
        self._do(self._session.retry)

    def _stop(self) -> None:
        self._over = True
        self._clock.stop()
        self._heart.stop()

    def _current(self) -> tuple[FormItem, Response]:
        position = self._session.position
        return self._session.form.items[position], self._session.responses[position]

    def _do(self, action: Callable[[], object]) -> None:
        if self._over:
            return
        try:
            action()
        except DatabaseError as error:
            self._report(error)
        else:
            if not self._session.unsaved:
                self.settled.emit("unsaved")
        self._emit()

    def _report(self, error: DatabaseError, again: Callable[[], None] | None = None) -> None:
        self.message.emit(
            Message(
                "unsaved",
                "wrong",
                f"Not saved yet: {error.message} Your answers stay on this screen and everything saved before is "
                f"safe. {error.next_step}",
                "Try again",
                again or self.retry,
                closable=False,
            )
        )

    def _beat(self) -> None:
        try:
            if self._session.unsaved:
                self._session.retry()
                self.settled.emit("unsaved")
                self._emit()
            self._session.heartbeat()
        except DatabaseError as error:
            self._report(error)

    def _tick(self) -> None:
        remaining = self._session.remaining
        if remaining is None:
            self.ticked.emit("")
            return
        self.ticked.emit(words.clock(remaining))
        if self._session.expired:
            self.submit()

    def _emit(self) -> None:
        self.state = self._make_state()
        self.changed.emit(self.state)

    def _make_state(self) -> DeskState:
        session = self._session
        item, response = self._current()
        question, total = item.question, len(session.form.items)
        drill = session.mode is Mode.STUDY
        asked = len(question.key)
        state = DeskState(
            number=session.position + 1,
            total=total,
            title=session.form.title,
            stem=question.stem,
            hint=f"Choose {words.COUNTS[asked]}." if asked > 1 else "",
            options=tuple(_option_view(item, response, i) for i in range(len(question.options))),
            multiple=asked > 1,
            locked=response.revealed or session.submitted,
            flagged=response.flagged,
            places=tuple(self._place(i) for i in range(total)),
            drill=drill,
            revealed=response.revealed,
            case_title=item.case.title if item.case else "",
            case_text=item.case.text if item.case else "",
            unsaved=session.position in session.unsaved,
            next_label=self._next_label(response, drill),
        )
        if response.revealed:
            right = outcome(item, response) is Outcome.RIGHT
            state = replace(state, verdict="right" if right else "wrong", changed=question.changed or "")
        if self._summary_shown:
            state = replace(state, summary=self._summary(), next_label="Submit exam")
        return state

    def _next_label(self, response: Response, drill: bool) -> str:
        last = self._session.position + 1 == len(self._session.form.items)
        if drill and not response.revealed:
            return "Check answer"
        if last:
            return "Finish drill" if drill else "Review and submit"
        return "Next"

    def _place(self, index: int) -> Place:
        response = self._session.responses[index]
        verdict = ""
        if response.revealed:
            verdict = "right" if outcome(self._session.form.items[index], response) is Outcome.RIGHT else "wrong"
        return Place(response.answered, response.flagged, index == self._session.position, verdict)

    def _summary(self) -> Summary:
        responses = self._session.responses
        return Summary(
            answered=sum(r.answered for r in responses),
            unanswered=tuple(i for i, r in enumerate(responses) if not r.answered),
            flagged=tuple(i for i, r in enumerate(responses) if r.flagged),
        )


def _option_view(item: FormItem, response: Response, index: int) -> OptionView:
    """An option before or after the key is shown."""
    option = item.question.options[index]
    chosen = index in response.chosen
    if not response.revealed:
        return OptionView(option.text, chosen)
    return revealed_option(item, response, index)


def revealed_option(item: FormItem, response: Response, index: int) -> OptionView:
    """An option with key, choice and rationale in the open, as in a drill or in the results."""
    option = item.question.options[index]
    chosen = index in response.chosen
    if option.correct:
        verdict, note = Verdict.KEY, "✓ Right answer, yours" if chosen else "✓ Right answer"
    elif chosen:
        verdict, note = Verdict.WRONG, "✗ Your answer"
    else:
        verdict, note = Verdict.OTHER, ""
    return OptionView(option.text, chosen, verdict, note, option.rationale)
