"""The feed of changes: RFC 4287 as far as readers depend on it, lasting ids, and no night lost for it."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from lxml import etree

from flows.atom import FEED_FILE, MOST, feed_of, feed_path
from flows.changes import Change, Source, changes_since
from flows.cli import run
from flows.crawl import CrawlReport
from flows.runs import _reported
from flows.settings import Settings
from storage.records import LedgerLine
from storage.terms import Cause, Confirmed, EventPrecision, Family, Side, Stage

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2024, 4, 12, 6, tzinfo=UTC)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def line(guarantor="LV", **values):
    given = {
        "line": f"{guarantor}/bilateral/signed",
        "guarantor": guarantor,
        "document": "bilateral",
        "family": Family.BILATERAL,
        "stage": Stage.SIGNED,
        "stage_rank": 8,
        "acting_side": Side.UNKNOWN,
        "event_on_min": NOW.date(),
        "event_on_max": NOW.date(),
        "precision": EventPrecision.DAY,
        "status": "current",
        "confirmed_by": Confirmed.UA,
        "speakers": 1,
        "texts": 1,
        "outlets": 1,
        "best_claim": 7,
    }
    return LedgerLine(**given | values)


def change(guarantor="LV", hours=0, headline="A headline", url="https://example.org/вісті?a=1&b=<2>"):
    told = line(guarantor)
    source = Source(1, "ukrinform", url, headline, NOW.date(), is_on_topic=True, vanished_at=None)
    at = NOW - timedelta(hours=hours)
    return Change(told.line, guarantor, "opened", Cause.NEWS, at, None, told, None, rests_on=source)


def fed(*changes, source="a database", is_demo=False):
    return etree.fromstring(feed_of(changes, {}, {"LV": "Latvia"}, source, NOW, is_demo=is_demo))


def texts(feed, name):
    return [one.text for one in feed.iterfind(f"{ATOM}entry/{ATOM}{name}")]


def check(feed):
    """What RFC 4287 demands of a feed and its entries."""
    assert feed.tag == f"{ATOM}feed"
    for holder in (feed, *feed.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(holder.findall(f"{ATOM}{name}")) == 1, name
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", holder.findtext(f"{ATOM}id"))
        assert MOMENT.fullmatch(holder.findtext(f"{ATOM}updated"))
        assert holder.findtext(f"{ATOM}title").strip()
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = list(feed.iterfind(f"{ATOM}entry"))
    assert len(set(texts(feed, "id"))) == len(entries)
    for entry in entries:
        assert len(entry.findall(f"{ATOM}content")) == 1
        for link in entry.iterfind(f"{ATOM}link"):
            assert re.fullmatch(r"https?://[!-~]+", link.get("href"))
            assert not set(link.get("href")) & set('<>"{}|\\^`')
        assert all(one.get("term") for one in entry.iterfind(f"{ATOM}category"))


def test_a_feed_is_valid_and_an_entry_tells_line_cause_source_and_address():
    feed = fed(change(), change("LT", hours=2))
    check(feed)
    assert feed.findtext(f"{ATOM}updated") == "2024-04-12T06:00:00.000000Z"
    [first, second] = feed.iterfind(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title").startswith("NEWS Latvia, LV/bilateral/signed: new: signed 12 Apr 2024")
    told = first.findtext(f"{ATOM}content")
    for needed in ("Line: LV/bilateral/signed", "Cause: news", "Quote: none", "https://example.org/вісті?a=1&b=<2>"):
        assert needed in told, needed
    assert second.findtext(f"{ATOM}updated") == "2024-04-12T04:00:00.000000Z"
    assert first.find(f"{ATOM}category").get("term") == "news"


def test_an_empty_feed_is_valid_too():
    feed = fed()
    check(feed)
    assert feed.findtext(f"{ATOM}updated") == "2024-04-12T06:00:00.000000Z"


def test_ids_stay_as_they_are_and_differ_by_change_and_database():
    [one] = texts(fed(change()), "id")
    later = texts(fed(change("LT", hours=-1), change()), "id")
    assert later[1] == one
    assert one not in texts(fed(change(hours=1)), "id")
    elsewhere = fed(change(), source="another database")
    assert one not in texts(elsewhere, "id")
    assert elsewhere.findtext(f"{ATOM}id") != fed().findtext(f"{ATOM}id")


def test_what_xml_cannot_hold_and_no_address_do_no_harm():
    feed = fed(change(headline="bad \x00\x0b\ud800 sign", url="urn:sha256:0"))
    check(feed)
    assert "bad  sign" in feed.findtext(f"{ATOM}entry/{ATOM}content")
    assert feed.find(f"{ATOM}entry/{ATOM}link") is None


def test_too_many_changes_are_cut_and_it_is_said():
    feed = fed(*(change(hours=n) for n in range(MOST + 1)))
    assert len(texts(feed, "id")) == MOST
    assert f"The newest {MOST} of {MOST + 1}." in feed.findtext(f"{ATOM}subtitle")


def test_the_demos_feed_says_what_it_is():
    feed = fed(change(), is_demo=True)
    assert feed.findtext(f"{ATOM}title").startswith("DEMO: INVENTED ARTICLES")
    assert texts(feed, "title")[0].startswith("DEMO ")
    assert texts(feed, "content")[0].startswith("DEMO: INVENTED ARTICLES")


@pytest.fixture
def place(place_of, read_demo, tmp_path):
    """A place that has read some of the demo's pages."""
    found = place_of(f"sqlite:///{tmp_path}/zaporuka.db", now=NOW)
    read_demo(found, lambda inputs: inputs[:6])
    return found


def reported(verb, place, home):
    """The report of a run that has just ended there."""
    found = CrawlReport(run=SimpleNamespace(run_id="made up", ledger={}), outlets={})
    return _reported(verb, NOW, found, SimpleNamespace(place=place), Settings(home=home))


def test_a_night_leaves_the_feed_in_the_data_folder_and_status_names_it(place, tmp_path, capsys):
    assert FEED_FILE not in reported("poll", place, tmp_path).changes
    assert not feed_path(tmp_path).exists()
    assert f"Feed of changes: {tmp_path / FEED_FILE}" in reported("nightly", place, tmp_path).markdown()
    feed = etree.parse(tmp_path / FEED_FILE).getroot()
    check(feed)
    expected = [one for one in changes_since(place.store, NOW - timedelta(days=1), NOW).changes if not one.is_hidden]
    assert expected
    assert len(texts(feed, "id")) == len(expected)
    kept = [row["text_full"] for row in place.store.rows("select text_full from readings")]
    for content in texts(feed, "content"):
        quote = re.search(r"Quote: “(.+)” \(characters (\d+)–(\d+)\)", content)
        assert any(text[int(quote[2]) : int(quote[3])] == quote[1] for text in kept)
        assert "Address: http" in content
    run(["status", "--home", str(tmp_path)])
    assert f"Feed of changes: {tmp_path / FEED_FILE}" in capsys.readouterr().out


def test_a_feed_that_cannot_be_written_is_told_and_spoils_no_night(place, tmp_path):
    feed_path(tmp_path).mkdir()
    assert "could not be written" in reported("nightly", place, tmp_path).markdown()
    assert not list(tmp_path.glob("*.part"))
