"""An analyst's own table held against the ledger: what both have, what one lacks, and where the days differ."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from flows.edits import rows
from flows.guarantors import UNNAMED, code_of
from flows.ledger_words import day_in_words
from flows.own_days import Days
from flows.own_table import Document, NotUnderstood, OwnTable, Row, plain_name
from flows.steps.text import fold
from storage.models import TABLES
from storage.records import Conflict, LedgerLine
from storage.store import Store
from storage.terms import EventPrecision, Family, Stage

UNNAMED_CODE = "MULTI"

_HELD = {"announced": "as planned or conditional only", "rejected": "which a person rejected"}


class Verdict(StrEnum):
    """How a row and the ledger stand to each other."""

    MATCHED = "matched"
    OTHER_DAY = "other_day"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Finding:
    """A row, a ledger line, or both. `notes` are what a reader should know before believing the verdict.

    `matched` and `other_day` have both; `missing` is a row the ledger has no line for, except where the row says that
    the step was not taken (then `matched`); `extra` is a line no row tells, or one that a row says there is not.
    `near` are lines of the same guarantor that may be meant by a missing row.
    """

    verdict: Verdict
    row: Row | None
    line: LedgerLine | None
    notes: tuple[str, ...] = ()
    near: tuple[LedgerLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table held against the ledger. Every row stands in one finding or in `not_understood`.

    `outside` are current lines of steps or documents the table holds nothing of: it was not made to hold them.
    """

    findings: tuple[Finding, ...]
    not_understood: tuple[NotUnderstood, ...]
    outside: tuple[LedgerLine, ...]

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings of one verdict."""
        return tuple(one for one in self.findings if one.verdict is verdict)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each verdict, and of rows not understood and lines outside."""
        counts = {verdict.value: len(self.of(verdict)) for verdict in Verdict}
        return counts | {"not_understood": len(self.not_understood), "outside": len(self.outside)}


def documents_of(store: Store) -> list[Document]:
    """The documents on file with all the names they are known by."""
    columns = (TABLES["documents"].c[name] for name in ("document", "name", "family", "aliases"))
    return [
        Document(
            row["document"],
            Family(row["family"]),
            frozenset(
                plain_name(name)
                for name in (row["document"], row["name"], row["name"].partition("(")[0], *row["aliases"])
            ),
        )
        for row in rows(store, sa.select(*columns).order_by("document"))
    ]


def guarantor_called(store: Store, lexicon_folder: Path | None) -> Callable[[str], str]:
    """Codes of guarantors by any name, the unnamed group of states included; each name is looked up once."""

    @cache
    def called(who: str) -> str:
        if who.upper() == UNNAMED_CODE or fold(who) == fold(UNNAMED):
            return UNNAMED_CODE
        return code_of(who, store, lexicon_folder)

    return called


def compare(table: OwnTable, lines: Sequence[LedgerLine], conflicts: Mapping[str, Sequence[Conflict]]) -> Comparison:
    """Hold a table against ledger lines. Pure; the same whatever the order of the rows.

    Each row takes one line and each line one row where it can be: those whose days agree first, then the nearest.
    """
    current = [line for line in lines if line.status == "current"]
    told = [row for row in table.rows if not row.label.is_negated]
    taken = _paired(told, current)
    findings = [_of_row(row, taken, current, lines, conflicts) for row in told]
    used = {one.line.line for one in findings if one.line is not None}
    denied = {line.line: row for row in table.rows if row.label.is_negated for line in current if _fits(row, line)}
    findings += [
        Finding(Verdict.MATCHED, row, None, ("not on the ledger either, as your table says",))
        for row in table.rows
        if row.label.is_negated and row.n not in {one.n for one in denied.values()}
    ]
    rest = [line for line in current if line.line not in used]
    findings += [
        Finding(Verdict.EXTRA, denied[line.line], line, ("your table says that it was not",))
        for line in rest
        if line.line in denied
    ]
    unclaimed = [line for line in rest if line.line not in denied]
    findings += [Finding(Verdict.EXTRA, None, line) for line in unclaimed if _in_scope(line, table.rows)]
    outside = tuple(line for line in unclaimed if not _in_scope(line, table.rows))
    return Comparison(tuple(findings), table.not_understood, outside)


def lines_to_prove(comparison: Comparison) -> set[int]:
    """The claims whose evidence a reader of the comparison wants."""
    lines = [line for one in comparison.findings for line in ((one.line,) if one.line else one.near)]
    return {line.best_claim for line in lines}


def _paired(rows: Sequence[Row], lines: Sequence[LedgerLine]) -> dict[int, LedgerLine]:
    """Which line each row takes, by the row's number: the best pairs first, every line and row once."""
    pairs = sorted(
        ((_strangeness(row, line), row.n, line.line, line) for row in rows for line in lines if _fits(row, line)),
        key=lambda pair: pair[:3],
    )
    taken: dict[int, LedgerLine] = {}
    used: set[str] = set()
    for _, n, name, line in pairs:
        if n not in taken and name not in used:
            taken[n] = line
            used.add(name)
    return taken


def _of_row(
    row: Row,
    taken: Mapping[int, LedgerLine],
    current: Sequence[LedgerLine],
    lines: Sequence[LedgerLine],
    conflicts: Mapping[str, Sequence[Conflict]],
) -> Finding:
    line = taken.get(row.n)
    notes: list[str] = []
    if line is None:
        fitting = [one for one in current if _fits(row, one)]
        if not fitting:
            return Finding(Verdict.MISSING, row, None, *_hints(row, lines))
        line = min(fitting, key=lambda one: (_strangeness(row, one), one.line))
        other = next((n for n, one in taken.items() if one.line == line.line), None)
        notes.append(f"the same ledger line as your line {other}")
    if row.label.is_unsure:
        notes.append("your table marks it as doubtful")
    if row.days is None:
        notes.append("your table gives no day")
    elif not _bounds(line):
        notes.append("the ledger knows no day")
    if _agrees(row, line):
        return Finding(Verdict.MATCHED, row, line, tuple(notes))
    notes += [
        f"your day is reported too, by {one.texts} text{'s' if one.texts > 1 else ''}: see the line's conflicts"
        for one in conflicts.get(line.line, ())
        if one.field == "event_on" and _overlap(row.days, _days_of(one.value))
    ]
    return Finding(Verdict.OTHER_DAY, row, line, tuple(notes))


def _fits(row: Row, line: LedgerLine) -> bool:
    if row.guarantor != line.guarantor or not row.label.fits(line.stage, line.acting_side):
        return False
    return not row.families or line.family in row.families


def _strangeness(row: Row, line: LedgerLine) -> tuple[bool, bool, int]:
    """How unlike a row and a line of the same step are: other days, another document of the family, days apart."""
    apart = 0
    bounds = _bounds(line)
    if row.days and row.days[1] and bounds and bounds[1]:
        apart = abs((row.days[1] - bounds[1]).days)
    return not _agrees(row, line), bool(row.documents) and line.document not in row.documents, apart


def _agrees(row: Row, line: LedgerLine) -> bool:
    """Whether the days may be the same. Of a signing planned a table may give the day planned or that of the news."""
    bounds = _bounds(line)
    if row.days is None or bounds is None or _overlap(row.days, bounds):
        return True
    planned = line.planned_on if line.stage is Stage.SIGNING_ANNOUNCED else None
    return planned is not None and _overlap(row.days, (planned, planned))


def _bounds(line: LedgerLine) -> Days | None:
    if line.event_on_max is None:
        return None
    return (None if line.precision is EventPrecision.BY else line.event_on_min), line.event_on_max


def _overlap(one: Days | None, other: Days | None) -> bool:
    if one is None or other is None:
        return False
    return (one[0] or date.min) <= (other[1] or date.max) and (other[0] or date.min) <= (one[1] or date.max)


def _days_of(value: str) -> Days | None:
    """The day or days of a conflict."""
    try:
        days = [date.fromisoformat(one) if one else None for one in value.split("/")]
    except ValueError:
        return None
    return days[0], days[-1]


def _hints(row: Row, lines: Sequence[LedgerLine]) -> tuple[tuple[str, ...], tuple[LedgerLine, ...]]:
    """Why a row may be missing: the ledger holds it as planned or rejected, or of another document."""
    same = [one for one in lines if one.guarantor == row.guarantor and one.stage in row.label.stages]
    notes = [
        f"the ledger has {one.line}, {_HELD[one.status]}" for one in same if one.status != "current" and _fits(row, one)
    ]
    near = [one for one in same if one.status == "current" or _fits(row, one)]
    notes += [f"the ledger has {one.line} ({day_in_words(one)})" for one in near if one.status == "current"]
    return tuple(notes), tuple(near)


def _in_scope(line: LedgerLine, rows: Iterable[Row]) -> bool:
    """Whether the table holds such lines: some row has this step, and this family or no document at all."""
    return any(line.stage in row.label.stages and (not row.families or line.family in row.families) for row in rows)
