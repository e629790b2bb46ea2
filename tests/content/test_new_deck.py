"""The starting file: what it says, where its schema is, and that filling it in makes a deck that passes."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from samples import write_folder

from studyapp import __version__, paths
from studyapp.content.check import check
from studyapp.content.new_deck import new_deck
from studyapp.core.errors import StudyError
from studyapp.paths import resources

DAY = date(2026, 11, 23)
FILLED = {
    "fill-in.topic": "a.one",
    "FILL IN what you ask, so that it can be answered without seeing the back?": "When does the lower price begin?",
    "FILL IN the answer. Then why it is so.": "After ninety days. A change starts the clock again.",
    "FILL IN a sentence with {{what is to be recalled}} in double braces.": "A load job costs {{nothing}}.",
    "FILL IN the situation and the constraint that decides. What should they do?": "A shop is short of money. "
    "How should it load its sales?",
    "FILL IN what is best under that constraint": "By batch load jobs at night",
    "FILL IN what a competent colleague might do": "By streaming from the tills",
    "FILL IN another thing that somebody might do": "By hand from a spreadsheet",
    "FILL IN a third one of about the same length": "By an export to a mailbox",
}


def _filled(text: str) -> str:
    for place, words in FILLED.items():
        assert place in text
        text = text.replace(place, words)
    return re.sub(r"FILL IN (.*)", r"This reason is long enough, \1", text)


def test_filled_in_it_passes(tmp_path: Path) -> None:
    write_folder(tmp_path, deck="deck: other\ntitle: Other\n")
    (tmp_path / "blueprints" / "half.yaml").unlink()
    made = new_deck("My First Deck", tmp_path, DAY)
    assert made.path == tmp_path / "my-first-deck.yaml"
    text = made.path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert all("fill in" in lines[n - 1].lower().replace("-", " ") for n in made.lines)
    unknown = {problem.line for problem in check([tmp_path], tmp_path).problems}
    assert unknown == {n for n in made.lines if "topic" in lines[n - 1]}
    made.path.write_text(text.replace("fill-in.topic", "a.one"), encoding="utf-8")
    left = {problem.line for problem in check([tmp_path], tmp_path).problems if problem.code == "W333"}
    block_starts = {n for n in left if lines[n - 1].endswith("|")}
    assert left - block_starts | {n + 1 for n in block_starts} == set(made.lines) - unknown
    made.path.write_text(_filled(text), encoding="utf-8")
    assert [str(problem) for problem in check([tmp_path], tmp_path).problems] == []


def test_outside_the_project_a_copy_of_the_schema_lies_beside(tmp_path: Path) -> None:
    made = new_deck("one", tmp_path / "new", DAY)
    assert made.schema == tmp_path / "new" / "deck.schema.json"
    laid = json.loads(made.schema.read_text(encoding="utf-8"))
    assert laid.pop("$comment") == f"Written by studyapp {__version__}"
    assert laid == json.loads((resources() / "deck.schema.json").read_text(encoding="utf-8"))
    assert made.path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=deck.schema.json\n")
    made.schema.write_text("mine", encoding="utf-8")
    assert new_deck("two", tmp_path / "new", DAY).schema is None
    assert made.schema.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("comment", "changed", "renewed"),
    [
        (None, True, True),
        ("Written by studyapp 0.0.1", True, True),
        ("Written by studyapp 999.0", True, False),
        (f"Written by studyapp {__version__}", False, False),
    ],
)
def test_the_schema_of_an_older_program_is_renewed(
    tmp_path: Path, comment: str | None, changed: bool, renewed: bool
) -> None:
    copy = new_deck("one", tmp_path, DAY).schema
    assert copy is not None
    laid = json.loads(copy.read_text(encoding="utf-8"))
    del laid["$comment"]
    if comment:
        laid["$comment"] = comment
    if changed:
        del laid["properties"]["verified_on"]
    before = json.dumps(laid)
    copy.write_text(before, encoding="utf-8")
    assert (new_deck("two", tmp_path, DAY).schema == copy) is renewed
    now = copy.read_text(encoding="utf-8")
    assert ("verified_on" in now) is (renewed or not changed)
    assert (now == before) is not renewed


@pytest.mark.parametrize("text", ["{}", "[]", "mine", '{"description": "My own."}'])
def test_a_schema_of_ones_own_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "deck.schema.json").write_text(text, encoding="utf-8")
    assert new_deck("one", tmp_path, DAY).schema is None
    assert (tmp_path / "deck.schema.json").read_text(encoding="utf-8") == text


def test_in_the_project_the_schema_is_named_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "resources")
    made = new_deck("one", tmp_path / "decks" / "mine", DAY)
    first = made.path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../resources/deck.schema.json"
    assert made.schema is None


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="exists already"):
        new_deck("one", tmp_path, DAY)
    assert path.read_text(encoding="utf-8") == "mine"
    (tmp_path / "two.yaml").symlink_to("nowhere")
    with pytest.raises(StudyError, match="exists already"):
        new_deck("two.yaml", tmp_path, DAY)


def test_a_name_or_folder_that_will_not_do(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="No id can be made of"):
        new_deck("???", tmp_path, DAY)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StudyError, match="cannot be written"):
        new_deck("one", tmp_path / "file", DAY)
