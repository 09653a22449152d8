"""Real flows of Prefect, on servers of our own: a set of pins that cannot run one is noticed here."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from flows.demo.replica import Replica, Setting
from flows.errors import WorkFailedError
from flows.orchestrator import server

CODE = """
import json, sys, time
from pathlib import Path
home = Path(sys.argv[1])
from flows.orchestrator import prepare, server
prepare(home)
from contextlib import nullcontext
with server(home) if sys.argv[2] == "configured" else nullcontext():
    from flows.nightly import nightly
    from prefect.client.orchestration import get_client
    if sys.argv[2] == "configured":
        from datetime import timedelta
        from flows.schedules import deployments_of
        for deployment in deployments_of("0 2 * * *", timedelta(minutes=30)):
            deployment.apply()
    report = nightly(home=home, outlets=["president"])
    def planned(runs):
        return {run.flow_id for run in runs if run.state_name == "Scheduled"}
    with get_client(sync_client=True) as client:
        runs, until = client.read_flow_runs(), time.monotonic() + 60
        while sys.argv[2] == "configured" and len(planned(runs)) < 2 and time.monotonic() < until:
            time.sleep(0.2)
            runs = client.read_flow_runs()
        artifacts = {one.key: one for one in client.read_artifacts()}
    print(json.dumps({
        "report": report.rows[0].articles,
        "states": [run.state_name for run in runs if run.state_name != "Scheduled"],
        "planned": len(planned(runs)),
        "tables": artifacts["nightly-table"].data,
        "page": artifacts["nightly-report"].data,
    }))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("replica")
    with Replica(folder / "replica", setting=Setting(days=1, amount="few", history_every=0)) as replica:
        replica.describe(folder / "told.json")
        yield folder / "told.json"


def environment(told):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "ZAPORUKA_"))}
    return kept | {"ZAPORUKA_REPLICA": str(told)}


@pytest.mark.parametrize(
    ("which", "planned"), [("configured", 2), pytest.param("not configured", 0, marks=pytest.mark.prove)]
)
def test_a_night_is_a_flow_with_a_table_and_a_page_and_a_server_plans_more_by_the_clock(which, planned, told, tmp_path):
    command = [sys.executable, "-c", CODE, str(tmp_path), which]
    done = subprocess.run(command, env=environment(told), capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["report"] > 0
    assert said["states"] == ["Completed"]
    assert said["planned"] == planned
    assert json.loads(said["tables"])[0]["articles"] == said["report"]
    assert said["page"].startswith("# Night of ")
    assert "INVENTED" in said["page"]
    assert (tmp_path / "prefect").is_dir()


LEAVE_WITHOUT_A_WORD = """
import os, signal, sys
from pathlib import Path
from flows.orchestrator import server
with server(Path(sys.argv[1])) as api:
    print(api, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.prove
def test_a_server_ends_with_whoever_started_it(told, tmp_path):
    command = [sys.executable, "-c", LEAVE_WITHOUT_A_WORD, str(tmp_path)]
    killed = subprocess.run(command, env=environment(told), capture_output=True, text=True, check=False, timeout=200)
    assert killed.returncode == -signal.SIGKILL
    port = urlsplit(killed.stdout.strip()).port
    until = time.monotonic() + 30
    while answers(port):
        assert time.monotonic() < until, "the server outlived its starter"
        time.sleep(0.1)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_one_server_a_data_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (tmp_path / "prefect").mkdir()
    with (tmp_path / "prefect" / "server.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(WorkFailedError, match="another run's Prefect server"), server(tmp_path):
            pytest.fail("a second server was started")
