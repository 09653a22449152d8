"""Why a line of the ledger opened, changed or closed, told from made-up articles taken in one after another."""

from datetime import UTC, datetime, timedelta

import pytest

from flows import ingest as ingest_module
from flows.books import refresh_ledger
from flows.changes_words import changes_in_words
from storage import keys
from storage.terms import Cause, Decision

DAY = datetime(2024, 4, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_country_changed_in_an_article_closes_one_line_and_opens_another_by_the_outlet_s_edit(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    later = DAY + 2 * HOUR + timedelta(minutes=10)
    reader(DAY + 26 * HOUR, reader.page(1, reader.signed("Latvia"), fetched=later))
    assert reader.told(since=DAY + 2 * HOUR) == [
        (Cause.OUTLET_EDIT, "LT/bilateral/signed", "closed"),
        (Cause.OUTLET_EDIT, "LV/bilateral/signed", "opened"),
    ]
    lines = changes_in_words(reader.changes(since=DAY + 2 * HOUR))
    assert lines[0] == (
        "11 Apr 2024 – 16 May 2025 · 2 lines changed · news 0 · outlet edit 2 · late find 0 · rule 0 · review 0"
    )
    assert sum("country changed 2 h 10 after publication, no correction note" in line for line in lines) == 2
    [lithuania] = [one for one in reader.changes(since=DAY + 2 * HOUR).changes if one.guarantor == "LT"]
    assert lithuania.rests_on.headline == "Lithuania signs security agreement with Ukraine"
    assert lithuania.shown_from == DAY + HOUR


def test_news_in_the_run_of_an_edit_is_news(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    now = DAY + 24 * HOUR
    reader(
        now,
        reader.page(1, reader.signed("Latvia"), fetched=now),
        reader.page(2, reader.signed("Denmark"), published=now - HOUR),
    )
    assert reader.told(since=now) == [
        (Cause.NEWS, "DK/bilateral/signed", "opened"),
        (Cause.OUTLET_EDIT, "LT/bilateral/signed", "closed"),
        (Cause.OUTLET_EDIT, "LV/bilateral/signed", "opened"),
    ]


@pytest.mark.parametrize("at_once", [1, 50])
def test_a_step_that_an_edit_adds_opens_a_line_by_the_outlet_s_edit(reader, monkeypatch, at_once):
    captures = [
        reader.page(1, ("Latvia speaks of guarantees", reader.fill)),
        reader.page(1, reader.signed("Latvia"), fetched=DAY + 2 * HOUR),
    ]
    if at_once == 1:  # both captures come in one run, one after the other
        monkeypatch.setattr(ingest_module, "BATCH", at_once)
        reader(DAY + 3 * HOUR, *captures)
    else:
        for hours, captured in enumerate(captures, 1):
            reader(DAY + hours * HOUR, captured)
    assert reader.told() == [(Cause.OUTLET_EDIT, "LV/bilateral/signed", "opened")]


def test_a_new_text_that_only_says_the_same_is_not_the_cause(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Denmark"), url=reader.office))
    now = DAY + 24 * HOUR
    told = "On 10 April Ukraine and Denmark signed a bilateral security agreement, an official recalled at a briefing."
    copy = reader.page(2, ("An official on guarantees for Ukraine", (told, *reader.pump)), published=now - HOUR)
    reader(now, reader.page(1, reader.signed("Denmark", "10 April"), fetched=now, url=reader.office), copy)
    assert reader.store.ledger_lines()[0].texts == 2
    assert reader.told(since=now) == [(Cause.OUTLET_EDIT, "DK/bilateral/signed", "changed")]


class PowerCutError(Exception):
    """What stops a run in the middle."""


def test_an_edit_whose_run_died_before_the_books_were_settled_keeps_its_cause(reader, monkeypatch):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    now = DAY + 24 * HOUR
    with monkeypatch.context() as patched:

        def die(*_args, **_more):
            raise PowerCutError

        patched.setattr(ingest_module, "refresh_ledger", die)
        patched.setattr(type(reader.store), "finish_run", lambda *_: None)  # a power cut says nothing
        patched.setattr(type(reader.store), "release_lease", lambda *_: None)
        with pytest.raises(PowerCutError):
            reader(now, reader.page(1, reader.signed("Latvia"), fetched=now))
    assert reader.told(since=now) == []
    reader(now + 24 * HOUR)
    assert reader.told(since=now) == [
        (Cause.OUTLET_EDIT, "LT/bilateral/signed", "closed"),
        (Cause.OUTLET_EDIT, "LV/bilateral/signed", "opened"),
    ]


def test_what_the_rules_drop_in_the_run_of_an_edit_is_not_the_outlet_s_doing(reader):
    first, other = reader.page(1, reader.signed("Lithuania")), reader.page(2, reader.signed("Denmark"))
    reader(DAY + HOUR, first, other)
    now = DAY + 24 * HOUR
    reader.searched_anew(other, now, "r2", keep=lambda _: False)
    refresh_ledger(reader.store, "r2", now, guarantors=["DK"], edited=[keys.article_id(first.url)])
    assert reader.told(since=now) == [(Cause.RULE, "DK/bilateral/signed", "closed")]


def test_what_was_published_days_before_its_first_capture_is_found_late(reader):
    now = DAY + 5 * 24 * HOUR
    reader(
        now,
        reader.page(1, reader.signed("Estonia"), fetched=now),
        reader.page(2, reader.signed("Denmark"), published=now - HOUR),
    )
    assert reader.told() == [
        (Cause.NEWS, "DK/bilateral/signed", "opened"),
        (Cause.LATE_FIND, "EE/bilateral/signed", "opened"),
    ]


def test_what_was_captured_in_time_is_news_even_if_recorded_days_later_and_an_old_archive_is_not(reader):
    reader(DAY + 5 * 24 * HOUR, reader.page(1, reader.signed("Estonia")))
    reader(DAY + 300 * 24 * HOUR, reader.page(2, reader.signed("Denmark")))
    assert {line: cause for cause, line, _ in reader.told()} == {
        "EE/bilateral/signed": Cause.NEWS,
        "DK/bilateral/signed": Cause.LATE_FIND,
    }


def test_an_earlier_day_found_in_an_old_article_is_a_late_find(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Denmark", "10 April")))
    now = DAY + 60 * 24 * HOUR
    office = reader.page(2, reader.signed("Denmark", "9 April"), published=DAY - HOUR, fetched=now, url=reader.office)
    reader(now, office)
    [change] = reader.changes(since=now).changes
    assert (change.cause, change.kind) == (Cause.LATE_FIND, "changed")
    assert change.rests_on.outlet == "president"
    assert any("day 10 Apr 2024 → 9 Apr 2024" in line for line in changes_in_words(reader.changes(since=now)))


def test_other_rules_on_the_same_texts_are_the_cause_of_what_opens_and_closes(reader):
    captured = reader.page(1, reader.signed("Latvia"))
    reader(DAY + HOUR, captured)
    gone, back = DAY + 24 * HOUR, DAY + 48 * HOUR
    reader.searched_anew(captured, gone, "r2", keep=lambda _: False)
    refresh_ledger(reader.store, "r2", gone, guarantors=None)
    reader.searched_anew(captured, back, "r3")
    refresh_ledger(reader.store, "r3", back, guarantors=None)
    assert reader.told(since=gone) == [
        (Cause.RULE, "LV/bilateral/signed", "closed"),
        (Cause.RULE, "LV/bilateral/signed", "opened"),
    ]


def test_a_rule_that_drops_a_claim_of_an_article_edited_long_ago_is_a_rule(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    edited = reader.page(1, reader.signed("Latvia", after=["The weather was fine."]), fetched=DAY + 24 * HOUR)
    reader(DAY + 24 * HOUR, edited)
    now = DAY + 72 * HOUR
    reader.searched_anew(edited, now, "r2", keep=lambda _: False)
    refresh_ledger(reader.store, "r2", now, guarantors=None)
    assert reader.told(since=now) == [(Cause.RULE, "LV/bilateral/signed", "closed")]


def test_a_rejected_line_is_a_review_and_later_news_are_news(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    rejected, later = DAY + 24 * HOUR, DAY + 48 * HOUR
    reader.decide("LV/bilateral/signed", Decision.REJECT, rejected)
    assert reader.told(since=rejected) == [(Cause.REVIEW, "LV/bilateral/signed", "changed")]
    assert any("rejected by a person" in line for line in changes_in_words(reader.changes(since=rejected)))
    reader(later, reader.page(2, reader.signed("Latvia", "12 April"), published=later - HOUR))
    assert reader.told(since=later) == [(Cause.NEWS, "LV/bilateral/signed", "changed")]


def test_a_person_who_thinks_again_is_a_review_again(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    reader.decide("LV/bilateral/signed", Decision.REJECT, DAY + 24 * HOUR)
    reader.decide("LV/bilateral/signed", Decision.ACCEPT, DAY + 48 * HOUR)
    assert reader.told(since=DAY + 40 * HOUR) == [(Cause.REVIEW, "LV/bilateral/signed", "changed")]


def test_an_accepted_claim_does_not_make_every_later_change_a_review(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    reader.decide("LV/bilateral/signed", Decision.ACCEPT, DAY + 24 * HOUR)
    now = DAY + 48 * HOUR
    told = "Latvia signed a security agreement with Ukraine on 11 April, Latvian President Edgars Rinkēvičs said."
    reader(now, reader.page(2, ("Latvia confirms the agreement", (told, *reader.fill)), published=now - HOUR))
    assert reader.told(since=DAY + 2 * HOUR) == [(Cause.NEWS, "LV/bilateral/signed", "changed")]


def test_a_line_that_a_correction_moved_away_is_closed_by_review(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    now = DAY + 24 * HOUR
    reader.decide("LT/bilateral/signed", Decision.CORRECT, now, guarantor="LV")
    assert reader.told(since=now) == [
        (Cause.REVIEW, "LT/bilateral/signed", "closed"),
        (Cause.REVIEW, "LV/bilateral/signed", "opened"),
    ]
