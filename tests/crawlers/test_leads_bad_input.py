"""Feeds and sitemaps that misbehave; all bytes are made up."""

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.leads import Problem, Refusal, read_leads
from crawlers.outlet import Edition, Index, Outlet

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
URL = "https://vista.example/rss"
INDEX = Index(kind="feed", url=URL, language="uk")
OUTLET = Outlet(
    slug="vista",
    name="Vista",
    homepage="https://vista.example/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    rights="made up",
    editions=(Edition(language="uk", hosts=("vista.example",)),),
    article_url=(r"/news/\d+",),
)
TITLE = "Їжак з’їв ґудзик: «п’ять» думок"


def read(body, content_type=None, kind="feed"):
    return read_leads(body, content_type, URL, OUTLET, INDEX.model_copy(update={"kind": kind}), NOW)


def feed(head="", title=TITLE, count=1, extra=""):
    items = "".join(
        f"<item><title>{title}</title><link>https://vista.example/news/{n}</link></item>" for n in range(count)
    )
    return f"{head}<rss><channel>{extra}{items}</channel></rss>"


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"\xef\xbb\xbf", gzip.compress(b"")])
@pytest.mark.parametrize("kind", ["feed", "day_list"])
def test_nothing_is_empty(body, kind):
    found = read(body, kind=kind)
    assert (found.entries, found.problem) == (0, Problem.EMPTY)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><head><title>Just a moment</title><body><a href='/news/1'>x</a></body></html>",
        b"<html><body><item><link>https://vista.example/news/1</link></item></body></html>",
        b"<?xml version='1.0'?><opml><item/></opml>",
        b'{"items": []}',
        b"Too many requests",
        b"%PDF-1.7\n\x00\x01\xff",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body):
    found = read(body)
    assert (found.entries, found.problem) == (0, Problem.NOT_A_FEED)


def test_a_list_that_is_no_html_is_said_to_be_none():
    assert read(b"Too many requests", kind="page_list").problem is Problem.NOT_A_FEED


def test_a_feed_without_entries_is_whole():
    found = read(feed(count=0).encode())
    assert (found.entries, found.problem) == (0, None)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (feed('<?xml version="1.0" encoding="windows-1251"?>').encode("cp1251"), None),
        (feed().encode("cp1251"), None),
        (feed().encode("cp1251"), "text/xml; charset=windows-1251"),
        (feed('<?xml version="1.0" encoding="utf-8"?>').encode("cp1251"), "text/xml; charset=utf-8"),
        (feed('<?xml version="1.0" encoding="windows-1251"?>').encode(), "text/xml; charset=windows-1251"),
        (feed('<?xml version="1.0" encoding="koi8-u"?>').encode("koi8-u", "ignore"), None),
        (feed('\ufeff<?xml version="1.0"?>').encode(), None),
        (feed('<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"), None),
    ],
)
def test_the_headline_is_read_whatever_the_bytes_are(body, content_type):
    (lead,) = read(body, content_type).leads
    expected = TITLE if b"koi8" not in body else TITLE.encode("koi8-u", "ignore").decode("koi8-u")
    assert lead.headline_hint == expected


def test_a_character_cut_by_the_reading_step_survives():
    for shift in range(4):
        body = feed(extra="x" * shift + "ї" * 200_000).encode()
        assert read(body).leads[0].headline_hint == TITLE


def test_leading_white_space_bare_ampersands_and_html_names_do_not_stop_a_feed():
    head = '\n \n<?xml version="1.0"?>'
    body = feed(head, title="Ціна &nbsp;&laquo;A&B&raquo; &hellip; \x0b&#8217;").replace(
        "/news/0", "/news/0?a=1&b=2&copy=3"
    )
    found = read(body.encode())
    assert found.problem is None
    assert found.leads[0].url == "https://vista.example/news/0?a=1&b=2&copy=3"
    assert found.leads[0].headline_hint == "Ціна «A&B» … ’"


def test_a_reference_cut_by_the_reading_step_survives():
    for shift in range(12):
        body = feed(extra="x" * (65536 - len("<rss><channel>") - shift - 15), title="Кіт &amp; пес &quot;я&quot;")
        assert read(body.encode()).leads[0].headline_hint == 'Кіт & пес "я"'


def bomb(levels=12):
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "{"ha" * 50}">{names}]>', f"&l{levels - 1};"


def test_an_entity_bomb_does_not_expand():
    head, name = bomb()
    found = read(feed(head, title=f"a{name}z").encode())
    assert found.leads[0].headline_hint == f"a{name}z"


def test_a_file_named_by_an_entity_is_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "{secret.as_uri()}">%p;]>'
    assert "secret words" not in repr(read(feed(head, title="a&x;z").encode()))


def test_a_bomb_of_parameter_entities_ends():
    names = "".join(f'<!ENTITY % l{n} "{f"%l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY % l0 "{"ha" * 50}">{names}%l11;]>'
    assert read(feed(head).encode()).entries <= 1


def test_what_was_read_before_a_cut_is_kept():
    whole = feed(count=9).encode()
    found = read(whole[: whole.index(b"/news/6")])
    assert (len(found.leads), found.refused, found.problem) == (6, {Refusal.BROKEN: 1}, Problem.TRUNCATED)


def test_a_cut_gzip_keeps_what_could_be_unpacked():
    packed = gzip.compress("".join(f"{feed(count=20_000)}").encode(), compresslevel=1)
    found = read(packed[: len(packed) // 2])
    assert 1000 < len(found.leads) < 20_000
    assert found.problem is Problem.TRUNCATED
    assert read(packed[:5]).problem is Problem.TRUNCATED


def test_junk_after_a_gzip_is_said():
    found = read(gzip.compress(feed(count=3).encode()) + b"\n<!-- served in 3 ms -->")
    assert (len(found.leads), found.problem) == (3, Problem.TRUNCATED)


def test_no_more_than_fifty_megabytes_are_read():
    member = gzip.compress(b" " * 10_000_000)
    start, end = (gzip.compress(part.encode()) for part in feed(count=2).split("</channel>"))
    found = read(start + member * 100 + end)  # unpacks to 1 GB
    assert (len(found.leads), found.problem) == (2, Problem.TOO_LARGE)
    plain = read(feed(count=2).encode().replace(b"</channel>", b" " * 100_000_000 + b"</channel>"))
    assert (len(plain.leads), plain.problem) == (2, Problem.TOO_LARGE)


def test_no_more_than_five_megabytes_of_a_list_are_read():
    page = b"<html><body><a href='/news/1'>a</a>" + b" " * 5_000_000 + b"<a href='/news/2'>b</a></body></html>"
    found = read(page, kind="page_list")
    assert (len(found.leads), found.problem) == (1, Problem.TOO_LARGE)


def test_an_item_left_open_does_not_swallow_the_next():
    found = read(feed(count=3).replace("</item>", "", 1).encode())
    assert len(found.leads) == 3


def test_elements_nested_too_deep_end_without_an_error():
    found = read(feed(count=2, extra="<x>" * 100_000).encode())
    assert found.problem is Problem.TRUNCATED


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_bytes_make_it_raise_and_every_entry_is_counted(data):
    head, name = bomb(3)
    body = bytearray(feed(head, title=f"<![CDATA[{TITLE}]]> &amp; {name}", count=3).encode())
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    packed = gzip.compress(bytes(body)) if data.draw(st.booleans()) else bytes(body)
    cut = packed[: data.draw(st.integers(0, len(packed)))]
    for kind in ("feed", "page_list"):
        found = read(cut, data.draw(st.sampled_from([None, "text/xml; charset=windows-1251", "x;charset=\x00"])), kind)
        assert found.entries == len(found.leads) + len(found.subindexes) + sum(found.refused.values())
        assert all(lead.url.startswith("http") for lead in found.leads)
