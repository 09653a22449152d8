"""Search tokens: dictionary forms of the words of a text, the same for an article and for a question.

Ukrainian and Russian lemmas are pymorphy3's; English words are folded by a few suffix rules.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from pymorphy3 import MorphAnalyzer

from flows.steps.text import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ONLY_UKRAINIAN = re.compile("[іїєґ']")
_ONLY_RUSSIAN = re.compile("[ыэъ]")
_ENGLISH_KEPT = re.compile("(?:ss|us|is|news)$")
_NAME_TAGS = frozenset({"Surn", "Name", "Patr", "Geox", "Fixd"})
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae"})
_VOWEL = re.compile("[aeiouy]")
_SHORTEST_STEM = 3
_SHORT_WORD = 3


@cache
def morphology(language: Literal["uk", "ru"]) -> MorphAnalyzer:
    """The analyser of a language, loaded once a process (about 0.1 s)."""
    return MorphAnalyzer(lang=language)


def lemmas(text: str) -> list[str]:
    """Search tokens of a text in order: lower case, letters and digits only, hyphenated words split.

    A Cyrillic word that only one language's dictionary knows gives that language's lemma; one that both or
    neither know gives both lemmas where they differ, so that a question need not say its language.
    """
    return [token for match in _WORD.finditer(fold(text)) for token in _lemmas_of(match.group())]


def words_asked(question: str) -> list[str]:
    """The words of a question, each as its token or, where it has two lemmas, both with a space between."""
    return [" ".join(_lemmas_of(match.group())) for match in _WORD.finditer(fold(question))]


@lru_cache(maxsize=200_000)
def _lemmas_of(word: str) -> tuple[str, ...]:
    if _CYRILLIC.search(word):
        return _cyrillic(word)
    return (_english(word),)


def _cyrillic(word: str) -> tuple[str, ...]:
    if _ONLY_UKRAINIAN.search(word):
        languages: tuple[Literal["uk", "ru"], ...] = ("uk",)
    elif _ONLY_RUSSIAN.search(word):
        languages = ("ru",)
    else:
        known: tuple[Literal["uk", "ru"], ...] = tuple(
            language for language in ("uk", "ru") if morphology(language).word_is_known(word)
        )
        languages = known or ("uk", "ru")
    return tuple(dict.fromkeys(_letters(_lemma(word, language)) for language in languages))


def _lemma(word: str, language: Literal["uk", "ru"]) -> str:
    """The lemma of the likeliest reading; the Ukrainian dictionary holds no frequencies and needs two rules.

    Of verb or noun the noun: війни is of війна, not of війнути. Of adjective or a noun made of it the adjective:
    українською is of український, not of a noun українська.
    """
    readings = morphology(language).parse(word)
    best = readings[0]
    if language == "uk" and best.tag.POS == "VERB":
        nouns = (one for one in readings if one.tag.POS == "NOUN" and not _NAME_TAGS & one.tag.grammemes)
        best = next(nouns, best)
    elif language == "uk" and best.tag.POS == "NOUN":
        adjectives = (one for one in readings if one.tag.POS == "ADJF")
        best = next((one for one in adjectives if one.normal_form[:-2] == best.normal_form[:-1]), best)
    return str(best.normal_form)


def _letters(word: str) -> str:
    return "".join(char for char in word.replace("ё", "е") if char.isalnum())


def _english(word: str) -> str:
    word = word.removesuffix("'s")
    plain = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    word = "".join(char for char in plain if char.isalnum()) or _letters(word)
    if len(word) <= _SHORT_WORD or not word.isalpha():
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not _ENGLISH_KEPT.search(word):
        word = word[:-1]
    for suffix in ("ing", "ed"):
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= _SHORTEST_STEM and _VOWEL.search(stem):
            word = stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "aeiousl" else stem
            break
    return word.rstrip("e") or word
