"""What the parsed data no longer shows: texts that are cut off at a ``#``, and nulls."""

from pathlib import Path

import pytest
from samples import DECK, changed, marked, write, write_folder

from studyapp.content import written
from studyapp.content.check import check
from studyapp.content.loader import load


def _places(folder: Path, deck: str, code: str) -> list[tuple[int, int]]:
    write_folder(folder, deck=deck)
    return [(p.line, p.column) for p in check([folder], folder).problems if p.code == code]


FRONT = "front: When does the long-term price hold?"


@pytest.mark.parametrize(
    "front",
    [
        "front: Which client libraries does BigQuery have, C «# or Java?",
        "front: What is told in ticket «#12 of the list?",
        "front: What is told in ticket  «#12 of the list?",
        "front: What does it cost? «#12 tells",
        "front: What is C «#",
        "front:\n      What is told in\n      ticket «#12",
        "front: What does *this* (all of it) mean «# and that?",
        "front: What is 'C' «# for?",
    ],
)
def test_a_text_that_goes_on_behind_the_sign_is_told(tmp_path: Path, front: str) -> None:
    text, place = marked(changed("deck", {FRONT: front}))
    assert _places(tmp_path, text, "W137") == [place]


@pytest.mark.parametrize(
    "front",
    [
        "front: When does the long-term price hold?  # asked by many",
        "front: When does the long-term price hold? # asked by many",
        'front: "What is C?" # asked by many',
        "front: '#1 and C # or Java?'",
        "front: What is C# or F#?",
        "front: |\n      What is C # or Java?\n      # A heading",
        "front: >-  # or Java\n      What is it?",
        "# or Java\n    front: What is it?",
        "front: What is it  # check: ignore W331",
        "front: What is it # check: ignore W331",
    ],
)
def test_a_comment_is_none(tmp_path: Path, front: str) -> None:
    assert _places(tmp_path, changed("deck", {FRONT: front}), "W137") == []


def test_keys_that_nobody_reads_may_have_any_comment(tmp_path: Path) -> None:
    text = DECK.replace("topic: a.one", "topic: a.one # one blank").replace("medium", "medium #12")
    assert _places(tmp_path, text, "W137") == []


def test_a_cut_text_is_told_beside_the_error_that_it_causes(tmp_path: Path) -> None:
    text = changed("deck", {FRONT + "\n    back: When the": "cloze: In C # it is {{this}}.\n    #"})
    folder = write_folder(tmp_path, deck=text)
    assert {p.code for p in check([folder], folder).problems} == {"E133", "W137"}


def test_a_comment_silences_it(tmp_path: Path) -> None:
    text = changed("deck", {FRONT: "front: What is C # check: ignore W137 and Java?"})
    assert _places(tmp_path, text, "W137") == []
    text = changed("deck", {FRONT: "front: What is C # or so", "- id: c-one": "- id: c-one  # check: ignore W137 mine"})
    assert _places(tmp_path, text, "W137") == []


def test_without_a_suspect_nothing_is_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path, deck=DECK.replace("title: Good", "title: Good  # a comment\n# another"))
    monkeypatch.setattr(written, "texts_of", lambda text: pytest.fail("read again"))
    assert check([tmp_path], tmp_path).problems == ()


@pytest.mark.parametrize("null", ["~", "null", "NULL", "Null", "null  # not yet"])
@pytest.mark.parametrize("key", ["title: Good", "back: When the data has not changed for ninety days.", "[cost]"])
def test_a_null_is_no_text(tmp_path: Path, null: str, key: str) -> None:
    name, _, _ = key.partition(":")
    text = DECK.replace(key, f"{name}: {null}" if name != key else f"\n    - {null}")
    folder = write_folder(tmp_path, deck=text)
    (problem,) = [p for p in check([folder], folder).problems if p.code == "E124"]
    assert "is null, which is no text" in problem.message
    assert not next(file for file in load([folder]).files if file.path.name == "good.yaml").loaded


@pytest.mark.parametrize("text", ["'~'", '"null"', "null values are skipped", "|\n      ~", "~ 5 days"])
def test_the_word_in_a_text_is_fine(tmp_path: Path, text: str) -> None:
    deck = changed("deck", {"back: When the data has not changed for ninety days.": f"back: {text}"})
    assert check([write_folder(tmp_path, deck=deck)], tmp_path).problems == ()


def test_in_braces_a_null_is_found_too(tmp_path: Path) -> None:
    write_folder(tmp_path)
    cards = "".join(f"  - {{id: m-{n}, topic: a.one, front: What {n}?, back: That {n}.}}\n" for n in range(900))
    text = "deck: many\ntitle: Many\ncards:\n" + cards.replace("That 5.", "null").replace("That 700.", "null")
    path = write(tmp_path / "mine", "many.yaml", text)
    assert [p.line for p in check([path], tmp_path).problems if p.code == "E124"] == [9, 704]
    assert [p.line for p in load([tmp_path, path]).problems if p.code == "E124"] == [9, 704]
