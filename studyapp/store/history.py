"""What all attempts together tell: where the learner is weak, what was met when, what was missed.

An answer counts once its attempt is submitted; in a drill, which shows the key at once, from the beginning.
"""

from typing import Literal

from sqlalchemy import Connection, case, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from studyapp.core.attempt import Mode
from studyapp.store.tables import UtcTime, attempts, responses, tallies

_RUNNING = attempts.c.submitted_at.is_(None)
_RUNNING_SIMULATIONS = select(attempts.c.id).where(_RUNNING, attempts.c.mode == Mode.SIMULATION)
_RUNNING_DRILLS = select(attempts.c.id).where(_RUNNING, attempts.c.mode == Mode.STUDY)
_ANSWERED = responses.c.correct.is_not(None)


def area_counts(connection: Connection, level: Literal["domain", "topic"]) -> dict[str, tuple[int, int]]:
    """Right answers and answers of each area: the tallies of what is submitted, and the few drills that run."""
    finished = select(tallies.c[level], tallies.c.correct, tallies.c.answered)
    drilled = select(responses.c[level], responses.c.correct, 1).where(
        responses.c.attempt_id.in_(_RUNNING_DRILLS), _ANSWERED
    )
    counts: dict[str, tuple[int, int]] = {}
    for area, correct, answered in connection.execute(finished.union_all(drilled)):
        before = counts.get(area, (0, 0))
        counts[area] = (before[0] + correct, before[1] + answered)
    return {area: count for area, count in counts.items() if count[1]}


def count_in(connection: Connection, attempt_id: int) -> None:
    """Add the answers of an attempt that is now submitted to the tallies."""
    _add_to_tallies(connection, attempt_id, sign=1)


def count_out(connection: Connection, attempt_id: int) -> None:
    """Take the answers of a submitted attempt out of the tallies, before it is deleted."""
    _add_to_tallies(connection, attempt_id, sign=-1)


def _add_to_tallies(connection: Connection, attempt_id: int, sign: int) -> None:
    answers = (
        select(responses.c.domain, responses.c.topic, sign * func.sum(responses.c.correct), sign * func.count())
        .where(responses.c.attempt_id == attempt_id, _ANSWERED)
        .group_by(responses.c.domain, responses.c.topic)
    )
    statement = insert(tallies).from_select(["domain", "topic", "correct", "answered"], answers)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[tallies.c.domain, tallies.c.topic],
            set_={
                "correct": tallies.c.correct + statement.excluded.correct,
                "answered": tallies.c.answered + statement.excluded.answered,
            },
        )
    )


def last_seen(connection: Connection) -> dict[str, float]:
    """When each question was last met (Unix time): submitted in an attempt, or answered in a running one."""
    met_at = case((_RUNNING, responses.c.answered_at), else_=attempts.c.submitted_at)
    statement = (
        select(responses.c.question_id, func.max(met_at, type_=UtcTime))
        .join(attempts)
        .where(or_(~_RUNNING, _ANSWERED))
        .group_by(responses.c.question_id)
    )
    return {question_id: at.timestamp() for question_id, at in connection.execute(statement)}


def missed(connection: Connection, area: str) -> list[str]:
    """The questions of an area (domain or topic) whose newest answer that counts is wrong, the newest first."""
    # With max() SQLite takes the other columns of a group from the row that holds the maximum.
    newest = (
        select(responses.c.question_id, func.max(responses.c.answered_at).label("at"), responses.c.correct)
        .where(
            responses.c.domain == area.partition(".")[0],
            or_(responses.c.domain == area, responses.c.topic == area),
            _ANSWERED,
            responses.c.attempt_id.not_in(_RUNNING_SIMULATIONS),
        )
        .group_by(responses.c.question_id)
        .subquery()
    )
    statement = select(newest.c.question_id).where(newest.c.correct == 0).order_by(newest.c.at.desc())
    return list(connection.scalars(statement))
