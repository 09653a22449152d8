import gzip
from datetime import UTC, datetime, timedelta, timezone

import brotli
import pytest
from backports import zstd

from crawlers import archive
from crawlers.archive import ArchiveWriter, NoPage, NoSuchPageError, Page, adopt_open, read_archive, read_page
from storage.terms import Outcome

AT = datetime(2026, 3, 4, 5, 6, 7, 890, tzinfo=timezone(timedelta(hours=2)))
HTML = "<html><body><p>Вигадана новина про гарантії.</p></body></html>".encode()
URL = "https://news.invalid/a/1"


def _write(folder, name="run-1", count=3):
    with ArchiveWriter(folder, name) as writer:
        for number in range(count):
            writer.write_response(f"{URL}{number}", 200, [("Content-Type", "text/html")], HTML + b"%d" % number, AT)
    return folder / f"{name}.warc.gz"


def _raw(*records):
    """Records as (headers, body) in the letter of the standard, each as one block of bytes."""
    blocks = []
    for headers, body in records:
        head = "WARC/1.0\r\n" + "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        blocks.append(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body + b"\r\n\r\n")
    return blocks


def _response(body, head="Content-Type: text/html", **more):
    headers = {"WARC-Type": "response", "WARC-Target-URI": URL, "WARC-Date": "2026-03-04T05:06:07Z", **more}
    return headers, b"HTTP/1.1 200 OK\r\n" + head.encode() + b"\r\n\r\n" + body


def test_a_response_comes_back_as_it_was_written(tmp_path):
    path = _write(tmp_path, count=1)
    [page] = read_archive(path)
    assert page.url == f"{URL}0"
    assert page.fetched_at == AT
    assert page.payload == HTML + b"0"
    assert (page.http_status, page.content_type, page.record_type) == (200, "text/html", "response")
    assert not page.is_truncated


def test_every_page_can_be_read_again_from_its_place(tmp_path):
    path = _write(tmp_path)
    for page in read_archive(path):
        assert read_page(tmp_path, page.warc_file, page.warc_offset) == page


def test_reading_where_no_page_is_says_so(tmp_path):
    path = _write(tmp_path)
    with pytest.raises(NoSuchPageError, match="no page at byte"):
        read_page(tmp_path, path.name, path.stat().st_size)


def test_a_file_keeps_outlet_name_and_unknown_moment(tmp_path):
    with ArchiveWriter(tmp_path, "files") as writer:
        urn = archive.file_urn(b"text")
        place = writer.write_resource(
            urn, b"text", None, None, outlet="hazeta", file_name="Моя стаття.txt", is_flat_text=True
        )
    page = read_page(tmp_path, *place)
    assert page.url == urn
    assert page.fetched_at is None
    assert page.content_type is None
    assert page.outlet_given == "hazeta"
    assert page.is_flat_text


def test_a_known_moment_of_a_file_is_kept(tmp_path):
    with ArchiveWriter(tmp_path, "files") as writer:
        place = writer.write_resource(URL, HTML, "text/html", AT)
    page = read_page(tmp_path, *place)
    assert page.fetched_at == AT
    assert page.record_type == "resource"
    assert not page.is_flat_text


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress), ("", bytes)]
)
def test_content_encodings_are_undone(tmp_path, encoding, pack):
    with ArchiveWriter(tmp_path, "e") as writer:
        place = writer.write_response(URL, 200, [("Content-Encoding", encoding)], pack(HTML), AT)
    assert read_page(tmp_path, *place).payload == HTML


def test_an_unpacked_body_under_its_old_header_is_left_alone(tmp_path):
    with ArchiveWriter(tmp_path, "e") as writer:
        place = writer.write_response(URL, 200, [("Content-Encoding", "gzip")], HTML, AT)
    assert read_page(tmp_path, *place).payload == HTML


def test_a_packed_body_that_breaks_off_is_marked_truncated(tmp_path):
    body = gzip.compress(bytes(range(256)) * 500, 1)
    with ArchiveWriter(tmp_path, "e") as writer:
        place = writer.write_response(URL, 200, [("Content-Encoding", "gzip")], body[:-40], AT)
    assert read_page(tmp_path, *place).is_truncated


def test_a_small_body_that_unpacks_to_a_huge_one_is_too_large(tmp_path):
    with ArchiveWriter(tmp_path, "bomb") as writer:
        writer.write_response(URL, 200, [("Content-Encoding", "gzip")], gzip.compress(b"a" * 10_000_001), AT)
    [found] = read_archive(tmp_path / "bomb.warc.gz")
    assert found.outcome == Outcome.TOO_LARGE


def test_a_huge_record_is_named_and_the_next_one_read(tmp_path):
    with ArchiveWriter(tmp_path, "big") as writer:
        writer.write_resource(URL, b"a" * 10_100_000, "text/html", AT)
        writer.write_resource(URL, HTML, "text/html", AT)
    big, page = read_archive(tmp_path / "big.warc.gz")
    assert big.outcome == Outcome.TOO_LARGE
    assert page.payload == HTML


def test_chunks_are_put_together(tmp_path):
    body = b"4\r\n<p>a\r\n4\r\n</p>\r\n0\r\n\r\n"
    (tmp_path / "c.warc").write_bytes(b"".join(_raw(_response(body, "Transfer-Encoding: chunked"))))
    [page] = read_archive(tmp_path / "c.warc")
    assert page.payload == b"<p>a</p>"


def test_a_revisit_is_not_modified(tmp_path):
    with ArchiveWriter(tmp_path, "r") as writer:
        writer.write_revisit(URL, 304, [], AT, payload_digest="sha1:AAAA", first_url=URL, first_at=AT)
    [found] = read_archive(tmp_path / "r.warc.gz")
    assert found.outcome == Outcome.NOT_MODIFIED


def test_a_server_s_refusal_is_a_page_with_its_status(tmp_path):
    with ArchiveWriter(tmp_path, "r") as writer:
        writer.write_response(URL, 403, [], b"", AT)
        writer.write_response(URL, 200, [], b"", AT)
    refused, empty = read_archive(tmp_path / "r.warc.gz")
    assert refused.http_status == 403
    assert empty.outcome == Outcome.EMPTY


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, None),
        (None, None),
        (301, "redirect"),
        (304, "not_modified"),
        (403, "forbidden"),
        (404, "not_found"),
        (410, "gone"),
        (418, "http_error"),
        (429, "rate_limited"),
        (503, "server_error"),
    ],
)
def test_a_status_stands_for_an_outcome(status, outcome):
    assert archive.outcome_of_status(status) == outcome


def test_an_unreadable_date_leaves_the_moment_unknown(tmp_path):
    headers, body = _response(HTML)
    (tmp_path / "d.warc").write_bytes(b"".join(_raw((headers | {"WARC-Date": "5088968-11-06T12:31:23Z"}, body))))
    [page] = read_archive(tmp_path / "d.warc")
    assert page.fetched_at is None
    assert page.payload == HTML


def test_records_that_are_no_pages_are_named(tmp_path):
    request = {"WARC-Type": "request", "WARC-Target-URI": URL}, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    info = {"WARC-Type": "warcinfo"}, b"software: none\r\n"
    lookup = {"WARC-Type": "response", "WARC-Target-URI": "dns:x"}, b"x 1 IN A 192.0.2.1"
    (tmp_path / "n.warc").write_bytes(b"".join(_raw(info, request, lookup, _response(HTML))))
    *others, page = read_archive(tmp_path / "n.warc")
    assert [other.outcome for other in others] == [Outcome.NOT_A_RESPONSE] * 3
    assert isinstance(page, Page)


def test_a_damaged_record_does_not_hide_the_next_one(tmp_path):
    path = _write(tmp_path)
    first, second, third = read_archive(path)
    data = bytearray(path.read_bytes())
    for place in range(second.warc_offset + 60, third.warc_offset):
        data[place] ^= 0x55
    (tmp_path / "damaged.warc.gz").write_bytes(data)
    found = list(read_archive(tmp_path / "damaged.warc.gz"))
    pages = [page.url for page in found if isinstance(page, Page) and not page.is_truncated]
    assert pages == [first.url, third.url]
    assert len(found) == 3


def test_a_record_without_address_does_not_hide_the_next_one(tmp_path):
    nameless = {"WARC-Type": "response", "WARC-Date": "2026-03-04T05:06:07Z"}, b"HTTP/1.1 200 OK\r\n\r\nx"
    (tmp_path / "n.warc").write_bytes(b"".join(_raw(nameless, _response(HTML))))
    bad, page = read_archive(tmp_path / "n.warc")
    assert bad.outcome == Outcome.UNREADABLE
    assert page.payload == HTML


def test_a_file_gzipped_as_one_piece_is_read_to_its_end(tmp_path):
    (tmp_path / "one.warc.gz").write_bytes(gzip.compress(b"".join(_raw(_response(b"one"), _response(b"two")))))
    pages = list(read_archive(tmp_path / "one.warc.gz"))
    assert [page.payload for page in pages] == [b"one", b"two"]
    assert read_page(tmp_path, "one.warc.gz", pages[1].warc_offset) == pages[1]


def test_a_record_spread_over_two_members_is_whole(tmp_path):
    [block] = _raw(_response(HTML))
    middle = block.index(b"<html>")
    (tmp_path / "s.warc.gz").write_bytes(gzip.compress(block[:middle]) + gzip.compress(block[middle:]))
    [page] = read_archive(tmp_path / "s.warc.gz")
    assert page.payload == HTML
    assert not page.is_truncated
    assert read_page(tmp_path, "s.warc.gz", 0) == page


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 400, b"no archive at all", gzip.compress(b"neither", mtime=0), b"\x1f\x8b\x08"]
)
def test_what_is_no_archive_gives_one_reason(tmp_path, content):
    (tmp_path / "x.warc.gz").write_bytes(content)
    [found] = read_archive(tmp_path / "x.warc.gz")
    assert isinstance(found, NoPage)
    assert found.outcome in set(Outcome)
    assert found.detail


def test_the_file_has_its_own_name_only_when_closed(tmp_path):
    writer = ArchiveWriter(tmp_path, "run")
    writer.write_resource(URL, HTML, "text/html", AT)
    assert [path.name for path in tmp_path.iterdir()] == ["run.warc.gz.open"]
    writer.close()
    assert [path.name for path in tmp_path.iterdir()] == ["run.warc.gz"]


def test_a_closed_file_is_never_written_again(tmp_path):
    _write(tmp_path)
    with pytest.raises(FileExistsError):
        ArchiveWriter(tmp_path, "run-1")


def test_a_dead_run_s_file_is_adopted_without_its_torn_tail(tmp_path):
    def die():
        with ArchiveWriter(tmp_path, "dead") as writer:
            writer.write_resource(URL, HTML, "text/html", AT)
            writer.write_resource(URL, HTML * 2, "text/html", AT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    torn = tmp_path / "dead.warc.gz.open"
    torn.write_bytes(torn.read_bytes()[:-9])
    adopted = adopt_open(torn)
    assert adopted.path == tmp_path / "dead.warc.gz"
    assert adopted.records == 1
    assert adopted.cut_bytes > 0
    assert [page.payload for page in read_archive(adopted.path)] == [HTML]
    assert not torn.exists()


def test_a_whole_open_file_is_adopted_whole(tmp_path):
    path = _write(tmp_path, count=300)
    before = path.read_bytes()
    adopted = adopt_open(path.rename(tmp_path / "run-1.warc.gz.open"))
    assert (adopted.records, adopted.cut_bytes) == (300, 0)
    assert path.read_bytes() == before


def test_nothing_is_printed_about_a_broken_file(tmp_path, capsys):
    path = _write(tmp_path)
    (tmp_path / "cut.warc.gz").write_bytes(path.read_bytes()[:-30])
    assert list(read_archive(tmp_path / "cut.warc.gz"))[-1].is_truncated
    assert capsys.readouterr() == ("", "")


@pytest.mark.shared
def test_every_record_of_odd_real_files_has_an_outcome(shared):
    files = sorted((shared / "captures" / "warc").iterdir())
    assert len(files) == 13
    for path in files:
        found = list(read_archive(path))
        assert found, path.name
        for one in found:
            if isinstance(one, NoPage):
                assert one.outcome in set(Outcome), one
                assert one.detail
            else:
                assert one.payload or one.http_status != 200
                assert read_page(path.parent, one.warc_file, one.warc_offset) == one
    assert {page.fetched_at for page in read_archive(path.parent / "stormcrawler--unparsable-date.warc.gz")
            if isinstance(page, Page)} == {None}  # fmt: skip


def test_a_tail_that_is_no_record_is_named(tmp_path):
    path = _write(tmp_path)
    last = list(read_archive(path))[-1]
    (tmp_path / "cut.warc.gz").write_bytes(path.read_bytes()[: last.warc_offset + 12])
    *pages, tail = read_archive(tmp_path / "cut.warc.gz")
    assert len(pages) == 2
    assert tail.outcome == Outcome.TRUNCATED


def test_written_dates_are_in_utc(tmp_path):
    path = _write(tmp_path, count=1)
    text = gzip.decompress(path.read_bytes()).decode()
    assert f"WARC-Date: {AT.astimezone(UTC):%Y-%m-%dT%H:%M:%S}" in text
