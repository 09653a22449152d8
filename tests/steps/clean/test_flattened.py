"""Text that was flattened from a page, with everything around the article still in it."""

import pytest

from storage.records import Reading
from storage.terms import DateSource, Outcome, OutletSource

FIRST = "The invented ministry of Orchard Town said on Monday that the two gardens would share their water."
SECOND = "The neighbours have argued about the pump since the spring, and nobody expects a quick end to it."
BEFORE = "Skip to content\nEdit post\n"
AFTER = (
    "Garden digest: seven pumps that changed the town this year and one that did not\n\nNews Feed\n10:01 PM\n"
    "The mayor denies a plan to sell the old town pump to the neighbouring village.\n"
    "The mayor of the next town has denied reports that its pump would be sold, and called the reports untrue.\n"
    "4:48 AM\nA storm took the roof of the shed.\nMORE NEWS\nEnter your email to subscribe\n* indicates required\n"
)
BYLINE = "by The Orchard Times gardening desk March 22, 2023 11:47 PM 1 min read"
TITLE = "Town hall: two gardens to share their water"


def _page(byline=BYLINE, middle=""):
    return (
        f"{BEFORE}{TITLE}\n{byline}\nThis audio is created with AI assistance\n\n{FIRST}\n\n{middle}{SECOND}\n\n{AFTER}"
    )


def test_headline_byline_and_body_are_found_and_the_rest_is_left(cleaned):
    reading = cleaned(text=_page())
    assert isinstance(reading, Reading)
    assert (reading.title, reading.authors) == (TITLE, ("The Orchard Times gardening desk",))
    assert [p.text for p in reading.paragraphs] == [FIRST, SECOND]
    assert reading.published_at.isoformat() == "2023-03-22T23:47:00+02:00"
    assert (reading.date_source, reading.outlet_source) == (DateSource.BYLINE, OutletSource.HOUSE_STYLE)


def test_every_line_of_the_text_lands_somewhere(cleaned):
    text = _page()
    reading = cleaned(text=text)
    kept = {reading.title, *reading.captions, *(p.text for p in reading.paragraphs)}
    gone = {removed.text for removed in reading.removed}
    assert {line.strip() for line in text.splitlines() if line.strip()} <= kept | gone


@pytest.mark.parametrize(
    ("byline", "moment", "authors"),
    [
        ("OLENA VYHADANASaturday, 9 September 2023, 16:41", "2023-09-09T16:41:00+03:00", ("Olena Vyhadana",)),
        ("28 June 2022 - 20:15", "2022-06-28T20:15:00+03:00", ()),
        ("21 грудня 2022 року - 08:01", "2022-12-21T08:01:00+02:00", ()),
        ("Олена Вигадана Іван Несправжній Петро Неіснуючий 30.01.2024", "2024-01-30T00:00:00+02:00",
         ("Олена Вигадана", "Іван Несправжній", "Петро Неіснуючий")),
    ],
)  # fmt: skip
def test_bylines(cleaned, byline, moment, authors):
    reading = cleaned(text=_page(byline))
    assert (reading.published_at.isoformat(), reading.authors) == (moment, authors)


def test_a_date_without_a_year_takes_it_from_the_url_and_is_none_without(cleaned):
    dated = cleaned(text=_page("8 января, 17:46"), url="https://orchard.example/news/2026/01/08/1/")
    assert dated.published_at.isoformat() == "2026-01-08T17:46:00+02:00"
    assert cleaned(text=_page("8 января, 17:46")).published_at is None


def test_a_repeated_title_and_a_caption_above_the_body(cleaned):
    text = _page(middle="").replace(
        BYLINE, f"{BYLINE}\n{TITLE}\nThe pump in Orchard Town on 9 May, photo by the town hall"
    )
    reading = cleaned(text=text)
    assert reading.captions == ("The pump in Orchard Town on 9 May, photo by the town hall",)
    assert [p.text for p in reading.paragraphs] == [FIRST, SECOND]


def test_wire_text_without_headline_keeps_all_its_paragraphs(cleaned):
    reading = cleaned(text=f"{FIRST}\n\nРеклама:\n\nSource: the ministry\n\n{SECOND}\n\nRead also: A hedge falls")
    assert reading.title == ""
    assert [p.text for p in reading.paragraphs] == [FIRST, "Source: the ministry", SECOND]


def test_a_card_of_another_story_is_no_body(cleaned):
    text = (
        "Міністр підписав угоду про воду для садів\nУ сусідньому селі впав старий паркан\n"
        "Про це написали на сторінці сільської громади, ніхто не постраждав.\nСьогодні, 10:11"
    )
    dropped = cleaned(text=text)
    assert dropped.outcome is Outcome.BODY_LOST
    assert dropped.title == "Міністр підписав угоду про воду для садів"


def test_headlines_alone_are_a_listing(cleaned):
    text = "\n".join(f"{n}:15\nA headline of invented story number {n}" for n in range(10, 22))
    assert cleaned(text=text).outcome is Outcome.LISTING


def test_a_newsletter_form_is_no_text(cleaned):
    assert cleaned(text="Newsletter of the week\nEnter your email to subscribe\n* indicates required").outcome is (
        Outcome.NO_TEXT
    )


def test_a_tail_inside_a_line_goes_alone(cleaned):
    reading = cleaned(text=f"{FIRST}\n{SECOND} 📌 Садові новини — підписатися\n{FIRST.replace('water', 'tools')}")
    assert reading.paragraphs[1].text == SECOND
    assert "subscribe_tail" in {removed.why for removed in reading.removed}


def test_a_given_outlet_wins_over_the_url(cleaned):
    reading = cleaned(text=_page(), outlet="orchard-times", url="https://elsewhere.example/x")
    assert (reading.outlet, reading.outlet_source) == ("orchard-times", OutletSource.GIVEN)


def test_a_cut_copy_of_a_long_first_paragraph_is_no_headline(cleaned):
    body = " ".join([FIRST, SECOND] * 4)
    reading = cleaned(text=f"{body[:70]}…\n14.07.2027 12:04\n{body}")
    assert (reading.title, [p.text for p in reading.paragraphs]) == ("", [body])
    assert "headline_cut_copy" in {removed.why for removed in reading.removed}


def test_a_line_of_sections_above_the_headline_is_not_it(cleaned):
    headline = "As the ministry pitches its town water dream, neighbours warn the gardens that it won't be cheap"
    reading = cleaned(text=f"Town water gardens\n{headline}\n{BYLINE}\n{FIRST}\n{SECOND}")
    assert reading.title == headline


def test_a_caption_between_two_copies_of_the_headline_is_not_it(cleaned):
    caption = "Two gardens of Orchard Town"
    reading = cleaned(text=f"{TITLE}\n{caption}\n{TITLE}\n{BYLINE}\n{FIRST}\n{SECOND}")
    assert reading.title == TITLE
    assert [p.text for p in reading.paragraphs][-2:] == [FIRST, SECOND]


@pytest.mark.parametrize(
    "headline", ["Morning water: five things to know on 14 July", "Two gardens share their water (updated on 14 July)"]
)
def test_a_headline_that_names_a_day_is_no_byline(cleaned, headline):
    text = f"Gardens\nA storm in a village\n{headline}\n{BYLINE}\n{FIRST}\n{SECOND}\n{AFTER}"
    reading = cleaned(text=text, url="https://orchard.example/news/2023/07/14/1/")
    assert reading.title == headline
    assert reading.published_at.isoformat() == "2023-03-22T23:47:00+02:00"


def test_a_dated_short_text_is_believed_though_its_headline_has_other_words(cleaned):
    text = f"Moderate quake felt\n{BYLINE}\nThe ground moved for a second near the old pump, and no roof was damaged.\n"
    reading = cleaned(text=text)
    assert isinstance(reading, Reading)
    assert reading.title == "Moderate quake felt"


def test_boxes_set_into_a_short_text_do_not_end_it(cleaned):
    boxes = "Read also:\nA hedge falls on the town pump\nThe mayor denies a plan to sell it\n"
    steps = "– the first card: 1111 2222\n2) a copy of the garden book;\n"
    text = f"{TITLE}\n{BYLINE}\n{FIRST}\n{boxes}{SECOND}\nBy turns:\n{steps}The pump is open.\n{AFTER}"
    assert [p.text for p in cleaned(text=text).paragraphs] == [
        FIRST, SECOND, "By turns:", "– the first card: 1111 2222", "2) a copy of the garden book;", "The pump is open.",
    ]  # fmt: skip


def test_a_live_text_goes_on_below_a_box_of_news(cleaned):
    title = "Two gardens and their water: live (updated)"
    text = (
        f"{title}\n{BYLINE}\n{FIRST}\n11:42\n{SECOND}\nNews feed\n10:15\nThe mayor opened the pump for all on Monday.\n"
    )
    reading = cleaned(text=text)
    assert reading.title == title
    assert [p.text for p in reading.paragraphs] == [FIRST, SECOND, "The mayor opened the pump for all on Monday."]


def test_a_short_sentence_below_a_label_of_partners_is_the_texts(cleaned):
    text = f"{TITLE}\n{BYLINE}\n{FIRST}\n{SECOND}\nНовини партнерів\nThe names are not told.\n{AFTER}"
    assert [p.text for p in cleaned(text=text).paragraphs] == [FIRST, SECOND, "The names are not told."]
