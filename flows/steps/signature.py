"""Signatures of texts: word shingles, their MinHash bands, and the hash by which two texts are exactly alike.

The method is MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3).
Everything is computed from constants written here, so the same text has the same signature on every machine.
"""

import re
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
BANDS, ROWS = 24, 3
"""Two texts whose shingles overlap by a Jaccard coefficient of .4 share a band in 4 of 5 cases, of .6 in 499 of 500."""

HEAD_BANDS, HEAD_ROWS, HEAD_WORDS = 8, 2, 60
"""A second set of bands over the opening alone finds the copy that was cut after the first paragraph."""

_WORD = re.compile(r"\w+(?:['.,]\w+)*")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_HALF = np.uint64(32)
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


@dataclass(frozen=True)
class Signature:
    """What is kept of a text to find its copies.

    `bands` are 63-bit keys, the whole text's first, then the opening's; two texts that share one are candidates.
    `text_sha256` is equal for texts of the same words, whatever their case, punctuation and white space.
    """

    bands: tuple[int, ...]
    text_sha256: str


def words(text: str) -> list[str]:
    """The words of a text, folded; a number with its decimal point or comma is one word."""
    return _WORD.findall(_THOUSANDS.sub("", fold(text)))


def shingles(tokens: list[str]) -> Hashes:
    """64-bit hashes of all runs of three words, each once, sorted; a shorter text is one shingle, none is none."""
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    padded = tokens + [""] * (WORDS_IN_SHINGLE - len(tokens))
    codes: dict[str, int] = {}
    for token in padded:
        if token not in codes:
            codes[token] = xxhash.xxh3_64_intdigest(token)
    hashes = np.fromiter((codes[token] for token in padded), dtype=np.uint64, count=len(padded))
    first, second, third = hashes[:-2], hashes[1:-1], hashes[2:]
    mixed = _mixed(_mixed(_mixed(first) ^ second) ^ third)
    return np.unique(mixed)


def jaccard(first: Hashes, second: Hashes) -> float:
    """Jaccard coefficient of two sets of shingles, 0 if both are empty."""
    common = len(np.intersect1d(first, second, assume_unique=True))
    union = len(first) + len(second) - common
    return common / union if union else 0.0


def signature(text: str) -> Signature:
    """The signature of a text. A text without words has no bands: it is nobody's copy."""
    tokens = words(text)
    whole = _bands(shingles(tokens), BANDS, ROWS, "whole")
    head = _bands(shingles(tokens[:HEAD_WORDS]), HEAD_BANDS, HEAD_ROWS, "head")
    return Signature(whole + head, sha256(" ".join(tokens)))


def _mixed(hashes: Hashes) -> Hashes:
    """Each hash with its bits spread; arithmetic modulo 2**64."""
    spread = (hashes ^ (hashes >> _HALF)) * _MIX[0]
    spread = (spread ^ (spread >> np.uint64(29))) * _MIX[1]
    return spread ^ (spread >> _HALF)


@lru_cache(maxsize=4)
def _permutations(count: int, name: str) -> tuple[Hashes, Hashes]:
    """Constants of `count` hash functions x → a·x + b modulo 2**64, a odd."""
    drawn = [xxhash.xxh3_64_intdigest(f"zaporuka {name} {number}") for number in range(2 * count)]
    factors = np.array([value | 1 for value in drawn[:count]], dtype=np.uint64)
    return factors[:, None], np.array(drawn[count:], dtype=np.uint64)[:, None]


def _bands(hashes: Hashes, bands: int, rows: int, name: str) -> tuple[int, ...]:
    if not len(hashes):
        return ()
    factors, offsets = _permutations(bands * rows, name)
    minima = (hashes[None, :] * factors + offsets).min(axis=1).reshape(bands, rows)
    return tuple(
        xxhash.xxh3_64_intdigest(f"{name} {number} ".encode() + row.astype("<u8").tobytes()) >> 1
        for number, row in enumerate(minima)
    )
