"""Texts that never say "security guarantees" and are about them, and texts that look like it. All are made up."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from flows.findings import find_in_line
from flows.knowledge import load_knowledge
from flows.settings import Settings
from flows.wire import TextLine

ROWS = [json.loads(row) for row in Path(__file__).with_name("tag_signs.jsonl").read_text("utf-8").splitlines()]


def found(language, title, paragraphs):
    published = datetime.fromisoformat("2025-10-10T12:00+03:00")
    text = "\n\n".join(paragraphs)
    line = TextLine(id="x", title=title, text=text, language=language, published=published)
    return find_in_line(line, load_knowledge(Settings()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']}-{row['title']}")
def test_a_promise_of_security_to_ukraine_is_told_from_other_papers_and_troops(row):
    said = found(row["language"], row["title"], row["paragraphs"])
    assert said.is_security_guarantees == row["is_about"]


def test_what_betrays_the_text_is_its_evidence():
    sentence = "The ten-year accord with Ukraine covers arms."
    [proof] = found("en", "Lisbon and Kyiv shake hands", [sentence]).topics[0].evidence
    assert proof.quote == sentence
    assert proof.rule == "topic:security_guarantees:signs"


def test_a_paper_whose_signs_stand_far_away_is_not_taken_for_one():
    filler = ["The harvest began in Poltava, and the weather was fine."] * 8
    news = ["Ukraine and Portugal signed an agreement.", *filler, "The Lisbon fair runs for ten years.", *filler]
    assert not found("en", "Harvest in Poltava", [*filler, *news, "The army lacks weapons."]).is_security_guarantees
