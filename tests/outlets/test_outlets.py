"""Made-up pages of every layout of every outlet, each with what a careful reader would take from it.

A case is `<slug>/<case>.html` with `<case>.json`: `{"input": {url, fetched_at, content_type?}, "expected": {...}}`.
Each expected field is a test of its own. `absent` names fields that must come out empty.
"""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pytest

from crawlers.outlet import all_outlets
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from storage.records import RawPage, Reading
from storage.terms import Outcome

HERE = Path(__file__).parent
FIELDS = {
    "outcome",
    "title",
    "authors",
    "published_at",
    "published_precision",
    "language",
    "section",
    "outlet_tags",
    "paywalled",
    "paragraphs",
    "captions",
    "translations",
    "must_not_appear",
    "absent",
}


def _cases():
    for file in sorted(HERE.glob("*/*.json")):
        name = f"{file.parent.name}/{file.stem}"
        expected = json.loads(file.read_text("utf-8"))["expected"]
        yield from (pytest.param(name, field, id=f"{name}:{field}") for field in expected)
        if "paragraphs" in expected:
            yield pytest.param(name, "zones", id=f"{name}:zones")
        yield pytest.param(name, "outlet", id=f"{name}:outlet")


@lru_cache
def _case(name):
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


@lru_cache
def _read(name):
    given = _case(name)["input"]
    page = RawPage(
        id=name,
        payload=(HERE / f"{name}.html").read_bytes(),
        url=given["url"],
        fetched_at=datetime.fromisoformat(given["fetched_at"]),
        content_type=given.get("content_type"),
    )
    return clean(page, all_outlets(), load_clutter())


def _got(result, field):
    if field == "outcome":
        return Outcome.ARTICLE if isinstance(result, Reading) else result.outcome
    if field == "outlet":
        return result.outlet
    assert isinstance(result, Reading), f"dropped as {result.outcome}: {result.why}"
    if field == "paragraphs":
        return [paragraph.text for paragraph in result.paragraphs]
    if field == "zones":
        return [(paragraph.zone, paragraph.text[:40]) for paragraph in result.paragraphs]
    value = getattr(result, field)
    return list(value) if isinstance(value, tuple) else value


def _wanted(name, field):
    expected = _case(name)["expected"]
    if field == "outlet":
        return name.split("/")[0]
    if field == "published_at":
        return datetime.fromisoformat(expected[field])
    if field == "paragraphs":
        return [paragraph["text"] for paragraph in expected[field]]
    if field == "zones":
        return [(paragraph["zone"], paragraph["text"][:40]) for paragraph in expected["paragraphs"]]
    return expected[field]


@pytest.mark.parametrize(("name", "field"), list(_cases()))
def test_page(name, field):
    result = _read(name)
    if field == "must_not_appear":
        text = result.text_full if isinstance(result, Reading) else ""
        assert [line for line in _wanted(name, field) if line in text] == []
    elif field == "absent":
        assert {empty: _got(result, empty) for empty in _wanted(name, field) if _got(result, empty)} == {}
    else:
        assert _got(result, field) == _wanted(name, field)


@pytest.mark.parametrize("file", sorted(HERE.glob("*/*.json")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_an_expectation_states_something_in_every_field(file):
    expected = json.loads(file.read_text("utf-8"))["expected"]
    assert "outcome" in expected
    assert set(expected) <= FIELDS
    assert [field for field, value in expected.items() if value in ("", [], {}, None)] == []
    assert expected["outcome"] != "article" or {"title", "published_at", "language", "paragraphs"} <= set(expected)


def test_every_page_has_its_expectation_and_every_outlet_its_pages():
    assert {file.with_suffix("") for file in HERE.glob("*/*.html")} == {
        file.with_suffix("") for file in HERE.glob("*/*.json")
    }
    assert set(all_outlets()) <= {folder.name for folder in HERE.iterdir() if folder.is_dir()}
