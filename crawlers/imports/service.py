"""A polite client of one archive's service: one request at a time, with pauses, with patience that ends."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from crawlers.archive import MAX_PAYLOAD
from crawlers.decoding import BadEncodingError, TooLargeError, decode_body
from crawlers.pace import RETRY_AFTER_CAP_S, wait_asked_for

TRIES = 4
TIMEOUT_S = 60.0
FIRST_WAIT_S = 5.0
RATE_LIMIT_WAIT_S = 60.0
"""How long to stay away from a service that says "too many requests" and not for how long."""

SILENT_IN_A_ROW = 5
"""After so many requests in a row that had no answer, a service is taken to be out of reach."""

MAX_REDIRECTS = 5
FOUND_AT = "Zaporuka-Found-At"
"""Header that names the archive's own address of a page that was not fetched from its outlet."""

PLAYED_BACK = "Memento-Datetime"
"""Header that marks an answer as an archived one, whatever its status: not the service's own word."""

_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_PASSING = frozenset({"server_error", "timeout", "no_response", "truncated"})

Headers = tuple[tuple[str, str], ...]
Result = TypeVar("Result")


class ServiceError(Exception):
    """A service that did not give what was asked; the message is one line: what was asked, what came, what to do.

    `outcome` is a value of `storage.terms.Outcome`. `is_over` says that the service as a whole is out of reach or
    wants to be left alone: asking it for something else is of no use now.
    """

    def __init__(self, message: str, outcome: str, *, is_over: bool = False) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.is_over = is_over


class _AgainError(Exception):
    """Worth another try, after `wait_s` seconds if the service said or implied how long."""

    def __init__(self, why: str, outcome: str, wait_s: float = 0.0, *, is_over: bool = False) -> None:
        super().__init__(why)
        self.outcome = outcome
        self.wait_s = wait_s
        self.is_over = is_over


@dataclass(frozen=True)
class Answer:
    """What came. `body` has its content encoding undone and is never decoded to text; `is_cut` if its end is missing.

    `sent_bytes` is the size of the body as it was sent.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    sent_bytes: int
    is_cut: bool

    def header(self, name: str) -> str | None:
        """The values of a header, joined by commas, or None where it was not sent."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None


class Service:
    """One service, asked for one thing at a time; use as a context manager, in one thread.

    `base_url` is where it lives, without a slash at its end. `pace_s` is the least pause in seconds after an answer
    before the next request; `paces` names longer ones for paths that begin alike. 429, 5xx and broken connections
    are tried again, `tries` times in all, after what Retry-After asks or longer and longer; ten minutes or more are not
    waited for. Redirects are followed within the service's own host. What an
    archive plays back is an answer, whatever status it had.
    """

    def __init__(
        self,
        base_url: str,
        user_agent: str,
        *,
        pace_s: float,
        paces: Mapping[str, float] | None = None,
        timeout_s: float = TIMEOUT_S,
        tries: int = TRIES,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises ValueError for what is no http(s) address of a host."""
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            message = f"{base_url!r} is no address of a service; give one like https://archive.example"
            raise ValueError(message)
        self.base_url = base_url.rstrip("/")
        self.host = parts.hostname
        self._paces = {"": pace_s, **(paces or {})}
        self._tries = tries
        self._sleep = sleep
        self._clock = clock
        self._answered_at: dict[str, float] = {}
        self._silent = 0
        self._is_busy = False
        self._client = httpx.Client(
            timeout=timeout_s, follow_redirects=False, headers={"User-Agent": user_agent, "Accept": "*/*"}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def address(self, path: str) -> str:
        """The address of a path, which begins with a slash."""
        return f"{self.base_url}{path}"

    def get(
        self,
        path: str,
        params: Mapping[str, str | list[str]] | None = None,
        *,
        follow: bool = True,
        max_bytes: int = MAX_PAYLOAD,
    ) -> Answer:
        """Ask for something small, at most `max_bytes` as sent and unpacked; a 404, say, is an answer like others.

        Raises ServiceError where no answer came, where it was too large, or where a redirect leads elsewhere.
        """
        return self.patiently(path, lambda: self._get_once(path, params, follow=follow, max_bytes=max_bytes))

    def _get_once(
        self, path: str, params: Mapping[str, str | list[str]] | None, *, follow: bool, max_bytes: int
    ) -> Answer:
        with self.answered(path, params, {"Accept-Encoding": "gzip"}, follow=follow) as answer, self.failures_named():
            sent = bytearray()
            for block in answer.iter_raw():
                sent += block
                if len(sent) > max_bytes:
                    raise failed(str(answer.url), f"more than {max_bytes} bytes came", "too_large")
        return _unpacked(answer, bytes(sent), max_bytes)

    @contextmanager
    def answered(
        self,
        path: str,
        params: Mapping[str, str | list[str]] | None,
        headers: Mapping[str, str],
        *,
        follow: bool = True,
    ) -> Iterator[httpx.Response]:
        """One request, when its time has come, and the redirects it meets; its body is still to be read."""
        try:
            url = httpx.URL(self.address(path), params=params) if params else httpx.URL(self.address(path))
        except httpx.InvalidURL as error:
            raise failed(self.address(path), f"it is no address: {error}", "unreadable") from error
        for _ in range(MAX_REDIRECTS + 1):
            with self._turn(path):
                with self.failures_named():
                    request = self._client.build_request("GET", url, headers=dict(headers))
                    answer = self._client.send(request, stream=True)
                try:
                    self._judge(answer)
                    if not follow or not answer.has_redirect_location or PLAYED_BACK in answer.headers:
                        yield answer
                        return
                    url = self._redirected(answer)
                finally:
                    answer.close()
        raise failed(str(url), f"more than {MAX_REDIRECTS} redirects", "redirect")

    @contextmanager
    def _turn(self, path: str) -> Iterator[None]:
        """Wait until a path may be asked for, and note when its answer had been read."""
        if self._is_busy:
            message = f"{self.host} is asked for one thing at a time; close what is being read first"
            raise RuntimeError(message)
        self._is_busy = True
        alike = [begin for begin in self._paces if path.startswith(begin)]
        try:
            free_at = max(self._answered_at.get(begin, float("-inf")) + self._paces[begin] for begin in alike)
            if (left := free_at - self._clock()) > 0:
                self._sleep(left)
            yield
        finally:
            self._answered_at.update(dict.fromkeys(alike, self._clock()))
            self._is_busy = False

    @contextmanager
    def failures_named(self) -> Iterator[None]:
        """Turn what breaks on the wire into something worth another try."""
        try:
            yield
        except httpx.ConnectTimeout as error:
            why = "no connection in time"
            raise _AgainError(why, "timeout", is_over=True) from error
        except httpx.TimeoutException as error:
            why = "no answer in time"
            raise _AgainError(why, "timeout") from error
        except httpx.TransportError as error:
            why = f"{type(error).__name__} ({error})"
            raise _AgainError(why, "no_response", is_over=isinstance(error, httpx.ConnectError)) from error

    def _judge(self, answer: httpx.Response) -> None:
        status = answer.status_code
        if status not in _TRY_AGAIN or PLAYED_BACK in answer.headers:
            return
        is_limit = status == HTTPStatus.TOO_MANY_REQUESTS
        why, outcome = ("too many requests (429)", "rate_limited") if is_limit else (f"{status}", "server_error")
        asked_s = wait_asked_for(answer.headers.get("Retry-After"), datetime.now(UTC))
        if asked_s is not None and asked_s >= RETRY_AFTER_CAP_S:
            why = f"{why}, and it asks not to be asked for {RETRY_AFTER_CAP_S:g} s or longer"
            raise failed(str(answer.url), why, outcome, is_over=True)
        raise _AgainError(why, outcome, asked_s or (RATE_LIMIT_WAIT_S if is_limit else 0.0), is_over=is_limit)

    def _redirected(self, answer: httpx.Response) -> httpx.URL:
        target = answer.headers["Location"]
        try:
            url = answer.url.join(target)
        except httpx.InvalidURL as error:
            raise failed(str(answer.url), f"a redirect to {target!r}, which is no address", "redirect") from error
        if (url.host, url.port) != (answer.url.host, answer.url.port) or url.scheme not in {"http", "https"}:
            raise failed(str(answer.url), f"a redirect to {url}, which is another host; it is not followed", "redirect")
        return url

    def patiently(self, path: str, once: Callable[[], Result]) -> Result:
        """Do it, and do it again where that may help, as often and as late as is polite. Raises ServiceError."""
        if self._silent >= SILENT_IN_A_ROW:
            why = f"not asked: {self._silent} requests in a row had no answer"
            raise failed(self.address(path), why, "no_response", is_over=True)
        trying = Retrying(
            stop=stop_after_attempt(self._tries),
            wait=_wait_s,
            retry=retry_if_exception_type(_AgainError),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            found = trying(once)
        except _AgainError as error:
            self._silent += 1
            is_over = error.is_over or self._silent >= SILENT_IN_A_ROW
            why = f"{error}, {self._tries} times"
            raise failed(self.address(path), why, error.outcome, is_over=is_over) from error
        self._silent = 0
        return found


def failed(address: str, why: str, outcome: str, *, is_over: bool = False) -> ServiceError:
    """The error that says what was asked, what came of it and what to do."""
    what_to_do = "ask again later" if is_over or outcome in _PASSING else "nothing to mend here; leave it out"
    return ServiceError(f"{address}: {why}; {what_to_do}", outcome, is_over=is_over)


def _unpacked(answer: httpx.Response, sent: bytes, max_bytes: int) -> Answer:
    headers: Headers = tuple(answer.headers.multi_items())
    url = str(answer.url)
    try:
        body, is_cut = decode_body(sent, answer.headers.get("Content-Encoding"), max_bytes)
    except (TooLargeError, BadEncodingError) as error:
        raise failed(url, str(error), "too_large" if isinstance(error, TooLargeError) else "unreadable") from error
    return Answer(url, answer.status_code, headers, body, len(sent), is_cut)


def _wait_s(state: RetryCallState) -> float:
    """What the service asked for; else five seconds, then longer and longer."""
    error = state.outcome.exception() if state.outcome else None
    asked_s = error.wait_s if isinstance(error, _AgainError) else 0.0
    return max(asked_s, float(FIRST_WAIT_S * 2 ** (state.attempt_number - 1)))
