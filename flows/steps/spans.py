"""Spans of a text, asked often whether they overlap or hold another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Any number of (start, end) spans, end exclusive; a question costs a search, however many there are."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take spans in any order, overlapping or not."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one of them shares a code point with `start`..`end`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start

    def holds(self, start: int, end: int) -> bool:
        """Whether `start`..`end` lies in one of them."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._furthest[before - 1] >= end
