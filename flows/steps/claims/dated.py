"""When a step was taken, as far as its sentence, or one that points back at it, says."""

from dataclasses import dataclass
from datetime import date, timedelta

from flows.steps.claims.day_around import days_around
from flows.steps.claims.day_within import is_said, not_to_come, own_days
from flows.steps.claims.days import days_of
from flows.steps.claims.named import Actor
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.dates import EventDay, next_weekday
from storage.terms import EventPrecision, Factuality, Stage

_ANNOUNCED = frozenset({Stage.SIGNING_ANNOUNCED, Stage.TALKS_ANNOUNCED})


@dataclass(frozen=True, slots=True)
class When:
    """Bounds of the step's day, the planned day of what it announces, and where in the text the words stand."""

    on_min: date | None
    on_max: date | None
    precision: EventPrecision
    planned_on: date | None = None
    span: tuple[int, int] | None = None
    rule: str = "date.in-sentence"


def when(text: ToldText, here: ToldSentence, step: Step, actor: Actor | None = None) -> When:
    """An explicit, weekday or relative day of the sentence, of the act's own part of it; else one around it gives.

    For an announcement a day to come is the announced act's; a past one, or the one it was said on, its own.
    Where no day is given it is by the publication day, or by the day it was told on.
    """
    published = text.published_on
    is_fact = step.factuality is Factuality.FACT
    is_ahead = step.stage in _ANNOUNCED or not is_fact
    at = here.view.starts[step.act]
    planned: date | None = None
    planned_span: tuple[int, int] | None = None
    past: list[EventDay] = []
    named_days = days_of(text, here)
    looks_ahead = _looks_ahead(here)
    is_said_ahead = is_ahead and any(is_said(text, here, day) for day in named_days)
    for named in named_days:
        found = named if is_ahead or looks_ahead else not_to_come(named, published)
        was_said = is_ahead and is_said(text, here, found)
        day = next_weekday(found, published) if is_ahead and found.start > at and not was_said else found
        is_to_come = day.on_max is not None and (published is None or day.on_max >= published)
        is_after_said = is_said_ahead and not was_said and published is not None and day.on_max is not None
        if is_ahead and not was_said and ((is_to_come and found.start > at) or is_after_said):
            if planned is None and day.precision is EventPrecision.DAY:
                planned, planned_span = day.on_min, _span(here, found)
        elif published is None or (day.on_min and day.on_min <= published + timedelta(days=1)):
            past.append(found)
    if not is_fact:
        return When(None, None, EventPrecision.PLANNED, planned, planned_span)
    own = own_days(text, here, step, actor, past)
    if own:
        return _on(own[0], published, planned, _span(here, own[0]), "date.in-sentence")
    for other, day, rule in days_around(text, here, step, actor):
        return _on(day, published, planned, _span(other, day), rule)
    precision = EventPrecision.BY if published else EventPrecision.UNKNOWN
    return When(None, published, precision, planned, planned_span, "date.none")


def _on(day: EventDay, published: date | None, planned: date | None, span: tuple[int, int], rule: str) -> When:
    on_max = min(day.on_max, published) if day.on_max and published else day.on_max
    return When(day.on_min, on_max, day.precision, planned, span, rule)


def _span(here: ToldSentence, day: EventDay) -> tuple[int, int]:
    return here.sentence.start + day.start, here.sentence.start + day.end


def _looks_ahead(here: ToldSentence) -> bool:
    """Whether the sentence also tells of something to come, to which a day may belong."""
    cues = here.view.all_cues
    if cues & {"modes.future", "modes.plan"}:
        return True
    return any(cue.endswith((".future", ".infinitive")) for cue in cues)
