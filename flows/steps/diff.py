"""What an outlet changed between two versions of one article, sentence by sentence, down to the word.

Sentences that stand in both are aligned first, in order; one that stands elsewhere has moved, one much like another
has changed, and the rest came or went.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from rapidfuzz.distance import Indel, LCSseq

from flows.steps.dates import find_days
from flows.steps.sentences import HEADLINE_PARAGRAPH, sentences
from flows.steps.spans import Spans
from flows.steps.text import fold
from storage.records import Paragraph
from storage.terms import Zone

_ALIKE = 0.5
"""Share of words in common from which a sentence counts as another one changed."""

_MOST_PAIRS = 400_000_000
"""Pairs of sentences up to which two texts are aligned (in bits, what it takes: 50 MB)."""

_COMMON = 20
"""A word of more sentences than this names none of them."""

_CANDIDATES = 5
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)+|[^\W_]+(?:['’ʼ-][^\W_]+)*|\S")
_ANY_DAY = date(2000, 1, 1)
_LANGUAGES = ("en", "uk", "ru")


class ChangeKind(StrEnum):
    """What became of a sentence."""

    HEADLINE = "headline"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class WordKind(StrEnum):
    """What words are: a date, a number, a name, other words, or marks alone."""

    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    WORDS = "words"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: `text_full[start:end]`, the n-th below the headline from 0; the headline is -1."""

    start: int
    end: int
    n: int


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that stand in the place of others; empty where none stood or stand. Spans are into either `text_full`."""

    kind: WordKind
    before: str
    after: str
    before_span: tuple[int, int]
    after_span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that differs: its text and place in the old and in the new version, None where it has none.

    `words` are those that differ, of a changed sentence and of a headline.
    """

    kind: ChangeKind
    old: str | None
    new: str | None
    old_at: Place | None
    new_at: Place | None
    words: tuple[WordChange, ...] = ()


@dataclass(frozen=True)
class _Unit:
    text: str
    at: Place

    @cached_property
    def tokens(self) -> tuple[re.Match[str], ...]:
        return tuple(_TOKEN.finditer(self.text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(token.group() for token in self.tokens)


def diff(
    old: Sequence[Paragraph], new: Sequence[Paragraph], old_headline: str = "", new_headline: str = ""
) -> tuple[Change, ...]:
    """What differs, the headline first, then in the order of the new text; empty if all sentences are the same.

    A sentence that went stands behind the one it followed. Only sentences count: where paragraphs begin, and white
    space between sentences, do not.
    """
    ours, theirs = _units(old), _units(new)
    same = _aligned([one.text for one in ours], [one.text for one in theirs])
    kept, standing = {i for i, _ in same}, {k for _, k in same}
    gone = [i for i in range(len(ours)) if i not in kept]
    come = [k for k in range(len(theirs)) if k not in standing]
    moved = _moved(gone, come, ours, theirs)
    gone, come = [i for i in gone if i not in moved], _without(come, moved.values())
    changed = _changed(gone, come, ours, theirs, same)
    gone, come = [i for i in gone if i not in changed], _without(come, changed.values())
    found: list[tuple[float, Change]] = []
    found += [(k, _change(ChangeKind.MOVED, ours[i], theirs[k])) for i, k in moved.items()]
    found += [(k, _reworded(ChangeKind.CHANGED, ours[i], theirs[k])) for i, k in changed.items()]
    found += [(k, _change(ChangeKind.ADDED, None, theirs[k])) for k in come]
    follows = _followed(len(ours), same)
    found += [(follows[i], _change(ChangeKind.REMOVED, ours[i], None)) for i in gone]
    found.sort(key=lambda one: one[0])  # what has one place keeps its order: removed sentences stand in theirs
    return (*_headline(old_headline, new_headline), *(change for _, change in found))


def applied(old: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """The sentences of the new version, from those of the old one and the changes; without the headline."""
    body = [one for one in changes if one.kind is not ChangeKind.HEADLINE]
    left = {one.old_at.n for one in body if one.old_at}
    placed = {one.new_at.n: one.new for one in body if one.new_at and one.new is not None}
    stayed = iter([text for n, text in enumerate(old) if n not in left])
    size = len(old) - len(left) + len(placed)
    return [placed[n] if n in placed else next(stayed) for n in range(size)]


def sentence_texts(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The sentences of a version as they are compared, in order."""
    return [one.text for one in _units(paragraphs)]


def _units(paragraphs: Iterable[Paragraph]) -> list[_Unit]:
    found: list[_Unit] = []
    for paragraph in paragraphs:
        alone = Paragraph(text=paragraph.text, zone=Zone.BODY, start=0, end=len(paragraph.text))
        for one in sentences("", (alone,), paragraph.text):
            start = paragraph.start + one.start
            found.append(_Unit(one.text, Place(start, paragraph.start + one.end, len(found))))
    return found


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which sentences are the same: pairs of numbers, ascending in both."""
    numbers: dict[str, int] = {}
    ours, theirs = ([numbers.setdefault(text, len(numbers)) for text in texts] for texts in (old, new))
    head, tail = _common_ends(ours, theirs)
    pairs = [(n, n) for n in range(head)]
    ours, theirs = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    if len(ours) * len(theirs) <= _MOST_PAIRS:
        for step in LCSseq.opcodes(ours, theirs):
            if step.tag == "equal":
                size = step.src_end - step.src_start
                pairs += [(head + step.src_start + n, head + step.dest_start + n) for n in range(size)]
    return pairs + [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]


def _common_ends(ours: Sequence[int], theirs: Sequence[int]) -> tuple[int, int]:
    shorter = min(len(ours), len(theirs))
    head = next((n for n in range(shorter) if ours[n] != theirs[n]), shorter)
    rest = shorter - head
    return head, next((n for n in range(rest) if ours[-1 - n] != theirs[-1 - n]), rest)


def _moved(gone: Sequence[int], come: Sequence[int], ours: Sequence[_Unit], theirs: Sequence[_Unit]) -> dict[int, int]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for k in come:
        places[theirs[k].text].append(k)
    return {i: places[ours[i].text].popleft() for i in gone if places.get(ours[i].text)}


def _without(numbers: Iterable[int], taken: Iterable[int]) -> list[int]:
    out = set(taken)
    return [n for n in numbers if n not in out]


def _changed(
    gone: Sequence[int],
    come: Sequence[int],
    ours: Sequence[_Unit],
    theirs: Sequence[_Unit],
    same: Sequence[tuple[int, int]],
) -> dict[int, int]:
    """Which of the sentences that went became which of those that came: the likest first, each once."""
    named: defaultdict[str, list[int]] = defaultdict(list)
    for k in come:
        for word in set(theirs[k].words):
            named[word].append(k)
    opposite = _opposite(gone, come, len(ours), len(theirs), same)
    likeness: list[tuple[float, int, int, int]] = []
    for i in gone:
        shared = Counter(k for word in set(ours[i].words) for k in named.get(word, ()) if len(named[word]) <= _COMMON)
        for k in {*(k for k, _ in shared.most_common(_CANDIDATES)), *opposite[i]}:
            alike = _likeness(ours[i].words, theirs[k].words)
            if alike >= _ALIKE or (k in opposite[i] and _differ_in_one(ours[i].words, theirs[k].words)):
                likeness.append((-alike, abs(i - k), i, k))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, k in sorted(likeness):
        if i not in found and k not in taken:
            found[i] = k
            taken.add(k)
    return found


def _likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    return Indel.normalized_similarity(ours, theirs, score_cutoff=_ALIKE)


def _differ_in_one(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return len(ours) == len(theirs) and sum(one != other for one, other in zip(ours, theirs, strict=True)) <= 1


def _opposite(
    gone: Sequence[int], come: Sequence[int], old_size: int, new_size: int, same: Sequence[tuple[int, int]]
) -> Mapping[int, tuple[int, ...]]:
    """For each sentence that went those that came in its place, counted from the same neighbours above and below."""
    left, free = set(gone), set(come)
    found: dict[int, tuple[int, ...]] = {}
    for (i, k), (j, m) in zip([(-1, -1), *same], [*same, (old_size, new_size)], strict=True):
        for n in range(i + 1, j):
            if n in left:
                found[n] = tuple({at for at in (k + n - i, m - (j - n)) if k < at < m and at in free})
    return found


def _followed(size: int, same: Sequence[tuple[int, int]]) -> list[float]:
    """For each old sentence a place in the new text, between the sentence it followed and the next."""
    places: list[float] = []
    stands = dict(same)
    last = -1.0
    for n in range(size):
        last = stands.get(n, last)
        places.append(last + 0.5)
    return places


def _headline(old: str, new: str) -> Iterator[Change]:
    if old != new:
        was, now = (_Unit(text, Place(0, len(text), HEADLINE_PARAGRAPH)) for text in (old, new))
        yield _reworded(ChangeKind.HEADLINE, was, now)


def _change(kind: ChangeKind, old: _Unit | None, new: _Unit | None) -> Change:
    (was, was_at), (now, now_at) = ((one.text, one.at) if one else (None, None) for one in (old, new))
    return Change(kind, was, now, was_at, now_at)


def _reworded(kind: ChangeKind, old: _Unit, new: _Unit) -> Change:
    return replace(_change(kind, old, new), words=tuple(_words(old, new)))


def _words(old: _Unit, new: _Unit) -> Iterator[WordChange]:
    """Words that differ, whole dates where a part of one does."""
    days = _days(old.text), _days(new.text)
    for i, j, k, m in _wider(old, new, days):
        spans = _span(old.tokens, i, j), _span(new.tokens, k, m)
        is_date = any(
            start < end and known.overlaps(start, end) for known, (start, end) in zip(days, spans, strict=True)
        )
        (start, end), (begin, finish) = spans
        yield WordChange(
            _kind(old, new, (i, j, k, m), is_date=is_date),
            *(old.text[start:end], new.text[begin:finish]),
            (old.at.start + start, old.at.start + end),
            (new.at.start + begin, new.at.start + finish),
        )


def _days(text: str) -> Spans:
    folded = fold(text)
    return Spans((day.start, day.end) for language in _LANGUAGES for day in find_days(folded, language, _ANY_DAY))


def _wider(old: _Unit, new: _Unit, days: tuple[Spans, Spans]) -> list[tuple[int, int, int, int]]:
    """Runs of tokens that differ, widened over the days they are part of, and joined where they then meet."""

    def is_of_a_day(at: int, to: int) -> bool:
        ours, theirs = old.tokens[at].span(), new.tokens[to].span()
        return days[0].overlaps(*ours) or days[1].overlaps(*theirs)

    found: list[tuple[int, int, int, int]] = []
    gaps = list(_gaps(old.words, new.words))
    for n, (i, j, k, m) in enumerate(gaps):
        first = gaps[n - 1][1] if n else 0
        last = gaps[n + 1][0] if n + 1 < len(gaps) else len(old.tokens)
        touches = any(days[0].overlaps(*token.span()) for token in old.tokens[i:j]) or any(
            days[1].overlaps(*token.span()) for token in new.tokens[k:m]
        )
        while touches and i > first and is_of_a_day(i - 1, k - 1):
            i, k = i - 1, k - 1  # noqa: PLW2901 - a run grows by what stands beside it in both
        while touches and j < last and is_of_a_day(j, m):
            j, m = j + 1, m + 1  # noqa: PLW2901
        if found and i <= found[-1][1]:
            i, k = found.pop()[::2]  # noqa: PLW2901
        found.append((i, j, k, m))
    return found


def _gaps(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    i = k = 0
    for step in [*LCSseq.opcodes(ours, theirs), None]:
        if step is not None and step.tag != "equal":
            continue
        j, m = (step.src_start, step.dest_start) if step else (len(ours), len(theirs))
        if i < j or k < m:
            yield i, j, k, m
        if step is not None:
            i, k = step.src_end, step.dest_end


def _span(tokens: Sequence[re.Match[str]], start: int, end: int) -> tuple[int, int]:
    if start < end:
        return tokens[start].start(), tokens[end - 1].end()
    at = tokens[start - 1].end() if start else 0
    return at, at


def _kind(old: _Unit, new: _Unit, run: tuple[int, int, int, int], *, is_date: bool) -> WordKind:
    if is_date:
        return WordKind.DATE
    i, j, k, m = run
    words = [*old.words[i:j], *new.words[k:m]]
    if any(char.isdecimal() for word in words for char in word):
        return WordKind.NUMBER
    inner = [*old.words[max(i, 1) : j], *new.words[max(k, 1) : m]]  # every sentence begins with a capital
    if any(word[0].isupper() for word in inner):
        return WordKind.NAME
    return WordKind.WORDS if any(word[0].isalpha() for word in words) else WordKind.MARKS
