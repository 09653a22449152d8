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


OURS = {
    "en": "Ukraine and Norway discuss a security agreement.",
    "uk": "Україна та Норвегія обговорюють безпекову угоду.",
    "ru": "Украина и Норвегия обсуждают соглашение о безопасности.",
}
NOT_BINDING = [
    ("en", "The Finnish parliament ratified the defence agreement with the United States; Kyiv hopes for the same."),
    ("uk", "Парламент Фінляндії ратифікував оборонну угоду зі США; Київ сподівається на таку саму."),
    ("ru", "Парламент Финляндии ратифицировал оборонное соглашение с США; Киев надеется на такое же."),
    ("en", "Once the security agreement of Norway with Ukraine has been read, signed and ratified, money will come."),
    ("en", "Kremlin: Norway ratified the security agreement with Ukraine for show."),
    ("ru", "Кремль: Норвегия ратифицировала соглашение о безопасности с Украиной напоказ."),
    ("en", "The Philippines and Japan signed an access agreement. Tokyo ratified it in June."),
    ("uk", "Вірменія та Франція підписали угоду про оборону. Париж її ратифікував."),
    ("ru", "Армения и Франция подписали соглашение об обороне. Париж его ратифицировал."),
    ("en", "Norway's lawmakers signed a petition for the security agreement with Ukraine."),
    ("uk", "Депутати Норвегії підписали петицію за безпекову угоду з Україною."),
    ("ru", "Депутаты Норвегии подписали петицию за соглашение о безопасности с Украиной."),
    ("en", "A contract for shells was signed too. It was signed by Norway on Friday."),
    ("uk", "Норвегія підписала контракт на снаряди. Він набув чинності у вівторок."),
    ("ru", "Контракт на дроны подписали в понедельник. Его подписал премьер Норвегии."),
    ("en", "A committee of Norway's parliament approved the security agreement with Ukraine."),
    ("uk", "Комітет парламенту Норвегії схвалив безпекову угоду з Україною."),
    ("ru", "Парламент Норвегии одобрил соглашение о безопасности с Украиной в первом чтении."),
    ("uk", "До зими Норвегія підписала б безпекову угоду з Україною."),
    ("ru", "До зимы Норвегия подписала бы соглашение о безопасности с Украиной."),
    ("en", "The prime minister of Norway flew to Kyiv to put his name to the security agreement."),
    ("ru", "Соглашение о безопасности с Норвегией подписано не было."),
    ("en", "Norway's king signed his memoirs in Oslo."),
    ("en", "Norwegians signed with a choir in Oslo."),
    ("en", "A ban took effect in Norway on Friday."),
    ("uk", "Санкції Норвегії набули чинності у п'ятницю."),
    ("ru", "Санкции Норвегии вступили в силу в пятницу."),
    ("en", "Norway refused to have it signed."),
    ("en", "Ratified by Norway or not, it will be kept."),
    ("uk", "Ратифікована чи ні, Норвегія її дотримається."),
    ("en", "A company from Norway signed an agreement with Ukraine."),
    ("uk", "Мери Осло й Києва підписали угоду, Норвегія аплодує."),
    ("ru", "Компания из Норвегии подписала соглашение с Украиной."),
    ("en", "Norwegians talk as though a security treaty with Ukraine had been signed."),
    ("uk", "Норвегія поводиться, наче безпекову угоду з Україною підписано."),
    ("ru", "Норвегия ведет себя, словно соглашение о безопасности с Украиной подписано."),
    ("en", "People think Norway signed it long ago."),
    ("uk", "Кажуть, Норвегія підписала її ще торік."),
    ("ru", "Говорят, Норвегия подписала его в мае."),
]


@pytest.mark.parametrize(("language", "text"), NOT_BINDING)
def test_what_only_looks_like_a_binding_step(language, text):
    assert not [one for one in facts([OURS[language], text], language) if one[1] in {"signed", "ratified", "in_force"}]
