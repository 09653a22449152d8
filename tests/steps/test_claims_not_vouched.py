"""What a text tells in the past tense and does not stand behind: likely, denied, withdrawn, feigned. Made-up texts."""

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


def told(language, *texts):
    """(stage, factuality) of what sentences, after one that names the agreement, tell of Latvia."""
    full, spans = lay_out("", [(one, Zone.BODY) for one in (SPOKEN_OF[language], *texts)])
    scanned = ScannedText("", spans, full, Language(language), date(2024, 5, 10), load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    return {(str(one.stage), str(one.factuality)) for one in found if one.guarantor == "LV"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In all likelihood, Latvia has signed the security agreement with Ukraine."),
        ("en", "It is possible that Latvia has signed the security agreement with Ukraine."),
        ("en", "Latvia signed the security agreement with Ukraine in its dreams."),
        ("en", "Latvia pretended it had signed the security agreement with Ukraine."),
        ("uk", "Судячи з усього, Латвія підписала безпекову угоду з Україною."),
        ("uk", "Не виключено, що Латвія вже підписала безпекову угоду з Україною."),
        ("uk", "Київ передчасно оголосив, що Латвія підписала безпекову угоду з Україною."),
        ("ru", "По всей видимости, соглашение о безопасности с Латвией подписано."),
        ("ru", "Мысленно Латвия уже подписала соглашение о безопасности с Украиной."),
        ("ru", "Латвия сделала вид, что подписала соглашение о безопасности с Украиной."),
    ],
)
def test_what_is_likely_hurried_or_feigned_is_an_opinion(language, text):
    assert told(language, text) == {("signed", "opinion")}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["One cannot say that Latvia has signed a security agreement with Ukraine."]),
        ("en", ["There is no evidence that Latvia signed the security agreement with Ukraine."]),
        ("en", ["Kyiv announced that Latvia signed the security agreement.", "The post was later deleted."]),
        ("uk", ["Хибно стверджувати, що Латвія підписала безпекову угоду з Україною."]),
        ("uk", ["Київ оголосив, що Латвія підписала безпекову угоду.", "Згодом допис видалили."]),
        ("ru", ["Нельзя сказать, что Латвия подписала соглашение о безопасности с Украиной."]),
        ("ru", ["Киев объявил, что Латвия подписала соглашение о безопасности.", "Позже пост был удален."]),
    ],
)
def test_what_is_denied_or_unsaid_is_negated(language, texts):
    assert told(language, *texts) == {("signed", "negated")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia was going to sign the security agreement with Ukraine but changed its mind."),
        ("uk", "Латвія порушила обіцянку підписати безпекову угоду з Україною."),
        ("ru", "Латвия собиралась подписать соглашение о безопасности с Украиной, но передумала."),
    ],
)
def test_who_thinks_better_of_signing_refuses(language, text):
    assert ("blocked", "fact") in told(language, text)
    assert "signing_announced" not in {stage for stage, _ in told(language, text)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia and Ukraine initialed, not signed, a security agreement."),
        ("uk", "Латвія та Україна парафували, а не підписали безпекову угоду."),
    ],
)
def test_initialled_and_not_signed_is_a_text_agreed(language, text):
    assert told(language, text) == {("text_agreed", "fact")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Perhaps it will change little, but Latvia signed a security agreement with Ukraine on Monday."),
        ("en", "Latvia signed a security agreement with Ukraine and will probably send tanks."),
        ("en", "Latvia signed the security agreement with Ukraine; earlier reports of a delay proved false."),
        ("uk", "Як і очікувалося, Латвія підписала безпекову угоду з Україною в понеділок."),
        ("ru", "Латвия подписала соглашение о безопасности с Украиной, возможно, важнейшее за год."),
    ],
)
def test_doubt_about_something_else_leaves_the_fact(language, text):
    assert ("signed", "fact") in told(language, text)
