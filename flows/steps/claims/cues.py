"""Cue words of stages, found in the words of a sentence.

A sentence becomes a row of words, each with the cues that begin at it. Everything after works on these rows, so
the cost is one look-up a word, and a rule reads as what it is: an act, its object, the mood before it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_WORD = re.compile(r"\d+(?:[.,]\d+)*%?(?:[^\W_]+)?(?:-[^\W_]+)*|[^\W_]+(?:['-][^\W_]+)*|[^\w\s]")
_PARTING = frozenset(";:-()[]")
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


def spans(folded: str) -> tuple[tuple[int, int], ...]:
    """Where each word and mark of a folded text begins and ends."""
    return tuple(found.span() for found in _WORD.finditer(folded))


@dataclass(frozen=True, eq=False)
class StageRules:
    """All cues by language; `version` is a hash of their file. What was learned of a word is kept: it never changes."""

    version: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    _any_first: dict[str, re.Pattern[str]] = field(default_factory=dict, init=False, repr=False)
    _known: dict[str, dict[str, tuple[Word, tuple[Phrase, ...]]]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for language, phrases in self.phrases.items():
            firsts = sorted({phrase.words[0].pattern for phrase in phrases})
            self._known[language] = {}
            self._any_first[language] = re.compile("|".join(f"(?:{first})" for first in firsts))

    def words(self, folded: str, language: str) -> tuple[Word, ...]:
        """The words of a folded text (`flows.steps.text.fold`) with their cues; none in a language without rules."""
        texts = _WORD.findall(folded)
        known = self._known.get(language)
        if known is None:
            return tuple(Word(text, _NO_CUES) for text in texts)
        learned = [known.get(text) or self._learn(text, language) for text in texts]
        row = [word for word, _ in learned]
        for number, (word, longer) in enumerate(learned):
            if longer:
                more = [phrase.cue for phrase in longer if _continues(phrase, texts, number)]
                if more:
                    row[number] = Word(word.folded, word.cues.union(more))
        return tuple(row)

    def _learn(self, text: str, language: str) -> tuple[Word, tuple[Phrase, ...]]:
        """The word with its own cues, and the longer phrases it begins."""
        starting: tuple[Phrase, ...] = ()
        if self._any_first[language].fullmatch(text):
            starting = tuple(phrase for phrase in self.phrases[language] if phrase.words[0].fullmatch(text))
        single = frozenset(phrase.cue for phrase in starting if len(phrase.words) == 1)
        longer = tuple(phrase for phrase in starting if len(phrase.words) > 1)
        self._known[language][text] = (Word(text, single or _NO_CUES), longer)
        return self._known[language][text]


def _continues(phrase: Phrase, texts: list[str], number: int) -> bool:
    if number + len(phrase.words) > len(texts):
        return False
    return all(pattern.fullmatch(texts[number + step]) for step, pattern in enumerate(phrase.words) if step)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first`..`last` (exclusive) of a sentence that are read together."""

    first: int
    last: int


def clauses(words: tuple[Word, ...]) -> Iterator[Clause]:
    """Clauses of a sentence: parted by ; : dashes and brackets, by words that open one, by quotation at a stop."""
    first = 0
    for number, word in enumerate(words):
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
