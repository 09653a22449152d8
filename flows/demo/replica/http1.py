"""As much of HTTP/1.1 as a polite reader needs: requests read, conditional ones decided, answers sent."""

import asyncio
import gzip
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from flows.demo.replica.answer import Answer

_CHUNK = 8192
_LEAST_TO_COMPRESS = 200


@dataclass(frozen=True)
class Request:
    """One request. Header names are lower-case; `host` is the name the client believes to talk to."""

    method: str
    target: str
    headers: dict[str, str]
    host: str
    scheme: str

    @property
    def keeps_connection(self) -> bool:
        """Whether the client wants to ask again on the same connection."""
        return self.headers.get("connection", "").lower() != "close"


def parse_request(head: bytes, tls_host: str | None) -> tuple[Request, Answer | None]:
    """The request of this head, and the refusal it deserves: no known method, or another host than TLS was told.

    `tls_host` is None on a plain connection. Raises ValueError where the head is no HTTP request.
    """
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    method, target, version = first.split(" ")
    if not version.startswith("HTTP/1."):
        message = f"no HTTP/1 request: {first!r}"
        raise ValueError(message)
    pairs = [line.partition(":") for line in lines]
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    asked = headers.get("host", "").partition(":")[0].lower()
    request = Request(method, target, headers, tls_host or asked, "https" if tls_host else "http")
    if tls_host and asked != tls_host:
        return request, Answer(HTTPStatus.MISDIRECTED_REQUEST)
    if method not in {"GET", "HEAD"}:
        return request, Answer(HTTPStatus.METHOD_NOT_ALLOWED, (("Allow", "GET, HEAD"),))
    return request, None


def unless_unchanged(request: Request, answer: Answer) -> Answer:
    """The answer, or 304 where the client's validators say that it has it; ETags are compared weakly."""
    if answer.status != HTTPStatus.OK:
        return answer
    tag, modified = answer.header("ETag"), answer.header("Last-Modified")
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is not None:
        known = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
        is_known = tag is not None and (tag.removeprefix("W/") in known or "*" in known)
    else:
        is_known = modified is not None and _is_not_after(modified, request.headers.get("if-modified-since"))
    if not is_known:
        return answer
    kept = tuple(pair for pair in answer.headers if pair[0] in {"ETag", "Last-Modified"})
    return Answer(HTTPStatus.NOT_MODIFIED, kept)


def _is_not_after(modified: str, since: str | None) -> bool:
    if since is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # a date that is none is as good as no condition (RFC 9110, 13.1.3)
        return False


async def send(writer: asyncio.StreamWriter, request: Request, answer: Answer) -> None:
    """Send an answer the way it asks to travel."""
    body, more = answer.body, {}
    if answer.framing == "gzip":
        more["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", "") and len(body) >= _LEAST_TO_COMPRESS:
            body, more["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
    is_chunked = answer.framing == "chunked"
    if is_chunked:
        more["Transfer-Encoding"] = "chunked"
        parts = [body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    elif answer.status != HTTPStatus.NOT_MODIFIED:
        more["Content-Length"] = str(len(body))
    if not request.keeps_connection:
        more["Connection"] = "close"
    has_body = request.method == "GET" and answer.status != HTTPStatus.NOT_MODIFIED
    writer.write(answer.head(more) + (body if has_body else b""))
    await writer.drain()
