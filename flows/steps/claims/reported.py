"""What kind of report a sentence is: of the step itself, a repetition, another's report, or a correction."""

from collections.abc import Sequence
from datetime import date, timedelta

from flows.steps.claims.dated import When
from flows.steps.claims.days import days_of
from flows.steps.claims.named import Actor
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.claims.who import MULTI
from flows.steps.dates import EventDay
from storage.terms import EventPrecision, ReportType, Stage, Zone

_OLD_NEWS = timedelta(days=7)
_OLD_MONTH = timedelta(days=14)
"""What is only said to be of a month or week is old two weeks after its end."""
_FRESH = timedelta(days=2)
_ALL_JOINED = date(2024, 1, 12)
"""Half a year after the declaration: whoever is said to have joined it, undated, has been in it for long."""
_STILL = frozenset({"ще", "еще", "back", "already", "вже", "уже"})
_OPENING_WORDS = 4
_NEAR = 6
_COUNTED = frozenset({"objects.agreement", "objects.text", "objects.declaration", "objects.guarantee"})


def report_type(text: ToldText, here: ToldSentence, step: Step, dated: When, actor: Actor) -> ReportType:
    """Whether the sentence reports the step itself, repeats it, passes on another's report or corrects one.

    Words that only say when ("a day earlier", "last week", "накануне") make no repetition.
    """
    zone = here.sentence.zone
    if zone is Zone.EDITOR_NOTE:
        return ReportType.CORRECTION
    spans = [(one.start, one.end) for one in days_of(text, here) if _is_recent(one, text)]
    told_before = [
        number
        for number, word in enumerate(here.view.words if "speech.background" in here.view.all_cues else ())
        if word.has("speech.background") and not _is_within(here, number, spans)
    ]
    is_told_before = any(number < _OPENING_WORDS or abs(number - step.act) <= _NEAR for number in told_before)
    past = _OLD_NEWS if dated.precision is EventPrecision.DAY else _OLD_MONTH
    is_old = bool(dated.on_max and text.published_on and dated.span and text.published_on - dated.on_max > past)
    is_old = is_old or _is_known_long(text, here, step, dated)
    if zone is Zone.BACKGROUND or is_told_before or is_old or _is_aggregate(here, step, actor, spans):
        return ReportType.RESTATEMENT
    if "modes.hedge" in here.view.all_cues:
        return ReportType.THIRD_PARTY
    return ReportType.ORIGINAL


def _is_known_long(text: ToldText, here: ToldSentence, step: Step, dated: When) -> bool:
    """Whether it is told as known: "back on Monday", a state that "has" its agreement or is long in the declaration."""
    if step.rule == "signed.has-one":
        return True
    published = text.published_on
    if published is None or here.view.is_headline:
        return False
    if dated.span is None:
        return step.stage is Stage.JOINED_DECLARATION and published >= _ALL_JOINED and here.sentence.paragraph > 1
    first = here.word_at(dated.span[0] - here.sentence.start) if here.sentence.start <= dated.span[0] else 0
    before = {word.folded for word in here.view.words[max(0, first - 2) : first]}
    return bool(before & _STILL) and dated.on_max is not None and published - dated.on_max > _FRESH


def _is_recent(day: EventDay, text: ToldText) -> bool:
    return bool(day.on_max and text.published_on and text.published_on - day.on_max <= _OLD_NEWS + _OLD_NEWS)


def _is_within(here: ToldSentence, number: int, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = here.view.spans[number]
    return any(low < end and start < high for low, high in spans)


def _is_aggregate(here: ToldSentence, step: Step, actor: Actor, spans: Sequence[tuple[int, int]]) -> bool:
    """Told as in "has signed 27 agreements": a sum, not an event (taxonomy R5)."""
    if actor.code == MULTI and step.stage is not Stage.COMMITMENT:
        return True
    if step.object_cue not in _COUNTED:
        return False
    return any(
        here.view.words[number].folded.isdigit() and not _is_within(here, number, spans)
        for number in range(max(0, step.object_at - 3), step.object_at)
    )
