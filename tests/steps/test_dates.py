"""Days as words say them, against the day of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.dates import find_days, next_weekday
from flows.steps.text import fold
from storage.terms import EventPrecision

SATURDAY = date(2023, 9, 9)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "on 4 March 2024", date(2024, 3, 4)),
        ("en", "on March 4, 2024", date(2024, 3, 4)),
        ("en", "on Sept. 3", date(2023, 9, 3)),
        ("en", "on the 3rd of September", date(2023, 9, 3)),
        ("en", "on Thursday", date(2023, 9, 7)),
        ("en", "on Saturday", SATURDAY),
        ("en", "Friday, 8 September", date(2023, 9, 8)),
        ("en", "today", SATURDAY),
        ("en", "yesterday", date(2023, 9, 8)),
        ("en", "filed 2023-07-12", date(2023, 7, 12)),
        ("uk", "4 березня 2024 року", date(2024, 3, 4)),
        ("uk", "у п\u2019ятницю", date(2023, 9, 8)),
        ("uk", "завтра", date(2023, 9, 10)),
        ("uk", "12.07.2023", date(2023, 7, 12)),
        ("ru", "в среду", date(2023, 9, 6)),
        ("ru", "вчера", date(2023, 9, 8)),
        ("ru", "5 мая", date(2023, 5, 5)),
    ],
)
def test_day_is_resolved(language, text, day):
    (found,) = find_days(fold(text), language, SATURDAY)
    assert (found.on_min, found.on_max, found.precision) == (day, day, EventPrecision.DAY)
    assert not found.is_weekday_conflict


@pytest.mark.parametrize(
    ("language", "text", "low", "high", "precision"),
    [
        ("en", "in May 2024", date(2024, 5, 1), date(2024, 5, 31), EventPrecision.MONTH),
        ("en", "in September last year", date(2022, 9, 1), date(2022, 9, 30), EventPrecision.MONTH),
        ("en", "next week", date(2023, 9, 11), date(2023, 9, 17), EventPrecision.MONTH),
        ("uk", "у лютому 2024", date(2024, 2, 1), date(2024, 2, 29), EventPrecision.MONTH),
        ("uk", "торік", date(2022, 1, 1), date(2022, 12, 31), EventPrecision.YEAR),
        ("ru", "в 1994 году", date(1994, 1, 1), date(1994, 12, 31), EventPrecision.YEAR),
    ],
)
def test_a_longer_time_keeps_its_bounds(language, text, low, high, precision):
    (found,) = find_days(fold(text), language, SATURDAY)
    assert (found.on_min, found.on_max, found.precision) == (low, high, precision)


def test_weekday_and_date_that_disagree_are_both_kept():
    (found,) = find_days(fold("on Tuesday, 18 March 2025 and"), "en", date(2025, 3, 20))
    assert not found.is_weekday_conflict
    (found,) = find_days(fold("on Tuesday, 18 March 2024"), "en", date(2024, 3, 20))
    assert found.is_weekday_conflict
    assert (found.on_min, found.on_max) == (date(2024, 3, 18), date(2024, 3, 19))


@pytest.mark.parametrize("text", ["31.02.2024", "31 February 2024", "99 May 2024", "30 лютого"])
def test_impossible_dates_are_left_out_and_do_not_raise(text):
    assert find_days(fold(text), "en", SATURDAY) == () or find_days(text, "uk", SATURDAY) == ()


def test_a_modal_may_and_a_fraction_are_no_dates():
    assert find_days(fold("It may be 3.5 percent; it may."), "en", SATURDAY) == ()


def test_without_a_day_of_publication_only_full_dates_are_known():
    assert find_days(fold("on Friday, on 3 May, today"), "en", None) == ()
    assert find_days(fold("on 3 May 2024"), "en", None)[0].on_min == date(2024, 5, 3)


def test_a_day_near_the_turn_of_the_year_belongs_to_the_year_before():
    assert find_days(fold("on 30 December"), "en", date(2024, 1, 2))[0].on_min == date(2023, 12, 30)


def test_a_bare_weekday_of_a_plan_lies_ahead():
    (found,) = find_days(fold("on Thursday"), "en", SATURDAY)
    assert next_weekday(found, SATURDAY).on_min == date(2023, 9, 14)


@given(st.text(alphabet="0123456789.-/ MayмаяFeb,вп'ятницю", max_size=80), st.sampled_from(["en", "uk", "ru", "other"]))
def test_nothing_raises_and_offsets_hold(text, language):
    for found in find_days(fold(text), language, SATURDAY):
        assert 0 <= found.start < found.end <= len(text)
        assert found.on_min <= found.on_max


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "signed on the twenty-fifth of march", date(2025, 3, 25)),
        ("uk", "погоджено двадцять п'ятого березня", date(2025, 3, 25)),
        ("ru", "согласовано двадцать пятого марта", date(2025, 3, 25)),
        ("ru", "23-го числа документ подписан", date(2025, 3, 23)),
        ("uk", "минулої п'ятниці", date(2025, 3, 28)),
        ("ru", "прошлой пятницей", date(2025, 3, 28)),
        ("en", "last tuesday", date(2025, 3, 25)),
        ("ru", "на воскресной встрече", date(2025, 3, 30)),
    ],
)
def test_days_in_words_and_in_other_cases(language, text, day):
    [found] = find_days(text, language, date(2025, 4, 1))
    assert (found.on_min, found.on_max, found.precision) == (day, day, EventPrecision.DAY)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "on 5 december of that year"), ("uk", "5 грудня того ж року"), ("ru", "5 декабря того же года")],
)
def test_a_year_that_another_sentence_names_is_not_guessed(language, text):
    assert find_days(text, language, date(2025, 4, 1)) == ()
