"""The second look at two texts that may be copies: what stands in both, where the rest lies, what was exchanged.

Thresholds were set on labelled pairs (copies, follow-ups, templates, other texts on the same event); the proof
prints how they fare.
"""

import re
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from rapidfuzz.distance import LCSseq

from flows.steps.signature import WORDS_IN_SHINGLE, Hashes, shingles, words

HEAD = 40
"""Words of an opening: about a headline and a first sentence."""

FEWEST_WORDS = 8
_STEM = 5
_SLOT = 8
_NAME = re.compile(r"\b[A-ZА-ЯІЇЄҐЁ][\w'’ʼ-]{2,}")
_DAY_WORDS = """
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня понеділок вівторок середа
    середу четвер п'ятниця п'ятницю субота суботу неділя неділю января февраля марта апреля мая июня июля августа
    сентября октября ноября декабря понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """
_DAYS = frozenset(_DAY_WORDS.split())


@dataclass(frozen=True)
class Compared:
    """A text made ready for comparison: its folded words, its shingles, and its numbers, names and days."""

    tokens: tuple[str, ...]
    shingles: Hashes
    numbers: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """How two texts are alike; all shares are of the shorter text unless said otherwise, in 0..1.

    `containment` counts shingles, `covered` words that lie in a shared shingle, `in_order` words of the longest
    common subsequence; `head` is `covered` of the opening. `longest_own` is the longest run of words, in words, not
    covered. `longer_head` and `longer_covered` look at the longer text. `exchanged` is the share of facts that were
    put in the place of others, `exchanged_numbers` how many of them are numbers or days, and
    `exchanged_number_share` their share of all numbers and days.
    """

    words: int
    containment: float
    covered: float
    in_order: float
    head: float
    longest_own: int
    longer_head: float
    longer_covered: float
    exchanged: float
    exchanged_numbers: int
    exchanged_number_share: float


def prepare(text: str) -> Compared:
    """A text made ready for comparison."""
    tokens = words(text)
    names = {_fact(word) for name in _NAME.findall(text) for word in words(name)}
    numbers = {_fact(word) for word in tokens if _is_number(word)}
    return Compared(tuple(tokens), shingles(tokens), frozenset(numbers), frozenset(names - numbers))


def compare(first: Compared, second: Compared) -> Likeness:
    """How two texts are alike; the order of the two does not matter."""
    short, long = sorted((first, second), key=lambda one: (len(one.tokens), one.tokens))
    ours, theirs = _covered(short.tokens, long.tokens), _covered(long.tokens, short.tokens)
    numbers, names = _exchanged(short, long)
    common = len(short.names & long.names) + len(short.numbers & long.numbers)
    common_shingles = len(np.intersect1d(short.shingles, long.shingles, assume_unique=True))
    return Likeness(
        words=len(short.tokens),
        containment=common_shingles / max(1, min(len(short.shingles), len(long.shingles))),
        covered=_share(ours),
        in_order=LCSseq.similarity(short.tokens, long.tokens) / max(1, len(short.tokens)),
        head=_share(ours[:HEAD]),
        longest_own=max((sum(1 for _ in run) for is_shared, run in groupby(ours) if not is_shared), default=0),
        longer_head=_share(theirs[:HEAD]),
        longer_covered=_share(theirs),
        exchanged=(numbers + names) / max(1, numbers + names + common),
        exchanged_numbers=numbers,
        exchanged_number_share=numbers / max(1, numbers + len(short.numbers & long.numbers)),
    )


def is_near(like: Likeness) -> bool:
    """Whether two texts so alike are one text: cut, cluttered, edited, or put into other words all through."""
    if like.words < FEWEST_WORDS or _is_template(like):
        return False
    is_quoted = like.longer_head < 0.5 and like.longer_covered < 0.7  # noqa: PLR2004  background under a new opening
    return _is_retold_at_length(like) or (not is_quoted and (_is_contained(like) or _is_reworded(like)))


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


def _is_retold_at_length(like: Likeness) -> bool:
    """A long text in another wording, as when a speech is translated twice: likeness is spread over all of it."""
    return (
        like.words >= 600  # noqa: PLR2004
        and like.containment >= 0.45  # noqa: PLR2004
        and min(like.covered, like.longer_covered) >= 0.6  # noqa: PLR2004
        and like.head >= 0.6  # noqa: PLR2004
        and like.longest_own <= 0.04 * like.words
    )


def _is_number(word: str) -> bool:
    return word[0].isdecimal() or word in _DAYS


def _fact(word: str) -> str:
    """A number by its digits, a name by its stem, so that writing and inflection do not make two of one."""
    if word[0].isdecimal():
        return "".join(char for char in word if char.isdecimal())
    return word[:_STEM]


def _covered(tokens: tuple[str, ...], other: tuple[str, ...]) -> list[bool]:
    known = set(zip(*(other[start:] for start in range(WORDS_IN_SHINGLE)), strict=False))
    covered = [False] * len(tokens)
    for start in range(len(tokens) - WORDS_IN_SHINGLE + 1):
        if tokens[start : start + WORDS_IN_SHINGLE] in known:
            covered[start : start + WORDS_IN_SHINGLE] = [True] * WORDS_IN_SHINGLE
    return covered


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _exchanged(short: Compared, long: Compared) -> tuple[int, int]:
    """How many numbers and days, and how many names, stand in the place of others.

    A name counts only if the other text has it nowhere: names change places when a sentence is turned round.
    """
    numbers = names = 0
    for ours, theirs in _gaps(short.tokens, long.tokens):
        own, other = _numbers(ours), _numbers(theirs)
        numbers += min(len(own - other), len(other - own))
        names += min(len(_own_names(ours, short, long)), len(_own_names(theirs, long, short)))
    return numbers, names


def _numbers(tokens: tuple[str, ...]) -> set[str]:
    return {_fact(word) for word in tokens if _is_number(word)}


def _own_names(tokens: tuple[str, ...], one: Compared, other: Compared) -> set[str]:
    """Names among tokens of one text that the other has nowhere."""
    return {_fact(word) for word in tokens} & one.names - other.names


def _gaps(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands between two stretches of common words, in both texts, where it is short enough to be a slot."""
    gaps: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for is_common, group in groupby(LCSseq.opcodes(short, long), key=lambda step: step.tag == "equal"):
        steps = list(group)
        ours = short[steps[0].src_start : steps[-1].src_end]
        theirs = long[steps[0].dest_start : steps[-1].dest_end]
        if not is_common and 0 < len(ours) <= _SLOT and 0 < len(theirs) <= _SLOT:
            gaps.append((ours, theirs))
    return gaps
