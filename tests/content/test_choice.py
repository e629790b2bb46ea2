"""Which problems are reported: on the command line, in ``studyapp.yaml``, by comments."""

from pathlib import Path

import pytest
from samples import CONFIG, DECK, changed, write, write_folder

from studyapp.content.check import check
from studyapp.content.choice import Choice, parse_codes
from studyapp.content.config import read_config
from studyapp.core.errors import StudyError


@pytest.mark.parametrize(
    ("select", "ignore", "code", "wanted"),
    [
        (("E", "W"), (), "W306", True),
        (("W3",), (), "W306", True),
        (("W3",), (), "W207", False),
        (("W3",), (), "E104", True),
        (("E",), (), "W306", False),
        (("E", "W"), ("W3",), "W306", False),
        (("E", "W", "W306"), ("W3",), "W306", True),
        (("W306",), ("W306",), "W306", False),
        (("E", "W"), ("W30",), "W310", True),
    ],
)
def test_the_longest_beginning_decides(
    select: tuple[str, ...], ignore: tuple[str, ...], code: str, wanted: bool
) -> None:
    assert Choice(select, ignore).wants(code) is wanted


def test_codes_of_the_command_line() -> None:
    assert parse_codes(["w3, W401", "E1"], "--select") == ("W3", "W401", "E1")
    assert parse_codes([], "--select") == ()
    with pytest.raises(StudyError, match="No code begins with 'W9', which --ignore names"):
        parse_codes(["W3,W9"], "--ignore")
    with pytest.raises(StudyError, match="--select names no code"):
        parse_codes([" ,"], "--select")
    with pytest.raises(StudyError, match="E104 cannot be ignored"):
        parse_codes(["E104"], "--ignore")


def test_the_file_beside_the_decks(tmp_path: Path) -> None:
    write_folder(tmp_path, config=CONFIG)
    choice, report = read_config(tmp_path)
    assert choice == Choice(("W",), ("W314",), (("good*.yaml", ("W306",)),))
    assert report is not None
    assert report.problems == ()
    assert choice.for_file("good-one.yaml").ignore == ("W314", "W306")
    assert choice.for_file("bigquery.yaml").ignore == ("W314",)
    asked, _ = read_config(tmp_path, Choice(("W2",), ("W207",)))
    assert (asked.select, asked.ignore) == (("W2",), ("W314", "W207"))
    assert read_config(tmp_path / "none") == (Choice(), None)


@pytest.mark.parametrize(
    ("config", "select", "ignore", "wanted"),
    [
        ("ignore: [W119]", ("W119",), (), True),
        ("ignore: [W1]", ("W119",), (), True),
        ("ignore: [W119]", ("W1",), (), False),
        ("files: [{path: good.yaml, ignore: [W119]}]", ("W119",), (), True),
        ("ignore: [W119]", ("W119",), ("W119",), False),
        ("select: [W119]", (), ("W1",), False),
        ("select: [W119]", (), ("W119",), False),
        ("select: [W119, W3]", (), ("W3",), True),
        ("ignore: [W119]", (), (), False),
    ],
)
def test_where_both_name_a_code_the_command_line_decides(
    tmp_path: Path, config: str, select: tuple[str, ...], ignore: tuple[str, ...], wanted: bool
) -> None:
    folder = write_folder(tmp_path, deck=DECK.replace("title: Good", "title: Good "), config=f"check: {{{config}}}\n")
    found = check([folder], folder, Choice(select, ignore)).problems
    assert [problem.code for problem in found] == ["W119"] * wanted


def test_a_pattern_that_fits_no_file_is_told(tmp_path: Path) -> None:
    write_folder(tmp_path, config="check:\n  files:\n    - {path: god.yaml, ignore: [W3]}\n")
    (problem,) = check([tmp_path], tmp_path).problems
    assert (problem.line, problem.column, problem.code) == (3, 14, "W118")
    assert problem.message == "no deck file here has a path like 'god.yaml'; mend or remove the entry"


def test_settings_are_no_deck_and_no_file_of_the_program(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, config=CONFIG)
    assert check([folder], folder).files == 6
    assert check([folder / "studyapp.yaml"], folder).problems == ()
    write(folder, "studyapp.yaml", "check: {ignore: [W31]}\nchek: x\n")
    (problem,) = check([folder / "studyapp.yaml"], folder).problems
    assert (problem.code, problem.line, problem.message) == ("E104", 2, "unknown key 'chek' (did you mean 'check'?)")


@pytest.mark.parametrize(
    ("config", "codes"),
    [
        ("check: {ignore: [W314]}\n", []),
        ("check: {ignore: [W]}\n", []),
        ("check: {select: [W2]}\n", []),
        ("check: {files: [{path: go*.yaml, ignore: [W31]}]}\n", []),
        ("check: {files: [{path: other.yaml, ignore: [W31]}]}\n", ["W118", "W314"]),
        ("check: {ignore: [W118], files: [{path: other.yaml, ignore: [W31]}]}\n", ["W314"]),
        ("check: {files: [{path: 'cases/*.yaml', ignore: [W31]}]}\n", ["W314"]),
        ("check: {ignore: [W3], select: [W314]}\n", ["W314"]),
        ("check: {select: [E]}\n", []),
        ("check: {ignore: [314]}\n", ["E125", "W314"]),  # a broken file settles nothing
        ("check: [W314]\n", ["E123", "W314"]),
        ("check: {}\n---\n", ["E111", "W314"]),
        (b"\xff\xfe", ["E103", "W314"]),
    ],
)
def test_what_a_folder_settles(tmp_path: Path, config: str | bytes, codes: list[str]) -> None:
    folder = write_folder(tmp_path, deck=DECK.replace("    cards: [c-one]\n", "", 1))
    write(folder, "studyapp.yaml", config)
    assert sorted(problem.code for problem in check([folder], folder).problems) == codes


def test_what_is_passed_over_does_not_fill_the_list(tmp_path: Path) -> None:
    cards = "".join(f"  - {{id: c-{i}, topic: a.one, front: What is {i}?, back: FILL IN}}\n" for i in range(300))
    folder = write_folder(
        tmp_path, deck=f"deck: d\ntitle: FILL\ncards:\n{cards}  - {{id: z, topic: a.one, cloze: '{{{{a}}}}'}}\n"
    )
    (folder / "blueprints" / "half.yaml").unlink()
    assert {p.code for p in check([folder], folder).problems} == {"W333", "E199"}
    assert [p.code for p in check([folder], folder, Choice(("W332",))).problems] == ["W332"]


def test_a_comment_counts_as_used_though_its_code_is_passed_over(tmp_path: Path) -> None:
    text = changed("deck", {"text: Streaming writes": "text: Streaming <b>writes</b>  # check: ignore W315"})
    folder = write_folder(tmp_path, deck=text)
    assert check([folder], folder, Choice(ignore=("W315",))).problems == ()


@pytest.mark.parametrize("code", ["W402", "W326", "W211"])
def test_a_comment_is_not_blamed_for_what_was_not_looked_for(tmp_path: Path, code: str) -> None:
    folder = write_folder(tmp_path, deck=DECK.replace("- id: q-two", f"- id: q-two  # check: ignore {code}"))
    choice = Choice(ignore=("W4", "W325", "W326", "W330", "W2"))
    assert check([folder], folder, choice).problems == ()
    write(folder, "ids.txt", "")
    assert "W118" in {problem.code for problem in check([folder], folder).problems}
