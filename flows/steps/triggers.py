"""The phrases and pairs of words of a text that carry a topic."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.steps.lexemes import Hit, Lexicon
from flows.steps.sentences import Sentence
from flows.steps.spans import Spans

_JOINED = re.compile(r"[,;:]|\band\b|(?<!\w)(?:та|і|й|а|и|або|или|or) ")
"""What between two words of a pair makes them two things and no pair."""


_LONGEST_FORM = 100  # code points; no form of a lexicon's word is longer

EXPLICIT = "near:explicit"
"""Rule of a pair of words that tells of guarantees only where it names Ukraine."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What carries `topic` at `start`..`end` of the sentence number `sentence`; `strength` is strong or weak."""

    topic: str
    strength: str
    start: int
    end: int
    sentence: int
    rule: str


def find_triggers(hits: Sequence[Hit], parts: Sequence[Sentence], folded: str, lexicon: Lexicon) -> list[Trigger]:
    """Topic phrases and near pairs that no exclusion overlaps, by position."""
    starts = [part.start for part in parts]
    excluded: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    lists: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.entry.kind == "exclude":
            excluded[hit.entry.id].append((hit.start, hit.end))
        elif hit.entry.kind == "word" and "/" in hit.entry.id:
            lists[hit.entry.id].append(hit)
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
        for hit in hits
        if hit.entry.kind == "topic" and not _is_hidden(hit, hidden.get(hit.entry.id))
    ]
    found += _pairs(lists, hidden, starts, folded, lexicon)
    return sorted(found, key=lambda one: (one.start, -one.end))


def _pairs(
    lists: Mapping[str, Sequence[Hit]],
    hidden: Mapping[str, Spans],
    starts: Sequence[int],
    folded: str,
    lexicon: Lexicon,
) -> Iterator[Trigger]:
    for near in lexicon.near:
        spans = hidden.get(near.topic)
        seconds = [hit for hit in lists.get(near.second, ()) if not _is_hidden(hit, spans)]
        firsts = [hit for hit in lists.get(near.first, ()) if not _is_hidden(hit, spans)] if seconds else []
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
