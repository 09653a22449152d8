"""Archiving next to the wire: every answer goes to a WARC file as it was sent, before anyone else sees it."""

import contextlib
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from crawlers.archive import CLOSED_SUFFIX, OPEN_SUFFIX, ArchiveWriter
from crawlers.decoding import BadEncodingError, TooLargeError, decode_body
from crawlers.plan import Limits
from crawlers.wire import exchange_of

if TYPE_CHECKING:
    from crawlers.spider import PlanSpider

NOT_MODIFIED = 304


class ArchiveFailedError(Exception):
    """The archive cannot be written; the message names file and reason."""


class Archives:
    """The open WARC files of a run, one an outlet.

    A file is closed when its outlet ends, when it holds `warc_max_bytes` or has been open for `warc_max_s`.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._open: dict[str, tuple[ArchiveWriter, float]] = {}

    def writer(self, outlet: str) -> ArchiveWriter:
        """The file to write an outlet's next record to. Raises OSError."""
        if outlet in self._open:
            writer, since = self._open[outlet]
            if writer.size < self._limits.warc_max_bytes and monotonic() - since < self._limits.warc_max_s:
                return writer
            self.close(outlet)
        number = 1
        while any(
            (self._folder / f"{self._name(outlet, number)}{end}").exists() for end in (CLOSED_SUFFIX, OPEN_SUFFIX)
        ):
            number += 1
        writer = ArchiveWriter(self._folder, self._name(outlet, number))
        self._open[outlet] = (writer, monotonic())
        return writer

    def close(self, outlet: str) -> None:
        """Close an outlet's file, if it has one. Raises OSError; then the file keeps its open name."""
        if outlet in self._open:
            writer, _ = self._open.pop(outlet)
            writer.close()

    def abandon(self, outlet: str) -> None:
        """Leave an outlet's file under its open name: its last record is not whole."""
        if outlet in self._open:
            writer, _ = self._open.pop(outlet)
            with contextlib.suppress(OSError):  # what could not be written is why it is left
                writer.__exit__(ArchiveFailedError, None, None)

    def close_all(self) -> None:
        """Close all files. Raises OSError, after it has tried every one."""
        failed: OSError | None = None
        for outlet in list(self._open):
            try:
                self.close(outlet)
            except OSError as error:
                failed = error
        if failed is not None:
            raise failed

    def _name(self, outlet: str, number: int) -> str:
        return f"{self._limits.run}-{outlet}-{number:04d}"


class WarcMiddleware:
    """Innermost downloader middleware: redirects, retries, errors, robots.txt and 304 all pass it."""

    def __init__(self, archives: Archives) -> None:
        self._archives = archives

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; the spider brings the archives."""
        return cls(cast("PlanSpider", crawler.spider).archives)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive one answer and note where; a body past its cap, sent or unpacked, comes out cut.

        Raises ArchiveFailedError.
        """
        exchange = exchange_of(request)
        if exchange.cut is None and "dataloss" in response.flags:
            exchange.cut = "disconnect"
        body = response.body
        if exchange.cut == "length":
            body = body[: exchange.max_bytes]
        elif _is_bomb(body, _encoding(response), exchange.max_bytes):
            exchange.cut = "length"
            body = _within(body, _encoding(response), exchange.max_bytes)
        headers = header_pairs(response.headers)
        try:
            writer = self._archives.writer(exchange.outlet)
            if response.status == NOT_MODIFIED:
                where = writer.write_not_modified(request.url, headers, exchange.at, outlet=exchange.outlet)
            else:
                where = writer.write_response(
                    request.url,
                    response.status,
                    headers,
                    body,
                    exchange.at,
                    truncated=exchange.cut,
                    outlet=exchange.outlet,
                )
        except OSError as error:
            self._archives.abandon(exchange.outlet)
            message = f"the archive of {exchange.outlet} cannot be written: {error.strerror or error}"
            raise ArchiveFailedError(message) from error
        exchange.warc_file, exchange.warc_offset = where
        return response if body is response.body else response.replace(body=body)


def header_pairs(headers: Headers) -> list[tuple[str, str]]:
    """Header lines as sent, one pair a line, bytes read as Latin-1."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name in headers for value in headers.getlist(name)]


def _encoding(response: Response) -> str | None:
    value = response.headers.get("Content-Encoding")
    return value.decode("latin-1") if value else None


def _is_bomb(body: bytes, encoding: str | None, limit: int) -> bool:
    """Whether a body unpacks to more than `limit` bytes."""
    if encoding is None:
        return False
    try:
        decode_body(body, encoding, limit)
    except TooLargeError:
        return True
    except BadEncodingError:  # an encoding we did not ask for is for the reader of the archive to name
        return False
    return False


def _within(body: bytes, encoding: str | None, limit: int) -> bytes:
    """The longest beginning of a body that unpacks to no more than `limit` bytes."""
    low, high = 0, len(body)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _is_bomb(body[:middle], encoding, limit) else (middle, high)
    return body[:low]
