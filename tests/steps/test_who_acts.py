"""Whose step it is, whose act and which document: names that only look like an actor, roles, places. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims, told
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Family, Language, ReportType, Side, Stage, Zone

ABOUT = {
    "en": "Security agreements with Ukraine are being drafted.",
    "uk": "Безпекові угоди з Україною готують.",
    "ru": "Соглашения о безопасности с Украиной готовят.",
}


def read(language, *texts, title="", published_on=date(2024, 11, 20), zone=Zone.BODY):
    full, paragraphs = lay_out(title, [(text, zone) for text in texts])
    scanned = ScannedText(title, paragraphs, full, Language(language), published_on, load_lexicon())
    return claims(told(scanned, load_stages()))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway's Fjordvik signed an agreement on security of supply with Ukraine's Dnipro Works."),
        ("en", "The Italian region of Molise signed a security cooperation agreement with Ukraine."),
        ("en", "The Danish Ministry of Health signed a security cooperation agreement with Ukraine."),
        ("uk", "Норвезька Fjordvik підписала з Україною угоду про безпекову співпрацю."),
        ("uk", "Чеський університет підписав з Україною угоду про співпрацю у сфері безпеки."),
        ("ru", "Польский город Санок подписал с Украиной соглашение о сотрудничестве в сфере безопасности."),
        ("ru", "Внутри ЕС подписали соглашение о безопасности с Украиной."),
    ],
)
def test_a_company_a_town_a_ministry_of_another_field_is_not_its_state(language, text):
    assert {one.guarantor for one in read(language, ABOUT[language], text)} <= {"MULTI"}


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "Norway's parliament ratified the security agreement with Ukraine.", "NO"),
        ("en", "The Danish Ministry of Defence signed a security agreement with Ukraine.", "DK"),
        ("uk", "Міністерство оборони Данії підписало з Україною безпекову угоду.", "DK"),
        ("en", "Portugal\u2019s Montenegro signed a security agreement with Ukraine.", "PT"),
        ("en", "Estonia's Karis signed a security agreement with Ukraine.", "EE"),
        ("en", "In Sofia the government approved the text of the security agreement with Ukraine.", "BG"),
        ("uk", "У Софії уряд схвалив текст безпекової угоди з Україною.", "BG"),
        ("ru", "Правительство в Софии одобрило текст соглашения о безопасности с Украиной.", "BG"),
    ],
)
def test_offices_and_governments_are_the_state(language, text, code):
    assert {one.guarantor for one in read(language, ABOUT[language], text)} == {code}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Over twenty states have concluded security agreements with Ukraine, and talks with Norway are going on.",
        ),
        ("uk", "Безпекові угоди з Україною підписали понад двадцять держав, а з Норвегією тривають переговори."),
    ],
)
def test_a_state_of_another_deed_signs_nothing(language, text):
    assert not any(one.guarantor == "NO" and one.stage is Stage.SIGNED for one in read(language, text))


@pytest.mark.parametrize(
    ("language", "texts", "code", "stage", "side"),
    [
        ("en", ("We want Norway to become a guarantor of our security.",), "NO", Stage.PROPOSED, Side.UA),
        ("ru", ("Зеленский видит Норвегию среди гарантов безопасности Украины.",), "NO", Stage.PROPOSED, Side.UA),
        (
            "ru",
            ("По соглашению о безопасности с Польшей состоялись экстренные консультации по требованию Украины.",),
            "PL",
            Stage.INVOKED,
            Side.UA,
        ),
        (
            "uk",
            ("Рада міністрів Болгарії внесла до парламенту законопроєкт про ратифікацію безпекової угоди з Україною.",),
            "BG",
            Stage.SUBMITTED,
            Side.GUARANTOR,
        ),
        (
            "en",
            ("Norway signed a security agreement with Ukraine.", "The kingdom ratified it on Monday."),
            "NO",
            Stage.RATIFIED,
            Side.GUARANTOR,
        ),
    ],
)
def test_whose_act_it_is(language, texts, code, stage, side):
    found = [one for one in read(language, *texts) if (one.guarantor, one.stage) == (code, stage)]
    assert [one.acting_side for one in found] == [side]


@pytest.mark.parametrize(
    ("language", "texts", "family"),
    [
        (
            "ru",
            ("5 декабря 1994 года Британия и Украина подписали меморандум о гарантиях безопасности.",),
            "budapest_1994",
        ),
        ("en", ("Japan and Ukraine signed the Accord on Support for Ukraine and Cooperation.",), "bilateral"),
        ("uk", ("Британія підписала з Україною договір на сто років про безпеку.",), "uk_100_year"),
    ],
)
def test_a_document_known_by_its_name_or_day(language, texts, family):
    assert {one.family for one in read(language, *texts)} == {Family(family)}


def test_the_document_a_text_is_about_is_the_one_it_calls_the_document():
    found = read(
        "en",
        "Iceland is among the states of the Ukraine Compact.",
        "Talks took weeks.",
        "It was a long day.",
        "Nobody slept.",
        "The document was signed by Norway and Iceland.",
        title="What the Ukraine Compact is",
        published_on=date(2024, 7, 12),
    )
    signed = {one.guarantor: one.family for one in found if one.stage is Stage.SIGNED}
    assert signed == {"NO": Family.UKRAINE_COMPACT, "IS": Family.UKRAINE_COMPACT}


def test_the_agreement_of_2024_is_no_us_text_of_2025():
    [claim] = read(
        "en",
        "The United States and Ukraine signed a security agreement on 13 June 2024.",
        published_on=date(2025, 3, 5),
    )
    assert claim.family is Family.BILATERAL


def test_words_that_only_say_when_make_no_repetition():
    [claim] = read("ru", "Накануне Норвегия подписала соглашение о безопасности с Украиной.")
    assert claim.report_type is ReportType.ORIGINAL
    [claim] = read("uk", "Угоду про безпеку з Україною Норвегія підписала ще 4 листопада.")
    assert claim.report_type is ReportType.RESTATEMENT
