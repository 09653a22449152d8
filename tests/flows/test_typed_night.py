"""Nights typed by hand: exit codes, the webhook, what vanished, and the archive's budget."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.cli import run
from flows.demo.replica import Replica, Setting
from flows.demo.replica.setting import Fault
from storage.store import Store

SETTING = Setting(days=1, history_every=0, crawl_delay_s=0.02, faults={"president": Fault.CHALLENGE})


@pytest.fixture
def replica(tmp_path, monkeypatch):
    with Replica(tmp_path / "replica", setting=SETTING) as playing:
        playing.describe(tmp_path / "told.json", delay_s=0.02)
        monkeypatch.setenv("ZAPORUKA_REPLICA", str(tmp_path / "told.json"))
        monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
        yield playing


@contextmanager
def listening():
    """A webhook; yields its address and the messages it was told."""
    told = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.prove
def test_a_night_with_an_alarm_ends_with_1_tells_the_webhook_and_shows_in_the_status(
    replica, tmp_path, monkeypatch, capsys
):
    with listening() as (address, told):
        monkeypatch.setenv("ZAPORUKA_WEBHOOK", address)
        assert run(["crawl"]) == 0
        assert told == []
        replica.night = 2
        capsys.readouterr()
        assert run(["crawl", "--json"]) == 1
        report = json.loads(capsys.readouterr().out)
    assert report["alarms"]
    [message] = told
    assert message["is_demo"] is True
    assert message["run"] == report["run_id"]
    assert {alarm["outlet"] for alarm in message["alarms"]} == {"president"}
    assert "challenge" in {alarm["kind"] for alarm in message["alarms"]}
    assert run(["status"]) == 1
    assert "ALARM" in capsys.readouterr().out
    with Store.open(f"sqlite:///{tmp_path}/data/zaporuka.db", must_exist=True) as store:
        vanished = {row["url"] for row in store.rows("select url from articles where vanished_at is not null")}
    assert vanished == {one.url for one in replica.truth(2).articles if one.change == "gone"}


@pytest.mark.prove
def test_an_archive_that_may_not_grow_stops_the_run_by_name(replica, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ZAPORUKA_DISK_BUDGET_GB", "0.000001")
    assert run(["crawl", "--outlet", "kyiv-independent"]) == 1
    said = capsys.readouterr().out
    assert "STOPPED EARLY" in said
    assert "disk_budget" in said
    assert len(replica.access_log.read_text().splitlines()) < 20
    monkeypatch.setenv("ZAPORUKA_DISK_BUDGET_GB", "1")
    assert run(["crawl", "--outlet", "kyiv-independent"]) == 0
    with Store.open(f"sqlite:///{tmp_path}/data/zaporuka.db", must_exist=True) as store:
        [row] = store.rows("select count(*) as articles from articles")
    assert row["articles"] == replica.truth(1).outlets["kyiv-independent"].articles


def test_a_plan_says_what_is_ahead_and_fetches_nothing(replica, capsys):
    plan = ["backfill", "--outlet", "ukrinform", "--around", "2027-03-20", "--plan"]
    assert run(plan) == 0
    said = capsys.readouterr().err
    assert "pages" in said
    assert "GB" in said
    assert "Nothing was fetched" in said
    assert run([*plan, "--json"]) == 0
    [outlet] = json.loads(capsys.readouterr().out)["outlets"]
    assert outlet["units"] >= 1
    assert outlet["high"] > 0
    assert replica.access_log.read_text() == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["crawl", "--outlet", "nobody"], "No outlet 'nobody'"),
        (["backfill", "--outlet", "ukrinform"], "Say which days"),
        (["backfill", "--from", "2024-02-30"], "--from"),
        (["backfill", "--from", "2024-03-02", "--to", "2024-03-01"], "before they begin"),
        (["backfill", "--from", "2024-03-02", "--edition", "fr"], "edition"),
    ],
)
@pytest.mark.usefixtures("replica")
def test_what_is_asked_wrongly_is_said_in_one_line(arguments, says, capsys):
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1, said


def test_a_webhook_that_is_none_is_said_before_anything_is_fetched(replica, monkeypatch, capsys):
    monkeypatch.setenv("ZAPORUKA_WEBHOOK", "nowhere")
    assert run(["crawl"]) == 2
    assert "ZAPORUKA_WEBHOOK" in capsys.readouterr().err
    assert replica.access_log.read_text() == ""
