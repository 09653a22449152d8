"""What differs between two versions is told by paragraph and sentence."""

from flows.steps.rewording import Rewording, TextChange, text_change

ONE = "The town has bought a pump. It stands by the river."
TWO = "The neighbours paid for half of it."
THREE = "Nobody has counted the buckets yet."


def test_equal_texts_differ_in_nothing():
    assert text_change([ONE, TWO], [ONE, TWO]) == TextChange()


def test_paragraphs_that_came_or_went_are_named():
    assert text_change([ONE, TWO], [ONE, THREE, TWO]) == TextChange(added=(THREE,))
    assert text_change([ONE, TWO, THREE], [ONE, THREE]) == TextChange(removed=(TWO,))


def test_a_changed_paragraph_is_told_by_the_sentence_that_differs():
    changed = "The town has bought a pump. It stands by the lake."
    assert text_change([ONE, TWO], [changed, TWO]) == TextChange(
        rewordings=(Rewording("It stands by the river.", "It stands by the lake."),)
    )
    longer = f"{ONE} It is red."
    assert text_change([ONE], [longer]) == TextChange(rewordings=(Rewording("", "It is red."),))


def test_another_paragraph_in_the_same_place_is_not_a_rewording():
    assert text_change([ONE, TWO], [ONE, THREE]) == TextChange(added=(THREE,), removed=(TWO,))


def test_a_paragraph_finds_the_one_it_became_among_several():
    became = "The neighbours paid for a third of it."
    assert text_change([TWO], [THREE, became]) == TextChange(added=(THREE,), rewordings=(Rewording(TWO, became),))
