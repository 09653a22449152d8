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
BANDS, ROWS = 24, 3
"""Two texts whose shingles overlap by a Jaccard coefficient of .4 share a band in 4 of 5 cases, of .6 in 499 of 500."""

HEAD_BANDS, HEAD_ROWS, HEAD_WORDS = 8, 2, 60
"""A second set of bands over the opening alone finds the copy that was cut after the first paragraph."""

TOLD_BANDS, TOLD_FACTS, TOLD_STEMS = 8, 3, 1
"""A third set finds what was retold in other words: half the stems and all numbers kept share half of these."""

FEWEST_SHARED = 2
"""How many bands two texts share, of the whole and of the opening, before anyone compares them: most that share one
share a formula (341 of 591 pairs that share any, on 2,000 real texts). One band of what is told is enough by itself."""

_WORD = re.compile(r"\w+(?:['.,]\w+)*")
_EDGES = "\"'.,:;!?()-…"
_THOUSANDS = re.compile(r" (?=\d{3}(?!\d))(?<=\d )")
_BLOCK = 1 << 13
_HASH_BYTES = 8
_HALF = np.uint64(32)
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


@dataclass(frozen=True)
class Signature:
    """What is kept of a text to find its copies.

    `bands` are 63-bit keys, the whole text's first, then the opening's, then those of what is told.
    `text_sha256` is equal for texts of the same words, whatever their case, punctuation and white space.
    """

    bands: tuple[int, ...]
    text_sha256: str

    @property
    def weighed(self) -> dict[int, int]:
        """What each band is worth where another text shares it; two texts are looked at from `FEWEST_SHARED` on."""
        told = BANDS + HEAD_BANDS
        return {band: FEWEST_SHARED if place >= told else 1 for place, band in enumerate(self.bands)}


def is_worth_a_look(first: Signature, second: Signature) -> bool:
    """Whether two texts share bands enough to be compared."""
    ours, theirs = first.weighed, second.weighed
    return sum(worth for band, worth in ours.items() if band in theirs) >= FEWEST_SHARED


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
    padded = [*tokens, *[""] * (WORDS_IN_SHINGLE - len(tokens))]
    hashes = np.frombuffer(b"".join(map(xxhash.xxh3_64_digest, padded)), dtype=">u8").astype(np.uint64)
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


def signature(text: str) -> Signature:
    """The signature of a text. A text without words has no bands: it is nobody's copy."""
    tokens = words(text)
    return signature_of(tokens, runs(tokens))


def signature_of(tokens: Sequence[str], hashes: Hashes) -> Signature:
    """The signature of a text whose words and runs are known."""
    whole = _bands(hashes, BANDS, ROWS, "whole")
    head = _bands(hashes[: HEAD_WORDS - WORDS_IN_SHINGLE + 1], HEAD_BANDS, HEAD_ROWS, "head")
    return Signature(whole + head, text_sha256(tokens))


def told_bands(facts: Collection[str], stems: Collection[str]) -> tuple[int, ...]:
    """Keys by which a text retold in other words is found: each of facts it keeps and a stem it keeps."""
    if not facts or not stems:
        return ()
    hashed = [np.frombuffer(b"".join(map(xxhash.xxh3_64_digest, one)), dtype=">u8") for one in (facts, stems)]
    drawn = zip(hashed, (TOLD_FACTS, TOLD_STEMS), ("facts", "stems"), strict=True)
    minima = [
        _minima(hashes.astype(np.uint64), *_permutations(TOLD_BANDS * rows, name)).reshape(TOLD_BANDS, rows)
        for hashes, rows, name in drawn
    ]
    return _keys(np.concatenate(minima, axis=1), "told")


def text_sha256(tokens: Sequence[str]) -> str:
    """The hash by which texts of the same words are one."""
    return sha256(" ".join(tokens))


def _mixed(hashes: Hashes) -> Hashes:
    """Each hash with its bits spread; arithmetic modulo 2**64."""
    spread = (hashes ^ (hashes >> _HALF)) * _MIX[0]
    spread = (spread ^ (spread >> np.uint64(29))) * _MIX[1]
    return spread ^ (spread >> _HALF)


@lru_cache(maxsize=8)
def _permutations(count: int, name: str) -> tuple[Hashes, Hashes]:
    """Constants of `count` hash functions x → a·x + b modulo 2**64, a odd."""
    drawn = [xxhash.xxh3_64_intdigest(f"zaporuka {name} {number}") for number in range(2 * count)]
    factors = np.array([value | 1 for value in drawn[:count]], dtype=np.uint64)
    return factors[:, None], np.array(drawn[count:], dtype=np.uint64)[:, None]


def _bands(hashes: Hashes, bands: int, rows: int, name: str) -> tuple[int, ...]:
    if not len(hashes):
        return ()
    return _keys(_minima(hashes, *_permutations(bands * rows, name)).reshape(bands, rows), name)


def _keys(minima: Hashes, name: str) -> tuple[int, ...]:
    """A key for each row of minima."""
    data, size = minima.astype("<u8").tobytes(), minima.shape[1] * _HASH_BYTES
    prefixes = _prefixes(len(minima), name)
    return tuple(
        xxhash.xxh3_64_intdigest(prefix + data[at * size : (at + 1) * size]) >> 1 for at, prefix in enumerate(prefixes)
    )


@lru_cache(maxsize=8)
def _prefixes(bands: int, name: str) -> tuple[bytes, ...]:
    return tuple(f"{name} {number} ".encode() for number in range(bands))


def _minima(hashes: Hashes, factors: Hashes, offsets: Hashes) -> Hashes:
    """The least value of each hash function, a block at a time so that a long text takes no more memory."""
    blocks = [hashes[start : start + _BLOCK] for start in range(0, len(hashes), _BLOCK)]
    minima: Hashes = np.min([(block * factors + offsets).min(axis=1) for block in blocks], axis=0)
    return minima
