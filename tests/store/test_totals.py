"""The roll-ups say what the raw answers and ratings say, whatever is submitted, revealed, undone or discarded."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from math import isclose

import pytest

from studyapp.core.attempt import Attempt, Confidence, Mode, Response
from studyapp.core.daily import Count
from studyapp.core.form import Form
from studyapp.core.mastery import DailyTotal, Evidence, WeightedTotal, weigh
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.sessions.steps import finish
from studyapp.store import Store
from studyapp.store.daily import local_day

MakeForm = Callable[..., Form]
RIGHT, WRONG = frozenset({0}), frozenset({1})


def answer(
    store: Store,
    attempt: Attempt,
    position: int,
    right: bool,
    at: datetime,
    *,
    revealed: bool = False,
    seconds: float = 30.0,
    confidence: Confidence | None = None,
    cards: tuple[str, ...] = (),
) -> None:
    response = Response(
        RIGHT if right else WRONG, answered_at=at, revealed=revealed, seconds=seconds, confidence=confidence
    )
    store.attempts.save_response(attempt.id, position, response, right, 1.0, at, cards)


def totals(store: Store) -> set[DailyTotal]:
    rows = store.database.raw.execute("SELECT day, topic, seen, correct, answered, chance FROM topic_days")
    return {DailyTotal(day, topic, bool(seen), *counts) for day, topic, seen, *counts in rows}


def evidence(store: Store, day: int) -> Evidence:
    return finish(store.totals.evidence(day))


def test_an_answer_counts_once_from_when_its_key_is_shown(store: Store, make_form: MakeForm, now: datetime) -> None:
    day = local_day(now)
    study = store.attempts.create(make_form("a.x", "a.x", "a.x", "b.x"), Mode.STUDY, now)
    answer(store, study, 0, True, now)
    assert totals(store) == set()
    for _ in range(3):
        answer(store, study, 0, True, now, revealed=True)
    one = DailyTotal(day, "a.x", False, 1, 1, 1 / 6)
    assert totals(store) == {one}
    answer(store, study, 1, False, now)
    answer(store, study, 2, False, now)
    store.attempts.submit(study.id, 9.0, now + timedelta(days=1), 1)
    # The third question of the form was met before.
    fresh, seen = (DailyTotal(day + 1, "a.x", s, 0, 1, 1 / 6) for s in (False, True))
    assert totals(store) == {one, fresh, seen}
    assert store.totals.answers() == {"a.x": 3}


def test_a_day_tells_time_confidence_and_answers(store: Store, make_form: MakeForm, now: datetime) -> None:
    exam = store.attempts.create(make_form("a.x", "a.y", "b.x", "b.y"), Mode.SIMULATION, now)
    answer(store, exam, 0, True, now, confidence=Confidence.SURE)
    answer(store, exam, 1, False, now, confidence=Confidence.SURE)
    answer(store, exam, 2, True, now, seconds=50_000.0)
    store.attempts.submit(exam.id, 9.0, now, 2)
    (day,) = store.totals.days(0, 10**7)
    assert (day.day, day.total) == (local_day(now), Count(2, 3))
    assert day.by_confidence == {Confidence.SURE: Count(1, 2)}
    assert day.seconds == 30 + 30 + 600
    assert store.totals.first_day() == day.day


def test_ratings_are_counted_by_day_and_taken_back(store: Store, now: datetime) -> None:
    scheduler = Scheduler()

    def rate(card: str, rating: Rating, at: datetime, seconds: float = 8.0) -> int:
        before = store.reviews.memory(card)
        after = scheduler.review(before, rating, at)
        return store.reviews.record(card, "a.x", before, after, rating, at, seconds)

    def told() -> list[tuple[int, int, int, float]]:
        return [(d.reviews, d.repeats, d.recalled, d.review_seconds) for d in store.totals.days(0, 10**7)]

    rate("c1", Rating.GOOD, now)
    rate("c1", Rating.AGAIN, now, seconds=9_999.0)
    last = rate("c1", Rating.HARD, now)
    assert told() == [(3, 2, 1, 8 + 120 + 8)]
    store.reviews.undo(last)
    assert told() == [(2, 1, 0, 128)]


def test_evidence_is_what_the_model_weighs(store: Store, make_form: MakeForm, now: datetime) -> None:
    draw = random.Random(4)
    for days in (0, 1, 1, 13, 40, 90):
        topics = [draw.choice(["a.x", "a.y", "b.x"]) for _ in range(8)]
        attempt = store.attempts.create(make_form(*topics), Mode.SIMULATION, now)
        for place in range(8):
            answer(store, attempt, place, draw.random() < 0.6, now)
        store.attempts.submit(attempt.id, 1.0, now + timedelta(days=days), 0)
    for today in (local_day(now) + d for d in (0, 5, 39, 90, 95)):
        expected = weigh(totals(store), today)
        found = evidence(store, today)
        assert found.idle == expected.idle
        known = {(t.topic, t.seen): t for t in found.totals}
        assert known.keys() == {(t.topic, t.seen) for t in expected.totals}
        for total in expected.totals:
            other = known[total.topic, total.seen]
            for field in fields(WeightedTotal)[2:]:
                assert isclose(getattr(total, field.name), getattr(other, field.name), abs_tol=1e-9), field.name
    assert evidence(store, local_day(now) - 1).totals == ()


@pytest.mark.parametrize("mode", [Mode.SIMULATION, Mode.STUDY])
def test_an_attempt_that_is_discarded_leaves_no_trace(
    store: Store, make_form: MakeForm, now: datetime, mode: Mode
) -> None:
    def everything() -> list[str]:
        rows = store.database.raw.iterdump()
        return [row for row in rows if "topic_days" in row or '"days"' in row or "met_questions" in row]

    def sit(at: datetime, right: bool) -> Attempt:
        attempt = store.attempts.create(make_form("a.x", "a.y", "b.x"), mode, at)
        for place in (0, 1):
            answer(store, attempt, place, right, at, revealed=mode is Mode.STUDY and place == 0)
        return attempt

    first = sit(now, right=False)
    store.attempts.submit(first.id, 1.0, now, 0)
    before = Counter(line for line in everything() if "VALUES" in line)
    for submitted in (True, False):
        gone = sit(now + timedelta(hours=1), right=True)
        if submitted:
            store.attempts.submit(gone.id, 1.0, now + timedelta(hours=2), 2)
        store.attempts.discard(gone.id)
        assert Counter(line for line in everything() if "VALUES" in line) == before
    assert store.attempts.missed_by_topic() == {"a.x": ["q0"], "a.y": ["q1"]}


def test_what_was_missed_makes_its_cards_due(store: Store, make_form: MakeForm, now: datetime) -> None:
    memory = Scheduler().review(None, Rating.EASY, now)
    store.reviews.record("c1", "a.x", None, memory, Rating.EASY, now, 5.0)
    attempt = store.attempts.create(make_form("a.x", "a.y"), Mode.STUDY, now)
    later = now + timedelta(hours=1)
    answer(store, attempt, 0, False, later, revealed=True, cards=("c1", "c2"))
    assert store.reviews.dues() == {"c1": later}
    assert store.reviews.wanted() == {"c1": later, "c2": later}
    again = later + timedelta(hours=1)
    store.attempts.submit(attempt.id, 1.0, again, 0, cards=("c2",))
    assert store.reviews.wanted() == {"c1": later, "c2": again}
    # What is overdue already stays so.
    assert store.reviews.dues() == {"c1": later}
    assert store.reviews.lapses() == {}


def test_what_is_kept_of_the_evidence_goes_with_the_next_answer(
    store: Store, make_form: MakeForm, now: datetime
) -> None:
    study = store.attempts.create(make_form("a.x", "a.x"), Mode.STUDY, now)
    answer(store, study, 0, True, now, revealed=True)
    first = evidence(store, local_day(now))
    assert evidence(store, local_day(now)) is first
    answer(store, study, 1, False, now, revealed=True)
    assert evidence(store, local_day(now)) != first
