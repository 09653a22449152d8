"""Steps on documents that were not taken: planned, hung on a condition, denied, held as an opinion. Made-up texts."""

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
    """(stage, factuality) of what a text, after one that names the agreement, tells of Latvia."""
    laid = [
        (SPOKEN_OF[language], Zone.BODY),
        *((one, Zone.BODY) for one in ([text] if isinstance(text, str) else text)),
    ]
    full, spans = lay_out("", laid)
    scanned = ScannedText("", spans, full, Language(language), date(2024, 5, 10), load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    return {(str(one.stage), str(one.factuality)) for one in found if one.guarantor == "LV"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia's parliament will ratify the security agreement in the autumn."),
        ("en", "The security agreement will be ratified by the Saeima in Latvia after the summer."),
        ("en", "Latvia's Saeima is due to vote on the security agreement on 6 June."),
        ("en", "A vote on ratification in Latvia's parliament is scheduled for 6 June."),
        ("en", "Latvia intends to complete ratification of the security agreement by November."),
        ("en", "Latvia's parliament may ratify the agreement in October."),
        ("uk", "Сейм Латвії має ратифікувати безпекову угоду до літніх канікул."),
        ("uk", "Сейм Латвії голосуватиме за безпекову угоду 6 червня."),
        ("uk", "Депутати Латвії схвалять безпекову угоду з Україною наступного тижня."),
        ("uk", "Сейм Латвії зможе ратифікувати угоду до серпня."),
        ("ru", "Сейм Латвии должен ратифицировать соглашение о безопасности до летних каникул."),
        ("ru", "Голосование по ратификации соглашения в парламенте Латвии назначено на сентябрь."),
        ("ru", "Соглашение с Латвией еще предстоит одобрить депутатам."),
    ],
)
def test_a_ratification_to_come(language, text):
    assert told(text, language) == {("ratified", "planned")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The agreement with Latvia enters into force once both sides have notified each other."),
        ("en", "Only after that can the agreement with Latvia enter into force."),
        ("en", "The agreement with Latvia is to come into force on the day of notification."),
        ("uk", "Чинності угода з Латвією набуде лише після того, як її схвалять парламенти."),
        ("uk", "Лише тоді угода з Латвією запрацює."),
        ("ru", "Вступит в силу соглашение с Латвией, когда стороны обменяются уведомлениями."),
        ("ru", "Соглашение с Латвией должно вступить в силу летом."),
    ],
)
def test_an_entry_into_force_to_come(language, text):
    assert told(text, language) == {("in_force", "planned")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The security agreement will be tabled in the Saeima in Latvia after the summer."),
        ("en", "The agreement will go to Latvia's parliament for ratification in the autumn."),
        ("en", "Latvia is to lay the treaty before parliament in June."),
        ("uk", "Після підписання уряд Латвії має внести безпекову угоду на розгляд парламенту."),
        ("uk", "Угоду з Латвією винесуть на голосування парламенту у вересні."),
        ("ru", "Правительство Латвии внесет законопроект о ратификации после летних каникул."),
        ("ru", "После этого соглашение с Латвией пойдет на ратификацию в парламент."),
        ("ru", "Кабинет Латвии должен положить соглашение на стол обеих палат."),
    ],
)
def test_a_bill_to_come(language, text):
    assert told(text, language) == {("submitted", "planned")}


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "Latvia has not yet ratified the security agreement.", "ratified"),
        ("en", "Latvia's parliament has yet to ratify the pact.", "ratified"),
        ("en", "The agreement with Latvia is not in force.", "in_force"),
        ("en", "Latvia's government has not submitted the security agreement to parliament.", "submitted"),
        ("en", "Ukraine has never invoked the consultation clause of its agreement with Latvia.", "invoked"),
        ("en", "Latvia denied that it had signed a security agreement with Ukraine.", "signed"),
        ("en", "Latvia has signed no security agreement with Ukraine.", "signed"),
        ("uk", "Угода з Латвією чинності ще не набула.", "in_force"),
        ("uk", "Латвія не вносила змін до безпекової угоди з Україною.", "amended"),
        ("uk", "Жодної безпекової угоди Латвія з Україною не підписувала.", "signed"),
        ("ru", "Соглашение с Латвией в силу пока не вступило.", "in_force"),
        ("ru", "Соглашение в парламент Латвии так и не внесли.", "submitted"),
        ("ru", "Никакого соглашения о безопасности Латвия с Украиной не подписывала.", "signed"),
    ],
)
def test_what_was_not_done_is_denied(language, text, stage):
    assert told(text, language) == {(stage, "negated")}


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "If Latvia's parliament ratifies the security agreement, Kyiv will be grateful.", "ratified"),
        ("en", "Latvia's prime minister will sign the security agreement when there is peace.", "signed"),
        ("uk", "Якщо Латвія підпише безпекову угоду, її коаліція впаде.", "signed"),
        ("ru", "Если Сейм Латвии ратифицирует соглашение о безопасности, Киев поблагодарит.", "ratified"),
    ],
)
def test_what_hangs_on_a_condition(language, text, stage):
    assert told(text, language) == {(stage, "conditional")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Latvia's prime minister will sign the security agreement in Kyiv on 9 June, unless talks at home fail.",
        ),
        ("uk", "Прем'єр Латвії підпише безпекову угоду в Києві 9 червня, якщо не завадить погода."),
        ("ru", "Премьер Латвии подпишет соглашение о безопасности в Киеве 9 июня, если не помешает погода."),
    ],
)
def test_a_signing_with_a_day_is_announced_for_all_conditions(language, text):
    assert told(text, language) == {("signing_announced", "fact")}


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "In my opinion, Latvia's parliament will ratify the security agreement.", "ratified"),
        ("ru", "Мне кажется, сейм Латвии ратифицирует соглашение о безопасности.", "ratified"),
        ("uk", "Мій сусід певен, що Латвія теж підпише безпекову угоду з Україною.", "signed"),
        ("uk", "У пресі писали, що безпекову угоду з Латвією вже укладено.", "signed"),
        ("ru", "Портал писал, что соглашение с Латвией фактически подписано.", "signed"),
    ],
)
def test_what_somebody_holds_or_writes_is_an_opinion(language, text, stage):
    assert told(text, language) == {(stage, "opinion")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Once Latvia's parliament ratifies the security agreement, money will come."),
        ("en", "Latvia's parliament does not have to approve the security agreement."),
        ("en", "Kyiv urged Latvia's parliament to ratify the security agreement."),
        ("en", "Latvia's parliament should ratify the security agreement."),
        ("en", "When and where it will be signed by Latvia, the presidents will say."),
        ("en", "Had Latvia signed the security agreement, Kyiv would be safer."),
        ("uk", "Після того, як Сейм Латвії ратифікує безпекову угоду, підуть гроші."),
        ("uk", "Опозиція вимагає, щоб Латвія ратифікувала безпекову угоду."),
        ("ru", "После того как сейм Латвии ратифицирует соглашение о безопасности, пойдут деньги."),
        ("ru", "Оппозиция требует, чтобы Латвия ратифицировала соглашение о безопасности."),
    ],
)
def test_what_is_only_presupposed_wished_or_asked_is_no_step(language, text):
    assert {one for one in told(text, language) if one[0] in {"signed", "ratified", "signing_announced"}} == set()


def test_a_note_that_says_what_a_report_said_takes_it_back():
    note = "Исправлено: в заметке говорилось, что Латвия подписала соглашение о безопасности."
    full, spans = lay_out("", [(SPOKEN_OF["ru"], Zone.BODY), (note, Zone.EDITOR_NOTE)])
    scanned = ScannedText("", spans, full, Language.RU, date(2024, 5, 10), load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    assert {(str(one.stage), str(one.factuality)) for one in found} == {("signed", "negated")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The agreement with Latvia will be valid for ten years."),
        ("en", "The agreement with Latvia will remain in force for a decade."),
        ("uk", "Угода з Латвією діятиме десять років."),
        ("ru", "Соглашение с Латвией будет действовать десять лет."),
    ],
)
def test_how_long_a_document_runs_is_no_entry_into_force(language, text):
    assert told(text, language) == set()
