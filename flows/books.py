"""Keeping the books: the ledger is derived anew from the claims on file, line by line, and changes get a cause."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from flows.steps.ledger import ClaimOnFile, LedgerChange, changes, derive, line_key
from storage.models import TABLES, RunState
from storage.records import Claim, LedgerLine
from storage.store import FiledClaim, Store
from storage.store.reviews import linked_guarantors
from storage.terms import Cause, Decision, Side

_AT_ONCE = 5_000
_SPEAKS_FOR = {"UA": Side.UA, "guarantor": Side.GUARANTOR}

LATE = timedelta(days=3)
"""A report older than this when its page was first captured is a late find, not news."""

IMPORTED = timedelta(days=14)
"""A page captured longer ago than a nightly crawl looks back was handed over by an import: a late find as well."""


def refresh_ledger(
    store: Store,
    rules_version: str,
    now: datetime,
    *,
    guarantors: Iterable[str] | None,
    edited: Iterable[int] = (),
) -> Counter[str]:
    """Derive the lines of these guarantors (None: of all) and write what differs.

    Guarantors between whom a person's correction moved a claim are derived together.

    `edited` are articles whose text their outlet changed. Returns counts of lines opened, changed and closed.
    """
    shown = {line.line: line for line in store.ledger_lines()}
    if guarantors is None:
        claims = store.claims_on_file()
    else:
        wanted = linked_guarantors(store, guarantors)
        shown = {name: line for name, line in shown.items() if line.guarantor in wanted}
        claims = [claim for code in sorted(wanted) for claim in store.claims_on_file(guarantor=code)]
    lines, conflicts = derive(on_file(claim) for claim in claims)
    closed = sorted(set(shown) - {line.line for line in lines})
    if not lines and not closed:
        return Counter()
    causes = _causes(store, shown, lines, claims, set(edited), now)
    return store.write_ledger(
        lines, closed, conflicts, now=now, rules_version=rules_version, cause=Cause.NEWS, causes=causes
    )


def on_file(filed: FiledClaim) -> ClaimOnFile:
    """A claim from the store as the ledger step takes it; a person's correction is put over it.

    Only an outlet of the first tier is a primary source, whose side then counts; where the text names no speaker,
    what a government's own site says is that government's word.
    """
    claim = filed.claim
    if claim.said_side is Side.UNKNOWN and filed.outlet_tier == "primary" and filed.outlet_side in _SPEAKS_FOR:
        claim = claim.model_copy(update={"said_side": _SPEAKS_FOR[filed.outlet_side]})
    if filed.decision is Decision.CORRECT and filed.correction:
        claim = Claim.model_validate(claim.model_dump() | dict(filed.correction))
    return ClaimOnFile(
        claim_id=filed.claim_id,
        article_id=filed.article_id,
        outlet=filed.outlet,
        outlet_side=filed.outlet_side if filed.outlet_tier == "primary" else "secondary",
        published_at=filed.published_at,
        work_id=filed.work_id,
        claim=claim,
        decision=filed.decision,
    )


def _causes(
    store: Store,
    shown: Mapping[str, LedgerLine],
    lines: Iterable[LedgerLine],
    claims: Sequence[FiledClaim],
    edited: set[int],
    now: datetime,
) -> dict[str, Cause]:
    """Why each line opened or changed. A closing keeps no cause on file: `flows.history` finds it again.

    What moved a line is found by leaving it out: without a person's latest decisions, or without the texts that are
    new in this run, the line stands as it did. Where several things moved it, the claims that decide it say why; what
    neither decisions, new texts nor edits explain are our rules.
    """
    moved = [one for one in changes(shown.values(), lines) if one.after is not None]
    if not moved:
        return {}
    behind: defaultdict[str, list[FiledClaim]] = defaultdict(list)
    for claim in claims:
        behind[line_key(on_file(claim).claim)].append(claim)
    new, reworked = _new_and_edited(store, shown, moved, behind, edited)
    told_by_edited = _ever_told(store, reworked)
    read_before = (on_file(one) for line in moved for one in behind[line.line] if one.article_id not in new)
    unread = {line.line: line for line in derive(read_before)[0]}
    by_review = _by_review(store, moved, claims)
    causes: dict[str, Cause] = {}
    for one in moved:
        fresh = [claim for claim in behind[one.line] if claim.article_id in new]
        deciding = [claim for claim in fresh if one.after and claim.claim_id in one.after.deciding]
        without = unread.get(one.line)
        is_by_text = bool(fresh) and _differ(without, one.after)
        if one.line in by_review:
            causes[one.line] = Cause.REVIEW
        elif is_by_text and (deciding or not _differ(without, one.before)):
            causes[one.line] = _by_age(deciding or fresh, now)
        elif one.line in told_by_edited:
            causes[one.line] = Cause.OUTLET_EDIT
        else:
            causes[one.line] = _by_age(fresh, now) if is_by_text else Cause.RULE
    return causes


def _differ(one: LedgerLine | None, other: LedgerLine | None) -> bool:
    return bool(changes([one] if one else [], [other] if other else []))


def _by_age(claims: Iterable[FiledClaim], now: datetime) -> Cause:
    return Cause.LATE_FIND if all(_is_late(claim, now) for claim in claims) else Cause.NEWS


def _is_late(claim: FiledClaim, now: datetime) -> bool:
    if claim.published_at is None or now - claim.first_seen_at > IMPORTED:
        return True
    return claim.first_seen_at - claim.published_at > LATE


def _new_and_edited(
    store: Store,
    shown: Mapping[str, LedgerLine],
    moved: Iterable[LedgerChange],
    behind: Mapping[str, Iterable[FiledClaim]],
    edited: set[int],
) -> tuple[set[int], set[int]]:
    """Articles that a run now at work stored first, and those whose latest version it did; `edited` are of the latter.

    A run that is over has settled its books, and so has one for every article that already decides a shown line.
    """
    pages, runs, articles, claims = (TABLES[name] for name in ("pages", "runs", "articles", "claims"))
    booked = {number for line in shown.values() for number in (*line.deciding, line.best_claim)}
    deciding = rows_of(store, sa.select(claims.c.article_id).distinct(), claims.c.claim_id, booked)
    known = {article for (article,) in deciding}
    is_over = sa.and_(runs.c.run_id == pages.c.run_id, runs.c.state != RunState.RUNNING.value)
    is_latest = sa.and_(runs.c.run_id.is_not(None), pages.c.version_id == articles.c.current_version_id)
    query = (
        sa.select(pages.c.article_id, sa.func.count(runs.c.run_id), sa.func.sum(sa.case((is_latest, 1), else_=0)))
        .join(articles, articles.c.article_id == pages.c.article_id)
        .outerjoin(runs, is_over)
        .group_by(pages.c.article_id)
    )
    asked = known | {claim.article_id for one in moved for claim in behind[one.line]}
    found = rows_of(store, query, pages.c.article_id, asked)
    reworked = edited | {article for article, settled, latest in found if settled and not latest}
    return {article for article, settled, _ in found if not settled} - reworked - known, reworked


def _ever_told(store: Store, articles: Iterable[int]) -> set[str]:
    """Names of the lines that any version of these articles tells."""
    claims = TABLES["claims"]
    query = sa.select(*(claims.c[name] for name in ("guarantor", "document", "stage", "acting_side"))).distinct()
    found = rows_of(store, query, claims.c.article_id, articles)
    return {f"{who}/{document}/{stage}{end}" for who, document, stage, side in found for end in ("", f"@{side}")}


def _by_review(store: Store, moved: Sequence[LedgerChange], claims: Sequence[FiledClaim]) -> set[str]:
    """The lines that would stand as before had nobody decided anything since they came."""
    if all(claim.decision is None for claim in claims):
        return set()
    reviews, history = TABLES["reviews"], TABLES["ledger_history"]
    columns = (reviews.c[name] for name in ("claim_id", "decided_at", "decision", "correction"))
    decided = [claim.claim_id for claim in claims if claim.decision is not None]
    rows = rows_of(store, sa.select(*columns).order_by(reviews.c.decided_at), reviews.c.claim_id, decided)
    shown_now = sa.select(history.c.line, history.c.known_from).where(history.c.known_to.is_(None))
    came = dict(rows_of(store, shown_now, history.c.line, [one.line for one in moved]))
    of_line: defaultdict[str, list[FiledClaim]] = defaultdict(list)
    for claim in claims:
        for name in {line_key(claim.claim), line_key(on_file(claim).claim)}:
            of_line[name].append(claim)
    found: set[str] = set()
    for one in moved:
        mine = of_line[one.line]
        since = came.get(one.line)
        before = {number: (word, mended) for number, at, word, mended in rows if since is not None and at <= since}
        undone = [_as_decided(claim, *before.get(claim.claim_id, (None, None))) for claim in mine]
        then = next((line for line in derive(map(on_file, undone))[0] if line.line == one.line), None)
        if undone != mine and not _differ(then, one.before):
            found.add(one.line)
    return found


def _as_decided(claim: FiledClaim, decision: str | None, correction: Mapping[str, Any] | None) -> FiledClaim:
    return replace(claim, decision=Decision(decision) if decision else None, correction=correction)


def rows_of(
    store: Store, query: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]
) -> list[tuple[Any, ...]]:
    """The rows of a query whose column has one of the values, asked for in pieces."""
    wanted = sorted(set(values))
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), _AT_ONCE):
        with store.stream(query.where(column.in_(wanted[start : start + _AT_ONCE]))) as rows:
            found += rows
    return found
