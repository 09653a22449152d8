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
_NOT_WORDS = """
    не ні ни нет немає нема ніхто никто жоден no not never nobody none cannot isn't aren't wasn't weren't don't doesn't
    didn't won't wouldn't can't hasn't haven't hadn't
    """
_NOT = frozenset(_NOT_WORDS.split())
_REFUSAL_STEMS = """
    refus reject declin denie deny denial oppos block. blocks. blocked blocking veto failed. fails. unhurt intact.
    undamag відмов відхил запереч спростов спростув відкинул провалил отказ отверг отклон отрица опроверг опроверж
    """
_REFUSALS = tuple(_REFUSAL_STEMS.split())
"""Beginnings of words that say no; a full stop ends a whole word."""

_OPPOSED_STEMS = """
    open reopen resum | close. closed closes. closing shut suspend halt stop
    rais increas hike grow. grows. grew. rise. rises. rose. | cut. cuts. cutting reduc fall. falls. fell. drop decreas
    acquit clear. clears. cleared exonerat | convict guilty. sentenc
    arrest detain jail | releas free. freed frees.
    win. wins. won. victor | lose. loses. lost.
    favour favor for. | against.
    sign. signs. signed signing ratif approv adopt | cancel terminat annul withdr
    allow permit | ban. bans. banned banning forbid prohibit
    відкри віднов поновл | закри призупин зупин
    підвищ збільш зрос зріс. | знизи зменш скороти впав. впала. впали. впало.
    виправда | засуди винн
    арешт заарешт затрим | звільн відпусти
    перемог перемаг переміг. виграв. виграла. виграли. | програв. програла. програли. поразк
    за. | проти.
    ухвал підпис ратиф схвал | скасув розірва відклик
    дозвол | заборон
    откры возобнов | закры приостан останов
    повыс повыш увелич вырос | сниз сниж уменьш сократ упал
    оправда | осуди винов
    арест задерж | освобод отпуст
    побед выигра | проигра поражени
    за. | против.
    подписа ратифиц одобр | отмен расторг отозва
    разреш | запрет запрещ
    """
_OPPOSED = tuple(tuple(tuple(side.split()) for side in line.split("|")) for line in _OPPOSED_STEMS.strip().splitlines())
"""Beginnings of words for two opposite turns of the same news."""


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
        return numbers if len(numbers) >= _FEW_NUMBERS else numbers | self.names

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


def is_turned(first: Tokens, second: Tokens) -> bool:
    """Whether two wordings of one place say the opposite: one denies, or one uses the word opposed to the other's."""
    is_no, is_other_no = _says_no(first), _says_no(second)
    if _are_opposed(first, second):
        return is_no == is_other_no
    return is_no != is_other_no and _is_of_one_thing(*((first, second) if is_no else (second, first)))


def _says_no(tokens: Tokens) -> bool:
    return not _NOT.isdisjoint(tokens) or _has(tokens, _REFUSALS)


def _is_of_one_thing(denied: Tokens, said: Tokens) -> bool:
    """Whether the first says no to what the second says, and not to something else."""
    own = _beginnings(said)
    return _has(denied, _REFUSALS) or not own or not own.isdisjoint(_beginnings(denied))


def _beginnings(tokens: Tokens) -> frozenset[str]:
    return frozenset(word[:_LONG] for word in tokens if len(word) >= _LONG)


def _are_opposed(first: Tokens, second: Tokens) -> bool:
    for one, other in _OPPOSED:
        ours, theirs = ((_has(tokens, one), _has(tokens, other)) for tokens in (first, second))
        if ours != theirs and ours == theirs[::-1]:
            return True
    return False


def _has(tokens: Tokens, beginnings: tuple[str, ...]) -> bool:
    return any(f"{word}.".startswith(beginnings) for word in tokens)
