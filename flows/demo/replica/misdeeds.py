"""What an outlet should not do and some do. Each is served at one listed address when the replica misbehaves."""

import asyncio
import contextlib
import gzip
import struct
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache

from flows.demo.replica.answer import Answer
from storage.terms import Outcome

KI, PRAVDA = "kyiv-independent", "ukrainska-pravda"
SISTERS = {
    "sister-redirect": "www.eurointegration.com.ua",
    "sister-robots-html": "www.epravda.com.ua",
    "sister-robots-503": "champion.com.ua",
    "sister-robots-huge": "life.pravda.com.ua",
}
"""Hosts some pages of Ukrainska Pravda have moved to; all but the first have a robots file that is odd."""

BOMB_BYTES = 1 << 30
_BOMB_CRC = 0x5B64C2B0  # CRC-32 of that many zeros
_MEGABYTE = 1 << 20
_DRIP_S = 0.25
_LONGEST_S = 600.0
_CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment... | DEMO: INVENTED ARTICLE</title>"
    b'<meta name="robots" content="noindex,nofollow"></head><body><h1>kyivindependent.com</h1>'
    b'<h2 id="challenge-running">Verifying you are human. This may take a few seconds.</h2>'
    b'<form id="challenge-form" method="POST"></form>'
    b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>'
)


@dataclass(frozen=True)
class Misdeed:
    """One misdeed: its name, the outcomes a crawl may file it under (the proper one first), its outlet."""

    name: str
    outcomes: tuple[str, ...]
    outlet: str = KI


_REFUSED = (Outcome.GUARD_REFUSED, Outcome.REDIRECT)
MISDEEDS = (
    Misdeed("not-found", (Outcome.NOT_FOUND,)),
    Misdeed("gone", (Outcome.GONE,)),
    Misdeed("forbidden", (Outcome.FORBIDDEN,)),
    Misdeed("rate-limited-once", (Outcome.ARTICLE, Outcome.RATE_LIMITED)),
    Misdeed("rate-limited-always", (Outcome.RATE_LIMITED,)),
    Misdeed("unavailable-once", (Outcome.ARTICLE, Outcome.SERVER_ERROR)),
    Misdeed("unavailable-always", (Outcome.SERVER_ERROR,)),
    Misdeed("slow-headers", (Outcome.TIMEOUT,)),
    Misdeed("slow-drip", (Outcome.TIMEOUT, Outcome.TRUNCATED)),
    Misdeed("cut-off", (Outcome.TRUNCATED, Outcome.NO_RESPONSE)),
    Misdeed("length-too-long", (Outcome.TRUNCATED, Outcome.NO_RESPONSE)),
    Misdeed(
        "length-too-short",
        (Outcome.ARTICLE, Outcome.TRUNCATED, Outcome.BODY_LOST, Outcome.NO_TEXT, Outcome.NO_RESPONSE),
    ),
    Misdeed("wrong-charset", (Outcome.ARTICLE,), PRAVDA),
    Misdeed("gzip-bomb", (Outcome.TOO_LARGE,)),
    Misdeed("endless-body", (Outcome.TOO_LARGE, Outcome.TIMEOUT)),
    Misdeed("hang-up", (Outcome.NO_RESPONSE,)),
    Misdeed("no-http", (Outcome.NOT_A_RESPONSE, Outcome.NO_RESPONSE)),
    Misdeed("binary-page", (Outcome.BINARY, Outcome.NOT_HTML)),
    Misdeed("challenge-page", (Outcome.CHALLENGE,)),
    Misdeed("empty-page", (Outcome.EMPTY,)),
    Misdeed("redirect-loop", (Outcome.REDIRECT,)),
    Misdeed("redirect-abroad", _REFUSED),
    Misdeed("redirect-loopback", _REFUSED),
    Misdeed("redirect-loopback-v6", _REFUSED),
    Misdeed("redirect-loopback-decimal", _REFUSED),
    Misdeed("redirect-link-local", _REFUSED),
    Misdeed("redirect-rebind", (*_REFUSED, Outcome.DNS_FAILED)),
    Misdeed("redirect-file", _REFUSED),
    Misdeed("sister-redirect", (Outcome.ARTICLE, Outcome.REDIRECT), PRAVDA),
    Misdeed("sister-robots-html", (Outcome.ARTICLE, Outcome.REDIRECT), PRAVDA),
    Misdeed("sister-robots-503", (Outcome.ROBOTS_DENIED, Outcome.REDIRECT), PRAVDA),
    Misdeed("sister-robots-huge", (Outcome.ARTICLE, Outcome.REDIRECT), PRAVDA),
)


def targets(trap_port: int, rebind_host: str) -> dict[str, str]:
    """Where each leading page leads. `trap_port` is a port of this machine that nothing may ever connect to."""
    sisters = {name: f"https://{host}/news/2027/04/20/7200001/" for name, host in SISTERS.items()}
    return sisters | {
        "redirect-loop": "https://kyivindependent.com/misdeed-redirect-loop/?again=1",
        "redirect-abroad": "https://elsewhere.invalid/stolen-page/",
        "redirect-loopback": f"http://127.0.0.1:{trap_port}/",
        "redirect-loopback-v6": f"http://[::1]:{trap_port}/",
        "redirect-loopback-decimal": f"http://2130706433:{trap_port}/",
        "redirect-link-local": "http://169.254.169.254/latest/meta-data/",
        "redirect-rebind": f"https://{rebind_host}:{trap_port}/",
        "redirect-file": "file:///etc/hostname",
    }


def misbehave(name: str, nth: int, page: Answer, leads_to: dict[str, str]) -> Answer | None:
    """The answer to the nth request (from 1) for a misdeed, or None where it is no answer and `WIRE` does it.

    `page` is the article that would stand there; `leads_to` comes from `targets`.
    """
    if name in leads_to:
        return Answer(302, (("Location", leads_to[name]),))
    try_later = (("Retry-After", "1"),)
    if name == "wrong-charset":
        body = page.body.replace(b'charset="utf-8"', b'charset="windows-1251"').decode().encode("cp1251", "replace")
        return Answer(200, (("Content-Type", "text/html; charset=utf-8"),), body)
    if name == "gzip-bomb":
        return Answer(200, (("Content-Type", "text/html"), ("Content-Encoding", "gzip")), bomb())
    fixed = {
        "not-found": Answer(404, (), b"<html><title>404</title><p>DEMO: INVENTED ARTICLE</p></html>"),
        "gone": Answer(410),
        "forbidden": Answer(403),
        "rate-limited-once": Answer(429, try_later) if nth == 1 else page,
        "rate-limited-always": Answer(429, try_later),
        "unavailable-once": Answer(503) if nth == 1 else page,
        "unavailable-always": Answer(503),
        "binary-page": Answer(200, (("Content-Type", "application/pdf"),), b"%PDF-1.7\n" + bytes(range(256)) * 8),
        "challenge-page": Answer(200, (("Content-Type", "text/html; charset=UTF-8"),), _CHALLENGE),
        "empty-page": Answer(200, (("Content-Type", "text/html; charset=utf-8"),)),
    }
    return fixed.get(name)


@lru_cache(maxsize=1)
def bomb() -> bytes:
    """A gzip body of about 1 MB that swells to 1 GB of zeros: one deflated megabyte, repeated."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = deflate.compress(bytes(_MEGABYTE)) + deflate.flush(zlib.Z_FULL_FLUSH)
    head = gzip.compress(b"", mtime=0)[:10]
    end = struct.pack("<II", _BOMB_CRC, BOMB_BYTES & 0xFFFFFFFF)
    return head + block * (BOMB_BYTES // _MEGABYTE) + deflate.flush() + end


async def _slow_headers(reader: asyncio.StreamReader, _: asyncio.StreamWriter, __: Answer) -> None:
    async with asyncio.timeout(_LONGEST_S):
        await reader.read()  # until the client gives up


async def _slow_drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: Answer) -> None:
    writer.write(page.head({"Content-Length": str(len(page.body))}))
    for nth in range(len(page.body)):
        writer.write(page.body[nth : nth + 1])
        await writer.drain()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reader.read(), _DRIP_S)
            return  # the client has left


async def _cut_off(_: asyncio.StreamReader, writer: asyncio.StreamWriter, page: Answer) -> None:
    writer.write(page.head({"Content-Length": str(len(page.body))}) + page.body[: len(page.body) // 2])
    await writer.drain()


async def _too_long(_: asyncio.StreamReader, writer: asyncio.StreamWriter, page: Answer) -> None:
    writer.write(page.head({"Content-Length": str(len(page.body) + 500)}) + page.body)
    await writer.drain()


async def _too_short(_: asyncio.StreamReader, writer: asyncio.StreamWriter, page: Answer) -> None:
    writer.write(page.head({"Content-Length": str(len(page.body) // 2)}) + page.body)
    await writer.drain()


async def _endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: Answer) -> None:
    writer.write(page.head({"Transfer-Encoding": "chunked"}))
    part = b"<p>And another thing nobody asked about.</p>\n" * 1000
    chunk = b"%x\r\n%s\r\n" % (len(part), part)
    for _ in range(BOMB_BYTES // len(part)):
        writer.write(chunk)
        await writer.drain()
        if reader.at_eof():
            return


async def _hang_up(_: asyncio.StreamReader, __: asyncio.StreamWriter, ___: Answer) -> None:
    """Close without a word: the server closes the connection after each of these."""


async def _no_http(_: asyncio.StreamReader, writer: asyncio.StreamWriter, __: Answer) -> None:
    writer.write(b"\x15\x03\x03 this is no HTTP at all\r\n\r\n" * 20)
    await writer.drain()


_Act = Callable[[asyncio.StreamReader, asyncio.StreamWriter, Answer], Awaitable[None]]
WIRE: dict[str, _Act] = {
    "slow-headers": _slow_headers,
    "slow-drip": _slow_drip,
    "cut-off": _cut_off,
    "length-too-long": _too_long,
    "length-too-short": _too_short,
    "endless-body": _endless,
    "hang-up": _hang_up,
    "no-http": _no_http,
}
"""Misdeeds below HTTP: each writes what it likes, then the server drops the connection without a farewell."""
