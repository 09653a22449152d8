"""What the pages tell of running it, done for real: a service that is stopped, and a team on one Postgres."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from flows.demo.replica import Replica, Setting
from storage.store import Store

REPO = Path(__file__).parents[2]
PREFECT = [sys.executable, "-m", "prefect"]
ZAPORUKA = [sys.executable, "-c", "import sys; from flows.cli import run; sys.exit(run(sys.argv[1:]))"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, log, **how):
    """A program with all it starts, until the block ends."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True, **how)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


def wait_for(what, seconds, *processes):
    until = time.monotonic() + seconds
    while not what():
        assert all(process.poll() is None for process in processes), "it ended by itself"
        assert time.monotonic() < until, "it took too long"
        threading.Event().wait(0.5)


def is_up(url):
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
            return answer.status == 200
    except (URLError, OSError):
        return False


def clean():
    """The environment without what a test run or a person has set for these programs."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "ZAPORUKA_"))}


@pytest.mark.prove
def test_two_workers_share_a_night_and_the_past_on_postgres(tmp_path, postgres):
    for name in ("team_prefect", "team_zaporuka"):
        postgres.create(name)
    api = f"http://127.0.0.1:{free_port()}/api"
    told, home, away = tmp_path / "told.json", tmp_path / "home", tmp_path / "away"
    away.mkdir()
    environment = clean() | {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": postgres.url("team_prefect").replace("://", "+asyncpg://"),
        "ZAPORUKA_HOME": str(home),
        "ZAPORUKA_DATABASE_URL": postgres.url("team_zaporuka"),
        "ZAPORUKA_REPLICA": str(told),
    }

    def said(*command):
        done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]

    setting = Setting(days=1, amount="few", history_every=0)
    with ExitStack() as stack:
        replica = stack.enter_context(Replica(tmp_path / "replica", setting=setting))
        replica.describe(told)
        serve = [*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", api.split(":")[2].removesuffix("/api")]
        server = stack.enter_context(running(serve, tmp_path / "server.log", env=environment, cwd=away))
        wait_for(lambda: is_up(f"{api}/health"), 180, server)
        said(*ZAPORUKA, "db", "upgrade")
        said(*PREFECT, "work-pool", "create", "zaporuka", "--type", "process")
        said(*PREFECT, "deploy", "--all", "--no-prompt", "--prefect-file", "deploy/prefect.yaml")
        logs = [tmp_path / f"worker{number}.log" for number in (1, 2)]
        for log in logs:
            worker = [*PREFECT, "worker", "start", "--pool", "zaporuka", "--limit", "1"]
            stack.enter_context(running(worker, log, env=environment, cwd=away))
        started = time.monotonic()
        days = ["--param", "first=2027-04-08", "--param", "last=2027-04-12"]
        said(*PREFECT, "deployment", "run", "backfill/backfill", *days)
        said(*PREFECT, "deployment", "run", "nightly/nightly")

        def ended():
            with Store.open(environment["ZAPORUKA_DATABASE_URL"], must_exist=True) as store:
                found = store.rows("select verb, state from runs")
            return {("backfill", "done"), ("nightly", "done")} <= {(row["verb"], row["state"]) for row in found}

        wait_for(ended, 300, server)
        took = time.monotonic() - started
    assert all("submitted to infrastructure" in log.read_text(errors="replace") for log in logs)
    assert list(away.iterdir()) == []
    with Store.open(environment["ZAPORUKA_DATABASE_URL"], must_exist=True) as store:
        assert store.is_demo
        read = {row["url"] for row in store.rows("select url from pages where outcome = 'article'")}
        assert store.rows("select count(*) as units from units where state = 'done'")[0]["units"] > 0
    wanted = {one.url for one in replica.truth(1).articles if one.outcomes[0] == "article" and not one.missing}
    assert wanted <= read
    print(f"\nteam: two workers read a night and five past days on one Postgres in {took:.0f} s, {len(read)} articles")


def of_session(process):
    """What still runs of all that a process started."""
    listed = subprocess.run(["ps", "-o", "pid=", "-s", str(process.pid)], capture_output=True, text=True, check=False)
    return listed.stdout.split()


@pytest.mark.prove
def test_the_service_stops_in_the_middle_of_a_night_as_its_unit_stops_it(tmp_path):
    unit = dict(
        re.findall(r"^(\w+)=(.*)$", (REPO / "deploy/zaporuka.service").read_text(encoding="utf-8"), re.MULTILINE)
    )
    told, home = tmp_path / "told.json", tmp_path / "home"
    environment = clean() | {"ZAPORUKA_HOME": str(home), "ZAPORUKA_REPLICA": str(told)}
    serve = [*ZAPORUKA, "serve", "--nightly", "0 2 29 2 *", "--poll-minutes", "60", "--port", str(free_port())]
    with Replica(tmp_path / "replica", setting=Setting(days=1, history_every=0)) as replica:
        replica.describe(told, delay_s=0.5)
        with running(serve, tmp_path / "log", env=environment, cwd=tmp_path) as service:
            wait_for(lambda: list((home / "archive").glob("*-pages-*.open")), 180, service)
            assert len(of_session(service)) > 3  # Prefect's server, the run and its spider
            service.send_signal(getattr(signal, unit["KillSignal"]))  # to it alone: KillMode=mixed
            started = time.monotonic()
            code = service.wait(timeout=int(unit["TimeoutStopSec"]))
            took = time.monotonic() - started
            left = of_session(service)
    assert code in {0, int(unit["SuccessExitStatus"])}
    assert left == []
    print(f"\nservice: stopped in the middle of a night within {took:.0f} s, nothing was left")
