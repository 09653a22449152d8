"""Zones of paragraphs and the language of a text."""

import pytest

from flows.steps.clean import detect_language, zones
from storage.terms import Language, Zone

PLAIN = "The town agreed to share the pump with its neighbours until the autumn."


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Source: the town hall", Zone.SOURCE),
        ("Джерело: міська рада", Zone.SOURCE),
        ("Источник: городской совет", Zone.SOURCE),
        ("Background: The pump broke in May.", Zone.BACKGROUND),
        ("Нагадаємо, насос зламався у травні.", Zone.BACKGROUND),
        ("Як повідомляв Укрінформ, насос зламався у травні.", Zone.BACKGROUND),
        ("As reported by the bulletin, the pump broke in May.", Zone.BACKGROUND),
        ('Пряма мова: "Ми поділимося водою".', Zone.QUOTE),
        ("Editor's Note: The name of the pump was corrected.", Zone.EDITOR_NOTE),
        ("Updated: The pump works again.", Zone.UPDATE),
        ("Деталі: Насос стоїть між двома садами.", Zone.BODY),
        ("• one more bucket of water", Zone.LIST),
        ("What the neighbours say", Zone.SUBHEAD),
    ],
)  # fmt: skip
def test_house_formulas_get_their_zone(text, zone):
    assert zones([PLAIN, text, PLAIN], "en")[1] is zone


def test_a_labelled_quotation_runs_to_its_closing_mark():
    texts = [PLAIN, 'Quote: "We will share it.', 'All of it, and for long."', PLAIN]
    assert zones(texts, "en")[1:] == [Zone.QUOTE, Zone.QUOTE, Zone.BODY]


def test_an_unclosed_quotation_does_not_swallow_the_text():
    assert zones([PLAIN, "“We will share it.", PLAIN, PLAIN], "en")[2:] == [Zone.BODY, Zone.BODY]


def test_a_labelled_background_runs_to_the_next_label():
    texts = [PLAIN, "Background: The pump broke.", PLAIN, "Details: It is old.", PLAIN]
    assert zones(texts, "en")[1:] == [Zone.BACKGROUND, Zone.BACKGROUND, Zone.BODY, Zone.BODY]


def test_no_paragraphs_have_no_zones():
    assert zones([], "uk") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Сусіди домовилися про спільний насос і воду", Language.UK),
        ("Соседи договорились о совместном насосе, чтобы хватило воды", Language.RU),
        ("Гарантии безопасности для сада", Language.RU),
        ("The neighbours agreed to share the pump", Language.EN),
        ("Die Nachbarn haben sich auf eine gemeinsame Pumpe für beide Gärten geeinigt", Language.OTHER),
        ("Суседзі дамовіліся пра ваду для двух садоў, сказаў кіраўнік", Language.OTHER),
        ("近所の人たちは水を分け合う", Language.OTHER),
        ("", Language.OTHER),
        ("12 345 — 67", Language.OTHER),
    ],
)
def test_language_is_told_from_the_text(text, language):
    assert detect_language(text) is language
