"""Nothing a page holds escapes as an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.records import Dropped, Reading

URL = "https://orchard.example/eng/news/17/"
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(data=st.data())
def test_cut_spliced_and_overwritten_pages(cleaned, article, data):
    page = bytearray(article('<script type=\'application/ld+json\'>{"@type":"Article"}</script>').encode())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(page)))
        end = data.draw(st.integers(start, min(len(page), start + 200)))
        page[start:end] = data.draw(
            st.sampled_from([b"", b"<div><li><table>", b"\x00\xff\xfe", b"</body></html>", b"<!--"])
        )
    for url in (URL, "https://elsewhere.example/a"):
        assert isinstance(cleaned(bytes(page), url=url), Reading | Dropped)


@QUIET
@given(payload=st.binary(max_size=400), content_type=st.sampled_from([None, "text/html; charset=klingon", "image/png"]))
def test_any_bytes(cleaned, payload, content_type):
    assert isinstance(cleaned(payload, content_type=content_type), Reading | Dropped)


@QUIET
@given(text=st.text(max_size=400))
def test_any_text(cleaned, text):
    assert isinstance(cleaned(text=text), Reading | Dropped)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "<p>Deep down there is a sentence of an article.</p>",
        "<p>" + "<b>" * 10_000 + "Deep down there is a sentence of an article.",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script><p>A sentence of an article stands here.</p>",
        "<script>var a = '<p>x</p>';</script>" * 2_000 + "<p>A sentence of an article stands here.</p>",
        "<p>" + "x" * 300_000 + "</p>",
        "<meta property='article:published_time' content='2020-01-01T00:00:00+99:99'><p>A sentence stands here.</p>",
        "<link rel=canonical href='http://[x'><link rel=alternate hreflang=uk href='//['><p>A sentence.</p>",
    ],
    ids=["deep", "deep-inline", "deep-json", "scripts", "long-word", "offset", "links"],
)
def test_hostile_pages(cleaned, html):
    assert isinstance(cleaned(f"<html><body><h1>A headline of the page</h1>{html}", url=URL), Reading | Dropped)


@pytest.mark.parametrize("url", ["http://[bad", "not a url", "", "https://orchard.example:99999/x"])
def test_addresses_that_are_none(cleaned, article, url):
    assert isinstance(cleaned(article(), url=url), Reading | Dropped)
