"""Keeping the books: the ledger is derived anew from the claims on file, line by line, and changes get a cause."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from flows.steps.ledger import ClaimOnFile, derive
from storage.records import Claim, LedgerLine
from storage.store import FiledClaim, Store
from storage.terms import Cause, Decision, Side

_SPEAKS_FOR = {"UA": Side.UA, "guarantor": Side.GUARANTOR}

LATE = timedelta(days=3)
"""A report older than this when it is first read is a late find, not news."""


def refresh_ledger(
    store: Store,
    rules_version: str,
    now: datetime,
    *,
    guarantors: Iterable[str] | None,
    edited: Iterable[int] = (),
) -> Counter[str]:
    """Derive the lines of these guarantors (None: of all) and write what differs.

    `edited` are articles whose text their outlet changed. Returns counts of lines opened, changed and closed.
    """
    shown = {line.line: line for line in store.ledger_lines()}
    if guarantors is None:
        claims = store.claims_on_file()
    else:
        wanted = set(guarantors)
        shown = {name: line for name, line in shown.items() if line.guarantor in wanted}
        claims = [claim for code in sorted(wanted) for claim in store.claims_on_file(guarantor=code)]
    lines, conflicts = derive(on_file(claim) for claim in claims)
    closed = sorted(set(shown) - {line.line for line in lines})
    if not lines and not closed:
        return Counter()
    causes = _causes(lines, {claim.claim_id: claim for claim in claims}, set(edited), now)
    causes |= dict.fromkeys(closed, Cause.OUTLET_EDIT if set(edited) else Cause.RULE)
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
    lines: Iterable[LedgerLine], claims: Mapping[int, FiledClaim], edited: set[int], now: datetime
) -> dict[str, Cause]:
    causes: dict[str, Cause] = {}
    for line in lines:
        behind = [claims[number] for number in line.deciding or (line.best_claim,) if number in claims]
        if any(claim.decision is not None for claim in behind):
            causes[line.line] = Cause.REVIEW
        elif any(claim.article_id in edited for claim in behind):
            causes[line.line] = Cause.OUTLET_EDIT
        elif behind and all(claim.published_at is None or now - claim.published_at > LATE for claim in behind):
            causes[line.line] = Cause.LATE_FIND
    return causes
