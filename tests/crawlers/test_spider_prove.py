"""Longer proofs of the spider: that it uses up its pace, that memory stays flat, what it costs over plain Scrapy."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers.archive import read_archive
from crawlers.plan import read_outcomes

REPO = Path(__file__).parents[2]

SERVER = """
import asyncio, random, sys
size = int(sys.argv[1])
words = [''.join(random.Random(n).choices('abcdefghijklmnopqrstuvwxyz', k=7)) for n in range(3000)]
body = b'<html><p>' + ' '.join(random.Random(1).choices(words, k=size // 8 + 1)).encode()[: size - 9]
answer = b'HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nContent-Length: %d\\r\\n\\r\\n' % len(body) + body
class Talk(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
    def data_received(self, data):
        self.transport.write(answer)
async def main():
    server = await asyncio.get_running_loop().create_server(Talk, '127.0.0.1', 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""

PLAIN = """
import sys, json, itertools
from datetime import UTC, datetime
from pathlib import Path
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from crawlers.archive import ArchiveWriter
from crawlers.warc_middleware import header_pairs
urls, endpoints, out = json.load(open(sys.argv[1])), json.loads(sys.argv[2]), Path(sys.argv[3])
class Archive:
    def process_response(self, request, response):
        headers = header_pairs(response.headers)
        writer.write_response(request.url, response.status, headers, response.body, datetime.now(UTC))
        return response
class Plain(Spider):
    name = 'plain'
    async def start(self):
        for url in urls:
            yield Request(url)
    def parse(self, response):
        pass
with ArchiveWriter(out, 'plain') as writer:
    process = AsyncCrawlerProcess({
        'LOG_LEVEL': 'ERROR', 'DOWNLOAD_DELAY': 0, 'TELNETCONSOLE_ENABLED': False, 'REMOTE_CONTROL_ENABLED': False,
        'TWISTED_DNS_RESOLVER': 'crawlers.guard.GuardedResolver', 'ENDPOINTS': endpoints,
        'DOWNLOADER_MIDDLEWARES': {Archive: 1000},
    })
    process.crawl(Plain)
    process.start()
"""


@pytest.fixture
def serve():
    """Call it with a size to start a server of pages of so many bytes, in a process of its own; gives the port."""
    running = []

    def start(size):
        process = subprocess.Popen([sys.executable, "-c", SERVER, str(size)], stdout=subprocess.PIPE, text=True)
        running.append(process)
        return int(process.stdout.readline())

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def resident_mb(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def limits_for(spider, port, hosts, delay_s, **others):
    site = spider.site()
    site.port = port
    return site.limits(hosts, delay_s, **others)


@pytest.mark.prove
def test_the_pace_is_used_up(spider, serve, tmp_path):
    delay, slowest = 0.3, 160
    hosts = {"slow.test": slowest, "b.test": 120, "c.test": 80}
    limits = limits_for(spider, serve(30_000), hosts, delay)
    requests = [spider.ask(f"http://{host}/{n}") for host, count in hosts.items() for n in range(count)]
    started = time.monotonic()
    process = spider.start(spider.write_plan(tmp_path, limits, requests), tmp_path / "out")
    assert process.communicate()[1] == ""
    wall = time.monotonic() - started
    print(
        f"\npace: {slowest} requests on the slowest of {len(hosts)} hosts, {delay} s apart: "
        f"{wall:.1f} s = {wall / (slowest * delay):.3f} x requests x delay, start of the process included"
    )
    assert wall <= 1.15 * slowest * delay


@pytest.mark.prove
def test_memory_stays_flat(spider, serve, tmp_path):
    total, hosts = 50_000, [f"h{n}.test" for n in range(8)]
    limits = limits_for(spider, serve(1_000), hosts, 0.0)
    requests = [spider.ask(f"http://{hosts[n % 8]}/{n}") for n in range(total)]
    process = spider.start(spider.write_plan(tmp_path, limits, requests), tmp_path / "out")
    outcomes = tmp_path / "out" / "run-1.outcomes.jsonl"
    seen, started = {}, time.monotonic()
    while process.poll() is None:
        done = outcomes.read_bytes().count(b"\n") if outcomes.exists() else 0
        try:
            seen[done] = resident_mb(process)
        except (StopIteration, FileNotFoundError):
            break
        time.sleep(1)
    wall = time.monotonic() - started
    assert process.communicate()[1] == ""
    assert sum(1 for _ in read_outcomes(outcomes)) == total
    early = max(mb for done, mb in seen.items() if done <= total * 0.2)
    late = max(seen.values())
    print(
        f"\nmemory: {early:.0f} MB within the first {total // 5} requests, {late:.0f} MB at most over {total} "
        f"({total / wall:.0f} requests/s)"
    )
    assert late <= early + 10


@pytest.mark.prove
def test_throughput_beside_plain_scrapy(spider, serve, tmp_path):
    hosts, each = [f"h{n}.test" for n in range(8)], 150
    port = serve(94_000)
    limits = limits_for(spider, port, hosts, 0.0, max_bytes=1_000_000, obey_robots=False)
    urls = [f"http://{host}/{n}" for n in range(each) for host in hosts]
    (tmp_path / "urls.json").write_text(json.dumps(urls))
    plan = spider.write_plan(tmp_path, limits, [spider.ask(url, outlet="all") for url in urls])
    ours, plain = [], []
    for turn in range(3):
        started = time.monotonic()
        process = spider.start(plan, tmp_path / f"ours-{turn}")
        assert process.communicate()[1] == ""
        ours.append(len(urls) / (time.monotonic() - started))
        command = [sys.executable, "-c", PLAIN, tmp_path / "urls.json", json.dumps(limits["endpoints"])]
        started = time.monotonic()
        subprocess.run([*command, tmp_path / f"plain-{turn}"], check=True, env=os.environ | {"PYTHONPATH": str(REPO)})
        plain.append(len(urls) / (time.monotonic() - started))
        for kind in ("ours", "plain"):
            kept = [page for path in (tmp_path / f"{kind}-{turn}").glob("*.warc.gz") for page in read_archive(path)]
            assert len(kept) == len(urls)
    ratio = sorted(ours)[1] / sorted(plain)[1]
    print(
        f"\nthroughput, {len(urls)} pages of 94 kB, median of 3 with process start: ours {sorted(ours)[1]:.0f} "
        f"pages/s, plain Scrapy writing the same WARC {sorted(plain)[1]:.0f}: {ratio:.2f} x"
    )
    assert ratio >= 0.8
