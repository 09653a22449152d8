from datetime import UTC, datetime

import pytest

from flows.steps.crossing import facts, name_stem, signals

AT = datetime(2026, 5, 10, 9, 0, tzinfo=UTC)
UK = (
    "Учора міністр Остап Величенко зустрівся у Фарнбері з послом Томасом Гарвудом. Сторони домовилися про 1 250 000 "
    "гривень на 61 насос. «Ми робимо це разом і без жодних умов для громади», — сказав Величенко 9 травня."
)
RU = (
    "Вчера министр Остап Величенко встретился в Фарнбери с послом Томасом Гарвудом. Стороны договорились о 1 250 000 "
    "гривен на 61 насос. «Мы делаем это вместе и без каких-либо условий для общины», — сказал Величенко 9 мая."
)
EN = (
    "On Saturday minister Ostap Velychenko met ambassador Thomas Harwood in Farnbury. They agreed on "
    "1,250,000 hryvnias for 61 pumps. “We do this together and without any conditions for the town,” said"
    " Velychenko on May 9."
)
OTHER = "The mayor Peter Lindqvist opened a library in Oskarstad on June 2. It took 400,000 crowns and 12 years."


def _facts(text, language):
    return facts(text, AT, language)


@pytest.mark.parametrize(
    "names",
    [
        ("Зеленського", "Зеленский", "Zelenskyy", "Zelensky"),
        ("Макроном", "Макрона", "Macron"),
        ("Трампа", "Трампом", "Trump", "Trump's"),
        ("Байден", "Байдена", "Biden"),
        ("Вашингтоні", "Вашингтоне", "Washington"),
        ("Рубіо", "Рубио", "Rubio"),
        ("Стармер", "Стармером", "Starmer"),
    ],
)
def test_spellings_and_cases_of_a_name_fall_together(names):
    assert len({name_stem(name) for name in names}) == 1


def test_different_names_stay_apart():
    names = ("Зеленський", "Macron", "Трамп", "Biden", "Мерц", "Rutte", "Стармер", "Meloni", "Лондон", "Paris")
    assert len({name_stem(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("one", "other"), [((UK, "uk"), (EN, "en")), ((UK, "uk"), (RU, "ru")), ((RU, "ru"), (EN, "en"))]
)
def test_what_outlives_translation_is_counted_and_named(one, other):
    found = signals(_facts(*one), _facts(*other))
    assert found == signals(_facts(*other), _facts(*one))
    assert found.numbers == ("1250000", "61")
    assert "2026-05-09" in found.dates
    assert len(found.quotes) == 1
    assert len(found.names) >= 3
    assert found.score > 0.6
    assert "2 numbers in both: 1250000, 61" in found.why


def test_texts_of_other_matters_share_nothing():
    found = signals(_facts(UK, "uk"), _facts(OTHER, "en"))
    assert (found.names, found.numbers, found.dates, found.score, found.why) == ((), (), (), 0.0, ())


def test_a_number_of_a_date_and_a_year_are_no_numbers():
    assert _facts("It was signed on May 17, 2026, for 25 towns, as in 1994.", "en").numbers == {"25"}


def test_a_capital_at_the_start_of_a_sentence_makes_no_name():
    assert not _facts("Meanwhile it rained. Nobody came.\nPumps stood idle.", "en").names


@pytest.mark.parametrize("text", ["", "!", "слово", "«", "1" * 100, "А" * 200_000, "Аб " * 200_000])
def test_odd_texts_have_facts_too(text):
    found = facts(text)
    assert signals(found, found).score in {0.0, 1.0}
