"""Talks, promises and refusals in the words of a plain newsroom; and sentences that tell of none. All are made up."""

import pytest

from storage.terms import Factuality
from tests.steps.test_claims_documents import read

AGREEMENTS = {
    "en": "Kyiv is preparing bilateral security agreements with its partners.",
    "uk": "Київ готує з партнерами двосторонні безпекові угоди.",
    "ru": "Киев готовит с партнерами двусторонние соглашения о безопасности.",
}
FORCE = {
    "en": "Leaders of the coalition of the willing discussed a multinational force for Ukraine.",
    "uk": "Лідери коаліції охочих обговорили багатонаціональні сили для України.",
    "ru": "Лидеры коалиции желающих обсудили многонациональные силы для Украины.",
}
DECLARATION = {
    "en": "Leaders adopted the G7 joint declaration of support for Ukraine in Vilnius.",
    "uk": "Лідери ухвалили у Вільнюсі спільну декларацію G7 про підтримку України.",
    "ru": "Лидеры приняли в Вильнюсе совместную декларацию G7 о поддержке Украины.",
}


def told(before, text, language):
    """(guarantor, stage) of what a sentence tells of states as facts."""
    found = read([before[language], text], language)
    return {
        (one.guarantor, str(one.stage))
        for one in found
        if one.factuality is Factuality.FACT and one.guarantor not in {"MULTI", "G7"}
    }


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "The first round of talks with Norway is scheduled for Friday.", "talks_announced"),
        ("en", "Consultations with Norway on a security agreement got under way on Monday.", "talks_started"),
        ("en", "Norway and Ukraine held their first consultations on a security agreement.", "talks_started"),
        (
            "en",
            "Ukrainian and Norwegian negotiators sat down for the first time to work on a security agreement.",
            "talks_started",
        ),
        ("en", "The text of the agreement with Norway is being finalised.", "negotiating"),
        ("en", "Norway and Ukraine are close to agreeing the text of the security agreement.", "negotiating"),
        ("en", "Norway has given Ukraine its draft of the agreement.", "negotiating"),
        ("uk", "Перший раунд переговорів з Норвегією запланований на п'ятницю.", "talks_announced"),
        ("uk", "З Норвегією узгоджуємо останні положення угоди.", "negotiating"),
        ("uk", "Робота над угодою з Норвегією наближається до завершення.", "negotiating"),
        ("ru", "Первый раунд переговоров с Норвегией запланирован на пятницу.", "talks_announced"),
        ("ru", "С Норвегией согласуем последние положения соглашения.", "negotiating"),
        ("ru", "Работа над соглашением с Норвегией близится к завершению.", "negotiating"),
        ("ru", "Осло и Киев обменялись проектами соглашения.", "negotiating"),
    ],
)
def test_talks_are_told_in_many_ways(language, text, stage):
    assert ("NO", stage) in told(AGREEMENTS, text, language)


def test_with_one_more_the_same_talks_begin_as_told_before():
    before = {
        "uk": "Ми вже працюємо над гарантіями безпеки з Канадою.",
        "en": "We work on security guarantees with Canada.",
    }
    assert ("NO", "talks_announced") in told(before, "Тепер почнемо і з Норвегією.", "uk")
    assert ("NO", "talks_announced") in told(before, "Now we will begin with Norway, too.", "en")
    assert told(before, "Почнемо з новин.", "uk").isdisjoint({("NO", "talks_announced")})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway noted that the decision opens the way to talks with Ukraine."),
        ("en", "The negotiating team flew home from Norway on Friday."),
        ("en", "Norway will bring its draft to the next round."),
        ("en", "Croatia has signed up to a training programme."),
        ("uk", "Норвегія не вирішила, чи розпочинати переговори з Україною."),
        ("uk", "Рішення відкриває Норвегії шлях до переговорів з Україною."),
        ("ru", "Решение открывает Норвегии путь к переговорам с Украиной."),
    ],
)
def test_what_only_sounds_like_talks_is_none(language, text):
    assert told(AGREEMENTS, text, language) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Croatia has also signed up to the document."),
        ("en", "Croatia was among the first to associate itself with the declaration."),
        ("en", "Croatia and Latvia followed, joining the declaration in August."),
        ("uk", "Своє ім'я під документом поставила Хорватія."),
        ("uk", "Хорватія додала свій підпис до декларації."),
        ("ru", "Хорватия сообщила, что становится участником декларации."),
    ],
)
def test_joining_the_declaration_is_no_signature(language, text):
    found = told(DECLARATION, text, language)
    assert ("HR", "joined_declaration") in found
    assert ("HR", "signed") not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The agreement with Poland does not require the sending of soldiers."),
        ("en", "The text does not contain a promise by Poland to send troops."),
        ("en", "Poland is not against sending troops."),
        ("en", "Poland did not say whether it would send troops."),
        ("en", "Nobody asked Poland to send troops."),
        ("en", "Poland would not name a date."),
        ("en", "Poland would like to tie the security guarantees to a peace deal."),
        ("uk", "Документ із Польщею не передбачає відправки військ."),
        ("uk", "Польща наголосила, що документ не містить зобов'язань надсилати війська."),
        ("uk", "Можливість надіслати польських солдатів у ньому не розглядається."),
        ("uk", "Польща не сказала, чи надішле війська."),
        ("uk", "Польща хотіла б пов'язати гарантії безпеки з мирною угодою."),
        ("ru", "Документ с Польшей не предусматривает отправки войск."),
        ("ru", "Возможность направить польских солдат в нем не рассматривается."),
        ("ru", "Польша не сказала, направит ли войска."),
        ("ru", "Если Польша направит войска, пойдут и другие."),
        ("ru", "Польша хотела бы увязать гарантии безопасности с мирным соглашением."),
    ],
)
def test_a_duty_denied_or_a_question_left_open_promises_and_refuses_nothing(language, text):
    assert told(FORCE, text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "Denmark bound itself to send soldiers once a ceasefire holds.", "commitment"),
        ("en", "Denmark ruled Danish troops out of the force.", "blocked"),
        ("en", "Denmark agreed to lead the maritime part of the force.", "commitment"),
        ("uk", "Данія погодилася очолити морський компонент сил.", "commitment"),
        ("uk", "Про відправку данських військ не йдеться, сказав міністр.", "blocked"),
        ("ru", "Дания подтвердила, что направит роту солдат.", "commitment"),
        ("ru", "Дания не намерена отправлять войска.", "blocked"),
    ],
)
def test_troops_are_promised_and_refused_in_many_ways(language, text, stage):
    assert told(FORCE, text, language) == {("DK", stage)}


def test_a_headline_that_calls_a_promise_readiness_yields_to_the_body():
    body = [FORCE["en"], "France will send troops to Ukraine once a ceasefire holds, the president said."]
    found = read(body, "en", title="France confirms its readiness to send troops")
    assert {str(one.stage) for one in found if one.guarantor == "FR"} == {"commitment"}


def test_an_agreement_nobody_calls_one_on_security_is_the_one_the_text_tells_of():
    before = "Bulgaria and Ukraine have agreed on a draft of ten years."
    assert ("BG", "submitted") in told(
        {"en": before}, "On Friday it was tabled in the National Assembly in Sofia.", "en"
    )
    other = {"en": "Bulgaria and Ukraine have agreed on a draft of a free trade agreement."}
    assert told(other, "On Friday it was tabled in the National Assembly in Sofia.", "en") == set()
