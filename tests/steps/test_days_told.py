"""The day of a step as reporters tell it: leaning on days told before, one of several, or none. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims, told
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import EventPrecision, Language, Stage, Zone

FRIDAY = date(2024, 5, 10)
DAY = EventPrecision.DAY


def read(language, *texts, published_on=FRIDAY):
    full, paragraphs = lay_out("", [(text, Zone.BODY) for text in texts])
    scanned = ScannedText("", paragraphs, full, Language(language), published_on, load_lexicon())
    return claims(told(scanned, load_stages()))


def days(found):
    return {
        (one.guarantor, str(one.stage)): one.event_on_min if one.precision is DAY else str(one.precision)
        for one in found
    }


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            (
                "Ukraine and Denmark signed a security agreement on 6 May. A day later Iceland signed a similar"
                " agreement with Ukraine. The same evening Finland signed its security agreement with Kyiv."
            ),
            {"DK": date(2024, 5, 6), "IS": date(2024, 5, 7), "FI": date(2024, 5, 7)},
        ),
        (
            "en",
            "In April work sped up. On the 24th, Iceland signed a security agreement with Ukraine.",
            {"IS": date(2024, 4, 24)},
        ),
        (
            "uk",
            "Данія підписала безпекову угоду з Україною 6 травня. Наступного дня безпекову угоду підписала Ісландія.",
            {"DK": date(2024, 5, 6), "IS": date(2024, 5, 7)},
        ),
        ("uk", "Напередодні Данія підписала безпекову угоду з Україною.", {"DK": date(2024, 5, 9)}),
        (
            "ru",
            "В апреле дело пошло быстрее. 24-го числа Исландия подписала соглашение о безопасности с Украиной.",
            {"IS": date(2024, 4, 24)},
        ),
        ("ru", "Накануне Дания подписала соглашение о безопасности с Украиной.", {"DK": date(2024, 5, 9)}),
        (
            "ru",
            "В среду Зеленский прилетел в Орхус. Вечером Дания и Украина подписали соглашение о безопасности.",
            {"DK": date(2024, 5, 8)},
        ),
        (
            "en",
            "Denmark signed a security agreement with Ukraine on the second anniversary of the full-scale invasion.",
            {"DK": date(2024, 2, 24)},
        ),
        ("en", "Denmark signed a security agreement with Ukraine two days ago.", {"DK": date(2024, 5, 8)}),
        (
            "en",
            "Denmark signed a security agreement with Ukraine on Thursday last week.",
            {"DK": date(2024, 5, 2)},
        ),
    ],
)
def test_a_day_that_leans_on_another(language, text, expected):
    assert days(read(language, text)) == {(code, "signed"): day for code, day in expected.items()}


def test_a_date_of_that_year_takes_the_year_told_before():
    found = read(
        "en",
        "The first security agreement with Ukraine was drafted in 2023."
        " On 5 December of that year Denmark signed a security agreement with Ukraine.",
    )
    assert days(found) == {("DK", "signed"): date(2023, 12, 5)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "On Monday Denmark signed a security agreement with Ukraine, and on Tuesday Iceland followed.",
            {("DK", "signed"): date(2024, 5, 6), ("IS", "signed"): date(2024, 5, 7)},
        ),
        (
            "uk",
            "Данія підписала безпекову угоду з Україною 6 травня, Ісландія - 7 травня.",
            {("DK", "signed"): date(2024, 5, 6), ("IS", "signed"): date(2024, 5, 7)},
        ),
        (
            "uk",
            "Данія та Україна підписали безпекову угоду 6 травня, а фолькетинг ратифікував її 8-го.",
            {("DK", "ratified"): date(2024, 5, 8)},
        ),
    ],
)
def test_of_several_days_each_has_its_own(language, text, expected):
    assert days(read(language, text)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark has signed a security agreement with Ukraine, and its minister flew to Oslo on Friday."),
        ("en", "Denmark and Ukraine have signed a security agreement, the ministry in Copenhagen said on Thursday."),
        ("uk", "У міністерстві 8 травня повідомили, що Україна та Данія підписали безпекову угоду."),
        ("ru", "Дания присоединилась к декларации о поддержке Украины, принятой 12 июля в Вильнюсе."),
        ("en", "Denmark signed a security agreement with Ukraine on the eve of the summit; it is valid until 8 May."),
    ],
)
def test_a_day_of_another_deed_is_not_taken(language, text):
    [claim] = read(language, text)
    assert claim.precision is EventPrecision.BY


def test_a_day_on_which_the_wording_was_said_to_be_ready_is_its_day():
    [claim] = read(
        "en",
        "The Danish ministry said on 8 May that the talks were over and the text of its security agreement was ready.",
    )
    assert (claim.event_on_min, claim.precision) == (date(2024, 5, 8), DAY)


def test_a_ratification_told_at_once_gives_no_day_to_the_signing():
    found = read("ru", "Дания подписала соглашение о безопасности с Украиной. Королевство ратифицировало его 8 мая.")
    assert days(found)["DK", "signed"] == "by"


def test_a_month_as_a_heading_ends_the_entry_before():
    found = read(
        "en", "30 March. Iceland signed a security agreement with Ukraine.", "April. Denmark amended its agreement."
    )
    assert days(found) == {("IS", "signed"): date(2024, 3, 30), ("DK", "amended"): "month"}


def test_days_that_lean_on_each_other_for_long_end():
    text = "Denmark signed a security agreement with Ukraine on 6 May. " + "The next day it rained. " * 60
    found = read("en", text + "The next day Iceland signed a security agreement with Ukraine.")
    assert days(found)["DK", "signed"] == date(2024, 5, 6)
    assert ("IS", "signed") in days(found)


def test_a_season_keeps_its_bounds():
    [claim] = read("ru", "Минувшей осенью Дания подписала соглашение о безопасности с Украиной.")
    assert (claim.event_on_min, claim.event_on_max) == (date(2023, 9, 1), date(2023, 11, 30))
    assert claim.stage is Stage.SIGNED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark will not sign its security agreement with Ukraine on Friday, its premier said on 8 May."),
        ("uk", "Данія не підписуватиме безпекову угоду з Україною в п'ятницю, сказала 8 травня прем'єрка Данії."),
        ("ru", "Дания не подпишет соглашение о безопасности с Украиной в пятницу, сказала 8 мая премьер Дании."),
    ],
)
def test_a_refusal_is_of_the_day_it_is_told_on_not_of_the_day_it_is_about(language, text):
    [claim] = read(language, text)
    assert (claim.stage, claim.event_on_min, claim.precision) == (Stage.BLOCKED, date(2024, 5, 8), DAY)
