"""The service: nights and looks into the feeds by the clock, only more often than in life; killed, it catches up."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from flows.demo.replica import Replica, Setting
from flows.errors import UserError
from flows.schedules import checked_cron, is_missed
from storage.store import Store

NEVER = "0 2 29 2 *"
EVERY_MINUTE = "* * * * *"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "now", "missed"),
    [
        (None, "2027-01-10 12:00", True),
        ("2027-01-10 00:05", "2027-01-10 12:00", False),  # two in the morning in Kyiv is midnight in UTC
        ("2027-01-09 00:05", "2027-01-10 12:00", True),
        ("2027-01-09 00:05", "2027-01-09 23:55", False),
        ("2027-01-01 00:05", "2027-01-10 12:00", True),
        ("2027-07-10 23:05", "2027-07-11 12:00", False),  # in summer it is eleven in the evening
        ("2027-07-10 22:55", "2027-07-11 12:00", True),
    ],
)
def test_a_night_is_missed_when_one_was_due_since_the_last(last, now, missed):
    assert is_missed(at(last) if last else None, checked_cron("0 2 * * *"), at(now)) is missed


def test_what_is_no_cron_line_is_said_in_one_line():
    with pytest.raises(UserError, match="no cron line"):
        checked_cron("at two")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(home, told, nightly, poll_minutes, log):
    command = [sys.executable, "-c", "import sys; from flows.cli import run; sys.exit(run(sys.argv[1:]))", "serve"]
    command += ["--home", str(home), "--nightly", nightly, "--poll-minutes", str(poll_minutes)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "ZAPORUKA_"))}
    process = subprocess.Popen(
        [*command, "--port", str(free_port())],
        env=kept | {"ZAPORUKA_REPLICA": str(told)},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def runs(home):
    file = home / "zaporuka.db"
    if not file.exists():
        return []
    with Store.open(f"sqlite:///{file}", must_exist=True, read_only=True) as store:
        return [(row["verb"], row["state"]) for row in store.rows("select verb, state from runs order by started_at")]


def wait_for(what, process, seconds):
    until = time.monotonic() + seconds
    while not what():
        assert process.poll() is None, "the service ended by itself"
        assert time.monotonic() < until, "it took too long"
        threading.Event().wait(0.5)


def on_file(home):
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        return {row["url"] for row in store.rows("select url from pages where outcome = 'article'")}


def readable(replica, night):
    return {one.url for one in replica.truth(night).articles if one.outcomes[0] == "article" and not one.missing}


@pytest.mark.prove
def test_two_nights_and_six_looks_by_the_clock_and_a_night_made_up_for(tmp_path):
    setting = Setting(days=1, amount="few", history_every=0)
    with Replica(tmp_path / "replica", setting=setting) as replica, (tmp_path / "log").open("wb") as log:
        told, home = tmp_path / "told.json", tmp_path / "home"
        replica.describe(told)
        started = time.monotonic()
        with serving(home, told, NEVER, 60, log) as process:
            wait_for(lambda: list((home / "archive").glob("*-pages-*.open")), process, 300)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert ("nightly", "done") not in runs(home)
        killed = time.monotonic()
        with serving(home, told, NEVER, 60, log) as process:
            wait_for(lambda: ("nightly", "done") in runs(home), process, 300)
        caught_up = time.monotonic()
        assert readable(replica, 1) <= on_file(home)

        with serving(home, told, EVERY_MINUTE, 0.25, log) as process:
            replica.night = 2
            nights = runs(home).count(("nightly", "done"))
            wait_for(
                lambda: runs(home).count(("nightly", "done")) >= nights + 2 and runs(home).count(("poll", "done")) >= 6,
                process,
                600,
            )
            process.terminate()
            assert process.wait(timeout=60) == 0
        assert readable(replica, 2) - {one.url for one in replica.truth(2).articles if one.change == "gone"} <= on_file(
            home
        )
        said = (tmp_path / "log").read_text(errors="replace")
        assert "Traceback" not in said, said[-3000:]
        took = [round(span) for span in (killed - started, caught_up - killed, time.monotonic() - caught_up)]
        print(
            f"\nservice: killed after {took[0]} s in its first night, which was made up for within {took[1]} s of "
            f"the next start; then 2 nights and 6 looks in {took[2]} s"
        )
