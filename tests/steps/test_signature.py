import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.signature import BANDS, HEAD_BANDS, TOLD_BANDS, jaccard, shingles, signature, told_bands, words

VOCABULARY = [f"слово{number}" for number in range(3000)]


def _random(seed):
    return random.Random(seed)  # noqa: S311  repeatable made-up data


def _text(seed, length=300):
    return _random(seed).choices(VOCABULARY, k=length)


def _shared_bands(first, second):
    return len(set(signature(" ".join(first)).bands) & set(signature(" ".join(second)).bands))


def test_the_signature_is_the_same_on_every_machine():
    made = signature("Посли домовилися про безпекову угоду на десять років.")
    assert made.bands[0] == 1425713281552431586
    assert made.bands[-1] == 796230582328574432
    assert made.text_sha256.startswith("3cb4ea6a304072ea")


def test_bands_are_positive_63_bit_keys():
    bands = signature(" ".join(_text(1))).bands
    assert len(bands) == BANDS + HEAD_BANDS
    assert all(0 <= band < 2**63 for band in bands)


def test_a_text_without_words_is_nobody_s_copy():
    assert signature(" … ! ").bands == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Угоду підписали!", "угоду  підписали"),
        ("в обʼєкті", "в об’єкті"),
        ("1\u00a0234 особи", "1234 особи"),
        ("«гарантії»", '"гарантії"'),
    ],
)
def test_the_same_words_are_one_text(one, other):
    assert signature(one).text_sha256 == signature(other).text_sha256


def test_a_changed_figure_is_another_text():
    assert signature("курс 41,25").text_sha256 != signature("курс 41,26").text_sha256


def test_numbers_keep_their_decimals():
    assert words("Курс 41,25 грн, об'єкт №3") == ["курс", "41,25", "грн", "об'єкт", "3"]


def test_jaccard_is_that_of_the_sets():
    first, second = list("abcde"), list("abcdx")
    assert jaccard(shingles(first), shingles(second)) == pytest.approx(2 / 4)
    assert jaccard(shingles([]), shingles([])) == 0


@pytest.mark.parametrize("length", [1, 2, 3])
def test_short_texts_have_one_shingle(length):
    assert len(shingles(["а", "б", "в"][:length])) == 1


@given(st.lists(st.sampled_from(VOCABULARY[:5]), min_size=3, max_size=30))
def test_there_is_a_shingle_for_each_run_of_three_words(tokens):
    assert len(shingles(tokens)) == len(set(zip(tokens, tokens[1:], tokens[2:], strict=False)))


def test_an_edited_text_shares_bands_and_another_does_not():
    found = strangers = 0
    for seed in range(60):
        text = _text(seed)
        drawn = _random(seed + 500)
        edited = [word if drawn.random() > 0.1 else "інше" for word in text]
        found += _shared_bands(text, edited) > 0
        strangers += _shared_bands(text, _text(seed + 1000)) > 0
    assert found >= 57
    assert strangers == 0


def test_a_text_cut_after_its_opening_shares_bands():
    assert all(_shared_bands(_text(seed, 600), _text(seed, 600)[:70]) > 0 for seed in range(30))


def test_facts_kept_and_half_the_stems_share_a_key_and_other_facts_none():
    facts = {"61", "305", "2026", "travnja"}
    stems = [f"основ{number}" for number in range(30)]
    first = told_bands(facts, stems)
    assert len(first) == TOLD_BANDS
    assert all(0 <= band < 2**63 for band in first)
    assert set(first) & set(told_bands(facts, [*stems[:20], "інше", "зовсім"]))
    assert not set(first) & set(told_bands({"58", "290", "2025", "kvitnia"}, stems))
    assert told_bands((), stems) == told_bands(facts, ()) == ()


@given(st.text(alphabet="аб1 .,'\"-_()\n", max_size=60))
def test_words_are_those_the_pattern_finds(text):
    plain = text.replace("\n", " ")
    assert "".join(words(plain)) == "".join(
        re.findall(r"\w+(?:['.,]\w+)*", re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain))
    )
