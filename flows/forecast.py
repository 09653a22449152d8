"""What reading some past days will take: requests, pages, hours, gigabytes, and when it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.outlet import Outlet
from flows.fetching import Fetching, delay
from flows.ingest import Place
from flows.past import Road
from flows.plan import Span
from storage import keys

BYTES_A_PAGE = 30_000
"""An archived page of a news site, compressed, where this database has not fetched enough to know better."""

ENOUGH_PAGES = 200

_LISTED = """
select published_day as day, sum(listed) as listed from cells
where outlet = :outlet and published_day is not null and listed > 0 group by published_day order by published_day
"""
_ON_FILE = """
select count(*) as articles from articles where outlet = :outlet and published_day between :first and :last
"""


@dataclass(frozen=True)
class OutletForecast:
    """One outlet. Pages are a range; None where nobody knows how much it publishes. `basis` says how it is known."""

    outlet: str
    units: int
    low: int | None
    high: int | None
    seconds: float | None
    basis: str


@dataclass(frozen=True)
class Forecast:
    """All outlets; they are read side by side, so the slowest tells the end (None where that is not known).

    `note` is what else there is to say before it begins.
    """

    outlets: Sequence[OutletForecast]
    gigabytes: float
    ends_at: datetime | None
    note: str = ""

    @property
    def seconds(self) -> float | None:
        """What the slowest outlet takes; None where one of them is not known."""
        known = [one.seconds for one in self.outlets if one.seconds is not None]
        return max(known, default=0.0) if len(known) == len(self.outlets) else None


def forecast(
    outlets: Sequence[Outlet], roads: Mapping[str, Sequence[Road]], place: Place, fetching: Fetching, note: str = ""
) -> Forecast:
    """What is ahead, by what outlets' indexes named before, else by what their files say of a normal day."""
    ones = [_of(outlet, roads[outlet.slug], place, fetching) for outlet in outlets]
    high = sum(one.high or 0 for one in ones)
    gigabytes = high * _bytes_a_page(place) / 1e9
    unknown = any(one.seconds is None for one in ones)
    seconds = max((one.seconds for one in ones if one.seconds is not None), default=0.0)
    ends_at = None if unknown else place.clock() + timedelta(seconds=seconds)
    return Forecast(ones, gigabytes, ends_at, note)


def _of(outlet: Outlet, roads: Sequence[Road], place: Place, fetching: Fetching) -> OutletForecast:
    spans = [road.unit.covers for road in roads if road.unit.covers is not None]
    if not spans:
        return OutletForecast(outlet.slug, 0, 0, 0, 0.0, "nothing left to read")
    languages = {road.language for road in roads}
    # Indexes of one kind are parts of an edition, read side by side: their days count once.
    days = len({(road.language, day) for road in roads for day in _days(road)}) / len(languages)
    low, high, basis = _a_day(outlet, languages, place)
    if low is None or high is None:
        return OutletForecast(outlet.slug, len(roads), None, None, None, basis)
    whole = Span(min(span.first for span in spans), max(span.last for span in spans))
    on_file = _on_file(outlet, whole, place)
    pages = [max(0, round(days * amount) - on_file) for amount in (low, high)]
    seconds = (len(roads) + pages[1]) * delay(outlet, fetching)
    return OutletForecast(outlet.slug, len(roads), pages[0], pages[1], seconds, basis)


def _days(road: Road) -> range:
    span = road.unit.covers
    return range(keys.day_number(span.first), keys.day_number(span.last) + 1) if span else range(0)


def _a_day(outlet: Outlet, languages: set[str], place: Place) -> tuple[float | None, float | None, str]:
    """Least and most articles a day, and how that is known."""
    rows = place.store.rows(_LISTED, outlet=outlet.slug)[1:-1]  # the first and the last day are rarely whole
    share = len(languages) / len(outlet.languages)
    if len(rows) >= 3:  # noqa: PLR2004 - fewer days say little
        amounts = sorted(int(row["listed"]) * share for row in rows)
        return amounts[len(amounts) // 4], amounts[-len(amounts) // 4], f"its indexes on {len(rows)} days"
    stated = outlet.expectation
    if stated.articles_max is not None:
        return (stated.articles_min or 0) * share, stated.articles_max * share, "its file"
    return None, None, "nobody knows how much it publishes"


def _on_file(outlet: Outlet, span: Span, place: Place) -> int:
    first, last = keys.day_number(span.first), keys.day_number(span.last)
    return int(place.store.rows(_ON_FILE, outlet=outlet.slug, first=first, last=last)[0]["articles"])


def _bytes_a_page(place: Place) -> float:
    files = list(place.archive.glob("*.warc.gz")) if place.archive.is_dir() else []
    pages = int(place.store.rows("select count(*) as pages from pages where http_status = 200")[0]["pages"])
    return sum(path.stat().st_size for path in files) / pages if pages >= ENOUGH_PAGES and files else BYTES_A_PAGE
