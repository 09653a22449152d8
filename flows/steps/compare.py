"""The second look at two texts that may be copies: what stands in both, where the rest lies, what was exchanged.

Thresholds were set on labelled pairs (copies, follow-ups, templates, other texts on the same event); the proof
prints how they fare.
"""

from collections import Counter
from functools import cached_property
from itertools import groupby, product
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from flows.steps.compared import OPENING, Compared, Tokens, fact_of, is_number, is_turned
from flows.steps.crossing import name_stem
from flows.steps.signature import WORDS_IN_SHINGLE, common

Flags: TypeAlias = npt.NDArray[np.bool_]

HEAD = 40
"""Words of an opening: about a headline and a first sentence."""

FEWEST_WORDS = 8
LEAST_CONTAINMENT = 0.45
"""Texts that share less are never one text; most candidates are refused by this alone."""

LEAST_SHARED, MOST_SHARED = 0.06, 0.5
"""The containment of a text retold in other words; strangers share less, cut and edited copies more."""

_FEWEST_RETOLD = 50

LONGEST = 8000
"""Words of a text that are laid side by side one by one; the memory this takes grows with their square."""

_TELLING, _MANY_TELLING = 2, 4
_SLOT = 8
_SHOWN = 3


class Likeness:
    """How two texts are alike; the order of the two does not matter. Dear figures are worked out when asked for.

    All shares are of the shorter text unless said otherwise, in 0..1. Of texts longer than `LONGEST` words only the
    beginnings are laid side by side word for word.
    """

    def __init__(self, first: Compared, second: Compared) -> None:
        self.short, self.long = sorted((first, second), key=lambda one: (len(one.tokens), one.tokens))
        self.words = len(self.short.tokens)

    @property
    def is_same(self) -> bool:
        """Whether both have the same words in the same order, and any at all."""
        return 0 < self.words == len(self.long.tokens) and self.short.tokens == self.long.tokens

    @cached_property
    def shared(self) -> int:
        """How many shingles stand in both."""
        return common(self.short.shingles, self.long.shingles)

    @property
    def containment(self) -> float:
        """Share of shingles."""
        return self.shared / max(1, min(len(self.short.shingles), len(self.long.shingles)))

    @property
    def jaccard(self) -> float:
        """Shingles in both, of all."""
        return self.shared / max(1, len(self.short.shingles) + len(self.long.shingles) - self.shared)

    @cached_property
    def _ours(self) -> Flags:
        return _covered(self.short, self.long)

    @cached_property
    def _theirs(self) -> Flags:
        return _covered(self.long, self.short)

    @property
    def covered(self) -> float:
        """Share of words that lie in a shared shingle."""
        return _share(self._ours)

    @property
    def head(self) -> float:
        """`covered` of the opening."""
        return _share(self._ours[:HEAD])

    @cached_property
    def longest_own(self) -> int:
        """The longest run, in words, that is not covered."""
        edges = np.flatnonzero(np.concatenate(([True], self._ours, [True])))
        return int(np.diff(edges).max()) - 1

    @property
    def longer_head(self) -> float:
        """`head` of the longer text."""
        return _share(self._theirs[:HEAD])

    @property
    def longer_covered(self) -> float:
        """`covered` of the longer text."""
        return _share(self._theirs)

    @cached_property
    def _steps(self) -> list[tuple[bool, Tokens, Tokens]]:
        """Stretches of common words and what stands between them, in both texts."""
        short, long = self.short.tokens[:LONGEST], self.long.tokens[:LONGEST]
        stretches = []
        for is_common, group in groupby(LCSseq.opcodes(short, long), key=lambda step: step.tag == "equal"):
            steps = list(group)
            ours = short[steps[0].src_start : steps[-1].src_end]
            stretches.append((is_common, ours, long[steps[0].dest_start : steps[-1].dest_end]))
        return stretches

    @cached_property
    def in_order(self) -> float:
        """Share of words of the longest common subsequence."""
        return sum(len(ours) for is_common, ours, _ in self._steps if is_common) / max(1, min(self.words, LONGEST))

    @cached_property
    def _exchanged(self) -> tuple[int, int]:
        """How many numbers and days, and how many names, stand in the place of others.

        A name counts only if the other text has it nowhere: names change places when a sentence is turned round.
        """
        numbers = names = 0
        for is_common, ours, theirs in self._steps:
            if is_common or not (0 < len(ours) <= _SLOT and 0 < len(theirs) <= _SLOT):
                continue
            own, other = _numbers(ours), _numbers(theirs)
            numbers += min(len(own - other), len(other - own))
            own, other = _own_names(ours, self.short, self.long), _own_names(theirs, self.long, self.short)
            spelt_anew = set(map(name_stem, own)) & set(map(name_stem, other))
            names += max(0, min(len(own), len(other)) - len(spelt_anew))
        return numbers, names

    @cached_property
    def _opening(self) -> tuple[int, int]:
        """In how many places the openings differ, and in how many of these they say the opposite of each other."""
        ours = theirs = differing = opposed = 0
        anew: Counter[tuple[str, str]] = Counter()
        for is_common, own, other in self._steps:
            if min(ours, theirs) > OPENING:
                break
            ours, theirs = ours + len(own), theirs + len(other)
            differing += not is_common
            if not is_common and max(len(own), len(other)) <= _SLOT:
                opposed += is_turned(own, other)
                if _digits(own) != _digits(other):
                    anew.update(product(_numbers(own) - self.long.numbers, _numbers(other) - self.short.numbers))
        return differing, opposed + sum(times for times in anew.values() if times > 1)

    @property
    def turned(self) -> int:
        """In how many places the openings say the opposite of each other, or put one number for the same other.

        A number counts only if the other text has it nowhere, and if it is put for the other twice, as in a headline
        and a first sentence: a number alone may just be written in another way.
        """
        return self._opening[1]

    @property
    def is_turned_round(self) -> bool:
        """Whether the news is turned round: a headline and a first sentence say it twice, or nothing else differs."""
        differing, opposed = self._opening
        return opposed >= min(2, max(1, differing))

    @property
    def exchanged_numbers(self) -> int:
        """How many of the facts that were put in the place of others are numbers or days."""
        return self._exchanged[0]

    @property
    def exchanged_number_share(self) -> float:
        """Their share of all numbers and days."""
        both = len(self.short.numbers & self.long.numbers)
        return self.exchanged_numbers / max(1, self.exchanged_numbers + both)

    @property
    def exchanged(self) -> float:
        """Share of facts that were put in the place of others."""
        changed = sum(self._exchanged)
        both = len(self.short.names & self.long.names) + len(self.short.numbers & self.long.numbers)
        return changed / max(1, changed + both)


def is_near(like: Likeness) -> bool:
    """Whether two texts so alike are one text: cut, cluttered, edited, or put into other words all through."""
    if like.words < FEWEST_WORDS or like.containment < LEAST_CONTAINMENT:
        return False
    is_edited = _is_contained(like) or _is_reworded(like) or _is_abridged(like)
    is_one_text = _is_retold_at_length(like) or (is_edited and not _is_quoted(like))
    return is_one_text and not _is_template(like) and not like.is_turned_round


def is_retold(like: Likeness) -> bool:
    """Whether one text is the other put into other words sentence by sentence: few runs of words are left.

    What is kept are the numbers, most names, the opening and the length; nothing is denied that was told. Asks for
    texts of a few days, since a follow-up and a template keep as much of what they repeat.
    """
    short, long = like.short, like.long
    if not (LEAST_SHARED <= like.containment < MOST_SHARED and _FEWEST_RETOLD <= like.words >= 0.8 * len(long.tokens)):
        return False
    numbers, opening = overlap(short.numbers, long.numbers), overlap(short.opening, long.opening)
    has_all_numbers = len(short.numbers & long.numbers) >= _MANY_TELLING and numbers >= 0.8  # noqa: PLR2004
    return (
        len(short.numbers | long.numbers) >= _TELLING
        and numbers >= 0.65  # noqa: PLR2004
        and overlap(short.stems, long.stems) >= 0.4  # noqa: PLR2004
        and opening >= (0.25 if has_all_numbers else 0.32)
        and overlap(short.facts, long.facts) >= 0.38  # noqa: PLR2004
        and abs(short.denials - long.denials) <= 2  # noqa: PLR2004
        and (numbers == 1 or like.exchanged_numbers <= 1)
    )


def retold_why(like: Likeness) -> tuple[str, ...]:
    """What shows that one text retells the other, in plain words."""
    short, long = like.short, like.long
    return (
        f"retold: share {_plain(overlap(short.stems, long.stems))} of all word stems in both",
        f"share {_plain(overlap(short.opening, long.opening))} of those of the openings",
        *_numbers_in_both(like),
    )


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard coefficient of two sets, 0 if both are empty."""
    return len(first & second) / max(1, len(first | second))


def _kept(some: frozenset[str], others: frozenset[str]) -> float:
    """Share of some that are among the others, 1 of none."""
    return len(some & others) / len(some) if some else 1.0


def _numbers_in_both(like: Likeness) -> tuple[str, ...]:
    """Numbers and days both texts have, longest first."""
    both = set(like.short.tokens) & set(like.long.tokens)
    found = sorted((word for word in both if is_number(word)), key=lambda word: (-len(word), word))
    return (f"number{'s' * (len(found) > 1)} {', '.join(found[:_SHOWN])} in both",) if found else ()


def near_why(like: Likeness) -> tuple[str, ...]:
    """What shows that two texts are one, in plain words."""
    exchanged = like.exchanged_numbers
    return (
        f"share {_plain(like.containment)} of the shorter text's three-word runs",
        f"longest passage of its own {like.longest_own} of {like.words} words",
        f"{exchanged or 'no'} number{'s' * (exchanged > 1)} or day{'s' * (exchanged > 1)} exchanged",
        *_numbers_in_both(like),
    )


def _plain(share: float) -> str:
    return f"{share:.2f}".removeprefix("0")


def _is_quoted(like: Likeness) -> bool:
    """Old paragraphs under a new opening."""
    return like.longer_head < 0.5 and like.longer_covered < 0.7  # noqa: PLR2004


def _is_template(like: Likeness) -> bool:
    """The same frame filled anew: what was exchanged are the facts."""
    if like.words < 60:  # noqa: PLR2004
        return like.exchanged_numbers > 0 or like.exchanged > 0.2  # noqa: PLR2004
    many_numbers = like.exchanged_numbers > 1 and like.exchanged_number_share > 0.3  # noqa: PLR2004
    return many_numbers or like.exchanged > 0.25  # noqa: PLR2004


def _is_contained(like: Likeness) -> bool:
    return like.containment >= 0.8 and like.head >= 0.45 and like.longest_own <= max(40, 0.1 * like.words)  # noqa: PLR2004


def _is_reworded(like: Likeness) -> bool:
    """Edited all through: no passage of its own anywhere, the opening and the facts kept."""
    return (
        like.containment >= 0.55  # noqa: PLR2004
        and like.covered >= 0.72  # noqa: PLR2004
        and like.head >= 0.6  # noqa: PLR2004
        and like.in_order >= 0.7  # noqa: PLR2004
        and like.longest_own <= 15  # noqa: PLR2004
        and like.exchanged <= 0.15  # noqa: PLR2004
    )


def _is_abridged(like: Likeness) -> bool:
    """Cut and reworded in places: nearly all the shorter text has left, words and numbers, stands in the longer."""
    short, long = like.short, like.long
    return (
        like.containment >= 0.5  # noqa: PLR2004
        and like.longest_own <= 15  # noqa: PLR2004
        and like.exchanged <= 0.15  # noqa: PLR2004
        and _kept(short.stems, long.stems) >= 0.9  # noqa: PLR2004
        and _kept(short.numbers, long.numbers) >= 0.9  # noqa: PLR2004
        and overlap(short.opening, long.opening) >= 0.5  # noqa: PLR2004
    )


def _is_retold_at_length(like: Likeness) -> bool:
    """A long text in another wording, as when a speech is translated twice: likeness is spread over all of it."""
    return (
        like.words >= 600  # noqa: PLR2004
        and like.containment >= LEAST_CONTAINMENT
        and min(like.covered, like.longer_covered) >= 0.6  # noqa: PLR2004
        and like.head >= 0.6  # noqa: PLR2004
        and like.longest_own <= 0.04 * like.words
    )


def _covered(one: Compared, other: Compared) -> Flags:
    flags = np.zeros(len(one.tokens), dtype=np.bool_)
    if min(len(one.tokens), len(other.tokens)) < WORDS_IN_SHINGLE:
        return flags
    places = np.searchsorted(other.shingles, one.runs).clip(max=len(other.shingles) - 1)
    is_shared = other.shingles[places] == one.runs
    for shift in range(WORDS_IN_SHINGLE):
        flags[shift : shift + len(is_shared)] |= is_shared
    return flags


def _share(flags: Flags) -> float:
    return float(flags.mean()) if len(flags) else 0.0


def _numbers(tokens: Tokens) -> set[str]:
    return {fact_of(word) for word in tokens if is_number(word)}


def _digits(tokens: Tokens) -> str:
    """The numbers as one, so that a time is the same with a point, a colon or a space in it."""
    return "".join(fact_of(word) for word in tokens if is_number(word)).lstrip("0")


def _own_names(tokens: Tokens, one: Compared, other: Compared) -> set[str]:
    """Names among tokens of one text that the other has nowhere."""
    return {fact_of(word) for word in tokens} & one.names - other.names
