"""The demo's made-up pages: marked as invented, all listed, and cleaned to what a careful reader wrote down."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from crawlers.outlet import all_outlets
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from storage.keys import kyiv_day
from storage.records import RawPage, Reading
from storage.terms import Family, Stage

REPO = Path(__file__).parents[2]
DEMO = REPO / "flows" / "demo"
MARK = "DEMO: INVENTED ARTICLE"
TRUTH = json.loads((REPO / "tests" / "demo_truth.json").read_text("utf-8"))
MANIFEST = {row["id"]: row for row in map(json.loads, (DEMO / "manifest.jsonl").read_text("utf-8").splitlines())}


def _read(identifier):
    row = MANIFEST[identifier]
    payload = (DEMO / row["file"]).read_bytes()
    is_flat = row["file"].endswith(".txt")
    page = RawPage(
        id=identifier,
        payload=None if is_flat else payload,
        text=payload.decode("utf-8") if is_flat else None,
        url=row.get("url"),
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        content_type=row.get("content_type"),
    )
    return clean(page, all_outlets(), load_clutter())


def test_manifest_files_and_truth_name_the_same_pages():
    assert list(MANIFEST) == list(dict.fromkeys(MANIFEST))
    assert {DEMO / row["file"] for row in MANIFEST.values()} == set((DEMO / "pages").iterdir())
    assert set(MANIFEST) == set(TRUTH["pages"])


def test_the_truth_speaks_of_known_pages_in_known_terms():
    articles = {name for name, page in TRUTH["pages"].items() if page["outcome"] == "article"}
    for line in TRUTH["ledger"]:
        assert set(line["texts"]) <= articles
        assert line["stage"] in set(Stage)
        assert line["family"] in set(Family)
        assert ("event_on" in line) != ("by" in line)
    assert {page["work"] for page in TRUTH["pages"].values() if "work" in page} <= articles
    assert {name for group in TRUTH["translations"] for name in group} <= articles


@pytest.mark.parametrize("identifier", [name for name in MANIFEST if name != "empty"])
def test_every_page_says_it_is_invented_but_not_in_its_article(identifier):
    assert MARK.encode() in (DEMO / MANIFEST[identifier]["file"]).read_bytes()
    result = _read(identifier)
    assert not isinstance(result, Reading) or MARK not in result.text_full


@pytest.mark.parametrize("identifier", MANIFEST)
def test_a_page_is_cleaned_to_what_the_truth_says(identifier):
    wanted = TRUTH["pages"][identifier]
    result = _read(identifier)
    assert result.outlet == wanted["outlet"]
    if wanted["outcome"] != "article":
        assert not isinstance(result, Reading)
        assert result.outcome == wanted["outcome"]
        return
    assert isinstance(result, Reading)
    assert result.language == wanted["language"]
    assert result.published_at is not None
    assert kyiv_day(result.published_at) == date.fromisoformat(wanted["published_on"])


def test_the_old_page_is_really_windows_1251():
    payload = (DEMO / MANIFEST["jp-round-cp1251"]["file"]).read_bytes()
    assert "Японія" in payload.decode("cp1251")
    with pytest.raises(UnicodeDecodeError):
        payload.decode("utf-8")
