"""What was published around the days of late, as it is filed: kept in memory and brought up to date by later filings.

Copies are sought among the texts of some weeks. To read those again for every batch would cost more than the search.
An article that is gone from the store may still be found here; whoever asks finds it has no text.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from threading import Lock
from weakref import WeakKeyDictionary

from flows.steps.candidates import BLOCK, BandIndex, Candidates
from storage.records import FiledRow
from storage.store import Store

MOST_BLOCKS = 12
"""Blocks of days that are kept, those last asked for."""

OVERLAP = 8
"""How many of the latest filings are read again, since transactions of other runs may end in another order."""

_FEW = 512


class Nearby:
    """The filed texts of the blocks of days last asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._blocks: OrderedDict[int, _Block] = OrderedDict()
        self._filing: int | None = None
        self._lock = Lock()

    def find(self, candidates: Candidates, leave_out: Collection[int]) -> None:
        """Have the candidates look among all that is on file around their days, but the articles left out."""
        with self._lock:
            self._bring_up_to_date()
            for at in candidates.blocks():
                self._block(at).find(candidates, leave_out)

    def _bring_up_to_date(self) -> None:
        since = None if self._filing is None else max(0, self._filing - OVERLAP)
        self._filing, rows = self._store.filed_since(since)
        for at, block in self._blocks.items():
            block.take(rows, at)

    def _block(self, at: int) -> "_Block":
        if at not in self._blocks:
            self._blocks[at] = _Block(self._store.filed_between(at * BLOCK, at * BLOCK + BLOCK - 1))
            if len(self._blocks) > MOST_BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(at)
        return self._blocks[at]


class _Block:
    """The filed texts of some days: most in an index, those filed since in a second one."""

    def __init__(self, rows: Iterable[FiledRow]) -> None:
        self._rows = {one[0]: one for one in rows}
        self._settle()

    def _settle(self) -> None:
        self._index, self._late = BandIndex(self._rows.values()), BandIndex(())
        self._anew: set[int] = set()

    def take(self, rows: Iterable[FiledRow], at: int) -> None:
        """Take over what was filed since; `at` is this block's number."""
        changed = False
        for row in rows:
            now = row if row[3] and row[1] // BLOCK == at else None
            if self._rows.get(row[0]) == now:
                continue
            changed = True
            self._anew.add(row[0])
            if now is None:
                del self._rows[row[0]]
            else:
                self._rows[row[0]] = now
        if len(self._anew) > max(_FEW, len(self._rows) // 8):
            self._settle()
        elif changed:
            self._late = BandIndex(self._rows[one] for one in self._anew if one in self._rows)

    def find(self, candidates: Candidates, leave_out: Collection[int]) -> None:
        """Have the candidates look among them."""
        candidates.look_among(self._index, {*leave_out, *self._anew})
        candidates.look_among(self._late, leave_out)


_KEPT: WeakKeyDictionary[Store, Nearby] = WeakKeyDictionary()


def nearby(store: Store) -> Nearby:
    """What is kept of a store as long as it is open."""
    if store not in _KEPT:
        _KEPT[store] = Nearby(store)
    return _KEPT[store]
