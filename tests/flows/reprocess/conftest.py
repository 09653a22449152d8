"""Places in which to read anew: the demo, or captures of our own, and cleaners and rules that differ a little."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from crawlers.imports.files import RawInput, read_inputs
from flows import ingest as ingest_module
from flows.ingest import Place, ingest
from flows.reference import reference_rows
from flows.steps.claims import StageRules
from storage.models import TABLES
from storage.store import Store
from storage.terms import Outcome

DEMO = Path(__file__).parents[3] / "flows" / "demo" / "manifest.jsonl"
NOW = datetime(2027, 4, 10, 5, 0, tzinfo=UTC)
NORWAY = "https://www.pravda.com.ua/eng/news/2027/03/24/8080120/"
SAPPERS = "https://www.pravda.com.ua/news/2027/04/12/8083300/"
ZEALAND = (
    "https://www.ukrinform.net/rubric-polytics/4310200-new-zealand-joins-g7-declaration-of-support-for-ukraine.html"
)
ZEALAND_TITLE = r"new zealand joins .* for ukraine \| demo"
ZEALAND_COPY = "https://www.pravda.com.ua/eng/news/2026/12/15/8067550/"
BASE = [
    "The library by the old harbour opened its doors on Monday after two years of building.",
    "Its reading room looks out on the water, and the shelves hold forty thousand books in nine languages.",
    "The mayor said that the town had waited for this day longer than anyone could remember.",
    "Children from three schools came to see the first books being lent out, and stayed until the evening.",
]
TICKER = "Ticker: the ferry leaves at {}."
NOTES = [f"Own note {n}: the harbour master wrote a long letter about boats and ropes, number {n}." for n in range(9)]
CURRENT_CLAIMS = "select c.claim_id from claims c join articles a on a.current_reading_id = c.reading_id"


def changed(place, slug, **facts):
    """The same place, where facts of one outlet were added to."""
    outlets = dict(place.knowledge.outlets)
    more = {name: (*getattr(outlets[slug], name), *values) for name, values in facts.items()}
    outlets[slug] = outlets[slug].model_copy(update=more)
    return replace(place, knowledge=replace(place.knowledge, outlets=outlets))


def without_lines(place, slug, *patterns):
    """The same place with a cleaner that removes more lines of one outlet."""
    return changed(place, slug, clutter_lines=patterns)


def of_version(place, version):
    """The same place with a cleaner of another version that reads everything as before."""
    clutter = replace(place.knowledge.clutter, version=version)
    return replace(place, knowledge=replace(place.knowledge, clutter=clutter))


def refusing(place, title):
    """The same place with a cleaner that takes pages whose title matches for listings."""
    clutter = place.knowledge.clutter
    pages = (*clutter.pages, (Outcome.LISTING, re.compile(title)))
    clutter = replace(clutter, version=f"{clutter.version} and {title}", pages=pages)
    return replace(place, knowledge=replace(place.knowledge, clutter=clutter))


def without_claims(place):
    """The same place with rules that know no stage."""
    return replace(place, knowledge=replace(place.knowledge, stages=StageRules("none", {})))


def everything(store, *left_out):
    """All rows of all tables."""
    found = {}
    for name in TABLES.keys() - set(left_out):
        table = TABLES[name]
        with store.stream(sa.select(table).order_by(*table.primary_key)) as rows:
            found[name] = list(rows)
    return found


def version_ids(store):
    return {tuple(row.values()) for row in store.rows("select version_id, article_id, n, text_sha256 from versions")}


def works(store):
    return {row["article_id"]: row["work_id"] for row in store.rows("select article_id, work_id from articles")}


def article_at(store, url):
    return store.articles_of_urls([url])[url]


def counts(difference):
    return {kind.value: count for kind, count in difference.counts.items() if count}


def invented(number, paragraphs, hours=1, headline="Harbour town opens its new library", days=30):
    """One capture of an invented article of The Kyiv Independent, taken so many hours after it was published."""
    url = f"https://kyivindependent.com/invented-{number}/"
    at = NOW - timedelta(days=days)
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    meta = f'<meta property="article:published_time" content="{at.isoformat()}">'
    html = f"<html><head><title>{headline}</title>{meta}</head><body><article><h1>{headline}</h1>{body}</article>"
    return RawInput(
        item=f"invented-{number}-{hours}",
        url=url,
        payload=f"{html}<p>DEMO: INVENTED ARTICLE</p></body></html>".encode(),
        is_flat_text=False,
        content_type="text/html; charset=utf-8",
        fetched_at=at + timedelta(hours=hours),
        outlet=None,
        source_name="invented",
    )


def part_all_copies(store):
    """Forget all that is known of copies."""
    with store._write() as connection:
        connection.execute(sa.delete(TABLES["relations"]))
        connection.execute(sa.delete(TABLES["signatures"]))
        connection.execute(sa.update(TABLES["articles"]).values(work_id=TABLES["articles"].c.article_id))


@pytest.fixture(scope="session")
def anew():
    """What these tests say: places that differ, looks at a store, and what is on the demo's pages."""
    said = (changed, without_lines, of_version, refusing, without_claims, everything, version_ids, works, article_at)
    said += (counts, invented, part_all_copies)
    texts = {"NORWAY": NORWAY, "SAPPERS": SAPPERS, "BASE": BASE, "TICKER": TICKER, "NOTES": NOTES}
    texts |= {"ZEALAND": ZEALAND, "ZEALAND_TITLE": ZEALAND_TITLE, "ZEALAND_COPY": ZEALAND_COPY}
    return SimpleNamespace(**{one.__name__: one for one in said}, **texts, CURRENT_CLAIMS=CURRENT_CLAIMS)


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory, knowledge):
    """The demo's pages in SQLite and an archive of several files; to be copied."""
    folder = tmp_path_factory.mktemp("read")
    with (
        Store.open(f"sqlite:///{folder}/zaporuka.db", must_exist=False) as store,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(ingest_module, "BATCH", 10)
        store.load_reference(*reference_rows(knowledge))
        ingest(read_inputs([DEMO]), Place(store, folder / "archive", knowledge, lambda: NOW))
    return folder


@pytest.fixture
def demo(demo_template, place_of, tmp_path):
    """The demo's pages, read; on SQLite."""
    shutil.copytree(demo_template, tmp_path, dirs_exist_ok=True)
    return place_of(f"sqlite:///{tmp_path}/zaporuka.db")


@pytest.fixture
def demo_anywhere(database_url, place_of, read_demo):
    """The demo's pages, read; once on every engine."""
    place = place_of(database_url)
    read_demo(place)
    return place


@pytest.fixture
def own_place(place_of, new_sqlite):
    """Read captures of our own into a place, by a cleaner with these facts of their outlet."""

    def read(*captures, **facts):
        place = changed(place_of(new_sqlite()), "kyiv-independent", **facts)
        ingest(captures, place)
        return place

    return read
