"""Lines that stand apart from a flattened text's body: leads above it, closing lines below, other stories inside."""

import pytest

from storage.records import Reading
from storage.terms import Outcome

TITLE = "Orchard Town repairs the pump between its two gardens"
DATE = "22 March 2023, 11:47"
FIRST = "The pump between the gardens of Orchard Town was repaired on Monday, the invented ministry said."
SECOND = "The neighbours had argued about the water since the spring, and nobody expected a quick end to it."
THIRD = "Both gardens will share the costs of the repair for the next three years."


def _kept(cleaned, *lines):
    reading = cleaned(text="\n".join(lines))
    assert isinstance(reading, Reading)
    assert reading.title == TITLE
    return [p.text for p in reading.paragraphs]


def test_a_sentence_between_headline_and_byline_is_the_lead(cleaned):
    lead = "Nobody had seen clean water there since a storm in 2019."
    lines = (TITLE, lead, "by Olha Vyhadana | March 22, 2023", "Flip", "Share", FIRST, SECOND)
    assert _kept(cleaned, *lines) == [lead, FIRST, SECOND]


def test_a_lead_without_a_full_stop_below_furniture_is_the_texts(cleaned):
    lead = "A smith from the hills has mended the old pump of both gardens for good"
    told = "The town hall says so."
    lines = (TITLE, DATE, "Share", lead, told, "Subscribe", "Print", "Donate now", "Copy link", FIRST, SECOND)
    assert _kept(cleaned, *lines) == [lead, told, FIRST, SECOND]


def test_several_headlines_below_the_date_line_are_no_lead(cleaned):
    others = ("The mayor denies a plan to sell the old pump", "A hedge falls on the other pump of the town")
    lines = (TITLE, DATE, *others, "Print", "Donate now", "Copy link", FIRST, SECOND)
    assert _kept(cleaned, *lines) == [FIRST, SECOND]


def test_a_path_of_sections_with_the_headline_is_no_lead(cleaned):
    lines = (TITLE, DATE, f"Home / News / {TITLE}", FIRST, SECOND)
    assert _kept(cleaned, *lines) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "last",
    [
        "Source: town hall of Orchard Town / X",
        "Джерело: міська рада",
        "Источник: собственная информация",
        "Earlier, the paper wrote of a hedge.",
        "Раніше газета розповідала про паркан.",
        "Як ми писали раніше, впав паркан.",
        "Correction: there are two pumps.",
    ],
)
@pytest.mark.parametrize(
    "between", [(), ("Published: 22.03.23", "Our paper is in WhatsApp now: join")], ids=["at", "apart"]
)
def test_the_closing_formulas_of_a_text_stay(cleaned, last, between):
    lines = (TITLE, DATE, FIRST, SECOND, *between, last, "Iberia", "Print", "Latest news", "A hedge falls on the pump")
    assert _kept(cleaned, *lines) == [FIRST, SECOND, last]


def test_a_source_below_a_list_of_other_stories_is_not_the_texts(cleaned):
    lines = (TITLE, DATE, FIRST, SECOND, "Latest news", "A hedge falls on a shed", "Source: the town hall")
    assert _kept(cleaned, *lines) == [FIRST, SECOND]


def test_a_last_sentence_set_apart_by_requests_stays_and_one_of_another_matter_goes(cleaned):
    asks = ("Subscribe", "Published: 22.03.2023")
    own, other = "The pump gives water to both gardens again.", "Nobody in that bakery had so many guests."
    assert _kept(cleaned, TITLE, DATE, FIRST, *asks, own, "Print")[-1] == own
    assert _kept(cleaned, TITLE, DATE, FIRST, SECOND, *asks, other) == [FIRST, SECOND]


def test_a_sentence_with_a_label_in_capitals_behind_it_is_one(cleaned):
    last = "The smith went home through the hills, and the whole town came to see him off. PHOTO"
    assert _kept(cleaned, TITLE, DATE, FIRST, SECOND, "Garden chronicle of the week", last, "Print")[-1] == last


@pytest.mark.parametrize(
    "card",
    [
        ("For subscribers", "How banks write contracts from inside"),
        ("Актуально: Графік руху на вихідні",),
        ("Важно Во Франции запретили понедельники",),
        ("Також цікаво: Естонія навчає саперів",),
        ("Other Topics of Interest", "Zoo moves its bears early", "Keepers say one animal nearly managed to open"),
        ("09:20 Honey fair is put off", "08:55 Road to the hills gets its gravel"),
    ],
    ids=lambda card: card[0],
)
def test_labelled_cards_and_items_of_a_ticker_in_mid_text_go(cleaned, card):
    assert _kept(cleaned, TITLE, DATE, FIRST, SECOND, *card, THIRD, "Print") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "subhead",
    [
        ("Для передплатників", "How the gardens share their costs"),
        ("For subscribers", "And what about winter?"),
        ("Важливо: The pump needs a second smith",),
        ("10:00 Speech of the mayor", "12:30 Walk to the hills"),
    ],
    ids=lambda subhead: subhead[-1],
)
def test_subheads_of_the_text_and_programmes_stay(cleaned, subhead):
    kept = _kept(cleaned, TITLE, DATE, FIRST, *subhead, THIRD, SECOND, "Print")
    assert kept[0] == FIRST
    assert kept[-3:] == [subhead[-1], THIRD, SECOND]


def test_a_subhead_below_a_list_of_other_stories_stays(cleaned):
    subhead = "What gardens will pay"
    items = ("Why teachers drive taxis now", "School money: who won and who lost it")
    kept = _kept(cleaned, TITLE, DATE, FIRST, SECOND, "Read also", *items, subhead, THIRD, "Print")
    assert kept == [FIRST, SECOND, subhead, THIRD]


def test_another_storys_headline_between_entries_of_a_live_text_goes(cleaned):
    title, card = "Two gardens and their water: live", "Tram five leaves its old route"
    fourth = "The smith says that the pump will hold until the autumn."
    lines = (title, DATE, FIRST, "11:42", SECOND, "10:15", THIRD, card, "09:30", fourth)
    reading = cleaned(text="\n".join(lines))
    assert [p.text for p in reading.paragraphs] == [FIRST, SECOND, THIRD, fourth]


@pytest.mark.parametrize("marker", ["Found 118 articles", "Знайдено 118 матеріалів", "Search results: pump", None])
def test_what_a_search_found_is_a_listing(cleaned, marker):
    day = "" if marker else "1{n}.03.2026 … "
    teaser = "the pump will work from ten to five, as the smith of the town said."
    cards = [(f"The pump number {n} of the town", day.format(n=n) + teaser) for n in range(2 if marker else 4)]
    lines = ["Search", *([marker] if marker else []), *(line for card in cards for line in card), "1 2 3 Next"]
    assert cleaned(text="\n".join(lines)).outcome is Outcome.LISTING


def test_a_text_of_paragraphs_with_subheads_below_a_count_is_no_listing(cleaned):
    lines = (TITLE, DATE, FIRST, SECOND, "How the pump was repaired", THIRD)
    assert len(_kept(cleaned, "Found 118 articles", *lines)) == 4
