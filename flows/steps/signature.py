"""Signatures of texts: word shingles, their MinHash bands, and the hash by which two texts are exactly alike.

The method is MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3).
Everything is computed from constants written here, so the same text has the same signature on every machine.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import xxhash

from flows.steps.text import fold
from storage.keys import sha256

Hashes: TypeAlias = npt.NDArray[np.uint64]

WORDS_IN_SHINGLE = 3
BANDS, ROWS = 32, 3
"""Two texts whose shingles overlap by a Jaccard coefficient of .4 share a band in 7 of 8 cases, of .5 in 70 of 71."""

HEAD_BANDS, HEAD_ROWS, HEAD_WORDS = 8, 2, 60
"""A second set of bands over the opening alone finds the copy that was cut after the first paragraph."""

TOLD_BANDS, TOLD_FACTS = 16, 3
"""A third set, of facts and a stem each, finds what was retold in other words: half the stems and all numbers kept
share half of these."""

ALL_BANDS, MOST_ROWS = BANDS + HEAD_BANDS + TOLD_BANDS, TOLD_FACTS + 1

MOST_NUMBERS = 32
"""Of a text's numbers so many are kept, those of the least hashes: what two texts kept can be laid side by side
(Broder 1997, the bottom-k sketch)."""

_WORD = re.compile(r"\w+(?:['.,]\w+)*")
_EDGES = "\"'.,:;!?()-…"
_THOUSANDS = re.compile(r" (?=\d{3}(?!\d))(?<=\d )")
_BLOCK = 1 << 13
_HALF_BITS = 32
_HALF = np.uint64(_HALF_BITS)
_LOW_BITS = np.uint64(0xFFFF_FFFF)
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


@dataclass(frozen=True)
class Signature:
    """What is kept of a text to find its copies.

    `bands` are `ALL_BANDS` hashes of 32 bits, little-endian, each in a place of its own: the whole text's, then the
    opening's, then those of what is told; 0 stands for none, and a text without words has no bytes at all. `numbers`
    are at most `MOST_NUMBERS` hashes of 16 bits in order. `text_sha256` is equal for texts of the same words,
    whatever their case, punctuation and white space.
    """

    bands: bytes
    numbers: bytes
    text_sha256: str


def words(text: str) -> list[str]:
    """The words of a text, folded; a number with its decimal point or comma is one word."""
    found: list[str] = []
    for chunk in _THOUSANDS.sub("", fold(text)).split():
        if chunk.isalnum() or (chunk := chunk.strip(_EDGES)).isalnum():  # nearly all are; the pattern is slow
            found.append(chunk)
        else:
            found += _WORD.findall(chunk)
    return found


def runs(tokens: Sequence[str]) -> Hashes:
    """64-bit hashes of all runs of three words, in the order of the text; a shorter text is one run, none is none."""
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    hashes = _hashed([*tokens, *[""] * (WORDS_IN_SHINGLE - len(tokens))])
    first, second, third = hashes[:-2], hashes[1:-1], hashes[2:]
    return _mixed(_mixed(_mixed(first) ^ second) ^ third)


def shingles(tokens: Sequence[str]) -> Hashes:
    """The runs of three words as a set: each once, sorted."""
    return distinct(runs(tokens))


def distinct(hashes: Hashes) -> Hashes:
    """Hashes sorted, each once."""
    ordered = np.sort(hashes)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def common(first: Hashes, second: Hashes) -> int:
    """How many hashes stand in both of two sets."""
    merged = np.sort(np.concatenate((first, second)))
    return int(np.count_nonzero(merged[1:] == merged[:-1]))


def jaccard(first: Hashes, second: Hashes) -> float:
    """Jaccard coefficient of two sets of shingles, 0 if both are empty."""
    both = common(first, second)
    union = len(first) + len(second) - both
    return both / union if union else 0.0


def signature(
    tokens: Sequence[str], hashes: Hashes, numbers: Collection[str], facts: Collection[str], stems: Collection[str]
) -> Signature:
    """The signature of a text by its words, their runs and its numbers.

    `facts` and `stems` are those by which a text retold in other words is found: each of facts it keeps and a stem it
    keeps.
    """
    if not len(hashes):
        return Signature(b"", b"", text_sha256(tokens))
    rows = np.zeros((ALL_BANDS, MOST_ROWS), dtype=np.uint64)
    rows[:BANDS, :ROWS] = _minima(hashes, BANDS * ROWS, "whole").reshape(BANDS, ROWS)
    opening = hashes[: HEAD_WORDS - WORDS_IN_SHINGLE + 1]
    head = _minima(opening, HEAD_BANDS * HEAD_ROWS, "head").reshape(HEAD_BANDS, HEAD_ROWS)
    rows[BANDS:-TOLD_BANDS, :HEAD_ROWS] = head
    is_told = bool(facts and stems)
    if is_told:
        told = _minima(_hashed(facts), TOLD_BANDS * TOLD_FACTS, "facts").reshape(TOLD_BANDS, TOLD_FACTS)
        rows[-TOLD_BANDS:, :TOLD_FACTS] = told
        rows[-TOLD_BANDS:, TOLD_FACTS] = _minima(_hashed(stems), TOLD_BANDS, "stems")
    bands = _hash_of_rows(rows)
    if not is_told:
        bands[-TOLD_BANDS:] = 0
    return Signature(bands.astype("<u4").tobytes(), _sketch(numbers), text_sha256(tokens))


def _sketch(numbers: Collection[str]) -> bytes:
    if not numbers:
        return b""
    return distinct(_hashed(numbers) & np.uint64(0xFFFF))[:MOST_NUMBERS].astype("<u2").tobytes()


def _hashed(tokens: Collection[str]) -> Hashes:
    return np.frombuffer(b"".join(map(xxhash.xxh3_64_digest, tokens)), dtype=">u8").astype(np.uint64)


def _hash_of_rows(minima: Hashes) -> npt.NDArray[np.uint32]:
    """A hash for each row, never 0."""
    hashes = np.zeros(len(minima), dtype=np.uint64)
    for column in minima.T:
        hashes = _mixed(hashes ^ column)
    return (hashes & _LOW_BITS).astype(np.uint32) | np.uint32(1)


def text_sha256(tokens: Sequence[str]) -> str:
    """The hash by which texts of the same words are one."""
    return sha256(" ".join(tokens))


def _mixed(hashes: Hashes) -> Hashes:
    """Each hash with its bits spread; arithmetic modulo 2**64."""
    spread = (hashes ^ (hashes >> _HALF)) * _MIX[0]
    spread = (spread ^ (spread >> np.uint64(29))) * _MIX[1]
    return spread ^ (spread >> _HALF)


@lru_cache(maxsize=8)
def _permutations(count: int, name: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Constants of `count` hash functions x → a·x + b modulo 2**32, a odd."""
    drawn = [xxhash.xxh3_64_intdigest(f"zaporuka {name} {number}") >> _HALF_BITS for number in range(2 * count)]
    factors = np.array([value | 1 for value in drawn[:count]], dtype=np.uint32)
    return factors[:, None], np.array(drawn[count:], dtype=np.uint32)[:, None]


def _minima(hashes: Hashes, count: int, name: str) -> npt.NDArray[np.uint32]:
    """The least value of each hash function, a block at a time so that a long text takes no more memory."""
    factors, offsets = _permutations(count, name)
    halves = (hashes >> _HALF).astype(np.uint32)
    minima: npt.NDArray[np.uint32] = (halves[:_BLOCK] * factors + offsets).min(axis=1)
    for start in range(_BLOCK, len(halves), _BLOCK):
        minima = np.minimum(minima, (halves[start : start + _BLOCK] * factors + offsets).min(axis=1))
    return minima
