"""CSV carries everything both ways, and says what it does not know."""

import csv
import io

import pytest
from hypothesis import given, settings
from plain import item_of
from strategies import decks, texts

from studyapp.content.interchange.csv_table import COLUMNS, read, write
from studyapp.content.interchange.material import InterchangeError, Material
from studyapp.core.deck import Deck


@settings(max_examples=40)
@given(decks(texts(exclude="\r")))
def test_nothing_is_lost_either_way(deck: Deck) -> None:
    written = write(Material("T", (deck,)))
    parsed = read(written.data)
    assert parsed.losses == ()
    assert [item_of(entry, "mine") for entry in parsed.entries] == [*deck.cards, *deck.questions]


@settings(max_examples=40)
@given(decks(texts(exclude="\r")))
def test_no_cell_is_a_formula_to_a_spreadsheet(deck: Deck) -> None:
    text = write(Material("T", (deck,))).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_table_of_a_spreadsheet_is_read_by_its_column_names() -> None:
    text = 'Stem;Option 1;option_3;Correct;Colour;tags\r\n"Which\r\none?";This;That;3;red;"a;b"\r\n;;;;;\r\n'
    parsed = read(("\ufeff" + text).encode())
    (entry,) = parsed.entries
    assert (entry.section, entry.line, entry.name) == ("questions", 2, "Which one?")
    assert entry.data["options"] == [{"text": "This"}, {"text": "That", "correct": "true"}]
    assert entry.data["tags"] == ["a", "b"]
    assert [(loss.line, loss.what) for loss in parsed.losses] == [(1, "the column 'colour'")]


def test_right_options_may_be_named_by_letters() -> None:
    (entry,) = read(b"stem,option_1,option_2,option_3,correct\ns,x,y,z,A; c\n").entries
    assert [option.get("correct") for option in entry.data["options"]] == ["true", None, "true"]


def test_an_item_of_another_kind_is_told_as_such() -> None:
    parsed = read(b"kind,id,front,back\nessay,e-one,F,B\nCard,c-one,F,B\n")
    assert [entry.data["id"] for entry in parsed.entries] == ["c-one"]
    assert [(loss.item, loss.line, loss.what) for loss in parsed.losses] == [
        ("e-one", 2, "the item of the kind 'essay', which is neither 'card' nor 'question'")
    ]


def test_what_a_card_does_not_have_is_told() -> None:
    parsed = read(b"kind,front,back,stem,rationale_2\ncard,F,B,S,\nquestion,,,S,R\n")
    assert [(loss.line, loss.what) for loss in parsed.losses] == [
        (2, "'stem', which a card does not have"),
        (3, "'rationale_2' without an option"),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a,b\n1,2\n", "The first line names no column 'stem', 'front' or 'cloze'."),
        (b"", "The first line names no column 'stem', 'front' or 'cloze'."),
        (b"stem,Stem\n", "Two columns are named 'stem'."),
        (b"front,back\na,\xe9\n", "Line 2 is not UTF-8."),
        (b'front,back\na,b\n"a"c,d\n', "Line 3 begins a row that is not CSV: ',' expected after '\"'."),
        (b"stem,option_1,option_2,correct\ns,a,b,3\n", "Line 2: 'correct' is '3', but there is no option 3."),
    ],
)
def test_what_is_no_such_table_is_said(data: bytes, message: str) -> None:
    with pytest.raises(InterchangeError) as caught:
        read(data)
    assert caught.value.message == message


def test_titles_and_dates_of_decks_are_told_as_lost() -> None:
    deck = Deck("mine", "Mine", "mine.yaml")
    assert [loss.item for loss in write(Material("T", (deck,))).losses] == ["deck mine"]
