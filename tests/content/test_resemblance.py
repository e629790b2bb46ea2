"""Near-duplicates, and questions that say another one's answer."""

import time
from dataclasses import replace

import pytest

from studyapp.content.checks.resemblance import given_away, near_cards, near_questions
from studyapp.core.deck import Card, Difficulty, Option, Question

STEM = "A shop loads its sales once a day. Which way of loading should it choose?"


def _question(stem: str = STEM, options: tuple[str, ...] = ("one way", "other ways")) -> Question:
    made = tuple(Option(text, i == 0, "A reason.") for i, text in enumerate(options))
    return Question("q", "a.one", Difficulty.EASY, stem, made)


def test_near_duplicates() -> None:
    stem = "A shop loads its sales once a day for little money. Which way should it choose?"
    one = _question(stem, ("Batch loads from a bucket", "Streaming writes"))
    near = replace(one, id="near", stem=one.stem.replace("shop", "bakery"))
    assert [found.id for found in near_questions([one, near])] == ["near"]
    assert list(near_questions([one, replace(near, enemies=("q",))])) == []
    other_key = tuple(replace(option, correct=not option.correct) for option in one.options)
    assert list(near_questions([one, replace(near, options=other_key)])) == []  # the constraint decides: a good pair
    assert list(near_questions([one, replace(near, stem="Which window closes by itself, and why?")])) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (("What is a pane?", "A result of a window."), ("What is a PANE", "Something else."), True),
        (
            ("When does the lower price of tables begin?", "After ninety days without a change."),
            ("When does the lower price of a table begin?", "After ninety days without changes."),
            True,
        ),
        (
            ("What do you record as the inputs of a run?", "Data, code and image."),
            ("What do you record as the outputs of a run?", "Model, metrics and a comment."),
            False,
        ),
        (("What is schema skew?", "Other fields."), ("What is feature skew?", "Other values."), False),
    ],
)
def test_near_cards(first: tuple[str, str], second: tuple[str, str], found: bool) -> None:
    cards = [Card("one", "a.one", *first), Card("two", "a.one", *second)]
    assert [likeness.id for likeness in near_cards(cards)] == (["two"] if found else [])


def test_clozes_are_compared_with_their_gaps_filled() -> None:
    cards = [
        Card("one", "a.one", cloze="Runs {{MySQL}} and {{SQL Server}}."),
        Card("two", "a.one", "Runs MySQL and SQL Server"),
    ]
    assert [likeness.id for likeness in near_cards(cards)] == ["two"]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (Card("one", "a", cloze="A {{pane}} is a result of a window."), "A pane is a result of a {{window}}.", False),
        (Card("one", "a", cloze="A {{pane}} is a result of a window."), "The {{pane}} is a result of a window!", True),
        (Card("one", "a", cloze="After {{90 days}} the lower price of a table begins."), None, True),
        (Card("one", "a", "What does `*` match in a path?", "x"), "What does `**` match in a path?", False),
        (Card("one", "a", "What does `bq` do?", "x"), "What does bq do?", True),
        (Card("one", "a", "What does `a` hold?", "x"), "What does `A` hold?", False),
        (Card("one", "a", "![it](a.png) What is shown?", "x"), "![it](b.png) What is shown?", False),
        (Card("one", "a", "![it](a.png) What is shown?", "x"), "![it](a.png) What is shown", True),
        (Card("one", "a", "![it][a] What is shown?", "x"), "![it][b] What is shown?", False),
    ],
)
def test_gaps_code_and_images_are_what_is_asked(first: Card, second: str | None, found: bool) -> None:
    if first.cloze:
        other = Card("two", "a", cloze=second or "After {{ninety days}} the lower price of a table begins.")
    else:
        other = Card("two", "a", second or "", "x")
    assert [likeness.id for likeness in near_cards([first, other])] == (["two"] if found else [])


def test_an_answer_in_another_stem() -> None:
    asked = replace(_question(options=("batch load jobs from a bucket", "streams")), id="asked")
    tells = replace(_question("It uses batch load jobs from a bucket. Who starts them?"), id="tells")
    assert [found.id for found in given_away([asked, tells])] == ["asked"]
    assert list(given_away([asked, replace(tells, enemies=("asked",))])) == []
    assert list(given_away([asked, tells], names=["Batch Load Jobs"])) == []
    assert list(given_away([asked, replace(tells, stem="It uses batch load jobs from a bus. Who starts?")])) == []


def test_many_items_with_the_same_words_take_bounded_time() -> None:
    cards = [Card(f"c{i}", "a.one", f"What does the setting number {i} do in a pipeline?", "x") for i in range(5000)]
    same = [Card(f"s{i}", "a.one", "What does it do?", "x") for i in range(2000)]
    started = time.process_time()
    assert len(list(near_cards([*cards, *same]))) >= 1
    assert time.process_time() - started < 10
