"""Attempts come back as they were written, and the aggregates count what they promise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studyapp.core.attempt import Attempt, AttemptSummary, BootTime, Confidence, Mode, Response, Visit
from studyapp.core.errors import DatabaseError, StudyError
from studyapp.core.form import Form
from studyapp.store import Store, open_store, read_last_seen

MakeForm = Callable[..., Form]
RIGHT, WRONG = frozenset({0}), frozenset({1})


def answer(store: Store, attempt: Attempt, position: int, right: bool, at: datetime, *, revealed: bool = False) -> None:
    response = Response(RIGHT if right else WRONG, answered_at=at, revealed=revealed)
    store.attempts.save_response(attempt.id, position, response, right, 1.0, at)


def sit(store: Store, form: Form, mode: Mode, rights: list[bool | None], at: datetime) -> int:
    """A submitted attempt with these answers; None leaves a question unanswered."""
    attempt = store.attempts.create(form, mode, at)
    for position, right in enumerate(rights):
        if right is not None:
            answer(store, attempt, position, right, at + timedelta(seconds=position))
    store.attempts.submit(attempt.id, 60.0, at + timedelta(hours=1), sum(r is True for r in rights))
    return attempt.id


def test_a_new_attempt_comes_back_as_created(folder: Path, make_form: MakeForm, now: datetime) -> None:
    form = make_form("a.x", "a.y", "b.x")
    with open_store(folder) as store:
        created = store.attempts.create(form, Mode.SIMULATION, now)
        assert store.attempts.load(created.id) == created
    with open_store(folder) as store:
        assert store.attempts.running() == created


def test_every_field_of_an_attempt_survives(folder: Path, make_form: MakeForm, now: datetime) -> None:
    responses = (
        Response(
            frozenset({0, 5}),
            flagged=True,
            revealed=True,
            seconds=12.75,
            answered_at=now,
            first_chosen=frozenset({0, 1}),
            struck=frozenset({2, 3}),
            note="Ünïcode 😀\nand a second line",
            confidence=Confidence.THINK,
            highlights=((0, 4), (9, 12)),
            visits=(Visit(0.0, 2.75), Visit(10.5, 10.0)),
        ),
        Response(
            frozenset({3}), flagged=False, revealed=False, seconds=0.1, answered_at=now + timedelta(microseconds=1)
        ),
        Response(flagged=True, seconds=3.0),
    )
    with open_store(folder) as store:
        attempt = store.attempts.create(make_form("a.x", "a.y", "b.x"), Mode.STUDY, now)
        for position, response in enumerate(responses):
            correct = False if response.answered else None
            store.attempts.save_response(attempt.id, position, response, correct, 20.5, now)
        store.attempts.heartbeat(attempt.id, 2, 31.25, 30.5)
        boot = BootTime("a boot", 1234.5)
        store.attempts.leave(attempt.id, 32.5, now + timedelta(minutes=1), boot)
        left = replace(
            attempt,
            responses=responses,
            position=2,
            elapsed=32.5,
            shown_since=30.5,
            left_at=now + timedelta(minutes=1),
            left_boot=boot,
        )
        here = replace(left, left_at=None, left_boot=None, shown_since=40.0)
    with open_store(folder) as store:
        assert store.attempts.load(attempt.id) == left
        store.attempts.resume(attempt.id, 40.0)
        assert store.attempts.load(attempt.id) == replace(here, elapsed=40.0)
        submitted_at = now + timedelta(hours=1)
        store.attempts.submit(attempt.id, 41.0, submitted_at, 0)
        assert store.attempts.load(attempt.id) == replace(here, elapsed=41.0, submitted_at=submitted_at)


def test_turning_to_another_question_is_one_write(store: Store, make_form: MakeForm, now: datetime) -> None:
    attempt = store.attempts.create(make_form("a.x", "a.y"), Mode.SIMULATION, now)
    statements: list[str] = []
    store.database.raw.set_trace_callback(statements.append)
    left = Response(visits=(Visit(0.0, 7.5),), seconds=7.5)
    store.attempts.save_response(attempt.id, 0, left, None, 7.5, now, turn_to=1)
    store.database.raw.set_trace_callback(None)
    assert [s.partition(" ")[0] for s in statements] == ["BEGIN", "UPDATE", "UPDATE", "COMMIT"]
    loaded = store.attempts.load(attempt.id)
    assert (loaded.position, loaded.shown_since, loaded.elapsed, loaded.responses[0]) == (1, 7.5, 7.5, left)


def test_an_answer_taken_back_is_none(store: Store, make_form: MakeForm, now: datetime) -> None:
    attempt = store.attempts.create(make_form("a.x"), Mode.STUDY, now)
    answer(store, attempt, 0, True, now)
    store.attempts.save_response(attempt.id, 0, Response(answered_at=now), None, 2.0, now)
    assert store.attempts.load(attempt.id).responses == (Response(answered_at=now),)
    assert store.totals.answers() == {}
    assert store.attempts.summaries()[0].answered == 0


def test_a_form_without_questions_can_be_kept(store: Store, make_form: MakeForm, now: datetime) -> None:
    attempt = store.attempts.create(make_form(minutes=None), Mode.STUDY, now)
    assert store.attempts.load(attempt.id) == attempt


def test_running_is_the_newest_that_is_not_submitted(store: Store, make_form: MakeForm, now: datetime) -> None:
    assert store.attempts.running() is None
    first = store.attempts.create(make_form("a.x"), Mode.SIMULATION, now)
    second = store.attempts.create(make_form("a.y"), Mode.STUDY, now)
    assert store.attempts.running() == second
    store.attempts.submit(second.id, 1.0, now, 0)
    assert store.attempts.running() == first
    store.attempts.discard(first.id)
    assert store.attempts.running() is None


def test_summaries_are_newest_first_and_tell_the_score(store: Store, make_form: MakeForm, now: datetime) -> None:
    form = make_form("a.x", "a.y", "b.x")
    done = sit(store, form, Mode.SIMULATION, [True, False, None], now)
    runs = store.attempts.create(form, Mode.STUDY, now)
    answer(store, runs, 0, True, now)
    older = AttemptSummary(
        id=done,
        blueprint_id="pde-reported-count",
        title="Reported “count”",
        mode=Mode.SIMULATION,
        started_at=now,
        submitted_at=now + timedelta(hours=1),
        questions=3,
        answered=2,
        correct=1,
        pass_mark=0.7,
    )
    newer = replace(older, id=runs.id, mode=Mode.STUDY, submitted_at=None, answered=1, correct=0)
    assert store.attempts.summaries() == [newer, older]
    assert store.attempts.summaries(limit=1) == [newer]


def test_the_trend_is_the_submitted_simulations_in_order(store: Store, make_form: MakeForm, now: datetime) -> None:
    form = make_form("a.x")
    later = sit(store, form, Mode.SIMULATION, [True], now + timedelta(days=1))
    earlier = sit(store, form, Mode.SIMULATION, [True], now)
    sit(store, form, Mode.STUDY, [True], now)
    store.attempts.create(form, Mode.SIMULATION, now)
    assert [summary.id for summary in store.attempts.trend(9)] == [earlier, later]
    assert [summary.id for summary in store.attempts.trend(1)] == [earlier]


def test_the_totals_take_submitted_attempts_and_what_study_revealed(
    store: Store, make_form: MakeForm, now: datetime
) -> None:
    form = make_form("a.x", "a.y", "b.x", "b.x")
    sit(store, form, Mode.SIMULATION, [True, False, None, True], now)
    sit(store, form, Mode.STUDY, [True, None, False, None], now)
    study = store.attempts.create(form, Mode.STUDY, now)
    answer(store, study, 0, False, now, revealed=True)
    answer(store, study, 1, True, now)
    simulation = store.attempts.create(form, Mode.SIMULATION, now)
    answer(store, simulation, 0, True, now)
    assert store.totals.answers() == {"a.x": 3, "a.y": 1, "b.x": 2}


def test_discarding_takes_answers_out_of_the_counts(store: Store, make_form: MakeForm, now: datetime) -> None:
    form = make_form("a.x", "a.y")
    kept = sit(store, form, Mode.SIMULATION, [True, False], now)
    gone = sit(store, form, Mode.SIMULATION, [True, True], now)
    store.attempts.discard(gone)
    assert store.totals.answers() == {"a.x": 1, "a.y": 1}
    store.attempts.discard(kept)
    assert store.totals.answers() == {}
    assert store.attempts.last_seen() == {}
    with pytest.raises(StudyError, match="deleted"):
        store.attempts.load(kept)


def test_last_seen_is_the_newest_time_a_question_was_met(
    store: Store, folder: Path, make_form: MakeForm, now: datetime
) -> None:
    sit(store, make_form("a.x", "a.y"), Mode.SIMULATION, [None, True], now)
    again = store.attempts.create(make_form("a.x", "a.y", "a.z"), Mode.SIMULATION, now)
    answered_at = now + timedelta(hours=2)
    answer(store, again, 1, True, answered_at)
    expected = {"q0": (now + timedelta(hours=1)).timestamp(), "q1": answered_at.timestamp()}
    assert store.attempts.last_seen() == expected
    assert read_last_seen(folder) == expected


def test_missed_is_what_was_answered_wrong_last(store: Store, make_form: MakeForm, now: datetime) -> None:
    form = make_form("a.x", "a.y", "a.y", "b.x", "a.x")
    sit(store, form, Mode.SIMULATION, [False, False, True, False, None], now)
    sit(store, form, Mode.STUDY, [True, None, False, None, None], now + timedelta(days=1))
    simulation = store.attempts.create(form, Mode.SIMULATION, now + timedelta(days=2))
    answer(store, simulation, 4, False, now + timedelta(days=2))
    assert store.attempts.missed_by_topic() == {"a.y": ["q2", "q1"], "b.x": ["q3"]}


def test_what_is_not_there_cannot_be_changed(store: Store, make_form: MakeForm, now: datetime) -> None:
    attempt = store.attempts.create(make_form("a.x"), Mode.STUDY, now)
    with pytest.raises(LookupError):
        answer(store, attempt, 1, True, now)
    with pytest.raises(LookupError):
        store.attempts.heartbeat(attempt.id + 1, 0, 1.0, 0.0)
    store.attempts.submit(attempt.id, 1.0, now, 0)
    with pytest.raises(LookupError):
        store.attempts.submit(attempt.id, 1.0, now, 0)


def test_a_time_without_a_zone_is_refused(store: Store, make_form: MakeForm, now: datetime) -> None:
    with pytest.raises(Exception, match="without a zone"):
        store.attempts.create(make_form("a.x"), Mode.STUDY, now.replace(tzinfo=None))
    assert store.attempts.summaries() == []


def test_a_snapshot_of_a_later_version_is_an_error_with_a_sentence(
    store: Store, make_form: MakeForm, now: datetime
) -> None:
    attempt = store.attempts.create(make_form("a.x"), Mode.STUDY, now)
    store.database.raw.execute("UPDATE forms SET data = json_set(data, '$.version', 99)")
    with pytest.raises(DatabaseError, match="later version"):
        store.attempts.load(attempt.id)
