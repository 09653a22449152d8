"""What looks like a step and is none: the town of a signing, and what a correction takes back. Texts are made up."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims
from flows.steps.claims import told as told_text
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Factuality, Language, Zone


def facts(paragraphs, language):
    """(guarantor, stage) of the steps a text tells as done; a paragraph is a string or (string, zone)."""
    laid = [(one, Zone.BODY) if isinstance(one, str) else one for one in paragraphs]
    full, spans = lay_out("", laid)
    text = ScannedText("", spans, full, Language(language), date(2024, 5, 10), load_lexicon())
    found = claims(told_text(text, load_stages()))
    return {(one.guarantor, str(one.stage)) for one in found if one.factuality is Factuality.FACT}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Президент України та прем'єр-міністр Литви підписали у Брюсселі двосторонню безпекову угоду."),
        ("en", "Ukraine and Lithuania signed a bilateral security agreement in Brussels on Friday."),
        ("ru", "Украина и Литва подписали в Брюсселе двустороннее соглашение о безопасности."),
    ],
)
def test_the_town_of_a_signing_signs_nothing(language, text):
    assert facts([text], language) == {("LT", "signed")}


@pytest.mark.parametrize(
    ("language", "text", "note"),
    [
        (
            "en",
            "Ukraine and Latvia have agreed on the text of a security agreement.",
            "Correction: An earlier version of this article said that Ukraine and Latvia signed the agreement.",
        ),
        (
            "uk",
            "Україна та Латвія узгодили текст безпекової угоди.",
            "Виправлено: у попередній версії йшлося, що Україна та Латвія підписали безпекову угоду.",
        ),
        (
            "ru",
            "Украина и Латвия согласовали текст соглашения о безопасности.",
            "Исправлено: ранее ошибочно сообщалось, что Украина и Латвия подписали соглашение о безопасности.",
        ),
    ],
)
def test_what_a_correction_takes_back_did_not_happen(language, text, note):
    assert facts([text, (note, Zone.EDITOR_NOTE)], language) == {("LV", "text_agreed")}
