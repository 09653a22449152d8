"""Which outlet or agency a text credits for what it tells: "Ukrinform reports", «передає Укрінформ», "Source: Reuters".

Only a wording that credits counts, next to the name. A name alone is the subject of the news or stands in passing and
is no credit: in doubt nothing is found.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.steps.credit_words import (
    AFTER,
    BEFORE,
    DASH,
    EARLIER,
    FOREIGN,
    GENUS,
    JOINED,
    NOT_MEANT,
    OFFICIAL,
    OWN_NEWS,
    PERSON_OF,
    PLACE,
    READ_ON,
    STOP,
    WIRE,
)
from flows.steps.credited import Named, Sources
from flows.steps.sentences import sentences
from flows.steps.text import fold
from storage.records import Attribution, CreditRole, Paragraph
from storage.terms import Zone

_OPENING = 3
_REACH = 160
_LONGEST = 2_000
"""Code points; a longer headline is none, and is read piece by piece."""
_PASSING = frozenset({Zone.BACKGROUND, Zone.EDITOR_NOTE})
_WHOLE_TEXT = frozenset({"source_line", "source_list", "contributed", "dateline"})
"""Wordings that credit the whole text wherever they stand."""
_CAPITAL = re.compile(r"[\"”»]?\s+[A-ZА-ЯІЇЄҐЁ]")
_QUOTE_BEFORE = re.compile(r'"\s?$')
_QUOTE_AFTER = re.compile(r'\s?"')
_PIECES = frozenset({"piece_in", "interview"})


@dataclass(frozen=True)
class _Block:
    """The headline (without a paragraph) or a paragraph. `place` counts those before it that carry the news."""

    start: int
    end: int
    zone: Zone
    place: int
    paragraph: Paragraph | None = None

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where its sentences begin and end."""
        own = self.paragraph
        # As if the text began with the paragraph: its offsets in the whole are added again.
        alone = own.model_copy(update={"start": 0, "end": len(own.text)}) if own else None
        parts = sentences("", (alone,), own.text) if own and alone else ()
        whole = (
            (at, min(at + _LONGEST, self.end)) for at in range(self.start, max(self.end, self.start + 1), _LONGEST)
        )
        return tuple((self.start + one.start, self.start + one.end) for one in parts) or tuple(whole)

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The sentence that holds a position, or the last before it."""
        return self.sentences[max(0, bisect_right(self.sentences, (position, self.end)) - 1)]


@dataclass(frozen=True, slots=True)
class _Credit:
    """A wording that credits a name: where it stands, and which it is."""

    start: int
    end: int
    rule: str


def attributions(
    text_full: str, paragraphs: Sequence[Paragraph], outlet: str | None, sources: Sources
) -> tuple[Attribution, ...]:
    """The credits of a text, in order; `outlet` is the slug of the outlet that published it.

    `origin` is a credit in the headline or the first three paragraphs, or of the whole text ("Source: …", a dateline);
    later, of earlier news, or in the background it is a `mention`. An outlet's credit to itself is `self`.
    """
    folded = fold(text_full)
    found = sources.find(text_full, folded)
    if not found:
        return ()
    starts = [one.start for one in found]
    credits_: list[Attribution] = []
    for block in _blocks(text_full, paragraphs):
        names = found[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        for one, credit in _credits(text_full, folded, block, names) if block.zone is not Zone.CAPTION else ():
            source, sentence = one.name.source, block.sentence_at(one.start)
            if NOT_MEANT.search(folded, *sentence):
                continue
            if credit.rule in _PIECES and READ_ON.search(folded, sentence[0], one.start):
                continue
            credits_.append(
                Attribution(
                    source=source.id,
                    name=source.name,
                    kind=source.kind,
                    role="self" if source.id == outlet else _role(folded, block, credit, sentence),
                    start=credit.start,
                    end=credit.end,
                    quote=text_full[credit.start : credit.end],
                    rule=credit.rule,
                )
            )
    return tuple(credits_)


def _blocks(text_full: str, paragraphs: Sequence[Paragraph]) -> Iterator[_Block]:
    headline = paragraphs[0].start if paragraphs else len(text_full)
    yield _Block(0, headline, Zone.HEADLINE, 0)
    place = 0
    for one in paragraphs:
        yield _Block(one.start, one.end, one.zone, place, one)
        place += one.zone not in {Zone.BACKGROUND, Zone.CAPTION, Zone.HEADLINE, Zone.SUBHEAD}


def _credits(text: str, folded: str, block: _Block, names: Iterable[Named]) -> Iterator[tuple[Named, _Credit]]:
    """The names of a block that are credited, each with the wording that does."""
    before: tuple[Named, _Credit] | None = None
    for one in names:
        credit = _credit(text, folded, block, one) or _shared(folded, one, before)
        before = (one, credit) if credit else None
        if credit:
            yield one, credit


def _credit(text: str, folded: str, block: _Block, one: Named) -> _Credit | None:
    """The wording next to a name that credits it, if there is one."""
    if dateline := _dateline(text, folded, block, one):
        return dateline
    low = max(block.start, one.start - _REACH)
    before, after = folded[low : one.start], folded[one.end : min(block.end, one.end + _REACH)]
    if block.zone is Zone.HEADLINE and (mark := _headline_mark(folded, block, one)):
        return mark
    opening, closing = _QUOTE_BEFORE.search(before), _QUOTE_AFTER.match(after)
    is_official = one.name.source.kind == "government"
    if (
        not (one.name.is_loose or opening or GENUS.search(before))
        or OWN_NEWS.match(after)
        or (is_official and _is_of_another_state(text, before, one))
    ):
        return None
    start, end = (low + opening.start(), one.end + closing.end()) if opening and closing else (one.start, one.end)
    for rule, wording in (OFFICIAL if is_official else BEFORE).items():
        hit = wording.search(before)
        # Where the window was cut nothing begins, so no line "Source: …" does.
        if hit and not (rule == "source_line" and hit.start() == 0 and low > block.start):
            return _Credit(low + hit.start("cue"), end, rule)
    is_subject = is_official or PERSON_OF.search(before) is not None
    found = ((rule, wording.match(after)) for rule, wording in AFTER.items() if not is_subject)
    return next((_Credit(start, one.end + hit.end("cue"), rule) for rule, hit in found if hit), None)


def _dateline(text: str, folded: str, block: _Block, one: Named) -> _Credit | None:
    """The name in a place line that begins a paragraph: "OSLO (Reuters) – ", "КИЇВ. 16 січня. УНН. "."""
    if PLACE.fullmatch(folded, block.start, one.start) and (dash := DASH.match(folded, one.end, block.end)):
        return _Credit(block.start, dash.end(), "dateline")
    if block.zone is Zone.HEADLINE or not WIRE.fullmatch(text, block.start, one.start):
        return None
    return _Credit(block.start, one.end, "dateline") if STOP.match(folded, one.end, block.end) else None


def _headline_mark(folded: str, block: _Block, one: Named) -> _Credit | None:
    """The credit that ends a headline after a dash, or begins it before a colon: "… – Reuters", "Reuters: …"."""
    if not one.name.is_loose or one.name.source.kind == "government" or block.end - block.start > _LONGEST:
        return None
    start, end = folded.rfind(" -", block.start, one.start), folded.find(":", one.end, block.end)
    if start >= 0 and not folded[start + 2 : one.start].strip('" ') and not folded[one.end : block.end].strip('" \n'):
        return _Credit(start + 1, one.end, "headline_mark")
    if end >= 0 and not folded[block.start : one.start].strip('" ') and not folded[one.end : end].strip('" '):
        return _Credit(one.start, end + 1, "headline_mark")
    return None


def _is_of_another_state(text: str, before: str, one: Named) -> bool:
    """Whether a ministry is said to be another country's: «німецьке МЗС», «Міноборони Литви»."""
    return FOREIGN.search(before) is not None or _CAPITAL.match(text, one.end) is not None


def _shared(folded: str, one: Named, before: tuple[Named, _Credit] | None) -> _Credit | None:
    """The credit of the name before, where the two are joined: "citing Reuters and AFP"."""
    if before is None or not one.name.is_loose or one.end - before[1].start > _REACH:
        return None
    if not JOINED.fullmatch(folded, before[0].end, one.start):
        return None
    return _Credit(min(before[1].start, one.start), max(before[1].end, one.end), before[1].rule)


def _role(folded: str, block: _Block, credit: _Credit, sentence: tuple[int, int]) -> CreditRole:
    if block.zone in _PASSING or EARLIER.search(folded, *sentence):
        return "mention"
    is_opening = block.place < _OPENING or block.zone is Zone.SOURCE
    return "origin" if is_opening or credit.rule in _WHOLE_TEXT else "mention"
