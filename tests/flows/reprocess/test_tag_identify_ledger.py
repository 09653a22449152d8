"""New rules, copies from scratch, and the ledger derived anew."""

import shutil
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from flows import reread
from flows.reread import reprocess
from flows.reread_difference import Kind
from flows.reread_view import View
from storage.terms import Cause

NOW = datetime(2027, 4, 10, 5, 0, tzinfo=UTC)


def test_new_rules_are_tried_on_the_readings_on_file(demo_anywhere, anew):
    store, place = demo_anywhere.store, anew.without_claims(demo_anywhere)
    ids = {row["reading_id"] for row in store.rows("select reading_id from readings")}
    claims = len(store.rows(anew.CURRENT_CLAIMS))
    shutil.rmtree(place.archive)  # the text is on file: no archive is needed

    shown = reprocess("tag", place, apply=False)
    done = reprocess("tag", place, apply=True)

    assert shown.counts == done.counts
    assert done.counts[Kind.CLAIM_REMOVED] == claims > 0
    assert done.counts[Kind.READING_CHANGED] + done.counts[Kind.READING_SAME] == len(ids)
    assert {row["reading_id"] for row in store.rows("select reading_id from readings")} == ids
    assert store.rows("select distinct rules_version from readings") == [
        {"rules_version": place.knowledge.rules_version}
    ]
    assert store.ledger_lines() == []
    assert reprocess("tag", place, apply=True).total == 0


def test_tagging_leaves_what_an_older_cleaner_read_and_counts_it(demo, anew):
    old = demo.knowledge.cleaner_version
    place = anew.without_claims(anew.of_version(demo, "other"))
    found = reprocess("tag", place, apply=True)
    assert (found.total, found.older) == (0, Counter({old: 31}))
    reprocess("clean", place, apply=True)  # cleaning tags by today's rules, too
    assert (reprocess("tag", place, apply=True).total, demo.store.ledger_lines()) == (0, [])


def identity_rows(anew, store):
    filed = store.rows("select day, article_id, text_key, bands, numbers from signatures order by article_id")
    return {"relations": anew.everything(store)["relations"], "filed": filed, "works": anew.works(store)}


@pytest.mark.parametrize("batch", [1, 7, 50])
def test_copies_found_from_scratch_are_those_found_as_texts_came(demo, monkeypatch, batch, anew):
    monkeypatch.setattr(reread, "BATCH", batch)
    kept = identity_rows(anew, demo.store)
    assert len(set(kept["works"].values())) < len(kept["works"])
    assert reprocess("identify", demo, apply=False).is_empty
    anew.part_all_copies(demo.store)

    shown = reprocess("identify", demo, apply=False)
    done = reprocess("identify", demo, apply=True)

    assert identity_rows(anew, demo.store) == kept
    assert shown.counts == done.counts
    assert done.counts[Kind.WORK_MERGED] == len(kept["works"]) - len(set(kept["works"].values()))
    assert reprocess("identify", demo, apply=True).is_empty


def test_copies_are_one_voice_in_the_ledger_that_is_shown(own_place, anew):
    told = "Ireland and Ukraine signed a bilateral security agreement in Dublin on March {}."
    later = [told.format(10), *anew.BASE]
    sooner = [told.format(9), "The band of the fire brigade played in the yard.", "It rained all day."]
    captures = [
        anew.invented(1, later),
        anew.invented(2, later),
        anew.invented(3, sooner, headline="Rain over the harbour"),
    ]
    place = own_place(*captures)
    [line] = place.store.ledger_lines()
    assert line.event_on_max == date(2027, 3, 9)  # one work against one: the earlier day
    anew.part_all_copies(place.store)
    reprocess("ledger", place, apply=True)
    assert [one.event_on_max for one in place.store.ledger_lines()] == [date(2027, 3, 10)]

    shown, done = (reprocess("identify", place, apply=apply) for apply in (False, True))

    assert shown.counts == done.counts
    assert (done.counts[Kind.WORK_MERGED], done.counts[Kind.LINE_CHANGED]) == (1, 1)
    assert place.store.ledger_lines() == [line]


def test_copies_do_not_depend_on_the_order_in_which_pages_came(demo, place_of, new_sqlite, read_demo, anew):
    backward = place_of(new_sqlite(), "backward")
    read_demo(backward, order=lambda inputs: inputs[::-1])
    for place in (demo, backward):
        assert reprocess("identify", place, apply=False).is_empty
    assert anew.works(demo.store) == anew.works(backward.store)


def test_works_that_fall_apart_and_join_are_counted(own_place, anew):
    captures = [
        anew.invented(1, anew.BASE),
        anew.invented(2, anew.BASE),
        anew.invented(3, [*anew.NOTES, *anew.BASE], headline="A letter about boats"),
    ]
    place = own_place(*captures)
    assert len(set(anew.works(place.store).values())) == 2
    strict = anew.without_lines(place, "kyiv-independent", "own note .*")
    strict = anew.changed(strict, "kyiv-independent", not_article_url=["invented-2"])

    shown, done = (reprocess("clean", strict, apply=apply) for apply in (False, True))

    assert shown.counts == done.counts
    assert done.counts[Kind.ARTICLE_LOST] == 1
    assert len(set(anew.works(place.store).values())) == 2 - done.counts[Kind.WORK_MERGED]


def test_copies_parted_by_one_batch_and_joined_by_the_next_are_no_change(monkeypatch, own_place, anew):
    monkeypatch.setattr(reread, "BATCH", 1)
    place = own_place(*(anew.invented(number, [*anew.NOTES, *anew.BASE]) for number in (1, 2)))
    strict = anew.without_lines(place, "kyiv-independent", "own note .*")
    for apply in (False, True):
        found = reprocess("clean", strict, apply=apply)
        assert anew.counts(found) == {"reading_changed": 2, "paragraph_lost": 18}
    assert len(set(anew.works(place.store).values())) == 1


def test_texts_under_comparison_are_not_found_by_how_they_were_filed(demo, anew):
    article = anew.article_at(demo.store, anew.NORWAY)
    filed = demo.store.filed_of([article])[article]
    with View(demo.store, demo.knowledge) as view:
        assert filed in view.filed_between(filed.day, filed.day)
        assert filed in view.filed_as([filed.text_key])
        view.compare_anew([article])
        assert filed not in view.filed_between(filed.day, filed.day)
        assert view.filed_as([filed.text_key]) == []


def test_lines_are_derived_anew_from_the_claims_on_file(demo_anywhere):
    store = demo_anywhere.store
    lines, conflicts = store.ledger_lines(), store.conflicts()
    ruined = lines[0].model_copy(update={"event_on_min": date(2001, 1, 1), "event_on_max": date(2001, 1, 1)})
    store.write_ledger([ruined], [lines[1].line], [], now=NOW, rules_version="r", cause=Cause.NEWS, causes={})

    shown = reprocess("ledger", demo_anywhere, apply=False)
    done = reprocess("ledger", demo_anywhere, apply=True)

    assert shown.counts == done.counts
    assert (done.counts[Kind.LINE_CHANGED], done.counts[Kind.LINE_OPENED]) == (1, 1)
    assert (store.ledger_lines(), store.conflicts()) == (lines, conflicts)
    rows = store.rows(
        "select distinct cause from ledger_history where line in (:a, :b) and known_to is null",
        a=lines[0].line,
        b=lines[1].line,
    )
    assert rows == [{"cause": Cause.RULE}]
    assert reprocess("ledger", demo_anywhere, apply=True).is_empty
