"""``export`` and ``import`` from the command line."""

from pathlib import Path

import pytest
from plain import SYLLABUS

from studyapp import cli
from studyapp.content import interchange_command
from studyapp.content.interchange.formats import FORMATS
from studyapp.content.loader import load
from studyapp.paths import shipped_decks

SHIPPED = "bigquery-design"
DECK = """\
deck: good
title: Good
cards:
  - {id: c-one, topic: a.one, front: What?, back: That.}
questions:
  - {id: q-one, topic: a.one, difficulty: hard, stem: Which?, options: [{text: A, correct: true}, {text: B}], tags: [x]}
"""


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
    (folder / "good.yaml").write_text(DECK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_never_over_a_file(
    decks: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    command = ["export", "--decks", "decks", "--format", name, "-o", f"out{FORMATS[name].suffix}"]
    assert cli.main(command) == 0
    out = capsys.readouterr()
    items = "2 items" if name in ("csv", "apkg") else "1 item"
    assert out.out == f"out{FORMATS[name].suffix} is written with {items}.\n"
    assert ("Not carried over:\nthe card, as " in out.err) == (items == "1 item")
    assert cli.main(command) == 2
    assert "exists already." in capsys.readouterr().err
    assert cli.main([*command, "--force"]) == 0


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("csv", "aiken")])
def test_an_image_of_a_case_is_told(decks: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (decks / "cases").mkdir()
    (decks / "cases" / "shop.yaml").write_text("case: shop\ntitle: S\ntext: See ![x](x.png).\n", encoding="utf-8")
    (decks / "good.yaml").write_text(DECK.replace("stem:", "case: shop, stem:"), encoding="utf-8")
    assert cli.main(["export", "--decks", "decks", "--format", name, "-o", f"out{FORMATS[name].suffix}"]) == 0
    assert "the image 'x.png' of a case\n  case shop\n" in capsys.readouterr().err


def test_import_writes_a_deck_beside_its_syllabus(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("quiz.txt").write_text("Which of them?\nA. This\nB. That\nANSWER: B\n", encoding="utf-8")
    command = ["import", "quiz.txt", "--deck", "team-quiz", "--dir", "decks"]
    assert cli.main(command) == 2
    assert "with --topic." in capsys.readouterr().err
    assert cli.main([*command, "--topic", "a.one"]) == 0
    out = capsys.readouterr()
    assert "team-quiz.yaml is written with 0 cards and 1 question.\n" in out.out
    assert out.err.startswith("Not carried over:\nhow hard its questions are (1)")
    assert "title: Team quiz\n" in (decks / "team-quiz.yaml").read_text(encoding="utf-8")
    assert cli.main([*command, "--topic", "a.one"]) == 2


def test_items_that_are_left_out_are_counted_and_give_exit_code_1(
    decks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("quiz.csv").write_text(
        "Stem text,front,back,option_1,option_2,correct\n,What?,That.,,,\nWhich?,,,This,That,1\n", encoding="utf-8"
    )
    assert cli.main(["import", "quiz.csv", "--deck", "quiz", "--topic", "a.one", "--dir", "decks"]) == 1
    out = capsys.readouterr()
    assert "quiz.yaml is written with 1 card and 0 questions; 1 item left out.\n" in out.out
    assert "the column 'Stem text'" in out.err
    assert "the question: the key 'stem' is missing\n  line 3\n" in out.err


def test_a_file_that_was_taken_for_something_else_says_how_to_name_it(
    decks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("quiz.txt").write_text("Which {one?\nA) This\nB) That\nRight: A\n", encoding="utf-8")
    command = ["import", "quiz.txt", "--deck", "quiz", "--topic", "a.one", "--dir", "decks"]
    assert cli.main(command) == 2
    err = capsys.readouterr().err
    assert err.startswith("studyapp: quiz.txt, read as GIFT: The braces opened in the question of line 1")
    assert "'studyapp import --format' takes it as that." in err
    assert cli.main([*command, "--format", "aiken"]) == 2
    assert "read as" not in capsys.readouterr().err


def test_format_names_are_the_formats() -> None:
    assert tuple(FORMATS) == interchange_command.FORMAT_NAMES
    assert tuple(made.name for made in FORMATS.values() if made.is_read) == interchange_command.READ_NAMES


def own_folder(folder: Path, deck: str = "my-own", id_: str = "my-price") -> Path:
    """A folder without a syllabus, with a deck that refers to what is shipped."""
    folder.mkdir()
    (folder / "own.yaml").write_text(
        f"deck: {deck}\ntitle: My own\nquestions:\n"
        f"  - {{id: {id_}, topic: bigquery.cost-model, difficulty: hard, case: flowlogistic, stem: Which?,"
        " options: [{text: A, correct: true}, {text: B}], cards: [no-such-card]}\n",
        encoding="utf-8",
    )
    return folder


def test_the_shipped_decks_stay_out_where_ones_own_go_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own_folder(tmp_path / "mine").parent)
    assert cli.main(["export", "--decks", "mine", "--format", "moodle", "-o", "mine.xml"]) == 0
    assert capsys.readouterr().out == "mine.xml is written with 1 item.\n"
    # What the question refers to is lent all the same.
    assert "Flowlogistic" in Path("mine.xml").read_text(encoding="utf-8")
    assert cli.main(["export", "--decks", "mine/own.yaml", "--format", "csv", "-o", "one.csv"]) == 0
    assert "written with 1 item." in capsys.readouterr().out
    assert cli.main(["export", "--decks", "mine", "--deck", SHIPPED, "--format", "csv", "-o", "b.csv"]) == 2
    assert f"no loaded deck '{SHIPPED}'" in capsys.readouterr().err


def test_a_deck_of_a_shipped_ones_id_goes_out_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped_deck = load([shipped_decks()]).bank.decks[0]
    monkeypatch.chdir(own_folder(tmp_path / "mine", shipped_deck.id, shipped_deck.questions[0].id).parent)
    assert cli.main(["export", "--decks", "mine", "--format", "csv", "-o", "mine.csv"]) == 0
    out = capsys.readouterr()
    assert out.out == "mine.csv is written with 1 item.\n"
    assert "did not load" not in out.err


def test_a_folder_without_a_deck_that_loads_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(own_folder(tmp_path / "mine").parent)
    Path("mine/own.yaml").write_text("deck: my-own\ntitle:\n", encoding="utf-8")
    assert cli.main(["export", "--decks", "mine", "--format", "csv", "-o", "mine.csv"]) == 2
    err = capsys.readouterr().err
    assert "own.yaml did not load" in err
    assert "There is no deck that loads." in err


def test_a_hyphen_is_no_file(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--decks", "decks", "--format", "csv", "-o", "-"]) == 2
    assert "'-' is no name for a file" in capsys.readouterr().err
    assert not Path("-").exists()


def test_a_folder_that_is_missing_is_named(decks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--decks", "decks", "--format", "gift", "-o", "missing/x.gift"]) == 2
    assert "there is no folder missing." in capsys.readouterr().err
