"""The ledger and its changes as tables: every line a row, every column told, nothing a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.imports.files import read_inputs
from flows.cli import run
from flows.ingest import Place, ingest
from flows.ledger_csv import BYTE_ORDER_MARK, CHANGES_COLUMNS, LEDGER_COLUMNS, ledger_table, table
from flows.reference import reference_rows
from storage.records import Conflict, LedgerLine
from storage.store import Store
from storage.terms import Confirmed, EventPrecision, Family, Side, Stage

REPO = Path(__file__).parents[2]
DEMO = REPO / "flows" / "demo" / "manifest.jsonl"
PAGES = 8
NOW = datetime(2027, 4, 10, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(knowledge, tmp_path_factory):
    """A data folder with the first of the demo's pages."""
    folder = tmp_path_factory.mktemp("csv")
    with Store.open(f"sqlite:///{folder}/zaporuka.db", must_exist=False) as store:
        store.mark_demo()
        store.load_reference(*reference_rows(knowledge))
        pages = [one for one, _ in zip(read_inputs([DEMO]), range(PAGES), strict=False)]
        ingest(pages, Place(store, folder / "archive", knowledge, lambda: NOW))
    return folder


def read(text):
    """The rows of a table as a spreadsheet takes them."""
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def asked(capfdbinary, home, *options):
    """The rows that `ledger` prints as bytes, and what it says beside them."""
    assert run(["ledger", *options, "--csv", "--home", str(home)]) == 0
    out, err = capfdbinary.readouterr()
    return read(out.decode("utf-8")), err.decode()


def line(**values):
    given = {
        "line": "LV/bilateral/signed",
        "guarantor": "LV",
        "document": "bilateral",
        "family": Family.BILATERAL,
        "stage": Stage.SIGNED,
        "stage_rank": 8,
        "acting_side": Side.UNKNOWN,
        "event_on_min": date(2024, 4, 11),
        "event_on_max": date(2024, 4, 11),
        "precision": EventPrecision.DAY,
        "status": "current",
        "confirmed_by": Confirmed.UA,
        "speakers": 1,
        "texts": 3,
        "outlets": 2,
        "best_claim": 7,
    }
    return LedgerLine(**given | values)


def test_every_ledger_line_is_a_row_with_its_evidence(home, capfdbinary):
    rows, beside = asked(capfdbinary, home)
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        lines = {one.line: one for one in store.ledger_lines() if one.status == "current"}
        texts = [one["text_full"] for one in store.rows("select text_full from readings")]
    assert lines
    assert {row["line"] for row in rows} == set(lines)
    assert list(rows[0]) == list(LEDGER_COLUMNS)
    for row in rows:
        on_file = lines[row["line"]]
        assert row["event_on_max"] == on_file.event_on_max.isoformat()
        assert row["texts"] == str(on_file.texts)
        assert row["claim"] == f"claim:{on_file.best_claim}"
        start, end = int(row["quote_start"]), int(row["quote_end"])
        assert any(text[start:end] == row["quote"] for text in texts)
        assert row["headline"]
        assert row["demo"].startswith("DEMO")
    assert f"{len(rows)} lines" in beside
    assert "Read: " in beside


def test_a_row_leads_to_its_citation(home, capfdbinary):
    rows, _ = asked(capfdbinary, home)
    assert run(["cite", rows[0]["claim"], "--home", str(home)]) == 0
    assert rows[0]["capture_sha256"] in capfdbinary.readouterr().out.decode()


def test_of_one_guarantor_only_its_rows_stand_there(home, capfdbinary):
    rows, _ = asked(capfdbinary, home)
    who = rows[0]["guarantor"]
    some, _ = asked(capfdbinary, home, who)
    assert {row["guarantor"] for row in some} == {who}
    assert len(some) < len(rows)


def test_changes_are_a_table_with_the_cause_of_each(home, capfdbinary):
    rows, beside = asked(capfdbinary, home, "--changes-since", "2024-01-01")
    assert rows
    assert list(rows[0]) == list(CHANGES_COLUMNS)
    assert {row["cause"] for row in rows} <= {"news", "late_find"}
    assert all(row["kind"] == "opened" and row["what"] and row["quote"] and row["rests_on_headline"] for row in rows)
    assert any(row["rests_on_url"].startswith("http") for row in rows)
    assert all(row["status_after"] == "current" and not row["status_before"] for row in rows)
    assert f"{len(rows)} changes" in beside


@pytest.mark.parametrize("options", [["--why"], ["--json"]])
def test_a_table_is_no_other_form(options, home, capsys):
    assert run(["ledger", "--csv", *options, "--home", str(home)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert options[0] in err


@pytest.mark.parametrize("sign", list("=+-@\t\r\n＝＋－＠"))
def test_no_cell_is_run_as_a_formula(sign):
    [row] = read(table(["headline"], [{"headline": f"{sign}1+cmd|' /C calc'!A0"}]))
    assert row["headline"] == f"'{sign}1+cmd|' /C calc'!A0"


def test_cells_hold_what_was_put_in():
    cells = {"a": 'say "так", ні\nдалі', "b": None, "c": False, "d": date(2024, 4, 11), "e": -3, "f": "a=b"}
    [row] = read(table(cells, [cells]))
    assert row == {"a": 'say "так", ні\nдалі', "b": "", "c": "0", "d": "2024-04-11", "e": "-3", "f": "a=b"}


def test_conflicts_stand_beside_the_line_and_a_lost_claim_leaves_cells_empty():
    against = Conflict(line="LV/bilateral/signed", field="event_on", value="2024-04-12", claim_id=9, texts=2)
    text = ledger_table([line()], {"LV/bilateral/signed": [against]}, {}, {"LV": "Latvia"}, is_demo=False)
    [row] = read(text)
    assert row["conflicts"] == "also reported on 12 Apr 2024 (2 texts)"
    assert (row["guarantor_name"], row["step"]) == ("Latvia", "signed")
    assert row["quote"] == row["claim"] == row["demo"] == ""


def test_every_column_is_told_in_the_documentation():
    page = (REPO / "docs" / "for-analysts.md").read_text(encoding="utf-8")
    for name in (*LEDGER_COLUMNS, *CHANGES_COLUMNS):
        shown = name.removesuffix("_before").removesuffix("_after")
        assert f"`{shown}`" in page or f"`{name}`" in page, name
