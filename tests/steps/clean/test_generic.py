"""The body on pages of sites nobody described, and what stands around it."""

import pytest

from flows.steps.clean.decode import parsed
from flows.steps.clean.page import text_of
from storage.records import Reading
from storage.terms import Outcome

URL = "https://elsewhere.example/a-story"
TITLE = "Two gardens agree to share water"
FIRST = "The invented ministry of Orchard Town said on Monday that the two gardens would share their water."
SECOND = "The neighbours have argued about the pump since the spring, and nobody expects a quick end to it."
THIRD = "The mayor promised on Tuesday that the pump would be mended before the apples are ripe in autumn."
FOURTH = "Both gardens will send a gardener to the pump every morning, and the two will write down the hours."
OTHER = "A storm took the roof of a shed in the next village and carried it over the river to the old mill."
ANOTHER = "The bakers of the valley have chosen a new master, who promised cheaper bread for every child there."


def _page(inside, head=""):
    return f"<html><head><title>{TITLE}</title>{head}</head><body>{inside}</body></html>"


def _paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def _texts(reading):
    assert isinstance(reading, Reading), reading
    return [p.text for p in reading.paragraphs]


def test_the_article_with_the_headline_is_read_not_a_longer_one_below(cleaned):
    other = _paragraphs(*(f"{OTHER} Part {n}. {ANOTHER}" for n in range(12)))
    inside = (
        f"<article><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND, THIRD, FOURTH)}</article>"
        f"<article><h2>Roofs and bakers</h2>{other}</article>"
    )
    texts = _texts(cleaned(_page(inside), url=URL))
    assert texts[:4] == [FIRST, SECOND, THIRD, FOURTH]
    assert not any("Part" in text for text in texts)


def test_a_hover_box_does_not_break_into_its_sentence(cleaned):
    person = (
        "<span class='tooltip-person'><a href='/p'>Jane Sample</a><span class='tooltip-person-block'>"
        "<a href='/p'>Jane Sample</a><a href='/1'>Sample buys a spade for the whole town</a></span></span>"
    )
    inside = f"<article><h1>{TITLE}</h1><p>{person} opened the pump. {FIRST}</p>{_paragraphs(SECOND, THIRD)}</article>"
    reading = cleaned(_page(inside), url=URL)
    assert _texts(reading)[0] == f"Jane Sample opened the pump. {FIRST}"
    assert "hover_box" in {gone.why for gone in reading.removed}


@pytest.mark.parametrize(
    ("below", "ends"),
    [
        ((OTHER, ANOTHER, OTHER.replace("roof", "door")), True),
        (
            (THIRD, "The gardens will share the costs as well as the water, the ministry added on Monday.", FOURTH),
            False,
        ),
    ],
)
def test_a_stop_in_mid_text_ends_it_where_nothing_below_is_about_the_headline(cleaned, article, below, ends):
    inside = "<p>Top stories</p>" + _paragraphs(*below)
    texts = _texts(cleaned(article(inside=inside), url="https://orchard.example/eng/news/17/"))
    assert (below[0] not in texts) is ends
    assert (below[-1] not in texts) is ends


@pytest.mark.parametrize(
    "line",
    [
        "Posted by Jane Sample on November 19, 2027, 6:21 AM EST",
        "November 20, 2027 - 11:28 EST",
        "Updated: 18 November 2027",
        "Оновлено 18 листопада 2027",
    ],
)
def test_a_line_of_the_moment_is_no_paragraph(cleaned, line):
    inside = f"<article><h1>{TITLE}</h1>{_paragraphs(line, FIRST, SECOND, THIRD, FOURTH)}</article>"
    assert _texts(cleaned(_page(inside), url=URL))[0] == FIRST


def test_a_day_that_heads_a_chronicle_stays(cleaned, article):
    inside = "<h3>18 November 2027</h3>" + _paragraphs(THIRD)
    assert "18 November 2027" in _texts(cleaned(article(inside=inside), url="https://orchard.example/eng/news/17/"))


@pytest.mark.parametrize("label", ["До теми", "Зверніть увагу", "Обратите внимание:", "Watch:"])
def test_a_labelled_link_to_another_story_goes(cleaned, label):
    link = f"<h3><b>{label}</b> <a href='/2'>A storm took the roof of a shed in the village</a></h3>"
    inside = f"<article><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND)}{link}{_paragraphs(THIRD, FOURTH)}</article>"
    assert _texts(cleaned(_page(inside), url=URL)) == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize(
    "line",
    [
        "Зверніть увагу на те, що <a href='/2'>насос</a> відкриють лише восени, нагадала міська рада.",
        "Зверніть увагу: <a href='/2'>насос обох садів відкриють лише восени, нагадала міська рада.</a>",
        "До теми води на нараді повернуться восени",
        "Джерело: <a href='/2'>велика розповідь про сади й насоси міста</a>",
    ],
)
def test_sentences_that_begin_as_link_labels_do_stay(cleaned, line):
    inside = f"<article><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND, line, THIRD, FOURTH)}</article>"
    assert len(_texts(cleaned(_page(inside), url=URL))) == 5


def test_a_short_list_of_headlines_is_a_listing(cleaned):
    cards = "".join(f"<div><a href='/{n}'>{OTHER[:-1]} in the {n}th year of the pump</a><br></div>" for n in range(6))
    dropped = cleaned(f"<html><head><title>Gardens</title></head><body><main>{cards}</main></body></html>", url=URL)
    assert not isinstance(dropped, Reading)
    assert dropped.outcome is Outcome.LISTING


def test_an_article_that_links_much_is_no_listing(cleaned):
    linked = "".join(
        f"<p>On day {n} {OTHER.lower()} <a href='/{n}'>the gardeners of the town wrote down day {n}</a>, they said.</p>"
        for n in range(8)
    )
    reading = cleaned(_page(f"<div><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND)}{linked}</div>"), url=URL)
    assert len(_texts(reading)) == 10


def test_a_page_whose_text_stands_in_no_paragraph_is_not_taken_whole(cleaned):
    menu = "".join(
        f"<li><a href='/{n}'>Office {n} for pumps, gardens, sheds and all that the town keeps</a></li>"
        for n in range(150)
    )
    body = f"{FIRST} {SECOND} {THIRD} {FOURTH}"
    inside = f"<div><ul>{menu}</ul></div><div class='column'><p>{TITLE}</p><small>Notes</small><br><br>{body}<br></div>"
    reading = cleaned(_page(inside), url=URL)
    assert "Office 77" not in reading.text
    assert FIRST in reading.text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Two gardens<br>share water</h1>", "Two gardens share water"),
        ("<div><p>Two gardens</p><p>share <b>wat</b>er</p></div>", "Two gardens share water"),
        ("<h1>Two <i>gar</i>dens</h1>", "Two gardens"),
        ("<p>Two<br/><i>gar</i>dens share</p>", "Two gardens share"),
    ],
)
def test_breaks_and_blocks_keep_words_apart(html, text):
    element = parsed(f"<html><body>{html} tail</body></html>").find("body")[0]
    assert text_of(element) == text


def test_a_label_of_other_stories_set_into_the_text_does_not_end_it(cleaned):
    box = "<p>Latest news</p><ul><li><a href='/2'>A hedge falls on the town pump at night</a></li></ul>"
    inside = f"<article><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND, THIRD, FOURTH)}{box}<p>{ANOTHER}</p></article>"
    assert _texts(cleaned(_page(inside), url=URL)) == [FIRST, SECOND, THIRD, FOURTH, ANOTHER]


def test_tags_listed_below_their_label_go(cleaned):
    tags = "<p>Tags:</p><p>gardens</p><p>town water</p>"
    inside = f"<article><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND, THIRD, FOURTH)}{tags}</article>"
    assert _texts(cleaned(_page(inside), url=URL)) == [FIRST, SECOND, THIRD, FOURTH]


def test_a_numbered_heading_below_a_label_of_links_stays(cleaned):
    step = f"<p>Read more</p><h3>3. They call you by name</h3><p>{THIRD}</p>"
    inside = f"<article><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND)}{step}{_paragraphs(FOURTH)}</article>"
    assert "3. They call you by name" in _texts(cleaned(_page(inside), url=URL))


def test_a_card_cut_off_in_mid_clause_goes_with_its_headline(cleaned):
    card = _paragraphs(
        "A hedge falls on the town pump", "The mayor says the work will take two years, but those of the"
    )
    inside = f"<article><h1>{TITLE}</h1>{_paragraphs(FIRST, SECOND)}{card}{_paragraphs(THIRD, FOURTH)}</article>"
    assert _texts(cleaned(_page(inside), url=URL)) == [FIRST, SECOND, THIRD, FOURTH]


def test_paragraphs_set_apart_by_breaks_are_read_one_by_one(cleaned):
    box = "<b>Read also:</b> <a href='/2'>A hedge falls</a>"
    texts = f"{FIRST}<br><br>{SECOND}<br><br>{box}<br><br>{THIRD}<br><br>{FOURTH}"
    inside = f"<article><h1>{TITLE}</h1><div>{texts}</div></article>"
    assert _texts(cleaned(_page(inside), url=URL)) == [FIRST, SECOND, THIRD, FOURTH]
