"""A place to ingest into, on SQLite and on Postgres, and the demo's pages."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from crawlers.imports.files import read_inputs
from flows.demo.replica.setting import SLUGS
from flows.ingest import Place, ingest
from flows.knowledge import load_knowledge
from flows.reference import reference_rows
from flows.settings import Settings
from storage.store import Store

REPO = Path(__file__).parents[2]
DEMO = REPO / "flows" / "demo" / "manifest.jsonl"
NOW = datetime(2027, 4, 10, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def knowledge():
    """What the program knows of itself, without any user's files, and of outlets those that the replica plays."""
    known = load_knowledge(Settings())
    return replace(known, outlets={slug: known.outlets[slug] for slug in SLUGS})


@pytest.fixture
def place_of(knowledge, tmp_path):
    """Make a place to ingest into from a database URL."""
    opened = []

    def make(url, name="archive", now=NOW):
        store = Store.open(url, must_exist=False)
        opened.append(store)
        store.load_reference(*reference_rows(knowledge))
        return Place(store, tmp_path / name, knowledge, lambda: now)

    yield make
    for store in opened:
        store.close()


@pytest.fixture(scope="session")
def truth():
    """What a careful reader takes from the demo's pages."""
    return json.loads((REPO / "tests" / "demo_truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def demo_lines():
    """The demo's manifest, a dictionary a page."""
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def read_demo():
    """Ingest the demo's pages, in the order given or another one."""

    def read(place, order=lambda inputs: inputs):
        return ingest(order(list(read_inputs([DEMO]))), place)

    return read


@pytest.fixture
def new_sqlite(tmp_path):
    """Addresses of fresh SQLite databases."""
    numbers = count()
    return lambda: f"sqlite:///{tmp_path}/fresh-{next(numbers)}.db"
