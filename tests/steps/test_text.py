"""The folding that rules match in."""

import pytest

from flows.steps.text import fold, normal


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("PEARS `and` Plums", "pears 'and' plums"),
        ("«Ёлка» — П’ятниця\u00a0“сад”", '"елка" - п\'ятниця "сад"'),
        ("İzmir’s Ёж", "İzmir's еж"),
    ],
)
def test_a_folded_text_has_the_places_of_its_letters(text, folded):
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


def test_signs_that_hide_inside_a_word_are_left_out():
    hidden = "agree\u200bment of Nor\u00adway \u2060and\u200e\ufeff Kyiv\x00\ud800"
    assert normal(hidden) == "agreement of Norway and Kyiv"
    assert normal("e\u0301") == "é"
