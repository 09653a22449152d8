"""An analyst's own table against the ledger: read leniently, every row accounted for, days and documents told apart."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.imports.files import read_inputs
from flows.cli import run
from flows.compare_csv import Verdict, compare
from flows.errors import UserError
from flows.ingest import Place, ingest
from flows.ledger_words import step_in_words
from flows.own_days import day_bounds
from flows.own_table import Document, plain_name, read_table
from flows.reference import reference_rows
from flows.step_labels import label_of
from storage.records import Conflict, LedgerLine
from storage.store import Store
from storage.terms import STAGE_RANK, Confirmed, EventPrecision, Family, Side, Stage

REPO = Path(__file__).parents[2]
DEMO = REPO / "flows" / "demo" / "manifest.jsonl"
NOW = datetime(2027, 4, 10, 5, tzinfo=UTC)
CODES = {"lv": "LV", "latvia": "LV", "латвія": "LV", "латвия": "LV", "lt": "LT", "lithuania": "LT", "gb": "GB"}
DOCUMENTS = [
    Document("bilateral", Family.BILATERAL, frozenset({"bilateral", "security agreement"})),
    Document("uk-100-year", Family.UK_100_YEAR, frozenset({"uk 100 year", "100 year partnership"})),
    Document("budapest-1994", Family.BUDAPEST_1994, frozenset({"budapest 1994", "budapest memorandum"})),
]


def called(who):
    """The code of a guarantor in these tests."""
    if who.lower() not in CODES:
        message = f"No guarantor is called {who!r}."
        raise UserError(message)
    return CODES[who.lower()]


def line(name="LV/bilateral/signed", day="2024-04-11", **values):
    guarantor, document, rest = name.split("/")
    stage, _, side = rest.partition("@")
    on = date.fromisoformat(day) if day else None
    given = {
        "line": name,
        "guarantor": guarantor,
        "document": document,
        "family": document.replace("-", "_"),
        "stage": Stage(stage),
        "stage_rank": STAGE_RANK[Stage(stage)],
        "acting_side": Side(side) if side else Side.UNKNOWN,
        "event_on_min": on,
        "event_on_max": on,
        "precision": EventPrecision.DAY if on else EventPrecision.UNKNOWN,
        "status": "current",
        "confirmed_by": Confirmed.UA,
        "speakers": 1,
        "texts": 1,
        "outlets": 1,
        "best_claim": 7,
    }
    return LedgerLine(**given | values)


@pytest.fixture
def table(tmp_path):
    """Read a table from its text, or from bytes."""

    def make(text):
        file = tmp_path / "mine.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_table(file, called, DOCUMENTS)

    return make


@pytest.fixture
def verdicts(table):
    """Rows below the usual header against lines: the verdicts as (verdict, line in the file, ledger line)."""

    def make(rows, *lines, conflicts=None):
        found = compare(table("guarantor,stage,date,document\n" + "\n".join(rows)), lines, conflicts or {})
        told = [
            (str(one.verdict), one.row.n if one.row else None, one.line.line if one.line else None)
            for one in found.findings
        ]
        return found, sorted(told, key=str)

    return make


def test_the_same_step_on_the_same_day_is_matched_and_another_day_is_told_with_both(verdicts):
    found, told = verdicts(["LV,signed,2024-04-11,", "LT,signed,2024-04-12,"], line(), line("LT/bilateral/signed"))
    assert told == [("matched", 2, "LV/bilateral/signed"), ("other_day", 3, "LT/bilateral/signed")]
    [other] = found.of(Verdict.OTHER_DAY)
    assert other.row.days == (date(2024, 4, 12), date(2024, 4, 12))
    assert other.line.event_on_max == date(2024, 4, 11)


def test_missing_extra_and_what_is_outside(verdicts):
    lines = (line("LT/bilateral/signed"), line("LV/bilateral/ratified@UA"))
    found, told = verdicts(["LV,signed,2024-04-11,"], *lines)
    assert told == [("extra", None, "LT/bilateral/signed"), ("missing", 2, None)]
    assert [one.line for one in found.outside] == ["LV/bilateral/ratified@UA"]
    assert found.counts == {
        "matched": 0,
        "other_day": 0,
        "missing": 1,
        "extra": 1,
        "not_understood": 0,
        "outside": 1,
    }


def test_a_signature_of_1994_is_none_of_2024(verdicts):
    found, told = verdicts(["GB,signed,1994-12-05,Budapest Memorandum"], line("GB/bilateral/signed", "2024-01-12"))
    assert told == [("missing", 2, None)]
    [missing] = found.of(Verdict.MISSING)
    assert missing.notes == ("the ledger has GB/bilateral/signed (12 Jan 2024)",)
    assert [one.line for one in missing.near] == ["GB/bilateral/signed"]
    assert [one.line for one in found.outside] == ["GB/bilateral/signed"]


def test_rows_without_a_document_find_the_line_of_their_day(verdicts):
    lines = (line("GB/bilateral/signed", "2024-01-12"), line("GB/uk-100-year/signed", "2025-01-16"))
    for rows in (
        ["GB,signed,2025-01-16,", "GB,signed,2024-01-12,"],
        ["GB,signed,2024-01-12,", "GB,signed,2025-01-16,"],
    ):
        found, _ = verdicts(rows, *lines)
        assert {one.row.said["date"]: one.line.line for one in found.of(Verdict.MATCHED)} == {
            "2024-01-12": "GB/bilateral/signed",
            "2025-01-16": "GB/uk-100-year/signed",
        }


def test_a_day_that_agrees_counts_more_than_one_that_is_near(verdicts):
    lines = (line("GB/bilateral/signed", "2024-01-12"), line("GB/uk-100-year/signed", "2025-01-16"))
    assert ("matched", 2, "GB/bilateral/signed") in verdicts(["GB,signed,2024,"], *lines)[1]


def test_a_row_said_twice_is_not_dropped(verdicts):
    found, told = verdicts(["LV,signed,2024-04-11,", "LV,signed,2024-04-11,"], line())
    assert [verdict for verdict, *_ in told] == ["matched", "matched"]
    assert found.findings[1].notes == ("the same ledger line as your line 2",)


@pytest.mark.parametrize(
    ("row", "values", "verdict"),
    [
        ("2024-04", {}, "matched"),
        ("2024-05", {}, "other_day"),
        ("2024", {}, "matched"),
        ("by 2024-04-20", {}, "matched"),
        ("by 2024-04-10", {}, "other_day"),
        ("2024-03-01", {"event_on_min": None, "precision": EventPrecision.BY}, "matched"),
        ("2024-05-01", {"event_on_min": None, "precision": EventPrecision.BY}, "other_day"),
        ("", {}, "matched"),
        ("2024-04-30", {"event_on_min": date(2024, 4, 1), "event_on_max": date(2024, 4, 30)}, "matched"),
        ("2030-01-01", {"event_on_min": None, "event_on_max": None}, "matched"),
    ],
)
def test_days_are_compared_as_exactly_as_both_know_them(row, values, verdict, verdicts):
    assert verdicts([f"LV,signed,{row},"], line(**values))[1] == [(verdict, 2, "LV/bilateral/signed")]


def test_of_a_signing_planned_either_day_may_stand_in_the_table(verdicts):
    planned = line("LV/bilateral/signing_announced", "2024-04-01", planned_on=date(2024, 4, 11))
    for day, verdict in (("2024-04-01", "matched"), ("2024-04-11", "matched"), ("2024-04-12", "other_day")):
        assert verdicts([f"LV,signing announced,{day},"], planned)[1][0][0] == verdict


def test_what_the_ledger_holds_otherwise_is_told(verdicts):
    found, told = verdicts(["LV,signed,2024-04-11,"], line(status="announced"))
    assert told == [("missing", 2, None)]
    assert found.findings[0].notes == ("the ledger has LV/bilateral/signed, as planned or conditional only",)
    against = Conflict(line="LV/bilateral/signed", field="event_on", value="2024-04-12", claim_id=9, texts=2)
    found, _ = verdicts(["LV,signed,2024-04-12,"], line(), conflicts={"LV/bilateral/signed": [against]})
    assert "reported too, by 2 texts" in found.findings[0].notes[0]


def test_a_step_that_was_not_taken(verdicts):
    joined = line("LV/g7-declaration/joined_declaration")
    found, told = verdicts(["LV,not_joined,,", "LT,not_joined,,"], joined)
    assert told == [("extra", 2, "LV/g7-declaration/joined_declaration"), ("matched", 3, None)]
    assert found.outside == ()


def test_sides_are_told_apart_only_where_the_table_does(verdicts):
    kyiv, other = line("LV/bilateral/ratified@UA"), line("LV/bilateral/ratified@guarantor", "2024-05-01")
    assert verdicts(["LV,ratified,2024-05-01,"], kyiv, other)[1] == [
        ("extra", None, "LV/bilateral/ratified@UA"),
        ("matched", 2, "LV/bilateral/ratified@guarantor"),
    ]
    assert verdicts(["LV,ratified by Kyiv,2024-05-01,"], kyiv, other)[1][1][:2] == ("other_day", 2)


@pytest.mark.parametrize(
    "text",
    [
        "guarantor,stage,date,document\nLV,signed,2024-04-11,Security agreement",
        "Країна;Етап;Дата;Документ\nЛатвія;підписано;11.04.2024;bilateral",
        "Страна\tШаг\tДата\tДокумент\nЛатвия\tподписано\t11 апреля 2024 г.\tsecurity agreement",
        "note,Country (name),Step,When,Treaty\n'=x,latvia,Signed,11 April 2024,security-agreement",
        "\n\nGUARANTOR_NAME,Stage,Event-Date,Document\n\nLatvia,SIGNED,April 11 2024,",
    ],
)
def test_tables_of_many_kinds_are_read_alike(text, table):
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        found = table(data)
        assert found.not_understood == ()
        [row] = found.rows
        assert (row.guarantor, row.label.stages, row.days[1]) == ("LV", (Stage.SIGNED,), date(2024, 4, 11))


def test_an_old_encoding_is_read_and_named(table):
    found = table("Країна;Етап;Дата\nЛатвія;підписано;11.04.2024".encode("cp1251"))
    assert (found.encoding, found.rows[0].guarantor) == ("Windows-1251", "LV")


def test_rows_that_mean_nothing_are_named_with_their_line_and_counted(table):
    found = table(
        'guarantor,stage,date,document\n"Atlantis",signed,2024-04-11,\nLV,"hugged\ntwice",2024,\nLV,signed,31.02.2024,\n'
        "LV,signed,05/06/2024,\nLV,signed,45393,\n,signed,2024,\nLV,,2024,\nLV,signed,2024,Magna Carta\nLV,signed,2024,"
    )
    assert [(one.n, one.why) for one in found.not_understood] == [
        (2, "No guarantor is called 'Atlantis'."),
        (3, "the step 'hugged\\ntwice' is none we know"),
        (5, "'31.02.2024' is no day of the calendar"),
        (6, "the day '05/06/2024' may be 05 Jun or 06 May; write it like 2024-06-13"),
        (7, "the day '45393' is not understood; write it like 2024-06-13"),
        (8, "no guarantor"),
        (9, "no step"),
        (10, "the document 'Magna Carta' is none we know; name one of ours, or leave it empty"),
    ]
    assert [row.n for row in found.rows] == [11]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-06-13T10:00:00+03:00", ("2024-06-13", "2024-06-13")),
        ("13/06/2024", ("2024-06-13", "2024-06-13")),
        ("06/13/2024", ("2024-06-13", "2024-06-13")),
        ("05/05/2024", ("2024-05-05", "2024-05-05")),
        ("13 червня 2024 року", ("2024-06-13", "2024-06-13")),
        ("червень 2024", ("2024-06-01", "2024-06-30")),
        ("June 2024", ("2024-06-01", "2024-06-30")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("до 9 вересня 2023", (None, "2023-09-09")),
        ("2024-06-01/2024-06-13", ("2024-06-01", "2024-06-13")),
    ],
)
def test_days_as_people_write_them(text, days):
    first, last = days
    assert day_bounds(text) == (date.fromisoformat(first) if first else None, date.fromisoformat(last))


@pytest.mark.parametrize("text", ["soon", "2024-13-01", "13 June", "June 13th or so 2024", "2024-02-30", "1/2"])
def test_days_nobody_can_tell_are_refused(text):
    with pytest.raises(ValueError, match="day"):
        day_bounds(text)


def test_precision_of_a_column_of_its_own_widens_the_day(table):
    found = table(
        "guarantor,stage,date,date_precision\nLV,signed,2024-04-11,by\nLV,signed,2024-04-11,as-of\nLV,signed,2024-04-11,day"
    )
    assert [row.days[0] for row in found.rows] == [None, None, date(2024, 4, 11)]


def test_every_step_the_ledger_prints_is_understood_as_itself():
    for stage in Stage:
        for side in Side:
            printed = step_in_words(line(f"LV/bilateral/{stage}", acting_side=side))
            told = label_of(printed)
            assert told is not None, printed
            assert told.fits(stage, side), printed


@pytest.mark.parametrize(
    ("label", "stages"),
    [
        ("joined-declaration", (Stage.JOINED_DECLARATION,)),
        ("Suspended-or-rejected", (Stage.BLOCKED, Stage.ENDED)),
        ("blocked (postponed)", (Stage.BLOCKED,)),
        ("offered, if ceasefire", (Stage.PROPOSED,)),
        ("набула чинності", (Stage.IN_FORCE,)),
        ("Ратифицировано", (Stage.RATIFIED,)),
    ],
)
def test_labels_of_others_are_ours(label, stages):
    assert label_of(label).stages == stages


def test_a_label_says_doubt_and_denial_and_no_step_is_made_up():
    assert label_of("signed?").is_unsure
    assert not label_of("signed").is_unsure
    assert label_of("not_joined").is_negated
    assert label_of("not signed").is_negated
    for words in ("other", "none", "", "practically signed", "will be signed"):
        assert label_of(words) is None, words


def test_names_of_documents_are_compared_without_their_signs():
    assert plain_name("UK–Ukraine 100-Year Partnership (2025)") == "uk ukraine 100 year partnership 2025"


@pytest.fixture(scope="module")
def home(knowledge, tmp_path_factory):
    """A data folder with the first of the demo's pages."""
    folder = tmp_path_factory.mktemp("compare")
    with Store.open(f"sqlite:///{folder}/zaporuka.db", must_exist=False) as store:
        store.mark_demo()
        store.load_reference(*reference_rows(knowledge))
        pages = [one for one, _ in zip(read_inputs([DEMO]), range(6), strict=False)]
        ingest(pages, Place(store, folder / "archive", knowledge, lambda: NOW))
    return folder


def test_the_ledgers_own_table_is_matched_whole_with_evidence(home, tmp_path, capsys):
    assert run(["ledger", "--csv", "--home", str(home)]) == 0
    mine = tmp_path / "mine.csv"
    mine.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run(["compare", str(mine), "--json", "--home", str(home)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["is_demo"] is True
    assert told["rows"] > 1
    assert told["counts"] == dict.fromkeys(told["counts"], 0) | {"matched": told["rows"]}
    assert all(one["evidence"]["quote"] and one["evidence"]["url"] for one in told["matched"])


def test_differences_are_exit_0_and_rows_not_understood_exit_1(home, tmp_path, capsys):
    mine = tmp_path / "mine.csv"
    mine.write_text("country,step,date\nНімеччина,signed,2024-02-16\n", encoding="utf-8")
    assert run(["compare", str(mine), "--home", str(home)]) == 0
    out = capsys.readouterr().out
    assert "1 rows · matched 0 · other day 0 · missing 1" in out
    assert "line 2: Німеччина, signed, 16 Feb 2024" in out
    assert out.startswith("DEMO: INVENTED ARTICLES")
    assert "Searched: " in out
    mine.write_text("country,step,date\nAtlantis,signed,2024-02-16\n", encoding="utf-8")
    assert run(["compare", str(mine), "--home", str(home)]) == 1
    assert "line 2: No guarantor is called 'Atlantis'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "nothing stands in it"),
        (b"who,when\nLV,2024", "no column for the stage"),
        (b"step,when\nsigned,2024", "no column for the guarantor"),
        (b"\x00\x01\x02", "is no text"),
        (None, "No such file"),
    ],
)
def test_a_file_that_is_no_table_is_one_line_and_exit_2(data, said, home, tmp_path, capsys):
    mine = tmp_path / "mine.csv"
    if data is not None:
        mine.write_bytes(data)
    assert run(["compare", str(mine), "--home", str(home)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err
