from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import bank, blueprint, case, question

from studyapp.core.attempt import Attempt, Mode, Response
from studyapp.core.form import assemble
from studyapp.core.retake import missed_form, same_form, same_mode

QUESTIONS = [
    question("q1", "a.x"),
    question("q2", "a.x", key=(0, 1)),
    question("q3", "a.x"),
    question("q4", "a.x", case="flow"),
]


@pytest.fixture
def attempt():
    """q1 is right, q2 half right, q3 wrong, q4 not answered."""
    held = bank(QUESTIONS, cases=[case("flow")])
    form = assemble(held, blueprint([("A", 1, ["a.*"], ())], 4, minutes=20), 1)
    responses = []
    for item in form.items:
        key = sorted(item.question.key)
        off = next(i for i in range(4) if i not in key)
        chosen = {"q1": key, "q2": [key[0], off], "q3": [off], "q4": []}[item.question.id]
        responses.append(Response(chosen=frozenset(chosen)))
    return Attempt(1, Mode.SIMULATION, form, tuple(responses), datetime(2026, 11, 23, tzinfo=UTC))


def asked(form):
    return {item.question.id for item in form.items}


def test_the_same_form_is_the_same_but_seen(attempt):
    form = same_form(attempt)
    assert [item.question for item in form.items] == [item.question for item in attempt.form.items]
    assert all(item.seen for item in form.items)
    assert (form.minutes, form.title, form.blueprint_id) == (20, "Blueprint", "bp")


def test_known_questions_simulate_no_exam(attempt):
    assert same_mode(attempt) is Mode.CUSTOM
    assert same_mode(replace(attempt, mode=Mode.STUDY)) is Mode.STUDY


def test_what_was_missed_is_asked_again_without_a_clock(attempt):
    form = missed_form(bank(QUESTIONS, cases=[case("flow")]), attempt, 7)
    assert asked(form) == {"q2", "q3", "q4"}
    assert form.minutes is None
    assert form.seed == 7
    assert all(item.seen and item.stratum == "A" for item in form.items)
    assert form == missed_form(bank(QUESTIONS, cases=[case("flow")]), attempt, 7)


def test_a_mended_question_is_asked_as_it_is_now(attempt):
    mended = [replace(q, stem="Mended.") if q.id == "q3" else q for q in QUESTIONS]
    form = missed_form(bank(mended, cases=[case("flow")]), attempt, 1)
    assert {i.question.stem for i in form.items if i.question.id == "q3"} == {"Mended."}


def test_a_question_that_is_gone_is_asked_as_it_was_with_its_case(attempt):
    form = missed_form(bank(QUESTIONS[:1]), attempt, 1)
    assert asked(form) == {"q2", "q3", "q4"}
    (flow,) = (item for item in form.items if item.question.id == "q4")
    assert flow.case == case("flow")
    assert [o.text for o in flow.question.options if o.correct] == ["q4 option 0"]


def test_a_retake_of_a_retake_is_called_like_the_first(attempt):
    first = missed_form(bank(QUESTIONS), attempt, 1)
    again = Attempt(2, Mode.STUDY, first, (Response(),) * 3, attempt.started_at)
    assert first.blueprint_id == missed_form(bank(QUESTIONS), again, 2).blueprint_id == "retake:bp"


def test_nothing_missed_leaves_an_empty_form(attempt):
    right = tuple(Response(chosen=item.question.key) for item in attempt.form.items)
    assert missed_form(bank(QUESTIONS), replace(attempt, responses=right), 1).items == ()
