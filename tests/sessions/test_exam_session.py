import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from builders import bank, blueprint, question

from studyapp.core.attempt import Confidence, Mode, Visit
from studyapp.core.errors import DatabaseError
from studyapp.core.form import assemble, assemble_drill
from studyapp.core.scoring import Outcome
from studyapp.sessions.exam import Action, ExamSession
from studyapp.sessions.workspace import Clock
from studyapp.store import open_store


class Clocks:
    """A time of day and two counts of seconds that the test moves, apart from each other if it likes."""

    def __init__(self):
        self.at = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.awake = 1000.0
        self.since_boot = 5000.0
        self.boot = ""
        self.clock = Clock(lambda: self.at, lambda: self.awake, lambda: self.since_boot, lambda: self.boot)

    def go_on(self, seconds):
        self.suspend(seconds)
        self.awake += seconds

    def suspend(self, seconds):
        self.at += timedelta(seconds=seconds)
        self.since_boot += seconds

    def restart(self, seconds):
        """The machine is off for so long, and then counts from nothing."""
        self.at += timedelta(seconds=seconds)
        self.awake = self.since_boot = 20.0
        self.boot = "another"


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
    return ExamSession.begin(store.attempts, form, mode, clocks.clock)


def reopened(store, session, clocks):
    return ExamSession(store.attempts, store.attempts.load(session.attempt_id), clocks.clock)


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


def test_an_answer_after_the_time_is_not_taken_and_a_note_is_kept(store, form, clocks):
    session = begin(store, form, clocks)
    session.answer(frozenset({0}))
    clocks.go_on(20 * 60)
    session.answer(frozenset({1}))
    session.strike(2)
    session.set_confidence(Confidence.SURE)
    session.set_note("begun before the end")
    response = reopened(store, session, clocks).response
    assert (response.chosen, response.struck, response.confidence) == ({0}, frozenset(), None)
    assert response.note == "begun before the end"


def test_a_changed_time_of_day_changes_nothing_while_the_exam_runs(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(30)
    clocks.at -= timedelta(days=2)
    assert session.remaining == pytest.approx(20 * 60 - 30)
    session.answer(frozenset({1}))
    clocks.at += timedelta(days=9)
    assert session.remaining == pytest.approx(20 * 60 - 30)


@pytest.mark.parametrize("boot", ["", "this"])
def test_a_clock_set_back_while_away_gives_no_time(store, form, clocks, boot):
    clocks.boot = boot
    session = begin(store, form, clocks)
    clocks.go_on(60)
    session.leave()
    clocks.at -= timedelta(hours=5)
    assert reopened(store, session, clocks).remaining == pytest.approx(20 * 60 - 60)


def test_the_count_since_boot_tells_how_long_one_was_away_whatever_the_clock_says(store, form, clocks):
    clocks.boot = "this"
    session = begin(store, form, clocks)
    clocks.go_on(60)
    session.leave()
    clocks.suspend(200)
    clocks.at += timedelta(days=400)
    assert reopened(store, session, clocks).remaining == pytest.approx(20 * 60 - 260)


def test_after_a_restart_the_time_of_day_tells_how_long_one_was_away(store, form, clocks):
    clocks.boot = "this"
    session = begin(store, form, clocks)
    clocks.go_on(60)
    session.leave()
    clocks.restart(300)
    assert reopened(store, session, clocks).remaining == pytest.approx(20 * 60 - 360)


def test_a_time_zone_is_nothing_to_the_clock(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(60)
    session.leave()
    clocks.at = clocks.at.astimezone(timezone(timedelta(hours=9)))
    clocks.go_on(30)
    assert reopened(store, session, clocks).remaining == pytest.approx(20 * 60 - 90)


@pytest.mark.parametrize(("mode", "used"), [(Mode.SIMULATION, 130), (Mode.CUSTOM, 30), (Mode.STUDY, 30)])
def test_a_suspended_laptop_is_leaving_in_a_simulation_and_a_pause_elsewhere(store, form, clocks, mode, used):
    session = begin(store, form, clocks, mode)
    clocks.go_on(20)
    clocks.suspend(100)
    clocks.go_on(10)
    assert session.elapsed == pytest.approx(used)
    session.heartbeat()
    assert reopened(store, session, clocks).elapsed == pytest.approx(used)


@pytest.mark.parametrize("mode", [Mode.CUSTOM, Mode.STUDY])
def test_a_pause_costs_nothing_and_hides_the_question(store, form, clocks, mode):
    session = begin(store, form, clocks, mode)
    clocks.go_on(10)
    session.pause()
    clocks.go_on(500)
    assert session.paused
    session.answer(frozenset({1}))
    session.go(3)
    assert (session.position, session.response.chosen, session.elapsed) == (0, frozenset(), 10)
    # A crash while it is paused costs nothing either.
    assert reopened(store, session, clocks).elapsed == pytest.approx(10)
    session.resume()
    clocks.go_on(5)
    session.go(1)
    assert session.responses[0].visits == (Visit(0, 15),)
    session.leave()
    clocks.go_on(500)
    assert reopened(store, session, clocks).elapsed == pytest.approx(15)


def test_a_simulation_does_not_pause(store, form, clocks):
    session = begin(store, form, clocks)
    assert not session.may_pause
    with pytest.raises(ValueError, match="simulation"):
        session.pause()


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


def test_each_visit_is_kept_and_so_is_one_that_a_crash_cut_in_two(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(20)
    session.go(3)
    clocks.go_on(7)
    session.go(0)
    clocks.go_on(5)
    session.heartbeat()
    clocks.go_on(1000)
    again = reopened(store, session, clocks)
    clocks.go_on(4)
    again.go(1)
    assert again.responses[0].visits == (Visit(0, 20), Visit(27, 9))
    assert again.responses[3].visits == (Visit(20, 7),)
    assert again.responses[0].seconds == 29
    assert store.attempts.load(session.attempt_id).responses == again.responses


def test_time_away_belongs_to_no_question(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(20)
    session.leave()
    clocks.go_on(100)
    again = reopened(store, session, clocks)
    clocks.go_on(3)
    again.heartbeat()
    again = reopened(store, again, clocks)
    clocks.go_on(2)
    again.go(1)
    assert again.responses[0].visits == (Visit(0, 20), Visit(120, 5))
    assert again.elapsed == 125


def test_the_first_answer_and_the_last_are_kept(store, clocks):
    held = [question("one", "a.x"), question("two", "a.x", key=(0, 2), options=5)]
    form = assemble(bank(held), blueprint([("A", 1, ["a.*"], ())], 2), 1)
    session = begin(store, form, clocks)
    picks = {1: [{1}, {0}], 2: [{0}, {0, 1}, {1}, {1, 2}]}
    for position, item in enumerate(form.items):
        session.go(position)
        for chosen in picks[len(item.question.key)]:
            session.answer(frozenset(chosen))
    stored = store.attempts.load(session.attempt_id)
    kept = {len(i.question.key): r for i, r in zip(form.items, stored.responses, strict=True)}
    assert (kept[1].first_chosen, kept[1].chosen) == ({1}, {0})
    # An answer that lacks a pick is not a first answer yet.
    assert (kept[2].first_chosen, kept[2].chosen) == ({0, 1}, {1, 2})


def test_every_action_is_in_the_database_when_its_call_returns(store, form, clocks):
    session = begin(store, form, clocks)

    def stored():
        return store.attempts.load(session.attempt_id).responses[0]

    session.answer(frozenset({1}))
    session.strike(2)
    assert stored().struck == {2}
    session.strike(1)
    assert (stored().struck, stored().chosen, stored().first_chosen) == ({1, 2}, set(), {1})
    session.answer(frozenset({2}))
    assert (stored().struck, stored().chosen) == ({1}, {2})
    session.strike(1)
    assert stored().struck == set()
    session.set_note("Ask about “quota”")
    assert stored().note == "Ask about “quota”"
    session.set_confidence(Confidence.GUESS)
    assert stored().confidence is Confidence.GUESS
    session.set_confidence(None)
    assert stored().confidence is None
    session.add_highlight(3, 9)
    session.add_highlight(9, 12)
    session.add_highlight(20, 25)
    assert stored().highlights == ((3, 12), (20, 25))
    session.clear_highlight(5, 7)
    assert stored().highlights == ((3, 5), (7, 12), (20, 25))
    assert stored() == session.response


def test_the_cards_of_what_was_missed_or_guessed_are_wanted(store, clocks):
    held = [question(f"q{i}", "a.x", cards=(f"c{i}",)) for i in range(4)]
    form = assemble(bank(held), blueprint([("A", 1, ["a.*"], ())], 4), 1)
    session = begin(store, form, clocks)
    ids = [item.question.id for item in form.items]
    for position, (chosen, confidence) in enumerate(
        [(0, None), (1, Confidence.SURE), (0, Confidence.GUESS), (None, None)]
    ):
        session.go(position)
        key = min(form.items[position].question.key)
        if chosen is not None:
            session.answer(frozenset({key if chosen == 0 else (key + 1) % 4}))
        session.set_confidence(confidence)
    session.submit()
    wanted = store.database.raw.execute("SELECT card_id FROM wanted_cards").fetchall()
    assert {card for (card,) in wanted} == {f"c{ids[1][1:]}", f"c{ids[2][1:]}"}


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
        assert session.unsaved == {0: {Action.ANSWER}}
        with pytest.raises(DatabaseError):
            session.submit()
    assert store.attempts.load(session.attempt_id).responses[0].chosen == frozenset()
    session.retry()
    assert not session.unsaved
    assert store.attempts.load(session.attempt_id).responses[0].chosen == {1}


@contextmanager
def full(store):
    """No page is left for the database file."""
    pages = store.database.raw.execute("PRAGMA page_count").fetchone()[0]
    store.database.raw.execute(f"PRAGMA max_page_count = {pages}")
    yield
    store.database.raw.execute("PRAGMA max_page_count = 100000")


@contextmanager
def read_only(store):
    store.database.raw.execute("PRAGMA query_only = ON")
    yield
    store.database.raw.execute("PRAGMA query_only = OFF")


@contextmanager
def locked(store):
    with closing(sqlite3.connect(store.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.parametrize("broken", [full, read_only, locked])
def test_what_the_disk_refuses_is_kept_and_written_later_and_what_was_saved_stays(store, form, clocks, broken):
    session = begin(store, form, clocks)
    session.answer(frozenset({1}))
    session.go(2)
    saved = store.attempts.load(session.attempt_id)
    note = "What is the quota? " * 5000
    with broken(store):
        with pytest.raises(DatabaseError):
            session.set_note(note)
        with pytest.raises(DatabaseError):
            session.retry()
        assert store.attempts.load(session.attempt_id) == saved
        assert session.unsaved == {2: {Action.NOTE}}
        assert session.response.note == note
    session.retry()
    assert not session.unsaved
    loaded = store.attempts.load(session.attempt_id)
    assert loaded.responses == session.responses
    assert loaded.responses[0].chosen == {1}
    assert store.database.raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_question_that_was_turned_to_while_nothing_could_be_written(store, form, clocks):
    session = begin(store, form, clocks)
    clocks.go_on(5)
    with locked(store), pytest.raises(DatabaseError):
        session.go(3)
    assert session.position == 3
    assert session.unsaved == {0: {Action.TIME}}
    clocks.go_on(4)
    session.retry()
    session.heartbeat()
    again = reopened(store, session, clocks)
    clocks.go_on(1)
    again.go(0)
    assert (again.responses[0].visits, again.responses[3].visits) == ((Visit(0, 5),), (Visit(5, 5),))


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


def test_what_is_read_after_the_key_is_shown_is_no_time_for_answering(store, clocks):
    form = assemble_drill(bank([question("q", "a.x"), question("r", "a.x")]), "a", "Area", 5, 1)
    session = begin(store, form, clocks, Mode.STUDY)
    for place, item in enumerate(form.items):
        session.go(place)
        clocks.go_on(20)
        session.answer(item.question.key)
        session.reveal()
        clocks.go_on(300)
    session.go(0)
    clocks.go_on(50)
    session.leave()
    session = reopened(store, session, clocks)
    clocks.go_on(7)
    session.submit()
    assert session.elapsed == 697
    responses = store.attempts.load(session.attempt_id).responses
    assert [r.visits for r in responses] == [(Visit(0, 20),), (Visit(320, 20),)]
    assert [r.seconds for r in responses] == [20, 20]
    day = clocks.at.astimezone().toordinal()
    assert sum(d.seconds for d in store.totals.days(day, day)) == 40
    store.attempts.discard(session.attempt_id)
    assert sum(d.seconds for d in store.totals.days(day, day)) == 0


def test_a_crash_right_after_a_visit_is_written_counts_no_time_twice(store, form, clocks):
    drill = begin(store, form, clocks, Mode.STUDY)
    clocks.go_on(20)
    drill.answer(frozenset({0}))
    drill.reveal()
    again = reopened(store, drill, clocks)
    clocks.go_on(5)
    again.go(1)
    assert (again.responses[0].visits, again.elapsed) == ((Visit(0, 20),), 25)
    exam = begin(store, form, clocks)
    clocks.go_on(20)
    with locked(store), pytest.raises(DatabaseError):
        exam.leave()
    exam.retry()
    again = reopened(store, exam, clocks)
    clocks.go_on(5)
    again.go(1)
    assert sum(visit.seconds for visit in again.responses[0].visits) == again.elapsed == 25


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
