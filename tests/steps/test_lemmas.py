"""Search tokens: what a question asks must be what an article's text gives, whatever the case, form or language."""

import pytest

from flows.steps.lemmas import lemmas


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("гарантії безпеки", "про гарантіями безпекою йшлося"),
        ("Японія", "з Японією"),
        ("Япония", "с Японией"),
        ("переговоры", "в переговорах"),
        ("Київ", "до Києва"),
        ("об'єднання", "об\u2019єднанням"),
        ("війна", "війни"),
        ("українська", "українській"),
        ("угода", "угод"),
        ("guarantee", "Guarantees were guaranteed"),
        ("country", "countries'"),
        ("sign", "signing"),
        ("Ukraine", "Ukraine\u2019s"),
        ("Støre", "store"),
        ("президент", "ПРЕЗИДЕНТОМ"),
        ("ёлка", "елка"),
    ],
)
def test_a_word_is_found_in_its_other_forms(question, text):
    assert set(lemmas(question)) & set(lemmas(text))


def test_a_word_of_one_language_gives_that_languages_lemma_alone():
    assert lemmas("гарантії") == ["гарантія"]
    assert lemmas("гарантией") == ["гарантия"]


def test_tokens_hold_letters_and_digits_only():
    tokens = lemmas("Прем’єр-міністр: «G7» — 10-річна угода, don't U.S. 2024!")
    assert all(token.isalnum() for token in tokens)
    assert {"g7", "10", "2024", "прем'єр".replace("'", ""), "міністр"} <= set(tokens)


def test_words_that_differ_stay_apart():
    assert not set(lemmas("гарант")) & set(lemmas("гарантія"))
    assert not set(lemmas("Austria")) & set(lemmas("Australia"))


def test_nothing_gives_nothing():
    assert lemmas(" — … ") == []
