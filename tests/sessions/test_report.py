import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import bank, blueprint, question

from studyapp.core.attempt import Attempt, Confidence, Mode, Response
from studyapp.core.form import assemble
from studyapp.core.scoring import Outcome
from studyapp.sessions.report import letters, make_report, responses_csv

NOTE = '=HYPERLINK("x") „Zitat“,\nzweite Zeile'


def other(item):
    return frozenset({next(i for i in range(len(item.question.options)) if i not in item.question.key)})


@pytest.fixture
def attempt():
    """Six questions: right; sure but wrong; half right; not answered; changed from right to wrong; slow and right."""
    questions = [question(f"q{i}", f"a.{'x' if i < 3 else 'y'}", key=(0, 1) if i == 2 else (0,)) for i in range(6)]
    form = assemble(bank(questions), blueprint([("=Area", 1, ["a.*"], ())], 6, minutes=60), 1)
    responses = []
    for item in form.items:
        key = item.question.key
        responses.append(
            {
                "q0": Response(chosen=key, seconds=10.0, first_chosen=key, confidence=Confidence.GUESS),
                "q1": Response(chosen=other(item), seconds=12.0, confidence=Confidence.SURE, flagged=True, note=NOTE),
                "q2": Response(chosen=frozenset({min(key)}) | other(item), seconds=11.0),
                "q3": Response(),
                "q4": Response(chosen=other(item), first_chosen=key, seconds=9.0),
                "q5": Response(chosen=key, seconds=90.04),
            }[item.question.id]
        )
    return Attempt(1, Mode.SIMULATION, form, tuple(responses), datetime(2026, 11, 23, tzinfo=UTC), elapsed=140.0)


@pytest.fixture
def report(attempt):
    return make_report(attempt, 0.5, {"a.x": "Ex", "a.y": "Why"}.__getitem__)


def entry(report, id_):
    return next(e for e in report.entries if e.question.id == id_)


def test_the_pass_mark_is_the_one_that_is_assumed_now(attempt, report):
    assert report.score.total.correct == 2
    assert not report.score.passed
    assert make_report(attempt, 2 / 6, str).score.passed


def test_what_was_missed_begins_with_what_the_learner_was_sure_of(report):
    assert {e.question.id for e in report.missed} == {"q1", "q2", "q3", "q4"}
    assert report.missed[0].question.id == "q1"
    rest = [e.number for e in report.missed[1:]]
    assert rest == sorted(rest)


def test_each_question_knows_what_stands_out_of_it(report):
    assert entry(report, "q1").sure_but_wrong
    assert not entry(report, "q0").sure_but_wrong
    assert entry(report, "q4").changed
    assert entry(report, "q4").first_was_right
    assert not entry(report, "q0").changed
    assert not entry(report, "q5").changed
    assert entry(report, "q2").partly_right
    assert entry(report, "q2").picks == (1, 2)
    assert not entry(report, "q1").partly_right
    assert [e.question.id for e in report.entries if e.slow] == ["q5"]
    assert entry(report, "q3").outcome is Outcome.UNANSWERED


def test_the_figures(report):
    assert [(t.name, t.correct, t.questions) for t in report.topics] == [("Ex", 1, 3), ("Why", 1, 3)]
    assert [t.name for t in report.difficulties] == ["medium"]
    assert [t.name for t in report.confidence] == ["sure", "guess", "not marked"]
    assert report.changes.right_to_wrong == 1
    assert report.median_seconds == 11.0
    assert [e.question.id for e in report.slowest][:2] == ["q5", "q1"]
    assert len(report.slowest) == 5
    assert report.seconds == 140.0


def test_the_weakest_topic_comes_first(attempt):
    answers = tuple(
        Response(chosen=item.question.key if item.question.topic == "a.x" else frozenset())
        for item in attempt.form.items
    )
    assert [t.name for t in make_report(replace(attempt, responses=answers), 0.7, str).topics] == ["a.y", "a.x"]


def test_the_responses_as_csv(report):
    text = responses_csv(report)
    header, *lines = list(csv.reader(io.StringIO(text, newline="")))
    assert header == [
        *("number", "id", "topic", "stratum", "difficulty", "chosen", "key", "right", "first answer"),
        *("confidence", "flagged", "seconds", "note"),
    ]
    assert len(lines) == 6
    by_id = {line[1]: dict(zip(header, line, strict=True)) for line in lines}
    assert [line[0] for line in lines] == ["1", "2", "3", "4", "5", "6"]
    sure = by_id["q1"]
    assert (sure["right"], sure["confidence"], sure["flagged"], sure["seconds"]) == ("no", "sure", "yes", "12.0")
    assert by_id["q0"]["chosen"] == by_id["q0"]["key"] == by_id["q0"]["first answer"]
    assert by_id["q0"]["right"] == "yes"
    assert by_id["q3"]["chosen"] == by_id["q3"]["first answer"] == ""
    assert len(by_id["q2"]["key"].split(", ")) == 2
    assert by_id["q4"]["first answer"] == by_id["q4"]["key"] != by_id["q4"]["chosen"]
    assert by_id["q5"]["seconds"] == "90.0"
    # No spreadsheet takes them for formulas.
    assert sure["note"] == "'" + NOTE
    assert sure["stratum"] == "'=Area"


def test_letters():
    assert letters(frozenset({3, 0})) == "A, D"
    assert letters(frozenset()) == ""
