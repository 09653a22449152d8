"""What a run saw of an outlet's indexes, from its requests and the units on file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from crawlers.leads.moments import template_numbers
from crawlers.outlet import Index, Outlet
from flows.plain_sql import day, moment
from flows.seen_rows import RunRows
from flows.watch_indexes import NOT_THERE
from flows.watch_records import ANSWERED, IndexSeen
from storage.store import Store
from storage.terms import Outcome

_UNITS = """
select u.index_url, u.covers_to, u.read_at, u.outcome, u.listed,
       case when exists (select 1 from unit_leads n where n.unit_id = u.unit_id) then 1 else 0 end as has_listed
from units u where u.outlet = :outlet
"""


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """One unit as it stands: `is_asked` in this run, `is_read` whole in it; `has_listed` something at any time."""

    url: str
    covers_to: date | None
    listed: int | None
    outcome: Outcome | None
    is_asked: bool
    is_read: bool
    has_listed: bool


def indexes_of(outlet: Outlet, run: RunRows) -> tuple[IndexSeen, ...]:
    """What became of the requests for each index."""
    found: dict[str, tuple[Index, Counter[Outcome]]] = {}
    for url, outcome in run.asked(outlet).indexes.items():
        index = _index_at(url, outlet)
        found.setdefault(index.url, (index, Counter()))[1][outcome] += 1
    return tuple(
        IndexSeen(
            address=index.url,
            edition=index.language,
            kind=index.kind,
            outcomes=outcomes,
            may_be_blocked=index.may_be_blocked,
            is_daily=index.kind == "day_list",
        )
        for index, outcomes in found.values()
    )


def _index_at(url: str, outlet: Outlet) -> Index:
    """The index an address is of; a further sitemap or page that one links to is taken for an index of its own."""
    for index in outlet.indexes:
        if template_numbers(index.url, url) is not None:
            return index
    edition = outlet.edition_of(url) or outlet.editions[0]
    return Index(kind="sitemap_index", url=url.replace("{", "%7B").replace("}", "%7D"), language=edition.language)


def units_of(outlet: Outlet, run: RunRows, store: Store) -> list[UnitSeen]:
    """The units of an outlet on file."""
    asked = run.asked(outlet).indexes
    return [
        UnitSeen(
            url=row["index_url"],
            covers_to=day(row["covers_to"]),
            listed=row["listed"],
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            is_asked=row["index_url"] in asked,
            is_read=run.holds(moment(row["read_at"])),
            has_listed=bool(row["has_listed"]),
        )
        for row in store.rows(_UNITS, outlet=outlet.slug)
    ]


def with_units(one: IndexSeen, units: Iterable[UnitSeen], today: date) -> IndexSeen:
    """An index with what its units tell: what it named tonight and before, and whether it could be read at all."""
    ours = [unit for unit in units if template_numbers(one.address, unit.url) is not None]
    asked = [unit for unit in ours if unit.is_asked]
    ended = [unit for unit in ours if unit.covers_to is not None and unit.covers_to < today]
    usual = [unit.listed for unit in ended if unit.listed is not None and not unit.is_asked]
    is_known = bool(asked) and all(unit.listed is not None and unit.is_read for unit in asked)
    return replace(
        one,
        outcomes=_with_unreadable(one, asked),
        listed=sum(unit.listed or 0 for unit in asked) if is_known else None,
        has_listed=any(unit.has_listed for unit in ours),
        whole_days=sum(unit.is_asked for unit in ended),
        usual_a_day=sum(usual) / len(usual) if usual else None,
    )


def _with_unreadable(one: IndexSeen, asked: Iterable[UnitSeen]) -> Counter[Outcome]:
    """A unit of which every page came and that still lists nobody knows what could not be read."""
    outcomes = Counter(one.outcomes)
    if set(outcomes) <= ANSWERED | NOT_THERE:
        unreadable = sum(unit.listed is None and unit.outcome is Outcome.FETCHED for unit in asked)
        outcomes = outcomes - Counter({Outcome.FETCHED: unreadable}) + Counter({Outcome.UNREADABLE: unreadable})
    return outcomes
