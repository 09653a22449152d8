"""Coverage as a calendar: what was read of each outlet's editions on each day, of how much, and why some is missing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from flows.plain_sql import day
from storage import keys
from storage.store import Store

_CELLS = """
select outlet, language, published_on, expected, expected_from, listed, read, unread from cells
where published_day between :first and :last and language is not null order by outlet, language, published_day
"""
_UNREAD = """
select l.outlet, l.language, coalesce(min(o.outcome), 'not asked yet') as reason, l.url
from leads l left join article_urls k on k.url = l.url
left join (select url, max(at) as at from outcomes where stage = 'fetch' group by url) as last on last.url = l.url
left join outcomes o on o.url = last.url and o.at = last.at and o.stage = 'fetch'
where k.url is null and l.published_hint_day between :first and :last and l.language is not null
group by l.outlet, l.language, l.url order by l.outlet, l.language
"""
_INDEXES = """
select u.outlet, u.edition as language, u.kind, u.outcome, count(*) as units from units u
where u.listed is null and u.outcome is not null and u.outcome not in ('not_found', 'gone', 'not_modified')
  and (u.covers_to is null or cast(u.covers_to as text) >= :first_on)
  and (u.covers_from is null or cast(u.covers_from as text) <= :last_on)
group by u.outlet, u.edition, u.kind, u.outcome order by u.outlet, u.edition, u.kind
"""

Edition = tuple[str, str]
Fullness = Literal["whole", "partly", "unknown", "nothing"]


@dataclass(frozen=True)
class Cell:
    """One edition on one Kyiv day. `expected` is None where nobody knows how much was published."""

    on: date
    read: int = 0
    listed: int = 0
    expected: int | None = None
    expected_from: str | None = None

    @property
    def fullness(self) -> Fullness:
        """How much of what is expected was read."""
        if self.expected is None:
            return "unknown" if self.read or self.listed else "nothing"
        return "whole" if self.read >= self.expected else "partly"

    def shown(self) -> str:
        """`9/12` of known, `12` all of known, `9/?` where nobody knows, a dash where nothing was read or listed."""
        if self.expected is None:
            known = f"{self.read}/{self.listed}+?" if self.listed > self.read else f"{self.read}/?"
            return known if self.read or self.listed else "–"
        return str(self.read) if self.read >= self.expected else f"{self.read}/{self.expected}"


@dataclass
class Line:
    """One edition of an outlet: a cell a day, pages its indexes named and nobody read by reason, unreadable indexes."""

    outlet: str
    language: str
    cells: list[Cell]
    unread: Counter[str] = field(default_factory=Counter)
    shut: Counter[str] = field(default_factory=Counter)

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is known of these days."""
        return all(cell.fullness == "nothing" for cell in self.cells)

    @property
    def read(self) -> int:
        """Articles read."""
        return sum(cell.read for cell in self.cells)


def calendar_of(store: Store, editions: Sequence[Edition], first: date, last: date) -> list[Line]:
    """A line for each edition (outlet, language), of the Kyiv days from first to last, both inclusive."""
    span = {"first": keys.day_number(first), "last": keys.day_number(last)}
    days = [first + timedelta(days=nth) for nth in range((last - first).days + 1)]
    cells: dict[Edition, dict[date, Cell]] = defaultdict(dict)
    for row in store.rows(_CELLS, **span):
        on = day(row["published_on"])
        if on is not None:
            expected = None if row["expected"] is None else int(row["expected"])
            cell = Cell(on, int(row["read"]), int(row["listed"]), expected, row["expected_from"])
            cells[row["outlet"], row["language"]][on] = cell
    unread: dict[Edition, Counter[str]] = defaultdict(Counter)
    for row in store.rows(_UNREAD, **span):
        unread[row["outlet"], row["language"]][row["reason"]] += 1
    shut: dict[Edition, Counter[str]] = defaultdict(Counter)
    for row in store.rows(_INDEXES, first_on=first.isoformat(), last_on=last.isoformat()):
        shut[row["outlet"], row["language"]][f"{row['kind']} {row['outcome']}"] += row["units"]
    return [Line(*one, [cells[one].get(on, Cell(on)) for on in days], unread[one], shut[one]) for one in editions]


def editions_on_file(store: Store, first: date, last: date) -> list[Edition]:
    """The editions of which something was read or listed on these Kyiv days."""
    rows = store.rows(_CELLS, first=keys.day_number(first), last=keys.day_number(last))
    return list(dict.fromkeys((row["outlet"], row["language"]) for row in rows))


def last_day_of_interest(store: Store, today: date) -> date:
    """Today, or the latest day of publication on file where that is later, as in the demo."""
    latest = day(store.rows("select max(published_on) as latest from articles")[0]["latest"])
    return max(today, latest) if latest else today
