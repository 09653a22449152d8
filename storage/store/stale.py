"""What an older cleaner or older rules made of what is on file. Every function takes an open store and only reads."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from storage import keys
from storage.models import TABLES, PageRow, RecordType
from storage.records import Paragraph, Reading, Removed
from storage.rows import Values
from storage.store.core import Store
from storage.store.derived import PARTS, capture_order
from storage.store.ledger import FiledClaim
from storage.store.transactions import chunks
from storage.terms import CopyKind, Decision, Outcome

_FIRST_ERROR = 300
_CLEANED_ELSEWHERE = (Outcome.ARTICLE.value, Outcome.ROBOTS_FILE.value)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of what is on file is asked about: of one outlet, and since a Kyiv day.

    The day is that of publication, or of the fetch where nobody knows when it was published.
    """

    outlet: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class FiledReading:
    """A current reading, its article's identifier, and whether its version is the article's latest."""

    reading_id: int
    article_id: int
    version_id: int
    page_id: int
    cleaner_version: str
    rules_version: str | None
    is_on_topic: bool | None
    identifier: str
    is_latest: bool
    reading: Reading


@dataclass(frozen=True, slots=True)
class FiledArticle:
    """An article as it is named to people, and the work it is filed under."""

    article_id: int
    identifier: str
    url: str | None
    work_id: int | None
    first_seen_at: datetime

    @property
    def address(self) -> str:
        """Its address, or its URN where it has none."""
        return self.url or self.identifier


Tie = tuple[int, int, CopyKind, float, str, tuple[str, ...]]
"""Two articles, the lower id first, how they relate, the score, the comparison that found it, and why."""


def articles_to_clean(store: Store, cleaner: str, scope: Scope, after: int, limit: int) -> list[int]:
    """Articles, by id, of which a capture or current reading was made by another cleaner; those beyond `after`."""
    articles = TABLES["articles"]
    return _ids(store, articles.c.article_id, _is_stale_article(cleaner), _articles_in(scope), after, limit)


def articles_to_tag(store: Store, cleaner: str, rules: str, scope: Scope, after: int, limit: int) -> list[int]:
    """Articles, by id, with a current reading of this cleaner that was not tagged by these rules."""
    articles = TABLES["articles"]
    return _ids(store, articles.c.article_id, _is_to_tag(cleaner, rules), _articles_in(scope), after, limit)


def articles_of(store: Store, scope: Scope, after: int, limit: int) -> list[int]:
    """All articles, by id, beyond `after`."""
    return _ids(store, TABLES["articles"].c.article_id, sa.true(), _articles_in(scope), after, limit)


def dropped_to_clean(store: Store, cleaner: str, scope: Scope, after: int, limit: int) -> list[PageRow]:
    """Captures, by id, that another cleaner told by their content to be no article; those beyond `after`."""
    pages = TABLES["pages"]
    ids = _ids(store, pages.c.page_id, _is_stale_page(cleaner), _pages_in(scope), after, limit)
    return [PageRow.model_validate(row) for row in _rows(store, "pages", "page_id", ids)]


def count_articles(store: Store, scope: Scope) -> int:
    """How many articles there are."""
    return _count(store, sa.select(sa.func.count()).select_from(TABLES["articles"]).where(*_articles_in(scope)))


def count_to_clean(store: Store, cleaner: str, scope: Scope) -> tuple[int, int]:
    """How many articles and how many other captures another cleaner read."""
    count = sa.select(sa.func.count())
    articles = count.select_from(TABLES["articles"]).where(_is_stale_article(cleaner), *_articles_in(scope))
    pages = count.select_from(TABLES["pages"]).where(_is_stale_page(cleaner), *_pages_in(scope))
    return _count(store, articles), _count(store, pages)


def count_to_tag(store: Store, cleaner: str, rules: str, scope: Scope) -> int:
    """How many articles have a current reading of this cleaner that was not tagged by these rules."""
    query = sa.select(sa.func.count()).select_from(TABLES["articles"])
    return _count(store, query.where(_is_to_tag(cleaner, rules), *_articles_in(scope)))


def readings_of_other_cleaners(store: Store, cleaner: str, scope: Scope) -> Counter[str]:
    """Current readings made by other cleaners, counted by cleaner."""
    readings, articles = TABLES["readings"], TABLES["articles"]
    query = (
        sa.select(readings.c.cleaner_version, sa.func.count())
        .join(articles, articles.c.article_id == readings.c.article_id)
        .where(readings.c.is_current == 1, readings.c.cleaner_version != cleaner, *_articles_in(scope))
        .group_by(readings.c.cleaner_version)
    )
    with store.stream(query) as rows:
        return Counter(dict(rows))


def captures_of(store: Store, article_ids: Iterable[int]) -> dict[int, list[PageRow]]:
    """All captures of each article in time order, those of unknown time first."""
    found: defaultdict[int, list[PageRow]] = defaultdict(list)
    for row in sorted(_rows(store, "pages", "article_id", article_ids), key=capture_order):
        found[row["article_id"]].append(PageRow.model_validate(row))
    return dict(found)


def archived_as(store: Store, captures: Iterable[PageRow]) -> dict[int, PageRow]:
    """For each capture the one whose record holds its body: another one where the server said "unchanged"."""
    given = list(captures)
    unchanged = [one for one in given if one.record_type == RecordType.REVISIT]
    bodies: dict[tuple[str, str], PageRow] = {}
    for row in sorted(_rows(store, "pages", "url", [one.url for one in unchanged]), key=capture_order):
        if row["record_type"] != RecordType.REVISIT.value:
            bodies.setdefault((row["url"], row["payload_sha256"]), PageRow.model_validate(row))
    others = {one.page_id: bodies.get((one.url, one.payload_sha256), one) for one in unchanged}
    return {one.page_id: others.get(one.page_id, one) for one in given}


def current_readings(store: Store, article_ids: Iterable[int]) -> list[FiledReading]:
    """The current reading of every version of the articles, by article and version."""
    ids = list(article_ids)
    latest = {row["article_id"]: row for row in _rows(store, "articles", "article_id", ids)}
    rows = [row for row in _rows(store, "readings", "article_id", ids) if row["is_current"]]
    spans: defaultdict[int, list[Values]] = defaultdict(list)
    for span in _rows(store, "reading_paragraphs", "reading_id", [row["reading_id"] for row in rows]):
        spans[span["reading_id"]].append(span)
    return [
        _filed_reading(row, spans[row["reading_id"]], latest[row["article_id"]])
        for row in sorted(rows, key=lambda row: (row["article_id"], row["version_id"]))
    ]


def filed_articles(store: Store, article_ids: Iterable[int]) -> dict[int, FiledArticle]:
    """Those of the articles that are on file."""
    return {
        row["article_id"]: FiledArticle(**{name: row[name] for name in FiledArticle.__dataclass_fields__})
        for row in _rows(store, "articles", "article_id", article_ids)
    }


def claims_of(store: Store, article_ids: Iterable[int]) -> dict[int, list[FiledClaim]]:
    """The claims of each article's current reading, by claim id; articles without any are left out."""
    claims, articles = TABLES["claims"], TABLES["articles"]
    ids: list[int] = []
    for part in chunks(article_ids):
        query = (
            sa.select(claims.c.claim_id)
            .join(articles, articles.c.current_reading_id == claims.c.reading_id)
            .where(articles.c.article_id.in_(part))
        )
        with store.stream(query) as rows:
            ids += [row[0] for row in rows]
    found: defaultdict[int, list[FiledClaim]] = defaultdict(list)
    for claim in store.claims_on_file(claim_ids=ids) if ids else ():
        found[claim.article_id].append(claim)
    return dict(found)


def guarantors_named(store: Store) -> list[str]:
    """Guarantors that any claim or ledger line on file is about, by code."""
    return [
        row["guarantor"]
        for row in store.rows("select guarantor from claims union select guarantor from ledger order by guarantor")
    ]


def decisions_about(store: Store, claim_ids: Iterable[int]) -> dict[int, tuple[Decision, dict[str, Any] | None, str]]:
    """Of each claim that was reviewed, on file or not: the last decision, its correction, its reader."""
    rows = sorted(_rows(store, "reviews", "claim_id", claim_ids), key=lambda row: (row["decided_at"], row["review_id"]))
    return {row["claim_id"]: (Decision(row["decision"]), row["correction"], row["reader"]) for row in rows}


def ties_of(store: Store, article_ids: Iterable[int]) -> set[Tie]:
    """All relations on file in which one of the articles takes part."""
    ids = list(article_ids)
    return {
        (
            row["article_id"],
            row["other_article_id"],
            CopyKind(row["kind"]),
            row["score"],
            row["algorithm"],
            tuple(row["why"]),
        )
        for column in ("article_id", "other_article_id")
        for row in _rows(store, "relations", column, ids)
    }


def parts_of(store: Store, reading_ids: Iterable[int]) -> dict[int, dict[str, set[str]]]:
    """What hangs on each reading, as `as_told` has it."""
    ids = list(reading_ids)
    parts: dict[int, dict[str, list[Values]]] = {one: {name: [] for name in PARTS} for one in ids}
    for name in PARTS:
        for row in _rows(store, name, "reading_id", ids):
            parts[row["reading_id"]][name].append(row)
    return {one: as_told(found) for one, found in parts.items()}


def as_told(parts: Mapping[str, Sequence[Values]]) -> dict[str, set[str]]:
    """The rows that hang on one reading, by table, without the rules version: equal where they say the same."""
    return {
        name: {repr([(key, str(row[key])) for key in sorted(row) if key != "rules_version"]) for row in rows}
        for name, rows in parts.items()
    }


def _rows(store: Store, table_name: str, column: str, values: Iterable[Any]) -> Iterator[Values]:
    table = TABLES[table_name]
    names = [one.name for one in table.columns]
    for part in chunks(values):
        with store.stream(sa.select(table).where(table.c[column].in_(part))) as rows:
            found = [dict(zip(names, row, strict=True)) for row in rows]
        yield from found


def _ids(
    store: Store,
    key: sa.ColumnElement[int],
    is_stale: sa.ColumnElement[bool],
    within: Sequence[sa.ColumnElement[bool]],
    after: int,
    limit: int,
) -> list[int]:
    query = sa.select(key).where(key > after, is_stale, *within).order_by(key).limit(limit)
    with store.stream(query) as rows:
        return [row[0] for row in rows]


def _count(store: Store, query: sa.Select[Any]) -> int:
    with store.stream(query) as rows:
        [(count,)] = rows
        return int(count)


def _is_stale_article(cleaner: str) -> sa.ColumnElement[bool]:
    articles, pages, readings = TABLES["articles"], TABLES["pages"], TABLES["readings"]
    capture = sa.exists().where(
        pages.c.article_id == articles.c.article_id, pages.c.cleaner_version.is_distinct_from(cleaner)
    )
    reading = sa.exists().where(
        readings.c.article_id == articles.c.article_id,
        readings.c.is_current == 1,
        readings.c.cleaner_version != cleaner,
    )
    return sa.or_(capture, reading)


def _is_to_tag(cleaner: str, rules: str) -> sa.ColumnElement[bool]:
    readings, articles = TABLES["readings"], TABLES["articles"]
    return sa.exists().where(
        readings.c.article_id == articles.c.article_id,
        readings.c.is_current == 1,
        readings.c.cleaner_version == cleaner,
        readings.c.rules_version.is_distinct_from(rules),
    )


def _is_stale_page(cleaner: str) -> sa.ColumnElement[bool]:
    """Told by its content to be no article; a status, a cut body or a robots file's address needs no cleaner."""
    pages = TABLES["pages"]
    has_body = sa.or_(
        pages.c.record_type == RecordType.REVISIT.value,
        pages.c.http_status.is_(None),
        pages.c.http_status.between(200, _FIRST_ERROR - 1),
    )
    return sa.and_(
        pages.c.article_id.is_(None),
        pages.c.outcome.not_in(_CLEANED_ELSEWHERE),
        pages.c.is_truncated == 0,
        pages.c.warc_file.is_not(None),
        pages.c.cleaner_version.is_distinct_from(cleaner),
        has_body,
    )


def _articles_in(scope: Scope) -> list[sa.ColumnElement[bool]]:
    articles = TABLES["articles"]
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.outlet is not None:
        conditions.append(articles.c.outlet == scope.outlet)
    if scope.since is not None:
        began = datetime.combine(scope.since, time(), keys.KYIV).astimezone(UTC)
        undated = sa.and_(articles.c.published_on.is_(None), articles.c.first_seen_at >= began)
        conditions.append(sa.or_(articles.c.published_on >= scope.since, undated))
    return conditions


def _pages_in(scope: Scope) -> list[sa.ColumnElement[bool]]:
    pages = TABLES["pages"]
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.outlet is not None:
        conditions.append(pages.c.outlet == scope.outlet)
    if scope.since is not None:
        conditions.append(pages.c.fetched_on >= scope.since)
    return conditions


_COPIED = (
    *("outlet", "outlet_source", "url", "canonical_url", "language", "published_at", "published_precision"),
    *("date_source", "modified_at", "section", "text_full", "translations", "path", "sources"),
)
_FILED = ("reading_id", "article_id", "version_id", "page_id", "cleaner_version", "rules_version")


def _filed_reading(row: Values, spans: Iterable[Values], article: Values) -> FiledReading:
    text = row["text_full"]
    paragraphs = tuple(
        Paragraph(
            text=text[span["span_start"] : span["span_end"]],
            zone=span["zone"],
            start=span["span_start"],
            end=span["span_end"],
        )
        for span in sorted(spans, key=lambda span: span["n"])
    )
    reading = Reading(
        **{name: row[name] for name in _COPIED},
        title=row["headline"],
        authors=tuple(row["authors"]),
        outlet_tags=tuple(row["outlet_tags"]),
        captions=tuple(row["captions"]),
        removed=tuple(Removed(**one) for one in row["removed"]),
        paywalled=row["is_paywalled"],
        paragraphs=paragraphs,
    )
    return FiledReading(
        **{name: row[name] for name in _FILED},
        is_on_topic=row["is_security_guarantees"],
        identifier=article["identifier"],
        is_latest=row["version_id"] == article["current_version_id"],
        reading=reading,
    )
