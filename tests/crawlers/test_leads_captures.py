"""Every real feed and sitemap of the captures, read to the counts of its index."""

import gzip
import json
import re
from datetime import UTC, datetime

import pytest

from crawlers.leads import Refusal, in_window, read_leads
from crawlers.outlet import Edition, Index, Outlet, all_outlets

pytestmark = pytest.mark.shared
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ANY = Index(kind="sitemap_index", url="https://any.example/", language="uk")


def described(slug, *hosts, sisters=(), is_trilingual=False):
    prefixes = (("uk", ""), ("en", "/en"), ("ru", "/ru")) if is_trilingual else (("uk", ""),)
    return Outlet(
        slug=slug,
        name=slug,
        homepage=f"https://{hosts[0]}/",
        kind="newspaper",
        side="UA",
        tier="secondary",
        rights="unknown",
        editions=tuple(Edition(language=lang, hosts=hosts, path_prefix=prefix) for lang, prefix in prefixes),
        sister_hosts=sisters,
        article_url=(r"^https?://[^/]+/\w",),
    )


OUTLETS = {
    "babel": described("babel", "babel.ua", is_trilingual=True),
    "cenzor": described("censor", "censor.net", sisters=("assets.censor.net",)),
    "chesno": described("chesno", "www.chesno.org"),
    "espreso": described("espreso", "espreso.tv"),
    "hromadske": described("hromadske", "hromadske.ua", is_trilingual=True),
    "nashi_groshi": described("nashi-groshi", "nashigroshi.org"),
    "pravda": all_outlets()["ukrainska-pravda"],
    "suspilne": described("suspilne", "suspilne.media"),
    "liga": described("liga", "www.liga.net", "news.liga.net"),
    "ukranews": described("ukranews", "ukranews.com"),
    "unian": described("unian", "www.unian.ua", "www.unian.net", "press.unian.ua"),
}


@pytest.fixture(scope="module")
def sitemaps(shared):
    return shared / "captures/sitemaps"


@pytest.fixture(scope="module")
def listed(sitemaps):
    return json.loads((sitemaps / "index.json").read_bytes())


def read(body, outlet, url):
    return read_leads(body, None, url, outlet, ANY, NOW)


def test_every_sitemap_is_read_to_the_counts_of_its_index(sitemaps, listed):
    for row in listed:
        outlet = OUTLETS[row["file"].partition("--")[0]]
        body = (sitemaps / row["file"]).read_bytes()
        found = read(body, outlet, row["url"] or "https://assets.censor.net/sitemap.xml")
        assert found.problem is None, row
        assert found.entries == row["n_loc"], row
        assert set(found.refused) <= {Refusal.FOREIGN_HOST}, (row["file"], found.refused)
        assert not (found.leads if row["root"] == "sitemapindex" else found.subindexes), row
        dated = [lead for lead in found.leads if lead.published_hint]
        changed = [one for one in found.subindexes if one.modified_at]
        assert len(dated) + len(changed) + sum(found.refused.values()) == row["n_lastmod"] or not row["n_lastmod"], row
        of_themselves = row["n_hreflang"] - sum(len(lead.translations) for lead in found.leads)
        assert of_themselves in {0, len(found.leads)}, row  # Babel's entries name their own address too
        assert found == read(gzip.decompress(body), outlet, row["url"] or "https://assets.censor.net/sitemap.xml")


def test_links_by_date_window_are_found_exactly_from_the_index_down(sitemaps, listed):
    """The windows hold the clock as the sitemap writes it, whatever its zone, and want the Ukrainian pages."""
    files = {row["url"]: row["file"] for row in listed}
    expected = json.loads((sitemaps / "expected_links_by_date_window.json").read_bytes())
    found, read_files = {}, set()
    for name, row in expected.items():
        start, end = (datetime.fromisoformat(row[side]).replace(tzinfo=None) for side in ("start_date", "end_date"))
        found[name], todo, seen = [], [row["sitemap"]], set()
        while todo:
            url = todo.pop()
            if url in seen or url not in files:
                continue
            seen.add(url)
            result = read((sitemaps / files[url]).read_bytes(), OUTLETS[name], url)
            todo += [one.url for one in in_window(result.subindexes, start.date(), end.date())]
            days = in_window(result.leads, start.date(), end.date(), is_undated_in=False)
            clocks = [lead for lead in days if start <= lead.published_hint.replace(tzinfo=None) <= end]
            found[name] += [lead.url for lead in clocks if lead.language == "uk"]
        read_files |= seen
    assert {name: sorted(urls) for name, urls in found.items()} == {
        name: sorted(row["expected_links"]) for name, row in expected.items()
    }
    assert len(read_files) >= 2 * len(expected)  # every index and at least one sitemap below it


def test_every_feed_is_read_to_its_count(shared):
    entries = 0
    for path in sorted((shared / "captures/feeds").glob("*.xml")):
        body = path.read_bytes()
        outlet = OUTLETS[re.sub(r"^stub_", "", path.stem).partition("_")[0]]
        found = read(body, outlet, f"https://{outlet.hosts[0]}/rss/")
        assert found.problem is None, path
        assert found.entries == body.count(b"<item>"), path
        assert set(found.refused) <= {Refusal.SISTER_HOST, Refusal.NOT_ARTICLE}, (path, found.refused)
        assert all(lead.headline_hint and lead.published_hint for lead in found.leads), path
        letters = "".join(lead.headline_hint for lead in found.leads)
        assert sum("а" <= char <= "ї" for char in letters.lower()) > len(letters) / 2, path  # read as Cyrillic
        entries += found.entries
    assert entries == 104
