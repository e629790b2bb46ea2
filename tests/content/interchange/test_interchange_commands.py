"""``export`` and ``import`` from the command line."""

from pathlib import Path

import pytest
from plain import SYLLABUS

from studyapp import cli
from studyapp.content import interchange_command
from studyapp.content.interchange.formats import FORMATS

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
    items = 2 if name in ("csv", "apkg") else 1
    assert out.out == f"out{FORMATS[name].suffix} is written with {items} items.\n"
    assert ("Not carried over:\nthe card, as " in out.err) == (items == 1)
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
    assert "team-quiz.yaml is written with 0 cards and 1 questions." in out.out
    assert out.err.startswith("Not carried over:\nhow hard its questions are (1)")
    assert "title: Team quiz\n" in (decks / "team-quiz.yaml").read_text(encoding="utf-8")
    assert cli.main([*command, "--topic", "a.one"]) == 2


def test_format_names_are_the_formats() -> None:
    assert tuple(FORMATS) == interchange_command.FORMAT_NAMES
    assert tuple(made.name for made in FORMATS.values() if made.is_read) == interchange_command.READ_NAMES
