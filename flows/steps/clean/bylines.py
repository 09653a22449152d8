"""Bylines written as lines of text: "By Jane Doe, 5 June 2027", «Автор: …, 3 травня 2027», "Jane Doe | 5 June 2027"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from crawlers.outlet import UNLISTED, Outlet
from flows.steps.clean.authors import looks_like_person, tidy_author
from flows.steps.clean.dates_visible import Moment, visible_moment
from flows.steps.clean.page import Page, text_of
from storage.terms import TimePrecision

_LABEL = re.compile(
    r"^(?:(?:written |reported |posted |published |story |article )?by|authors?|автор(?:ка|и|ы)?|текст"
    r"|журналіст(?:ка)?|журналист(?:ка)?"
    r"|підготу(?:вав|вала)|подготовила?)(?:\s*[:—–-]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_BARS = re.compile(r"[|·•]")
_PUBLISHED = re.compile(
    r"(?:published|posted|updated|last updated|опубліковано|оновлено|опубликовано|обновлено|дата)(?: on)?\s*:?\s*$",
    re.IGNORECASE,
)
_ON = re.compile(r"(?<=\w) on\s*$", re.IGNORECASE)
_ZONE_NAME = re.compile(r"^\s*[A-Z]{2,4}\b")
_JOINED = re.compile(r"\s*(?:[,;|·•/]|\s(?:and|та|і|й|и|&)\s)\s*", re.IGNORECASE)
_EDGES = " ,.;:|·•/-–—()"
_ANY_YEAR = date(2000, 12, 31)
_LONGEST = 160
_MOST_CHILDREN = 4
_HOLDERS = frozenset(("div", "p", "section", "article", "main", "header", "ul", "ol", "table", "figure", "h1", "h2"))
_MOST_HEADINGS = 3
_REACH = 40
_LONG_PARAGRAPH = 80
_MOST_PROSE = 2


@dataclass(frozen=True, slots=True)
class Byline:
    """A line that only says who wrote a text and (where `published` is not None) when."""

    text: str
    names: tuple[str, ...]
    published: Moment | None


def byline_of(text: str, outlet: Outlet, today: date | None = None) -> Byline | None:
    """The names and the moment in a line that holds nothing else, or None.

    The names need a label ("By", «Автор:») or a bar between them and the date: "New York, 5 June 2027" tells a place.
    `today` completes a date without a year; without it such a date marks a byline but gives no moment.
    """
    if len(text) > _LONGEST:
        return None
    label = _LABEL.match(text)
    if not label and not _BARS.search(text):
        return None
    zone = ZoneInfo(outlet.timezone)
    dated = visible_moment(text, zone, today or _ANY_YEAR)
    rest = text
    if dated:
        before, after = _ON.sub("", text[: dated.start]), _ZONE_NAME.sub("", text[dated.end :])
        if not label and not _BARS.search(before[-2:] + after[:2]):
            return None
        rest = f"{_PUBLISHED.sub('', before)} | {after}"
    elif not label:
        return None
    if label:
        rest = rest[label.end() :]
    parts = [part for part in (piece.strip(_EDGES) for piece in _JOINED.split(rest)) if part]
    names = [tidy_author(part, outlet) for part in parts]
    # What stands beside the names may be their posts, never another thing.
    known = [name for name in names if name]
    if not known or not all(name or _is_post(part) for name, part in zip(names, parts, strict=True)):
        return None
    published = visible_moment(text, zone, today) if dated else None
    return Byline(text, tuple(dict.fromkeys(known)), published)


def is_dated_line(text: str, outlet: Outlet) -> bool:
    """Whether a line is nothing but the moment of publication: "3 November 2027, 16:40", «Опубліковано …»."""
    moment = visible_moment(text, ZoneInfo(outlet.timezone), _ANY_YEAR) if len(text) <= _LONGEST else None
    before = text[: moment.start] if moment else ""
    if moment is None or (moment.precision is TimePrecision.DAY and not _PUBLISHED.fullmatch(before)):
        return False
    rest = _PUBLISHED.sub("", before) + _ZONE_NAME.sub("", text[moment.end :])
    return not any(char.isalnum() for char in rest)


def _is_post(part: str) -> bool:
    # A post is what the tidying of names takes off a name's end.
    return not looks_like_person(part) and tidy_author(f"Jane Doe, {part}", UNLISTED) == "Jane Doe"


def headline_byline(page: Page, outlet: Outlet, today: date | None) -> Byline | None:
    """The first byline among the short blocks below one of the page's first headlines, before the article's prose."""
    return next((found for text in _below_headline(page) if (found := byline_of(text, outlet, today))), None)


def _below_headline(page: Page) -> Iterator[str]:
    headings = seen = prose = 0
    is_open = not page.headings
    for element in page.tree.iter("h1", "p", "div", "span", "address", "small"):
        if element.tag == "h1":
            headings += 1
            if headings > _MOST_HEADINGS:
                return
            is_open, seen, prose = True, 0, 0
            continue
        if not is_open or len(element) > _MOST_CHILDREN or any(child.tag in _HOLDERS for child in element):
            continue
        text = text_of(element)
        if len(text) >= _LONG_PARAGRAPH and element.tag == "p":
            prose += 1
        seen += bool(text)
        if 0 < len(text) <= _LONGEST:
            yield text
        is_open = seen < _REACH and prose < _MOST_PROSE
