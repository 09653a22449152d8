"""A first draft of an outlet's file, guessed from one page of the site. Pure.

Every guess is stated as a fact of low confidence: a person is to look at it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawlers.outlet import Edition, Fact, Index, Lang, Outlet
from flows.outlet_guesses import article_pattern, body_selector
from flows.steps.clean import jsonld
from flows.steps.clean.page import Page
from flows.steps.urls import canonical_url
from storage.records import Reading

LANGUAGES: Mapping[str, Lang] = {"uk": "uk", "ua": "uk", "ukr": "uk", "ru": "ru", "rus": "ru", "en": "en", "eng": "en"}
"""How languages are written in addresses and in hreflang."""

MOST_INDEXES = 4
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})


@dataclass(frozen=True, slots=True)
class Sight:
    """What a draft is guessed from.

    `reading` is what general rules made of the page, `sitemaps` what the robots file names (None: it was not read),
    `outlets` those that are known already.
    """

    url: str
    page: Page
    reading: Reading
    sitemaps: Sequence[str] | None
    outlets: Mapping[str, Outlet]


def draft_outlet(slug: str, sight: Sight, today: date) -> Outlet:
    """The draft. Raises pydantic's ValidationError for a site that no outlet file can describe."""
    host = _host(sight.url)
    facts: list[str] = []
    name, told_by = _name(sight)
    facts.append(f"Name, from {told_by}")
    editions = _editions(sight)
    facts.append(f"Editions ({', '.join(one.language for one in editions)}), from the text and the head's hreflang")
    indexes = _indexes(sight, editions)
    asked = {one for edition in editions for one in edition.hosts}
    elsewhere = tuple(dict.fromkeys(at for index in indexes if (at := _host(index.url)) not in asked))
    facts += [f"Index {index.url}, from {_told_by(index)}" for index in indexes]
    if sight.sitemaps is None:
        facts.append("unknown: sitemaps; the robots file was not read")
    pattern = article_pattern(urlsplit(sight.url).path.removeprefix(_prefix(sight.url)), editions)
    facts.append("Article addresses, guessed from a single one")
    body = body_selector(sight.page, sight.reading)
    facts.append("Body, the element that holds the text of a single page" if body else "unknown: the body's element")
    facts.append("unknown: kind, side, tier and rights; what stands there is a placeholder")
    more = {"index_hosts": elsewhere} if elsewhere else {}
    return Outlet(
        slug=slug,
        name=name,
        homepage=f"{urlsplit(sight.url).scheme}://{host}{editions[0].path_prefix}/",
        kind="newspaper",
        side="unknown",
        tier="secondary",
        editions=editions,
        rights="unknown",
        indexes=indexes,
        article_url=(pattern,),
        not_article_url=(),
        examples=(canonical_url(sight.url),),
        body=(body,) if body else (),
        clutter=(),
        clutter_lines=(),
        facts=tuple(Fact(what=what, confidence="low", seen_on=today.isoformat()) for what in facts),
        **more,
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _name(sight: Sight) -> tuple[str, str]:
    host = _host(sight.url)
    if named := sight.page.meta("og:site_name"):
        return named, "og:site_name"
    if named := jsonld.text_of(sight.page.article.get("publisher")):
        return named, "the publisher in JSON-LD"
    return host.removeprefix("www."), "the host"


def _editions(sight: Sight) -> tuple[Edition, ...]:
    """The page's own edition first, then those its head leads to, as long as nobody else has their host."""
    own = LANGUAGES[sight.reading.language]
    found = {own: (_host(sight.url), _prefix(sight.url))}
    for link in sight.page.tree.iter("link"):
        tag = str(link.get("hreflang") or "").lower().split("-")[0]
        if "alternate" not in str(link.get("rel") or "").lower() or tag not in LANGUAGES or _is_feed(link):
            continue
        url = _absolute(sight, str(link.get("href") or ""))
        place = (_host(url), _prefix(url)) if url else None
        if place and place not in found.values() and _is_free(url, sight):
            found.setdefault(LANGUAGES[tag], place)
    return tuple(
        Edition(language=language, hosts=_twins(host), path_prefix=prefix) for language, (host, prefix) in found.items()
    )


def _twins(host: str) -> tuple[str, ...]:
    """A host with and without www., as both usually lead to the same pages; further labels stand for themselves."""
    bare_host = host.removeprefix("www.")
    if host != bare_host:
        return (host, bare_host)
    return (host, f"www.{host}") if host.count(".") == 1 else (host,)


def _prefix(url: str) -> str:
    first = urlsplit(url).path.strip("/").split("/")[0]
    return f"/{first}" if first.lower() in LANGUAGES else ""


def _is_free(url: str, sight: Sight) -> bool:
    host = _host(url)
    return bool(host) and not any(host in outlet.asked_hosts for outlet in sight.outlets.values())


def _absolute(sight: Sight, href: str) -> str:
    try:
        url = urljoin(sight.url, href.strip())
        return url if href.strip() and urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _is_feed(link: lxml.html.HtmlElement) -> bool:
    return str(link.get("type") or "").lower() in _FEED_TYPES


def _indexes(sight: Sight, editions: Sequence[Edition]) -> tuple[Index, ...]:
    links = [link for link in sight.page.tree.iter("link") if _is_feed(link)]
    linked = [url for link in links if (url := _absolute(sight, str(link.get("href") or "")))]
    own = sight.url.rstrip("/")  # below it lies the feed of its comments
    feeds = [url for url in linked if not url.startswith(own) and "comments" not in url]
    sitemaps = [url for line in sight.sitemaps or () if (url := _absolute(sight, line))]

    def made() -> Iterator[Index]:
        for url in dict.fromkeys(url for url in feeds if _is_free(url, sight)):
            yield Index(kind="feed", url=_escaped(url), language=_language(url, editions), use="night")
        for url in dict.fromkeys(url for url in sitemaps if _is_free(url, sight)):
            if "news" in urlsplit(url).path.rpartition("/")[2].lower():
                yield Index(kind="news_sitemap", url=_escaped(url), language=_language(url, editions), use="night")
            else:
                yield Index(kind="sitemap_index", url=_escaped(url), language=_language(url, editions), use="past")

    count: Counter[str] = Counter()
    kept = []
    for index in made():
        count[index.kind] += 1
        if count[index.kind] <= MOST_INDEXES:
            kept.append(index)
    return tuple(kept)


def _told_by(index: Index) -> str:
    return "a link in the page's head" if index.kind == "feed" else "the robots file"


def _language(url: str, editions: Sequence[Edition]) -> Lang:
    holding = [one for one in editions if one.holds(_host(url), urlsplit(url).path)]
    return max(holding, key=lambda one: len(one.path_prefix), default=editions[0]).language


def _escaped(url: str) -> str:
    """An address as a template that is filled in with nothing."""
    return url.replace("{", "{{").replace("}", "}}")
