"""Each signal of a live check turns when, and only when, what it looks at is not as the outlet's file has it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.leads import Lead, LeadsResult, Refusal, SubIndex
from crawlers.outlet import Edition, Expectation, Index, Outlet
from flows.outlet_live_row import LiveRow
from flows.outlet_signals import IndexAnswer, PageAnswer, age, descriptions, index_signals, page_signals
from storage.records import Dropped, Paragraph, Reading, Removed
from storage.terms import DateSource, Language, Outcome, OutletSource, TimePrecision, Zone

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
FEED = Index(kind="feed", url="https://my.example/rss", language="en")
OUTLET = Outlet(
    slug="my-paper",
    name="My Paper",
    homepage="https://my.example/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    rights="mine",
    editions=(Edition(language="en", hosts=("my.example",)),),
    indexes=(FEED,),
    article_url=(r"/news/",),
    body=("div.text",),
    expectation=Expectation(always=("title", "published_at", "published_minute", "authors")),
)
LEAD = Lead("https://my.example/news/12", NOW - timedelta(hours=2), "Bridge opens after repairs", "en", {})
TEXT = "The old bridge was opened again on Tuesday after two years of repairs."
READING = Reading(
    outlet="my-paper",
    outlet_source=OutletSource.URL,
    url=LEAD.url,
    language=Language.EN,
    title="Bridge opens after repairs",
    authors=("Ann Smith",),
    published_at=NOW - timedelta(hours=2, minutes=3),
    published_precision=TimePrecision.MINUTE,
    date_source=DateSource.META,
    paragraphs=(Paragraph(text=TEXT, zone=Zone.LEAD, start=0, end=len(TEXT)),),
    text_full=TEXT,
    path="outlet",
)
PAGE = PageAnswer(LEAD, FEED, Outcome.FETCHED, 200, READING, 40)


def result(leads=(LEAD,), refused=None, subindexes=()):
    return LeadsResult(tuple(leads), tuple(subindexes), refused or {}, None, None)


def failed(signals):
    return {signal.name for signal in signals if not signal.is_well}


def test_a_page_as_it_should_be_is_well_in_every_signal():
    assert failed(page_signals(PAGE, OUTLET)) == set()
    assert len(list(page_signals(PAGE, OUTLET))) == 12


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"title": ""}, {"title", "title as in the index"}),
        ({"title": "Weather: rain until Friday"}, {"title as in the index"}),
        ({"path": "generic"}, {"body selector hits"}),
        ({"authors": ()}, {"author"}),
        ({"language": Language.UK}, {"language"}),
        ({"published_at": None, "published_precision": TimePrecision.UNKNOWN}, {"date"}),
        ({"published_precision": TimePrecision.DAY}, {"date to the minute"}),
        ({"published_at": NOW - timedelta(days=2)}, {"date as in the index"}),
        ({"removed": (Removed(text="x" * 300, why="share"),)}, {"little is removed"}),
    ],
)
def test_a_field_that_is_not_as_it_should_be_turns_its_signal(changed, names):
    page = replace(PAGE, made=READING.model_copy(update=changed))
    assert failed(page_signals(page, OUTLET)) == names


def test_what_nobody_states_or_knows_is_not_judged():
    plain = OUTLET.model_copy(update={"expectation": Expectation(), "body": ()})
    made = READING.model_copy(
        update={"authors": (), "published_precision": TimePrecision.DAY, "path": "generic", "title": "Rain"}
    )
    lead = replace(LEAD, published_hint=None, headline_hint=None)
    assert failed(page_signals(replace(PAGE, lead=lead, made=made, described=None), plain)) == set()


def test_the_last_change_that_a_sitemap_tells_is_not_held_against_the_page():
    month = Index(kind="month_sitemap", url="https://my.example/{year}.xml", language="en")
    lead = replace(LEAD, published_hint=NOW + timedelta(days=9))
    assert failed(page_signals(replace(PAGE, lead=lead), OUTLET)) == {"date as in the index"}
    assert failed(page_signals(replace(PAGE, lead=lead, index=month), OUTLET)) == set()


def test_a_text_shorter_than_the_feeds_own_description_is_told():
    assert failed(page_signals(replace(PAGE, described=len(TEXT) + 5), OUTLET)) == set()
    assert failed(page_signals(replace(PAGE, described=2 * len(TEXT)), OUTLET)) == {"body longer than the feed's"}


@pytest.mark.parametrize(
    ("page", "name", "is_blocked"),
    [
        (replace(PAGE, made=None, outcome=Outcome.NOT_FOUND, status=404), "page answers", False),
        (replace(PAGE, made=None, outcome=Outcome.TIMEOUT, status=None), "page answers", False),
        (replace(PAGE, made=None, outcome=Outcome.FORBIDDEN, status=403), None, True),
        (replace(PAGE, made=None, outcome=Outcome.ROBOTS_DENIED, status=None), None, True),
        (Outcome.LISTING, "page is an article", False),
        (Outcome.CHALLENGE, None, True),
    ],
)
def test_a_page_that_is_no_article_or_did_not_come(page, name, is_blocked):
    if isinstance(page, Outcome):
        made = Dropped(outcome=page, why="said", outlet="my-paper", outlet_source=OutletSource.URL)
        page = replace(PAGE, made=made)
    assert failed(page_signals(page, OUTLET)) == ({name} if name else set())
    assert page.is_blocked is is_blocked


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (IndexAnswer(FEED, FEED.url, Outcome.FETCHED, 200, result()), set()),
        (IndexAnswer(FEED, FEED.url, Outcome.NOT_FOUND, 404), {"index answers"}),
        (IndexAnswer(FEED, FEED.url, Outcome.UNREADABLE, 200), {"index answers"}),
        (IndexAnswer(FEED, FEED.url, Outcome.FORBIDDEN, 403), set()),
        (IndexAnswer(FEED, FEED.url, Outcome.FETCHED, 200, result([])), {"index names articles"}),
        (
            IndexAnswer(FEED, FEED.url, Outcome.FETCHED, 200, result(refused={Refusal.NOT_ARTICLE: 9})),
            {"article_url claims entries"},
        ),
        (IndexAnswer(FEED, FEED.url, Outcome.FETCHED, 200, result(refused={Refusal.NOT_ARTICLE: 4})), set()),
        (
            IndexAnswer(
                FEED, FEED.url, Outcome.FETCHED, 200, result([replace(LEAD, published_hint=NOW - timedelta(days=20))])
            ),
            {"index is fresh"},
        ),
    ],
)
def test_an_index_that_is_not_as_it_should_be_turns_its_signal(answer, names):
    assert failed(index_signals(answer, NOW)) == names


def test_a_list_of_a_day_that_has_just_begun_may_be_empty_and_further_sitemaps_are_no_entries():
    day = Index(kind="day_list", url="https://my.example/{year}/{month}/{day}", language="en")
    answer = IndexAnswer(day, "https://my.example/2026/3/3", Outcome.FETCHED, 200, result([]))
    assert failed(index_signals(answer, NOW)) == set()
    further = SubIndex("https://my.example/1.xml", None, None, None)
    assert IndexAnswer(FEED, FEED.url, Outcome.FETCHED, 200, result(subindexes=[further])).entries == 1


def test_a_refusal_fails_an_edition_unless_its_file_states_it_or_other_pages_come():
    refused = IndexAnswer(FEED, FEED.url, Outcome.FORBIDDEN, 403)
    assert not LiveRow("my-paper", "en", indexes=[refused]).is_well
    assert LiveRow("my-paper", "en", is_known_to_block=True, indexes=[refused]).is_well
    stated = replace(refused, index=FEED.model_copy(update={"may_be_blocked": True}))
    assert not LiveRow("my-paper", "en", indexes=[stated]).is_well
    assert LiveRow("my-paper", "en", indexes=[stated], pages=[PAGE]).is_well
    kept_back = replace(PAGE, made=None, outcome=Outcome.ROBOTS_DENIED, status=None)
    assert not LiveRow("my-paper", "en", pages=[kept_back]).is_well
    assert LiveRow("my-paper", "en", pages=[kept_back, PAGE]).is_well


def test_descriptions_are_measured_without_markup_by_address():
    rss = b"""<?xml version="1.0"?><rss><channel><item><link>https://my.example/1</link>
    <description>&lt;p&gt;Four &lt;b&gt;words&lt;/b&gt; in all&lt;/p&gt;</description></item>
    <item><link>https://my.example/2</link></item></channel></rss>"""
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://my.example/3"/>
    <summary>Two words</summary></entry></feed>"""
    assert descriptions(rss) == {"https://my.example/1": len("Four words in all")}
    assert descriptions(atom) == {"https://my.example/3": len("Two words")}
    assert descriptions(b"") == descriptions(b"no feed at all") == descriptions(b"<html><p>x</p></html>") == {}


def test_a_row_is_said_as_cells_and_as_a_line_for_all_that_is_not_so():
    row = LiveRow("my-paper", "en", pages=[replace(PAGE, made=READING.model_copy(update={"path": "generic"}))])
    row.indexes = [
        IndexAnswer(FEED, FEED.url, Outcome.FETCHED, 200, result()),
        IndexAnswer(FEED.model_copy(update={"kind": "page_list"}), "https://my.example/all", Outcome.FORBIDDEN, 403),
    ]
    row.signals = list(page_signals(row.pages[0], OUTLET))
    cells = row.cells(NOW)
    assert cells[2] == "feed 1/1, newest 2 h; page_list forbidden (403)"
    assert cells[3:] == ("1 of 1", f"{len(TEXT)} in 1, generic", "minute, meta", "Ann Smith", "0%", cells[-1])
    assert cells[-1] == "body selector hits, blocked"
    assert row.lines() == [
        "my-paper en: body selector hits: no: read by the generic road: https://my.example/news/12 — look at body",
        "my-paper en: blocked, recorded as such: forbidden (403): https://my.example/all",
    ]


@pytest.mark.parametrize(("minutes", "words"), [(-5, "0 min"), (99, "99 min"), (47 * 60, "47 h"), (72 * 60, "3 days")])
def test_ages_are_said_in_their_largest_unit(minutes, words):
    assert age(timedelta(minutes=minutes)) == words
