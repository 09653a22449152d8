"""When a step was taken, as far as its sentence, or one that points back at it, says."""

from collections.abc import Iterator
from dataclasses import dataclass
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
_OLD_NEWS = timedelta(days=7)


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
    for found in find_days(here.folded, text.language, published):
        is_said = is_ahead and _is_said(here, found, published)
        day = next_weekday(found, published) if is_ahead and found.start > at and not is_said else found
        is_to_come = day.on_max is not None and (published is None or day.on_max >= published)
        if is_ahead and is_to_come and found.start > at and not is_said:
            if planned is None and day.precision is EventPrecision.DAY:
                planned, planned_span = day.on_min, _span(here, found)
        elif published is None or (day.on_min and day.on_min <= published + timedelta(days=1)):
            past.append(found)
    if not is_fact:
        return When(None, None, EventPrecision.PLANNED, planned, planned_span)
    past.sort(key=lambda day: (day.precision is not EventPrecision.DAY, abs(day.start - at)))
    if past:
        return _on(past[0], published, planned, _span(here, past[0]), "date.in-sentence")
    for other, day in _days_after(text, here, step):
        return _on(day, published, planned, _span(other, day), "date.next-sentence")
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
    return any(word.has("speech.say") for word in (*before, *words[last + 1 : last + 2]))


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
