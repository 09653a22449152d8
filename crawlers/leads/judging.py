"""From offers to leads, further indexes, or counted refusals, by the facts of one outlet."""

import re
from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from w3lib.url import safe_url_string

from crawlers.leads.moments import KYIV, period_in_url, read_moment
from crawlers.leads.offers import Offer
from crawlers.leads.results import Lead, LeadsResult, Problem, Refusal, SubIndex
from crawlers.outlet import Outlet

_AHEAD = timedelta(days=1)
_MAX_URL = 2048
_NOT_PLAIN = re.compile(r"[^\x21-\x7e]")
_PORTS = (None, 80, 443)


class Judge:
    """Takes the offers of one body, one by one; `result` is what became of them.

    `url` is where the body came from, and never its own sub-index; relative addresses start at `base`.
    """

    def __init__(self, outlet: Outlet, url: str, now: datetime, base: str | None = None) -> None:
        self._outlet = outlet
        self._base = base or url
        self._now = now
        self._zone = ZoneInfo(outlet.timezone)
        self._sites = frozenset({*outlet.hosts, *outlet.sister_hosts})
        self._index_hosts = frozenset(outlet.index_hosts)
        self._templates = tuple(index.url for index in outlet.indexes)
        self._seen: set[str] = {url}
        self._leads: list[Lead] = []
        self._subindexes: list[SubIndex] = []
        self.refused: Counter[Refusal] = Counter()

    def take(self, offer: Offer, published: datetime | None = None) -> None:
        """Judge one offer; `published` is its moment where the reader already knows it."""
        url = self.address(offer.url)
        if url is None:
            self.refused[Refusal.BROKEN if offer.url.strip() else Refusal.NO_URL] += 1
            return
        said = self._outlet.moment_of(url) or published or read_moment(offer.published, self._zone)
        refusal = self._why_not(url, said, is_index=offer.is_index)
        self._seen.add(url)
        if refusal:
            self.refused[refusal] += 1
        elif offer.is_index:
            self._subindexes.append(self._subindex(url, said))
        else:
            self._leads.append(self._lead(url, offer, said))

    def result(self, problem: Problem | None, next_page: str | None = None) -> LeadsResult:
        """Everything taken so far."""
        return LeadsResult(tuple(self._leads), tuple(self._subindexes), dict(self.refused), problem, next_page)

    @property
    def count(self) -> int:
        """How many offers were taken so far."""
        return len(self._leads) + len(self._subindexes) + self.refused.total()

    def address(self, written: str) -> str | None:
        """The absolute web address written in an entry, without fragment and in ASCII; None if there is none."""
        try:
            said = written.strip()
            url = (said if said.startswith(("https://", "http://")) else urljoin(self._base, said)).partition("#")[0]
            if _NOT_PLAIN.search(url):
                url = safe_url_string(url)
            parts = urlsplit(url)
            is_web = parts.scheme in {"http", "https"} and parts.hostname and parts.port in _PORTS
        except ValueError:
            return None
        return url if said and is_web and not parts.username and len(url) <= _MAX_URL else None

    def is_ours(self, url: str, *, or_sisters: bool) -> bool:
        """Whether an address that `address` gave is on a host of the outlet, or of a sister."""
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host in (self._sites if or_sisters else self._outlet.hosts)

    def _why_not(self, url: str, said: datetime | None, *, is_index: bool) -> Refusal | None:
        is_index_host = is_index and urlsplit(url).hostname in self._index_hosts
        if not is_index_host and not self.is_ours(url, or_sisters=True):
            return Refusal.FOREIGN_HOST
        if url in self._seen:
            return Refusal.DUPLICATE
        if is_index:
            return None
        if not self.is_ours(url, or_sisters=False):
            return Refusal.SISTER_HOST
        if not self._outlet.claims_url(url):
            return Refusal.NOT_ARTICLE
        return Refusal.FUTURE_DATE if said and said > self._now + _AHEAD else None

    def _subindex(self, url: str, modified: datetime | None) -> SubIndex:
        period = period_in_url(url, self._templates, self._now.date())
        first, last = period or (None, modified.astimezone(KYIV).date() if modified else None)
        return SubIndex(url, modified, first, last)

    def _lead(self, url: str, offer: Offer, said: datetime | None) -> Lead:
        own = _language(offer.language)
        others: dict[str, str] = {}
        for tag, written in offer.alternates:
            target, language = self.address(written), _language(tag)
            if language is None or target is None or not self.is_ours(target, or_sisters=True):
                continue
            if target == url:
                own = language
            else:
                others.setdefault(language, target)
        if own not in self._outlet.languages:
            edition = self._outlet.edition_of(url)
            own = edition.language if edition else None
        others = {language: target for language, target in others.items() if language != own}
        return Lead(url, said, offer.headline or None, own, others)


def _language(tag: str) -> str | None:
    """The two letters of a language tag; Ukrainian is often written with the country's; None for `x-default`."""
    short = tag.strip().lower().replace("_", "-").partition("-")[0]
    return {"ua": "uk"}.get(short, short) if len(short) == len("uk") else None
