"""Decisions of persons: kept, compared, and reopened when what they judged is another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.store import StoreError
from storage.store.reviews import (
    NewReview,
    add_reviews,
    linked_guarantors,
    readers_on_file,
    reviews_of,
    seen_of,
    standing,
)
from storage.terms import Decision

T1 = datetime(2024, 7, 1, 9, 30, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACCEPT, REJECT, CORRECT = Decision.ACCEPT, Decision.REJECT, Decision.CORRECT


@pytest.fixture
def saved(filled, made):
    """Save a reading with claims made of it; gives the claims on file."""

    def save(reading, *claims, fetched_at=made.noon, rules="r1"):
        row, read = made.page(reading, fetched_at=fetched_at)
        if claims:
            read = replace(read, findings=read.findings.model_copy(update={"claims": claims}))
        filled.save(made.batch((row, read), rules=rules), made.noon)
        return filled.claims_on_file()

    return save


def _new(claim, decision, reader="KS", **more):
    return NewReview(claim.claim_id, decision, reader, seen_of(claim), **more)


def _said(store, claim):
    return [(one.reader, one.decision, one.changed) for one in reviews_of(store, [claim]).get(claim.claim_id, ())]


def test_two_readers_may_judge_one_claim_and_the_last_word_of_each_stands(filled, made, saved):
    (claim,) = saved(made.reading())
    assert reviews_of(filled, [claim]) == {}
    mended = {"event_on_min": None, "event_on_max": "2024-06-12", "precision": "by"}
    assert add_reviews(filled, [_new(claim, ACCEPT, note="seen")], T1) == 1
    assert add_reviews(filled, [_new(claim, REJECT, "OM")], T1 + HOUR / 2) == 1
    assert add_reviews(filled, [_new(claim, CORRECT, correction=mended)], T1 + HOUR) == 1
    last = standing(reviews_of(filled, [claim])[claim.claim_id])
    assert [(one.reader, one.decision, one.correction) for one in last] == [
        ("OM", REJECT, None),
        ("KS", CORRECT, mended),
    ]
    assert last[1].decided_at == T1 + HOUR
    assert readers_on_file(filled) == ["KS", "OM"]
    (claim,) = filled.claims_on_file()
    assert (claim.decision, claim.correction) == (CORRECT, mended)


def test_what_a_reader_said_last_is_not_added_again(filled, made, saved):
    (claim,) = saved(made.reading())
    assert add_reviews(filled, [_new(claim, ACCEPT)], T1) == 1
    assert add_reviews(filled, [_new(claim, ACCEPT)], T1 + HOUR) == 0
    assert add_reviews(filled, [_new(claim, ACCEPT, note="why")], T1 + HOUR) == 1
    assert add_reviews(filled, [_new(claim, REJECT)], T1 + 2 * HOUR) == 1
    assert add_reviews(filled, [_new(claim, ACCEPT)], T1 + 3 * HOUR) == 1


def test_decisions_are_added_all_or_none(filled, made, saved):
    (claim,) = saved(made.reading())
    unknown = replace(_new(claim, ACCEPT), claim_id=7)
    with pytest.raises(StoreError, match="claim 7 is on file no more"):
        add_reviews(filled, [_new(claim, ACCEPT), unknown], T1)
    with pytest.raises(StoreError, match="changed while it was read"):
        add_reviews(filled, [_new(claim, ACCEPT), replace(_new(claim, REJECT, "OM"), seen="else")], T1)
    assert reviews_of(filled, [claim]) == {}


@pytest.mark.parametrize("change", [{"event_on_max": date(2024, 6, 14)}, {"is_hedged": True}, {"evidence": "more"}])
def test_a_decision_is_reopened_when_the_evidence_changes_and_closed_when_it_is_as_before(filled, made, saved, change):
    reading = made.reading()
    was = made.findings(reading).claims[0]
    (claim,) = saved(reading, was)
    add_reviews(filled, [_new(claim, ACCEPT)], T1)
    assert _said(filled, claim) == [("KS", ACCEPT, None)]
    if "evidence" in change:
        change = {"evidence": (*was.evidence, made.evidence(reading, "Fasano", "document"))}
    (claim,) = saved(reading, was.model_copy(update=change), rules="r2")
    assert _said(filled, claim) == [("KS", ACCEPT, "evidence")]
    assert add_reviews(filled, [_new(claim, ACCEPT)], T1 + HOUR) == 1  # the same word, but about something else
    assert _said(filled, claim)[1:] == [("KS", ACCEPT, None)]
    (claim,) = saved(reading, was, rules="r3")
    assert _said(filled, claim) == [("KS", ACCEPT, None), ("KS", ACCEPT, "evidence")]


def test_another_rule_or_another_place_in_the_text_reopens_nothing(filled, made, saved):
    reading = made.reading()
    was = made.findings(reading).claims[0]
    (claim,) = saved(reading, was)
    add_reviews(filled, [_new(claim, ACCEPT)], T1)
    moved = made.reading(body=("Something first.", *made.body))
    proof = made.evidence(moved, made.body[0])
    (claim,) = saved(
        moved, was.model_copy(update={"evidence": (proof,), "rule": "S-99"}), fetched_at=made.noon + HOUR, rules="r2"
    )
    assert _said(filled, claim) == [("KS", ACCEPT, None)]


def test_a_changed_sentence_shows_the_decision_about_the_former_one(filled, made, saved):
    reading = made.reading()
    (old,) = saved(reading)
    add_reviews(filled, [_new(old, REJECT)], T1)
    edited = made.reading(body=("Japan has signed the accord in Fasano.", made.body[1]))
    (new,) = saved(edited, fetched_at=made.noon + HOUR)
    assert new.claim_id != old.claim_id
    assert _said(filled, new) == [("KS", REJECT, "sentence")]
    add_reviews(filled, [_new(new, ACCEPT, "OM")], T1 + HOUR)
    assert _said(filled, new) == [("OM", ACCEPT, None)]


def test_a_sentence_that_stood_beside_the_one_that_went_inherits_nothing(filled, made, saved):
    both = made.reading(body=("Japan signed the accord in Fasano.", "The accord was signed by Japan."))
    first = made.findings(both).claims[0]
    proof = made.evidence(both, both.paragraphs[1].text)
    second = first.model_copy(update={"step_sentence": proof.quote.lower(), "evidence": (proof,)})
    claims = {one.claim.step_sentence: one for one in saved(both, first, second)}
    add_reviews(filled, [_new(claims[first.step_sentence], REJECT)], T1)
    left = made.reading(body=("Nothing.", "The accord was signed by Japan."))
    kept = second.model_copy(update={"evidence": (made.evidence(left, left.paragraphs[1].text),)})
    (claim,) = saved(left, kept, fetched_at=made.noon + HOUR)
    assert _said(filled, claim) == []


def test_guarantors_between_whom_a_claim_was_moved_go_together(filled, made, saved):
    (claim,) = saved(made.reading())
    assert linked_guarantors(filled, ["JP"]) == {"JP"}
    add_reviews(filled, [_new(claim, CORRECT, correction={"guarantor": "KR"})], T1)
    row, read = made.article("b", title="Korea", body=("Korea signed the accord.",))
    other = read.findings.claims[0].model_copy(update={"guarantor": "KR"})
    filled.save(made.batch((row, replace(read, findings=read.findings.model_copy(update={"claims": (other,)})))), T1)
    (korea,) = filled.claims_on_file(guarantor="KR")
    assert linked_guarantors(filled, ["KR"]) == linked_guarantors(filled, ["JP"]) == {"JP", "KR"}
    assert linked_guarantors(filled, ["LV"]) == {"LV"}
    add_reviews(filled, [_new(korea, CORRECT, correction={"guarantor": "LV"})], T1)
    assert linked_guarantors(filled, ["JP"]) == linked_guarantors(filled, ["LV"]) == {"JP", "KR", "LV"}
