"""A running replica tells other processes where it is, and what they read is right or refused in one line."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from flows.demo.replica import Replica, Setting
from flows.demo.replica.server import ReplicaError
from flows.demo.replica.told import read_told


def clock(told):
    return datetime.now(UTC) + told.clock_offset


def test_what_is_told_leads_to_the_replica_and_follows_its_nights(tmp_path, client):
    path = tmp_path / "told.json"
    with Replica(tmp_path / "replica", setting=Setting(days=1, history_every=0)) as running:
        asking = client(running)
        running.describe(path, delay_s=0.25)
        told = read_told(path)
        assert told.endpoints == running.endpoints
        assert told.delay_s == 0.25
        assert told.moment == running.setting.moment(1)
        assert told.ca_file.is_absolute()
        assert told.ca_file.read_bytes() == running.ca_file.read_bytes()
        assert timedelta(0) <= clock(told) - running.setting.moment(1) < timedelta(seconds=30)
        running.night = 2
        later = read_told(path)
        assert later.moment == running.setting.moment(2)
        assert timedelta(0) <= clock(later) - running.setting.moment(2) < timedelta(seconds=30)
        assert (later.endpoints, later.delay_s) == (told.endpoints, 0.25)
        assert asking.get("https://kyivindependent.com/robots.txt").status == 200
        assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["told.json"]
    assert not path.exists()


def test_a_replica_that_is_not_running_is_not_told_of(tmp_path):
    with pytest.raises(ReplicaError, match="not running"):
        Replica(tmp_path / "replica").describe(tmp_path / "told.json")
    assert not (tmp_path / "told.json").exists()


@pytest.fixture
def said(tmp_path):
    """A description as it should be, and a way to read it with some of it changed."""
    authority = tmp_path / "authority.pem"
    authority.write_text("a certificate", encoding="utf-8")
    whole = {
        "endpoints": {"kyivindependent.com:443": "127.0.0.1:40001"},
        "ca_file": str(authority),
        "moment": "2027-04-20T23:30:00+03:00",
        "clock_offset_s": 3600.5,
    }

    def read(**changed):
        path = tmp_path / "told.json"
        path.write_text(json.dumps(whole | changed), encoding="utf-8")
        return read_told(path)

    return read


def test_what_may_be_left_out_has_the_demos_values(said):
    told = said()
    assert told.clock_offset == timedelta(seconds=3600.5)
    assert told.delay_s == 0.05
    assert "demo" in told.user_agent


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"endpoints": {"kyivindependent.com:443": "93.184.216.34:443"}}, "no port of this machine"),
        ({"endpoints": {"kyivindependent.com:443": "127.0.0.1:0"}}, "no port of this machine"),
        ({"endpoints": {"kyivindependent.com:443": "localhost:40001"}}, "endpoints.kyivindependent.com:443"),
        ({"endpoints": {}}, "endpoints"),
        ({"ca_file": "/nowhere/authority.pem"}, "start it anew"),
        ({"moment": "2027-04-20T23:30:00"}, "moment"),
        ({"clock_offset_s": "soon"}, "clock_offset"),
        ({"delay_s": -1}, "delay_s"),
        ({"delay_s": None}, "delay_s"),
        ({"pace": 1}, "pace"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(said, changed, says):
    with pytest.raises(ValueError, match=r"told\.json: ") as refused:
        said(**changed)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_description_or_is_not_there(tmp_path):
    path = tmp_path / "told.json"
    with pytest.raises(ValueError, match="--describe"):
        read_told(path)
    path.write_bytes(b"\xff{")
    with pytest.raises(ValueError, match=r"told\.json: [^\n]+$"):
        read_told(path)


def test_the_command_tells_each_night(tmp_path):
    path = tmp_path / "told.json"
    command = [sys.executable, "-u", "-m", "flows.demo.replica", "--describe", path, "--folder", tmp_path / "replica"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        days = []
        for line in running.stdout:
            if "night " in line:
                days.append(read_told(path).moment.date().isoformat())
                running.stdin.write("\n")
                running.stdin.flush()
    assert running.returncode == 0
    assert days == ["2027-04-20", "2027-04-21"]
    assert not path.exists()
