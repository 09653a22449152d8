"""A text made ready to be compared with others: its words, their runs, its facts."""

import re
from functools import cached_property
from typing import TypeAlias

from flows.steps.crossing import name_stem
from flows.steps.signature import Hashes, distinct, runs, words

Tokens: TypeAlias = tuple[str, ...]

OPENING = 60
"""Words whose stems tell whether two texts open with the same news."""

_STEM = 5
_LONG = 4
_FEW_NUMBERS = 3
_AFTER_DIGITS = ":"
_NAME = re.compile(r"\b[A-ZА-ЯІЇЄҐЁ][\w'’ʼ-]{2,}")
_DAY_WORDS = """
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня понеділок вівторок середа
    середу четвер п'ятниця п'ятницю субота суботу неділя неділю января февраля марта апреля мая июня июля августа
    сентября октября ноября декабря понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """
DAYS = frozenset(_DAY_WORDS.split())
_DENIAL_WORDS = """
    не ні ни нет немає not no never denied false wrong спростував спростувала спростували опроверг опровергла опровергли
    """
_DENIALS = frozenset(_DENIAL_WORDS.split())


class Compared:
    """A text made ready for comparison: its folded words, their runs, and its numbers, names and days.

    What only a close look needs is worked out when it is first asked for.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens = tuple(words(text))
        self.runs = runs(self.tokens)

    @cached_property
    def shingles(self) -> Hashes:
        """The runs as a set, sorted."""
        return distinct(self.runs)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers by their digits, and words for days and months."""
        digits = {fact_of(word) for word in self.tokens if word < _AFTER_DIGITS}
        return frozenset(digits | set(map(fact_of, DAYS.intersection(self.tokens))))

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of words written with a capital."""
        found = {fact_of(word) for word in words(" ".join(set(_NAME.findall(self._text))))}
        return frozenset(found - self.numbers)

    @cached_property
    def facts(self) -> frozenset[str]:
        """Numbers, days and names, these in a spelling that survives another transliteration."""
        return self.numbers | {name_stem(name) for name in self.names}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Beginnings of the longer words."""
        return frozenset(word[:_STEM] for word in set(self.tokens) if len(word) >= _LONG and word[0].isalpha())

    @cached_property
    def opening(self) -> frozenset[str]:
        """Stems of the headline and the first sentences."""
        return frozenset(word[:_STEM] for word in self.tokens[:OPENING] if len(word) >= _LONG and word[0].isalpha())

    @property
    def telling(self) -> frozenset[str]:
        """The facts by which its retellings are found: the numbers, with the names where they are few."""
        numbers = frozenset(fact for fact in self.numbers if len(fact) > 1)
        return numbers if len(numbers) >= _FEW_NUMBERS else numbers | {name_stem(name) for name in self.names}

    @cached_property
    def denials(self) -> int:
        """How many words say no."""
        return sum(word in _DENIALS for word in self.tokens)


def is_number(word: str) -> bool:
    """Whether a folded word is a number, a day or a month."""
    return word < _AFTER_DIGITS or word in DAYS


def fact_of(word: str) -> str:
    """A number by its digits, a name by its stem, so that writing and inflection do not make two of one."""
    if word < _AFTER_DIGITS:
        return "".join(filter(str.isdecimal, word))
    return word[:_STEM]
