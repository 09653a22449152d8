"""Which days, editions and indexes a backfill reads, and in which units."""

from datetime import date

import pytest

from crawlers.outlet import all_outlets
from flows.errors import UserError
from flows.past import Asked, past_indexes, roads_of, units_of
from flows.plan import Span

OUTLETS = all_outlets()
TODAY = date(2027, 4, 20)


@pytest.mark.parametrize("slug", list(OUTLETS))
def test_the_units_of_every_edition_with_a_way_into_the_past_hold_each_day_once(slug):
    outlet = OUTLETS[slug]
    for language in outlet.languages:
        if not past_indexes(outlet, language):
            continue  # as the President's Russian pages, which nothing lists any more; archives are the way there
        roads = roads_of(outlet, [language], Span(date(2024, 2, 10), date(2024, 3, 2)))
        days = sorted(day for road in roads for day in (road.unit.covers.first, road.unit.covers.last))
        assert (days[0], days[-1]) == (date(2024, 2, 10), date(2024, 3, 2))
        parts = {road.unit.index.url for road in roads}
        assert {road.unit.index.kind for road in roads} == {past_indexes(outlet, language)[0].kind}
        assert sum(road.unit.covers.days for road in roads) == 22 * len(parts)
        assert len({road.unit.unit_id for road in roads}) == len(roads)


def test_units_are_the_indexs_own_periods_cut_to_the_days_wanted():
    ukrinform = OUTLETS["ukrinform"]
    weeks = units_of(ukrinform, past_indexes(ukrinform, "uk")[0], Span(date(2024, 12, 28), date(2025, 1, 7)))
    assert [(str(one.covers.first), str(one.covers.last)) for one in weeks] == [
        ("2025-01-06", "2025-01-07"),
        ("2024-12-30", "2025-01-05"),
        ("2024-12-28", "2024-12-29"),
    ]
    assert [one.url.rsplit("/", 2)[1:] for one in weeks] == [["2025", "02.xml"], ["2025", "01.xml"], ["2024", "52.xml"]]


def test_what_is_refused_is_tried_over_the_next_index_until_there_is_none():
    pravda = OUTLETS["ukrainska-pravda"]
    [month] = roads_of(pravda, ["uk"], Span(date(2024, 2, 10), date(2024, 2, 12)))
    assert month.unit.index.kind == "month_sitemap"
    days = month.detours(pravda)
    assert [(road.unit.index.kind, road.unit.covers.days) for road in days] == [("day_list", 1)] * 3
    assert days[0].detours(pravda) == []


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        (Asked(date(2024, 1, 1), date(2024, 1, 31)), date(2024, 1, 1), date(2024, 1, 31)),
        (Asked(date(2027, 4, 18)), date(2027, 4, 18), TODAY),
        (Asked(around=date(2024, 2, 16), days=3), date(2024, 2, 13), date(2024, 2, 19)),
        (Asked(around=date(2024, 2, 16)), date(2024, 2, 13), date(2024, 2, 19)),
        (Asked(around=date(2024, 2, 16), days=0), date(2024, 2, 16), date(2024, 2, 16)),
        (Asked(around=date(2027, 4, 19), days=5), date(2027, 4, 14), TODAY),
    ],
)
def test_days_asked_for(asked, first, last):
    assert asked.span(TODAY) == Span(first, last)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(last=date(2024, 1, 1)),
        Asked(date(2024, 2, 2), date(2024, 2, 1)),
        Asked(date(2024, 2, 2), date(2027, 4, 21)),
        Asked(around=date(2027, 4, 21)),
        Asked(date(2024, 2, 2), around=date(2024, 2, 2)),
        Asked(date(2024, 2, 2), days=3),
        Asked(date(1990, 1, 1), date(1990, 2, 1)),
    ],
)
def test_days_that_cannot_be_are_refused_in_one_line(asked):
    with pytest.raises(UserError) as error:
        asked.span(TODAY)
    assert "\n" not in str(error.value)


def test_one_edition_unless_more_are_asked_for():
    pravda = OUTLETS["ukrainska-pravda"]
    assert Asked().languages(pravda) == ("uk",)
    assert Asked(every_edition=True).languages(pravda) == pravda.languages
    assert Asked(editions=("en", "ru")).languages(pravda) == ("en", "ru")
    assert Asked(editions=("uk",)).languages(OUTLETS["kyiv-independent"]) == ()
