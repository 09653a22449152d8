"""Reading the past of the replica: all of it, once, over whatever index answers, and again after any stop."""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.demo.replica import Replica, Setting
from flows.fetching import Fetching
from flows.fill import fill, open_roads
from flows.forecast import forecast
from flows.past import Asked, roads_of
from flows.plan import Span
from storage import keys
from storage.store import Store

FIRST, LAST = date(2027, 4, 13), date(2027, 4, 19)
WEEK, EVERYTHING = Span(FIRST, LAST), Asked(every_edition=True)


@pytest.fixture(scope="module")
def replica(tmp_path_factory):
    """The four outlets with eight full days behind them, every index of which answers."""
    setting = Setting(days=8, amount="few", history_every=7, pravda_blocks=False, crawl_delay_s=0.02)
    with Replica(tmp_path_factory.mktemp("replica"), setting=setting) as playing:
        yield playing


@pytest.fixture
def fetching(replica):
    return fetching_of(replica)


def fetching_of(replica):
    return Fetching(
        "zaporuka/test (+https://example.org/who)",
        0.02,
        replica.endpoints,
        Path(replica.ca_file),
        clock_offset=replica.setting.moment(1) - datetime.now(UTC),
    )


def read_past(place, fetching, outlets, span=WEEK, asked=EVERYTHING, tell=lambda _: None):
    languages = {outlet.slug: asked.languages(outlet) for outlet in outlets}
    roads = {one.slug: open_roads(roads_of(one, languages[one.slug], span), place) for one in outlets}
    return fill(outlets, roads, languages, span, place, fetching, tell)


def asked_for(replica, since=0):
    lines = [json.loads(line) for line in replica.access_log.read_text().splitlines()][since:]
    return [f"https://{line['host']}{line['path']}" for line in lines if line["path"] != "/robots.txt"]


def cells(store, first=FIRST, last=LAST):
    rows = store.rows(
        "select outlet, language, cast(published_on as text) as day, count(*) as articles from articles "
        "where published_day between :first and :last group by outlet, language, published_on",
        first=keys.day_number(first),
        last=keys.day_number(last),
    )
    return {(row["outlet"], row["language"], row["day"]): row["articles"] for row in rows}


def true_cells(replica, languages=None, first=FIRST, last=LAST):
    return {
        (cell.outlet, cell.language, cell.day): cell.count.articles
        for cell in replica.truth(1, first, last).cells
        if cell.count.articles and (languages is None or cell.language in languages[cell.outlet])
    }


@pytest.mark.prove
def test_a_week_of_every_edition_is_read_once_and_whole(replica, fetching, place_of, new_sqlite, knowledge):
    place = place_of(new_sqlite(), now=replica.setting.moment(1))
    outlets = list(knowledge.outlets.values())
    before = len(replica.access_log.read_text().splitlines())
    told = []
    report = read_past(place, fetching, outlets, tell=told.append)
    assert cells(place.store) == true_cells(replica)
    assert [url for url, times in Counter(asked_for(replica, before)).items() if times > 1] == []
    assert set(report.left) == {"president"}
    assert list(report.left["president"]) == ["edition without an index of the past (ru)"]
    assert len(told) == sum(report.done.values())

    before = len(replica.access_log.read_text().splitlines())
    again = read_past(place, fetching, outlets)
    assert len(replica.access_log.read_text().splitlines()) == before
    assert again.done == {}


@pytest.mark.prove
def test_one_edition_by_default(replica, fetching, place_of, new_sqlite, knowledge):
    place = place_of(new_sqlite(), now=replica.setting.moment(1))
    outlets = list(knowledge.outlets.values())
    read_past(place, fetching, outlets, Span(date(2027, 4, 17), LAST), Asked())
    languages = {outlet.slug: outlet.languages[:1] for outlet in outlets}
    first = date(2027, 4, 17)
    found = {cell: count for cell, count in cells(place.store, first).items() if cell[1] in languages[cell[0]]}
    assert found == true_cells(replica, languages, first)


@pytest.mark.prove
def test_what_is_ahead_is_said_by_what_the_indexes_named_before(replica, fetching, place_of, new_sqlite, knowledge):
    place = place_of(new_sqlite(), now=replica.setting.moment(1))
    [outlet] = [knowledge.outlets["ukrinform"]]
    far = {outlet.slug: roads_of(outlet, ["uk"], Span(date(2027, 2, 1), date(2027, 2, 28)))}
    first = forecast([outlet], far, place, fetching)
    assert first.outlets[0].basis == "its file"
    read_past(place, fetching, [outlet], asked=Asked())
    later = forecast([outlet], far, place, fetching)
    assert "its indexes" in later.outlets[0].basis
    assert later.outlets[0].high < first.outlets[0].high
    assert later.ends_at > place.clock()
    done = {outlet.slug: open_roads(roads_of(outlet, ["uk"], Span(FIRST, LAST)), place)}
    assert forecast([outlet], done, place, fetching).outlets[0].seconds == 0


@pytest.mark.prove
def test_a_refused_index_is_named_and_the_others_are_read(tmp_path, place_of, new_sqlite, knowledge):
    setting = Setting(days=2, amount="few", history_every=0, crawl_delay_s=0.02)
    with Replica(tmp_path / "replica", setting=setting) as replica:
        fetching = Fetching(
            "t/1 (+x)",
            0.02,
            replica.endpoints,
            Path(replica.ca_file),
            clock_offset=setting.moment(1) - datetime.now(UTC),
        )
        place = place_of(new_sqlite(), now=setting.moment(1))
        outlets = [knowledge.outlets[slug] for slug in ("ukrainska-pravda", "president")]
        report = read_past(place, fetching, outlets, Span(date(2027, 4, 10), LAST), Asked())
        assert report.left["ukrainska-pravda"]["index forbidden (403)"] >= 2
        assert report.done["president"] == 10
        refused = [url for url in asked_for(replica) if "/sitemap/" in url or "/date_" in url]
        assert 1 <= len(refused) <= 4  # an index that refuses two of its days is not asked for the other eight


RUN = (Path(__file__).parent / "backfill_once.py").read_text(encoding="utf-8")


def said_of(replica, home):
    return json.dumps(
        {
            "home": str(home),
            "endpoints": replica.endpoints,
            "ca_file": str(replica.ca_file),
            "offset": (replica.setting.moment(1) - datetime.now(UTC)).total_seconds(),
            "first": FIRST.isoformat(),
            "last": LAST.isoformat(),
        }
    )


@pytest.mark.prove
def test_killed_five_times_it_fetches_nothing_twice_but_the_torn_page(replica, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    before = len(replica.access_log.read_text().splitlines())
    whole = len([one for one in replica.truth(1, FIRST, LAST).articles if not one.missing])
    kills = 0
    for share in (0.0, 0.15, 0.35, 0.6, 0.85):
        with subprocess.Popen([sys.executable, "-c", RUN, said_of(replica, home)]) as program:
            while program.poll() is None:
                if len(replica.access_log.read_text().splitlines()) - before > 8 + share * whole:
                    program.send_signal(signal.SIGKILL)
                    kills += 1
                    break
                threading.Event().wait(0.02)
    subprocess.run([sys.executable, "-c", RUN, said_of(replica, home)], check=True)
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        assert cells(store) == true_cells(replica)
    times = Counter(asked_for(replica, before))
    twice = {url: n for url, n in times.items() if n > 1}
    # Of each kill one request an outlet may have been under way.
    assert len(twice) <= 4 * kills
    assert max(times.values()) <= 2
    print(f"\nbackfill killed {kills} times: {len(times)} addresses, {len(twice)} asked for a second time (torn)")
    assert kills == 5


@pytest.mark.prove
def test_two_at_once_share_nothing(replica, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    Store.upgrade(f"sqlite:///{home}/zaporuka.db")
    before = len(replica.access_log.read_text().splitlines())
    both = [subprocess.Popen([sys.executable, "-c", RUN, said_of(replica, home)]) for _ in range(2)]
    assert [one.wait(timeout=300) for one in both] == [0, 0]
    assert [url for url, n in Counter(asked_for(replica, before)).items() if n > 1] == []
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        assert cells(store) == true_cells(replica)
        assert {row["state"] for row in store.rows("select state from units")} == {"done"}
    lines = [json.loads(line) for line in replica.access_log.read_text().splitlines()][before:]
    assert max(line["concurrent"] for line in lines) == 1
    print(f"\ntwo backfills at once: {len(lines)} requests, no address twice, never two at once to a host")
