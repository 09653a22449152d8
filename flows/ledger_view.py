"""The ledger as an answer: lines on file or as the press knew them on a day, and the claims behind each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flows.books import on_file
from flows.coverage import coverage_of
from flows.steps.ledger import derive, line_key
from flows.wire import claim_line
from storage import keys
from storage.records import Conflict, LedgerLine
from storage.store import FiledClaim, Store
from storage.terms import Decision, Factuality

_SUPPORTS = frozenset({Factuality.FACT, Factuality.PLANNED, Factuality.CONDITIONAL})


def lines_of(store: Store, published_by: date | None) -> tuple[Sequence[LedgerLine], dict[str, list[Conflict]]]:
    """Lines and their conflicts: those on file, or derived from what had been published by the end of a day."""
    if published_by is None:
        lines: Sequence[LedgerLine] = store.ledger_lines()
        conflicts: Sequence[Conflict] = store.conflicts()
    else:
        claims = store.claims_on_file(published_by=end_of(published_by))
        lines, conflicts = derive(on_file(claim) for claim in claims)
    by_line: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        by_line.setdefault(conflict.line, []).append(conflict)
    return lines, by_line


def end_of(day: date) -> datetime:
    """The last moment of a day in Kyiv."""
    return datetime.combine(day, time.max, keys.KYIV)


def claims_behind(store: Store, lines: Sequence[LedgerLine], published_by: date | None) -> dict[str, list[FiledClaim]]:
    """All claims of each line, those that decided its day first, then by time of publication."""
    found: dict[str, list[FiledClaim]] = {line.line: [] for line in lines}
    until = end_of(published_by) if published_by else None
    for code in sorted({line.guarantor for line in lines}):
        for claim in store.claims_on_file(guarantor=code, published_by=until):
            name = line_key(on_file(claim).claim)
            if name in found and claim.claim.factuality in _SUPPORTS:
                found[name].append(claim)
    deciding = {line.line: set(line.deciding) | {line.best_claim} for line in lines}
    for name, claims in found.items():
        claims.sort(
            key=lambda c: (
                c.claim_id not in deciding[name],
                c.published_at is None,
                c.published_at.timestamp() if c.published_at else 0.0,
                c.claim_id,
            )
        )
    return found


def as_values(
    store: Store,
    lines: Sequence[LedgerLine],
    conflicts: Mapping[str, Sequence[Conflict]],
    claims: Mapping[str, Sequence[FiledClaim]],
) -> dict[str, Any]:
    """The answer as JSON values, each line with its conflicts and claims, each claim with its evidence."""
    return {
        "is_demo": store.is_demo,
        "coverage": coverage_of(store),
        "lines": [
            line.model_dump(mode="json")
            | {
                "conflicts": [one.model_dump(mode="json") for one in conflicts.get(line.line, [])],
                "claims": [_claim_values(claim) for claim in claims.get(line.line, [])],
            }
            for line in lines
        ],
    }


def _claim_values(filed: FiledClaim) -> dict[str, Any]:
    return claim_line(filed.claim) | {
        "claim_id": filed.claim_id,
        "reading_id": filed.reading_id,
        "version_id": filed.version_id,
        "article_id": filed.article_id,
        "outlet": filed.outlet,
        "url": filed.url,
        "headline": filed.headline,
        "language": filed.language,
        "published_at": filed.published_at,
        "published_on": filed.published_on,
        "rules_version": filed.rules_version,
        "review": filed.decision if filed.decision in set(Decision) else None,
        "reader": filed.reader,
    }
