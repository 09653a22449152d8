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

_WHOLE_DAY = (
    "FROM units u WHERE u.outlet = cell.outlet AND u.edition = cell.language AND u.listed IS NOT NULL "
    "AND u.kind IN ('month_sitemap', 'week_sitemap', 'sitemap_index', 'day_list', 'page_list') "
    "AND u.covers_from <= cell.published_on AND u.covers_to >= cell.published_on AND u.read_on > cell.published_on"
)
"""An index that covers the day and was read after it had ended."""

CELLS = View(
    name="cells",
    comment="Outlet x language x day of publication in Kyiv: how much was listed and how much was read.",
    columns={
        "outlet": "Slug of the outlet.",
        "language": "Language of the edition; null where the index did not say.",
        "published_on": "Day in Kyiv: the article's own where it was read, else the one its index gave; null collects "
        "what has no day.",
        "published_day": "published_on as days since 1970-01-01.",
        "expected": "How many articles the outlet's indexes name for that day, if one that covers the whole day was "
        "read after it had ended; null where none was: nobody knows.",
        "expected_from": "Kind of that index; null where nobody knows.",
        "listed": "Articles that indexes named for that day.",
        "read": "Articles of that day that were read, named by an index or not.",
        "unread": "Articles that indexes named for that day and that were not read.",
        "gap_possible": "1 where an index of the edition could not be read, so that nobody knows what is missing.",
    },
    query=(
        "SELECT outlet, language, published_on, published_day, "  # noqa: S608 - constants
        f"CASE WHEN EXISTS (SELECT 1 {_WHOLE_DAY}) THEN listed END AS expected, "
        f'(SELECT min(u.kind) {_WHOLE_DAY}) AS expected_from, listed, "read", unread, '
        "CASE WHEN EXISTS (SELECT 1 FROM units u WHERE u.outlet = cell.outlet AND u.edition = cell.language "
        "AND u.listed IS NULL AND u.outcome NOT IN ('not_found', 'gone', 'not_modified')) "
        "THEN 1 ELSE 0 END AS gap_possible FROM ("
        "SELECT outlet, language, published_on, published_day, count(DISTINCT named) AS listed, "
        'count(DISTINCT article) AS "read", count(DISTINCT CASE WHEN article IS NULL THEN named END) AS unread FROM ('
        "SELECT l.outlet AS outlet, l.language AS language, "
        "CASE WHEN a.article_id IS NULL THEN l.published_hint_on ELSE a.published_on END AS published_on, "
        "CASE WHEN a.article_id IS NULL THEN l.published_hint_day ELSE a.published_day END AS published_day, "
        "CASE WHEN a.article_id IS NULL THEN l.url ELSE CAST(a.article_id AS TEXT) END AS named, "
        "a.article_id AS article FROM leads l LEFT JOIN article_urls k ON k.url = l.url "
        "LEFT JOIN articles a ON a.article_id = k.article_id "
        "UNION ALL SELECT outlet, language, published_on, published_day, NULL, article_id FROM articles"
        ") AS seen GROUP BY outlet, language, published_on, published_day) AS cell"
    ),
)

VIEWS = (LEDGER, STORIES, CELLS)
