"""Moments as pages write them, read out of one line."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from flows.steps.clean.dates_visible import visible_moment
from storage.terms import TimePrecision

KYIV = ZoneInfo("Europe/Kyiv")
TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("18:02, 13 черв., 2026", "2026-06-13T18:02:00+03:00"),
        ("7:02 pm, 13 June 2026", "2026-06-13T19:02:00+03:00"),
        ("21 травня, 2026 четвер 09:25", "2026-05-21T09:25:00+03:00"),
        ("21 травня 2026 року, чт, 09:25", "2026-05-21T09:25:00+03:00"),
        ("21 May 2026 (Thursday) 10:11", "2026-05-21T10:11:00+03:00"),
        ("9 апреля, 12:30", "2026-04-09T12:30:00+03:00"),
        ("13 черв, 18:02", "2026-06-13T18:02:00+03:00"),
        ("5 мар. 2026 г. в 10:20", "2026-03-05T10:20:00+02:00"),
        ("Sept. 5, 2026, 1:05 pm", "2026-09-05T13:05:00+03:00"),
        ("13-02-2026 16:20", "2026-02-13T16:20:00+02:00"),
    ],
)
def test_the_minute_is_read_wherever_it_stands(line, moment):
    found = visible_moment(line, KYIV, TODAY)
    assert (found.at.isoformat(), found.precision) == (moment, TimePrecision.MINUTE)
    assert (found.start, found.end) == (0, len(line))


@pytest.mark.parametrize("line", ["7 апреля 2026, вторник", "20 верес 2026", "12 лист. 2026", "8 Feb 2026"])
def test_a_day_with_a_short_month_or_a_day_of_the_week(line):
    found = visible_moment(line, KYIV, TODAY)
    assert (found.precision, found.end) == (TimePrecision.DAY, len(line))


@pytest.mark.parametrize(
    "line", ["5 травм за день", "3 лип посадили біля школи", "5 market stalls", "7 марток", "call 20-11-2026-55"]
)
def test_figures_before_other_words_are_no_dates(line):
    assert visible_moment(line, KYIV, TODAY) is None
