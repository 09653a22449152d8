"""Who says it, and on whose side."""

import re
from collections.abc import Iterator
from functools import lru_cache

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.mentions import Mention
from storage.terms import Side, Zone

_NEAR = 7
_REACH = 2
_REACH_BACK = 8
_ANAPHOR = 2
_MARKS = frozenset({"-", ":"})
_OFFICE_REACH = 5
_OFFICE_BREAK = re.compile(r"[,.;:!?()\"\u201c\u201d\u00ab\u00bb]| - | [\u2013\u2014] ")
_APPOSITION = re.compile(r"(?:,| of) ([^,.;:()]{3,60})")
_NAMED = frozenset({"name", "adjective"})
_STATES = frozenset({"guarantor", "ukraine", "adversary", "group"})
_NOBODY: tuple[None, None] = (None, None)


def said_by(text: ToldText, here: ToldSentence) -> tuple[str | None, str | None]:  # noqa: PLR0911 - one return a rule
    """The speaker's name and country code, from the sentence, else (in a quotation) from those around it.

    "The official said", "за його словами" are the last speaker named before; a quotation without a "said" of its
    own is said by whom its paragraph names, or so points back to.
    """
    found = _speaker(text, here)
    if found != _NOBODY:
        return found
    if _points_back(here):
        return _last_speaker(text, here.number)
    if (found := _said_after(text, here)) != _NOBODY:
        return found
    is_quoted = here.sentence.zone is Zone.QUOTE or any(mark in here.sentence.text for mark in '"“”«»')
    if not (is_quoted or "actors.we" in here.view.all_cues):
        return _NOBODY
    for other in _same_paragraph_before(text, here):
        found = _speaker(text, other)
        if found[0] is not None:
            return found
        if _points_back(other):
            return _last_speaker(text, other.number)
    low, high = max(0, here.number - _REACH), min(len(text.sentences), here.number + _REACH + 1)
    around = (*text.sentences[here.number + 1 : high], *reversed(text.sentences[low : here.number]))
    return next((found for other in around if (found := _speaker(text, other))[0] is not None), _NOBODY)


def _said_after(text: ToldText, here: ToldSentence) -> tuple[str | None, str | None]:
    """Who said so where the next sentence tells it: "The minister announced this on Monday"."""
    following = text.sentences[here.number + 1 : here.number + (3 if here.view.is_headline else 2)]
    return next(
        (
            found
            for one in following
            if {"speech.this", "speech.say"} <= one.view.all_cues and (found := _speaker(text, one)) != _NOBODY
        ),
        _NOBODY,
    )


def _points_back(here: ToldSentence) -> bool:
    if "speech.he" not in here.view.all_cues:
        return False
    words = here.view.words
    return any(
        word.has("speech.say") and here.view.near(number, "speech.he", behind=_ANAPHOR, ahead=_ANAPHOR)
        for number, word in enumerate(words)
    )


def _last_speaker(text: ToldText, number: int) -> tuple[str | None, str | None]:
    before = reversed(text.sentences[max(0, number - _REACH_BACK) : number])
    return next((found for one in before if (found := _speaker(text, one)) != _NOBODY), _NOBODY)


def _same_paragraph_before(text: ToldText, here: ToldSentence) -> Iterator[ToldSentence]:
    for other in reversed(text.sentences[max(0, here.number - _REACH_BACK) : here.number]):
        if other.sentence.paragraph != here.sentence.paragraph:
            return
        yield other


def side_of(country: str | None, guarantor: str) -> Side:
    """The side a speaker of a country stands on in a claim about a guarantor."""
    if country is None:
        return Side.UNKNOWN
    if country == "UA":
        return Side.UA
    return Side.GUARANTOR if country == guarantor else Side.THIRD


def _speaker(text: ToldText, here: ToldSentence) -> tuple[str | None, str | None]:  # noqa: PLR0911 - one return a rule
    cues = here.view.all_cues
    is_office = "speech.press_office" in cues
    if not here.mentions and not here.unlisted and not is_office:
        return _NOBODY
    words = here.view.words
    says = [number for number, word in enumerate(words) if "speech.say" in word.cues] if "speech.say" in cues else []
    marks = [n for n, word in enumerate(words) if word.folded in _MARKS] if here.view.is_headline else []
    people = [(here.word_of(one), one) for one in (*here.mentions, *here.unlisted) if one.kind == "person"]
    states = [(here.word_of(one), one) for one in here.mentions if one.kind in _STATES]
    for at in (*says, *marks):
        near = sorted((abs(word - at), one.start, one) for word, one in people if abs(word - at) <= _NEAR)
        if near:
            person = near[0][2]
            if person.form == "unlisted":
                return person.id, country_of(text, person.id) or _country_spoken_of(text, here, person)
            code = next((one.id for _, one in states if one.start == person.start and one.form == "person"), None)
            return person.id, code
    if is_office:
        return None, "UA"
    titles = text.lexicon.triggers("titles")
    for at in says:
        comma = max((n for n in range(max(0, at - _NEAR), at) if words[n].folded == ","), default=-1)
        before = [one for word, one in states if max(comma, at - _NEAR - 1) < word < at]
        if before:
            return (None, before[-1].id) if _is_one_side(before) else _NOBODY
        clause = here.view.clause(at)
        after = [(word, one) for word, one in states if at < word <= min(at + _OFFICE_REACH, clause.last - 1)]
        if after and any(words[n].folded in titles for n in range(at + 1, min(after[0][0] + 3, clause.last))):
            return (
                (None, after[0][1].id) if _is_one_side([one for _, one in after]) else _NOBODY
            )  # "said the Norwegian minister"
    return _NOBODY


@lru_cache(maxsize=16)
def country_of(text: ToldText, name: str) -> str | None:
    """The country beside the office that the text gives a person, wherever it names them."""
    for here in text.naming.get(name, ()):
        for person in here.unlisted:
            if person.id != name:
                continue
            start, end = person.start - here.sentence.start, person.end - here.sentence.start
            begin = max((n.end() for n in _OFFICE_BREAK.finditer(here.folded, 0, start)), default=0)
            begin = max([begin, *(one.end - here.sentence.start for one in here.unlisted if one.end <= person.start)])
            apposition = _APPOSITION.match(here.folded, end)
            spans = [(begin, start), *([apposition.span(1)] if apposition else [])]
            for low, high in spans:
                says = [here.word_at(low), here.word_at(max(low, high - 1))]
                if any(word.has("speech.say") for word in here.view.words[says[0] : says[1] + 1]):
                    low = max(low, _after_say(here, says[0], says[1]))  # noqa: PLW2901 - what is said is no office
                inside = [one for one in here.mentions if low <= one.start - here.sentence.start < high]
                codes = [one.id for one in inside if one.kind in {"guarantor", "ukraine"} and one.form in _NAMED]
                if codes and _has_title(text, here, low, high):
                    return codes[-1]
            if "speech.press_office" in here.view.all_cues and _has_title(text, here, begin, start):
                return "UA"
    return None


def _after_say(here: ToldSentence, first: int, last: int) -> int:
    """Where the last verb of saying among these words ends."""
    return max(here.view.spans[n][1] for n in range(first, last + 1) if here.view.words[n].has("speech.say"))


def _has_title(text: ToldText, here: ToldSentence, low: int, high: int) -> bool:
    titles = text.lexicon.triggers("titles")
    return any(
        word.folded in titles
        for word, (start, end) in zip(here.view.words, here.view.spans, strict=True)
        if low <= start and end <= high
    )


def _is_one_side(states: list[Mention]) -> bool:
    """Whether not both Ukraine and another speak, as "the presidents of Ukraine and Ireland announced"."""
    return len({one.kind for one in states} & {"ukraine", "guarantor"}) < len(("ukraine", "guarantor"))


def _country_spoken_of(text: ToldText, here: ToldSentence, person: Mention) -> str | None:
    """A bare office before a name ("Defence Minister X") is of the state whose deed the sentence opens with."""
    word = here.word_of(person) - 1
    if word < 0 or here.view.words[word].folded not in text.lexicon.triggers("titles"):
        return None
    if not text.text_full[here.span_of(word, word)[0]].isupper():
        return None
    first = next(iter(here.mentions), None)
    is_subject = first is not None and first.kind in {"guarantor", "ukraine"} and first.form == "name"
    if first is None or not is_subject or here.word_of(first) > 0 or first.start >= person.start:
        return None
    return first.id
