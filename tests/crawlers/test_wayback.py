"""Captures of the Wayback Machine: asking its index, choosing, and taking pages that are the outlet's own."""

import gzip
import json
from datetime import timedelta

import pytest
from archives_stand_in import FIELDS, TOO_MANY, ArchivesStandIn, Planted, Reply, surt
from dawn import DAWN, DAY, EN, HTML, NOON, PAGE, UK, capture

from crawlers.archive import ArchiveWriter, read_archive
from crawlers.imports.cdx import CdxPage, parse_cdx, queries
from crawlers.imports.files import BadInput, RawInput
from crawlers.imports.service import FOUND_AT, Service, ServiceError
from crawlers.imports.wayback import captures_of, fetch_capture, pages


@pytest.fixture
def archives():
    with ArchivesStandIn() as running:
        yield running


@pytest.fixture
def service(archives):
    with Service(archives.url, "zaporuka/0.1 (+desk@example.org)", pace_s=0, timeout_s=5, sleep=lambda _: None) as one:
        yield one


def test_all_pages_of_the_index_are_read_and_only_what_was_asked_comes(service, archives):
    archives.rows_a_page = 2
    wanted = [archives.plant_capture(f"https://dawn.example/news/2024/02/16/{n}/", NOON, HTML).url for n in range(5)]
    archives.plant_capture("https://dawn.example/eng/news/2024/02/16/9/", NOON, HTML)
    archives.plant_capture("https://dawn.example/news/2024/02/16/10/", NOON, HTML, status=404)
    archives.plant_capture("https://dawn.example/news/2024/02/16/11/", NOON, b"%PDF", mime="application/pdf")
    archives.plant_capture("https://dawn.example/news/2024/02/16/12/", NOON + timedelta(days=90), HTML)
    archives.plant_capture("https://dawn-else.example/news/2024/02/16/13/", NOON, HTML)
    found = list(captures_of(service, DAWN, UK, DAY, DAY))
    assert [one.url for page in found for one in page.captures] == wanted
    assert [len(page.captures) for page in found] == [2, 2, 1, 0]
    assert [one.path for one in archives.log] == ["/cdx/search/cdx"] * 4


def test_an_index_that_holds_nothing_is_one_empty_page_a_host(service):
    assert list(captures_of(service, DAWN, EN, DAY, DAY)) == [CdxPage(())]


def test_reading_goes_on_where_an_earlier_run_stopped(service, archives):
    archives.rows_a_page = 2
    for n in range(5):
        archives.plant_capture(f"https://dawn.example/eng/news/2024/02/16/{n}/", NOON, HTML)
    [query] = queries(DAWN, EN, DAY, DAY)
    whole = list(pages(service, query))
    assert list(pages(service, query, whole[0].resume_key)) == whole[1:]


@pytest.mark.parametrize(
    ("reply", "outcome", "is_over"),
    [
        (Reply(200, b"<html>we are limiting the number of requests</html>"), "rate_limited", True),
        (Reply(200, b"<html>maintenance</html>"), "error_page", False),
        (Reply(200, b'[["urlkey","timest'), "truncated", False),
        (Reply(200, b""), "empty", False),
        (Reply(403, b"AdministrativeAccessControlException"), "forbidden", False),
        (Reply(400, b"[]"), "http_error", False),
        (TOO_MANY, "rate_limited", True),
    ],
)
def test_an_index_that_fails_says_how_and_gives_what_came_before(service, archives, reply, outcome, is_over):
    archives.rows_a_page = 2
    for n in range(3):
        archives.plant_capture(f"https://dawn.example/eng/news/2024/02/16/{n}/", NOON, HTML)
    archives.misbehave("resumeKey=", reply, forever=True)
    reading = captures_of(service, DAWN, EN, DAY, DAY)
    assert len(next(reading).captures) == 2
    with pytest.raises(ServiceError) as caught:
        next(reading)
    assert (caught.value.outcome, caught.value.is_over) == (outcome, is_over)
    assert archives.url in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_index_that_limits_is_asked_again_and_then_read(service, archives):
    archives.plant_capture(PAGE, NOON, HTML)
    archives.misbehave("/cdx/", TOO_MANY, TOO_MANY)
    found = [one for page in captures_of(service, DAWN, UK, DAY, DAY) for one in page.captures]
    assert [one.url for one in found] == [PAGE]


def test_an_index_that_leads_round_in_circles_is_left(service, archives):
    row = Planted(PAGE, "20240216101500", b"x").row
    archives.misbehave("/cdx/", Reply(200, json.dumps([FIELDS, row, [], ["same"]]).encode()), forever=True)
    with pytest.raises(ServiceError, match="leads on to itself"):
        list(captures_of(service, DAWN, UK, DAY, DAY))
    assert len(archives.log) == 2


# Taking one


def planted(archives, url=PAGE, html=HTML, **others):
    one = archives.plant_capture(url, NOON, html, **others)
    return parse_cdx(json.dumps([FIELDS, one.row]).encode()).captures[0]


def test_a_capture_is_the_page_as_the_outlet_sent_it(service, archives):
    wanted = planted(archives)
    page = fetch_capture(service, wanted)
    assert page == RawInput(
        item=f"{archives.url}/web/20240216100000id_/{PAGE}",
        url=PAGE,
        payload=HTML.encode(),
        is_flat_text=False,
        content_type="text/html; charset=utf-8",
        fetched_at=NOON,
        outlet=None,
        source_name="127.0.0.1",
        http_status=200,
        http_headers=(
            ("content-type", "text/html; charset=utf-8"),
            ("server", "made-up"),
            (FOUND_AT, f"{archives.url}/web/20240216100000id_/{PAGE}"),
        ),
    )


def test_where_a_page_was_found_survives_the_archive(service, archives, tmp_path):
    page = fetch_capture(service, planted(archives))
    with ArchiveWriter(tmp_path, "one") as writer:
        writer.write_response(page.url, page.http_status, page.http_headers, page.payload, page.fetched_at)
    [kept] = read_archive(writer.path)
    assert (kept.url, kept.fetched_at, dict(kept.http_headers)[FOUND_AT]) == (PAGE, NOON, page.item)


@pytest.mark.parametrize("url", [f"{PAGE}?a=1&b=%D0%BF", "http://dawn.example:80/news/2024/02/16/1/", f"{PAGE}#x"])
def test_an_address_is_asked_for_as_it_was_captured(service, archives, url):
    wanted = planted(archives, url)
    assert fetch_capture(service, wanted).payload == HTML.encode()
    assert archives.log[0].target == f"/web/20240216100000id_/{url.replace('#', '%23')}"


def test_a_body_that_is_still_packed_is_unpacked(service, archives):
    headers = (("content-encoding", "gzip"), ("content-length", "9999"))  # of the packed body
    unpacked = fetch_capture(service, planted(archives, headers=headers))
    packed = fetch_capture(
        service, planted(archives, url=f"{PAGE}?p", html=gzip.compress(HTML.encode()), headers=headers)
    )
    assert (unpacked.payload, unpacked.is_truncated) == (HTML.encode(), False)
    assert (packed.payload, packed.is_truncated) == (HTML.encode(), False)


def test_a_capture_that_was_cut_says_so(service, archives):
    short = planted(archives, headers=(("content-length", "99999"),))
    assert fetch_capture(service, short).is_truncated
    body = gzip.compress(HTML.encode() * 50)[:-30]
    packed = planted(archives, url=f"{PAGE}?p", html=body, headers=(("content-encoding", "gzip"),))
    assert fetch_capture(service, packed).is_truncated


MEMENTO = ("Memento-Datetime", "Fri, 16 Feb 2024 10:00:00 GMT")


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(404, b"<html>has not archived that URL</html>"), "not_found"),
        (Reply(403, b"<html>Blocked Site Error</html>"), "forbidden"),
        (Reply(200, b"<html>The Wayback Machine: loading</html>"), "error_page"),
        (Reply(200, b"<html><h1>Too Many Requests</h1></html>"), "rate_limited"),
        (Reply(503, b"<html>offline</html>"), "server_error"),
        (Reply(302, b"", (("Location", f"/web/20230101000000id_/{PAGE}"),)), "redirect"),
        (Reply(302, b"", (("Location", "https://dawn.example/new"), MEMENTO)), "redirect"),
        (Reply(200, b"<p>other</p>", (("Memento-Datetime", "Sat, 17 Feb 2024 10:00:00 GMT"),)), "redirect"),
        (Reply(200, b"<p>other</p>", (("Memento-Datetime", "yesterday"),)), "redirect"),
        (Reply(404, b"<p>gone</p>", (MEMENTO,)), "not_found"),
        (Reply(503, b"<p>was down</p>", (MEMENTO,)), "server_error"),
        (Reply(200, b" ", (MEMENTO,)), "empty"),
        (Reply(200, b"x" * 10_000_001, (MEMENTO,)), "too_large"),
        (Reply(200, b"words", (MEMENTO, ("x-archive-orig-content-encoding", "rot13"))), "unreadable"),
    ],
)
def test_what_is_no_page_of_the_outlet_is_named(service, archives, reply, outcome):
    wanted = planted(archives)
    archives.misbehave("/web/", reply, forever=True)
    found = fetch_capture(service, wanted)
    assert isinstance(found, BadInput)
    assert (found.item, found.outcome) == (f"{archives.url}/web/20240216100000id_/{PAGE}", outcome)
    assert found.detail
    assert "\n" not in found.detail


def test_a_capture_that_is_gone_is_not_taken_from_another_moment(service, archives):
    archives.plant_capture(PAGE, NOON + timedelta(days=5), HTML)
    found = fetch_capture(service, capture())
    assert (found.outcome, "20240221100000" in found.detail) == ("redirect", True)
    assert len(archives.log) == 1


def test_an_archive_that_wants_to_be_left_alone_stops_the_taking(service, archives):
    archives.misbehave("/web/", TOO_MANY, forever=True)
    with pytest.raises(ServiceError, match="ask again later") as caught:
        fetch_capture(service, capture())
    assert caught.value.is_over


def test_the_stand_in_keys_addresses_as_the_archive_does():
    assert surt("https://www.Dawn.example:443/News/?b=1") == "example,dawn)/news/?b=1"
