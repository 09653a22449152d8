"""The many ways in which a step on a document is told as done. Texts are made up."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims
from flows.steps.claims import told as told_text
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Factuality, Language, Zone

SPOKEN_OF = {
    "en": "Ukraine and Latvia have discussed a security agreement.",
    "uk": "Україна та Латвія обговорили безпекову угоду.",
    "ru": "Украина и Латвия обсудили соглашение о безопасности.",
}
TOLD = {
    "signed": [
        ("en", "The signing of the security agreement with Latvia took place in Kyiv on Thursday."),
        ("en", "Latvia's prime minister and Zelensky put their names under the security agreement."),
        ("en", "Latvia became the twentieth country to sign a security agreement with Ukraine."),
        ("en", "The agreement bears the signatures of Zelensky and Latvia's prime minister."),
        ("en", "Latvia already has a security agreement with Ukraine."),
        ("en", "On 11 April Latvia followed suit, signing a ten-year security agreement with Ukraine."),
        ("uk", "Церемонія підписання безпекової угоди з Латвією пройшла в Ризі."),
        ("uk", "Латвія вже має безпекову угоду з Україною."),
        ("uk", "Під угодою стоять підписи Зеленського та прем'єра Латвії."),
        ("uk", "Президенти України та Латвії засвідчили підписами безпекову угоду."),
        ("ru", "Латвия и Украина скрепили подписями десятилетнее соглашение о безопасности."),
        ("ru", "Латвия стала двадцатой страной, подписавшей соглашение о безопасности с Украиной."),
        ("ru", "У Латвии уже есть соглашение о безопасности с Украиной."),
    ],
    "ratified": [
        ("en", "Latvia's parliament voted 81 to 8 to ratify the security agreement with Ukraine."),
        ("en", "Latvia's lawmakers gave their consent to the security agreement with Ukraine."),
        ("en", "Latvia's parliament passed the law ratifying the security agreement."),
        ("en", "The security agreement with Latvia cleared parliament on Thursday with 81 votes in favour."),
        ("en", "Latvia has completed ratification of the security agreement."),
        ("uk", "За ратифікацію угоди з Україною проголосували 81 депутат парламенту Латвії."),
        ("uk", "Парламент Латвії дав згоду на ратифікацію безпекової угоди."),
        ("uk", "Безпекова угода з Латвією пройшла парламент 81 голосом."),
        ("ru", "Парламент Латвии дал согласие на ратификацию соглашения о безопасности."),
        ("ru", "Парламент Латвии принял закон о ратификации соглашения о безопасности."),
        ("ru", "Депутаты Латвии поддержали соглашение о безопасности с Украиной 81 голосом."),
    ],
    "in_force": [
        ("en", "Latvia's security agreement with Ukraine is now in force."),
        ("en", "Latvia's agreement with Ukraine became effective on the day of its signing."),
        ("uk", "Угода з Латвією вже запрацювала."),
        ("uk", "Угода з Латвією чинна з моменту підписання."),
        ("uk", "Після обміну нотами угода з Латвією вступила в дію."),
        ("ru", "Соглашение с Латвией уже заработало."),
    ],
    "submitted": [
        ("en", "Latvia's government sent the security agreement with Ukraine to the Saeima for ratification."),
        ("en", "The treaty has reached Latvia's parliament."),
        ("en", "Latvia's Saeima has received the security agreement for ratification."),
        ("en", "Latvia's president laid the security agreement before the Saeima."),
        ("uk", "У парламенті Латвії зареєстрували законопроєкт про ратифікацію безпекової угоди."),
        ("uk", "Парламент Латвії отримав безпекову угоду на ратифікацію."),
        ("ru", "Соглашение с Латвией вынесено на рассмотрение Сейма."),
    ],
    "text_agreed": [
        ("en", "The draft agreement with Ukraine has passed the Latvian cabinet."),
        ("en", "Latvia's cabinet cleared the text and authorised the prime minister to sign it."),
        ("en", "Latvia's government gave the green light to the security agreement."),
        ("uk", "Кабмін Латвії затвердив текст угоди та уповноважив прем'єра її підписати."),
        ("uk", "Проєкт угоди з Україною пройшов уряд Латвії."),
        ("uk", "Уряд Латвії дав добро на підписання безпекової угоди."),
        ("uk", "Уряд Латвії уповноважив прем'єра підписати безпекову угоду."),
        ("ru", "Переговорщики Украины и Латвии парафировали соглашение о безопасности."),
        ("ru", "Проект соглашения с Украиной прошел правительство Латвии."),
    ],
    "amended": [
        ("en", "An annex was added to the security agreement with Latvia."),
        ("en", "Latvia and Ukraine exchanged notes that change the security agreement."),
        ("en", "The security agreement between Latvia and Ukraine was renewed for another ten years."),
        ("uk", "До безпекової угоди з Латвією додали додаток про дрони."),
        ("uk", "Безпекова угода з Латвією отримала перший додаток."),
        ("ru", "Латвия и Украина подписали дополнительный протокол к соглашению о безопасности."),
        ("ru", "К соглашению о безопасности с Латвией добавили приложение о дронах."),
    ],
    "invoked": [
        ("en", "Ukraine called for urgent consultations with Latvia under the security agreement."),
        ("en", "Latvia and Ukraine held consultations under Article 5 of the security agreement within 24 hours."),
        ("en", "Kyiv made use of the emergency clause of the agreement with Latvia."),
        ("uk", "Київ скористався пунктом про консультації в безпековій угоді з Латвією."),
        ("uk", "Україна зажадала від Латвії термінових консультацій за безпековою угодою."),
        ("ru", "Киев инициировал экстренные консультации с Латвией в рамках соглашения о безопасности."),
    ],
    "ended": [
        ("en", "Latvia pulled out of the security agreement with Ukraine."),
        ("en", "Latvia withdrew from the G7 declaration on support for Ukraine."),
        ("uk", "Латвія розірвала безпекову угоду з Україною."),
        ("uk", "Латвія вийшла з декларації «Групи семи» щодо підтримки України."),
        ("ru", "Латвия отозвала свою подпись под соглашением о безопасности."),
        ("ru", "Срок действия соглашения о безопасности с Латвией истек в пятницу."),
    ],
    "signing_announced": [
        ("en", "The signing of the security agreement with Latvia is scheduled for 14 May."),
        ("en", "The ceremony with Latvia will be held in Kyiv on 14 May."),
        ("en", "Latvia's premier named the end of May as the date for signing the agreement."),
        ("en", "Zelensky is travelling to Riga to sign the security agreement with Latvia."),
        ("uk", "Датою підписання угоди з Латвією назвали 14 травня."),
        ("uk", "Підписи під угодою з Латвією поставлять 14 травня."),
        ("ru", "Датой подписания соглашения с Латвией назвали 14 мая."),
        ("ru", "Подписи под соглашением с Латвией поставят 14 мая."),
    ],
}


def facts(text, language):
    """(guarantor, stage) of what a text, after one that names the agreement, tells as done."""
    full, spans = lay_out("", [(SPOKEN_OF[language], Zone.BODY), (text, Zone.BODY)])
    scanned = ScannedText("", spans, full, Language(language), date(2024, 5, 10), load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    return {(one.guarantor, str(one.stage)) for one in found if one.factuality is Factuality.FACT}


@pytest.mark.parametrize(
    ("stage", "language", "text"), [(stage, *one) for stage, texts in TOLD.items() for one in texts]
)
def test_a_step_in_many_words(stage, language, text):
    assert facts(text, language) == {("LV", stage)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lawyers speak of an executive agreement approved by both chambers of parliament in Latvia."),
        ("en", "The revised agreement with Latvia has twelve pages."),
        ("en", "Latvia's minister arrived in a fury and left with a declaration."),
        ("en", "Latvia's minister denounced the agreement as too weak."),
        ("en", "Latvia supplied drones, and a shop in Riga cleared its shelves before the vote of parliament."),
        ("en", "Ukraine and Latvia exchanged notes on the harvest."),
        ("uk", "Ратифікований договір важче забути, кажуть у Латвії."),
        ("uk", "Латвія поставила Україні снаряди."),
        ("uk", "У Латвії запрацювала нова електростанція, а угода про це ні слова."),
        ("ru", "Латвия поставила Украине снаряды."),
        ("ru", "Премьер Латвии обещал, что оба уедут с подписанным соглашением о безопасности."),
        ("ru", "Заключать с Украиной соглашение о безопасности Латвия не намерена."),
        ("ru", "Депутаты Латвии поддержали стратегию правительства, о соглашении речи не было."),
    ],
)
def test_what_sounds_like_a_step_and_is_none(language, text):
    assert {one for one in facts(text, language) if one[1] not in {"blocked", "negotiating"}} == set()


def test_a_month_is_no_mood():
    assert facts("Latvia, which on 3 May signed the security agreement, is glad.", "en") == {("LV", "signed")}
    assert facts("Latvia may have signed the security agreement.", "en") == set()


def test_a_bill_passed_by_a_cabinet_ratifies_nothing():
    assert facts("Уряд Латвії ухвалив законопроєкт про ратифікацію безпекової угоди.", "uk") == set()
    assert facts("Парламент Латвії ухвалив закон про ратифікацію безпекової угоди.", "uk") == {("LV", "ratified")}


def test_what_a_committee_says_is_its_chair_s_word_and_what_it_passes_is_no_ratification():
    text = "Парламент Латвії ратифікував безпекову угоду, повідомив голова комітету."
    assert facts(text, "uk") == {("LV", "ratified")}
    assert facts("Комітет парламенту Латвії дав згоду на ратифікацію безпекової угоди.", "uk") == set()


def test_notes_that_bring_an_agreement_into_force_change_nothing():
    text = "Latvia and Ukraine exchanged notes that add nothing and bring the agreement into force."
    assert ("LV", "amended") not in facts(text, "en")
    text = "Latvia and Ukraine exchanged notes that add a chapter on the sea to the agreement."
    assert facts(text, "en") == {("LV", "amended")}
