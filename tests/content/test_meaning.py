"""Whether an id still stands for what it stood for: the words that carry meaning decide."""

from dataclasses import replace

import pytest
from builders import card, question

from studyapp.content.meaning import meaning_of

SHOP = "A shop loads its sales once a day and wants the lowest cost; nobody reads them before noon. {}"
BANK = "A bank keeps seven years of rows, reads them twice a year and has to prove who did. {}"
FORMULA = "What should you do?"


def asked(stem, *keys):
    """A question with these right answers."""
    made = question(texts=[*keys, "Something else", "Another thing"], options=len(keys) + 2, key=range(len(keys)))
    return meaning_of(replace(made, stem=stem))


def told(front, back):
    """A card."""
    return meaning_of(replace(card(), front=front, back=back))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (asked(SHOP.format(FORMULA), "Run batch loads"), asked(BANK.format(FORMULA), "Use the archive class")),
        (asked(SHOP.format(FORMULA), "Dataflow"), asked(BANK.format(FORMULA), "Dataflow")),
        (asked(SHOP.format("Is that right?"), "True"), asked(BANK.format("Is that right?"), "True")),
        (
            asked(SHOP.format(FORMULA), "Managed Service for Apache Airflow"),
            asked(BANK.format(FORMULA), "Managed Service for Apache Airflow"),
        ),
        (told("What is Dataflow?", "A runner of Beam."), told("What is Dataproc?", "Managed Spark.")),
        (told("Does reading restart the ninety days?", "No."), told("Do load jobs cost anything?", "No.")),
        (told("What is it for?", "Queues."), told("What is it for?", "Wide rows.")),
    ],
    ids=["formula", "product", "true", "long name", "two products", "no", "no words"],
)
def test_another_item(before, now):
    assert now.differs_from(before)
    assert before.differs_from(now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (asked(SHOP.format(FORMULA), "Dataflow"), asked(SHOP.format("How should it load them?"), "A batch load")),
        (
            asked(SHOP.format(FORMULA), "Run batch loads"),
            asked("A shp loads its slaes daily, at the lowest cost, and noone reads them before noon.", "Batch loads"),
        ),
        (
            told("When does the long-term price hold?", "After 90 days."),
            told("When does the longterm price hold?", "90 days."),
        ),
        (
            told("What is cheap?", "Data that nobody has changed for ninety days in a row."),
            told("When does storage cost half?", "When nobody has changed the data for ninety days in a row."),
        ),
        (told("", ""), told("", "")),
    ],
    ids=["another key", "reworded", "card", "same long answer", "empty"],
)
def test_the_same_item(before, now):
    assert not now.differs_from(before)
    assert not before.differs_from(now)


def test_of_a_long_stem_beginning_and_end_are_kept():
    beginning, end = asked("word " * 400 + FORMULA, "x"), asked(SHOP.format("word " * 400), "x")
    assert beginning.asked.endswith(FORMULA)
    assert end.asked.startswith("A shop loads")
    assert len(beginning.asked) < 330
