"""Questions asked of many spans at once, against asking each of them."""

from hypothesis import given
from hypothesis import strategies as st

from flows.steps.spans import Spans

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPAN), SPAN)
def test_the_answers_are_those_of_asking_each(spans, asked):
    start, end = asked
    found = Spans(spans)
    assert found.overlaps(start, end) == any(a < end and start < b for a, b in spans)
    assert found.holds(start, end) == any(a <= start and end <= b for a, b in spans)
