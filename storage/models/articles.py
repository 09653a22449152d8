"""Articles, their versions and readings, and how articles relate."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.dialect import Flag, Id, Json, keyed_rows
from storage.models.columns import Row, column, maybe, one_of, zero_or_one
from storage.terms import CopyKind, DateSource, Language, OutletSource, TimePrecision, Zone


class RedirectKind(StrEnum):
    """What kind of id a redirect is about."""

    ARTICLE = "article"
    WORK = "work"
    STORY = "story"


class _Published(Row):
    """What a reading says of publication; articles copy it."""

    language: Language = column("Language of the text.", index=True)
    headline: str = column("Headline.")
    authors: list[str] = column("JSON list of people and named desks.", Json)
    section: str | None = maybe("Section of the outlet.")
    published_at: datetime | None = maybe("When it was published (UTC).", UTCDateTime)
    published_on: date | None = maybe("Day of published_at in Kyiv.", sa.Date)
    published_day: int | None = maybe("published_on as days since 1970-01-01.", sa.Integer, index=True)
    published_precision: TimePrecision = column("How exactly published_at is known.")
    date_source: DateSource = column("Where published_at was read.")
    modified_at: datetime | None = maybe("When the outlet says it changed the text (UTC).", UTCDateTime)


class _ArticleKey(Row):
    """What identifies an article."""

    article_id: int = column("Natural key: hash of identifier.", Id, key=True)
    outlet: str = column("Slug of the outlet.", index=True, of="outlets.outlet")
    identifier: str = column("Canonical address, or urn:sha256:… of the text where there is none.")
    url: str | None = maybe("Address to show and link; null where there is none.")


class Article(_Published, _ArticleKey, table=True):
    """Table of articles; the bases give their columns from right to left."""

    __tablename__ = "articles"
    __table_args__: ClassVar[Any] = (
        one_of("language", Language),
        one_of("published_precision", TimePrecision),
        one_of("date_source", DateSource),
        *zero_or_one("is_security_guarantees"),
        {
            "comment": "One row an article. Headline, authors, dates and topic are copies from its current reading "
            "(the source is the table readings), made anew by the store whenever a batch touches the article."
        },
    )
    first_seen_at: datetime | None = maybe(
        "Earliest capture (UTC); when it was first stored where nobody knows when it was captured.", UTCDateTime
    )
    vanished_at: datetime | None = maybe(
        "When the outlet first answered not found or gone after the last capture (UTC).", UTCDateTime
    )
    current_version_id: int | None = maybe("Latest version. No constraint, since versions point back.", Id)
    current_reading_id: int | None = maybe("Current reading of the latest version; the source of the copies.", Id)
    work_id: int | None = maybe(
        "Article id of the earliest copy of the same text; its own id if first.", Id, index=True
    )
    story_id: int | None = maybe("Article id of the earliest article about the same event.", Id, index=True)
    is_security_guarantees: bool | None = maybe("1 if about security guarantees; null before tagging.", Flag)
    topic_score: float | None = maybe("Score of that topic, 0 to 1.", sa.Float)


class ArticleUrlRow(Row):
    """One address of an article."""

    url: str = column("Address.", key=True)
    article_id: int = column("The article.", Id, index=True, of="articles.article_id")
    kind: str = column("canonical, fetched, seen, or another name of how the address came to be known.")


class ArticleUrl(ArticleUrlRow, table=True):
    """Table of addresses."""

    __tablename__ = "article_urls"
    __table_args__: ClassVar[Any] = {"comment": "Every address under which an article was seen."}


class Version(Row, table=True):
    """Table of versions."""

    __tablename__ = "versions"
    __table_args__: ClassVar[Any] = {
        "comment": "Changes the outlet made: captures that differ under one cleaner. Numbers and moments are made "
        "anew from the table pages, in time order, whenever a batch touches the article."
    }
    version_id: int = column("Natural key: article, text when first read, how often that text had stood.", Id, key=True)
    article_id: int = column("The article.", Id, index=True, of="articles.article_id")
    n: int = column("1 for the earliest version.", sa.Integer)
    text_sha256: str = column("SHA-256 (hex) of the text under the cleaner that first read it.")
    captured_at: datetime | None = maybe("Its earliest capture (UTC).", UTCDateTime)
    captured_on: date | None = maybe("Day of captured_at in Kyiv.", sa.Date)
    captured_day: int | None = maybe("captured_on as days since 1970-01-01.", sa.Integer)
    last_seen_at: datetime | None = maybe("Its latest capture (UTC).", UTCDateTime)
    first_page_id: int = column("Its earliest capture.", Id)
    cleaner_version: str = column("The cleaner that first read it.")


class _ReadingKey(Row):
    """What identifies a reading."""

    reading_id: int = column("Natural key: version and cleaner.", Id, key=True)
    version_id: int = column("The version.", Id, index=True, of="versions.version_id")
    article_id: int = column("The article.", Id, index=True, of="articles.article_id")
    page_id: int = column("The capture that was read: the earliest of the version.", Id)
    cleaner_version: str = column("The cleaner.")
    is_current: bool = column("1 for the version's latest reading.", Flag)


class Reading(_Published, _ReadingKey, table=True):
    """Table of readings."""

    __tablename__ = "readings"
    __table_args__: ClassVar[Any] = (
        one_of("language", Language),
        one_of("published_precision", TimePrecision),
        one_of("date_source", DateSource),
        one_of("outlet_source", OutletSource),
        *zero_or_one("is_current", "is_paywalled", "is_security_guarantees"),
        {"comment": "What one cleaner made of one version. All offsets anywhere count characters of its text_full."},
    )
    outlet: str = column("Slug of the outlet.")
    outlet_source: OutletSource = column("How the outlet was decided.")
    url: str | None = maybe("Address the page names or was fetched from.")
    canonical_url: str | None = maybe("Canonical address.")
    text_full: str = column("Headline, blank line, paragraphs joined by blank lines (Unicode NFC).")
    text_sha256: str = column("SHA-256 (hex) of text_full.", index=True)
    outlet_tags: list[str] = column("JSON list of the outlet's own tags.", Json)
    captions: list[str] = column("JSON list of captions.", Json)
    translations: dict[str, str] = column("JSON map of language to address of the translation.", Json)
    removed: list[dict[str, str]] = column("JSON list of what cleaning took out: text, why.", Json)
    path: str = column("The road cleaning took: outlet, generic or flattened.")
    sources: dict[str, str] = column("JSON map of metadata field to where it was read.", Json)
    is_paywalled: bool = column("1 if the page showed only part of the text.", Flag)
    rules_version: str | None = maybe("Rules that made its tags, claims and statements; null before tagging.")
    is_security_guarantees: bool | None = maybe("1 if about security guarantees; null before tagging.", Flag)
    topic_score: float | None = maybe("Score of that topic, 0 to 1.", sa.Float)


class ReadingParagraph(Row, table=True):
    """Table of paragraphs."""

    __tablename__ = "reading_paragraphs"
    __table_args__: ClassVar[Any] = (
        one_of("zone", Zone),
        {"comment": "Paragraphs of a reading: where each stands in text_full, and what part of the article it is."},
    )
    reading_id: int = column("The reading.", Id, key=True, of="readings.reading_id")
    n: int = column("0 for the first paragraph after the headline.", sa.Integer, key=True)
    span_start: int = column("Offset of its first character.", sa.Integer)
    span_end: int = column("Offset after its last character.", sa.Integer)
    zone: Zone = column("What part of the article it is.")


class Relation(Row, table=True):
    """Table of relations."""

    __tablename__ = "relations"
    __table_args__: ClassVar[Any] = (
        one_of("kind", CopyKind),
        {"comment": "Pairs of articles that are copies or translations of each other or tell of the same event."},
    )
    article_id: int = column("The one of the two with the lower id.", Id, key=True, of="articles.article_id")
    other_article_id: int = column("The other.", Id, key=True, index=True)
    kind: CopyKind = column("exact, near, same-event or translation.", key=True)
    score: float = column("Share of what was compared that the two have in common (Jaccard), 0 to 1.", sa.Float)
    algorithm: str = column("Name and version of the comparison.")
    why: list[str] = column("JSON list of the signals that decided, in plain words with their values.", Json)


class Signature(Row, table=True):
    """Table of signatures."""

    __tablename__ = "signatures"
    __table_args__: ClassVar[Any] = {
        "comment": "What each article is filed under, so that its copies are found: a hash of all its words and "
        "MinHash bands. Of all articles of a month that have the same words only the earliest has bands.",
        **keyed_rows(),
    }
    day: int = column(
        "Day of publication in Kyiv as days since 1970-01-01; 0 where unknown. First in the key, so that the "
        "articles of some weeks lie together.",
        sa.Integer,
        key=True,
    )
    article_id: int = column("The article.", Id, key=True, index=True, of="articles.article_id")
    text_key: int = column("Hash of all its words; 0 where it has none.", Id, index=True)
    bands: bytes = column("MinHash bands of 4 bytes each; empty where another article stands for it.", sa.LargeBinary)
    numbers: bytes = column("Hashes of 2 bytes of the numbers it tells; empty likewise.", sa.LargeBinary)
    filing: int = column(
        "Which filing wrote it; a later one has a higher number, so that readers find what is new.", Id, index=True
    )


class RedirectRow(Row):
    """An id that gave way to another."""

    kind: RedirectKind = column("article, work or story.", key=True)
    old_id: int = column("The id that was used.", Id, key=True)
    new_id: int = column("The id that stands for it.", Id)
    reason: str = column("Why.")


class Redirect(RedirectRow, table=True):
    """Table of redirects."""

    __tablename__ = "redirects"
    __table_args__: ClassVar[Any] = (
        one_of("kind", RedirectKind),
        {"comment": "Ids that were given up because two things proved one, and the id that stands for them."},
    )


class SearchText(Row, table=True):
    """Table of search tokens."""

    __tablename__ = "search_texts"
    __table_args__: ClassVar[Any] = {
        "comment": "What search looks in: distinct tokens (letters and digits) of each article's current reading."
    }
    article_id: int = column("The article.", Id, key=True, of="articles.article_id")
    reading_id: int = column("The reading the tokens come from.", Id)
    headline_tokens: str = column("Distinct tokens of the headline, separated by spaces.")
    body_tokens: str = column("Distinct tokens of the rest, separated by spaces.")
    published_day: int | None = maybe("Copy of articles.published_day, for ranking.", sa.Integer)
