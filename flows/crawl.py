"""One crawl: whom nobody else reads now, what their indexes name, what of it is due, fetched politely and recorded."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.archive import adopt_open
from crawlers.outlet import Outlet, outlet_of_url, unlisted_host
from crawlers.plan import OutcomeLine, read_outcomes
from flows.discovery import WINDOW, Offer, discover
from flows.errors import WorkFailedError
from flows.fetching import HOST, Fetching, delay, fetch
from flows.holders import own_holder
from flows.ingest import LEASE, Place, Report, load_archive, running, take_up_the_dead
from flows.judge import new_batch
from flows.plan import Due, due_pages
from flows.steps.urls import canonical_url
from storage import keys
from storage.models import OutcomeRow, PageRow, RecordType
from storage.store import Store
from storage.terms import Outcome

MOST_WAITING = 10_000


@dataclass
class OutletReport:
    """What one crawl did at one outlet. `listed` is None where an index could not be read: nobody knows."""

    outlet: str
    listed: int | None = 0
    read: int = 0
    articles: int = 0
    on_topic: int = 0
    missing: Counter[str] = field(default_factory=Counter)


@dataclass
class CrawlReport:
    """A crawl: its run, an outlet report each, and what the run wrote."""

    run: Report
    outlets: dict[str, OutletReport]


@dataclass(frozen=True)
class Estimate:
    """What is about to be asked for: pages by outlet, and seconds the slowest outlet takes at its pace."""

    pages: Mapping[str, int]
    slowest: str
    seconds: float


def crawl(
    outlets: Sequence[Outlet], place: Place, fetching: Fetching, tell: Callable[[Estimate], None] | None = None
) -> CrawlReport:
    """Read tonight's indexes of the outlets, fetch what is due, archive and record it.

    An outlet that another run is reading is left to it and reported as `busy`. `tell` is told, before any page is
    asked for, how long it will take. Raises WorkFailedError where the spider cannot work at all (no disk, bad plan).
    """
    with _taken_up(place, "crawl") as report:
        return _crawl(outlets, place, fetching, report, tell)


def _crawl(
    outlets: Sequence[Outlet],
    place: Place,
    fetching: Fetching,
    report: Report,
    tell: Callable[[Estimate], None] | None,
) -> CrawlReport:
    with _leased(outlets, place, report.run_id) as ours:
        found = CrawlReport(report, {outlet.slug: OutletReport(outlet.slug) for outlet in outlets})
        for outlet in outlets:
            if outlet not in ours:
                found.outlets[outlet.slug].missing["busy"] += 1
        with _recorded(place, report):
            offers = discover(ours, place, fetching, report.run_id)
            for slug, offer in offers.items():
                found.outlets[slug].listed = offer.listed
                found.outlets[slug].missing.update(offer.unreadable)
            due = _due(offers, ours, place)
            if tell is not None and due:
                tell(_estimate(due, ours, fetching))
            pages = fetch(due, ours, place, fetching, report.run_id, "pages")
        _count(pages, found, place.store)
    return found


def fetch_pages(urls: Sequence[str], place: Place, fetching: Fetching) -> CrawlReport:
    """Fetch single pages politely, through the same archive. Hosts that nobody described are read one by one too.

    Raises WorkFailedError where another run is reading one of their outlets.
    """
    owners = {url: _owner(url, place) for url in urls}
    outlets = list({outlet.slug: outlet for outlet in owners.values()}.values())
    with _taken_up(place, "ingest") as report, _leased(outlets, place, report.run_id) as ours:
        busy = [outlet.name for outlet in outlets if outlet not in ours]
        if busy:
            message = f"{', '.join(busy)}: another run is reading it now; try again when that has ended."
            raise WorkFailedError(message)
        found = CrawlReport(report, {outlet.slug: OutletReport(outlet.slug) for outlet in outlets})
        due = [Due(url, owner.slug, None, "new") for url, owner in owners.items()]
        with _recorded(place, report):
            pages = fetch(due, ours, place, fetching, report.run_id, "pages")
        _count(pages, found, place.store)
    return found


def _owner(url: str, place: Place) -> Outlet:
    return outlet_of_url(url, dict(place.knowledge.outlets)) or unlisted_host(url)


@contextmanager
def _taken_up(place: Place, verb: str) -> Iterator[Report]:
    """A run that begins by recording what dead ones had archived, and by giving back what they held."""
    with running(place, verb) as report:
        take_up_the_dead(place, report)
        yield report


@contextmanager
def _leased(outlets: Sequence[Outlet], place: Place, run_id: str) -> Iterator[list[Outlet]]:
    """The outlets whose hosts are ours alone until the block ends."""
    ours: list[Outlet] = []
    try:
        ours += [
            outlet
            for outlet in outlets
            if place.store.acquire_lease(HOST, outlet.slug, own_holder(run_id), place.clock(), LEASE)
        ]
        yield ours
    finally:
        for outlet in ours:
            place.store.release_lease(HOST, outlet.slug, own_holder(run_id))


def _due(offers: Mapping[str, Offer], ours: Sequence[Outlet], place: Place) -> list[Due]:
    """What tonight's indexes named and what earlier ones did and nobody has read yet, less what is on file."""
    since = keys.kyiv_day(place.clock()) - WINDOW
    due: list[Due] = []
    for outlet in ours:
        waiting = place.store.unread_leads(outlet.slug, MOST_WAITING, since)
        named = [*offers[outlet.slug].pages, *((row["url"], None) for row in waiting)]
        addresses = {url for url, _ in named} | {canonical_url(url, None, outlet) for url, _ in named}
        known, articles = place.store.known_urls(addresses), place.store.articles_of_urls(addresses)
        due += due_pages(named, outlet, known, articles, place.clock())
    return due


def _estimate(due: Sequence[Due], ours: Sequence[Outlet], fetching: Fetching) -> Estimate:
    pages = Counter(one.outlet for one in due)
    seconds = {outlet.slug: pages[outlet.slug] * delay(outlet, fetching) for outlet in ours if pages[outlet.slug]}
    slowest = max(seconds, key=lambda slug: seconds[slug])
    return Estimate(dict(pages), slowest, seconds[slowest])


@contextmanager
def _recorded(place: Place, report: Report) -> Iterator[None]:
    """Whatever ends the fetching (its end, Ctrl-C, a spider that died), what was archived until then is recorded."""
    try:
        yield
    finally:
        for path in sorted(place.archive.glob(f"{report.run_id}-*.warc.gz.open")):
            adopt_open(path)
        _load(place, report)


def _load(place: Place, report: Report) -> None:
    """Record every archive file of the run, and every request that brought no page."""
    for path in sorted(place.archive.glob(f"{report.run_id}-*.warc.gz")):
        load_archive(path, place, report)
    now = place.clock()
    answered = [
        one for path in sorted(place.archive.glob(f"{report.run_id}-*.outcomes.jsonl")) for one in read_outcomes(path)
    ]
    judged = {item: Outcome(outcome) for item, outcome, _ in report.dropped}  # records that hold no page, by place
    rows = [
        OutcomeRow(
            run_id=report.run_id,
            stage="fetch",
            item=one.url,
            outlet=one.outlet,
            url=one.url,
            outcome=judged.get(f"{one.warc_file}@{one.warc_offset}", Outcome(one.outcome)),
            detail=one.detail,
            at=now,
        )
        for one in answered
    ]
    unchanged = _unchanged(answered, place, report.run_id, now)
    batch = new_batch(place.knowledge)
    batch.pages, batch.outcomes = unchanged, rows
    place.store.save(batch, now)


def _unchanged(answered: Iterable[OutcomeLine], place: Place, run_id: str, now: datetime) -> list[PageRow]:
    """A page that a server says is as before is one more capture of what its latest capture showed."""
    said = {one.url: one for one in answered if Outcome(one.outcome) is Outcome.NOT_MODIFIED and one.why != "index"}
    return [
        before.model_copy(
            update={
                "page_id": keys.page_id(url, now, before.payload_sha256),
                "fetched_at": now,
                "http_status": said[url].status,
                "warc_file": said[url].warc_file,
                "warc_offset": said[url].warc_offset,
                "record_type": RecordType.REVISIT,
                "run_id": run_id,
            }
        )
        for url, before in place.store.latest_pages(said).items()
    ]


_ARTICLES = """
select p.url, a.is_security_guarantees as on_topic from pages p join articles a on a.article_id = p.article_id
where p.run_id = :run
"""


def _count(pages: Sequence[OutcomeLine], found: CrawlReport, store: Store) -> None:
    on_topic = {row["url"]: bool(row["on_topic"]) for row in store.rows(_ARTICLES, run=found.run.run_id)}
    for one in pages:
        report = found.outlets[one.outlet]
        if one.outcome in {Outcome.FETCHED, Outcome.NOT_MODIFIED}:
            report.read += 1
        else:
            report.missing[one.outcome] += 1
        if one.url in on_topic or one.final_url in on_topic:
            report.articles += 1
            report.on_topic += on_topic.get(one.url, False) or on_topic.get(one.final_url or "", False)
