"""When a step was taken, as far as its sentence, or one that points back at it, says."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flows.steps.claims.day_around import days_around
from flows.steps.claims.day_within import is_said, not_to_come, own_days
from flows.steps.claims.days import days_of
from flows.steps.claims.named import Actor
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.dates import EventDay, next_weekday
from storage.terms import BlockKind, EventPrecision, Factuality, Stage

_PAST = re.compile(r"last|past|previous|since|минул|торі|прошл|минувш|попередн|предыдущ|(?:19|20)\d\d|ago|тому|назад")
_OUGHT = re.compile(r"должн\w+|предстоя\w+|ма(?:в|ла|ло|ли)|повин\w+|due|supposed|to")
_SAME_DAY = re.compile(r"same|that day|т(?:ого|от|ой|ой) же|того ж|той же|цього ж|тогда же|тоді ж")
_MARKS = frozenset(",;:()")
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
    planned, planned_span, past = _planned_and_past(text, here, step)
    if not is_fact:
        return When(None, None, EventPrecision.PLANNED, planned, planned_span)
    own = own_days(text, here, step, actor, past)
    if own:
        return _on(own[0], published, planned, _span(here, own[0]), "date.in-sentence")
    for other, day, rule in days_around(text, here, step, actor):
        return _on(day, published, planned, _span(other, day), rule)
    precision = EventPrecision.BY if published else EventPrecision.UNKNOWN
    return When(None, published, precision, planned, planned_span, "date.none")


def _planned_and_past(
    text: ToldText, here: ToldSentence, step: Step
) -> tuple[date | None, tuple[int, int] | None, list[EventDay]]:
    """The planned day of a step to come with its span, and the days of the sentence that are past."""
    published, at = text.published_on, here.view.starts[step.act]
    is_ahead = step.stage in _ANNOUNCED or step.factuality is not Factuality.FACT or _will_not(here, step)
    planned: date | None = None
    planned_span: tuple[int, int] | None = None
    past: list[EventDay] = []
    named_days = days_of(text, here)
    looks_ahead = _looks_ahead(here)
    is_said_ahead = is_ahead and any(is_said(text, here, day) for day in named_days)
    for named in named_days:
        found = named if is_ahead or looks_ahead else not_to_come(named, published)
        was_said = is_ahead and is_said(text, here, found)
        is_plan = is_ahead and not was_said
        day = next_weekday(found, published) if is_plan and found.start > at else found
        if is_plan and _is_of_what_comes(here, day, step):
            continue
        if not is_ahead and looks_ahead and _is_of_future(here, day, step):
            continue
        is_to_come = day.on_max is not None and (published is None or day.on_max >= published)
        was_to_be = is_plan and not is_to_come and _was_to_be(here, day, step)
        is_after_said = is_said_ahead and published is not None and day.on_max is not None
        if is_plan and (was_to_be or (is_to_come and found.start > at) or is_after_said):
            is_told = day.precision is EventPrecision.DAY and not (was_to_be and _leans(here, day))
            if planned is None and is_told:
                planned, planned_span = day.on_min, _span(here, found)
        elif published is None or (day.on_min and day.on_min <= published + timedelta(days=1)):
            past.append(found)
    return planned, planned_span, past


def _will_not(here: ToldSentence, step: Step) -> bool:
    """Whether it refuses what is to come: "will not sign on Thursday, he said on Tuesday" happened on Tuesday."""
    cues = here.view.all_cues
    return step.block_kind is BlockKind.REFUSED and ("modes.future" in cues or any(c.endswith(".future") for c in cues))


def _was_to_be(here: ToldSentence, day: EventDay, step: Step) -> bool:
    """Whether a past day directly after what was to be done is that of the deed: "was to sign it yesterday"."""
    words = here.view.words
    first, last = here.word_at(day.start), here.word_at(day.end - 1)
    if step.stage is not Stage.SIGNING_ANNOUNCED or first >= step.clause.last:
        return False
    if first < step.act:
        return step.act - last == 1 and any(_OUGHT.fullmatch(one.folded) for one in words[max(0, first - 3) : first])
    between = words[step.act + 1 : first]
    return not any(word.folded in _MARKS or word.has("speech.say") for word in between)


def _leans(here: ToldSentence, day: EventDay) -> bool:
    """Whether the day is not told but leans on another: "on the same day as the EU"."""
    return bool(_SAME_DAY.search(here.folded, max(0, day.start - 12), day.end))


def _is_of_what_comes(here: ToldSentence, day: EventDay, step: Step) -> bool:
    """Whether a month or season without a "last" stands at an act to come: "expects to sign in the spring"."""
    if day.precision is EventPrecision.DAY or _PAST.search(here.folded, max(0, day.start - 8), day.end):
        return False
    return step.act < here.word_at(day.start) or step.act - here.word_at(day.end - 1) == 1


def _is_of_future(here: ToldSentence, day: EventDay, step: Step) -> bool:
    """Whether a month or season stands with a verb to come, apart from the act: "…, talks will open in autumn"."""
    if day.precision is EventPrecision.DAY or _PAST.search(here.folded, max(0, day.start - 8), day.end):
        return False
    words, first = here.view.words, here.word_at(day.start)
    low = next((n + 1 for n in range(first - 1, -1, -1) if words[n].folded in _MARKS), 0)
    high = next((n for n in range(first, len(words)) if words[n].folded in _MARKS), len(words))
    if low <= step.act < high:
        return False
    return any(
        word.has("modes.future") or any(cue.endswith(".future") for cue in word.cues) for word in words[low:high]
    )


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
