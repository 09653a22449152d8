"""`zaporuka ledger --changes-since` and `--known-at` as their users meet them."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from flows.cli import run

DAY = datetime(2024, 4, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_other_database(monkeypatch):
    """Only the data folder a test names is read."""
    monkeypatch.delenv("ZAPORUKA_DATABASE_URL", raising=False)


@pytest.fixture
def home(read, tmp_path):
    """A data folder in which an article named Lithuania for a day, and then Latvia."""
    folder = tmp_path / "data"
    folder.mkdir()
    reader = read(f"sqlite:///{folder}/zaporuka.db")
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    reader(DAY + 24 * HOUR, reader.page(1, reader.signed("Latvia"), fetched=DAY + 2 * HOUR))
    return str(folder)


def test_the_command_tells_what_changed_since_a_day(home, capsys):
    assert run(["ledger", "--changes-since", "2024-04-12", "--home", home]) == 0
    first, _, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("12 Apr 2024 – ")
    assert first.endswith("2 lines changed · news 0 · outlet edit 2 · late find 0 · rule 0 · review 0")
    assert [line.split("  ")[0] for line in rest if "/bilateral/" in line] == ["OUTLET EDIT", "OUTLET EDIT"]
    assert run(["ledger", "Латвія", "--changes-since", "2024-04-12", "--home", home]) == 0
    said = capsys.readouterr().out
    assert "Latvia: 1 line changed" in said
    assert "LT/bilateral/signed" not in said


def test_the_command_speaks_json_of_what_changed(home, capsys):
    assert run(["ledger", "--changes-since", "2024-04-12", "--json", "--home", home]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["by_cause"] == {"news": 0, "outlet_edit": 2, "late_find": 0, "rule": 0, "review": 0}
    closed, opened = told["changes"]
    assert (closed["line"], closed["kind"], closed["after"]) == ("LT/bilateral/signed", "closed", None)
    assert opened["edit"]["what_changed"] == ["country"]
    assert opened["edit"]["steps_removed"][0]["line"] == "LT/bilateral/signed"
    assert opened["rests_on"]["outlet"] == "ukrinform"
    assert told["read"]["runs"] == {"ingest": 1}


def test_days_and_weeks_ago_are_counted_in_kyiv_days(read, tmp_path, capsys):
    reader = read(f"sqlite:///{tmp_path}/zaporuka.db")
    now = datetime.now(UTC)
    reader(now - timedelta(days=9), reader.page(1, reader.signed("Latvia"), published=now - timedelta(days=10)))
    for span, count in (("1d", 0), ("7d", 0), ("2w", 1)):
        assert run(["ledger", "--changes-since", span, "--home", str(tmp_path)]) == 0
        said = capsys.readouterr().out
        assert f"{count} line{'' if count == 1 else 's'} changed" in said
        assert ("No line changed." in said) is (count == 0)
        assert "Read in that time: " in said


def test_planned_lines_are_counted_and_told_on_demand(read, tmp_path, capsys):
    reader = read(f"sqlite:///{tmp_path}/zaporuka.db")
    told = "If its parliament objects, Denmark will not sign the security agreement with Ukraine, the minister said."
    reader(DAY + HOUR, reader.page(1, ("Denmark speaks of guarantees", (told, *reader.fill))))
    statuses = {line.status for line in reader.store.ledger_lines()}
    assert statuses == {"announced"}
    assert run(["ledger", "--changes-since", "2024-04-10", "--home", str(tmp_path)]) == 0
    assert "of planned or conditional lines hidden: --all." in capsys.readouterr().out
    assert run(["ledger", "--changes-since", "2024-04-10", "--all", "--home", str(tmp_path)]) == 0
    assert "DK/bilateral/blocked" in capsys.readouterr().out


def test_the_ledger_is_shown_as_it_was_known_at_a_moment(home, capsys):
    for moment, line in (
        ("2024-04-11", "LT/bilateral/signed"),
        ("2024-04-12T11:59+03:00", "LT/bilateral/signed"),
        ("2024-04-12T12:00", "LV/bilateral/signed"),
        ("2024-04-12", "LV/bilateral/signed"),
    ):
        assert run(["ledger", "--known-at", moment, "--json", "--home", home]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [one["line"] for one in told["lines"]] == [line], moment
    assert run(["ledger", "--known-at", "2024-04-11", "--home", home]) == 0
    said = capsys.readouterr().out
    assert "Lithuania" in said
    assert "Latvia" not in said
    assert "Read by then: 1 run (1 ingest), 1 page, 1 article of 1 outlet (ukrinform)." in said
    assert run(["ledger", "--known-at", "2024-04-10", "--home", home]) == 0
    said = capsys.readouterr().out
    assert "No step found in what was read." in said
    assert "this database had read nothing yet" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--changes-since", "yesterday"], "write it like 2024-06-13, 1d, 7d or 2w"),
        (["--changes-since", "7"], "write it like"),
        (["--changes-since", "0001-01-01"], "write it like"),
        (["--changes-since", "2999-01-01"], "lies ahead"),
        (["--changes-since", "7d", "--why"], "--why"),
        (["--known-at", "31.02.2024"], "write it like 2024-06-13"),
        (["--known-at", "2999-01-01"], "lies ahead"),
        (["--known-at", "2024-04-11", "--as-of", "2024-04-11"], "--as-of and --known-at"),
        (["--known-at", "2024-04-11", "--published-by", "2024-04-11"], "--published-by and --known-at"),
        (["--as-of", "2024-04-11", "--published-by", "2024-04-11"], "--as-of and --published-by"),
        (["--changes-since", "7d", "--as-of", "2024-04-11"], "--as-of and --changes-since"),
    ],
)
def test_a_wrong_or_mixed_clock_is_one_line_and_exit_2(arguments, said, home, capsys):
    assert run(["ledger", *arguments, "--home", home]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err


@pytest.mark.parametrize("option", [["--changes-since", "7d"], ["--known-at", "2024-04-11"]])
def test_looking_back_makes_no_database(option, tmp_path, capsys):
    assert run(["ledger", *option, "--home", str(tmp_path / "none")]) == 1
    assert "there is no database" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
