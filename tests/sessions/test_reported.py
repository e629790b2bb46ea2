"""Reports as authors take them."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

from builders import card, question

from studyapp.core.reported import Fault
from studyapp.sessions.reported import as_csv, as_json, as_markdown, make_report

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
    assert first[1:7] == ["q1", "question", "deck", "b.yaml", "wrong key", "B is right.\nSee the docs."]
    assert "**A** (right) q1 option 0" in first[8]
    assert second[6:] == ["'=1+1", "2026-05-01T08:30:15+00:00", "Front of c1?\n\nBack of c1."]


def test_markdown_is_a_list_to_work_through():
    text = as_markdown(REPORTS)
    assert text.index("## a.yaml") < text.index("- [x] `c1` other (card, 2026-05-01)") < text.index("## b.yaml")
    assert "- [ ] `q1` wrong key (question, 2026-05-01)\n  B is right.\n  See the docs.\n\n  > Stem of q1." in text
