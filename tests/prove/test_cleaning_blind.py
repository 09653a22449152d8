"""How well cleaning does on made-up pages whose writers never saw it."""

import gzip
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from crawlers.outlet import all_outlets
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from flows.steps.text import squeeze
from storage.keys import kyiv_day
from storage.records import RawPage, Reading

pytestmark = [pytest.mark.prove]

PAGES = Path(__file__).parent / "pages"
LONG = 25  # a shorter line may stand in another by chance
BULLETS = "-–—•0123456789. "


def _page(row):
    html = row.get("html")
    return RawPage(
        id=row["id"],
        payload=html.encode() if html else None,
        text=None if html else row["text"],
        url=row["url"],
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        content_type="text/html; charset=utf-8" if html else None,
    )


def _is_kept(line, body):
    return line in body or line.lstrip(BULLETS) in body


def _is_left(line, paragraphs, body):
    return line in paragraphs or (len(line) > LONG and line in body)


def _is_day(reading, said):
    if reading.published_at is None:
        return False
    day = datetime.fromisoformat(said)
    return kyiv_day(reading.published_at) == (kyiv_day(day) if day.tzinfo else day.date())


def _count(row, result, tally):
    """Count into {figure: [hits, of]} what became of one page; a refused article loses all its lines."""

    def add(name, hits, of=1):
        tally[f"{name}, right"] += hits
        tally[f"{name}, of"] += of

    is_read = isinstance(result, Reading)
    if row["outcome"] != "article":
        add("pages that are no article: refused", not is_read)
        return
    add("articles: read", is_read)
    paragraphs = [squeeze(p.text) for p in result.paragraphs] if is_read else []
    body = "\n".join(paragraphs)
    add("lines kept", sum(_is_kept(squeeze(line), body) for line in row["keep"]), len(row["keep"]))
    add("lines left", sum(_is_left(squeeze(line), paragraphs, body) for line in row["drop"]), len(row["drop"]))
    if is_read:
        add("titles", squeeze(result.title) == squeeze(row["title"]))
        add("authors", list(result.authors) == row["authors"])
        if row["published"]:
            add("days", _is_day(result, row["published"]))


@pytest.mark.parametrize("name", ["first", "second-seen", "second-blind"])
def test_made_up_pages(floors, name):
    tally = Counter()
    lines = gzip.decompress((PAGES / f"{name}.jsonl.gz").read_bytes()).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    for row in rows:
        _count(row, clean(_page(row), all_outlets(), load_clutter()), tally)
    print()
    for figure in sorted({key.rsplit(", ", 1)[0] for key in tally}):
        hits, of = tally[f"{figure}, right"], tally[f"{figure}, of"]
        floors.share(f"made-up pages, {name}: {figure}", hits, of)
