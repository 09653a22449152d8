"""Clauses set side by side, and past forms that tell of nothing done: whose act it is, and whether. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims, told
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Factuality, Language, Stage, Zone

PUBLISHED = date(2025, 9, 11)


def read(language, *texts, title=""):
    full, paragraphs = lay_out(title, [(text, Zone.BODY) for text in texts])
    return claims(
        told(ScannedText(title, paragraphs, full, Language(language), PUBLISHED, load_lexicon()), load_stages())
    )


def taken(language, *texts, stage=Stage.SIGNED):
    return {one.guarantor for one in read(language, *texts) if one.stage is stage and one.factuality is Factuality.FACT}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia signed a security agreement with Ukraine, Austria put its decision off."),
        ("en", "Latvia signed a security agreement with Ukraine on the sidelines of the European Council."),
        ("uk", "Латвія підписала безпекову угоду з Україною, уряд Австрії розпочав перевірку."),
        ("uk", "Безпекову угоду з Україною підписала Латвія, церемонія пройшла на полях засідання Європейської ради."),
        ("ru", "Латвия подписала соглашение о безопасности с Украиной, правительство Австрии передало танки."),
        (
            "en",
            "Latvia signed a security agreement with Ukraine, and Austria was expected to follow suit, but did not.",
        ),
        ("en", "Latvia signed a security agreement with Ukraine and Austria was expected to follow suit on Tuesday."),
    ],
)
def test_a_clause_with_its_own_subject_and_verb_does_not_share_the_act(language, text):
    assert taken(language, text) == {"LV"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia signed a security agreement with Ukraine, Austria did the same."),
        ("uk", "Латвія підписала безпекову угоду з Україною, Австрія зробила те саме."),
        ("ru", "Латвия подписала соглашение о безопасности с Украиной, Австрия сделала то же самое."),
    ],
)
def test_a_clause_that_says_its_state_did_the_same_shares_it(language, text):
    assert taken(language, text) == {"LV", "AT"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Perhaps Latvia has already signed a security agreement with Ukraine."),
        ("en", "It seems Latvia signed a security agreement with Ukraine."),
        ("uk", "Мабуть, Латвія вже підписала безпекову угоду з Україною."),
        ("ru", "Похоже, Латвия подписала соглашение о безопасности с Украиной."),
        ("en", "It would be wrong to say that Latvia has signed a security agreement with Ukraine."),
        ("uk", "Неправда, що Латвія підписала безпекову угоду з Україною."),
        ("ru", "Неверно, что Латвия подписала соглашение о безопасности с Украиной."),
        ("en", "Latvia wants the security agreement with Ukraine signed by spring."),
        ("en", "Latvia was supposed to have signed the security agreement with Ukraine by June."),
        ("en", "Latvia signed a memorandum on preparing a security agreement with Ukraine."),
        ("uk", "Латвія підписала меморандум про підготовку безпекової угоди з Україною."),
        ("ru", "Вместо подписания соглашения о безопасности с Украиной Латвия подписала контракт."),
        ("en", "Latvia signed a security agreement with Albania as Ukraine's envoy looked on."),
        ("uk", "Латвія поспішила оголосити, що підписала безпекову угоду з Україною."),
    ],
)
def test_a_past_form_that_tells_of_nothing_done_is_no_signing(language, text):
    assert taken(language, text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia is the first state to have signed a security agreement with Ukraine."),
        ("en", "The security agreement that Kyiv wanted was signed by Latvia and Ukraine."),
        ("uk", "Латвія підписала безпекову угоду з Україною, повідомила канцелярія президента."),
        ("ru", "Латвия подписала соглашение о безопасности с Украиной, сообщила канцелярия президента."),
    ],
)
def test_a_signing_told_as_done_stays(language, text):
    assert taken(language, text) == {"LV"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Latvia's lower house ratified the security agreement with Ukraine; the Senate votes in May.",
        ),
        ("ru", "Латвия ратифицировала соглашение о безопасности с Украиной лишь наполовину."),
        ("uk", "Ймовірно, Сейм Латвії ратифікував безпекову угоду з Україною."),
        ("uk", "Сейм Латвії схвалив безпекову угоду з Україною б, якби встиг."),
    ],
)
def test_half_a_ratification_is_none(language, text):
    assert taken(language, text, stage=Stage.RATIFIED) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia withdrew its signature from the Ukraine Compact."),
        ("uk", "Латвія припинила участь в Українському компакті."),
        ("ru", "Латвийское правительство отозвало подпись под Украинским компактом."),
        (
            "ru",
            "Соглашение о поддержке безопасности Украины, подписанное с Латвией, прекратило действие 1 июня 2025 года.",
        ),
        ("uk", "Дія безпекової угоди України з Латвією припинилася 1 червня."),
    ],
)
def test_what_ended_is_ended_and_not_signed(language, text):
    assert taken(language, text, stage=Stage.ENDED) == {"LV"}
    assert taken(language, text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Киев обратился к Латвии и Австрии с запросом о консультациях по соглашениям о безопасности Украины."),
        ("uk", "Київ звернувся до Латвії та Австрії із запитом про консультації за безпековими угодами."),
    ],
)
def test_a_request_for_consultations_uses_the_clause(language, text):
    assert taken(language, text, stage=Stage.INVOKED) == {"LV", "AT"}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            (
                "Latvia will sign a security agreement with Ukraine.",
                "Local elections were held there; a second round takes place on Sunday.",
            ),
        ),
        ("uk", ("Латвія підпише безпекову угоду з Україною.", "Попередні коаліційні перемовини тривали пів року.")),
        (
            "ru",
            ("Латвия подпишет соглашение о безопасности с Украиной.", "Коалиционные переговоры продолжаются полгода."),
        ),
    ],
)
def test_talks_on_a_cabinet_are_not_ours(language, texts):
    assert taken(language, *texts, stage=Stage.NEGOTIATING) == set()


def test_a_text_to_be_ready_first_is_not_agreed():
    text = "Latvia will join the Ukraine Compact as soon as its own security agreement with Kyiv is ready."
    assert taken("en", text, stage=Stage.TEXT_AGREED) == set()


def test_a_signing_that_hangs_on_a_parliament_is_not_announced():
    text = "Если парламент Латвии поддержит соглашение о безопасности с Украиной, подписание состоится в мае."
    assert taken("ru", text, stage=Stage.SIGNING_ANNOUNCED) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Латвія надасть державні гарантії за кредитами для українських підприємств."),
        ("en", "Latvia will provide Ukraine with state guarantees on loans."),
        ("ru", "Латвия предоставит Украине государственные гарантии по кредитам."),
    ],
)
def test_guarantees_for_loans_are_no_offer(language, text):
    assert read(language, text) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden signed a security agreement with Ukraine and Latvia should follow."),
        ("en", "Sweden has signed its security agreement with Ukraine and Latvia will do so in June."),
        ("uk", "Швеція підписала безпекову угоду з Україною і Латвія має зробити це згодом."),
        ("ru", "Швеция подписала соглашение о безопасности с Украиной и Латвия должна последовать за ней."),
    ],
)
def test_who_is_only_to_follow_did_not_sign(language, text):
    assert taken(language, text) == {"SE"}
