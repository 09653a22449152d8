"""What a page says of itself beside its text."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawlers.outlet import Outlet
from flows.steps.clean import jsonld
from flows.steps.clean.authors import looks_like_person, tidy_authors
from flows.steps.clean.bylines import Byline, headline_byline
from flows.steps.clean.dates_visible import Moment
from flows.steps.clean.outlet_guess import host_of
from flows.steps.clean.page import Page, select, text_of
from flows.steps.clean.published import last_known_day, near_headline, read_modified, read_published
from flows.steps.clean.titles import read_title
from flows.steps.text import normal, squeeze
from storage.terms import DateSource

_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
    "byl",
    "citation_author",
)
_AUTHOR_MARKS = (
    '[rel~="author"]',
    '[itemprop="author"] [itemprop="name"]',
    '[itemprop="author"]',
)
_AUTHOR_CLASS = re.compile(r"author|byline|/persons?/|journalist|avtor", re.IGNORECASE)
_AUTHOR_LABEL = re.compile(r"^(?:by|автор(?:ка)?)\s*:?\s+", re.IGNORECASE)
_LANGUAGES = ("uk", "ru", "en")
_MOST_AUTHORS = 12
_LONGEST_AUTHOR = 120


@dataclass(slots=True)
class Metadata:
    """Fields of a page beside its text; `sources` names where each was read, by the field's name in `Reading`.

    A field nothing said has no source, or "none". `published` is None where unknown.

    `byline` is the line below the headline that names the author, where there is one.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    byline: Byline | None = None
    published: Moment | None = None
    date_source: DateSource = DateSource.NONE
    modified_at: datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    paywalled: bool = False
    canonical_url: str | None = None
    translations: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)


def _authors(page: Page, outlet: Outlet) -> tuple[tuple[str, ...], str]:
    own = [name for name in (page.meta("og:site_name"), jsonld.text_of(page.article.get("publisher"))) if name]
    declared = jsonld.names_of(page.article.get("author"))[:_MOST_AUTHORS]
    found = tidy_authors(declared, outlet, own)
    if found:
        return found, "json_ld"
    for selectors, source in ((outlet.author, "selector"), (_AUTHOR_MARKS, "markup")):
        marked = [(text, False) for e in select(page.tree, selectors) if len(text := text_of(e)) <= _LONGEST_AUTHOR]
        # Marks of authors all over a page belong to its cards of other articles.
        found = tidy_authors(marked, outlet, own) if len(marked) <= _MOST_AUTHORS else ()
        if found and (source == "selector" or len(found) <= 3):  # noqa: PLR2004 - few sign one text
            return found, source
    found = tidy_authors(_named_near_headline(page), outlet, own)
    if found:
        return found, "markup"
    for name in _AUTHOR_METAS:
        found = tidy_authors([(value, False) for value in page.metas.get(name, ())], outlet, own)
        if found:
            return found, "meta"
    return (), "none"


def _named_near_headline(page: Page) -> list[tuple[str, bool]]:
    # The smallest area around the headline that marks one to three people as authors, by class or by link.
    read: dict[lxml.html.HtmlElement, str] = {}  # areas lie one in another
    for area in near_headline(page):
        marked: dict[str, None] = {}
        for element in area.iter("a", "span", "div", "p", "address"):
            text = read.get(element)
            if text is None:
                text = read[element] = _marked_as_author(element)
            if text:
                marked[text] = None
        if 0 < len(marked) <= 3:  # noqa: PLR2004 - more are authors of a list of cards
            return [(text, False) for text in marked]
    return []


def _marked_as_author(element: lxml.html.HtmlElement) -> str:
    marks = f"{element.get('class', '')} {element.get('href', '')}"
    text = text_of(element) if _AUTHOR_CLASS.search(marks) else ""
    return text if len(text) <= _LONGEST_AUTHOR and looks_like_person(_AUTHOR_LABEL.sub("", text)) else ""


def _is_home(url: str, outlet: Outlet) -> bool:
    path = urlsplit(url).path.rstrip("/")
    return path in {"", *(edition.path_prefix.rstrip("/") for edition in outlet.editions)}


def _own_address(link: str | None, base: str | None, outlet: Outlet) -> str | None:
    """A link as an absolute address if it leads to an article-like page of the same outlet, else None."""
    if not link:
        return None
    try:
        address = urljoin(base or "", link.strip())
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or _is_home(address, outlet):
            return None
    except ValueError:
        return None
    host = parts.hostname.rstrip(".")
    is_own = host in outlet.hosts or host in outlet.sister_hosts or host.removeprefix("www.") in outlet.hosts
    same_site = base is None or _site(host) == _site(host_of(base))
    return address if is_own or same_site else None


def _may_be_article(address: str, outlet: Outlet) -> bool:
    # Language links of some layouts lead to a section of the other edition instead of the translation.
    return outlet.claims_url(address) or outlet.edition_of(address) is None


def _site(host: str) -> str:
    # Mirrors and editions differ in their first label; the last two (three for com.ua and the like) name the site.
    labels = host.removeprefix("www.").split(".")
    size = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2  # noqa: PLR2004
    return ".".join(labels[-size:])


def _read_links(data: Metadata, page: Page, outlet: Outlet, url: str | None) -> None:
    canonical: str | None = None
    translations: dict[str, str] = {}
    for element in page.tree.iter("link"):
        rel = str(element.get("rel") or "").lower().split()
        if "canonical" in rel and canonical is None:
            canonical = _own_address(str(element.get("href") or ""), url, outlet)
        elif "alternate" in rel and element.get("hreflang") and "rss" not in str(element.get("type") or ""):
            language = str(element.get("hreflang")).lower().replace("ua", "uk").split("-")[0]
            address = _own_address(str(element.get("href") or ""), url, outlet)
            if language in _LANGUAGES and address and _may_be_article(address, outlet):
                translations.setdefault(language, address)
    data.canonical_url = canonical or _own_address(page.meta("og:url"), url, outlet)
    if data.canonical_url:
        data.sources["canonical_url"] = "link" if canonical else "og"
    own = {url, data.canonical_url}
    data.translations = {language: address for language, address in translations.items() if address not in own}
    if data.translations:
        data.sources["translations"] = "link"


def _read_paywall(data: Metadata, page: Page) -> None:
    free = page.article.get("isAccessibleForFree")
    tier = (page.meta("article:content_tier", "og:article:content_tier") or "").lower()
    if free is False or (isinstance(free, str) and free.strip().lower() == "false"):
        data.paywalled, data.sources["paywalled"] = True, "json_ld"
    elif tier:
        data.paywalled, data.sources["paywalled"] = tier in {"locked", "metered", "paid"}, "meta"
    elif free is not None:
        data.sources["paywalled"] = "json_ld"


def read_metadata(page: Page, outlet: Outlet, url: str | None, fetched_at: datetime | None) -> Metadata:
    """All metadata of an HTML page: JSON-LD, then meta tags, then markup, then visible text, then the URL."""
    data = Metadata()
    title, data.sources["title"] = read_title(page, outlet, url)
    data.title = squeeze(normal(title))
    data.authors, data.sources["authors"] = _authors(page, outlet)
    data.byline = headline_byline(page, outlet, last_known_day(url, fetched_at, outlet))
    if data.byline and not data.authors:
        data.authors, data.sources["authors"] = data.byline.names, "byline"
    found = read_published(page, outlet, url, fetched_at, data.byline.published if data.byline else None)
    if found:
        data.published, data.date_source = found
        data.sources["published_at"] = data.date_source.value
    _read_modified(data, page, outlet)
    _read_section(data, page, outlet)
    _read_tags(data, page, outlet)
    _read_paywall(data, page)
    _read_links(data, page, outlet, url)
    return data


def _read_modified(data: Metadata, page: Page, outlet: Outlet) -> None:
    for seen, source in ((replace(page, metas={}), "json_ld"), (page, "meta")):
        data.modified_at = read_modified(seen, outlet)
        if data.modified_at:
            data.sources["modified_at"] = source
            return


def _read_section(data: Metadata, page: Page, outlet: Outlet) -> None:
    selected = next((text for e in select(page.tree, outlet.section) if (text := text_of(e))), None)
    said = (
        (selected, "selector"),
        (jsonld.text_of(page.article.get("articleSection")), "json_ld"),
        (page.meta("article:section"), "meta"),
    )
    for section, source in said:
        if section:
            data.section, data.sources["section"] = section, source
            return


def _read_tags(data: Metadata, page: Page, outlet: Outlet) -> None:
    keywords = page.meta("news_keywords", "keywords") or ""
    said = (
        ([text for e in select(page.tree, outlet.tags) if (text := text_of(e).lstrip("#"))], "selector"),
        (jsonld.list_of(page.article.get("keywords")), "json_ld"),
        ([value for value in page.metas.get("article:tag", ()) if value], "meta"),
        ([part.strip() for part in keywords.split(",") if part.strip()], "meta"),
    )
    for tags, source in said:
        if tags:
            data.tags = tuple(dict.fromkeys(squeeze(normal(tag)) for tag in tags))
            data.sources["outlet_tags"] = source
            return
