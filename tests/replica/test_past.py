"""The past is served whole by each kind of index alone, and the truth is right for any span of it."""

import gzip
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import lxml.html
import pytest
from lxml import etree

from flows.demo.replica import DEMO_DAY, Replica, Setting
from flows.demo.replica.setting import FIRST_DAY

PRAVDA_INDEX = "https://www.pravda.com.ua/sitemap/sitemap-archive.xml"
LISTS = {
    ("kyiv-independent", "en"): ("https://kyivindependent.com/news-archive/page/1/", "article.archiveCard a"),
    ("ukrinform", "uk"): ("https://www.ukrinform.ua/block-lastnews?page=1", "section.restList article a"),
    ("ukrinform", "en"): ("https://www.ukrinform.net/block-lastnews?page=1", "section.restList article a"),
    ("ukrinform", "ru"): ("https://www.ukrinform.ru/block-lastnews?page=1", "section.restList article a"),
}
DAY_LISTS = {
    ("ukrainska-pravda", "uk"): "https://www.pravda.com.ua/news/date_{0:%d%m%Y}/",
    ("ukrainska-pravda", "en"): "https://www.pravda.com.ua/eng/news/date_{0:%d%m%Y}/",
    ("ukrainska-pravda", "ru"): "https://www.pravda.com.ua/rus/news/date_{0:%d%m%Y}/",
    ("president", "uk"): "https://www.president.gov.ua/news/all?date-from={0:%d-%m-%Y}&date-to={0:%d-%m-%Y}&page={1}",
    (
        "president",
        "en",
    ): "https://www.president.gov.ua/en/news/all?date-from={0:%d-%m-%Y}&date-to={0:%d-%m-%Y}&page={1}",
}


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """A replica with nine full days, though not very full ones, and a long thin past."""
    setting = Setting(days=9, amount="few", history_every=7, pravda_blocks=False)
    with Replica(tmp_path_factory.mktemp("past"), setting=setting) as running:
        yield running


@pytest.fixture
def expected(past):
    """Addresses of every edition back to the first day, less what is not listed yet."""
    found = defaultdict(set)
    for known in past.truth(1, FIRST_DAY).articles:
        if known.missing is None:
            found[known.outlet, known.language].add(known.url)
    return found


def sitemap(body):
    root = etree.fromstring(body)
    rows = root.xpath("//*[local-name()='url' or local-name()='sitemap']")
    return {
        "".join(row.xpath("./*[local-name()='loc']/text()")): "".join(row.xpath("./*[local-name()='lastmod']/text()"))
        for row in rows
    }


def every_day():
    return [FIRST_DAY + timedelta(days=n) for n in range((DEMO_DAY - FIRST_DAY).days + 1)]


def test_month_sitemaps_hold_all_editions(past, client, expected):
    asking = client(past)
    months = sitemap(asking.get(PRAVDA_INDEX).body)
    assert len(months) == 5
    found = set().union(*(sitemap(gzip.decompress(asking.get(month).body)) for month in months))
    assert (
        found
        == expected["ukrainska-pravda", "uk"] | expected["ukrainska-pravda", "en"] | expected["ukrainska-pravda", "ru"]
    )


@pytest.mark.parametrize(("language", "domain"), [("uk", "ua"), ("en", "net")])
def test_week_sitemaps_hold_an_edition(past, client, expected, language, domain):
    asking = client(past)
    weeks = {day.isocalendar()[:2] for day in every_day()}
    urls = [f"https://www.ukrinform.{domain}/sitemap/{year}/{week:02d}.xml" for year, week in weeks]
    found = set().union(*(sitemap(asking.get(url).body) for url in urls))
    assert {url for url in found if "ukrinform." in url and "facebook" not in url} == expected["ukrinform", language]


@pytest.mark.parametrize("edition", DAY_LISTS)
def test_day_lists_hold_an_edition(past, client, expected, edition):
    asking, found = client(past), set()
    for day in every_day():
        pages = (1, 2) if "{1}" in DAY_LISTS[edition] else (1,)
        for page in pages:
            body = asking.get(DAY_LISTS[edition].format(day, page)).body
            items = lxml.html.fromstring(body).cssselect("div.article_news_list a, div.item_stat a")
            of_day = {str(item.get("href")) for item in items}
            assert of_day == (expected_on(past, edition, day) if page == 1 else set())
            found |= of_day
    assert found == expected[edition]


def expected_on(past, edition, day):
    known = past.truth(1, day, day).articles
    return {one.url for one in known if (one.outlet, one.language) == edition}


@pytest.mark.parametrize("edition", LISTS)
def test_numbered_lists_lead_on_to_the_first_article(past, client, expected, edition):
    asking, (url, item) = client(past), LISTS[edition]
    found, pages = [], 0
    while url:
        page = lxml.html.fromstring(asking.get(url).body)
        links = [str(link.get("href")) for link in page.cssselect(item)]
        found += links
        pages += bool(links)
        url = next(iter(page.xpath("//*[@rel='next']/@href")), None)
    assert len(found) == len(set(found))
    assert set(found) == expected[edition]
    assert pages == -(-len(found) // 24)
    assert edition[1] == "ru" or pages > 1


def test_sitemaps_give_the_moment_of_the_last_change(past, client):
    asking = client(past)
    week = "https://www.ukrinform.ua/sitemap/2027/16.xml"
    edited = next(one for one in past.truth(2).tellings if one.guarantor == "SI").url
    others = {one.url: one.published_at for one in past.truth(2).articles if one.change == "unchanged"}
    assert sitemap(asking.get(week).body)[edited] == "2027-04-20T17:43:00+03:00"
    past.night = 2
    after = sitemap(asking.get(week).body)
    assert after[edited] == "2027-04-21T09:20:00+03:00"
    assert {url: lastmod for url, lastmod in after.items() if url in others} == {
        url: moment for url, moment in others.items() if url in after
    }
    assert set(others) & set(after)


def test_few_articles_a_day_are_few(past):
    nine_days = past.truth(1, DEMO_DAY - timedelta(days=8)).outlets
    assert 120 < sum(count.articles for count in nine_days.values()) < 190
    assert {known.change for known in past.truth(2).articles} == {"new", "edited", "gone", "late", "unchanged"}


def test_truth_of_spans_adds_up_to_the_truth_of_all(past):
    edges = [FIRST_DAY, date(2026, 12, 31), date(2027, 2, 3), date(2027, 4, 15), DEMO_DAY + timedelta(days=1)]
    for night in (1, 2):
        whole = past.truth(night, FIRST_DAY, edges[-1])
        parts = [past.truth(night, first, last - timedelta(days=1)) for first, last in pairwise(edges)]
        parts.append(past.truth(night, edges[-1], edges[-1]))
        assert Counter(known for part in parts for known in part.articles) == Counter(whole.articles)
        assert Counter(one for part in parts for one in part.tellings) == Counter(whole.tellings)
        for slug, count in whole.outlets.items():
            assert sum(part.outlets[slug].listed for part in parts) == count.listed
            assert sum(part.outlets[slug].articles for part in parts) == count.articles
    assert {one.guarantor for one in past.truth(1, FIRST_DAY, date(2026, 12, 31)).tellings} == {"IE", "PT", "NZ"}


def test_truth_of_some_editions_alone(past):
    wanted = {"ukrinform": {"uk"}, "president": ("en",)}
    truth = past.truth(1, FIRST_DAY, editions=wanted)
    whole = past.truth(1, FIRST_DAY)
    assert set(truth.outlets) == set(wanted)
    assert truth.articles == tuple(a for a in whole.articles if a.language in wanted.get(a.outlet, ()))
    assert truth.tellings == tuple(a for a in whole.tellings if a.language in wanted.get(a.outlet, ()))
    for slug, languages in wanted.items():
        cells = [c.count for c in whole.cells if c.outlet == slug and c.language in languages]
        assert truth.outlets[slug].listed == sum(count.listed for count in cells) > 0
