"""How well tagging does on the labelled texts: precision and recall with n and the 95 % Wilson interval."""

import json
import math
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from flows.lexicon import load_lexicon
from flows.steps.mentions import find_mentions
from flows.steps.persons import persons
from flows.steps.scanned import ScannedText
from flows.steps.tag import tag
from flows.steps.text import lay_out
from storage.records import Paragraph, Tag
from storage.terms import Language, Zone

pytestmark = [pytest.mark.prove, pytest.mark.shared]

ENOUGH_LABELS = 35
TOPIC_OF_LABEL = {
    "security-guarantees": "security_guarantees",
    "bilateral-agreement": "bilateral_agreement",
    "g7-declaration": "g7_declaration",
    "budapest-memorandum": "budapest_memorandum",
    "coalition-of-the-willing": "coalition_force",
    "peace-formula": "peace_formula",
    "kyiv-security-compact": "kyiv_security_compact",
}
"""The corpus's labels that have a twin among our topics; the others are broader and are not scored."""


def wilson(hits: int, n: int) -> str:
    """`hits/n` as a share with its 95 % Wilson interval."""
    if not n:
        return "n=0"
    z, share = 1.959964, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{share:.3f} (n={n}, 95 % {middle - half:.3f}–{middle + half:.3f})"


def say(figures: str) -> None:
    """Prints one line of figures: what `make prove` is for."""
    print(figures)


def lines(file: Path) -> Iterator[dict]:
    with file.open(encoding="utf-8") as rows:
        yield from map(json.loads, rows)


class Judged(NamedTuple):
    """A labelled text and what tagging says of it."""

    row: dict
    is_about: bool
    tags: tuple[Tag, ...]


def laid_out(row: dict) -> tuple[str, str, tuple[Paragraph, ...]]:
    """Title, text and paragraphs of a stored text, whose first line may repeat its title or be its only one."""
    title = (row["title"] or "").strip()
    paragraphs = [line for line in row["text"].split("\n") if line.strip()]
    while title and paragraphs and paragraphs[0].strip() == title:
        paragraphs = paragraphs[1:]
    if not title:
        title, paragraphs = paragraphs[0], paragraphs[1:]
    zones = [Zone.LEAD] + [Zone.BODY] * len(paragraphs)
    text, laid = lay_out(title, zip(paragraphs, zones, strict=False))
    return title, text, laid


@pytest.fixture(scope="module")
def judged(shared: Path) -> list[Judged]:
    lexicon = load_lexicon()
    found, letters, seconds = [], 0, 0.0
    for row in lines(shared / "corpus" / "topical.jsonl"):
        title, text, laid = laid_out(row)
        day = date.fromisoformat(row["published"][:10]) if row["published"] else None
        start = time.process_time()
        is_about, _, tags = tag(ScannedText(title, laid, text, Language(row["language"]), day, lexicon))
        seconds += time.process_time() - start
        letters += len(text)
        found.append(Judged(row, is_about, tags))
    say(f"tagging: {seconds / letters * 2_000 * 1_000:.2f} ms per 2,000 characters")
    return found


def test_is_security_guarantees(judged: list[Judged]):
    total = Counter()
    for language in ("en", "uk", "ru", "all"):
        rows = [one for one in judged if language in {"all", one.row["language"]}]
        sure = [one for one in rows if one.row["is_security_guarantees"] != "borderline"]
        right = sum(one.is_about and one.row["is_security_guarantees"] is True for one in sure)
        said = sum(one.is_about for one in sure)
        labelled = sum(one.row["is_security_guarantees"] is True for one in sure)
        edge = [one for one in rows if one.row["is_security_guarantees"] == "borderline"]
        say(
            f"{language}: precision {wilson(right, said)}; recall {wilson(right, labelled)}; "
            f"borderline called true {sum(one.is_about for one in edge)} of {len(edge)}"
        )
        total = Counter(right=right, said=said, labelled=labelled)
    assert total["right"] >= 0.9 * total["said"]
    assert total["right"] >= 0.9 * total["labelled"]


def test_topics(judged: list[Judged]):
    for label, topic in TOPIC_OF_LABEL.items():
        labelled = {one.row["id"] for one in judged if label in one.row["topics"]}
        if len(labelled) < ENOUGH_LABELS:
            say(f"{topic}: not shown, n={len(labelled)}")
            continue
        said = {one.row["id"] for one in judged if any(found.topic == topic for found in one.tags)}
        both = len(said & labelled)
        say(f"{topic}: precision {wilson(both, len(said))}; recall {wilson(both, len(labelled))}")


def test_countries_of_sentences(shared: Path):
    lexicon = load_lexicon()
    right = said = labelled = 0
    for row in lines(shared / "domain" / "sentences.jsonl"):
        found = find_mentions(row["text"], Language(row["lang"]), lexicon, date(2024, 5, 1))
        codes = {one.id for one in found if one.kind == "guarantor"} - {"NATO"}
        gold = set(row["countries"]) - {"RU"}
        right, said, labelled = right + len(codes & gold), said + len(codes), labelled + len(gold)
    say(f"countries of sentences: precision {wilson(right, said)}; recall {wilson(right, labelled)}")
    assert right >= 0.9 * said
    assert right >= 0.9 * labelled


def test_forms_of_state_names(shared: Path):
    lexicon = load_lexicon()
    codes = {f"GPE-{one.name_en.replace(' ', '-')}": code for code, one in lexicon.guarantors.items()}
    codes |= {
        "GPE-USA": "US",
        "GPE-UK": "GB",
        "GPE-Great-Britain": "GB",
        "ORG-European-Union": "EU",
        "ORG-NATO": "NATO",
    }
    entities = json.loads((shared / "captures/names/slavicner_entities_uk_ru.json").read_text(encoding="utf-8"))
    for language in (Language.UK, Language.RU):
        hits = n = hit_uses = uses = 0
        for entity in entities:
            code = codes.get(entity["id"])
            for form, count in entity["forms"].get(language.value, {}).items() if code else ():
                is_found = code in {one.id for one in find_mentions(form, language, lexicon, None)}
                hits, n = hits + is_found, n + 1
                hit_uses, uses = hit_uses + is_found * count, uses + count
        say(f"state names {language}: forms found {wilson(hits, n)}; of uses {wilson(hit_uses, uses)}")
        assert hit_uses >= 0.95 * uses


def test_people(shared: Path):
    lexicon = load_lexicon()
    hits = n = 0
    for row in lines(shared / "corpus" / "topical.jsonl"):
        text = f"{row['title'] or ''}\n\n{row['text']}"
        scanned = ScannedText("", (), text, Language(row["language"]), None, lexicon)
        written = {form for one in persons(scanned) for form in one.as_written}
        for label in row["persons"]:
            name = " ".join(label["name"].split())
            n += 1
            hits += any(name in form or form in name for form in written)
    say(f"people named: recall {wilson(hits, n)}")
    assert hits >= 0.9 * n
