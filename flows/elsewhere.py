"""Asking other people's archives: where they are, one run at a time, and units of work as they are kept on file."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from crawlers.imports import common_crawl, wayback
from crawlers.imports.service import Service
from flows.discovery import is_final
from flows.holders import own_holder
from flows.ingest import LEASE, Place, keep_alive
from flows.judge import new_batch
from flows.plan import Span
from storage import keys
from storage.models import UnitRow
from storage.terms import Outcome, UnitState

_USUAL: Mapping[str, tuple[float, Mapping[str, float]]] = {
    "wayback": (wayback.PACE_S, wayback.PACES),
    "common_crawl": (common_crawl.PACE_S, {}),
}
TIMEOUT_S = 120.0
"""An index of captures may take that long to answer for a whole site."""

SLICE_S = 60.0
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

    @contextmanager
    def asked(self, archive: Archive, place: Place, run_id: str) -> Iterator[Service | None]:
        """The service, ours alone until the block ends; None while another run asks it."""
        address = self.wayback_url if archive == "wayback" else self.common_crawl_url
        usual_s, paces = _USUAL[archive]
        hold = Hold(place, archive, run_id)
        if not hold.take():
            yield None
            return
        service = Service(
            address,
            self.user_agent,
            pace_s=usual_s if self.pace_s is None else self.pace_s,
            paces=paces if self.pace_s is None else {},
            timeout_s=TIMEOUT_S,
            sleep=hold.sleep,
        )
        try:
            with service:
                yield service
        finally:
            hold.release()


@dataclass(frozen=True)
class Hold:
    """A run's right to ask a service, kept up while it waits and works."""

    place: Place
    archive: Archive
    run_id: str

    def take(self) -> bool:
        """Whether the right is ours now."""
        return self.place.store.acquire_lease(SERVICE, self.archive, self._holder, self.place.clock(), LEASE)

    def go_on(self, *_: object) -> None:
        """Prolong it, and the run itself."""
        self.place.store.renew_lease(SERVICE, self.archive, self._holder, self.place.clock(), LEASE)
        keep_alive(self.place, self.run_id)

    def release(self) -> None:
        """Give it back."""
        self.place.store.release_lease(SERVICE, self.archive, self._holder)

    def sleep(self, seconds: float) -> None:
        """Wait, as long as the service asks for it, without losing the right."""
        while seconds > 0:
            time.sleep(min(seconds, SLICE_S))
            seconds -= SLICE_S
            if seconds > 0:
                self.go_on()

    @property
    def _holder(self) -> str:
        return own_holder(self.run_id)


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
