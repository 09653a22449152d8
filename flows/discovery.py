"""What outlets offer: their indexes read, and the further pages and sitemaps these lead to, until nothing is new."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from crawlers.archive import NoSuchPageError, read_page
from crawlers.leads import Lead, LeadsResult, in_window, read_leads
from crawlers.outlet import Outlet
from crawlers.plan import OutcomeLine
from flows.fetching import Fetching, fetch
from flows.ingest import Place
from flows.judge import new_batch
from flows.plan import Due, IndexAddress, night_indexes
from flows.steps.urls import canonical_url
from storage import keys
from storage.models import LeadRow, UnitRow
from storage.terms import Language, Outcome, UnitState

WINDOW = timedelta(days=13)
"""A night reads what was published today and on the thirteen days before."""

MOST_ROUNDS = 12
"""How often an index may lead to a further one."""

NOTHING_THERE = frozenset({Outcome.NOT_FOUND, Outcome.GONE, Outcome.NOT_MODIFIED})
"""Answers of an index that leave no gap: it does not exist (yet), or is as before."""


@dataclass
class Offer:
    """What one outlet offers: (URL, unit) of pages in the window, and indexes that could not be read, by reason."""

    pages: list[tuple[str, str | None]] = field(default_factory=list)
    unreadable: Counter[str] = field(default_factory=Counter)
    listed: int | None = 0


def discover(ours: Sequence[Outlet], place: Place, fetching: Fetching, run_id: str) -> dict[str, Offer]:
    """What each outlet offers tonight. Leads and units are stored; an index nobody could read is named and counted."""
    today = keys.kyiv_day(place.clock())
    outlets = {outlet.slug: outlet for outlet in ours}
    offers = {slug: Offer() for slug in outlets}
    waiting = [one for outlet in ours for one in night_indexes(outlet, today)]
    asked: set[str] = set()
    for number in range(MOST_ROUNDS):
        waiting = [one for one in waiting if one.url not in asked]
        if not waiting:
            break
        asked |= {one.url for one in waiting}
        due = [Due(one.url, one.outlet, str(one.unit_id), "index") for one in waiting]
        answers = {one.url: one for one in fetch(due, ours, place, fetching, run_id, f"index{number}")}
        read = [(one, answers.get(one.url), _read(answers.get(one.url), one, outlets, place)) for one in waiting]
        known = _known(read, outlets, place)
        _store(read, place)
        waiting = []
        for one, answer, result in read:
            _take(offers[one.outlet], one, answer, result, place)
            if result is not None:
                waiting += _further(one, result, known, outlets[one.outlet], place)
    for slug, offer in offers.items():
        if offer.listed is not None:
            offer.listed = len({canonical_url(url, None, outlets[slug]) for url, _ in offer.pages})
    return offers


Read = tuple[IndexAddress, OutcomeLine | None, LeadsResult | None]


def _read(
    answer: OutcomeLine | None, one: IndexAddress, outlets: Mapping[str, Outlet], place: Place
) -> LeadsResult | None:
    """What an index named; None where it did not come or cannot be read at all."""
    if answer is None or answer.outcome not in {Outcome.FETCHED, Outcome.TRUNCATED} or answer.warc_file is None:
        return None
    try:
        page = read_page(place.archive, answer.warc_file, answer.warc_offset or 0)
    except (OSError, NoSuchPageError):
        return None
    result = read_leads(page.payload, page.content_type, one.url, outlets[one.outlet], one.index, place.clock())
    return None if result.problem is not None and not result.entries else result


def _tonight(leads: Iterable[Lead], place: Place) -> tuple[Lead, ...]:
    today = keys.kyiv_day(place.clock())
    return in_window(leads, today - WINDOW, today + timedelta(days=1))


def _take(
    offer: Offer, one: IndexAddress, answer: OutcomeLine | None, result: LeadsResult | None, place: Place
) -> None:
    if result is not None:
        offer.pages += [(lead.url, str(one.unit_id)) for lead in _tonight(result.leads, place)]
        return
    outcome = Outcome(answer.outcome) if answer else Outcome.NO_RESPONSE
    if outcome in NOTHING_THERE:
        return
    offer.listed = None
    status = f" ({answer.status})" if answer and answer.status else ""
    named = "unreadable" if outcome is Outcome.FETCHED else outcome.value
    offer.unreadable[f"index {named}{status}"] += 1


def _further(
    one: IndexAddress, result: LeadsResult, known: set[str], outlet: Outlet, place: Place
) -> Iterator[IndexAddress]:
    """Where an index leads on: sitemaps of the window, and the next page of a list that still brought something new."""
    today = keys.kyiv_day(place.clock())
    for sub in in_window(result.subindexes, today - WINDOW, today):
        yield IndexAddress(one.outlet, one.index, sub.url, sub.first_day, sub.last_day)
    tonight = {canonical_url(lead.url, None, outlet) for lead in _tonight(result.leads, place)}
    if result.next_page and tonight - known:
        yield IndexAddress(one.outlet, one.index, result.next_page, None, None)


def _known(read: Iterable[Read], outlets: Mapping[str, Outlet], place: Place) -> set[str]:
    """Canonical addresses among the leads that the database knows already, as leads or as articles."""
    urls = {
        lead.url: canonical_url(lead.url, None, outlets[one.outlet])
        for one, _, result in read
        if result is not None
        for lead in result.leads
    }
    on_file = place.store.known_leads(urls) | set(place.store.known_urls([*urls, *urls.values()]))
    return {address for url, address in urls.items() if {url, address} & on_file}


def _store(read: Iterable[Read], place: Place) -> None:
    now = place.clock()
    batch = new_batch(place.knowledge)
    for one, answer, result in read:
        batch.units.append(
            UnitRow(
                unit_id=one.unit_id,
                outlet=one.outlet,
                edition=one.index.language,
                kind=one.index.kind,
                index_url=one.url,
                covers_from=one.covers_from,
                covers_to=one.covers_to,
                state=UnitState.DONE if result is not None else UnitState.PLANNED,
                planned_at=now,
                done_at=now if result is not None else None,
                outcome=Outcome(answer.outcome) if answer else None,
                listed=len(result.leads) if result is not None else None,
            )
        )
        batch.leads += [
            LeadRow(
                url=lead.url,
                outlet=one.outlet,
                language=Language(lead.language) if lead.language else None,
                published_hint_at=lead.published_hint,
                headline_hint=lead.headline_hint,
                unit_id=one.unit_id,
                first_seen_at=now,
            )
            for lead in (result.leads if result is not None else ())
        ]
    place.store.save(batch, now)
