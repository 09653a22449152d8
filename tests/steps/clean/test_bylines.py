"""Lines that say who wrote a text and when, and who counts as an author."""

import json

import pytest

from flows.steps.clean.authors import tidy_authors
from storage.terms import DateSource, TimePrecision

PROSE = (
    "The invented ministry of Orchard Town said on Monday that the two gardens would share their water.",
    "The neighbours have argued about the pump since the spring, and nobody expects a quick end to it.",
    "The mayor of the town promised to mend the fence before the first frost, and to pay for it himself.",
)


def _page(line, head=""):
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    return (
        f"<html><head><title>Two gardens agree to share water</title>{head}</head><body><article>"
        f"<h1>Two gardens agree to share water</h1>{line}{prose}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("line", "authors", "day", "precision"),
    [
        ("By Jane Doe, 5 June 2027", ("Jane Doe",), "2027-06-05", TimePrecision.DAY),
        ("Автор: Оксана Вигадана, 3 травня 2027", ("Оксана Вигадана",), "2027-05-03", TimePrecision.DAY),
        ("Автор: Оксана Выдуманная, 3 мая 2027", ("Оксана Выдуманная",), "2027-05-03", TimePrecision.DAY),
        ("Jane Doe | 5 June 2027, 14:30", ("Jane Doe",), "2027-06-05", TimePrecision.MINUTE),
        ("By Jane Doe and John Roe, 5 June 2027", ("Jane Doe", "John Roe"), "2027-06-05", TimePrecision.DAY),
        ("By Jane Doe, political correspondent, 5 June 2027", ("Jane Doe",), "2027-06-05", TimePrecision.DAY),
    ],
)
def test_a_byline_gives_author_and_day_and_is_told_as_removed(cleaned, line, authors, day, precision):
    reading = cleaned(_page(f"<p>{line}</p>"), url="https://elsewhere.example/a-story")
    assert reading.authors == authors
    assert (reading.published_at.date().isoformat(), reading.published_precision) == (day, precision)
    assert reading.date_source is DateSource.BYLINE
    assert ("byline", line) in {(gone.why, gone.text) for gone in reading.removed}
    assert [p.text for p in reading.paragraphs] == list(PROSE)


def test_what_the_page_declares_outranks_its_byline(cleaned):
    node = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Mary Major"}, "datePublished": "2027-06-04"}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    reading = cleaned(_page("<p>By Jane Doe, 5 June 2027</p>", head), url="https://elsewhere.example/a-story")
    assert reading.authors == ("Mary Major",)
    assert reading.published_at.date().isoformat() == "2027-06-04"
    assert "byline" in {gone.why for gone in reading.removed}


@pytest.mark.parametrize(
    "line", ["New York, 5 June 2027", "By spring the pump was broken, and on 5 June 2027 it was sold to a neighbour."]
)
def test_a_place_or_a_sentence_is_no_byline(cleaned, line):
    reading = cleaned(_page(f"<p>{line}</p>"), url="https://elsewhere.example/a-story")
    assert reading.authors == ()
    assert "byline" not in {gone.why for gone in reading.removed}


@pytest.mark.parametrize(
    "name", ["МЗС Японії", "МИД Японии", "Міноборони України", "Посольство Японії", "Japan Embassy"]
)
def test_an_institution_is_no_author_unless_the_outlet_lists_it(orchard, name):
    assert tidy_authors([(name, False)], orchard) == ()
    listed = orchard.model_copy(update={"desks": (name,)})
    assert tidy_authors([(name, False)], listed) == (name,)
