"""Cue words of stages, found in the words of a sentence.

A sentence becomes a row of words, each with the cues that begin at it. Everything after works on these rows, so
the cost is one look-up a word, and a rule reads as what it is: an act, its object, the mood before it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

_WORD = re.compile(r"\d+(?:[.,]\d+)*%?(?:[^\W_]+)?(?:-[^\W_]+)*|[^\W_]+(?:['-][^\W_]+)*|[^\w\s]")
_PARTING = frozenset(";:-()[]")
_MAY_PART = _PARTING | {'"'}
_STOPS = frozenset(",.:!?-")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A cue: its name (`group.name` or `act.form`) and one pattern for each of its words."""

    cue: str
    words: tuple[re.Pattern[str], ...]


class Word(NamedTuple):
    """A word or mark of a sentence: its folded form and the cues that begin here. Where it stands is `spans`."""

    folded: str
    cues: frozenset[str]

    def has(self, *cues: str) -> bool:
        """Whether one of these cues begins here."""
        return bool(self.cues) and not self.cues.isdisjoint(cues)


_NO_CUES: frozenset[str] = frozenset()
_MOST_LEARNED = 100_000
"""Pieces of text between spaces of which a language's words are kept; then they are learned anew."""


def spans(folded: str) -> tuple[tuple[int, int], ...]:
    """Where each word and mark of a folded text begins and ends."""
    return tuple([found.span() for found in _WORD.finditer(folded)])


class _OpeningWord(Word):
    """A word that begins phrases of several words."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Learned:
    """What is known of a word.

    `longer` are the phrases of several words that it begins, by the pattern of their second word; `as_second` are
    the patterns of second words that it fits itself.
    """

    word: Word
    longer: Mapping[re.Pattern[str], tuple[Phrase, ...]]
    as_second: tuple[re.Pattern[str], ...]


class _Cues(dict[str, tuple[Word, ...]]):
    """The cues of one language, and by piece of text between spaces the words learned so far."""

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self._phrases = phrases
        self._first = _any_of(phrase.words[0] for phrase in phrases)
        self._seconds = tuple({phrase.words[1] for phrase in phrases if len(phrase.words) > 1})
        self._second = _any_of(self._seconds)
        self._learned: dict[str, _Learned] = {}
        self._pairs: dict[tuple[str, str], tuple[Phrase, ...]] = {}

    def words(self, folded: str) -> tuple[Word, ...]:
        row = list(chain.from_iterable(map(self.__getitem__, folded.split())))
        pairs = self._pairs
        opening = [number for number, word in enumerate(row) if word.__class__ is _OpeningWord]
        if opening and opening[-1] == len(row) - 1:
            opening.pop()
        for number in opening:
            pair = (row[number][0], row[number + 1][0])
            phrases = pairs.get(pair)
            if phrases is None:
                phrases = self._pair(*pair)
            if phrases:
                more = [phrase.cue for phrase in phrases if _continues(phrase, row, number)]
                if more:
                    row[number] = Word(row[number].folded, row[number].cues.union(more))
        return tuple(row)

    def _pair(self, first: str, second: str) -> tuple[Phrase, ...]:
        """The phrases that two words begin."""
        if len(self._pairs) >= _MOST_LEARNED:
            self._pairs.clear()
        longer = self._of(first).longer
        found = tuple(phrase for pattern in self._of(second).as_second for phrase in longer.get(pattern, ()))
        self._pairs[first, second] = found
        return found

    def __missing__(self, piece: str) -> tuple[Word, ...]:
        if len(self) >= _MOST_LEARNED:
            self.clear()
            self._learned.clear()
        self[piece] = words = tuple(self._of(text).word for text in _WORD.findall(piece))
        return words

    def _of(self, text: str) -> _Learned:
        return self._learned.get(text) or self._learn(text)

    def _learn(self, text: str) -> _Learned:
        starting = [p for p in self._phrases if p.words[0].fullmatch(text)] if self._first.fullmatch(text) else []
        longer: dict[re.Pattern[str], tuple[Phrase, ...]] = {}
        for phrase in starting:
            if len(phrase.words) > 1:
                longer[phrase.words[1]] = (*longer.get(phrase.words[1], ()), phrase)
        own = frozenset(phrase.cue for phrase in starting if len(phrase.words) == 1) or _NO_CUES
        is_second = self._second.fullmatch(text) is not None
        as_second = tuple(one for one in self._seconds if is_second and one.fullmatch(text))
        word = _OpeningWord(text, own) if longer else Word(text, own)
        self._learned[text] = learned = _Learned(word, longer, as_second)
        return learned


def _any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """One pattern that any of these make."""
    return re.compile("|".join(sorted({f"(?:{one.pattern})" for one in patterns})) or r"(?!)")


def _continues(phrase: Phrase, row: Sequence[Word], number: int) -> bool:
    """Whether the third and later words of a phrase, whose first two stand at `number`, follow."""
    rest = phrase.words[2:]
    if number + len(phrase.words) > len(row):
        return False
    return all(pattern.fullmatch(row[number + step].folded) for step, pattern in enumerate(rest, 2))


@dataclass(frozen=True, eq=False)
class StageRules:
    """All cues by language; `version` is a hash of their file. What was learned of a word is kept: it never changes."""

    version: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    _cues: Mapping[str, _Cues] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cues", {language: _Cues(phrases) for language, phrases in self.phrases.items()})

    def words(self, folded: str, language: str) -> tuple[Word, ...]:
        """The words of a folded text (`flows.steps.text.fold`) with their cues; none in a language without rules."""
        cues = self._cues.get(language)
        if cues is None:
            return tuple(Word(text, _NO_CUES) for text in _WORD.findall(folded))
        return cues.words(folded)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first`..`last` (exclusive) of a sentence that are read together."""

    first: int
    last: int


def clauses(words: tuple[Word, ...]) -> Iterator[Clause]:
    """Clauses of a sentence: parted by ; : dashes and brackets, by words that open one, by quotation at a stop."""
    first = 0
    parting = [(n, word) for n, word in enumerate(words) if word.folded in _MAY_PART or "speech.break" in word.cues]
    for number, word in parting:
        if number <= first:
            continue
        opens = "speech.break" in word.cues
        if opens or word.folded in _PARTING or (word.folded == '"' and _is_quotation(words, number)):
            yield Clause(first, number)
            first = number if opens else number + 1
    if first < len(words):
        yield Clause(first, len(words))


def _is_quotation(words: tuple[Word, ...], number: int) -> bool:
    """A quotation mark next to a stop parts what is said from who says it; one around a name parts nothing."""
    around = (words[number - 1].folded, words[number + 1].folded if number + 1 < len(words) else ".")
    return any(mark in _STOPS for mark in around)
