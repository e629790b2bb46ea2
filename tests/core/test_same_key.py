"""The key is still the same, or it is not."""

import pytest

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
        options("*Partition by day, and cluster by the custommer.", "Shard by day", "Cluster by day alone", "A view"),
        options("*Partition by day and cluster by customer", "Shard by day", "Cluster by day alone"),
        options("*Partition by day and cluster by customer", "Something else", "Another thing", "And a third"),
    ],
    ids=["as it was", "in another order", "slips mended", "one distractor less", "other distractors"],
)
def test_a_key_that_stays(now):
    assert same_key(BEFORE, now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Shard by day", "A view a day"),
        ("Keep it 30 days", "Keep it 90 days"),
        ("Enable it", "Disable it"),
        ("Grant dataViewer on the dataset", "Grant dataOwner on the dataset"),
        ("Use it", "Do not use it"),
        ("Use Bigtable", "Store it in Firestore in Datastore mode"),
    ],
)
def test_another_answer_is_another_key(before, now):
    old, new = options(f"*{before}", "Something else"), options(f"*{now}", "Something else")
    assert not same_key(old, new)
    assert not same_key(new, old)


def test_one_right_answer_more_or_less_is_another_key():
    more = options("*Partition by day and cluster by customer", "*Shard by day", "Cluster by day alone", "A view a day")
    assert not same_key(BEFORE, more)
    assert not same_key(more, BEFORE)


def test_the_mark_is_of_the_key_alone():
    assert key_mark(options("*a", "b")) == key_mark(options("x", "y", "*a"))
    assert key_mark(options("*a", "*b")) == key_mark(options("*b", "c", "*a"))
    assert key_mark(options("*a", "b")) != key_mark(options("a", "*b"))
