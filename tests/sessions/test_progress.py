from datetime import UTC, datetime, timedelta

import pytest
from builders import bank, blueprint, card, question

from studyapp.core.attempt import Mode
from studyapp.core.form import assemble, assemble_drill
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.sessions.exam import ExamSession
from studyapp.sessions.progress import Step, progress, today
from studyapp.sessions.workspace import Clock
from studyapp.store import open_store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
CLOCK = Clock(lambda: NOW, lambda: 0.0, lambda: 0.0, lambda: "")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def held():
    questions = [question(f"{d}{i}", f"{d}.x") for d in "ab" for i in range(10)]
    return bank(questions, [card("c", "a.x")])


def sit(store, held, right, *, submit=True):
    """An exam over both areas, answered right where ``right`` says so of the question."""
    form = assemble(held, blueprint([("A", 1, ["a.*"], ()), ("B", 1, ["b.*"], ())], 20), 1)
    session = ExamSession.begin(store.attempts, form, Mode.SIMULATION, CLOCK)
    for position, item in enumerate(form.items):
        session.go(position)
        key = item.question.key
        session.answer(key if right(item.question) else frozenset({(min(key) + 1) % 4}))
    if submit:
        session.submit()
    return session


def test_the_next_step_is_the_obvious_one(store, held):
    def step():
        return today(store, held, NOW, MIDNIGHT).step

    assert step() is Step.FIRST_EXAM
    running = sit(store, held, lambda q: q.domain == "a", submit=False)
    assert step() is Step.RESUME
    running.submit()
    assert step() is Step.DRILL
    memory = Scheduler().review(None, Rating.AGAIN, NOW - timedelta(days=1))
    store.reviews.record("c", "a.x", None, memory, Rating.AGAIN, NOW - timedelta(days=1), 4)
    assert step() is Step.REVIEW


def test_today_tells_the_last_score_and_the_weakest_area(store, held):
    sit(store, held, lambda q: q.domain == "a")
    figures = today(store, held, NOW, MIDNIGHT)
    assert (figures.last_exam.correct, figures.last_exam.questions) == (10, 20)
    assert figures.weakest.area == "b"
    assert figures.weakest.answers == 10


def test_progress_orders_areas_and_says_where_data_is_missing(store, held):
    form = assemble_drill(held, "b", "B", 3, 1)
    session = ExamSession.begin(store.attempts, form, Mode.STUDY, CLOCK)
    session.answer(frozenset({1}))
    session.reveal()
    figures = progress(store, held)
    assert all(area.estimate.share is None for area in figures.areas)
    sit(store, held, lambda q: q.domain == "a")
    figures = progress(store, held)
    assert [a.estimate.area for a in figures.areas] == ["b", "a"]
    assert [a.estimate.answers for a in figures.areas] == [11, 10]
    assert figures.areas[0].topics[0].estimate.area == "b.x"
    assert [s.correct for s in figures.trend] == [10]
