"""When a step was taken, as far as its sentence, or one that points back at it, says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.dates import EventDay, find_days, next_weekday
from storage.terms import EventPrecision, Factuality, Stage, Zone

_ANNOUNCED = frozenset({Stage.SIGNING_ANNOUNCED, Stage.TALKS_ANNOUNCED})
_DONE_BY_SAYING = _ANNOUNCED | {Stage.PROPOSED, Stage.BLOCKED, Stage.COMMITMENT}
"""Steps taken by saying so: the day they are said is their day."""
_REACH = 2
_SAID_BEFORE = 3
_SAID_AFTER = 4
_OLD_NEWS = timedelta(days=7)
_FRESH = timedelta(days=2)
_OPENING = 2
_ENTRY = 4
_MARKS = 8
"""How many letters may stand beside a day that is a heading: a stop, "року", a dash."""
_LEAP_DAY = (2, 29)
_SOON = timedelta(days=10)
"""How far ahead a day without a year may lie and still be one planned."""


@dataclass(frozen=True, slots=True)
class When:
    """Bounds of the step's day, the planned day of what it announces, and where in the text the words stand."""

    on_min: date | None
    on_max: date | None
    precision: EventPrecision
    planned_on: date | None = None
    span: tuple[int, int] | None = None
    rule: str = "date.in-sentence"


def when(text: ToldText, here: ToldSentence, step: Step) -> When:
    """An explicit, weekday or relative day of the sentence, the nearest to the act; else one a sentence after gives.

    For an announcement a day to come is the announced act's; a past one, or the one it was said on, its own.
    Where no day is given it is by the publication day.
    """
    published = text.published_on
    is_fact = step.factuality is Factuality.FACT
    is_ahead = step.stage in _ANNOUNCED or not is_fact
    at = here.view.starts[step.act]
    planned: date | None = None
    planned_span: tuple[int, int] | None = None
    past: list[EventDay] = []
    named_days = find_days(here.folded, text.language, published)
    looks_ahead = _looks_ahead(here)
    is_said_ahead = is_ahead and any(_is_said(here, day, published) for day in named_days)
    for named in named_days:
        found = named if is_ahead or looks_ahead else _not_to_come(named, published)
        is_said = is_ahead and _is_said(here, found, published)
        day = next_weekday(found, published) if is_ahead and found.start > at and not is_said else found
        is_to_come = day.on_max is not None and (published is None or day.on_max >= published)
        is_after_said = is_said_ahead and not is_said and published is not None and day.on_max is not None
        if is_ahead and not is_said and ((is_to_come and found.start > at) or is_after_said):
            if planned is None and day.precision is EventPrecision.DAY:
                planned, planned_span = day.on_min, _span(here, found)
        elif published is None or (day.on_min and day.on_min <= published + timedelta(days=1)):
            past.append(found)
    if not is_fact:
        return When(None, None, EventPrecision.PLANNED, planned, planned_span)
    past.sort(key=lambda day: (day.precision is not EventPrecision.DAY, abs(day.start - at)))
    if past:
        return _on(past[0], published, planned, _span(here, past[0]), "date.in-sentence")
    for other, day in _day_of_entry(text, here):
        return _on(day, published, planned, _span(other, day), "date.entry")
    for other, day in _days_after(text, here, step):
        return _on(day, published, planned, _span(other, day), "date.next-sentence")
    for other, day in _days_of_opening(text, here, step):
        return _on(day, published, planned, _span(other, day), "date.opening")
    precision = EventPrecision.BY if published else EventPrecision.UNKNOWN
    return When(None, published, precision, planned, planned_span)


def _on(day: EventDay, published: date | None, planned: date | None, span: tuple[int, int], rule: str) -> When:
    on_max = min(day.on_max, published) if day.on_max and published else day.on_max
    return When(day.on_min, on_max, day.precision, planned, span, rule)


def _span(here: ToldSentence, day: EventDay) -> tuple[int, int]:
    return here.sentence.start + day.start, here.sentence.start + day.end


def _is_said(here: ToldSentence, day: EventDay, published: date | None) -> bool:
    """Whether a verb of saying stands directly at a day that is not to come: "announced on 2 December"."""
    if day.on_max is None or (published is not None and day.on_max > published):
        return False
    words = here.view.words
    first = here.word_at(day.start)
    last = here.word_at(day.end - 1)
    before = words[max(0, first - _SAID_BEFORE) : first]
    after = words[last + 1 : last + 1 + _SAID_AFTER]
    stop = next((n for n, word in enumerate(after) if word.folded in ",;:"), len(after))
    return any(word.has("speech.say") for word in (*before, *after[: max(stop, 1)]))


def _looks_ahead(here: ToldSentence) -> bool:
    """Whether the sentence also tells of something to come, to which a day may belong."""
    cues = here.view.all_cues
    if cues & {"modes.future", "modes.plan"}:
        return True
    return any(cue.endswith((".future", ".infinitive")) for cue in cues)


def _not_to_come(day: EventDay, published: date | None) -> EventDay:
    """What is told as done was done before publication: a guessed year is the year before if it must be."""
    if not day.is_year_guessed or published is None or day.on_min is None or day.on_max is None:
        return day
    if day.on_min <= published + _SOON or (day.on_min.month, day.on_min.day) == _LEAP_DAY:
        return day
    on_min, on_max = (one.replace(year=one.year - 1) for one in (day.on_min, day.on_max))
    return replace(day, on_min=on_min, on_max=on_max)


def _day_of_entry(text: ToldText, here: ToldSentence) -> Iterator[tuple[ToldSentence, EventDay]]:
    """The day that opens an entry of a chronicle, as a sentence of its own: "30 March. Bulgaria signed …"."""
    for other in reversed(text.sentences[max(0, here.number - _ENTRY) : here.number]):
        if not 0 <= here.sentence.paragraph - other.sentence.paragraph <= 1:
            return
        for day in find_days(other.folded, text.language, text.published_on):
            is_all = len(other.folded) - (day.end - day.start) <= _MARKS
            if is_all and day.precision is EventPrecision.DAY:
                yield other, _not_to_come(day, text.published_on)
                return


def _days_of_opening(text: ToldText, here: ToldSentence, step: Step) -> Iterator[tuple[ToldSentence, EventDay]]:
    """The one fresh day that headline and first paragraphs name, for the news they tell; none where they name more."""
    published = text.published_on
    if published is None or here.sentence.paragraph >= _OPENING or here.sentence.zone is Zone.BACKGROUND:
        return
    if here.view.all_cues & {"speech.background", "modes.hedge"} or step.stage in _ANNOUNCED:
        return
    found = [
        (other, day)
        for other in text.sentences
        if other.sentence.paragraph < _OPENING and other.sentence.zone is not Zone.BACKGROUND
        for day in find_days(other.folded, text.language, published)
        if day.precision is EventPrecision.DAY and day.on_max is not None and day.on_min == day.on_max
    ]
    fresh = [one for one in found if one[1].on_max and published - _FRESH <= one[1].on_max <= published]
    if len({one[1].on_max for one in fresh}) == 1:
        yield fresh[0]


def _days_after(text: ToldText, here: ToldSentence, step: Step) -> Iterator[tuple[ToldSentence, EventDay]]:
    """Days of the sentences after, where they say when it happened, or (of what is done by saying) was said."""
    published = text.published_on
    if published is None:
        return
    following = text.sentences[here.number + 1 : here.number + 2 + _REACH]
    for other in [one for one in following if one.sentence.zone is not Zone.SOURCE][:_REACH]:
        if other.sentence.zone is Zone.BACKGROUND:
            return
        cues = other.view.all_cues
        is_told_of = "speech.happened" in cues
        is_said = step.stage in _DONE_BY_SAYING and "speech.this" in cues and "speech.say" in cues
        if not (is_told_of or is_said):
            continue
        for day in find_days(other.folded, text.language, published):
            is_recent = day.on_max is not None and published - _OLD_NEWS <= day.on_max <= published
            if day.precision is EventPrecision.DAY and is_recent:
                yield other, day
