"""What was searched: the basis that every answer names."""

from datetime import date
from typing import Any

from flows.ledger_words import in_words
from storage import keys
from storage.store import Store

_READ = """
select a.outlet, a.language, count(*) as articles, min(a.published_on) as first_on, max(a.published_on) as last_on,
       count(distinct a.published_day) as days
from articles a
where (cast(:until as integer) is null or a.published_day <= :until)
  and (cast(:outlet as text) is null or a.outlet = :outlet)
group by a.outlet, a.language order by a.outlet, a.language
"""


def coverage_of(store: Store, *, until: date | None = None, outlet: str | None = None) -> dict[str, Any]:
    """Articles, outlets, languages and days of publication on file; `first_on` and `last_on` are Kyiv days or None.

    `until` keeps what was published up to that day, `outlet` (a slug) what one outlet published.
    """
    rows = [
        row | {name: _day(row[name]) for name in ("first_on", "last_on")}
        for row in store.rows(_READ, until=keys.day_number(until) if until else None, outlet=outlet)
    ]
    days = [row[name] for row in rows for name in ("first_on", "last_on") if row[name] is not None]
    return {
        "articles": sum(row["articles"] for row in rows),
        "outlets": sorted({row["outlet"] for row in rows}),
        "languages": sorted({row["language"] for row in rows}),
        "first_on": min(days, default=None),
        "last_on": max(days, default=None),
        "editions": rows,
    }


def coverage_in_words(coverage: dict[str, Any]) -> str:
    """One line for people."""
    if not coverage["articles"]:
        return "nothing yet; this database holds no article."
    days = ""
    if coverage["first_on"]:
        first, last = coverage["first_on"], coverage["last_on"]
        days = f", published {in_words(first)}" + (f" – {in_words(last)}" if first != last else "")
    return (
        f"{coverage['articles']} articles of {len(coverage['outlets'])} outlets ({', '.join(coverage['outlets'])}) "
        f"in {', '.join(coverage['languages'])}{days}. Not a complete record: how much was published is not known."
    )


def _day(value: object) -> date | None:
    """A day as plain SQL hands it over: SQLite has no type of its own for it."""
    return date.fromisoformat(str(value)) if value else None
