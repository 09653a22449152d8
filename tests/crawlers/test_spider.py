"""One run of the spider over hosts that behave in every way a host may; each test looks at one of them."""

import gzip
import itertools
import re
import socket
from collections import Counter

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.archive import read_archive, read_page
from crawlers.pace import TRIES

DELAY = 0.05
MAX_BYTES = 50_000
HUGE = (
    b"User-agent: *\nDisallow: /no/\n".ljust(MAX_BYTES - 12, b"#") + b"\nDisallow: /late/\n" + b"# padding\n" * 60_000
)
BOMB = gzip.compress(b"0" * 5_000_000)


def endless(_hit, _count):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"more and more " * 1000


def drip(_hit, _count):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\nbegun "
    for _ in range(100):
        yield 0.05
        yield b"."


@pytest.fixture(scope="module")
def world(site, spider, tmp_path_factory):
    """The site, the folder and the outcomes of the one run, and a trap that must never be connected to."""
    reply, ask, close = spider.reply, spider.ask, spider.CLOSE

    def fail_first(times, answer):
        return lambda _hit, count: [answer if count <= times else reply()]

    site.routes |= {
        ("pace.test", "/robots.txt"): reply(b"User-agent: *\nDisallow: /no/\nDisallow: /to-no-more/\n"),
        ("slowed.test", "/robots.txt"): reply(b"User-agent: zaporuka\nCrawl-delay: 0.3\n"),
        ("broken.test", "/robots.txt"): reply(b"User-agent: *\nAllow: /\n", 503),
        ("html.test", "/robots.txt"): reply(b"<!doctype html>\nUser-agent: *\nDisallow: /\n"),
        ("huge.test", "/robots.txt"): reply(HUGE),
        ("redirect.test", "/robots.txt"): reply(b"User-agent: *\nDisallow: /no/\n"),
        ("redirect.test", "/here"): reply(b"", 301, Location="/there"),
        ("redirect.test", "/sister"): reply(b"", 302, Location="http://sister.test/page"),
        ("redirect.test", "/foreign"): reply(b"", 302, Location="http://foreign.test/page"),
        ("redirect.test", "/to-no"): reply(b"", 302, Location="/no/secret"),
        ("redirect.test", "/loop"): reply(b"", 302, Location="/loop-2"),
        ("redirect.test", "/loop-2"): reply(b"", 302, Location="/loop"),
        ("redirect.test", "/metadata"): reply(b"", 302, Location="http://169.254.169.254/latest/"),
        **{("redirect.test", f"/many-{n}"): reply(b"", 302, Location=f"/many-{n + 1}") for n in range(9)},
        ("cut.test", "/short"): lambda *_: [reply(b"<p>half", length=500), close],
        ("cut.test", "/chunks"): lambda *_: [
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            close,
        ],
        ("cut.test", "/old"): lambda *_: [reply(b"<p>no length at all", length=""), close],
        ("large.test", "/endless"): endless,
        ("large.test", "/declared"): reply(b"x" * 200_000),
        ("large.test", "/bomb"): reply(BOMB, Content_Encoding="gzip"),
        ("large.test", "/packed"): reply(gzip.compress(b"<p>packed"), Content_Encoding="gzip"),
        ("slow.test", "/drip"): drip,
        ("stalled.test", "/stall"): lambda *_: [reply(b"<p>begun", length=100), 3],
        ("mute.test", "/mute"): lambda *_: [3],
        ("retry.test", "/soon"): fail_first(1, reply(b"", 429, Retry_After="1")),
        ("retry.test", "/shaky"): fail_first(2, reply(b"", 502)),
        ("retry.test", "/broken"): reply(b"", 500),
        ("same.test", "/same"): lambda hit, _: [
            reply(b"", 304, length="", ETag='"a"') if hit.headers.get("if-none-match") == '"a"' else reply()
        ],
        ("same.test", "/changed"): reply(b"<p>new", ETag='"b"', Last_Modified="Mon, 02 Nov 2026 10:00:00 GMT"),
        ("same.test", "/unasked"): reply(b"", 304, length=""),
        ("status.test", "/404"): reply(b"none", 404),
        ("status.test", "/410"): reply(b"gone", 410),
        ("status.test", "/403"): reply(b"no", 403),
        ("status.test", "/418"): reply(b"tea", 418),
    }
    hosts = dict.fromkeys(host for host, _ in site.routes) | dict.fromkeys(["norobots.test", "sister.test"])
    pages = [f"http://pace.test/{n}" for n in range(15)] + ["http://pace.test/no/page"]
    pages += [f"http://slowed.test/{n}" for n in range(4)]
    pages += [f"http://{host}.test/{path}" for host in ("norobots", "broken", "html") for path in "ab"]
    pages += [f"http://huge.test/{path}" for path in ("no/page", "late/page", "page")]
    pages += [
        f"http://{host}{path}"
        for host, path in site.routes
        if host in hosts and path not in {"/robots.txt", "/loop-2"} and not (path[:6] == "/many-" and path[-1] != "0")
    ]
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.setblocking(False)  # noqa: FBT003  socket's own
        port = trap.getsockname()[1]
        site.routes["redirect.test", "/trap"] = reply(b"", 302, Location=f"http://127.0.0.1:{port}/")
        site.routes["redirect.test", "/named-trap"] = reply(b"", 302, Location=f"http://localhost:{port}/")
        pages += ["http://redirect.test/trap", "http://redirect.test/named-trap"]
        pages += [f"http://{host}:{port}/x" for host in ("localhost", "127.0.0.1", "2130706433", "[::1]")]
        pages += ["ftp://pace.test/file", "http://user@pace.test/", "http://stranger.test/", "no-host.test/page"]
        pages += ["http://dead.invalid/page"]
        requests = [ask(url, outlet=(re.match(r"http://(\w+)\.test/", url) or ["", "odd"])[1]) for url in pages]
        for request in requests:
            if request["url"].startswith("http://same.test/") and not request["url"].endswith("unasked"):
                request |= {"etag": '"a"', "last_modified": "Sun, 01 Nov 2026 10:00:00 GMT", "why": "revisit"}
        folder = tmp_path_factory.mktemp("world")
        limits = site.limits([*hosts, "localhost", "dead.invalid"], DELAY, timeout_s=0.6)
        limits["hosts"]["redirect.test"]["sisters"] = ["sister.test", "localhost"]
        del limits["endpoints"]["localhost:80"], limits["endpoints"]["dead.invalid:80"]
        running = spider.start(spider.write_plan(folder, limits, requests), folder / "out")
        _, said = running.communicate(timeout=60)
        assert (running.returncode, said) == (0, "")
        outcomes = spider.outcomes_in(folder / "out")
        assert list(outcomes) != []
        assert set(outcomes) == set(pages)
        with pytest.raises(BlockingIOError):
            trap.accept()
    return site, folder / "out", outcomes


@pytest.fixture
def outcome_of(world):
    return lambda url: world[2][url]["outcome"]


def records(out, outlet):
    found = []
    for path in sorted(out.glob(f"run-1-{outlet}-*.warc.gz")):
        with path.open("rb") as file:
            found += [(r.rec_headers, r.http_headers, r.raw_stream.read()) for r in ArchiveIterator(file)]
    return found


def test_never_two_at_once_nor_faster_than_the_pace(world):
    site, _, _ = world
    hung_up_on = {"mute.test", "slow.test", "stalled.test", "large.test"}  # the server talks on to nobody there
    assert {hit.together for hit in site.hits if hit.host not in hung_up_on} == {1}
    early = [
        (before, after)
        for host in {hit.host for hit in site.hits}
        for before, after in itertools.pairwise(site.of(host))
        if after.at - before.at < DELAY
    ]
    assert early == []


@pytest.mark.prove  # a busy machine is late
def test_pace_is_used_up(world):
    times = [hit.at for hit in world[0].of("pace.test")]
    assert len(times) == 16
    assert times[-1] - times[0] <= 15 * DELAY * 1.3  # 1.15 is proven over more requests


def test_crawl_delay_of_robots_is_kept(world):
    times = [hit.at for hit in world[0].of("slowed.test")][1:]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.3


def test_one_honest_user_agent_and_no_cookies(world, spider):
    assert {hit.headers["user-agent"] for hit in world[0].hits} == {spider.AGENT.lower()}
    assert not any({"cookie", "referer"} & set(hit.headers) for hit in world[0].hits)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://pace.test/no/page", "robots_denied"),
        ("http://norobots.test/a", "fetched"),
        ("http://broken.test/a", "robots_denied"),
        ("http://html.test/a", "fetched"),
        ("http://huge.test/no/page", "robots_denied"),
        ("http://huge.test/late/page", "fetched"),
        ("http://redirect.test/to-no", "robots_denied"),
    ],
)
def test_robots_are_obeyed(outcome_of, url, expected):
    assert outcome_of(url) == expected


def test_nothing_disallowed_was_asked_for_and_robots_once_a_host(world):
    site, _, outcomes = world
    assert not any(hit.path.startswith("/no/") for hit in site.hits)
    asked = Counter(hit.host for hit in site.hits if hit.path == "/robots.txt")
    assert {host: n for host, n in asked.items() if n > 1} == {"broken.test": TRIES}
    assert "503" in outcomes["http://broken.test/a"]["detail"]


@pytest.mark.parametrize(
    ("path", "expected", "detail"),
    [
        ("here", "fetched", ""),
        ("sister", "fetched", ""),
        ("foreign", "redirect", "http://foreign.test/page"),
        ("loop", "redirect", "loop"),
        ("many-0", "redirect", "more than 5"),
        ("metadata", "guard_refused", "169.254.169.254"),
        ("trap", "guard_refused", "127.0.0.1"),
        ("named-trap", "guard_refused", "127.0.0.1"),
    ],
)
def test_redirects(world, path, expected, detail):
    line = world[2][f"http://redirect.test/{path}"]
    assert line["outcome"] == expected
    assert detail in (line["detail"] or "")


def test_every_hop_is_archived_and_the_last_one_named(world):
    _, out, outcomes = world
    kept = [headers.get_header("WARC-Target-URI") for headers, _, _ in records(out, "redirect")]
    assert {"http://redirect.test/here", "http://redirect.test/there", "http://sister.test/page"} <= set(kept)
    line = outcomes["http://redirect.test/sister"]
    assert line["final_url"] == read_page(out, line["warc_file"], line["warc_offset"]).url == "http://sister.test/page"


@pytest.mark.parametrize("url", ["http://127.0.0.1", "http://localhost", "http://2130706433", "http://[::1]"])
def test_no_way_inside(world, url):
    inside = [line for asked, line in world[2].items() if asked.startswith(url)]
    assert [line["outcome"] for line in inside] == ["guard_refused"]  # that nobody came is seen at the trap


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("ftp://pace.test/file", "guard_refused"),
        ("http://user@pace.test/", "guard_refused"),
        ("http://stranger.test/", "guard_refused"),
        ("no-host.test/page", "guard_refused"),
        ("http://dead.invalid/page", "dns_failed"),
        ("http://status.test/404", "not_found"),
        ("http://status.test/410", "gone"),
        ("http://status.test/403", "forbidden"),
        ("http://status.test/418", "http_error"),
        ("http://mute.test/mute", "timeout"),
        ("http://retry.test/broken", "server_error"),
        ("http://retry.test/shaky", "fetched"),
        ("http://retry.test/soon", "fetched"),
        ("http://cut.test/old", "fetched"),
        ("http://large.test/packed", "fetched"),
        ("http://same.test/unasked", "http_error"),
    ],
)
def test_outcomes(outcome_of, url, expected):
    assert outcome_of(url) == expected


@pytest.mark.parametrize(
    ("url", "expected", "cut"),
    [
        ("http://cut.test/short", "truncated", "disconnect"),
        ("http://cut.test/chunks", "truncated", "disconnect"),
        ("http://large.test/endless", "too_large", "length"),
        ("http://large.test/declared", "too_large", "length"),
        ("http://large.test/bomb", "too_large", "length"),
        ("http://slow.test/drip", "timeout", "time"),
        ("http://stalled.test/stall", "timeout", "time"),
    ],
)
def test_what_came_before_the_cut_is_kept_and_marked(world, url, expected, cut):
    _, out, outcomes = world
    line = outcomes[url]
    assert line["outcome"] == expected
    page = read_page(out, line["warc_file"], line["warc_offset"])
    assert page.is_truncated
    assert 0 < len(page.payload) <= 50_000
    assert line["bytes"] <= 50_000
    with (out / line["warc_file"]).open("rb") as file:
        file.seek(line["warc_offset"])
        assert next(ArchiveIterator(file)).rec_headers.get_header("WARC-Truncated") == cut


def test_failures_are_tried_again_a_bounded_number_of_times(world):
    tries = Counter((hit.host, hit.path) for hit in world[0].hits)
    assert tries["retry.test", "/broken"] == tries["mute.test", "/mute"] == TRIES
    assert tries["retry.test", "/shaky"] == 3
    assert tries["status.test", "/404"] == 1
    assert len([r for r in records(world[1], "retry") if "/broken" in r[0].get_header("WARC-Target-URI")]) == TRIES


def test_retry_after_is_waited_for_by_the_whole_host(world):
    hits = world[0].of("retry.test")
    first = next(n for n, hit in enumerate(hits) if hit.path == "/soon")
    assert hits[first + 1].path == "/soon"
    assert hits[first + 1].at - hits[first].at >= 1.0


def test_unchanged_pages_leave_a_revisit_record(world):
    _, out, outcomes = world
    line = outcomes["http://same.test/same"]
    assert (line["outcome"], line["status"], line["etag"]) == ("not_modified", 304, '"a"')
    with (out / line["warc_file"]).open("rb") as file:
        file.seek(line["warc_offset"])
        record = next(ArchiveIterator(file))
        assert record.rec_type == "revisit"
        assert record.rec_headers.get_header("WARC-Profile").endswith("server-not-modified")
    assert outcomes["http://same.test/changed"]["etag"] == '"b"'
    hit = next(hit for hit in world[0].of("same.test") if hit.path == "/changed")
    assert hit.headers["if-modified-since"] == "sun, 01 nov 2026 10:00:00 gmt"
    robots = next(hit for hit in world[0].of("same.test") if hit.path == "/robots.txt")
    assert "if-none-match" not in robots.headers


def test_bytes_stay_as_sent(world):
    _, out, _ = world
    http, body = next(
        (http, body)
        for head, http, body in records(out, "large")
        if head.get_header("WARC-Target-URI")[-7:] == "/packed"
    )
    assert http.get_header("Content-Encoding") == "gzip"
    assert gzip.decompress(body) == b"<p>packed"


def test_archives_are_closed_and_hold_every_answer(world):
    site, out, _ = world
    assert not list(out.glob("*.open"))
    answered = sum(1 for path in out.glob("*.warc.gz") for _ in read_archive(path))
    assert answered == len([hit for hit in site.hits if hit.path != "/mute"])
