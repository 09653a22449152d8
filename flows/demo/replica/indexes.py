"""The places where the outlets list their articles: feeds, sitemaps, day lists and page lists."""

import gzip
import html
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

from lxml import etree

from flows.demo.replica.articles import DOMAIN, PREFIX, Article
from flows.demo.replica.pages import text_of, visible_date
from flows.demo.replica.setting import DEMO_MARK
from storage.keys import KYIV

FEED_ITEMS = 20
PAGE_ITEMS = 24
PRESIDENT_PAGE_ITEMS = 10
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"


def rss(title: str, link: str, articles: Sequence[Article], *, is_full: bool, encoding: str = "utf-8") -> bytes:
    """RSS 2.0 of the given articles in the given order; `is_full` puts each text into content:encoded."""
    root = etree.Element("rss", version="2.0", nsmap={"content": _CONTENT} if is_full else {})
    channel = etree.SubElement(root, "channel")
    _sub(channel, "title", f"{title} — {DEMO_MARK}")
    _sub(channel, "link", link)
    _sub(channel, "description", DEMO_MARK)
    for article in articles:
        text = text_of(article)
        item = etree.SubElement(channel, "item")
        _sub(item, "title", article.headline)
        _sub(item, "link", article.url)
        _sub(item, "guid", article.url)
        _sub(item, "pubDate", format_datetime(article.published_at.astimezone(KYIV)))
        is_ours = article.made_of != "file"
        _sub(item, "description", text.paragraphs[0] if is_ours else article.headline)
        if is_full and is_ours:
            markup = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in text.paragraphs)
            encoded = etree.SubElement(item, f"{{{_CONTENT}}}encoded")
            encoded.text = etree.CDATA(markup)
    return _bytes(root, encoding)


def urlset(articles: Sequence[Article], *, has_editions: bool = False, others: Sequence[str] = ()) -> bytes:
    """A sitemap of articles; `has_editions` adds hreflang links, `others` are addresses listed before them."""
    root = etree.fromstring(f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}"/>')
    for other in others:
        _sub(etree.SubElement(root, f"{{{_SITEMAP}}}url"), f"{{{_SITEMAP}}}loc", other)
    for article in articles:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        _sub(url, f"{{{_SITEMAP}}}loc", article.url)
        _sub(url, f"{{{_SITEMAP}}}lastmod", article.modified_at.astimezone(KYIV).isoformat())
        for language, other in sorted(article.translations.items()) if has_editions else ():
            etree.SubElement(url, f"{{{_XHTML}}}link", rel="alternate", hreflang=language, href=other)
    return _bytes(root)


def news_sitemap(articles: Sequence[Article], name: str) -> bytes:
    """A Google News sitemap."""
    root = etree.fromstring(f'<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}"/>')
    for article in articles:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        _sub(url, f"{{{_SITEMAP}}}loc", article.url)
        news = etree.SubElement(url, f"{{{_NEWS}}}news")
        publication = etree.SubElement(news, f"{{{_NEWS}}}publication")
        _sub(publication, f"{{{_NEWS}}}name", name)
        _sub(publication, f"{{{_NEWS}}}language", article.language)
        _sub(news, f"{{{_NEWS}}}publication_date", article.published_at.astimezone(UTC).isoformat())
        _sub(news, f"{{{_NEWS}}}title", article.headline)
    return _bytes(root)


def sitemap_index(sitemaps: Sequence[str]) -> bytes:
    """An index of other sitemaps."""
    root = etree.fromstring(f'<sitemapindex xmlns="{_SITEMAP}"/>')
    for sitemap in sitemaps:
        _sub(etree.SubElement(root, f"{{{_SITEMAP}}}sitemap"), f"{{{_SITEMAP}}}loc", sitemap)
    return _bytes(root)


def zipped(sitemap: bytes) -> bytes:
    """The sitemap as a .gz file: the same bytes each time."""
    return gzip.compress(sitemap, mtime=0)


def pravda_day_list(articles: Sequence[Article], language: str, day: date) -> bytes:
    """All of one day of one edition on one page."""
    items = "\n".join(
        f'<div class="article_news_list"><div class="article_time">{article.published_at.astimezone(KYIV):%H:%M}</div>'
        f'<div class="article_content"><div class="article_header">{_link(article)}</div></div></div>'
        for article in articles
    )
    head = f'<h1 class="section_title">{PREFIX[language] or "/news"}</h1><div class="archive_date">{day:%d.%m.%Y}</div>'
    return list_page(
        language, f'<div class="main">{head}<div class="section_news_list_wrapper">\n{items}\n</div></div>'
    )


def ukrinform_page(articles: Sequence[Article], language: str, page: int) -> bytes:
    """One page of the latest news; an empty list beyond the last."""
    items = "\n".join(
        f'<article data-id="{article.url.rsplit("/", 1)[1].split("-")[0]}"><section><h2>{_link(article)}</h2></section>'
        f'<time datetime="{article.published_at.astimezone(KYIV).isoformat()}">'
        f"{article.published_at.astimezone(KYIV):%H:%M}</time></article>"
        for article in articles[(page - 1) * PAGE_ITEMS : page * PAGE_ITEMS]
    )
    root = f"https://www.ukrinform.{DOMAIN[language]}"
    more = f'<a rel="next" href="{root}/block-lastnews?page={page + 1}">{page + 1}</a>' if items else ""
    return list_page(language, f'<h1>1</h1><section class="restList">\n{items}\n</section>{more}')


def ki_page(articles: Sequence[Article], page: int, extra: Sequence[tuple[str, datetime]] = ()) -> bytes | None:
    """One page of the news archive; None beyond the last, but the first is always there.

    `extra` are links and moments put on page 1 first.
    """
    shown = articles[(page - 1) * PAGE_ITEMS : page * PAGE_ITEMS]
    if not shown and page > 1:
        return None
    cards = [(article.url, article.headline, article.published_at) for article in shown]
    if page == 1:
        cards = [(url, "Something else", moment) for url, moment in extra] + cards
    items = "\n".join(
        f'<article class="js-card archiveCard" data-archive-id="{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z">'
        f'<h3 class="archiveCard__title"><a class="archiveCard__link" href="{html.escape(url)}">'
        f"{html.escape(headline)}</a></h3></article>"
        for url, headline, moment in cards
    )
    has_more = page * PAGE_ITEMS < len(articles)
    following = f'<link rel="next" href="https://kyivindependent.com/news-archive/page/{page + 1}/"/>'
    return list_page("en", f"<main><h1>News archive</h1>\n{items}\n</main>", following if has_more else "")


def president_page(articles: Sequence[Article], language: str, page: int) -> bytes:
    """One page of releases; no item beyond the last page."""
    items = "\n".join(
        f'<div class="item_stat cat_stat"><div class="item_stat_headline"><h3>{_link(article)}</h3>'
        f"<p>{visible_date(article, article.published_at)}</p></div></div>"
        for article in articles[(page - 1) * PRESIDENT_PAGE_ITEMS : page * PRESIDENT_PAGE_ITEMS]
    )
    return list_page(language, f'<main class="wrapper"><form class="filter"></form>\n{items}\n</main>')


def months(first: date, last: date) -> list[date]:
    """First days of all months from one to the other, newest first."""
    found, month = [], last.replace(day=1)
    while month >= first.replace(day=1):
        found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def list_page(language: str, body: str, in_head: str = "") -> bytes:
    """A page that lists articles."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"/><title>{DEMO_MARK}</title>{in_head}'
        f'<meta content="website" property="og:type"/></head>\n<body>{body}<footer><p>{DEMO_MARK}</p></footer></body>'
        "</html>\n"
    ).encode()


def _link(article: Article) -> str:
    return f'<a href="{html.escape(article.url)}">{html.escape(article.headline)}</a>'


def _sub(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text


def _bytes(root: etree._Element, encoding: str = "utf-8") -> bytes:
    written = etree.tostring(root, encoding=encoding, xml_declaration=True, pretty_print=True)
    return written if isinstance(written, bytes) else written.encode(encoding)
