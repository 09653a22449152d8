"""Leads from made-up feeds, sitemaps and list pages."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.leads import Lead, Refusal, SubIndex, in_window, read_leads
from crawlers.leads.moments import KYIV, period_in_url, read_labels, read_moment, template_numbers
from crawlers.outlet import Edition, Index, Outlet, all_outlets

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
FEED = "https://vista.example/rss"
MAP = "https://vista.example/map.xml"
PAGES = Path(__file__).parents[1] / "outlets"


def outlet(**facts):
    given = {
        "editions": (
            Edition(language="uk", hosts=("vista.example", "www.vista.example")),
            Edition(language="en", hosts=("vista.example", "www.vista.example"), path_prefix="/en"),
        ),
        "sister_hosts": ("money.vista.example",),
        "article_url": (r"/news/\d+",),
    }
    named = {"slug": "vista", "name": "Vista", "homepage": "https://vista.example/", "kind": "newspaper", "side": "UA"}
    return Outlet(**{**named, "tier": "secondary", "rights": "made up", **given, **facts})


def feed_index(kind="feed", url=FEED, **facts):
    return Index(kind=kind, url=url, language="uk", **facts)


def read(body, *, url=FEED, content_type=None, index=None):
    data = body.encode() if isinstance(body, str) else body
    return read_leads(data, content_type, url, outlet(), index or feed_index(), NOW)


def rss(*items, head='<?xml version="1.0" encoding="UTF-8"?>', root='<rss version="2.0">'):
    image = (
        "<image><url>https://vista.example/logo.png</url><title>Віста</title><link>https://vista.example</link></image>"
    )
    return f"{head}{root}<channel><title>Віста</title><link>https://vista.example</link>{image}{''.join(items)}</channel></rss>"


def item(number=1, title="Новина", date="Fri, 20 Feb 2026 10:00:00 +0200", host="vista.example"):
    return f"<item><title>{title}</title><link>https://{host}/news/{number}</link><pubDate>{date}</pubDate></item>"


def urlset(*entries):
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    )
    return f'<?xml version="1.0"?><urlset {spaces}>{"".join(entries)}</urlset>'


def sitemapindex(*locations):
    listed = "".join(f"<sitemap><loc>{loc}</loc></sitemap>" for loc in locations)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def test_an_rss_item_gives_address_moment_headline_and_language():
    found = read(rss(item(7, title="<![CDATA[Перша & <b>друга</b>]]>"), item(8).replace("/news/", "/en/news/")))
    assert found.leads[0] == Lead(
        "https://vista.example/news/7",
        datetime.fromisoformat("2026-02-20T10:00+02:00"),
        "Перша & друга",
        "uk",
        {},
    )
    assert found.leads[1].language == "en"
    assert (found.entries, found.refused, found.problem, found.next_page) == (2, {}, None, None)


def test_items_in_a_default_namespace_are_found():
    root = '<rss version="2.0" xmlns="https://backend.example/rss2" xmlns:media="http://search.yahoo.com/mrss/">'
    body = rss(item(1).replace("<title>", "<media:title>Чужа</media:title><title>", 1), root=root)
    assert [lead.headline_hint for lead in read(body).leads] == ["Новина"]


def test_an_address_may_stand_in_guid_or_an_atom_link_only():
    permalink = '<item><guid isPermaLink="true">https://vista.example/news/3</guid></item>'
    bare = '<item><guid isPermaLink="false">3f9a</guid><title>Без адреси</title></item>'
    atom = (
        '<item xmlns:a="http://www.w3.org/2005/Atom"><a:link href="https://vista.example/news/4?a=1&amp;b=2"/></item>'
    )
    found = read(rss(permalink, bare, atom))
    assert [lead.url for lead in found.leads] == [
        "https://vista.example/news/3",
        "https://vista.example/news/4?a=1&b=2",
    ]
    assert found.refused == {Refusal.NO_URL: 1}


def test_atom_and_rdf_are_read():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Віста</title><link rel="self" href="/rss"/><entry>'
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Новина <b>дня</b></div></title>'
        '<link rel="enclosure" href="/x.mp3"/><link rel="alternate" hreflang="en" href="/en/news/9"/>'
        '<link href="/news/9#top"/><published>2026-02-19T08:00:00Z</published><updated>2026-02-20T08:00:00Z</updated>'
        "<source><title>Інше</title></source></entry></feed>"
    )
    assert read(atom).leads == (
        Lead(
            "https://vista.example/news/9",
            datetime(2026, 2, 19, 8, tzinfo=UTC),
            "Новина дня",
            "uk",
            {"en": "https://vista.example/en/news/9"},
        ),
    )
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Віста</title></channel><item><title>Далі</title>'
        "<link>https://vista.example/news/5</link><dc:date>2026-02-19T10:00+02:00</dc:date>"
        "<dc:language>en-GB</dc:language></item></rdf:RDF>"
    )
    (lead,) = read(rdf).leads
    assert (lead.headline_hint, lead.language) == ("Далі", "en")
    assert lead.published_hint == datetime(2026, 2, 19, 8, tzinfo=UTC)


def test_a_news_sitemap_gives_title_date_language_and_translations():
    entry = (
        "<url><loc>https://vista.example/news/1</loc><lastmod>2026-02-19T20:00:00+02:00</lastmod>"
        "<news:news><news:publication><news:name>Віста</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2026-02-18T09:30</news:publication_date><news:title>День &laquo;Х&raquo;</news:title>"
        "</news:news><image:image><image:loc>https://vista.example/1.jpg</image:loc></image:image>"
        '<xhtml:link rel="alternate" hreflang="uk-UA" href="https://vista.example/news/1"/>'
        '<xhtml:link rel="alternate" hreflang="en" href="https://vista.example/en/news/1"/>'
        '<xhtml:link rel="alternate" hreflang="x-default" href="https://vista.example/news/1"/>'
        '<xhtml:link rel="alternate" hreflang="pl" href="https://elsewhere.example/news/1"/>'
        '<xhtml:link rel="amphtml" href="https://vista.example/amp/news/1"/></url>'
    )
    (lead,) = read(urlset(entry), url=MAP).leads
    assert lead.language == "uk"  # the entry's own hreflang outweighs news:language
    assert lead.published_hint == datetime(2026, 2, 18, 9, 30, tzinfo=KYIV)
    assert lead.headline_hint == "День «Х»"
    assert lead.translations == {"en": "https://vista.example/en/news/1"}


def test_gzip_is_told_by_its_bytes_not_by_its_name():
    body = urlset("<url><loc>https://vista.example/news/1</loc><lastmod>2026-02-19</lastmod></url>").encode()
    plain = read(body, url=f"{MAP}.gz", content_type="application/gzip")
    assert plain == read(gzip.compress(body), url=MAP, content_type="text/xml")
    assert plain.leads[0].published_hint == datetime(2026, 2, 19, tzinfo=KYIV)


def test_every_entry_that_is_no_lead_is_counted_under_its_reason():
    found = read(
        rss(
            item(1),
            item(1),
            item(2, host="t.me"),
            item(2, host="money.vista.example"),
            item(3, date="Sun, 22 Feb 2026 12:00:00 +0000"),
            item(4, date="Sat, 21 Feb 2026 11:59:00 +0000"),
            item(5).replace("/news/", "/tags/"),
            "<item><title>Без адреси</title></item>",
            "<item><link>mailto:desk@vista.example</link></item>",
            "<item><link>https://[vista.example/news/6</link></item>",
            "<item><link>https://vista.example:8080/news/6</link></item>",
        )
    )
    assert [lead.url[-1] for lead in found.leads] == ["1", "4"]
    assert found.refused == {
        Refusal.DUPLICATE: 1,
        Refusal.FOREIGN_HOST: 1,
        Refusal.SISTER_HOST: 1,
        Refusal.FUTURE_DATE: 1,
        Refusal.NOT_ARTICLE: 1,
        Refusal.NO_URL: 1,
        Refusal.BROKEN: 3,
    }
    assert found.entries == 11


def test_an_index_names_each_further_sitemap_of_its_own_and_sister_hosts_once():
    found = read(
        sitemapindex(
            "https://vista.example/map-2026-02.xml.gz",
            "https://vista.example/map-2026-02.xml.gz",
            MAP,
            "https://money.vista.example/map.xml",
            "https://t.me/map.xml",
        ),
        url=MAP,
    )
    assert found.subindexes == (
        SubIndex("https://vista.example/map-2026-02.xml.gz", None, date(2026, 2, 1), date(2026, 2, 28)),
        SubIndex("https://money.vista.example/map.xml", None, None, None),
    )
    assert found.refused == {Refusal.DUPLICATE: 2, Refusal.FOREIGN_HOST: 1}


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("https://vista.example/map-2025-12.xml", (date(2025, 12, 1), date(2025, 12, 31))),
        ("https://vista.example/map_news_202502.xml", (date(2025, 2, 1), date(2025, 2, 28))),
        ("https://vista.example/posts/2025/7.xml", (date(2025, 7, 1), date(2025, 7, 31))),
        ("https://vista.example/2024/12-26-01-09.xml", (date(2024, 12, 26), date(2025, 1, 9))),
        ("https://vista.example/map-2025-12-01.xml", (date(2025, 12, 1), date(2025, 12, 1))),
        ("https://vista.example/weeks/2025/07.xml", (date(2025, 2, 10), date(2025, 2, 16))),
        ("https://vista.example/posts-2025-14.xml", None),
        ("https://vista.example/tags19.xml", None),
    ],
)
def test_the_days_of_a_sitemap_are_read_from_its_address(url, days):
    templates = ("https://vista.example/rss", "https://vista.example/weeks/{iso_year}/{iso_week:02d}.xml")
    assert period_in_url(url, templates, NOW.date()) == days


def test_a_window_takes_leads_by_their_kyiv_day():
    hints = ["2026-02-18T21:59:00+00:00", "2026-02-18T22:01:00+00:00", "2026-02-19T23:59:00+02:00", None]
    leads = [Lead(str(n), h and datetime.fromisoformat(h), None, None, {}) for n, h in enumerate(hints)]
    day = date(2026, 2, 19)
    assert [lead.url for lead in in_window(leads, day, day)] == ["1", "2", "3"]
    assert [lead.url for lead in in_window(leads, day, day, is_undated_in=False)] == ["1", "2"]
    with pytest.raises(ValueError, match="before it begins"):
        in_window(leads, day, date(2026, 2, 18))


def test_a_window_takes_every_sitemap_that_may_hold_its_days():
    january = SubIndex("january", None, date(2026, 1, 1), date(2026, 1, 31))
    march = SubIndex("march", None, date(2026, 3, 1), date(2026, 3, 31))
    rolling = SubIndex("rolling", None, None, date(2026, 2, 10))
    unknown = SubIndex("unknown", None, None, None)

    def picked(month, first, last):
        return {
            one.url
            for one in in_window([january, march, rolling, unknown], date(2026, month, first), date(2026, month, last))
        }

    assert picked(2, 5, 12) == {"rolling", "unknown"}
    assert picked(2, 27, 27) == {"march", "unknown"}  # changed on Friday, published on Monday
    assert picked(2, 2, 2) == {"january", "rolling", "unknown"}
    assert picked(1, 15, 15) == {"january", "rolling", "unknown"}


def test_numbers_of_a_template_may_stand_side_by_side():
    template = "https://vista.example/date_{day:02d}{month:02d}{year}/{page}"
    assert template_numbers(template, "http://vista.example/date_01122025/12") == {
        "day": 1,
        "month": 12,
        "year": 2025,
        "page": 12,
    }
    assert template_numbers(template, "https://vista.example/date_0112/1") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-12-01T00:08:00+02:00", "2025-12-01T00:08:00+02:00"),
        ("2025-12-01 10:00", "2025-12-01T10:00:00+02:00"),
        ("2025-07-01", "2025-07-01T00:00:00+03:00"),
        ("Tue, 29 Sep 2020 15:00:00 +0300", "2020-09-29T15:00:00+03:00"),
        ("Tue, 29 Sep 2020 15:00:00 EEST", "2020-09-29T15:00:00+03:00"),
        ("Tue, 29 Sep 2020 15:00:00 GMT", "2020-09-29T15:00:00+00:00"),
        ("Tue, 29 Sep 2020 15:00:00 -0000", "2020-09-29T15:00:00+00:00"),
        ("Tue Jun 03 2025 13:18:00 GMT+0000 (Coordinated Universal Time)", "2025-06-03T13:18:00+00:00"),
    ],
)
def test_moments_are_aware_and_in_kyiv_where_nothing_else_is_said(text, moment):
    assert read_moment(text, KYIV).isoformat() == moment


@pytest.mark.parametrize("text", [None, "", "yesterday", "0001-01-01T00:00:00Z", "1970-01-01", "2026-13-01", "12:30"])
def test_what_is_no_moment_gives_none(text):
    assert read_moment(text, KYIV) is None


@pytest.mark.parametrize(
    ("labels", "moment"),
    [
        (["У Києві о 18:00 почнеться дуже довга розмова", "10:20"], "2026-02-12T10:20:00+02:00"),
        (["28 June 2022 - 20:15"], "2022-06-28T20:15:00+03:00"),
        (["Понеділок, 21 грудня 2022 року - 08:01"], "2022-12-21T08:01:00+02:00"),
        (["8 января, 17:46"], "2026-01-08T17:46:00+02:00"),
        (["8 грудня, 17:46"], "2025-12-08T17:46:00+02:00"),
        (["June 3, 2025"], "2025-06-03T00:00:00+03:00"),
        (["01.12.2025", "08:05"], "2025-12-01T08:05:00+02:00"),
        ([], "2026-02-12T00:00:00+02:00"),
    ],
)
def test_visible_times_are_joined_with_the_day_of_the_list(labels, moment):
    assert read_labels(labels, date(2026, 2, 12), NOW, KYIV).isoformat() == moment


def test_a_clock_without_any_day_is_no_moment():
    assert read_labels(["10:20"], None, NOW, KYIV) is None


LIST = """<html><head><meta charset="utf-8"></head><body><a href="/news/99">Меню</a>
<div class="row"><span>10:20</span><a href="/news/1"><img alt="x"></a><a href="/news/1">Перша о 09:15</a></div>
<div class="row"><a href="/news/2"><i>09:07</i><h3>Друга</h3></a></div>
<div class="row"><a href="/news/3"><span>08:55</span> Третя</a></div>
<div class="row"><a href="https://t.me/vista">Канал</a></div>
<div class="row">Реклама</div>
<div class="row"><a href="/tags/a">Тема</a><a href="/news/1">Знову</a></div></body></html>"""


def test_a_day_list_gives_its_rows_with_the_day_of_its_address():
    days = feed_index("day_list", "https://vista.example/{year}/{month:02d}/{day:02d}/", item="div.row")
    found = read(LIST, url="https://vista.example/2026/02/12/", index=days)
    assert [(lead.url, lead.headline_hint, f"{lead.published_hint:%d %H:%M %z}") for lead in found.leads] == [
        ("https://vista.example/news/1", "Перша о 09:15", "12 10:20 +0200"),
        ("https://vista.example/news/2", "Друга", "12 09:07 +0200"),
        ("https://vista.example/news/3", "Третя", "12 08:55 +0200"),
    ]
    assert found.refused == {Refusal.FOREIGN_HOST: 1, Refusal.NO_URL: 1, Refusal.DUPLICATE: 1}
    assert found.next_page is None


def test_without_an_item_every_article_link_is_an_entry_once():
    found = read(LIST, url="https://vista.example/all", index=feed_index("page_list", "https://vista.example/all"))
    assert [lead.url[-2:] for lead in found.leads] == ["99", "/1", "/2", "/3"]
    assert found.refused == {}


def test_the_next_page_is_the_one_named_or_the_next_number_while_there_is_something():
    pages = feed_index("page_list", "https://vista.example/all?page={page}", item="div.row")
    third = "https://vista.example/all?page=3"
    assert read(LIST, url=third, index=pages).next_page == "https://vista.example/all?page=4"
    assert read("<html><body>нічого</body></html>", url=third, index=pages).next_page is None
    for link, named in (("/older", "https://vista.example/older"), ("https://t.me/x", None), (third, None)):
        body = LIST.replace("<head>", f'<head><link rel="next" href="{link}">')
        assert read(body, url=third, index=pages).next_page == named


def test_relative_links_start_at_the_base_of_the_page():
    body = '<html><head><base href="https://www.vista.example/x/"></head><body><a href="news/5">П’ята</a></body></html>'
    found = read(body, url="https://vista.example/all", index=feed_index("page_list", "https://vista.example/all"))
    assert [lead.url for lead in found.leads] == ["https://www.vista.example/x/news/5"]


@pytest.mark.parametrize(
    ("slug", "page", "url", "count", "first"),
    [
        ("ukrinform", "list-uk", "https://www.ukrinform.ua/block-lastnews?page=1", 8, "2026-02-12T10:00:00+02:00"),
        (
            "ukrainska-pravda",
            "day-list-uk",
            "https://www.pravda.com.ua/news/date_05102026/",
            10,
            "2026-10-05T20:00+03:00",
        ),
        (
            "president",
            "list-en",
            "https://www.president.gov.ua/en/news/all?date-from=28-06-2022&date-to=28-06-2022&page=1",
            8,
            "2022-06-28T10:15:00+03:00",
        ),
        (
            "kyiv-independent",
            "news-archive",
            "https://kyivindependent.com/news-archive/page/1/",
            8,
            "2025-06-09T00:18+00:00",
        ),
    ],
)
def test_the_lists_of_the_outlets_are_read_by_their_own_facts(slug, page, url, count, first):
    facts = all_outlets()[slug]
    listed = next(one for one in facts.indexes if template_numbers(one.url, url) is not None)
    later = datetime(2026, 11, 1, tzinfo=UTC)
    found = read_leads((PAGES / slug / f"{page}.html").read_bytes(), "text/html", url, facts, listed, later)
    assert (len(found.leads), found.refused, found.problem) == (count, {}, None)
    assert found.leads[0].published_hint == datetime.fromisoformat(first)
    assert all(lead.headline_hint and lead.published_hint for lead in found.leads)
