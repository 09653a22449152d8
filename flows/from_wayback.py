"""The Wayback Machine as a road: what it holds of an edition's days and we do not, taken month by month.

It is the standing road to outlets that refuse us, and walked only as far as the outlet's own robots.txt, as archived,
allows. All that comes lands in our archive first, like any page.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawlers.imports.cdx import STAMP, Capture, choose
from crawlers.imports.files import BadInput, RawInput
from crawlers.imports.service import PLAYED_BACK, Service, ServiceError
from crawlers.imports.wayback import captures_of, fetch_capture
from crawlers.outlet import Edition, Outlet
from crawlers.robots import Rules, agent_token, closed_rules, read_rules, robots_url
from flows.crawl import BUSY, CrawlReport, OutletReport, recount
from flows.discovery import tonight
from flows.elsewhere import Elsewhere, Hold, Tell, note, open_units, unit_of
from flows.fill import Refused
from flows.ingest import Input, Place, take_in
from flows.past import months_of
from flows.plan import ASK_AGAIN, Span
from flows.steps.clean.published import day_in_path
from flows.steps.urls import canonical_url
from storage import keys
from storage.models import UnitRow
from storage.store import Store
from storage.terms import Outcome

ARCHIVE = "Wayback Machine"


@dataclass(frozen=True)
class Wanted:
    """An edition of an outlet and some Kyiv days of it."""

    outlet: Outlet
    edition: Edition
    span: Span


def editions_wanted(outlet: Outlet, languages: Sequence[str], span: Span) -> list[Wanted]:
    """The editions of an outlet in some languages."""
    return [Wanted(outlet, edition, span) for edition in outlet.editions if edition.language in languages]


def wanted_of(refused: Iterable[Refused]) -> list[Wanted]:
    """What the outlets refused, days that touch taken together."""
    spans: dict[tuple[str, str], list[Refused]] = {}
    for one in refused:
        spans.setdefault((one.outlet.slug, one.language), []).append(one)
    found: list[Wanted] = []
    for ones in spans.values():
        days: list[Span] = []
        for span in sorted((one.span for one in ones), key=lambda span: span.first):
            if days and span.first <= days[-1].last + timedelta(days=1):
                days[-1] = Span(days[-1].first, max(days[-1].last, span.last))
            else:
                days.append(span)
        found += [one for span in days for one in editions_wanted(ones[0].outlet, (ones[0].language,), span)]
    return found


@dataclass
class Robots:
    """What outlets' robots files allow, as the archive last saw them; asked for once a site."""

    service: Service
    agent: str
    now: datetime
    _known: dict[str, Rules] = field(default_factory=dict)

    def denial(self, url: str) -> str | None:
        """Why a page may not be taken, or None. Raises ServiceError where the archive is out of reach."""
        where = robots_url(url)
        if where not in self._known:
            self._known[where] = self._asked(where)
        return self._known[where].denial(url)

    def _asked(self, where: str) -> Rules:
        try:
            answer = self.service.get(f"/web/{self.now.strftime(STAMP)}id_/{where}")
        except ServiceError as error:
            if error.is_over:
                raise
            return closed_rules(f"robots.txt of {urlsplit(where).hostname} cannot be had from the archive")
        # What the archive itself answers, as that it holds no such page, is nobody's rule.
        status = answer.status if answer.header(PLAYED_BACK) else 404
        return read_rules(status, answer.body, self.agent, is_cut=answer.is_cut)


def from_wayback(
    wanted: Iterable[Wanted],
    place: Place,
    found: CrawlReport,
    elsewhere: Elsewhere,
    tell: Tell = lambda _: None,
    at_most: int | None = None,
) -> Counter[str]:
    """Take what the Wayback Machine holds of these days and we do not; returns units done by outlet.

    A unit is an edition and a month cut to the days wanted, newest first; one that is done is not asked for again. Of
    a unit no more than `at_most` pages are taken; it then stays open. What did not come is named in the report of the
    outlet, which `found` holds.
    """
    units = {unit.unit_id: (unit, one) for one in wanted for unit, one in _units(one, place)}
    still_open = open_units({unit_id: unit for unit_id, (unit, _) in units.items()}, place)
    done: Counter[str] = Counter()
    run_id = found.run.run_id
    with elsewhere.asked("wayback", place, run_id) as service:
        robots = Robots(service, agent_token(elsewhere.user_agent), place.clock()) if service else None
        left = BUSY
        for unit, one in (units[unit_id] for unit_id in units if unit_id in still_open):
            report = found.outlets[unit.outlet]
            if robots is None:
                report.missing[f"{ARCHIVE} {left}"] += 1
                continue
            try:
                taking = Taking(unit, one, robots, report)
                done[unit.outlet] += _take(taking, place, found, tell, at_most)
            except ServiceError as error:
                report.missing[f"{ARCHIVE} {error.outcome}"] += 1
                note(unit, place, Outcome(error.outcome), None, is_done=False)
                tell(str(error))
                if error.is_over:
                    robots, left = None, "left alone"
    return +done


def _units(one: Wanted, place: Place) -> Iterator[tuple[UnitRow, Wanted]]:
    for span in months_of(one.span):
        where = f"{one.edition.hosts[0]}{one.edition.path_prefix}"
        address = f"https://web.archive.org/web/{span.first:%Y%m%d}-{span.last:%Y%m%d}*/{where}/*"
        unit = unit_of("wayback", one.outlet.slug, one.edition.language, address, span, place)
        yield unit, Wanted(one.outlet, one.edition, span)


@dataclass
class Taking:
    """One unit being taken: what is asked for, and what came of it."""

    unit: UnitRow
    wanted: Wanted
    robots: Robots
    report: OutletReport
    failed: Counter[str] = field(default_factory=Counter)

    def pages(self, captures: Sequence[Capture]) -> Iterator[Input]:
        """The captures one by one; each is counted in the outlet's report."""
        for capture in captures:
            if denial := self.robots.denial(capture.url):
                came: Input = BadInput(capture.url, Outcome.ROBOTS_DENIED, f"{capture.url}: {denial}")
            else:
                came = fetch_capture(self.robots.service, capture)
            if isinstance(came, RawInput):
                self.report.read += 1
            else:
                self.failed[came.outcome] += 1
                self.report.missing[came.outcome] += 1
            yield came


def _take(taking: Taking, place: Place, found: CrawlReport, tell: Tell, at_most: int | None) -> bool:
    """Take a unit; says whether it is done. Raises ServiceError."""
    unit, one, service = taking.unit, taking.wanted, taking.robots.service
    hold = Hold(place, "wayback", found.run.run_id)
    note(unit, place, None, None, is_done=False)
    captures: list[Capture] = []
    for page in captures_of(service, one.outlet, one.edition, one.span.first, one.span.last):
        captures += page.captures
        if page.bad_lines:
            taking.report.missing["line of the archive's index that cannot be read"] += len(page.bad_lines)
        hold.go_on()
    chosen = choose(captures, one.outlet, one.edition, (one.span.first, one.span.last), day_of=day_in_path)
    due = _unread(chosen.captures, one.outlet, place)
    share = due if at_most is None else due[:at_most]

    take_in(taking.pages(share), place, found.run, f"{unit.unit_id}", hold.go_on)
    again = {outcome: count for outcome, count in taking.failed.items() if Outcome(outcome) in ASK_AGAIN}
    is_done = not again and len(share) == len(due)
    note(unit, place, Outcome.FETCHED, len(chosen.captures), is_done=is_done)
    fate = "done" if is_done else f"{len(due) - len(share) + sum(again.values())} to be asked for again later"
    refused = ", ".join(f"{count} {why}" for why, count in sorted(chosen.refused.items()))
    tell(
        f"{unit.outlet} {unit.edition} {one.span.first} – {one.span.last} from the {ARCHIVE}: {len(captures)} captures"
        f"{f' ({refused})' if refused else ''}, {len(chosen.captures)} pages, {len(share)} of them new; {fate}"
    )
    return is_done


def _unread(captures: Sequence[Capture], outlet: Outlet, place: Place) -> list[Capture]:
    """Those whose page nobody has read, however it was asked for."""
    canonical = {one.url: canonical_url(one.url, None, outlet) for one in captures}
    addresses = [*canonical, *canonical.values()]
    articles, known = place.store.articles_of_urls(addresses), place.store.known_urls(addresses)

    def is_settled(url: str) -> bool:
        return url in articles or (url in known and known[url].outcome not in ASK_AGAIN)

    return [one for one in captures if not is_settled(one.url) and not is_settled(canonical[one.url])]


NIGHTLY_SHARE = 300
"""Pages of an edition taken in one night where the outlet itself cannot be read."""

_SHUT = """
select distinct outlet from pages where run_id = :run and outcome in ('forbidden', 'challenge')
"""


def shut_outlets(outlets: Sequence[Outlet], found: CrawlReport, store: Store) -> list[Outlet]:
    """The outlets of which a run got no article, and which turned it away: refused, or checked its browser."""
    refused = {row["outlet"] for row in store.rows(_SHUT, run=found.run.run_id)}
    for slug, report in found.outlets.items():
        if any(word in why for why in report.missing for word in (Outcome.FORBIDDEN, Outcome.CHALLENGE)):
            refused.add(slug)
    return [one for one in outlets if one.slug in refused and not found.outlets[one.slug].articles]


def standing_road(outlets: Sequence[Outlet], place: Place, found: CrawlReport, elsewhere: Elsewhere) -> None:
    """After a night: what the archive holds of the outlets that were shut, for the days a night is read for."""
    shut = shut_outlets(outlets, found, place.store)
    if not shut or not elsewhere.wayback_url:
        return
    span = tonight(place)
    days = Span(span.first, keys.kyiv_day(place.clock()))
    wanted = [one for outlet in shut for one in editions_wanted(outlet, outlet.languages, days)]
    from_wayback(wanted, place, found, elsewhere, at_most=NIGHTLY_SHARE)
    recount(shut, found, place.store)
