"""Which words stand in other items."""

from dataclasses import replace

import pytest
from builders import bank, card, question

from studyapp.core.vocabulary import Vocabulary

ASKED = replace(question("q1", texts=["Sharded tables", "b", "c", "d"]), stem="What don’t you shard?")
OTHERS = [replace(question("q2", texts=["The CUSTOMER'S table", "`user_id`", "c", "d"]), stem="Does it matter?")]
CARDS = [replace(card("c1"), front="Can't it?", back="It is shared.")]


@pytest.mark.parametrize(
    ("word", "stands_elsewhere"),
    [
        ("shared", True),
        ("sharded", False),
        ("table", True),
        ("tables", False),
        ("customer", True),
        ("user", True),
        ("can't", True),
        ("can", False),
        ("don't", False),
        # The question has it too, but not alone.
        ("c", True),
        ("stem", False),
    ],
)
def test_words_beside_a_question(word, stands_elsewhere):
    assert Vocabulary(bank([ASKED, *OTHERS], CARDS)).beside(ASKED)(word) is stands_elsewhere


def test_the_order_of_the_decks_tells_nothing():
    many = [question(f"n{i}") for i in range(6000)]
    last = replace(question("last"), stem="Which sharded one?")
    assert Vocabulary(bank([ASKED, *many, last])).beside(ASKED)("sharded")
