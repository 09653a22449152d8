"""A crawl of the replica: what it finds, what it leaves alone, and how it behaves."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.archive import Page, read_archive
from flows.crawl import Telling, crawl, fetch_pages
from flows.demo.replica import Replica, Setting
from flows.errors import WorkFailedError
from flows.fetching import Fetching
from flows.hosts import HOST
from flows.ingest import LEASE
from storage import keys
from storage.store import Store
from storage.terms import Outcome

AGENT = "zaporuka/test (+https://example.org/who)"
PACE = 0.05


@pytest.fixture(scope="module")
def replica(tmp_path_factory):
    """The four outlets as a server of our own plays them."""
    with Replica(
        tmp_path_factory.mktemp("replica"), setting=Setting(days=1, history_every=0, crawl_delay_s=PACE)
    ) as playing:
        yield playing


def fetching_of(replica, night=1, **more):
    """How the replica is fetched: as live, but for the addresses, the pace and the day it plays."""
    return Fetching(
        user_agent=AGENT,
        delay_s=PACE,
        endpoints=replica.endpoints,
        ca_file=Path(replica.ca_file),
        clock_offset=replica.setting.moment(night) - datetime.now(UTC),
        **more,
    )


@pytest.fixture
def fetching(replica):
    """How the first night is fetched."""
    return fetching_of(replica)


def played(replica, place_of, url, night=1, name="archive"):
    replica.night = night
    return place_of(url, name, replica.setting.moment(night) + timedelta(minutes=night))


def asked(replica, since=0):
    return [json.loads(line) for line in replica.access_log.read_text().splitlines()][since:]


@pytest.mark.prove
def test_two_nights_find_what_there_is_and_say_what_nobody_can_know(replica, fetching, place_of, new_sqlite, knowledge):
    outlets, url = list(knowledge.outlets.values()), new_sqlite()
    place = played(replica, place_of, url)
    told = []
    found = crawl(outlets, place, fetching, Telling(told.append))
    truth = replica.truth(1)
    for slug, count in truth.outlets.items():
        report = found.outlets[slug]
        assert (report.read, report.articles) == (count.reads, count.articles), slug
        dropped = {why: n for why, n in report.missing.items() if not why.startswith("index ")}
        assert dropped == count.dropped, slug
        if count.missing:
            assert report.listed is None, slug
            assert any("forbidden (403)" in why for why in report.missing), slug
        else:
            assert report.listed == count.listed, slug
    assert told
    assert sum(told[0].pages.values()) == sum(count.listed for count in truth.outlets.values())
    gaps = place.store.rows("select distinct outlet from cells where gap_possible = 1")
    assert {row["outlet"] for row in gaps} == {slug for slug, count in truth.outlets.items() if count.missing}

    before = len(asked(replica))
    later = played(replica, place_of, url, night=2)
    again = crawl(outlets, later, fetching_of(replica, night=2))
    truth = replica.truth(2)
    unchanged = {known.url for known in truth.articles if known.change == "unchanged" and known.missing is None}
    bodies = {f"https://{line['host']}{line['path']}" for line in asked(replica, before) if line["status"] == 200}
    assert len(unchanged) > 20
    assert len(unchanged & bodies) <= 0.1 * len(unchanged)
    new = {known.url for known in truth.articles if known.change == "new" and known.missing is None}
    on_file = {row["url"] for row in later.store.rows("select url from pages where outcome = 'article'")}
    readable = {known.url for known in truth.articles if known.outcomes[0] == Outcome.ARTICLE}
    assert new & readable <= on_file
    assert sum(report.articles for report in again.outlets.values()) >= len(new & readable)
    edited = {known.url for known in truth.articles if known.change == "edited" and known.missing is None}
    assert edited
    rows = later.store.rows(
        "select url, count(distinct version_id) as versions from pages where version_id is not null group by url"
    )
    versions = {row["url"]: row["versions"] for row in rows}
    assert {versions[one] for one in edited & on_file} == {2}
    assert not [one for one in unchanged & on_file if versions[one] != 1]


def test_one_polite_client(replica, fetching, place_of, new_sqlite, knowledge):
    before = len(asked(replica))
    crawl(list(knowledge.outlets.values()), played(replica, place_of, new_sqlite()), fetching)
    lines = asked(replica, before)
    assert len(lines) > 50
    assert {line["user_agent"] for line in lines} == {AGENT}
    starts = defaultdict(list)
    group = {host: outlet.slug for outlet in knowledge.outlets.values() for host in outlet.hosts}
    for line in lines:
        starts[group[line["host"]]].append(line["started"])
    paces = []
    for spans in starts.values():
        spans.sort()
        for start, following in pairwise(spans):
            assert following > start
            paces.append(following - start)
    # The server notes a moment when it gets to run, so a single gap may look a little short; on the whole none is.
    assert min(paces) >= 0.6 * PACE
    assert sum(paces) / len(paces) >= PACE
    assert max(line["concurrent"] for line in lines) == 1


def test_two_crawls_share_no_host(replica, fetching, place_of, new_sqlite, knowledge):
    place = played(replica, place_of, new_sqlite())
    outlet = knowledge.outlets["president"]
    assert place.store.acquire_lease(HOST, outlet.slug, "another run", place.clock(), LEASE)
    before = len(asked(replica))
    found = crawl([outlet], place, fetching)
    assert found.outlets["president"].missing == {"busy": 1}
    assert len(asked(replica)) == before
    with pytest.raises(WorkFailedError, match="another run is reading it"):
        fetch_pages([f"{outlet.homepage}en/news/x-1"], place, fetching)


def test_one_page_is_fetched_now(replica, fetching, place_of, new_sqlite):
    place = played(replica, place_of, new_sqlite())
    known = next(one for one in replica.truth(1).articles if one.outcomes[0] == Outcome.ARTICLE and not one.missing)
    found = fetch_pages([known.url], place, fetching)
    assert found.outlets[known.outlet].articles == 1
    [row] = place.store.rows("select a.headline, cast(a.published_on as text) as day from articles a")
    assert row["day"] == known.day


@pytest.mark.prove
def test_outlets_that_misbehave_are_named_and_stop_nobody(tmp_path, place_of, new_sqlite, knowledge):
    setting = Setting(days=1, history_every=0, misbehave=True)
    with Replica(tmp_path / "replica", setting=setting) as replica:
        fetching = fetching_of(replica, timeout_s=3.0, max_bytes=2_000_000)
        place = played(replica, place_of, new_sqlite())
        found = crawl(list(knowledge.outlets.values()), place, fetching)
        truth = replica.truth(1)
        outcomes = {
            row["url"]: row["outcome"]
            for row in place.store.rows("select url, outcome from outcomes where stage='fetch'")
        }
        judged = {row["url"]: row["outcome"] for row in place.store.rows("select url, outcome from pages")}
        wrong = {}
        for known in truth.articles:
            if known.missing is not None:
                continue
            got = {outcomes.get(known.url), judged.get(known.url)} - {None, Outcome.FETCHED}
            if not got & set(known.outcomes):
                wrong[known.url] = (got, known.outcomes)
        assert wrong == {}
        assert replica.trap_connections == 0
        assert sum(report.articles for report in found.outlets.values()) > 50


def test_nothing_disallowed_is_asked_for(replica, fetching, place_of, new_sqlite, knowledge):
    before = len(asked(replica))
    crawl([knowledge.outlets["ukrinform"]], played(replica, place_of, new_sqlite()), fetching)
    lines = asked(replica, before)
    urls = {f"https://{line['host']}{line['path']}" for line in lines}
    denied = {one.url for one in replica.truth(1).articles if one.outcomes[0] == Outcome.ROBOTS_DENIED}
    assert denied
    assert not denied & urls
    assert any(line["path"] == "/robots.txt" for line in lines)


@pytest.mark.prove
def test_a_spider_that_is_killed_leaves_all_it_archived_on_file(replica, fetching, place_of, new_sqlite, knowledge):
    url, outlet = new_sqlite(), knowledge.outlets["ukrinform"]
    place = played(replica, place_of, url)
    killed = []

    def kill_the_spider():
        # Its second plan is the pages'; by then a lease names it again.
        while not killed:
            plans = list(place.archive.glob("*-pages.plan.jsonl"))
            spiders = [lease.holder for lease in place.store.leases() if lease.kind == "spider"]
            if plans and spiders and list(place.archive.glob("*-pages-*.open")):
                killed.append(int(spiders[0].rpartition(" ")[2]))
                os.kill(killed[0], signal.SIGKILL)
            threading.Event().wait(0.02)

    watcher = threading.Thread(target=kill_the_spider, daemon=True)
    watcher.start()
    with pytest.raises(WorkFailedError):
        crawl([outlet], place, fetching)
    watcher.join(timeout=10)
    assert killed
    assert list(place.archive.glob("*.open")) == []
    known = {row["page_id"] for row in place.store.rows("select page_id from pages")}
    archived = [
        page for file in place.archive.glob("*.warc.gz") for page in read_archive(file) if isinstance(page, Page)
    ]
    assert [p.url for p in archived if keys.page_id(p.url, p.fetched_at, p.payload_sha256) not in known] == []
    found = crawl([outlet], played(replica, place_of, url), fetching)
    truth = replica.truth(1).outlets["ukrinform"]
    on_file = place.store.rows("select article_id from articles")
    assert len(on_file) == truth.articles
    assert found.outlets["ukrinform"].articles <= truth.articles


@pytest.mark.prove
def test_two_crawls_at_once_ask_for_no_page_twice(tmp_path):
    with Replica(tmp_path / "replica", setting=Setting(days=1, history_every=0)) as replica:
        said = {
            "home": str(tmp_path),
            "endpoints": replica.endpoints,
            "ca_file": str(replica.ca_file),
            "offset": (replica.setting.moment(1) - datetime.now(UTC)).total_seconds(),
        }
        Store.upgrade(f"sqlite:///{tmp_path}/zaporuka.db")
        code = (Path(__file__).parent / "crawl_once.py").read_text(encoding="utf-8")
        command = [sys.executable, "-c", code, json.dumps(said)]
        both = [subprocess.Popen(command) for _ in range(2)]
        assert [one.wait(timeout=120) for one in both] == [0, 0]
        pages = [(line["host"], line["path"]) for line in asked(replica) if line["path"] != "/robots.txt"]
        twice = {page for page in pages if pages.count(page) > 1}
        articles = {urlsplit(one.url)[1:3] for one in replica.truth(1).articles}
        assert not twice & articles
        assert max(line["concurrent"] for line in asked(replica)) == 1
        print(f"\ntwo crawls at once: {len(pages)} requests, no page twice, never two at once to a host")
