"""When a step was taken, as far as its sentence says."""

from dataclasses import dataclass
from datetime import date, timedelta

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.dates import EventDay, find_days, next_weekday
from storage.terms import EventPrecision, Factuality, Stage

_ANNOUNCED = frozenset({Stage.SIGNING_ANNOUNCED, Stage.TALKS_ANNOUNCED})


@dataclass(frozen=True, slots=True)
class When:
    """Bounds of the step's day, the planned day of what it announces, and the words that say so."""

    on_min: date | None
    on_max: date | None
    precision: EventPrecision
    planned_on: date | None = None
    words: EventDay | None = None


def when(text: ToldText, here: ToldSentence, step: Step) -> When:
    """An explicit, weekday or relative day of the sentence, the nearest to the act; else by the publication day.

    For an announcement a day to come is the announced act's, a past one the announcement's own. Offsets of the
    words are into the sentence.
    """
    published = text.published_on
    days = find_days(here.sentence.text, text.language, published)
    at = here.view.words[step.act].start
    is_ahead = step.stage in _ANNOUNCED or step.factuality is not Factuality.FACT
    planned: date | None = None
    planned_words: EventDay | None = None
    past: list[EventDay] = []
    for found in days:
        day = next_weekday(found, published) if is_ahead and found.start > at else found
        if is_ahead and day.on_max and (published is None or day.on_max >= published) and found.start > at:
            if planned is None and day.precision is EventPrecision.DAY:
                planned, planned_words = day.on_min, found
        elif published is None or (day.on_min and day.on_min <= published + timedelta(days=1)):
            past.append(found)
    past.sort(key=lambda day: (day.precision is not EventPrecision.DAY, abs(day.start - at)))
    if past and not (step.factuality is not Factuality.FACT):
        day = past[0]
        return When(day.on_min, _not_after(day.on_max, published), day.precision, planned, day)
    precision = EventPrecision.BY if published else EventPrecision.UNKNOWN
    if step.factuality is not Factuality.FACT:
        return When(None, None, EventPrecision.PLANNED, planned, planned_words)
    return When(None, published, precision, planned, planned_words)


def _not_after(day: date | None, published: date | None) -> date | None:
    if day is None or published is None:
        return day
    return min(day, published) if day > published else day
