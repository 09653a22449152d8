"""The words of a sentence with their cues, and what a text told of keeps ready. Made-up texts."""

import re
from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import cues, told
from flows.steps.claims.cues import Phrase, StageRules, spans
from flows.steps.dates import find_days
from flows.steps.scanned import ScannedText
from flows.steps.text import fold, lay_out
from storage.terms import Language, Zone


def rules(*phrases):
    made = tuple(Phrase(cue, tuple(re.compile(word) for word in words.split())) for cue, words in phrases)
    return StageRules("1", {"en": made})


def found(one, text):
    return [(word.folded, sorted(word.cues)) for word in one.words(text, "en") if word.cues]


MADE = (("a.one", "sign"), ("a.two", "put pen"), ("a.three", r"put pen \w+ paper"), ("b.one", "pen|paper"))


def test_a_word_has_its_own_cues_and_those_of_phrases_it_begins():
    assert found(rules(*MADE), "put pen to paper, sign") == [
        ("put", ["a.three", "a.two"]), ("pen", ["b.one"]), ("paper", ["b.one"]), ("sign", ["a.one"]),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["put", "sign put", "put to paper", "put, pen", "input pen-paper"])
def test_a_phrase_is_found_only_whole(text):
    assert not {"a.two", "a.three"} & {cue for _, of_word in found(rules(*MADE), text) for cue in of_word}


def test_a_phrase_needs_its_last_word():
    assert found(rules(*MADE), "put pen to rest")[0] == ("put", ["a.two"])


def test_a_phrase_goes_on_across_marks_that_are_its_own_words():
    assert found(rules(("a.b", "yes , no")), "yes, no") == [("yes", ["a.b"])]


def test_what_was_forgotten_is_learned_again(monkeypatch):
    monkeypatch.setattr(cues, "_MOST_LEARNED", 2)
    small, text = rules(*MADE), "they put pen to paper and sign. they sign and put pen"
    first = small.words(text, "en")
    assert small.words(text, "en") == first == rules(*MADE).words(text, "en")
    assert sum("a.two" in word.cues for word in first) == len(("put pen to paper", "put pen"))


@pytest.mark.parametrize(
    "text",
    [
        "“Так,” — сказав він 3,5% м'яча;(до 2025-го)…",
        "Ukraine\u00a0and\u2009Norway\tsigned\n1.5bn-a-year: don't--stop",
        "_under_score_ a_b ② ½ 🙂",
        "",
    ],
)
@pytest.mark.parametrize("language", ["en", "uk", "ru", "other"])
def test_every_word_stands_where_it_is_said_to(text, language):
    folded = fold(text)
    words = load_stages().words(folded, language)
    assert [word.folded for word in words] == [folded[start:end] for start, end in spans(folded)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "signed last autumn"), ("en", "two weeks ago"), ("en", "on sunday"), ("en", "last month"),
        ("uk", "навесні 2023 року"), ("uk", "три дні тому"), ("uk", "позавчора"), ("uk", "15-го числа"),
        ("ru", "прошлой зимой"), ("ru", "три дня назад"), ("ru", "в субботу"), ("ru", "в прошлом году"),
    ],
)  # fmt: skip
def test_no_form_of_a_day_is_passed_over(language, text):
    assert len(find_days(text, language, date(2025, 9, 20))) == 1


@pytest.fixture
def text_of():
    def read(*texts):
        full, paragraphs = lay_out("", [(text, Zone.BODY) for text in texts])
        return told(ScannedText("", paragraphs, full, Language.EN, date(2025, 9, 10), load_lexicon()), load_stages())

    return read


SECURITY, PLAIN, GRAIN = (
    "Ukraine and Norway signed a security agreement.",
    "The leaders met.",
    "Norway and Poland signed a trade agreement.",
)


def test_the_agreement_told_of_last_is_found_however_far_back(text_of):
    for order in (range(6), range(5, -1, -1)):
        text = text_of(SECURITY, PLAIN, PLAIN, GRAIN, PLAIN, PLAIN)
        nearest = {number: text.last_on_agreement(number) for number in order}
        assert [one.number if (one := nearest[number]) else None for number in range(6)] == [None, 0, 0, 0, 3, 3]


def test_a_test_of_sentences_is_asked_of_each_once(text_of):
    asked = []

    def is_on_trade(one):
        asked.append(one.number)
        return "trade" in one.folded

    text = text_of(SECURITY, PLAIN, GRAIN, GRAIN)
    assert [text.first(is_on_trade).number for _ in range(3)] == [2, 2, 2]
    assert asked == [0, 1, 2]
    assert text.first(lambda one: "grain" in one.folded) is None


def test_sentences_that_name_a_person_are_known_by_the_name(text_of):
    text = text_of("Ivan Almada of Norway came. Ivan Almada spoke to Ivan Almada.", PLAIN, "Almada left.")
    assert {name: [one.number for one in there] for name, there in text.naming.items()} == {"Ivan Almada": [0, 1, 3]}


def test_a_text_has_ukraine_where_a_sentence_names_it(text_of):
    assert text_of(PLAIN, SECURITY).has_ukraine
    assert not text_of(PLAIN, GRAIN).has_ukraine
