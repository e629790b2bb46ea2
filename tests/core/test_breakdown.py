"""The tallies and the changes of mind that the results show beside the score."""

from dataclasses import replace
from datetime import UTC, datetime

from builders import question

from studyapp.core.attempt import Attempt, Confidence, Mode, Response
from studyapp.core.deck import Difficulty
from studyapp.core.form import Form, FormItem
from studyapp.core.scoring import NOT_MARKED, Changes, by_confidence, by_difficulty, by_topic, changes, partial

RIGHT, WRONG, OTHER, NONE = frozenset({0}), frozenset({1}), frozenset({2}), frozenset()


def attempt(*responses, topics=(), difficulties=()):
    questions = [question(f"q{i}", topics[i] if topics else "a.x") for i in range(len(responses))]
    if difficulties:
        questions = [replace(q, difficulty=d) for q, d in zip(questions, difficulties, strict=True)]
    form = Form("b", "B", 1, None, 0.7, tuple(FormItem(q, "A") for q in questions))
    return Attempt(1, Mode.SIMULATION, form, responses, datetime(2026, 1, 1, tzinfo=UTC))


def figures(tallies):
    return [(t.name, t.correct, t.questions, t.seconds) for t in tallies]


def test_changed_answers_are_told_apart():
    assert changes(
        attempt(
            Response(WRONG, first_chosen=RIGHT),
            Response(NONE, first_chosen=RIGHT),
            Response(RIGHT, first_chosen=WRONG),
            Response(OTHER, first_chosen=WRONG),
            Response(RIGHT, first_chosen=RIGHT),
            Response(NONE),
        )
    ) == Changes(right_to_wrong=2, wrong_to_right=1, wrong_to_wrong=1)
    assert changes(attempt(Response(RIGHT, first_chosen=RIGHT))).total == 0


def test_tallies_by_confidence_hold_what_was_answered():
    sat = attempt(
        Response(RIGHT, confidence=Confidence.GUESS, seconds=4),
        Response(WRONG, confidence=Confidence.SURE, seconds=5),
        Response(RIGHT, confidence=Confidence.SURE, seconds=6),
        Response(WRONG, seconds=7),
        Response(NONE, confidence=Confidence.THINK, seconds=8),
    )
    assert figures(by_confidence(sat)) == [("sure", 1, 2, 11), ("guess", 1, 1, 4), (NOT_MARKED, 0, 1, 7)]


def test_tallies_by_topic_and_by_difficulty():
    sat = attempt(
        Response(RIGHT, seconds=1),
        Response(WRONG, seconds=2),
        Response(NONE, seconds=3),
        topics=("b.y", "a.x", "b.y"),
        difficulties=(Difficulty.HARD, Difficulty.EASY, Difficulty.EASY),
    )
    assert figures(by_topic(sat)) == [("a.x", 0, 1, 2), ("b.y", 1, 2, 4)]
    assert figures(by_difficulty(sat)) == [("easy", 0, 2, 5), ("hard", 1, 1, 1)]


def test_the_partial_picture():
    item = FormItem(question("q", key=(0, 2), options=5), "A")
    assert partial(item, Response(frozenset({0, 4}))) == (1, 2)
    assert partial(item, Response()) == (0, 2)
