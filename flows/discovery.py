"""What outlets offer: units read, page by page and sitemap by sitemap, until nothing more is wanted; leads stored."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from crawlers.archive import NoSuchPageError, read_page
from crawlers.leads import LeadsResult, read_leads
from crawlers.outlet import Outlet
from flows.fetching import Fetching, fetch
from flows.ingest import Place
from flows.judge import new_batch
from flows.pages import archived_page
from flows.plan import NIGHTLY_KINDS, WINDOW, Due, Span, Unit, night_units
from flows.steps.clean import clean
from flows.steps.urls import canonical_url
from flows.walks import Before, Walk, walk_of
from storage import keys
from storage.models import LeadRow, PageRow, UnitLeadRow, UnitRow
from storage.records import Dropped
from storage.store import Store
from storage.terms import Language, Outcome, UnitState

READABLE = frozenset({Outcome.FETCHED, Outcome.TRUNCATED})
FIRST_ASKED = 2
"""Units of one index that are asked for first; the others only if it does not refuse those."""

LIST_IS_FRESH = timedelta(hours=6)
"""How long a stored page of a list that changes all day may be read again instead of being fetched anew."""


@dataclass(frozen=True)
class Archived:
    """Where an index page rests: what came when it was asked for, or a capture on file that still holds."""

    warc_file: str
    warc_offset: int


Result = tuple[Walk, str, LeadsResult]
"""What one page of a walk's index named, and its address."""


def tonight(place: Place) -> Span:
    """The Kyiv days a night reads."""
    today = keys.kyiv_day(place.clock())
    return Span(today - WINDOW, today + timedelta(days=1))


def discover(
    ours: Sequence[Outlet],
    place: Place,
    fetching: Fetching,
    run_id: str,
    kinds: Collection[str] = NIGHTLY_KINDS,
    *,
    name: str = "index",
) -> dict[str, list[Walk]]:
    """What each outlet offers tonight, a walk a unit. Leads and units are stored; what nobody could read is named."""
    today = keys.kyiv_day(place.clock())
    found: dict[str, list[Walk]] = {}
    for outlet in ours:
        before = {unit.unit_id: unit for unit in place.store.units(outlet=outlet.slug)}
        units = night_units(outlet, today, _filled(before.values()), kinds)
        span = tonight(place)
        found[outlet.slug] = [_walk(unit, span, before.get(unit.unit_id)) for unit in units]
    walks = [walk for ones in found.values() for walk in ones]
    read_units(walks, ours, place, fetching, run_id, name=name, when="night" if kinds == NIGHTLY_KINDS else "poll")
    return found


def _filled(units: Iterable[UnitRow]) -> set[int]:
    return {unit.unit_id for unit in units if is_final(unit)}


def is_final(unit: UnitRow | None) -> bool:
    """Whether a unit was read after its days had ended: nothing can be added to it."""
    if unit is None or unit.listed is None or unit.read_at is None or unit.covers_to is None:
        return False
    return keys.kyiv_day(unit.read_at) > unit.covers_to


def _walk(unit: Unit, span: Span, before: UnitRow | None) -> Walk:
    """The walk of a unit, which goes back to the day up to which it was read the last time."""
    if before is None or before.read_at is None:
        return walk_of(unit, span, span.first)
    return walk_of(unit, span, max(span.first, keys.kyiv_day(before.read_at)), Before(before.read_at, before.listed))


def read_units(
    walks: Sequence[Walk],
    ours: Sequence[Outlet],
    place: Place,
    fetching: Fetching,
    run_id: str,
    *,
    name: str,
    when: Literal["night", "poll", "past"] = "night",
    reuse: Callable[[Walk, str], Archived | None] | None = None,
) -> None:
    """Read units to their end, all outlets side by side; what they name is stored as it comes.

    `reuse` tells where an index page already rests that need not be fetched again. An index of the past that does not
    hold its days counts as refused. A poll sends validators, so that
    an unchanged feed costs nothing.
    """
    outlets = {outlet.slug: outlet for outlet in ours}
    number = 0
    while asks := _asks(walks):
        number += 1
        known = {} if reuse is None else {url: at for walk, url in asks if (at := reuse(walk, url))}
        wanted = {url: walk for walk, url in asks if url not in known}
        validators = place.store.latest_pages(wanted) if when == "poll" else {}
        due = [_due(url, walk, validators.get(url)) for url, walk in wanted.items()]
        answers = {one.url: one for one in fetch(due, ours, place, fetching, run_id, f"{name}{number}")}
        results: list[Result] = []
        for walk, url in asks:
            answer = answers.get(url)
            at, outcome, status = known.get(url), Outcome.FETCHED, None
            if at is None and answer is not None:
                outcome, status = Outcome(answer.outcome), answer.status
                if outcome in READABLE and answer.warc_file is not None:
                    at = Archived(answer.warc_file, answer.warc_offset or 0)
            result = _read(at, walk, url, outlets[walk.unit.outlet], place) if at else None
            if isinstance(result, LeadsResult):
                results.append((walk, url, result))
            else:
                walk.refuse(url, result or (outcome if at or answer else Outcome.NO_RESPONSE), status)
        new = _new(results, outlets, place)
        for walk, url, result in results:
            walk.take(url, result, new)
        _store(walks, results, place)
    for walk in walks if when == "past" else ():
        walk.judge_past()
    batch, now = new_batch(place.knowledge), place.clock()
    batch.units = [unit_row(walk, now, is_finished=True) for walk in walks]
    place.store.save(batch, now)


def _asks(walks: Sequence[Walk]) -> list[tuple[Walk, str]]:
    """The addresses to ask for next. Of an index's many days a few go first; if they are refused, the rest is not."""
    of_index: defaultdict[tuple[str, str], list[Walk]] = defaultdict(list)
    for walk in walks:
        of_index[walk.unit.outlet, walk.unit.index.url].append(walk)
    asks: list[tuple[Walk, str]] = []
    for ones in of_index.values():
        asked = [walk for walk in ones if walk.asked]
        fresh = [walk for walk in ones if not walk.asked]
        if not asked:
            fresh = fresh[:FIRST_ASKED]
        elif all(walk.refused for walk in asked):
            for walk in fresh:
                walk.leave()
            fresh = []
        asks += [(walk, url) for walk in (*asked, *fresh) for url in walk.ask()]
    return asks


def _due(url: str, walk: Walk, before: PageRow | None) -> Due:
    etag, last_modified = (before.etag, before.last_modified) if before else (None, None)
    return Due(url, walk.unit.outlet, str(walk.unit.unit_id), "index", etag, last_modified)


def _read(at: Archived, walk: Walk, url: str, outlet: Outlet, place: Place) -> LeadsResult | Outcome | None:
    """What an index page names; its outcome where it checks browsers, None where it cannot be read at all."""
    try:
        page = read_page(place.archive, at.warc_file, at.warc_offset)
    except (OSError, NoSuchPageError):
        return None
    result = read_leads(page.payload, page.content_type, url, outlet, walk.unit.index, place.clock())
    if result.entries:
        return result
    made = clean(archived_page(page, url), place.knowledge.outlets, place.knowledge.clutter)
    if isinstance(made, Dropped) and made.outcome is Outcome.CHALLENGE:
        return Outcome.CHALLENGE  # it may look like a list that names nothing
    return None if result.problem is not None else result


def _new(results: Sequence[Result], outlets: Mapping[str, Outlet], place: Place) -> set[str]:
    """Those addresses of leads that the database does not know yet, neither as leads nor as pages."""
    addresses: dict[str, str] = {}
    for walk, _, result in results:
        outlet = outlets[walk.unit.outlet]
        addresses |= {lead.url: canonical_url(lead.url, None, outlet) for lead in result.leads}
    on_file = place.store.known_leads(addresses) | set(place.store.known_urls([*addresses, *addresses.values()]))
    return {url for url, canonical in addresses.items() if not {url, canonical} & on_file}


def _store(walks: Sequence[Walk], results: Sequence[Result], place: Place) -> None:
    now = place.clock()
    batch = new_batch(place.knowledge)
    batch.units = [unit_row(walk, now, is_finished=False) for walk in walks if walk.asked]
    for walk, _, result in results:
        batch.leads += [
            LeadRow(
                url=lead.url,
                outlet=walk.unit.outlet,
                language=Language(lead.language) if lead.language else None,
                published_hint_at=lead.published_hint,
                headline_hint=lead.headline_hint,
                unit_id=walk.unit.unit_id,
                first_seen_at=now,
            )
            for lead in result.leads
        ]
        batch.unit_leads += [UnitLeadRow(unit_id=walk.unit.unit_id, url=lead.url) for lead in result.leads]
    place.store.save(batch, now)


def unit_row(walk: Walk, now: datetime, *, is_finished: bool) -> UnitRow:
    """The row of a unit as a walk left it; only one that was read to its end counts as read."""
    unit = walk.unit
    is_read = is_finished and walk.listed is not None
    read_at, listed = (now, walk.listed) if is_read else (walk.before.read_at, None)
    if walk.outcome is Outcome.NOT_MODIFIED:
        listed = walk.before.listed
    return UnitRow(
        unit_id=unit.unit_id,
        outlet=unit.outlet,
        edition=unit.index.language,
        kind=unit.index.kind,
        index_url=unit.url,
        covers_from=unit.covers.first if unit.covers else None,
        covers_to=unit.covers.last if unit.covers else None,
        state=UnitState.LISTED if is_read else UnitState.PLANNED,
        planned_at=now,
        read_at=read_at,
        outcome=walk.outcome,
        listed=listed,
    )


def end_of(span: Span) -> datetime:
    """The moment after which nothing can be published in a span: the end of its last Kyiv day."""
    return datetime.combine(span.last + timedelta(days=1), time(), tzinfo=keys.KYIV)


def captured_before(store: Store, now: datetime) -> Callable[[Walk, str], Archived | None]:
    """Where index pages rest that an interrupted run has fetched already.

    An index of days long past holds for good; a page of a numbered list, or of days that go on, for some hours.
    """

    def look(walk: Walk, url: str) -> Archived | None:
        page = store.latest_pages([url]).get(url)
        if page is None or page.is_truncated or page.fetched_at is None:
            return None
        if page.warc_file is None or page.warc_offset is None:
            return None
        if page.http_status is not None and page.http_status != 200:  # noqa: PLR2004 - OK
            return None
        covers = walk.unit.covers
        is_final = covers is not None and walk.unit.index.kind != "page_list" and page.fetched_at > end_of(covers)
        if not is_final and now - page.fetched_at > LIST_IS_FRESH:
            return None
        return Archived(page.warc_file, page.warc_offset)

    return look


def missing_of(walks: Iterable[Walk]) -> Counter[str]:
    """Indexes that could not be read, by reason."""
    return sum((walk.refused for walk in walks), Counter())
