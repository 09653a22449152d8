"""Cleaned anew: new readings and no version, shown as it would be applied, reviews and quotes whole."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows import reread
from flows.errors import UserError
from flows.reread import reprocess
from flows.reread_difference import Kind
from flows.steps.ledger import changes
from storage.compare import compare
from storage.terms import Cause, Decision
from tests.deciding import decide

NOW = datetime(2027, 4, 10, 5, 0, tzinfo=UTC)
PLANNED, PLANNED_LINE = "деталі: підписати угоду .*", "IE/bilateral/signing_announced"
PLANNED_AT = "https://www.pravda.com.ua/news/2027/02/20/8075310/"
LINE_KINDS = {"opened": Kind.LINE_OPENED, "changed": Kind.LINE_CHANGED, "closed": Kind.LINE_CLOSED}


def test_a_stricter_cleaner_adds_readings_and_no_version(demo_anywhere, anew):
    place = anew.without_lines(demo_anywhere, "ukrainska-pravda", "деталі: до команди .*")
    store, before = place.store, anew.version_ids(place.store)
    readings = store.status()["tables"]["readings"]

    found = reprocess("clean", place, apply=True)

    assert anew.version_ids(store) == before
    assert store.status()["tables"]["readings"] == 2 * readings
    current = store.rows("select distinct cleaner_version from readings where is_current = 1")
    assert current == [{"cleaner_version": place.knowledge.cleaner_version}]
    assert anew.counts(found) == {"reading_changed": 1, "reading_same": readings - 1, "paragraph_lost": 1}
    [lost] = found.examples[Kind.PARAGRAPH_LOST]
    assert (lost.address, lost.before[:17]) == (anew.SAPPERS, "Деталі: До команд")


def test_quotes_stand_in_the_new_text_and_search_follows(demo_anywhere, anew):
    place = anew.without_lines(demo_anywhere, "ukrainska-pravda", "деталі: до команди .*")
    sql = """
        select e.span_start from evidence e join articles a on a.current_reading_id = e.reading_id
        where a.url = :url and e.role = 'step'
    """
    [before] = place.store.rows(sql, url=anew.SAPPERS)
    assert len(place.store.search(["інструктор"], 5)) == 1

    reprocess("clean", place, apply=True)

    [after] = place.store.rows(sql, url=anew.SAPPERS)
    assert after["span_start"] < before["span_start"]
    assert place.store.quote_mismatches() == 0
    assert place.store.search(["інструктор"], 5) == []
    assert place.store.rows("select count(*) as n from tag_evidence")[0]["n"] > 0


def test_showing_writes_nothing(demo_anywhere, anew):
    place = anew.without_lines(demo_anywhere, "ukrainska-pravda", "norway is ready.*")
    before = anew.everything(place.store)
    for step in reread.Step:
        reprocess(step, place, apply=False)
    assert anew.everything(place.store) == before


@pytest.mark.parametrize(
    "batch", [pytest.param(1, marks=pytest.mark.prove), 7, pytest.param(50, marks=pytest.mark.prove)]
)
def test_what_is_shown_is_what_applying_does(demo, monkeypatch, batch, anew):
    monkeypatch.setattr(reread, "BATCH", batch)
    place = anew.without_lines(demo, "ukrainska-pravda", "norway is ready.*", ".*wellington on 15 december.*")
    place = anew.without_lines(place, "kyiv-independent", "ireland and ukraine signed .*")
    place = anew.refusing(place, anew.ZEALAND_TITLE)
    for claim in place.store.claims_on_file(guarantor="NZ"):
        if claim.url == anew.ZEALAND_COPY:
            decide(place.store, claim.claim_id, Decision.REJECT, "reader", NOW)
    claims = {row["claim_id"] for row in place.store.rows(anew.CURRENT_CLAIMS)}
    lines = place.store.ledger_lines()

    shown = reprocess("clean", place, apply=False, examples=None)
    done = reprocess("clean", place, apply=True, examples=None)

    assert shown.counts == done.counts
    assert shown.examples == done.examples
    claims_now = {row["claim_id"] for row in place.store.rows(anew.CURRENT_CLAIMS)}
    assert done.counts[Kind.CLAIM_REMOVED] == len(claims - claims_now) > 0
    assert done.counts[Kind.CLAIM_ADDED] == len(claims_now - claims)
    moved = Counter(change.kind for change in changes(lines, place.store.ledger_lines()))
    assert moved == Counter({name: done.counts[kind] for name, kind in LINE_KINDS.items() if done.counts[kind]})
    assert done.counts[Kind.ARTICLE_LOST] == 1


def test_applied_again_nothing_is_due_and_nothing_changes(demo_anywhere, anew):
    place = anew.without_lines(demo_anywhere, "ukrainska-pravda", "norway is ready.*")
    assert reprocess("clean", place, apply=True).total == 34
    before = anew.everything(place.store)
    again = reprocess("clean", place, apply=True)
    assert (again.total, again.done, again.counts) == (0, 0, Counter())
    assert anew.everything(place.store) == before


def test_the_same_as_if_it_had_always_been_cleaned_so(demo, place_of, new_sqlite, read_demo, anew):
    place = anew.without_lines(demo, "ukrainska-pravda", "norway is ready.*", "деталі: до команди .*")
    place = anew.without_lines(place, "kyiv-independent", "ireland and ukraine signed .*")
    reprocess("clean", place, apply=True)

    fresh = replace(place_of(new_sqlite(), "fresh"), knowledge=place.knowledge)
    read_demo(fresh)

    assert anew.works(place.store) == anew.works(fresh.store)
    assert place.store.ledger_lines() == fresh.store.ledger_lines()
    pages = "select page_id, outcome, text_sha256, cleaner_version from pages order by page_id"
    assert place.store.rows(pages) == fresh.store.rows(pages)


@pytest.mark.prove
def test_both_engines_come_to_the_same(request, place_of, new_sqlite, read_demo, anew):
    cluster = request.getfixturevalue("postgres")
    urls = new_sqlite(), cluster.create("reread_on_both")
    try:
        found = []
        for url, name in zip(urls, ("one", "two"), strict=True):
            place = place_of(url, name)
            read_demo(place)
            place = anew.refusing(
                anew.without_lines(place, "ukrainska-pravda", "norway is ready.*"), anew.ZEALAND_TITLE
            )
            found += [reprocess("clean", place, apply=apply) for apply in (False, True)]
        assert all(one.counts == found[0].counts and one.examples == found[0].examples for one in found)
        assert compare(*urls).is_same, compare(*urls).as_text()
        place.store.close()
    finally:
        cluster.drop("reread_on_both")


def test_a_review_still_decides_its_line(demo_anywhere, anew):
    store = demo_anywhere.store
    rejected = [claim for claim in store.claims_on_file(guarantor="NZ") if claim.url == anew.ZEALAND]
    for claim in store.claims_on_file(guarantor="NZ"):
        decide(store, claim.claim_id, Decision.REJECT, "reader", NOW)
    reprocess("ledger", demo_anywhere, apply=True)
    place = anew.without_lines(demo_anywhere, "ukrinform", "this was reported .*")

    reprocess("clean", place, apply=True)

    again = [claim for claim in store.claims_on_file(guarantor="NZ") if claim.url == anew.ZEALAND]
    assert {one.claim_id for one in again} == {one.claim_id for one in rejected}
    assert {one.reading_id for one in again}.isdisjoint(one.reading_id for one in rejected)
    assert {one.decision for one in again} == {Decision.REJECT}
    assert {line.status for line in store.ledger_lines() if line.guarantor == "NZ"} == {"rejected"}


def test_a_review_outlives_its_claim_and_speaks_again_when_it_is_back(demo, anew):
    store = demo.store
    [claim] = store.claims_on_file(guarantor="IE", stage="signing_announced")
    decide(store, claim.claim_id, Decision.REJECT, "reader", NOW)
    reprocess("clean", anew.without_lines(demo, "ukrainska-pravda", PLANNED), apply=True)
    assert store.claims_on_file(guarantor="IE", stage="signing_announced") == []
    assert [line for line in store.ledger_lines() if line.line == PLANNED_LINE] == []

    reprocess("clean", demo, apply=True)

    [back] = store.claims_on_file(guarantor="IE", stage="signing_announced")
    assert (back.claim_id, back.decision) == (claim.claim_id, Decision.REJECT)
    assert [line.status for line in store.ledger_lines() if line.line == PLANNED_LINE] == ["rejected"]


def test_what_moves_in_the_ledger_moves_by_our_rules(demo, anew):
    place = anew.without_lines(demo, "ukrainska-pravda", PLANNED)
    found = reprocess("clean", place, apply=True)
    assert {kind: found.counts[kind] for kind in (Kind.CLAIM_REMOVED, Kind.LINE_CLOSED)} == {
        Kind.CLAIM_REMOVED: 1,
        Kind.LINE_CLOSED: 1,
    }
    assert {one.address for kind in found.examples for one in found.examples[kind]} == {PLANNED_AT}
    reprocess("clean", demo, apply=True)  # and back: the line opens again
    rows = place.store.rows("select cause, known_to from ledger_history where line = :line", line=PLANNED_LINE)
    assert {row["cause"] for row in rows if row["known_to"] is None} == {Cause.RULE}


def test_limits_leave_the_rest_for_later_and_say_how_much(demo, anew):
    place = anew.of_version(demo, "other")
    found = reprocess("clean", place, apply=True, outlet="president", since=date(2027, 3, 10))
    today = "select count(*) as n from readings where cleaner_version = :today"
    assert (found.total, found.done, found.beyond) == (2, 2, 32)
    assert place.store.rows(today, today=place.knowledge.cleaner_version) == [{"n": 2}]
    assert reprocess("clean", place, apply=False).total == 32


@pytest.mark.parametrize(("step", "limits"), [("polish", {}), ("ledger", {"outlet": "president"})])
def test_what_cannot_be_done_anew_is_said(demo, step, limits):
    with pytest.raises(UserError):
        reprocess(step, demo, apply=False, **limits)


def test_examples_are_limited_and_counts_are_not(demo, anew):
    place = anew.without_claims(demo)
    few, every = (reprocess("tag", place, apply=False, examples=number) for number in (2, None))
    assert few.counts == every.counts
    assert len(few.examples[Kind.CLAIM_REMOVED]) == 2
    assert len(every.examples[Kind.CLAIM_REMOVED]) == every.counts[Kind.CLAIM_REMOVED] > 2
    assert all(one.address for kind in every.examples for one in every.examples[kind])
