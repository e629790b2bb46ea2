from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from builders import bank, blueprint, question

from studyapp.core.attempt import Mode
from studyapp.core.errors import DatabaseError
from studyapp.core.form import assemble, assemble_drill
from studyapp.core.scoring import Outcome
from studyapp.sessions.exam import ExamSession
from studyapp.store import open_store


class Clocks:
    """A time of day and a running count of seconds that the test moves, apart from each other if it likes."""

    def __init__(self):
        self.at = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.count = 1000.0

    def now(self):
        return self.at

    def monotonic(self):
        return self.count

    def go_on(self, seconds):
        self.at += timedelta(seconds=seconds)
        self.count += seconds


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def form():
    questions = [question(f"q{i}", "a.x", key=(i % 4,)) for i in range(10)]
    return assemble(bank(questions), blueprint([("A", 1, ["a.*"], ())], 10, minutes=20), 1)


def begin(store, form, clocks, mode=Mode.SIMULATION):
    return ExamSession.begin(store.attempts, form, mode, clocks.monotonic, clocks.now)


def reopened(store, session, clocks):
    return ExamSession(store.attempts, store.attempts.load(session.attempt_id), clocks.monotonic, clocks.now)


def test_an_answer_is_in_the_database_when_the_call_returns(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(12)
    session.answer(frozenset({2}))
    session.toggle_flag()
    stored = store.attempts.load(session.attempt_id)
    assert stored.responses[0].chosen == {2}
    assert stored.responses[0].flagged
    assert stored.elapsed == pytest.approx(12)
    assert stored.form == form


def test_a_crash_neither_costs_time_nor_gives_it(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(100)
    session.heartbeat()
    clocks.go_on(3 * 3600)  # the machine was off
    again = reopened(store, session, clocks)
    assert again.remaining == pytest.approx(20 * 60 - 100)


def test_leaving_a_simulation_on_purpose_lets_the_clock_run_on(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(60)
    session.leave()
    clocks.go_on(300)
    again = reopened(store, session, clocks)
    assert again.remaining == pytest.approx(20 * 60 - 360)
    # And a crash after coming back costs nothing on top.
    clocks.go_on(40)
    again.heartbeat()
    clocks.go_on(999)
    assert reopened(store, session, clocks).remaining == pytest.approx(20 * 60 - 400)


def test_leaving_for_longer_than_the_exam_ends_it(store, form, clocks):
    session = begin(store, form, clocks)
    session.answer(session.form.items[0].question.key)
    session.leave()
    clocks.go_on(86_400)
    again = reopened(store, session, clocks)
    assert again.expired
    assert again.remaining == 0
    assert again.submit().total.correct == 1


def test_a_changed_time_of_day_changes_nothing_while_the_exam_runs(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(30)
    clocks.at -= timedelta(days=2)
    assert session.remaining == pytest.approx(20 * 60 - 30)
    session.answer(frozenset({1}))
    clocks.at += timedelta(days=9)
    assert session.remaining == pytest.approx(20 * 60 - 30)


def test_a_clock_set_back_while_away_gives_no_time(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(60)
    session.leave()
    clocks.at -= timedelta(hours=5)
    assert reopened(store, session, clocks).remaining == pytest.approx(20 * 60 - 60)


def test_time_is_kept_for_each_question(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(20)
    session.go(3)
    clocks.go_on(7)
    session.answer(frozenset({0}))
    session.go(0)
    clocks.go_on(5)
    session.go(9)
    responses = store.attempts.load(session.attempt_id).responses
    assert [r.seconds for r in responses][:4] == pytest.approx([25, 0, 0, 7])
    assert store.attempts.load(session.attempt_id).position == 9


def test_after_submitting_nothing_changes_any_more(store, form, clocks):
    session = begin(store, form, clocks)
    for position, item in enumerate(form.items[:7]):
        session.go(position)
        session.answer(item.question.key)
    result = session.submit()
    assert (result.total.correct, result.total.questions) == (7, 10)
    session.answer(frozenset({3}))
    stored = store.attempts.load(session.attempt_id)
    assert stored.submitted_at == clocks.at
    assert stored.responses[6].chosen == form.items[6].question.key
    (summary,) = store.attempts.summaries()
    assert (summary.correct, summary.answered, summary.questions) == (7, 7, 10)


def test_a_write_that_fails_keeps_the_answer_and_a_retry_saves_it(store, form, clocks, monkeypatch):
    session = begin(store, form, clocks)
    # A full disk cannot be had for one call alone: the failing write stands in for it, the store's own tests fill one.
    with monkeypatch.context() as broken:

        def fail(*_args):
            raise DatabaseError("The disk is full.", "Free some room.")

        broken.setattr(store.attempts, "save_response", fail)
        with pytest.raises(DatabaseError):
            session.answer(frozenset({1}))
        assert session.responses[0].chosen == {1}
        assert session.unsaved == {0}
        with pytest.raises(DatabaseError):
            session.submit()
    assert store.attempts.load(session.attempt_id).responses[0].chosen == frozenset()
    session.retry()
    assert session.unsaved == frozenset()
    assert store.attempts.load(session.attempt_id).responses[0].chosen == {1}


def test_a_drill_has_no_clock_and_an_answer_stands_once_revealed(store, clocks):
    form = assemble_drill(bank([question("q", "a.x"), question("r", "a.x")]), "a", "Area", 5, 1)
    session = begin(store, form, clocks, Mode.STUDY)
    assert session.remaining is None
    session.answer(form.items[0].question.key)
    assert session.reveal() is Outcome.RIGHT
    session.answer(frozenset({3}))
    assert session.responses[0].chosen == form.items[0].question.key
    session.leave()
    clocks.go_on(99_999)
    assert reopened(store, session, clocks).responses[0].revealed


def test_a_simulation_reveals_nothing(store, form, clocks):
    with pytest.raises(ValueError, match="simulation"):
        begin(store, form, clocks).reveal()


def test_old_results_do_not_change_when_the_deck_does(store, form, clocks):
    session = begin(store, form, clocks)
    session.answer(form.items[0].question.key)
    session.submit()
    edited = replace(form.items[0].question, stem="Another stem?")
    assert edited.stem != store.attempts.load(session.attempt_id).form.items[0].question.stem
    assert store.attempts.load(session.attempt_id).form == form
