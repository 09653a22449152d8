"""The phrases and pairs of words of a text that carry a topic."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from flows.steps.lexemes import Hit, Hits, Near
from flows.steps.scanned import ScannedText
from flows.steps.spans import Spans

_JOINED = re.compile(r"[,;:]|\band\b|(?<!\w)(?:та|і|й|а|и|або|или|or) ")
"""What between two words of a pair makes them two things and no pair."""


_LONGEST_FORM = 100  # code points; no form of a lexicon's word is longer

EXPLICIT = "near:explicit"
"""Rule of a pair of words that tells of guarantees only where it names Ukraine."""


class Trigger(NamedTuple):
    """What carries `topic` at `start`..`end` of the sentence number `sentence`; `strength` is strong or weak."""

    topic: str
    strength: str
    start: int
    end: int
    sentence: int
    rule: str


def find_triggers(text: ScannedText) -> list[Trigger]:
    """Topic phrases and near pairs that no exclusion overlaps, by position."""
    hits, lexicon = text.hits, text.lexicon
    topics = hits.of("topic")
    near = [one for one in lexicon.near if hits.words(one.second) and hits.words(one.first)]
    if not topics and not near:
        return []
    excluded: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for hit in hits.of("exclude"):
        excluded[hit.entry.id].append((hit.start, hit.end))
    starts = [part.start for part in text.sentences]
    hidden = {topic: Spans(spans) for topic, spans in excluded.items()}
    found = [
        Trigger(
            hit.entry.id,
            hit.entry.form,
            hit.start,
            hit.end,
            _sentence_at(starts, hit.start),
            f"phrase:{hit.entry.form}",
        )
        for hit in topics
        if not _is_hidden(hit, hidden.get(hit.entry.id))
    ]
    found += _pairs(near, hits, hidden, starts, text.folded)
    return sorted(found, key=lambda one: (one.start, -one.end))


def _pairs(
    pairs: Iterable[Near], hits: Hits, hidden: Mapping[str, Spans], starts: Sequence[int], folded: str
) -> Iterator[Trigger]:
    for near in pairs:
        spans = hidden.get(near.topic)
        seconds = [hit for hit in hits.words(near.second) if not _is_hidden(hit, spans)]
        firsts = [hit for hit in hits.words(near.first) if not _is_hidden(hit, spans)] if seconds else []
        begins = [hit.start for hit in firsts]
        for second in seconds:
            low = bisect_left(begins, second.start - near.within - _LONGEST_FORM)
            high = bisect_right(begins, second.end + near.within)
            for first in firsts[low:high]:
                left, right = (first, second) if first.start <= second.start else (second, first)
                if not 0 < right.start - left.end <= near.within or _JOINED.search(folded, left.end, right.start):
                    continue
                sentence = _sentence_at(starts, left.start)
                if sentence == _sentence_at(starts, right.end - 1):
                    rule = EXPLICIT if near.is_explicit else "near"
                    yield Trigger(near.topic, near.strength, left.start, right.end, sentence, rule)


def _sentence_at(starts: Sequence[int], position: int) -> int:
    return max(bisect_right(starts, position) - 1, 0)


def _is_hidden(hit: Hit, spans: Spans | None) -> bool:
    return spans is not None and spans.overlaps(hit.start, hit.end)
