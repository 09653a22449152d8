"""Where the article of a flattened text begins and ends, and what is set between its paragraphs."""

import pytest

from storage.records import Reading

TITLE = "Orchard Town repairs the pump between its two gardens"
BYLINE = "22 March 2023, 11:47"
FIRST = "The pump between the gardens of Orchard Town was repaired on Monday, the invented ministry said."
SECOND = "The neighbours had argued about the water since the spring, and nobody expected a quick end to it."
THIRD = "Both gardens will share the costs of the repair for the next three years."
HEAD = "Tram five leaves its old route"
CUT = "The move comes days after the neighbouring village said that the"
CARDS = (
    (HEAD, "Tram drivers say that nobody asked them about it, and that the old road was shorter than the new one is."),
    (
        "A bakery looks for a name",
        "The bakery opened its doors with an empty sign above them, and all who come may write on it.",
    ),
)


def _text(*lines, before=()):
    return "\n".join((*before, TITLE, BYLINE, *lines))


def _paragraphs(reading):
    assert isinstance(reading, Reading)
    assert reading.title == TITLE
    return [p.text for p in reading.paragraphs]


def _why(reading, text):
    return [removed.why for removed in reading.removed if removed.text == text]


@pytest.mark.parametrize("last", ["Yes.", "Never again!", "And you?"])
def test_a_word_or_two_with_a_full_stop_end_a_text(cleaned, last):
    asked = "To the question whether the pump will hold, the smith has one answer."
    reading = cleaned(text=_text(FIRST, SECOND, asked, last, "Subscribe", "Privacy policy"))
    assert _paragraphs(reading) == [FIRST, SECOND, asked, last]


def test_a_word_with_three_dots_below_the_text_is_a_button(cleaned):
    assert _paragraphs(cleaned(text=_text(FIRST, SECOND, "Show more..."))) == [FIRST, SECOND]


def test_requests_between_two_paragraphs_do_not_end_a_text(cleaned):
    last = "“Water is the best paint,” the smith joked."
    reading = cleaned(text=_text(FIRST, SECOND, "Advertisement", "Subscribe", "Share", last, "Comments"))
    assert _paragraphs(reading) == [FIRST, SECOND, last]


@pytest.mark.parametrize("label", [(), ("Read also:",)], ids=["bare", "labelled"])
@pytest.mark.parametrize(
    "teaser", [CUT, "We explain what a ticket will cost, and why now", "What it means for all of us…"]
)
def test_a_card_whose_teaser_breaks_off_is_taken_out_of_the_text(cleaned, label, teaser):
    last = "The water is back. The smith went home."
    reading = cleaned(text=_text(FIRST, SECOND, *label, HEAD, teaser, last, "Comments"))
    assert _paragraphs(reading) == [FIRST, SECOND, last]
    assert _why(reading, HEAD) == _why(reading, teaser) == ["other_story"]


def test_a_subhead_of_the_text_with_a_caption_below_it_stays(cleaned):
    subhead, caption = "How the gardens share water", "The pump stands in the yard, where children play"
    reading = cleaned(text=_text(FIRST, subhead, caption, THIRD, SECOND))
    assert _paragraphs(reading) == [FIRST, subhead, caption, THIRD, SECOND]


def test_a_question_below_a_label_of_other_stories_is_one_of_them(cleaned):
    question = "Who won the pumpkin fair?"
    reading = cleaned(text=_text(FIRST, SECOND, "Read also:", question, THIRD))
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]
    assert _why(reading, question) == ["other_story"]


@pytest.mark.parametrize("label", ["Share", "Our picks"], ids=["furniture", "unknown label"])
def test_cards_below_the_end_are_no_text(cleaned, label):
    cards = [line for card in CARDS for line in card]
    reading = cleaned(text=_text(FIRST, SECOND, THIRD, label, *cards, "Privacy policy"))
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_one_card_below_furniture_is_no_text_but_a_last_paragraph_is(cleaned):
    card = cleaned(text=_text(FIRST, SECOND, THIRD, "Share", *CARDS[0]))
    assert _paragraphs(card) == [FIRST, SECOND, THIRD]
    last = "The smith, a man from the hills, did not want to be named."
    text = cleaned(text=_text(FIRST, SECOND, THIRD, "Read also:", HEAD, last))
    assert _paragraphs(text) == [FIRST, SECOND, THIRD, last]


def test_a_menu_of_sections_below_the_end_is_no_text(cleaned):
    menu = ("Politics", "Economy", "World", "Gardens", "Sport", "About the team")
    reading = cleaned(text=_text(FIRST, SECOND, THIRD, *menu, "All rights of the invented paper are its own."))
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_a_table_between_two_paragraphs_stays(cleaned):
    cells = ("Garden", "Water, litres", "North", "310", "Meadow", "270", "Both gardens", "580")
    kept = _paragraphs(cleaned(text=_text(FIRST, SECOND, *cells, THIRD)))
    assert (kept[:2], kept[-1]) == ([FIRST, SECOND], THIRD)
    assert {"Garden", "Meadow", "Both gardens"} <= set(kept)


def test_the_items_of_a_list_hold_a_text_together(cleaned):
    items = ("North garden: ten cans, at noon;", "Meadow: two cans;", "Square: one can.")
    assert _paragraphs(cleaned(text=_text(FIRST, *items * 2, THIRD))) == [FIRST, *items * 2, THIRD]


def test_a_line_that_announces_something_does_not_end_a_text(cleaned):
    reading = cleaned(text=_text(FIRST, SECOND, THIRD, "They worked on this text:", "Ada Kmit and Ivan Vyhadko, desk"))
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_a_short_dated_text_is_preferred_to_longer_furniture(cleaned):
    about = (
        "This invented paper has told its town about gardens, pumps and water since the year of the great drought, and "
        "it is read by the smith and by both gardens."
    )
    reading = cleaned(text=_text(FIRST, "Share", "Tags: water, smith", "Our paper", "Team", "Letters", "Jobs", about))
    assert _paragraphs(reading) == [FIRST]


def test_a_lead_above_furniture_belongs_to_the_text(cleaned):
    lead = "The pump works again in both gardens now."
    furniture = ("Advertisement", "Share", "Subscribe", "Donate now", "Print")
    reading = cleaned(text=_text(lead, *furniture, FIRST, SECOND))
    assert _paragraphs(reading) == [lead, FIRST, SECOND]
