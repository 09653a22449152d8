"""A spider on a leash ends when whoever started it does."""

import json
import signal
import subprocess
import sys


def _plan(tmp_path, delay=30.0):
    limits = {
        "run": "leash",
        "max_bytes": 1000,
        "timeout_s": 20,
        "max_redirects": 1,
        "user_agent": "x",
        "delay_s": {"a": delay},
        "hosts": {"a.invalid": {"group": "a"}},
        "endpoints": {"a.invalid:443": "127.0.0.1:9"},
        "obey_robots": False,
    }
    request = {"url": "https://a.invalid/", "outlet": "a", "unit": None, "why": "new"}
    plan = tmp_path / "plan.jsonl"
    lines = [json.dumps({"limits": limits}), *[json.dumps(request)] * 50]
    plan.write_text("\n".join(lines) + "\n")
    return plan


def test_it_stops_when_its_input_ends(tmp_path):
    command = [sys.executable, "-m", "crawlers", "--leash", str(_plan(tmp_path)), str(tmp_path / "out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as spider:
        spider.stdin.close()
        assert spider.wait(timeout=30) in {1, -signal.SIGTERM}  # the second before it was ready to end cleanly


def test_it_ends_by_itself_while_its_input_is_open(tmp_path):
    plan = _plan(tmp_path)
    plan.write_text(plan.read_text().splitlines()[0] + "\n")
    command = [sys.executable, "-m", "crawlers", "--leash", str(plan), str(tmp_path / "out")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as spider:
        assert spider.wait(timeout=30) == 0
