"""When a page was published: the most telling source first, the finest precision on that day, never a modified date."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import lxml.html
from htmldate import find_date

from crawlers.outlet import Outlet
from flows.steps.clean import jsonld
from flows.steps.clean.dates_visible import Moment, in_zone, iso_moment, relative_moment, visible_moment
from flows.steps.clean.page import Page, select, text_of
from storage.terms import DateSource, TimePrecision

Found = tuple[Moment, DateSource]

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published", "published_time",
    "publish-date", "publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "date.published", "dc.date.issued",
    "dc.date.created", "dc.date", "dcterms.created", "dcterms.date", "article.published",
    "cxenseparse:recs:publishtime",
    "date", "citation_publication_date", "og:pubdate", "article_date_original",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "article:modified",
)
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|_|$)|[/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?:/|-|_|\.|$)"
)
_NOT_PUBLISHED = re.compile(r"modif|updat|оновлен|обновлен|змінен", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|published|pubdate|posted|datetime|timestamp|meta-date)(?:$|[\s_-])", re.IGNORECASE
)
_LONGEST_DATE_TEXT = 120
_MOST_CANDIDATES = 6
_MOST_HEADINGS = 3
_FINENESS = {TimePrecision.SECOND: 2, TimePrecision.MINUTE: 2, TimePrecision.DAY: 1}
_FAR = timedelta(days=2)


def url_moment(url: str | None, outlet: Outlet) -> Moment | None:
    """The moment in a URL: the one its outlet writes into it, else the day in its path, at midnight; or None."""
    if told := outlet.moment_of(url or ""):
        return Moment(told, TimePrecision.MINUTE)
    day = day_in_path(url)
    return iso_moment(day.isoformat(), ZoneInfo(outlet.timezone)) if day else None


def day_in_path(url: str | None) -> date | None:
    """The day written in a URL's path, or None."""
    found = _URL_DAY.search(url or "")
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_known_day(url: str | None, fetched_at: datetime | None, outlet: Outlet) -> date | None:
    """A day by which the page was published, to complete dates without a year: the URL's, else when it was taken."""
    by_url = url_moment(url, outlet)
    if by_url:
        return by_url.at.date()
    taken = in_zone(fetched_at, ZoneInfo(outlet.timezone)) if fetched_at else None
    return taken.date() if taken else None


def near_headline(page: Page) -> Iterator[lxml.html.HtmlElement]:
    """What stands close to a headline: the subtrees of the first h1s' ancestors, nearest first."""
    for heading in islice(page.tree.iter("h1"), _MOST_HEADINGS):
        node = heading
        for _ in range(3):
            parent = node.getparent()
            if parent is None or parent.tag in {"body", "html"}:
                break
            yield parent
            node = parent


def _tagged(page: Page) -> Iterator[str]:
    for area in near_headline(page):
        for element in area.iter("time"):
            marks = f"{element.get('class', '')} {element.get('itemprop', '')}"
            if not _NOT_PUBLISHED.search(marks):
                yield str(element.get("datetime") or "")
                yield text_of(element)


def _visible(page: Page) -> Iterator[str]:
    for area in near_headline(page):
        for element in area.iter("time", "span", "div", "p", "li", "a", "small", "em"):
            marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"
            if _DATE_CLASS.search(marks) and not _NOT_PUBLISHED.search(marks):
                text = text_of(element)
                if text and len(text) <= _LONGEST_DATE_TEXT:
                    yield text


def _first(texts: Iterator[str], zone: ZoneInfo, fetched_at: datetime | None, today: date | None) -> Moment | None:
    for number, text in enumerate(texts):
        if number > _MOST_CANDIDATES * 2:
            return None
        moment = visible_moment(text, zone, today) or relative_moment(text, zone, fetched_at)
        if moment:
            return moment
    return None


def _sources(
    page: Page,
    outlet: Outlet,
    zone: ZoneInfo,
    fetched_at: datetime | None,
    today: date | None,
    byline: Moment | None,
) -> Iterator[Found]:
    dated = page.article if page.article.get("datePublished") else jsonld.page_node(page.nodes)
    for said in (dated.get("datePublished"), page.article.get("dateCreated"), page.article.get("uploadDate")):
        moment = visible_moment(jsonld.text_of(said) or "", zone)
        if moment:
            yield moment, DateSource.JSON_LD
            break
    for name in _PUBLISHED:
        moment = visible_moment(page.meta(name) or "", zone)
        if moment:
            yield moment, DateSource.META
            break
    selected = (text for e in select(page.tree, outlet.date) for text in (str(e.get("datetime") or ""), text_of(e)))
    moment = _first(selected, zone, fetched_at, today)
    if moment:
        yield moment, DateSource.VISIBLE
    moment = _first(_tagged(page), zone, fetched_at, today)
    if moment:
        yield moment, DateSource.TIME_TAG
    moment = _first(_visible(page), zone, fetched_at, today)
    if moment:
        yield moment, DateSource.VISIBLE
    if byline:
        yield byline, DateSource.BYLINE


def read_published(
    page: Page, outlet: Outlet, url: str | None, fetched_at: datetime | None, byline: Moment | None = None
) -> Found | None:
    """The moment of publication and its source, or None.

    Order: JSON-LD, meta tags, the outlet's selectors, time tags and dated elements near the headline, the line that
    names the author (`byline`), the URL's day, htmldate (day only). A source that knows only the day yields to a
    later one that knows the minute of that same day. A source more than two days away from the day in the URL is
    taken for a modified date and left.
    """
    zone = ZoneInfo(outlet.timezone)
    by_url = url_moment(url, outlet)
    best: Found | None = None
    for moment, source in _sources(page, outlet, zone, fetched_at, last_known_day(url, fetched_at, outlet), byline):
        if by_url and abs(moment.at - by_url.at) > _FAR:
            continue
        if best is None or (
            _FINENESS[moment.precision] > _FINENESS[best[0].precision] and _same_day(moment, best[0], zone)
        ):
            best = (moment, source)
        if _FINENESS[best[0].precision] > 1:
            return best
    if best:
        return best
    if by_url:
        return by_url, DateSource.URL
    day = _by_htmldate(page.tree, zone)
    if day is None:
        return None
    # A visible date without a year, on the day htmldate found, adds the time of day.
    minute = _first(_visible(page), zone, None, day.at.date())
    if minute and _FINENESS[minute.precision] > 1 and _same_day(minute, day, zone):
        return minute, DateSource.VISIBLE
    return day, DateSource.TRAFILATURA


def _same_day(one: Moment, other: Moment, zone: ZoneInfo) -> bool:
    return one.at.astimezone(zone).date() == other.at.astimezone(zone).date()


def _by_htmldate(tree: lxml.html.HtmlElement, zone: ZoneInfo) -> Moment | None:
    try:
        found = find_date(tree, original_date=True, extensive_search=False)
    except (ValueError, TypeError, RecursionError, AttributeError):
        return None  # htmldate fails on some malformed trees; the page then has no date, which is said
    return iso_moment(found, zone) if found else None


def read_modified(page: Page, outlet: Outlet) -> datetime | None:
    """The moment the page says it was last changed, or None."""
    zone = ZoneInfo(outlet.timezone)
    said = (jsonld.text_of(page.article.get("dateModified")), *(page.meta(name) for name in _MODIFIED))
    return next((moment.at for text in said if text and (moment := visible_moment(text, zone))), None)
