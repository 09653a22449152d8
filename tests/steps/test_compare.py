import pytest

from flows.steps.compare import LONGEST, Likeness, is_near, is_retold, overlap
from flows.steps.compared import Compared

WORDS = [f"слово{number}" for number in range(400)]


def _like(first, second):
    return Likeness(*(Compared(text if isinstance(text, str) else " ".join(text)) for text in (first, second)))


def test_shares_are_of_the_shorter_text_whatever_the_order():
    for like in (_like(WORDS[:100], WORDS), _like(WORDS, WORDS[:100])):
        assert (like.words, like.containment, like.covered, like.head, like.in_order) == (100, 1, 1, 1, 1)
        assert like.longest_own == 0
        assert like.longer_covered == pytest.approx(0.25)


def test_the_longest_passage_of_its_own_is_counted_in_words():
    own = [f"інше{number}" for number in range(17)]
    like = _like([*WORDS[:60], *own, *WORDS[60:90]], WORDS)
    assert like.longest_own == 17
    assert is_near(like)


def test_numbers_put_in_the_place_of_others_are_counted_and_added_ones_are_not():
    before = [*WORDS[:30], "61", *WORDS[30:60], "305", *WORDS[60:]]
    assert _like(before, [word if word != "61" else "62" for word in before]).exchanged_numbers == 1
    assert _like(before, [*before, "14", "15"]).exchanged_numbers == 0


def test_a_name_in_another_spelling_is_not_exchanged_and_another_name_is():
    before, spelt, other = (
        " ".join([*WORDS[:30], name, *WORDS[30:60]]) for name in ("Зеленський", "Зеленский", "Макрон")
    )
    assert _like(before, spelt).exchanged == 0
    assert _like(before, other).exchanged > 0


def test_of_very_long_texts_the_beginnings_are_laid_side_by_side():
    long = [f"с{number}" for number in range(LONGEST + 500)]
    late = [*long[:-1], "9"]
    like = _like([*long[:-1], "8"], late)
    assert like.exchanged_numbers == 0
    assert like.in_order == 1


@pytest.mark.parametrize("text", ["", "а", "а б", "1", "а б в"])
def test_texts_of_a_word_or_two_have_a_likeness(text):
    like = _like(text, WORDS)
    assert 0 <= like.containment <= 1
    assert not is_near(like)
    assert not is_retold(like)


def test_the_overlap_of_nothing_is_nothing():
    assert overlap(frozenset(), frozenset()) == 0
