"""The thirty wordings on which coders of guarantees go wrong, each in a made-up text: topic and steps.

A row names the steps that are told as facts (a signing announced is one, whatever the day) and those that are not.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from flows.findings import find_in_line
from flows.knowledge import load_knowledge
from flows.settings import Settings
from flows.wire import TextLine
from storage.terms import EventPrecision, Factuality, Stage

CASES = [json.loads(row) for row in Path(__file__).with_name("borderline_cases.jsonl").read_text("utf-8").splitlines()]
BY_NUMBER = {case["case"]: case for case in CASES}


def found(case):
    published = datetime.fromisoformat(f"{case['published']}T12:00+03:00")
    text = "\n\n".join(case["paragraphs"])
    line = TextLine(id="x", title=case["title"], text=text, language=case["language"], published=published)
    return find_in_line(line, load_knowledge(Settings()))


def facts(findings):
    told = (Factuality.FACT, Factuality.PLANNED)
    return {
        (claim.guarantor, str(claim.stage))
        for claim in findings.claims
        if claim.factuality is Factuality.FACT or (claim.stage is Stage.SIGNING_ANNOUNCED and claim.factuality in told)
    }


def claims_of(number, guarantor, stage):
    return [c for c in found(BY_NUMBER[number]).claims if (c.guarantor, c.stage) == (guarantor, stage)]


def test_every_case_is_here():
    assert sorted(BY_NUMBER) == list(range(1, 31))
    assert {case["language"] for case in CASES} == {"en", "uk", "ru"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_topic_and_steps_are_as_they_should_be(case):
    findings = found(case)
    assert findings.is_security_guarantees == case["is_about"]
    told = facts(findings)
    assert {tuple(step) for step in case["told"]} <= told
    assert told.isdisjoint(tuple(step) for step in case["not_told"])


def test_a_friendship_treaty_yields_no_claim():
    assert found(BY_NUMBER[16]).claims == ()


def test_an_announced_signing_keeps_the_day_to_come():
    assert "2025-05-15" in {str(claim.planned_on) for claim in claims_of(15, "ME", Stage.SIGNING_ANNOUNCED)}


def test_day_and_place_come_from_the_sentence():
    [claim] = [one for one in claims_of(27, "SE", Stage.SIGNED) if one.place]
    assert str(claim.event_on_min) == str(claim.event_on_max) == "2024-05-31"
    assert claim.precision is EventPrecision.DAY
    assert claim.place == "Stockholm"


def test_spellings_of_one_adviser_are_one_person():
    [person] = found(BY_NUMBER[30]).persons
    assert person.name == "Ihor Zhovkva"
    assert set(person.as_written) == {"Zhovka", "Ihor Zhovkva", "Zovkva"}
