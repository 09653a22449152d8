"""Who takes a step of a promise or of talks, by name, people, groups and the text before; whose act. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims, told
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import ConditionKind, Factuality, Family, Language, ReportType, Side, Stage, Zone


def read(*texts, language="en", published_on=date(2025, 9, 10)):
    full, paragraphs = lay_out("", [(text, Zone.BODY) for text in texts])
    scanned = ScannedText("", paragraphs, full, Language(language), published_on, load_lexicon())
    return claims(told(scanned, load_stages()))


def taken(*texts, stage, language, published_on=date(2025, 9, 10)):
    found = read(*texts, language=language, published_on=published_on)
    return {one.guarantor for one in found if one.stage is stage and one.factuality is Factuality.FACT}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Fourteen countries have undertaken to send troops to Ukraine, Emmanuel Macron said in Lyon."),
        ("uk", "Чотирнадцять країн зобов'язалися надати війська для України, оголосив Емманюель Макрон."),
        ("ru", "Четырнадцать стран обязались войти в силы поддержки Украины, объявил Эмманюэль Макрон."),
    ],
)
def test_who_tells_of_a_counted_group_is_not_who_pledges(language, text):
    assert taken(text, stage=Stage.COMMITMENT, language=language) == {"MULTI"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway promises to train soldiers of Ukraine under the security guarantees."),
        ("uk", "Норвегія обіцяє навчати солдатів України в межах гарантій безпеки."),
        ("ru", "Норвегия обязуется обучать военных Украины в рамках гарантий безопасности."),
    ],
)
def test_troops_trained_are_no_troops_sent(language, text):
    assert taken(text, stage=Stage.COMMITMENT, language=language) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark and Ukraine signed a security agreement on the fringes of a summit in Italy."),
        ("uk", "Данія та Україна підписали безпекову угоду під час зустрічі міністрів в Італії."),
        ("ru", "Дания и Украина подписали соглашение о безопасности во время форума в Италии."),
    ],
)
def test_the_country_of_the_ceremony_is_no_guarantor(language, text):
    assert taken(text, stage=Stage.SIGNED, language=language) == {"DK"}


def test_a_former_leader_still_stands_for_the_only_country_he_served():
    text = "Rishi Sunak and Volodymyr Zelensky signed the security agreement in Kyiv in January 2024."
    assert taken(text, stage=Stage.SIGNED, language="en") == {"GB"}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            (
                "Iceland and Ukraine want a security agreement.",
                "The teams will be small.",
                "The first round of talks took place on Monday.",
            ),
        ),
        (
            "uk",
            (
                "Ісландія та Україна готують безпекову угоду.",
                "Команди будуть невеликі.",
                "Перший раунд переговорів відбувся у понеділок.",
            ),
        ),
        (
            "ru",
            (
                "Исландия и Украина готовят соглашение о безопасности.",
                "Команды будут небольшими.",
                "Первый раунд переговоров состоялся в понедельник.",
            ),
        ),
    ],
)
def test_talks_of_nobody_named_are_of_the_state_spoken_of_last(language, texts):
    assert taken(*texts, stage=Stage.TALKS_STARTED, language=language) == {"IS"}


def test_talks_of_others_with_russia_are_none_of_ours():
    texts = (
        "Ukraine hopes for security guarantees.",
        "The second round of Russian-American consultations was in Doha.",
    )
    assert taken(*texts, stage=Stage.NEGOTIATING, language="en") == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Malta has acceded to the Vilnius declaration, unlike Austria."),
        ("uk", "Мальта доєдналася до Вільнюської декларації, на відміну від Австрії."),
        ("ru", "Мальта примкнула к Вильнюсской декларации, в отличие от Австрии."),
    ],
)
def test_who_is_named_beside_the_one_that_joined_did_not_join(language, text):
    assert taken(text, stage=Stage.JOINED_DECLARATION, language=language) == {"MT"}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("uk", ("Вільнюська декларація відкрита для всіх.", "До документа пристала Мальта.")),
        ("ru", ("Вильнюсская декларация открыта для всех.", "О присоединении объявила Мальта.")),
    ],
)
def test_joining_the_document_told_of_before(language, texts):
    assert taken(*texts, stage=Stage.JOINED_DECLARATION, language=language) == {"MT"}


def test_a_plan_to_announce_an_accession_is_none():
    text = "Мали оголосити про приєднання Мальти до Вільнюської декларації."
    assert taken(text, stage=Stage.JOINED_DECLARATION, language="uk") == set()


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("en", "Ukraine and Spain signed a security agreement.", Side.GUARANTOR),
        ("en", "Ukraine has signed a security agreement with Spain.", Side.UA),
        ("uk", "Україна підписала безпекову угоду з Іспанією.", Side.UA),
        ("uk", "Іспанія підписала безпекову угоду з Україною.", Side.GUARANTOR),
        ("ru", "Украина и Испания подписали соглашение о безопасности.", Side.GUARANTOR),
        ("ru", "Текст соглашения о безопасности с Испанией согласован, заявил Владимир Зеленский.", Side.UA),
    ],
)
def test_whose_act_a_sentence_tells(language, text, side):
    assert {one.acting_side for one in read(text, language=language)} == {side}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Belgium pledged troops for the coalition of the willing once the guns fall silent in Ukraine."),
        ("uk", "Бельгія зобов'язалася розгорнути багатонаціональні сили в Україні, щойно буде припинено вогонь."),
        ("ru", "Бельгия обязалась разместить многонациональные силы в Украине, когда стрельба прекратится."),
    ],
)
def test_troops_promised_for_the_day_the_guns_fall_silent(language, text):
    [claim] = [one for one in read(text, language=language) if one.guarantor == "BE"]
    assert (claim.stage, claim.condition_kind) == (Stage.COMMITMENT, ConditionKind.CEASEFIRE)


def test_the_treaty_is_the_one_named_before():
    texts = (
        "Britain and Ukraine have a security treaty, the 100-year partnership.",
        "The treaty was signed in Kyiv by Keir Starmer.",
    )
    [claim] = [one for one in read(*texts) if one.stage is Stage.SIGNED]
    assert (claim.guarantor, claim.family) == ("GB", Family.UK_100_YEAR)


def test_what_is_recalled_is_a_restatement():
    [claim] = read("Уряд нагадує, що Данія приєдналася до Вільнюської декларації.", language="uk")
    assert claim.report_type is ReportType.RESTATEMENT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mark Rutte, then still the Dutch prime minister, signed the security agreement with Ukraine."),
        ("uk", "Марк Рютте, тоді ще прем'єр Нідерландів, підписав безпекову угоду з Україною."),
        ("ru", "Марк Рютте, тогда еще премьер Нидерландов, подписал соглашение о безопасности с Украиной."),
    ],
)
def test_the_country_named_with_a_person_tells_which_one_of_his_offices_is_meant(language, text):
    assert taken(text, stage=Stage.SIGNED, language=language) == {"NL"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Cyprus and Ukraine signed a security agreement in the Hungarian capital."),
        ("ru", "Кипр и Украина подписали соглашение о безопасности, одно из последних внутри ЕС."),
    ],
)
def test_a_capital_or_a_union_in_which_something_happens_is_no_guarantor(language, text):
    assert taken(text, stage=Stage.SIGNED, language=language) == {"CY"}


@pytest.mark.parametrize(
    ("language", "offer", "treatment"),
    [
        (
            "en",
            "Turkey is ready to lead a part of the security guarantees for Ukraine.",
            "Turkey is ready to ratify the security guarantees for Ukraine.",
        ),
        (
            "uk",
            "Туреччина готова очолити частину гарантій безпеки для України.",
            "Туреччина готова ратифікувати гарантії безпеки для України.",
        ),
        (
            "ru",
            "Турция готова возглавить часть гарантий безопасности для Украины.",
            "Турция готова ратифицировать гарантии безопасности для Украины.",
        ),
    ],
)
def test_ready_to_lead_a_part_is_an_offer_and_ready_to_ratify_is_none(language, offer, treatment):
    assert taken(offer, stage=Stage.PROPOSED, language=language) == {"TR"}
    assert taken(treatment, stage=Stage.PROPOSED, language=language) == set()
