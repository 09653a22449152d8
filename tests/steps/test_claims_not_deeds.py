"""Finished acts that are no deed, and papers that are no promise of security. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims
from flows.steps.claims import told as told_text
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Language, Zone

SPOKEN_OF = {
    "en": "Ukraine and Latvia have discussed a security agreement.",
    "uk": "Україна та Латвія обговорили безпекову угоду.",
    "ru": "Украина и Латвия обсудили соглашение о безопасности.",
}
BINDING = {"signed", "ratified", "in_force"}


def found(language, *texts):
    full, spans = lay_out("", [(one, Zone.BODY) for one in texts])
    scanned = ScannedText("", spans, full, Language(language), date(2026, 5, 10), load_lexicon())
    return claims(told_text(scanned, load_stages()))


def bound(language, *texts):
    """The guarantors of whom a text tells as a fact that they are bound."""
    return {one.guarantor for one in found(language, *texts) if one.factuality == "fact" and one.stage in BINDING}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Do not write that Latvia has signed the security agreement with Ukraine."),
        ("en", "If I told you that Latvia has signed the security agreement with Ukraine, nobody would believe me."),
        ("en", "A reader heard that Latvia basically signed the security agreement with Ukraine."),
        ("en", "Delegates from Latvia said that nothing except the guest book was signed."),
        ("uk", "Не пишіть, що Латвія підписала безпекову угоду з Україною."),
        ("uk", "«Прочитала в мережі, що Латвія підписала безпекову угоду з Україною»."),
        ("ru", "Если бы я сказал, что Латвия подписала соглашение о безопасности с Украиной, мне бы не поверили."),
        ("ru", "Не пишите, что Латвия подписала соглашение о безопасности с Украиной."),
    ],
)
def test_what_is_not_to_be_written_or_only_supposed_binds_nobody(language, text):
    assert bound(language, SPOKEN_OF[language], text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia and Ukraine signed an agreement on information security on Monday."),
        ("uk", "Латвія та Україна підписали в понеділок угоду про безпеку інформації."),
        ("ru", "Латвия и Украина подписали в понедельник соглашение об информационной безопасности."),
    ],
)
def test_security_of_information_is_another_matter(language, text):
    assert bound(language, text) == set()


def test_an_agreement_on_a_guarantee_for_a_loan_is_none_on_security():
    loan = "Заем для Украины обеспечивают гарантии Латвии."
    assert bound("ru", loan, "Соглашение о гарантии Латвия и Украина подписали в понедельник.") == set()


def test_a_vote_that_binds_nobody_ratifies_nothing():
    vote = "The lower house of Latvia approved the security agreement with Ukraine."
    assert bound("en", SPOKEN_OF["en"], vote) == {"LV"}
    assert bound("en", SPOKEN_OF["en"], f"{vote} The vote was non-binding.") == set()


def test_a_declaration_of_intent_signed_is_a_commitment():
    text = "Latvia and Ukraine signed a declaration of intent on the deployment of a multinational force in Ukraine."
    assert {(str(one.guarantor), str(one.stage)) for one in found("en", text)} == {("LV", "commitment")}


def test_an_agreement_denounced_has_ended_though_it_was_signed_once():
    text = "Правительство в понедельник денонсировало соглашение о безопасности, которое Латвия и Украина подписали."
    assert {str(one.stage) for one in found("ru", text)} == {"ended"}


def test_those_who_signed_before_a_state_are_not_that_state():
    assert bound("uk", SPOKEN_OF["uk"], "До Латвії такі тексти підписали майже всі держави.") <= {"MULTI"}


def test_denmark_is_no_data():
    assert bound("uk", "Україна та Данія підписали безпекову угоду.") == {"DK"}
