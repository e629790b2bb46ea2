"""What authors read of a wrong value: whole sentences, each with a way out, and one for one slip."""

from pathlib import Path

import pytest
from samples import BLUEPRINT, DECK, write_folder

from studyapp.content.check import check


def _messages(folder: Path, **files: str) -> list[str]:
    write_folder(folder, **files)
    return [f"{p.code} {p.message}" for p in check([folder], folder).problems]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cards: [c-one]", "cards: c-one", "E122 'cards' must be a list; write [c-one]"),
        ("tags: [cost]", "tags: cost, speed", "E122 'tags' must be a list; write [cost, speed]"),
        ("tags: [cost]", "tags:", "E122 'tags' must be a list; begin each entry with '- ' on a line of its own, *"),
        ("tags: [cost]", "tags: '[cost'", "E122 'tags' must be a list; begin each entry with '- '"),
        ("id: c-one", 'id: ""', "E124 'id' is empty; write an id such as 'bq-storage-price'"),
        ("id: c-one", "id:", "E124 'id' is empty; write an id such as 'bq-storage-price'"),
        ("topic: a.one", 'topic: "a.*"', "E126 'topic' is 'a.*', but an id is made of *"),
        ("        correct: true\n", "", "E130 'options' have no key among them; mark it with 'correct: true'"),
        (
            "      - text: Streaming writes",
            "      - text: Streaming writes\n        correct: true",
            "E131 'options' are all marked as right; at least one must be a distractor",
        ),
        (
            "title: Good",
            "title: [Good]",
            "E121 'title' must be text, not a list or mapping; *",
        ),
    ],
)
def test_one_slip_is_one_sentence(tmp_path: Path, old: str, new: str, message: str) -> None:
    found = [m for m in _messages(tmp_path, deck=DECK.replace(old, new, 1)) if not m.startswith(("W4", "W207"))]
    beginning, star, _ = message.partition("*") if "a.*" not in message else (message[:-1], "*", "")
    assert len(found) == 1
    assert found[0].startswith(beginning) if star else found == [message]


def test_weights_of_zero(tmp_path: Path) -> None:
    (found,) = _messages(tmp_path, blueprint=BLUEPRINT.replace("weight: 7.5", "weight: 0"))
    assert found == (
        "E135 'strata' have no weight above zero; give a stratum the share of the questions that it stands for"
    )
