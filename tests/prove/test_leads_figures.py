"""Time and memory of reading large sitemaps, each in a process of its own."""

import gzip
import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.prove

CHILD = """
import json, sys, time
from datetime import UTC, datetime
from pathlib import Path
from crawlers.leads import read_leads
from crawlers.leads.readable import ReadableText
from crawlers.leads.xml_entries import XmlEntries
from crawlers.outlet import all_outlets

def peak():
    status = Path("/proc/self/status").read_text()  # getrusage would count the parent's memory before exec
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024

outlet, body, now = all_outlets()["ukrainska-pravda"], Path(sys.argv[1]).read_bytes(), datetime(2026, 1, 1, tzinfo=UTC)
sum(1 for _ in XmlEntries(ReadableText(b"<urlset><url/></urlset>", None)))
before, began = peak(), time.perf_counter()
if sys.argv[2] == "stream":
    entries = XmlEntries(ReadableText(body, None))
    count, problem = sum(1 for _ in entries), entries.problem
else:
    result = read_leads(body, None, "https://www.pravda.com.ua/map.xml.gz", outlet, outlet.indexes[0], now)
    count, problem = len(result.leads), result.problem
print(json.dumps({"n": count, "problem": problem, "s": time.perf_counter() - began, "mb": peak() - before}))
"""
MEGABYTE = 1_000_000


def measured(path, what):
    done = subprocess.run([sys.executable, "-c", CHILD, path, what], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def sitemap(entries):
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    rows = [f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>']
    for number in range(entries):
        day = number % 30 + 1
        path = f"news/2025/11/{day:02d}/{8_000_000 + number}/"
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="https://www.pravda.com.ua/{prefix}{path}"/>'
            for language, prefix in (("en", "eng/"), ("ru", "rus/"))
        )
        lastmod = f"<lastmod>2025-11-{day:02d}T10:{number % 60:02d}:00+02:00</lastmod>"
        rows.append(f"<url><loc>https://www.pravda.com.ua/{path}</loc>{lastmod}{links}</url>")
    return ("\n".join(rows) + "</urlset>").encode()


def test_memory_is_flat_over_fifty_thousand_entries(tmp_path):
    figures = {}
    for entries in (500, 50_000):
        body = sitemap(entries)
        packed = tmp_path / f"{entries}.xml.gz"
        packed.write_bytes(gzip.compress(body))
        figures[entries] = {what: measured(packed, what) for what in ("stream", "leads")}
        for what, row in figures[entries].items():
            said = f"{row['s']:.2f} s, +{row['mb']:.1f} MB"
            print(f"\n  {what:<7} n={row['n']:>6} {len(body) / MEGABYTE:5.1f} MB XML: {said}", end="")
            assert (row["n"], row["problem"]) == (entries, None)
    print()
    assert figures[50_000]["stream"]["mb"] - figures[500]["stream"]["mb"] < 4
    assert figures[50_000]["leads"]["mb"] < 80  # the leads themselves, about 0.9 KB each with two translations
    assert figures[50_000]["leads"]["s"] < 30


def test_bombs_and_junk_stay_small(tmp_path):
    step = gzip.compress(b" " * (10 * MEGABYTE))
    junk = gzip.compress(b"<x/><y a='1'/>" * 700_000)
    start, end = gzip.compress(b"<urlset>"), gzip.compress(b"</urlset>")
    for name, body in {"1 GB of spaces": start + step * 100 + end, "elements": start + junk * 6 + end}.items():
        path = tmp_path / "bomb.xml.gz"
        path.write_bytes(body)
        row = measured(path, "leads")
        said = f"{row['s']:.2f} s, +{row['mb']:.1f} MB, {row['problem']}"
        print(f"\n  {name:<15} {len(body) / MEGABYTE:.2f} MB gzip: {said}", end="")
        assert row["problem"] == "too_large"
        assert row["mb"] < 25
    print()
