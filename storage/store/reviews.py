"""What persons decided about claims: adding decisions, and reading them beside what the claims rest on today."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa

from storage import keys
from storage.dialect import upsert
from storage.errors import StoreError
from storage.models import TABLES
from storage.rows import Values
from storage.store.core import Store
from storage.store.ledger import ClaimFilter, FiledClaim, claims_on_file
from storage.store.transactions import chunks, rows_where
from storage.terms import Decision

_JUDGED = (
    *("guarantor", "document", "stage", "acting_side", "factuality", "is_hedged", "block_kind", "condition_kind"),
    *("event_on_min", "event_on_max", "precision", "planned_on", "place"),
)
"""What a reader of a claim judges beside its quotes; the rule that found it is our affair."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A decision to be filed. `seen` is `seen_of` the claim as the reader had it before them."""

    claim_id: int
    decision: Decision
    reader: str
    seen: str
    correction: Mapping[str, Any] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FiledReview:
    """A decision on file, beside a claim on file.

    `changed` says what is no longer as the reader had it: the claim's `evidence` (its quotes or its values), or its
    `sentence`, in which case `claim_id` is that of the claim which stood in its place. `decided_at` is in UTC.
    """

    claim_id: int
    decision: Decision
    correction: Mapping[str, Any] | None
    note: str | None
    reader: str
    decided_at: datetime
    changed: Literal["evidence", "sentence"] | None


def seen_of(filed: FiledClaim) -> str:
    """SHA-256 (hex) of what a reader judges: the claim's values and the quotes that prove it, wherever they stand."""
    values = filed.claim.model_dump(mode="json", include=set(_JUDGED))
    quotes = [[one.role, one.quote] for one in filed.claim.evidence]
    return keys.sha256(json.dumps([values, quotes], sort_keys=True, ensure_ascii=False))


def add_reviews(store: Store, reviews: Sequence[NewReview], now: datetime) -> int:
    """File decisions, all or none; returns how many are new. What a reader has said last already is not added again.

    Raises StoreError where a claim is on file no more, or is not what its reader saw.
    """
    with store._write() as connection:  # noqa: SLF001 - transactions are the store's, and this is its package
        ids = [one.claim_id for one in reviews]
        on_file = {one.claim_id: one for one in claims_on_file(connection, ClaimFilter(claim_ids=ids))}
        for one in reviews:
            claim = on_file.get(one.claim_id)
            if claim is None or seen_of(claim) != one.seen:
                gone = "is on file no more" if claim is None else "changed while it was read; look at it again"
                message = f"claim {one.claim_id} {gone}"
                raise StoreError(message)
        last = {
            (row["claim_id"], row["reader"]): row
            for row in _by_time(rows_where(connection, "reviews", "claim_id", ids))
        }
        added: dict[int, Values] = {}
        for one in reviews:
            was = last.get((one.claim_id, one.reader))
            if was is not None and _says_the_same(was, one) and _changed(was, one.seen) is None:
                continue
            row: Values = {
                "claim_id": one.claim_id,
                "decision": one.decision.value,
                "correction": dict(one.correction) if one.correction else None,
                "note": one.note,
                "reader": one.reader,
                "decided_at": now,
            }
            row["review_id"] = _review_id(row, one.seen)
            added[row["review_id"]] = last[one.claim_id, one.reader] = row
        return upsert(connection, TABLES["reviews"], list(added.values()), keep=frozenset(TABLES["reviews"].c.keys()))


def _says_the_same(row: Values, new: NewReview) -> bool:
    return (row["decision"], row["correction"] or {}, row["note"]) == (
        new.decision.value,
        dict(new.correction or {}),
        new.note,
    )


def reviews_of(store: Store, claims: Sequence[FiledClaim]) -> dict[int, tuple[FiledReview, ...]]:
    """All decisions about each of these claims, the oldest first.

    A claim whose sentence its outlet or our rules changed bears another number. The decisions about the claim that
    stood in its place (same article, guarantor, document and step, on file no more) are then given beside it, as far
    as an earlier version still holds that claim.
    """
    by_id = {one.claim_id: one for one in claims}
    found: dict[int, tuple[FiledReview, ...]] = {}
    with store._reading() as connection:  # noqa: SLF001 - see above
        mine: defaultdict[int, list[Values]] = defaultdict(list)
        for row in _by_time(rows_where(connection, "reviews", "claim_id", by_id)):
            mine[row["claim_id"]].append(row)
        undecided = [one for one in claims if one.claim_id not in mine]
        before = _predecessors(connection, undecided)
        former: defaultdict[int, list[Values]] = defaultdict(list)
        gone = {number for numbers in before.values() for number in numbers}
        for row in _by_time(rows_where(connection, "reviews", "claim_id", gone)):
            former[row["claim_id"]].append(row)
    for number, rows in mine.items():
        seen = seen_of(by_id[number])
        found[number] = tuple(_filed(row, _changed(row, seen)) for row in rows)
    for number, numbers in before.items():
        found[number] = tuple(_filed(row, "sentence") for row in _by_time(r for one in numbers for r in former[one]))
    return found


def standing(reviews: Iterable[FiledReview]) -> tuple[FiledReview, ...]:
    """The last decision of each reader, the latest at the end; `reviews` come oldest first."""
    last: dict[str, FiledReview] = {}
    for one in reviews:
        last.pop(one.reader, None)
        last[one.reader] = one
    return tuple(last.values())


def readers_on_file(store: Store) -> list[str]:
    """All who ever decided something, by name."""
    return [row["reader"] for row in store.rows("select distinct reader from reviews order by reader")]


def linked_guarantors(store: Store, guarantors: Iterable[str]) -> set[str]:
    """These guarantors and those to which, or from which, a person's correction moved a claim of theirs."""
    reviews, claims = TABLES["reviews"], TABLES["claims"]
    query = (
        sa.select(claims.c.guarantor, reviews.c.correction)
        .join(claims, claims.c.claim_id == reviews.c.claim_id)
        .where(reviews.c.decision == Decision.CORRECT.value)
        .distinct()
    )
    with store.stream(query) as rows:
        moved = [{who, mended["guarantor"]} for who, mended in rows if mended and "guarantor" in mended]
    linked = set(guarantors)
    while more := [pair for pair in moved if pair & linked and not pair <= linked]:
        linked |= set().union(*more)
    return linked


def _by_time(rows: Iterable[Values]) -> list[Values]:
    return sorted(rows, key=lambda row: (row["decided_at"], row["review_id"]))


def _filed(row: Values, changed: Literal["evidence", "sentence"] | None) -> FiledReview:
    names = ("claim_id", "correction", "note", "reader", "decided_at")
    return FiledReview(**{name: row[name] for name in names}, decision=Decision(row["decision"]), changed=changed)


def _review_id(row: Values, seen: str) -> int:
    """Id of a decision. What was seen is part of it, so that a decision tells whether it is about what is on file."""
    correction = json.dumps(row["correction"] or {}, sort_keys=True, ensure_ascii=False)
    at = row["decided_at"].astimezone(UTC).isoformat(timespec="microseconds")
    return keys.key("review", str(row["claim_id"]), row["decision"], correction, row["reader"], at, seen)


def _changed(row: Values, seen: str) -> Literal["evidence"] | None:
    """Whether a decision is about something else than `seen`."""
    return None if row["review_id"] == _review_id(row, seen) else "evidence"


def _predecessors(connection: sa.Connection, claims: Sequence[FiledClaim]) -> dict[int, list[int]]:
    """Of each claim the reviewed ones of its article and step that are on file no more and never stood beside it."""
    table, articles, reviews = TABLES["claims"], TABLES["articles"], TABLES["reviews"]
    reviewed = sa.exists().where(reviews.c.claim_id == table.c.claim_id).label("reviewed")
    is_current = (articles.c.current_reading_id == table.c.reading_id).label("is_current")
    names = ("claim_id", "reading_id", "article_id", "guarantor", "document", "stage")
    query = sa.select(*(table.c[name] for name in names), reviewed, is_current).join(
        articles, articles.c.article_id == table.c.article_id
    )
    touched = sa.select(table.c.article_id).where(table.c.claim_id.in_(sa.select(reviews.c.claim_id)))
    readings: defaultdict[int, set[int]] = defaultdict(set)
    gone: defaultdict[tuple[object, ...], set[int]] = defaultdict(set)
    current: set[int] = set()
    for part in chunks(one.article_id for one in claims):
        where = sa.and_(table.c.article_id.in_(part), table.c.article_id.in_(touched))
        for row in connection.execute(query.where(where)):
            readings[row.claim_id].add(row.reading_id)
            if row.is_current:
                current.add(row.claim_id)
            if row.reviewed:
                gone[row.article_id, row.guarantor, row.document, row.stage].add(row.claim_id)
    found: dict[int, list[int]] = {}
    for one in claims:
        same = gone[one.article_id, one.claim.guarantor, one.claim.document, one.claim.stage.value]
        before = sorted(
            number for number in same - current - {one.claim_id} if not readings[number] & readings[one.claim_id]
        )
        if before:
            found[one.claim_id] = before
    return found
