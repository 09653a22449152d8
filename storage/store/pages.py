"""What the page of one article shows, as queries for `Store.stream`: each takes ids and gives a `Select`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.models import TABLES, RedirectKind
from storage.terms import CopyKind, Outcome

_LISTED = (
    *("article_id", "outlet", "language", "headline", "url", "work_id"),
    *("published_at", "published_on", "published_precision", "first_seen_at"),
)
_IN_TIME_ORDER = (
    TABLES["articles"].c.published_at.is_(None),
    TABLES["articles"].c.published_at,
    TABLES["articles"].c.article_id,
)
_READ = tuple(
    outcome.value for outcome in (Outcome.FETCHED, Outcome.NOT_MODIFIED, Outcome.FEED, Outcome.SITEMAP, Outcome.LISTING)
)

Rows = sa.Select[Any]


def article(article_id: int) -> Rows:
    """The article with its outlet's name, and of its current reading whether it was cut off and its translations."""
    articles, outlets, readings = TABLES["articles"], TABLES["outlets"], TABLES["readings"]
    return (
        sa.select(
            *articles.c,
            outlets.c.name.label("outlet_name"),
            readings.c.is_paywalled,
            readings.c.translations,
        )
        .join(outlets, outlets.c.outlet == articles.c.outlet)
        .outerjoin(readings, readings.c.reading_id == articles.c.current_reading_id)
        .where(articles.c.article_id == article_id)
    )


def articles_named(article_ids: Sequence[int], identifiers: Sequence[str]) -> Rows:
    """Ids of the articles on file that bear one of the ids or identifiers."""
    articles = TABLES["articles"]
    return sa.select(articles.c.article_id).where(
        sa.or_(articles.c.article_id.in_(article_ids), articles.c.identifier.in_(identifiers))
    )


def survivors(article_ids: Iterable[int]) -> Rows:
    """What stands for articles whose id was given up: pairs of old and new id."""
    redirects = TABLES["redirects"]
    return sa.select(redirects.c.old_id, redirects.c.new_id).where(
        redirects.c.kind == RedirectKind.ARTICLE.value, redirects.c.old_id.in_(list(article_ids))
    )


def captures_at(urls: Sequence[str]) -> Rows:
    """Article, outcome and what betrayed it, of the captures fetched from these addresses, the latest first."""
    pages = TABLES["pages"]
    named = ("article_id", "url", "outcome", "outcome_detail", "fetched_at")
    query = sa.select(*(pages.c[name] for name in named)).where(pages.c.url.in_(urls))
    return query.order_by(pages.c.fetched_at.is_(None), pages.c.fetched_at.desc(), pages.c.page_id)


def leads_at(urls: Sequence[str]) -> Rows:
    """Outlet and first sight of the addresses that an index named."""
    leads = TABLES["leads"]
    return sa.select(leads.c.outlet, leads.c.url, leads.c.first_seen_at).where(leads.c.url.in_(urls))


def addresses(article_id: int) -> Rows:
    """Every address of an article and how it came to be known, by address."""
    known = TABLES["article_urls"]
    return sa.select(known.c.url, known.c.kind).where(known.c.article_id == article_id).order_by(known.c.url)


def versions(article_id: int) -> Rows:
    """The versions of an article with their current readings, from the first on."""
    held, readings = TABLES["versions"], TABLES["readings"]
    of_version = ("version_id", "n", "captured_at", "last_seen_at")
    of_reading = ("reading_id", "headline", "language", "text_full", "cleaner_version", "modified_at")
    return (
        sa.select(*(held.c[name] for name in of_version), *(readings.c[name] for name in of_reading))
        .join(readings, sa.and_(readings.c.version_id == held.c.version_id, readings.c.is_current == 1))
        .where(held.c.article_id == article_id)
        .order_by(held.c.n)
    )


def paragraphs(reading_ids: Sequence[int]) -> Rows:
    """The paragraphs of readings in their order."""
    spans = TABLES["reading_paragraphs"]
    return sa.select(spans).where(spans.c.reading_id.in_(reading_ids)).order_by(spans.c.reading_id, spans.c.n)


def claims_of_reading(reading_id: int) -> Rows:
    """Ids of the claims a reading makes."""
    claims = TABLES["claims"]
    return sa.select(claims.c.claim_id).where(claims.c.reading_id == reading_id).order_by(claims.c.claim_id)


def credits_of_reading(reading_id: int) -> Rows:
    """Whom a reading credits, in the order of its text."""
    credited = TABLES["attributions"]
    return sa.select(credited).where(credited.c.reading_id == reading_id).order_by(credited.c.n)


def credits_in_work(work_id: int) -> Rows:
    """Whom the copies of a text credit, each row with its article."""
    credited, articles = TABLES["attributions"], TABLES["articles"]
    return (
        sa.select(articles.c.article_id, credited)
        .join(articles, articles.c.current_reading_id == credited.c.reading_id)
        .where(articles.c.work_id == work_id)
        .order_by(articles.c.article_id, credited.c.n)
    )


def listings_of_work(work_id: int) -> Rows:
    """When an index first named each copy of a text, and which index that was."""
    articles, known, leads, units = (TABLES[name] for name in ("articles", "article_urls", "leads", "units"))
    return (
        sa.select(articles.c.article_id, leads.c.first_seen_at, units.c.index_url)
        .join(known, known.c.article_id == articles.c.article_id)
        .join(leads, leads.c.url == known.c.url)
        .join(units, units.c.unit_id == leads.c.unit_id)
        .where(articles.c.work_id == work_id)
        .order_by(leads.c.first_seen_at.desc(), leads.c.url)
    )


def looks_at(index_url: str, until: datetime) -> Rows:
    """When the last two runs up to a moment that read an index began, the latest first."""
    asked, runs = TABLES["outcomes"], TABLES["runs"]
    return (
        sa.select(runs.c.started_at)
        .join(asked, asked.c.run_id == runs.c.run_id)
        .where(asked.c.stage == "fetch", asked.c.item == index_url, asked.c.outcome.in_(_READ))
        .where(runs.c.started_at <= until)
        .distinct()
        .order_by(runs.c.started_at.desc())
        .limit(2)
    )


def related(article_id: int) -> Rows:
    """Articles on file that an article is a copy or translation of or tells of one event with: the likest first."""
    ties, articles = TABLES["relations"], TABLES["articles"]
    is_first = ties.c.article_id == article_id
    other = sa.case((is_first, ties.c.other_article_id), else_=ties.c.article_id)
    kinds = sa.case({kind.value: n for n, kind in enumerate(CopyKind)}, value=ties.c.kind)
    return (
        sa.select(ties.c.kind, ties.c.score, ties.c.why, *(articles.c[name] for name in _LISTED))
        .join(articles, articles.c.article_id == other)
        .where(sa.or_(is_first, ties.c.other_article_id == article_id))
        .order_by(kinds, ties.c.score.desc(), *_IN_TIME_ORDER)
    )


def of_work(work_id: int) -> Rows:
    """All copies of one text, in order of publication."""
    return _listed(TABLES["articles"].c.work_id == work_id)


def of_story(story_id: int) -> Rows:
    """All articles on one event, in order of publication."""
    return _listed(TABLES["articles"].c.story_id == story_id)


def _listed(wanted: sa.ColumnElement[bool]) -> Rows:
    articles = TABLES["articles"]
    return sa.select(*(articles.c[name] for name in _LISTED)).where(wanted).order_by(*_IN_TIME_ORDER)
