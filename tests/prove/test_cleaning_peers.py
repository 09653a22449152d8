"""Cleaning beside the extractors others use, on the same pages by the same measure, a row each.

CPU time is that of a single turn, so a busy machine shows in it; test_cleaning_speed.py measures speed turn about.
"""

import gzip
import importlib
import json
import time
import warnings
from email.utils import parsedate_to_datetime
from functools import cache

import lxml.html
import pytest
import trafilatura
from trafilatura.meta import reset_caches
from trafilatura.utils import decode_file

from crawlers.outlet import all_outlets
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from storage.keys import kyiv_day
from storage.records import RawPage, Reading

pytestmark = [pytest.mark.prove, pytest.mark.shared]

MISSING = "not installed: pip install '.[bench]'"
"""What a row says of a library that the locks leave out."""


def _benchmark(shared):
    """181 pages with their body, as people marked it: (page, body, None, None)."""
    folder = shared / "captures" / "benchmark-scrapinghub"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        (
            RawPage(
                id=name, url=right["url"], payload=gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            ),
            right["articleBody"],
            None,
            None,
        )
        for name, right in sorted(truth.items())
    ]


def _moment(captured):
    try:
        return parsedate_to_datetime(captured)
    except (TypeError, ValueError):
        return None


def _ukrainian(shared):
    """The articles among real Ukrainian pages: (page, body, title, day in Kyiv)."""
    folder = shared / "captures" / "ua-html"
    rows = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return [
        (
            RawPage(
                id=row["file"],
                url=row["url"],
                payload=gzip.decompress((folder / row["file"]).read_bytes()),
                content_type=row.get("http_content_type"),
                fetched_at=_moment(row["captured"]),
            ),
            row["expected_body"],
            row["title"],
            row["date"],
        )
        for row in rows
        if row["kind"] == "article"
    ]


# A way to read a page gives (text, title, day as YYYY-MM-DD); None for what it does not tell.


def _ours(page, outlets):
    found = clean(page, outlets, load_clutter())
    if not isinstance(found, Reading):
        return "", found.title, None
    return found.text, found.title, str(kyiv_day(found.published_at)) if found.published_at else None


def _general(page):
    return _ours(page, {})


def _with_outlets(page):
    return _ours(page, all_outlets())


def _trafilatura(**mode):
    def read(page):
        found = trafilatura.bare_extraction(
            page.payload, url=page.url, include_comments=False, with_metadata=True, **mode
        )
        return (found.text or "", found.title, found.date) if found else ("", None, None)

    return read


@cache
def _library(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _readability(page):
    document = _library("readability").Document(page.payload)
    body = lxml.html.fromstring(document.summary())
    return " ".join(body.itertext()), document.short_title(), None


def _newspaper(page):
    try:
        return _by_newspaper(page)
    except ImportError:  # it lacks a package for the language the page names
        return _by_newspaper(page, language="en")


def _by_newspaper(page, **settings):
    article = _library("newspaper").Article(page.url, fetch_images=False, **settings)
    article.download(input_html=decode_file(page.payload))
    article.parse()
    day = article.publish_date
    if day is not None:
        day = str(kyiv_day(day) if day.tzinfo else day.date())
    return article.text, article.title, day


OURS = [("ours, general road", None, _general), ("ours, with outlets", None, _with_outlets)]
PEERS = [
    ("trafilatura", None, _trafilatura()),
    ("trafilatura, fast", None, _trafilatura(fast=True)),
    ("trafilatura, precision", None, _trafilatura(favor_precision=True)),
    ("readability-lxml", "readability", _readability),
    ("newspaper4k", "newspaper", _newspaper),
]


def _attempt(read, page):
    """What a way to read makes of a page, and its CPU seconds; a page it fails on is read as nothing."""
    start = time.process_time()
    try:
        found = read(page)
    except Exception as error:  # noqa: BLE001 - other people's code on broken pages
        found = ("", None, None)
        print(f"  failed on {page.id}: {type(error).__name__}")
    return found, time.process_time() - start


def _row(pages, read, measure):
    """Means of precision and recall, F1 of both, CPU ms a page, titles and days right."""
    told = [_attempt(read, page) for page, *_ in pages]
    scores = [measure.overlap(text, body) for ((text, *_), _), (_, body, *_) in zip(told, pages, strict=True)]
    precision, recall = (sum(score[i] for score in scores) / len(scores) for i in (0, 1))
    labels = [(title, day) for *_, title, day in pages]
    right = [sum(found[i + 1] == label[i] for (found, _), label in zip(told, labels, strict=True)) for i in (0, 1)]
    milliseconds = 1000 * sum(seconds for _, seconds in told) / len(told)
    return precision, recall, measure.f1(precision, recall), milliseconds, *right


@pytest.mark.parametrize("kind", ["benchmark", "Ukrainian"])
def test_beside_other_extractors(shared, kind, measure):
    is_ours = kind == "Ukrainian"
    pages = _ukrainian(shared) if is_ours else _benchmark(shared)
    heads = "   P      R      F1    CPU ms" + ("  titles  days" if is_ours else "")
    print(f"\n{f'{kind} pages, n={len(pages)}':24}{heads}")
    f1 = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs are not ours to mend
        for name, library, read in (OURS if is_ours else OURS[:1]) + PEERS:
            if library and _library(library) is None:
                print(f"{name:24} {MISSING}")
                continue
            _attempt(read, pages[0][0])  # what is loaded once is nobody's time a page
            reset_caches()  # or the first to ask pays for those after it
            precision, recall, f1[name], ms, titles, days = _row(pages, read, measure)
            labelled = f"  {titles:6}  {days if library != 'readability' else '–':>4}" if is_ours else ""
            print(f"{name:24} {precision:.3f}  {recall:.3f}  {f1[name]:.3f}  {ms:6.1f}{labelled}")
    theirs = max(f1[name] for name, *_ in PEERS if name in f1)
    assert min(f1[name] for name, *_ in OURS if name in f1) >= theirs
