"""One polite client of one service: pauses, patience that ends, caps, and errors that say what to do."""

import gzip
import socket

import httpx
import pytest
from archives_stand_in import DOWN, TOO_MANY, ArchivesStandIn, Reply

from crawlers.imports.download import Download
from crawlers.imports.service import RATE_LIMIT_WAIT_S, SILENT_IN_A_ROW, Service, ServiceError

AGENT = "zaporuka/0.1 (+mailto:desk@example.org)"


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self):
        self.now = 100.0
        self.slept = []

    def sleep(self, seconds):
        """Let time pass at once."""
        self.slept.append(seconds)
        self.now += seconds

    def read(self):
        """The moment, in seconds."""
        return self.now


@pytest.fixture
def archives():
    with ArchivesStandIn() as running:
        running.files["page"] = b"hello"
        yield running


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def service(archives, clock):
    with Service(archives.url, AGENT, pace_s=2.0, timeout_s=5, sleep=clock.sleep, clock=clock.read) as one:
        yield one


def test_every_request_says_who_asks(service, archives):
    service.get("/page")
    assert [one.agent for one in archives.log] == [AGENT]


def test_a_pause_follows_every_answer_and_a_longer_one_where_a_path_wants_it(archives, clock):
    archives.files |= {"cdx/a": b"a", "cdx/b": b"b"}
    with Service(archives.url, AGENT, pace_s=2.0, paces={"/cdx/": 3.0}, sleep=clock.sleep, clock=clock.read) as service:
        for path in ("/cdx/a", "/page", "/cdx/b", "/cdx/a", "/page"):
            service.get(path)
    assert clock.slept == [2.0, 2.0, 3.0, 2.0]


def test_real_requests_come_one_at_a_time_and_no_faster_than_the_pace(archives):
    with Service(archives.url, AGENT, pace_s=0.15) as service:
        for _ in range(4):
            service.get("/page")
    assert {one.together for one in archives.log} == {1}
    pauses = [after.begun - before.answered for before, after in zip(archives.log, archives.log[1:], strict=False)]
    assert min(pauses) > 0.1


def test_a_second_request_beside_a_download_is_refused_loudly(service, archives):
    archives.files["large"] = b"x" * 300_000
    with Download(service, "/large") as download:
        download.read(10)
        with pytest.raises(RuntimeError, match="one thing at a time"):
            service.get("/page")
    assert service.get("/page").body == b"hello"


def test_it_waits_as_long_as_it_is_asked_to(service, archives, clock):
    archives.misbehave(
        "/page", Reply(429, headers=(("Retry-After", "37"),)), Reply(503, headers=(("Retry-After", "41"),))
    )
    assert service.get("/page").body == b"hello"
    assert clock.slept == [37.0, 41.0]


def test_too_many_requests_without_a_wait_means_a_minute_and_5xx_longer_and_longer(service, archives, clock):
    archives.misbehave("/page", Reply(429), Reply(502), Reply(504))
    assert service.get("/page").status == 200
    assert clock.slept == [RATE_LIMIT_WAIT_S, 10.0, 20.0]


def test_patience_ends_and_the_error_says_what_was_asked_what_came_and_what_to_do(service, archives):
    archives.misbehave("/page", TOO_MANY, forever=True)
    with pytest.raises(ServiceError) as caught:
        service.get("/page")
    assert (caught.value.outcome, caught.value.is_over) == ("rate_limited", True)
    assert str(caught.value) == f"{archives.url}/page: too many requests (429), 4 times; ask again later"
    assert len(archives.log) == 4


def test_a_wait_that_is_too_long_is_not_waited_for(service, archives, clock):
    archives.misbehave("/page", Reply(429, headers=(("Retry-After", "7200"),)))
    with pytest.raises(ServiceError, match="600 s or longer; ask again later") as caught:
        service.get("/page")
    assert (caught.value.outcome, caught.value.is_over) == ("rate_limited", True)
    assert (len(archives.log), clock.slept) == (1, [])


def test_one_answer_that_fails_is_its_own_many_in_a_row_are_the_services(service, archives):
    archives.misbehave("/bad", DOWN, forever=True)
    errors = []
    for _ in range(SILENT_IN_A_ROW + 1):
        with pytest.raises(ServiceError) as caught:
            service.get("/bad")
        errors.append(caught.value)
    assert [one.is_over for one in errors] == [False] * (SILENT_IN_A_ROW - 1) + [True, True]
    assert {one.outcome for one in errors[:-1]} == {"server_error"}
    assert len(archives.log) == 4 * SILENT_IN_A_ROW
    assert "not asked" in str(errors[-1])


def test_an_answer_ends_the_silence(service, archives):
    for _ in range(SILENT_IN_A_ROW * 2):
        archives.misbehave("/bad", DOWN, DOWN, DOWN, DOWN)
        with pytest.raises(ServiceError) as caught:
            service.get("/bad")
        assert not caught.value.is_over
        assert service.get("/page").status == 200


def test_nobody_there_is_over_at_once(clock):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with (
            Service(f"http://127.0.0.1:{port}", AGENT, pace_s=0, sleep=clock.sleep, clock=clock.read) as service,
            pytest.raises(ServiceError, match="4 times; ask again later") as caught,
        ):
            service.get("/page")
    assert (caught.value.outcome, caught.value.is_over) == ("no_response", True)


def test_no_answer_in_time_is_named(archives, clock, monkeypatch):
    with Service(archives.url, AGENT, pace_s=0, timeout_s=3, tries=2, sleep=clock.sleep, clock=clock.read) as service:
        asked = []

        def never(request, **_):
            asked.append(request)
            message = "too late"
            raise httpx.ReadTimeout(message)

        monkeypatch.setattr(service._client, "send", never)
        with pytest.raises(ServiceError, match="no answer in time, 2 times") as caught:
            service.get("/page")
    assert (caught.value.outcome, len(asked)) == ("timeout", 2)


def test_a_body_that_breaks_off_is_asked_for_again(service, archives):
    archives.misbehave("/page", Reply(200, b"hello", cut_at=2))
    assert service.get("/page").body == b"hello"
    assert len(archives.log) == 2


def test_a_404_is_an_answer(service, archives):
    assert service.get("/nothing").status == 404
    assert len(archives.log) == 1


def test_what_an_archive_plays_back_is_an_answer_whatever_its_status(service, archives):
    archives.misbehave("/page", Reply(503, b"down then", (("Memento-Datetime", "Fri, 16 Feb 2024 12:00:00 GMT"),)))
    assert service.get("/page").status == 503
    assert len(archives.log) == 1


@pytest.mark.parametrize("body", [b"x" * 2000, gzip.compress(b"x" * 2000)], ids=["as sent", "unpacked"])
def test_no_more_is_read_than_allowed(service, archives, body):
    packed = (("Content-Encoding", "gzip"),) if body.startswith(b"\x1f") else ()
    archives.misbehave("/page", Reply(200, body, packed))
    with pytest.raises(ServiceError, match="more than 1000 bytes") as caught:
        service.get("/page", max_bytes=1000)
    assert caught.value.outcome == "too_large"


def test_a_packed_answer_is_unpacked_and_a_cut_one_says_so(service, archives):
    whole = gzip.compress(b"many words, " * 500)
    packed = (("Content-Encoding", "gzip"),)
    archives.misbehave("/page", Reply(200, whole, packed), Reply(200, whole[:-20], packed))
    first, second = service.get("/page"), service.get("/page")
    assert (first.body, first.is_cut, first.sent_bytes) == (b"many words, " * 500, False, len(whole))
    assert second.is_cut


def test_redirects_are_followed_on_the_own_host_only(service, archives):
    archives.misbehave("/old", Reply(301, headers=(("Location", "/page"),)))
    assert service.get("/old").body == b"hello"
    archives.misbehave("/away", Reply(302, headers=(("Location", "http://elsewhere.example/page"),)))
    with pytest.raises(ServiceError, match=r"another host; it is not followed") as caught:
        service.get("/away")
    assert caught.value.outcome == "redirect"
    archives.misbehave("/round", Reply(302, headers=(("Location", "/round"),)), forever=True)
    with pytest.raises(ServiceError, match="more than 5 redirects"):
        service.get("/round")


def test_a_redirect_is_an_answer_where_it_is_asked_for_so(service, archives):
    archives.misbehave("/old", Reply(301, headers=(("Location", "/page"),)))
    assert service.get("/old", follow=False).status == 301


@pytest.mark.parametrize("address", ["archive.example", "ftp://archive.example", "https://", ""])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="no address of a service"):
        Service(address, AGENT, pace_s=1)


def test_a_large_file_comes_in_pieces_and_is_taken_up_where_it_broke(service, archives):
    body = bytes(range(256)) * 2000
    archives.files["large"] = body
    archives.misbehave("/large", Reply(200, body, (("ETag", '"one"'),), cut_at=200_000))
    with Download(service, "/large") as download:
        got = b"".join(iter(lambda: download.read(50_000), b""))
        assert download.tell() == len(body)
    assert got == body
    assert [one.headers.get("Range") for one in archives.log] == [None, "bytes=196608-"]  # whole blocks
    assert archives.log[1].headers["If-Range"] == '"one"'


ELSEWHERE = (("Content-Range", "bytes 5-299999/300000"),)


@pytest.mark.parametrize("more", [Reply(200, b"new" * 100_000), Reply(206, b"new" * 9, ELSEWHERE), Reply(206, b"new")])
def test_a_file_that_goes_on_elsewhere_is_not_patched_together(service, archives, more):
    archives.misbehave("/large", Reply(200, b"old" * 100_000, cut_at=200_000), more)
    with Download(service, "/large") as download, pytest.raises(ServiceError, match="cannot be taken up") as caught:
        list(iter(lambda: download.read(50_000), b""))
    assert caught.value.outcome == "truncated"


def test_a_file_that_is_not_there_is_named(service):
    with (
        pytest.raises(ServiceError, match="status 404; nothing to mend here") as caught,
        Download(service, "/none.warc.gz"),
    ):
        pass
    assert (caught.value.outcome, caught.value.is_over) == ("not_found", False)
    assert service.get("/page").status == 200


def test_a_large_file_is_not_held_in_memory(service, archives):
    archives.files["large"] = b"x" * 5_000_000
    held, given = set(), 0
    with Download(service, "/large") as download:
        while block := download.read(10_000):
            held.add(len(download._held) + len(block))
            given = max(given, len(block))
    assert max(held) <= 64 * 1024
    assert given == 10_000
