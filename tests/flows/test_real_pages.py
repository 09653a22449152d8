"""What must come out of real pages, where they lie beside the project."""

import json
from datetime import datetime

import pytest

from crawlers.imports.files import read_inputs
from flows.ingest import ingest
from storage.keys import KYIV
from storage.terms import Factuality, Outcome, Stage

pytestmark = pytest.mark.shared
NEVER = {Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.JOINED_DECLARATION}


@pytest.fixture
def seeds(shared):
    """The two flattened pages and what must come out of them."""
    folder = shared / "seeds"
    return folder, json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["000_319458b728aa3ade.txt", "001_6ab390eb2a37bfb9.txt"])
@pytest.mark.parametrize("outlet_is", ["betrayed", "given"])
def test_a_flattened_page_comes_out_as_a_reader_would_read_it(name, outlet_is, seeds, place_of, new_sqlite, knowledge):
    folder, expected = seeds[0], seeds[1][name]
    slug = next(
        slug for slug, outlet in knowledge.outlets.items() if expected["outlet"] in {outlet.name, *outlet.names}
    )
    place = place_of(new_sqlite())
    report = ingest(read_inputs([folder / name], slug if outlet_is == "given" else None), place)
    assert report.of_outcome(Outcome.ARTICLE) == 1
    store = place.store
    [text] = store.texts_of([row["article_id"] for row in store.rows("select article_id from articles")])
    assert text.headline == expected["title"]
    assert [paragraph.text for paragraph in text.paragraphs] == expected["paragraphs"]
    [row] = store.rows("select outlet, outlet_source, authors, captions, language from readings")
    assert (row["outlet"], row["language"]) == (slug, expected["language"])
    assert row["outlet_source"] == ("given" if outlet_is == "given" else "house_style")
    assert json.loads(row["authors"]) == expected["authors"]
    assert json.loads(row["captions"]) == expected["captions"]
    assert text.published_at.astimezone(KYIV) == datetime.fromisoformat(expected["published_at"])
    assert text.published_at.astimezone(KYIV).isoformat() == expected["published_at"]
    for line in expected["must_not_appear"]:
        assert line not in text.text_full
    persons = {
        row["name"]: json.loads(row["as_written"]) for row in store.rows("select name, as_written from person_mentions")
    }
    assert {name: sorted(spellings) for name, spellings in persons.items()} == {
        name: sorted(spellings) for name, spellings in expected["persons"].items()
    }
    claims = [filed.claim for filed in store.claims_on_file()]
    assert {(claim.guarantor, claim.stage.value) for claim in claims} == {
        (claim["guarantor"], claim["stage"]) for claim in expected["claims"]
    }
    for wanted in expected["claims"]:
        found = [c for c in claims if (c.guarantor, c.stage) == (wanted["guarantor"], wanted["stage"])]
        if "date" in wanted:
            assert any(str(c.event_on_min) == str(c.event_on_max) == wanted["date"] for c in found), wanted
        assert any(c.factuality is Factuality.FACT for c in found), wanted
    assert not NEVER & {claim.stage for claim in claims}
    assert store.quote_mismatches() == 0


def test_every_real_page_is_what_it_is_and_of_its_day(shared, place_of, new_sqlite, tmp_path):
    folder = shared / "captures" / "ua-html"
    pages = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    manifest = tmp_path / "pages.jsonl"
    lines = [{"id": page["file"], "file": str(folder / page["file"]), "url": page["url"]} for page in pages]
    manifest.write_text("\n".join(json.dumps(line) for line in lines))
    place = place_of(new_sqlite())
    ingest(read_inputs([manifest]), place)
    rows = {
        (row["url"], row["payload_sha256"]): row
        for row in place.store.rows(
            "select p.url, p.payload_sha256, p.outcome, cast(r.published_on as text) as day from pages p"
            " left join readings r on r.version_id = p.version_id"
        )
    }
    assert len(rows) == len(pages)
    kinds = {"listing": Outcome.LISTING, "block-page": Outcome.CHALLENGE, "article": Outcome.ARTICLE}
    by_url = {}
    for (url, _), row in rows.items():
        by_url.setdefault(url, []).append(row)
    for page in pages:
        for row in by_url[page["url"]]:
            assert row["outcome"] == kinds[page["kind"]], page["file"]
            if page["kind"] == "article":
                assert row["day"] == page["date"], page["file"]


def test_every_record_of_odd_archives_has_an_outcome(shared, place_of, new_sqlite):
    place = place_of(new_sqlite())
    report = ingest(read_inputs([shared / "captures" / "warc"]), place)
    assert report.inputs > 100
    assert report.of_outcome(Outcome.STEP_FAILED) == 0
    known = set(Outcome)
    assert all(outcome in known for _, outcome in report.outcomes)
