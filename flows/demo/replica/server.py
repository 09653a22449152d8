"""The replica's server: HTTP/1.1 on 127.0.0.1, every host with TLS on a port of its own."""

import asyncio
import contextlib
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.demo.replica import misdeeds
from flows.demo.replica.answer import Answer
from flows.demo.replica.articles import Article
from flows.demo.replica.authority import make_authority
from flows.demo.replica.http1 import Request, parse_request, send, unless_unchanged
from flows.demo.replica.setting import DEMO_DAY, Setting
from flows.demo.replica.site import Site, played_hosts
from flows.demo.replica.told import DEMO_PACE_S, Told, write_told
from flows.demo.replica.truth import Truth, truth_of

LOOPBACK = "127.0.0.1"
NIGHTS = (1, 2)


_Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class ReplicaError(Exception):
    """The replica could not start, was asked for a night it does not play, or met a fault of its own."""


class Replica:
    """Plays the outlets while its context is entered.

    `folder` (made if need be) receives the authority, the certificates and the access log. `now` is the Kyiv day of
    night 1, `misbehave` adds what outlets should not do; other wishes are said with a `Setting`, which then stands
    for both. `endpoints` maps "host:443" and "host:80" to "127.0.0.1:port"; `trap_connections` counts who connected
    to the port that nothing may ever connect to. Raises ReplicaError, on leaving, for a fault of the server's own.
    """

    def __init__(
        self, folder: Path, now: date = DEMO_DAY, *, misbehave: bool = False, setting: Setting | None = None
    ) -> None:
        self.setting = setting or Setting(now=now, misbehave=misbehave)
        if unknown := set(self.setting.faults) - set(self.setting.slugs):
            message = f"a fault for {min(unknown)!r}, which is not played; played are {', '.join(self.setting.slugs)}"
            raise ReplicaError(message)
        self.folder = folder
        self.access_log = folder / "access.jsonl"
        self.endpoints: dict[str, str] = {}
        self.trap_connections = 0
        self.faults: list[Exception] = []
        self._sites = {night: Site(self.setting, night) for night in NIGHTS}
        self._night = 1
        self._served: Counter[str] = Counter()
        self._busy: Counter[str] = Counter()
        self._writers: set[asyncio.StreamWriter] = set()
        self._leads_to: dict[str, str] = {}
        self._described: dict[Path, float] = {}
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="replica", daemon=True)

    def __enter__(self) -> Self:
        self.ca_file, self._contexts = make_authority(self.folder / "tls", played_hosts(self.setting))
        self._thread.start()
        self._started.wait()
        if not self.endpoints:
            self._thread.join()
            message = f"the replica did not start: {self.faults[0] if self.faults else 'no reason given'}"
            raise ReplicaError(message)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        for path in self._described:
            path.unlink(missing_ok=True)
        if self.faults and error is None:
            message = f"{len(self.faults)} faults of the replica's own, the first: {self.faults[0]!r}"
            raise ReplicaError(message) from self.faults[0]

    @property
    def night(self) -> int:
        """The night being played; set it to 2 to let a day pass."""
        return self._night

    @night.setter
    def night(self, night: int) -> None:
        if night not in self._sites:
            message = f"the replica plays nights {NIGHTS}, not {night}"
            raise ReplicaError(message)
        self._night = night
        self._served.clear()
        for path, delay_s in self._described.items():
            self._tell(path, delay_s)

    def describe(self, path: Path, delay_s: float = DEMO_PACE_S) -> None:
        """Write for other processes how to fetch this replica (`told.read_told` reads it); its folder must exist.

        The clock it tells of shows the moment of the night now and runs on from there; it is written anew whenever
        `night` is set, and removed when the replica ends. `delay_s` is the pace it asks for. Raises OSError, and
        ReplicaError where the replica is not running.
        """
        if not self.endpoints:
            message = "a replica that is not running cannot be described"
            raise ReplicaError(message)
        self._tell(path, delay_s)
        self._described[path] = delay_s

    def _tell(self, path: Path, delay_s: float) -> None:
        moment = self.setting.moment(self._night)
        told = Told(
            outlets=self.setting.slugs,
            endpoints=self.endpoints,
            ca_file=self.ca_file.resolve(),
            moment=moment,
            clock_offset=moment - datetime.now(UTC),
            delay_s=delay_s,
        )
        write_told(told, path)

    def truth(
        self,
        night: int = 1,
        first: date | None = None,
        last: date | None = None,
        editions: Mapping[str, Collection[str]] | None = None,
    ) -> Truth:
        """What a crawl of a night must find: see `Truth`; the window is by default the 14 days that end that night.

        `editions` maps slugs to languages; outlets it does not name are left out.
        """
        return truth_of(self._sites[night], self._sites[1], first, last, editions)

    def model(self, night: int = 1) -> tuple[Article, ...]:
        """Every article of a night as the server holds it, misdeeds by name, newest first."""
        return self._sites[night].articles

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - a thread's fault is handed to whoever waits for it
            self.faults.append(error)
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_exception_handler(self._note)
        async with contextlib.AsyncExitStack() as open_until_stopped:
            self._log = open_until_stopped.enter_context(self.access_log.open("w", encoding="utf-8"))

            async def listen(handler: _Handler, context: ssl.SSLContext | None = None) -> int:
                server = await asyncio.start_server(handler, LOOPBACK, 0, ssl=context)
                open_until_stopped.push_async_callback(self._close, server)
                port: int = server.sockets[0].getsockname()[1]
                return port

            plain = await listen(partial(self._converse, None))
            self._leads_to = misdeeds.targets(await listen(self._trap), self.setting.rebind_host)
            endpoints: dict[str, str] = {}
            for host, context in self._contexts.items():
                context.sni_callback = partial(_insist, host)
                port = await listen(partial(self._converse, host), context)
                endpoints |= {f"{host}:443": f"{LOOPBACK}:{port}", f"{host}:80": f"{LOOPBACK}:{plain}"}
            self.endpoints = endpoints
            self._started.set()
            await self._stop.wait()

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        talking = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)

    def _note(self, _: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and not isinstance(error, OSError):  # of which a client's TLS refusal is one
            self.faults.append(error)

    async def _trap(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.trap_connections += 1
        writer.close()

    async def _converse(self, host: str | None, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: request after request until the client leaves or an answer ends it."""
        self._writers.add(writer)
        try:
            while await self._exchange(host, reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # the client left, or never spoke HTTP: nothing of ours is lost, and its requests are in the log
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _exchange(self, host: str | None, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request, refusal = parse_request(await reader.readuntil(b"\r\n\r\n"), host)
        self._busy[request.host] += 1
        seen = {"started": time.monotonic(), "concurrent": self._busy[request.host], "status": None}
        try:
            answer = refusal or self._answer(request)
            if isinstance(answer, Article):
                await misdeeds.WIRE[answer.source](reader, writer, self._site.page(answer))
                writer.transport.abort()
                return False
            answer = unless_unchanged(request, answer)
            seen["status"] = int(answer.status)
            await send(writer, request, answer)
            return request.keeps_connection
        finally:
            self._busy[request.host] -= 1
            self._record(request, seen)

    @property
    def _site(self) -> Site:
        return self._sites[self._night]

    def _answer(self, request: Request) -> Answer | Article:
        """What to answer, or the article whose misdeed lies below HTTP."""
        if request.host not in self._contexts:
            return Answer(HTTPStatus.MISDIRECTED_REQUEST)
        if request.scheme == "http":
            return Answer(HTTPStatus.MOVED_PERMANENTLY, (("Location", f"https://{request.host}{request.target}"),))
        article = self._site.article_at(request.host, request.target)
        if article is None or article.made_of != "misdeed" or self._site.is_challenged(request.host):
            return self._site.answer(request.host, request.target)
        self._served[article.url] += 1
        answer = misdeeds.misbehave(article.source, self._served[article.url], self._site.page(article), self._leads_to)
        return answer or article

    def _record(self, request: Request, seen: dict[str, float | int | None]) -> None:
        asked = {
            "host": request.host,
            "scheme": request.scheme,
            "method": request.method,
            "path": request.target,
            "user_agent": request.headers.get("user-agent"),
            "if_none_match": request.headers.get("if-none-match"),
            "if_modified_since": request.headers.get("if-modified-since"),
        }
        row = {**seen, "ended": time.monotonic(), "night": self._night, **asked}
        self._log.write(json.dumps(row) + "\n")
        self._log.flush()


def _insist(host: str, _: ssl.SSLSocket | ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> int | None:
    """Whether a client asks for the host of this port by name, as TLS wants it said."""
    return None if name == host else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
