"""Reports as authors take them."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

from builders import card, question

from studyapp.core.reported import Fault
from studyapp.sessions.reported import as_csv, as_json, as_markdown, headline, make_report

NOW = datetime(2026, 5, 1, 8, 30, 15, 5, tzinfo=UTC)
REPORTS = [
    make_report(question("q1"), "b.yaml", Fault.WRONG_KEY, "  B is right.\nSee the docs. ", NOW),
    replace(make_report(card("c1"), "a.yaml", Fault.OTHER, "=1+1", NOW), dealt_at=NOW),
]


def test_json_tells_everything():
    first, second = json.loads(as_json(REPORTS))
    assert first["item_id"] == "q1"
    assert first["fault"] == "wrong key"
    assert first["note"] == "B is right.\nSee the docs."
    assert first["reported_at"] == "2026-05-01T08:30:15+00:00"
    assert first["dealt_at"] is None
    assert [option["correct"] for option in first["item"]["options"]] == [True, False, False, False]
    assert second["item"] == {"id": "c1", "topic": "a.one", "front": "Front of c1?", "back": "Back of c1."}
    assert json.loads(as_json([])) == []


def test_csv_has_a_line_for_each_and_no_formula():
    header, first, second = csv.reader(io.StringIO(as_csv(REPORTS), newline=""))
    assert header[:2] == ["reported at", "id"]
    assert first[1:7] == ["q1", "question", "deck", "b.yaml", "The key is wrong", "B is right.\nSee the docs."]
    assert "**A** (right) q1 option 0" in first[8]
    assert second[6:] == ["'=1+1", "2026-05-01T08:30:15+00:00", "Front of c1?\n\nBack of c1."]


def test_markdown_is_a_list_to_work_through():
    text = as_markdown(REPORTS)
    other = "- [x] Something else: card `c1`, reported 2026-05-01"
    assert text.index("## a.yaml") < text.index(other) < text.index("## b.yaml")
    entry = (
        "- [ ] The key is wrong: question `q1`, reported 2026-05-01\n  B is right.\n  See the docs.\n\n  > Stem of q1."
    )
    assert entry in text


def test_markdown_names_the_line_where_it_is_known():
    reports = [replace(report, id=number) for number, report in enumerate(REPORTS, start=1)]
    text = as_markdown(reports, {1: 12})
    assert "question `q1`, line 12, reported" in text
    assert "card `c1`, reported" in text


def test_a_headline_shows_no_answer():
    cloze = replace(card("c1"), cloze="A **shelf** holds {{twelve}} `boxes`.", front="", back="")
    assert headline(make_report(cloze, "", Fault.OTHER, "", NOW)) == "A shelf holds … boxes."
