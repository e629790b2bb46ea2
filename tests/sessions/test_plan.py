"""The plan for today: what it proposes, in which order, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import bank, blueprint, card, question

from studyapp.core.attempt import Mode
from studyapp.core.form import assemble, assemble_drill
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.sessions.areas import Areas
from studyapp.sessions.exam import ExamSession
from studyapp.sessions.plan import DRILL_QUESTIONS, SECONDS_A_CARD, SECONDS_A_QUESTION, Kind, pace, today
from studyapp.sessions.standing import days_left, goal, half_life, set_exam_day, set_half_life
from studyapp.sessions.steps import finish
from studyapp.sessions.trash import Trash
from studyapp.sessions.workspace import Clock
from studyapp.store import open_store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EXAM = blueprint([("Part A", 3, ["a.*"], ()), ("Part B", 1, ["b.*"], ())], 20)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def areas():
    questions = [question(f"{d}{i}", f"{d}.x", cards=["c0"]) for d in "ab" for i in range(30)]
    return Areas(bank(questions, [card(f"c{i}", "a.x") for i in range(3)], blueprints=[EXAM]))


def clock(at):
    return Clock(lambda: at, lambda: 0.0, lambda: 0.0, lambda: "")


def sit(store, areas, right, at=NOW, *, mode=Mode.SIMULATION, submit=True, seed=1):
    form = assemble(areas.bank, EXAM, seed, store.attempts.last_seen())
    session = ExamSession.begin(store.attempts, form, mode, clock(at))
    for position, item in enumerate(form.items):
        session.go(position)
        key = item.question.key
        session.answer(key if right(item.question) else frozenset({(min(key) + 1) % 4}))
    if submit:
        session.submit()
    return session


def review(store, at, rating=Rating.AGAIN, id_="c0"):
    before = store.reviews.memory(id_)
    store.reviews.record(id_, "a.x", before, Scheduler().review(before, rating, at), rating, at, 9.0)


def figures(store, areas, now=NOW):
    return finish(today(store, areas, now, now.replace(hour=0), Trash(store.attempts)))


def kinds(store, areas, now=NOW):
    return [task.kind for task in figures(store, areas, now).tasks]


def test_who_has_done_nothing_sits_a_first_exam_and_then_learns_cards(store, areas):
    found = figures(store, areas)
    assert [task.kind for task in found.tasks] == [Kind.EXAM, Kind.REVIEW]
    assert found.tasks[0].minutes == EXAM.minutes
    assert (found.tasks[1].count, found.tasks[1].new) == (0, 3)
    assert found.readiness.chance is None
    assert found.readiness.more > 0
    assert found.weakest is None
    assert found.last_exam is None


def test_what_runs_comes_first_and_then_what_fades(store, areas):
    review(store, NOW - timedelta(days=2))
    sit(store, areas, lambda q: True, submit=False)
    assert kinds(store, areas) == [Kind.RESUME, Kind.REVIEW]


def test_the_drill_is_of_the_part_where_an_hour_is_worth_most(store, areas):
    sit(store, areas, lambda q: q.domain == "b")
    found = figures(store, areas)
    assert [task.kind for task in found.tasks] == [Kind.REVIEW, Kind.DRILL, Kind.FRESH]
    drill = found.tasks[1]
    assert (drill.worth.area, drill.worth.weight, drill.count) == ("Part A", 0.75, DRILL_QUESTIONS)
    assert found.weakest.area == "a.x"


def test_a_small_part_is_worth_more_where_the_large_one_is_known(store, areas):
    for seed in (1, 2):
        sit(store, areas, lambda q: q.domain == "a", seed=seed)
    found = figures(store, areas)
    assert found.tasks[1].worth.area == "Part B"
    assert found.weakest.area == "b.x"


def test_fresh_questions_are_offered_while_there_are_any(store, areas):
    for seed in (1, 2):
        sit(store, areas, lambda q: True, seed=seed)
    left = [task.count for task in figures(store, areas).tasks if task.kind is Kind.FRESH]
    assert left == [10]
    for seed in range(3, 9):
        sit(store, areas, lambda q: True, seed=seed)
    assert Kind.FRESH in kinds(store, areas) or len(store.attempts.last_seen()) == 60


@pytest.mark.parametrize("left", [0, 3, 10])
def test_fresh_questions_are_those_of_the_exam(store, left):
    """Other exams have questions too, and these are no help here."""
    asked = [question(f"a{i}", "a.x") for i in range(15)] + [question(f"b{i}", "b.x") for i in range(5)]
    sit(store, Areas(bank(asked, blueprints=[EXAM])), lambda q: True)
    more = [question(f"a{i}", "a.x") for i in range(15, 15 + left)]
    others = [question(f"c{i}", "c.x") for i in range(30)]
    plan = figures(store, Areas(bank([*others, *asked, *more], blueprints=[EXAM])))
    assert [task.count for task in plan.tasks if task.kind is Kind.FRESH] == [left][: bool(left)]


@pytest.mark.parametrize(
    ("left", "since", "due"),
    [
        (None, 13, False),
        (None, 14, True),
        (60, 13, False),
        (42, 7, True),
        (15, 6, False),
        (14, 4, True),
        (2, 3, False),
        (1, 30, False),
        (0, 30, False),
        (-5, 14, True),
    ],
)
def test_a_mock_exam_is_due_the_more_often_the_nearer_the_day(store, areas, left, since, due):
    sit(store, areas, lambda q: True, NOW - timedelta(days=since))
    if left is not None:
        set_exam_day(store.settings, NOW.astimezone().date() + timedelta(days=left))
    assert (Kind.EXAM in kinds(store, areas)) is due


def test_minutes_follow_the_learners_own_pace(store, areas):
    assert pace([]) == (SECONDS_A_CARD, SECONDS_A_QUESTION)
    for i in range(25):
        review(store, NOW - timedelta(minutes=i), Rating.EASY, f"c{i % 3}")
    a_card, a_question = pace(store.totals.days(0, 10**7))
    assert (a_card, a_question) == (9.0, SECONDS_A_QUESTION)


def test_what_was_done_today_is_counted(store, areas):
    review(store, NOW)
    sit(store, areas, lambda q: q.domain == "a")
    done = figures(store, areas).done
    assert (done.reviews, done.total.answers, done.total.right) == (1, 20, 15)
    assert figures(store, areas, NOW + timedelta(days=1)).done.total.answers == 0


def test_the_goal_is_what_was_chosen(store, areas):
    assert goal(store.settings, bank([question()])) is None
    aim = goal(store.settings, areas.bank)
    assert (aim.blueprint.id, aim.pass_mark, aim.day, aim.exam_at) == ("bp", 0.7, None, None)
    assert days_left(aim, NOW) is None
    store.settings.set("pass_mark:bp", 80)
    set_exam_day(store.settings, date(2026, 12, 1))
    aim = goal(store.settings, areas.bank)
    assert (aim.pass_mark, aim.day) == (0.8, date(2026, 12, 1))
    assert aim.exam_at.astimezone().hour == 9
    assert half_life(store.settings) == 21
    set_half_life(store.settings, 60)
    assert half_life(store.settings) == 60


def test_a_missed_question_makes_its_cards_due_and_new_ones_come_first(store, areas):
    memory = Scheduler().review(None, Rating.EASY, NOW - timedelta(hours=5))
    store.reviews.record("c0", "a.x", None, memory, Rating.EASY, NOW - timedelta(hours=5), 5.0)
    assert figures(store, areas).queue.due == ()
    linked = [question(f"q{i}", "a.x", cards=["c0", "c2"]) for i in range(2)]
    held = Areas(bank(linked, [card(f"c{i}", "a.x") for i in range(3)], blueprints=[EXAM]))
    form = assemble_drill(held.bank, "a", "A", 2, 1)
    session = ExamSession.begin(store.attempts, form, Mode.STUDY, clock(NOW - timedelta(hours=1)))
    session.answer(form.items[0].question.key)
    session.reveal()
    assert figures(store, held).queue.due == ()
    session.go(1)
    session.answer(frozenset({(min(form.items[1].question.key) + 1) % 4}))
    session.reveal()
    queue = figures(store, held).queue
    assert queue.due == ("c0",)
    assert queue.new == ("c2", "c1")
