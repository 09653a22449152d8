"""What may be asked, what an answer means, and what is asked again: the spider's judgement, without its hands."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError
from scrapy.http import Response
from w3lib.url import safe_url_string

from crawlers.guard import GuardRefusedError, is_ip_literal
from crawlers.plan import Limits, OutcomeWord
from crawlers.wire import Exchange

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ASKED_TO_WAIT = frozenset({429, 503})
WORTH_A_TRY = frozenset({"timeout", "server_error", "rate_limited", "no_response", "truncated"})
NEVER_SENT = frozenset({"guard_refused", "dns_failed"})

SILENT_IN_A_ROW = 20
"""After so many requests in a row that a host group left without an answer, the rest of them is not sent."""

LONGEST_HOLD_S = 3600.0
"""A host group that makes us wait longer than this in one run, all in all, is not asked again in it."""

_WORDS: dict[int, OutcomeWord] = {
    304: "not_modified",
    401: "forbidden",
    403: "forbidden",
    404: "not_found",
    410: "gone",
    429: "rate_limited",
}
_WORDS_OF_HUNDREDS: dict[int, OutcomeWord] = {2: "fetched", 5: "server_error"}


@dataclass(frozen=True)
class Answer:
    """What one request, or the last of a chain of them, came to.

    `outcome` is a redirect's own until it is followed. `response` is None where none came; `seconds` is the time
    spent waiting for it and for all before it.
    """

    outcome: OutcomeWord
    url: str | None
    detail: str | None = None
    response: Response | None = None
    exchange: Exchange | None = None
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """The first value of a header of the response, or None."""
        value = self.response.headers.get(name) if self.response is not None else None
        return value.decode("latin-1") if value else None


def why_refused(url: str, limits: Limits) -> str | None:
    """Why a URL must not be asked whoever names it, or None: only plain HTTP to named hosts the plan knows."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"not a URL: {error}"
    if parts.scheme not in {"http", "https"} or not host:
        return "not an http(s) URL"
    if parts.username is not None or parts.password is not None:
        return "a URL with a user name in it"
    if is_ip_literal(host):
        return f"{host} is an address, not a name"
    if not limits.group_of(host):
        return f"{host} is not a host of this plan"
    return None


def answer_of(response: Response, exchange: Exchange, url: str, seconds: float, *, is_conditional: bool) -> Answer:
    """What a response means; the body itself is not judged."""
    status = response.status
    outcome: OutcomeWord = _WORDS.get(status) or _WORDS_OF_HUNDREDS.get(status // 100, "http_error")
    detail = None
    if status in REDIRECTS:
        outcome = "redirect"
    elif status == HTTPStatus.NOT_MODIFIED and not is_conditional:
        outcome, detail = "http_error", "304 though nothing was asked conditionally"
    elif outcome == "fetched" and exchange.cut == "length":
        outcome, detail = "too_large", f"more than {exchange.max_bytes} bytes"
    elif outcome == "fetched" and exchange.cut == "time":
        outcome, detail = "timeout", f"not all there after {exchange.timeout_s:g} s"
    elif outcome == "fetched" and exchange.cut == "disconnect":
        outcome, detail = "truncated", "the connection ended before the body did"
    elif outcome in {"http_error", "server_error"}:
        detail = f"status {status}"
    return Answer(outcome, url, detail, response, exchange, seconds)


def answer_of_error(error: Exception, exchange: Exchange, url: str, seconds: float) -> Answer:
    """What it means that no response came."""
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    outcome: OutcomeWord = "no_response"
    if isinstance(error, GuardRefusedError):
        outcome, detail = "guard_refused", str(error)
    elif isinstance(error, CannotResolveHostError):
        outcome = "dns_failed"
    elif isinstance(error, DownloadTimeoutError):
        outcome, detail = "timeout", f"no answer after {exchange.timeout_s:g} s"
    return Answer(outcome, url, detail, None, exchange, seconds)


def redirect_target(answer: Answer) -> str | None:
    """The absolute URL a redirect leads to, without its fragment; None where it is none or names no target."""
    location = answer.header("Location")
    if answer.outcome != "redirect" or not location or answer.url is None:
        return None
    try:
        return safe_url_string(urljoin(answer.url, location.strip())).partition("#")[0]
    except ValueError:
        return location


def is_silent(answer: Answer) -> bool:
    """Whether a host had nothing for us: no answer at all, or only the wish to be left alone."""
    status = answer.response.status if answer.response is not None else None
    return status in ASKED_TO_WAIT or (status is None and answer.outcome in {"timeout", "no_response", "dns_failed"})
