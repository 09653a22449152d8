"""What is computed from rows on file: version numbers, missing readings, and the facts articles copy."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from storage import keys
from storage.batch import Batch
from storage.dialect import upsert
from storage.errors import StoreError
from storage.models import TABLES
from storage.rows import Values, complete, search_tokens
from storage.store.transactions import delete_where, rows_where
from storage.terms import Outcome

_EARLIEST = datetime.min.replace(tzinfo=UTC)

PARTS = (
    *("reading_paragraphs", "tags", "tag_evidence", "claims", "evidence"),
    *("statements", "statement_evidence", "person_mentions", "attributions"),
)
"""Tables whose rows hang on a reading, parents before children."""

COPIED = (
    *("outlet", "language", "headline", "authors", "section", "published_at", "published_on", "published_day"),
    *("published_precision", "date_source", "modified_at", "is_security_guarantees", "topic_score"),
)
"""Columns an article copies from its current reading."""


def capture_order(row: Values) -> tuple[bool, datetime, int]:
    """Order of captures in time; those of unknown time first."""
    return (row["fetched_at"] is not None, row["fetched_at"] or _EARLIEST, row["page_id"])


def version_rows(captures: Iterable[Values]) -> list[Values]:
    """The rows of `versions` for all captures of some articles, numbered in time order in each article."""
    members: defaultdict[tuple[int, int], list[Values]] = defaultdict(list)
    for row in sorted(captures, key=capture_order):
        members[row["article_id"], row["version_id"]].append(row)
    counted: Counter[int] = Counter()
    rows: list[Values] = []
    for (article_id, version_id), held in members.items():  # in order of their earliest capture
        counted[article_id] += 1
        rows.append(
            complete(
                TABLES["versions"],
                {
                    "version_id": version_id,
                    "article_id": article_id,
                    "n": counted[article_id],
                    "text_sha256": held[0]["text_sha256"],
                    "captured_at": held[0]["fetched_at"],
                    "last_seen_at": held[-1]["fetched_at"],
                    "first_page_id": held[0]["page_id"],
                    "cleaner_version": held[0]["cleaner_version"],
                },
            )
        )
    return rows


def fill_missing_readings(connection: Connection, versions: Sequence[Values]) -> int:
    """Give every version that has no reading a copy of one with the same text; says how many were copied.

    That happens when a capture arrives late and parts a run of equal captures in two.
    Raises StoreError for a version whose text nobody has read.
    """
    ids = [row["version_id"] for row in versions]
    have = {row["version_id"] for row in rows_where(connection, "readings", "version_id", ids, ["version_id"])}
    copied = 0
    for version in versions:
        if version["version_id"] in have:
            continue
        same = (
            row
            for row in rows_where(connection, "readings", "article_id", [version["article_id"]])
            if row["text_sha256"] == version["text_sha256"]
        )
        source = min(same, key=lambda row: (not row["is_current"], row["reading_id"]), default=None)
        if source is None:
            message = f"version {version['version_id']} has no reading; hand in the reading with its page"
            raise StoreError(message)
        _copy_reading(connection, source, version)
        copied += 1
    return copied


def _copy_reading(connection: Connection, source: Values, version: Values) -> None:
    ids = {
        "reading_id": keys.reading_id(version["version_id"], source["cleaner_version"]),
        "version_id": version["version_id"],
    }
    copy = source | ids | {"page_id": version["first_page_id"], "is_current": True}
    upsert(connection, TABLES["readings"], [copy])
    for name in PARTS:
        rows = rows_where(connection, name, "reading_id", [source["reading_id"]])
        changed = [row | {key: ids[key] for key in ids if key in row} for row in rows]
        upsert(connection, TABLES[name], changed)


def delete_orphans(connection: Connection, touched: Iterable[int], versions: Sequence[Values]) -> Counter[str]:
    """Remove the versions of touched articles that no capture shows any more, and articles left with none."""
    stay = {row["version_id"] for row in versions}
    alive = {row["article_id"] for row in versions}
    held = rows_where(connection, "versions", "article_id", touched, ["version_id"])
    orphans = [row["version_id"] for row in held if row["version_id"] not in stay]
    gone = [article for article in touched if article not in alive]
    return Counter(
        versions=delete_where(connection, "versions", "version_id", orphans),
        articles=delete_where(connection, "articles", "article_id", gone),
        signatures=delete_where(connection, "signatures", "article_id", gone),
    )


def refresh_articles(connection: Connection, touched: set[int], batch: Batch, now: datetime) -> Counter[str]:
    """Make the copied facts of articles anew from their current reading, and what search looks in."""
    versions: dict[int, list[Values]] = defaultdict(list)
    for row in rows_where(connection, "versions", "article_id", touched):
        versions[row["article_id"]].append(row)
    current = {article: max(rows, key=lambda row: row["n"])["version_id"] for article, rows in versions.items()}
    names = ("article_id", "version_id", "reading_id", "is_current", "canonical_url", "url", *COPIED)
    readings = {
        row["article_id"]: row
        for row in rows_where(connection, "readings", "version_id", current.values(), names)
        if row["is_current"]
    }
    groups = {one.article_id: {"work_id": one.work_id, "story_id": one.story_id} for one in batch.identities}
    vanished = _vanished(connection, {article: _last_seen(rows) for article, rows in versions.items()})
    rows = []
    for old in rows_where(connection, "articles", "article_id", sorted(readings)):
        reading = readings[old["article_id"]]
        seen = [row["captured_at"] for row in versions[old["article_id"]] if row["captured_at"] is not None]
        facts = {name: reading[name] for name in COPIED} | {
            "url": reading["canonical_url"] or reading["url"],
            "first_seen_at": min(seen, default=old["first_seen_at"] or now),
            "vanished_at": vanished.get(old["article_id"]),
            "current_version_id": reading["version_id"],
            "current_reading_id": reading["reading_id"],
        }
        rows.append(old | facts | groups.get(old["article_id"], {}))
    done = Counter(articles=upsert(connection, TABLES["articles"], rows))
    done["search_texts"] += _refresh_search(connection, rows, batch)
    return done


def _last_seen(versions: Iterable[Values]) -> datetime | None:
    return max((row["last_seen_at"] for row in versions if row["last_seen_at"] is not None), default=None)


def _vanished(connection: Connection, last_seen: dict[int, datetime | None]) -> dict[int, datetime]:
    """When each article was first answered with not found or gone after its last capture."""
    addresses = rows_where(connection, "article_urls", "article_id", last_seen, ["url", "article_id"])
    article_of = {row["url"]: row["article_id"] for row in addresses}
    answers = rows_where(connection, "pages", "url", article_of, ["url", "fetched_at", "outcome"])
    found: dict[int, datetime] = {}
    for row in answers:
        article = article_of[row["url"]]
        moment, seen = row["fetched_at"], last_seen[article]
        if row["outcome"] in {Outcome.NOT_FOUND, Outcome.GONE} and moment and (seen is None or moment > seen):
            found[article] = min(moment, found.get(article, moment))
    return found


def _refresh_search(connection: Connection, articles: Sequence[Values], batch: Batch) -> int:
    given = {(page.article_id, page.version_id): page for page in batch.articles}
    ids = [row["article_id"] for row in articles]
    on_file = {row["article_id"]: row for row in rows_where(connection, "search_texts", "article_id", ids)}
    rows: list[dict[str, Any]] = []
    for article in articles:
        page = given.get((article["article_id"], article["current_version_id"]))
        tokens = on_file.get(article["article_id"])
        if page is not None:
            tokens = {
                "headline_tokens": search_tokens(page.headline_tokens),
                "body_tokens": search_tokens(page.body_tokens),
            }
        if tokens is not None:
            more = {"article_id": article["article_id"], "reading_id": article["current_reading_id"]}
            rows.append(dict(tokens) | more | {"published_day": article["published_day"]})
    return upsert(connection, TABLES["search_texts"], rows)
