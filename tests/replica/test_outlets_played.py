"""The replica answers under the real names what the outlets would, and its truth is what its indexes say."""

import gzip
import json
import socket
import ssl
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest
from lxml import etree

from flows.demo.replica.model import articles_on
from flows.demo.replica.pages import page_of
from flows.demo.replica.setting import FIRST_DAY, Setting

REPO = Path(__file__).parents[2]
DEMO = REPO / "flows" / "demo"
MANIFEST = [json.loads(line) for line in (DEMO / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_index_an_outlet_file_names_is_answered(replica, open_replica, client, indexes, slug, index):
    url = indexes.filled(index)
    blocked = client(replica).get(url)
    assert blocked.status == (403 if slug == "ukrainska-pravda" and index.may_be_blocked else 200)
    shown = client(open_replica).get(url)
    assert shown.status == 200
    assert indexes.links(index, shown.body)


@pytest.mark.parametrize("night", [1, 2])
@pytest.mark.parametrize("which", ["replica", "open_replica"])
def test_truth_lists_what_the_indexes_list(request, client, indexes, which, night):
    played = request.getfixturevalue(which)
    asking = client(played)
    played.night = night
    truth = played.truth(night, FIRST_DAY)
    found = set().union(*indexes.named(asking, {cell.day for cell in truth.cells}).values())
    listed = {known.url for known in truth.articles if known.missing is None and known.change != "gone"}
    assert found - set(truth.refused) == listed


def test_the_feed_holds_20_of_the_days_61_and_the_other_41_cannot_be_known(replica, open_replica, client):
    got = client(replica).get("https://www.pravda.com.ua/rss/")
    assert len(etree.fromstring(got.body).xpath("//item")) == 20

    def of_the_day(truth):
        return [a for a in truth.articles if (a.outlet, a.language, a.day) == ("ukrainska-pravda", "uk", "2027-04-20")]

    known = of_the_day(replica.truth(1))
    assert len(known) == 61
    assert [one.missing for one in known].count("feed_turned_over") == 41
    assert all(one.missing is None for one in of_the_day(open_replica.truth(1)))
    where = ("ukrainska-pravda", "uk", "2027-04-20")
    cell = next(c for c in replica.truth(1).cells if (c.outlet, c.language, c.day) == where)
    assert (cell.count.published, cell.count.listed, cell.count.missing) == (61, 20, {"feed_turned_over": 41})


def test_counts_of_truth_add_up(unruly):
    for night in (1, 2):
        truth = unruly.truth(night)
        assert json.loads(json.dumps(truth.as_json()))["night"] == night
        for slug, count in truth.outlets.items():
            assert count.published == count.listed + sum(count.missing.values())
            assert count.listed == count.articles + sum(count.dropped.values())
            assert count.published == sum(c.count.published for c in truth.cells if c.outlet == slug)


def test_invented_pages_stand_at_their_addresses(replica, client):
    asking = client(replica)
    latest = {line["url"]: line for line in MANIFEST if "url" in line}
    for url, line in latest.items():
        if "date_17032027" in url:
            continue  # a list: blocked here
        got = asking.get(url)
        if url.startswith("http:"):
            assert (got.status, got.headers["location"]) == (301, url.replace("http:", "https:"))
            got = asking.get(got.headers["location"])
        assert got.status == 200
        assert got.body == (DEMO / line["file"]).read_bytes()


def test_an_invented_list_is_served_and_leads_somewhere(open_replica, client):
    asking = client(open_replica)
    got = asking.get("https://www.pravda.com.ua/news/date_17032027/")
    assert got.body == (DEMO / "pages" / "listing-pravda.html").read_bytes()
    urls = [a.get("href") for a in lxml.html.fromstring(got.body).cssselect("div.article_news_list a")]
    assert [asking.get(url).status for url in urls] == [410] + [200] * (len(urls) - 1)


def test_facts_of_invented_pages_agree_with_a_careful_reader():
    read = json.loads((REPO / "tests" / "demo_truth.json").read_text(encoding="utf-8"))["pages"]
    facts = json.loads((DEMO / "replica" / "pages.json").read_text(encoding="utf-8"))
    lists = {"listing-pravda", "listing-ki"}
    assert set(facts) == {line["id"] for line in MANIFEST if "url" in line} - lists
    for name, fact in facts.items():
        assert (fact["outcome"], fact["outlet"]) == (read[name]["outcome"], read[name]["outlet"])
        if fact["outcome"] == "article":
            assert (fact["published_at"][:10], fact["language"]) == (read[name]["published_on"], read[name]["language"])


def test_our_cleaner_reads_the_written_pages_as_the_truth_says(read):
    written = [a for a in articles_on(Setting(), 2) if a.made_of in {"words", "story"} and a.status == 200]
    kinds = {(a.outlet, a.language, a.is_edited, a.made_of == "story" and a.source): a for a in written}
    assert len(kinds) == 17
    for article in kinds.values():
        reading = read(article)
        assert reading.title == article.headline
        assert reading.published_at == article.published_at
        assert (reading.outlet, reading.language) == (article.outlet, article.language)


def test_one_windows_1251_feed_and_texts_in_the_feeds(replica, client):
    asking = client(replica)
    russian = asking.get("https://www.pravda.com.ua/rus/rss/")
    assert b"windows-1251" in russian.body[:60]
    assert "говорит" in russian.body.decode("cp1251")
    full = etree.fromstring(russian.body).xpath("//*[local-name()='encoded']/text()")
    assert full
    assert all(text.startswith("<p>") for text in full)


def test_month_sitemap_names_translations(open_replica, client):
    got = client(open_replica).get("https://www.pravda.com.ua/sitemap/sitemap-2026-12.xml.gz")
    assert "content-encoding" not in got.headers
    root = etree.fromstring(gzip.decompress(got.body))
    loc = "https://www.pravda.com.ua/news/2026/12/02/8066001/"
    others = root.xpath(f"//*[local-name()='url'][*[local-name()='loc']='{loc}']/*[local-name()='link']/@href")
    assert sorted(others) == [
        "https://www.pravda.com.ua/eng/news/2026/12/02/8066001/",
        "https://www.pravda.com.ua/rus/news/2026/12/02/8066001/",
    ]


def test_robots_files_forbid_what_indexes_list(replica, client):
    asking = client(replica)
    robots = {host: asking.get(f"https://{host}/robots.txt") for host in ("www.pravda.com.ua", "www.ukrinform.ru")}
    assert b"Disallow: /podcasts/" in robots["www.pravda.com.ua"].body
    assert b"Crawl-delay: 0.5" in robots["www.ukrinform.ru"].body
    assert asking.get("https://www.president.gov.ua/robots.txt").status == 404
    denied = [a.url for a in replica.truth(1).articles if a.outcomes == ("robots_denied",) and a.missing is None]
    assert any("/podcasts/" in url for url in denied)
    assert b"/podcasts/" in asking.get("https://www.pravda.com.ua/rss/").body


def test_other_names_of_an_outlet_lead_to_its_main_host(replica, client):
    got = client(replica).get("https://m.pravda.com.ua/news/2026/12/02/8066001/")
    assert (got.status, got.headers["location"]) == (301, "https://www.pravda.com.ua/news/2026/12/02/8066001/")


def test_sitemap_indexes_lead_to_sitemaps(open_replica, client):
    asking = client(open_replica)
    for url in ("https://kyivindependent.com/sitemap.xml", "https://www.pravda.com.ua/sitemap/sitemap-archive.xml"):
        within = etree.fromstring(asking.get(url).body).xpath("//*[local-name()='loc']/text()")
        assert within
        assert {asking.get(urljoin(url, str(one))).status for one in within} == {200}


def test_validators_of_all_kinds_are_sent(replica, client):
    asking = client(replica)
    urls = {known.outlet: known.url for known in replica.truth(1).articles if known.outcomes == ("article",)}
    kinds = {outlet: asking.get(url).headers for outlet, url in urls.items()}
    assert kinds["kyiv-independent"]["etag"].startswith('W/"')
    assert "etag" not in kinds["ukrinform"]
    assert {"etag", "last-modified"} <= set(kinds["ukrainska-pravda"])


def test_bodies_travel_in_all_framings(replica, client):
    asking = client(replica)
    truth = replica.truth(1)
    one_of = {known.url.split("/")[2]: known.url for known in truth.articles if known.outcomes == ("article",)}
    zipped = asking.get(one_of["kyivindependent.com"], Accept_Encoding="gzip")
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == asking.get(one_of["kyivindependent.com"]).body
    assert asking.get(one_of["www.ukrinform.ua"]).headers["transfer-encoding"] == "chunked"
    assert "content-length" in asking.get(one_of["www.president.gov.ua"]).headers


def test_the_same_wishes_give_the_same_pages():
    one, other = (articles_on(Setting(), 1) for _ in range(2))
    assert one == other
    assert [page_of(a) for a in one[:40]] == [page_of(a) for a in other[:40]]
    assert len({a.headline for a in one if a.made_of == "words"}) > 300


def test_a_client_that_trusts_others_or_means_another_host_is_refused(replica, client):
    asking = client(replica)
    with pytest.raises(ssl.SSLCertVerificationError):
        asking.connect("https://kyivindependent.com/", ssl.create_default_context())
    place, _, port = replica.endpoints["kyivindependent.com:443"].partition(":")
    with (
        socket.create_connection((place, int(port)), timeout=5) as plain,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        asking.tls.wrap_socket(plain, server_hostname="www.president.gov.ua")
