"""The ledger derived from claims: pure, and the same in whatever order the claims arrive.

Only factual claims move a line; planned and conditional ones give `announced` lines. Copies of one work are one
voice when values disagree. Values are never averaged: one is shown by a named rule, the others are conflicts.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeVar

from flows.steps.text import fold, squeeze
from storage.records import Claim, Conflict, LedgerLine
from storage.terms import (
    STAGE_RANK,
    Confirmed,
    Decision,
    EventPrecision,
    EvidenceRole,
    Factuality,
    ReportType,
    Side,
    Stage,
)

SIDED_STAGES = frozenset({Stage.PROPOSED, Stage.SUBMITTED, Stage.RATIFIED})
"""Stages whose acting side makes another line: wanted is not offered, the Rada is not the other parliament."""

_PRIMARY_SIDES = frozenset({"UA", "guarantor"})
_UPHELD = frozenset({Decision.ACCEPT, Decision.CORRECT})
"""A person read the claim and stands behind it, as it was or as they put it right."""
_ANNOUNCED = frozenset({Factuality.PLANNED, Factuality.CONDITIONAL})
_LATEST = datetime.max.replace(tzinfo=UTC)

T = TypeVar("T", bound=Hashable)
Days = tuple[date | None, date | None, EventPrecision]


@dataclass(frozen=True, slots=True)
class ClaimOnFile:
    """A claim with what the ledger must know of its article.

    `outlet_side` is the outlet's side where it is a primary source (`UA`, `guarantor`: a government's own site),
    any other word else. `work_id` is shared by all copies of one text. `decision` is the last a person made.
    """

    claim_id: int
    article_id: int
    outlet: str
    outlet_side: str
    published_at: datetime | None
    work_id: int
    claim: Claim
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """What became of one line: `opened` has no before, `closed` no after."""

    line: str
    kind: Literal["opened", "closed", "changed"]
    before: LedgerLine | None
    after: LedgerLine | None


def line_key(claim: Claim) -> str:
    """Key of the line a claim belongs to."""
    side = f"@{claim.acting_side}" if claim.stage in SIDED_STAGES else ""
    return f"{claim.guarantor}/{claim.document}/{claim.stage}{side}"


def derive(claims: Iterable[ClaimOnFile]) -> tuple[tuple[LedgerLine, ...], tuple[Conflict, ...]]:
    """Lines by key and their conflicts, both sorted. Claims that are neither fact nor plan give no line."""
    by_line: defaultdict[str, list[ClaimOnFile]] = defaultdict(list)
    for one in claims:
        if one.claim.factuality is Factuality.FACT or one.claim.factuality in _ANNOUNCED:
            by_line[line_key(one.claim)].append(one)
    lines: list[LedgerLine] = []
    conflicts: list[Conflict] = []
    for line, filed in sorted(by_line.items()):
        derived, told = _line(line, sorted(filed, key=_seniority))
        lines.append(derived)
        conflicts += told
    conflicts += _weaker_reports(lines)
    return tuple(lines), tuple(sorted(conflicts, key=lambda one: (one.line, one.field, one.value, one.claim_id)))


def changes(before: Iterable[LedgerLine], after: Iterable[LedgerLine]) -> tuple[LedgerChange, ...]:
    """What opened, closed or changed between two states, by line.

    Counts of texts, outlets and speakers, and which claims stand behind an unchanged value, are no change: one
    more copy of a report is not news.
    """
    old = {one.line: one for one in before}
    new = {one.line: one for one in after}
    found: list[LedgerChange] = []
    for line in sorted(old.keys() | new.keys()):
        was, now = old.get(line), new.get(line)
        if was is None:
            found.append(LedgerChange(line, "opened", None, now))
        elif now is None:
            found.append(LedgerChange(line, "closed", was, None))
        elif _shown(was) != _shown(now):
            found.append(LedgerChange(line, "changed", was, now))
    return tuple(found)


def _shown(line: LedgerLine) -> tuple[object, ...]:
    return (
        *(line.event_on_min, line.event_on_max, line.precision, line.planned_on, line.place, line.status),
        *(line.confirmed_by, line.is_hedged, line.family, line.stage_rank, line.acting_side),
        *(line.block_kind, line.condition_kind),
    )


def _seniority(one: ClaimOnFile) -> tuple[bool, bool, bool, bool, datetime, int, int]:
    """Order in which claims speak: upheld, not hedged, no restatement, primary, earliest, first in its text, id."""
    return (
        one.decision not in _UPHELD,
        one.claim.is_hedged,
        one.claim.report_type is ReportType.RESTATEMENT,
        one.outlet_side not in _PRIMARY_SIDES,
        one.published_at or _LATEST,
        min(proof.start for proof in one.claim.evidence if proof.role is EvidenceRole.STEP),
        one.claim_id,
    )


def _worth_showing(one: ClaimOnFile) -> tuple[object, ...]:
    """Order in which claims are shown: the weightiest by `_seniority`, but whole sentences before fragments.

    Whole is a sentence that names the guarantor itself, needs no other sentence to prove it and cuts no quotation.
    """
    upheld, hedged, restated, *rest = _seniority(one)
    return upheld, hedged, restated, not _is_whole(one.claim), *rest


def _is_whole(claim: Claim) -> bool:
    step = next(proof for proof in claim.evidence if proof.role is EvidenceRole.STEP)
    names = any(
        proof.role is EvidenceRole.WHO and step.start <= proof.start and proof.end <= step.end
        for proof in claim.evidence
    )
    is_alone = all(proof.role is not EvidenceRole.CONTEXT for proof in claim.evidence)
    is_cut = step.quote.count('"') % 2 == 1 or any(
        step.quote.count(opening) != step.quote.count(closing) for opening, closing in ("«»", "“”")
    )
    return names and is_alone and not is_cut


def _line(line: str, filed: Sequence[ClaimOnFile]) -> tuple[LedgerLine, list[Conflict]]:
    kept = [one for one in filed if one.decision is not Decision.REJECT]
    facts = [one for one in kept if one.claim.factuality is Factuality.FACT]
    voices = facts or kept or list(filed)
    status: Literal["current", "announced", "rejected"] = "current" if facts else "announced" if kept else "rejected"
    best = min(voices, key=_worth_showing)
    shown, deciding = _day(voices)
    planned = _planned(voices)
    place = _majority(voices, lambda one: _place_key(one.claim.place))
    derived = LedgerLine(
        line=line,
        guarantor=best.claim.guarantor,
        document=best.claim.document,
        family=best.claim.family,
        stage=best.claim.stage,
        stage_rank=STAGE_RANK[best.claim.stage],
        acting_side=best.claim.acting_side,
        event_on_min=shown[0],
        event_on_max=shown[1],
        precision=shown[2],
        planned_on=planned,
        place=next((one.claim.place for one in voices if place and _place_key(one.claim.place) == place), None),
        status=status,
        confirmed_by=_confirmed({one.claim.said_side for one in voices}),
        speakers=len({squeeze(fold(one.claim.said_by)) for one in voices if one.claim.said_by}),
        texts=len({one.article_id for one in voices}),
        outlets=len({one.outlet for one in voices}),
        is_hedged=all(one.claim.is_hedged for one in voices),
        block_kind=best.claim.block_kind,
        condition_kind=best.claim.condition_kind,
        first_published_at=min(
            (
                one.published_at
                for one in voices
                if one.published_at and one.claim.report_type is not ReportType.RESTATEMENT
            ),
            default=None,
        ),
        best_claim=best.claim_id,
        deciding=() if status == "rejected" else tuple(sorted(one.claim_id for one in deciding)),
    )
    if status == "rejected":
        return derived, []
    conflicts = _others(line, "event_on", voices, _day_text, shown)
    conflicts += _others(line, "place", voices, lambda one: _place_key(one.claim.place), place)
    conflicts += _others(
        line, "planned_on", voices, lambda one: _iso(one.claim.planned_on), planned.isoformat() if planned else None
    )
    return derived, conflicts


def _days(one: ClaimOnFile) -> Days:
    return one.claim.event_on_min, one.claim.event_on_max, one.claim.precision


def _day(voices: Sequence[ClaimOnFile]) -> tuple[Days, list[ClaimOnFile]]:
    """The line's day and the claims that give it.

    Claims that a person accepted or corrected go first. Among claims of day precision: the earliest of a primary
    source, else the day most works give (the earliest of equals). Else a month or year in the same way; else the
    earliest bound.
    """
    heard = [one for one in voices if one.decision in _UPHELD and one.claim.event_on_max] or voices
    for precision in (EventPrecision.DAY, EventPrecision.MONTH, EventPrecision.YEAR):
        exact = [one for one in heard if one.claim.precision is precision and one.claim.event_on_max]
        if not exact:
            continue
        primary = [one for one in exact if one.outlet_side in _PRIMARY_SIDES] if precision is EventPrecision.DAY else []
        value = min((_days(one) for one in primary), key=_by_day) if primary else _majority(exact, _days, _by_day)
        if value is not None:
            return value, [one for one in exact if _days(one) == value]
    bounded = [one for one in heard if one.claim.event_on_max]
    if bounded:
        value = min((_days(one) for one in bounded), key=_by_day)
        return value, [one for one in bounded if _days(one) == value]
    return (None, None, EventPrecision.UNKNOWN), list(voices)


def _by_day(days: Days) -> tuple[date, date]:
    return days[1] or date.max, days[0] or date.min


def _majority(
    voices: Iterable[ClaimOnFile], value: Callable[[ClaimOnFile], T | None], order: Callable[[T], Any] = str
) -> T | None:
    """The value most works give; of equals the first by `order`, so that no order of arrival matters."""
    works: defaultdict[T, set[int]] = defaultdict(set)
    for one in voices:
        said = value(one)
        if said is not None:
            works[said].add(one.work_id)
    return min(works, key=lambda said: (-len(works[said]), order(said)), default=None)


def _planned(voices: Sequence[ClaimOnFile]) -> date | None:
    """The planned day of the latest report that names one: a moved date replaces the older."""
    dated = [one for one in voices if one.claim.planned_on]
    if not dated:
        return None
    earliest = datetime.min.replace(tzinfo=UTC)
    last = max(dated, key=lambda one: (one.published_at or earliest, one.claim_id))
    return last.claim.planned_on


def _place_key(place: str | None) -> str | None:
    return squeeze(fold(place)) if place else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_text(one: ClaimOnFile) -> Days | None:
    return _days(one) if one.claim.event_on_max else None


def _confirmed(sides: set[Side]) -> Confirmed:
    if Side.UA in sides and Side.GUARANTOR in sides:
        return Confirmed.BOTH
    if Side.UA in sides:
        return Confirmed.UA
    if Side.GUARANTOR in sides:
        return Confirmed.GUARANTOR
    return Confirmed.THIRD if Side.THIRD in sides else Confirmed.UNKNOWN


def _others(
    line: str, field: str, voices: Iterable[ClaimOnFile], value: Callable[[ClaimOnFile], T | None], shown: T | None
) -> list[Conflict]:
    told: defaultdict[T, list[ClaimOnFile]] = defaultdict(list)
    for one in voices:
        said = value(one)
        if said is not None and not _agrees(said, shown):
            told[said].append(one)
    return [
        Conflict(
            line=line,
            field=field,
            value=_written(said),
            claim_id=min(one.claim_id for one in those),
            texts=len({one.article_id for one in those}),
        )
        for said, those in told.items()
    ]


def _agrees(said: object, shown: object) -> bool:
    """Equal, or bounds of days that can both be true (a month holds its day, `by` any day before)."""
    if not (isinstance(said, tuple) and isinstance(shown, tuple)):
        return said == shown
    low, high = max(said[0] or date.min, shown[0] or date.min), min(said[1] or date.max, shown[1] or date.max)
    return low <= high


def _written(said: object) -> str:
    if not isinstance(said, tuple):
        return str(said)
    low, high = said[0], said[1]
    if low == high:
        return str(high)
    return f"{low or ''}/{high}"


def _weaker_reports(lines: Sequence[LedgerLine]) -> list[Conflict]:
    """A later factual report of a weaker state does not lower a line; it stands beside it."""
    by_promise: defaultdict[tuple[str, str], list[LedgerLine]] = defaultdict(list)
    for one in lines:
        if one.status == "current" and one.event_on_max and one.stage_rank > 0:  # a side state is no rung
            by_promise[one.guarantor, one.document].append(one)
    found: list[Conflict] = []
    for promise in by_promise.values():
        for strong in promise:
            found += [
                Conflict(line=strong.line, field="stage", value=weak.stage, claim_id=weak.best_claim, texts=weak.texts)
                for weak in promise
                if weak.stage_rank < strong.stage_rank and weak.stage is not Stage.PROPOSED and _is_later(weak, strong)
            ]
    return found


def _is_later(one: LedgerLine, other: LedgerLine) -> bool:
    """Whether its first possible day is after the other's last."""
    return bool(one.event_on_min and other.event_on_max and one.event_on_min > other.event_on_max)
