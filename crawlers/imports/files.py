"""Reading what a user hands over: saved pages, plain texts, WARC files, JSONL manifests, folders of these.

Every input gives one `RawInput` or one `BadInput` that names what is wrong; only a path the user typed that does not
exist stops the reading.
"""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import lxml.etree
import lxml.html

from crawlers.archive import MAX_PAYLOAD, OPEN_SUFFIX, NoPage, read_archive
from crawlers.decoding import BadEncodingError, TooLargeError, unpack
from crawlers.imports.manifest import Line, read_lines

STDIN = "-"
HTML_UTF8 = "text/html; charset=utf-8"
_HTML = (".html", ".htm", ".html.gz", ".htm.gz")
_TEXT = (".txt", ".txt.gz")
_WARC = (".warc", ".warc.gz")
_MANIFEST = (".jsonl",)
_KNOWN = "html, htm, txt (each also .gz), warc, warc.gz, jsonl"
_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SNIFFED = 8192


class InputError(Exception):
    """A path the user named that does not exist; the message is one line for them."""


@dataclass(frozen=True)
class RawInput:
    """One page as it was handed over.

    `payload` is the body's bytes, unpacked, never decoded to text; `is_flat_text` marks text without HTML.
    `fetched_at` is aware, or None where nobody knows. `source_name` is the file it stood in.
    What came by HTTP (`http_status` is set) has its headers, and `is_truncated` if its end is missing.
    """

    item: str
    url: str | None
    payload: bytes
    is_flat_text: bool
    content_type: str | None
    fetched_at: datetime | None
    outlet: str | None
    source_name: str
    http_status: int | None = None
    http_headers: tuple[tuple[str, str], ...] = ()
    is_truncated: bool = False


@dataclass(frozen=True)
class BadInput:
    """An input that gives no page. `outcome` is a value of `storage.terms.Outcome`; `detail` says where and why."""

    item: str
    outcome: str
    detail: str


def read_inputs(paths: Sequence[Path], outlet: str | None = None) -> Iterator[RawInput | BadInput]:
    """All inputs under the paths, in the order given; folders recursively, sorted by name; `-` is JSONL on stdin.

    `outlet` is a slug for all inputs that do not name one themselves. Raises InputError, before anything is read,
    for a path that does not exist.
    """
    for path in paths:
        if str(path) != STDIN and not path.exists():
            message = f"{path}: no such file or folder"
            raise InputError(message)
    return _inputs(paths, outlet)


def _inputs(paths: Sequence[Path], outlet: str | None) -> Iterator[RawInput | BadInput]:
    for path in paths:
        if str(path) == STDIN:
            yield from _manifest(sys.stdin.buffer, STDIN, Path(), outlet)
        elif path.is_dir():
            for file in _files(path):
                yield from _file(file, outlet)
        else:
            yield from _file(path, outlet)


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def _file(path: Path, outlet: str | None) -> Iterator[RawInput | BadInput]:
    name = path.name.lower()
    try:
        if name.endswith(OPEN_SUFFIX):
            yield BadInput(str(path), "unreadable", f"{path}: still being written")
        elif name.endswith(_WARC):
            yield from _warc(path, outlet)
        elif name.endswith(_MANIFEST):
            with path.open("rb") as lines:
                yield from _manifest(lines, str(path), path.parent, outlet)
        else:
            yield _saved(path, str(path), outlet)
    except OSError as error:
        yield BadInput(str(path), "unreadable", f"{path}: {error.strerror or error}")


def _saved(path: Path, item: str, outlet: str | None) -> RawInput | BadInput:
    """A saved page or text file. Nobody knows when it was taken; its address is the one it gives itself."""
    name = path.name.lower()
    is_text = name.endswith(_TEXT)
    if not is_text and not name.endswith(_HTML):
        return BadInput(item, "not_html", f"{path}: unknown extension; known are {_KNOWN}")
    payload = _read(path, item)
    if isinstance(payload, BadInput):
        return payload
    return RawInput(
        item=item,
        url=None if is_text else saved_url(payload),
        payload=payload,
        is_flat_text=is_text,
        content_type="text/plain" if is_text else None,
        fetched_at=None,
        outlet=outlet,
        source_name=path.name,
    )


def _read(path: Path, item: str) -> bytes | BadInput:
    if path.stat().st_size > MAX_PAYLOAD:
        return BadInput(item, "too_large", f"{path}: more than {MAX_PAYLOAD} bytes")
    payload = path.read_bytes()
    if path.name.lower().endswith(".gz") and payload:
        try:
            payload = unpack(payload, "gzip", MAX_PAYLOAD)
        except TooLargeError:
            return BadInput(item, "too_large", f"{path}: unpacks to more than {MAX_PAYLOAD} bytes")
        except BadEncodingError as error:
            return BadInput(item, "truncated" if error.is_cut else "unreadable", f"{path}: gzip: {error}")
    return _judged(payload, item, str(path))


def _judged(payload: bytes, item: str, where: str) -> bytes | BadInput:
    if not payload.strip():
        return BadInput(item, "empty", f"{where}: holds nothing")
    head = payload[:_SNIFFED]
    if head.startswith(_MAGIC) or (b"\x00" in head and not head.startswith(_UTF16)):
        return BadInput(item, "binary", f"{where}: neither text nor HTML")
    return payload


def _warc(path: Path, outlet: str | None) -> Iterator[RawInput | BadInput]:
    for found in read_archive(path):
        if isinstance(found, NoPage):
            yield BadInput(found.item, found.outcome, f"{path}: {found.detail}")
            continue
        item = f"{found.warc_file}@{found.warc_offset}"
        yield RawInput(
            item=item,
            url=found.url,
            payload=found.payload,
            is_flat_text=found.is_flat_text,
            content_type=found.content_type,
            fetched_at=found.fetched_at,
            outlet=found.outlet_given or outlet,
            source_name=path.name,
            http_status=found.http_status,
            http_headers=found.http_headers,
            is_truncated=found.is_truncated,
        )


def _manifest(lines: BinaryIO, source: str, folder: Path, outlet: str | None) -> Iterator[RawInput | BadInput]:
    for line in read_lines(lines, source):
        if isinstance(line, Line):
            yield _of_line(line, source, folder, outlet)
        else:
            yield BadInput(line.item, line.outcome, line.detail)


def _of_line(line: Line, source: str, folder: Path, outlet: str | None) -> RawInput | BadInput:
    slug = line.outlet or outlet
    if line.file is not None:
        found = _listed(folder / line.file, line, slug)
        if isinstance(found, BadInput):
            return BadInput(line.id, found.outcome, f"{line.where}: {found.detail}")
        return found
    text = line.html if line.html is not None else line.text or ""
    payload = _judged(text.encode("utf-8", "replace"), line.id, line.where)
    if isinstance(payload, BadInput):
        return payload
    is_html = line.html is not None
    return RawInput(
        item=line.id,
        url=line.url or (saved_url(payload) if is_html else None),
        payload=payload,
        is_flat_text=not is_html,
        content_type=HTML_UTF8 if is_html else "text/plain; charset=utf-8",  # a str has no other encoding
        fetched_at=line.fetched_at,
        outlet=slug,
        source_name=source,
    )


def _listed(path: Path, line: Line, outlet: str | None) -> RawInput | BadInput:
    if not path.is_file():
        return BadInput(line.id, "not_found", f"{path}: no such file")
    try:
        found = _saved(path, line.id, outlet)
    except OSError as error:
        return BadInput(line.id, "unreadable", f"{path}: {error.strerror or error}")
    if isinstance(found, BadInput):
        return found
    return RawInput(
        item=line.id,
        url=line.url or found.url,
        payload=found.payload,
        is_flat_text=found.is_flat_text,
        content_type=line.content_type or found.content_type,
        fetched_at=line.fetched_at,
        outlet=outlet,
        source_name=found.source_name,
    )


def saved_url(payload: bytes) -> str | None:
    """The address a saved page gives itself: rel=canonical, else og:url, if absolute; else None."""
    try:
        tree = lxml.etree.parse(io.BytesIO(payload), lxml.html.HTMLParser())
    except (lxml.etree.LxmlError, ValueError):
        return None
    if tree.getroot() is None:
        return None
    links = [link.get("href", "") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split()]
    links += [meta.get("content", "") for meta in tree.iter("meta") if meta.get("property") == "og:url"]
    urls = [link.strip() for link in links]
    return next((url for url in urls if url.lower().startswith(("http://", "https://")) and " " not in url), None)
