"""What an outlet changed in an article, whether it says so, and what that did to the steps told."""

from datetime import UTC, datetime, timedelta

from flows.changes_words import changes_in_words
from flows.edits import edits_since, what_changed
from storage.terms import Cause

DAY = datetime(2024, 4, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_day_corrected_with_a_note_is_an_edit_with_a_note(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Denmark")))
    now = DAY + 24 * HOUR
    note = "Correction: the day of the signing was wrong in an earlier version of this article."
    reader(now, reader.page(1, reader.signed("Denmark", "10 April", before=[note]), fetched=now))
    [change] = reader.changes(since=now).changes
    assert (change.cause, change.kind) == (Cause.OUTLET_EDIT, "changed")
    assert change.edit.correction == note
    lines = changes_in_words(reader.changes(since=now))
    assert any("signed: day 11 Apr 2024 → 10 Apr 2024" in line for line in lines)
    assert any("day changed 24 h after publication, with a correction note" in line for line in lines)


def test_a_note_on_an_added_answer_is_no_correction_note(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Denmark")))
    now = DAY + 24 * HOUR
    reader(now, reader.page(1, reader.signed("Denmark", "10 April", before=["Updated at 14:30"]), fetched=now))
    assert any("marked as updated, no correction note" in line for line in changes_in_words(reader.changes()))


def test_what_a_note_says_of_the_earlier_version_is_not_what_the_later_one_tells(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    now = DAY + 24 * HOUR
    note = "Correction: an earlier version of this article said that Lithuania had signed the security agreement."
    reader(now, reader.page(1, reader.signed("Latvia", after=[note]), fetched=now))
    [edit] = edits_since(reader.store, now)
    assert [line.line for line in edit.steps_removed] == ["LT/bilateral/signed"]
    assert [line.line for line in edit.steps_added] == ["LV/bilateral/signed"]
    assert edit.has_new_correction


def test_a_note_that_stood_there_before_does_not_cover_a_later_edit(reader):
    note = "Correction: the name of the town was wrong."
    reader(DAY + HOUR, reader.page(1, reader.signed("Denmark", before=[note])))
    now = DAY + 24 * HOUR
    reader(now, reader.page(1, reader.signed("Denmark", "10 April", before=[note]), fetched=now))
    assert any("no new correction note, an earlier one stands" in line for line in changes_in_words(reader.changes()))


def test_an_edit_that_leaves_the_step_alone_moves_no_line(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    now = DAY + 24 * HOUR
    reader(now, reader.page(1, reader.signed("Latvia", after=["The weather was fine."]), fetched=now))
    found = reader.changes(since=now)
    assert found.changes == ()
    [edit] = found.edits
    assert edit.text.added == ("The weather was fine.",)
    assert not edit.moves_steps
    assert "1 other edit: no step told was touched." in changes_in_words(found)


def test_edits_say_what_was_reworded_and_what_the_versions_tell(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    now = DAY + 24 * HOUR
    reader(now, reader.page(1, reader.signed("Latvia"), fetched=now))
    assert edits_since(reader.store, now + HOUR) == []
    assert edits_since(reader.store, DAY, now - HOUR) == []
    [edit] = edits_since(reader.store, now)
    assert (edit.headline_before, edit.headline_after) == (
        "Lithuania signs security agreement with Ukraine",
        "Latvia signs security agreement with Ukraine",
    )
    [sentence] = edit.text.rewordings
    assert sentence.before.startswith("Lithuania and Ukraine signed")
    assert sentence.after.startswith("Latvia and Ukraine signed")
    assert (edit.text.added, edit.text.removed) == ((), ())
    assert [line.line for line in edit.steps_removed] == ["LT/bilateral/signed"]
    assert [line.line for line in edit.steps_added] == ["LV/bilateral/signed"]
    assert what_changed(edit) == ("country",)
    assert (edit.captured_before, edit.captured_after) == (DAY + HOUR, now)
    assert edit.correction is None


def test_edits_of_one_guarantor_are_those_of_articles_about_it(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    now = DAY + 24 * HOUR
    reader(now, reader.page(1, reader.signed("Latvia"), fetched=now))
    assert {code: len(reader.changes(guarantor=code).edits) for code in ("LT", "LV", "DK")} == {
        "LT": 1,
        "LV": 1,
        "DK": 0,
    }


def test_versions_read_by_two_cleaners_are_not_compared(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    with reader.store._write() as connection:
        connection.exec_driver_sql("update readings set cleaner_version = 'old'")
    now = DAY + 24 * HOUR
    reader(now, reader.page(1, reader.signed("Latvia"), fetched=now))
    [edit] = edits_since(reader.store, now)
    assert edit.text is None
    assert not edit.moves_steps
    assert "two cleaners, old and" in edit.not_compared
    assert any("steps not compared (read by two cleaners" in line for line in changes_in_words(reader.changes()))


def test_versions_searched_by_two_sets_of_rules_keep_their_words_and_lose_their_steps(reader):
    first = reader.page(1, reader.signed("Lithuania"))
    reader(DAY + HOUR, first)
    reader.searched_anew(first, DAY + 2 * HOUR, "older")
    now = DAY + 24 * HOUR
    reader(now, reader.page(1, reader.signed("Latvia"), fetched=now))
    [edit] = edits_since(reader.store, now)
    assert edit.text.rewordings
    assert not edit.moves_steps
    assert "two sets of rules, older and" in edit.steps_not_compared
