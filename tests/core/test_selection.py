from dataclasses import replace

import pytest
from builders import bank, blueprint, case, question

from studyapp.core.attempt import Mode
from studyapp.core.deck import Difficulty
from studyapp.core.selection import CustomSet, Only, Past, assemble_custom, select


def hard(made):
    return replace(made, difficulty=Difficulty.HARD)


@pytest.fixture
def held():
    plan = blueprint([("Stores", 2, ["a.*"], ()), ("Story", 1, [], ("flow",))], 3)
    return bank(
        [
            question("q1", "a.one"),
            question("q2", "a.two"),
            hard(question("q3", "a.two")),
            question("q4", "b.one"),
            question("q5", "b.one", case="flow"),
        ],
        cases=[case("flow")],
        blueprints=[plan],
    )


PAST = Past(
    seen={"q1": 1.0, "q2": 2.0, "q4": 3.0},
    missed=frozenset({"q2", "q4"}),
    flagged=frozenset({"q1"}),
    weak=frozenset({"b.one"}),
)


def ids(held, **wanted):
    return [q.id for q in select(held, CustomSet(**wanted), PAST)]


def test_a_set_that_asks_for_nothing_takes_everything(held):
    assert ids(held) == ["q1", "q2", "q3", "q4", "q5"]


@pytest.mark.parametrize(
    ("areas", "fitting"),
    [(("a",), ["q1", "q2", "q3"]), (("a.two",), ["q2", "q3"]), (("a.one", "b"), ["q1", "q4", "q5"]), (("z",), [])],
)
def test_areas_are_topics_and_domains(held, areas, fitting):
    assert ids(held, areas=areas) == fitting


@pytest.mark.parametrize(
    ("areas", "fitting"),
    [(("Stores",), ["q1", "q2", "q3"]), (("Story",), ["q5"]), ((), ["q1", "q2", "q3", "q5"]), (("a",), [])],
)
def test_areas_are_strata_where_a_blueprint_is_named(held, areas, fitting):
    assert ids(held, areas=areas, blueprint="bp") == fitting


@pytest.mark.parametrize(
    ("only", "fitting"),
    [
        ({Only.UNSEEN}, ["q3", "q5"]),
        ({Only.MISSED}, ["q2", "q4"]),
        ({Only.FLAGGED}, ["q1"]),
        ({Only.WEAK}, ["q4", "q5"]),
        ({Only.FLAGGED, Only.MISSED}, ["q1", "q2", "q4"]),
    ],
)
def test_conditions_on_the_history_are_joined_by_or(held, only, fitting):
    assert ids(held, only=frozenset(only)) == fitting


def test_all_conditions_hold_together(held):
    levels = frozenset({Difficulty.EASY, Difficulty.HARD})
    assert ids(held, difficulties=levels) == ["q3"]
    assert ids(held, areas=("a",), only=frozenset({Only.UNSEEN}), difficulties=levels) == ["q3"]
    assert ids(held, areas=("b",), only=frozenset({Only.UNSEEN}), difficulties=levels) == []


def test_the_form_has_as_many_questions_as_fit_and_are_asked_for(held):
    form = assemble_custom(held, CustomSet("Mine", questions=2, minutes=10), PAST, 1)
    assert (form.title, form.minutes, form.blueprint_id, len(form.items)) == ("Mine", 10, "custom", 2)
    # What was never seen comes first.
    assert {item.question.id for item in form.items} == {"q3", "q5"}
    assert not any(item.seen for item in form.items)
    everything = assemble_custom(held, CustomSet(questions=50), PAST, 1)
    assert sorted(item.question.id for item in everything.items) == ["q1", "q2", "q3", "q4", "q5"]
    assert {item.question.id for item in everything.items if item.seen} == {"q1", "q2", "q4"}
    assert assemble_custom(held, CustomSet(areas=("z",)), PAST, 1).items == ()


def test_a_seed_makes_one_form(held):
    wanted = CustomSet(questions=3)
    assert assemble_custom(held, wanted, PAST, 5) == assemble_custom(held, wanted, PAST, 5)
    orders = {tuple(i.question.id for i in assemble_custom(held, wanted, Past(), seed).items) for seed in range(20)}
    assert len(orders) > 3


def test_strata_are_called_what_was_asked_for(held):
    def strata(**wanted):
        form = assemble_custom(held, CustomSet(**wanted), Past(), 1)
        return {item.question.id: item.stratum for item in form.items}

    assert strata() == {"q1": "A", "q2": "A", "q3": "A", "q4": "B", "q5": "B"}
    assert strata(areas=("a.two", "b")) == {"q2": "A.Two", "q3": "A.Two", "q4": "B", "q5": "B"}
    assert strata(blueprint="bp", areas=("Story",)) == {"q5": "Story"}


def test_enemies_stand_together_only_where_nothing_else_is_left():
    held = bank([question("q1", enemies=("q2",)), question("q2"), question("q3")])
    for seed in range(10):
        two = {i.question.id for i in assemble_custom(held, CustomSet(questions=2), Past(), seed).items}
        assert two != {"q1", "q2"}
    assert len(assemble_custom(held, CustomSet(questions=3), Past(), 1).items) == 3


def test_feedback_makes_it_study():
    assert CustomSet().mode is Mode.CUSTOM
    assert CustomSet(feedback=True).mode is Mode.STUDY
