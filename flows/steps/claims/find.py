"""The claims of one text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flows.steps.claims.dated import When, when
from flows.steps.claims.facts import acting_side, condition_of, evidence, report_type, term_of
from flows.steps.claims.place import place_of
from flows.steps.claims.said_by import said_by, side_of
from flows.steps.claims.stage import furthest
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.claims.which_document import which_document
from flows.steps.claims.who import MULTI, Actor, actors
from flows.steps.mentions import Mention
from flows.steps.text import squeeze
from storage.records import Claim
from storage.terms import (
    EventPrecision,
    EvidenceRole,
    Factuality,
    Family,
    ReportType,
    Side,
    Stage,
    Zone,
)

_CONTEXT_REACH = 3
_SPEAKER_REACH = 5
_VOTES = frozenset({Stage.SUBMITTED, Stage.RATIFIED})
_BINDING = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.SUBMITTED})
_CONDITIONED = frozenset({Stage.PROPOSED, Stage.COMMITMENT, Stage.BLOCKED, Stage.SIGNING_ANNOUNCED, Stage.IN_FORCE})


@dataclass(frozen=True, slots=True)
class _Found:
    here: ToldSentence
    step: Step
    actor: Actor
    document: Mention | None
    claim: Claim


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all claims of one sentence have in common."""

    speaker: str | None
    country: str | None
    term: str | None
    step_sentence: str


def claims(text: ToldText, *, only_background: bool = False) -> tuple[Claim, ...]:
    """What a text about guarantees for Ukraine says about steps of guarantors' promises, in the order of the text.

    One claim a sentence and guarantor: the furthest step told as a fact. `only_background` takes none but the
    background of a text on something else, which confirms an older step (taxonomy R6).
    """
    found: list[_Found] = []
    for here in text.sentences:
        if only_background and here.sentence.zone is not Zone.BACKGROUND:
            continue
        if here.steps and not is_adversary_talk(here):
            found += _of_sentence(text, here)
    return tuple(_distinct(_with_sides_of_siblings(_with_days_of_siblings(found))))


def _of_sentence(text: ToldText, here: ToldSentence) -> Iterator[_Found]:
    taken: dict[str, list[tuple[Step, Actor, ToldSentence | None]]] = {}
    for told_step in here.steps:
        step = _against_body(text, here, told_step)
        is_ours, context = _security_of(text, here, step)
        if not is_ours:
            continue
        for actor in actors(text, here, step):
            if not _is_of_another(here, step, actor, context):
                taken.setdefault(actor.code, []).append((step, actor, context))
    if not taken:
        return
    shared = _Shared(*said_by(text, here), term_of(here), squeeze(here.folded))
    for options in taken.values():
        best = furthest([step for step, _, _ in options])
        step, actor, context = next(option for option in options if option[0] is best)
        yield _claim(text, here, step, actor, context, shared)


def _is_of_another(here: ToldSentence, step: Step, actor: Actor, context: ToldSentence | None) -> bool:
    """Whether what was not done can only be told by a sentence about other states than the one that did not."""
    if step.stage is not Stage.BLOCKED or context is None or here.names_guarantee or here.has("document"):
        return False
    codes = {one.id for one in context.mentions if one.kind == "guarantor"}
    return bool(codes) and actor.code not in codes


def _against_body(text: ToldText, here: ToldSentence, step: Step) -> Step:
    """A headline in the present tense is a plan where the body only announces (taxonomy R3)."""
    if step.rule != "signed.headline-present":
        return step
    body = [other for one in text.sentences if one.number != here.number for other in one.steps]
    signed = any(other.stage is Stage.SIGNED and other.factuality is Factuality.FACT for other in body)
    if signed or not any(other.stage is Stage.SIGNING_ANNOUNCED for other in body):
        return step
    return replace(
        step, stage=Stage.SIGNING_ANNOUNCED, factuality=Factuality.PLANNED, rule="signing-announced.headline"
    )


def is_adversary_talk(here: ToldSentence) -> bool:
    """Russia as the one who acts or speaks: its demands and verdicts are no steps (taxonomy R12)."""
    adversary = min((here.word_of(one) for one in here.mentions if one.kind == "adversary"), default=None)
    if adversary is None:
        return False
    if any(
        abs(number - adversary) <= _SPEAKER_REACH
        for number, word in enumerate(here.view.words)
        if word.has("speech.say")
    ):
        return True
    return adversary < min(step.act for step in here.steps) and not here.has("ukraine")


def _security_of(text: ToldText, here: ToldSentence, step: Step) -> tuple[bool, ToldSentence | None]:  # noqa: PLR0911 - one return a rule
    """Whether the step is one on a security document for Ukraine, and the sentence that says so if not its own."""
    own_document = any(mention.kind == "document" for mention in here.mentions)
    around = text.before(here.number, _CONTEXT_REACH)
    context = next((one for one in around if one.names_guarantee), None)
    ours = here.has_ukraine or any(one.has_ukraine for one in around) or context is not None
    if not ours and step.stage in _BINDING and not text.is_flash:
        return False, None
    if text.is_flash and step.subject == "open" and not step.needs_context:  # the gate judged these very sentences
        return True, None
    if step.needs_context:
        close = around if step.stage is Stage.PROPOSED else around[:1]
        return any(one.names_guarantee for one in close), context
    if step.stage is Stage.JOINED_DECLARATION:
        named = step.subject == "security" or any(_is_declaration(text, one) for one in (here, *around))
        named = named or any(mention.id == "G7" for mention in here.mentions)
        return named and step.subject != "unclear", None if step.subject == "security" else context
    if step.subject == "security" or own_document:
        return True, None
    if step.subject == "unclear":
        return False, None
    if "subject.security" in here.view.all_cues and step.stage not in _BINDING:
        return True, None
    return context is not None, context


def _is_declaration(text: ToldText, told_sentence: ToldSentence) -> bool:
    documents = text.lexicon.documents
    return any(
        mention.kind == "document" and documents[mention.id].family is Family.G7_DECLARATION
        for mention in told_sentence.mentions
    )


def _claim(
    text: ToldText,
    here: ToldSentence,
    step: Step,
    actor: Actor,
    context: ToldSentence | None,
    shared: "_Shared",
) -> _Found:
    document, mention = which_document(text, here, step, actor.code)
    dated = when(text, here, step)
    report = report_type(text, here, step, dated, actor)
    if report is ReportType.RESTATEMENT and actor.code == MULTI:
        dated = When(None, text.published_on, dated.precision if text.published_on is None else EventPrecision.BY)
    is_hedged = step.is_hedged or report is ReportType.THIRD_PARTY or _is_guessed(text, step)
    factuality = step.factuality
    if report is ReportType.THIRD_PARTY and factuality is Factuality.FACT and step.stage in _BINDING:
        factuality = Factuality.OPINION
    if "speech.superseded" in here.view.all_cues:
        factuality = Factuality.NEGATED
    side = side_of(shared.country, actor.code)
    claim = Claim(
        guarantor=actor.code,
        document=document.slug,
        family=document.family,
        stage=step.stage,
        acting_side=acting_side(here, step, actor, side),
        factuality=factuality,
        is_hedged=is_hedged,
        block_kind=step.block_kind,
        condition_kind=condition_of(here) if step.stage in _CONDITIONED else None,
        event_on_min=dated.on_min,
        event_on_max=dated.on_max,
        precision=dated.precision,
        planned_on=dated.planned_on,
        place=place_of(text, here, step),
        said_by=shared.speaker,
        said_side=side,
        term_used=shared.term,
        report_type=report,
        zone=here.sentence.zone,
        rule=step.rule,
        step_sentence=shared.step_sentence,
        evidence=evidence(text, here, step, actor, mention, dated, context),
    )
    return _Found(here, step, actor, mention, claim)


def _is_guessed(text: ToldText, step: Step) -> bool:
    """In a flash nothing but the missing of another subject says that an agreement is one of ours."""
    return text.is_flash and step.subject == "open" and not any(one.names_guarantee for one in text.sentences)


def _with_days_of_siblings(found: Sequence[_Found]) -> Iterator[Claim]:
    """A sentence that names no day takes the day another of the same text names for the same step, with its words."""
    named: dict[tuple[str, str, str], Claim] = {}
    for one in found:
        claim = one.claim
        if claim.precision is EventPrecision.DAY and claim.factuality is Factuality.FACT:
            named.setdefault((claim.guarantor, claim.document, claim.stage), claim)
    for one in found:
        claim = one.claim
        source = named.get((claim.guarantor, claim.document, claim.stage))
        if source is None or claim.precision is not EventPrecision.BY or claim.factuality is not Factuality.FACT:
            yield claim
            continue
        words = tuple(
            evidence.model_copy(update={"rule": "date.same-step"})
            for evidence in source.evidence
            if evidence.role is EvidenceRole.DATE
        )
        day = {"event_on_min": source.event_on_min, "event_on_max": source.event_on_max, "precision": source.precision}
        yield claim.model_copy(update={**day, "evidence": claim.evidence + words})


def _with_sides_of_siblings(found: Iterable[Claim]) -> Iterator[Claim]:
    """A vote of a parliament the sentence does not name is of the one the text names for the same step."""
    told = list(found)
    sides: dict[tuple[str, str, str], Side] = {}
    for claim in told:
        if claim.stage in _VOTES and claim.acting_side is not Side.UNKNOWN:
            sides.setdefault((claim.guarantor, claim.document, claim.stage), claim.acting_side)
    for claim in told:
        side = sides.get((claim.guarantor, claim.document, claim.stage))
        if claim.stage in _VOTES and claim.acting_side is Side.UNKNOWN and side is not None:
            yield claim.model_copy(update={"acting_side": side})
        else:
            yield claim


def _distinct(found: Iterator[Claim]) -> Iterator[Claim]:
    """One claim for each key of `storage.keys.claim_id`: the first."""
    seen: set[tuple[str, str, str, str]] = set()
    for claim in found:
        key = (claim.guarantor, claim.document, claim.stage, claim.step_sentence)
        if key not in seen:
            seen.add(key)
            yield claim
