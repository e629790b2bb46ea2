from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studyapp.core import highlights

SPANS = st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 30)), max_size=12)


@given(SPANS)
def test_ranges_mark_what_was_marked_and_not_taken_back(spans):
    ranges, marked = (), set()
    for adds, start, end in spans:
        ranges = (highlights.add if adds else highlights.take)(ranges, start, end)
        marked = marked | set(range(start, end)) if adds else marked - set(range(start, end))
    assert {i for first, last in ranges for i in range(first, last)} == marked
    assert list(ranges) == sorted(ranges)
    assert all(first < last for first, last in ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))
    for i in range(31):
        assert (highlights.at(ranges, i) is not None) == (i in marked)


def test_what_lies_within_one_range_is_covered():
    assert highlights.covers(((2, 8),), 3, 8)
    assert not highlights.covers(((2, 8),), 3, 9)
    assert not highlights.covers((), 3, 9)
