"""From the bytes of a body to readable text, piece by piece: unpacked if it is gzip, in UTF-8 whatever was declared."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from crawlers.leads.results import Problem

MAX_BYTES = 50_000_000
"""Largest feed or sitemap read, unpacked: the limit the sitemap protocol sets."""

MAX_LIST_BYTES = 5_000_000
"""Largest list page read, unpacked: its tree is built whole and takes many times its size."""

_PIECE = 64 * 1024
_GZIP = b"\x1f\x8b"


class ReadableText:
    """The text of one body as an iterator of pieces; after it ended, `problem` says whether it was cut or too large.

    Gzip is told by its first bytes, not by a name. Never more than `max_bytes` are unpacked. Bytes that are valid
    UTF-8 are UTF-8 even if the body or `content_type` claim otherwise; else the claim holds; without one it is
    windows-1251. What cannot be decoded becomes U+FFFD.
    """

    def __init__(self, body: bytes, content_type: str | None, max_bytes: int = MAX_BYTES) -> None:
        self.problem: Problem | None = None
        self._body = body
        self._content_type = content_type
        self._max_bytes = max_bytes

    def __iter__(self) -> Iterator[str]:
        pieces = self._pieces()
        head = next(pieces, b"")
        encoding, skipped = _encoding(head, self._content_type)
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        yield decoder.decode(head[skipped:])
        for piece in pieces:
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)

    def _pieces(self) -> Iterator[bytes]:
        raw = io.BytesIO(self._body)
        left = self._max_bytes
        with gzip.GzipFile(fileobj=raw) if self._body.startswith(_GZIP) else raw as stream:
            while True:
                try:
                    piece = stream.read1(_PIECE)
                except (EOFError, OSError, zlib.error):  # cut off, or no longer gzip
                    self.problem = Problem.TRUNCATED
                    return
                if not piece:
                    return
                if len(piece) > left:
                    self.problem = Problem.TOO_LARGE
                    yield piece[:left]
                    return
                left -= len(piece)
                yield piece


def _encoding(head: bytes, content_type: str | None) -> tuple[str, int]:
    """The codec to decode with, told by the first piece, and the length of a byte order mark."""
    marked, mark = read_bom(head)
    if marked and mark:
        return marked, len(mark)
    claimed = html_body_declared_encoding(head[:4096]) or http_content_type_encoding(content_type)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut at the end of the piece is no error
    except UnicodeDecodeError:
        return (claimed if claimed and claimed != "utf-8" else "cp1251"), 0
    return (claimed if claimed and head.isascii() else "utf-8"), 0
