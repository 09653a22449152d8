"""Longer proofs of reading the news archive: as fast as the bare reader where nothing is ours, and flat in memory."""

import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from archives_stand_in import warc_of
from fastwarc.warc import ArchiveIterator

from crawlers.imports.common_crawl import read_news_warc
from crawlers.outlet import all_outlets

REPO = Path(__file__).parents[2]
RECORDS = 3000
ROUNDS = 9
LEAST_SHARE = 0.8
MOST_GROWTH_MB = 10

READ_AGAIN_AND_AGAIN = """
import sys
from crawlers.imports.common_crawl import read_news_warc
from crawlers.outlet import all_outlets

class Again:
    def __init__(self, path, times):
        self.path, self.left, self.file, self.at = path, times, open(path, "rb"), 0
    def read(self, size):
        block = self.file.read(size)
        if not block and self.left > 1:
            self.left -= 1
            self.file.seek(0)
            block = self.file.read(size)
        self.at += len(block)
        return block
    def tell(self):
        return self.at

found = sum(1 for _ in read_news_warc(Again(sys.argv[1], int(sys.argv[2])), all_outlets(), "again"))
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # ru_maxrss counts the parent's
print(found, int(most.split()[1]) // 1024)
"""


def pages(count, host, path):
    """Made-up pages of about 50 KB, as many words as real ones have."""
    rng = random.Random(count)  # noqa: S311  no secret
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 9))) for _ in range(4000)]
    for n in range(count):
        body = "".join(f"<p class='x'>{' '.join(rng.choices(words, k=12))}</p>" for _ in range(480))
        yield f"https://{host.format(n % 500)}{path.format(n)}", f"<html><body>{body}</body></html>"


@pytest.fixture(scope="module")
def of_others(tmp_path_factory):
    """A file in which nothing is of our outlets."""
    path = tmp_path_factory.mktemp("news") / "others.warc.gz"
    path.write_bytes(warc_of(pages(RECORDS, "www.site{}.example", "/2024/02/16/{}/")))
    return path


def seconds(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


@pytest.mark.prove
def test_where_nothing_matches_it_reads_as_fast_as_the_bare_reader(of_others):
    outlets, skipped = all_outlets(), Counter()

    def bare():
        with of_others.open("rb") as file:
            assert sum(1 for _ in ArchiveIterator(file, parse_http=False)) == 2 * RECORDS + 1

    def ours():
        assert list(read_news_warc(of_others, outlets, "others", skipped)) == []

    pairs = [(seconds(bare), seconds(ours)) for _ in range(ROUNDS)]
    bare_s, ours_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    rate = (2 * RECORDS + 1) / ours_s
    print(f"\n{of_others.stat().st_size / 1e6:.0f} MB: bare reader {bare_s:.3f} s, ours {ours_s:.3f} s of CPU;")
    print(f"{rate:.0f} records/s, {bare_s / ours_s:.2f} times the bare reader's")
    assert skipped == Counter(records=RECORDS * ROUNDS, other_host=RECORDS * ROUNDS)
    assert bare_s / ours_s >= LEAST_SHARE


@pytest.mark.prove
def test_memory_does_not_grow_with_the_file(of_others, tmp_path):
    mixed = tmp_path / "mixed.warc.gz"
    ours = warc_of(pages(30, "www.ukrinform.ua", "/rubric-polytics/{}-vyhadana-novyna.html"))
    mixed.write_bytes(of_others.read_bytes() + ours)
    told = {}
    for times in (1, 12):
        command = [sys.executable, "-c", READ_AGAIN_AND_AGAIN, str(mixed), str(times)]
        env = os.environ | {"PYTHONPATH": str(REPO)}
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout.split()
        told[times] = int(said[1])
        assert int(said[0]) == 30 * times
    size = mixed.stat().st_size / 1e6
    print(f"\nmost memory: {told[1]} MB for {size:.0f} MB, {told[12]} MB for {12 * size:.0f} MB")
    assert told[12] - told[1] <= MOST_GROWTH_MB
