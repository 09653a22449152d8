"""`zaporuka outlets check --live`: two pages an edition, judged, nothing kept; what is wrong at the outlet is named."""

import json
import re
import shlex
from datetime import UTC, datetime, timedelta

import pytest
from typer.main import get_command

from crawlers.outlet import all_outlets
from flows import outlet_live
from flows.cli import app, run
from flows.demo.replica import Fault, Replica, Setting
from flows.hosts import HOST
from flows.outlet_live_row import LiveRow
from flows.outlet_signals import IndexAnswer
from storage.store import Store
from storage.terms import Outcome

FAULTS = {"ukrinform": Fault.LAYOUT, "kyiv-independent": Fault.CHALLENGE, "president": Fault.EMPTY_FEED}


@pytest.fixture(scope="module")
def replica(tmp_path_factory):
    """Some outlets as a server of our own plays them; faults befall them on its second night."""
    with Replica(
        tmp_path_factory.mktemp("replica"), setting=Setting(days=1, history_every=0, faults=FAULTS, crawl_delay_s=0.02)
    ) as one:
        yield one


@pytest.fixture
def live(replica, desk, monkeypatch, capsys):
    """Runs a live check of a night; gives its exit code and its rows by outlet and edition."""
    replica.describe(desk / "told.json", delay_s=0.02)
    monkeypatch.setenv("ZAPORUKA_REPLICA", str(desk / "told.json"))

    def look(night, *arguments):
        replica.night = night
        code = run(["outlets", "check", *arguments, "--live", "--json"])
        rows = json.loads(capsys.readouterr().out)
        return code, {(row["outlet"], row["edition"]): row for row in rows}

    return look


def failing(row):
    return {signal["name"] for signal in row["signals"] if not signal["is_well"]}


@pytest.mark.prove
def test_what_befalls_outlets_is_named_by_the_signal_that_it_turns(live, desk):
    code, rows = live(1)
    stated = {key for key, row in rows.items() if key[0] == "ukrainska-pravda"}
    assert {key: failing(row) for key, row in rows.items() if failing(row)} == {}
    assert code == 0, [row for row in rows.values() if not row["is_well"]]
    assert all(any(one["status"] == 403 for one in rows[key]["blocked"]) for key in stated)
    assert all(len([page for page in row["pages"] if page["title"]]) == 2 for row in rows.values() if row["pages"])

    code, rows = live(2)
    assert code == 1
    for language in ("uk", "en", "ru"):
        assert failing(rows["ukrinform", language]) == {"body selector hits"}
    assert {one["outcome"] for one in rows["kyiv-independent", "en"]["blocked"]} == {"challenge"}
    assert "index names articles" in failing(rows["president", "uk"])
    assert all(rows[key]["is_well"] for key in stated)
    assert not (desk.parent / "data").exists()


@pytest.mark.usefixtures("live")
def test_an_outlet_that_another_run_reads_is_left_to_it(desk, capsys):
    url = f"sqlite:///{desk.parent}/data/zaporuka.db"
    (desk.parent / "data").mkdir()
    with Store.open(url, must_exist=False) as store:
        until = datetime.now(UTC) + timedelta(days=3650)
        assert store.acquire_lease(HOST, "president", "another run", until, timedelta(minutes=5))
    assert run(["outlets", "check", "president", "--live"]) == 1
    assert "president: another run is reading it now" in capsys.readouterr().err


def test_without_a_contact_nothing_is_asked(desk, capsys):
    assert run(["outlets", "check", "president", "--live"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Set ZAPORUKA_CONTACT" in err
    assert not (desk.parent / "data").exists()


def test_a_refusal_is_said_with_a_road_that_can_be_taken(desk, monkeypatch, capsys):
    monkeypatch.setenv("ZAPORUKA_CONTACT", "tests@example.org")
    index = all_outlets()["president"].indexes[0]
    refused = IndexAnswer(index, index.url, Outcome.FORBIDDEN, 403)
    row = LiveRow("president", "uk", indexes=[refused])
    monkeypatch.setattr(outlet_live, "look_live", lambda *_: ([row], datetime(2027, 4, 20, 21, 30, tzinfo=UTC)))
    assert run(["outlets", "check", "president", "--live"]) == 1
    out = capsys.readouterr().out
    assert f"president uk: blocked, recorded as such: forbidden (403): {index.url}" in out
    words = shlex.split(re.search(r"  (\S+ backfill .*)$", out, re.MULTILINE)[1])
    assert words[2:] == ["--outlet", "president", "--around", "2027-04-21", "--via", "wayback", "--plan"]
    backfill = get_command(app).commands["backfill"]
    assert backfill.make_context("backfill", words[2:]).params["outlet"] == ["president"]
    assert not (desk.parent / "data").exists()
