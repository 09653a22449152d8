"""Who was first with a work: by credit, by time, and how sure that is."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from flows.steps.first_publisher import Member, first_publisher
from storage.records import Attribution
from storage.terms import TimePrecision

NOON = datetime(2024, 5, 10, 9, 0, tzinfo=UTC)
"""Noon in Kyiv."""
HALF_HOUR = timedelta(minutes=30)
HOUR = timedelta(hours=1)
MINUTE, DAY, MONTH, UNKNOWN = (TimePrecision(one) for one in ("minute", "day", "month", "unknown"))


def credit(source, role="origin"):
    return Attribution(source=source, name=source, kind="agency", role=role, start=0, end=1, quote="x", rule="citing")


def member(outlet, at=None, precision=MINUTE, seen=None, every=HALF_HOUR, credits_=()):
    """A copy; `at` and `seen` are minutes after noon in Kyiv."""
    published = None if at is None else NOON + timedelta(minutes=at)
    first_seen = NOON + timedelta(minutes=seen if seen is not None else (at or 0) + 10)
    said = tuple(map(credit, credits_))
    # The number follows the name, not the order of the list.
    number = sum(ord(letter) for letter in outlet)
    return Member(number, outlet, published, precision, first_seen, every, said)


def told(*members):
    """The verdict, the same in any order."""
    answers = {first_publisher(order) for order in permutations(members)}
    assert len(answers) == 1
    return answers.pop()


def test_no_members_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        first_publisher([])


def test_a_text_that_only_one_outlet_has_was_first_there():
    answer = told(member("a", 0))
    assert (answer.outlets, answer.certainty, answer.reason) == (
        ("a",),
        "likely",
        "no other outlet's text of it is on file",
    )


def test_the_earlier_minute_is_first_where_polls_can_tell():
    answer = told(member("a", 0), member("b", 45))
    assert (answer.outlets, answer.certainty) == (("a",), "certain")
    assert answer.reason == "first by published time (minute), 45 minutes before b"


def test_a_lead_shorter_than_the_polls_is_not_certain():
    answer = told(member("a", 0), member("b", 3))
    assert (answer.outlets, answer.certainty) == (("a",), "not certain")
    assert answer.reason == "first by 3 minutes, polls are 30 minutes apart: not certain (b came next)"


def test_the_slower_of_two_polls_counts():
    answer = told(member("a", 0, every=timedelta(minutes=5)), member("b", 45, every=2 * HOUR))
    assert (answer.certainty, "2 h apart" in answer.reason) == ("not certain", True)


def test_times_that_nobody_polled_are_the_outlets_own_word():
    answer = told(member("a", 0, every=None), member("b", 200, every=None))
    assert (answer.outlets, answer.certainty) == (("a",), "likely")
    assert answer.reason.endswith("by their own word: no feed was polled then")


def test_the_same_minute_names_both():
    answer = told(member("a", 0), member("b", 0))
    assert (answer.outlets, answer.certainty, answer.reason) == (("a", "b"), "unknown", "the same minute: a and b")


def test_one_day_without_times_names_both():
    answer = told(member("a", 0, DAY, seen=900, every=None), member("b", 60, DAY, seen=900, every=None))
    assert (answer.outlets, answer.certainty) == (("a", "b"), "unknown")
    assert answer.reason == "same day, times unknown: a and b"


def test_an_earlier_day_is_first():
    answer = told(member("a", 0, DAY, seen=5000, every=None), member("b", 1440, seen=5000))
    assert (answer.outlets, answer.certainty) == (("a",), "likely")
    assert answer.reason.startswith("first by published day, at least 12 h")


def test_a_day_is_that_of_kyiv():
    late = member("a", 11 * 60, DAY, seen=5000, every=None)  # 23:00 in Kyiv
    after_midnight = member("b", 12 * 60 + 5, seen=5000)  # 00:05 in Kyiv, the same day in UTC
    assert told(late, after_midnight).outlets == ("a",)


def test_a_day_narrowed_by_polls_can_be_first():
    answer = told(member("a", 0, DAY, seen=10), member("b", 200))
    assert (answer.outlets, answer.certainty) == (("a",), "likely")


def test_a_day_beside_a_minute_of_that_day_is_not_certain():
    answer = told(member("a", 0), member("b", 0, DAY, seen=900, every=None))
    assert (answer.outlets, answer.certainty) == (("a", "b"), "not certain")
    assert "the time of b is not exact" in answer.reason


def test_a_month_tells_least():
    answer = told(member("a", 0, MONTH, seen=90000, every=None), member("b", 0, MONTH, seen=90000, every=None))
    assert answer.certainty == "not certain"
    assert told(member("a", 0, MONTH, seen=99999, every=None), member("b", 60 * 24 * 40)).outlets == ("a",)


def test_without_times_the_first_look_counts_as_far_as_polls_reach():
    close = told(member("a", None, UNKNOWN, seen=0), member("b", None, UNKNOWN, seen=3))
    assert (close.outlets, close.certainty) == (("a", "b"), "not certain")
    assert close.reason == "read here first, by 3 minutes; polls are 30 minutes apart: not certain (a and b)"
    far = told(member("a", None, UNKNOWN, seen=0), member("b", None, UNKNOWN, seen=90))
    assert (far.outlets, far.certainty) == (("a",), "certain")
    assert far.reason == "first by when it was read here, at least 1 h before b"
    unpolled = told(member("a", None, UNKNOWN, seen=0, every=None), member("b", None, UNKNOWN, seen=90, every=None))
    assert (unpolled.certainty, "not all were polled" in unpolled.reason) == ("not certain", True)


def test_a_clock_that_runs_backwards_is_not_believed():
    backwards = member("b", 200, seen=0)
    answer = told(member("a", 100), backwards)
    assert answer.outlets == ("b",)
    assert answer.certainty == "likely"
    assert answer.reason.endswith("b names a time after it was read here")


def test_a_clock_a_minute_ahead_is_no_fault():
    assert "names a time" not in told(member("a", 1, seen=0), member("b", 100)).reason


def test_a_day_after_the_capture_is_not_believed_either():
    answer = told(member("a", 3000, DAY, seen=0), member("b", 100))
    assert (answer.outlets, "names a time after" in answer.reason) == (("a",), True)


def test_whom_the_others_credit_is_the_origin():
    answer = told(member("agency", 0), member("b", 1, credits_=["agency"]), member("c", 2, credits_=["agency"]))
    assert (answer.outlets, answer.certainty) == (("agency",), "likely")
    assert answer.reason == "2 of 2 other outlets credit agency"


def test_a_credit_against_the_clock_is_not_certain():
    answer = told(member("agency", 60), member("b", 0, credits_=["agency"]))
    assert (answer.outlets, answer.certainty) == (("agency",), "not certain")
    assert answer.reason == "1 of 1 other outlets credits agency, though b names an earlier time"


def test_a_chain_of_credits_ends_at_the_origin():
    chain = (member("a", 9, credits_=["b"]), member("b", 5, credits_=["c"]), member("c", 7))
    assert told(*chain).outlets == ("c",)


def test_credits_in_a_circle_leave_it_to_the_times():
    answer = told(member("a", 0, credits_=["b"]), member("b", 90, credits_=["a"]))
    assert (answer.outlets, answer.certainty) == (("a",), "certain")


def test_two_origins_are_told_apart_by_time():
    answer = told(member("x", 0), member("y", 90), member("c", -5, credits_=["x", "y"]))
    assert answer.outlets == ("x",)
    assert answer.reason.startswith("x and y are credited; first by published time")


def test_a_source_that_is_not_on_file_is_named():
    answer = told(member("a", 0, credits_=["reuters"]), member("b", 90, credits_=["reuters", "afp"]))
    assert (answer.outlets, answer.credited) == (("a",), ("reuters", "afp"))
    assert answer.certainty == "not certain"
    assert answer.reason.endswith("; reuters and afp are credited, and no text of theirs on it is on file")
    assert told(member("a", 0, credits_=["reuters"])).certainty == "not certain"


def test_credits_in_passing_and_to_oneself_count_for_nothing():
    passing = Member(2, "b", NOON + 2 * HOUR, MINUTE, NOON + 3 * HOUR, HALF_HOUR, (credit("a", "mention"),))
    own = Member(1, "a", NOON, MINUTE, NOON + HOUR, HALF_HOUR, (credit("a", "self"),))
    assert told(own, passing).reason.startswith("first by published time")
    late = Member(3, "c", NOON - HOUR, MINUTE, NOON, HALF_HOUR)
    assert told(passing, late, own).outlets == ("c",)


def test_articles_of_one_outlet_are_no_rivals():
    english = Member(7, "a", NOON, MINUTE, NOON, HALF_HOUR)
    ukrainian = Member(8, "a", NOON, MINUTE, NOON, HALF_HOUR)
    answer = told(english, ukrainian, member("b", 90))
    assert (answer.articles, answer.certainty) == ((7,), "certain")
    assert told(english, ukrainian).reason == "no other outlet's text of it is on file"
