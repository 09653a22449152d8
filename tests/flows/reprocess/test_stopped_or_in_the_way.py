"""Stopped anywhere and started again it ends as in one go; what cannot be read is named and left as it was."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows import ingest as ingest_module
from flows import reread
from flows.errors import WorkFailedError
from flows.judge import cleaned
from flows.reread import reprocess
from flows.reread_difference import Kind
from storage import keys
from storage.compare import compare
from storage.models import RecordType
from storage.store import Store

NOW = datetime(2027, 4, 10, 5, 0, tzinfo=UTC)


class PowerCutError(Exception):
    """What stops a run in the middle."""


@pytest.mark.parametrize(
    "dies_in",
    [
        pytest.param("batch", marks=pytest.mark.prove),
        pytest.param("ledger", marks=pytest.mark.prove),
        pytest.param("ledger, and says so", marks=pytest.mark.prove),
    ],
)
def test_stopped_in_the_middle_and_started_again_it_ends_as_in_one_go(
    new_database, place_of, read_demo, monkeypatch, dies_in, anew
):
    monkeypatch.setattr(reread, "BATCH", 4)
    first, second = new_database(), new_database()
    places = []
    for url, name in ((first, "one"), (second, "two")):
        place = place_of(url, name)
        read_demo(place)
        place = anew.without_lines(place, "ukrainska-pravda", "norway is ready.*")
        if dies_in == "batch":
            place = anew.without_lines(place, "kyiv-independent", "ireland and ukraine signed .*")
        places.append(place)
    whole, broken = places
    reprocess("clean", whole, apply=True)

    def die_in_batch(difference):
        if dies_in == "batch" and difference.done >= 12:
            raise PowerCutError

    def die(*_args, **_more):
        raise PowerCutError

    with monkeypatch.context() as patched:
        if dies_in != "ledger, and says so":
            patched.setattr(Store, "finish_run", lambda *_: None)  # a power cut says nothing
            patched.setattr(Store, "release_lease", lambda *_: None)
        if dies_in != "batch":
            patched.setattr(Store, "write_ledger", die)
        with pytest.raises(PowerCutError):
            reprocess("clean", broken, apply=True, on_batch=die_in_batch)
    left = reprocess("clean", broken, apply=False)
    assert left.counts[Kind.LINE_CLOSED] == 1
    later = replace(broken, clock=lambda: NOW + 2 * ingest_module.LEASE)
    resumed = reprocess("clean", later, apply=True)

    assert 0 < left.total == resumed.total < 34
    assert left.counts == resumed.counts
    assert compare(first, second).is_same, compare(first, second).as_text()


def test_two_runs_never_read_anew_at_once(demo, anew):
    place = anew.of_version(demo, "other")
    place.store.acquire_lease(reread.REPROCESS, "", "somebody elsewhere 1", NOW, ingest_module.LEASE)
    with pytest.raises(WorkFailedError, match="Another run is reading anew"):
        reprocess("clean", place, apply=True)
    assert reprocess("clean", place, apply=False).total == 34


def test_a_page_the_server_called_unchanged_is_read_from_the_capture_before_it(demo, anew):
    store = demo.store
    [latest] = store.latest_pages([anew.NORWAY]).values()
    moment = latest.fetched_at + timedelta(days=3)
    values = {
        "page_id": keys.page_id(anew.NORWAY, moment, latest.payload_sha256),
        "fetched_at": moment,
        "http_status": 304,
    }
    again = latest.model_copy(update=values | {"record_type": RecordType.REVISIT, "warc_offset": 7})
    batch = ingest_module.new_batch(demo.knowledge)
    batch.pages = [again]
    store.save(batch, NOW)
    place = anew.without_lines(demo, "ukrainska-pravda", "the proposal still .*")

    found = reprocess("clean", place, apply=True)

    assert not found.failed
    rows = store.rows("select text_sha256, cleaner_version from pages where version_id = :one", one=latest.version_id)
    assert len(rows) == 2
    assert rows[0] == rows[1]
    assert rows[0]["cleaner_version"] == place.knowledge.cleaner_version


def test_a_missing_archive_file_is_named_and_the_rest_goes_on(demo, tmp_path, anew):
    place = anew.without_lines(demo, "ukrainska-pravda", "norway is ready.*")
    file = min(place.archive.iterdir())
    aside = tmp_path / "aside"
    file.rename(aside)
    held = demo.store.rows("select count(*) as n from pages where warc_file = :name", name=file.name)[0]["n"]

    shown = reprocess("clean", place, apply=False)
    done = reprocess("clean", place, apply=True)

    assert shown.failed == done.failed == Counter({(str(file), "No such file or directory"): held})
    stale = place.store.rows(
        "select count(*) as n from pages where cleaner_version <> :today", today=place.knowledge.cleaner_version
    )
    assert stale == [{"n": held}]
    assert place.store.quote_mismatches() == 0
    aside.rename(file)
    rest = reprocess("clean", place, apply=True)
    assert (rest.total, rest.failed) == (held, Counter())


def test_an_archive_file_that_holds_other_pages_is_not_believed(demo, anew):
    first, second = sorted(demo.archive.iterdir())[:2]
    shutil.copy(second, first)
    before = anew.everything(demo.store)
    found = reprocess("clean", anew.of_version(demo, "other"), apply=True)
    assert {what for what, _ in found.failed} == {str(first)}
    after = anew.everything(demo.store)
    assert after["articles"] != before["articles"]  # the rest was read anew
    assert (after["versions"], after["ledger_history"]) == (before["versions"], before["ledger_history"])


def test_a_page_on_which_cleaning_fails_stays_as_it_was(demo, monkeypatch, anew):
    real = cleaned.__globals__["clean"]

    def fails_on_norway(page, *more):
        if page.url == anew.NORWAY:
            message = "no such luck"
            raise ValueError(message)
        return real(page, *more)

    monkeypatch.setitem(cleaned.__globals__, "clean", fails_on_norway)
    before = demo.store.texts_of([anew.article_at(demo.store, anew.NORWAY)])

    found = reprocess("clean", anew.of_version(demo, "other"), apply=True)

    assert list(found.failed) == [(anew.NORWAY, "clean: ValueError: no such luck")]
    assert demo.store.texts_of([anew.article_at(demo.store, anew.NORWAY)]) == before
    assert found.counts[Kind.READING_SAME] == 29
