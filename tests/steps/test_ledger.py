"""The ledger says what claims say, in whatever order they come."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.ledger import ClaimOnFile, changes, derive
from storage.records import Claim, Evidence
from storage.terms import (
    Confirmed,
    Decision,
    EventPrecision,
    EvidenceRole,
    Factuality,
    Family,
    ReportType,
    Side,
    Stage,
)  # fmt: skip

DAY = date(2024, 6, 13)
EVIDENCE = (Evidence(role=EvidenceRole.STEP, start=0, end=1, quote="x", rule="r"),)


def filed(
    number, *, stage=Stage.SIGNED, day=DAY, work=None, side="unknown", decision=None, hours=0, outlet=None, **fields
):
    values = {
        "guarantor": "NO", "document": "bilateral", "family": Family.BILATERAL, "stage": stage,
        "acting_side": Side.UNKNOWN, "factuality": Factuality.FACT, "event_on_min": day, "event_on_max": day,
        "precision": EventPrecision.DAY if day else EventPrecision.UNKNOWN, "rule": "r", "step_sentence": f"s{number}",
        "evidence": EVIDENCE,
    }  # fmt: skip
    return ClaimOnFile(
        claim_id=number, article_id=number, outlet=outlet or f"o{number}", outlet_side=side,
        published_at=datetime(2024, 6, 13, tzinfo=UTC) + timedelta(hours=hours), work_id=work or number,
        claim=Claim(**{**values, **fields}), decision=decision,
    )  # fmt: skip


def only(claims):
    lines, _ = derive(claims)
    (line,) = lines
    return line


def test_twenty_copies_are_one_line_with_everything_counted_apart():
    claims = [
        filed(n, work=1, outlet=f"o{n % 5}", said_by="Ola Nordmann", said_side=Side.GUARANTOR) for n in range(1, 21)
    ]
    line = only(claims)
    assert line.line == "NO/bilateral/signed"
    assert (line.texts, line.outlets, line.speakers) == (20, 5, 1)
    assert line.confirmed_by is Confirmed.GUARANTOR
    assert line.status == "current"


def test_copies_of_one_work_do_not_outvote_two_works():
    other = DAY + timedelta(days=1)
    claims = [filed(n, work=1, day=other) for n in range(1, 10)] + [filed(20), filed(21)]
    lines, conflicts = derive(claims)
    assert lines[0].event_on_min == DAY
    (conflict,) = conflicts
    assert (conflict.field, conflict.value, conflict.texts) == ("event_on", other.isoformat(), 9)


def test_a_primary_source_decides_the_day_and_the_others_stay_as_conflicts():
    early = DAY - timedelta(days=2)
    lines, conflicts = derive([filed(1), filed(2), filed(3, side="UA", day=early)])
    assert lines[0].event_on_min == early
    assert lines[0].deciding == (3,)
    assert [one.value for one in conflicts] == [DAY.isoformat()]


def test_a_month_that_holds_the_day_is_no_conflict():
    month = filed(2, event_on_min=date(2024, 6, 1), event_on_max=date(2024, 6, 30), precision=EventPrecision.MONTH)
    lines, conflicts = derive([filed(1), month])
    assert lines[0].precision is EventPrecision.DAY
    assert conflicts == ()


def test_a_bound_alone_keeps_no_lower_day():
    bound = {"event_on_min": None, "precision": EventPrecision.BY}
    line = only([filed(1, **bound), filed(2, **{**bound, "event_on_max": DAY - timedelta(days=3)})])
    assert (line.event_on_min, line.event_on_max) == (None, DAY - timedelta(days=3))


def test_plans_alone_give_an_announced_line_and_never_move_a_fact():
    plan = filed(1, factuality=Factuality.PLANNED, day=None)
    assert only([plan]).status == "announced"
    line = only([plan, filed(2)])
    assert (line.status, line.texts, line.deciding) == ("current", 1, (2,))


@pytest.mark.parametrize("factuality", [Factuality.OPINION, Factuality.QUESTION, Factuality.NEGATED])
def test_what_is_neither_fact_nor_plan_gives_no_line(factuality):
    assert derive([filed(1, factuality=factuality)]) == ((), ())


def test_a_reject_takes_a_claim_out_and_rejecting_all_says_so():
    late = DAY + timedelta(days=5)
    line = only([filed(1, decision=Decision.REJECT), filed(2, day=late)])
    assert (line.event_on_min, line.texts) == (late, 1)
    line = only([filed(1, decision=Decision.REJECT)])
    assert (line.status, line.deciding) == ("rejected", ())


def test_an_accepted_claim_decides_against_the_majority():
    late = DAY + timedelta(days=5)
    assert only([filed(1), filed(2), filed(3, day=late, decision=Decision.ACCEPT)]).event_on_min == late
    assert only([filed(1), filed(2), filed(3, day=late, decision=Decision.CORRECT)]).event_on_min == late


def test_wanted_and_offered_are_two_lines():
    claims = [
        filed(1, stage=Stage.PROPOSED, acting_side=Side.UA),
        filed(2, stage=Stage.PROPOSED, acting_side=Side.GUARANTOR),
    ]
    assert [one.line.partition("@")[2] for one in derive(claims)[0]] == ["UA", "guarantor"]


def test_a_restatement_may_confirm_but_is_never_the_first_report():
    claims = [filed(1, report_type=ReportType.RESTATEMENT), filed(2, hours=9)]
    line = only(claims)
    assert line.first_published_at == claims[1].published_at
    assert only(claims[:1]).first_published_at is None


def test_a_later_weaker_report_stands_beside_the_line():
    lines, conflicts = derive([filed(1), filed(2, stage=Stage.NEGOTIATING, day=DAY + timedelta(days=20))])
    assert {one.stage for one in lines} == {Stage.SIGNED, Stage.NEGOTIATING}
    assert [(one.field, one.value, one.claim_id) for one in conflicts] == [("stage", "negotiating", 2)]


def test_both_sides_and_places():
    lines, conflicts = derive(
        [
            filed(1, said_side=Side.UA, place="Oslo"),
            filed(2, said_side=Side.GUARANTOR, place="Oslo"),
            filed(3, place="Bergen"),
        ]
    )
    assert lines[0].confirmed_by is Confirmed.BOTH
    assert lines[0].place == "Oslo"
    assert [(one.field, one.value) for one in conflicts] == [("place", "bergen")]


def test_changes_name_what_opened_closed_and_changed_and_not_another_copy():
    one, more, moved = only([filed(1)]), only([filed(1), filed(2)]), only([filed(1, day=DAY + timedelta(days=1))])
    assert changes([one], [more]) == ()
    assert [change.kind for change in changes([], [one])] == ["opened"]
    assert [change.kind for change in changes([one], [])] == ["closed"]
    (change,) = changes([one], [moved])
    assert (change.kind, change.before, change.after) == ("changed", one, moved)


OPTIONS = st.builds(
    lambda stage, shift, work, side, decision, factuality, hours: {
        "stage": stage, "day": DAY + timedelta(days=shift) if shift else None, "work": work, "side": side,
        "decision": decision, "factuality": factuality, "hours": hours,
    },
    st.sampled_from([Stage.SIGNED, Stage.NEGOTIATING, Stage.PROPOSED]), st.integers(0, 4), st.integers(1, 3),
    st.sampled_from(["UA", "unknown"]), st.sampled_from([None, Decision.ACCEPT, Decision.REJECT]),
    st.sampled_from([Factuality.FACT, Factuality.PLANNED, Factuality.OPINION]), st.integers(0, 3),
)  # fmt: skip


@given(st.lists(OPTIONS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(options: list, chance: random.Random):
    claims = [filed(number, **one) for number, one in enumerate(options, 1)]
    shuffled = claims[:]
    chance.shuffle(shuffled)
    assert derive(claims) == derive(shuffled)
