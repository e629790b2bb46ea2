from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.core.blueprint import largest_remainder, pattern_matches

weights = st.lists(st.fractions(min_value=0, max_value=100, max_denominator=10_000), min_size=1, max_size=25).filter(
    any
)


@given(weights, st.integers(0, 200))
def test_quotas_add_up_and_stay_within_one_of_the_exact_share(values, seats):
    quotas = largest_remainder(values, seats)
    total = sum(values)
    assert sum(quotas) == seats
    for value, quota in zip(values, quotas, strict=True):
        assert abs(quota - value * seats / total) < 1


@given(weights, st.integers(0, 200))
def test_a_larger_weight_never_gets_fewer(values, seats):
    quotas = largest_remainder(values, seats)
    for a, quota_a in zip(values, quotas, strict=True):
        for b, quota_b in zip(values, quotas, strict=True):
            if a > b:
                assert quota_a >= quota_b


def test_a_tie_goes_to_the_larger_weight_then_to_the_first():
    # 1.5, 2.5, 1, 1: two remainders of one half, one place left.
    assert largest_remainder([Fraction(3), Fraction(5), Fraction(2), Fraction(2)], 6) == (1, 3, 1, 1)
    assert largest_remainder([Fraction(1), Fraction(1)], 1) == (1, 0)


@pytest.mark.parametrize("values", [[], [Fraction(0)], [Fraction(-1), Fraction(2)]])
def test_weights_that_share_out_nothing_are_refused(values):
    with pytest.raises(ValueError, match="weights"):
        largest_remainder(values, 5)


def test_patterns():
    assert pattern_matches("bigquery.*", "bigquery.cost-model")
    assert not pattern_matches("bigquery.*", "bigquery-other.x")
    assert pattern_matches("a.b", "a.b")
    assert not pattern_matches("a.b", "a.bc")
