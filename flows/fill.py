"""Filling the past: units are read round by round, hosts are given back between two rounds, until all is done."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from crawlers.leads import Lead
from crawlers.outlet import Outlet
from flows.crawl import CrawlReport, OutletReport, count, due_of, taken_up
from flows.discovery import captured_before, is_final, read_units
from flows.fetching import Fetching, OutOfRoomError, fetch
from flows.findings import hints_at_guarantees
from flows.holders import own_holder
from flows.hosts import waves
from flows.ingest import LEASE, Place
from flows.judge import new_batch
from flows.past import Road, past_indexes
from flows.plan import ASK_AGAIN, Due, Span
from flows.recording import Recorder
from flows.walks import Before, Walk, may_be_in, walk_of
from storage import keys
from storage.models import UnitRow
from storage.terms import Outcome, UnitState

UNIT = "unit"
"""Kind of lease: the right to read one unit."""

AT_ONCE = 31
"""Units of an outlet taken up together: their indexes are read first, and the most promising are fetched first."""

QUOTA = 150
"""Pages of an outlet fetched in one round; then whoever waits for its hosts is let in."""

SHUT = frozenset({Outcome.FORBIDDEN, Outcome.CHALLENGE})
"""What a page comes to where the outlet lets no program in."""

TURN = timedelta(minutes=10)
ELSEWHERE = "unit read by another run"


@dataclass
class Taken:
    """One unit being filled: the way to it, what reading its index gave, and the pages asked for in this run."""

    road: Road
    outlet: Outlet
    walk: Walk
    is_read: bool
    hints: int = 0


@dataclass(frozen=True)
class Refused:
    """Days of an edition that the outlet itself does not let us read, by no index or page of its own."""

    outlet: Outlet
    language: str
    span: Span


@dataclass
class Filling:
    """What a backfill has still to do at each outlet, and what it has done.

    `refused` are days that can be had elsewhere at best. `tried` are the pages of this run with their outcomes,
    `speaks` says of a lead whether its headline tells.
    """

    roads: dict[str, list[Road]]
    languages: Mapping[str, Sequence[str]]
    report: CrawlReport
    taken: dict[str, list[Taken]] = field(default_factory=dict)
    tried: dict[str, Outcome] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    left: dict[str, Counter[str]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    speaks: dict[str, bool] = field(default_factory=dict)

    def taken_roads(self, outlet: str) -> list[Road]:
        """The roads being walked at an outlet."""
        return [one.road for one in self.taken.get(outlet, [])]

    def leave(self, outlet: str, reasons: Mapping[str, int]) -> None:
        """Note that something at an outlet was not read, by reason."""
        self.left.setdefault(outlet, Counter()).update(reasons)


@dataclass(frozen=True)
class BackfillReport:
    """A backfill: the crawl's own report, units done by outlet, and what is left by outlet and reason."""

    crawl: CrawlReport
    done: Mapping[str, int]
    left: Mapping[str, Mapping[str, int]]


def open_roads(roads: Iterable[Road], place: Place) -> list[Road]:
    """Those of the units that are not done. A unit whose days had not ended when it was read is done again."""
    roads = list(roads)
    rows = {
        row.unit_id: row for outlet in {road.unit.outlet for road in roads} for row in place.store.units(outlet=outlet)
    }
    return [road for road in roads if not _is_done(rows.get(road.unit.unit_id))]


def _is_done(row: UnitRow | None) -> bool:
    return row is not None and row.state == UnitState.DONE and is_final(row)


def fill(
    outlets: Sequence[Outlet],
    roads: Mapping[str, Sequence[Road]],
    languages: Mapping[str, Sequence[str]],
    span: Span,
    place: Place,
    fetching: Fetching,
    tell: Callable[[str], None] = lambda _: None,
    elsewhere: Callable[[CrawlReport, Sequence[Refused]], Mapping[str, int]] = lambda *_: {},
) -> BackfillReport:
    """Read units of the past; `roads` and `languages` (the editions wanted) are by slug. `tell` hears of each unit.

    What the outlets themselves refuse is handed to `elsewhere`, which adds to the report and returns units done.

    Stopped at any moment it goes on where it was. Units another run reads are left to it. Raises WorkFailedError
    where the spider cannot work at all.
    """
    with taken_up(place, "backfill") as report:
        found = CrawlReport(report, {outlet.slug: OutletReport(outlet.slug, listed=None) for outlet in outlets})
        filling = Filling({slug: list(ones) for slug, ones in roads.items()}, languages, found)
        for outlet in outlets:
            unreachable = [one for one in languages[outlet.slug] if not past_indexes(outlet, one)]
            if unreachable:
                filling.leave(outlet.slug, {f"edition without an index of the past ({one})": 1 for one in unreachable})
                filling.refused += [Refused(outlet, one, span) for one in unreachable]
        recorder = Recorder(place, report)
        with _giving_back(filling, place):
            try:
                _rounds(outlets, filling, place, fetching, recorder, tell)
                filling.done.update(elsewhere(found, filling.refused))
            except OutOfRoomError as error:
                found.stopped = str(error)
    for slug, one in found.outlets.items():
        one.missing.update(filling.left.get(slug, {}))
    return BackfillReport(found, dict(filling.done), {slug: dict(left) for slug, left in filling.left.items()})


@contextmanager
def _giving_back(filling: Filling, place: Place) -> Iterator[None]:
    try:
        yield
    finally:
        for ones in filling.taken.values():
            for one in ones:
                _give_back(one, filling, place)


def _give_back(one: Taken, filling: Filling, place: Place) -> None:
    place.store.release_lease(UNIT, str(one.walk.unit.unit_id), own_holder(filling.report.run.run_id))


def _rounds(
    outlets: Sequence[Outlet],
    filling: Filling,
    place: Place,
    fetching: Fetching,
    recorder: Recorder,
    tell: Callable[[str], None],
) -> None:
    number = 0
    while waiting := [one for one in outlets if filling.roads[one.slug] or filling.taken.get(one.slug)]:
        with closing(waves(waiting, place, filling.report.run.run_id, TURN)) as turns:
            ours = next(turns, None)  # the others are asked for again in the next round
            if ours is not None:
                number += 1
                _round(ours, filling, place, fetching, recorder, f"{number}", tell)


def _round(
    ours: Sequence[Outlet],
    filling: Filling,
    place: Place,
    fetching: Fetching,
    recorder: Recorder,
    name: str,
    tell: Callable[[str], None],
) -> None:
    """Take up units, read the indexes of new ones, fetch a share of their pages, and see which units are done."""
    run_id = filling.report.run.run_id
    for outlet in ours:
        _take_up(outlet, filling, place)
    with recorder.recording():
        unread = [one for outlet in ours for one in filling.taken[outlet.slug] if not one.is_read]
        reuse = captured_before(place.store, place.clock())
        walks = [one.walk for one in unread]
        place.doing(
            "read indexes",
            lambda: read_units(walks, ours, place, fetching, run_id, name=f"{name}-index", when="past", reuse=reuse),
        )
        for one in unread:
            _see(one, filling, place)
        due = [page for outlet in ours for page in _share(outlet, filling, place)]
        holding = [(UNIT, str(one.walk.unit.unit_id)) for ones in filling.taken.values() for one in ones]
        pages = place.doing("fetch pages", lambda: fetch(due, ours, place, fetching, run_id, f"{name}-pages", holding))
    filling.tried |= {page.url: Outcome(page.outcome) for page in pages}
    count(pages, filling.report.outlets, run_id, place.store)
    for outlet in ours:
        rows = {row.unit_id: row for row in place.store.units(outlet=outlet.slug)}
        for one in list(filling.taken[outlet.slug]):
            _settle(one, rows[one.walk.unit.unit_id], filling, place, tell)


def _take_up(outlet: Outlet, filling: Filling, place: Place) -> None:
    """Lease units until enough are at hand. One that another run holds is left to that run."""
    taken = filling.taken.setdefault(outlet.slug, [])
    holder = own_holder(filling.report.run.run_id)
    for one in taken:
        place.store.acquire_lease(UNIT, str(one.walk.unit.unit_id), holder, place.clock(), LEASE)
    rows = {row.unit_id: row for row in place.store.units(outlet=outlet.slug)}
    roads = filling.roads[outlet.slug]
    while roads and len(taken) < AT_ONCE:
        road = roads.pop(0)
        unit, row = road.unit, rows.get(road.unit.unit_id)
        if _is_done(row) or unit.covers is None:
            continue
        if not place.store.acquire_lease(UNIT, str(unit.unit_id), holder, place.clock(), LEASE):
            filling.leave(outlet.slug, {ELSEWHERE: 1})
            continue
        before = Before(row.read_at, row.listed) if row else Before()
        walk = walk_of(unit, unit.covers, unit.covers.first, before)
        one = Taken(road, outlet, walk, is_read=is_final(row))
        taken.append(one)
        if one.is_read:
            _note_leads(one, filling, place)


def _see(one: Taken, filling: Filling, place: Place) -> None:
    """What the index of a unit gave: it can be filled, or its days are tried over another index, or are left."""
    if not one.walk.refused:
        one.is_read = True
        _note_leads(one, filling, place)
        return
    filling.taken[one.outlet.slug].remove(one)
    _give_back(one, filling, place)
    detours = open_roads(one.road.detours(one.outlet), place)
    ahead = {road.unit.unit_id for road in (*filling.roads[one.outlet.slug], *filling.taken_roads(one.outlet.slug))}
    filling.roads[one.outlet.slug] += [road for road in detours if road.unit.unit_id not in ahead]
    if not detours:
        filling.leave(one.outlet.slug, one.walk.refused)
        filling.refused.append(Refused(one.outlet, one.road.language, one.walk.span))


def _note_leads(one: Taken, filling: Filling, place: Place) -> None:
    leads = _leads_of(one, filling, place)
    one.hints = _hints(leads, filling, place)
    report = filling.report.outlets[one.outlet.slug]
    report.listed = (report.listed or 0) + len(leads)


def _share(outlet: Outlet, filling: Filling, place: Place) -> list[Due]:
    """The next pages of an outlet: of the units whose headlines speak of guarantees first, then of the newest."""
    found: list[Due] = []
    taken = filling.taken[outlet.slug]
    for one in sorted(taken, key=lambda one: (-one.hints, -keys.day_number(one.walk.span.last), one.walk.unit.unit_id)):
        found += _missing(one, filling, place)
        if len(found) >= QUOTA:
            break
    return list({page.url: page for page in found}.values())[:QUOTA]


def _missing(one: Taken, filling: Filling, place: Place) -> list[Due]:
    """Pages of a unit that nobody has read and this run has not tried, those with a telling headline first."""
    leads = sorted(_leads_of(one, filling, place), key=lambda lead: not _speaks(lead, filling, place))
    named = [(lead.url, str(one.walk.unit.unit_id)) for lead in leads if lead.url not in filling.tried]
    return [due for due in due_of(named, one.outlet, place) if due.why == "new" and due.url not in filling.tried]


def _settle(one: Taken, row: UnitRow, filling: Filling, place: Place, tell: Callable[[str], None]) -> None:
    """Note that a unit is done once each of its pages was asked for; pages that failed leave it open for later."""
    if _missing(one, filling, place):
        return
    filling.taken[one.outlet.slug].remove(one)
    leads = _leads_of(one, filling, place)
    failed = [lead.url for lead in leads if filling.tried.get(lead.url) in ASK_AGAIN]
    if any(filling.tried.get(url) in SHUT for url in failed):
        filling.refused.append(Refused(one.outlet, one.road.language, one.walk.span))
    now = place.clock()
    if not failed:
        batch = new_batch(place.knowledge)
        batch.units = [row.model_copy(update={"state": UnitState.DONE, "done_at": now})]
        place.store.save(batch, now)
        filling.done[one.outlet.slug] += 1
    _give_back(one, filling, place)
    days = f"{one.walk.span.first} – {one.walk.span.last}"
    fate = f"{len(failed)} pages to be asked for again later" if failed else "done"
    tell(f"{one.outlet.slug} {one.road.language} {days}: {len(leads)} pages listed, {fate}")


def _leads_of(one: Taken, filling: Filling, place: Place) -> list[Lead]:
    """What the unit's index named for its days, in the editions wanted."""
    wanted = set(filling.languages[one.outlet.slug])
    rows = place.store.leads_of_unit(one.walk.unit.unit_id)
    leads = [
        Lead(row["url"], row["published_hint_at"], row["headline_hint"], row["language"], {})
        for row in rows
        if row["language"] is None or row["language"] in wanted
    ]
    return [lead for lead in leads if may_be_in(lead, one.walk.span, one.walk.unit)]


def _hints(leads: Iterable[Lead], filling: Filling, place: Place) -> int:
    return sum(_speaks(lead, filling, place) for lead in leads)


def _speaks(lead: Lead, filling: Filling, place: Place) -> bool:
    """Whether the headline an index gave speaks of guarantees; False where it gave none."""
    if not lead.headline_hint:
        return False
    if lead.url not in filling.speaks:
        filling.speaks[lead.url] = hints_at_guarantees(lead.headline_hint, lead.language, place.knowledge)
    return filling.speaks[lead.url]
