"""Deck folders made from the examples that ``check --explain`` shows."""

import json
from pathlib import Path
from typing import Any

import yaml
from samples import DECK, write, write_folder

from studyapp.content.explain import Explained

CARD = {"topic": "a.one", "front": "Which price is the lower one?", "back": "The long-term price."}
WHY = "A reason that is long enough to teach something about number"
PICTURE = b"\x89PNG\r\n\x1a\n"
QUESTION = {
    "topic": "a.one",
    "difficulty": "medium",
    "case": "shop",
    "stem": "A shop loads its sales once a day. Which way of loading should it choose?",
    "options": [{"text": "Batch loads", "correct": True}, {"text": "Streaming"}],
    "cards": ["a-card"],
}


def write_example(folder: Path, told: Explained, example: str, *, bad: bool) -> Path:
    """A folder in which nothing is wrong but what the example shows; the file that the example stands in."""
    write_folder(folder, deck="deck: good\ntitle: Good\n")
    if told.ledger is not None or told.kind == "ids":
        write(folder, "ids.txt", (told.ledger or example) + "\n")
    for name, text in told.beside:
        write(folder, name, text or PICTURE)
    if told.kind == "link":
        write(folder, "shared/real.yaml", "deck: example\ntitle: Example\n")
        (folder / "good.yaml").unlink()
        (folder / "good.yaml").symlink_to(example.strip())
        return folder / "good.yaml"
    if told.kind == "bytes":
        raw = example.encode().decode("unicode_escape").encode("latin-1")
        return write(folder, "good.yaml", raw * (told.times if bad else 1))
    if told.kind in ("syllabus", "blueprint", "names", "deck"):
        return _write_file(folder, told.kind, example)
    return write(folder, "good.yaml", json.dumps(_deck(told, example), indent=1))


def _write_file(folder: Path, kind: str, example: str) -> Path:
    name = {"syllabus": "syllabus.yaml", "blueprint": "blueprints/half.yaml", "names": "names.yaml"}.get(kind, "x.yaml")
    if kind != "deck":
        write(folder, "good.yaml", DECK)
    return write(folder, name, example)


def _deck(told: Explained, example: str) -> dict[str, Any]:
    data = yaml.safe_load(example) if told.kind != "ids" else {}
    entries = data if isinstance(data, list) else [data]
    repeated = [_numbered(entry, n, told.times) for n in range(told.times) for entry in entries]
    cards, questions = [{"id": "a-card"} | CARD], []
    if told.kind in ("card", "cards"):
        made = [{"id": "the-card"} | _sides(entry) | entry for entry in repeated]
        cards = made if told.ledger else cards + made
    elif told.kind in ("question", "questions"):
        questions = [_with_rationales({"id": "a-question"} | QUESTION | entry, told) for entry in repeated]
    return {"deck": "good", "title": "Good", "cards": cards, "questions": questions}


def _numbered(entry: dict[str, Any], number: int, times: int) -> dict[str, Any]:
    if times == 1:
        return entry
    named = {"id": f"{entry.get('id', 'item')}-{number}"}
    return {**entry, **named}


def _sides(entry: dict[str, Any]) -> dict[str, Any]:
    if "cloze" in entry:
        return {"topic": CARD["topic"]}
    front = f"What does {entry.get('id', 'this')} stand for?"
    return {**CARD, "front": front, "back": f"For {entry.get('id', 'this')} alone."}


def _with_rationales(question: dict[str, Any], told: Explained) -> dict[str, Any]:
    if told.code.id in ("W312", "W313") or not isinstance(question["options"], list):
        return question
    options = [
        {"rationale": f"{WHY} {i}."} | option if isinstance(option, dict) else option
        for i, option in enumerate(question["options"])
    ]
    return question | {"options": options}
