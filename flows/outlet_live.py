"""A look at outlets as they are now: indexes and newest pages are fetched politely, judged, and thrown away."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawlers.archive import Page
from crawlers.leads import Lead, in_window, read_leads
from crawlers.outlet import Index, Outlet
from crawlers.plan import OutcomeLine
from flows.discovery import READABLE
from flows.outlet_aside import Aside, due, set_aside
from flows.outlet_check import night_indexes
from flows.outlet_live_row import LiveRow
from flows.outlet_signals import IndexAnswer, PageAnswer, Signal, descriptions, index_signals, page_signals
from flows.pages import archived_page
from flows.plan import WINDOW, address
from flows.settings import Settings
from flows.steps.clean import clean
from storage.keys import kyiv_day
from storage.records import Dropped
from storage.terms import Outcome

PAGES_AN_EDITION = 2
INDEXES_AN_EDITION = 3
"""Most indexes of an edition that are asked for, in the order of the outlet's file."""


Edition = tuple[str, str]
"""Slug and language."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One index of an edition, with its address filled in for a day."""

    outlet: str
    index: Index
    url: str


def look_live(outlets: Sequence[Outlet] | None, settings: Settings) -> tuple[list[LiveRow], datetime]:
    """Ask outlets for their indexes of the night and two newest articles an edition; a row an edition, and when.

    None are all outlets that can be read. An edition without an index of its own is looked at where the others' name
    its articles. Raises as `set_aside`.
    """
    with set_aside(outlets, settings) as aside:
        look = _Look(aside)
        return look.rows(), look.now


class _Look:
    """One look at some outlets: requests go out in rounds, all outlets side by side."""

    def __init__(self, aside: Aside) -> None:
        self.aside, self.known = aside, aside.work.place.knowledge.outlets
        self.outlets = {outlet.slug: outlet for outlet in aside.outlets}
        self.clutter = aside.work.place.knowledge.clutter
        self.now = aside.work.place.clock()

    def rows(self) -> list[LiveRow]:
        """A row an edition."""
        rows = {
            (slug, language): LiveRow(slug, language, outlet.known_to_block)
            for slug, outlet in self.outlets.items()
            for language in outlet.languages
        }
        for asked, answer in self._indexes(list(rows)).items():
            rows[asked.outlet, asked.index.language].indexes.append(answer)
        newest = {key: self._newest(key, list(rows.values())) for key in rows}
        for _ in range(2):  # once more for pages that a robots file keeps back
            self._look_into(rows, newest)
        for row in rows.values():
            outlet = self.outlets[row.outlet]
            row.signals = [signal for one in row.indexes for signal in index_signals(one, self.now)]
            row.signals += [signal for one in row.pages for signal in page_signals(one, outlet)]
            row.signals += _nothing_to_read(row)
        return list(rows.values())

    def _indexes(self, editions: Iterable[Edition]) -> dict[Asked, IndexAnswer]:
        """What came of each index; one that named nothing is asked once more, where it leads on or a day earlier."""
        today = kyiv_day(self.now)
        asked = [
            Asked(slug, index, address(index, today))
            for slug, language in editions
            for index in night_indexes(self.outlets[slug], language)[:INDEXES_AN_EDITION]
        ]
        first = self._read(asked)
        further = {
            one: Asked(one.outlet, one.index, url)
            for one, answer in first.items()
            if (url := _elsewhere(one, answer, today)) is not None
        }
        later = self._read(list(further.values()))
        better = {one: later[other] for one, other in further.items() if later[other].entries}
        return first | better

    def _read(self, asked: Sequence[Asked]) -> dict[Asked, IndexAnswer]:
        wanted = dict.fromkeys((one.outlet, one.url) for one in asked)
        came = {
            line.url: (line, page) for line, page in self.aside.ask([due(url, slug, "index") for slug, url in wanted])
        }
        return {one: self._answer(one, *came[one.url]) for one in asked}

    def _answer(self, one: Asked, line: OutcomeLine, page: Page | None) -> IndexAnswer:
        outcome = Outcome(line.outcome)
        if page is None or outcome not in READABLE:
            return IndexAnswer(one.index, one.url, outcome, line.status)
        outlet = self.outlets[one.outlet]
        result = read_leads(page.payload, page.content_type, one.url, outlet, one.index, self.now)
        if result.entries:
            described = descriptions(page.payload) if one.index.kind == "feed" else {}
            return IndexAnswer(one.index, one.url, outcome, line.status, result, described)
        made = clean(archived_page(page, one.url), self.known, self.clutter)
        if isinstance(made, Dropped) and made.outcome is Outcome.CHALLENGE:
            return IndexAnswer(one.index, one.url, Outcome.CHALLENGE, line.status)
        unreadable = result.problem is not None
        return IndexAnswer(
            one.index,
            one.url,
            Outcome.UNREADABLE if unreadable else outcome,
            line.status,
            None if unreadable else result,
        )

    def _newest(self, edition: Edition, rows: Iterable[LiveRow]) -> deque[tuple[IndexAnswer, Lead]]:
        """The articles of an edition that its outlet's indexes name, newest first, with the index that names each."""
        slug, language = edition
        found: dict[str, tuple[IndexAnswer, Lead]] = {}
        for answer in (answer for row in rows if row.outlet == slug for answer in row.indexes):
            for lead in answer.result.leads if answer.result else ():
                holder = self.outlets[slug].edition_of(lead.url)
                if holder is not None and holder.language == language:
                    found.setdefault(lead.url, (answer, lead))
        oldest = datetime.min.replace(tzinfo=UTC)
        return deque(sorted(found.values(), key=lambda one: one[1].published_hint or oldest, reverse=True))

    def _look_into(
        self, rows: Mapping[Edition, LiveRow], newest: Mapping[Edition, deque[tuple[IndexAnswer, Lead]]]
    ) -> None:
        """Fetch the next newest pages of each edition, until it has as many as are looked at."""
        named: dict[str, tuple[LiveRow, IndexAnswer, Lead]] = {}
        for key, row in rows.items():
            had = sum(one.outcome is not Outcome.ROBOTS_DENIED for one in row.pages)
            for _ in range(min(PAGES_AN_EDITION - had, len(newest[key]))):
                index, lead = newest[key].popleft()
                named[lead.url] = (row, index, lead)
        for line, page in self.aside.ask([due(url, row.outlet) for url, (row, _, _) in named.items()]):
            row, index, lead = named[line.url]
            row.pages.append(self._judged(line, page, index, lead))

    def _judged(self, line: OutcomeLine, page: Page | None, index: IndexAnswer, lead: Lead) -> PageAnswer:
        described = (index.described or {}).get(lead.url)
        made = None
        if page is not None and Outcome(line.outcome) in READABLE:
            made = clean(archived_page(page, lead.url), self.known, self.clutter)
        return PageAnswer(lead, index.index, Outcome(line.outcome), line.status, made, described)


def _elsewhere(one: Asked, answer: IndexAnswer, today: date) -> str | None:
    """Where to look when an index named no article: its newest further sitemap, or its address of the day before."""
    if answer.is_blocked or (answer.result is not None and answer.result.leads):
        return None
    further = in_window(answer.result.subindexes, today - WINDOW, today) if answer.result else []
    if further:
        return max(further, key=lambda sub: (sub.last_day or date.min, sub.url)).url
    before = address(one.index, today - timedelta(days=1))
    return before if before != one.url else None


def _nothing_to_read(row: LiveRow) -> Iterator[Signal]:
    if row.indexes and not row.pages and not row.blocked and all(signal.is_well for signal in row.signals):
        yield Signal(
            "an article to look at", is_well=False, says="no index names one; it may be a quiet day: try again later"
        )
