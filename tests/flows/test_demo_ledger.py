"""The ledger of the demo's invented articles against what a careful reader takes from them."""

from datetime import date

import pytest

from flows.cli import run
from storage.terms import EventPrecision

STEP_OF_CLAIM = "select * from evidence where claim_id = :claim and role = 'step'"
SCREEN = 50
"""Rows of a terminal."""


@pytest.fixture
def demo(place_of, read_demo, tmp_path):
    """A place that has read all the demo's pages, on SQLite."""
    place = place_of(f"sqlite:///{tmp_path}/demo.db")
    read_demo(place)
    return place


@pytest.fixture
def zaporuka(tmp_path, capsys):
    """Run a command on that place; gives exit code, standard output and standard error."""

    def call(*words):
        code = run([*words, "--home", str(tmp_path), "--database", f"sqlite:///{tmp_path}/demo.db"])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def day(text):
    return date.fromisoformat(text) if text else None


def expected_lines(truth):
    """Each line of the truth as the fields it names, and what it leaves open as None."""
    return {
        (row["guarantor"], row["family"], row["stage"], row.get("acting_side")): {
            "on": day(row.get("event_on") or row.get("by")),
            "precision": EventPrecision.BY if "by" in row else EventPrecision.DAY,
            "planned_on": day(row.get("planned_on")),
            "status": row["status"],
            "block_kind": row.get("block_kind"),
            "condition_kind": row.get("condition_kind"),
            "texts": set(row["texts"]),
        }
        for row in truth["ledger"]
    }


def derived_lines(place, demo_lines, with_side):
    """The store's lines in the same form; `with_side` are the (guarantor, family, stage) whose side is asked for."""
    page_of = {}
    for line in demo_lines:
        page_of.setdefault(line.get("url"), []).append(line["id"])
    claims = place.store.rows(
        "select c.guarantor, c.document, c.stage, c.acting_side, c.block_kind, c.condition_kind, c.claim_id,"
        " a.article_id from claims c join articles a on a.article_id = c.article_id"
    )
    ids_of = {}
    for row in place.store.rows("select distinct article_id, url from pages where article_id is not null"):
        named = page_of.get(row["url"]) or [one["id"] for one in demo_lines if "url" not in one]
        ids_of.setdefault(row["article_id"], set()).update(named)
    found = {}
    for line in place.store.ledger_lines():
        key = (line.guarantor, str(line.family), str(line.stage))
        mine = [
            row
            for row in claims
            if (row["guarantor"], row["document"], row["stage"]) == (line.guarantor, line.document, line.stage)
        ]
        best = next(row for row in mine if row["claim_id"] == line.best_claim)
        found[*key, str(line.acting_side) if key in with_side else None] = {
            "on": line.event_on_max,
            "precision": line.precision,
            "planned_on": line.planned_on,
            "status": line.status,
            "block_kind": best["block_kind"],
            "condition_kind": best["condition_kind"],
            "texts": set().union(*(ids_of[row["article_id"]] for row in mine)),
        }
    return found


def test_the_demo_gives_the_ledger_of_a_careful_reader(demo, truth, demo_lines):
    expected = expected_lines(truth)
    found = derived_lines(demo, demo_lines, {key[:3] for key in expected if key[3]})
    assert sorted(found, key=str) == sorted(expected, key=str)
    for key, line in expected.items():
        assert found[key] == line, key


def test_a_day_that_disagrees_is_shown_beside_the_line(demo, truth):
    told = [(row["guarantor"], row["conflict"]) for row in truth["ledger"] if "conflict" in row]
    shown = {
        (row["line"].split("/")[0], row["field"], row["value"])
        for row in demo.store.rows("select line, field, value from conflicts")
    }
    assert shown == {(guarantor, one["field"], one["value"]) for guarantor, one in told}


def test_what_only_repeats_an_older_step_is_told_as_such(demo, truth, demo_lines):
    url_of = {line["id"]: line.get("url") for line in demo_lines}
    for row in truth["ledger"]:
        for page in row.get("restated_in", ()):
            kinds = demo.store.rows(
                "select distinct c.report_type from claims c join pages p on p.article_id = c.article_id"
                " where p.url = :url",
                url=url_of[page],
            )
            assert [one["report_type"] for one in kinds] == ["restatement"]


def test_ledger_lines_read_as_guarantor_document_and_step(demo):
    lines = {line.line for line in demo.store.ledger_lines()}
    assert {
        "PT/none-named/proposed@UA",
        "NZ/g7-declaration/joined_declaration",
        "IE/bilateral/signed",
        "GB/uk-100-year/ratified@guarantor",
        "NO/coalition-force/proposed@guarantor",
    } <= lines


def test_why_a_guarantor_stands_where_it_does_fits_one_screen_and_counts_the_rest(demo, zaporuka):
    lines = demo.store.ledger_lines()
    for code in sorted({line.guarantor for line in lines}):
        code_of_exit, printed, _ = zaporuka("ledger", code, "--why")
        assert code_of_exit == 0
        mine = [line for line in lines if line.guarantor == code and line.status == "current"]
        assert len(printed.splitlines()) <= SCREEN, code
        for line in mine:
            assert f"[{line.line}]" in printed
            (step,) = demo.store.rows(STEP_OF_CLAIM, claim=line.best_claim)
            assert f"{step['span_start']}–{step['span_end']}  “{step['quote']}”" in printed
    short = zaporuka("ledger", "IE", "--why")[1]
    full = zaporuka("ledger", "IE", "--why", "--full")[1]
    left = sum(int(row.split()[1]) for row in short.splitlines() if row.strip().startswith("and "))
    assert left > 0
    assert full.count("claim ") == short.count("claim ") + left
    assert "more in" not in full
    assert zaporuka("ledger", "--full")[0] == 2
