"""What is said of an item while it is edited."""

from collections.abc import Callable
from pathlib import Path

import pytest
from samples import DECK, write, write_folder

from studyapp.content.check import check
from studyapp.content.item_block import find_item, save
from studyapp.content.item_check import ItemCheck, Outcome
from studyapp.content.loader import load

OTHER = """\
deck: other
title: Other
cards:
  - {id: c-other, topic: a.one, front: What is this?, back: Another., was: [c-former]}
"""

Edit = Callable[[str, dict[str, str]], Outcome]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "other.yaml", OTHER)
    return write_folder(tmp_path)


@pytest.fixture
def edit(folder: Path) -> Edit:
    """What is said of an item with some passages replaced."""

    def edit(item: str, changes: dict[str, str]) -> Outcome:
        block = find_item(folder / "good.yaml", item)
        text = block.text
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new, 1)
        return ItemCheck(block, load([folder]).bank).check(text)

    return edit


def test_nothing_is_said_of_a_good_edit(edit: Edit) -> None:
    outcome = edit("c-one", {"ninety days": "90 days"})
    assert (outcome.problems, outcome.refusal, outcome.caution) == ((), "", "")
    assert outcome.item is not None
    assert outcome.item.back == "When the data has not changed for 90 days."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("item", "changes", "code", "line"),
    [
        ("c-one", {"topic: a.one": "topic: a.two"}, "E202", 6),
        ("c-one", {"front:": "frnt:"}, "E104", 7),
        ("c-one", {"back: When": "back: [When"}, "E105", 8),
        ("c-one", {"id: c-one": "id: c-other\n    was: [c-one]"}, "E201", 5),
        ("c-one", {"id: c-one": "id: c-former\n    was: [c-one]"}, "E209", 5),
        ("c-one", {"id: c-one": "id: q-two\n    was: [c-one]"}, "E201", 5),
        ("q-one", {"case: shop": "case: shed"}, "E203", 13),
        ("q-one", {"correct: true": "correct: false"}, "E130", 16),
        ("q-two", {"topic: a.one": "topic: a.one\n\tx: y"}, "E106", 26),
    ],
)
def test_what_breaks_the_file_is_refused_with_its_line(
    edit: Edit, item: str, changes: dict[str, str], code: str, line: int
) -> None:
    outcome = edit(item, changes)
    assert code in {problem.code for problem in outcome.problems}
    assert line in {problem.line for problem in outcome.problems if problem.code == code}
    assert "from loading" in outcome.refusal
    assert outcome.item is None


def test_the_place_of_an_id_that_is_taken(edit: Edit) -> None:
    outcome = edit("c-one", {"id: c-one": "id: c-other"})
    assert any("other.yaml:4" in problem.message for problem in outcome.problems)
    assert outcome.refusal.startswith("An error in line 5 ")


def test_a_warning_is_told_and_not_refused(edit: Edit) -> None:
    outcome = edit("q-two", {"two steps lower its cost? (Choose two.)": "steps lower its cost?", "[c-one]": "[c-gone]"})
    assert [(p.code, p.line) for p in outcome.problems] == [("W304", 27), ("W207", 37)]
    assert not outcome.refusal
    assert outcome.item is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"  - id: c-one": "  - {id: c-new, topic: a.one, front: What?, back: That.}\n  - id: c-one"},
        {"days.": "days.\nverified_on: 2020-01-01"},
        {"days.": "days.\nquestions: []"},
        {"  - id: c-one\n    topic: a.one\n": "", "    front": "front", "    back": "back"},
    ],
)
def test_an_edit_stays_within_its_item(edit: Edit, changes: dict[str, str]) -> None:
    assert edit("c-one", changes).refusal


@pytest.mark.parametrize(
    "change",
    [
        # What is not over with its last line would take in the item below.
        ("days.", "days.\n    tags: ['"),
        ("days.", "days.\n    tags: ["),
        ("  - id: c-one", "    - id: c-one"),
        ("days.", "days.\n  - end"),
    ],
)
def test_an_item_ends_with_its_lines(edit: Edit, change: tuple[str, str]) -> None:
    outcome = edit("c-one", dict([change]))
    assert outcome.refusal
    assert outcome.item is None or change[0] != "days."


def test_other_items_that_name_it_are_told_of(edit: Edit) -> None:
    outcome = edit("c-one", {"id: c-one": "id: c-new\n    was: [c-one]"})
    assert [(p.code, p.line) for p in outcome.problems] == [("W207", 22), ("W207", 38)]
    assert not outcome.refusal
    assert [(p.code, p.line) for p in edit("q-two", {"id: q-two": "id: q-new"}).problems] == [("W208", 23)]


def test_problems_of_other_items_are_their_own(folder: Path) -> None:
    """Another item that keeps the file from loading is not this one's fault, and is mended by itself."""
    write(folder, "good.yaml", DECK.replace("difficulty: hard", "difficulty: harder"))
    block = find_item(folder / "good.yaml", "c-one")
    outcome = ItemCheck(block, load([folder]).bank).check(block.text.replace("ninety", "90"))
    assert (outcome.problems, outcome.refusal) == ((), "")
    assert outcome.item is not None


@pytest.mark.parametrize("was", ["was: [c-one]", "was: [c-old, c-one]"])
def test_a_new_id_needs_the_old_one(edit: Edit, was: str) -> None:
    assert "was: [c-one]" in edit("c-one", {"id: c-one": "id: c-new"}).caution
    outcome = edit("c-one", {"id: c-one": f"id: c-new\n    {was}"})
    assert (outcome.refusal, outcome.caution) == ("", "")


def test_the_settings_and_the_ledger_of_the_folder_count(folder: Path, edit: Edit) -> None:
    write(folder, "studyapp.yaml", "check: {ignore: [W304]}\n")
    write(folder, "ids.txt", "c-one\tcard\tQuite another thing?\tNothing of the kind\n")
    assert [
        p.code for p in edit("q-two", {"two steps lower its cost? (Choose two.)": "steps lower its cost?"}).problems
    ] == []
    assert [p.code for p in edit("c-one", {"When does": "When may"}).problems] == ["W211"]


def test_it_says_what_the_command_says(folder: Path) -> None:
    """After saving, ``studyapp check`` finds in the item what was told while it was edited."""
    block = find_item(folder / "good.yaml", "q-one")
    text = block.text.replace("Streaming makes rows visible at once, which costs money and is not needed.", "No.  ")
    told = ItemCheck(block, load([folder]).bank).check(text).problems
    save(block, text)
    assert {str(p) for p in told} == {str(p) for p in check([folder / "good.yaml"], folder).problems}
    assert {p.code for p in told} == {"W119", "W313"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("questions:\n", "questions: [\n", "The file has a problem: "),
        ("title: Good", "title: |\n  \0", "The file has a problem: "),
        ("verified_on: 2026-11-23\n", 'verified_on: "\n', "The file has no item 'c-one'"),
    ],
)
def test_what_the_lines_of_an_item_do_not_show_of_its_file(folder: Path, old: str, new: str, said: str) -> None:
    """The lines are found without parsing all of the file; what is wrong elsewhere keeps it from being saved."""
    bank = load([folder]).bank
    text = DECK.replace(old, new, 1).replace("questions:\n", '  "\nquestions:\n' if '"' in new else "questions:\n")
    block = find_item(write(folder, "good.yaml", text), "c-one")
    outcome = ItemCheck(block, bank).check(block.text.replace("ninety days", "90 days"))
    assert outcome.refusal.startswith(said)
