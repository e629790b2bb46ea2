"""CSV carries everything both ways, and says what it does not know."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from plain import item_of
from strategies import decks, texts

from studyapp.content.interchange.csv_reader import read
from studyapp.content.interchange.csv_table import COLUMNS, write
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
    assert [(loss.line, loss.what) for loss in parsed.losses] == [(1, "the column 'Colour'")]


def test_right_options_may_be_named_by_letters() -> None:
    (entry,) = read(b"stem,option_1,option_2,option_3,correct\ns,x,y,z,A; c\n").entries
    assert [option.get("correct") for option in entry.data["options"]] == ["true", None, "true"]


@pytest.mark.parametrize(
    ("correct", "key"),
    [
        ("2.0", [1]),
        ("b.", [1]),
        ("Option 2", [1]),
        ("option_1; option_3", [0, 2]),
        ("Cloud  storage", [1]),
        ("A bucket, or two; BigQuery", [0, 2]),
        ("1", [0]),
    ],
)
def test_the_key_is_what_people_write_for_it(correct: str, key: list[int]) -> None:
    table = (
        f'stem,option1,option 2,OPTION_3,option_4,correct\ns,"A bucket, or two",Cloud Storage,BigQuery,1,"{correct}"\n'
    )
    (entry,) = read(table.encode()).entries
    assert [n for n, option in enumerate(entry.data["options"]) if option.get("correct")] == key


def test_a_row_that_is_no_question_leaves_the_others_alone() -> None:
    head = "Stem,Option 1,Option 2,Option 7,Right one?,Correct"
    rows = ["One?,a,b,,,1", "Two?,a,b,,,5", "Three?,a,b,,,x", "Four?,a,b,c,,1", ",a,b,,,1"]
    parsed = read("\n".join([head, *rows]).encode())
    assert [entry.name for entry in parsed.entries] == ["One?", ""]
    assert [(loss.item, loss.line, loss.what, loss.whole) for loss in parsed.losses] == [
        ("", 1, "the column 'Right one?'", False),
        ("Two?", 3, "the question: 'Correct' is '5', but there is no such option", True),
        ("Three?", 4, "the question: 'Correct' is 'x', but there is no such option", True),
        ("Four?", 5, "the question: it has 'Option 7', and no question has more than 6", True),
    ]
    assert parsed.entries[1].section == "questions"


def test_gaps_in_the_way_of_anki_become_those_of_a_deck() -> None:
    cells = ["{{c1::Firestore}} in {{c1::Datastore mode::a mode}}", "{{c1::One}} {{c2::two}}", "{{std::mode}}"]
    parsed = read("\n".join(["cloze", *cells]).encode())
    assert [entry.data["cloze"] for entry in parsed.entries] == [
        "{{Firestore}} in {{Datastore mode}}",
        "{{One}} {{two}}",
        "{{std::mode}}",
    ]
    assert [(loss.line, loss.what) for loss in parsed.losses] == [
        (2, "the hints in its gaps"),
        (3, "that its gaps are asked one by one"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"sep=;\r\nstem;option_1;option_2;correct\r\nWhich, now?;a;b;2\r\n",
        b'"sep=|"\nstem|option_1|option_2|correct\nWhich, now?|a|b|2\n',
        b"\n".join([b"sep=;;;", b"stem;option_1;option_2;correct", b"Which, now?;a;b;2"]),
    ],
)
def test_the_line_in_which_excel_says_its_delimiter_is_no_row(data: bytes) -> None:
    parsed = read(data)
    assert parsed.losses == ()
    assert [(entry.line, entry.data["stem"]) for entry in parsed.entries] == [(3, "Which, now?")]


def test_the_unicode_text_of_excel_is_read() -> None:
    data = "stem\toption_1\toption_2\tcorrect\r\nWhich “é”?\ta\tb\t2\r\n".encode("utf-16")
    (entry,) = read(data).entries
    assert entry.data["stem"] == "Which “é”?"


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
        (b"stem,stem\n", "Two columns are named 'stem'."),
        (b"stem,option1,Option 1\n", "Two columns mean the same: 'option1' and 'Option 1'."),
        (b"\xff\xfef", "The file is not UTF-16."),
        (b"front,back\na,\xe9\n", "Line 2 is not UTF-8."),
        (b'front,back\na,b\n"a"c,d\n', "Line 3 begins a row that is not CSV: ',' expected after '\"'."),
    ],
)
def test_what_is_no_such_table_is_said(data: bytes, message: str) -> None:
    with pytest.raises(InterchangeError) as caught:
        read(data)
    assert caught.value.message == message


def test_titles_and_dates_of_decks_are_told_as_lost() -> None:
    deck = Deck("mine", "Mine", "mine.yaml", date(2026, 11, 23))
    assert [(loss.item, loss.what) for loss in write(Material("T", (deck,))).losses] == [
        ("deck mine", "the title of a deck, which belongs to no row"),
        ("deck mine", "the day when its facts were checked (verified_on)"),
    ]


@pytest.mark.parametrize("cell", ["x" * 200_000, "{{c1::" * 50_000, '""' * 100_000])
def test_a_cell_that_is_too_long_is_the_loss_of_its_item_alone(cell: str) -> None:
    """What Python's csv module allows without being told, 131,072 characters, would refuse the whole table."""
    parsed = read(
        f'id,Cloze,tags,notes\nc-long,"{cell}",,\nc-one,It is {{{{x}}}}.,"{"a;" * 70_000}","{cell}"\n'.encode()
    )
    assert [entry.data["id"] for entry in parsed.entries] == ["c-one"]
    assert [(loss.item, loss.line, loss.what) for loss in parsed.losses if loss.whole] == [
        ("c-long", 2, "the item: 'Cloze' has more than 20,000 characters")
    ]


def test_quotes_that_are_never_closed_are_no_table() -> None:
    with pytest.raises(InterchangeError, match="Line 2 begins a row that is not CSV"):
        read(b'front,back\n"' + b"x" * 200_000)
