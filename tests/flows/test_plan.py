"""Which pages are due: new ones, ones that failed, and each article once more."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crawlers.outlet import all_outlets
from flows.plan import FEEDS, NIGHTLY_KINDS, due_pages, is_due_again, night_units
from storage.store import KnownUrl
from storage.terms import Outcome

NOW = datetime(2027, 3, 20, 2, 0, tzinfo=UTC)
OUTLET = all_outlets()["ukrainska-pravda"]
URL = "https://www.pravda.com.ua/news/2027/03/18/8079000/"


def known(first=30, last=30, outcome=Outcome.ARTICLE, *, topic=False, url=URL):
    """An address fetched some hours ago."""
    return KnownUrl(
        url=url,
        captures=1,
        first_fetched_at=NOW - timedelta(hours=first),
        last_fetched_at=NOW - timedelta(hours=last),
        outcome=outcome,
        etag='"x"',
        last_modified=None,
        is_on_topic=topic,
    )


def due(leads, on_file=(), articles=()):
    found = due_pages(
        [(url, None) for url in leads], OUTLET, {one.url: one for one in on_file}, dict.fromkeys(articles, 1), NOW
    )
    return [(one.url, one.why, one.etag) for one in found]


def test_what_nobody_fetched_is_new():
    assert due([URL]) == [(URL, "new", None)]


def test_one_page_under_two_addresses_is_asked_for_once():
    assert len(due([URL, URL + "?utm_source=rss", URL.replace("/03/18/", "/3/18/")])) == 1


def test_a_page_on_file_is_not_asked_for_until_a_day_has_passed():
    assert due([URL], [known(first=3, last=3)]) == []
    assert due([URL], [known(first=25, last=25)]) == [(URL, "revisit", '"x"')]


def test_a_page_looked_at_again_is_left_alone():
    assert due([URL], [known(first=60, last=20)]) == []


@pytest.mark.parametrize(
    ("days", "last_after", "topic", "expected"),
    [(4, 1, True, True), (4, 1, False, False), (8, 3, True, True), (8, 7, True, False), (20, 0, True, False)],
)
def test_articles_on_topic_are_looked_at_after_three_and_seven_days(days, last_after, topic, expected):
    assert is_due_again(known(first=24 * days + 1, last=24 * (days - last_after), topic=topic), NOW) is expected


@pytest.mark.parametrize("outcome", [Outcome.SERVER_ERROR, Outcome.FORBIDDEN, Outcome.TIMEOUT])
def test_what_failed_is_asked_for_again(outcome):
    assert due([URL], [known(outcome=outcome)]) == [(URL, "new", None)]


@pytest.mark.parametrize("outcome", [Outcome.NOT_FOUND, Outcome.GONE, Outcome.LISTING])
def test_what_is_no_article_is_not_asked_for_again(outcome):
    assert due([URL], [known(outcome=outcome)]) == []


def test_an_article_on_file_under_another_address_is_known():
    assert due([URL + "?utm_source=tg"], articles=[URL]) == []


def test_units_of_the_night_have_their_addresses_filled_in():
    for outlet in all_outlets().values():
        urls = [one.url for one in night_units(outlet, date(2027, 3, 1), set(), NIGHTLY_KINDS)]
        assert urls, outlet.slug
        assert not any("{" in url for url in urls)
        assert len(urls) == len(set(urls))


def test_every_day_list_of_the_window_is_due_until_it_was_read_after_its_day():
    outlet, today = all_outlets()["president"], date(2027, 3, 20)
    first = [one for one in night_units(outlet, today, set(), NIGHTLY_KINDS) if one.index.kind == "day_list"]
    days = {one.covers.first for one in first}
    assert days == {today - timedelta(days=back) for back in range(14)}
    filled = {one.unit_id for one in first if one.covers.first < date(2027, 3, 15)}
    again = night_units(outlet, today, filled, NIGHTLY_KINDS)
    assert {one.covers.first for one in again if one.covers} == {date(2027, 3, day) for day in range(15, 21)}


def test_a_look_into_the_feeds_reads_nothing_else():
    kinds = {one.index.kind for one in night_units(OUTLET, date(2027, 3, 1), set(), FEEDS)}
    assert kinds == {"feed"}


def test_a_night_that_begins_a_little_earlier_than_the_last_one_looks_again():
    assert due([URL], [known(first=23, last=23)]) == [(URL, "revisit", '"x"')]
    assert due([URL], [known(first=12, last=12)]) == []
