"""What a claim carries beside who, what and when: its proof, whose act it is, what kind of report."""

from datetime import timedelta

from flows.steps.claims.dated import When
from flows.steps.claims.named import Actor
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.claims.who import MULTI
from flows.steps.mentions import Mention
from storage.records import Evidence
from storage.terms import ConditionKind, EvidenceRole, ReportType, Side, Stage, Zone

_OLD_NEWS = timedelta(days=7)
_OPENING_WORDS = 4
_PROMISED = frozenset({Stage.PROPOSED, Stage.COMMITMENT})
_TOLD_BY_ONE = frozenset({Stage.NEGOTIATING, Stage.TEXT_AGREED})
"""Steps of both sides that often only one tells of (taxonomy R10): theirs who says so."""
_AND = frozenset({"and", "та", "і", "й", "и"})
_BESIDE = frozenset(
    {"with", "for", "of", "to", "in", "by", "from", "on", "between", "against", "toward", "towards"}
    | {"з", "із", "зі", "с", "со", "для", "від", "от", "в", "у", "на", "до", "к", "про", "о", "щодо", "між", "между"}
)
_COUNTED = frozenset({"objects.agreement", "objects.text", "objects.declaration", "objects.guarantee"})
_TERMS = (
    ("guarantee", ("guarant", "гарант")),
    ("assurance", ("assuranc", "запевнен", "заверен")),
    ("commitment", ("commitment", "зобов'яз", "обязатель")),
    ("declaration", ("declaration", "декларац")),
    ("pact", ("pact", "пакт")),
    ("treaty", ("treat", "договір", "договор")),
    ("agreement", ("agreement", "accord", "deal", "угод", "соглашен")),
)


def evidence(
    text: ToldText,
    here: ToldSentence,
    step: Step,
    actor: Actor,
    document: Mention | None,
    dated: When,
    context: ToldSentence | None,
) -> tuple[Evidence, ...]:
    """The proof of a claim: its sentence, who, which document, when, and the sentence that names the guarantee."""

    def span(role: EvidenceRole, start: int, end: int, rule: str) -> Evidence:
        return Evidence(role=role, start=start, end=end, quote=text.text_full[start:end], rule=rule)

    base = here.sentence.start
    found = [
        span(EvidenceRole.STEP, base, here.sentence.end, step.rule),
        span(EvidenceRole.WHO, actor.start, actor.end, "who"),
    ]
    if document is not None:
        found.append(span(EvidenceRole.DOCUMENT, document.start, document.end, "document.named"))
    elif step.object_at >= 0:
        found.append(span(EvidenceRole.DOCUMENT, *here.span_of(step.object_at, step.object_at), "document.by-object"))
    if dated.span is not None:
        found.append(span(EvidenceRole.DATE, *dated.span, dated.rule))
    if actor.told_in != here.number:
        other = text.sentences[actor.told_in].sentence
        found.append(span(EvidenceRole.CONTEXT, other.start, other.end, "context.who"))
    elif context is not None:
        found.append(span(EvidenceRole.CONTEXT, context.sentence.start, context.sentence.end, "context.guarantee"))
    return tuple(found)


def acting_side(here: ToldSentence, step: Step, actor: Actor, speaker: Side) -> Side:  # noqa: PLR0911 - one return a rule
    """Who proposes, whose parliament, or whose act the sentence tells; an act of both is told as the guarantor's.

    A wish of nobody named is the wish of the speaker, whose side is given.
    """
    view = here.view
    if step.stage in {Stage.RATIFIED, Stage.SUBMITTED}:
        return _whose_parliament(here, step, actor)
    if step.stage is not Stage.PROPOSED:
        return _whose_act(here, step, actor, speaker)
    low = step.clause.first
    wish = next((n for n in range(step.act, low - 1, -1) if view.words[n].has("modes.wish", "modes.plan")), step.act)
    if actor.told_in == here.number and actor.word < wish and not step.guarantor_after:
        return Side.GUARANTOR
    before = [one for one in here.mentions if here.word_of(one) < wish]
    if any(one.kind == "ukraine" for one in before) or "actors.we" in view.all_cues:
        return Side.UA
    if any(one.kind in {"guarantor", "group"} and one.id != actor.code for one in before):
        return Side.THIRD
    if here.has_ukraine:
        return Side.UA
    return Side.THIRD if speaker is Side.UNKNOWN else speaker


def _whose_act(here: ToldSentence, step: Step, actor: Actor, speaker: Side) -> Side:
    """Ukraine's where it alone stands before the act, or its "we" speaks of it; else the guarantor's."""
    if step.stage in {Stage.JOINED_DECLARATION, Stage.COMMITMENT, Stage.BLOCKED}:
        return Side.GUARANTOR
    view = here.view
    low = step.clause.first
    if speaker is Side.UA and step.stage in _TOLD_BY_ONE:
        return Side.UA
    if speaker is Side.UA and any(word.has("actors.we") for word in view.words[low : step.clause.last]):
        return Side.UA
    subjects = [
        one for one in here.mentions if one.kind in {"ukraine", "guarantor"} and low <= here.word_of(one) < step.act
    ]
    subjects = [one for one in subjects if _may_act(here, one)]
    if subjects and all(one.kind == "ukraine" for one in subjects):
        is_with = any(word.folded in _AND for word in view.words[low : step.act])
        return Side.GUARANTOR if is_with and actor.word < step.act else Side.UA
    return Side.GUARANTOR


def _may_act(here: ToldSentence, mention: Mention) -> bool:
    """A name that may be a subject: no "with Ukraine", no "Ukrainian" before another noun's owner."""
    word = here.word_of(mention)
    before = [one.folded for one in here.view.words[max(0, word - 2) : word] if one.folded != "the"]
    return not before or before[-1] not in _BESIDE


def _whose_parliament(here: ToldSentence, step: Step, actor: Actor) -> Side:
    """Whose parliament acts: the Rada's is Ukraine, else the state named before the act, alone."""
    view = here.view
    if "actors.rada" in view.all_cues:
        return Side.UA
    if "actors.parliament" in view.all_cues:
        return Side.GUARANTOR
    is_named_first = actor.told_in == here.number and actor.word < step.act
    first = [one for one in here.mentions if here.word_of(one) < step.act and one.kind in {"ukraine", "guarantor"}]
    if is_named_first:
        return Side.UNKNOWN if any(one.kind == "ukraine" for one in first) else Side.GUARANTOR
    if first and all(one.kind == "ukraine" for one in first):
        return Side.UA
    states = {one.id for one in here.mentions if one.kind in {"ukraine", "guarantor"}}
    return Side.GUARANTOR if states == {actor.code} else Side.UNKNOWN


def report_type(text: ToldText, here: ToldSentence, step: Step, dated: When, actor: Actor) -> ReportType:
    """Whether the sentence reports the step itself, repeats it, passes on another's report or corrects one."""
    zone = here.sentence.zone
    words = here.view.words
    if zone is Zone.EDITOR_NOTE and "speech.correction" in here.view.all_cues:
        return ReportType.CORRECTION
    opening = any(word.has("speech.background") for word in words[:_OPENING_WORDS])
    near = here.view.near(step.act, "speech.background", behind=6, ahead=6)
    is_old = bool(dated.on_max and text.published_on and dated.span and text.published_on - dated.on_max > _OLD_NEWS)
    if zone is Zone.BACKGROUND or opening or near or is_old or _is_aggregate(here, step, actor):
        return ReportType.RESTATEMENT
    if "modes.hedge" in here.view.all_cues:
        return ReportType.THIRD_PARTY
    return ReportType.ORIGINAL


def _is_aggregate(here: ToldSentence, step: Step, actor: Actor) -> bool:
    """Told as in "has signed 27 agreements": a sum, not an event (taxonomy R5)."""
    if actor.code == MULTI and step.stage is not Stage.COMMITMENT:
        return True
    low = max(0, step.object_at - 3)
    return step.object_cue in _COUNTED and any(word.folded.isdigit() for word in here.view.words[low : step.object_at])


def condition_of(here: ToldSentence) -> ConditionKind | None:
    """What the promise of the sentence depends on, if it says."""
    for kind in ConditionKind:
        if f"conditions.{kind}" in here.view.all_cues:
            return kind
    return None


def condition_around(text: ToldText, here: ToldSentence, step: Step) -> ConditionKind | None:
    """What the promise depends on, as its sentence says, or the next where that tells when troops will come."""
    kind = condition_of(here)
    if kind is not None or step.stage not in _PROMISED:
        return kind
    for other in text.sentences[here.number + 1 : here.number + 2]:
        if "objects.deployment" in other.view.all_cues:
            return condition_of(other)
    return None


def term_of(here: ToldSentence) -> str | None:
    """The word the sentence uses for the promise, in English."""
    for term, stems in _TERMS:
        if any(word.folded.startswith(stems) for word in here.view.words):
            return term
    return None
