"""The two flattened pages and what must come out of them."""

import json

import pytest

from crawlers.outlet import all_outlets
from flows.steps.clean import clean
from storage.records import RawPage, Reading

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def expected(shared):
    return json.loads((shared / "seeds" / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("is_given", [False, True], ids=["house-style", "given"])
def test_seed_reads_as_expected(shared, expected, clutter, number, is_given):
    name, right = sorted(expected.items())[number]
    outlets = all_outlets()
    slug = next(slug for slug, outlet in outlets.items() if right["outlet"] in {outlet.name, *outlet.names})
    text = (shared / "seeds" / name).read_text(encoding="utf-8")
    reading = clean(RawPage(id=name, text=text, outlet=slug if is_given else None), outlets, clutter)
    assert isinstance(reading, Reading)
    assert reading.outlet == slug
    assert reading.title == right["title"]
    assert [p.text for p in reading.paragraphs] == right["paragraphs"]
    assert list(reading.captions) == right["captions"]
    assert list(reading.authors) == right["authors"]
    assert reading.published_at.isoformat() == right["published_at"]
    assert reading.language == right["language"]
    assert [line for line in right["must_not_appear"] if line in reading.text_full] == []
