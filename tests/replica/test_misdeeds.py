"""What outlets should not do is done as promised, and the replica survives it, logs it and leaves nothing behind."""

import contextlib
import http.client
import json
import socket
import ssl
import threading
import time
import zlib

import lxml.html
import pytest
from lxml import etree

from flows.demo.replica import Replica
from flows.demo.replica.misdeeds import BOMB_BYTES, MISDEEDS, SISTERS, bomb
from flows.demo.replica.server import ReplicaError
from storage.terms import Outcome


@pytest.fixture
def asking(unruly, client):
    return client(unruly)


@pytest.fixture
def url_of(unruly):
    """The listed address of a misdeed."""
    urls = {article.source: article.url for article in unruly.model(1) if article.made_of == "misdeed"}
    return urls.__getitem__


def test_every_misdeed_is_listed_and_has_an_expected_outcome(unruly, asking):
    known = {one.url: one for one in unruly.truth(1).articles}
    archive = b"".join(asking.get(f"https://kyivindependent.com/news-archive/page/{n}/").body for n in (1, 2, 3))
    feed = asking.get("https://www.pravda.com.ua/rus/rss/").body
    listed = [a for a in unruly.model(1) if a.made_of == "misdeed"]
    assert len(listed) == len(MISDEEDS) == len({misdeed.name for misdeed in MISDEEDS})
    for article in listed:
        assert article.url.encode() in archive + feed
        assert known[article.url].missing is None
        assert known[article.url].on_the_wire
        assert set(known[article.url].outcomes) | set(known[article.url].on_the_wire) <= {
            outcome.value for outcome in Outcome
        }


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("not-found", [404]),
        ("gone", [410]),
        ("forbidden", [403]),
        ("rate-limited-once", [429, 200, 200]),
        ("rate-limited-always", [429, 429, 429]),
        ("unavailable-once", [503, 200]),
        ("unavailable-always", [503, 503]),
    ],
)
def test_statuses(asking, url_of, name, statuses):
    got = [asking.get(url_of(name)) for _ in statuses]
    assert [one.status for one in got] == statuses
    assert all(("retry-after" in one.headers) == (one.status == 429) for one in got)


def test_bodies_that_are_no_article(asking, url_of):
    assert b"Just a moment" in asking.get(url_of("challenge-page")).body
    assert asking.get(url_of("empty-page")).body == b""
    assert asking.get(url_of("binary-page")).body.startswith(b"%PDF")


def test_a_body_is_cut_off(asking, url_of):
    for name in ("cut-off", "length-too-long"):
        got = asking.get(url_of(name))
        assert (got.status, got.body) == (200, None)


def test_a_length_that_is_too_short(asking, url_of):
    got = asking.get(url_of("length-too-short"))
    assert got.status == 200
    assert b"</html>" not in got.body


def test_a_charset_that_is_not_the_bodys(asking, url_of):
    got = asking.get(url_of("wrong-charset"))
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        got.body.decode("utf-8")
    assert "говорит" in got.body.decode("cp1251")
    assert b'charset="windows-1251"' in got.body


def test_a_bomb_is_small_on_the_wire_and_swells(asking, url_of):
    got = asking.get(url_of("gzip-bomb"))
    assert got.headers["content-encoding"] == "gzip"
    assert len(got.body) < 2_000_000
    assert got.body == bomb()
    assert len(zlib.decompressobj(wbits=31).decompress(got.body, 50_000_000)) == 50_000_000


@pytest.mark.prove
def test_a_bomb_is_a_gigabyte_in_order():
    swelling, size, rest = zlib.decompressobj(wbits=31), 0, bomb()
    while not swelling.eof:
        size += len(swelling.decompress(rest, 1 << 24))
        rest = swelling.unconsumed_tail
    assert size == BOMB_BYTES  # and zlib has found length and checksum in order
    print(f"a body of {len(bomb()):,} bytes swells to {size:,}")


def test_an_endless_body_goes_on(asking, url_of):
    url = url_of("endless-body")
    with asking.connect(url) as wire:
        wire.sendall(b"GET " + url.encode().split(b".com")[1] + b" HTTP/1.1\r\nHost: kyivindependent.com\r\n\r\n")
        size = 0
        while size < 5_000_000:
            size += len(wire.recv(1 << 16))


def test_slow_ones_outlast_a_client(unruly, client, url_of):
    hasty = client(unruly, timeout=0.4)
    for name in ("slow-headers", "slow-drip"):
        with pytest.raises(TimeoutError):
            drain(hasty, url_of(name))


def drain(hasty, url):
    until = time.monotonic() + 0.8
    with hasty.connect(url) as wire:
        wire.sendall(b"GET " + url.encode().split(b".com")[1] + b" HTTP/1.1\r\nHost: kyivindependent.com\r\n\r\n")
        while wire.recv(4096):
            if time.monotonic() > until:
                raise TimeoutError


def test_what_is_no_answer(asking, url_of):
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError, ssl.SSLError)):
        asking.get(url_of("hang-up"))
    with pytest.raises(http.client.BadStatusLine):
        asking.get(url_of("no-http"))


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("redirect-loop", "https://kyivindependent.com/misdeed-redirect-loop/"),
        ("redirect-abroad", "https://elsewhere.invalid/"),
        ("redirect-loopback", "http://127.0.0.1:"),
        ("redirect-loopback-v6", "http://[::1]:"),
        ("redirect-loopback-decimal", "http://2130706433:"),
        ("redirect-link-local", "http://169.254.169.254/"),
        ("redirect-rebind", "https://rebind.invalid:"),
        ("redirect-file", "file:///"),
    ],
)
def test_redirects_where_no_one_may_go(unruly, asking, url_of, name, leads_to):
    got = asking.get(url_of(name))
    assert got.status == 302
    assert got.headers["location"].startswith(leads_to)
    if name == "redirect-loop":
        assert asking.get(got.headers["location"]).status == 302
    assert "rebind.invalid:443" not in unruly.endpoints


def test_the_trap_counts_who_steps_into_it(asking, unruly, url_of):
    address = asking.get(url_of("redirect-loopback")).headers["location"]
    before = unruly.trap_connections
    with socket.create_connection(("127.0.0.1", int(address.rstrip("/").rsplit(":", 1)[1])), timeout=5) as stepping:
        assert stepping.recv(1) == b""
    assert unruly.trap_connections == before + 1


def test_sister_hosts_and_their_odd_robots_files(asking, url_of):
    for name, host in SISTERS.items():
        got = asking.get(url_of(name))
        assert (got.status, got.headers["location"].split("/")[2]) == (302, host)
        assert asking.get(got.headers["location"]).status == 200
    robots = {name: asking.get(f"https://{host}/robots.txt") for name, host in SISTERS.items()}
    assert robots["sister-redirect"].status == 404
    assert robots["sister-robots-503"].status == 503
    assert b"<p>" in robots["sister-robots-html"].body
    assert len(robots["sister-robots-huge"].body) > 1_000_000


def test_indexes_misbehave(unruly, asking):
    feed = asking.get("https://www.president.gov.ua/en/rss/news/all.rss")
    assert feed.headers["content-type"].startswith("text/html")
    loop = "https://www.ukrinform.net/sitemap/2027/16.xml"
    within = etree.fromstring(asking.get(loop).body).xpath("//*[local-name()='loc']/text()")
    assert loop in within
    assert asking.get(str(next(one for one in within if one.endswith("/full.xml")))).status == 200
    page = lxml.html.fromstring(asking.get("https://kyivindependent.com/news-archive/page/1/").body)
    listed = {card.cssselect("a")[0].get("href"): card.get("data-archive-id") for card in page.cssselect("article")}
    refused = unruly.truth(1).refused
    assert listed["https://kyivindependent.com/story-from-the-future/"] > "2027-05"
    assert refused["https://kyivindependent.com/story-from-the-future/"] == "future_date"
    assert "http://127.0.0.1/admin-panel/" in listed
    assert set(refused.values()) == {"future_date", "foreign_host"}


def test_a_good_replica_has_none_of_it(replica, client):
    assert client(replica).get("https://kyivindependent.com/misdeed-gzip-bomb/").status == 404
    assert not any(article.made_of == "misdeed" for article in replica.model(1))


def test_the_access_log_tells_who_asked_what_and_how_many_at_once(tmp_path, client):
    with Replica(tmp_path, misbehave=True) as running:
        asking = client(running, timeout=1.0)
        slow = "https://kyivindependent.com/misdeed-slow-headers/"

        def wait():
            with contextlib.suppress(TimeoutError):
                asking.get(slow)

        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.3)
        asking.get("https://kyivindependent.com/news-archive/rss/", User_Agent="a reader", If_None_Match='"x"')
        asking.get("https://www.pravda.com.ua/rss/", If_Modified_Since="Tue, 20 Apr 2027 19:16:00 GMT")
        waiting.join()
        time.sleep(0.1)
        asking.get("https://kyivindependent.com/robots.txt")
    rows = [json.loads(line) for line in running.access_log.read_text(encoding="utf-8").splitlines()]
    by_path = {row["path"]: row for row in rows}
    first, second = by_path["/misdeed-slow-headers/"], by_path["/news-archive/rss/"]
    assert (second["host"], second["status"], second["user_agent"]) == ("kyivindependent.com", 200, "a reader")
    assert second["if_none_match"] == '"x"'
    assert (first["concurrent"], first["status"], second["concurrent"]) == (1, None, 2)
    assert first["started"] < second["started"] <= second["ended"] < first["ended"]
    assert by_path["/rss/"]["concurrent"] == by_path["/robots.txt"]["concurrent"] == 1
    assert by_path["/rss/"]["if_modified_since"].startswith("Tue, 20 Apr")


def test_nothing_is_left_open_even_while_a_client_waits(tmp_path, client):
    with Replica(tmp_path, misbehave=True) as running:
        ports = {int(place.rsplit(":", 1)[1]) for place in running.endpoints.values()}
        waiting = client(running).connect("https://kyivindependent.com/")
        waiting.sendall(b"GET /misdeed-slow-headers/ HTTP/1.1\r\nHost: kyivindependent.com\r\n\r\n")
        idle = client(running).connect("https://www.president.gov.ua/")
        time.sleep(0.1)
        leaving = time.monotonic()
    assert time.monotonic() - leaving < 1
    for one in (waiting, idle):
        one.close()
    for port in ports:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1)
    assert not running._thread.is_alive()


def test_a_connection_is_kept_and_nonsense_is_refused(replica, client):
    with client(replica).connect("https://www.president.gov.ua/") as wire:
        for method, host, status in (
            ("GET", "www.president.gov.ua", 404),
            ("POST", "www.president.gov.ua", 405),
            ("HEAD", "www.president.gov.ua", 404),
            ("GET", "kyivindependent.com", 421),
        ):
            wire.sendall(f"{method} /robots.txt HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            response = http.client.HTTPResponse(wire, method=method)
            response.begin()
            response.read()
            assert response.status == status
        wire.sendall(b"nonsense\r\n\r\n")
        assert wire.recv(10) == b""
    assert replica.faults == []


def test_a_night_that_is_not_played_is_refused(replica):
    with pytest.raises(ReplicaError, match="nights"):
        replica.night = 3
