"""What one entry offers, before anyone judged it: feeds and sitemaps brought to one form."""

import re
from dataclasses import dataclass

from crawlers.leads.xml_entries import XmlEntry

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Offer:
    """One listed address and what is said of it, as written; `alternates` are (hreflang, address) pairs."""

    url: str
    published: str = ""
    headline: str = ""
    language: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    is_index: bool = False


def offer_of(entry: XmlEntry) -> Offer:
    """The offer in an entry of a feed (RSS 2.0, RDF, Atom) or sitemap."""
    return _from_sitemap(entry) if entry.name in {"url", "sitemap"} else _from_feed(entry)


def _from_feed(entry: XmlEntry) -> Offer:
    pages = [link for link in entry.links if link.get("rel", "alternate") == "alternate"]
    mains = sorted(pages, key=lambda link: "html" not in link.get("type", "html"))
    guid = entry.first("guid")
    url = (
        entry.first("origLink", "link")
        or next((link["href"] for link in mains if "hreflang" not in link), "")
        or next((link["href"] for link in mains), "")
        or (guid if guid.startswith(("http://", "https://")) else "")
    )
    return Offer(
        url=url,
        published=entry.first("pubDate", "published", "issued", "date", "updated"),
        headline=plain(entry.first("title")),
        language=entry.first("language"),
        alternates=_alternates(entry),
    )


def _from_sitemap(entry: XmlEntry) -> Offer:
    return Offer(
        url=entry.first("loc"),
        published=entry.first("news/publication_date", "lastmod"),
        headline=plain(entry.first("news/title")),
        language=entry.first("news/publication/language"),
        alternates=_alternates(entry),
        is_index=entry.name == "sitemap",
    )


def _alternates(entry: XmlEntry) -> tuple[tuple[str, str], ...]:
    return tuple(
        (link["hreflang"], link["href"])
        for link in entry.links
        if link.get("rel", "alternate") == "alternate" and link.get("hreflang")
    )


def plain(text: str) -> str:
    """A headline without markup, with white space runs as one space."""
    return " ".join(_MARKUP.sub(" ", text).split())
