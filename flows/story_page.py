"""The page of one article: its versions, its copies and translations, whom it credits, its story, its claims."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flows.article_page import Head, VersionSeen, addresses_of, head_of, versions_of
from flows.books import on_file
from flows.edits import rows
from flows.steps.corrections import Note
from flows.steps.diff import Change
from flows.steps.first_publisher import FirstPublisher, Member, first_publisher
from flows.steps.ledger import line_key
from flows.steps.urls import canonical_url
from storage.records import Attribution, LedgerLine
from storage.store import FiledClaim, Store, pages
from storage.terms import CopyKind, TimePrecision

_COPIES = frozenset({CopyKind.EXACT.value, CopyKind.NEAR.value})


@dataclass(frozen=True, slots=True)
class Listed:
    """Another article, as a page lists it. Moments are in UTC, `published_on` is a Kyiv day."""

    article_id: int
    outlet: str
    language: str
    headline: str
    url: str | None
    work_id: int | None
    published_at: datetime | None
    published_on: date | None
    published_precision: str
    first_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tied:
    """How another article relates to this one: kind, share of text in common (0 to 1), the signals that decided.

    A copy of a copy, which was not compared with this one itself, has no score.
    """

    kind: str
    score: float | None
    why: tuple[str, ...]
    other: Listed


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet or agency that the article credits, and the words that do; the span is into its text."""

    source: str
    name: str
    role: str
    quote: str
    span_start: int
    span_end: int
    rule: str


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim of the article with its line; `on_ledger` is that line as it stands, None where it is not shown.

    `is_deciding` says that the line's day rests on this claim.
    """

    claim: FiledClaim
    line: str
    on_ledger: LedgerLine | None
    is_deciding: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All that is shown of one article. `unread` are addresses of translations that the page names and nobody read.

    `copies` holds exact and near copies, `translations` and `same_event` what else it is tied to, the likest first;
    `story` lists all articles on its event, this one among them, in order of publication; empty where none is kept.
    `first_of_work` is the earliest of its copies by the times stated, the article itself where it is first or alone;
    `first` says who was first and how sure that is, None where there is nobody else to have been.
    """

    is_demo: bool
    head: Head
    addresses: tuple[tuple[str, str], ...]
    versions: tuple[VersionSeen, ...]
    copies: tuple[Tied, ...]
    translations: tuple[Tied, ...]
    unread: Mapping[str, str]
    same_event: tuple[Tied, ...]
    credits: tuple[Credit, ...]
    story: tuple[Listed, ...]
    first_of_work: int
    first: FirstPublisher | None
    claims: tuple[ClaimShown, ...]

    @property
    def corrections(self) -> tuple[Note, ...]:
        """The correction and update notes of its latest version."""
        return self.versions[-1].notes if self.versions else ()


def page_of(store: Store, article_id: int) -> Page:
    """The page of an article on file."""
    head = head_of(store, article_id)
    ties = [_tied(row) for row in rows(store, pages.related(article_id))]
    work = [_listed(row) for row in rows(store, pages.of_work(head.work_id))] if head.work_id else []
    story = [_listed(row) for row in rows(store, pages.of_story(head.story_id))] if head.story_id else []
    copies = [one for one in ties if one.kind in _COPIES]
    known = {article_id, *(one.other.article_id for one in copies)}
    copies += [Tied(CopyKind.NEAR.value, None, (), one) for one in work if one.article_id not in known]
    return Page(
        is_demo=store.is_demo,
        head=head,
        addresses=tuple(addresses_of(store, article_id)),
        versions=versions_of(store, article_id),
        copies=tuple(copies),
        translations=tuple(one for one in ties if one.kind == CopyKind.TRANSLATION.value),
        unread=_unread(store, head),
        same_event=tuple(one for one in ties if one.kind == CopyKind.SAME_EVENT.value),
        credits=tuple(_credits(store, head)),
        story=tuple(story) if len(story) > 1 else (),
        first_of_work=head.work_id or article_id,
        first=_first(store, head.work_id, work) if head.work_id else None,
        claims=tuple(_claims(store, head)),
    )


def _listed(row: Mapping[str, Any]) -> Listed:
    return Listed(**{name: row[name] for name in Listed.__dataclass_fields__})


def _tied(row: Mapping[str, Any]) -> Tied:
    return Tied(row["kind"], row["score"], tuple(row["why"] or ()), _listed(row))


def _unread(store: Store, head: Head) -> Mapping[str, str]:
    named = {language: canonical_url(url) for language, url in head.translations.items()}
    known = store.articles_of_urls([*named.values(), *head.translations.values()])
    return {
        language: url
        for language, url in head.translations.items()
        if language != head.language and url not in known and named[language] not in known
    }


def _credits(store: Store, head: Head) -> Iterable[Credit]:
    if head.reading_id is not None:
        for row in rows(store, pages.credits_of_reading(head.reading_id)):
            yield Credit(**{name: row[name] for name in Credit.__dataclass_fields__})


def _first(store: Store, work_id: int, work: Sequence[Listed]) -> FirstPublisher | None:
    """Who was first with a text; None where one article alone has it and credits nobody."""
    credited: defaultdict[int, list[Attribution]] = defaultdict(list)
    for row in rows(store, pages.credits_in_work(work_id)):
        spans = {"start": row["span_start"], "end": row["span_end"]}
        names = ("source", "name", "kind", "role", "quote", "rule")
        credited[row["article_id"]].append(Attribution(**spans, **{name: row[name] for name in names}))
    listed = {row["article_id"]: row for row in rows(store, pages.listings_of_work(work_id))}
    members = [
        _member(store, one, one.first_seen_at, listed.get(one.article_id), tuple(credited[one.article_id]))
        for one in work
        if one.first_seen_at is not None
    ]
    found = first_publisher(members) if members else None
    return found if found is not None and (len(members) > 1 or found.credited) else None


def _member(
    store: Store,
    one: Listed,
    first_seen_at: datetime,
    listed: Mapping[str, Any] | None,
    credited: tuple[Attribution, ...],
) -> Member:
    every: timedelta | None = None
    if listed is not None and listed["first_seen_at"] <= first_seen_at:
        first_seen_at = listed["first_seen_at"]
        looks = [row["started_at"] for row in rows(store, pages.looks_at(listed["index_url"], first_seen_at))]
        every = looks[0] - looks[1] if len(looks) > 1 else None
    precision = TimePrecision(one.published_precision)
    return Member(one.article_id, one.outlet, one.published_at, precision, first_seen_at, every, credited)


def _claims(store: Store, head: Head) -> Sequence[ClaimShown]:
    if head.reading_id is None:
        return ()
    numbers = [row["claim_id"] for row in rows(store, pages.claims_of_reading(head.reading_id))]
    if not numbers:
        return ()
    lines = {line.line: line for line in store.ledger_lines()}
    found = []
    for filed in store.claims_on_file(claim_ids=numbers):
        name = line_key(on_file(filed).claim)
        line = lines.get(name)
        decides = line is not None and filed.claim_id in {*line.deciding, line.best_claim}
        found.append(ClaimShown(filed, name, line, decides))
    return sorted(found, key=lambda one: (one.on_ledger is None, one.line, one.claim.claim_id))


def page_values(page: Page) -> dict[str, Any]:
    """The page as JSON values; every span is in characters of the text it is said to be of."""
    return {
        "is_demo": page.is_demo,
        "article": asdict(page.head),
        "addresses": [{"url": url, "kind": kind} for url, kind in page.addresses],
        "versions": [_version_values(one) for one in page.versions],
        "corrections": [asdict(note) for note in page.corrections],
        "first_of_work": page.first_of_work,
        "first_publisher": asdict(page.first) if page.first else None,
        **{name: [asdict(one) for one in getattr(page, name)] for name in ("copies", "translations", "same_event")},
        "translations_not_read": dict(page.unread),
        "credits": [asdict(one) for one in page.credits],
        "story": {"id": page.head.story_id, "articles": [asdict(one) for one in page.story]},
        "claims": [_claim_values(one) for one in page.claims],
    }


def _version_values(version: VersionSeen) -> dict[str, Any]:
    moved = {name: getattr(version, name) for name in ("steps_removed", "steps_added")}
    return asdict(version) | {
        "changes": [_change_values(one) for one in version.changes],
        **{name: [line.model_dump(mode="json") for line in lines] for name, lines in moved.items()},
    }


def _change_values(change: Change) -> dict[str, Any]:
    return asdict(change)


def _claim_values(shown: ClaimShown) -> dict[str, Any]:
    filed = shown.claim
    return {
        "claim_id": filed.claim_id,
        "line": shown.line,
        "status": shown.on_ledger.status if shown.on_ledger else None,
        "is_deciding": shown.is_deciding,
        **filed.claim.model_dump(mode="json"),
    }
