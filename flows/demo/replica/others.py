"""Any further outlet, played by the facts of its file: articles of chance words at addresses like its examples.

What it serves is for proving how outlets are fetched and counted. How its pages are read is proven elsewhere, on pages
that were not made from the same facts.
"""

import html
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from crawlers.leads.moments import period_of, template_numbers
from crawlers.outlet import Edition, Index, Outlet, all_outlets
from flows.demo.replica import indexes
from flows.demo.replica.answer import HTML, Answer
from flows.demo.replica.articles import Article
from flows.demo.replica.markup import around
from flows.demo.replica.setting import FIRST_DAY, Setting
from flows.demo.replica.writing import write
from storage.keys import KYIV

_DAY = re.compile(r"(?<=/)(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?=[/-])")
_NUMBER = re.compile(r"\d{4,}")
_SHARD = re.compile(r"/shards/(\d{4})/(\d\d)-(\d\d)-(\d\d)-(\d\d)\.xml")
_FIRST_NUMBER = 40_000_000
_MIDDLE = 15
_FIRST_MINUTE, _MINUTES = 7 * 60, 15 * 60
_XML = ("Content-Type", "application/xml")
_RSS = ("Content-Type", "application/rss+xml; charset=utf-8")
Period = tuple[date, date]


def others(setting: Setting) -> Iterator[Article]:
    """The articles of the outlets that are played by their facts, oldest first at each."""
    for slug in setting.more:
        outlet = all_outlets()[slug]
        for edition in played_editions(outlet):
            yield from _of_edition(outlet, edition, setting)


def played_editions(outlet: Outlet) -> list[Edition]:
    """The editions that have an index and an example of an article's address."""
    listed = {index.language for index in outlet.indexes}
    return [one for one in outlet.editions if one.language in listed and _example(outlet, one)]


def _example(outlet: Outlet, edition: Edition) -> str | None:
    return next((url for url in outlet.examples if outlet.edition_of(url) == edition), None)


def _of_edition(outlet: Outlet, edition: Edition, setting: Setting) -> Iterator[Article]:
    like = _example(outlet, edition) or ""
    for back in reversed(range(-1, setting.days)):
        day = setting.now - timedelta(days=back)
        for nth in range(setting.more_a_day):
            minute = _FIRST_MINUTE + nth * _MINUTES // setting.more_a_day
            at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=KYIV)
            name = f"{outlet.slug} {edition.language} {day} {nth}"
            headline = write(name, edition.language).headline
            url = address_like(like, outlet, at, (day - FIRST_DAY).days * 1000 + nth)
            yield Article(url, outlet.slug, edition.language, at, headline, "words", name)


def address_like(example: str, outlet: Outlet, at: datetime, number: int) -> str:
    """An address of the example's form for another moment and number; the outlet claims it.

    Raises ValueError for an example that cannot be varied so.
    """
    parts = urlsplit(example)
    path, has_number = parts.path, False
    if outlet.moment_of(example):
        path, has_number = re.sub(r"\d{9,}", str(int(at.timestamp())), path), True
    elif day := _DAY.search(path):
        begin, end = path[: day.start()], path[day.end() :]
        path = f"{begin}{at:%Y}{day[2]}{at:%m}{day[2]}{at:%d}" + _NUMBER.sub(str(_FIRST_NUMBER + number), end, count=1)
        has_number = bool(_NUMBER.search(end))
    elif _NUMBER.search(path):
        path, has_number = _numbered(path, number), True
    if not has_number:
        stem, dot, ending = path.rstrip("/").partition(".html")
        path = f"{stem}-{number}{dot}{ending}{'/' if path.endswith('/') else ''}"
    url = f"{parts.scheme}://{parts.netloc}{path}"
    if not outlet.claims_url(url):
        message = f"{example} of {outlet.slug} cannot be varied: {url} is no article of it"
        raise ValueError(message)
    return url


def _numbered(path: str, number: int) -> str:
    """The path with its last long number replaced by one with as many digits."""
    last = list(_NUMBER.finditer(path))[-1]
    digits = len(last[0])
    told = str(10 ** (digits - 1) + number % (9 * 10 ** (digits - 1)))
    return path[: last.start()] + told + path[last.end() :]


def answer(outlet: Outlet, url: str, articles: Sequence[Article], moment: datetime) -> Answer | None:
    """The answer to a request for an index of the outlet; None where none has this address.

    `articles` are all that its indexes list, newest first.
    """
    if shard := _SHARD.search(url):
        year, month, day, to_month, to_day = map(int, shard.groups())
        shown = _within(articles, (date(year, month, day), date(year, to_month, to_day)))
        return Answer(200, (_XML,), indexes.urlset(shown))
    for index in outlet.indexes:
        numbers = template_numbers(index.url, url)
        if numbers is not None:
            shown = [article for article in articles if article.language == index.language]
            return _index(index, url, numbers, shown, moment)
    return None


def _index(
    index: Index, url: str, numbers: dict[str, int], shown: Sequence[Article], moment: datetime
) -> Answer | None:
    period, page = period_of(numbers), numbers.get("page", 1)
    if index.kind == "feed":
        return Answer(200, (_RSS,), indexes.rss(url, url, shown[: indexes.FEED_ITEMS], is_full=False))
    if index.kind == "news_sitemap":
        recent = [article for article in shown if article.published_at > moment - timedelta(days=2)]
        return Answer(200, (_XML,), indexes.news_sitemap(recent, index.language))
    if index.kind == "sitemap_index":
        return Answer(200, (_XML,), indexes.sitemap_index(list(_shards(url, moment))))
    if index.kind in {"month_sitemap", "week_sitemap"}:
        if period is None or period[0] > moment.date():
            return None
        body = indexes.urlset(_within(shown, period))
        return Answer(200, (_XML,), indexes.zipped(body) if url.endswith(".gz") else body)
    listed = _within(shown, period) if period else shown
    if "page" in numbers or index.kind == "page_list":
        listed = listed[(page - 1) * indexes.PAGE_ITEMS : page * indexes.PAGE_ITEMS]
    return Answer(200, (HTML,), _list(index, listed))


def _within(articles: Sequence[Article], period: Period) -> list[Article]:
    return [article for article in articles if period[0] <= article.day <= period[1]]


def _shards(url: str, moment: datetime) -> Iterator[str]:
    """Addresses of sitemaps of half a month each, newest first."""
    parts = urlsplit(url)
    for month in indexes.months(FIRST_DAY, moment.date()):
        following = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        for first, last in ((_MIDDLE + 1, following.day), (1, _MIDDLE)):
            if month.replace(day=first) <= moment.date():
                span = f"{month:%m}-{first:02d}-{month:%m}-{last:02d}"
                yield f"{parts.scheme}://{parts.netloc}/shards/{month:%Y}/{span}.xml"


def _list(index: Index, articles: Sequence[Article]) -> bytes:
    before, after = around(index.item or "ul > li")
    items = "\n".join(
        f'{before[-1]}<a href="{html.escape(article.url)}">{html.escape(article.headline)}</a>'
        f'<time datetime="{article.published_at.astimezone(KYIV).isoformat()}"></time>{after[0]}'
        for article in articles
    )
    return indexes.list_page(index.language, f"{''.join(before[:-1])}\n{items}\n{''.join(after[1:])}")
