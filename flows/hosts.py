"""Who may speak to an outlet: one run at a time, and whoever waits is let in between two rounds of a long one."""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from crawlers.outlet import Outlet
from flows.holders import own_holder
from flows.ingest import LEASE, Place, keep_alive

HOST = "host"
"""Kind of lease: the right to speak to the hosts of one outlet."""

WANTED = "wanted"
"""Kind of lease: somebody waits for the hosts of an outlet."""

WANTED_FOR = timedelta(seconds=15)
LOOK_AGAIN_S = 1.0


@contextmanager
def leased(outlets: Sequence[Outlet], place: Place, run_id: str) -> Iterator[list[Outlet]]:
    """The outlets whose hosts are ours alone until the block ends."""
    holder = own_holder(run_id)
    ours: list[Outlet] = []
    try:
        ours += [
            outlet for outlet in outlets if place.store.acquire_lease(HOST, outlet.slug, holder, place.clock(), LEASE)
        ]
        yield ours
    finally:
        for outlet in ours:
            place.store.release_lease(HOST, outlet.slug, holder)


def waves(
    outlets: Sequence[Outlet],
    place: Place,
    run_id: str,
    patience: timedelta,
    tell: Callable[[Sequence[str]], None] | None = None,
) -> Generator[list[Outlet], None, None]:
    """The outlets in the order in which their hosts become free; each is held until the caller comes back for more.

    `tell` is told, once, the names of those that have to be waited for. Those that do not become free within
    `patience` are left out: whoever did not come was busy.
    """
    waiting = list(outlets)
    until = time.monotonic() + patience.total_seconds()
    has_told = False
    try:
        while waiting:
            with leased(_unwanted(waiting, place, run_id), place, run_id) as ours:
                _want_no_more(ours, place, run_id)
                if ours:
                    yield ours
            waiting = [outlet for outlet in waiting if outlet not in ours]
            if not waiting or time.monotonic() >= until:
                break
            _want(waiting, place, run_id)
            if tell is not None and not has_told:
                tell([outlet.name for outlet in waiting])
            has_told = True
            keep_alive(place, run_id)
            if not ours:
                time.sleep(LOOK_AGAIN_S)
    finally:
        _want_no_more(waiting, place, run_id)


def _unwanted(outlets: Sequence[Outlet], place: Place, run_id: str) -> list[Outlet]:
    """Those of the outlets that nobody else waits for: whoever came first gets them."""
    now, own = place.clock(), own_holder(run_id)
    wanted = {
        lease.key
        for lease in place.store.leases()
        if lease.kind == WANTED and lease.holder != own and lease.until > now
    }
    return [outlet for outlet in outlets if outlet.slug not in wanted]


def _want(outlets: Sequence[Outlet], place: Place, run_id: str) -> None:
    for outlet in outlets:
        place.store.acquire_lease(WANTED, outlet.slug, own_holder(run_id), place.clock(), WANTED_FOR)


def _want_no_more(outlets: Sequence[Outlet], place: Place, run_id: str) -> None:
    for outlet in outlets:
        place.store.release_lease(WANTED, outlet.slug, own_holder(run_id))
