import guessing
import pytest
from builders import question


def test_no_strategy_without_knowledge_beats_chance_by_more_than_four_points(bank):
    beaten = {
        name: f"{score:.1%} against {expected:.1%}"
        for name, (score, expected) in guessing.scores(bank.questions.values()).items()
        if score > expected + 0.04
    }
    assert not beaten


@pytest.mark.parametrize(
    ("ratings", "key", "expected"),
    [
        ([3, 1, 2, 0], {0}, 1.0),
        ([3, 1, 2, 0], {1}, 0.0),
        ([1, 1, 1, 1], {2}, 0.25),
        ([5, 4, 1, 1, 1], {0, 1}, 1.0),
        ([5, 1, 1, 1, 1], {0, 3}, 0.25),
        ([5, 1, 1, 1, 1], {1, 3}, 0.0),
    ],
)
def test_equals_are_drawn_by_lot(ratings, key, expected):
    assert guessing.hit(ratings, frozenset(key)) == expected


def test_a_bank_whose_key_is_always_the_longest_would_be_found_out():
    giveaway = [
        question(f"q{i}", key=(1,), texts=["short", "the much longer option", "small", "brief"]) for i in range(9)
    ]
    assert guessing.scores(giveaway)["longest"] == (1.0, 0.25)
