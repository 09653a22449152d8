"""The wire: Scrapy's HTTP/1.1 handler with caps that keep what had come, and the guard's refusals by their name.

The only file that leans on parts of Scrapy's handler that are not its public interface.
"""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, StopDownload
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet._sslverify import OpenSSLDefaultPaths
from twisted.internet.defer import Deferred
from twisted.web import client

from crawlers.guard import GuardedResolver, GuardRefusedError
from crawlers.plan import host_of

if TYPE_CHECKING:
    from twisted.web.client import Response as WireResponse

GRACE_S = 1.0
"""Seconds past the time cap after which an answer without any headers is given up."""

EXCHANGE = "exchange"


@dataclass
class Exchange:
    """One request on the wire, from both sides of it; travels in the request's meta.

    Asked: `outlet` it is archived for, caps `max_bytes` and `timeout_s`, `at` (aware). Found out: `received` bytes of
    body, why it was `cut` (a reason word of the WARC standard), when it was begun and when its answer began
    (monotonic clock), whether a connection was opened for it, and where it was archived.
    """

    outlet: str
    max_bytes: int
    timeout_s: float
    at: datetime
    begun_at: float
    answered_at: float | None = None
    is_new_connection: bool = True
    received: int = 0
    cut: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None


def exchange_of(request: Request) -> Exchange:
    """The exchange a request belongs to."""
    return cast("Exchange", request.meta[EXCHANGE])


def cap_size(data: bytes, request: Request) -> None:
    """Handler of Scrapy's `bytes_received`: ends a body that grows past its cap and keeps what came."""
    exchange = exchange_of(request)
    exchange.received += len(data)
    if exchange.received > exchange.max_bytes:
        exchange.cut = "length"
        raise StopDownload(fail=False)


class CappedHandler(HTTP11DownloadHandler):
    """Scrapy's handler; a body that takes too long is cut and kept.

    Raises GuardRefusedError where the guard let no connection through.
    """

    def __init__(self, crawler: Crawler) -> None:
        from twisted.internet import reactor  # noqa: PLC0415  importing it any earlier would install another one

        super().__init__(crawler)
        self._guard = cast("GuardedResolver", cast("Any", reactor).nameResolver)
        self._pool.retryAutomatically = False  # a second try is ours to pace
        if ca_file := crawler.settings.get("CA_FILE"):
            self._contextFactory = cast("Any", client.BrowserLikePolicyForHTTPS)(trustRoot=_PlatformAnd(ca_file))

    async def download_request(self, request: Request) -> Response:
        """One GET; see scrapy.core.downloader.handlers.DownloadHandlerProtocol."""
        exchange = exchange_of(request)
        request.meta["download_timeout"] = exchange.timeout_s + GRACE_S
        exchange.begun_at = monotonic()
        agent = _CappedAgent(
            contextFactory=self._contextFactory,
            pool=self._pool,
            fail_on_dataloss=False,
            crawler=self._crawler,
        )
        agent.guard = self._guard
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        except CannotResolveHostError as error:
            if refusal := self._guard.refusal_of(host_of(request.url) or ""):
                raise GuardRefusedError(refusal) from error
            raise


class _CappedAgent(_ScrapyAgent):
    guard: GuardedResolver

    def _cb_bodyready(self, txresponse: "WireResponse", request: Request) -> Any:  # noqa: ANN401  Scrapy's own private type
        exchange = exchange_of(request)
        exchange.answered_at = monotonic()
        exchange.is_new_connection = self.guard.looked_up_since(host_of(request.url) or "", exchange.begun_at)
        ready = super()._cb_bodyready(txresponse, request)
        if isinstance(ready, Deferred):
            left = max(exchange.begun_at + exchange.timeout_s - exchange.answered_at, 0.0)
            timer = self._reactor().callLater(left, self._cut, txresponse, exchange)
            ready.addBoth(_stop_timer, timer)
        return ready

    @staticmethod
    def _reactor() -> Any:  # noqa: ANN401  the reactor's type is known at run time only
        from twisted.internet import reactor  # noqa: PLC0415  see above

        return reactor

    def _cut(self, txresponse: "WireResponse", exchange: Exchange) -> None:
        exchange.cut = "time"
        self._cancel(None, txresponse)  # drops the connection; what came so far ends like a body cut off


def _stop_timer(result: Any, timer: Any) -> Any:  # noqa: ANN401  passes on whatever came
    if timer.active():
        timer.cancel()
    return result


class _PlatformAnd(OpenSSLDefaultPaths):
    """The certificates of the system and those of one more file."""

    def __init__(self, ca_file: str) -> None:
        self._ca_file = ca_file

    def _addCACertsToContext(self, context: SSL.Context) -> None:  # noqa: N802  named by Twisted
        super()._addCACertsToContext(context)  # type: ignore[no-untyped-call]  # Twisted's own, without types
        context.load_verify_locations(self._ca_file)
