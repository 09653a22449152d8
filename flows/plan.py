"""Which indexes and pages are due: what indexes named, less what is on file, plus what is to be looked at once more."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from crawlers.outlet import Index, Outlet
from flows.steps.urls import canonical_url
from storage import keys
from storage.store import KnownUrl
from storage.terms import Outcome

_NOT_TO_THE_MINUTE = timedelta(hours=6)
"""A night may begin earlier than the one before, or come to an outlet sooner."""

REVISIT_AFTER = tuple(timedelta(days=days) - _NOT_TO_THE_MINUTE for days in (1, 3, 7))
"""When a page is looked at again, counted from its first capture; the later ones only past the topic gate."""

REVISIT_UNTIL = timedelta(days=14)
ASK_AGAIN = frozenset(
    {
        Outcome.SERVER_ERROR,
        Outcome.RATE_LIMITED,
        Outcome.TIMEOUT,
        Outcome.TRUNCATED,
        Outcome.CHALLENGE,
        Outcome.FORBIDDEN,
        Outcome.STEP_FAILED,
        Outcome.HTTP_ERROR,
        Outcome.NO_RESPONSE,
        Outcome.DNS_FAILED,
    }
)
"""Outcomes that say nothing of the page itself, so that it is asked for again."""

FEEDS = frozenset({"feed", "news_sitemap"})
NIGHTLY_KINDS = FEEDS | {"month_sitemap", "week_sitemap", "day_list", "page_list"}
WINDOW = timedelta(days=13)
"""A night reads what was published today and on the thirteen days before."""


@dataclass(frozen=True, slots=True)
class Span:
    """Kyiv days, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def common(self, other: "Span") -> "Span | None":
        """The days in both, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class Due:
    """One page to ask for. Validators are those of its latest capture."""

    url: str
    outlet: str
    unit: str | None
    why: Literal["index", "new", "revisit"]
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One work unit: an index with its address filled in, and the days it is read for (None: whatever it names)."""

    outlet: str
    index: Index
    url: str
    covers: Span | None = None

    @property
    def unit_id(self) -> int:
        """Its natural key."""
        days = (self.covers.first.isoformat(), self.covers.last.isoformat()) if self.covers else ("", "")
        return keys.key("unit", self.outlet, self.index.language, self.index.kind, self.url, *days)


def address(index: Index, day: date, page: int = 1) -> str:
    """An index's address for a day's month, week and day."""
    year, week, _ = day.isocalendar()
    return index.url.format(year=day.year, month=day.month, day=day.day, iso_year=year, iso_week=week, page=page)


def night_units(outlet: Outlet, today: date, filled: Collection[int], kinds: Collection[str]) -> list[Unit]:
    """The units of an outlet to read tonight: today's and yesterday's month, week and day, and every earlier day list.

    `filled` are units that were read after their days had ended; day lists of the window among them are left out.
    """
    found: dict[int, Unit] = {}
    for index in outlet.indexes:
        if index.use == "past" or index.kind not in kinds:
            continue
        back = WINDOW.days if index.kind == "day_list" else 1
        for day in (today - timedelta(days=nth) for nth in range(back + 1)):
            covers = Span(day, day) if index.kind == "day_list" else None
            unit = Unit(outlet.slug, index, address(index, day), covers)
            if unit.unit_id not in filled:
                found.setdefault(unit.unit_id, unit)
    return list(found.values())


def due_pages(
    leads: Iterable[tuple[str, str | None]],
    outlet: Outlet,
    known: Mapping[str, KnownUrl],
    articles: Mapping[str, int],
    now: datetime,
) -> list[Due]:
    """The pages of an outlet to ask for, each once, in the order of the leads.

    `leads` are (URL, unit); `articles` maps canonical addresses on file to articles. An address whose article is on
    file under another one is not asked for.
    """
    found: dict[str, Due] = {}
    for url, unit in leads:
        canonical = canonical_url(url, None, outlet)
        if canonical in found:
            continue
        before = known.get(url) or known.get(canonical)
        if before is None:
            if canonical not in articles:
                found[canonical] = Due(url, outlet.slug, unit, "new")
        elif before.outcome in ASK_AGAIN:
            found[canonical] = Due(url, outlet.slug, unit, "new")
        elif is_due_again(before, now):
            found[canonical] = Due(before.url, outlet.slug, unit, "revisit", before.etag, before.last_modified)
    return list(found.values())


def is_due_again(before: KnownUrl, now: datetime) -> bool:
    """Whether an article is to be looked at once more: after a day, and on topic after three and seven days."""
    if before.outcome is not Outcome.ARTICLE or before.first_fetched_at is None or before.last_fetched_at is None:
        return False
    age = now - before.first_fetched_at
    if age > REVISIT_UNTIL:
        return False
    times = REVISIT_AFTER if before.is_on_topic else REVISIT_AFTER[:1]
    due = [after for after in times if age >= after]
    return bool(due) and before.last_fetched_at - before.first_fetched_at < due[-1]
