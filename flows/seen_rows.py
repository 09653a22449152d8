"""The rows of one run that watching needs, in plain SQL that means the same on both engines.

Captures are looked for by the day they were made, which has an index.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self

from crawlers.outlet import Outlet
from flows.plain_sql import moment
from flows.walks import LAST_CHANGE_KINDS
from storage import keys
from storage.store import Store
from storage.terms import Outcome

LONGEST_RUN = 3
"""Kyiv days a run may last; captures of later days are none of it."""

Row = Mapping[str, Any]

_RUN = "select run_id, started_at, finished_at from runs where run_id = :run"
_EARLIER = """
select r.run_id, r.started_at, r.finished_at from runs r
where r.verb in ('crawl', 'nightly') and r.state = 'done'
  and r.started_at < (select t.started_at from runs t where t.run_id = :run)
order by r.started_at desc, r.run_id limit :most
"""
_REQUESTS = """
select outlet, url, outcome from outcomes
where run_id = :run and stage = 'fetch' and outlet is not null and url is not null
"""
_PAGES = """
select outlet, url, outcome from pages
where run_id = :run and fetched_day between :first and :last and http_status between 200 and 299
"""
_READ = f"""
select r.outlet, r.language, r.path, r.headline as title, r.authors, r.section, r.modified_at,
       r.published_at, r.published_day, r.published_precision, l.published_hint_at, l.published_hint_day
from pages p join readings r on r.page_id = p.page_id and r.is_current = 1
left join leads l on l.url = p.url and not exists (
  select 1 from unit_leads n join units u on u.unit_id = n.unit_id
  where n.url = l.url and u.kind in {tuple(sorted(LAST_CHANGE_KINDS))})
where p.run_id = :run and p.fetched_day between :first and :last
"""  # noqa: S608 - constants
_TOLD = """
       e.published_at as told_at, e.published_day as told_day, e.published_precision as told_precision,
       e.modified_at as told_modified_at
"""
_EDITED = f"""
select r.outlet, r.published_at, r.published_day, r.published_precision, {_TOLD}
from pages p join readings r on r.page_id = p.page_id and r.is_current = 1
join versions v on v.version_id = r.version_id
join versions w on w.article_id = v.article_id and w.n = v.n - 1
join readings e on e.version_id = w.version_id and e.is_current = 1
where p.run_id = :run and p.fetched_day between :first and :last
"""  # noqa: S608 - constants
_UNCHANGED = f"""
select e.outlet, p.warc_file, p.warc_offset, {_TOLD}
from pages p join readings e on e.version_id = p.version_id and e.is_current = 1 and e.page_id <> p.page_id
where p.run_id = :run and p.fetched_day between :first and :last and p.record_type = 'response'
  and p.warc_file is not null and p.warc_offset is not null
order by p.page_id
"""  # noqa: S608 - constants
_RAISED = "select outlet, kind, subject from alarms where run_id = :run"


@dataclass(frozen=True, slots=True)
class Asked:
    """By address, what became of the requests for article pages and for indexes.

    Where something came whole it stands under what it was judged to be; a page that was led elsewhere stands under
    the address it was found at. Of an index only a challenge page is judged so; whatever else came is `fetched`.
    """

    pages: Mapping[str, Outcome]
    indexes: Mapping[str, Outcome]


class RunRows:
    """The rows of one run, each kind read when it is first wanted, and all by outlet."""

    def __init__(self, store: Store, run: Row) -> None:
        self.run_id = run["run_id"]
        self.started_at = moment(run["started_at"])
        self.finished_at = moment(run["finished_at"])
        self._store = store
        self._asked: dict[str, Asked] = {}

    @classmethod
    def of(cls, store: Store, run_id: str) -> Self:
        """Those of one run. Raises ValueError where there is no such run."""
        [run] = store.rows(_RUN, run=run_id)
        return cls(store, run)

    @classmethod
    def before(cls, store: Store, run_id: str, most: int) -> list[Self]:
        """Those of finished runs that read outlets before this one began, latest first."""
        return [cls(store, run) for run in store.rows(_EARLIER, run=run_id, most=most)]

    @property
    def on(self) -> date:
        """Kyiv day it began."""
        return keys.kyiv_day(self.started_at) if self.started_at else date.max

    def holds(self, at: datetime | None) -> bool:
        """Whether a moment lies in the run, which may still go on."""
        if at is None or self.started_at is None:
            return False
        return at >= self.started_at and (self.finished_at is None or at <= self.finished_at)

    @cached_property
    def requests(self) -> Mapping[str, Mapping[str, Outcome]]:
        """What became of the request for each address."""
        found: defaultdict[str, dict[str, Outcome]] = defaultdict(dict)
        for row in self._store.rows(_REQUESTS, run=self.run_id):
            found[row["outlet"]][row["url"]] = Outcome(row["outcome"])
        return dict(found)

    @cached_property
    def pages(self) -> Mapping[str | None, Mapping[str, Outcome]]:
        """What each page that came whole was judged to be; those on which a step failed are under None."""
        found: defaultdict[str | None, dict[str, Outcome]] = defaultdict(dict)
        for row in self._captures(_PAGES):
            found[row["outlet"]][row["url"]] = Outcome(row["outcome"])
        return dict(found)

    def asked(self, outlet: Outlet) -> "Asked":
        """What was asked of an outlet and what came of it: no request for an article is one for an index."""
        if outlet.slug not in self._asked:
            requests = self.requests[outlet.slug]
            nobodys = {url: end for url, end in self.pages.get(None, {}).items() if url in requests}
            self._asked[outlet.slug] = _asked(outlet, requests, {**nobodys, **self.pages.get(outlet.slug, {})})
        return self._asked[outlet.slug]

    @cached_property
    def read(self) -> Mapping[str, list[Row]]:
        """Articles read for the first time, or in a new version, each with its index's hint."""
        return _by_outlet(self._captures(_READ))

    @cached_property
    def edited(self) -> Mapping[str, list[Row]]:
        """Articles in a new version, with what the version before told."""
        return _by_outlet(self._captures(_EDITED))

    @cached_property
    def unchanged(self) -> Mapping[str, list[Row]]:
        """Articles that came again with the text they had, with what they told then and where the new page rests."""
        return _by_outlet(self._captures(_UNCHANGED))

    @cached_property
    def raised(self) -> Mapping[str, list[Row]]:
        """Alarms."""
        return _by_outlet(self._store.rows(_RAISED, run=self.run_id))

    def _captures(self, sql: str) -> list[dict[str, Any]]:
        first = keys.day_number(self.on)
        return self._store.rows(sql, run=self.run_id, first=first, last=first + LONGEST_RUN)


def _by_outlet(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["outlet"]].append(row)
    return dict(found)


def _asked(outlet: Outlet, requests: Mapping[str, Outcome], judged: Mapping[str, Outcome]) -> Asked:
    articles = {url for url in {*requests, *judged} if outlet.claims_url(url)}
    pages: dict[str, Outcome] = {
        url: end for url, end in requests.items() if url in articles and end is not Outcome.FETCHED
    }
    pages |= {url: end for url, end in judged.items() if url in articles and url not in pages}
    indexes: dict[str, Outcome] = {url: end for url, end in requests.items() if url not in articles}
    for url, end in indexes.items():
        if end is Outcome.FETCHED and judged.get(url) is Outcome.CHALLENGE:
            indexes[url] = Outcome.CHALLENGE
    return Asked(pages, indexes)
