"""Decks that change, and histories that follow them."""

from dataclasses import replace
from datetime import UTC, datetime

from builders import bank, blueprint, card, question

from studyapp.core.attempt import Mode
from studyapp.core.deck import Option
from studyapp.core.form import assemble
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.sessions.exam import ExamSession
from studyapp.sessions.workspace import Clock
from studyapp.store.daily import local_day

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PLAN = blueprint([("A", 1, ["a.*"], ())], 4)
QUESTIONS = [question(f"q{i}", "a.x") for i in range(4)]
CARDS = [card("c1", "a.x"), card("c2", "a.x")]


def decks(*questions, cards=CARDS):
    changed = {q.id: q for q in questions}
    kept = [q for q in QUESTIONS if q.id not in {*changed, *(former for q in questions for former in q.was)}]
    return bank([*kept, *questions], cards)


def sit(store, loaded, *, wrong=(), at=NOW):
    """An exam over all questions, wrong where it is said; the id of the attempt."""
    session = begin(store, loaded, at)
    finish(session, wrong)
    return session.attempt_id


def rate(store, card_id, at=NOW):
    before = store.reviews.memory(card_id)
    after = Scheduler().review(before, Rating.GOOD, at)
    store.reviews.record(card_id, "a.x", before, after, Rating.GOOD, at, 5.0)


def answered(store):
    """Answers that count, on the topic and on the day."""
    day = local_day(NOW)
    totals = store.totals.days(day, day)
    counted = sum(t.count for t in store.totals.weighted(store.totals.topics(), day, day, 21.0))
    return counted, sum(t.total.answers for t in totals)


def with_another_key(old):
    return replace(old, options=tuple(Option(o.text, i == 2, o.rationale) for i, o in enumerate(old.options)))


def rekeyed(id_):
    return with_another_key(next(q for q in QUESTIONS if q.id == id_))


def refuse(store, event):
    """Have the database refuse something, until what is returned is called."""
    store.database.raw.execute(f"CREATE TEMP TRIGGER refused BEFORE {event} BEGIN SELECT RAISE(ABORT, 'no'); END")
    return lambda: store.database.raw.execute("DROP TRIGGER refused")


def begin(store, loaded, at=NOW):
    return ExamSession.begin(store.attempts, assemble(loaded, PLAN, 1), Mode.SIMULATION, Clock(now=lambda: at))


def finish(session, wrong=()):
    for i, item in enumerate(session.form.items):
        session.go(i)
        key = item.question.key
        session.answer(frozenset({(min(key) + 1) % 4}) if item.question.id in wrong else key)
    session.submit()
