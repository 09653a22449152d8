"""What a person is asked about, what the keys do, and how decisions stand beside the lines."""

import json
from datetime import UTC, date, datetime

import pytest

from flows.books import refresh_ledger
from flows.errors import UserError
from flows.review import queue
from flows.review_words import corrected
from storage.terms import Factuality, Stage


def _why(store, **asked):
    return {one.filed.headline: one.reasons for one in queue(store, **asked)}


def test_the_queue_holds_what_is_unsure_and_says_why(press):
    press.tell("alone")
    press.tell("hedged", "Korea reportedly began talks.", guarantor="KR", stage=Stage.TALKS_STARTED, is_hedged=True)
    press.tell("leak", "A daily saw the text.", guarantor="KR", stage=Stage.TEXT_AGREED, report_type="third_party")
    press.tell("sure", "Korea and Kyiv talk on.", guarantor="KR", stage=Stage.NEGOTIATING)
    press.tell("denied", "Korea did not sign.", guarantor="KR", factuality=Factuality.NEGATED, is_hedged=True)
    assert _why(press.store) == {
        "News alone": ("one text alone",),
        "News hedged": ("hedged",),
        "News leak": ("told by a third party",),
    }
    assert list(_why(press.store)) == ["News alone", "News leak", "News hedged"]  # the most advanced first
    assert list(_why(press.store, guarantor="KR")) == ["News leak", "News hedged"]
    assert list(_why(press.store, stage=Stage.SIGNED)) == ["News alone"]


def test_of_one_text_alone_the_sentence_shown_is_asked_about_and_the_next_when_it_is_rejected(press, zaporuka):
    press.tell("a", "Japan signed it.", second="Japan has put its name to it.")
    (first,) = queue(press.store)
    zaporuka("review", "--name", "KS", keys=["r"])
    (second,) = queue(press.store)
    assert {first.filed.claim.step_sentence, second.filed.claim.step_sentence} == {
        "japan signed it.",
        "japan has put its name to it.",
    }


def test_contradicting_claims_stand_beside_each_other(press):
    press.tell("a")
    press.tell("b", "Japan signed it today.", outlet="office")
    press.tell("c", "Japan signed it on Friday.", outlet="dusk", event_on_min=date(2024, 6, 14),
               event_on_max=date(2024, 6, 14))  # fmt: skip
    assert _why(press.store) == {
        "News b": ("also reported on 14 Jun 2024 (1 text)",),
        "News c": ("against the line: event on 2024-06-14",),
    }


def test_a_plan_printed_after_the_step_contradicts_it(press):
    press.tell("a", outlet="office")
    for slug, day in (("before", -2), ("after", 3)):
        press.tell(slug, f"Japan will sign, {slug}.", day=day, factuality=Factuality.PLANNED)
    assert _why(press.store) == {"News after": ("a plan, printed after the step (13 Jun 2024)",)}


def test_keys_accept_reject_correct_note_skip_and_quit(press, zaporuka):
    for slug in "abcde":
        press.tell(slug, f"Korea signed paper {slug}.", guarantor="KR", document=f"paper-{slug}")
    typed = ["a", "n", "not theirs", "r", "c", "", "by 2024-06-12", "япония", "x", "s", "q"]
    code, printed = zaporuka("review", keys=["Olena  M", *typed])
    assert code == 0, printed
    assert "“Korea signed paper a.”" in printed
    assert "https://dawn.example/a" in printed
    assert "rule S-01" in printed
    assert "One of a, r, c, n, s, q" in printed
    assert "2 left" in printed
    rows = press.store.rows("select reader, decision, note from reviews order by decided_at")
    assert [tuple(row.values()) for row in rows] == [
        ("Olena M", "accept", None),
        ("Olena M", "reject", "not theirs"),
        ("Olena M", "correct", None),
    ]
    assert press.lines() == [
        ("JP/paper-c/signed", "current"),
        ("KR/paper-a/signed", "current"),
        ("KR/paper-b/signed", "rejected"),
        ("KR/paper-d/signed", "current"),
        ("KR/paper-e/signed", "current"),
    ]
    moved = press.store.ledger_lines()[0]
    assert (moved.event_on_min, moved.event_on_max, moved.precision) == (None, date(2024, 6, 12), "by")
    refresh_ledger(press.store, "r1", datetime(2024, 7, 2, tzinfo=UTC), guarantors={"JP"})  # as after the next night
    assert ("JP/paper-c/signed", "current") in press.lines()


def test_keys_of_a_cyrillic_keyboard_are_the_same_keys(press, zaporuka):
    press.tell("a")
    assert zaporuka("review", "--name", "KS", keys=["ф"])[0] == 0
    assert press.store.rows("select decision from reviews") == [{"decision": "accept"}]


def test_without_a_terminal_one_line_names_the_way_out(press, zaporuka):
    press.tell("a")
    code, printed = zaporuka("review", "--name", "KS")
    assert code == 2
    assert printed.count("\n") == 1
    assert "--export" in printed


def test_nothing_to_review_says_out_of_how_many(press, zaporuka):
    press.tell("a", stage=Stage.NEGOTIATING)
    code, printed = zaporuka("review")
    assert code == 0
    assert "of 1 on file" in printed


def test_a_second_reader_judges_blind_and_disagreement_is_shown(press, zaporuka):
    press.tell("a")
    zaporuka("review", "--name", "KS", keys=["a"])
    assert "Nothing to review" in zaporuka("review", "--name", "OM")[1]
    code, printed = zaporuka("review", "--second", "--name", "OM", keys=["r"])
    assert code == 0
    before, after = printed.split("a]ccept", 1)
    assert "KS" not in before
    assert "KS accepted" in after
    assert "readers disagree" in after
    assert "Nothing to review" in zaporuka("review", "--second", "--name", "om")[1]
    assert [one.reasons for one in queue(press.store)] == [("readers disagree",)]


def test_why_shows_every_decision_beside_its_claim(press, zaporuka):
    press.tell("a")
    zaporuka("review", "--name", "KS", keys=["n", "read twice", "a"])
    zaporuka("review", "--second", "--name", "OM", keys=["c", "", "2024-06-12", ""])
    printed = zaporuka("ledger", "--why")[1]
    assert "KS accepted" in printed
    assert "“read twice”" in printed
    assert "OM corrected (day 2024-06-12)" in printed
    assert "readers disagree" in printed
    (line,) = json.loads(zaporuka("ledger", "--json")[1])["lines"]
    assert [one["reader"] for one in line["claims"][0]["reviews"]] == ["KS", "OM"]


def test_a_decision_is_reopened_when_the_evidence_changed(press, zaporuka):
    press.tell("a", outlet="office")
    assert queue(press.store) == []
    press.tell("a", outlet="office")
    zaporuka("review", "--sample", "1", "--name", "KS", keys=["a"])
    assert queue(press.store) == []
    press.tell("a", outlet="office", rules="r2", event_on_min=date(2024, 6, 12), event_on_max=date(2024, 6, 12))
    assert [one.reasons for one in queue(press.store)] == [("evidence changed since KS read it",)]
    assert "evidence changed since" in zaporuka("ledger", "--why")[1]
    zaporuka("review", "--name", "KS", keys=["a"])
    assert queue(press.store) == []
    assert "evidence changed since" not in zaporuka("ledger", "--why")[1]


RIGHT = [
    ("text agreed", "", "", {"stage": "text_agreed"}),
    ("", "2024-02", "", {"event_on_min": "2024-02-01", "event_on_max": "2024-02-29", "precision": "month"}),
    ("", "by 2024-06-13", "", {"event_on_min": None, "event_on_max": "2024-06-13", "precision": "by"}),
    ("signed", "", "KR", {"guarantor": "KR"}),
    ("", "2024-06-13", "KR", {"guarantor": "KR"}),
]
NO_CORRECTION = [
    ("sealed", "", "no stage"),
    ("", "31.02.2024", "no day"),
    ("", "2024-02-31", "no day"),
    ("", "by 2024-02", "no day"),
    ("", "", "names the right"),
    ("signed", "2024-06-13", "says already"),
]


def test_a_correction_holds_what_is_other_than_read(press):
    claim = press.tell("a")
    for stage, day, who, right in RIGHT:
        assert corrected(claim, stage, day, who, str) == right
    for stage, day, says in NO_CORRECTION:
        with pytest.raises(UserError, match=says):
            corrected(claim, stage, day, "", str)


MISTAKES = [
    (["--export", "a.xlsx", "--import", "a.xlsx"], "one of"),
    (["--export", "a.csv"], ".xlsx"),
    (["--rate"], "--sample"),
    (["--sample", "5", "--second"], "--name"),
    (["--name", " "], "name"),
    (["--stage", "sealed"], "no stage"),
    (["--sample", "0"], "--sample"),
    (["--import", "nowhere.xlsx"], "nowhere.xlsx"),
]


def test_options_that_do_not_fit_are_one_line(press, zaporuka):
    press.tell("a")
    for words, says in MISTAKES:
        code, printed = zaporuka("review", *words)
        assert code == 2, words
        assert printed.count("\n") == 1
        assert says in printed
