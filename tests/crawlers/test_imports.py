import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawlers.archive import ArchiveWriter
from crawlers.imports.files import BadInput, InputError, RawInput, read_inputs, saved_url
from storage.terms import Outcome

HTML = b"<html><head><link rel='canonical' href='https://hazeta.invalid/n/1/'></head><body><p>x</p></body></html>"


def _manifest(folder, *lines):
    path = folder / "pages.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def _only(path, outlet=None):
    [found] = read_inputs([path], outlet)
    return found


def test_a_saved_page_names_itself_and_its_moment_is_unknown(tmp_path):
    (tmp_path / "a.html").write_bytes(HTML)
    found = _only(tmp_path / "a.html", "hazeta")
    assert found.url == "https://hazeta.invalid/n/1/"
    assert found.payload == HTML
    assert found.fetched_at is None
    assert found.outlet == "hazeta"
    assert not found.is_flat_text


def test_a_gzipped_page_is_unpacked(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(HTML))
    assert _only(tmp_path / "a.html.gz").payload == HTML


def test_a_text_file_is_flat_text_without_address(tmp_path):
    (tmp_path / "a.txt").write_text("Заголовок\n\nТекст", "utf-8")
    found = _only(tmp_path / "a.txt")
    assert found.is_flat_text
    assert found.url is None


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (HTML, "https://hazeta.invalid/n/1/"),
        (b"<meta property='og:url' content='https://hazeta.invalid/n/2'>", "https://hazeta.invalid/n/2"),
        (b"<link rel=canonical href='/n/3'>", None),
        (b"<p>nothing said</p>", None),
        (b"", None),
    ],
)
def test_the_address_of_a_saved_page(html, url):
    assert saved_url(html) == url


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("a.txt", b"", Outcome.EMPTY),
        ("a.html", b" \n", Outcome.EMPTY),
        ("a.html", b"%PDF-1.4 ...", Outcome.BINARY),
        ("a.txt", b"ab\x00\x01\x02", Outcome.BINARY),
        ("a.html.gz", gzip.compress(bytes(range(256)) * 400)[:-50], Outcome.TRUNCATED),
        ("a.html.gz", b"not gzip", Outcome.UNREADABLE),
        ("a.html.gz", gzip.compress(b"a" * 10_000_001), Outcome.TOO_LARGE),
        ("a.html", b"a" * 10_000_001, Outcome.TOO_LARGE),
        ("a.docx", b"x", Outcome.NOT_HTML),
        ("a.warc.gz", b"junk", Outcome.UNREADABLE),
        ("a.warc.gz.open", b"junk", Outcome.UNREADABLE),
    ],
)
def test_what_gives_no_page_is_named(tmp_path, name, content, outcome):
    (tmp_path / name).write_bytes(content)
    found = _only(tmp_path / name)
    assert isinstance(found, BadInput)
    assert found.outcome == outcome
    assert name in found.detail


def test_utf_16_is_text(tmp_path):
    (tmp_path / "a.txt").write_text("Текст", "utf-16")
    assert isinstance(_only(tmp_path / "a.txt"), RawInput)


def test_a_path_that_does_not_exist_stops_before_anything_is_read(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        read_inputs([tmp_path / "nowhere"])


def test_a_folder_is_read_whole_and_in_order(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.html", "c.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(HTML)
    found = list(read_inputs([tmp_path]))
    assert [Path(one.item).name for one in found] == ["a.html", "c.bin", "1.txt", "2.txt"]
    assert [one.outcome for one in found if isinstance(one, BadInput)] == [Outcome.NOT_HTML]


def test_lines_of_a_manifest(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "p.html").write_bytes(HTML)
    path = _manifest(
        tmp_path,
        {"id": "f", "file": "sub/p.html", "fetched_at": "2026-01-02T03:04:05+02:00", "outlet": "own"},
        {"id": 7, "html": "<meta charset='windows-1251'><p>ї</p>", "url": "https://x.invalid/1"},
        "",
        {"id": "t", "text": "Рядок", "unknown": 1},
    )
    file, html, text = read_inputs([path], "given")
    assert (file.item, file.outlet, file.url) == ("f", "own", "https://hazeta.invalid/n/1/")
    assert file.fetched_at == datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC)
    assert (html.item, html.outlet, html.url) == ("7", "given", "https://x.invalid/1")
    assert html.content_type == "text/html; charset=utf-8"
    assert html.payload.decode() == "<meta charset='windows-1251'><p>ї</p>"
    assert (text.payload.decode(), text.is_flat_text) == ("Рядок", True)


@pytest.mark.parametrize(
    ("line", "outcome", "said"),
    [
        ("{not json", Outcome.UNREADABLE, "not JSON"),
        ("[1]", Outcome.UNREADABLE, "not a JSON object"),
        ({"text": "x"}, Outcome.UNREADABLE, "id"),
        ({"id": "a"}, Outcome.UNREADABLE, "exactly one"),
        ({"id": "a", "text": "x", "html": "y"}, Outcome.UNREADABLE, "exactly one"),
        ({"id": "a", "text": "x", "fetched_at": "2026-13-45"}, Outcome.UNREADABLE, "fetched_at"),
        ({"id": "a", "text": " "}, Outcome.EMPTY, "holds nothing"),
        ({"id": "a", "file": "none.html"}, Outcome.NOT_FOUND, "none.html"),
        ({"id": "a", "file": "p.docx"}, Outcome.NOT_HTML, "unknown extension"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number_and_the_next_is_read(tmp_path, line, outcome, said):
    (tmp_path / "p.docx").write_bytes(b"x")
    bad, good = read_inputs([_manifest(tmp_path, line, {"id": "z", "text": "x"})])
    assert isinstance(bad, BadInput)
    assert bad.outcome == outcome
    assert "pages.jsonl, line 1" in bad.detail
    assert said in bad.detail
    assert isinstance(good, RawInput)


def test_a_lone_surrogate_does_not_stop_the_reading(tmp_path):
    found = _only(_manifest(tmp_path, '{"id": "a", "text": "x \\ud800 y"}'))
    assert found.payload == b"x ? y"


def test_standard_input_is_a_manifest(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b'{"id": "a", "text": "x"}\n')))
    assert _only(Path("-")).item == "a"


def test_pages_of_a_warc_keep_what_the_archive_knows(tmp_path):
    at = datetime(2026, 1, 2, tzinfo=UTC)
    with ArchiveWriter(tmp_path, "w") as writer:
        writer.write_response("https://x.invalid/1", 200, [("Content-Type", "text/html")], HTML, at)
        writer.write_response("https://x.invalid/2", 404, [], b"gone", at)
        writer.write_resource("urn:x", b"t", None, None, outlet="own", is_flat_text=True)
    page, missing, text = read_inputs([tmp_path / "w.warc.gz"], "given")
    assert (page.url, page.fetched_at, page.outlet) == ("https://x.invalid/1", at, "given")
    assert (page.http_status, dict(page.http_headers)["Content-Type"]) == (200, "text/html")
    assert (missing.http_status, missing.payload) == (404, b"gone")
    assert (text.outlet, text.is_flat_text, text.fetched_at) == ("own", True, None)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-01-02T03:04:05+02:00", datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC)),
        ("2026-01-02", datetime(2026, 1, 2, tzinfo=UTC)),
        ("Thu, 02 Oct 2014 14:31:12 GMT", datetime(2014, 10, 2, 14, 31, 12, tzinfo=UTC)),
    ],
)
def test_moments_of_iso_and_of_http_are_read_alike(tmp_path, written, moment):
    [found] = read_inputs([_manifest(tmp_path, {"id": "a", "text": "x", "fetched_at": written})])
    assert found.fetched_at == moment
