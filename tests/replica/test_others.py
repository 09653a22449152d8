"""Outlets that are played by their facts: every index of theirs answers, and names just the articles there are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.leads import in_window, read_leads
from crawlers.outlet import all_outlets
from flows.demo.replica import Setting
from flows.demo.replica.indexes import FEED_ITEMS
from flows.demo.replica.others import played_editions
from flows.demo.replica.setting import SLUGS
from flows.demo.replica.site import Site
from flows.plan import address

MORE = tuple(slug for slug in all_outlets() if slug not in SLUGS)
SETTING = Setting(days=3, history_every=0, amount="few", more=MORE)


@pytest.fixture(scope="module")
def site():
    return Site(SETTING, 1)


def answered(site, url):
    host, _, path = url.partition("://")[2].partition("/")
    return site.answer(host, f"/{path}")


def named(site, outlet, index, url, pages=20):
    """The addresses an index names, its further pages and the sitemaps of its days included."""
    found, wanted, seen = set(), [url], set()
    first = SETTING.now - timedelta(days=SETTING.days)
    while wanted and len(seen) < pages:
        at = wanted.pop()
        if at in seen:
            continue
        seen.add(at)
        answer = answered(site, at)
        assert answer.status == 200, at
        result = read_leads(answer.body, answer.header("Content-Type"), at, outlet, index, site.moment)
        assert result.problem is None, at
        assert not result.refused, at
        found |= {lead.url for lead in result.leads}
        wanted += [one.url for one in in_window(result.subindexes, first, SETTING.now)]
        wanted += [result.next_page] if result.next_page else []
    return found


@pytest.mark.parametrize("slug", MORE)
def test_every_index_names_just_what_its_outlet_published(site, slug):
    outlet = all_outlets()[slug]
    mine = [one for one in site.articles if one.outlet == slug]
    editions = played_editions(outlet)
    assert len(mine) == len(editions) * SETTING.days * SETTING.more_a_day
    assert len({one.url for one in mine}) == len(mine)
    for index in outlet.indexes:
        published = {one.url for one in mine if one.language == index.language}
        day = {one.url for one in mine if one.language == index.language and one.day == SETTING.now}
        found = named(site, outlet, index, address(index, SETTING.now))
        if index.kind == "day_list":
            assert found >= day, index.url
            assert found <= published, index.url
        elif index.kind == "news_sitemap":
            assert day <= found <= published
        elif index.kind == "feed":
            assert len(found & published) == len(found) == min(FEED_ITEMS, len(published))
        elif index.kind == "sitemap_index":
            assert found == {one.url for one in mine}, index.url  # its sitemaps hold all editions
        else:
            assert found == published, index.url


def test_pages_are_read_as_their_outlets_articles(site):
    from flows.lexicon.clutter import load_clutter  # noqa: PLC0415 - only here
    from flows.steps.clean import clean  # noqa: PLC0415
    from storage.records import RawPage, Reading  # noqa: PLC0415

    clutter, outlets = load_clutter(), all_outlets()
    for slug in MORE:
        one = next(article for article in site.articles if article.outlet == slug)
        answer = site.page(one)
        page = RawPage(
            id=one.url,
            payload=answer.body,
            url=one.url,
            fetched_at=datetime(2027, 5, 1, tzinfo=UTC),
            content_type=answer.header("Content-Type"),
        )
        made = clean(page, outlets, clutter)
        assert isinstance(made, Reading), (slug, made)
        assert (made.outlet, made.published_at) == (slug, one.published_at)


def test_the_four_are_played_as_before_with_others_beside_them():
    alone, among = Site(replace(SETTING, more=()), 1), Site(SETTING, 1)
    ours = [one for one in among.articles if one.outlet in SLUGS]
    assert ours == list(alone.articles)
