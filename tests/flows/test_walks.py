"""How an index is read to its end: where a list goes on, where a numbered one is searched, when it is left."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from crawlers.leads import Lead, LeadsResult, SubIndex
from crawlers.outlet import Index
from flows.plan import Span, Unit
from flows.walks import Before, may_be_in, walk_of
from storage import keys
from storage.terms import Outcome

TODAY = date(2027, 3, 30)
NUMBERED = Index(kind="page_list", url="https://example.org/news/page/{page}/", language="en", item="li")
WEEK = Index(kind="week_sitemap", url="https://example.org/map/{iso_year}/{iso_week:02d}.xml", language="en")
A_PAGE = 10
"""Items on a page of the invented list, of which one is published every two hours."""


def at(day, hour=12):
    return datetime.combine(day, time(hour), tzinfo=UTC)


def lead(url, published):
    return Lead(url, published, None, "en", {})


def page(number, last=200):
    """A page of a list of `last` pages, newest first."""
    if number > last:
        return None
    newest = at(TODAY) - timedelta(hours=2 * A_PAGE * (number - 1))
    leads = tuple(lead(f"https://example.org/{number}-{n}", newest - timedelta(hours=2 * n)) for n in range(A_PAGE))
    following = f"https://example.org/news/page/{number + 1}/" if number < last else None
    return LeadsResult(leads, (), {}, None, following)


def read(walk, new=lambda leads: {one.url for one in leads}, pages=page):
    """Read a numbered list to its end; returns the pages asked for, round by round."""
    rounds = []
    while urls := walk.ask():
        numbers = [int(url.rstrip("/").rsplit("/", 1)[1]) for url in urls]
        rounds.append(numbers)
        for url, number in zip(urls, numbers, strict=True):
            result = pages(number)
            if result is None:
                walk.refuse(url, Outcome.NOT_FOUND, 404)
            else:
                walk.take(url, result, new(result.leads))
    return rounds


def days_read(walk):
    return {keys.kyiv_day(one.published_hint) for one in walk.leads.values()}


NEVER = Before()


def night(back_to, before=NEVER):
    span = Span(TODAY - timedelta(days=13), TODAY)
    return walk_of(Unit("demo", NUMBERED, "https://example.org/news/page/1/"), span, back_to, before)


def test_a_list_that_was_never_read_is_followed_through_the_window():
    walk = night(TODAY - timedelta(days=13))
    rounds = read(walk)
    assert rounds[0] == [1]
    assert min(days_read(walk)) == TODAY - timedelta(days=13)
    assert sum(map(len, rounds)) < 14 * 12 / A_PAGE + 10


def test_a_list_read_yesterday_is_followed_back_to_yesterday_although_its_first_page_is_known():
    walk = night(TODAY - timedelta(days=1))
    rounds = read(walk, new=lambda _: set())
    assert {TODAY, TODAY - timedelta(days=1)} <= days_read(walk)
    assert sum(map(len, rounds)) <= 4


def test_a_list_goes_on_while_it_brings_something_new():
    walk = night(TODAY)
    rounds = read(walk, new=lambda leads: {one.url for one in leads if one.url.split("/")[-1][:2] in {"1-", "2-"}})
    assert [number for one in rounds for number in one] == [1, 2, 3, 4]


@pytest.mark.parametrize("back", [2, 9, 40, 100, 160])
def test_a_numbered_list_is_searched_for_days_long_past(back):
    last = TODAY - timedelta(days=back)
    span = Span(last - timedelta(days=2), last)
    walk = walk_of(Unit("demo", NUMBERED, "https://example.org/news/page/1/", span), span, span.first)
    rounds = read(walk)
    first_of_span = last - timedelta(days=2)
    assert {first_of_span, first_of_span + timedelta(days=1), last} <= days_read(walk)
    assert len(walk.leads) == 3 * 12
    asked = [number for one in rounds for number in one]
    assert len(asked) == len(set(asked)) < 40


def test_days_before_a_list_begins_are_found_to_hold_nothing():
    span = Span(date(2020, 1, 1), date(2020, 1, 3))
    walk = walk_of(Unit("demo", NUMBERED, "https://example.org/news/page/1/", span), span, span.first)
    rounds = read(walk, pages=lambda number: page(number, last=20))
    assert not walk.leads
    assert walk.listed is not None
    assert len(rounds) < 15


def test_a_list_without_days_cannot_be_searched_and_says_so():
    span = Span(date(2027, 1, 1), date(2027, 1, 3))
    walk = walk_of(Unit("demo", NUMBERED, "https://example.org/news/page/1/", span), span, span.first)
    dateless = LeadsResult((lead("https://example.org/a", None),), (), {}, None, None)
    rounds = read(walk, pages=lambda _: dateless)
    assert rounds == [[1]]
    assert walk.listed is None
    assert list(walk.refused) == ["index without days"]


def test_a_refused_page_leaves_the_unit_unread_and_keeps_what_was_known_of_it():
    walk = night(TODAY, Before(at(TODAY), 7))
    [url] = walk.ask()
    walk.refuse(url, Outcome.FORBIDDEN, 403)
    assert walk.ask() == []
    assert walk.listed is None
    assert walk.refused == {"index forbidden (403)": 1}


def test_a_sitemap_leads_on_to_the_sitemaps_of_the_days_wanted():
    span = Span(date(2027, 3, 8), date(2027, 3, 14))
    walk = walk_of(Unit("demo", WEEK, "https://example.org/map/2027/10.xml", span), span, span.first)
    [url] = walk.ask()
    far = SubIndex("https://example.org/map/2026/10.xml", None, date(2026, 3, 2), date(2026, 3, 8))
    near = SubIndex("https://example.org/map/2027/10-b.xml", None, span.first, span.last)
    walk.take(url, LeadsResult((), (far, near), {}, None, None), set())
    assert walk.ask() == [near.url]


def test_the_day_in_an_address_decides_before_the_day_of_the_last_change():
    span = Span(date(2027, 3, 8), date(2027, 3, 9))
    unit = Unit("demo", WEEK, "https://example.org/map/2027/10.xml", span)
    changed_later = at(date(2027, 3, 20))
    assert may_be_in(lead("https://example.org/2027/03/08/a", changed_later), span, unit)
    assert not may_be_in(lead("https://example.org/2027/03/10/a", at(span.first)), span, unit)
    assert may_be_in(lead("https://example.org/a", changed_later), span, unit)
    assert not may_be_in(lead("https://example.org/a", at(date(2027, 3, 7))), span, unit)
    listed = Unit("demo", NUMBERED, "https://example.org/news/page/1/", span)
    assert not may_be_in(lead("https://example.org/a", changed_later), span, listed)
