"""A small web server with made-up hosts, and the spider run against it as its users run it."""

import asyncio
import contextlib
import json
import os
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
AGENT = "Zaporuka/0.1 (+mailto:crawl@example.org)"
CLOSE = object()


def reply(body=b"<p>page</p>", status=200, length=None, **headers):
    """The bytes of an HTTP answer; `length` lies about the body's, None tells the truth, "" says nothing."""
    lines = [f"HTTP/1.1 {status} Said", "Content-Type: text/html"]
    if length != "":
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Hit:
    """One request as the server saw it."""

    host: str
    path: str
    at: float
    headers: dict
    together: int


@dataclass
class Site:
    """Serves `routes`: {(host, path): answer}, an answer being bytes, or a function of (hit, count) giving steps.

    A step is bytes to send, seconds to wait, or CLOSE. What is not routed is a page; robots.txt is a 404.
    """

    routes: dict = field(default_factory=dict)
    hits: list = field(default_factory=list)
    port: int = 0
    tls: ssl.SSLContext | None = None

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._busy = Counter()
        self._count = Counter()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,))
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self, ready):
        async def serve():
            self._stop = asyncio.Event()
            server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.tls)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await self._stop.wait()
            server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

        self._loop.run_until_complete(serve())
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    async def _talk(self, reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
                path, host = head[0].split()[1], headers["host"].split(":")[0]
                self._busy[host] += 1
                hit = Hit(host, path, time.monotonic(), headers, self._busy[host])
                self.hits.append(hit)
                self._count[host, path] += 1
                try:
                    for step in self._steps(hit):
                        if step is CLOSE:
                            writer.close()
                        elif isinstance(step, bytes):
                            writer.write(step)
                            await writer.drain()
                        else:
                            await asyncio.sleep(step)
                finally:
                    self._busy[host] -= 1
        writer.close()

    def _steps(self, hit):
        missing = reply(b"none", 404) if hit.path == "/robots.txt" else reply()
        answer = self.routes.get((hit.host, hit.path), missing)
        return [answer] if isinstance(answer, bytes) else answer(hit, self._count[hit.host, hit.path])

    def of(self, host):
        """The hits on one host."""
        return [hit for hit in self.hits if hit.host == host]

    def limits(self, hosts, delay_s=0.05, **others):
        """The first line of a plan in which every host is led here; a host may come with a rule of its own."""
        rules = {host: {"group": host.split(".")[0], "sisters": []} for host in hosts}
        limits = {
            "run": "run-1",
            "max_bytes": 50_000,
            "timeout_s": 5,
            "max_redirects": 5,
            "user_agent": AGENT,
            "delay_s": {rule["group"]: delay_s for rule in rules.values()},
            "hosts": rules,
            "obey_robots": True,
            "endpoints": {f"{host}:80": f"127.0.0.1:{self.port}" for host in hosts},
            "ca_file": None,
        }
        return limits | others


@pytest.fixture(scope="module")
def site():
    """A running server whose routes the tests of a module fill in."""
    with Site() as running:
        yield running


def ask(url, outlet=None, **others):
    """One request of a plan."""
    outlet = outlet or url.split("/")[2].split(":")[0].replace(".", "-")
    return {"url": url, "outlet": outlet, "unit": None, "why": "new", "etag": None, "last_modified": None} | others


def write_plan(folder, limits, requests):
    """A plan file in a folder."""
    plan = folder / "plan.jsonl"
    lines = [json.dumps({"limits": limits}), *map(json.dumps, requests)]
    plan.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return plan


def start_spider(plan, out, **others):
    """`python -m crawlers PLAN OUT`, started."""
    env = os.environ | {"PYTHONPATH": str(REPO)}
    return subprocess.Popen(
        [sys.executable, "-m", "crawlers", plan, out], stderr=subprocess.PIPE, text=True, env=env, **others
    )


def outcomes_in(out):
    """The outcomes of a run by URL, every line of them whole and none twice."""
    lines = [json.loads(line) for line in next(out.glob("*.outcomes.jsonl")).read_text().splitlines()]
    by_url = {line["url"]: line for line in lines}
    assert len(by_url) == len(lines)
    return by_url


@pytest.fixture(scope="session")
def spider():
    """The tools to run the spider with."""

    class Tools:
        AGENT = AGENT
        CLOSE = CLOSE
        ask = staticmethod(ask)
        reply = staticmethod(reply)
        write_plan = staticmethod(write_plan)
        start = staticmethod(start_spider)
        outcomes_in = staticmethod(outcomes_in)
        site = Site

    return Tools
