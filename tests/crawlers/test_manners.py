"""Robots, pace, waiting, plans and their files: the rules by themselves, without a wire."""

import asyncio
import itertools
import time
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from crawlers.manners import why_refused
from crawlers.pace import RETRY_AFTER_CAP_S, Pace, back_off, wait_asked_for
from crawlers.plan import (
    NOWHERE,
    BadPlanError,
    Limits,
    OutcomeFile,
    OutcomeLine,
    Plan,
    PlannedRequest,
    read_outcomes,
    write_plan,
)
from crawlers.robots import MAX_ROBOTS, agent_token, read_rules, robots_url

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def limits(**others):
    rules = {"a.test": {"group": "a", "sisters": ["cdn.test"]}, "www.a.test": {"group": "a"}, "b.test": {"group": "b"}}
    facts = {"run": "r", "max_bytes": 1, "timeout_s": 1, "max_redirects": 1, "user_agent": "Zaporuka/1 (+x)"}
    return Limits.model_validate(facts | {"delay_s": {"a": 1, "b": 2}, "hosts": rules} | others)


def planned(url, outlet="a"):
    return PlannedRequest(url=url, outlet=outlet, unit=None, why="new")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("99999", RETRY_AFTER_CAP_S),
        ("Mon, 02 Nov 2026 10:00:30 GMT", 30.0),
        ("Mon, 02 Nov 2026 09:00:00 GMT", 0.0),
        ("Tue, 03 Nov 2026 10:00:00 GMT", RETRY_AFTER_CAP_S),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(header, seconds):
    assert wait_asked_for(header, NOW) == seconds


def test_back_off_grows():
    assert [back_off(2.0, tries) for tries in (1, 2)] == [4.0, 8.0]


def test_turns_are_one_at_a_time_and_never_early():
    async def all_turns():
        pace = Pace(0.02)
        starts, inside = [], 0

        async def take():
            nonlocal inside
            async with pace.turn():
                inside += 1
                assert inside == 1
                starts.append(time.monotonic())
                pace.sent(starts[-1], starts[-1], is_new_connection=False)
                await asyncio.sleep(0.001)
                inside -= 1

        await asyncio.gather(*(take() for _ in range(5)))
        pace.hold(0.1)
        await take()
        pace.slow_down(0.2)
        await take()
        return [b - a for a, b in itertools.pairwise(starts)]

    gaps = asyncio.run(all_turns())
    assert min(gaps[:4]) >= 0.02
    assert gaps[4] >= 0.1
    assert gaps[5] >= 0.2


@pytest.mark.parametrize(
    ("status", "body", "allows"),
    [
        (200, b"User-agent: *\nDisallow: /x", False),
        (200, b"\xef\xbb\xbfUser-agent: ZAPORUKA\nDisallow: /x", False),
        (200, b"User-agent: other\nDisallow: /\n\nUser-agent: *\nAllow: /", True),
        (200, b"User-agent: *\nDisallow: /\nAllow: /x", True),
        (200, b"", True),
        (200, b"\xff\xfe\x00", True),
        (200, b"  <html>\nUser-agent: *\nDisallow: /", True),
        (404, b"User-agent: *\nDisallow: /", True),
        (403, b"", True),
        (429, b"", False),
        (500, b"User-agent: *\nAllow: /", False),
        (200, b"User-agent: *\nCrawl-delay: 86400", False),
    ],
)
def test_robots(status, body, allows):
    assert (read_rules(status, body, "Zaporuka").denial("http://a.test/x") is None) is allows


def test_a_rule_cut_in_half_forbids_nothing():
    body = b"User-agent: *\n" + b"#" * (MAX_ROBOTS - 14 - 12) + b"\nDisallow: /private"
    assert len(body) > MAX_ROBOTS
    assert body[:MAX_ROBOTS].endswith(b"Disallow: /")
    assert read_rules(200, body, "Zaporuka").denial("http://a.test/page") is None
    half = b"User-agent: *\nDisallow: /no\nDisallow: /"
    assert read_rules(200, half, "Zaporuka", is_cut=True).denial("http://a.test/page") is None
    assert read_rules(200, half, "Zaporuka", is_cut=True).denial("http://a.test/no") is not None
    assert read_rules(200, half, "Zaporuka").denial("http://a.test/page") is not None


def test_the_delay_counts_from_when_the_host_had_the_request():
    async def gap(*, is_new_connection):
        pace = Pace(0.0)
        pace.slow_down(0.05)
        begun = time.monotonic()
        pace.sent(begun, begun + 0.5, is_new_connection=is_new_connection)
        async with pace.turn():
            return time.monotonic() - begun

    assert asyncio.run(gap(is_new_connection=True)) >= 0.55
    assert 0.25 <= asyncio.run(gap(is_new_connection=False)) < 0.5


def test_crawl_delay_is_read():
    assert read_rules(200, b"User-agent: zaporuka\nCrawl-delay: 4.5", "Zaporuka").delay_s == 4.5


def test_names_and_places_of_robots():
    assert agent_token("Zaporuka/0.1 (+mailto:x)") == "Zaporuka"
    assert robots_url("https://a.test:8443/x?y#z") == "https://a.test:8443/robots.txt"


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("https://a.test/x", False),
        ("http://CDN.test/", False),
        ("http://c.test/", True),
        ("http://8.8.8.8/", True),
        ("http://[::1]/", True),
        ("http://[::1/", True),
        ("http://a.test:99999/", True),
        ("http://a@a.test/", True),
        ("gopher://a.test/", True),
        ("", True),
    ],
)
def test_what_is_asked_at_all(url, is_refused):
    assert (why_refused(url, limits()) is not None) is is_refused


def test_where_redirects_may_lead():
    rules = limits()
    leads = {target: rules.leads_to("a.test", target) for target in ("a.test", "www.a.test", "cdn.test", "b.test", "x")}
    assert leads == {"a.test": True, "www.a.test": True, "cdn.test": True, "b.test": False, "x": False}
    assert rules.group_of("cdn.test") == "a"
    assert rules.group_of("x") == NOWHERE


@pytest.mark.parametrize(
    "others",
    [
        {"delay_s": {"a": 1}},
        {"delay_s": {"a": -1, "b": 1}},
        {"run": "../r"},
        {"user_agent": ""},
        {"user_agent": "a\r\nb"},
        {"endpoints": {"a.test:80": "elsewhere:80"}},
        {"endpoints": {"a.test": "127.0.0.1:80"}},
        {"ca_file": "/nowhere/ca.pem"},
        {"surprise": 1},
    ],
)
def test_limits_that_cannot_be(others):
    with pytest.raises(ValidationError):
        limits(**others)


def test_a_plan_is_read_by_group_in_its_order(tmp_path):
    urls = ["http://a.test/1", "http://b.test/1", "http://x.test/", "http://www.a.test/2", "http://a.test/3"]
    write_plan(tmp_path / "plan", limits(), map(planned, urls))
    plan = Plan(tmp_path / "plan")
    assert plan.limits == limits()
    assert (plan.total, plan.by_outlet) == (5, {"a": 5})
    assert {group: [one.url for one in plan.requests(group)] for group in plan.groups} == {
        "a": [urls[0], urls[3], urls[4]],
        "b": [urls[1]],
        NOWHERE: [urls[2]],
    }


def test_a_bad_line_is_named(tmp_path):
    write_plan(tmp_path / "plan", limits(), [planned("http://a.test/1")])
    with (tmp_path / "plan").open("a") as file:
        file.write('{"url": "http://a.test/", "outlet": "../a", "unit": null, "why": "new"}\n')
    with pytest.raises(BadPlanError, match="line 3: outlet"):
        Plan(tmp_path / "plan")


def test_outcomes_are_appended_after_whole_lines_only(tmp_path):
    path = tmp_path / "r.outcomes.jsonl"
    line = OutcomeLine(url="http://a.test/", outlet="a", unit=None, why="new", outcome="fetched")
    with OutcomeFile(path) as file:
        file.write(line)
    with path.open("ab") as torn:
        torn.write(b'{"url": "http://a.te')
    assert list(read_outcomes(path)) == [line]
    with OutcomeFile(path) as file:
        file.write(line)
    assert list(read_outcomes(path)) == [line, line]
