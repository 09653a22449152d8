"""Writes invented articles: the same key gives the same article, in each language asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from storage.keys import key

LANGUAGES = ("uk", "ru", "en")
_PARAGRAPHS = 5


@dataclass(frozen=True)
class Text:
    """An article's words: plain text, not yet HTML."""

    headline: str
    paragraphs: tuple[str, ...]
    author: str


class Dice:
    """Choices that follow from a key alone, the same on every machine."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rolled = 0

    def below(self, limit: int) -> int:
        """The next number from 0 up to and without `limit`."""
        self._rolled += 1
        return key("replica", self._name, str(self._rolled)) % limit


@lru_cache(maxsize=1)
def _words() -> Mapping[str, list[str]]:
    words: Mapping[str, list[str]] = yaml.safe_load((files(__package__) / "words.yaml").read_text(encoding="utf-8"))
    return words


def _in(language: str, row: str) -> str:
    return row.split(" / ")[LANGUAGES.index(language)]


def _upper_first(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


@lru_cache(maxsize=4096)
def write(name: str, language: str, *, by_president: bool = False, is_corrected: bool = False) -> Text:
    """The article of this key in one language; the choices are the same in all three.

    `is_corrected` adds the note an outlet puts under a story it has mended and changes a figure of it.
    """
    words, dice = _words(), Dice(name)

    def pick(slot: str) -> str:
        row = words[slot][dice.below(len(words[slot]))]
        return _in(language, row)

    city, who = pick("cities"), pick("who")
    did = pick("president_did") if by_president else pick("did")
    if by_president:
        who = {"uk": "Президент", "ru": "Президент", "en": "President"}[language]
        headline = f"{who} {did} {city}"
    elif language == "en":
        headline = _upper_first(f"{who} {city} {did}")
    else:
        headline = _upper_first(f"{city} {who} {did}")
    paragraphs = [f"{headline}{' ' if language == 'en' else ', '}{pick('why')}."]
    sentences, quotes = list(words["sentences"]), list(words["quotes"])
    for nth in range(_PARAGRAPHS):
        row, quote = sentences.pop(dice.below(len(sentences))), quotes.pop(dice.below(len(quotes)))
        numbers = {"n": 5 + dice.below(60), "m": 70 + dice.below(830)}
        if is_corrected and nth == 0:
            numbers["n"] += 1
        slots = {f"{slot}2": pick(plural) for slot, plural in _SECOND.items()}
        sentence = _upper_first(_in(language, row).format(**numbers, **slots))
        paragraphs.append(f"{sentence} {_quote(_in(language, quote), _name(dice, language), pick('posts'), language)}")
    author = _name(dice, language)
    if is_corrected:
        paragraphs.append(_in(language, words["corrections"][0]).format(n=5 + dice.below(60)))
    return Text(headline, tuple(paragraphs), author)


_SECOND = {"city": "cities", "who": "who", "did": "did", "why": "why"}


def _name(dice: Dice, language: str) -> str:
    words, suffix = _words(), {"uk": "", "ru": "_ru", "en": "_en"}[language]
    lasts = words["lasts_en" if language == "en" else "lasts"]
    first, last = dice.below(len(words["firsts"])), dice.below(len(lasts))
    return f"{words[f'firsts{suffix}'][first]} {lasts[last]}"


def _quote(quote: str, name: str, post: str, language: str) -> str:
    if language == "en":
        return f'"{quote}," said {name}, {post}.'
    said = {"uk": "каже", "ru": "говорит"}[language]
    return f'"{quote}", – {said} {name}, {post}.'
