"""Common Crawl's news archive (CC-NEWS): which files a month has, and reading the few pages we want out of one."""

import re
import zlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Literal, Protocol

from fastwarc.warc import ArchiveIterator, WarcHeader, WarcRecord, WarcRecordType

from crawlers.archive import MAX_PAYLOAD, outcome_of_status
from crawlers.decoding import BadEncodingError, TooLargeError, decode_body, unpack
from crawlers.imports.files import BadInput, RawInput
from crawlers.imports.service import FOUND_AT, Service, ServiceError, failed
from crawlers.leads.moments import KYIV, read_moment
from crawlers.outlet import Outlet
from crawlers.plan import host_of

BASE_URL = "https://data.commoncrawl.org"
PACE_S = 2.0
FIRST_MONTH = date(2016, 8, 1)

LATE = timedelta(days=2)
"""How long after its publication the news crawl still meets an article for the first time."""

_LONGEST_LISTING = 5_000_000
_HELD = 16 << 20
_BLOCK = 64 * 1024
_GZIP = b"\x1f\x8b"
_PLAIN = ("https://", "http://")
_FILE = re.compile(r"crawl-data/CC-NEWS/\d{4}/\d\d/CC-NEWS-(\d{14})-\d+\.warc\.gz", re.ASCII)

Skipped = Literal["records", "other_host", "not_an_article"]


class Source(Protocol):
    """A binary stream: an open file, or a `Download`."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""

    def tell(self) -> int:
        """Bytes given out so far."""


@dataclass(frozen=True)
class NewsFile:
    """One file of a month's listing. `path` is as listed, without a slash; `begun_at` is when its crawling began."""

    path: str
    begun_at: datetime


@dataclass(frozen=True)
class Listing:
    """The files of a month by time, and the lines of its listing that name none."""

    files: tuple[NewsFile, ...]
    strange: tuple[str, ...] = ()


def check_month(year: int, month: int, today: date) -> date:
    """The first day of a month that can have files. Raises ValueError, in one line, for any other month."""
    try:
        first = date(year, month, 1)
    except ValueError:
        message = f"{year}-{month:02d} is no month; write it like 2024-02"
        raise ValueError(message) from None
    if first < FIRST_MONTH:
        message = f"{first:%Y-%m} is too early: the news archive begins in {FIRST_MONTH:%Y-%m}"
        raise ValueError(message)
    if first > today:
        message = f"{first:%Y-%m} is still to come; the latest month is {today:%Y-%m}"
        raise ValueError(message)
    return first


def listing(service: Service, year: int, month: int, today: date) -> Listing:
    """The files of a month. Whether each of them is still there shows when it is read.

    Raises ValueError for a month that cannot be, ServiceError where there is no listing or none that can be read.
    """
    path = f"/crawl-data/CC-NEWS/{check_month(year, month, today):%Y/%m}/warc.paths.gz"
    answer = service.get(path, max_bytes=_LONGEST_LISTING)
    if answer.status != HTTPStatus.OK:
        outcome = outcome_of_status(answer.status) or "http_error"
        raise failed(answer.url, f"no listing of this month (status {answer.status})", outcome)
    try:
        return parse_listing(answer.body)
    except (BadEncodingError, TooLargeError, ValueError) as error:
        raise failed(answer.url, f"no listing of files: {error}", "unreadable") from error


def parse_listing(body: bytes) -> Listing:
    """Read a listing, gzipped or not. Raises BadEncodingError, TooLargeError, and ValueError where it names no file."""
    text = unpack(body, "gzip", _LONGEST_LISTING) if body.startswith(_GZIP) else body
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    files, strange = [], []
    for line in lines:
        begun_at = read_begin(line)
        if begun_at is None:
            strange.append(line[:300])
        else:
            files.append(NewsFile(line, begun_at))
    if strange and not files:
        message = f"its first line is {strange[0][:80]!r}"
        raise ValueError(message)
    return Listing(tuple(sorted(files, key=lambda file: (file.begun_at, file.path))), tuple(strange))


def read_begin(path: str) -> datetime | None:
    """The moment (UTC) in the name of a news file, or None where it is no path of one."""
    named = _FILE.fullmatch(path)
    try:
        return datetime.strptime(named[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if named else None
    except ValueError:
        return None


def files_of(files: Sequence[NewsFile], first_day: date, last_day: date) -> list[NewsFile]:
    """Those files of one or more months, in order of time, that may hold pages of the Kyiv days given.

    A file holds what was met from its beginning to that of the next one; pages are met up to two days late.
    """
    begin = datetime.combine(first_day, time(), KYIV)
    end = datetime.combine(last_day + timedelta(days=1), time(), KYIV) + LATE
    before = [file for file in files if file.begun_at < begin]
    return [*before[-1:], *(file for file in files if begin <= file.begun_at < end)]


def read_news_warc(
    source: Path | Source, outlets: Mapping[str, Outlet], name: str, skipped: Counter[Skipped] | None = None
) -> Iterator[RawInput | BadInput]:
    """The articles of these outlets in a WARC file, read from one end to the other without holding it in memory.

    `name` is the file's address, which each page's item and headers keep, with the byte its record starts at.
    Records of other hosts are skipped by their WARC header alone. `skipped` counts all responses (`records`), those
    of other hosts, and those of the outlets' hosts whose address is no article by their rules. What is wrong with the
    file itself is one BadInput after everything that could be read. Raises OSError if a path cannot be opened.
    """
    tally: Counter[Skipped] = Counter() if skipped is None else skipped
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield from _read(_Watched(file), _by_host(outlets.values()), name, tally)
    else:
        yield from _read(_Watched(source), _by_host(outlets.values()), name, tally)


class _Watched:
    """A stream that keeps the bytes since `begin`, where the record at hand begins, so that a torn end shows."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._blocks: deque[bytes] = deque()
        self._kept_from = 0
        self._position = 0
        self._is_gzip = False
        self.begin = 0

    def read(self, size: int = _BLOCK, /) -> bytes:
        block = self._source.read(size)
        if self._position == 0:
            self._is_gzip = block.startswith(_GZIP)
        self._position += len(block)
        self._blocks.append(block)
        while self._kept_from + len(self._blocks[0]) <= max(self.begin, self._position - _HELD):
            self._kept_from += len(self._blocks.popleft())
            if not self._blocks:
                break
        return block

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        """Not to be had: the file is read once, from one end to the other."""
        message = f"no way to byte {offset} ({whence})"
        raise OSError(message)

    def close(self) -> None:
        """Whoever opened the source closes it."""

    def ends_torn(self) -> bool:
        """Whether what was read ends within a record; False where that cannot be told."""
        if self._kept_from > self.begin:
            return False
        held = b"".join(self._blocks)[self.begin - self._kept_from :]
        if not self._is_gzip:
            return not held.endswith(b"\r\n\r\n")
        engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while held.startswith(_GZIP):
            engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                while held and not engine.eof:
                    engine.decompress(held, _BLOCK)
                    held = engine.unconsumed_tail
            except zlib.error:
                return True
            if not engine.eof:
                return True
            held = engine.unused_data
        return False


def _by_host(outlets: Iterable[Outlet]) -> dict[str, list[Outlet]]:
    found: dict[str, list[Outlet]] = {}
    for outlet in outlets:
        for host in outlet.hosts:
            found.setdefault(host, []).append(outlet)
    return found


def _read(
    stream: _Watched, by_host: Mapping[str, list[Outlet]], name: str, skipped: Counter[Skipped]
) -> Iterator[RawInput | BadInput]:
    failure: tuple[str, str] | None = None
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
            stream.begin = record.stream_pos
            skipped["records"] += 1
            url = record.headers.get(WarcHeader.WARC_TARGET_URI) or ""
            candidates = by_host.get(_host(url))
            if candidates is None:
                skipped["other_host"] += 1
            elif not any(outlet.claims_url(url) for outlet in candidates):
                skipped["not_an_article"] += 1
            else:
                yield _page(record, url, f"{name}@{record.stream_pos}", name)
    except ServiceError as error:
        failure = error.outcome, str(error)
    except OSError as error:
        failure = "unreadable", f"{name}: nothing can be read after byte {stream.begin}: {error}"
    if failure is None and stream.tell() == 0:
        failure = "empty", f"{name}: the file holds no bytes"
    if failure is None and stream.ends_torn():
        failure = "truncated", f"{name}: it breaks off within the record at byte {stream.begin} or after it"
    if failure is not None:
        yield BadInput(name, *failure)


def _host(url: str) -> str:
    """The host of an address; the plain ones, nearly all, are not taken apart for it."""
    host = url.split("/", 3)[2] if url.startswith(_PLAIN) else ""
    return host if host.islower() and ":" not in host and "@" not in host else host_of(url) or ""


def _page(record: WarcRecord, url: str, item: str, name: str) -> RawInput | BadInput:
    try:
        record.parse_http(auto_decode="transfer")
        headers = record.http_headers.to_tuples()
        status = record.http_headers.status_code or 0
        is_chunked = "Transfer-Encoding" in record.http_headers
        left = 0 if is_chunked else record.content_length
        body = record.reader.read(MAX_PAYLOAD + 1)
        if len(body) > MAX_PAYLOAD:
            return BadInput(item, "too_large", f"{item}: {url}: a body of more than {MAX_PAYLOAD} bytes")
        payload, is_cut = decode_body(body, record.http_headers.get("Content-Encoding"), MAX_PAYLOAD)
    except TooLargeError as error:
        return BadInput(item, "too_large", f"{item}: {url}: {error}")
    except (BadEncodingError, OSError) as error:
        return BadInput(item, "unreadable", f"{item}: {url}: {error}")
    is_cut = is_cut or len(body) < left or record.headers.get(WarcHeader.WARC_TRUNCATED) is not None
    if (outcome := outcome_of_status(status)) is not None:
        return BadInput(item, outcome, f"{item}: {url}: status {status}")
    if not payload.strip():
        return BadInput(item, "truncated" if is_cut else "empty", f"{item}: {url} has no body")
    return RawInput(
        item=item,
        url=url,
        payload=payload,
        is_flat_text=False,
        content_type=record.http_headers.get("Content-Type"),
        fetched_at=read_moment(record.headers.get(WarcHeader.WARC_DATE), UTC),
        outlet=None,
        source_name=name.rpartition("/")[2],
        http_status=status,
        http_headers=(*headers, (FOUND_AT, item)),
        is_truncated=is_cut,
    )
