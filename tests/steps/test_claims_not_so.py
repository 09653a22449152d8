"""What is told of a paper and is no step on it: hearsay, refusals, enabling, asking, keeping. Texts are made up."""

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


def told(text, language):
    """(stage, factuality) of what a sentence, after one that names the agreement, tells of Latvia."""
    full, spans = lay_out("", [(SPOKEN_OF[language], Zone.BODY), (text, Zone.BODY)])
    scanned = ScannedText("", spans, full, Language(language), date(2024, 5, 10), load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    return {(str(one.stage), str(one.factuality)) for one in found if one.guarantor == "LV"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Some websites wrote that Latvia had signed the security treaty."),
        ("en", "Several outlets rushed to report that Latvia had signed the security agreement."),
        ("uk", "Окремі канали поспішили повідомити, що Латвія підписала безпекову угоду."),
        ("ru", "Ряд изданий поторопился сообщить, что Латвия подписала соглашение о безопасности."),
        ("en", "The idea that Latvia signed a security agreement is absurd."),
    ],
)
def test_what_others_hurried_to_write_is_no_fact(language, text):
    assert told(text, language) == {("signed", "opinion")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I was told that Latvia had signed the security agreement, but I was told wrong."),
        ("en", "The security agreement with Latvia has still not been signed."),
        ("uk", "Латвія досі не підписала безпекової угоди."),
        ("uk", "Йдеться про зустріч із Латвією, а підписаного документа немає."),
        ("ru", "Насколько известно, соглашение о безопасности с Латвией пока не подписано."),
        ("ru", "Речь идет о встрече с Латвией, а подписанного документа пока нет."),
    ],
)
def test_not_signed_so_far_is_denied(language, text):
    assert told(text, language) == {("signed", "negated")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia will not be signing a security agreement with Ukraine."),
        ("en", "Latvia has no intention of signing a security agreement with Ukraine."),
        ("en", "Latvia will not sign the security agreement until its budget is passed."),
        ("uk", "Латвія такої безпекової угоди укладати не буде."),
        ("uk", "Латвія не підпише безпекову угоду, доки не отримає гарантій від НАТО."),
        ("ru", "Двустороннего соглашения о безопасности Латвия заключать не станет."),
    ],
)
def test_who_will_not_sign_refuses(language, text):
    assert told(text, language) == {("blocked", "fact")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia to be first Baltic country to sign a security agreement with Ukraine."),
        ("en", "Latvia is set to become the seventh country to sign a security agreement with Ukraine."),
        ("uk", "Латвія стане першою країною Балтії, яка підпише безпекову угоду з Україною."),
        ("ru", "Подписание соглашения о безопасности с Латвией назначено на 24 мая."),
    ],
)
def test_who_is_to_be_the_first_has_not_signed(language, text):
    assert told(text, language) == {("signing_announced", "fact")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The declaration allows each country, Latvia included, to conclude an agreement."),
        ("uk", "Декларація дає змогу кожному учасникові, зокрема Латвії, укласти угоду."),
        ("ru", "Киев настаивает, что подписать соглашение с Латвией надо раньше."),
        ("ru", "Парламент Латвии согласился с тем, чтобы правительство подписало соглашение о безопасности."),
        ("ru", "Подписала ли Латвия соглашение о безопасности, неизвестно."),
        ("uk", "Чи підписала Латвія безпекову угоду, невідомо."),
        ("en", "The delegations of Latvia and Ukraine will leave Riga with a signed text."),
        ("en", "A ratified treaty with Latvia is harder to forget."),
        ("ru", "Литва подписала соглашение о безопасности, на очереди Латвия."),
        ("en", "Opposition lawmakers in Latvia backed the security agreement."),
        ("uk", "Уряд Латвії схвалив законопроєкт про ратифікацію безпекової угоди."),
        ("ru", "Комитет сейма Латвии одобрил законопроект о ратификации соглашения о безопасности."),
        ("uk", "Латвія змінила свою позицію щодо безпекової угоди."),
        ("en", "The security agreement with Latvia no longer applies to drones."),
        ("ru", "Партия обещает выйти из правительства Латвии из-за соглашения о безопасности."),
        ("en", "The text of the agreement with Latvia may be revised after the accession."),
    ],
)
def test_what_is_no_step(language, text):
    assert told(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "step"),
    [
        ("en", "If the Saeima gives its consent, the agreement with Latvia will enter into force.", "in_force"),
        ("uk", "Якщо уряд передасть текст до літа, сейм Латвії ратифікує угоду.", "ratified"),
        ("uk", "Латвія підпише безпекову угоду лише тоді, коли замовкнуть гармати.", "signed"),
    ],
)
def test_what_follows_an_if_is_conditional(language, text, step):
    assert told(text, language) == {(step, "conditional")}


@pytest.mark.parametrize(
    ("language", "text", "step"),
    [
        ("uk", "Якщо графік не зміниться, сейм Латвії ратифікує угоду до літа.", ("ratified", "planned")),
        ("uk", "Сейм Латвії ратифікує безпекову угоду, вважає аналітик.", ("ratified", "opinion")),
        ("uk", "Документ із Латвією чинності поки не набув: це станеться 1 липня.", ("in_force", "planned")),
        ("ru", "Ратификация соглашения о безопасности сеймом Латвии ожидается осенью.", ("ratified", "planned")),
        ("ru", "Правительство Латвии обещает передать соглашение в сейм до осени.", ("submitted", "planned")),
        ("uk", "Латвія внесе такі зміни до своєї безпекової угоди восени.", ("amended", "planned")),
        ("en", "Latvia will withdraw from the security agreement on 1 June.", ("ended", "planned")),
        ("en", "Latvia does not plan to withdraw from the security agreement.", ("ended", "negated")),
        ("en", "The Latvian security agreement has not been amended, as Riga sees no need.", ("amended", "negated")),
    ],
)
def test_what_is_to_come_or_is_not(language, text, step):
    assert told(text, language) == {step}


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "The security agreement with Latvia is no longer in force.", "ended"),
        ("en", "Latvia left the Ukraine Compact on 1 June.", "ended"),
        ("uk", "Безпекова угода з Латвією більше не діє.", "ended"),
        ("uk", "Латвія змінила свою безпекову угоду з Україною ще в лютому.", "amended"),
        ("ru", "По словам главы комитета, сейм Латвии одобрил закон о ратификации соглашения.", "ratified"),
        ("en", "The Saeima of Latvia endorsed the ratification law for the security agreement.", "ratified"),
        ("en", "Latvia's parliament gave the security agreement its final approval.", "ratified"),
        ("uk", "З Латвією ми все узгодили.", "text_agreed"),
        ("en", "We agreed the last two articles with Latvia, and nothing in the text remains open.", "text_agreed"),
        ("ru", "Украина обратилась к Латвии за консультациями по соглашению о безопасности.", "invoked"),
    ],
)
def test_what_is_done(language, text, stage):
    assert told(text, language) == {(stage, "fact")}


def test_a_mistake_spoken_of_in_another_paragraph_takes_nothing_back():
    laid = [
        (SPOKEN_OF["ru"], Zone.BODY),
        ("Часть пользователей столкнулась с ошибками.", Zone.BODY),
        ("В столицах сообщили: Латвия подписала с Украиной соглашение о безопасности.", Zone.BODY),
    ]
    full, spans = lay_out("", laid)
    scanned = ScannedText("", spans, full, Language.RU, date(2024, 5, 10), load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    assert {(str(one.stage), str(one.factuality)) for one in found} == {("signed", "fact")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia did not wait and signed the security agreement with Ukraine."),
        ("en", "The presidential website reported that Latvia had signed the security agreement."),
        ("en", "Latvia has now become the tenth country to sign a security agreement with Ukraine."),
        ("uk", "Підписана з Латвією безпекова угода не потребує ратифікації."),
        ("ru", "Латвия, не дожидаясь саммита, подписала соглашение о безопасности с Украиной."),
    ],
)
def test_what_only_sounds_denied_is_signed(language, text):
    assert told(text, language) == {("signed", "fact")}
