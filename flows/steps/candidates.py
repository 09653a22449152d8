"""Which texts are worth laying side by side: those that share bands and do not tell other numbers.

Only texts of the weeks around are looked among, in blocks of days, so what it costs does not depend on how much older
days hold.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from operator import itemgetter
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

BLOCK, STRETCH = 32, 8
"""Days of texts that are looked at at a time, and those of which a band's latest are; they begin at fixed days."""

FEWEST_SHARED = 2
"""How many bands two texts share, of the whole and of the opening, before anyone compares them: most that share one
share a formula (341 of 591 pairs that share any, on 2,000 real texts). Within days of each other one is enough, since
then a text is put into other words, and only then are the bands of what is told looked at."""

BUCKET = 50
"""How many of the texts of a stretch that hold one band, the latest, are looked at."""

MOST_COMPARED = 25
"""With how many others, those sharing most bands, a text is compared."""

FEWEST_NUMBERS = 4
"""From how many numbers on a text that keeps less than half of them cannot be a copy."""

UNDATED = 0
"""The day of texts without one; they are compared with each other only."""

_FIRST_TOLD = ALL_BANDS - TOLD_BANDS
_BITS = 16

Bands: TypeAlias = npt.NDArray[np.uint32]
Places: TypeAlias = npt.NDArray[np.int64]


class BandIndex:
    """Filed texts, to be found by the bands they hold: of each place the hashes in order.

    Of texts that hold one hash, and were published within one stretch of days, only the last are found.
    """

    def __init__(self, filed: Iterable[FiledRow]) -> None:
        rows = sorted((one for one in filed if one[3]), key=itemgetter(1, 0))
        self.ids: Places = np.array([one[0] for one in rows], dtype=np.int64)
        self.days: Places = np.array([one[1] for one in rows], dtype=np.int64)
        self.numbers = [one[4] for one in rows]
        bands = np.ascontiguousarray(_bands(rows).T)
        order = np.argsort(bands, axis=1, kind="stable")
        self._order, self._ordered = order.astype(np.uint32), np.take_along_axis(bands, order, axis=1)

    def met(self, bands: Bands) -> tuple[Places, Places, Places]:
        """Rows of `bands`, places of the texts here that hold the same hash, and in which column; 0 is no hash."""
        met: list[tuple[Places, Places]] = []
        for order, ordered, asked in zip(self._order, self._ordered, bands.T, strict=True):
            first = np.searchsorted(ordered, asked, side="left")
            counts = np.where(asked != 0, np.searchsorted(ordered, asked, side="right") - first, 0)
            rows = np.repeat(np.arange(len(asked)), counts)
            within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
            places = order[np.repeat(first, counts) + within].astype(np.int64)
            if len(places) and counts.max() > BUCKET:
                late = _last_of_groups(rows * (int(self.days[-1]) // STRETCH + 1) + self.days[places] // STRETCH)
                rows, places = rows[late], places[late]
            met.append((rows, places))
        columns = np.repeat(np.arange(len(met)), [len(rows) for rows, _ in met])
        all_rows, all_places = (np.concatenate(parts) for parts in zip(*met, strict=True))
        return all_rows, all_places, columns


class Candidates:
    """Candidates of some texts, gathered from one block of days after the other."""

    def __init__(self, new: Iterable[FiledRow]) -> None:
        self._new = [one for one in new if one[3]]
        self._days: Places = np.array([one[1] for one in self._new], dtype=np.int64)
        self._bands = _bands(self._new)
        self._shared: dict[int, dict[int, tuple[int, int, bytes]]] = defaultdict(dict)

    def blocks(self) -> list[int]:
        """The blocks of days whose texts are asked for, all within reach of a text's own: block n begins on n·BLOCK."""
        blocks: set[int] = set()
        for day in set(self._days.tolist()):
            first, last = (UNDATED, UNDATED) if day == UNDATED else (max(day - REACH, UNDATED), day + REACH)
            blocks |= set(range(first // BLOCK, last // BLOCK + 1))
        return sorted(blocks)

    def look_among(self, others: BandIndex, leave_out: Container[int] = ()) -> None:
        """Take up those that share bands enough, but those left out; the new texts may be among them."""
        ours, theirs, columns = others.met(self._bands)
        apart = np.abs(self._days[ours] - others.days[theirs])
        fits = apart <= np.where(columns < _FIRST_TOLD, REACH, RETOLD_REACH)
        pairs, at = np.unique((ours * len(others.ids) + theirs)[fits], return_inverse=True)
        totals = np.bincount(at, weights=np.where(apart <= RETOLD_REACH, FEWEST_SHARED, 1)[fits], minlength=len(pairs))
        enough = totals >= FEWEST_SHARED
        if not enough.any():
            return
        rows, places = np.divmod(pairs[enough], len(others.ids))
        gaps = np.abs(self._days[rows] - others.days[places])
        totals = totals[enough].astype(np.int64)
        for row, place, id_, total, gap in np.column_stack((rows, places, others.ids[places], totals, gaps)).tolist():
            if id_ not in leave_out and id_ != self._new[row][0]:
                self._shared[row][id_] = (-total, gap, others.numbers[place])

    def found(self) -> Mapping[int, Sequence[int]]:
        """Candidates by new text; of too many those that share most bands, then those published nearest to it."""
        return {
            self._new[one][0]: list(islice(self._kept(one, shared), MOST_COMPARED))
            for one, shared in sorted(self._shared.items())
        }

    def _kept(self, one: int, shared: Mapping[int, tuple[int, int, bytes]]) -> Iterator[int]:
        for other in sorted(shared, key=lambda other: (*shared[other][:2], other)):
            if keep_numbers(self._new[one][4], shared[other][2]):
                yield other


def is_worth_a_look(first: Signature, second: Signature) -> bool:
    """Whether two texts share bands enough to be compared, and keep each other's numbers."""
    ours, theirs = (Filed(at, UNDATED, 0, one.bands, one.numbers) for at, one in enumerate((first, second)))
    candidates = Candidates([ours])
    candidates.look_among(BandIndex([theirs]))
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


def _bands(filed: Sequence[FiledRow]) -> Bands:
    found: Bands = np.frombuffer(b"".join(one[3] for one in filed), dtype="<u4").reshape(-1, ALL_BANDS)
    return found


def _last_of_groups(groups: Places) -> npt.NDArray[np.bool_]:
    """Which of the places are among the last `BUCKET` of their group."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    ends = np.searchsorted(ordered, ordered, side="right")
    kept = np.zeros(len(groups), dtype=np.bool_)
    kept[order] = ends - np.arange(len(ordered)) <= BUCKET
    return kept
