"""Who of those a sentence names takes no part in the step, and whose day it is. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims, told
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import EventPrecision, Factuality, Family, Language, Stage, Zone

PUBLISHED = date(2025, 9, 11)  # a Thursday


def read(language, *texts, published_on=PUBLISHED):
    full, paragraphs = lay_out("", [(text, Zone.BODY) for text in texts])
    scanned = ScannedText("", paragraphs, full, Language(language), published_on, load_lexicon())
    return claims(told(scanned, load_stages()))


def taken(language, *texts, stage=Stage.SIGNED):
    return {one.guarantor for one in read(language, *texts) if one.stage is stage and one.factuality is Factuality.FACT}


def days(language, *texts, guarantor, stage=Stage.SIGNED, published_on=PUBLISHED):
    found = read(language, *texts, published_on=published_on)
    return [
        (one.event_on_min, one.event_on_max)
        for one in found
        if (one.guarantor, one.stage, one.factuality) == (guarantor, stage, Factuality.FACT)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Finland has signed a security agreement with Ukraine; Belgium is next in line."),
        ("uk", "Фінляндія уклала з Україною безпекову угоду, на черзі Бельгія."),
        ("ru", "Финляндия заключила с Украиной соглашение о безопасности, следующая на очереди Бельгия."),
        ("en", "Unlike Belgium, Finland has signed a security agreement with Ukraine."),
        ("uk", "На відміну від Бельгії, Фінляндія підписала безпекову угоду з Україною."),
        ("ru", "В отличие от Бельгии, Финляндия подписала соглашение о безопасности с Украиной."),
        ("en", "Ukraine has signed a security agreement with Finland but not with Belgium."),
        ("uk", "Україна підписала безпекову угоду з Фінляндією, а не з Бельгією."),
        ("ru", "Украина подписала соглашение о безопасности с Финляндией, а не с Бельгией."),
        ("en", "When Finland signed a security agreement with Ukraine, Belgium was only opening talks."),
        ("uk", "Коли Фінляндія підписала безпекову угоду з Україною, Бельгія лише починала переговори."),
        ("ru", "Когда Финляндия подписала соглашение о безопасности с Украиной, Бельгия лишь начинала переговоры."),
        ("uk", "Безпекову угоду з Україною підписала не Бельгія, а Фінляндія."),
        ("ru", "Соглашение о безопасности с Украиной подписала не Бельгия, а Финляндия."),
    ],
)
def test_who_is_next_or_unlike_has_not_signed(language, text):
    assert taken(language, text) == {"FI"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Except for Hungary, all EU members signed the Ukraine Compact."),
        ("uk", "Усі, крім Угорщини, підписали Український договір безпеки."),
        ("ru", "Все, кроме Венгрии, подписали Украинский договор безопасности."),
    ],
)
def test_who_is_excepted_has_not_signed(language, text):
    assert taken(language, text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Greece and Romania differ: the latter signed a security agreement, the former held a round of talks.",
        ),
        ("uk", "Румунія та Греція різняться: перша підписала безпекову угоду, друга провела третій раунд переговорів."),
        (
            "ru",
            "Румыния и Греция не вместе: первая подписала договор о безопасности, вторая провела раунд переговоров.",
        ),
    ],
)
def test_the_first_and_the_second_of_two(language, text):
    opening = {"en": "Ukraine seeks guarantees.", "uk": "Україна шукає гарантій."}.get(
        language, "Украина ищет гарантий."
    )
    assert taken(language, opening, text) == {"RO"}
    assert taken(language, opening, text, stage=Stage.NEGOTIATING) == {"GR"}


def test_two_after_an_and_have_their_own_act():
    text = (
        "Belgium signed its security agreement with Ukraine back in April, "
        "and Estonia and Finland will sign theirs in Tallinn in October."
    )
    assert taken("en", text) == {"BE"}
    assert taken("en", text, stage=Stage.SIGNING_ANNOUNCED) == {"EE", "FI"}


def test_an_inserted_clause_does_not_pass_the_act_on():
    text = "Bulgaria, which was among the signatories, left the Ukraine Compact on 1 July, and Australia will sign it."
    assert taken("en", "The Ukraine Compact is about security guarantees.", text, stage=Stage.ENDED) == {"BG"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Edi Rama and Volodymyr Zelensky signed a security agreement in Davos, Switzerland, on Tuesday."),
        ("uk", "Еді Рама та Володимир Зеленський підписали безпекову угоду в Давосі, Швейцарія."),
        ("ru", "Эди Рама и Владимир Зеленский подписали соглашение о безопасности в Давосе, Швейцария."),
    ],
)
def test_the_country_of_a_town_is_no_guarantor(language, text):
    assert taken(language, text) == {"AL"}


def test_a_state_after_a_town_that_opens_the_sentence_acts():
    assert taken("en", "In Paris, France signed a security agreement with Ukraine.") == {"FR"}


def test_what_took_place_on_an_island_is_not_its_act():
    text = "Перший раунд переговорів щодо безпекової угоди між Україною та Бельгією відбувся на Мальті."
    assert taken("uk", text, stage=Stage.TALKS_STARTED) == {"BE"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Finland became the first country outside the G7 to conclude a security agreement with Ukraine."),
        ("en", "Finland, a non-G7 country, signed a security agreement with Ukraine."),
        ("uk", "Фінляндія - перша країна не з G7, яка підписала безпекову угоду з Україною."),
        (
            "ru",
            "Финляндия стала первой страной, не входящей в G7, которая подписала соглашение о безопасности с Украиной.",
        ),
    ],
)
def test_belonging_to_a_group_is_no_act_of_it(language, text):
    assert "G7" not in taken(language, text)


def test_nato_ratifies_nothing():
    texts = "Соглашение о безопасности с Украиной действует до вступления в НАТО. Его ратифицировали в понедельник."
    assert taken("ru", texts, stage=Stage.RATIFIED) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thirty-two countries and the European Union signed the Ukraine Compact."),
        ("uk", "Тридцять дві країни та ЄС підписали Український договір безпеки."),
    ],
)
def test_a_counted_group_signs_together_with_the_union(language, text):
    assert taken(language, text) == {"MULTI", "EU"}


def test_who_only_tells_of_it_wishes_nothing():
    text = (
        "Denmark, Iceland and Sweden have expressed a wish to join the G7 declaration on security guarantees "
        "for Ukraine, the State Department said."
    )
    assert taken("en", text, stage=Stage.PROPOSED) == {"DK", "IS", "SE"}


def test_all_of_a_list_before_with_whom():
    text = "Новыми гарантами безопасности Украины могут стать Бельгия, Румыния и Словения, с которыми идут переговоры."
    assert taken("ru", text, stage=Stage.NEGOTIATING) == {"BE", "RO", "SI"}


def test_both_countries_are_the_two_spoken_of():
    text = "Україна та Бельгія обговорили гарантії безпеки. Команди двох країн почали переговори про безпекову угоду."
    assert taken("uk", text, stage=Stage.TALKS_STARTED) == {"BE"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Finland expects to sign a security agreement with Ukraine in the spring."),
        ("uk", "Фінляндія підпише безпекову угоду з Україною навесні."),
        ("ru", "Финляндия подпишет соглашение о безопасности с Украиной весной."),
    ],
)
def test_a_season_to_come_is_not_the_day_of_the_announcement(language, text):
    assert days(language, text, guarantor="FI", stage=Stage.SIGNING_ANNOUNCED) == [(None, PUBLISHED)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Montenegro was to sign a security agreement with Ukraine yesterday in Tirana."),
        ("uk", "Чорногорія мала підписати безпекову угоду з Україною вчора в Тирані."),
        ("ru", "Черногория должна была вчера подписать соглашение о безопасности с Украиной."),
    ],
)
def test_the_day_of_what_was_to_be_is_the_planned_one(language, text):
    (found,) = [one for one in read(language, text) if one.stage is Stage.SIGNING_ANNOUNCED]
    assert (found.planned_on, found.precision) == (date(2025, 9, 10), EventPrecision.BY)


def test_the_same_day_leans_on_no_day_to_come():
    texts = (
        "Уряд Словенії у вівторок схвалив проєкт безпекової угоди з Україною.",
        "Угода розрахована на десять років.",
        "Церемонія запланована на 26 вересня.",
        "Того ж дня в Києві перший раунд переговорів про безпекову угоду провели українська та бельгійська делегації.",
    )
    day = date(2025, 9, 9)
    assert days("uk", *texts, guarantor="BE", stage=Stage.TALKS_STARTED) == [(day, day)]


def test_the_day_a_sentence_opens_with_is_not_of_what_is_set_against_it():
    text = (
        "On Monday delegations of Croatia and Ukraine held the first round of talks on a security agreement, "
        "while Romania plans to sign its security agreement with Ukraine next year."
    )
    assert days("en", text, guarantor="RO", stage=Stage.SIGNING_ANNOUNCED) == [(None, PUBLISHED)]


def test_each_parliament_has_its_own_day():
    texts = (
        "The government of Luxembourg has submitted the security agreement with Ukraine to the Chamber of Deputies.",
        "The parties signed it in July.",
        "It runs for ten years.",
        "In Kyiv, the Cabinet sent the security agreement with Luxembourg to the Verkhovna Rada on 2 September.",
    )
    found = [one for one in read("en", *texts) if one.stage is Stage.SUBMITTED]
    assert [one.event_on_min for one in found] == [None, date(2025, 9, 2)]


def test_today_in_a_quotation_is_the_day_it_was_said():
    text = '"Today Finland signed a security agreement with Ukraine," Alexander Stubb told reporters on 8 September.'
    day = date(2025, 9, 8)
    assert days("en", text, guarantor="FI") == [(day, day)]


def test_the_old_agreement_of_the_united_states_is_the_bilateral_one():
    (found,) = read("uk", "Попередня безпекова угода України зі США втратила чинність.")
    assert (found.stage, found.family) == (Stage.ENDED, Family.BILATERAL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Із Токіо ми вже почали переговори про безпекову угоду для України.", {"JP"}),
        ("Із Токіо повернулися посли, які почали переговори про безпекову угоду для України.", set()),
    ],
)
def test_a_capital_without_cases_is_with_whom_unless_one_comes_from_it(text, expected):
    assert taken("uk", text, stage=Stage.TALKS_STARTED) == expected
