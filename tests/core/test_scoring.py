from datetime import UTC, datetime, timedelta

import pytest
from builders import bank, blueprint, question
from hypothesis import given
from hypothesis import strategies as st

from studyapp.core.attempt import Attempt, Mode, Response
from studyapp.core.form import assemble
from studyapp.core.interval import wilson
from studyapp.core.scheduler import Rating, Scheduler
from studyapp.core.scoring import Outcome, score
from studyapp.core.snapshot import form_from_data, form_to_data

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def attempt(form, responses):
    return Attempt(1, Mode.SIMULATION, form, tuple(responses), NOW)


def test_several_answers_are_all_or_nothing_and_unanswered_is_wrong():
    questions = [
        question("one", "a.x"),
        question("two", "a.x", key=(0, 2), options=5),
        question("none", "b.x"),
        question("part", "b.x", key=(1, 3), options=5),
    ]
    plan = blueprint([("A", 1, ["a.*"], ()), ("B", 1, ["b.*"], ())], 4)
    form = assemble(bank(questions), plan, 1, {"part": 1.0})
    given_ = {
        "one": lambda k: k,
        "two": lambda k: k,
        "none": lambda k: frozenset(),
        "part": lambda k: frozenset([min(k)]),
    }
    responses = [Response(chosen=given_[i.question.id](i.question.key), seconds=10) for i in form.items]
    result = score(attempt(form, responses))
    outcomes = {i.question.id: o for i, o in zip(form.items, result.outcomes, strict=True)}
    assert outcomes == {"one": Outcome.RIGHT, "two": Outcome.RIGHT, "none": Outcome.UNANSWERED, "part": Outcome.WRONG}
    assert (result.total.correct, result.total.questions, result.total.seconds) == (2, 4, 40)
    assert {t.name: (t.correct, t.questions) for t in result.strata} == {"A": (2, 2), "B": (0, 2)}
    assert (result.seen.questions, result.fresh.questions) == (1, 3)
    assert not result.passed


@pytest.mark.parametrize(("right", "passed"), [(34, False), (35, True)])
def test_the_pass_mark_is_met_exactly(right, passed):
    plan = blueprint([("A", 1, ["a.*"], ())], 50)
    form = assemble(bank([question(f"q{i}", "a.x") for i in range(50)]), plan, 1)
    responses = [Response(chosen=i.question.key if n < right else frozenset()) for n, i in enumerate(form.items)]
    assert score(attempt(form, responses)).passed is passed


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_narrows(answers, data):
    correct = data.draw(st.integers(0, answers))
    interval = wilson(correct, answers)
    assert 0 <= interval.low <= correct / answers <= interval.high <= 1
    wider = wilson(correct, answers, z=1.96)
    assert wider.low <= interval.low
    assert wider.high >= interval.high


def test_wilson_agrees_with_published_values():
    # Newcombe 1998, Table I: 81 of 263 and 0 of 20, both at 95 %.
    low_high = wilson(81, 263, 1.959964)
    assert (round(low_high.low, 4), round(low_high.high, 4)) == (0.2553, 0.3662)
    none = wilson(0, 20, 1.959964)
    assert (round(none.low, 4), round(none.high, 4)) == (0.0, 0.1611)


def test_a_form_survives_its_snapshot():
    plan = blueprint([("A", 1, ["a.*"], ())], 5)
    form = assemble(bank([question(f"q{i}", "a.x", key=(i % 4,)) for i in range(9)]), plan, 1, {"q1": 1.0})
    assert form_from_data(form_to_data(form)) == form
    with pytest.raises(ValueError, match="version 99"):
        form_from_data({**form_to_data(form), "version": 99})


def test_the_schedule_grows_with_good_and_shrinks_with_again():
    scheduler = Scheduler()
    memory, now = None, NOW
    gaps = []
    for _ in range(5):
        memory = scheduler.review(memory, Rating.GOOD, now)
        gaps.append(memory.due - now)
        now = memory.due
    assert gaps == sorted(gaps)
    assert gaps[-1] > timedelta(days=20)
    assert scheduler.retrievability(memory, memory.due) == pytest.approx(0.9, abs=0.01)
    lapsed = scheduler.review(memory, Rating.AGAIN, now)
    assert lapsed.lapses == 1
    assert lapsed.due - now < timedelta(hours=1)
    assert lapsed.reviews == 6


def test_the_interval_on_a_button_is_the_interval_one_gets():
    scheduler = Scheduler()
    memory = scheduler.review(None, Rating.EASY, NOW)
    later = NOW + timedelta(days=9)
    promised = scheduler.intervals(memory, later)
    for rating in Rating:
        assert scheduler.review(memory, rating, later).due - later == promised[rating]
    assert promised[Rating.AGAIN] < promised[Rating.HARD] < promised[Rating.GOOD] < promised[Rating.EASY]
