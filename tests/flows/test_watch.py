"""Alarms: each is raised by what it is for, and not by the nearest ordinary night."""

from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import pytest

from crawlers.outlet import Edition, Expectation, Outlet
from flows.chance import Share, Z, at_least, limits, surely_more
from flows.watch import alarms_of
from flows.watch_records import IndexSeen, Seen
from storage.terms import AlarmKind, Outcome

TODAY = date(2027, 3, 20)
FEED = "https://dawn.example/rss/"
DAYS = "https://dawn.example/{year}/{month:02d}/{day:02d}/"


def outlet_of(**more):
    """An outlet of which little is stated."""
    facts = {
        "slug": "dawn",
        "name": "Dawn",
        "homepage": "https://dawn.example/",
        "kind": "newspaper",
        "side": "UA",
        "tier": "secondary",
        "rights": "unknown",
        "editions": (Edition(language="en", hosts=("dawn.example",)),),
        "body": ("div.text",),
        "expectation": Expectation(always=("title",), never_empty=("feed",)),
    }
    return Outlet(**facts | more)


DAWN = outlet_of()


def index(address=FEED, kind="feed", listed=20, **more):
    """An index that answered."""
    values = {"outcomes": {Outcome.FETCHED: 1}, "is_daily": kind == "day_list"} | more
    return IndexSeen(address=address, edition="en", kind=kind, listed=listed, **values)


def night(ago=0, articles=100, **more):
    """An ordinary night, `ago` days before tonight."""
    values = {
        "requests": {Outcome.ARTICLE: articles, Outcome.NO_TEXT: articles // 50},
        "languages": {"uk": articles // 2, "en": articles - articles // 2},
        "paths": {"outlet": articles},
        "read": articles,
        "empty": {"authors": articles // 10},
        "indexes": (index(),),
        "hinted": Share(0, articles),
        "newest_on": TODAY - timedelta(days=ago),
        "usual_a_day": 100.0,
    }
    return Seen(on=TODAY - timedelta(days=ago), **values | more)


BEFORE = [night(ago) for ago in range(14, 0, -1)]


def raised(tonight, before=BEFORE, outlet=DAWN):
    """Kind and subject of the alarms."""
    return [(alarm.kind, alarm.subject) for alarm in alarms_of(outlet, tonight, before)]


def refused(outcome=Outcome.FORBIDDEN, **more):
    return index(outcomes={outcome: 1}, listed=None, **more)


def test_an_ordinary_night_raises_nothing():
    assert raised(night()) == []
    assert raised(night(), []) == []


def test_a_run_minutes_after_another_raises_nothing():
    again = night(requests={Outcome.NOT_MODIFIED: 9}, languages={}, paths={}, read=0, empty={}, hinted=Share())
    assert raised(again, [*BEFORE, night()]) == []


@pytest.mark.parametrize("articles", [1, 4, 30])
def test_a_christmas_quiet_night_raises_nothing(articles):
    assert raised(night(articles=articles)) == []


# silence


def test_whole_days_without_anything_listed_are_silence():
    silent = night(newest_on=TODAY - timedelta(days=2))
    assert raised(silent) == [(AlarmKind.SILENCE, "")]


@pytest.mark.parametrize("days", [0, 1])
def test_a_night_just_after_midnight_is_no_silence(days):
    assert raised(night(newest_on=TODAY - timedelta(days=days))) == []


def test_an_outlet_that_publishes_little_may_be_quiet_for_days():
    quiet = night(newest_on=TODAY - timedelta(days=4), usual_a_day=2.0)
    assert raised(quiet) == []
    assert raised(replace(quiet, newest_on=TODAY - timedelta(days=30))) == [(AlarmKind.SILENCE, "")]


def test_on_a_first_night_only_the_stated_number_tells_silence():
    silent = night(newest_on=TODAY - timedelta(days=3))
    assert raised(silent, []) == []
    assert raised(silent, [], outlet_of(expectation=Expectation(articles_min=15))) == [(AlarmKind.SILENCE, "")]


def test_what_never_named_anything_though_articles_are_expected_is_silence():
    nothing = night(indexes=(index(DAYS, "day_list", 0),), newest_on=None)
    assert raised(nothing, [], outlet_of(expectation=Expectation(articles_min=15))) == [(AlarmKind.SILENCE, "")]
    assert raised(nothing, []) == []


def test_an_outlet_that_refuses_is_not_called_silent_too():
    shut = night(indexes=(refused(),), newest_on=TODAY - timedelta(days=5))
    assert raised(shut) == [(AlarmKind.BLOCKED, FEED)]


# indexes


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Outcome.FORBIDDEN, AlarmKind.BLOCKED),
        (Outcome.RATE_LIMITED, AlarmKind.BLOCKED),
        (Outcome.ROBOTS_DENIED, AlarmKind.BLOCKED),
        (Outcome.CHALLENGE, AlarmKind.CHALLENGE),
        (Outcome.SERVER_ERROR, AlarmKind.UNREADABLE_INDEX),
        (Outcome.DNS_FAILED, AlarmKind.UNREADABLE_INDEX),
        (Outcome.UNREADABLE, AlarmKind.UNREADABLE_INDEX),
        (Outcome.NOT_FOUND, AlarmKind.UNREADABLE_INDEX),
    ],
)
def test_an_index_that_fails_is_named_also_on_a_first_night(outcome, kind):
    assert raised(night(indexes=(refused(outcome), index(DAYS, "day_list"))), []) == [(kind, FEED)]


def test_what_is_stated_to_be_blocked_is_no_alarm_until_it_had_answered():
    list_of_days = refused(address=DAYS, kind="day_list", may_be_blocked=True)
    shut = night(indexes=(index(), list_of_days))
    assert raised(shut, []) == []
    assert raised(shut, [replace(shut, on=TODAY - timedelta(days=1))]) == []
    answered = night(1, indexes=(index(), index(DAYS, "day_list")))
    [alarm] = alarms_of(DAWN, shut, [answered])
    assert (alarm.kind, alarm.subject) == (AlarmKind.BLOCKED, DAYS)
    assert "it answered on 2027-03-19" in alarm.detail


def test_what_may_refuse_is_still_expected_to_be_reachable():
    unreachable = refused(Outcome.DNS_FAILED, address=DAYS, kind="day_list", may_be_blocked=True)
    assert raised(night(indexes=(index(), unreachable)), []) == [(AlarmKind.UNREADABLE_INDEX, DAYS)]


def test_an_outlet_known_to_block_is_an_alarm_only_once_it_had_answered():
    known = outlet_of(known_to_block=True)
    nothing = {"languages": {}, "paths": {}, "read": 0, "empty": {}, "hinted": Share()}
    shut = night(indexes=(refused(), refused(address=DAYS, kind="day_list")), **nothing | {"requests": {}})
    pages = replace(shut, requests={Outcome.FORBIDDEN: 30, Outcome.CHALLENGE: 2})
    assert raised(shut, [shut], known) == []
    assert raised(pages, [pages], known) == []
    assert raised(shut, BEFORE, known) == [(AlarmKind.BLOCKED, FEED)]
    assert raised(pages, BEFORE, known) == [
        (AlarmKind.BLOCKED, ""),
        (AlarmKind.BLOCKED, FEED),
        (AlarmKind.CHALLENGE, ""),
    ]


def test_a_list_of_today_may_not_be_there_yet():
    not_yet = refused(Outcome.NOT_FOUND, address=DAYS, kind="day_list")
    assert raised(night(indexes=(index(), not_yet))) == []
    gone = index(DAYS, "day_list", None, outcomes={Outcome.NOT_FOUND: 3})
    assert raised(night(indexes=(index(), gone))) == [(AlarmKind.UNREADABLE_INDEX, DAYS)]


def test_one_trouble_of_all_indexes_is_one_alarm():
    ones = (refused(), refused(address="https://dawn.example/en/rss/"))
    assert raised(night(indexes=ones)) == [(AlarmKind.BLOCKED, "")]
    assert raised(night(indexes=(*ones, index(DAYS, "day_list")))) == [
        (AlarmKind.BLOCKED, "https://dawn.example/en/rss/"),
        (AlarmKind.BLOCKED, FEED),
    ]


def test_an_index_that_named_something_and_names_nothing_is_empty():
    bare = outlet_of(expectation=Expectation())
    assert raised(night(indexes=(index(listed=0, has_listed=True),)), outlet=bare) == [(AlarmKind.EMPTY_INDEX, FEED)]
    assert raised(night(indexes=(index(listed=0),)), outlet=bare) == []


def test_a_feed_stated_never_to_be_empty_is_told_on_a_first_night():
    assert raised(night(indexes=(index(listed=0),)), []) == [(AlarmKind.EMPTY_INDEX, FEED)]


def test_a_list_of_a_day_may_be_empty_on_quiet_days_only():
    quiet = index(DAYS, "day_list", 0, whole_days=1, usual_a_day=8.0, has_listed=True)
    assert raised(night(indexes=(index(), quiet))) == []
    assert raised(night(indexes=(index(), replace(quiet, whole_days=0, usual_a_day=300.0)))) == []
    assert raised(night(indexes=(index(), replace(quiet, usual_a_day=300.0)))) == [(AlarmKind.EMPTY_INDEX, DAYS)]


# pages


def test_challenge_pages_are_told_whenever_one_comes():
    assert raised(night(requests={Outcome.ARTICLE: 100, Outcome.CHALLENGE: 1}), []) == [(AlarmKind.CHALLENGE, "")]


def test_a_jump_in_what_is_dropped_is_told_by_its_outcome():
    assert raised(night(requests={Outcome.ARTICLE: 60, Outcome.NO_TEXT: 40})) == [(AlarmKind.DROP_JUMP, "no_text")]
    assert raised(night(requests={Outcome.ARTICLE: 60, Outcome.FORBIDDEN: 40})) == [(AlarmKind.BLOCKED, "")]


@pytest.mark.parametrize(
    "requests",
    [
        {Outcome.ARTICLE: 90, Outcome.NO_TEXT: 10},
        {Outcome.NO_TEXT: 4},
        {Outcome.ARTICLE: 4, Outcome.NO_TEXT: 2},
    ],
    ids=["a little more", "four videos", "a small night"],
)
def test_some_drops_are_ordinary(requests):
    assert raised(night(requests=requests)) == []


def test_a_night_like_one_seen_before_is_ordinary():
    sunday = night(requests={Outcome.ARTICLE: 60, Outcome.GALLERY: 40})
    assert raised(sunday) == [(AlarmKind.DROP_JUMP, "gallery")]
    assert raised(sunday, [*BEFORE, replace(sunday, on=TODAY - timedelta(days=7))]) == []


def test_a_first_night_on_which_all_is_dropped_is_told():
    lost = {Outcome.BODY_LOST: 5, Outcome.NO_TEXT: 1}
    nothing = {"languages": {}, "paths": {}, "read": 0, "empty": {}}
    assert raised(night(requests=lost, **nothing), []) == [(AlarmKind.DROP_JUMP, "body_lost")]
    assert raised(night(requests={Outcome.BODY_LOST: 4}, **nothing), []) == []
    assert raised(night(requests={Outcome.BODY_LOST: 40, Outcome.ARTICLE: 5}), []) == []


def test_a_trouble_that_lasts_is_told_every_night_and_in_the_end_is_usual():
    kind = (AlarmKind.DROP_JUMP, "no_text")
    bad = night(requests={Outcome.ARTICLE: 30, Outcome.NO_TEXT: 70}, raised=frozenset({kind}))
    week = [replace(bad, on=TODAY - timedelta(days=ago)) for ago in range(7, 0, -1)]
    assert raised(bad, [*BEFORE[:7], *week]) == [kind]
    assert raised(bad, week) == []
    assert raised(bad, [replace(one, raised=frozenset()) for one in week]) == []


# fields, layout, languages, dates


def test_a_field_gone_empty_is_told():
    assert raised(night(empty={"authors": 90})) == [(AlarmKind.EMPTY_FIELD, "authors")]
    assert raised(night(empty={"title": 60})) == [(AlarmKind.EMPTY_FIELD, "title")]
    without_day = night(empty={"published_at": 90, "published_minute": 90})
    assert raised(without_day) == [(AlarmKind.EMPTY_FIELD, "published_at")]
    assert raised(night(empty={"published_minute": 90})) == [(AlarmKind.EMPTY_FIELD, "published_minute")]


def test_some_articles_without_a_field_are_ordinary():
    assert raised(night(empty={"authors": 18, "title": 12})) == []
    assert raised(night(articles=3, empty={"authors": 3, "title": 3})) == []


def test_on_a_first_night_only_a_stated_field_is_told():
    bare = night(empty={"authors": 100, "title": 100})
    assert raised(bare, []) == [(AlarmKind.EMPTY_FIELD, "title")]


def test_a_changed_layout_is_told():
    assert raised(night(articles=8, paths={"generic": 8})) == [(AlarmKind.LAYOUT_CHANGED, "")]
    assert raised(night(paths={"generic": 100}), []) == [(AlarmKind.LAYOUT_CHANGED, "")]


@pytest.mark.parametrize(
    ("paths", "before", "outlet"),
    [
        ({"outlet": 95, "generic": 5}, BEFORE, DAWN),
        ({"generic": 4}, BEFORE, DAWN),
        ({"generic": 8}, [], DAWN),
        ({"flattened": 50}, BEFORE, DAWN),
        ({"generic": 100}, [], outlet_of(body=())),
    ],
    ids=["odd pages", "few", "a small first night", "no markup", "no selectors"],
)
def test_some_pages_read_by_general_rules_are_ordinary(paths, before, outlet):
    assert raised(night(paths=paths), before, outlet) == []


def test_a_language_turned_over_is_told_once():
    assert raised(night(languages={"en": 60})) == [(AlarmKind.LANGUAGE_TURNED, "uk")]
    assert raised(night(languages={"uk": 50, "other": 50})) == [(AlarmKind.LANGUAGE_TURNED, "other")]


@pytest.mark.parametrize("languages", [{"uk": 65, "en": 35}, {"uk": 4}, {"uk": 9, "en": 3}])
def test_another_mix_of_languages_is_ordinary(languages):
    assert raised(night(languages=languages)) == []


def test_an_edition_whose_index_is_shut_is_not_told_as_a_language_too():
    english = refused(address="https://dawn.example/en/rss/")
    assert raised(night(languages={"uk": 60}, indexes=(index(), english))) == [(AlarmKind.BLOCKED, english.address)]


def test_dates_that_drift_are_told():
    assert raised(night(reread=Share(6, 6))) == [(AlarmKind.DATE_DRIFT, "published_at")]
    assert raised(night(hinted=Share(70, 100))) == [(AlarmKind.DATE_DRIFT, "published_at")]


def test_some_moved_dates_are_ordinary():
    assert raised(night(reread=Share(3, 50), hinted=Share(8, 100))) == []
    assert raised(night(reread=Share(2, 2), hinted=Share(2, 2))) == []
    assert raised(night(hinted=Share(70, 100)), []) == []


def test_an_alarm_stands_while_a_run_sees_too_little_to_tell():
    kinds = frozenset({(AlarmKind.LAYOUT_CHANGED, ""), (AlarmKind.DROP_JUMP, "no_text"), (AlarmKind.BLOCKED, FEED)})
    latest = [*BEFORE, night(1, raised=kinds)]
    again = night(requests={}, languages={}, paths={}, read=0, empty={}, hinted=Share())
    assert raised(again, latest) == [(AlarmKind.DROP_JUMP, "no_text"), (AlarmKind.LAYOUT_CHANGED, "")]
    assert raised(replace(again, paths={"outlet": 2}, requests={Outcome.ARTICLE: 2}), latest) == []
    assert raised(night(), latest) == []


# chance


def test_limits_are_wilson_s():
    low, high = limits(Share(8, 10))
    assert low < 0.8 < high
    for bound in (low, high):  # so far is the share from its bound: Z standard errors, by the bound's own variance
        assert abs(0.8 - bound) == pytest.approx(Z * sqrt(bound * (1 - bound) / 10))
    assert limits(Share()) == (0.0, 1.0)


def test_a_difference_of_few_cases_proves_little():
    assert surely_more(Share(1, 1), Share(0, 100)) < 0.1 < surely_more(Share(8, 8), Share(0, 8))
    assert surely_more(Share(50, 100), Share(500, 1000)) < 0


def test_the_binomial_tail_is_exact():
    assert at_least(Share(3, 3), 0.5) == pytest.approx(0.125)
    assert at_least(Share(1, 4), 0.5) == pytest.approx(0.9375)
    assert at_least(Share(0, 9), 0.5) == at_least(Share(9, 9), 1.0) == 1.0
    assert at_least(Share(1, 9), 0.0) == 0.0
