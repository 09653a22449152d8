"""How often credits are found, and how often what is found is one, on made-up sentences."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from crawlers.outlet import all_outlets
from flows.lexicon.agencies import load_sources
from flows.steps.attribution import attributions
from flows.steps.text import lay_out
from storage.terms import Zone

pytestmark = pytest.mark.prove

SENTENCES = Path(__file__).with_name("attributions") / "sentences.yaml"


@pytest.fixture(scope="module")
def rows():
    return yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))["rows"]


@pytest.fixture(scope="module")
def sources():
    return load_sources(all_outlets())


def judged(row, sources):
    """What should be found in a row and what is."""
    _, outlet, text, expected = row["say"]
    before = [(f"Paragraph number {n} tells of something else.", Zone.BODY) for n in range(row.get("after", 0))]
    text_full, spans = lay_out("A headline", [*before, (text, Zone(row.get("zone", "body")))])
    found = attributions(text_full, spans, outlet, sources)
    assert all(text_full[one.start : one.end] == one.quote for one in found)
    return set(expected.items()), {(one.source, one.role) for one in found}


@pytest.mark.parametrize(("half", "first"), [("looked at", 0), ("not looked at", 1)])
def test_credits_are_found_and_what_is_found_is_one(rows, sources, floors, half, first):
    counted = Counter()
    for row in rows[first::2]:
        expected, found = judged(row, sources)
        counted += Counter(hits=len(expected & found), expected=len(expected), found=len(found))
        if expected != found:
            print(
                f"  {row['say'][2]} expected {sorted(expected)}, found {sorted(found)}" if first == 0 else "  one row"
            )
    print(f"{len(rows[first::2])} sentences")
    floors.share(f"credits, {half}: precision", counted["hits"], counted["found"])
    floors.share(f"credits, {half}: recall", counted["hits"], counted["expected"])


def test_sentences_that_credit_nobody_stay_without_a_credit(rows, sources, floors):
    silent = [row for row in rows if not row["say"][3]]
    quiet = sum(not judged(row, sources)[1] for row in silent)
    floors.share("sentences that credit nobody: left alone", quiet, len(silent))


def test_every_language_and_kind_is_there(rows):
    assert len(rows) >= 150
    assert Counter(row["say"][0] for row in rows).keys() == {"en", "uk", "ru"}
    assert {role for row in rows for role in row["say"][3].values()} == {"origin", "mention", "self"}
