"""The index of the Wayback Machine: what its answers say, what is asked of it, which captures are taken."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from archives_stand_in import FIELDS, Planted
from dawn import DAWN, DAY, EN, NOON, PAGE, UK, UNDATED, capture

from crawlers.imports.cdx import Capture, CdxPage, CdxProblem, choose, parse_cdx, queries
from flows.steps.clean.published import day_in_path


def chosen(*captures, outlet=DAWN, edition=UK, days=(DAY, DAY), **others):
    return choose(captures, outlet, edition, days, day_of=day_in_path, **others)


# What the index answers


def test_a_line_of_the_index_is_a_capture():
    row = ["example,dawn)/news/1", "20240216101500", "http://dawn.example:80/news/1", "text/html", "200", "ABC", "1415"]
    page = parse_cdx(json.dumps([FIELDS, row]).encode())
    assert page == CdxPage(
        (
            Capture(
                key="example,dawn)/news/1",
                stamp="20240216101500",
                at=datetime(2024, 2, 16, 10, 15, tzinfo=UTC),
                url="http://dawn.example/news/1",
                original="http://dawn.example:80/news/1",
                mime="text/html",
                status=200,
                digest="ABC",
                length=1415,
            ),
        )
    )


def test_a_repeated_capture_and_one_of_unknown_size_are_read():
    row = ["k", "20240216101500", "https://dawn.example:443/a:443", "warc/revisit", "-", "ABC", "-"]
    [found] = parse_cdx(json.dumps([FIELDS, row]).encode()).captures
    assert (found.status, found.length, found.url) == (None, None, "https://dawn.example/a:443")


def test_an_archive_that_holds_nothing_says_so():
    assert parse_cdx(b"[]\n") == CdxPage(())


def test_the_key_to_the_next_answer_is_read():
    row = Planted(PAGE, "20240216101500", b"x").row
    page = parse_cdx(json.dumps([FIELDS, row, [], ["example%2Cdawn%29%2F+2024"]]).encode())
    assert (len(page.captures), page.bad_lines, page.resume_key) == (1, (), "example%2Cdawn%29%2F+2024")


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html><h1>Too Many Requests</h1></html>", "rate_limited"),
        (b"<!DOCTYPE html><html>Internet Archive: temporarily offline</html>", "error_page"),
        (b'[["urlkey","timestamp"', "truncated"),
        (b'[["urlkey","timestamp"],\n["a","b"],\n', "truncated"),
        (b"org.archive...RobotAccessControlException: Blocked By Robots", "forbidden"),
        (b"org.archive...AdministrativeAccessControlException: Blocked Site Error", "forbidden"),
        (b"example,dawn)/ 20240216 http://dawn.example/", "unreadable"),
        (b'{"error": 1}', "unreadable"),
        (b"[1, 2]", "unreadable"),
        (b'[["timestamp", "original"], ["20240216101500", "http://dawn.example/"]]', "unreadable"),
        (b"[" * 100_000, "truncated"),
        (b"\xff\xfe\x00", "unreadable"),
    ],
)
def test_an_answer_that_is_no_list_of_captures_is_named(body, outcome):
    found = parse_cdx(body)
    assert isinstance(found, CdxProblem)
    assert found.outcome == outcome
    assert found.detail


@pytest.mark.parametrize(
    "row",
    [
        ["too", "short"],
        [*Planted(PAGE, "20240231101500", b"x").row],
        [*Planted(PAGE, "2024", b"x").row],
        [*Planted(PAGE, "２０２４0216101500", b"x").row],
        ["k", "20240216101500", "mailto:desk@dawn.example", "text/html", "200", "ABC", "1"],
        ["k", "20240216101500", PAGE, "text/html", 200, "ABC", "1"],
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_stand(row):
    page = parse_cdx(json.dumps([FIELDS, row, Planted(PAGE, "20240216101500", b"x").row]).encode())
    assert [one.url for one in page.captures] == [PAGE]
    assert len(page.bad_lines) == 1


# What is asked


def test_a_host_is_asked_for_once_with_its_path_and_its_days_in_kyiv():
    asked = queries(DAWN, EN, DAY, DAY + timedelta(days=1), slack=timedelta(days=2))
    assert [one.host for one in asked] == ["dawn.example"]
    params = dict(asked[0].params)
    assert (params["url"], params["matchType"]) == (("dawn.example/eng/",), ("prefix",))
    assert (params["from"], params["to"]) == (("20240215220000",), ("20240219215959",))
    assert params["filter"] == ("statuscode:200", "mimetype:text/html")


def test_mirrors_are_asked_and_other_editions_left_out_where_they_share_the_host():
    asked = {one.host: dict(one.params)["filter"] for one in queries(DAWN, UK, DAY, DAY)}
    assert list(asked) == ["dawn.example", "dawn-mirror.example"]
    assert asked["dawn.example"][2:] == (r"!urlkey:[^)]*\)/eng/.*",)
    assert asked["dawn-mirror.example"][2:] == ()


def test_days_that_end_before_they_begin_are_refused():
    with pytest.raises(ValueError, match="before they begin"):
        queries(DAWN, UK, DAY, DAY - timedelta(days=1))


# Which captures are taken


def test_the_earliest_good_capture_of_an_article_is_taken_and_the_rest_counted():
    first = capture(at=NOON, body=b"one")
    found = chosen(
        capture(at=NOON + timedelta(days=2), body=b"two"),
        capture(url="http://dawn.example/news/2024/02/16/1/", at=NOON + timedelta(days=1), body=b"one"),
        first,
    )
    assert found.captures == (first,)
    assert found.refused == Counter(later_version=1, same_again=1)


def test_every_version_is_taken_once_where_it_is_asked_for():
    one, two = capture(at=NOON), capture(at=NOON + timedelta(hours=3), body=b"two")
    back = capture(at=NOON + timedelta(hours=9))
    found = chosen(back, two, one, is_every_version=True)
    assert found.captures == (one, two)
    assert found.refused == Counter(same_again=1)


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (capture("https://www.dawn.example/tags/war/"), "not_an_article"),
        (capture("https://elsewhere.example/news/2024/02/16/1/"), "not_an_article"),
        (capture("https://www.dawn.example/eng/news/2024/02/16/1/"), "other_edition"),
        (capture(status=301), "not_ok"),
        (capture(mime="application/json"), "not_html"),
        (capture("https://www.dawn.example/news/2024/02/15/1/"), "other_day"),
        (capture(at=datetime(2024, 2, 15, 21, 59, tzinfo=UTC)), "before_publication"),
    ],
)
def test_what_is_not_taken_is_counted_under_its_reason(refused, why):
    found = chosen(refused)
    assert (found.captures, found.refused) == ((), Counter({why: 1}))


def test_the_day_of_publication_is_kyivs():
    assert len(chosen(capture(at=datetime(2024, 2, 15, 22, 0, tzinfo=UTC))).captures) == 1


def test_a_capture_much_smaller_than_its_own_later_ones_is_taken_for_cut():
    cut, whole = capture(length=900, body=b"cut"), capture(at=NOON + timedelta(hours=1), length=9000)
    assert chosen(cut, whole).captures == (whole,)
    assert chosen(cut, whole).refused == Counter(cut=1)
    assert chosen(cut).captures == (cut,)


def test_the_moment_in_an_address_counts_and_without_one_the_day_of_the_capture():
    written = f"https://www.dawn.example/news/treaty-{int(NOON.timestamp())}.html"
    early, late = capture(written, NOON - timedelta(minutes=1)), capture(written, NOON + timedelta(days=20))
    found = chosen(early, late, outlet=UNDATED)
    assert (found.captures, found.refused) == ((late,), Counter(before_publication=1))
    bare = "https://www.dawn.example/news/treaty-12.html"
    on_the_day, later = capture(bare), capture(bare, NOON + timedelta(days=1))
    found = chosen(on_the_day, later, outlet=UNDATED)
    assert (found.captures, found.refused) == ((on_the_day,), Counter(other_day=1))


def test_the_order_of_captures_changes_nothing():
    captures = [
        capture(f"https://dawn.example/news/2024/02/16/{n % 3}/", NOON + timedelta(hours=n), f"{n}".encode())
        for n in range(9)
    ]
    assert chosen(*captures, is_every_version=True) == chosen(*reversed(captures), is_every_version=True)
