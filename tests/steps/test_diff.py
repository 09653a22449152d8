"""What an outlet changed between two versions is told by sentence and word, and nothing is lost on the way."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.diff import ChangeKind, WordKind, applied, diff, sentence_texts
from flows.steps.text import lay_out
from storage.terms import Zone

ONE = "The town has bought a pump. It stands by the river, the mayor said."
TWO = "The neighbours of the town paid for 61 of its parts on 11 April. Nobody has counted the buckets yet."
THREE = "Другий насос працюватиме до осені. Так сказав мер."


def laid(*paragraphs, title="Town buys pump"):
    return lay_out(title, [(text, Zone.BODY) for text in paragraphs])


def told(old, new, **headlines):
    return diff(laid(*old)[1], laid(*new)[1], **headlines)


def words_of(change):
    return [(one.kind, one.before, one.after) for one in change.words]


def test_the_same_text_has_no_changes():
    assert told([ONE, TWO, THREE], [ONE, TWO, THREE]) == ()


def test_sentences_divided_into_other_paragraphs_are_the_same():
    assert told([ONE, TWO], [f"{ONE} {TWO}"]) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind", "was", "now"),
    [
        ("for 61 of", "for 64 of", WordKind.NUMBER, "61", "64"),
        ("for 61 of", "for 1,250.5 of", WordKind.NUMBER, "61", "1,250.5"),
        ("11 April", "12 April", WordKind.DATE, "11 April", "12 April"),
        ("11 April", "11 May", WordKind.DATE, "11 April", "11 May"),
        ("buckets", "spades", WordKind.WORDS, "buckets", "spades"),
        ("neighbours of the town", "neighbours of Bohdan", WordKind.NAME, "the town", "Bohdan"),
        ("yet.", "yet!", WordKind.MARKS, ".", "!"),
        ("of its parts", "of parts", WordKind.WORDS, "its", ""),
    ],
)
def test_one_thing_that_changed_is_one_change_that_names_it(before, after, kind, was, now):
    assert before in TWO
    [change] = told([ONE, TWO, THREE], [ONE, TWO.replace(before, after), THREE])
    assert change.kind is ChangeKind.CHANGED
    assert words_of(change) == [(kind, was, now)]


def test_a_day_in_ukrainian_is_told_whole():
    [change] = told(["Угоду підписали 5 червня у Києві."], ["Угоду підписали 7 липня у Києві."])
    assert words_of(change) == [(WordKind.DATE, "5 червня", "7 липня")]


def test_a_sentence_of_one_number_is_changed_not_exchanged():
    [change] = told([ONE, "61", THREE], [ONE, "64", THREE])
    assert (change.kind, words_of(change)) == (ChangeKind.CHANGED, [(WordKind.NUMBER, "61", "64")])


def test_sentences_that_came_went_and_moved_are_told_apart():
    first, second = sentence_texts(laid(ONE)[1])
    kinds = [(one.kind, one.old, one.new) for one in told([ONE, TWO], [THREE, TWO, second])]
    added = sentence_texts(laid(THREE)[1])
    assert sorted(kinds, key=str) == sorted(
        [
            (ChangeKind.REMOVED, first, None),
            *((ChangeKind.ADDED, None, text) for text in added),
            (ChangeKind.MOVED, second, second),
        ],
        key=str,
    )


def test_a_sentence_that_went_is_told_where_it_stood():
    _, stayed = sentence_texts(laid(TWO)[1])
    changes = told([ONE, TWO], [ONE.replace("pump", "well"), stayed.replace("buckets", "spades"), "Wholly new."])
    assert [one.kind for one in changes][-1] is ChangeKind.ADDED
    assert [one.kind for one in changes].count(ChangeKind.REMOVED) == 1


def test_a_headline_is_a_change_of_its_own():
    [change] = told([ONE], [ONE], old_headline="Latvia signs", new_headline="Lithuania signs")
    assert change.kind is ChangeKind.HEADLINE
    assert words_of(change) == [(WordKind.WORDS, "Latvia", "Lithuania")]
    assert (change.old_at.start, change.old_at.end) == (0, len("Latvia signs"))


def test_spans_point_into_both_texts():
    old_text, old = laid(ONE, TWO)
    new_text, new = laid(THREE, ONE, TWO.replace("61", "640"), title="Another")
    for change in diff(old, new, "Town buys pump", "Another"):
        for text, at, span in ((change.old, change.old_at, old_text), (change.new, change.new_at, new_text)):
            assert (text is None) == (at is None)
            assert text is None or span[at.start : at.end] == text
        for word in change.words:
            assert old_text[slice(*word.before_span)] == word.before
            assert new_text[slice(*word.after_span)] == word.after


_SENTENCE = st.sampled_from(
    [
        *sentence_texts(laid(ONE, TWO, THREE)[1]),
        "It stands by the lake, the mayor said.",
        "Так.",
        "7.",
        "Nobody said 8.",
    ]
) | st.text(max_size=30)
_TEXT = st.lists(st.lists(_SENTENCE, min_size=1, max_size=4).map(" ".join), max_size=8)


@given(old=_TEXT, new=_TEXT, headlines=st.tuples(st.text(max_size=9), st.text(max_size=9)))
def test_the_changes_applied_to_the_old_text_give_the_new_one(old, new, headlines):
    ours, theirs = laid(*old)[1], laid(*new)[1]
    changes = diff(ours, theirs, *headlines)
    assert applied(sentence_texts(ours), changes) == sentence_texts(theirs)
    assert (headlines[0] != headlines[1]) == any(one.kind is ChangeKind.HEADLINE for one in changes)


@given(text=_TEXT, headline=st.text(max_size=9))
def test_a_text_differs_from_itself_in_nothing(text, headline):
    assert diff(laid(*text)[1], laid(*text)[1], headline, headline) == ()


def _long(number, mark):
    return [f"Садівник {n % 90} полив {n * 7} кущів {mark if n % 3 else ''} і пішов додому." for n in range(number)]


@pytest.mark.prove
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_long(5_000, "зранку"), _long(5_000, "ввечері")),
        (_long(5_000, "зранку"), _long(5_000, "зранку")[::-1]),
        (["Так. Ні."] * 2_500, ["Ні. Так. Так."] * 1_700),
        (_long(5_000, "зранку"), [f"Wholly other words, {n} times." for n in range(5_000)]),
    ],
    ids=["two thirds changed", "turned round", "two sentences over and over", "nothing in common"],
)
def test_five_thousand_sentences_take_seconds(old, new):
    ours, theirs = laid(*old)[1], laid(*new)[1]
    start = time.process_time()
    changes = diff(ours, theirs)
    assert time.process_time() - start < 10
    assert applied(sentence_texts(ours), changes) == sentence_texts(theirs)
