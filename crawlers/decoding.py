"""Undo HTTP's content encodings, without ever unpacking more than was asked for."""

import zlib
from collections.abc import Callable, Iterator

import brotli
from backports import zstd

_STEP = 64 * 1024


class TooLargeError(Exception):
    """A body that would unpack to more bytes than allowed."""


class BadEncodingError(Exception):
    """A body that is not what its Content-Encoding says, or (`is_cut`) breaks off; `partial` is what came out."""

    def __init__(self, message: str, partial: bytes, *, is_cut: bool) -> None:
        super().__init__(message)
        self.partial = partial
        self.is_cut = is_cut


def _inflate(body: bytes, window: int) -> Iterator[bytes]:
    rest = body
    while rest:
        engine = zlib.decompressobj(window)
        while not engine.eof:
            piece = engine.decompress(rest, _STEP)
            rest = engine.unconsumed_tail
            if piece:
                yield piece
            elif not engine.eof:
                message = "the compressed body breaks off"
                raise EOFError(message)
        rest = engine.unused_data if engine.unused_data[:2] == b"\x1f\x8b" else b""


def _gunzip(body: bytes) -> Iterator[bytes]:
    return _inflate(body, zlib.MAX_WBITS | 16)


def _undeflate(body: bytes) -> Iterator[bytes]:
    try:
        next(_inflate(body, zlib.MAX_WBITS), b"")
    except zlib.error:
        return _inflate(body, -zlib.MAX_WBITS)  # some servers send the bare stream, without zlib's header
    return _inflate(body, zlib.MAX_WBITS)


def _unbrotli(body: bytes) -> Iterator[bytes]:
    engine = brotli.Decompressor()
    piece = engine.process(body, output_buffer_limit=_STEP)
    while piece:
        yield piece
        if engine.is_finished():
            return
        piece = engine.process(b"", output_buffer_limit=_STEP)
    if not engine.is_finished():
        message = "the compressed body breaks off"
        raise EOFError(message)


def _unzstd(body: bytes) -> Iterator[bytes]:
    engine = zstd.ZstdDecompressor()
    piece = engine.decompress(body, _STEP)
    while piece:
        yield piece
        if engine.eof:
            return
        piece = engine.decompress(b"", _STEP)
    if not engine.eof:
        message = "the compressed body breaks off"
        raise EOFError(message)


_UNPACK: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """A body with one content encoding undone.

    `encoding` is one name of a Content-Encoding header, lower case. Raises TooLargeError past `limit` bytes,
    BadEncodingError for an unknown encoding, a body that was never so encoded, or one that breaks off.
    """
    if encoding in {"", "identity", "none", "utf-8"}:
        return body
    if encoding not in _UNPACK:
        message = f"unknown content encoding {encoding!r}"
        raise BadEncodingError(message, b"", is_cut=False)
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in _UNPACK[encoding](body):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                message = f"unpacks to more than {limit} bytes"
                raise TooLargeError(message)
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
        is_cut = bool(pieces) or isinstance(error, EOFError)
        raise BadEncodingError(str(error), b"".join(pieces), is_cut=is_cut) from error
    return b"".join(pieces)


def decode_body(body: bytes, content_encoding: str | None, limit: int) -> tuple[bytes, bool]:
    """A body with all its content encodings undone, and whether it breaks off before its end.

    A body that is not encoded at all, though its header says so, comes back as it is: archives often store the
    unpacked body under the old header. Raises TooLargeError; BadEncodingError for an unknown encoding.
    """
    is_cut = False
    for encoding in reversed([name.strip().lower() for name in (content_encoding or "").split(",")]):
        try:
            body = unpack(body, encoding, limit)
        except BadEncodingError as error:
            if encoding not in _UNPACK:
                raise
            if error.is_cut:
                is_cut, body = True, error.partial
    return body, is_cut
