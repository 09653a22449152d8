"""Fetching: a plan for the spider, the spider in a process of its own, its outcomes back."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile

from crawlers.outlet import Outlet
from crawlers.plan import HostRule, Limits, OutcomeLine, PlannedRequest, read_outcomes, write_plan
from flows.alarms import disk_budget
from flows.errors import WorkFailedError
from flows.holders import holder_of, own_holder
from flows.hosts import HOST
from flows.ingest import LEASE, RUN, SPIDER, Place
from flows.plan import Due

BULK_DELAY_S = 5.0
"""Least seconds between two requests to an outlet when the past is read in bulk."""


class OutOfRoomError(WorkFailedError):
    """The archive may not, or cannot, grow any further; what was fetched until then is kept."""


@dataclass(frozen=True)
class Fetching:
    """How pages are fetched.

    `delay_s` replaces the outlets' own pace where it is given (the demo's shortened one). `endpoints` maps
    `host:port` to a loopback address and is the address guard's one exception; `ca_file` is trusted in addition.
    `clock_offset` is what a server of our own that plays another day is ahead by; it is added to the moments that
    are archived. `is_bulk` asks for the slower pace of reading the past. `disk_budget_gb` is what the archive may grow
    to (0: as the disk has room).
    """

    user_agent: str
    delay_s: float | None = None
    endpoints: Mapping[str, str] = field(default_factory=dict)
    ca_file: Path | None = None
    max_bytes: int = 10_000_000
    timeout_s: float = 60.0
    max_redirects: int = 5
    clock_offset: timedelta = timedelta(0)
    is_bulk: bool = False
    disk_budget_gb: float = 0.0


def fetch(
    due: Sequence[Due],
    ours: Sequence[Outlet],
    place: Place,
    fetching: Fetching,
    run_id: str,
    name: str,
    holding: Sequence[tuple[str, str]] = (),
) -> list[OutcomeLine]:
    """Let the spider carry out a plan; returns an outcome a request.

    Leases are renewed while it works, those of `holding` (kind, key) too; a host's lease that was lost stops it.
    Raises OutOfRoomError where the archive may not grow any further, before or while fetching.
    """
    if not due:
        return []
    _check_room(place, fetching)
    place.archive.mkdir(parents=True, exist_ok=True)
    run = f"{run_id}-{name}"
    plan = place.archive / f"{run}.plan.jsonl"
    limits = Limits(
        run=run,
        max_bytes=fetching.max_bytes,
        timeout_s=fetching.timeout_s,
        max_redirects=fetching.max_redirects,
        user_agent=fetching.user_agent,
        delay_s={outlet.slug: delay(outlet, fetching) for outlet in ours},
        hosts={
            host: HostRule(group=outlet.slug, sisters=outlet.sister_hosts)
            for outlet in ours
            for host in outlet.asked_hosts
        },
        obey_robots=True,
        endpoints=dict(fetching.endpoints),
        ca_file=str(fetching.ca_file) if fetching.ca_file else None,
        clock_offset_s=fetching.clock_offset.total_seconds(),
    )
    write_plan(plan, limits, [_planned(one) for one in due])
    _run_spider(plan, ours, place, fetching, run_id, holding)
    return list(read_outcomes(place.archive / f"{run}.outcomes.jsonl"))


def _planned(one: Due) -> PlannedRequest:
    return PlannedRequest(
        url=one.url,
        outlet=one.outlet,
        unit=one.unit,
        why=one.why,
        etag=one.etag,
        last_modified=one.last_modified,
    )


def delay(outlet: Outlet, fetching: Fetching) -> float:
    """Seconds from the start of one request to an outlet to the start of the next."""
    if fetching.delay_s is not None:
        return fetching.delay_s
    return max(outlet.crawl_delay, BULK_DELAY_S) if fetching.is_bulk else outlet.crawl_delay


def _check_room(place: Place, fetching: Fetching) -> None:
    why = disk_budget(place, fetching.disk_budget_gb)
    if why is not None:
        raise OutOfRoomError(why)


def _run_spider(
    plan: Path,
    ours: Sequence[Outlet],
    place: Place,
    fetching: Fetching,
    run_id: str,
    holding: Sequence[tuple[str, str]],
) -> None:
    command = [sys.executable, "-m", "crawlers", "--leash", str(plan), str(place.archive)]
    with (
        TemporaryFile("w+", encoding="utf-8", errors="replace") as said,
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said) as spider,  # noqa: S603 - our own program
    ):
        of_spider = holder_of(run_id, spider.pid)
        place.store.acquire_lease(SPIDER, run_id, of_spider, place.clock(), LEASE)
        try:
            while not _has_ended(spider):
                _check_room(place, fetching)
                now = place.clock()
                held = [place.store.renew_lease(HOST, outlet.slug, own_holder(run_id), now, LEASE) for outlet in ours]
                place.store.renew_lease(SPIDER, run_id, of_spider, now, LEASE)
                for kind, key in holding:
                    place.store.renew_lease(kind, key, own_holder(run_id), now, LEASE)
                if not all([place.store.renew_lease(RUN, run_id, own_holder(run_id), now, LEASE), *held]):
                    spider.terminate()
        finally:
            if spider.poll() is None:
                spider.terminate()
                spider.wait()
        place.store.release_lease(SPIDER, run_id, of_spider)
        if spider.returncode != 0:
            said.seek(0)
            last = said.read().strip().splitlines()
            message = last[-1] if last else f"the spider ended with code {spider.returncode}"
            raise WorkFailedError(message)


def _has_ended(spider: "subprocess.Popen[bytes]") -> bool:
    """Wait for the spider, but not so long that a lease could lapse."""
    try:
        spider.wait(timeout=LEASE.total_seconds() / 5)
    except subprocess.TimeoutExpired:
        return False
    return True
