import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.candidates import is_worth_a_look
from flows.steps.signature import ALL_BANDS, MOST_NUMBERS, TOLD_BANDS, jaccard, runs, shingles, signature, words

VOCABULARY = [f"слово{number}" for number in range(3000)]


def _random(seed):
    return random.Random(seed)  # noqa: S311  repeatable made-up data


def _text(seed, length=300):
    return _random(seed).choices(VOCABULARY, k=length)


def _signed(text, numbers=(), facts=(), stems=()):
    tokens = words(text)
    return signature(tokens, runs(tokens), numbers, facts, stems)


def _share_bands(first, second):
    return is_worth_a_look(_signed(" ".join(first)), _signed(" ".join(second)))


def test_the_signature_is_the_same_on_every_machine():
    made = _signed("Посли домовилися про безпекову угоду на 10 років.", ["10"], ["10"], ["посли"])
    assert made.bands[:4].hex() == "7726fe2a"
    assert made.bands[-4:].hex() == "c5377a1f"
    assert made.numbers.hex() == "32c8"
    assert made.text_sha256.startswith("ddddd81fe6ee7d61")


def test_bands_are_hashes_of_four_bytes_and_none_are_noughts():
    made = _signed(" ".join(_text(1)))
    assert len(made.bands) == 4 * ALL_BANDS
    assert made.bands.endswith(b"\0" * 4 * TOLD_BANDS)
    assert b"\0" * 4 not in made.bands[: -4 * TOLD_BANDS]


def test_a_text_without_words_is_nobody_s_copy():
    assert _signed(" … ! ").bands == b""


def test_of_many_numbers_those_of_the_least_hashes_are_kept():
    few, many = (_signed("слова", map(str, range(count))).numbers for count in (20, 500))
    assert len(few) == 2 * 20
    assert len(many) == 2 * MOST_NUMBERS


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
    assert _signed(one).text_sha256 == _signed(other).text_sha256


def test_a_changed_figure_is_another_text():
    assert _signed("курс 41,25").text_sha256 != _signed("курс 41,26").text_sha256


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
        found += _share_bands(text, edited)
        strangers += _share_bands(text, _text(seed + 1000))
    assert found >= 57
    assert strangers == 0


def test_a_text_cut_after_its_opening_shares_bands():
    assert all(_share_bands(_text(seed, 600), _text(seed, 600)[:70]) for seed in range(30))


def test_facts_kept_and_half_the_stems_share_a_key_and_other_facts_none():
    facts = {"61", "305", "2026", "travnja"}
    stems = [f"основ{number}" for number in range(30)]
    first = _signed(" ".join(_text(1)), facts=facts, stems=stems)
    retold = _signed(" ".join(_text(2)), facts=facts, stems=[*stems[:20], "інше", "зовсім"])
    another = _signed(" ".join(_text(3)), facts={"58", "290", "2025", "kvitnia"}, stems=stems)
    assert is_worth_a_look(first, retold)
    assert not is_worth_a_look(first, another)


@given(st.text(alphabet="аб1 .,'\"-_()\n", max_size=60))
def test_words_are_those_the_pattern_finds(text):
    plain = text.replace("\n", " ")
    assert "".join(words(plain)) == "".join(
        re.findall(r"\w+(?:['.,]\w+)*", re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain))
    )
