"""What was filed stays together and apart as filed, and articles that come or go are named."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import sqlalchemy as sa

from flows import reread
from flows.ingest import ingest
from flows.reread import reprocess
from flows.reread_captures import as_filed
from flows.reread_difference import Kind
from flows.steps.versions import Capture, versions
from storage import keys
from storage.models import TABLES
from storage.terms import Decision
from tests.deciding import decide

NOW = datetime(2027, 4, 10, 5, 0, tzinfo=UTC)


def test_an_edit_a_cleaner_no_longer_sees_stays_two_versions(own_place, anew):
    captures = [anew.invented(1, [*anew.BASE, anew.TICKER.format(hour)], hour) for hour in (2, 5)]
    place = own_place(*captures)
    before = anew.version_ids(place.store)
    assert len(before) == 2
    strict = anew.without_lines(place, "kyiv-independent", "ticker: .*")

    reprocess("clean", strict, apply=True)

    assert anew.version_ids(strict.store) == before
    texts = strict.store.rows("select distinct text_sha256 from readings where is_current = 1")
    assert len(texts) == 1
    ingest([anew.invented(1, [*anew.BASE, anew.TICKER.format(9)], 9)], strict)  # the next capture shows the same text
    assert anew.version_ids(strict.store) == before
    latest = max(strict.store.rows("select version_id, n from versions"), key=lambda row: row["n"])
    [article] = strict.store.rows("select current_version_id from articles")
    assert article["current_version_id"] == latest["version_id"]


def test_a_difference_only_a_newer_cleaner_sees_is_no_version(own_place, knowledge, anew):
    captures = [anew.invented(1, [*anew.BASE, anew.TICKER.format(hour)], hour) for hour in (2, 5)]
    place = own_place(*captures, clutter_lines=["ticker: .*"])
    before = anew.version_ids(place.store)
    assert len(before) == 1
    plain = replace(place, knowledge=knowledge)

    reprocess("clean", plain, apply=True)
    ingest([anew.invented(1, [*anew.BASE, anew.TICKER.format(5)], 9)], plain)  # as the last one was
    assert anew.version_ids(plain.store) == before

    ingest([anew.invented(1, [*anew.BASE, "The ferry stays in port."], 12)], plain)  # this is an edit
    assert len(anew.version_ids(plain.store)) == 2


def test_a_capture_found_late_parts_what_only_a_newer_cleaner_tells_apart(own_place, knowledge, anew):
    captures = [anew.invented(1, [*anew.BASE, anew.TICKER.format(hour)], hour) for hour in (2, 8)]
    place = own_place(*captures, clutter_lines=["ticker: .*"])
    plain = replace(place, knowledge=knowledge)
    reprocess("clean", plain, apply=True)

    ingest([anew.invented(1, [*anew.BASE, anew.TICKER.format(5)], 5)], plain)

    rows = plain.store.rows(
        "select r.text_full from versions v join readings r on r.version_id = v.version_id and r.is_current = 1"
        " order by v.n"
    )
    assert [row["text_full"].rpartition(" ")[2] for row in rows] == ["2.", "5.", "8."]


def test_captures_on_file_stay_together_and_apart_in_any_order_of_arrival():
    def capture(page, text, version=None):
        return Capture(page, NOW + timedelta(hours=page), text, version)

    filed = [capture(1, "a", 11), capture(3, "a", 13), capture(4, "b", 13)]
    for order in permutations([*filed, capture(2, "a"), capture(5, "b")]):
        found = versions(7, as_filed(order))
        assert [[one.page_id for one in run.captures] for run in found] == [[1, 2], [3, 4, 5]]
        assert [run.version_id for run in found] == [11, 13]


def test_an_article_that_drops_out_is_named_and_its_copy_stands_alone(demo_anywhere, anew):
    place = anew.refusing(demo_anywhere, anew.ZEALAND_TITLE)
    store, lost = place.store, anew.article_at(demo_anywhere.store, anew.ZEALAND)
    copy = anew.article_at(store, anew.ZEALAND_COPY)
    assert anew.works(store)[copy] == anew.works(store)[lost] == lost
    claim = next(one for one in store.claims_on_file(guarantor="NZ") if one.article_id == lost)
    decide(store, claim.claim_id, Decision.ACCEPT, "reader", NOW)

    found = reprocess("clean", place, apply=True)

    [gone] = found.examples[Kind.ARTICLE_LOST]
    assert gone.address == anew.ZEALAND
    assert gone.after.startswith("listing: ")
    [page] = store.rows("select outcome, article_id from pages where url = :url", url=anew.ZEALAND)
    assert page == {"outcome": "listing", "article_id": None}
    assert anew.works(store)[copy] == copy
    assert lost not in anew.works(store)
    assert store.rows("select count(*) as n from reviews") == [{"n": 1}]
    named = store.rows(
        "select count(*) as n from relations where other_article_id = :lost or article_id = :lost", lost=lost
    )
    assert named == [{"n": 0}]
    moved = {"old_id": lost, "new_id": copy}
    assert store.rows("select kind, old_id, new_id from redirects order by kind") == [
        {"kind": "story", **moved},
        {"kind": "work", **moved},
    ]
    [line] = [one for one in store.ledger_lines() if one.guarantor == "NZ"]
    assert line.texts == 1


def test_what_is_no_article_any_more_is_nobodys_translation(demo, anew):
    first, second = sorted(anew.article_at(demo.store, url) for url in (anew.NORWAY, anew.SAPPERS))
    tie = {"article_id": first, "other_article_id": second, "kind": "translation", "score": 0.5, "algorithm": "by hand"}
    tie["why"] = []
    with demo.store._write() as connection:
        connection.execute(sa.insert(TABLES["relations"]), tie)
    [lost] = demo.store.texts_of([second])

    found = reprocess("clean", anew.refusing(demo, re.escape(lost.headline.lower())), apply=True)

    assert found.counts[Kind.ARTICLE_LOST] == 1
    assert [one.about.partition(" ")[0] for one in found.examples[Kind.RELATION_REMOVED]] == ["translation"]
    sql = "select count(*) as n from relations where other_article_id = :lost or article_id = :lost"
    assert demo.store.rows(sql, lost=lost.article_id) == [{"n": 0}]


def test_a_page_that_turns_out_to_be_an_article_joins_its_versions(own_place, knowledge, anew):
    captures = [
        anew.invented(1, [*anew.BASE, "The ferry leaves at noon."], 2),
        anew.invented(1, [*anew.BASE, "The ferry is late."], 5),
    ]
    place = own_place(*captures, not_article_url=["invented"], article_url=["news"])
    other = own_place(*captures)
    assert place.store.status()["outcomes"] == {"listing": 2}
    plain = replace(place, knowledge=knowledge)

    shown = reprocess("clean", plain, apply=False)
    done = reprocess("clean", plain, apply=True)

    assert anew.counts(shown) == anew.counts(done) == {"article_found": 1, "capture_found": 2}
    assert [one.about for one in done.examples[Kind.ARTICLE_FOUND]] == ["Harbour town opens its new library"]
    assert anew.version_ids(plain.store) == anew.version_ids(other.store)
    assert plain.store.rows("select url, article_id from article_urls") == other.store.rows(
        "select url, article_id from article_urls"
    )


def test_captures_found_one_by_one_take_their_places_in_time(monkeypatch, own_place, knowledge, anew):
    monkeypatch.setattr(reread, "BATCH", 1)
    told = "Ireland and Ukraine signed a bilateral security agreement in Dublin on March 9."
    captures = []
    for number in range(1, 5):  # whichever capture's number is lower, some are met in the wrong order
        early, late = ([told, *anew.BASE], anew.BASE) if number % 2 else (anew.BASE, [told, *anew.BASE])
        captures += [anew.invented(number, early, 2), anew.invented(number, late, 5)]
    place = own_place(*captures, not_article_url=["invented"], article_url=["news"])
    plain = replace(place, knowledge=knowledge)

    shown, done = (reprocess("clean", plain, apply=apply, examples=None) for apply in (False, True))

    assert shown.counts == done.counts
    assert (done.counts[Kind.ARTICLE_FOUND], done.counts[Kind.CAPTURE_FOUND]) == (4, 8)
    assert len(plain.store.rows(anew.CURRENT_CLAIMS)) == 2


def test_an_article_lost_and_found_in_another_capture_is_told_as_both(place_of, new_sqlite, anew):
    captures = [
        anew.invented(1, anew.BASE, 2, "The early headline of a story"),
        anew.invented(1, anew.BASE, 5, "The late headline of it"),
    ]
    place = anew.refusing(place_of(new_sqlite()), "the early headline")
    ingest(captures, place)
    other = anew.refusing(place_of(new_sqlite(), "other"), "the late headline")
    plain = replace(place, knowledge=other.knowledge)

    shown, done = (reprocess("clean", plain, apply=apply) for apply in (False, True))

    assert anew.counts(shown) == anew.counts(done) == {"article_lost": 1, "article_found": 1, "capture_found": 1}
    ingest(captures, other)
    assert anew.version_ids(plain.store) == anew.version_ids(other.store)


def test_an_article_that_drops_out_parts_no_work(monkeypatch, own_place, anew):
    monkeypatch.setattr(reread, "BATCH", 1)
    ids = {number: keys.article_id(f"https://kyivindependent.com/invented-{number}/") for number in (1, 2)}
    last = max(ids, key=ids.__getitem__)  # read anew after the other, and the first to be published
    text = [anew.TICKER.format(7), *anew.BASE]
    days = {number: 31 if number == last else 30 for number in ids}
    place = own_place(*(anew.invented(number, text, headline=f"Story {number}", days=days[number]) for number in ids))
    assert set(anew.works(place.store).values()) == {ids[last]}
    strict = anew.without_lines(anew.refusing(place, f"story {last}"), "kyiv-independent", "ticker: .*")

    shown, done = (reprocess("clean", strict, apply=apply) for apply in (False, True))

    assert shown.counts == done.counts
    kinds = (Kind.ARTICLE_LOST, Kind.RELATION_REMOVED, Kind.WORK_SPLIT)
    assert [done.counts[kind] for kind in kinds] == [1, 1, 0]
