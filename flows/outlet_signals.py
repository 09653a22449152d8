"""What tells whether an outlet's file fits the outlet as it is today: signals of its indexes and of its newest pages.

Pure. A signal is well, or it is not and says what was seen; what cannot be judged gives no signal.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import lxml.etree
from rapidfuzz import fuzz

from crawlers.leads import Lead, LeadsResult
from crawlers.outlet import Index, Outlet
from flows.plan import WINDOW
from flows.steps.text import fold, squeeze
from flows.walks import LAST_CHANGE_KINDS
from storage.records import Dropped, Reading
from storage.terms import Outcome, TimePrecision

BLOCKED = frozenset({Outcome.FORBIDDEN, Outcome.RATE_LIMITED, Outcome.ROBOTS_DENIED, Outcome.CHALLENGE})
"""Answers by which an outlet says that it will not be read."""

LEAST_CLAIMED = 0.2
"""Share of an index's entries that are articles by `article_url`; less says that addresses have changed."""

LOOK_AT = {
    "index answers": "indexes",
    "index names articles": "indexes, and item of a list",
    "article_url claims entries": "article_url and not_article_url",
    "page is an article": "article_url and body",
    "title": "title",
    "title as in the index": "title",
    "body selector hits": "body",
    "little is removed": "clutter and body",
    "body longer than the feed's": "body",
    "date": "date",
    "date to the minute": "date",
    "date as in the index": "date and timezone",
    "author": "author and desks",
    "language": "editions",
}
"""Fields of an outlet's file to look at where a signal of that name is not well."""

MOST_REMOVED = 0.6
ALIKE = 60
"""Least likeness, of 100, between the headlines of an index and of its page."""

MUCH_SHORTER = 0.8
SAME_DAY = timedelta(days=1)
TO_THE_MINUTE = frozenset({TimePrecision.MINUTE, TimePrecision.SECOND})
_MARKUP = re.compile(r"<[^<>]*>")
_DESCRIPTIONS = frozenset({"description", "summary"})


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was looked at; `says` is what was seen, in words."""

    name: str
    is_well: bool
    says: str


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """What came of one index that was asked for at `url`; `result` is None where it could not be read."""

    index: Index
    url: str
    outcome: Outcome
    status: int | None = None
    result: LeadsResult | None = None
    described: Mapping[str, int] | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether the outlet will not have it read."""
        return self.outcome in BLOCKED

    @property
    def entries(self) -> int:
        """How many entries it held, further sitemaps left out."""
        return self.result.entries - len(self.result.subindexes) if self.result else 0

    @property
    def newest(self) -> datetime | None:
        """The latest moment any of its articles gives."""
        moments = [lead.published_hint for lead in self.result.leads if lead.published_hint] if self.result else []
        return max(moments, default=None)


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What came of one article that an index named; `made` is None where the page did not come."""

    lead: Lead
    index: Index
    outcome: Outcome
    status: int | None = None
    made: Reading | Dropped | None = None
    described: int | None = None

    @property
    def url(self) -> str:
        """The address that was asked for."""
        return self.lead.url

    @property
    def is_blocked(self) -> bool:
        """Whether the outlet will not have it read."""
        return BLOCKED.issuperset({self.made.outcome if isinstance(self.made, Dropped) else self.outcome})


def index_signals(answer: IndexAnswer, now: datetime) -> Iterator[Signal]:
    """Signals of one index."""
    if answer.is_blocked:
        return
    kind, result = answer.index.kind, answer.result
    if result is None:
        yield Signal("index answers", is_well=False, says=f"{refusal(answer.outcome, answer.status)}: {answer.url}")
        return
    yield Signal("index answers", is_well=True, says=f"{kind}, {answer.entries} entries")
    if not answer.entries and kind in {"day_list", "month_sitemap", "week_sitemap"}:
        return  # the day, week or month may have just begun
    yield Signal("index names articles", bool(answer.entries), f"{answer.entries} entries: {answer.url}")
    if answer.entries:
        share = len(result.leads) / answer.entries
        said = f"{len(result.leads)} of {answer.entries} entries are articles by article_url: {answer.url}"
        yield Signal("article_url claims entries", share >= LEAST_CLAIMED, said)
    if answer.newest is not None:
        is_fresh = now - answer.newest <= WINDOW
        yield Signal("index is fresh", is_fresh, f"newest entry {age(now - answer.newest)} old: {answer.url}")


def page_signals(answer: PageAnswer, outlet: Outlet) -> Iterator[Signal]:
    """Signals of one page."""
    if answer.is_blocked:
        return
    url, made = answer.lead.url, answer.made
    if made is None:
        yield Signal("page answers", is_well=False, says=f"{refusal(answer.outcome, answer.status)}: {url}")
        return
    yield Signal("page answers", is_well=True, says=url)
    if isinstance(made, Dropped):
        yield Signal("page is an article", is_well=False, says=f"{made.outcome}, {made.why}: {url}")
        return
    yield Signal("page is an article", is_well=True, says=url)
    yield Signal("title", bool(made.title), f"{made.title or 'none'}: {url}")
    if answer.lead.headline_hint:
        alike = fuzz.token_set_ratio(fold(made.title), fold(answer.lead.headline_hint)) >= ALIKE
        yield Signal("title as in the index", alike, f"“{made.title}”, index: “{answer.lead.headline_hint}”: {url}")
    if outlet.body:
        yield Signal("body selector hits", made.path == "outlet", f"read by the {made.path} road: {url}")
    yield from _text_signals(made, answer.described, url)
    yield from _date_signals(made, answer, outlet)
    if "authors" in outlet.expectation.always:
        yield Signal("author", bool(made.authors), f"{', '.join(made.authors) or 'none'}: {url}")
    edition = outlet.edition_of(url)
    if edition is not None:
        said = f"{made.language}, its edition {edition.language}: {url}"
        yield Signal("language", made.language.value == edition.language, said)


def _text_signals(made: Reading, described: int | None, url: str) -> Iterator[Signal]:
    share = removed_share(made)
    yield Signal("little is removed", share <= MOST_REMOVED, f"{share:.0%} of the letters removed as clutter: {url}")
    if described:
        is_longer = len(made.text) >= MUCH_SHORTER * described
        said = f"{len(made.text)} letters, the feed's own description {described}: {url}"
        yield Signal("body longer than the feed's", is_longer, said)


def _date_signals(made: Reading, answer: PageAnswer, outlet: Outlet) -> Iterator[Signal]:
    url, at = answer.lead.url, made.published_at
    if at is None:
        yield Signal("date", is_well=False, says=f"none found: {url}")
        return
    yield Signal("date", is_well=True, says=f"{at.isoformat()} by {made.date_source}: {url}")
    if "published_minute" in outlet.expectation.always:
        said = f"told to the {made.published_precision}: {url}"
        yield Signal("date to the minute", made.published_precision in TO_THE_MINUTE, said)
    hint = answer.lead.published_hint
    if hint is not None and answer.index.kind not in LAST_CHANGE_KINDS:
        said = f"page {at.isoformat()}, index {hint.isoformat()}: {url}"
        yield Signal("date as in the index", abs(at - hint) <= SAME_DAY, said)


def removed_share(made: Reading) -> float:
    """Letters that cleaning took out, as a share of those and of the article's."""
    removed = sum(len(one.text) for one in made.removed)
    return removed / (removed + len(made.text)) if made.text else 1.0


def refusal(outcome: Outcome, status: int | None) -> str:
    """An outcome as people read it, with the status where the server sent one."""
    return f"{outcome.replace('_', ' ')}{f' ({status})' if status else ''}"


def age(span: timedelta) -> str:
    """A span of time in its largest unit."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 100:  # noqa: PLR2004 - hours say more from here on
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def descriptions(feed: bytes) -> dict[str, int]:
    """Letters of the description of each entry of a feed, by the entry's address; empty for what is no feed."""
    try:
        root = lxml.etree.fromstring(feed, lxml.etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except lxml.etree.XMLSyntaxError:
        return {}
    found: dict[str, int] = {}
    entries: Sequence[lxml.etree._Element] = [] if root is None else list(root.iter("{*}item", "{*}entry"))
    for entry in entries:
        parts = {lxml.etree.QName(part).localname: part for part in entry if isinstance(part.tag, str)}
        link = parts.get("link")
        url = (link.text or link.get("href") or "").strip() if link is not None else ""
        texts = [_MARKUP.sub(" ", parts[name].text or "") for name in _DESCRIPTIONS & parts.keys()]
        if url and texts:
            found[url] = max(len(squeeze(text)) for text in texts)
    return found
