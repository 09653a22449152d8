"""The ledger in words a reader knows: days, steps, sides, as they are printed."""

import re
from datetime import date

from storage.records import Conflict, LedgerLine
from storage.terms import Confirmed, EventPrecision, Side, Stage

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_STEPS: dict[Stage, str] = {
    Stage.PROPOSED: "named",
    Stage.JOINED_DECLARATION: "joined",
    Stage.TALKS_ANNOUNCED: "talks announced",
    Stage.TALKS_STARTED: "talks started",
    Stage.NEGOTIATING: "negotiating",
    Stage.TEXT_AGREED: "text agreed",
    Stage.SIGNING_ANNOUNCED: "signing planned",
    Stage.SIGNED: "signed",
    Stage.SUBMITTED: "before parliament",
    Stage.RATIFIED: "ratified",
    Stage.IN_FORCE: "in force",
    Stage.AMENDED: "amended",
    Stage.INVOKED: "invoked",
    Stage.ENDED: "ended",
    Stage.BLOCKED: "blocked",
    Stage.COMMITMENT: "pledged",
}
_PROPOSALS = {Side.UA: "wanted", Side.GUARANTOR: "offered", Side.THIRD: "named", Side.UNKNOWN: "named"}
_PARLIAMENTS = {Side.UA: "by Kyiv", Side.GUARANTOR: "by the guarantor"}
_SAID_BY: dict[Confirmed, str] = {
    Confirmed.UA: "Kyiv only",
    Confirmed.GUARANTOR: "guarantor only",
    Confirmed.BOTH: "both sides",
    Confirmed.THIRD: "third party only",
    Confirmed.UNKNOWN: "side not named",
}


def in_words(day: date | None) -> str:
    """A day as `9 Sep 2023`, or a dash."""
    return f"{day.day} {day:%b %Y}" if day else "–"


def step_in_words(line: LedgerLine) -> str:
    """The step; a proposal by its side, a parliament's step by whose it is, how it was stopped, on which condition."""
    words = _step(line)
    if line.block_kind:
        words += f" ({line.block_kind.replace('_', ' ')})"
    if line.condition_kind:
        words += f", if {line.condition_kind.replace('_', ' ')}"
    return words


def _step(line: LedgerLine) -> str:
    if line.stage is Stage.PROPOSED:
        return _PROPOSALS[line.acting_side]
    if line.stage in {Stage.SUBMITTED, Stage.RATIFIED} and line.acting_side in _PARLIAMENTS:
        return f"{_STEPS[line.stage]} {_PARLIAMENTS[line.acting_side]}"
    return _STEPS[line.stage]


def day_in_words(line: LedgerLine) -> str:
    """The day of the step, as exactly as it is known."""
    match line.precision:
        case EventPrecision.BY:
            words = f"by {in_words(line.event_on_max)}"
        case EventPrecision.MONTH if line.event_on_max:
            words = f"{line.event_on_max:%b %Y}"
        case EventPrecision.YEAR if line.event_on_max:
            words = f"{line.event_on_max:%Y}"
        case _:
            words = in_words(line.event_on_max)
    return f"{words}, for {in_words(line.planned_on)}" if line.planned_on else words


def said_by_in_words(line: LedgerLine) -> str:
    """Which sides say so."""
    return _SAID_BY[line.confirmed_by]


def document_in_words(line: LedgerLine) -> str:
    """The document, or that none is named."""
    return "(none named)" if line.document == "none-named" else line.document


def conflict_in_words(conflict: Conflict) -> str:
    """What other texts say against a line."""
    what = {"event_on": "also reported on", "place": "also reported in", "stage": "also reported as"}
    days = [date.fromisoformat(one) if _DAY.match(one) else None for one in conflict.value.split("/")]
    value = " – ".join(in_words(day) for day in days if day) if any(days) else conflict.value
    texts = f"{conflict.texts} text{'s' if conflict.texts > 1 else ''}"
    return f"{what.get(conflict.field, conflict.field)} {value} ({texts})"
