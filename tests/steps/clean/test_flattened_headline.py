"""Which line of a flattened text is its headline, whatever menus, tickers and cards stand around it."""

import pytest

from storage.records import Reading
from storage.terms import Outcome

TITLE = "Orchard Town repairs the pump between its two gardens"
BYLINE = "22 March 2023, 11:47"
FIRST = "The pump between the gardens of Orchard Town was repaired on Monday, the invented ministry said."
SECOND = "The neighbours had argued about the water since the spring, and nobody expected a quick end to it."
THIRD = "Both gardens will share the costs of the repair for the next three years."
BODY = f"{FIRST}\n{SECOND}\n{THIRD}\n"
OTHERS = (
    "A bakery on the square looks for a name",
    "Why the anglers are in no hurry this year",
    "Library gives away its spare chairs",
    "A storm takes the roof off a shed",
)
TEASERS = (
    "The queue stood there from dawn, and some came twice.",
    "The owners say that they did not expect this.",
    "It is to be settled in autumn, by show of hands.",
)


def _paragraphs(reading):
    assert isinstance(reading, Reading)
    return [p.text for p in reading.paragraphs]


@pytest.mark.parametrize(
    "menu",
    [
        "Gardens Neighbours Costs Repair Water",
        "gardens neighbours costs repair water",
        "Costs of repair / Water / Both gardens",
        "Garden neighbours | Costs of repair",
    ],
)
def test_a_bar_or_path_of_sections_is_no_headline(cleaned, menu):
    title = "An old quarrel over water ends"
    reading = cleaned(text=f"{title}\n{menu}\n{BODY}")
    assert reading.title == title
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_a_bar_of_sections_in_cyrillic_may_hold_a_small_word(cleaned):
    title = "Давня сварка скінчилася"
    body = "Помпа знову дає воду обом садам, каже коваль.\nСусіди поділять витрати на ремонт помпи порівну."
    assert cleaned(text=f"{title}\nСади Сусіди Ремонт Помпа за Витрати Коваль\n{body}").title == title


def test_a_line_of_another_matter_right_above_is_not_preferred_as_the_shorter_one(cleaned):
    reading = cleaned(text=f"{OTHERS[0]}\n{TITLE}\n{BODY}")
    assert reading.title == TITLE


def test_lines_that_begin_with_a_clock_time_are_a_ticker(cleaned):
    ticker = "\n".join(f"1{n}:2{n} {other} near the pump" for n, other in enumerate(OTHERS))
    title = "An old quarrel ends"
    text = f"{ticker}\n{title}\nOksana Vyhadana\n{FIRST}\n{SECOND}\n"
    assert cleaned(text=text).title == title


@pytest.mark.parametrize("is_above", [True, False], ids=["clock above", "clock below"])
def test_the_items_of_a_ticker_are_no_headlines(cleaned, is_above):
    items = [f"The gardens of Orchard Town repaired {n} pumps" for n in range(4)]
    pairs = [(f"1{n}:2{n}", item) if is_above else (item, f"1{n}:2{n}") for n, item in enumerate(items)]
    ticker = "\n".join(f"{above}\n{below}" for above, below in pairs)
    title = "An old quarrel over water ends"
    reading = cleaned(text=f"News feed\n{ticker}\n{title}\n{BODY}")
    assert reading.title == title
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_a_headline_of_another_story_is_not_the_articles_for_being_repeated_below(cleaned):
    title = "An old quarrel ends at the pump"
    text = f"{OTHERS[0]}\n{OTHERS[1]}\n{title}\n{BODY}Latest news\n{OTHERS[0]}\n{OTHERS[1]}\n"
    assert cleaned(text=text).title == title


def test_nor_for_being_named_inside_the_text(cleaned):
    title = "An old quarrel ends at the pump"
    text = f"{OTHERS[0]}\n{title}\n{FIRST}\n{SECOND}\nRead also:\n{OTHERS[0]}\n{THIRD}\n"
    reading = cleaned(text=text)
    assert reading.title == title
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_cards_of_other_stories_above_the_headline_are_no_text(cleaned):
    cards = "\n".join(f"{head}\n{teaser}" for head, teaser in zip(OTHERS, TEASERS, strict=False))
    reading = cleaned(text=f"{cards}\n{TITLE}\n{BODY}")
    assert reading.title == TITLE
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_sections_of_one_paragraph_each_stay_whole(cleaned):
    parts = (
        ("How the pump was repaired", SECOND),
        ("What the gardens will pay", THIRD),
        ("Who mends the second pump", "The town looks for a smith who would repair the second pump before the winter."),
    )
    text = "\n".join(line for part in parts for line in part)
    reading = cleaned(text=f"{TITLE}\n{BYLINE}\n{FIRST}\n{text}\n")
    assert reading.title == TITLE
    assert _paragraphs(reading) == [FIRST, *(line for part in parts for line in part)]


def test_a_headline_that_ends_in_a_quotation_is_no_first_paragraph(cleaned):
    title = "The smith who repaired the pump of the two gardens in «Quiet Orchard Town»"
    reading = cleaned(text=f"Menu\n{title}\n{BODY}")
    assert reading.title == title
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_a_time_with_its_day_dates_the_text_where_the_page_has_one_of_them(cleaned):
    reading = cleaned(text=f"{TITLE}\n16:05 10.04.2026\n{BODY}")
    assert reading.published_at.isoformat() == "2026-04-10T16:05:00+03:00"
    assert _paragraphs(reading) == [FIRST, SECOND, THIRD]


def test_times_with_their_days_below_many_headlines_are_a_ticker(cleaned):
    text = "\n".join(f"{other}\n1{n}:05 10.04.2026" for n, other in enumerate(OTHERS * 2))
    assert cleaned(text=text).outcome is Outcome.LISTING


def test_one_short_article_among_many_headlines_is_no_listing(cleaned):
    text = "\n".join((*OTHERS, TITLE, FIRST, "Latest news", *(f"{other} again" for other in OTHERS)))
    reading = cleaned(text=text)
    assert reading.title == TITLE
    assert _paragraphs(reading) == [FIRST]


def test_headlines_with_a_teaser_each_are_a_listing(cleaned):
    heads = [f"{other} number {n}" for n, other in enumerate(OTHERS * 2)]
    lines = [line for n, head in enumerate(heads) for line in (head, f"{head}, and so it was.", f"1{n}:05")]
    assert cleaned(text="\n".join(lines)).outcome is Outcome.LISTING


def test_a_line_of_another_matter_above_the_byline_is_not_the_headline(cleaned):
    title = "Both neighbours celebrate quietly beside their bakery"
    furniture = "Share\nPrint\nSubscribe\nCopy link"
    text = f"{title}\n{furniture}\nTram five leaves early\n{BYLINE}\n{BODY}"
    assert cleaned(text=text).title == title


def test_a_headline_with_other_headlines_below_it_is_another_storys(cleaned):
    others = ("Ministry of gardens opens bakery soon today", *OTHERS[:3])
    title = "Smith celebrates quietly beside neighbours"
    assert cleaned(text="\n".join((*others, title, BODY))).title == title


def test_the_byline_counts_less_for_a_headline_with_another_one_below_it(cleaned):
    other = "Gardens and neighbours celebrate harvest while dancing"
    title = "Smith ends quarrel over water"
    assert cleaned(text=f"{other}\n{title}\n{BYLINE}\n{BODY}").title == title


def test_a_bare_name_below_a_line_is_a_hint_that_it_is_the_headline(cleaned):
    title, other = "Smith celebrates water quietly", "Bakery celebrates costs quietly"
    assert cleaned(text=f"{title}\nOksana Vyhadana\n{other}\n{BODY}").title == title


def test_sections_below_the_end_that_share_words_with_the_headline_stay(cleaned):
    sections = ("How the pump was mended", SECOND, "What the gardens will pay", THIRD)
    reading = cleaned(text="\n".join((TITLE, BYLINE, FIRST, "Share", *sections)))
    assert _paragraphs(reading)[-4:] == list(sections)


def test_a_subhead_that_tells_a_little_more_than_the_headline_is_no_headline(cleaned):
    title = "Old pump works"
    sections = ("Smith from hills came today", "He came with two mules and with a box of old tools.")
    last = ("Mules carried tools back again", "The pump runs, so mules and tools went home to the hills on Sunday.")
    text = "\n".join((title, BYLINE, FIRST, *sections, *last))
    reading = cleaned(text=text)
    assert _paragraphs(reading)[:1] == [FIRST]


@pytest.mark.parametrize("title", ["«The pump has forty names, and all are useful»", "«The pump has forty names»"])
def test_a_headline_all_in_quotation_marks_above_its_byline(cleaned, title):
    reading = cleaned(text=f"Reviews\n{title}\n{BYLINE}\n{BODY}")
    assert reading.title == title


@pytest.mark.parametrize("below", [(BYLINE,), ("Nobody had seen clean water there since a storm.", BYLINE)])
def test_a_headline_with_all_its_words_in_capitals_above_its_byline(cleaned, below):
    title = "Orchard Town Repairs Garden Pump Again"
    assert cleaned(text="\n".join((title, *below, BODY))).title == title


def test_small_words_tell_a_headline_in_capitals_from_a_bar_of_sections(cleaned):
    title = "Orchard Town Repairs Its Pump After Quarrel"
    assert cleaned(text=f"{title}\n{BODY}").title == title


def test_a_tickers_own_item_above_its_text_is_the_headline_without_its_clock(cleaned):
    above = "07:41 Quota talks go on\n07:33 Library roof falls in, no one hurt\n"
    below = "07:02 Bills are late\n06:55 Weather: fog until noon\nOlder items\n"
    reading = cleaned(text=f"Wire\n{above}07:20 {TITLE}\n12 January 2026\n{FIRST}\n{SECOND}\n{below}")
    assert reading.title == TITLE
    assert _paragraphs(reading) == [FIRST, SECOND]
    assert reading.published_at.isoformat() == "2026-01-12T07:20:00+02:00"
