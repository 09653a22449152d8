"""The ledger as an answer: lines on file, as the press knew them or as they were shown, and the claims behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from flows.activity import activity_between
from flows.books import on_file
from flows.changes import ORDER, Change, Changes
from flows.coverage import coverage_of
from flows.edits import Edit, what_changed
from flows.review_words import review_values
from flows.steps.ledger import derive, line_key
from flows.wire import claim_line
from storage import keys
from storage.records import Conflict, LedgerLine
from storage.store import FiledClaim, Store
from storage.store.reviews import FiledReview, linked_guarantors, reviews_of
from storage.terms import Decision, Factuality

_SUPPORTS = frozenset({Factuality.FACT, Factuality.PLANNED, Factuality.CONDITIONAL})


def lines_of(
    store: Store, published_by: date | None, known_at: datetime | None = None
) -> tuple[Sequence[LedgerLine], dict[str, list[Conflict]]]:
    """Lines and their conflicts: those on file, or derived from what had been published by the end of a day.

    With `known_at` the lines this database showed at that moment; what other texts said against them then is not kept.
    """
    lines: Sequence[LedgerLine]
    conflicts: Sequence[Conflict]
    if known_at is not None:
        lines, conflicts = store.ledger_lines(known_at), ()
    elif published_by is None:
        lines, conflicts = store.ledger_lines(), store.conflicts()
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
    """All claims of each line: the one it is shown by, those that decided its day, then by time of publication."""
    found: dict[str, list[FiledClaim]] = {line.line: [] for line in lines}
    until = end_of(published_by) if published_by else None
    for code in sorted(linked_guarantors(store, {line.guarantor for line in lines})):
        for claim in store.claims_on_file(guarantor=code, published_by=until):
            name = line_key(on_file(claim).claim)
            if name in found and claim.claim.factuality in _SUPPORTS:
                found[name].append(claim)
    deciding = {line.line: set(line.deciding) for line in lines}
    best = {line.line: line.best_claim for line in lines}
    for name, claims in found.items():
        claims.sort(
            key=lambda c: (
                c.claim_id != best[name],
                c.claim_id not in deciding[name],
                c.published_at is None,
                c.published_at.timestamp() if c.published_at else 0.0,
                c.claim_id,
            )
        )
    return found


def reviews_behind(
    store: Store, claims: Mapping[str, Sequence[FiledClaim]], known_at: datetime | None = None
) -> dict[int, tuple[FiledReview, ...]]:
    """What persons had decided about each of these claims, up to a moment where one is given, the oldest first."""
    found = reviews_of(store, [claim for of_line in claims.values() for claim in of_line])
    return {
        number: tuple(one for one in reviews if known_at is None or one.decided_at <= known_at)
        for number, reviews in found.items()
    }


def those_shown_then(
    lines: Sequence[LedgerLine], claims: Mapping[str, Sequence[FiledClaim]]
) -> dict[str, list[FiledClaim]]:
    """Of the claims behind each line those it rested on when it was shown, as far as they are still on file."""
    rested = {line.line: {*line.deciding, line.best_claim} for line in lines}
    return {name: [one for one in claims.get(name, ()) if one.claim_id in numbers] for name, numbers in rested.items()}


def as_values(
    store: Store,
    lines: Sequence[LedgerLine],
    conflicts: Mapping[str, Sequence[Conflict]],
    claims: Mapping[str, Sequence[FiledClaim]],
    known_at: datetime | None = None,
) -> dict[str, Any]:
    """The answer as JSON values, each line with its conflicts and claims, each claim with its evidence."""
    reviews = reviews_behind(store, claims, known_at)
    then = {"known_at": known_at, "read_by_then": asdict(activity_between(store, None, known_at))} if known_at else {}
    return {
        "is_demo": store.is_demo,
        "coverage": coverage_of(store),
        **then,
        "lines": [
            line.model_dump(mode="json")
            | {
                "conflicts": [one.model_dump(mode="json") for one in conflicts.get(line.line, [])],
                "claims": [
                    claim_values(claim) | {"reviews": [review_values(one) for one in reviews.get(claim.claim_id, ())]}
                    for claim in claims.get(line.line, [])
                ],
            }
            for line in lines
        ],
    }


def claim_values(filed: FiledClaim) -> dict[str, Any]:
    """A claim as JSON values, with its article and the last decision about it."""
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


def changes_as_values(changes: Changes, *, everything: bool) -> dict[str, Any]:
    """What changed as JSON values: counts by cause, changes with both states, edits, vanished pages, what was read.

    Edits that touch no step and are not about guarantees are counted only.
    """
    shown = [one for one in changes.changes if everything or not one.is_hidden]
    edits = [one for one in changes.edits if one.moves_steps or one.is_on_topic]
    return {
        "is_demo": changes.is_demo,
        "since": changes.since,
        "until": changes.until,
        "guarantor": changes.guarantor,
        "lines_changed": len({one.line for one in shown}),
        "by_cause": {cause.value: sum(one.cause is cause for one in shown) for cause in ORDER},
        "changes": [_change_values(one) for one in shown],
        "hidden": len(changes.changes) - len(shown),
        "edits": [_edit_values(one) for one in edits],
        "other_edits": len(changes.edits) - len(edits),
        "vanished": [asdict(one) for one in changes.vanished],
        "read": asdict(changes.read),
    }


def _change_values(change: Change) -> dict[str, Any]:
    states = {name: getattr(change, name) for name in ("before", "after", "furthest")}
    return {
        **{name: getattr(change, name) for name in ("line", "guarantor", "kind", "cause", "at", "shown_from")},
        **{name: line.model_dump(mode="json") if line else None for name, line in states.items()},
        "rules_version": change.rules_version,
        "rests_on": asdict(change.rests_on) if change.rests_on else None,
        "edit": _edit_values(change.edit) if change.edit else None,
    }


def _edit_values(edit: Edit) -> dict[str, Any]:
    lines = {name: getattr(edit, name) for name in ("steps_removed", "steps_added")}
    return asdict(edit) | {
        **{name: [line.model_dump(mode="json") for line in moved] for name, moved in lines.items()},
        "what_changed": what_changed(edit),
        "correction_note": edit.correction,
    }
