"""Questions the flows and the command line ask; each takes the connection of a transaction the store has opened."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.dialect import has_all_words, is_among, plain_rows
from storage.keys import published_by
from storage.models import TABLES, UnitRow
from storage.records import Filed, FiledRow, Paragraph
from storage.rows import Values, search_tokens
from storage.store.derived import capture_order
from storage.store.transactions import chunks, rows_where
from storage.terms import Language, UnitState, Zone

_NO_DAY = -1_000_000


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A capture of an article, as the version step needs it, and where its bytes lie. `fetched_at` is in UTC."""

    page_id: int
    article_id: int
    version_id: int
    url: str
    outlet: str | None
    content_type: str | None
    fetched_at: datetime | None
    payload_sha256: str
    text_sha256: str
    cleaner_version: str
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class StoredText:
    """The current reading of an article. `published_at` is in UTC, `published_on` its Kyiv day."""

    article_id: int
    reading_id: int
    version_id: int
    outlet: str
    url: str | None
    language: Language
    headline: str
    text_full: str
    text_sha256: str
    paragraphs: tuple[Paragraph, ...]
    published_at: datetime | None
    published_precision: str
    published_on: date | None
    canonical_url: str | None
    translations: dict[str, str]
    work_id: int | None
    story_id: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search. `headline_hits` counts the asked words that stand in the headline."""

    article_id: int
    reading_id: int
    outlet: str
    language: Language
    headline: str
    url: str | None
    published_at: datetime | None
    published_on: date | None
    headline_hits: int


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a search is restricted to; days are Kyiv days of publication, both included."""

    outlet: str | None = None
    language: Language | None = None
    from_on: date | None = None
    to_on: date | None = None
    topic: str | None = None


def known_pages(connection: Connection, page_ids: Iterable[int]) -> set[int]:
    """Those of the captures that are on file."""
    return {row["page_id"] for row in rows_where(connection, "pages", "page_id", page_ids, ["page_id"])}


def articles_of_urls(connection: Connection, urls: Iterable[str]) -> dict[str, int]:
    """The article of each address that is on file."""
    rows = rows_where(connection, "article_urls", "url", urls, ["url", "article_id"])
    return {row["url"]: row["article_id"] for row in rows}


def article_captures(connection: Connection, article_ids: Iterable[int]) -> dict[int, list[StoredCapture]]:
    """The captures of each article in time order, those of unknown time first."""
    names = list(StoredCapture.__dataclass_fields__)
    found: defaultdict[int, list[StoredCapture]] = defaultdict(list)
    for row in sorted(rows_where(connection, "pages", "article_id", article_ids, names), key=capture_order):
        found[row["article_id"]].append(StoredCapture(**row))
    return dict(found)


def filed_between(connection: Connection, first_day: int, last_day: int) -> list[FiledRow]:
    """What the articles of those days are filed under, those for which another stands left out."""
    table = TABLES["signatures"]
    query = sa.select(*(table.c[name] for name in Filed._fields)).where(
        table.c.day.between(first_day, last_day), table.c.bands != b""
    )
    found: list[FiledRow] = plain_rows(connection, query)
    return found


def latest_filing(connection: Connection) -> int:
    """The number of the latest filing; 0 where nothing is filed."""
    return connection.execute(sa.select(sa.func.max(TABLES["signatures"].c.filing))).scalar_one() or 0


def filed_since(connection: Connection, filing: int) -> list[FiledRow]:
    """What articles were filed under by later filings, with or without bands."""
    table = TABLES["signatures"]
    query = sa.select(*(table.c[name] for name in Filed._fields)).where(table.c.filing > filing)
    found: list[FiledRow] = plain_rows(connection, query)
    return found


def filed_as(connection: Connection, text_keys: Iterable[int]) -> list[Filed]:
    """The articles whose words have one of those hashes."""
    return list(starmap(Filed, _among(connection, "signatures", "text_key", text_keys, Filed._fields)))


def filed_of(connection: Connection, article_ids: Iterable[int]) -> dict[int, Filed]:
    """What each of the articles is filed under; those filed under nothing are left out."""
    rows = _among(connection, "signatures", "article_id", article_ids, Filed._fields)
    return {filed.article_id: filed for filed in starmap(Filed, rows)}


def published_of(connection: Connection, article_ids: Iterable[int]) -> dict[int, datetime | None]:
    """The moment by which each of the articles that are on file was published (UTC), see `keys.published_by`."""
    names = ("article_id", "published_at", "published_precision")
    rows = _among(connection, "articles", "article_id", article_ids, names)
    return {article: published_by(moment, precision) for article, moment, precision in rows}


def _among(
    connection: Connection, table_name: str, column: str, ids: Iterable[int], names: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    table = TABLES[table_name]
    for part in chunks(sorted(set(ids))):
        query = sa.select(*(table.c[name] for name in names)).where(is_among(connection.dialect, table.c[column], part))
        yield from (tuple(row) for row in connection.execute(query))


def texts_of(connection: Connection, article_ids: Iterable[int]) -> list[StoredText]:
    """The current readings of the articles that are on file, by article id."""
    articles, readings = TABLES["articles"], TABLES["readings"]
    named = ("reading_id", "version_id", "text_full", "text_sha256", "canonical_url", "translations")
    copied = ("article_id", "outlet", "url", "language", "headline", "work_id", "story_id")
    dated = ("published_at", "published_precision", "published_on")
    found: list[StoredText] = []
    for part in chunks(sorted(set(article_ids))):
        query = (
            sa.select(
                *(articles.c[name] for name in (*copied, *dated)),
                *(readings.c[name] for name in named),
            )
            .join(readings, readings.c.reading_id == articles.c.current_reading_id)
            .where(articles.c.article_id.in_(part))
            .order_by(articles.c.article_id)
        )
        rows = [dict(row) for row in connection.execute(query).mappings()]
        spans: defaultdict[int, list[Values]] = defaultdict(list)
        for row in rows_where(connection, "reading_paragraphs", "reading_id", [row["reading_id"] for row in rows]):
            spans[row["reading_id"]].append(row)
        found += [_stored_text(row, spans[row["reading_id"]]) for row in rows]
    return found


def _stored_text(row: Values, spans: Iterable[Values]) -> StoredText:
    text = row["text_full"]
    paragraphs = tuple(
        Paragraph(
            text=text[span["span_start"] : span["span_end"]],
            zone=Zone(span["zone"]),
            start=span["span_start"],
            end=span["span_end"],
        )
        for span in sorted(spans, key=lambda span: span["n"])
    )
    return StoredText(**row | {"paragraphs": paragraphs, "language": Language(row["language"])})


def search(connection: Connection, words: Sequence[str], limit: int, within: SearchFilter) -> list[Hit]:
    """Articles whose current reading holds every word; a word is one token, or alternatives separated by spaces.

    First those with most words in the headline, then the newest, then by id: the same order on both engines. Without
    words all on the topic that is asked for; without either none.
    """
    asked = [tokens for tokens in (search_tokens(word).split() for word in words) if tokens]
    if not asked and (words or within.topic is None):
        return []
    texts, articles = TABLES["search_texts"], TABLES["articles"]
    spaced = sa.literal(" ") + texts.c.headline_tokens + sa.literal(" ")
    in_headline: sa.ColumnElement[int] = sa.literal(0)
    for tokens in asked:
        in_headline += sa.case((sa.or_(*(spaced.like(f"% {token} %") for token in tokens)), 1), else_=0)
    hits = in_headline.label("headline_hits")
    names = ("article_id", "outlet", "language", "headline", "url", "published_at", "published_on")
    query = (
        sa.select(*(articles.c[name] for name in names), texts.c.reading_id, hits)
        .join_from(texts, articles, articles.c.article_id == texts.c.article_id)
        .order_by(hits.desc(), sa.func.coalesce(texts.c.published_day, _NO_DAY).desc(), texts.c.article_id)
        .limit(limit)
    )
    if asked:
        query = query.where(has_all_words(connection.dialect, asked))
    if within.topic is not None:
        tags = TABLES["tags"]
        is_on = sa.exists().where(tags.c.reading_id == texts.c.reading_id, tags.c.topic == within.topic)
        query = query.where(is_on)
    if within.outlet is not None:
        query = query.where(articles.c.outlet == within.outlet)
    if within.language is not None:
        query = query.where(articles.c.language == within.language)
    if within.from_on is not None:
        query = query.where(articles.c.published_on >= within.from_on)
    if within.to_on is not None:
        query = query.where(articles.c.published_on <= within.to_on)
    return [Hit(**dict(row) | {"language": Language(row["language"])}) for row in connection.execute(query).mappings()]


def unread_leads(connection: Connection, outlet: str, limit: int, since_on: date | None = None) -> list[Values]:
    """Leads of an outlet that no capture was ever made of, newest first; `since_on` is a Kyiv day."""
    leads, pages = TABLES["leads"], TABLES["pages"]
    fetched = sa.select(pages.c.page_id).where(pages.c.url == leads.c.url).exists()
    day = sa.func.coalesce(leads.c.published_hint_day, _NO_DAY)
    query = sa.select(leads).where(leads.c.outlet == outlet, ~fetched).order_by(day.desc(), leads.c.url).limit(limit)
    if since_on is not None:
        query = query.where(sa.or_(leads.c.published_hint_on.is_(None), leads.c.published_hint_on >= since_on))
    return [dict(row) for row in connection.execute(query).mappings()]


def leads_of_unit(connection: Connection, unit_id: int) -> list[Values]:
    """What the index of a unit named, oldest first."""
    leads, listed = TABLES["leads"], TABLES["unit_leads"]
    query = sa.select(leads).join(listed, listed.c.url == leads.c.url).where(listed.c.unit_id == unit_id)
    return [dict(row) for row in connection.execute(query.order_by(leads.c.published_hint_at, leads.c.url)).mappings()]


def units(connection: Connection, outlet: str | None, state: UnitState | None) -> list[UnitRow]:
    """Work units, by id."""
    table = TABLES["units"]
    query = sa.select(table).order_by(table.c.unit_id)
    if outlet is not None:
        query = query.where(table.c.outlet == outlet)
    if state is not None:
        query = query.where(table.c.state == state)
    return [UnitRow.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def quote_mismatches(connection: Connection) -> int:
    """How many quotes on file are not the characters their offsets name; always 0 in a sound database."""
    readings = TABLES["readings"]
    wrong = 0
    for name in ("evidence", "statement_evidence", "tag_evidence", "attributions"):
        spans = TABLES[name]
        stands = sa.func.substr(readings.c.text_full, spans.c.span_start + 1, spans.c.span_end - spans.c.span_start)
        query = (
            sa.select(sa.func.count())
            .select_from(spans.join(readings, readings.c.reading_id == spans.c.reading_id))
            .where(stands != spans.c.quote)
        )
        wrong += connection.execute(query).scalar_one()
    return wrong


def status(connection: Connection) -> dict[str, Any]:
    """Counts: `tables` rows by table, `outcomes` pages by outcome, `runs` the last ten."""
    tables = {
        name: connection.execute(sa.select(sa.func.count()).select_from(TABLES[name])).scalar_one()
        for name in sorted(TABLES)
    }
    pages, runs = TABLES["pages"], TABLES["runs"]
    counted = sa.select(pages.c.outcome, sa.func.count().label("n"))
    by_outcome = counted.group_by(pages.c.outcome).order_by(pages.c.outcome)
    last = sa.select(runs).order_by(runs.c.started_at.desc(), runs.c.run_id).limit(10)
    return {
        "tables": tables,
        "outcomes": {row.outcome: row.n for row in connection.execute(by_outcome)},
        "runs": [dict(row) for row in connection.execute(last).mappings()],
    }
