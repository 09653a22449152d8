"""Who wrote a flattened text and when, told by the lines beside its headline."""

import pytest

TITLE = "Orchard Town repairs the pump between its two gardens"
DATE = "22 March 2023, 11:47"
FIRST = "The pump between the gardens of Orchard Town was repaired on Monday, the invented ministry said."
SECOND = "The neighbours had argued about the water since the spring, and nobody expected a quick end to it."
WHEN = "2023-03-22T11:47:00+02:00"
MENU = ("News", "Gardens", "Letters")


def _read(cleaned, *lines, **fields):
    reading = cleaned(text="\n".join((*MENU, *lines, FIRST, SECOND)), **fields)
    assert [p.text for p in reading.paragraphs] == [FIRST, SECOND]
    return reading


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Olha Vyhadana", ("Olha Vyhadana",)),
        ("Olha Vyhadana, lawyer", ("Olha Vyhadana",)),
        ("Ольга Вигадана, юристка, докторка наук", ("Ольга Вигадана",)),
        ("Olha Vyhadana, Ivan Nespravzhnii", ("Olha Vyhadana", "Ivan Nespravzhnii")),
        ("розмовляв Іван Несправжній", ("Іван Несправжній",)),
        ("Автор публікації: Ольга Вигадана", ("Ольга Вигадана",)),
        ("Автор: Ольга Вигадана", ("Ольга Вигадана",)),
        ("Дежурная смена: Ольга Вигаданая, Иван Ненастоящий", ("Ольга Вигаданая", "Иван Ненастоящий")),
    ],
)
@pytest.mark.parametrize("order", ["below the date", "above the date", "date above the headline", "below furniture"])
def test_a_line_of_names_beside_the_date_line_signs_the_text(cleaned, line, authors, order):
    lines = {
        "below the date": (TITLE, DATE, line),
        "above the date": (TITLE, line, DATE),
        "date above the headline": (DATE, line, TITLE),
        "below furniture": (TITLE, DATE, "Share", "Print", line),
    }[order]
    reading = _read(cleaned, *lines)
    assert (reading.title, reading.authors, reading.published_at.isoformat()) == (TITLE, authors, WHEN)


def test_a_name_right_below_the_headline_signs_a_text_without_a_date(cleaned):
    reading = _read(cleaned, TITLE, "Olha Vyhadana", "3 min read")
    assert (reading.title, reading.authors) == (TITLE, ("Olha Vyhadana",))


def test_a_name_far_from_headline_and_date_signs_nothing(cleaned):
    reading = _read(cleaned, "Olha Vyhadana", "Letters of the readers", TITLE, DATE)
    assert (reading.title, reading.authors) == (TITLE, ())


@pytest.mark.parametrize("line", ["7 апреля 2026, вторник", "22 March 2023, 11:47 in the town"])
def test_a_name_counts_where_the_date_line_holds_other_words(cleaned, line):
    reading = _read(cleaned, TITLE, line, "Olha Vyhadana")
    assert reading.authors == ("Olha Vyhadana",)


@pytest.mark.parametrize(
    "line", ["by Olha Vyhadana | March 22, 2023, 11:47 am", "22 March 2023, 11.47am · Olha Vyhadana"]
)
def test_names_and_moment_in_one_line(cleaned, line):
    reading = _read(cleaned, TITLE, line)
    assert (reading.authors, reading.published_at.isoformat()) == (("Olha Vyhadana",), WHEN)


def test_a_name_with_a_post_is_a_headline_where_no_date_stands_beside_it(cleaned):
    title = "Olha Vyhadana, smith of the two gardens"
    last = "Olha Vyhadana, the smith of both gardens, repaired the pump."
    reading = cleaned(text="\n".join((*MENU, title, "Share", FIRST, SECOND, last)))
    assert reading.title == title


def test_a_headline_that_names_the_day_above_the_date_line_stays_one(cleaned):
    title = "Flood between the Two Gardens: live, 22 March"
    reading = _read(
        cleaned, title, "22 March 2023", "On duty: Olha Vyhadana", url="https://orchard.example/2023/03/22/1/"
    )
    assert (reading.title, reading.authors) == (title, ("Olha Vyhadana",))


def test_a_tickers_item_that_names_a_day_is_no_date_line(cleaned):
    item = "10:11 14 July will be a day of water for all"
    reading = _read(cleaned, item, "Share", TITLE, url="https://orchard.example/2023/07/14/1/")
    assert reading.published_at.isoformat() == "2023-07-14T00:00:00+03:00"


def test_no_line_that_signs_a_text_is_its_first_paragraph(cleaned):
    teaser = "Nobody in the village had seen a storm as long and as loud as the one that took the roof of the shed."
    text = f"{teaser}\n{TITLE}\n{DATE}\nOlha Vyhadana\n{FIRST}\n{SECOND}"
    reading = cleaned(text=text)
    assert [p.text for p in reading.paragraphs] == [FIRST, SECOND]
    assert reading.authors == ("Olha Vyhadana",)


def test_a_name_with_a_post_above_the_date_line_is_no_headline(cleaned):
    title = "Quiet celebration again tonight"
    reading = _read(cleaned, title, "Olha Vyhadana, smith of both gardens", DATE)
    assert (reading.title, reading.authors) == (title, ("Olha Vyhadana",))
