"""A large file of a service, read as it comes: nothing but the block at hand is held in memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx

from crawlers.archive import outcome_of_status
from crawlers.imports.service import Service, ServiceError, failed

Blocks = Iterator[bytes]

_BLOCK = 64 * 1024


class Download:
    """A large file of a service as a binary stream: `read` and `tell`; use as a context manager.

    `path` begins with a slash. A connection that breaks is taken up again where it broke. Opening and every read may
    raise ServiceError.
    """

    def __init__(self, service: Service, path: str) -> None:
        self._service = service
        self._path = path
        self._connection = ExitStack()
        self._blocks: Blocks | None = None
        self._held = b""
        self._received = 0
        self._tag: str | None = None
        self.address = service.address(path)

    def __enter__(self) -> Self:
        self._service.patiently(self._path, self._open_once)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        self._blocks = None
        self._connection.close()

    def tell(self) -> int:
        """Bytes given out so far."""
        return self._received - len(self._held)

    def read(self, size: int = _BLOCK) -> bytes:
        """The next bytes, at most `size`, maybe fewer; none at the end of the file."""
        if not self._held:
            self._held = self._service.patiently(self._path, self._next_block)
            self._received += len(self._held)
        given, self._held = self._held[:size], self._held[size:]
        return given

    def _next_block(self) -> bytes:
        if self._blocks is None:
            self._open_once()
        try:
            with self._service.failures_named():
                return next(self._blocks or iter(()), b"")
        except BaseException:
            self._close()
            raise

    def _open_once(self) -> None:
        self._close()
        headers = {"Accept-Encoding": "identity"}
        if self._received:
            headers |= {"Range": f"bytes={self._received}-"} | ({"If-Range": self._tag} if self._tag else {})
        answer = self._connection.enter_context(self._service.answered(self._path, None, headers))
        if bad := self._why_not(answer):
            self._close()
            raise bad
        self._tag = answer.headers.get("ETag")
        self._blocks = answer.iter_raw(_BLOCK)

    def _why_not(self, answer: httpx.Response) -> ServiceError | None:
        status = answer.status_code
        if not self._received and status == HTTPStatus.OK:
            return None
        if self._received:
            goes_on = answer.headers.get("Content-Range", "").startswith(f"bytes {self._received}-")
            if goes_on and status == HTTPStatus.PARTIAL_CONTENT:
                return None
            why = f"broke off after {self._received} bytes and cannot be taken up there (status {status})"
            return failed(self.address, why, "truncated")
        return failed(self.address, f"status {status}", outcome_of_status(status) or "http_error")
