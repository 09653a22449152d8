"""Going back in time: by which indexes an outlet's past can be read, and in which units. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawlers.outlet import Index, Outlet
from flows.errors import UserError
from flows.plan import Span, Unit, address

PAST_KINDS = ("month_sitemap", "week_sitemap", "sitemap_index", "day_list", "page_list")
"""Kinds of indexes that reach back, those that take the fewest requests first."""

EARLIEST = date(1991, 8, 24)
AROUND = 3
"""Days before and after, where nobody says how many."""


@dataclass(frozen=True)
class Road:
    """One way into the past of one edition: a unit, and the indexes that are tried for its days if it is refused.

    Indexes of one kind hold parts of an edition (news, opinions) and are read side by side; those of another kind hold
    the same once more, and are tried where the first refuse.
    """

    unit: Unit
    language: str
    others: tuple[Index, ...] = ()

    def detours(self, outlet: Outlet) -> "list[Road]":
        """The units by which the same days are read over the next index; none where there is no other."""
        if not self.others or self.unit.covers is None:
            return []
        return _side_by_side(outlet, self.language, self.others, self.unit.covers)


def roads_of(outlet: Outlet, languages: Sequence[str], span: Span) -> list[Road]:
    """The units of an outlet's editions for some days, newest first in each edition."""
    found = []
    for language in languages:
        indexes = past_indexes(outlet, language)
        if indexes:
            found += _side_by_side(outlet, language, indexes, span)
    return found


def _side_by_side(outlet: Outlet, language: str, indexes: Sequence[Index], span: Span) -> list[Road]:
    """The roads over all indexes of the first one's kind; the others are what is tried after them."""
    parts = [index for index in indexes if index.kind == indexes[0].kind]
    others = tuple(index for index in indexes if index.kind != indexes[0].kind)
    roads = [Road(unit, language, others) for index in parts for unit in units_of(outlet, index, span)]
    return sorted(roads, key=lambda road: road.unit.covers.last if road.unit.covers else span.last, reverse=True)


def past_indexes(outlet: Outlet, language: str) -> list[Index]:
    """The indexes of an edition that reach back, the handiest first."""
    fitting = [i for i in outlet.indexes if i.language == language and i.use != "night" and i.kind in PAST_KINDS]
    return sorted(fitting, key=lambda index: PAST_KINDS.index(index.kind))


def units_of(outlet: Outlet, index: Index, span: Span) -> list[Unit]:
    """An index's units for some days, newest first: its own days, weeks or months, cut to the days wanted."""
    periods = {"day_list": _day, "week_sitemap": _week}
    period = periods.get(index.kind, _month)
    found = []
    day = span.last
    while day >= span.first:
        whole = period(day)
        covers = whole.common(span)
        if covers is not None:
            found.append(Unit(outlet.slug, index, address(index, day), covers))
        day = whole.first - timedelta(days=1)
    return found


def months_of(span: Span) -> list[Span]:
    """The months of some days, newest first, cut to them."""
    found: list[Span] = []
    day = span.last
    while day >= span.first:
        whole = _month(day)
        found.append(Span(max(whole.first, span.first), min(whole.last, span.last)))
        day = whole.first - timedelta(days=1)
    return found


def _day(day: date) -> Span:
    return Span(day, day)


def _week(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def _month(day: date) -> Span:
    return Span(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


@dataclass(frozen=True)
class Asked:
    """The past a person asks for: Kyiv days, from one to another or some around one, and editions by language."""

    first: date | None = None
    last: date | None = None
    around: date | None = None
    days: int | None = None
    editions: tuple[str, ...] = ()
    every_edition: bool = False

    def span(self, today: date) -> Span:
        """The days.

        Raises UserError for days that are missing, in the wrong order, before 24 August 1991 or yet to come.
        """
        span = self._said(today)
        if span.first > span.last:
            message = f"The days end ({span.last}) before they begin ({span.first})."
        elif span.last > today:
            message = f"{span.last} is yet to come; the last day that can be read is {today}."
        elif span.first < EARLIEST:
            message = f"{span.first} lies before 24 August 1991; name a later day."
        else:
            return span
        raise UserError(message)

    def _said(self, today: date) -> Span:
        if self.around is not None and self.first is None and self.last is None:
            reach = timedelta(days=AROUND if self.days is None else self.days)
            return Span(self.around - reach, max(self.around, min(self.around + reach, today)))
        if self.around is None and self.first is not None and self.days is None:
            return Span(self.first, self.last or today)
        message = "Say which days: --from 2024-02-10 --to 2024-02-20, or --around 2024-02-16 --days 3."
        raise UserError(message)

    def languages(self, outlet: Outlet) -> tuple[str, ...]:
        """The editions of an outlet to read: its first, unless others or all were asked for."""
        if self.every_edition:
            return outlet.languages
        if self.editions:
            return tuple(language for language in outlet.languages if language in self.editions)
        return outlet.languages[:1]
