"""Sitting an attempt: every action is on disk when the call returns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from studyapp.core.attempt import Attempt, Mode, Response
from studyapp.core.form import Form
from studyapp.core.scoring import Outcome, Score, outcome, score
from studyapp.store.attempts import AttemptStore


class ExamSession:
    """One attempt while it is being sat.

    ``monotonic`` counts seconds and never goes back; the time used is what it counted since the session began, plus
    what was persisted before. ``now`` tells the time of day in UTC and is only written down, never subtracted, but
    for one case: who left a simulation on purpose pays for the time away.

    A write that fails raises ``DatabaseError`` and the action stays in memory as unsaved; ``retry`` writes all of
    them again.
    """

    def __init__(
        self, store: AttemptStore, attempt: Attempt, monotonic: Callable[[], float], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._attempt = attempt
        self._responses = list(attempt.responses)
        self._position = attempt.position
        self._monotonic = monotonic
        self._now = now
        self._used_before = attempt.elapsed + _time_away(attempt, now())
        self._began = monotonic()
        self._question_since = self._began
        self._unsaved: set[int] = set()
        self._submitted_at: datetime | None = attempt.submitted_at
        if attempt.left_at is not None:
            store.resume(attempt.id, self._used_before)

    @classmethod
    def begin(
        cls,
        store: AttemptStore,
        form: Form,
        mode: Mode,
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
    ) -> "ExamSession":
        """Start a new attempt of a form; it is on disk when this returns."""
        return cls(store, store.create(form, mode, now()), monotonic, now)

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
        """Simulation or drill."""
        return self._attempt.mode

    @property
    def position(self) -> int:
        """The item on screen, from 0."""
        return self._position

    @property
    def responses(self) -> tuple[Response, ...]:
        """One response for each item, as last given (saved or not)."""
        return tuple(self._responses)

    @property
    def unsaved(self) -> frozenset[int]:
        """The items whose last action did not reach the disk."""
        return frozenset(self._unsaved)

    @property
    def submitted(self) -> bool:
        """Whether the attempt is over."""
        return self._submitted_at is not None

    @property
    def elapsed(self) -> float:
        """Seconds used so far, not more than the form allows."""
        used = self._used_before + (self._monotonic() - self._began)
        return used if self.form.minutes is None else min(used, self.form.minutes * 60.0)

    @property
    def remaining(self) -> float | None:
        """Seconds left, never below zero; None where no clock runs."""
        return None if self.form.minutes is None else self.form.minutes * 60.0 - self.elapsed

    @property
    def expired(self) -> bool:
        """Whether the time is up."""
        remaining = self.remaining
        return remaining is not None and remaining <= 0

    def answer(self, chosen: frozenset[int]) -> None:
        """Choose these options of the item on screen; an empty set takes the answer back.

        Raises:
            DatabaseError: where the answer did not reach the disk; it is kept and ``retry`` writes it again.
        """
        current = self._responses[self._position]
        if self.submitted or current.revealed:
            return
        self._change(self._position, replace(current, chosen=chosen, answered_at=self._now()))

    def toggle_flag(self) -> None:
        """Flag the item on screen, or take its flag away. Raises ``DatabaseError`` as ``answer`` does."""
        current = self._responses[self._position]
        self._change(self._position, replace(current, flagged=not current.flagged))

    def reveal(self) -> Outcome:
        """Show the key of the item on screen (drills only); from then on its answer stands."""
        if self.mode is not Mode.STUDY:
            raise ValueError("a simulation shows no key before the end")
        self._change(self._position, replace(self._responses[self._position], revealed=True))
        return outcome(self.form.items[self._position], self._responses[self._position])

    def go(self, position: int) -> None:
        """Show another item. Raises ``DatabaseError`` where the time spent could not be saved."""
        if position == self._position or not 0 <= position < len(self._responses):
            return
        left = self._position
        spent = replace(self._responses[left], seconds=self._seconds_on(left))
        self._position = position
        self._question_since = self._monotonic()
        self._change(left, spent)
        self._store.heartbeat(self.attempt_id, position, self.elapsed)

    def heartbeat(self) -> None:
        """Persist the time used, so that a crash costs none of it and gives none."""
        if not self.submitted:
            self._store.heartbeat(self.attempt_id, self._position, self.elapsed)

    def retry(self) -> None:
        """Write again what did not reach the disk. Raises ``DatabaseError`` where it still does not."""
        for position in sorted(self._unsaved):
            self._save(position)

    def leave(self) -> None:
        """Leave on purpose: in a simulation the clock runs on, in a drill nothing is lost either."""
        self._keep_time_on_question()
        if not self.submitted:
            self._store.leave(self.attempt_id, self.elapsed, self._now())

    def submit(self) -> Score:
        """End the attempt and score it. Raises ``DatabaseError`` where that could not be written."""
        self._keep_time_on_question()
        self.retry()
        result = score(self.snapshot())
        at = self._now()
        self._store.submit(self.attempt_id, self.elapsed, at, result.total.correct)
        self._submitted_at = at
        return result

    def snapshot(self) -> Attempt:
        """The attempt as it stands."""
        return replace(
            self._attempt,
            responses=self.responses,
            position=self._position,
            elapsed=self.elapsed,
            left_at=None,
            submitted_at=self._submitted_at,
        )

    def _seconds_on(self, position: int) -> float:
        return self._responses[position].seconds + (self._monotonic() - self._question_since)

    def _keep_time_on_question(self) -> None:
        spent = replace(self._responses[self._position], seconds=self._seconds_on(self._position))
        self._question_since = self._monotonic()
        self._change(self._position, spent)

    def _change(self, position: int, response: Response) -> None:
        self._responses[position] = response
        self._unsaved.add(position)
        self._save(position)

    def _save(self, position: int) -> None:
        response = self._responses[position]
        right = outcome(self.form.items[position], response) is Outcome.RIGHT if response.answered else None
        self._store.save_response(self.attempt_id, position, response, right, self.elapsed, self._now())
        self._unsaved.discard(position)


def _time_away(attempt: Attempt, now: datetime) -> float:
    """Seconds that leaving on purpose costs: all of them in a simulation, none elsewhere, never a gain."""
    if attempt.left_at is None or attempt.mode is not Mode.SIMULATION:
        return 0.0
    return max(0.0, (now - attempt.left_at).total_seconds())
