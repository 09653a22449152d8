"""What a person should look at: claims that are unsure or contradicted, in an order, with the decisions about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.books import on_file, refresh_ledger
from flows.ledger_words import conflict_in_words, in_words
from flows.review_words import disagree, review_values
from flows.steps.ledger import line_key
from flows.wire import claim_line
from storage.records import Conflict, LedgerLine
from storage.store import FiledClaim, Store
from storage.store.reviews import FiledReview, NewReview, reviews_of, standing
from storage.terms import STAGE_RANK, EventPrecision, Factuality, ReportType, Stage

SUPPORTS = frozenset({Factuality.FACT, Factuality.PLANNED, Factuality.CONDITIONAL})
"""How a text must hold a step for it to stand on the ledger, as fact or as plan."""

GRAVE = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})
"""Steps that are the worst to get wrong: one text alone is not taken for sure."""


@dataclass(frozen=True, slots=True)
class Item:
    """A claim to be judged: the ledger line it belongs to, why it is here, and all decisions about it by time."""

    filed: FiledClaim
    line: str
    reasons: tuple[str, ...]
    reviews: tuple[FiledReview, ...]


def queue(
    store: Store,
    *,
    reader: str | None = None,
    is_second: bool = False,
    guarantor: str | None = None,
    stage: Stage | None = None,
) -> list[Item]:
    """Claims to be judged, the most advanced steps first, those of one line beside each other.

    Unsure or contradicted ones nobody has judged; and, for whatever reason they once were, those whose readers
    disagree and those that changed since somebody judged them. With `is_second` instead what others have judged and
    `reader` has not.
    """
    lines = {line.line: line for line in store.ledger_lines()}
    against: defaultdict[str, list[Conflict]] = defaultdict(list)
    for conflict in store.conflicts():
        against[conflict.line].append(conflict)
    claims = [one for one in store.claims_on_file() if one.claim.factuality in SUPPORTS]
    reviews = reviews_of(store, claims)
    found = []
    for filed in claims:
        line = line_key(on_file(filed).claim)
        mine = reviews.get(filed.claim_id, ())
        if guarantor not in {None, filed.claim.guarantor, line.split("/")[0]}:
            continue
        if stage not in {None, filed.claim.stage}:
            continue
        if is_second:
            reasons = _second(standing(mine), reader)
        else:
            reasons = _open(standing(mine))
            if not reasons and not mine:
                reasons = _unsure(filed, lines.get(line), against[line])
        if reasons:
            found.append(Item(filed, line, reasons, mine))
    return sorted(found, key=_in_order)


def _in_order(item: Item) -> tuple[object, ...]:
    published = item.filed.published_at
    when = published.timestamp() if published else float("inf")
    return -STAGE_RANK[item.filed.claim.stage], item.line, when, item.filed.claim_id


def _second(last: Sequence[FiledReview], reader: str | None) -> tuple[str, ...]:
    if not last or any(one.reader == reader or one.changed for one in last):
        return ()
    return ("a second reader is wanted",)


def _open(last: Sequence[FiledReview]) -> tuple[str, ...]:
    """Why a claim that was judged is to be looked at again."""
    changed = [one.reader for one in last if one.changed]
    reasons = []
    if last and last[-1].changed:
        reasons.append(f"evidence changed since {changed[-1]} read it")
    if disagree(last):
        reasons.append("readers disagree")
    return tuple(reasons)


def _unsure(filed: FiledClaim, line: LedgerLine | None, conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    claim, reasons = filed.claim, []
    is_shown = line is not None and filed.claim_id == line.best_claim
    for conflict in conflicts:
        if filed.claim_id == conflict.claim_id:
            reasons.append(f"against the line: {conflict.field.replace('_', ' ')} {conflict.value}")
        elif is_shown:
            reasons.append(conflict_in_words(conflict))
    if claim.factuality is Factuality.FACT:
        reasons += ["hedged"] * claim.is_hedged
        reasons += ["told by a third party"] * (claim.report_type is ReportType.THIRD_PARTY)
        if claim.stage in GRAVE:
            reasons += ["day unknown"] * (claim.precision is EventPrecision.UNKNOWN)
            is_alone = is_shown and line is not None and line.texts == 1 and filed.outlet_tier != "primary"
            reasons += ["one text alone"] * is_alone
    elif line is not None and line.status == "current" and line.event_on_max and filed.published_on:
        reasons += [f"a plan, printed after the step ({in_words(line.event_on_max)})"] * (
            filed.published_on > line.event_on_max
        )
    return tuple(reasons)


def rebook(store: Store, reviews: Iterable[NewReview], rules_version: str, now: datetime) -> int:
    """Derive anew the lines that decisions may have moved; returns how many lines changed."""
    decided = list(reviews)
    claims = store.claims_on_file(claim_ids=sorted({one.claim_id for one in decided}))
    touched = {one.claim.guarantor for one in claims}
    touched |= {one.correction["guarantor"] for one in decided if one.correction and "guarantor" in one.correction}
    if not touched:
        return 0
    done = refresh_ledger(store, rules_version, now, guarantors=touched)
    return sum(done[name] for name in ("opened", "changed", "closed"))


def item_values(item: Item) -> dict[str, Any]:
    """A claim to be judged as JSON values."""
    filed = item.filed
    names = ("claim_id", "reading_id", "article_id", "outlet", "url", "headline", "language", "published_at")
    return {
        "line": item.line,
        "reasons": list(item.reasons),
        **{name: getattr(filed, name) for name in names},
        **claim_line(filed.claim),
        "reviews": [review_values(one) for one in item.reviews],
    }
