"""Reading WARC files that anyone may have written, whole or broken: one outcome a record, never an exception."""

import contextlib
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast
from urllib.parse import unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader

from crawlers.decoding import BadEncodingError, TooLargeError, decode_body

MAX_PAYLOAD = 10_000_000
"""Bytes of the largest body that is read; a larger one is named `too_large` and left in the file."""

OUTLET = "Zaporuka-Outlet"
FILE_NAME = "Zaporuka-File-Name"
DATE_KNOWN = "Zaporuka-Date-Known"
FLAT_TEXT = "Zaporuka-Flat-Text"
NO_CONTENT_TYPE = "application/octet-stream"

_RESOURCE_SCHEMES = ("http:", "https:", "file:", "urn:")
_HTTP_HEAD = 64 * 1024
_BLOCK = 1 << 20
_HEAD = 1024
_GZIP_MAGIC = b"\x1f\x8b\x08"
_RECORD_START = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")
_LONGEST_START = 12

RecordType = Literal["response", "resource", "revisit"]


@dataclass(frozen=True)
class Page:
    """One archived response or file.

    `payload` is the body with content and transfer encodings undone, never decoded to text. `fetched_at` is aware
    (UTC) or None where nobody knows when it was taken. `warc_offset` is the byte at which the record starts (see
    `read_page`). `outlet_given` is the slug a user gave with the file; `is_flat_text` marks text without HTML.
    `file_name` is the file it came in, where it came without HTTP; `http_headers` are as archived.
    """

    url: str
    fetched_at: datetime | None
    http_status: int | None
    content_type: str | None
    payload: bytes
    payload_sha256: str
    warc_file: str
    warc_offset: int
    record_type: RecordType
    is_truncated: bool
    outlet_given: str | None
    is_flat_text: bool
    file_name: str | None = None
    http_headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class NoPage:
    """A record that holds no page. `outcome` is a value of `storage.terms.Outcome`; `detail` says what was met."""

    item: str
    outcome: str
    detail: str


class NoSuchPageError(Exception):
    """There is no page where one was looked for; the message names file, offset and reason."""


def read_archive(path: Path) -> Iterator[Page | NoPage]:
    """Every record of a WARC file, gzipped or not, as one page or one reason why it is none.

    A damaged record is named `unreadable` and reading goes on at the next one; a record whose end is missing is a
    page marked truncated. Raises OSError only if the file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            yield NoPage(path.name, "empty", "the file holds no bytes")
            return
        if not head.startswith(_GZIP_MAGIC) and b"WARC/" not in head:
            yield NoPage(path.name, "unreadable", "it does not begin like a WARC file")
            return
        start: int | None = 0
        count = 0
        while start is not None:
            file.seek(start)
            walk = _Walk(path.name, file)
            for found in walk.outcomes():
                count += 1
                yield found
            if walk.is_one_gzip_member:
                yield from _read_as_one_member(path, count)
                return
            start = _next_record(file, walk.last_offset + 1) if walk.is_broken else None
            if not walk.is_broken and _has_torn_tail(file, walk.end):
                yield NoPage(f"{path.name}@{walk.end}", "truncated", "what stands from here on is no whole record")
                start = _next_record(file, walk.end + 1)


def read_page(folder: Path, warc_file: str, offset: int) -> Page:
    """The page whose record starts at `offset` of a WARC file in `folder`, as `Page.warc_offset` gave it.

    In a file gzipped as one piece the offset counts unpacked bytes. Raises NoSuchPageError, OSError.
    """
    path = folder / warc_file
    with path.open("rb") as raw:
        is_gzip = raw.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        raw.seek(offset)
        if is_gzip and raw.read(len(_GZIP_MAGIC)) != _GZIP_MAGIC:
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) as whole:
                whole.seek(offset)
                found = next(_Walk(warc_file, cast("BinaryIO", whole)).outcomes(), None)
        else:
            raw.seek(offset)
            found = next(_Walk(warc_file, raw).outcomes(), None)
    if isinstance(found, Page):
        return found
    reason = f"{found.outcome}: {found.detail}" if found else "the file ends before it"
    message = f"{path}: no page at byte {offset}: {reason}"
    raise NoSuchPageError(message)


def outcome_of_status(status: int | None) -> str | None:
    """The outcome (a value of `storage.terms.Outcome`) an HTTP status stands for; None where the body decides."""
    exact = {
        304: "not_modified",
        403: "forbidden",
        401: "forbidden",
        404: "not_found",
        410: "gone",
        429: "rate_limited",
    }
    if status is None or 200 <= status < 300:  # noqa: PLR2004  the hundreds of HTTP are its own names
        return None
    return exact.get(status) or {3: "redirect", 5: "server_error"}.get(status // 100, "http_error")


class _Walk:
    """One pass over a stream of records from where it stands, until its end or the first damage."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        self._file = file
        self.last_offset = file.tell()
        self.is_broken = False
        self.is_one_gzip_member = False
        self._records = ArchiveIterator(file)

    @property
    def end(self) -> int:
        """The byte at which what was read ends."""
        return int(self._records.offset)

    def outcomes(self) -> Iterator[Page | NoPage]:
        last_read = -1
        while True:
            try:
                record = _quietly(self._next)
                if record is None:
                    return
                self.last_offset = last_read = self._records.offset
                found = self._outcome(record)
            except Exception as error:  # noqa: BLE001  a broken file fails in any way inside warcio; it is named below
                self.is_one_gzip_member = "non-chunked gzip" in str(error)
                self.is_broken = not self.is_one_gzip_member
                self.last_offset = max(self.last_offset, self._records.offset)
                if self.is_broken and self._records.offset != last_read:
                    yield self._none(self.last_offset, "unreadable", _one_line(error))
                return
            yield (self._across_members() or found) if self.is_broken else found
            if self.is_broken:
                return

    def _across_members(self) -> Page | None:
        """The whole record where its body stands in gzip members of its own, against the standard; else None."""
        if isinstance(self._file, gzip.GzipFile):
            return None
        self._file.seek(self.last_offset)
        with gzip.GzipFile(fileobj=self._file) as joined:
            found = next(_Walk(self.name, cast("BinaryIO", joined)).outcomes(), None)
        if isinstance(found, Page) and not found.is_truncated:
            return replace(found, warc_offset=self.last_offset)
        return None

    def _next(self) -> Any:  # noqa: ANN401  warcio's records have no types
        return next(self._records, None)

    def _none(self, offset: int, outcome: str, detail: str) -> NoPage:
        return NoPage(f"{self.name}@{offset}", outcome, detail)

    def _outcome(self, record: Any) -> Page | NoPage:  # noqa: ANN401  idem
        offset = self.last_offset
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if not _may_be_page(record, url):
            return self._none(offset, *_not_a_page(record, url))
        try:
            payload, is_cut = self._payload(record)
        except (TooLargeError, BadEncodingError) as error:
            outcome = "too_large" if isinstance(error, TooLargeError) else "unreadable"
            return self._none(offset, outcome, f"{url}: {error}")
        status = _status(record)
        if not payload and record.rec_type == "revisit":
            return self._none(offset, *_not_a_page(record, url))
        if not payload and outcome_of_status(status) is None:
            return self._none(offset, "truncated" if is_cut else "empty", f"{url} has no body")
        return Page(
            url=url,
            fetched_at=_moment(record),
            http_status=status,
            content_type=_content_type(record),
            payload=payload,
            payload_sha256=hashlib.sha256(payload).hexdigest(),
            warc_file=self.name,
            warc_offset=offset,
            record_type=cast("RecordType", record.rec_type),
            is_truncated=is_cut or bool(record.rec_headers.get_header("WARC-Truncated")),
            outlet_given=record.rec_headers.get_header(OUTLET),
            is_flat_text=record.rec_headers.get_header(FLAT_TEXT) == "yes",
            file_name=_file_name(record),
            http_headers=tuple(record.http_headers.headers) if record.http_headers is not None else (),
        )

    def _payload(self, record: Any) -> tuple[bytes, bool]:  # noqa: ANN401  idem
        """The body with transfer and content encodings undone, and whether its end is missing."""
        if (record.length or 0) > MAX_PAYLOAD + _HTTP_HEAD:
            message = f"a record of {record.length} bytes"
            raise TooLargeError(message)
        http = record.http_headers
        stream = record.raw_stream
        if http is not None and (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
            stream = ChunkedDataReader(record.raw_stream)
        body = _quietly(lambda: stream.read(MAX_PAYLOAD + 1))
        if len(body) > MAX_PAYLOAD:
            message = f"a body of more than {MAX_PAYLOAD} bytes"
            raise TooLargeError(message)
        record.raw_stream.read(MAX_PAYLOAD)
        self.is_broken = getattr(record.raw_stream, "limit", 0) > 0
        encoding = http.get_header("Content-Encoding") if http is not None else None
        payload, is_cut = decode_body(body, encoding, MAX_PAYLOAD)
        return payload, is_cut or self.is_broken


def _read_as_one_member(path: Path, already_read: int) -> Iterator[Page | NoPage]:
    """Records of a file gzipped as one piece, against the standard; offsets count unpacked bytes."""
    with gzip.open(path) as whole:
        found = _Walk(path.name, cast("BinaryIO", whole)).outcomes()
        for number, outcome in enumerate(found):
            if number >= already_read:
                yield outcome


def _has_torn_tail(file: BinaryIO, end: int) -> bool:
    """Whether more than blank bytes stand after what was read."""
    file.seek(end)
    return bool(file.read(_BLOCK).strip())


def _next_record(file: BinaryIO, start: int) -> int | None:
    """The byte at or after `start` at which a record can be read, or None."""
    file.seek(0)
    is_gzip = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
    position = start
    file.seek(position)
    block = file.read(_BLOCK)
    while block:
        for match in re.finditer(re.escape(_GZIP_MAGIC), block) if is_gzip else _RECORD_START.finditer(block):
            if not is_gzip or _starts_record(file, position + match.start()):
                return position + match.start()
        if len(block) <= _LONGEST_START:
            return None
        position += len(block) - _LONGEST_START  # a start may lie across two blocks
        file.seek(position)
        block = file.read(_BLOCK)
    return None


def _starts_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(4096), 5) == b"WARC/"
    except zlib.error:
        return False


def _quietly(step: Callable[[], Any]) -> Any:  # noqa: ANN401  whatever the step returns
    """Do a step of warcio's without what it prints; what is wrong with a record we say ourselves."""
    with contextlib.redirect_stderr(io.StringIO()):
        return step()


def _may_be_page(record: Any, url: str) -> bool:  # noqa: ANN401  idem
    if record.rec_type == "resource":
        return url.lower().startswith(_RESOURCE_SCHEMES)
    return record.rec_type in {"response", "revisit"} and record.http_headers is not None


def _not_a_page(record: Any, url: str) -> tuple[str, str]:  # noqa: ANN401  idem
    if record.rec_type == "revisit":
        return "not_modified", f"{url} was as before"
    return "not_a_response", f"a record of type {record.rec_type} {url}".rstrip()


def _status(record: Any) -> int | None:  # noqa: ANN401  idem
    code = record.http_headers.get_statuscode() if record.http_headers is not None else ""
    return int(code) if code.isdecimal() else None


def _content_type(record: Any) -> str | None:  # noqa: ANN401  idem
    if record.http_headers is not None:
        value = record.http_headers.get_header("Content-Type")
    else:
        value = None if record.content_type == NO_CONTENT_TYPE else record.content_type
    return (value or "").strip() or None


def _moment(record: Any) -> datetime | None:  # noqa: ANN401  idem
    """The moment a record was taken, or None: not known, or written in a way nobody can read."""
    if record.rec_headers.get_header(DATE_KNOWN) == "no":
        return None
    try:
        moment = datetime.fromisoformat((record.rec_headers.get_header("WARC-Date") or "").strip())
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _file_name(record: Any) -> str | None:  # noqa: ANN401  idem
    name = record.rec_headers.get_header(FILE_NAME)
    return unquote(name) if name else None


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
