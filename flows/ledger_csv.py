"""The ledger and its changes as tables for spreadsheets: CSV with a line for each ledger line or change."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum

from flows.changes import Change, Changes
from flows.changes_words import change_in_words, edit_in_words
from flows.cite import CLAIM_PREFIX, Citation
from flows.edge import DEMO_BANNER
from flows.ledger_words import conflict_in_words, step_in_words
from storage.records import Conflict, LedgerLine

BYTE_ORDER_MARK = "\ufeff"
"""Without it the usual spreadsheets take UTF-8 for something else and garble Cyrillic."""

Cell = str | int | bool | date | datetime | None

_RUNS = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet run a cell as a formula when it stands first."""

_STEP = {
    "line": "name of the line, to cite it by",
    "guarantor": "code of the guarantor",
    "guarantor_name": "its name in English",
    "document": "slug of the document",
    "family": "family of documents it belongs to",
    "stage": "the step, as in the tables",
    "acting_side": "who acts: UA, guarantor, third or unknown",
}
_DAYS = {
    "event_on_min": "earliest day of the step in Kyiv; empty where only a latest is known",
    "event_on_max": "latest day of the step in Kyiv",
    "precision": "how exactly the day is known: day, by, month, year, planned or unknown",
    "planned_on": "day announced for the act, in Kyiv",
}
_PROOF = {
    "claim": "number of the claim shown first, after `claim:`, for `zaporuka cite`",
    "outlet": "slug of the outlet whose article holds that claim",
    "published_at": "when that article was published (UTC)",
    "captured_at": "when the cited version was first captured (UTC)",
    "headline": "headline of the cited version",
    "url": "address of the article",
    "quote": "the words that tell the step",
    "quote_start": "offset of its first character in the stored text",
    "quote_end": "offset after its last character",
    "capture_sha256": "SHA-256 of the archived response",
    "rule": "the rule that read it",
    "rules_version": "version of the rules",
}
_DEMO = {"demo": "says so if the articles are invented; else empty"}

LEDGER_COLUMNS: Mapping[str, str] = {
    **_STEP,
    "step": "the step in words, with condition and how it was stopped",
    **_DAYS,
    "place": "where",
    "status": "current (told as a fact), announced (planned or conditional only) or rejected (by a person)",
    "confirmed_by": "which sides said so: UA, guarantor, both, third or unknown",
    "speakers": "distinct speakers",
    "texts": "articles that say so, copies included",
    "outlets": "distinct outlets",
    "is_hedged": "1 if every text hedges",
    "block_kind": "how the step was stopped",
    "condition_kind": "what the promise depends on",
    "first_published_at": "earliest report (UTC)",
    "conflicts": "what other texts give instead",
    **_PROOF,
    "review": "what a person decided about the claim: accept, reject or correct",
    "reader": "who",
    **_DEMO,
}
"""Columns of `ledger --csv` and what each holds."""

CHANGES_COLUMNS: Mapping[str, str] = {
    "cause": "news, outlet_edit, late_find, rule or review; the rows stand in this order",
    "kind": "opened, changed or closed",
    "changed_at": "when this database learnt it (UTC)",
    **_STEP,
    "what": "what it was and what it is, in words",
    **{f"{name}_before": f"{name} before the change" for name in ("event_on_min", "event_on_max", "status")},
    **{f"{name}_after": f"{name} after the change" for name in ("event_on_min", "event_on_max", "status")},
    "edit": "what the outlet changed, if that was the cause",
    "rests_on_outlet": "slug of the outlet whose article decided the change",
    "rests_on_url": "address of that article",
    "rests_on_headline": "its headline",
    **_PROOF,
    **_DEMO,
}
"""Columns of `ledger --changes-since --csv` and what each holds."""


def ledger_table(
    lines: Iterable[LedgerLine],
    conflicts: Mapping[str, Sequence[Conflict]],
    cited: Mapping[int, Citation],
    names: Mapping[str, str],
    *,
    is_demo: bool,
) -> str:
    """The ledger as CSV, a row a line. `cited` holds the best claims, as far as they are on file."""
    rows = []
    for line in lines:
        proof = cited.get(line.best_claim)
        row = {name: getattr(line, name) for name in LEDGER_COLUMNS if name in LedgerLine.model_fields}
        row |= _named(line, names) | {"step": step_in_words(line)}
        row["conflicts"] = "; ".join(conflict_in_words(one) for one in conflicts.get(line.line, ()))
        row |= _proof(proof) | {"review": proof.filed.decision if proof else None}
        rows.append(row | {"reader": proof.filed.reader if proof else None} | _demo(is_demo=is_demo))
    return table(LEDGER_COLUMNS, rows)


def changes_table(changes: Changes, cited: Mapping[int, Citation], *, everything: bool) -> str:
    """What changed as CSV, a row a change, in order of cause, time and line.

    Edits that moved no line and pages that vanished are no changes of the ledger and have no row.
    """
    rows = [_change_row(one, changes, cited) for one in changes.changes if everything or not one.is_hidden]
    return table(CHANGES_COLUMNS, rows)


def proving_claim(change: Change) -> int | None:
    """The claim to show for a change: the one its line shows first after it, or showed before it closed."""
    line = change.after or change.before
    return line.best_claim if line else None


def table(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    """Rows as CSV (RFC 4180) that opens in a spreadsheet; no cell of it is ever run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    names = list(columns)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value.value) if isinstance(value, Enum) else value
    return f"'{text}" if text.startswith(_RUNS) else text


def _change_row(change: Change, changes: Changes, cited: Mapping[int, Citation]) -> dict[str, Cell]:
    line = change.after or change.before
    number = proving_claim(change)
    states = {"before": change.before, "after": change.after}
    return {
        "cause": change.cause,
        "kind": change.kind,
        "changed_at": change.at,
        **(_named(line, changes.names) if line else {}),
        "what": change_in_words(change),
        **{
            f"{name}_{when}": getattr(state, name) if state else None
            for when, state in states.items()
            for name in ("event_on_min", "event_on_max", "status")
        },
        "edit": edit_in_words(change.edit) if change.edit else None,
        **{f"rests_on_{name}": getattr(change.rests_on, name, None) for name in ("outlet", "url", "headline")},
        **_proof(cited.get(number) if number is not None else None),
        **_demo(is_demo=changes.is_demo),
    }


def _named(line: LedgerLine, names: Mapping[str, str]) -> dict[str, Cell]:
    same = {name: getattr(line, name) for name in _STEP if name != "guarantor_name"}
    return same | {"guarantor_name": names.get(line.guarantor, line.guarantor)}


def _proof(cited: Citation | None) -> dict[str, Cell]:
    if cited is None:
        return {}
    filed, step = cited.filed, cited.step
    return {
        "claim": f"{CLAIM_PREFIX}{filed.claim_id}",
        **{name: getattr(filed, name) for name in ("outlet", "published_at", "headline", "url", "rules_version")},
        "captured_at": cited.captured_at,
        "quote": step.quote,
        "quote_start": step.start,
        "quote_end": step.end,
        "capture_sha256": cited.payload_sha256,
        "rule": filed.claim.rule,
    }


def _demo(*, is_demo: bool) -> dict[str, Cell]:
    return {"demo": DEMO_BANNER if is_demo else None}
