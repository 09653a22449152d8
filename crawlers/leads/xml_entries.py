"""A reader for feeds and sitemaps that keeps nothing but the entry it is in.

It is a parser target, not a tree: memory stays flat however many entries, or other elements, a body holds. The XML
may be broken in the ways feeds are (bare `&`, HTML's named characters, control characters, tags left open); what
can be read is read.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

from crawlers.leads.readable import ReadableText
from crawlers.leads.results import Problem

_ENTRY_OF = {"rss": "item", "rdf": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}
_TEXTS = frozenset(
    {
        "link", "guid", "title", "pubDate", "published", "updated", "issued", "date", "language", "origLink",
        "loc", "lastmod", "news/title", "news/publication_date", "news/publication/language",
    }
)  # fmt: skip
_SHARED_NAMESPACES = (
    "http://purl.org/dc/",
    "http://www.w3.org/2005/Atom",
    "http://www.w3.org/1999/xhtml",
    "http://rssnamespace.org/feedburner",
    "sitemap-news",
)
_MAX_CHARS = 4096  # of one field; titles and addresses are far shorter

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});")


@dataclass(slots=True)
class XmlEntry:
    """One `item`, `entry`, `url` or `sitemap`: its first texts by name, and the attributes of its links."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The first of these texts that is there and not empty, or an empty string."""
        return next((text for name in names if (text := self.texts.get(name))), "")


def _unescaped(text: str) -> str:
    """Text with references like `&#038;` resolved, but only those that are closed by a semicolon.

    Two times over: once for XML, once for the many who escape twice or inside CDATA.
    """
    for _ in range(2):
        text = _REFERENCE.sub(lambda match: html.unescape(match[0]), text)
    return text


class _Target:
    """Called by the parser for every tag and text; collects finished entries in `ready`."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.has_ended = False
        self.entry: XmlEntry | None = None
        self.ready: list[XmlEntry] = []
        self._depth = 0
        self._entry_name = ""
        self._entry_space = ""
        self._entry_depth = 0
        self._path: list[str] = []
        self._text_at = 0
        self._text: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        space, name = _split(tag)
        if self.root is None:
            self.root = name.lower()
            self._entry_name = _ENTRY_OF.get(self.root, "")
        elif name == self._entry_name and (self.entry is None or space == self._entry_space):
            self._finish()  # an entry inside an entry: the outer one was left open
            self.entry, self._entry_space, self._entry_depth = XmlEntry(name), space, self._depth
            self._path, self._text_at = [], 0
        elif self.entry is not None:
            is_known = space == self._entry_space or _is_shared(space)
            self._path.append(name if is_known else f"?{name}")
            if is_known and name == "link" and "href" in attributes:
                self.entry.links.append({_split(key)[1]: _unescaped(value) for key, value in attributes.items()})
            elif not self._text_at and "/".join(self._path) in _TEXTS:
                self._text_at, self._text = self._depth, []

    def data(self, text: str) -> None:
        if self._text_at:
            self._text.append(text)

    def end(self, _tag: str) -> None:
        if self.entry is not None:
            if self._depth == self._entry_depth:
                self._finish()
            else:
                if self._depth == self._text_at:
                    text = _unescaped("".join(self._text)[:_MAX_CHARS]).strip()
                    name = "/".join(self._path)
                    self.entry.texts[name] = self.entry.texts.get(name) or text
                    self._text_at = 0
                if self._path:
                    self._path.pop()
        self._depth -= 1
        self.has_ended = self.has_ended or self._depth == 0

    def close(self) -> None:
        """Nothing is built, so nothing is returned."""

    def _finish(self) -> None:
        if self.entry is not None:
            self.ready.append(self.entry)
        self.entry, self._text_at = None, 0


@lru_cache(maxsize=512)
def _split(tag: str) -> tuple[str, str]:
    space, _, name = tag.rpartition("}")
    return space.lstrip("{"), name.rpartition(":")[2]


@lru_cache(maxsize=512)
def _is_shared(space: str) -> bool:
    return any(known in space for known in _SHARED_NAMESPACES)


class XmlEntries:
    """The entries of one feed or sitemap as an iterator; after it ended, `problem` says what was wrong with it.

    `has_open_entry` says that it broke off inside an entry. No entity is ever expanded: references reach the parser
    as plain text, and only the characters HTML names are put in their place, in the texts that are kept.
    """

    def __init__(self, text: ReadableText) -> None:
        self.problem: Problem | None = None
        self.has_open_entry = False
        self._text = text

    def __iter__(self) -> Iterator[XmlEntry]:
        target = _Target()
        as_lxml_takes_it: Any = target  # its stubs ask for more methods than it calls
        parser = etree.XMLParser(
            target=as_lxml_takes_it,
            encoding="utf-8",
            recover=True,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        begins, is_whole = b"", False
        try:
            for piece in _well_formed(self._text):
                begins = begins or piece.strip()[:1]
                parser.feed(piece)
                yield from _taken(target)
                if target.root is not None and target.root not in _ENTRY_OF:
                    self.problem = Problem.NOT_A_FEED
                    return
            parser.close()
            is_whole = target.has_ended
        except etree.XMLSyntaxError:
            is_whole = False
        yield from _taken(target)
        self.has_open_entry = target.entry is not None
        if self._text.problem:
            self.problem = self._text.problem
        elif not begins:
            self.problem = Problem.EMPTY
        elif begins != b"<":
            self.problem = Problem.NOT_A_FEED
        elif not is_whole:
            self.problem = Problem.TRUNCATED


def _taken(target: _Target) -> Iterator[XmlEntry]:
    ready, target.ready = target.ready, []
    yield from ready


def _well_formed(pieces: ReadableText) -> Iterator[bytes]:
    """The text with every `&` escaped and forbidden characters blanked, in UTF-8."""
    has_begun = False
    for piece in pieces:
        text = piece if has_begun else piece.lstrip()  # nothing may stand before the XML declaration
        if text:
            has_begun = True
            yield _ILLEGAL.sub(" ", text).replace("&", "&amp;").encode()
