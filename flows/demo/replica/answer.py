"""One HTTP answer, before the server decides how it travels."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True)
class Answer:
    """Status, headers without those of framing and coding, and the body as it is before coding.

    `framing` says how the body travels: with its length, in chunks, or compressed where the client takes gzip.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    framing: str = "length"

    def header(self, name: str) -> str | None:
        """The value of a header, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def head(self, more: Mapping[str, str]) -> bytes:
        """Status line and headers, `more` after its own, with the blank line that ends them."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{key}: {value}" for key, value in (*self.headers, *more.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
