"""Sitting an attempt: every action is on disk when the call returns."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from studyapp.core import highlights
from studyapp.core.attempt import Attempt, BootTime, Confidence, Mode, Response, Visit
from studyapp.core.form import Form, FormItem
from studyapp.core.scoring import Outcome, Score, outcome, score
from studyapp.sessions.missed import missed_cards
from studyapp.sessions.stopwatch import Stopwatch
from studyapp.sessions.workspace import Clock
from studyapp.store.attempts import AttemptStore

# Visits that end and begin this close to each other (seconds) are one: an interruption that took no time.
_ONE_VISIT = 0.01


class Action(StrEnum):
    """What the learner does to a question, in the words of a message that it is not saved."""

    ANSWER = "answer"
    FLAG = "flag"
    STRIKE = "strike-out"
    NOTE = "note"
    CONFIDENCE = "confidence"
    HIGHLIGHT = "highlight"
    REVEAL = "check"
    TIME = "time"


class ExamSession:
    """One attempt while it is being sat.

    The time used is what a count of seconds advanced since the session began, plus what was persisted before. A
    simulation's count goes on while the machine is suspended, the other modes' stands still. The time of day is only
    written down, never subtracted, but for one case: who leaves a simulation on purpose pays for the time away, and
    after a restart of the machine only the time of day tells how long that was.

    A write that fails raises ``DatabaseError`` and the action stays in memory as unsaved; ``retry`` writes all of
    them again.
    """

    def __init__(self, store: AttemptStore, attempt: Attempt, clock: Clock) -> None:
        self._store = store
        self._attempt = attempt
        self._clock = clock
        self._responses = list(attempt.responses)
        self._position = attempt.position
        self._shown_since = attempt.shown_since
        self._unsaved: dict[int, set[Action]] = {}
        self._submitted_at = attempt.submitted_at
        self._watch = Stopwatch(
            clock.boottime if attempt.mode is Mode.SIMULATION else clock.monotonic,
            attempt.elapsed + _time_away(attempt, clock),
            None if attempt.form.minutes is None else attempt.form.minutes * 60.0,
        )
        if attempt.left_at is not None:
            self._shown_since = self.elapsed
            store.resume(attempt.id, self._shown_since)

    @classmethod
    def begin(cls, store: AttemptStore, form: Form, mode: Mode, clock: Clock) -> "ExamSession":
        """Start a new attempt of a form; it is on disk when this returns."""
        return cls(store, store.create(form, mode, clock.now()), clock)

    @property
    def attempt_id(self) -> int:
        """The id of the attempt in the database."""
        return self._attempt.id

    @property
    def form(self) -> Form:
        """The form as it is shown."""
        return self._attempt.form

    @property
    def mode(self) -> Mode:
        """How the form is sat."""
        return self._attempt.mode

    @property
    def position(self) -> int:
        """The item on screen, from 0."""
        return self._position

    @property
    def item(self) -> FormItem:
        """The item on screen."""
        return self.form.items[self._position]

    @property
    def response(self) -> Response:
        """The response to the item on screen."""
        return self._responses[self._position]

    @property
    def responses(self) -> tuple[Response, ...]:
        """One response for each item, as last given (saved or not)."""
        return tuple(self._responses)

    @property
    def unsaved(self) -> Mapping[int, frozenset[Action]]:
        """The items with actions that did not reach the disk, and which those are."""
        return {position: frozenset(actions) for position, actions in sorted(self._unsaved.items())}

    @property
    def submitted(self) -> bool:
        """Whether the attempt is over."""
        return self._submitted_at is not None

    @property
    def elapsed(self) -> float:
        """Seconds used so far, not more than the form allows."""
        return self._watch.used

    @property
    def remaining(self) -> float | None:
        """Seconds left, never below zero; None where no clock runs."""
        return None if self.form.minutes is None else self.form.minutes * 60.0 - self.elapsed

    @property
    def expired(self) -> bool:
        """Whether the time is up."""
        remaining = self.remaining
        return remaining is not None and remaining <= 0

    @property
    def may_pause(self) -> bool:
        """Whether the mode allows the clock to stand still."""
        return self.mode is not Mode.SIMULATION

    @property
    def paused(self) -> bool:
        """Whether the clock stands still, and the question is out of sight."""
        return self._watch.paused

    def answer(self, chosen: frozenset[int]) -> None:
        """Choose these options of the item on screen; an empty set takes the answer back.

        Nothing happens once the time is up, or the key shown.

        Raises:
            DatabaseError: where the answer did not reach the disk; it is kept and ``retry`` writes it again.
        """
        if self._answerable:
            self._act(Action.ANSWER, **self._answered(chosen), struck=self.response.struck - chosen)

    def strike(self, option: int) -> None:
        """Strike an option of the item on screen out, or take that back; what is struck out is not chosen.

        Raises ``DatabaseError`` as ``answer`` does.
        """
        response = self.response
        if not self._answerable:
            return
        values: dict[str, object] = {"struck": response.struck ^ {option}}
        if option in response.chosen:
            values |= self._answered(response.chosen - {option})
        self._act(Action.STRIKE, **values)

    def toggle_flag(self) -> None:
        """Flag the item on screen, or take its flag away. Raises ``DatabaseError`` as ``answer`` does."""
        if self._open:
            self._act(Action.FLAG, flagged=not self.response.flagged)

    def set_note(self, note: str) -> None:
        """Keep a note on the item on screen. Raises ``DatabaseError`` as ``answer`` does."""
        if self._open and note != self.response.note:
            self._act(Action.NOTE, note=note)

    def set_confidence(self, confidence: Confidence | None) -> None:
        """Say how sure the answer is; None takes that back. Raises ``DatabaseError`` as ``answer`` does."""
        if self._answerable:
            self._act(Action.CONFIDENCE, confidence=confidence)

    def add_highlight(self, start: int, end: int) -> None:
        """Mark a range of characters of the stem. Raises ``DatabaseError`` as ``answer`` does."""
        if self._open:
            self._act(Action.HIGHLIGHT, highlights=highlights.add(self.response.highlights, start, end))

    def clear_highlight(self, start: int, end: int) -> None:
        """Take the marks of a range of characters away. Raises ``DatabaseError`` as ``answer`` does."""
        if self._open:
            self._act(Action.HIGHLIGHT, highlights=highlights.take(self.response.highlights, start, end))

    def reveal(self) -> Outcome:
        """Show the key of the item on screen (study only); from then on its answer stands."""
        if self.mode is not Mode.STUDY:
            raise ValueError(f"a {self.mode} shows no key before the end")
        self._close_visit()
        self._act(Action.REVEAL, revealed=True)
        return outcome(self.item, self.response)

    def go(self, position: int) -> None:
        """Show another item. Raises ``DatabaseError`` where the time spent could not be saved."""
        if position == self._position or not self._open or not 0 <= position < len(self._responses):
            return
        left = self._position
        self._close_visit()
        self._position = position
        self._save(left, turn_to=position)

    def pause(self) -> None:
        """Let the clock stand still. Raises ``DatabaseError`` where the time used could not be saved."""
        if not self.may_pause:
            raise ValueError("the clock of a simulation cannot be paused")
        self._watch.pause()
        self.heartbeat()

    def resume(self) -> None:
        """Let the clock go on after a pause."""
        self._watch.go_on()

    def heartbeat(self) -> None:
        """Persist the time used, so that a crash costs none of it and gives none."""
        if not self.submitted:
            self._store.heartbeat(self.attempt_id, self._position, self.elapsed, self._shown_since)

    def retry(self) -> None:
        """Write again what did not reach the disk. Raises ``DatabaseError`` where it still does not."""
        for position in sorted(self._unsaved):
            self._save(position)

    def leave(self) -> None:
        """Leave on purpose: in a simulation the clock runs on, elsewhere it stands still.

        Raises:
            DatabaseError: where that could not be written.
        """
        if self.submitted:
            return
        self._close_visit()
        self.retry()
        boot = self._clock.boot_id()
        left_boot = BootTime(boot, self._clock.boottime()) if boot else None
        self._store.leave(self.attempt_id, self.elapsed, self._clock.now(), left_boot)

    def submit(self) -> Score:
        """End the attempt and score it. Raises ``DatabaseError`` where that could not be written."""
        self._close_visit()
        self.retry()
        result = score(self.snapshot())
        at = self._clock.now()
        # The cards of what was revealed are due already.
        places = [i for i, response in enumerate(self._responses) if not response.revealed]
        cards = dict.fromkeys(card for i in places for card in missed_cards(self.form.items[i], self._responses[i]))
        self._store.submit(self.attempt_id, self.elapsed, at, result.total.correct, list(cards))
        self._submitted_at = at
        return result

    def snapshot(self) -> Attempt:
        """The attempt as it stands."""
        return replace(
            self._attempt,
            responses=self.responses,
            position=self._position,
            elapsed=self.elapsed,
            shown_since=self._shown_since,
            left_at=None,
            left_boot=None,
            submitted_at=self._submitted_at,
        )

    @property
    def _open(self) -> bool:
        return not self.submitted and not self.paused

    @property
    def _answerable(self) -> bool:
        """Whether an answer is taken: what comes after the time is up, while submitting fails, is not."""
        return self._open and not self.expired and not self.response.revealed

    def _answered(self, chosen: frozenset[int]) -> dict[str, object]:
        """What changes with an answer; the first one that is complete is kept."""
        first = self.response.first_chosen
        if first is None and len(chosen) == len(self.item.question.key):
            first = chosen
        return {"chosen": chosen, "answered_at": self._clock.now(), "first_chosen": first}

    def _act(self, action: Action, **values: object) -> None:
        """Change the response to the item on screen and write it in one statement."""
        self._responses[self._position] = replace(self.response, **values)  # type: ignore[arg-type]
        self._unsaved.setdefault(self._position, set()).add(action)
        self._save(self._position)

    def _close_visit(self) -> None:
        """Add the time since the item came on screen to its visits, to be written with the next save.

        What is read after the key is shown is no time for answering, and belongs to no visit.
        """
        elapsed, visits = round(self.elapsed, 3), self.response.visits
        if self.response.revealed:
            self._shown_since = elapsed
            return
        visit = Visit(self._shown_since, round(max(0.0, elapsed - self._shown_since), 3))
        if visits and abs(visits[-1].began + visits[-1].seconds - visit.began) < _ONE_VISIT:
            visits, began = visits[:-1], visits[-1].began
            visit = Visit(began, round(elapsed - began, 3))
        visits = (*visits, visit)
        self._responses[self._position] = replace(
            self.response, visits=visits, seconds=round(sum(v.seconds for v in visits), 3)
        )
        self._shown_since = elapsed
        self._unsaved.setdefault(self._position, set()).add(Action.TIME)

    def _save(self, position: int, turn_to: int | None = None) -> None:
        item, response = self.form.items[position], self._responses[position]
        right = outcome(item, response) is Outcome.RIGHT if response.answered else None
        cards = missed_cards(item, response) if Action.REVEAL in self._unsaved.get(position, ()) else ()
        self._store.save_response(
            self.attempt_id,
            position,
            response,
            right,
            self.elapsed,
            self._clock.now(),
            cards,
            turn_to,
            # With each visit that is written goes since when the next one lasts: a crash counts no time twice.
            self._shown_since,
        )
        self._unsaved.pop(position, None)


def time_left(attempt: Attempt, clock: Clock) -> float | None:
    """Seconds left of an attempt whose clock runs although nobody sits it (a simulation that was left), never below 0.

    None where no clock runs.
    """
    if attempt.left_at is None or attempt.mode is not Mode.SIMULATION or attempt.form.minutes is None:
        return None
    return max(0.0, attempt.form.minutes * 60.0 - attempt.elapsed - _time_away(attempt, clock))


def _time_away(attempt: Attempt, clock: Clock) -> float:
    """Seconds that leaving on purpose costs: all of them in a simulation, none elsewhere, never a gain."""
    if attempt.left_at is None or attempt.mode is not Mode.SIMULATION:
        return 0.0
    boot = attempt.left_boot
    if boot is not None and boot.boot == clock.boot_id():
        return max(0.0, clock.boottime() - boot.seconds)
    return max(0.0, (clock.now() - attempt.left_at).total_seconds())
