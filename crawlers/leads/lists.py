"""Day lists and page lists: HTML pages that list articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
from cssselect import HTMLTranslator
from lxml import etree

from crawlers.leads.judging import Judge
from crawlers.leads.moments import period_of, read_labels, read_moment, template_numbers
from crawlers.leads.offers import Offer, plain
from crawlers.outlet import Index, Outlet

Element = Any  # lxml's stubs know its HTML elements only in part

_LEADING_CLOCK = re.compile(r"^\d{1,2}:\d{2}\b\s*")
_CLOCK_IN_ATTRIBUTE = re.compile(r"\d:\d\d")
_MOMENT_CHARS = range(10, 80)


@dataclass(frozen=True, slots=True)
class ListPage:
    """One parsed list page: where it came from and how its index describes it."""

    document: Element
    url: str
    outlet: Outlet
    index: Index
    now: datetime

    def read(self, judge: Judge) -> str | None:
        """Hand every listed article to the judge; return the address of the next page, or None."""
        before = judge.count
        for offer, published in self._offers(judge):
            judge.take(offer, published)
        return self._next_page(judge, has_entries=judge.count > before)

    def _offers(self, judge: Judge) -> Iterator[tuple[Offer, datetime | None]]:
        if self.index.item is None:
            yield from self._claimed_links(judge)
            return
        for item in self.document.xpath(HTMLTranslator().css_to_xpath(self.index.item)):
            links = _links(item)
            href = next((h for h, _ in links if self._is_claimed(judge, h)), links[0][0] if links else "")
            headline = _headline(item, [link for h, link in links if h == href])
            yield Offer(url=href, headline=headline), self._moment(item, headline)

    def _claimed_links(self, judge: Judge) -> Iterator[tuple[Offer, datetime | None]]:
        """Where the outlet names no element around an article: every article address on the page, once."""
        by_href: dict[str, list[Element]] = {}
        for href, link in _links(self.document):
            if self._is_claimed(judge, href):
                by_href.setdefault(href, []).append(link)
        for href, links in by_href.items():
            yield Offer(url=href, headline=_headline(None, links)), self._moment(None, "")

    def _is_claimed(self, judge: Judge, href: str) -> bool:
        url = judge.address(href)
        return url is not None and self.outlet.claims_url(url)

    def _list_day(self) -> date | None:
        """The day this page lists, if its address names exactly one."""
        period = period_of(template_numbers(self.index.url, self.url) or {})
        return period[0] if period and period[0] == period[1] else None

    def _moment(self, item: Element | None, headline: str) -> datetime | None:
        zone = ZoneInfo(self.outlet.timezone)
        day = self._list_day()
        labels: list[str] = []
        if item is not None:
            for element in item.iter(etree.Element):
                for value in element.attrib.values():
                    is_moment = len(value) in _MOMENT_CHARS and _CLOCK_IN_ATTRIBUTE.search(value)
                    if is_moment and (moment := read_moment(value, zone)):
                        return moment
            labels = [*item.xpath(".//time/@datetime"), *(plain(text) for text in item.itertext())]
        return read_labels([label for label in labels if label != headline], day, self.now, zone)

    def _next_page(self, judge: Judge, *, has_entries: bool) -> str | None:
        named = self.document.xpath("//*[self::link or self::a][contains(concat(' ', @rel, ' '), ' next ')]/@href")
        numbers = template_numbers(self.index.url, self.url)
        if named:
            target = judge.address(named[0])
        elif numbers and "page" in numbers and has_entries:
            target = self.index.url.format(**{**numbers, "page": numbers["page"] + 1})
        else:
            return None
        return target if target and target != self.url and judge.is_ours(target, or_sisters=False) else None


def parse_list(text: str) -> Element | None:
    """The document of a list page; None where the text is no HTML."""
    if "<" not in text:
        return None
    try:
        return lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # nothing but comments and white space
        return None


def base_of(document: Element) -> str | None:
    """Where the page says its relative addresses start, if it does."""
    return next(iter(document.xpath("//base/@href")), None)


def _links(item: Element) -> list[tuple[str, Element]]:
    return [(link.get("href").strip(), link) for link in item.xpath("descendant-or-self::a[@href]")]


def _headline(item: Element | None, links: list[Element]) -> str:
    """The heading in the item, or the longest text of its links, or what its picture or link is called."""
    headings = [] if item is None else item.xpath(".//h1|.//h2|.//h3|.//h4|.//h5")
    texts = [_LEADING_CLOCK.sub("", plain(element.text_content())) for element in headings[:1] or links]
    named = [plain(name) for link in links for name in link.xpath("./@title|.//img/@alt")]
    return max(texts, key=len, default="") or max(named, key=len, default="")
