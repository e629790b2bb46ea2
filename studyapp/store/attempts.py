"""Attempts and their responses."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Row, bindparam, case, delete, func, insert, select, update

from studyapp.core.attempt import Attempt, AttemptSummary, BootTime, Mode, Response
from studyapp.core.errors import DatabaseError, StudyError
from studyapp.core.form import Form
from studyapp.core.mastery import chance_level
from studyapp.core.snapshot import form_from_data, form_to_data
from studyapp.store import daily, history
from studyapp.store.connection import Database
from studyapp.store.keys import note_submitted
from studyapp.store.reviews import want_cards
from studyapp.store.tables import attempts, forms, responses

_RESPONSE_COLUMNS = [responses.c[field.name] for field in fields(Response)]
_SAVE_RESPONSE = update(responses).where(
    responses.c.attempt_id == bindparam("of_attempt"), responses.c.position == bindparam("at_position")
)
_UPDATE_ATTEMPT = update(attempts).where(attempts.c.id == bindparam("of_attempt"))
_NOT_LEFT = {"left_at": None, "left_boot": None, "left_seconds": None}
_RUNNING = attempts.c.submitted_at.is_(None)
_COUNT_ANSWERED = (
    select(func.count())
    .where(responses.c.attempt_id == attempts.c.id, responses.c.chosen != frozenset())
    .correlate(attempts)
    .scalar_subquery()
)
_SUMMARIES = select(
    attempts.c.id,
    attempts.c.blueprint_id,
    attempts.c.title,
    attempts.c.mode,
    attempts.c.started_at,
    attempts.c.submitted_at,
    attempts.c.questions,
    case((_RUNNING, _COUNT_ANSWERED), else_=attempts.c.answered),
    func.coalesce(attempts.c.correct, 0),
    attempts.c.pass_mark,
)


class AttemptStore:
    """Attempts, written so that each action is on disk when its call returns.

    Every writing method raises ``DatabaseError`` where the disk is full, the database locked, read-only or damaged;
    nothing of the action is then written, and what was saved before stays.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, form: Form, mode: Mode, now: datetime) -> Attempt:
        """Begin an attempt of a form, with an empty response for each of its items."""
        values = {
            "blueprint_id": form.blueprint_id,
            "title": form.title,
            "mode": mode.value,
            "pass_mark": form.pass_mark,
            "questions": len(form.items),
            "started_at": now,
            "saved_at": now,
            "position": 0,
            "elapsed": 0.0,
            "shown_since": 0.0,
        }
        with self._database.writing() as connection:
            (attempt_id,) = connection.execute(insert(attempts), values).inserted_primary_key or (0,)
            connection.execute(insert(forms), {"attempt_id": attempt_id, "data": form_to_data(form)})
            if form.items:
                connection.execute(insert(responses), _empty_responses(attempt_id, form))
        return Attempt(attempt_id, mode, form, tuple(Response() for _ in form.items), now)

    def load(self, attempt_id: int) -> Attempt:
        """An attempt with its form as it was shown.

        Raises:
            StudyError: where there is no such attempt (any more).
            DatabaseError: where it cannot be read.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                select(attempts, forms.c.data).join(forms).where(attempts.c.id == attempt_id)
            ).first()
            if row is None:
                raise StudyError("This exam is deleted.", "Those that are there are under All exams.")
            answers = connection.execute(
                select(*_RESPONSE_COLUMNS).where(responses.c.attempt_id == attempt_id).order_by(responses.c.position)
            ).all()
        return _to_attempt(row, answers)

    def running(self) -> Attempt | None:
        """The newest attempt that is not submitted, of any mode."""
        with self._database.reading() as connection:
            attempt_id = connection.scalar(select(func.max(attempts.c.id)).where(_RUNNING))
        return None if attempt_id is None else self.load(attempt_id)

    def save_response(
        self,
        attempt_id: int,
        position: int,
        response: Response,
        correct: bool | None,
        elapsed: float,
        now: datetime,
        cards: Collection[str] = (),
        turn_to: int | None = None,
        shown_since: float | None = None,
    ) -> None:
        """Write a response, and the time used (seconds) with it. ``correct`` is None where it is unanswered.

        From when its key is revealed the answer counts in the totals; ``cards`` are then due now. ``turn_to`` is the
        item that comes on screen with this, where one does, ``shown_since`` the time used (seconds) at which the visit
        to the item on screen began; without it that is now where another comes on screen, and else what it was.

        Raises:
            LookupError: where the attempt has no such place.
        """
        values = {
            "of_attempt": attempt_id,
            "at_position": position,
            "correct": None if correct is None else int(correct),
            **{field.name: getattr(response, field.name) for field in fields(Response)},
        }
        progress: dict[str, object] = {"elapsed": elapsed, "saved_at": now}
        if turn_to is not None:
            progress |= {"position": turn_to, "shown_since": elapsed}
        if shown_since is not None:
            progress["shown_since"] = shown_since
        with self._database.writing() as connection:
            _one(connection.execute(_SAVE_RESPONSE, values), f"no place {position} in attempt {attempt_id}")
            connection.execute(_UPDATE_ATTEMPT, {"of_attempt": attempt_id, **progress})
            if response.revealed:
                daily.count_in(connection, attempt_id, now, position)
            want_cards(connection, cards, now)

    def heartbeat(self, attempt_id: int, position: int, elapsed: float, shown_since: float) -> None:
        """Write the item on screen, since when, and the time used (seconds), so that a crash costs none of it."""
        self._update(attempt_id, position=position, elapsed=elapsed, shown_since=shown_since)

    def leave(self, attempt_id: int, elapsed: float, now: datetime, boot: BootTime | None = None) -> None:
        """Write that the learner left on purpose, having used ``elapsed`` seconds."""
        boot_id, seconds = (None, None) if boot is None else (boot.boot, boot.seconds)
        self._update(attempt_id, elapsed=elapsed, left_at=now, left_boot=boot_id, left_seconds=seconds)

    def resume(self, attempt_id: int, elapsed: float) -> None:
        """Write that the learner is back, having used ``elapsed`` seconds in all."""
        self._update(attempt_id, elapsed=elapsed, shown_since=elapsed, **_NOT_LEFT)

    def submit(
        self, attempt_id: int, elapsed: float, now: datetime, correct_count: int, cards: Collection[str] = ()
    ) -> None:
        """End an attempt with ``correct_count`` right answers; its answers now count in the totals, ``cards`` are due.

        Raises:
            LookupError: where there is no such attempt, or it was submitted before.
        """
        values = {
            "submitted_at": now,
            **_NOT_LEFT,
            "elapsed": elapsed,
            "correct": correct_count,
            "answered": _COUNT_ANSWERED,
        }
        with self._database.writing() as connection:
            statement = update(attempts).where(attempts.c.id == attempt_id, _RUNNING).values(values)
            _one(connection.execute(statement), f"no running attempt {attempt_id}")
            daily.count_in(connection, attempt_id, now)
            # The exam may have begun under another key: what it holds is looked at with the next decks.
            note_submitted(connection, attempt_id)
            want_cards(connection, cards, now)

    def discard(self, attempt_id: int) -> None:
        """Delete an attempt with all that belongs to it."""
        with self._database.writing() as connection:
            daily.count_out(connection, attempt_id)
            connection.execute(delete(attempts).where(attempts.c.id == attempt_id))

    def summaries(self, limit: int | None = None) -> list[AttemptSummary]:
        """The attempts, the newest first; ``correct`` is 0 while an attempt runs."""
        with self._database.reading() as connection:
            rows = connection.execute(_SUMMARIES.order_by(attempts.c.id.desc()).limit(limit)).all()
        return [_to_summary(row) for row in rows]

    def running_summaries(self) -> list[AttemptSummary]:
        """The attempts that are not submitted, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(_SUMMARIES.where(_RUNNING).order_by(attempts.c.id.desc())).all()
        return [_to_summary(row) for row in rows]

    def trend(self, newest: int) -> list[AttemptSummary]:
        """The newest submitted simulations, at most so many, in the order they were submitted."""
        statement = _SUMMARIES.where(~_RUNNING, attempts.c.mode == Mode.SIMULATION)
        with self._database.reading() as connection:
            rows = connection.execute(statement.order_by(attempts.c.id.desc()).limit(newest)).all()
        return [_to_summary(row) for row in sorted(rows, key=lambda row: row.submitted_at)]

    def last_seen(self) -> dict[str, float]:
        """When each question was last met (Unix time): submitted in an attempt, or answered in a running one."""
        with self._database.reading() as connection:
            return history.last_seen(connection)

    def missed_by_topic(self) -> dict[str, list[str]]:
        """The questions whose newest answer that counts is wrong, by topic, the newest first."""
        with self._database.reading() as connection:
            return history.missed_by_topic(connection)

    def flagged(self) -> set[str]:
        """The questions that were flagged in the newest submitted attempt that held them."""
        with self._database.reading() as connection:
            return history.flagged(connection)

    def _update(self, attempt_id: int, **values: object) -> None:
        with self._database.writing() as connection:
            changed = connection.execute(_UPDATE_ATTEMPT, {"of_attempt": attempt_id, **values})
            _one(changed, f"no attempt {attempt_id}")


def _one(result: CursorResult[Any], otherwise: str) -> None:
    if result.rowcount != 1:
        raise LookupError(otherwise)


def _empty_responses(attempt_id: int, form: Form) -> list[dict[str, object]]:
    return [
        {
            "attempt_id": attempt_id,
            "position": position,
            "question_id": item.question.id,
            "domain": item.question.domain,
            "topic": item.question.topic,
            "stratum": item.stratum,
            "chosen": frozenset(),
            "flagged": False,
            "revealed": False,
            "seconds": 0.0,
            "struck": frozenset(),
            "note": "",
            "highlights": (),
            "visits": (),
            "seen": item.seen,
            "chance": chance_level(item.question),
        }
        for position, item in enumerate(form.items)
    ]


def _to_attempt(row: Row[Any], answers: Sequence[Row[Any]]) -> Attempt:
    try:
        form = form_from_data(row.data)
    except ValueError as error:
        raise DatabaseError(
            f"Attempt {row.id} was written by a later version of studyapp.", "Install the newest version of studyapp."
        ) from error
    return Attempt(
        id=row.id,
        mode=Mode(row.mode),
        form=form,
        responses=tuple(Response(*answer) for answer in answers),
        started_at=row.started_at,
        position=row.position,
        elapsed=row.elapsed,
        shown_since=row.shown_since,
        left_at=row.left_at,
        left_boot=None if row.left_boot is None else BootTime(row.left_boot, row.left_seconds),
        submitted_at=row.submitted_at,
    )


def _to_summary(row: Sequence[Any]) -> AttemptSummary:
    id_, blueprint_id, title, mode, started_at, submitted_at, questions, answered, correct, pass_mark = row
    return AttemptSummary(
        id=id_,
        blueprint_id=blueprint_id,
        title=title,
        mode=Mode(mode),
        started_at=started_at,
        submitted_at=submitted_at,
        questions=questions,
        answered=answered,
        correct=correct,
        pass_mark=pass_mark,
    )
