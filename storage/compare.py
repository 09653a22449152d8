"""Whether two databases hold the same, row for row, whatever engines they are on."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from storage.models import TABLES
from storage.store import Store

VOLATILE_TABLES = frozenset({"runs", "leases", "outcomes", "alarms", "zaporuka_info"})
"""Tables about single runs and machines; they are not compared."""

VOLATILE_COLUMNS: dict[str, frozenset[str]] = {
    "pages": frozenset({"run_id", "warc_file", "warc_offset"}),
    "articles": frozenset({"first_seen_at"}),  # the moment of loading where no capture has one
    "leads": frozenset({"first_seen_at", "unit_id"}),
    "units": frozenset({"state", "planned_at", "read_at", "read_on", "done_at"}),
    "ledger_history": frozenset({"known_from", "known_to"}),
    "signatures": frozenset({"filing"}),
}
"""Columns that say when and where something was loaded; they are not compared."""

CAPTURE_TABLES = frozenset({"pages"})
CAPTURE_COLUMNS: dict[str, frozenset[str]] = {
    "versions": frozenset({"captured_at", "captured_on", "captured_day", "last_seen_at", "first_page_id"}),
    "readings": frozenset({"page_id"}),
    "articles": frozenset({"vanished_at"}),
}
"""What tells when a page was fetched: of two crawls of the same outlets it is never the same."""

MAX_SHOWN = 20
"""Differences kept a table; all are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that only one database holds, or that differs in the named columns. `key` is its primary key."""

    table: str
    key: tuple[Any, ...]
    kind: str
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class CompareReport:
    """What a comparison found: rows compared and rows differing by table, and the first differences."""

    first: str
    second: str
    tables_left_out: frozenset[str] = VOLATILE_TABLES
    columns_left_out: dict[str, frozenset[str]] = field(default_factory=lambda: dict(VOLATILE_COLUMNS))
    rows: dict[str, int] = field(default_factory=dict)
    differing: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """Whether no row differs."""
        return not any(self.differing.values())

    def as_dict(self) -> dict[str, Any]:
        """The report for `--json`, with what was left out."""
        columns = {table: sorted(names) for table, names in self.columns_left_out.items()}
        values = asdict(self)
        del values["tables_left_out"], values["columns_left_out"]
        return {**values, "is_same": self.is_same} | {
            "left_out": {"tables": sorted(self.tables_left_out), "columns": columns}
        }

    def as_text(self) -> str:
        """The report for people."""
        total = sum(self.rows.values())
        lines = [f"{self.first} and {self.second}: {total} rows compared, {sum(self.differing.values())} differ"]
        lines += [f"  {one.table} {one.key}: {one.kind} {', '.join(one.columns)}".rstrip() for one in self.differences]
        hidden = sum(self.differing.values()) - len(self.differences)
        if hidden:
            lines.append(f"  and {hidden} more")
        columns = [
            f"{table}.{name}" for table, names in sorted(self.columns_left_out.items()) for name in sorted(names)
        ]
        lines.append(f"Left out: tables {', '.join(sorted(self.tables_left_out))}; columns {', '.join(columns)}")
        return "\n".join(lines)


def compare(first: str, second: str, *, without_captures: bool = False) -> CompareReport:
    """Compare two databases table by table in key order; neither is ever wholly in memory.

    `without_captures` leaves out when pages were fetched, too, so that two crawls of the same can be compared.
    Raises StoreError where one cannot be opened.
    """
    with Store.open(first, must_exist=True) as one, Store.open(second, must_exist=True) as other:
        report = CompareReport(one.shown, other.shown)
        if without_captures:
            report.tables_left_out |= CAPTURE_TABLES
            for name, columns in CAPTURE_COLUMNS.items():
                report.columns_left_out[name] = report.columns_left_out.get(name, frozenset()) | columns
        for name in sorted(TABLES.keys() - report.tables_left_out):
            _compare_table(report, name, one, other)
    return report


def _compare_table(report: CompareReport, name: str, one: Store, other: Store) -> None:
    table = TABLES[name]
    width = len(table.primary_key)
    left_out = report.columns_left_out.get(name, frozenset())
    columns = [*table.primary_key, *(c for c in table.columns if not c.primary_key and c.name not in left_out)]
    names = [column.name for column in columns]
    query = sa.select(*columns).order_by(*table.primary_key)
    report.rows[name] = report.differing[name] = 0
    with one.stream(query) as ours, other.stream(query) as theirs:
        for key, mine, yours in _pairs(ours, theirs, width):
            report.rows[name] += 1
            if mine == yours:
                continue
            report.differing[name] += 1
            if report.differing[name] <= MAX_SHOWN:
                kind = "only in the second" if mine is None else "only in the first" if yours is None else "differs in"
                both = zip(names, mine or (), yours or (), strict=False)
                found = tuple(column for column, a, b in both if a != b)
                report.differences.append(Difference(name, key, kind, found))


def _pairs(
    ours: Iterator[tuple[Any, ...]], theirs: Iterator[tuple[Any, ...]], width: int
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """Rows of two sorted streams side by side: key, row of the first or None, row of the second or None.

    Both engines order text by code point, as Python does, so keys compare as they are.
    """
    mine, yours = next(ours, None), next(theirs, None)
    while mine is not None or yours is not None:
        is_mine = mine is not None and (yours is None or mine[:width] <= yours[:width])
        is_yours = yours is not None and (mine is None or yours[:width] <= mine[:width])
        row = mine if is_mine else yours
        yield (row or ())[:width], mine if is_mine else None, yours if is_yours else None
        if is_mine:
            mine = next(ours, None)
        if is_yours:
            yours = next(theirs, None)
