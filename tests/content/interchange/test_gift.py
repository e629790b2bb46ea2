"""GIFT: what it carries comes back as it was; what others write is read as Moodle reads it."""

import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import item_of
from strategies import questions, texts

from studyapp.content.interchange.gift import write
from studyapp.content.interchange.gift_reader import read
from studyapp.content.interchange.material import LOST_CATEGORY, InterchangeError, Material
from studyapp.core.deck import Card, Case, Deck, Question

OTHERS = r"""
// a comment
$CATEGORY: tom/dick

// [id:who] [tag:history] [tag:topic:a.one]
::Q1 \: who::Who's buried in Grant's tomb\?{
    =no one#Right
    ~Grant #Not <b>he</b>
    ~%50%Napoleon
    ####He was no *general*.
}

[html]<p>The two <i>first</i></p>{~%50%one ~%50%two ~%-50%three}

Grant is {~buried =entombed ~living}
in Grant's tomb.

::TF::The sun rises in the east.{T#No#Yes}

When?{#1822:5}

Which?{=cat -> dog =one -> two}

Say?{=yes =yeah}

Write.{}

Just words.
"""


@settings(max_examples=40)
@given(st.lists(questions(texts(exclude="\r")), max_size=3, unique_by=lambda q: q.id))
def test_what_fits_comes_back_as_it_was(asked: list[Question]) -> None:
    written = write(Material("T", (Deck("x", "X", "x.yaml", None, (), tuple(asked)),)))
    lost_tags = {(loss.item, loss.what) for loss in written.losses}
    kept = [
        replace(
            question,
            deck="x",
            tags=tuple(tag for tag in question.tags if (question.id, f"the tag '{tag}'") not in lost_tags),
        )
        for question in asked
    ]
    parsed = read(written.data)
    assert {loss.what for loss in parsed.losses} <= {LOST_CATEGORY}
    assert [item_of(entry) for entry in parsed.entries] == kept


def test_a_case_goes_before_its_questions_and_cards_are_told() -> None:
    (question,) = [item_of(entry) for entry in read(b"Q?{=a~b}").entries]
    assert isinstance(question, Question)
    question = replace(question, case="flow", cards=("c-one",), stem="See ![x](a.png)")
    deck = Deck("x", "X", "x.yaml", None, (Card("c-one", "a.one", "F", "B"),), (question,))
    written = write(Material("T", (deck,), {"flow": Case("flow", "Flow: it", "A story.\n\nOf {one}.")}, {"x": Path()}))
    assert "::Flow\\: it::[markdown]A story.\\n\\nOf \\{one\\}." in written.data.decode()
    assert [loss.what for loss in written.losses] == [
        "the card, as GIFT holds questions only",
        "its cards to review",
        "the image 'a.png'",
    ]
    parsed = read(written.data)
    assert [entry.data["case"] for entry in parsed.entries] == ["flow"]
    assert [(loss.item, loss.what, loss.whole) for loss in parsed.losses] == [
        ("X", LOST_CATEGORY, False),
        ("Flow: it", "a description, which is no question", False),
    ]


def test_files_of_others_are_read_as_moodle_reads_them() -> None:
    parsed = read(OTHERS.encode())
    who, two, gap, truth = parsed.entries
    assert who.line == 6
    assert who.data == {
        "id": "who",
        "topic": "a.one",
        "tags": ["history"],
        "stem": "Who's buried in Grant's tomb\\\\?",
        "options": [
            {"text": "no one", "correct": "true", "rationale": "Right\n\nHe was no \\*general\\*."},
            {"text": "Grant", "rationale": "Not **he**"},
            {"text": "Napoleon"},
        ],
    }
    assert two.data["stem"] == "The two *first*"
    assert [option.get("correct") for option in two.data["options"]] == ["true", "true", None]
    assert gap.data["stem"] == "Grant is _____ in Grant's tomb."
    assert [o.get("rationale") for o in truth.data["options"]] == ["Yes", "No"]
    assert [(loss.line, loss.what) for loss in parsed.losses] == [
        (3, LOST_CATEGORY),
        (6, "partial credit for an option"),
        (13, "marks taken off for an option"),
        (20, "a question that asks for a number"),
        (22, "a question that asks for matching pairs"),
        (24, "a question that asks for a word"),
        (26, "a question that asks for an essay"),
        (28, "a description, which is no question"),
    ]


def test_each_deck_goes_into_its_own_category() -> None:
    (one, two) = [item_of(entry) for entry in read(b"::one-a::Q?{=a~b}\n\n::two-a::Q?{=a~b}").entries]
    assert isinstance(one, Question)
    assert isinstance(two, Question)
    one, two = replace(one, case="flow"), replace(two, case="flow")
    decks = [
        Deck("one", "Loads / costs", "", date(2026, 11, 23), (), (one,)),
        Deck("none", "No questions", ""),
        Deck("two", "Same", "", None, (), (two,)),
        Deck("three", " same", "", None, (), (replace(one, id="three-a"),)),
    ]
    written = write(Material("All", tuple(decks), {"flow": Case("flow", "Flow", "A story.")}))
    lines = [line for line in written.data.decode().split("\n") if line.startswith(("$", "::"))]
    assert lines == [
        "$CATEGORY: Loads // costs",
        "::Flow::[markdown]A story.",
        "::one-a::[markdown]Q? {",
        "$CATEGORY: Same (two)",
        "::two-a::[markdown]Q? {",
        "$CATEGORY: same (three)",
        "::three-a::[markdown]Q? {",
    ]
    assert [(loss.item, loss.what) for loss in written.losses] == [
        ("deck one", "the day when its facts were checked (verified_on)")
    ]


def test_a_question_of_which_either_answer_will_do_is_left_out() -> None:
    parsed = read(
        b"Capital?{=A =B ~C}\n\n[html]Two?{~%33.33333%a ~%33.33333%b ~%33.33334%c ~%-100%d}\n\nThree?{=a ~%-25%b}"
    )
    assert [entry.name for entry in parsed.entries] == ["Two?", "Three?"]
    assert [(loss.line, loss.what, loss.whole) for loss in parsed.losses] == [
        (1, "the question, as it takes one answer and 2 of its options are right", True),
        (5, "marks taken off for an option", False),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Q?{=a ~b\n\n", "The braces opened in the question of line 1 are never closed."),
        ("\nQ?{=a ~b}}\n", "Line 2 has a brace that does not fit."),
        ("Q?\n{=a ~b}\nR?\n{=c ~d}\n", "Line 4 has braces although the question of line 1 had its own."),
        ("Q?{=a ~b} R?{=c ~d}\n", "Line 1 has braces although the question of line 1 had its own."),
    ],
)
def test_braces_that_do_not_match_are_said(text: str, message: str) -> None:
    with pytest.raises(InterchangeError) as caught:
        read(text.encode())
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text",
    [
        "Stem a" + " " * 50_000 + "b {=x ~y}",
        "// " + "[tag:" * 50_000 + "\nStem {=a ~b}",
        "Stem {T" + "# " * 50_000 + "}",
    ],
    ids=["spaces", "brackets", "feedback"],
)
def test_odd_texts_take_no_time(text: str) -> None:
    started = time.perf_counter()
    assert len(read(text.encode()).entries) == 1
    assert time.perf_counter() - started < 2


@settings(max_examples=40)
@given(st.text("ab{}~=#%\\:[]/\n$T ", max_size=60))
def test_no_text_is_a_surprise(text: str) -> None:
    with suppress(InterchangeError):
        read(text.encode())
