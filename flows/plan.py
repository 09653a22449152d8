"""Which pages are due: what indexes named, less what the database knows, plus what is to be looked at once more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from crawlers.outlet import Index, Outlet
from flows.steps.urls import canonical_url
from storage import keys
from storage.store import KnownUrl
from storage.terms import Outcome

REVISIT_AFTER = (timedelta(days=1), timedelta(days=3), timedelta(days=7))
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
    }
)
"""Outcomes that say nothing of the page itself, so that it is asked for again."""

NIGHTLY_KINDS = frozenset({"feed", "news_sitemap", "month_sitemap", "week_sitemap", "day_list", "page_list"})


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
class IndexAddress:
    """One index with its address filled in for one day or page; `unit_id` is its natural key."""

    outlet: str
    index: Index
    url: str
    covers_from: date | None
    covers_to: date | None

    @property
    def unit_id(self) -> int:
        """Key of the work unit this index is."""
        return keys.key("unit", self.outlet, self.index.language, self.index.kind, self.url)


def night_indexes(outlet: Outlet, today: date) -> list[IndexAddress]:
    """The indexes of an outlet to read tonight, with the addresses of today's and yesterday's month, week and day."""
    found: dict[str, IndexAddress] = {}
    for index in outlet.indexes:
        if index.use == "past" or index.kind not in NIGHTLY_KINDS:
            continue
        for day in (today, today - timedelta(days=1)):
            year, week, _ = day.isocalendar()
            url = index.url.format(year=day.year, month=day.month, day=day.day, iso_year=year, iso_week=week, page=1)
            covers = (day, day) if index.kind == "day_list" else (None, None)
            found.setdefault(url, IndexAddress(outlet.slug, index, url, *covers))
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
        address = canonical_url(url, None, outlet)
        if address in found:
            continue
        before = known.get(url) or known.get(address)
        if before is None:
            if address not in articles:
                found[address] = Due(url, outlet.slug, unit, "new")
        elif before.outcome in ASK_AGAIN:
            found[address] = Due(url, outlet.slug, unit, "new")
        elif is_due_again(before, now):
            found[address] = Due(before.url, outlet.slug, unit, "revisit", before.etag, before.last_modified)
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
