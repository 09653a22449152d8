"""Claims on file, and writing the ledger derived from them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import keys
from storage.dialect import upsert
from storage.models import TABLES
from storage.records import Claim, Conflict, Evidence, LedgerLine
from storage.rows import CHANGE_FIELDS, Values, complete, ledger_row
from storage.store.transactions import chunks, delete_gone, rows_where
from storage.terms import Cause, Decision, Family, Language


@dataclass(frozen=True, slots=True)
class FiledClaim:
    """A claim of an article's current reading, with its article, its outlet and the last decision about it.

    `published_at` is in UTC, `published_on` its Kyiv day. `correction` maps claim fields to the right values.
    """

    claim_id: int
    reading_id: int
    version_id: int
    article_id: int
    rules_version: str
    claim: Claim
    outlet: str
    outlet_side: str
    outlet_tier: str
    url: str | None
    headline: str
    language: Language
    published_at: datetime | None
    published_on: date | None
    first_seen_at: datetime
    work_id: int
    decision: Decision | None
    correction: Mapping[str, Any] | None
    reader: str | None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are asked for; what is not given does not restrict.

    `line_stage` is a stage. `published_by` keeps articles published up to that moment; those without a moment of
    publication are then left out.
    """

    guarantor: str | None = None
    document: str | None = None
    family: Family | None = None
    line_stage: str | None = None
    published_by: datetime | None = None
    claim_ids: Sequence[int] | None = None


def claims_on_file(connection: Connection, wanted: ClaimFilter) -> list[FiledClaim]:
    """Claims of the current reading of each article, by claim id; see `ClaimFilter`."""
    if wanted.claim_ids is None:
        return _claims(connection, _conditions(wanted))
    claims = TABLES["claims"]
    found = [
        claim
        for part in chunks(sorted(wanted.claim_ids))
        for claim in _claims(connection, [*_conditions(wanted), claims.c.claim_id.in_(part)])
    ]
    return sorted(found, key=lambda one: one.claim_id)


def _conditions(wanted: ClaimFilter) -> list[sa.ColumnElement[bool]]:
    claims, articles = TABLES["claims"], TABLES["articles"]
    pairs = (
        (claims.c.guarantor, wanted.guarantor),
        (claims.c.document, wanted.document),
        (claims.c.family, wanted.family),
        (claims.c.stage, wanted.line_stage),
    )
    conditions: list[sa.ColumnElement[bool]] = [column == value for column, value in pairs if value is not None]
    if wanted.published_by is not None:
        conditions.append(articles.c.published_at <= wanted.published_by)
    return conditions


def _claims(connection: Connection, conditions: Sequence[sa.ColumnElement[bool]]) -> list[FiledClaim]:
    claims, articles, outlets = TABLES["claims"], TABLES["articles"], TABLES["outlets"]
    joined = claims.join(articles, articles.c.current_reading_id == claims.c.reading_id).join(
        outlets, outlets.c.outlet == articles.c.outlet
    )
    query = (
        sa.select(
            claims,
            *(articles.c[name] for name in ("outlet", "url", "headline", "language", "published_at", "published_on")),
            *(articles.c[name] for name in ("first_seen_at", "work_id")),
            outlets.c.side.label("outlet_side"),
            outlets.c.tier.label("outlet_tier"),
        )
        .select_from(joined)
        .where(*conditions)
        .order_by(claims.c.claim_id)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    evidence = _evidence(connection, {row["reading_id"] for row in rows})
    decisions = last_decisions(connection, [row["claim_id"] for row in rows])
    return [_filed(row, evidence, decisions.get(row["claim_id"])) for row in rows]


def _evidence(connection: Connection, readings: Iterable[int]) -> dict[tuple[int, int], list[Evidence]]:
    found: defaultdict[tuple[int, int], list[Evidence]] = defaultdict(list)
    for row in sorted(rows_where(connection, "evidence", "reading_id", readings), key=lambda row: row["n"]):
        span = Evidence(
            role=row["role"], start=row["span_start"], end=row["span_end"], quote=row["quote"], rule=row["rule"]
        )
        found[row["claim_id"], row["reading_id"]].append(span)
    return found


def last_decisions(connection: Connection, claim_ids: Iterable[int]) -> dict[int, Values]:
    """The latest review of each claim that has one."""
    latest: dict[int, Values] = {}
    rows = rows_where(connection, "reviews", "claim_id", claim_ids)
    for row in sorted(rows, key=lambda row: (row["decided_at"], row["review_id"])):
        latest[row["claim_id"]] = row
    return latest


_CLAIM_FIELDS = tuple(name for name in Claim.model_fields if name != "evidence")


def _filed(row: Values, evidence: Mapping[tuple[int, int], list[Evidence]], review: Values | None) -> FiledClaim:
    spans = tuple(evidence[row["claim_id"], row["reading_id"]])
    claim = Claim.model_validate({name: row[name] for name in _CLAIM_FIELDS} | {"evidence": spans})
    names = ("claim_id", "reading_id", "version_id", "article_id", "rules_version", "outlet", "outlet_side")
    more = ("outlet_tier", "url", "headline", "published_at", "published_on", "first_seen_at")
    return FiledClaim(
        **{name: row[name] for name in (*names, *more)},
        claim=claim,
        language=Language(row["language"]),
        work_id=row["work_id"] if row["work_id"] is not None else row["article_id"],
        decision=Decision(review["decision"]) if review else None,
        correction=review["correction"] if review else None,
        reader=review["reader"] if review else None,
    )


_LINE_FIELDS = tuple(LedgerLine.model_fields)


def ledger_lines(connection: Connection, known_at: datetime | None = None) -> list[LedgerLine]:
    """The lines this database shows now, or showed at a moment, by name."""
    table = TABLES["ledger_history"]
    open_now = table.c.known_to.is_(None)
    shown: sa.ColumnElement[bool] = open_now
    if known_at is not None:
        shown = sa.and_(table.c.known_from <= known_at, sa.or_(open_now, table.c.known_to > known_at))
    rows = connection.execute(sa.select(table).where(shown).order_by(table.c.line)).mappings()
    return [LedgerLine.model_validate({name: row[name] for name in _LINE_FIELDS}) for row in rows]


def conflicts(connection: Connection) -> list[Conflict]:
    """All conflicts on file, by line, field and value."""
    table = TABLES["conflicts"]
    rows = connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
    return [Conflict.model_validate(dict(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class LedgerUpdate:
    """A new state of some ledger lines.

    `lines` are to be shown; unchanged ones are harmless. `closed` names lines to be shown no more. `conflicts`
    are all there are about the lines of either. `causes` overrides `cause` for single lines.
    """

    lines: Sequence[LedgerLine]
    closed: Sequence[str]
    conflicts: Sequence[Conflict]
    rules_version: str
    cause: Cause
    causes: Mapping[str, Cause]


def write_ledger(connection: Connection, update: LedgerUpdate, now: datetime) -> Counter[str]:
    """Open, close and refresh lines; counts are `opened`, `changed`, `closed`, `refreshed` and `conflicts`."""
    table = TABLES["ledger_history"]
    history: defaultdict[str, list[Values]] = defaultdict(list)
    names = [*(one.line for one in update.lines), *update.closed]
    for row in rows_where(connection, "ledger_history", "line", names):
        history[row["line"]].append(row)
    done: Counter[str] = Counter(dict.fromkeys(("opened", "changed", "closed", "refreshed"), 0))
    ends: list[int] = []
    opened: list[Values] = []
    refreshed: list[Values] = []
    for line in update.lines:
        content = ledger_row(line)
        shown = next((row for row in history[line.line] if row["known_to"] is None), None)
        if shown is not None and shown["content_sha256"] == content["content_sha256"]:
            refreshed.append(complete(table, shown | content))
            continue
        if shown is not None:
            ends.append(shown["history_id"])
        done["opened" if shown is None else "changed"] += 1
        stood = sum(row["content_sha256"] == content["content_sha256"] for row in history[line.line])
        more = {
            "history_id": keys.key("ledger", line.line, content["content_sha256"], str(stood)),
            "known_from": now,
            "rules_version": update.rules_version,
            "cause": update.causes.get(line.line, update.cause),
        }
        opened.append(complete(table, content | more))
    for name in update.closed:
        shown_ids = [row["history_id"] for row in history[name] if row["known_to"] is None]
        ends += shown_ids
        done["closed"] += len(shown_ids)
    for part in chunks(ends):
        connection.execute(sa.update(table).where(table.c.history_id.in_(part)).values(known_to=now))
    upsert(connection, table, opened)
    unchanging = frozenset({*CHANGE_FIELDS, "known_from", "known_to", "rules_version", "cause", "content_sha256"})
    done["refreshed"] += upsert(connection, table, refreshed, unchanging)
    done["conflicts"] += _write_conflicts(connection, names, update.conflicts)
    return done


def _write_conflicts(connection: Connection, lines: Sequence[str], conflicts: Sequence[Conflict]) -> int:
    rows = {(one.line, one.field, one.value): one.model_dump() for one in conflicts}
    gone = delete_gone(connection, "conflicts", "line", lines, rows.values())
    return gone + upsert(connection, TABLES["conflicts"], list(rows.values()))
