"""The views analysts may rely on: plain SQL that means the same on both engines."""

from dataclasses import dataclass

from storage.models.columns import METADATA
from storage.models.ledger import LedgerHistory


@dataclass(frozen=True)
class View:
    """A view: its comment, the comments of its columns in order, and the query behind it."""

    name: str
    comment: str
    columns: dict[str, str]
    query: str


_LEDGER_COLUMNS = (
    "history_id, line, guarantor, document, family, stage, stage_rank, acting_side, event_on_min, event_on_max, "
    "event_day_min, event_day_max, precision, planned_on, planned_day, place, status, confirmed_by, is_hedged, "
    "block_kind, condition_kind, speakers, texts, outlets, first_published_at, best_claim, deciding, known_from, "
    "rules_version, cause"
)

_HISTORY = METADATA.tables[str(LedgerHistory.__tablename__)]

LEDGER = View(
    name="ledger",
    comment="The ledger as it stands now: the open rows of ledger_history.",
    columns={name: str(_HISTORY.c[name].comment) for name in _LEDGER_COLUMNS.split(", ")},
    query=f"SELECT {_LEDGER_COLUMNS} FROM ledger_history WHERE known_to IS NULL",  # noqa: S608 - constants
)

STORIES = View(
    name="stories",
    comment="Groups of articles that tell of one event.",
    columns={
        "story_id": "Article id of the earliest article.",
        "headline": "Headline of that article.",
        "articles": "Number of articles.",
        "outlets": "Number of distinct outlets.",
        "first_published_at": "Earliest publication (UTC).",
        "last_published_at": "Latest publication (UTC).",
        "first_day": "Kyiv day of the earliest publication as days since 1970-01-01.",
        "last_day": "Kyiv day of the latest publication as days since 1970-01-01.",
    },
    query=(
        "SELECT a.story_id AS story_id, "
        "min(CASE WHEN a.article_id = a.story_id THEN a.headline END) AS headline, "
        "count(*) AS articles, count(DISTINCT a.outlet) AS outlets, "
        "min(a.published_at) AS first_published_at, max(a.published_at) AS last_published_at, "
        "min(a.published_day) AS first_day, max(a.published_day) AS last_day "
        "FROM articles a WHERE a.story_id IS NOT NULL GROUP BY a.story_id"
    ),
)

CELLS = View(
    name="cells",
    comment="Outlet x language x day of publication in Kyiv: how much was listed and how much was read.",
    columns={
        "outlet": "Slug of the outlet.",
        "language": "Language of the edition; null where the index did not say.",
        "published_on": "Day in Kyiv; null collects what was listed or read without a day.",
        "published_day": "published_on as days since 1970-01-01.",
        "expected": "How many articles the outlet published that day; null, since nobody knows.",
        "listed": "Addresses that indexes named for that day.",
        "read": "Articles of that day that were read.",
        "gap_possible": "1 where an index of the edition could not be read, so that nobody knows what is missing.",
    },
    query=(
        "SELECT outlet, language, published_on, published_day, CAST(NULL AS INTEGER) AS expected, "
        "sum(listed) AS listed, sum(was_read) AS read, "
        "CASE WHEN EXISTS (SELECT 1 FROM units u WHERE u.outlet = seen.outlet AND u.edition = seen.language "
        "AND u.listed IS NULL AND u.outcome NOT IN ('not_found', 'gone', 'not_modified')) "
        "THEN 1 ELSE 0 END AS gap_possible FROM ("
        "SELECT outlet, language, published_hint_on AS published_on, published_hint_day AS published_day, "
        "1 AS listed, 0 AS was_read FROM leads "
        "UNION ALL SELECT outlet, language, published_on, published_day, 0, 1 FROM articles"
        ") AS seen GROUP BY outlet, language, published_on, published_day"
    ),
)

VIEWS = (LEDGER, STORIES, CELLS)
