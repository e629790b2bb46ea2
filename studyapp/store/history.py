"""What all attempts together tell of questions: what was met when, what was missed, what was flagged.

It is read from the roll-up of the questions met and from the few attempts that run.
"""

from sqlalchemy import Connection, select

from studyapp.store.tables import attempts, met_questions, responses

_RUNNING = select(attempts.c.id).where(attempts.c.submitted_at.is_(None))


def last_seen(connection: Connection) -> dict[str, float]:
    """When each question was last met (Unix time): submitted in an attempt, or answered in a running one."""
    met = select(met_questions.c.question_id, met_questions.c.met_at)
    answered = select(responses.c.question_id, responses.c.answered_at).where(
        responses.c.attempt_id.in_(_RUNNING), responses.c.correct.is_not(None)
    )
    seen: dict[str, float] = {}
    for question_id, at in connection.execute(met.union_all(answered)):
        seen[question_id] = max(seen.get(question_id, 0.0), at.timestamp())
    return seen


def missed_by_topic(connection: Connection) -> dict[str, list[str]]:
    """The questions whose newest answer that counts is wrong, by topic, the newest first."""
    statement = (
        select(met_questions.c.topic, met_questions.c.question_id)
        .where(met_questions.c.missed)
        .order_by(met_questions.c.answered_at.desc())
    )
    found: dict[str, list[str]] = {}
    for topic, question_id in connection.execute(statement):
        found.setdefault(topic, []).append(question_id)
    return found


def flagged(connection: Connection) -> set[str]:
    """The questions that were flagged in the newest attempt that counts and held them."""
    return set(connection.scalars(select(met_questions.c.question_id).where(met_questions.c.flagged)))
