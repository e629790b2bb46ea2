"""Aiken: what fits comes back, the rest is told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import item_of
from strategies import cards, questions

from studyapp.content.interchange.aiken import read, write
from studyapp.content.interchange.markup import to_html, to_plain
from studyapp.content.interchange.material import InterchangeError, Material
from studyapp.core.deck import Card, Deck, Question

TEXT = """\
Which loading
costs 2*3*4 least?

A) Batch loads
B) _Streaming_
ANSWER: a
"""


@settings(max_examples=40)
@given(st.lists(questions(), max_size=4, unique_by=lambda q: q.id), cards())
def test_what_fits_shows_the_same_after_a_round_trip(asked: list[Question], card: Card) -> None:
    card = replace(card, id="an-id-of-its-own-that-is-long")
    written = write(Material("T", (Deck("d", "D", "d.yaml", None, (card,), tuple(asked)),)))
    left_out = {loss.item for loss in written.losses if loss.what.startswith(("the question", "the card"))}
    fitting = [question for question in asked if question.id not in left_out]
    back = [item_of(entry) for entry in read(written.data).entries]
    assert len(back) == len(fitting)
    for before, after in zip(fitting, back, strict=True):
        assert isinstance(after, Question)
        assert after.key == before.key
        assert to_plain(after.stem)[0] == to_plain(before.stem)[0]
        assert [to_plain(o.text)[0] for o in after.options] == [to_plain(o.text)[0] for o in before.options]
        assert not to_plain(after.stem)[1]
    assert left_out >= {question.id for question in asked if len(question.key) > 1}


def test_text_of_other_programs_shows_as_it_was() -> None:
    (entry,) = read(TEXT.encode()).entries
    assert (entry.line, entry.data["stem"]) == (1, "Which loading\n\ncosts 2\\*3\\*4 least?")
    assert [to_html(option["text"]) for option in entry.data["options"]] == ["Batch loads", "_Streaming_"]
    assert entry.data["options"][0]["correct"] == "true"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A. one\n", "Line 1 has no question before it."),
        ("Q?\nA. one\nC. two\n", "Line 3 is neither the next option ('B. …') nor 'ANSWER: …'."),
        ("Q?\nA. one\nB. two\nANSWER: A, B\n", "Line 4 names 'A, B', which is none of the options."),
        ("Q?\nA. one\nB. two\nANSWER: C\n", "Line 4 names 'C', which is none of the options."),
        ("Q?\nA. one\nB. two\n\n", "The question in line 1 has no 'ANSWER: …'."),
    ],
)
def test_a_line_that_fits_nowhere_is_said(text: str, message: str) -> None:
    with pytest.raises(InterchangeError) as caught:
        read(text.encode())
    assert caught.value.message == message
