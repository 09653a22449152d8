"""Which texts are worth laying side by side: those that share bands and do not tell other numbers.

Hashes are compared column by column, all new texts with all of a stretch of days at once; nothing is looked up one by
one, so what it costs does not depend on how much older days hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import groupby, islice
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from flows.steps.signature import ALL_BANDS, MOST_NUMBERS, TOLD_BANDS, Signature
from storage.records import Filed, FiledRow

WINDOW = timedelta(days=45)
"""How far apart in time near copies may be published."""

RETOLD_WINDOW = timedelta(days=3)
"""How far apart texts may be of which one retells the other."""

REACH, RETOLD_REACH = WINDOW.days + 1, RETOLD_WINDOW.days + 1
"""The same in days of the calendar."""

SPAN, STRETCH = 128, 8
"""Days of texts that are looked at at a time, and those of which a band's latest are."""

FEWEST_SHARED = 2
"""How many bands two texts share, of the whole and of the opening, before anyone compares them: most that share one
share a formula (341 of 591 pairs that share any, on 2,000 real texts). Within days of each other one is enough, since
then a text is put into other words, and only then are the bands of what is told looked at."""

BUCKET = 200
"""How many of the texts of a stretch that hold one band, the latest, are looked at."""

MOST_COMPARED = 25
"""With how many others, those sharing most bands, a text is compared."""

FEWEST_NUMBERS = 4
"""From how many numbers on a text that keeps less than half of them cannot be a copy."""

UNDATED = 0
"""The day of texts without one; they are compared with each other only."""

_FIRST_TOLD = ALL_BANDS - TOLD_BANDS
_VALUE_BITS, _BITS = 32, 16
_MASK = np.uint32(0xFFFF)

Bands: TypeAlias = npt.NDArray[np.uint32]
Places: TypeAlias = npt.NDArray[np.int64]


class Candidates:
    """Candidates of some texts, gathered from one stretch of days after the other."""

    def __init__(self, new: Iterable[FiledRow]) -> None:
        self._new = _Columns(new)
        self._shared: dict[int, dict[int, tuple[int, int, bytes]]] = defaultdict(dict)

    def days(self) -> Iterator[tuple[int, int]]:
        """The days (first, last) whose texts are asked for, all within reach of a text's own: in order, joined.

        They begin and end with stretches, so that `BUCKET` cuts the same wherever a text of theirs is compared.
        """
        stretches: set[int] = set()
        for day in set(self._new.days.tolist()):
            first, last = (UNDATED, UNDATED) if day == UNDATED else (max(day - REACH, UNDATED), day + REACH)
            stretches |= set(range(first // STRETCH, last // STRETCH + 1))
        spans: dict[int, list[int]] = defaultdict(list)
        for at in sorted(stretches):
            spans[at * STRETCH // SPAN].append(at)
        for parts in spans.values():
            for _, run in groupby(enumerate(parts), lambda placed: placed[1] - placed[0]):
                joined = [at for _, at in run]
                yield joined[0] * STRETCH, joined[-1] * STRETCH + STRETCH - 1

    def look_among(self, others: Iterable[FiledRow]) -> None:
        """Take up those of whole stretches of days that share bands enough; the new texts may be among them."""
        new, those = self._new, _Columns(others)
        if not len(those.ids) or not len(new.ids):
            return
        ours, theirs, columns = _met(new.bands, those.bands, those.days // STRETCH)
        apart = np.abs(new.days[ours] - those.days[theirs])
        fits = (new.ids[ours] != those.ids[theirs]) & (apart <= np.where(columns < _FIRST_TOLD, REACH, RETOLD_REACH))
        pairs, at = np.unique((ours * len(those.ids) + theirs)[fits], return_inverse=True)
        totals = np.bincount(at, weights=np.where(apart <= RETOLD_REACH, FEWEST_SHARED, 1)[fits], minlength=len(pairs))
        enough = totals >= FEWEST_SHARED
        rows, others = np.divmod(pairs[enough], len(those.ids))
        gaps = np.abs(new.days[rows] - those.days[others])
        for row, other, id_, total, gap in np.column_stack(
            (rows, others, those.ids[others], totals[enough].astype(np.int64), gaps)
        ).tolist():
            self._shared[row][id_] = (-total, gap, those.numbers[other])

    def found(self) -> Mapping[int, Sequence[int]]:
        """Candidates by new text; of too many those that share most bands, then those published nearest."""
        return {
            int(self._new.ids[one]): list(islice(self._kept(one, shared), MOST_COMPARED))
            for one, shared in sorted(self._shared.items())
        }

    def _kept(self, one: int, shared: Mapping[int, tuple[int, int, bytes]]) -> Iterator[int]:
        for other in sorted(shared, key=lambda other: (*shared[other][:2], other)):
            if keep_numbers(self._new.numbers[one], shared[other][2]):
                yield other


class _Columns:
    """Filed texts that have bands, by day and id: a column of each hash."""

    def __init__(self, filed: Iterable[FiledRow]) -> None:
        rows = [one for one in filed if one[3]]
        ids, days, _, bands, numbers = zip(*rows, strict=True) if rows else ((),) * 5
        order = np.lexsort((ids, days))
        self.ids: Places = np.array(ids, dtype=np.int64)[order]
        self.days: Places = np.array(days, dtype=np.int64)[order]
        self.bands: Bands = np.frombuffer(b"".join(bands), dtype="<u4").reshape(-1, ALL_BANDS)[order]
        self.numbers = [numbers[place] for place in order.tolist()]


def is_worth_a_look(first: Signature, second: Signature) -> bool:
    """Whether two texts share bands enough to be compared, and keep each other's numbers."""
    ours, theirs = (Filed(at, UNDATED, 0, one.bands, one.numbers) for at, one in enumerate((first, second)))
    candidates = Candidates([ours])
    candidates.look_among([theirs])
    return bool(candidates.found().get(0))


def keep_numbers(first: bytes, second: bytes) -> bool:
    """Whether of the numbers of the text that has fewer at least half stand in the other, or it has hardly any."""
    ours, theirs = _numbers(first), _numbers(second)
    if min(len(ours), len(theirs)) < FEWEST_NUMBERS:
        return True
    limit = min(_limit(first), _limit(second))
    ours, theirs = (frozenset(one for one in numbers if one <= limit) for numbers in (ours, theirs))
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs))


@lru_cache(maxsize=4096)
def _numbers(sketch: bytes) -> frozenset[int]:
    return frozenset(np.frombuffer(sketch, dtype="<u2").tolist())


def _limit(sketch: bytes) -> int:
    """Up to which hash a sketch is whole."""
    numbers = _numbers(sketch)
    return max(numbers) if len(numbers) == MOST_NUMBERS else 1 << _BITS


def _met(ours: Bands, theirs: Bands, stretches: Places) -> tuple[Places, Places, Places]:
    """Rows of ours, rows of theirs, and the columns in which they hold the same; 0 is the same as nothing.

    Where many rows of theirs hold one value, only the last of each stretch.
    """
    rows, columns = np.nonzero(ours)
    keys = _keys(columns, ours[rows, columns])
    order = np.argsort(keys, kind="stable")
    rows, keys = rows[order], keys[order]
    # Nearly all of theirs are nobody's: a look at half of each value tells most of them.
    seen = np.zeros(ALL_BANDS << _BITS, dtype=np.bool_)
    seen[(keys >> _VALUE_BITS << _BITS) | (keys & _MASK)] = True
    theirs_rows, columns = np.nonzero(seen[(theirs & _MASK) + (np.arange(ALL_BANDS, dtype=np.uint32) << _BITS)])
    met = _keys(columns, theirs[theirs_rows, columns])
    first = np.searchsorted(keys, met, side="left")
    counts = np.searchsorted(keys, met, side="right") - first
    groups = first * (int(stretches.max()) + 1) + stretches[theirs_rows]
    kept = (counts > 0) & _last_of_groups(groups)
    theirs_rows, columns, first, counts = theirs_rows[kept], columns[kept], first[kept], counts[kept]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows[np.repeat(first, counts) + within], np.repeat(theirs_rows, counts), np.repeat(columns, counts)


def _keys(columns: Places, values: Bands) -> Places:
    return (columns << _VALUE_BITS) | values.astype(np.int64)


def _last_of_groups(groups: Places) -> npt.NDArray[np.bool_]:
    """Which of the places are among the last `BUCKET` of their group."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    ends = np.searchsorted(ordered, ordered, side="right")
    kept = np.zeros(len(groups), dtype=np.bool_)
    kept[order] = ends - np.arange(len(ordered)) <= BUCKET
    return kept
