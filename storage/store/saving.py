"""Writing one batch: everything hangs together, so it runs in one transaction the store has opened."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.batch import ArticleIdentity, Batch, ReadPage
from storage.dialect import insert_missing, upsert
from storage.errors import StoreError
from storage.models import TABLES, Row
from storage.rows import Values, complete, reading_parts, reading_row
from storage.store.derived import (
    PARTS,
    capture_order,
    delete_orphans,
    fill_missing_readings,
    refresh_articles,
    version_rows,
)
from storage.store.queries import filed_of, latest_filing
from storage.store.stories import reopen_stories
from storage.store.transactions import chunks, delete_gone, delete_where, rows_where
from storage.store.works import set_works

FIRST_STORED = frozenset({"run_id", "warc_file", "warc_offset"})
"""Columns of a page that keep what was first stored: the same capture met again is no change."""


def save(connection: Connection, batch: Batch, now: datetime) -> Counter[str]:
    """Write a batch; returns rows inserted, changed or removed by table. The same batch again writes nothing."""
    done: Counter[str] = Counter()
    _check(connection, batch)
    _add_articles(connection, batch.articles)  # first, so that new articles, too, can be locked before they are read
    captures, touched = _captures_after(connection, batch)
    reopen_stories(connection, [one.article_id for one in batch.identities])
    versions = sorted(version_rows(captures), key=lambda row: int(row["version_id"]))
    done["versions"] += upsert(connection, TABLES["versions"], versions, frozenset({"text_sha256", "cleaner_version"}))
    done["pages"] += _write_pages(connection, batch)
    done += _write_readings(connection, batch, captures)
    done["readings"] += fill_missing_readings(connection, versions)
    done += delete_orphans(connection, touched, versions)
    done += _write_addresses(connection, batch)
    done += write_identities(connection, batch.identities)
    plain: tuple[tuple[str, Sequence[Row]], ...] = (
        ("redirects", batch.redirects),
        ("outcomes", batch.outcomes),
        ("unit_leads", batch.unit_leads),
        ("alarms", batch.alarms),
    )
    for name, rows in plain:
        done[name] += write_rows(connection, name, rows)
    done["units"] += write_rows(connection, "units", batch.units, frozenset({"planned_at"}))
    done["leads"] += write_rows(connection, "leads", batch.leads, frozenset({"first_seen_at", "unit_id"}))
    done += refresh_articles(connection, touched, batch, now)
    done["articles"] += set_works(connection, batch.works)
    return done


def write_rows(connection: Connection, table_name: str, rows: Iterable[Row], keep: frozenset[str] = frozenset()) -> int:
    """Upsert validated rows (the last one of a key counts); says how many were inserted or changed."""
    table = TABLES[table_name]
    key = [column.name for column in table.primary_key]
    values = [complete(table, row.model_dump()) for row in rows]
    return upsert(connection, table, list({tuple(row[name] for name in key): row for row in values}.values()), keep)


def _check(connection: Connection, batch: Batch) -> None:
    for page in batch.pages:
        whole = None not in {page.version_id, page.text_sha256, page.cleaner_version}
        if page.article_id is not None and not whole:
            message = f"page {page.page_id} is an article but lacks its version, text hash or cleaner"
            raise StoreError(message)
    named = {page.reading.outlet for page in batch.articles}
    known = {row["outlet"] for row in rows_where(connection, "outlets", "outlet", named, ["outlet"])}
    if missing := sorted(named - known):
        message = f"the outlet {missing[0]!r} is not in the table outlets; load the outlets before its articles"
        raise StoreError(message)


CAPTURE_COLUMNS = ("page_id", "url", "fetched_at", "article_id", "version_id", "text_sha256", "cleaner_version")


def _captures_after(connection: Connection, batch: Batch) -> tuple[list[Values], set[int]]:
    """All captures, as they will stand after the batch, of every article it touches, and those articles."""
    new = {page.page_id: page.model_dump(include=set(CAPTURE_COLUMNS)) for page in batch.pages}
    filed = {one.page_id: one.version_id for one in batch.filed}
    known = [*new, *filed, *(page.page_id for page in batch.articles)]
    before = rows_where(connection, "pages", "page_id", known, CAPTURE_COLUMNS)
    touched = {row["article_id"] for row in (*before, *new.values()) if row["article_id"] is not None}
    touched |= {page.article_id for page in batch.articles}
    touched |= {one.article_id for one in batch.identities}
    named = rows_where(connection, "article_urls", "url", (page.url for page in batch.pages), ["article_id"])
    touched |= {row["article_id"] for row in named}
    _lock(connection, touched)
    captures = {
        row["page_id"]: row for row in rows_where(connection, "pages", "article_id", touched, CAPTURE_COLUMNS)
    } | new
    for page_id, version_id in filed.items():
        if page_id not in captures:
            message = f"page {page_id} cannot be filed under a version: it is no capture of an article"
            raise StoreError(message)
        captures[page_id] = captures[page_id] | {"version_id": version_id}
    for read in batch.articles:
        if captures.get(read.page_id, {}).get("version_id") != read.version_id:
            message = f"page {read.page_id} was read but is not handed in or on file under the same version"
            raise StoreError(message)
    return [row for row in captures.values() if row["version_id"] is not None], touched


def _lock(connection: Connection, articles: Iterable[int]) -> None:
    """Let no other writer change these articles before this transaction ends."""
    table = TABLES["articles"]
    for part in chunks(sorted(articles)):
        connection.execute(
            sa.select(table.c.article_id)
            .where(table.c.article_id.in_(part))
            .order_by(table.c.article_id)
            .with_for_update()
        )


def _add_articles(connection: Connection, pages: Sequence[ReadPage]) -> None:
    table = TABLES["articles"]
    rows = {
        page.article_id: complete(
            table,
            {
                "article_id": page.article_id,
                "outlet": page.reading.outlet,
                "identifier": page.identifier,
                "language": page.reading.language,
                "headline": page.reading.title,
                "authors": list(page.reading.authors),
                "published_precision": page.reading.published_precision,
                "date_source": page.reading.date_source,
            },
        )
        for page in pages
    }
    upsert(connection, table, [rows[key] for key in sorted(rows)], keep=frozenset(c.name for c in table.columns))


def _write_pages(connection: Connection, batch: Batch) -> int:
    table = TABLES["pages"]
    written = write_rows(connection, "pages", batch.pages, FIRST_STORED)
    if not batch.filed:
        return written
    moved = (
        sa.update(table)
        .where(table.c.page_id == sa.bindparam("moved_page"), table.c.version_id != sa.bindparam("new_version"))
        .values(version_id=sa.bindparam("new_version"))
    )
    rows = [{"moved_page": one.page_id, "new_version": one.version_id} for one in batch.filed]
    return written + connection.execute(moved, rows).rowcount


def _write_readings(connection: Connection, batch: Batch, captures: Sequence[Values]) -> Counter[str]:
    """The reading of a version is made from its earliest capture, whichever capture came first to be stored."""
    done: Counter[str] = Counter()
    order = {row["page_id"]: capture_order(row) for row in captures}
    chosen: dict[int, tuple[Values, ReadPage]] = {}
    for page in sorted(batch.articles, key=lambda one: order[one.page_id]):
        row = reading_row(page, batch.cleaner_version, batch.rules_version)
        chosen.setdefault(row["reading_id"], (row, page))
    names = ("reading_id", "page_id", "rules_version")
    for old in rows_where(connection, "readings", "reading_id", list(chosen), names):
        row, page = chosen[old["reading_id"]]
        stays = old["page_id"] in order and order[old["page_id"]] < order[page.page_id]
        if stays and old["rules_version"] == row["rules_version"]:
            del chosen[old["reading_id"]]
    done["readings"] += upsert(connection, TABLES["readings"], [row for row, _ in chosen.values()])
    parts: dict[str, list[Values]] = {name: [] for name in PARTS}
    for reading_id, (_, page) in chosen.items():
        for name, rows in reading_parts(page, reading_id, batch.rules_version).items():
            parts[name] += rows
    for name in PARTS:
        done[name] += delete_gone(connection, name, "reading_id", list(chosen), parts[name])
        done[name] += upsert(connection, TABLES[name], parts[name])
    _supersede(connection, chosen)
    return done


def _supersede(connection: Connection, chosen: dict[int, Any]) -> None:
    table = TABLES["readings"]
    versions = {row["version_id"]: reading_id for reading_id, (row, _) in chosen.items()}
    for part in chunks(versions):
        stay = [versions[version] for version in part]
        connection.execute(
            sa.update(table)
            .where(table.c.version_id.in_(part), table.c.reading_id.not_in(stay), table.c.is_current == 1)
            .values(is_current=False)
        )


def _write_addresses(connection: Connection, batch: Batch) -> Counter[str]:
    pages = {page.page_id: page.url for page in batch.pages}
    rows: dict[str, Values] = {}
    for page in batch.articles:
        named = ((pages.get(page.page_id), "fetched"), (page.reading.url, "seen"))
        for url, kind in (*named, (page.reading.canonical_url, "canonical")):
            if url:
                rows[url] = {"url": url, "article_id": page.article_id, "kind": kind}
    for given in batch.urls:
        rows.setdefault(given.url, given.model_dump())
    return Counter(article_urls=upsert(connection, TABLES["article_urls"], list(rows.values())))


def write_identities(connection: Connection, identities: Sequence[ArticleIdentity]) -> Counter[str]:
    """Replace the relations of articles and what they are filed under; says how many rows were written or removed."""
    done: Counter[str] = Counter()
    pairs = {
        (*sorted((one.article_id, other.other_article_id)), other.kind): (other.score, one.algorithm, list(other.why))
        for one in identities
        for other in one.relations
    }
    relations = [
        dict(zip(("article_id", "other_article_id", "kind", "score", "algorithm", "why"), (*key, *told), strict=True))
        for key, told in sorted(pairs.items())
    ]
    ids = [one.article_id for one in identities]
    for name, owner, rows in (
        ("relations", "article_id", relations),
        ("relations", "other_article_id", relations),
    ):
        done[name] += delete_gone(connection, name, owner, ids, rows)
    done["relations"] += upsert(connection, TABLES["relations"], relations)
    done["signatures"] += _file(connection, identities)
    return done


def _file(connection: Connection, identities: Sequence[ArticleIdentity]) -> int:
    """File each article as it is to be found; says how many rows were written or removed."""
    held = filed_of(connection, [one.article_id for one in identities])
    now = {one.article_id: one.filed for one in identities}
    gone = [article for article, filed in held.items() if now[article] != filed]
    filing = latest_filing(connection) + 1
    new = [
        (filed.day, article, *filed[2:], filing)
        for article, filed in now.items()
        if filed is not None and held.get(article) != filed
    ]
    removed = delete_where(connection, "signatures", "article_id", gone)
    return removed + insert_missing(connection, TABLES["signatures"], sorted(new))
