"""One night: whose hosts are free, what their indexes name, what of it is due, fetched politely, recorded, watched."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from crawlers.outlet import Outlet, outlet_of_url, unlisted_host
from crawlers.plan import OutcomeLine
from flows.alarms import note_alarms, raise_alarms
from flows.discovery import discover, missing_of
from flows.errors import WorkFailedError
from flows.fetching import Fetching, OutOfRoomError, delay, fetch
from flows.hosts import leased, waves
from flows.ingest import Place, Report, running, take_up_the_dead
from flows.plan import FEEDS, WINDOW, Due, due_pages
from flows.recording import Recorder
from flows.steps.urls import canonical_url
from flows.walks import Walk
from flows.watch_records import Alarm
from storage import keys
from storage.models import AlarmRow
from storage.store import Store
from storage.terms import AlarmKind, Outcome

MOST_WAITING = 10_000
NO_PATIENCE = timedelta(0)
BUSY = "busy"


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
    """A crawl: its run, a report an outlet, what was not as usual, and why it stopped early, if it did."""

    run: Report
    outlets: dict[str, OutletReport]
    alarms: list[AlarmRow] = field(default_factory=list)
    stopped: str | None = None


@dataclass(frozen=True)
class Estimate:
    """What is about to be asked for: pages by outlet, and seconds the slowest outlet takes at its pace."""

    pages: Mapping[str, int]
    slowest: str
    seconds: float


@dataclass(frozen=True)
class Telling:
    """Who is told how a run goes: before pages are asked for, and when other runs have to be waited for."""

    estimate: Callable[[Estimate], None] = lambda _: None
    waiting: Callable[[Sequence[str]], None] = lambda _: None


QUIETLY = Telling()


def crawl(
    outlets: Sequence[Outlet],
    place: Place,
    fetching: Fetching,
    telling: Telling = QUIETLY,
    *,
    verb: str = "crawl",
    patience: timedelta = NO_PATIENCE,
    afterwards: Callable[[CrawlReport], None] = lambda _: None,
) -> CrawlReport:
    """Read tonight's indexes of the outlets, fetch what is due, archive and record it, and say what is not as usual.

    An outlet that another run is reading is waited for, and after `patience` reported as `busy`. `afterwards` is
    called within the run when the outlets have been read, with the report so far, to which it may add. Raises
    WorkFailedError where the spider cannot work at all (no disk, bad plan).
    """
    with taken_up(place, verb) as report:
        found = _begun(report, outlets)
        recorder = Recorder(place, report)
        try:
            for wave, ours in enumerate(waves(outlets, place, report.run_id, patience, telling.waiting), 1):
                _read(ours, found, place, fetching, telling, recorder, wave)
            afterwards(found)
        except OutOfRoomError as error:
            found.stopped = str(error)
            found.alarms = note_alarms(place, report.run_id, [Alarm(None, AlarmKind.DISK_BUDGET, "", str(error))])
        found.alarms += raise_alarms(place, report.run_id, outlets)
    return found


def _read(
    ours: Sequence[Outlet],
    found: CrawlReport,
    place: Place,
    fetching: Fetching,
    telling: Telling,
    recorder: Recorder,
    wave: int,
) -> None:
    run_id = found.run.run_id
    with recorder.recording():
        walks = place.doing("read indexes", lambda: discover(ours, place, fetching, run_id, name=f"{wave}-index"))
        for outlet in ours:
            found.outlets[outlet.slug] = _listed(outlet, walks[outlet.slug])
        due = _due(walks, ours, place, found)
        if due:
            telling.estimate(estimate(due, ours, fetching))
        pages = place.doing("fetch pages", lambda: fetch(due, ours, place, fetching, run_id, f"{wave}-pages"))
    count(pages, found.outlets, run_id, place.store)


def poll(outlets: Sequence[Outlet], place: Place, fetching: Fetching) -> CrawlReport:
    """Look into the feeds of the outlets and keep what they name; no page is fetched.

    A feed of twenty items turns over within hours, so one look a night would miss most of it. An outlet that another
    run is reading is left to it. Raises WorkFailedError as `crawl` does.
    """
    with taken_up(place, "poll") as report, leased(outlets, place, report.run_id) as ours:
        found = _begun(report, outlets)
        try:
            with Recorder(place, report).recording():
                walks = discover(ours, place, fetching, report.run_id, FEEDS, name="feeds")
        except OutOfRoomError as error:
            found.stopped = str(error)
            return found
        for outlet in ours:
            found.outlets[outlet.slug] = _listed(outlet, walks[outlet.slug])
    return found


def fetch_pages(urls: Sequence[str], place: Place, fetching: Fetching, vouched: Outlet | None = None) -> CrawlReport:
    """Fetch single pages politely, through the same archive. Hosts that nobody described are read one by one too.

    `vouched` is whose pages they are, where a person says so. Raises WorkFailedError where another run is reading one
    of their outlets.
    """
    owners = {url: vouched or _owner(url, place) for url in urls}
    outlets = list({outlet.slug: outlet for outlet in owners.values()}.values())
    with taken_up(place, "ingest") as report, leased(outlets, place, report.run_id) as ours:
        busy = [outlet.name for outlet in outlets if outlet not in ours]
        if busy:
            message = f"{', '.join(busy)}: another run is reading it now; try again when that has ended."
            raise WorkFailedError(message)
        found = CrawlReport(report, {outlet.slug: OutletReport(outlet.slug) for outlet in outlets})
        due = [Due(url, owner.slug, None, "new") for url, owner in owners.items()]
        with Recorder(place, report).recording():
            pages = fetch(due, ours, place, fetching, report.run_id, "pages")
        count(pages, found.outlets, report.run_id, place.store)
    return found


def _begun(run: Report, outlets: Sequence[Outlet]) -> CrawlReport:
    """A report in which every outlet counts as busy until it is read."""
    return CrawlReport(run, {outlet.slug: OutletReport(outlet.slug, missing=Counter([BUSY])) for outlet in outlets})


def _owner(url: str, place: Place) -> Outlet:
    return outlet_of_url(url, dict(place.knowledge.outlets)) or unlisted_host(url)


@contextmanager
def taken_up(place: Place, verb: str) -> Iterator[Report]:
    """A run that begins by recording what dead ones had archived, and by giving back what they held."""
    with running(place, verb) as report:
        take_up_the_dead(place, report)
        yield report


def _listed(outlet: Outlet, walks: Sequence[Walk]) -> OutletReport:
    """What the outlet's indexes named tonight; `listed` is None where one of them could not be read."""
    missing = missing_of(walks)
    addresses = {canonical_url(url, None, outlet) for walk in walks for url in walk.leads}
    return OutletReport(outlet.slug, None if missing else len(addresses), missing=missing)


_READ_LATELY = """
select distinct url from pages where outlet = :outlet and outcome = 'article' and fetched_day >= :since order by url
"""


def _due(walks: Mapping[str, Sequence[Walk]], ours: Sequence[Outlet], place: Place, found: CrawlReport) -> list[Due]:
    """What indexes named tonight, what earlier ones did and nobody has read, and what is to be looked at once more."""
    since = keys.kyiv_day(place.clock()) - WINDOW
    due: list[Due] = []
    for outlet in ours:
        waiting = place.store.unread_leads(outlet.slug, MOST_WAITING, since)
        if len(waiting) == MOST_WAITING:
            found.outlets[outlet.slug].missing[
                f"more than {MOST_WAITING} pages waiting: the oldest left for later"
            ] += 1
        offered = [(url, str(walk.unit.unit_id)) for walk in walks[outlet.slug] for url in walk.leads]
        # What indexes name no more may have been changed or taken down.
        read = place.store.rows(_READ_LATELY, outlet=outlet.slug, since=keys.day_number(since))
        due += due_of([*offered, *((row["url"], None) for row in (*waiting, *read))], outlet, place)
    return due


def due_of(leads: Sequence[tuple[str, str | None]], outlet: Outlet, place: Place) -> list[Due]:
    """The pages of an outlet to ask for, of leads (URL, unit), by what is on file."""
    addresses = {url for url, _ in leads} | {canonical_url(url, None, outlet) for url, _ in leads}
    known, articles = place.store.known_urls(addresses), place.store.articles_of_urls(addresses)
    return due_pages(leads, outlet, known, articles, place.clock())


def estimate(due: Sequence[Due], ours: Sequence[Outlet], fetching: Fetching) -> Estimate:
    """How long the pages take, at each outlet's pace."""
    pages = Counter(one.outlet for one in due)
    seconds = {outlet.slug: pages[outlet.slug] * delay(outlet, fetching) for outlet in ours if pages[outlet.slug]}
    slowest = max(seconds, key=lambda slug: seconds[slug])
    return Estimate(dict(pages), slowest, seconds[slowest])


_ARTICLES = """
select p.url, a.is_security_guarantees as on_topic from pages p join articles a on a.article_id = p.article_id
where p.run_id = :run
"""


def count(pages: Sequence[OutcomeLine], reports: Mapping[str, OutletReport], run_id: str, store: Store) -> None:
    """Add what became of each page that was asked for to the reports of its outlet."""
    on_topic = {row["url"]: bool(row["on_topic"]) for row in store.rows(_ARTICLES, run=run_id)}
    for one in pages:
        report = reports[one.outlet]
        if one.outcome in {Outcome.FETCHED, Outcome.NOT_MODIFIED}:
            report.read += 1
        else:
            report.missing[one.outcome] += 1
        if one.url in on_topic or one.final_url in on_topic:
            report.articles += 1
            report.on_topic += on_topic.get(one.url, False) or on_topic.get(one.final_url or "", False)


_BY_OUTLET = """
select p.outlet, count(distinct p.url) as articles,
       count(distinct case when a.is_security_guarantees = 1 then p.url end) as on_topic
from pages p join articles a on a.article_id = p.article_id where p.run_id = :run group by p.outlet
"""


def recount(outlets: Iterable[Outlet], found: CrawlReport, store: Store) -> None:
    """Count the articles of a run anew, for outlets of which some came from other people's archives."""
    rows = {row["outlet"]: row for row in store.rows(_BY_OUTLET, run=found.run.run_id)}
    for outlet in outlets:
        row = rows.get(outlet.slug, {"articles": 0, "on_topic": 0})
        found.outlets[outlet.slug].articles = int(row["articles"])
        found.outlets[outlet.slug].on_topic = int(row["on_topic"])
