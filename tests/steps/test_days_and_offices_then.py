"""Whose office somebody held on the day of an act, and days told by another sentence. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims, told
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Language, Zone


def read(language, *texts, published_on):
    full, paragraphs = lay_out("", [(text, Zone.BODY) for text in texts])
    scanned = ScannedText("", paragraphs, full, Language(language), published_on, load_lexicon())
    return claims(told(scanned, load_stages()))


def signed(found):
    return {one.guarantor: one.event_on_min for one in found if str(one.stage) == "signed"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Mark Rutte signed the 2024 security agreement with Ukraine in Kharkiv on 1 March of that year.",
            {"NL": date(2024, 3, 1)},
        ),
        ("en", "On 1 March 2024 Mark Rutte signed a security agreement with Ukraine.", {"NL": date(2024, 3, 1)}),
        ("en", "Mark Rutte, then prime minister, signed a security agreement with Ukraine.", {"NL": None}),
        ("uk", "Безпекову угоду з Україною підписав Марк Рютте, тодішній прем'єр.", {"NL": None}),
        ("ru", "Соглашение о безопасности с Украиной подписал тогдашний премьер Марк Рютте.", {"NL": None}),
    ],
)
def test_a_person_stands_for_the_office_of_the_day_of_the_act(language, text, expected):
    assert signed(read(language, text, published_on=date(2026, 3, 2))) == expected


def test_without_a_day_the_office_of_today_stands():
    found = read(
        "en", "Mark Rutte joined the declaration on security guarantees for Ukraine.", published_on=date(2026, 3, 2)
    )
    assert {one.guarantor for one in found} <= {"NATO"}


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        (
            "en",
            [
                (
                    "Norway and Ukraine signed a security agreement on 6 May."
                    " Two hours later Finland signed its security agreement with Kyiv."
                )
            ],
            {"NO": date(2024, 5, 6), "FI": date(2024, 5, 6)},
        ),
        (
            "ru",
            [
                (
                    "Норвегия подписала соглашение о безопасности с Украиной 6 мая."
                    " Несколькими часами позже свое соглашение с Украиной подписала Финляндия."
                )
            ],
            {"NO": date(2024, 5, 6), "FI": date(2024, 5, 6)},
        ),
        (
            "uk",
            ["Під час сьогоднішнього засідання Норвегія підписала безпекову угоду з Україною."],
            {"NO": date(2024, 5, 10)},
        ),
        (
            "uk",
            ["Першою була столиця на півночі, 2023 рік. 6 грудня Норвегія підписала безпекову угоду з Україною."],
            {"NO": date(2023, 12, 6)},
        ),
        (
            "ru",
            [
                "— Церемония во вторник прошла гладко?",
                "— Вполне. Норвегия подписала соглашение о безопасности с Украиной.",
            ],
            {"NO": date(2024, 5, 7)},
        ),
    ],
)
def test_a_day_that_another_sentence_or_word_gives(language, texts, expected):
    assert signed(read(language, *texts, published_on=date(2024, 5, 10))) == expected
