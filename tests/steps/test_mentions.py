"""Who a text names: states in every inflection, capitals as actors, people by first name and office."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.lexicon import load_lexicon
from flows.steps.mentions import find_mentions
from storage.terms import Language

DAY = date(2024, 5, 10)


def states(text: str, language: str = "en", day: date | None = DAY) -> list[tuple[str, str, str]]:
    found = find_mentions(text, Language(language), load_lexicon(), day)
    return [(one.kind, one.id, one.form) for one in found if one.kind not in {"topic", "document", "person"}]


def codes(text: str, language: str = "en", day: date | None = DAY) -> set[str]:
    return {code for kind, code, _ in states(text, language, day) if kind in {"guarantor", "group"}}


def people(text: str, language: str = "en", day: date | None = DAY) -> list[str]:
    found = find_mentions(text, Language(language), load_lexicon(), day)
    return [one.id for one in found if one.kind == "person"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Japan and the Netherlands joined", "en", {"JP", "NL"}),
        ("Японією та Нідерландами підписано", "uk", {"JP", "NL"}),
        ("соглашение с Великобританией и Латвией", "ru", {"GB", "LV"}),
        ("посол США у ФРН", "uk", {"US", "DE"}),
        ("The U.S. and the UK agreed", "en", {"US", "GB"}),
        ("британська сторона", "uk", {"GB"}),
        ("японско-украинские переговоры", "ru", {"JP"}),
        ("данці й норвежці", "uk", {"DK", "NO"}),
        ("країни Балтії", "uk", {"BALTICS"}),
        ("Об'єднані Арабські Емірати", "uk", {"AE"}),
        ("Об\u2019єднаних Арабських Еміратах", "uk", {"AE"}),
        ("North Macedonia joined", "en", {"MK"}),
    ],
)
def test_states_are_found_in_every_form(text, language, expected):
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tell us what it means for all of us.", "en"),
        ("A report of The Washington Post and North Korea's army.", "en"),
        ("Voice of America, Latin American leaders", "en"),
        ("The Budapest Memorandum of 1994 and the Vilnius declaration", "en"),
        ("Будапештський меморандум", "uk"),
        ("Luis Montenegro spoke", "en"),
        ("він полишив кордони", "uk"),
        ("рима вірша", "uk"),
    ],
)
def test_what_only_looks_like_a_state_is_none(text, language):
    assert codes(text, language, date(2019, 1, 1)) == set()


def test_luis_montenegro_stands_for_portugal_only_in_office():
    assert codes("Luis Montenegro said in Lisbon", day=date(2024, 5, 28)) == {"PT"}
    assert codes("Montenegro joined the declaration", day=date(2024, 5, 28)) == {"ME"}


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("London and Kyiv signed a document.", "en", "GB"),
        ("Talks with Tokyo go on.", "en", "JP"),
        ("They want guarantees from Washington.", "en", "US"),
        ("Париж готовий підписати угоду.", "uk", "FR"),
        ("Переговори з Вашингтоном тривають.", "uk", "US"),
        ("Берлин поддержал решение.", "ru", "DE"),
    ],
)
def test_a_capital_that_acts_is_its_state(text, language, code):
    assert ("guarantor", code, "capital") in states(text, language)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("At a summit in London they met.", "en", "GB"),
        ("They flew to Paris to sign it.", "en", "FR"),
        ("After the Rome conference", "en", "IT"),
        ("The meetings in Berlin and Warsaw", "en", "PL"),
        ("Саміт у Вашингтоні завершився.", "uk", "US"),
        ("Він приїхав до Варшави.", "uk", "PL"),
        ("Встреча в Риме прошла.", "ru", "IT"),
    ],
)
def test_a_capital_where_something_happens_is_a_place(text, language, code):
    assert ("place", code, "place") in states(text, language)
    assert code not in codes(text, language)


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("Rutte said", date(2024, 7, 1), "NL"),
        ("Rutte said", date(2024, 7, 2), None),
        ("Rutte said", date(2024, 10, 1), "NATO"),
        ("Kallas said", date(2024, 7, 22), "EE"),
        ("Kallas said", date(2024, 9, 1), None),
        ("Kallas said", date(2024, 12, 1), "EU"),
        ("Rutte said", None, None),
        ("Scholz said", None, "DE"),
    ],
)
def test_a_person_stands_for_the_country_of_the_office_held_that_day(text, day, code):
    assert codes(text, day=day) == ({code} if code else set())


def test_people_of_one_surname_are_told_apart():
    assert people("Lars Løkke Rasmussen spoke") == ["Lars Løkke Rasmussen"]
    assert people("Anders Fogh Rasmussen spoke") == ["Anders Fogh Rasmussen"]
    assert people("Melania Trump and Donald Trump") == ["Donald Trump"]
    assert people("Kamala Harris met Simon Harris. Harris left.") == ["Kamala Harris", "Simon Harris"]


def test_a_misspelt_first_name_is_folded():
    assert people("Yoshimada Hayashi came") == ["Yoshimasa Hayashi"]


def test_a_member_country_is_not_the_union():
    assert states("the first EU country to sign") == [("group", "EU", "members")]
    assert states("the EU signed") == [("guarantor", "EU", "name")]
    assert ("group", "EU", "members") in states("країни ЄС", "uk")


def test_ukraine_and_russia_have_kinds_of_their_own():
    found = {(kind, code) for kind, code, _ in states("Zelenskyy and Putin; Kyiv, Moscow, Ukrainian, Russians")}
    assert found == {("ukraine", "UA"), ("adversary", "RU")}


@given(st.text(alphabet="аіїЮ'’ США U.S.JapanЯпонією Kyiv—\u00a0İß", max_size=60), st.sampled_from(list(Language)))
def test_offsets_lie_in_the_text_whatever_it_is(text, language):
    for one in find_mentions(text, language, load_lexicon(), None):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
