"""The people of a text, each once with all spellings."""

import itertools
import json
from pathlib import Path

import pytest

from flows.lexicon import load_lexicon
from flows.steps.persons import persons
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Language, Zone
from tests.timing import best_seconds


def named(text: str, language: str = "en") -> dict[str, tuple[str, ...]]:
    scanned = ScannedText("", (), text, Language(language), None, load_lexicon())
    return {one.name: one.as_written for one in persons(scanned)}


def test_an_unknown_person_is_found_by_the_first_name_and_then_by_surname_alone():
    text = "John Featherby, an analyst, spoke. Later Featherby's note was read by Featherby."
    assert named(text) == {"John Featherby": ("John Featherby", "Featherby")}


def test_a_surname_alone_is_known_by_its_whole_form_or_in_ukrainian_by_its_beginning():
    assert named("John Feather spoke. Feathery left. Feather's note.") == {"John Feather": ("John Feather", "Feather")}
    text = "Прийшов Іван Вигадченко. Слово Вигадченка почули, Вигадливий пішов."
    assert list(named(text, "uk").values()) == [("Іван Вигадченко", "Вигадченка")]


def test_a_list_of_thousands_of_names_is_read_in_good_time():
    letters = "abcdefghij"
    names = ["".join(some).capitalize() for some in itertools.product(letters, repeat=4)]

    def seconds(count: int) -> float:
        text = ", ".join(f"John B{3 * name.lower()}" for name in names[:count])
        assert len(named(text)) > 0.9 * count
        return best_seconds(named, text)

    seconds(10)
    assert seconds(2_000) < 30 * max(seconds(200), 0.005)


@pytest.mark.parametrize(
    "text", ["ÉCOLE Ivan", "éIvan Almada", "Ⓐ Ivan Almada", "Ivan-Almada", "О'Ivan Almada", "𝐀 Ivan Q"]
)
def test_only_whole_words_with_a_capital_make_a_name(text):
    expected = {"Ⓐ Ivan Almada": ["Ivan Almada"], "𝐀 Ivan Q": ["Ivan Q"]}
    assert list(named(text)) == expected.get(text, [])


def test_two_spellings_of_an_unknown_person_are_one():
    assert list(named("Maria Kovalchyk came. Maria Kovalchuk left.")) == ["Maria Kovalchyk"]


def test_a_misspelt_surname_of_a_public_figure_is_that_figure():
    assert named("Ihor Zhovkvi said so. Zhovkvi left.") == {"Ihor Zhovkva": ("Ihor Zhovkvi", "Zhovkvi")}


def test_inflected_names_are_one_person_in_the_nominative():
    found = named("Зустріч із Сергієм Ковальчуком. Ковальчук сказав. Думка Ковальчука.", "uk")
    assert found == {"Сергій Ковальчук": ("Сергієм Ковальчуком", "Ковальчук", "Ковальчука")}
    assert named("Переговоры с Зеленским: Зеленский доволен.", "ru") == {
        "Volodymyr Zelenskyy": ("Зеленским", "Зеленский")
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Global Peace Summit and the Kyiv Security Compact.",
        "United States, Great Britain, New Zealand",
        "Anna's House",
    ],
)
def test_names_of_things_are_no_people(text):
    assert named(text) == {}


def test_the_role_is_read_before_and_after_the_name():
    text = "Foreign Minister Annalena Baerbock met John Featherby, the director of a think tank, today."
    found = persons(ScannedText("", (), text, Language.EN, None, load_lexicon()))
    assert {one.name: one.role for one in found} == {
        "Annalena Baerbock": "Foreign Minister",
        "John Featherby": "director of a think tank",
    }


@pytest.mark.shared
def test_the_people_of_the_two_seeds(shared: Path):
    expected = json.loads((shared / "seeds" / "expected.json").read_text(encoding="utf-8"))
    for page in expected.values():
        text, _ = lay_out(page["title"], [(paragraph, Zone.BODY) for paragraph in page["paragraphs"]])
        found = {name: set(forms) for name, forms in named(text).items()}
        assert found == {name: set(forms) for name, forms in page["persons"].items()}
