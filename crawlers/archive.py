"""The archive: WARC files, written next to the wire and read back by everything after.

A file is written as `<name>.warc.gz.open`, one gzip member a record, and gets its own name only when it is closed;
it is never appended to after that. Reading gives exactly one outcome a record and no exception for anything a file
may hold: a `Page`, or a `NoPage` that says why not.
"""

import hashlib
import io
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.warc_reading import (
    DATE_KNOWN,
    FILE_NAME,
    FLAT_TEXT,
    MAX_PAYLOAD,
    NO_CONTENT_TYPE,
    OUTLET,
    NoPage,
    NoSuchPageError,
    Page,
    outcome_of_status,
    read_archive,
    read_page,
)

__all__ = [
    "MAX_PAYLOAD",
    "Adopted",
    "ArchiveWriter",
    "NoPage",
    "NoSuchPageError",
    "Page",
    "adopt_open",
    "file_urn",
    "outcome_of_status",
    "read_archive",
    "read_page",
]

OPEN_SUFFIX = ".warc.gz.open"
CLOSED_SUFFIX = ".warc.gz"
FILE_URN = "urn:zaporuka:file:"
NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_BLOCK = 1 << 16


@dataclass(frozen=True)
class Adopted:
    """A file left open by a run that died, now closed; `cut_bytes` of an unfinished last record were cut off."""

    path: Path
    records: int
    cut_bytes: int


def file_urn(payload: bytes) -> str:
    """The address of a file that has none: a URN of its SHA-256."""
    return FILE_URN + hashlib.sha256(payload).hexdigest()


class ArchiveWriter:
    """Writes one WARC file in `folder`; use as a context manager.

    Leaving the block closes the file under `<name>.warc.gz`, durably and at once. Leaving it by an exception leaves
    `<name>.warc.gz.open`, for `adopt_open`. Raises FileExistsError if either name is taken.
    """

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{name}{CLOSED_SUFFIX}"
        self._open_path = folder / f"{name}{OPEN_SUFFIX}"
        if self.path.exists():
            raise FileExistsError(self.path)
        self._file = self._open_path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell()

    def close(self) -> Path:
        """Bring everything to disk and give the file its own name, which is returned."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            _rename(self._open_path, self.path)
        return self.path

    def write_resource(
        self,
        url: str,
        payload: bytes,
        content_type: str | None,
        at: datetime | None,
        *,
        outlet: str | None = None,
        file_name: str | None = None,
        is_flat_text: bool = False,
    ) -> tuple[str, int]:
        """Write what came without HTTP; returns (file name, offset). `at` is None where the moment is unknown."""
        headers = _dated(at, outlet)
        if file_name:
            headers[FILE_NAME] = quote(file_name)
        if is_flat_text:
            headers[FLAT_TEXT] = "yes"
        record = self._writer.create_warc_record(
            url,
            "resource",
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_content_type=content_type or NO_CONTENT_TYPE,
            warc_headers_dict=headers,
        )
        return self.copy_record(record)

    def write_response(
        self,
        url: str,
        status: int,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        at: datetime | None,
        *,
        reason: str = "",
        truncated: str | None = None,
        outlet: str | None = None,
    ) -> tuple[str, int]:
        """Write an HTTP response; returns (file name, offset).

        `body` is as sent, content encoding and all, but already put together from its chunks: a Transfer-Encoding
        header is kept under another name, since it no longer holds. `truncated` is a reason word of the WARC
        standard (`length`, `time`, `disconnect`) for a body that was cut. `at` is None where the moment is unknown.
        """
        warc_headers = _dated(at, outlet)
        if truncated:
            warc_headers["WARC-Truncated"] = truncated
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            warc_headers_dict=warc_headers,
            http_headers=_http_headers(status, reason, headers),
        )
        return self.copy_record(record)

    def write_revisit(
        self,
        url: str,
        status: int,
        headers: Sequence[tuple[str, str]],
        at: datetime,
        *,
        payload_digest: str,
        first_url: str,
        first_at: datetime,
    ) -> tuple[str, int]:
        """Write that a page was as before; returns (file name, offset). `payload_digest` is `sha1:<base32>`."""
        record = self._writer.create_revisit_record(
            url,
            payload_digest,
            first_url,
            _warc_date(first_at),
            http_headers=_http_headers(status, "", headers),
            warc_headers_dict={"WARC-Date": _warc_date(at)},
        )
        return self.copy_record(record)

    def write_not_modified(
        self, url: str, headers: Sequence[tuple[str, str]], at: datetime, *, outlet: str | None = None
    ) -> tuple[str, int]:
        """Write a 304, a revisit record without a payload digest; returns (file name, offset)."""
        record = self._writer.create_warc_record(
            url,
            "revisit",
            warc_headers_dict={**_dated(at, outlet), "WARC-Profile": NOT_MODIFIED_PROFILE},
            http_headers=_http_headers(304, "Not Modified", headers),
        )
        return self.copy_record(record)

    def copy_record(self, record: Any) -> tuple[str, int]:  # noqa: ANN401  warcio's records have no types
        """Write a record of warcio's as it is; returns (file name, offset)."""
        self._file.flush()
        offset = self._file.tell()
        self._writer.write_record(record)
        return self.path.name, offset


def adopt_open(path: Path) -> Adopted:
    """Close a file a dead run left open (`<name>.warc.gz.open`): whole records stay, an unfinished tail is cut off.

    Only for a file whose writer is known to be gone. Raises FileExistsError if the file's own name is taken.
    """
    closed = path.with_name(path.name.removesuffix(OPEN_SUFFIX) + CLOSED_SUFFIX)
    if closed.exists():
        raise FileExistsError(closed)
    with path.open("r+b") as file:
        records, end = _whole_members(file)
        cut = file.seek(0, os.SEEK_END) - end
        file.truncate(end)
        os.fsync(file.fileno())
    _rename(path, closed)
    return Adopted(closed, records, cut)


def _dated(at: datetime | None, outlet: str | None) -> dict[str, str]:
    """The standard demands a date; where nobody knows it, a header of ours says so."""
    headers = {"WARC-Date": _warc_date(at or datetime.now(UTC))}
    if at is None:
        headers[DATE_KNOWN] = "no"
    if outlet:
        headers[OUTLET] = outlet
    return headers


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _http_headers(status: int, reason: str, headers: Sequence[tuple[str, str]]) -> StatusAndHeaders:
    kept = [
        ("X-Crawl-Transfer-Encoding" if name.lower() == "transfer-encoding" else name, value) for name, value in headers
    ]
    return StatusAndHeaders(f"{status} {reason}".strip(), kept, protocol="HTTP/1.1")


def _whole_members(file: BinaryIO) -> tuple[int, int]:
    """How many whole gzip members stand at the start of a file, and the byte at which the last of them ends."""
    members = end = 0
    engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    position = 0
    rest = b""
    try:
        while block := rest or file.read(_BLOCK):
            engine.decompress(block)
            position += len(block) - len(engine.unused_data)
            rest = b""
            if engine.eof:
                members, end, rest = members + 1, position, engine.unused_data
                engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    except zlib.error:
        return members, end  # what follows is no gzip: the tail of a write that never ended
    return members, end


def _rename(path: Path, target: Path) -> None:
    path.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
