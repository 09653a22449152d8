"""What stands on disk when the spider is killed, told to stop, or has no room left; and plans it cannot carry out."""

import json
import resource
import signal
import time

import pytest

from crawlers.archive import adopt_open, read_archive, read_page
from crawlers.plan import read_outcomes

HOST = "a.test"
PAGE = b"<p>" + bytes(range(33, 127)) * 300


@pytest.fixture
def run(site, spider, tmp_path):
    """Start the spider on 150 pages of one host; what `others` says goes into the limits."""
    started = []

    def start(popen=None, **others):
        site.routes.clear()
        limits = site.limits([HOST], others.pop("delay_s", 0.002), **others)
        for n in range(150):
            site.routes[HOST, f"/{n}"] = spider.reply(PAGE + str(n).encode())
        plan = spider.write_plan(tmp_path, limits, [spider.ask(f"http://{HOST}/{n}") for n in range(150)])
        started.append(spider.start(plan, tmp_path / "out", **(popen or {})))
        return started[-1], tmp_path / "out"

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def wait_for(out, lines):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        file = out / "run-1.outcomes.jsonl"
        if file.exists() and file.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.005)
    pytest.fail("the spider does not get on")


@pytest.mark.parametrize("after", [1, 90])
def test_no_whole_record_is_lost_when_it_is_killed(run, after):
    process, out = run()
    wait_for(out, after)
    process.kill()
    process.communicate()
    assert not list(out.glob("*.warc.gz"))
    adopted = [adopt_open(path) for path in out.glob("*.open")]
    told = list(read_outcomes(out / "run-1.outcomes.jsonl"))
    assert len(told) >= after
    for line in told:
        assert read_page(out, line.warc_file, line.warc_offset).url == line.url
    kept = [page for path in out.glob("*.warc.gz") for page in read_archive(path)]
    assert len(kept) == sum(one.records for one in adopted) >= len(told) + 1  # robots.txt


def test_it_stops_cleanly_when_told_to(run):
    process, out = run()
    wait_for(out, 5)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "of 150 requests carried out" in said
    assert not list(out.glob("*.open"))
    told = list(read_outcomes(out / "run-1.outcomes.jsonl"))
    assert 5 <= len(told) < 150
    for line in told:
        assert read_page(out, line.warc_file, line.warc_offset).url == line.url


def test_it_stops_with_one_line_when_the_disk_is_full(run, monkeypatch):
    # Its modules must not be compiled into files cut short, which every later program would stumble over.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    process, out = run({"preexec_fn": small_disk})
    _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert "cannot be written" in said
    for path in out.glob("*.open"):
        adopt_open(path)
    told = list(read_outcomes(out / "run-1.outcomes.jsonl"))
    assert 0 < len(told) < 150
    for line in told:
        assert read_page(out, line.warc_file, line.warc_offset).url == line.url


def test_archives_are_turned_over_and_a_second_pass_appends_to_none(run):
    process, out = run(warc_max_bytes=20_000)
    assert process.wait(30) == 0
    first = {path: path.read_bytes() for path in out.glob("*.warc.gz")}
    assert len(first) > 2
    process, out = run(warc_max_bytes=20_000)
    assert process.wait(30) == 0
    assert {path: path.read_bytes() for path in first} == first
    assert len(list(out.glob("*.warc.gz"))) == 2 * len(first)
    assert len(list(read_outcomes(out / "run-1.outcomes.jsonl"))) == 300


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (None, "No such file"),
        ([], "line 1"),
        (["{"], "line 1"),
        (["limits"], "line 2: outlet"),
    ],
)
def test_a_bad_plan_is_named_in_one_line(site, spider, tmp_path, lines, said):
    plan = tmp_path / "plan.jsonl"
    if lines is not None:
        good = json.dumps({"limits": site.limits([HOST])})
        plan.write_text("\n".join([good, '{"url": "http://a.test/"}'] if lines == ["limits"] else lines))
    process = spider.start(plan, tmp_path / "out")
    _, complaint = process.communicate(timeout=20)
    assert process.returncode == 2
    assert said in complaint
    assert complaint.count("\n") == 1
    assert not (tmp_path / "out").exists()
