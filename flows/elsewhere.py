"""Asking other people's archives: where they are, one run at a time, and units of work as they are kept on file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from crawlers.imports import common_crawl, wayback
from crawlers.imports.service import Service
from flows.discovery import is_final
from flows.holders import own_holder
from flows.ingest import LEASE, Place
from flows.judge import new_batch
from flows.plan import Span
from storage import keys
from storage.models import UnitRow
from storage.terms import Outcome, UnitState

SERVICE = "service"
"""Kind of lease: the right to ask another archive's service."""

Tell = Callable[[str], None]
Archive = Literal["wayback", "common_crawl"]


@dataclass(frozen=True)
class Elsewhere:
    """Where other archives are asked, and as whom. An empty address: not at all. `pace_s` replaces their own pace."""

    wayback_url: str
    common_crawl_url: str
    user_agent: str
    pace_s: float | None = None

    def wayback(self) -> Service:
        """The Wayback Machine, to be closed."""
        if self.pace_s is not None:
            return Service(self.wayback_url, self.user_agent, pace_s=self.pace_s)
        return Service(self.wayback_url, self.user_agent, pace_s=wayback.PACE_S, paces=wayback.PACES)

    def common_crawl(self) -> Service:
        """Common Crawl, to be closed."""
        pace_s = common_crawl.PACE_S if self.pace_s is None else self.pace_s
        return Service(self.common_crawl_url, self.user_agent, pace_s=pace_s)


@contextmanager
def asked_alone(service: Service, place: Place, run_id: str) -> Iterator[bool]:
    """Whether a service is ours alone until the block ends; False while another run asks it."""
    holder = own_holder(run_id)
    is_ours = place.store.acquire_lease(SERVICE, service.host, holder, place.clock(), LEASE)
    try:
        yield is_ours
    finally:
        if is_ours:
            place.store.release_lease(SERVICE, service.host, holder)


def go_on_holding(service: Service, place: Place, run_id: str) -> None:
    """Prolong the right to ask a service."""
    place.store.renew_lease(SERVICE, service.host, own_holder(run_id), place.clock(), LEASE)


def unit_of(archive: Archive, outlet: str, edition: str, address: str, span: Span, place: Place) -> UnitRow:
    """A unit of work, as planned now: what an archive holds at an address of some Kyiv days."""
    days = (span.first.isoformat(), span.last.isoformat())
    return UnitRow(
        unit_id=keys.key("unit", outlet, edition, archive, address, *days),
        outlet=outlet,
        edition=edition,
        kind=archive,
        index_url=address,
        covers_from=span.first,
        covers_to=span.last,
        state=UnitState.PLANNED,
        planned_at=place.clock(),
    )


def open_units(units: Mapping[int, UnitRow], place: Place, *, can_grow: bool = True) -> set[int]:
    """Those of the units that are not done, or, if they can grow, were before their days had ended."""
    outlets = {unit.outlet for unit in units.values()}
    rows = {row.unit_id: row for slug in outlets for row in place.store.units(outlet=slug)}
    done = {unit_id for unit_id, row in rows.items() if row.state == UnitState.DONE and (is_final(row) or not can_grow)}
    return set(units) - done


def note(unit: UnitRow, place: Place, outcome: Outcome | None, listed: int | None, *, is_done: bool) -> None:
    """Put on file how far a unit has come; `listed` is how many pages it names, None where that is not known."""
    now = place.clock()
    state = UnitState.DONE if is_done else UnitState.PLANNED
    batch = new_batch(place.knowledge)
    batch.units = [
        unit.model_copy(
            update={
                "state": state,
                "outcome": outcome,
                "listed": listed,
                "read_at": now if listed is not None else None,
                "done_at": now if is_done else None,
            }
        )
    ]
    place.store.save(batch, now)
