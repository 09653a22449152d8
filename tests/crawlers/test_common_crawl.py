"""Common Crawl's news archive: a month's files, and the few pages of our outlets out of each, whole or broken."""

import gzip
import io
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from archives_stand_in import DOWN, TOO_MANY, ArchivesStandIn, Reply, warc_of

from crawlers.imports import common_crawl
from crawlers.imports.common_crawl import NewsFile, check_month, files_of, listing, parse_listing, read_news_warc
from crawlers.imports.download import Download
from crawlers.imports.files import BadInput, RawInput
from crawlers.imports.service import FOUND_AT, Service, ServiceError
from crawlers.outlet import Edition, Outlet

TODAY = date(2026, 11, 22)
AT = datetime(2024, 2, 16, 10, 0, tzinfo=UTC)
DAWN = Outlet(
    slug="dawn",
    name="Dawn",
    homepage="https://www.dawn.example/",
    kind="newspaper",
    side="UA",
    tier="primary",
    editions=(Edition(language="uk", hosts=("www.dawn.example", "dawn.example")),),
    rights="made up",
    article_url=(r"^https?://(?:www\.)?dawn\.example(?::\d+)?/news/\d+/?$",),
)
OUTLETS = {"dawn": DAWN}
HTML = "<html><body><p>Це вигадана сторінка.</p></body></html>"
NAME = "https://news.example/one.warc.gz"


@pytest.fixture
def archives():
    with ArchivesStandIn() as running:
        yield running


@pytest.fixture
def service(archives):
    with Service(archives.url, "zaporuka/0.1 (+desk@example.org)", pace_s=0, timeout_s=5, sleep=lambda _: None) as one:
        yield one


def url(n, host="www.dawn.example"):
    return f"https://{host}/news/{n}/"


def read(body, skipped=None):
    return list(read_news_warc(io.BytesIO(body), OUTLETS, NAME, skipped))


def articles(found):
    return [one.url for one in found if isinstance(one, RawInput)]


def failures(found):
    return [(one.item.partition("@")[0], one.outcome) for one in found if isinstance(one, BadInput)]


# A month's files


def test_the_files_of_a_month_come_in_order_of_time(service, archives):
    late = archives.plant_warc(datetime(2024, 2, 16, 4, 0, tzinfo=UTC), [])
    early = archives.plant_warc(datetime(2024, 2, 1, 1, 2, 3, tzinfo=UTC), [])
    found = listing(service, 2024, 2, TODAY)
    assert found.files == (
        NewsFile(early, datetime(2024, 2, 1, 1, 2, 3, tzinfo=UTC)),
        NewsFile(late, datetime(2024, 2, 16, 4, 0, tzinfo=UTC)),
    )
    assert found.strange == ()


def test_lines_of_a_listing_that_name_no_file_are_told():
    good = "crawl-data/CC-NEWS/2024/02/CC-NEWS-20240216010203-00001.warc.gz"
    strange = ["../../etc/passwd", "http://elsewhere.example/CC-NEWS-20240216010203-00001.warc.gz"]
    strange += ["crawl-data/CC-NEWS/2024/02/CC-NEWS-20240231010203-00001.warc.gz"]
    found = parse_listing("\n".join([strange[0], good, "", *strange[1:]]).encode())
    assert [file.path for file in found.files] == [good]
    assert found.strange == tuple(strange)


@pytest.mark.parametrize(
    ("year", "month", "said"),
    [
        (2024, 13, "2024-13 is no month"),
        (2024, 0, "2024-00 is no month"),
        (0, 1, "no month"),
        (2016, 7, "2016-07 is too early: the news archive begins in 2016-08"),
        (2026, 12, "2026-12 is still to come; the latest month is 2026-11"),
    ],
)
def test_a_month_that_cannot_be_is_refused_and_nobody_is_asked(service, archives, year, month, said):
    with pytest.raises(ValueError, match=said) as caught:
        listing(service, year, month, TODAY)
    assert "\n" not in str(caught.value)
    assert archives.log == []


def test_the_first_and_the_running_month_can_be():
    assert check_month(2016, 8, TODAY) == date(2016, 8, 1)
    assert check_month(2026, 11, TODAY) == date(2026, 11, 1)


def test_a_month_without_a_listing_is_named(service):
    with pytest.raises(ServiceError, match=r"2019/03/warc.paths.gz: no listing of this month \(status 404\)") as caught:
        listing(service, 2019, 3, TODAY)
    assert caught.value.outcome == "not_found"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(200, b"<html>\nwelcome</html>"), "unreadable"),
        (Reply(200, gzip.compress(b"crawl-data/CC-NEWS/" * 500)[:30]), "unreadable"),
        (Reply(200, gzip.compress(b"\0" * 6_000_000)), "unreadable"),
        (DOWN, "server_error"),
        (TOO_MANY, "rate_limited"),
    ],
)
def test_a_listing_that_is_none_is_named(service, archives, reply, outcome):
    archives.misbehave("warc.paths.gz", reply, forever=True)
    with pytest.raises(ServiceError) as caught:
        listing(service, 2024, 2, TODAY)
    assert caught.value.outcome == outcome
    assert "\n" not in str(caught.value)


def test_an_empty_listing_has_no_files():
    assert parse_listing(gzip.compress(b"")).files == ()


def test_the_files_of_some_days_are_those_that_may_hold_their_pages():
    files = [
        NewsFile(f"{day} {hour}", datetime(2024, 2, day, hour, tzinfo=UTC)) for day in range(10, 25) for hour in (5, 21)
    ]
    found = [file.path for file in files_of(files, date(2024, 2, 16), date(2024, 2, 16))]
    assert found == ["15 21", "16 5", "16 21", "17 5", "17 21", "18 5", "18 21"]


# Reading one


def test_articles_of_our_outlets_come_whole_and_everything_else_is_counted():
    skipped = Counter()
    body = warc_of(
        [
            (url(1), HTML, AT),
            ("https://elsewhere.example/news/1/", HTML),
            ("https://www.dawn.example/tags/1/", HTML),
            (url(2, "notdawn.example"), HTML),
            (url(3), HTML, AT),
        ]
    )
    found = read(body, skipped)
    assert articles(found) == [url(1), url(3)]
    first = found[0]
    assert first.item.startswith(f"{NAME}@")
    assert first.http_headers[-1] == (FOUND_AT, first.item)
    assert (first.payload, first.fetched_at, first.http_status) == (HTML.encode(), AT, 200)
    assert (first.content_type, first.source_name, first.outlet) == ("text/html; charset=utf-8", "one.warc.gz", None)
    assert (first.is_truncated, first.is_flat_text) == (False, False)
    assert skipped == Counter(records=5, other_host=2, not_an_article=1)


def test_the_place_of_a_record_is_the_byte_it_starts_at():
    body = warc_of([(url(1), HTML), (url(2), HTML)])
    start = int(read(body)[1].item.rpartition("@")[2])
    assert articles(read(body[start:])) == [url(2)]


@pytest.mark.parametrize(
    "address",
    [
        "http://dawn.example/news/1",
        "https://DAWN.example/news/1/",
        "https://dawn.example:443/news/1/",
        "HTTPS://dawn.example/news/1/",
        "https://reader@dawn.example/news/1/",
    ],
)
def test_odd_spellings_of_a_host_are_met(address):
    skipped = Counter()
    found = read(warc_of([(address, HTML)]), skipped)
    assert len(articles(found)) + skipped["not_an_article"] == 1


@pytest.mark.parametrize("address", ["", "dns:dawn.example", "https://", "https:///news/1/", "http://[dawn.example/"])
def test_addresses_that_are_none_are_of_other_hosts(address):
    skipped = Counter()
    assert read(warc_of([(address, HTML), (url(1), HTML)]), skipped)[0].url == url(1)
    assert skipped == Counter(records=2, other_host=1)


def test_a_file_on_disk_and_one_that_is_streamed_give_the_same(service, archives, tmp_path):
    body = warc_of([(url(n), HTML * 50) for n in range(30)])
    path = archives.plant_warc(AT, body)
    file = tmp_path / "one.warc.gz"
    file.write_bytes(body)
    with Download(service, f"/{path}") as download:
        streamed = list(read_news_warc(download, OUTLETS, NAME))
    assert streamed == list(read_news_warc(file, OUTLETS, NAME)) == read(body)
    assert len(streamed) == 30


def test_a_connection_that_breaks_costs_no_page(service, archives):
    body = warc_of([(url(n), HTML * 50) for n in range(30)])
    path = archives.plant_warc(AT, body)
    archives.misbehave(path, Reply(200, body, cut_at=len(body) // 2))
    with Download(service, f"/{path}") as download:
        assert list(read_news_warc(download, OUTLETS, NAME)) == read(body)
    assert len(archives.log) == 2


def test_a_connection_that_stays_broken_is_named_after_what_came(service, archives):
    body = warc_of([(url(n), bytes(f"{n}" * 20_000, "ascii")) for n in range(30)])
    plain = gzip.decompress(body)
    path = archives.plant_warc(AT, plain)
    archives.misbehave(path, Reply(200, plain, cut_at=len(plain) // 2), DOWN, forever=True)
    with Download(service, f"/{path}") as download:
        found = list(read_news_warc(download, OUTLETS, NAME))
    assert 10 < len(articles(found)) < 20
    assert failures(found) == [(NAME, "server_error")]


def test_a_dead_link_of_a_listing_is_the_files_own_failure(service, archives):
    archives.list_path(2024, 2, "crawl-data/CC-NEWS/2024/02/CC-NEWS-20240201000000-00001.warc.gz")
    archives.plant_warc(datetime(2024, 2, 2, tzinfo=UTC), [(url(1), HTML)])
    taken, failed = [], []
    for file in listing(service, 2024, 2, TODAY).files:
        try:
            with Download(service, f"/{file.path}") as download:
                taken += read_news_warc(download, OUTLETS, NAME)
        except ServiceError as error:
            failed.append((error.outcome, error.is_over))
    assert articles(taken) == [url(1)]
    assert failed == [("not_found", False)]


BODY = warc_of([(url(n), HTML * (n + 1)) for n in range(4)])
STARTS = [int(one.item.rpartition("@")[2]) for one in read(BODY)]


@pytest.mark.parametrize(
    ("end", "whole"),
    [
        pytest.param(len(BODY) - 1, 4, id="checksum gone"),
        pytest.param(STARTS[3] + 40, 3, id="in a header"),
        pytest.param(STARTS[2] - 30, 2, id="in a request"),
        pytest.param(STARTS[1] + 5, 1, id="at a start"),
        pytest.param(20, 0, id="at once"),
    ],
)
def test_a_cut_file_gives_what_came_before_the_cut_and_is_named(end, whole):
    found = read(BODY[:end])
    assert articles(found)[:whole] == [url(n) for n in range(whole)]
    assert all(one.is_truncated for one in found[whole:-1])
    assert failures(found[-1:]) == [(NAME, "truncated")]


class Dripping(io.BytesIO):
    """A stream that gives little at a time."""

    def read(self, size=-1):
        """At most 256 bytes."""
        return super().read(min(size, 256))


def test_the_cut_of_a_file_much_larger_than_what_is_held_is_met(monkeypatch):
    monkeypatch.setattr(common_crawl, "_HELD", 2000)
    body = warc_of([(url(n), HTML) for n in range(50)])
    assert len(body) > 20_000
    found = list(read_news_warc(Dripping(body[:-50]), OUTLETS, NAME))
    assert failures(found) == [(NAME, "truncated")]
    assert failures(list(read_news_warc(Dripping(body), OUTLETS, NAME))) == []


def test_a_page_whose_end_is_missing_says_so():
    plain = gzip.decompress(warc_of([(url(1), HTML), (url(2), HTML * 100)]))
    found = read(plain[:-2000])
    assert [(one.url, one.is_truncated) for one in found[:2]] == [(url(1), False), (url(2), True)]
    assert failures(found) == [(NAME, "truncated")]


def test_whole_files_of_any_packing_are_whole():
    plain = gzip.decompress(BODY)
    assert [one.url for one in read(plain)] == [one.url for one in read(gzip.compress(plain))] == articles(read(BODY))


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"", "empty"),
        (b"<html>404 Not Found</html>", "unreadable"),
        (b"\0" * 100_000, "unreadable"),
        (gzip.compress(b"<html>404 Not Found</html>" * 100), "unreadable"),
        (b"\x1f\x8bnot gzip at all", "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\1" * 500, "unreadable"),
    ],
)
def test_what_is_no_warc_file_is_named(body, outcome):
    assert failures(read(body)) == [(NAME, outcome)]


def test_damage_is_named_after_what_came_before_it():
    damaged = bytearray(BODY)
    damaged[STARTS[2] + 60 : STARTS[2] + 90] = b"\xff" * 30
    found = read(bytes(damaged))
    assert articles(found)[:2] == [url(0), url(1)]
    assert failures(found)[-1] == (NAME, "unreadable")


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        ({"url": url(1), "html": HTML, "status": "404 Not Found"}, "not_found"),
        ({"url": url(1), "html": HTML, "status": "301 Moved"}, "redirect"),
        ({"url": url(1), "html": HTML, "status": "500 Oops"}, "server_error"),
        ({"url": url(1), "html": ""}, "empty"),
        ({"url": url(1), "html": b"x" * 10_000_001}, "too_large"),
        (
            {"url": url(1), "html": gzip.compress(b"x" * 10_000_001), "headers": [("Content-Encoding", "gzip")]},
            "too_large",
        ),
        ({"url": url(1), "html": HTML, "headers": [("Content-Encoding", "rot13")]}, "unreadable"),
    ],
)
def test_a_record_that_is_no_page_is_named_and_the_next_is_read(record, outcome):
    found = read(warc_of([record, (url(2), HTML)]))
    assert failures(found) == [(NAME, outcome)]
    assert found[0].item.startswith(f"{NAME}@")
    assert articles(found) == [url(2)]


def test_encodings_are_undone_whether_or_not_the_news_crawl_had_done_it():
    packed = {"url": url(1), "html": gzip.compress(HTML.encode()), "headers": [("Content-Encoding", "gzip")]}
    lying = {"url": url(2), "html": HTML, "headers": [("Content-Encoding", "gzip")]}
    chunks = f"{len(HTML.encode()):x}\r\n".encode() + HTML.encode() + b"\r\n0\r\n\r\n"
    chunked = {"url": url(3), "html": chunks, "headers": [("Transfer-Encoding", "chunked")]}
    found = read(warc_of([packed, lying, chunked]))
    assert [(one.payload, one.is_truncated) for one in found] == [(HTML.encode(), False)] * 3


def test_a_page_the_news_crawl_cut_itself_says_so():
    [found] = read(warc_of([{"url": url(1), "html": HTML, "truncated": "length"}]))
    assert found.is_truncated


def test_a_path_that_cannot_be_opened_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(read_news_warc(tmp_path / "none.warc.gz", OUTLETS, NAME))
