"""A deck as its author looks at it: items with their lines and problems, held against what is loaded beside it."""

import os
from pathlib import Path

import pytest
from samples import CASE, DECK, SYLLABUS, write, write_folder

from studyapp.content import loader, preview
from studyapp.content.check import check
from studyapp.content.loader import load
from studyapp.content.preview import find_alike, look_at
from studyapp.content.surroundings import InFolder, InLibrary

OTHER = """\
deck: other
title: Other
cards:
  - {id: c-other, topic: a.one, front: When does the long-term price hold?, back: After ninety days without a change.}
"""


def test_every_item_with_its_line_and_its_problems(tmp_path: Path) -> None:
    write_folder(tmp_path, deck=DECK.replace(" (Choose two.)", "  "))
    path = tmp_path / "good.yaml"
    looked = look_at(path, InFolder(tmp_path)(path))
    assert looked.loaded
    assert [(placed.item.id, placed.line) for placed in looked.items] == [("c-one", 5), ("q-one", 10), ("q-two", 24)]
    assert [[problem.code for problem in placed.problems] for placed in looked.items] == [[], [], ["W119"]]
    assert [looked.index_at(line) for line in (1, 5, 9, 10, 23, 24, 99)] == [0, 0, 0, 1, 1, 2, 2]
    assert [placed.case.title if placed.case else "" for placed in looked.items] == ["", "Shop", ""]


def test_a_problem_of_the_file_belongs_to_no_item(tmp_path: Path) -> None:
    write_folder(tmp_path, deck=DECK.replace("questions:\n", "questions: \n"))
    path = tmp_path / "good.yaml"
    looked = look_at(path, InFolder(tmp_path)(path))
    assert [(problem.line, problem.code) for problem in looked.problems] == [(9, "W119")]
    assert not any(placed.problems for placed in looked.items)


def test_a_deck_whose_case_lies_in_another_folder_is_held_against_all_that_is_loaded(tmp_path: Path) -> None:
    """A folder of one's own has no syllabus and may use the cases of any other one that is loaded."""
    shipped, cases, mine = (tmp_path / name for name in ("shipped", "cases-of-mine", "mine"))
    write(shipped, "syllabus.yaml", SYLLABUS)
    write(cases, "cases/shop.yaml", CASE)
    path = write(mine, "good.yaml", DECK)
    library = load([shipped, cases, mine])
    looked = look_at(path, InLibrary(lambda: library)(path))
    assert looked.loaded
    assert looked.problems == ()
    assert looked.items[1].case_folder == cases / "cases"


def test_an_id_that_another_folder_has_is_told_with_its_place(tmp_path: Path) -> None:
    write(tmp_path / "more", "other.yaml", OTHER)
    write_folder(tmp_path, deck=DECK.replace("c-one", "c-other"))
    library = load([tmp_path / "more", tmp_path])
    path = tmp_path / "good.yaml"
    looked = look_at(path, InLibrary(lambda: library)(path))
    assert not looked.loaded
    assert [(problem.code, problem.line) for problem in looked.problems] == [("E201", 5)]
    assert "other.yaml:4" in looked.problems[0].message


@pytest.mark.parametrize("name", ["a-first.yaml", "z-last.yaml"])
@pytest.mark.parametrize("change", [("", ""), ("id: c-one", "id: c-one  # check: ignore W330"), ("A shop", "<i>")])
def test_it_says_what_the_command_says(tmp_path: Path, name: str, change: tuple[str, str]) -> None:
    """Near-duplicates too, whichever of the two files comes first."""
    write_folder(tmp_path, deck=DECK.replace(*change, 1) if change[0] else DECK)
    write(tmp_path, name, OTHER)
    path = tmp_path / "good.yaml"
    around = InFolder(tmp_path)(path)
    deck = look_at(path, around).deck
    assert deck is not None
    looked = look_at(path, around, find_alike(deck, around))
    told = {*looked.problems, *(problem for placed in looked.items for problem in placed.problems)}
    assert told == set(check([path], tmp_path).problems)
    silenced = "ignore" in change[1]
    assert ("W330" in {problem.code for problem in told}) is (name == "a-first.yaml" and not silenced)
    assert ("W118" in {problem.code for problem in told}) is (name == "z-last.yaml" and silenced)


def test_only_what_changed_beside_it_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path)
    path = tmp_path / "good.yaml"
    case = tmp_path / "cases" / "shop.yaml"
    for file in tmp_path.rglob("*.yaml"):
        # Long enough ago for its stamp to be trusted.
        os.utime(file, (1, 1))
    beside = InFolder(tmp_path)
    before = beside(path)
    parsed = []
    monkeypatch.setattr(loader, "_parse", lambda source, *_: parsed.append(source.path))
    path.write_text(DECK.replace("ninety", "90"), encoding="utf-8")
    assert beside(path) is before
    assert not parsed
    assert {case, tmp_path / "cases", tmp_path} <= set(before.files)
    case.write_text(CASE.replace("A shop", "Some shop"), encoding="utf-8")
    assert beside(path) is not before
    assert parsed == [case]


def test_without_any_syllabus_topics_are_not_judged(tmp_path: Path) -> None:
    path = write(tmp_path, "alone.yaml", OTHER)
    assert look_at(path, InFolder(tmp_path / "nowhere")(path)).loaded


def test_a_syllabus_can_be_looked_at_too(tmp_path: Path) -> None:
    write_folder(tmp_path)
    library = load([tmp_path])
    path = tmp_path / "syllabus.yaml"
    looked = look_at(path, InLibrary(lambda: library)(path))
    assert (looked.loaded, looked.items, looked.problems) == (True, (), ())


def test_the_images_of_the_items(tmp_path: Path) -> None:
    write_folder(
        tmp_path, deck=DECK.replace("front: When", 'front: "![a](one.png) ![b](<two%20b.png>)"\n    tags: [x]  #')
    )
    path = tmp_path / "good.yaml"
    (tmp_path / "one.png").write_bytes(b"x")
    case = tmp_path / "cases" / "shop.yaml"
    case.write_text(CASE.replace("A shop", "![c](shop.png) A shop"), encoding="utf-8")
    images = dict(look_at(path, InFolder(tmp_path)(path)).images)
    assert list(images) == [tmp_path / "cases" / "shop.png", tmp_path / "one.png", tmp_path / "two b.png"]
    assert [stamp is None for stamp in images.values()] == [True, False, True]


def test_a_comparison_can_be_stopped_and_too_many_are_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path)
    around = InFolder(tmp_path)(tmp_path / "good.yaml")
    deck = look_at(tmp_path / "good.yaml", around).deck
    assert deck is not None
    assert find_alike(deck, around) is not None
    answers = iter([False, True])
    assert find_alike(deck, around, lambda: next(answers)) is None
    monkeypatch.setattr(preview, "_FEW", 2)
    assert find_alike(deck, around) is None
