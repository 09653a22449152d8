"""What befalls an outlet from the second night on is played at that outlet alone, and the truth stays honest."""

import json
from dataclasses import replace

import lxml.html
import pytest

from crawlers.outlet import all_outlets
from flows.demo.replica import DEMO_DAY, Fault, Replica, Setting
from flows.demo.replica.model import articles_on
from flows.demo.replica.pages import page_of
from flows.demo.replica.server import ReplicaError
from flows.demo.replica.setting import SLUGS
from flows.steps.clean import clean
from storage.records import Dropped, RawPage, Reading
from storage.terms import Outcome

FAULTS = {
    "ukrinform": Fault.LAYOUT,
    "kyiv-independent": Fault.CHALLENGE,
    "president": Fault.EMPTY_FEED,
    "ukrainska-pravda": Fault.DRIFT,
}
SMALL = Setting(days=1, history_every=0, pravda_blocks=False)


@pytest.fixture(scope="module")
def befallen(tmp_path_factory):
    """A replica with another fault at each outlet."""
    with Replica(tmp_path_factory.mktemp("befallen"), setting=replace(SMALL, faults=FAULTS)) as running:
        yield running


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The same without any."""
    with Replica(tmp_path_factory.mktemp("sound"), setting=SMALL) as running:
        yield running


def pairs(fault, night=2):
    """Every article that can be read, as it is and as it would be with the fault at each outlet."""
    plain = {a.url: a for a in articles_on(SMALL, night)}
    for article in articles_on(replace(SMALL, faults=dict.fromkeys(SLUGS, fault)), night):
        if plain[article.url].outcomes[0] == Outcome.ARTICLE and article.status == 200:
            yield plain[article.url], article


def test_nothing_befalls_the_first_night(befallen, sound, client):
    assert befallen.truth(1) == sound.truth(1)
    asking, plain = client(befallen), client(sound)
    for known in sound.truth(1).articles[::5]:
        assert asking.get(known.url).body == plain.get(known.url).body


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_befalls_one_outlet(sound, fault):
    others = [a for a in articles_on(replace(SMALL, faults={"ukrinform": fault}), 2) if a.outlet != "ukrinform"]
    assert others == [a for a in sound.model(2) if a.outlet != "ukrinform"]


@pytest.mark.parametrize("fault", Fault)
def test_truth_lists_what_the_indexes_list(tmp_path, client, indexes, fault):
    setting = replace(SMALL, faults=dict.fromkeys(SLUGS, fault), misbehave=True)
    with Replica(tmp_path, setting=setting) as running:
        asking = client(running)
        running.night = 2
        truth = running.truth(2)
        days = {cell.day for cell in truth.cells}
        found = set()
        if fault is not Fault.CHALLENGE:
            found = set().union(*indexes.named(asking, days).values())
        in_window = {known.url for known in truth.articles}
        listed = {known.url for known in truth.articles if known.missing is None and known.change != "gone"}
        assert found & in_window == listed
        assert set(truth.refused) <= found
        for count in truth.outlets.values():
            assert count.published == count.listed + sum(count.missing.values())
            assert count.listed == count.articles + sum(count.dropped.values())


def test_a_new_layout_hides_from_the_outlets_selectors_and_not_from_a_reader(read):
    outlets = all_outlets()
    seen = 0
    for plain, article in pairs(Fault.LAYOUT):
        before, after = read(plain), read(article)
        assert isinstance(after, Reading), article.url
        assert (after.title, after.text, after.published_at, after.authors) == (
            before.title,
            before.text,
            before.published_at,
            before.authors,
        ), article.url
        assert after.published_at == article.published_at or article.made_of == "file"
        page = lxml.html.fromstring(page_of(article).decode())
        outlet = outlets[article.outlet]
        assert [selector for selector in (*outlet.body, *outlet.date, *outlet.author) if page.cssselect(selector)] == []
        assert not page.xpath("//script[@type='application/ld+json']")
        seen += 1
    assert seen > 100


def test_a_challenge_stands_at_every_address_with_status_200(befallen, client, indexes):
    asking = client(befallen)
    befallen.night = 2
    known = [one for one in befallen.truth(2).articles if one.outlet == "kyiv-independent"]
    index = all_outlets()["kyiv-independent"].indexes
    for url in [one.url for one in known] + [indexes.filled(one) for one in index] + ["https://kyivindependent.com/"]:
        got = asking.get(url, If_None_Match="*")
        assert got.status == 200
        assert b"Checking your browser" in got.body
        assert "etag" not in got.headers
    assert b"User-agent" in asking.get("https://kyivindependent.com/robots.txt").body
    assert {one.missing for one in known if one.change != "gone"} == {"challenge"}
    assert {one.outcomes for one in known} == {("challenge",)}
    count = befallen.truth(2).outlets["kyiv-independent"]
    assert (count.listed, count.articles, count.reads) == (0, 0, 0)


def test_our_cleaner_names_the_challenge(befallen, client, knowledge):
    asking = client(befallen)
    befallen.night = 2
    url = next(one.url for one in befallen.truth(2).articles if one.outlet == "kyiv-independent")
    page = RawPage(id="1", payload=asking.get(url).body, url=url, content_type="text/html")
    result = clean(page, knowledge.outlets, knowledge.clutter)
    assert isinstance(result, Dropped)
    assert result.outcome is Outcome.CHALLENGE


def test_misdeeds_hide_behind_a_challenge_too(tmp_path, client):
    setting = replace(SMALL, faults={"kyiv-independent": Fault.CHALLENGE}, misbehave=True)
    with Replica(tmp_path, setting=setting) as running:
        asking = client(running)
        url = "https://kyivindependent.com/misdeed-gone/"
        assert asking.get(url).status == 410
        running.night = 2
        assert b"Checking your browser" in asking.get(url).body


def test_empty_indexes_come_whole_and_articles_stay(befallen, client, indexes):
    asking = client(befallen)
    befallen.night = 2
    named = indexes.named(asking, [DEMO_DAY], {"president"})
    assert len(named) == len(all_outlets()["president"].indexes)
    assert set(map(len, named.values())) == {0}
    truth = befallen.truth(2)
    known = [one for one in truth.articles if one.outlet == "president"]
    assert {one.missing for one in known} == {"empty_feed"}
    assert asking.get(known[0].url).status == 200
    assert (truth.outlets["president"].listed, truth.outlets["president"].published) == (0, len(known))


def test_every_index_of_every_outlet_can_be_empty(tmp_path, client, indexes):
    with Replica(tmp_path, setting=replace(SMALL, faults=dict.fromkeys(SLUGS, Fault.EMPTY_FEED))) as running:
        asking = client(running)
        running.night = 2
        for slug in SLUGS:
            for index in all_outlets()[slug].indexes:
                got = asking.get(indexes.filled(index))
                assert got.status == 200, index.url
                assert indexes.links(index, got.body) == []


def test_drifting_pages_give_their_last_change_as_publication(befallen, sound, client):
    asking, plain = client(befallen), client(sound)
    readable = [one for one in sound.truth(2).articles if one.outcomes == ("article",) and one.language == "uk"]
    old = next(one for one in readable if one.outlet == "ukrainska-pravda" and one.day == "2027-04-20")
    held = asking.get(old.url)
    befallen.night = sound.night = 2
    again = asking.get(old.url, If_None_Match=held.headers["etag"], If_Modified_Since=held.headers["last-modified"])
    assert again.status == 200
    assert plain.get(old.url, If_None_Match=held.headers["etag"]).status == 304
    drifting = next(one for one in befallen.truth(2).articles if one.url == old.url)
    assert (drifting.published_at, drifting.change) == (old.published_at, "unchanged")
    assert drifting.stated_at == "2027-04-21T22:00:00+03:00"
    assert again.headers["last-modified"] == "Wed, 21 Apr 2027 19:00:00 GMT"
    page = lxml.html.fromstring(again.body.decode())
    facts = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert facts["datePublished"] == facts["dateModified"] == drifting.stated_at
    assert "21 квітня, 22:00" in page.cssselect("div.post_news_date")[0].text_content()
    feed = asking.get("https://www.pravda.com.ua/rss/").body.decode()
    assert "Tue, 20 Apr 2027" in feed


def test_drifting_pages_are_dated_as_the_truth_says(read):
    moved = 0
    for plain, article in pairs(Fault.DRIFT):
        if article.outlet == "ukrainska-pravda":
            continue  # whose addresses give the day away
        before, after = read(plain), read(article)
        assert after.published_at == article.stated_at, article.url
        assert (after.title, after.text) == (before.title, before.text)
        moved += after.published_at != plain.published_at
    assert moved > 40


def test_an_outlet_that_is_not_played_is_refused(tmp_path):
    with pytest.raises(ReplicaError, match=r"'ukrinform\.ua', which is not played"):
        Replica(tmp_path, setting=Setting(faults={"ukrinform.ua": Fault.DRIFT}))
