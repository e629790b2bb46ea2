"""What the emitter writes, the loader reads as the same deck."""

import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings
from plain import SYLLABUS, plain_deck
from strategies import decks

from studyapp.content.interchange.deck_emitter import WIDTH, emit
from studyapp.content.loader import load
from studyapp.core.deck import Deck

LONG = "A retailer loads its sales once a day and nobody reads them before the next morning, so a delay is fine. " * 3
HOUSE = """\
# Imported from a.csv
deck: mine
title: "12:30"

cards:
  - id: c-one
    topic: a.one
    front: What holds?
    back: |
      One line.

        - and a list
    tags: [cost, "no", "two words"]

questions:
  - id: q-one
    topic: a.one
    difficulty: easy
"""


def test_the_style_is_that_of_the_house() -> None:
    card = {"id": "c-one", "topic": "a.one", "front": "What holds?", "back": "One line.\n\n  - and a list"}
    options = [{"text": "Yes: it does", "correct": "true"}, {"text": "- No", "rationale": "It does not."}]
    question = {"id": "q-one", "topic": "a.one", "difficulty": "easy", "stem": LONG.strip(), "options": options}
    data = {"deck": "mine", "title": "12:30", "cards": [card | {"tags": ["cost", "no", "two words"]}]}
    text = emit(data | {"questions": [question]}, "Imported from a.csv\n")
    assert text.startswith(HOUSE)
    assert '    options:\n      - text: "Yes: it does"\n        correct: true\n      - text: "- No"\n' in text
    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert yaml.safe_load(text)["questions"][0]["stem"] == LONG.strip()


@settings(max_examples=40)
@given(decks())
def test_what_is_emitted_loads_as_the_same_deck(deck: Deck) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
        path = Path(folder) / "mine.yaml"
        path.write_text(emit(plain_deck(deck), "A comment"), encoding="utf-8", newline="")
        library = load([Path(folder)])
        assert [str(problem) for problem in library.problems] == []
        (loaded,) = library.bank.decks
        assert loaded == Deck(deck.id, deck.title, loaded.path, None, deck.cards, deck.questions)
