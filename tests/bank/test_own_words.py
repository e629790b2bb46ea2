"""No sentence of the study notes may stand in the decks: eight words in a row, outside names, commands and figures."""

import re
from pathlib import Path

import pytest

NOTES = Path(__file__).parents[3] / "shared" / "notes.txt"
RUN = 8
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d[\d.,]*|\S")
_BREAK = "\N{SYMBOL FOR NULL}"


def runs(text, names=None):
    """All runs of eight plain words; code, names and figures end a run, punctuation does not."""
    text = _CODE.sub(f" {_BREAK} ", text)
    if names:
        text = names.sub(f" {_BREAK} ", text)
    tokens = [t for t in _TOKEN.findall(text.lower()) if t[0].isalnum() or t == _BREAK.lower()]
    found = set()
    for i in range(len(tokens) - RUN + 1):
        window = tuple(tokens[i : i + RUN])
        if all(token[0].isalpha() for token in window):
            found.add(window)
    return found


def texts(bank):
    for case in bank.cases:
        yield case.id, case.text
    for card in bank.cards.values():
        yield card.id, "\n".join(filter(None, (card.front, card.back, card.cloze, card.changed)))
    for question in bank.questions.values():
        yield question.id, "\n".join(filter(None, (question.stem, question.changed)))
        for option in question.options:
            yield question.id, option.text
            yield question.id, option.rationale


def test_a_copied_sentence_is_found_whatever_its_case_and_punctuation():
    notes = runs("The quick brown fox jumps over the lazy old dog near 42 rivers.")
    assert runs("He says: the QUICK brown fox jumps over the lazy, old cat.") & notes
    assert not runs("The quick brown `fox` jumps over the lazy old dog") & runs(
        "the quick brown fox jumps over the lazy"
    )
    assert not runs("quick brown fox jumps over the lazy dog") & notes


@pytest.mark.skipif(not NOTES.exists(), reason="the study notes are not part of the repository")
def test_no_sentence_in_common_with_the_notes(bank):
    every_name = sorted({n for p in bank.products for n in p.all_names}, key=len, reverse=True)
    names = re.compile("|".join(map(re.escape, every_name)))
    notes = runs(NOTES.read_text(encoding="utf-8", errors="replace"), names)
    copied = {id_: " ".join(run) for id_, text in texts(bank) for run in runs(text, names) & notes}
    assert not copied
