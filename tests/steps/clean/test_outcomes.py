"""Pages that are no article: each under its own name."""

import pytest

from storage.records import Dropped
from storage.terms import Outcome

URL = "https://orchard.example/eng/news/17/"
CARDS = "".join(
    f"<div><a href='/eng/news/{n}/'>A headline of story number {n} in the list</a></div>" for n in range(40)
)
PICTURES = "<img src='x.jpg'>" * 9


@pytest.mark.parametrize(
    ("payload", "outcome"),
    [
        (b"", Outcome.EMPTY),
        (b" \n\t ", Outcome.EMPTY),
        (b"%PDF-1.7 invented", Outcome.BINARY),
        (b"\x89PNG\r\n\x1a\n", Outcome.BINARY),
        (b"ab\x00\x01\x00\x02\x00" * 50, Outcome.BINARY),
        (b'{"a": [1, 2]}', Outcome.NOT_HTML),
        (b'<?xml version="1.0"?>\n<rss version="2.0"></rss>', Outcome.FEED),
        (b'<?xml version="1.0"?><!-- by hand --><urlset></urlset>', Outcome.SITEMAP),
        (b"<?xml version='1.0'?><note><to>you</to></note>", Outcome.NOT_HTML),
        (b"<html>" + b"a" * 10_000_000, Outcome.TOO_LARGE),
    ],
)
def test_bytes_that_are_no_page(cleaned, payload, outcome):
    dropped = cleaned(payload, url=URL)
    assert isinstance(dropped, Dropped)
    assert dropped.outcome is outcome
    assert dropped.why


@pytest.mark.parametrize(
    ("html", "outcome"),
    [
        ("<title>Just a moment...</title><p>Checking your browser before accessing the site.</p>", Outcome.CHALLENGE),
        ("<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access it. Reference #1",
         Outcome.CHALLENGE),
        ("<title>404 Not Found</title><h1>404</h1><p>Nothing grows here.</p>", Outcome.ERROR_PAGE),
        ("<title>Сад</title><h1>Сторінку не знайдено</h1>", Outcome.ERROR_PAGE),
        ("<title>Garden</title><p>We value your privacy. Accept all cookies to continue.</p>", Outcome.COOKIE_WALL),
        (f"<title>All stories</title><h1>All stories of the day</h1>{CARDS}", Outcome.LISTING),
        ("<title>Two gardens share water</title><h1>Two gardens share water</h1><div></div>", Outcome.BODY_LOST),
    ],
)  # fmt: skip
def test_pages_without_an_article(cleaned, html, outcome):
    dropped = cleaned(f"<html><body>{html}</body></html>", url="https://elsewhere.example/some-page")
    assert isinstance(dropped, Dropped)
    assert dropped.outcome is outcome


def test_a_gallery_is_told_by_its_address_and_pictures(cleaned):
    html = f"<html><title>The gardens in May</title><h1>The gardens in May</h1>{PICTURES}</html>"
    assert cleaned(html, url="https://elsewhere.example/photo/12").outcome is Outcome.GALLERY


@pytest.mark.parametrize(
    "url", ["https://orchard.example/", "https://orchard.example/eng/", "https://orchard.example/topics/pump/"]
)
def test_addresses_that_are_no_articles(cleaned, article, url):
    assert cleaned(article(), url=url).outcome is Outcome.LISTING


def test_an_article_about_an_error_page_is_an_article(cleaned, article):
    assert cleaned(article(title="Why the 404 not found page has a garden on it"), url=URL).title.startswith("Why")


@pytest.mark.parametrize("tag", ["li", "div", "article"])
def test_a_row_of_cards_with_teasers_is_a_listing(cleaned, tag):
    cards = "".join(
        f"<{tag} class='it'><a href='/{n}'>The pump of garden {n} is mended again</a>"
        f"<p>The neighbours of garden {n} have waited for a new ring of brass since that spring.</p></{tag}>"
        for n in range(14)
    )
    html = f"<html><head><title>Gardens</title></head><body><h1>Gardens</h1><div>{cards}</div></body></html>"
    assert cleaned(html, url="https://elsewhere.example/gardens").outcome == Outcome.LISTING
