"""Anki's own code opens what we write, and finds every card, tag and image."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from studyapp.content.interchange.apkg import write
from studyapp.content.interchange.material import Material
from studyapp.core.deck import Card, Case, Deck, Difficulty, Option, Question

PNG = b"\x89PNG\r\n\x1a\n picture"
CARDS = (
    Card("c-one", "a.one", "What is `1 < 2`?", "It **holds**. ![x](img/a%20b.png)", deck="d", changed="It did not."),
    Card(
        "c-gap", "a.one", cloze="New: {{Firestore}} in {{std::mode}}, `{{SELECT}}`.", deck="d", tags=("two words", "x")
    ),
)
OPTIONS = (Option("This", True, "It is *free*. ![x](img/a%20b.png)"), Option("That & more", False, "It costs."))
QUESTION = Question(
    "q-one", "a.one", Difficulty.HARD, "Which?\n\n- a\n- b", OPTIONS, "d", case="flow", cards=("c-one",)
)
MORE = Question("q-two", "a.one", Difficulty.EASY, "And ![gone](gone.png)?", OPTIONS, "d", tags=("cost",))


def open_in_anki(folder: Path, *packages: bytes):
    paths = []
    for number, data in enumerate(packages):
        path = folder / f"{number}.apkg"
        path.write_bytes(data)
        paths.append(str(path))
    script = Path(__file__).with_name("open_in_anki.py")
    command = [sys.executable, str(script), str(folder), *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def material(tmp_path: Path) -> Material:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "a b.png").write_bytes(PNG)
    deck = Deck("d", "Dee: it", "d.yaml", None, CARDS, (QUESTION, MORE))
    return Material("T", (deck,), {"flow": Case("flow", "Flow", "The *story*.")}, {"d": tmp_path})


def test_decks_of_one_title_stay_apart_in_anki(material: Material, tmp_path: Path) -> None:
    pytest.importorskip("anki", reason="no wheel of it for this platform")
    (deck,) = material.decks
    other = replace(deck, id="e", title="dee:  it", cards=(), questions=(replace(QUESTION, id="q-e", deck="e"),))
    written = write(replace(material, decks=(replace(deck, verified_on=date(2026, 11, 23)), other)))
    assert ("deck d", "the day when its facts were checked (verified_on)") in [(x.item, x.what) for x in written.losses]
    found = open_in_anki(tmp_path, written.data)
    assert {name for note in found["notes"] for name in note["decks"]} == {
        "studyapp::Dee: it (d)",
        "studyapp::dee:  it (e)",
    }


def test_anki_finds_every_card_tag_and_image(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("anki", reason="no wheel of it for this platform")
    written = write(material)
    assert [(loss.item, loss.what) for loss in written.losses] == [
        ("c-gap", "the tag 'two words', which became 'two_words'"),
        ("q-one", "its cards to review"),
        ("q-two", "the image 'gone.png', which cannot be read"),
    ]
    changed = replace(CARDS[0], back="It holds still.")
    newer = replace(material, decks=(replace(material.decks[0], cards=(changed, CARDS[1])),))
    # Anki takes what is newer, to the second.
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    found = open_in_anki(tmp_path, written.data, write(newer).data)
    notes = {note["fields"]["Id"]: note for note in found["notes"]}
    assert set(notes) == {"c-one", "c-gap", "q-one", "q-two"}
    assert found["logs"][0] == {"new": 4, "updated": 0, "conflicting": 0}
    assert found["logs"][1] == {"new": 0, "updated": 4, "conflicting": 0}
    assert notes["c-one"]["fields"]["Back"] == "It holds still."
    assert all(note["decks"] == ["studyapp::Dee: it"] for note in notes.values())
    assert sorted(notes["c-gap"]["tags"]) == ["deck::d", "topic::a.one", "two_words", "x"]
    assert sorted(notes["q-one"]["tags"]) == ["case::flow", "deck::d", "difficulty::hard", "topic::a.one"]
    assert "<code>1 &lt; 2</code>" in notes["c-one"]["questions"][0]
    (name,) = found["media"]
    assert bytes.fromhex(found["media"][name]) == PNG
    assert f'src="{name}"' in notes["q-one"]["answers"][0]
    assert "Firestore" not in notes["c-gap"]["questions"][0].replace('data-cloze="Firestore"', "")
    assert "mode</span>" in notes["c-gap"]["answers"][0]
    question = notes["q-one"]
    assert "The <em>story</em>." in question["questions"][0]
    assert "It is <em>free</em>. <img" in question["answers"][0]
    assert "It is <em>free</em>." not in question["questions"][0]
