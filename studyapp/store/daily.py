"""Roll-ups: what is read of a long history is kept in totals by day and topic, by day, and by question.

They are written in the transaction that makes an answer count (submitting its attempt, or showing its key) or that
keeps a rating, so that reading them costs the same after ten answers and after a million. ``counted_on`` of a response
tells whether it is in them, and on which day: an answer is counted once, and can be taken out again exactly.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.sqlite import Insert, insert

from studyapp.core.attempt import Confidence
from studyapp.core.scheduler import Rating
from studyapp.store.tables import UtcTime, attempts, days, met_questions, responses, topic_days

CONFIDENCE_COLUMNS = {Confidence.SURE: "sure", Confidence.THINK: "think", Confidence.GUESS: "guess"}
RETIRED = "@"
"""Stands in the id under which the answers to a former key are kept: they count in nothing. No deck may use it."""
AFTER_RETIRED = chr(ord(RETIRED) + 1)
"""Comes next to it as ids are sorted."""
# A question or a card that is left on screen for longer tells nothing of the learner's pace (seconds).
_LONGEST_ANSWER, _LONGEST_REVIEW = 600.0, 120.0
_COUNTABLE = and_(responses.c.correct.is_not(None), responses.c.counted_on.is_(None))


def local_day(at: datetime) -> int:
    """The learner's own day at a time, as an ordinal."""
    return at.astimezone().toordinal()


def count_in(connection: Connection, attempt_id: int, now: datetime, position: int | None = None) -> None:
    """Add the answers of an attempt that do not count yet to the totals; one of them where a position is given.

    Without a position the attempt is over, and all of its questions were met.
    """
    places = responses.c.attempt_id == attempt_id
    if position is not None:
        places = and_(places, responses.c.position == position)
        if connection.scalar(select(literal(1)).where(places, _COUNTABLE)) is None:
            return
    day = local_day(now)
    _add(connection, topic_days, _by_topic(literal(day), and_(places, _COUNTABLE)))
    _add(connection, days, _by_day(literal(day), and_(places, _COUNTABLE)))
    connection.execute(
        _MEET.from_select([c.name for c in met_questions.c], _met(places, now)).on_conflict_do_update(
            set_={
                "met_at": _MEET.excluded.met_at,
                "answered_at": func.coalesce(_MEET.excluded.answered_at, met_questions.c.answered_at),
                "answered": met_questions.c.answered + _MEET.excluded.answered,
                "missed": case((_MEET.excluded.answered > 0, _MEET.excluded.missed), else_=met_questions.c.missed),
                "flagged": _MEET.excluded.flagged,
            }
        )
    )
    connection.execute(update(responses).where(places, _COUNTABLE).values(counted_on=day))


def count_out(connection: Connection, attempt_id: int) -> None:
    """Take an attempt, which is about to be deleted, out of the totals."""
    counted = and_(
        responses.c.attempt_id == attempt_id,
        responses.c.counted_on.is_not(None),
        ~responses.c.question_id.contains(RETIRED),
    )
    count_places(connection, counted, sign=-1)
    over = select(attempts.c.submitted_at).where(attempts.c.id == attempt_id)
    if connection.scalar(over) is None and connection.scalar(select(func.count()).where(counted)) == 0:
        return
    places = select(responses.c.question_id, responses.c.counted_on).where(responses.c.attempt_id == attempt_id)
    for question_id, counted_on in connection.execute(places).all():
        _forget(connection, attempt_id, question_id, counted=int(counted_on is not None))


def count_places(
    connection: Connection, places: ColumnElement[bool], sign: int = 1, given: Mapping[str, str] | None = None
) -> None:
    """Add what was counted once at some places to the totals by day, or with ``sign`` -1 take it out.

    ``given`` are the values of the parameters that the places are told with.
    """
    counted = and_(places, responses.c.counted_on.is_not(None))
    _add(connection, topic_days, _by_topic(responses.c.counted_on, counted), sign, given)
    _add(connection, days, _by_day(responses.c.counted_on, counted), sign, given)


def meet_again(connection: Connection, question_ids: Collection[str]) -> None:
    """Write anew when questions were met and what became of them, from all that stands under their ids."""
    ids = json.dumps(list(question_ids))
    rows: dict[str, list[Row[Any]]] = {}
    for place in connection.execute(_SUBMITTED_PLACES, {"ids": ids}):
        rows.setdefault(place.question_id, []).append(place)
    connection.execute(_FORGET, {"ids": ids})
    if rows:
        connection.execute(insert(met_questions), [_summed_up(places) for places in rows.values()])


def _summed_up(places: Sequence[Row[Any]]) -> dict[str, object]:
    """A row of ``met_questions`` from all places of a question, the oldest first."""
    newest = places[-1]
    answers = [place for place in places if place.counted_on is not None]
    return {
        "question_id": newest.question_id,
        "domain": newest.domain,
        "topic": newest.topic,
        "met_at": newest.submitted_at,
        "answered_at": answers[-1].answered_at if answers else None,
        "answered": len(answers),
        "missed": bool(answers) and not answers[-1].correct,
        "flagged": newest.flagged,
    }


def count_review(connection: Connection, day: int, rating: Rating, seconds: float, *, new: bool, sign: int = 1) -> None:
    """Add a rating to its day, or with ``sign`` -1 take it out; ``new`` is the first rating of a card."""
    values = {
        "day": day,
        "reviews": sign,
        "repeats": 0 if new else sign,
        "recalled": 0 if new or rating is Rating.AGAIN else sign,
        "review_seconds": sign * min(seconds, _LONGEST_REVIEW),
    }
    connection.execute(_COUNT_REVIEW, dict.fromkeys(_DAY_COUNTS, 0) | values)


def _adding(table: Table, statement: Insert, sign: int = 1) -> Insert:
    """Add new rows to those of the same key that are there, column by column."""
    sums = {c.name: c + sign * statement.excluded[c.name] for c in table.c if not c.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums)


_DAY_COUNTS = [column.name for column in days.c if not column.primary_key]
_COUNT_REVIEW = _adding(days, insert(days))
_MEET = insert(met_questions)
_IDS = func.json_each(bindparam("ids")).table_valued("value")
_FORGET = delete(met_questions).where(met_questions.c.question_id.in_(select(_IDS.c.value)))
_SUBMITTED_PLACES: Select[Any] = (
    select(
        responses.c.question_id,
        responses.c.domain,
        responses.c.topic,
        responses.c.correct,
        responses.c.counted_on,
        responses.c.answered_at,
        responses.c.flagged,
        attempts.c.submitted_at,
    )
    .select_from(_IDS.join(responses, responses.c.question_id == _IDS.c.value).join(attempts))
    .where(attempts.c.submitted_at.is_not(None))
    .order_by(attempts.c.submitted_at)
)


def _add(
    connection: Connection, table: Table, rows: Select[Any], sign: int = 1, given: Mapping[str, str] | None = None
) -> None:
    # What is taken out was once put in, so that with a sign of -1 every row meets one of its key.
    names = [column.name for column in table.c]
    connection.execute(_adding(table, insert(table).from_select(names, rows), sign), given)


def _by_topic(day: ColumnElement[Any], where: ColumnElement[bool]) -> Select[Any]:
    """Rows of ``topic_days``."""
    return (
        select(
            responses.c.topic,
            responses.c.seen,
            day,
            func.sum(responses.c.correct),
            func.count(),
            func.sum(responses.c.chance),
        )
        .where(where)
        .group_by(responses.c.topic, responses.c.seen, day)
    )


def _by_day(day: ColumnElement[Any], where: ColumnElement[bool]) -> Select[Any]:
    """Rows of ``days``, with no ratings."""
    sums: dict[str, ColumnElement[Any]] = {
        "answered": func.count(),
        "correct": func.sum(responses.c.correct),
        "seconds": func.sum(func.min(responses.c.seconds, _LONGEST_ANSWER)),
    }
    for confidence, name in CONFIDENCE_COLUMNS.items():
        said = responses.c.confidence == confidence
        sums[name] = func.sum(case((said, 1), else_=0))
        sums[f"{name}_correct"] = func.sum(case((said, responses.c.correct), else_=0))
    columns = [sums.get(name, literal(0)) for name in _DAY_COUNTS]
    return select(day, *columns).where(where).group_by(day)


def _met(places: ColumnElement[bool], now: datetime) -> Select[Any]:
    """Rows of ``met_questions`` for places of one attempt; only what does not count yet is an answer."""
    return select(
        responses.c.question_id,
        responses.c.domain,
        responses.c.topic,
        literal(now, UtcTime),
        responses.c.answered_at,
        case((_COUNTABLE, 1), else_=0),
        and_(_COUNTABLE, responses.c.correct == 0),
        responses.c.flagged,
    ).where(places, true())


def _forget(connection: Connection, attempt_id: int, question_id: str, *, counted: int) -> None:
    """Make ``met_questions`` what it would be if a question had not been met in an attempt."""
    # The index on question_id goes on with the attempt: the newest is found without reading the others.
    others = (
        select(
            responses.c.correct,
            responses.c.answered_at,
            responses.c.flagged,
            func.coalesce(attempts.c.submitted_at, responses.c.answered_at, type_=UtcTime).label("met_at"),
        )
        .join(attempts)
        .where(responses.c.question_id == question_id, responses.c.attempt_id != attempt_id)
        .order_by(responses.c.attempt_id.desc())
        .limit(1)
    )
    row = met_questions.c.question_id == question_id
    counts = responses.c.counted_on.is_not(None)
    met = connection.execute(others.where(or_(attempts.c.submitted_at.is_not(None), counts))).first()
    if met is None:
        connection.execute(delete(met_questions).where(row))
        return
    answer = connection.execute(others.where(counts)).first()
    connection.execute(
        update(met_questions)
        .where(row)
        .values(
            met_at=met.met_at,
            flagged=met.flagged,
            answered=met_questions.c.answered - counted,
            missed=answer is not None and not answer.correct,
            answered_at=None if answer is None else answer.answered_at,
        )
    )
