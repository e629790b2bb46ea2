"""The key is still the same, or it is not."""

import pytest
from builders import question

from studyapp.core.deck import Option
from studyapp.core.identity import key_mark, same_key


def options(*texts):
    """Options; a text that begins with ``*`` is right."""
    return tuple(Option(text.lstrip("*"), text.startswith("*"), "Because.") for text in texts)


BEFORE = options("*Partition by day and cluster by customer", "Shard by day", "Cluster by day alone", "A view a day")


@pytest.mark.parametrize(
    "now",
    [
        BEFORE,
        BEFORE[::-1],
        options(
            "*Partition by day, and cluster by customer id", "Shard by day", "Cluster by day alone", "A view a day"
        ),
        options("*Partition by day and cluster by customer", "Shard by day", "Cluster by day alone"),
        options("*Ingestion time", "Shard by day", "Cluster by day alone", "A view a day"),
    ],
    ids=["as it was", "in another order", "reworded", "one distractor less", "put in quite other words"],
)
def test_a_key_that_stays(now):
    assert same_key(BEFORE, now)


@pytest.mark.parametrize(
    "now",
    [
        options("Partition by day and cluster by customer", "*Shard by day", "Cluster by day alone", "A view a day"),
        options("*Partition by day and cluster by customer", "*Shard by day", "Cluster by day alone", "A view a day"),
        options("Partition by day and cluster by customers", "*None", "Shard by day", "Cluster by day alone"),
    ],
    ids=["another option", "one more", "another option, and the old key reworded"],
)
def test_a_key_that_changed(now):
    assert not same_key(BEFORE, now)
    assert not same_key(now, BEFORE)


def test_the_mark_is_of_the_key_alone():
    assert key_mark(question(texts=["a", "b", "c", "d"])) == key_mark(question("q2", texts=["a", "x", "y", "z"]))
    assert key_mark(question(key=(0, 1), texts=["a", "b", "c", "d"])) == key_mark(
        question(key=(0, 1), texts=["b", "a", "c", "d"])
    )
    assert key_mark(question(key=(0,))) != key_mark(question(key=(1,)))
