"""Comments that silence warnings, and those that were meant to."""

from pathlib import Path

import pytest
from samples import DECK, changed, write, write_folder

from studyapp.content import silencing
from studyapp.content.check import check

HTML = {"Streaming writes": "Streaming <b>writes</b>"}
LINE = "      - text: Streaming <b>writes</b>"


def _found(folder: Path, deck: str) -> list[str]:
    write_folder(folder, deck=deck)
    return [f"{p.line} {p.code} {p.message}" for p in check([folder], folder).problems]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# check: ignore W3", "W305"),
        ("# Check: Ignore w315", "W315"),
        ("# check: ignore because", "W305"),
        ("# check ignore W315", "W315"),
        ("# check: ignroe W315", "W315"),
        ("# ignore: W315", "W315"),
        ("# noqa: W315", "W315"),
        ("# CHECK:IGNORE W315", "W315"),
        ("# check: W315 is meant", "W315"),
    ],
)
def test_a_slip_in_the_comment_is_told(tmp_path: Path, comment: str, code: str) -> None:
    text = changed("deck", HTML).replace(LINE, f"{LINE}  {comment}")
    first, second = _found(tmp_path, text)
    assert first.startswith("19 W315")
    assert second == f"19 W118 this silences nothing; write '# check: ignore {code} why'"


@pytest.mark.parametrize("more", [" w306", ", W3", "  W31"])
def test_a_slip_behind_a_good_code_is_told(tmp_path: Path, more: str) -> None:
    (told,) = _found(tmp_path, changed("deck", HTML).replace(LINE, f"{LINE}  # check: ignore W315{more} why"))
    assert told.startswith("19 W118 this silences nothing")


@pytest.mark.parametrize(
    "comment",
    [
        "# check this with Ann",
        "# check: the price has changed",
        "# ignore the rest",
        "# checked against the W3C's list",
        "# see check W306 in the guide",
        "#check",
    ],
)
def test_other_comments_are_left_alone(tmp_path: Path, comment: str) -> None:
    assert _found(tmp_path, DECK.replace("title: Good", f"title: Good  {comment}")) == []


@pytest.mark.parametrize(
    "stem",
    [
        "stem: |\n      A shop has a linter.\n      # check: ignore W315\n      # check: ignroe W302\n      Which?",
        "stem: >-  \n      # check: ignore W315\n\n      Which?",
        "stem: 'A shop writes # check: ignore W315 in a file. Which?'",
        'stem: "A \\" shop writes # check: ignore W3\n      # check: ignore W315 in a file. Which?"',
    ],
)
def test_inside_a_text_it_is_no_comment(tmp_path: Path, stem: str) -> None:
    old = "stem: A shop loads its sales once a day and wants the lowest cost. Which way of loading should it choose?"
    found = _found(tmp_path, changed("deck", {old: stem}))
    assert not [line for line in found if "W118" in line]
    silenced = changed("deck", {old: stem.replace("Which?", "<b>Which</b>?")})
    assert [line for line in _found(tmp_path, silenced) if "W315" in line]


@pytest.mark.parametrize(
    "deck",
    [
        changed("deck", {"stem: A shop": "stem: |  # check: ignore W315 shown so\n      A <b>shop</b>"}),
        changed(
            "deck",
            {"stem: A shop": "stem: |\n      A <b>shop</b>", "- id: q-one": "- id: q-one # check: ignore W315"},
        ),
        changed("deck", {"stem: A shop": "stem: 'A <b>shop</b>.'  # check: ignore W315\n    tags: []\n    #"}),
    ],
)
def test_where_the_comment_of_a_stem_goes(tmp_path: Path, deck: str) -> None:
    assert [line for line in _found(tmp_path, deck) if "W315" in line or "W118" in line] == []


def test_a_comment_below_a_text_counts_again(tmp_path: Path) -> None:
    text = DECK.replace("stem: A bank", "stem: |\n      A bank").replace(
        "(Choose two.)\n", "(Choose two.)\n    # check: ignore W301\n"
    )
    assert [line.split()[:2] for line in _found(tmp_path, text)] == [["29", "W118"]]


def test_a_comment_above_its_line_is_told_where_to_go(tmp_path: Path) -> None:
    text = changed("deck", HTML).replace(LINE, f"      # check: ignore W315 meant\n{LINE}")
    first, second = _found(tmp_path, text)
    assert first == "19 W118 this silences no W315 on a line of its own; move it to the end of the next line"
    assert second.startswith("20 W315")


def test_line_ends_of_every_kind_are_counted(tmp_path: Path) -> None:
    text = changed("deck", HTML | {"front: When does": 'front: "When\u2028 does', "price hold?": 'price hold?"'})
    silenced = text.replace(LINE, f"{LINE}  # check: ignore W315").replace("\n", "\r\n")
    assert [line for line in _found(tmp_path, silenced) if "W315" in line or "W118" in line] == []


def test_only_so_many_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silencing, "MAX_COMMENTS", 3)
    folder = write_folder(tmp_path)
    write(folder, "x.yaml", "deck: x\ntitle: X\n" + "# check: ignore W301\n" * 5)
    found = [p for p in check([folder], folder).problems if p.code == "W118"]
    assert [p.line for p in found] == [3, 4, 5, 6]
    assert found[-1].message.startswith("only the first 3 such comments count")
