"""Talks and the declaration: joined, negotiated, turned down; and what only sounds like it. All texts are made up."""

import pytest

from storage.terms import BlockKind, Factuality, Stage
from tests.steps.test_claims_documents import read

DECLARATION = {
    "en": "Leaders adopted the G7 joint declaration of support for Ukraine in Vilnius.",
    "uk": "Лідери ухвалили у Вільнюсі спільну декларацію G7 про підтримку України.",
    "ru": "Лидеры приняли в Вильнюсе совместную декларацию G7 о поддержке Украины.",
}
AGREEMENTS = {
    "en": "Kyiv is preparing bilateral security agreements with its partners.",
    "uk": "Київ готує з партнерами двосторонні безпекові угоди.",
    "ru": "Киев готовит с партнерами двусторонние соглашения о безопасности.",
}


def told(before, text, language):
    """(guarantor, stage) of what a sentence tells as a fact, without what the one before it tells of the G7."""
    found = read([before[language], text], language)
    return {
        (one.guarantor, str(one.stage))
        for one in found
        if one.factuality is Factuality.FACT and one.guarantor not in {"MULTI", "G7"}
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark put itself on that list the same evening."),
        ("en", "Denmark acceded to it in July."),
        ("en", "Denmark aligned itself with the declaration."),
        ("en", "Denmark became a party to the declaration."),
        ("en", "Denmark was the twelfth to join the declaration."),
        ("en", "Zelensky thanked Denmark for supporting the declaration."),
        ("en", "Denmark announced its accession to the declaration."),
        ("en", "Denmark limited itself to joining the declaration."),
        ("uk", "Данія дала згоду на участь у декларації."),
        ("uk", "Данія стала учасницею декларації."),
        ("uk", "Данія обмежилася приєднанням до декларації."),
        ("uk", "Зеленський подякував Данії за приєднання до Спільної декларації про підтримку України."),
        ("uk", "Данія увійшла до переліку держав, які підтримали декларацію."),
        ("ru", "Дания дала согласие на участие в декларации."),
        ("ru", "Дания вошла в список стран, поддержавших декларацию."),
        ("ru", "Дания ограничилась присоединением к декларации."),
        ("ru", "Зеленский поблагодарил Данию за поддержку декларации."),
    ],
)
def test_many_words_for_joining_the_declaration(language, text):
    assert told(DECLARATION, text, language) == {("DK", "joined_declaration")}


def test_the_joint_declaration_needs_no_other_name():
    text = "Denmark acceded to the Joint Declaration of support for Ukraine in July."
    assert {(one.guarantor, str(one.stage)) for one in read([text], "en")} == {("DK", "joined_declaration")}
    other = "Denmark acceded to the Joint Declaration of the Crimea Platform in July."
    assert read([other], "en") == ()
    others = "Latvia and Denmark support Ukraine in line with joint declarations they signed on to in March."
    assert ("DK", "joined_declaration") not in {(one.guarantor, str(one.stage)) for one in read([others], "en")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark put itself on the list of climate donors."),
        ("en", "The text was endorsed by the Danish council of ministers."),
        ("ru", "По документу датские депутаты поддержали стратегию правительства."),
    ],
)
def test_other_lists_and_votes_join_nothing(language, text):
    assert told(DECLARATION, text, language) == set()


def test_those_who_joined_are_not_the_one_that_left_them():
    text = "Slovakia has quit the group of states that joined the G7 declaration."
    assert ("SK", "joined_declaration") not in told(DECLARATION, text, "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark is already deep in talks on its own document."),
        ("en", "The Danes are already deep in talks on theirs."),
        ("en", "Denmark has had a draft from us since September."),
        ("en", "Denmark is drafting a security agreement with Ukraine."),
        ("en", "Denmark sent its comments on the draft security agreement."),
        ("en", "Ukraine and Denmark have made progress on the security agreement."),
        ("uk", "З Данією ми вже обговорюємо текст безпекової угоди."),
        ("uk", "Данія отримала від нас проєкт безпекової угоди."),
        ("uk", "Україна та Данія узгоджують текст безпекової угоди."),
        ("uk", "З Данією відбулося два раунди переговорів про безпекову угоду."),
        ("uk", "Норвежці тут ні до чого: Данія та Україна фіналізують текст безпекової угоди."),
        ("ru", "Дания прислала правки к проекту соглашения о безопасности."),
        ("ru", "Украина и Дания дорабатывают проект соглашения о безопасности."),
        ("ru", "С датчанами вернулись к тексту соглашения о безопасности."),
        ("ru", "Дания и Украина завершают работу над соглашением о безопасности."),
    ],
)
def test_a_text_worked_on_by_both_is_negotiated(language, text):
    assert ("DK", "negotiating") in told(AGREEMENTS, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark's minister sent the draft security agreement to the speaker."),
        ("en", "Denmark and Ukraine discuss a security agreement at the summit."),
        ("en", "Denmark and Ukraine finished work on the security agreement in May."),
        ("en", "Denmark will hold urgent consultations under its security agreement with Ukraine."),
        ("uk", "Наступний раунд переговорів із Данією про безпекову угоду заплановано на травень."),
        ("uk", "Данія попросила Україну про безпекову угоду й надіслала проєкт."),
        ("uk", "Данський уряд отримав від Києва проєкт двосторонньої угоди і взяв паузу."),
        ("ru", "Дания получила от Киева проект соглашения о безопасности и взяла паузу."),
        ("ru", "Начнутся ли переговоры с Данией о соглашении о безопасности, в Киеве не уточнили."),
    ],
)
def test_what_is_over_scheduled_or_asked_for_is_no_negotiation(language, text):
    assert not told(AGREEMENTS, text, language) & {("DK", "negotiating"), ("DK", "talks_announced")}


def test_talks_told_in_the_past_are_outrun_by_what_came_of_them():
    talks = "Переговоры с Данией о соглашении о безопасности шли с марта, команды обсудили проект соглашения."
    done = "Текст соглашения о безопасности с Данией согласован."
    assert ("DK", "negotiating") in told(AGREEMENTS, talks, "ru")
    both = {(one.guarantor, str(one.stage)) for one in read([AGREEMENTS["ru"], talks, done], "ru")}
    assert both == {("DK", "text_agreed")}


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Kyiv also sounded out Denmark, which declined.", BlockKind.REFUSED),
        ("en", "Denmark turned down the Ukrainian proposal of talks.", BlockKind.REFUSED),
        ("en", "Denmark walked away from the talks on a security agreement with Ukraine.", BlockKind.WITHDRAWN),
        ("uk", "Данія відхилила українську пропозицію про переговори.", BlockKind.REFUSED),
        ("uk", "Данія вийшла з переговорів про безпекову угоду.", BlockKind.WITHDRAWN),
        ("ru", "Дания отклонила украинское предложение о переговорах.", BlockKind.REFUSED),
        ("ru", "Дания прервала переговоры о соглашении о безопасности.", BlockKind.WITHDRAWN),
    ],
)
def test_talks_turned_down_or_left(language, text, kind):
    (claim,) = [one for one in read([AGREEMENTS[language], text], language) if one.guarantor == "DK"]
    assert (claim.stage, claim.block_kind) == (Stage.BLOCKED, kind)


def test_a_state_outside_our_list_does_nothing_for_the_one_named_before():
    texts = [DECLARATION["en"], "Denmark acceded to it in July.", "Pakistan has not joined the declaration."]
    assert {(one.guarantor, str(one.stage)) for one in read(texts, "en")} >= {("DK", "joined_declaration")}
    assert not [one for one in read(texts, "en") if one.stage is Stage.BLOCKED]
