"""Pages, headers and moments that are broken end as a reading or under a named outcome."""

import json
from datetime import UTC, datetime

import pytest

from storage.records import Reading

URL = "https://orchard.example/eng/news/17/"
END_OF_TIME = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)


def _ld_json(**fields):
    told = json.dumps({"@type": "NewsArticle", **fields})
    return f"<script type='application/ld+json'>{told}</script>"


@pytest.mark.parametrize("said", ["base64", "rot13", "idna", "punycode", "unicode_escape", "undefined", "hex", "zip"])
@pytest.mark.parametrize("where", ["header", "meta"])
def test_codecs_that_are_no_charsets_are_not_believed(cleaned, article, said, where):
    title = "Два сади поділили воду порівну"
    meta = f"<meta charset='{said}'>" if where == "meta" else ""
    html = article(meta, "<p>C:\\(</p>", title=title).encode("windows-1251")
    reading = cleaned(html, content_type=f"text/html; charset={said}" if where == "header" else None)
    assert reading.title == title


@pytest.mark.parametrize("said", ["windows-1251", "KOI8-U", "cp866", "iso-8859-5"])
def test_charsets_are_believed(cleaned, article, said):
    title = "Два сади мають одну воду"
    assert cleaned(article(title=title).encode(said), content_type=f"text/html; charset={said}").title == title


@pytest.mark.parametrize("field", ["author", "publisher", "headline", "datePublished", "articleSection", "keywords"])
@pytest.mark.parametrize("levels", [480, 900])
def test_lists_in_lists_of_json_ld_say_nothing(cleaned, article, field, levels):
    deep = "[" * levels + '"Jane Doe"' + "]" * levels
    script = f'<script type="application/ld+json">{{"@type": "Article", "{field}": {deep}}}</script>'
    reading = cleaned(article(script))
    assert isinstance(reading, Reading)
    assert reading.authors == ()


def test_names_a_few_lists_deep_are_read(cleaned, article):
    assert cleaned(article(_ld_json(author=[[[{"name": [["Jane Doe"]]}]]]))).authors == ("Jane Doe",)


def test_what_json_alone_can_write_is_not_stored(cleaned, article):
    head = _ld_json(author="Garden\ud800 news\x00 desk", articleSection="Wa\udfffter\x00", keywords=["po\x00nds\udc00"])
    reading = cleaned(article(head))
    assert (reading.authors, reading.section, reading.outlet_tags) == (("Garden news desk",), "Water", ("ponds",))


@pytest.mark.parametrize(
    "said",
    [
        "31 December 9999 23:59 UTC",
        "31 December 9999 23:59 UTC-12",
        "1 January 0001 00:30",
        "1 January 0001 1:00 UTC+3",
    ],
)
def test_moments_at_the_ends_of_the_calendar_are_none(cleaned, article, said):
    reading = cleaned(article(f"<meta property='article:published_time' content='{said}'>"))
    assert (reading.published_at, reading.authors) == (None, ())


@pytest.mark.parametrize(
    ("said", "taken"),
    [("5 June", END_OF_TIME), ("5 June", END_OF_TIME.replace(hour=12)), ("today, 10:11", END_OF_TIME)],
)
def test_pages_taken_at_the_end_of_the_calendar(cleaned, article, said, taken):
    html = article().replace("<div class='story-new'>", f"<div class='stamp'>{said}</div><div class='story-new'>")
    reading = cleaned(html, url=URL, fetched_at=taken)
    assert isinstance(reading, Reading)
    assert cleaned(text=f"A headline of the page\n{said}\n{reading.text}", fetched_at=taken).title


def test_a_date_of_tomorrow_without_a_year_is_this_years(cleaned, article):
    html = article().replace("<div class='story-new'>", "<div class='stamp'>6 June, 10:11</div><div class='story-new'>")
    days = [
        cleaned(html, url=URL, fetched_at=datetime(2027, 6, day, 9, tzinfo=UTC)).published_at.date()
        for day in (4, 5, 6)
    ]
    assert [day.year for day in days] == [2026, 2027, 2027]
