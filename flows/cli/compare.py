"""`zaporuka compare`: an analyst's own table held against the ledger, with the evidence for every difference."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import DEMO_BANNER, DatabaseOption, HomeOption, JsonOption, opened, say, say_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.cite import Citation
    from flows.compare_csv import Comparison, Finding
    from flows.own_table import OwnTable, Row
    from storage.records import LedgerLine

_INDENT = "        "
_HEADS = {
    "other_day": "OTHER DAY: in both, on another day",
    "missing": "MISSING: in your table, not on the ledger",
    "extra": "EXTRA: on the ledger, not in your table",
    "matched": "MATCHED",
}


def compare(
    file: Annotated[Path, typer.Argument(help="A CSV file: guarantor, step, day; document if you like.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Show lines too whose step or document your table holds nothing of.")
    ] = False,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare a table of your own with the ledger: matched, other day, missing, extra, each with its evidence.

    Exit code 0 if every row was understood, whatever differs; 1 if some were not: they are named and counted.

    Example: zaporuka compare mine.csv
    """
    from flows.cite import citations
    from flows.compare_csv import compare as compare_table
    from flows.compare_csv import documents_of, guarantor_called, lines_to_prove
    from flows.compare_words import comparison_values
    from flows.coverage import coverage_in_words, coverage_of
    from flows.ledger_view import lines_of
    from flows.own_table import read_table
    from flows.settings import read_settings

    settings = read_settings(home, database)
    with opened(settings) as store:
        documents = documents_of(store)
        table = read_table(file, guarantor_called(store, settings.lexicon), documents)
        lines, conflicts = lines_of(store, None)
        found = compare_table(table, lines, conflicts)
        cited = citations(store, lines_to_prove(found))
        is_demo, coverage = store.is_demo, coverage_of(store)
    if as_json:
        values = comparison_values(found, table, cited)
        say_json({"is_demo": is_demo, "file": str(file), "searched": coverage, **values})
    else:
        if is_demo:
            say(DEMO_BANNER)
        for text in _told(file, table, found, cited, everything=everything):
            say(text)
        if table.not_understood:
            say(f"\nDocuments we know: {', '.join(one.document for one in documents)}.")
        say(f"\nSearched: {coverage_in_words(coverage)}")
    if table.not_understood:
        raise typer.Exit(1)


def _told(
    file: Path, table: "OwnTable", found: "Comparison", cited: "Mapping[int, Citation]", *, everything: bool
) -> Iterator[str]:
    from flows.compare_csv import Verdict

    counts = found.counts
    rows = len(table.rows) + len(table.not_understood)
    yield (
        f"{file}: {rows} rows · matched {counts['matched']} · other day {counts['other_day']} · "
        f"missing {counts['missing']} · extra {counts['extra']} · not understood {counts['not_understood']}"
    )
    yield f"Read as {table.encoding}: {', '.join(f'{name} = {header!r}' for name, header in table.columns.items())}"
    if table.not_understood:
        yield "\nNOT UNDERSTOOD: compared with nothing"
        for row in table.not_understood:
            yield f"  line {row.n}: {row.why}  ({', '.join(cell for cell in row.said.values() if cell)})"
    for verdict in (Verdict.OTHER_DAY, Verdict.MISSING, Verdict.EXTRA, Verdict.MATCHED):
        if findings := found.of(verdict):
            yield f"\n{_HEADS[verdict]}"
        for one in findings:
            yield from _finding(one, cited)
    if found.outside and everything:
        yield "\nOUTSIDE: steps or documents your table holds nothing of"
        yield from (f"  {_line(line)}" for line in found.outside)
    elif found.outside:
        yield f"\n{len(found.outside)} ledger lines of steps or documents your table holds nothing of: --all."


def _finding(one: "Finding", cited: "Mapping[int, Citation]") -> Iterator[str]:
    parts = []
    if one.row is not None:
        parts.append(f"line {one.row.n}: {_row(one.row)}")
    if one.line is not None:
        parts.append(_line(one.line))
    yield f"  {'  |  '.join(parts)}"
    yield from (f"{_INDENT}! {note}" for note in one.notes)
    for line in (one.line,) if one.line else one.near:
        yield from _proof(cited.get(line.best_claim))


def _row(row: "Row") -> str:
    from flows.compare_words import days_in_words

    said = [row.said[name] for name in ("guarantor", "stage", "document") if row.said.get(name)]
    return f"{', '.join(said)}, {days_in_words(row.days)}"


def _line(line: "LedgerLine") -> str:
    from flows.ledger_words import day_in_words, step_in_words

    return f"{line.line}: {step_in_words(line)}, {day_in_words(line)}"


def _proof(cited: "Citation | None") -> Iterator[str]:
    from flows.cite_words import published_in_words

    if cited is not None:
        filed, step = cited.filed, cited.step
        yield f"{_INDENT}“{step.quote}” ({step.start}–{step.end})"
        yield f"{_INDENT}{cited.outlet_name}, {published_in_words(cited)}, claim {filed.claim_id}  {filed.url or ''}"
