"""Every form of a word or phrase that a lexicon file gives as a lemma.

Ukrainian and Russian: pymorphy3's lexeme, with agreement inside "adjective … noun" phrases; what follows the
head noun (a genitive complement) stays as it is. Surnames unknown to the dictionaries are declined by their
ending. English: plural or verb suffixes on the last word. All forms are folded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Literal

from flows.steps.lemmas import morphology
from flows.steps.text import fold

Slavic = Literal["uk", "ru"]

_ENGLISH_VERB = re.compile(r"^to (\w+)(.*)$")
_SIBILANT = ("s", "x", "z", "ch", "sh")

# Endings of surnames: the part to replace, and what may stand there instead.
_SURNAMES: dict[Slavic, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "uk": (
        ("ий", ("ий", "ого", "ому", "им", "ім", "а", "ої", "ій", "у", "ою", "і", "их", "ими")),
        ("ська", ("ська", "ської", "ській", "ську", "ською")),
        ("цька", ("цька", "цької", "цькій", "цьку", "цькою")),
        ("ова", ("ова", "ової", "овій", "ову", "овою")),
        ("ко", ("ко", "ка", "ку", "ком", "кові")),
        ("га", ("га", "ги", "зі", "гу", "гою")),
        ("ка", ("ка", "ки", "ці", "ку", "кою")),
        ("ія", ("ія", "ії", "ію", "ією")),
        ("я", ("я", "і", "ю", "ею", "єю")),
        ("а", ("а", "и", "і", "у", "ою", "ею")),
        ("ець", ("ець", "ця", "цю", "цем", "цеві", "ці")),
        ("ь", ("ь", "я", "ю", "ем", "еві", "і")),
        ("й", ("й", "я", "ю", "єм", "єві", "ї")),
    ),
    "ru": (
        ("ий", ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ие", "их")),
        ("ый", ("ый", "ого", "ому", "ым", "ом")),
        ("ская", ("ская", "ской", "скую")),
        ("цкая", ("цкая", "цкой", "цкую")),
        ("ова", ("ова", "овой", "ову")),
        ("ия", ("ия", "ии", "ию", "ией")),
        ("я", ("я", "и", "е", "ю", "ей")),
        ("а", ("а", "ы", "и", "е", "у", "ой", "ей")),
        ("ец", ("ец", "ца", "цу", "цом", "це", "еца", "ецу", "ецом")),
        ("ь", ("ь", "я", "ю", "ем", "е")),
        ("й", ("й", "я", "ю", "ем", "е")),
    ),
}
_CONSONANT: dict[Slavic, tuple[str, ...]] = {
    "uk": ("", "а", "у", "ові", "ом", "ем", "им", "і", "и"),
    "ru": ("", "а", "у", "ом", "ем", "ым", "е", "ы"),
}
_VOWELS = "аеєиіїоуюяэыё"


def phrase_forms(phrase: str, language: str) -> frozenset[str]:
    """Folded forms of a phrase given as a lemma. "=phrase" is taken as it stands, "to verb …" is a verb (en)."""
    if phrase.startswith("="):
        return frozenset((fold(phrase[1:]),))
    if language == "en":
        return frozenset(_english(fold(phrase)))
    slavic: Slavic = "uk" if language == "uk" else "ru"
    return frozenset(fold(form) for form in _slavic(phrase.lower(), slavic))


def surname_forms(surname: str, language: str) -> frozenset[str]:
    """Folded forms of a surname or given name; of a hyphenated one every part is declined, in English none is."""
    if language == "en":
        return frozenset((fold(surname),))
    slavic: Slavic = "uk" if language == "uk" else "ru"
    words = [_decline(word, slavic) for word in surname.lower().split()]
    return frozenset(fold(" ".join(combination)) for combination in zip(*_padded(words), strict=True))


def _padded(columns: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Columns of equal length: indeclinable words repeat, so that forms of one case stand together."""
    longest = max(len(column) for column in columns)
    return (column if len(column) == longest else column + column[-1:] * (longest - len(column)) for column in columns)


def _decline(word: str, language: Slavic) -> tuple[str, ...]:
    for ending, others in _SURNAMES[language]:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            return tuple(stem + other for other in others)
    if word[-1] in _VOWELS:
        return (word,)
    return tuple(word + other for other in _CONSONANT[language])


def _english(phrase: str) -> Iterator[str]:
    verb = _ENGLISH_VERB.match(phrase)
    if verb:
        word, rest = verb.groups()
        yield from (form + rest for form in _english_verb(word))
        return
    yield phrase
    yield _plural(phrase)
    if " " in phrase and "-" not in phrase:
        yield phrase.replace(" ", "-")


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_SIBILANT) else "s")


def _english_verb(word: str) -> Iterator[str]:
    yield word
    yield _plural(word)
    stem = word.removesuffix("e")
    yield stem + "ing" if not word.endswith("ee") else word + "ing"
    yield stem + "ed" if not word.endswith("y") else word[:-1] + "ied"


@dataclass(frozen=True, slots=True)
class _Form:
    """One inflected form and the grammar it agrees by."""

    word: str
    case: str | None
    gender: str | None
    is_plural: bool


@dataclass(frozen=True, slots=True)
class _Lemma:
    """A dictionary form with all its inflected forms."""

    is_noun: bool
    is_verb: bool
    gender: str | None
    is_plural: bool
    forms: tuple[_Form, ...]


def _slavic(phrase: str, language: Slavic) -> Iterable[str]:
    words = phrase.split()
    lemmas = [_lemmas(word, language) for word in words]
    if len(words) == 1 or (lemmas[0] and lemmas[0][0].is_verb):
        forms = {form.word for lemma in lemmas[0] for form in lemma.forms}
        return {" ".join((form, *words[1:])) for form in forms or {words[0]}}
    head = next((index for index, found in enumerate(lemmas) if found and found[0].is_noun), None)
    if head is None or any(not found or found[0].is_verb for found in lemmas[:head]):
        return {phrase}
    tail = words[head + 1 :]
    return {" ".join((form, *tail)) for form in _agreeing([found[0] for found in lemmas[:head]], lemmas[head][0])}


def _agreeing(adjectives: list[_Lemma], noun: _Lemma) -> Iterator[str]:
    """Every form of the noun with the forms of the adjectives that agree with it in case, number and gender."""
    for form in noun.forms:
        if noun.is_plural and not form.is_plural:
            continue
        columns = [
            {
                other.word
                for other in adjective.forms
                if other.case == form.case
                and other.is_plural == form.is_plural
                and (form.is_plural or other.gender == noun.gender)
            }
            for adjective in adjectives
        ]
        yield from (" ".join(combination) for combination in product(*columns, (form.word,)))


@cache
def _lemmas(word: str, language: Slavic) -> tuple[_Lemma, ...]:
    """The readings of `word` as a dictionary form of one part of speech: nominative noun, adjective or infinitive.

    Surnames and words that never change are left out where the word can be something else as well.
    """
    found = []
    for parse in morphology(language).parse(word):
        tag = parse.tag
        is_verb = tag.POS == "INFN" or (tag.POS == "VERB" and "infn" in str(tag))
        is_name = tag.POS in {"NOUN", "ADJF", "PRTF"} and _case(tag) == "nomn"
        is_lemma = tag.POS != "NOUN" or fold(parse.normal_form) == fold(word) or "plur" in tag
        if is_verb or (is_name and is_lemma):
            found.append(parse)
    changing = [parse for parse in found if "Fixd" not in parse.tag and "Surn" not in parse.tag] or found
    return tuple(
        _Lemma(
            is_noun=parse.tag.POS == "NOUN",
            is_verb=parse.tag.POS in {"INFN", "VERB"},
            gender=_plain(parse.tag.gender),
            is_plural="plur" in parse.tag,
            forms=tuple(
                _Form(form.word, _case(form.tag), _plain(form.tag.gender), is_plural="plur" in form.tag)
                for form in parse.lexeme
            ),
        )
        for parse in changing
        if parse.tag.POS == changing[0].tag.POS
    )


def _case(tag: Any) -> str | None:  # noqa: ANN401 - pymorphy3 has no types
    """The case of a word; the Ukrainian dictionary leaves it out of the nominative of many nouns."""
    return _plain(tag.case) or ("nomn" if tag.POS == "NOUN" else None)


def _plain(grammeme: str | None) -> str | None:
    """A grammeme as a plain string: comparing pymorphy3's own is ten times slower."""
    return None if grammeme is None else str(grammeme)
