"""How one index is read to its end: which addresses to ask for next, by what came so far. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from crawlers.leads import Lead, LeadsResult, in_window
from crawlers.leads.moments import template_numbers
from flows.plan import Span, Unit, address
from flows.steps.clean.published import day_in_path
from storage.keys import KYIV
from storage.terms import Outcome

MOST_PAGES = 400
"""Pages one list is followed for."""

MOST_AT_ONCE = 8
"""Pages of a numbered list that are asked for in one go, once its end is known to be further away."""

LAST_CHANGE_KINDS = frozenset({"month_sitemap", "week_sitemap", "sitemap_index"})
"""Indexes whose moments are those of the last change: an article may be older than they say."""

ENDING_KINDS = frozenset({"sitemap_index", "page_list"})
"""Indexes that may hold the last weeks alone, whatever days they are asked for."""

QUIET_DAYS = timedelta(days=3)
"""For so long an outlet may publish nothing, as over holidays."""

NOTHING_THERE = frozenset({Outcome.NOT_FOUND, Outcome.GONE, Outcome.NOT_MODIFIED})
"""Answers of an index that leave no gap: it does not exist (yet), or is as before."""


@dataclass(frozen=True, slots=True)
class Before:
    """When a unit was last read, and how many entries it named then."""

    read_at: datetime | None = None
    listed: int | None = None


@dataclass
class Walk:
    """One unit being read: its index, the sitemaps of the span that lead on from it, and the next pages it links to.

    `span` are the days whose leads are wanted; a list is followed back to `back_to`, the day up to which it had been
    read before. `leads` are those of the span by URL, `named` counts all entries, `oldest` is the earliest day of any,
    `refused` the indexes that could not be read, by reason. Call `ask`, hand every answer to `take` or `refuse`, and
    ask again until nothing is wanted.
    """

    unit: Unit
    span: Span
    back_to: date
    before: Before = Before()
    wanted: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    leads: dict[str, Lead] = field(default_factory=dict)
    named: int = 0
    answered: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    outcome: Outcome | None = None
    oldest: date | None = None
    is_there: bool = False

    @property
    def listed(self) -> int | None:
        """How many entries the unit named; None where some index of it could not be read."""
        return None if self.refused or not self.answered else self.named

    def ask(self) -> list[str]:
        """The next addresses, which are then counted as asked for."""
        wanted = self._next() if self.asked else [self.unit.url]
        now = [url for url in dict.fromkeys(wanted) if url not in self.asked][: MOST_PAGES - len(self.asked)]
        self.asked |= set(now)
        self.wanted = []
        return now

    def refuse(self, url: str, outcome: Outcome, status: int | None) -> None:  # noqa: ARG002 - a numbered list needs it
        """Note that an index did not come, or came and could not be read (`fetched`)."""
        self.outcome = outcome
        if outcome in NOTHING_THERE:
            self.answered += 1
            return
        named = "unreadable" if outcome is Outcome.FETCHED else outcome.value
        self.refused[f"index {named}{f' ({status})' if status else ''}"] += 1

    def leave(self) -> None:
        """Note that it will not be asked for, since the same index refused other days."""
        self.asked.add(self.unit.url)
        self.refused["index left alone"] += 1

    def take(self, url: str, result: LeadsResult, new: Collection[str]) -> None:
        """Take what an index named, and see where it leads on; `new` are addresses nobody knew before."""
        self.outcome = Outcome.FETCHED
        self.is_there = True
        self.oldest = min(filter(None, (self.oldest, oldest_day(result.leads))), default=None)
        self.answered += 1
        self.named += len(result.leads)
        mine = [lead for lead in result.leads if may_be_in(lead, self.span, self.unit)]
        seen = Seen(len(result.leads), oldest_day(result.leads), has_new=any(lead.url in new for lead in mine))
        self.leads |= {lead.url: lead for lead in mine}
        self.wanted += [sub.url for sub in in_window(result.subindexes, self.span.first, self.span.last)]
        self._note(url, seen, result.next_page)

    def judge_past(self) -> None:
        """Note, when the index of days long past was read to its end, that it does not hold those days.

        A page that is not there, and an index that ends at a later day (many keep the last weeks alone), are no proof
        that nothing was published.
        """
        if self.refused or self.unit.covers is None:
            return
        if not self.is_there:
            self.refused[f"index {self.outcome.value if self.outcome else Outcome.NO_RESPONSE.value}"] += 1
        elif self.unit.index.kind in ENDING_KINDS and (
            self.oldest is None or self.oldest > self.unit.covers.first + QUIET_DAYS
        ):
            self.refused["index does not reach back so far"] += 1

    def _note(self, url: str, seen: "Seen", next_page: str | None) -> None:  # noqa: ARG002 - a numbered list needs it
        if next_page and self._goes_on(seen):
            self.wanted.append(next_page)

    def _goes_on(self, seen: "Seen") -> bool:
        """Whether older pages of a list may hold more that is wanted."""
        if not seen.count or (seen.oldest is not None and seen.oldest < self.span.first):
            return False
        return seen.has_new or (seen.oldest is not None and seen.oldest >= self.back_to)

    def _next(self) -> list[str]:
        return self.wanted


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page of a list showed."""

    count: int
    oldest: date | None
    has_new: bool


@dataclass
class Numbered(Walk):
    """A list of numbered pages, newest first.

    Where the span lies in the past, the page it begins on is searched for: steps are doubled until a page reaches into
    the span, then halved. From there pages are read until one lies wholly before what is wanted.
    """

    is_searched: bool = False
    pages: dict[int, Seen] = field(default_factory=dict)

    def refuse(self, url: str, outcome: Outcome, status: int | None) -> None:
        """A page that does not exist lies beyond the list's end."""
        super().refuse(url, outcome, status)
        if outcome in NOTHING_THERE:
            self.pages[self._number(url)] = Seen(0, None, has_new=False)

    def _note(self, url: str, seen: Seen, next_page: str | None) -> None:  # noqa: ARG002 - numbers lead on
        self.pages[self._number(url)] = seen
        if self.is_searched and seen.count and seen.oldest is None:
            self.refused["index without days"] += 1

    def _number(self, url: str) -> int:
        return (template_numbers(self.unit.index.url, url) or {}).get("page", 1)

    def _next(self) -> list[str]:
        return [*self.wanted, *(page_address(self.unit, page) for page in self._next_pages())]

    def _next_pages(self) -> list[int]:
        if self.refused:
            return []
        start = 1
        if self.is_searched:
            newer = max((page for page, seen in self.pages.items() if self._is_newer(seen)), default=0)
            reaching = min((page for page in self.pages if page > newer), default=None)
            if reaching is None:
                return [newer * 2]
            if reaching - newer > 1:
                return [(newer + reaching) // 2]
            start = reaching
        page = start
        while (seen := self.pages.get(page)) is not None:
            if not self._goes_on(seen):
                return []
            page += 1
        at_once = min(MOST_AT_ONCE, page - start)
        return [number for number in range(page, page + at_once) if number not in self.pages]

    def _is_newer(self, seen: Seen) -> bool:
        """Whether a page lies wholly after the span."""
        return seen.oldest is not None and seen.oldest > self.span.last

    def _goes_on(self, seen: Seen) -> bool:
        if not self.is_searched:
            return super()._goes_on(seen)
        return bool(seen.count) and seen.oldest is not None and seen.oldest >= self.span.first


def oldest_day(leads: Sequence[Lead]) -> date | None:
    """The earliest Kyiv day that any of the leads gives."""
    return min((day for lead in leads if (day := hint_day(lead))), default=None)


def hint_day(lead: Lead) -> date | None:
    """Kyiv day an index gave."""
    return lead.published_hint.astimezone(KYIV).date() if lead.published_hint else None


def may_be_in(lead: Lead, span: Span, unit: Unit) -> bool:
    """Whether an article may have been published in the span.

    A day in its address decides. Where the index only says when it was last changed, it may be older than that, as
    far back as the index goes.
    """
    if written := day_in_path(lead.url):
        return span.holds(written)
    day = hint_day(lead)
    if day is None:
        return True
    return day >= span.first if unit.index.kind in LAST_CHANGE_KINDS else span.holds(day)


def page_address(unit: Unit, page: int) -> str:
    """The address of a page of a numbered list."""
    return address(unit.index, unit.covers.last if unit.covers else date.min, page)


def walk_of(unit: Unit, span: Span, back_to: date, before: Before = Before()) -> Walk:
    """The way to read a unit. A numbered list that is read for certain days is searched for them."""
    if unit.index.kind == "page_list" and "{page" in unit.index.url:
        return Numbered(unit, span, back_to, before, is_searched=unit.covers is not None)
    return Walk(unit, span, back_to, before)
