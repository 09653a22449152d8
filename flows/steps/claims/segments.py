"""The parts of a sentence that each tell of a deed of their own, and the verbs of them."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from flows.steps.claims.cues import Word
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS
from flows.steps.lemmas import morphology
from storage.terms import Language

CONJUNCTIONS = frozenset({"and", "but", "while", "та", "і", "й", "а", "и", "но", "але", "зато", "однак", "однако"})
_NOT_PAST = frozenset(
    {"need", "indeed", "speed", "proceed", "exceed", "succeed", "feed", "united", "armed", "seed", "bed", "red"}
    | {"hundred", "naked", "sacred", "so-called", "limited", "related", "kindred"}
)
_PAST = re.compile(
    r"\w+ed|was|were|had|has|have|is|are|did|will|would|went|came|took|gave|made|met|flew|left|began|held|sent|told|got"
    r"|saw|won|lost|fell|rose|drew|spoke|wrote|paid|brought|bought|built|found|heard|kept|sat|stood|struck|thought"
    r"|threw|understood|became|chose|rang|wound|said|laid|led|put|became|swore|sought|took|shook|inked|signs|joins"
)
_PRONOUNS = frozenset({"it", "they", "he", "she", "we"})
_FINITE = frozenset({"VERB", "PRTS", "PRED"})


def is_verb(word: Word, language: Language) -> bool:
    """Whether a word may be the finite verb of a clause."""
    if language is Language.EN:
        return bool(_PAST.fullmatch(word.folded)) and word.folded not in _NOT_PAST
    return _is_finite(word.folded, language)


@lru_cache(maxsize=50_000)
def _is_finite(word: str, language: Language) -> bool:
    if not word.isalpha() and "'" not in word:
        return False
    parses = morphology("uk" if language is Language.UK else "ru").parse(word)
    if not parses:
        return False
    return parses[0].tag.POS in _FINITE or word.endswith(("ано", "ено", "ято"))


@lru_cache(maxsize=256)
def parts_of(text: ToldText, here: ToldSentence) -> tuple[int, ...]:
    """The words at which the parts of a sentence begin, the first one at 0.

    Parts are clauses, or stand on either side of an "and"; each has a verb, and not only the verb: "signed and
    ratified on Monday" is one part, "Kyiv signed and Oslo ratified on Monday" two.
    """
    words = here.view.words
    verbs = [number for number, word in enumerate(words) if is_verb(word, text.language)]
    clause_starts = {clause.first for clause in here.view.parts}
    names = {here.word_of(one) for one in here.mentions if one.kind == "guarantor"}
    begins = [0]
    for number, word in enumerate(words):
        if not number:
            continue
        is_conjunction = word.folded in CONJUNCTIONS
        if is_conjunction and number - 1 in names and number + 1 in names:
            continue
        if not (is_conjunction or number in clause_starts or _opens_relative(words, number, verbs)):
            continue
        after = next((verb for verb in verbs if verb >= number), None)
        has_before = any(begins[-1] <= verb < number for verb in verbs)
        if after is None or not has_before:
            continue
        if is_conjunction and (after - number <= 1 or _next_break(words, number, clause_starts, names) < after):
            continue
        begins.append(number)
    return tuple(begins)


def _opens_relative(words: Sequence[Word], number: int, verbs: Sequence[int]) -> bool:
    """Whether a clause begins without a word of its own for it: "the agreement it signed in 2024"."""
    if words[number].folded not in _PRONOUNS or number + 1 not in verbs:
        return False
    return words[number - 1].has(*DOCUMENTS, "objects.guarantee", "objects.guarantor")


def _next_break(words: Sequence[Word], number: int, clauses: AbstractSet[int], names: AbstractSet[int]) -> int:
    """The next conjunction or clause after one: a verb beyond it is not of the words in between.

    An "and" between two states named together is none: "and Estonia and Lithuania will sign".
    """
    for n in range(number + 1, len(words)):
        if n in clauses:
            return n
        if words[n].folded in CONJUNCTIONS and not (n - 1 in names and n + 1 in names):
            return n
    return len(words)


def part_at(parts: Sequence[int], number: int) -> int:
    """Which part a word stands in."""
    return max(place for place, first in enumerate(parts) if first <= number)
