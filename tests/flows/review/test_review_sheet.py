"""The queue as a sheet, and decisions read back: every row right, or nothing."""

import json
from datetime import date
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from flows.review_sheet import TO_FILL
from storage.store.reviews import reviews_of


@pytest.fixture
def sheet(zaporuka, tmp_path):
    """Export the queue and fill it in; `fill` maps a row's number and column to what a person writes."""
    file = tmp_path / "queue.xlsx"

    def make(fill=None, *words):
        code, printed = zaporuka("review", "--export", file, *words)
        assert code == 0, printed
        book = load_workbook(file)
        page = book["queue"]
        columns = {cell.value: cell.column for cell in page[1]}
        for (row, name), value in (fill or {}).items():
            page.cell(row, columns[name]).value = value
        book.save(file)
        return file

    return make


def _rows(file):
    head, *rows = load_workbook(file)["queue"].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _filed(press):
    return press.store.rows("select reader, decision, note from reviews order by claim_id, reader")


def test_a_sheet_holds_a_row_a_claim_with_proof_and_locks_what_is_not_to_be_written(press, sheet):
    quote = "=1+1 is what Japan signed.\x07"
    claim = press.tell("a", quote)
    press.tell("b", "Korea signed.", guarantor="KR")
    file = sheet()
    first, second = _rows(file)
    assert (first["claim"], first["quote"], first["rule"]) == (
        str(claim.claim_id),
        "=1+1 is what Japan signed.",
        "S-01",
    )
    assert (first["address"], first["published"]) == ("https://dawn.example/a", "2024-06-13 15:00")
    assert (first["why here"], first["day"], first["decision"]) == ("one text alone", "2024-06-13", None)
    assert second["guarantor"] == "KR"
    page = load_workbook(file)["queue"]
    quoted = next(cell for cell in page[2] if cell.value == first["quote"])
    assert quoted.data_type == "s"  # and no formula
    assert page.protection.sheet
    assert {page.cell(1, cell.column).value for cell in page[2] if not cell.protection.locked} == set(TO_FILL)
    (listed, _) = page.data_validations.dataValidation
    assert listed.formula1 == '"accept,reject,correct"'
    assert str(listed.sqref).endswith("3")


def test_decisions_are_read_back_and_move_the_ledger(press, sheet, zaporuka):
    for slug in "abcd":
        press.tell(slug, f"Korea signed paper {slug}.", guarantor="KR", document=f"paper-{slug}")
    file = sheet({
        (2, "decision"): "accept", (2, "note"): "=read",
        (3, "decision"): "Reject", (3, "reader"): "OM",
        (4, "decision"): "correct", (4, "right day"): date(2024, 6, 12), (4, "right guarantor"): "Япония",
    }, "--name", "KS")  # fmt: skip
    code, printed = zaporuka("review", "--import", file)
    assert code == 0, printed
    assert "3 decisions filed, 0 on file already, 1 rows left open" in printed
    assert sorted(tuple(row.values()) for row in _filed(press)) == [
        ("KS", "accept", "=read"),
        ("KS", "correct", None),
        ("OM", "reject", None),
    ]
    assert press.lines() == [
        ("JP/paper-c/signed", "current"),
        ("KR/paper-a/signed", "current"),
        ("KR/paper-b/signed", "rejected"),
        ("KR/paper-d/signed", "current"),
    ]
    assert press.store.ledger_lines()[0].event_on_max == date(2024, 6, 12)
    assert "0 decisions filed, 3 on file already" in zaporuka("review", "--import", file)[1]
    assert len(_filed(press)) == 3


WRONG = [
    ({"decision": "perhaps"}, "decision: perhaps is none"),
    ({"note": "hm"}, "decision: (empty) is none"),
    ({"decision": "correct"}, "names the right stage, day or guarantor"),
    ({"decision": "correct", "right stage": "sealed"}, "'sealed' is no stage"),
    ({"decision": "correct", "right guarantor": "Atlantis"}, "Atlantis"),
    ({"decision": "accept", "right day": "2024-06-12"}, "the decision is accept"),
    ({"decision": "accept", "claim": "12"}, "claim 12 is not on file"),
    ({"decision": "accept", "claim": "²"}, "claim ² is not on file"),
    ({"decision": "accept", "quote": "Japan signed nothing."}, "quote was changed"),
    ({"decision": "accept", "reader": "x" * 61}, "name has 1 to 60"),
    ({"decision": "accept", "note": "x" * 2001}, "longer than 2000"),
]


def test_every_wrong_row_is_named_and_nothing_is_imported(press, sheet, zaporuka):
    for number in range(len(WRONG) + 1):
        press.tell(
            f"n{number}", f"Japan signed paper {number}.", document=f"paper-{number:02}", is_booked=number == len(WRONG)
        )
    wrong = {(row, name): value for row, (fill, _) in enumerate(WRONG, start=2) for name, value in fill.items()}
    file = sheet({**wrong, (len(WRONG) + 2, "decision"): "accept"}, "--name", "KS")
    code, printed = zaporuka("review", "--import", file)
    assert code == 2
    *rows, last = printed.splitlines()
    assert len(rows) == len(WRONG)
    for row, (line, (_, says)) in enumerate(zip(rows, WRONG, strict=True), start=2):
        assert line.startswith(f"row {row}: ")
        assert says in line
    assert "11 wrong rows, named above; nothing was imported" in last
    assert _filed(press) == []


def test_one_wrong_row_among_right_ones_leaves_the_database_as_it_was(press, sheet, zaporuka):
    press.tell("a")
    press.tell("b", "Korea signed it.", guarantor="KR")
    file = sheet({(2, "decision"): "reject", (3, "decision"): "never"}, "--name", "KS")
    assert zaporuka("review", "--import", file)[0] == 2
    assert _filed(press) == []
    assert [status for _, status in press.lines()] == ["current", "current"]


def test_a_row_needs_a_reader(press, sheet, zaporuka):
    press.tell("a")
    file = sheet({(2, "decision"): "accept"})
    assert "row 2: reader: nobody is named" in zaporuka("review", "--import", file)[1]
    assert zaporuka("review", "--import", file, "--name", "KS")[0] == 0
    assert [row["reader"] for row in _filed(press)] == ["KS"]


def test_a_claim_judged_twice_by_one_reader_is_wrong_and_by_two_is_right(press, sheet, zaporuka):
    press.tell("a")
    for readers, code in ((("KS", "ks"), 2), (("KS", "OM"), 0)):
        file = sheet()
        book = load_workbook(file)
        page = book["queue"]
        columns = {cell.value: cell.column for cell in page[1]}
        page.append([cell.value for cell in page[2]])
        for row, reader, said in zip((2, 3), readers, ("accept", "reject"), strict=True):
            page.cell(row, columns["reader"]).value = reader
            page.cell(row, columns["decision"]).value = said
        book.save(file)
        assert zaporuka("review", "--import", file)[0] == code
    assert [(row["reader"], row["decision"]) for row in _filed(press)] == [("KS", "accept"), ("OM", "reject")]


def test_a_row_whose_evidence_changed_since_the_export_is_refused(press, sheet, zaporuka):
    press.tell("a")
    file = sheet({(2, "decision"): "accept"}, "--name", "KS")
    press.tell("a", rules="r2", is_hedged=True)
    code, printed = zaporuka("review", "--import", file)
    assert code == 2
    assert "row 2: its evidence changed since" in printed
    assert _filed(press) == []


def test_rows_and_columns_may_stand_in_any_order(press, sheet, zaporuka):
    claims = [press.tell("a"), press.tell("b", "Korea signed it.", guarantor="KR")]
    file = sheet({(2, "decision"): "accept", (3, "decision"): "reject"}, "--name", "KS")
    book = load_workbook(file)
    page = book["queue"]
    head, first, second = page.iter_rows(values_only=True)
    for number, row in enumerate((head, second, first), start=1):
        for column, value in enumerate(reversed(row), start=1):
            page.cell(number, column).value = value
    book.save(file)
    assert zaporuka("review", "--import", file)[0] == 0
    said = [reviews_of(press.store, [claim])[claim.claim_id][0].decision for claim in claims]
    assert said == ["accept", "reject"]


def test_what_is_no_sheet_of_ours_is_one_line(press, sheet, zaporuka, tmp_path):
    press.tell("a")
    text, archive = tmp_path / "text.xlsx", tmp_path / "zip.xlsx"
    text.write_text("claim,decision\n")
    with ZipFile(archive, "w") as packed:
        packed.writestr("a", "b")
    renamed = sheet({(1, "decision"): "verdict"})
    for file, says in ((text, "no .xlsx"), (archive, "no .xlsx"), (tmp_path, "sheet"), (renamed, "without decision")):
        code, printed = zaporuka("review", "--import", file)
        assert code == 2, file
        assert printed.count("\n") == 1, printed
        assert says in printed


def test_a_sheet_for_a_second_reader_does_not_tell_what_the_first_said(press, sheet, zaporuka):
    press.tell("a")
    zaporuka("review", "--name", "KS", keys=["n", "clear case", "a"])
    (row,) = _rows(sheet({}, "--second", "--name", "OM"))
    assert (row["decided before"], row["reader"]) == (None, "OM")
    assert "clear case" not in json.dumps(row)


def test_the_demo_s_sheet_says_so(press, sheet):
    press.store.mark_demo()
    press.tell("a")
    book = load_workbook(sheet())
    assert "DEMO: INVENTED ARTICLES" in str(book["about"]["B1"].value)
