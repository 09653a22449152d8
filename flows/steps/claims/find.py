"""The claims of one text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.steps.claims.again import again
from flows.steps.claims.dated import When, when
from flows.steps.claims.days import days_of
from flows.steps.claims.facts import condition_around, evidence, term_of
from flows.steps.claims.named import Actor
from flows.steps.claims.ours import BINDING, security_of
from flows.steps.claims.place import place_of
from flows.steps.claims.reported import report_type
from flows.steps.claims.said_by import said_by, side_of
from flows.steps.claims.sides import acting_side
from flows.steps.claims.stage import furthest
from flows.steps.claims.thread import is_plural
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS, Step
from flows.steps.claims.vouched import is_not_vouched_for, is_taken_back
from flows.steps.claims.which_document import of_that_day, which_document
from flows.steps.claims.who import MULTI, actors
from flows.steps.mentions import Mention
from flows.steps.text import squeeze
from storage.records import Claim
from storage.terms import (
    EventPrecision,
    EvidenceRole,
    Factuality,
    ReportType,
    Side,
    Stage,
    Zone,
)

_INDEPENDENCE = date(1991, 8, 24)
"""What was promised to anybody before this day was not promised to Ukraine."""
_YEAR, _FIRST_YEAR = 4, 1500
_SPEAKER_REACH = 5
_OF_ONE = BINDING | {Stage.SIGNING_ANNOUNCED, Stage.SUBMITTED, Stage.AMENDED, Stage.ENDED}
_VOTES = frozenset({Stage.SUBMITTED, Stage.RATIFIED})
_VOUCHED = BINDING | {Stage.TEXT_AGREED, Stage.AMENDED, Stage.ENDED}
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
        here.steps = here.steps or again(text, here)
        if here.steps and not is_adversary_talk(here):
            found += _of_sentence(text, here)
    return tuple(_distinct(_with_sides_of_siblings(_with_days_of_siblings(found))))


def _of_sentence(text: ToldText, here: ToldSentence) -> Iterator[_Found]:
    taken: dict[str, list[tuple[Step, Actor, ToldSentence | None]]] = {}
    for told_step in here.steps:
        step = _against_body(text, here, told_step)
        is_ours, context = security_of(text, here, step)
        if not is_ours:
            continue
        for actor in actors(text, here, step):
            if not _is_of_another(here, step, actor, context) and not _is_of_many(here, step, actor):
                taken.setdefault(actor.code, []).append((step, actor, context))
    if not taken:
        return
    shared = _Shared(*said_by(text, here), term_of(here), squeeze(here.folded))
    for options in taken.values():
        best = _best(text, here, [step for step, _, _ in options])
        step, actor, context = next(option for option in options if option[0] is best)
        claim = _claim(text, here, step, actor, context, shared)
        if claim is not None:
            yield claim


def _best(text: ToldText, here: ToldSentence, steps: Sequence[Step]) -> Step:
    """The furthest step of one guarantor; one that nobody vouches for yields to another told as a fact."""
    ended = [step for step in steps if step.stage is Stage.ENDED and step.factuality is Factuality.FACT]
    best = furthest(ended or steps)  # what was signed once and has ended is told as ended
    if len(steps) == 1 or best.stage not in _VOUCHED or not is_not_vouched_for(text, here, best):
        return best
    sure = [step for step in steps if step.stage not in _VOUCHED and step.factuality is Factuality.FACT]
    return furthest(sure) if sure else best


def _is_of_many(here: ToldSentence, step: Step, actor: Actor) -> bool:
    """Whether the documents are many, and whose they are is told elsewhere: then not of one named there."""
    if step.stage not in _OF_ONE or actor.told_in == here.number or step.object_at < 0:
        return False
    return is_plural(here.view.words[step.object_at].folded)


def _is_of_another(here: ToldSentence, step: Step, actor: Actor, context: ToldSentence | None) -> bool:
    """Whether what was not done can only be told by a sentence about other states than the one that did not."""
    if step.stage is not Stage.BLOCKED or context is None or here.names_guarantee or here.has("document"):
        return False
    if not here.view.all_cues.isdisjoint(DOCUMENTS) or not step.object_cue.startswith("objects."):
        return False
    codes = {one.id for one in context.mentions if one.kind == "guarantor"}
    return bool(codes) and actor.code not in codes


def _against_body(text: ToldText, here: ToldSentence, step: Step) -> Step:
    """A headline in the present tense is a plan where the body tells of no signing that was held (taxonomy R3)."""
    if step.rule == "signing-announced.present" and _is_past(text, here):
        return replace(step, stage=Stage.SIGNED, factuality=Factuality.FACT, rule="signed.historic-present")
    if step.rule != "signed.headline-present":
        return step
    rest = [one for one in text.sentences if one.number != here.number]
    signed = any(
        other.stage is Stage.SIGNED and other.factuality is Factuality.FACT for one in rest for other in one.steps
    )
    if signed or not rest:
        return step
    return replace(
        step, stage=Stage.SIGNING_ANNOUNCED, factuality=Factuality.PLANNED, rule="signing-announced.headline"
    )


def _is_past(text: ToldText, here: ToldSentence) -> bool:
    """Whether it opens with a day, and all it names were over: a chronicle tells of the past in the present tense."""
    days = days_of(text, here) if here.view.words[0].folded[0].isdigit() else ()
    published = text.published_on
    return (
        bool(days) and published is not None and all(one.on_max is not None and one.on_max < published for one in days)
    )


def is_adversary_talk(here: ToldSentence) -> bool:
    """Russia as the one who acts or speaks: its demands and verdicts are no steps (taxonomy R12).

    Among those who signed a document with Ukraine it is one of the parties.
    """
    if "budapest" in here.folded or "будапешт" in here.folded:
        return False
    named = [here.word_of(one) for one in here.mentions if one.kind == "adversary"]
    if any(word.folded == ":" for at in named for word in here.view.words[at + 1 : at + 2]):  # "Kremlin: …"
        return True
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


def _claim(
    text: ToldText,
    here: ToldSentence,
    step: Step,
    actor: Actor,
    context: ToldSentence | None,
    shared: "_Shared",
) -> _Found | None:
    document, mention = which_document(text, here, step, actor.code)
    dated = when(text, here, step, actor)
    document = of_that_day(text, document, step.stage, actor.code, dated.on_min)
    if dated.on_max is not None and dated.on_max < _INDEPENDENCE:
        return None
    if step.stage in BINDING and dated.rule != "date.in-sentence" and _is_of_old(text, here):
        return None
    if step.stage in BINDING and _is_history(here):
        return None
    report = report_type(text, here, step, dated, actor)
    if report is ReportType.RESTATEMENT and actor.code == MULTI and dated.precision is not EventPrecision.DAY:
        dated = When(None, text.published_on, dated.precision if text.published_on is None else EventPrecision.BY)
    is_hedged = step.is_hedged or report is ReportType.THIRD_PARTY or _is_guessed(text, step)
    factuality = step.factuality
    if factuality is Factuality.FACT and step.stage in _VOUCHED and is_not_vouched_for(text, here, step):
        factuality = Factuality.OPINION
    if is_taken_back(text, here, step):
        factuality = Factuality.NEGATED
    side = side_of(shared.country, actor.code)
    claim = Claim(
        guarantor=actor.code,
        document=document.slug,
        family=document.family,
        stage=step.stage,
        acting_side=acting_side(text, here, step, actor, side),
        factuality=factuality,
        is_hedged=is_hedged,
        block_kind=step.block_kind,
        condition_kind=condition_around(text, here, step) if step.stage in _CONDITIONED else None,
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


def _is_of_old(text: ToldText, here: ToldSentence) -> bool:
    """Whether the sentence names a day before Ukraine's independence, if only of another deed."""
    return any(day.on_max is not None and day.on_max < _INDEPENDENCE for day in days_of(text, here))


def _is_history(here: ToldSentence) -> bool:
    """Whether it names a year before Ukraine's independence, and not Ukraine."""
    years = (int(word.folded) for word in here.view.words if len(word.folded) == _YEAR and word.folded.isdigit())
    return not here.has_ukraine and any(_FIRST_YEAR < year < _INDEPENDENCE.year for year in years)


def _is_guessed(text: ToldText, step: Step) -> bool:
    """In a flash nothing but the missing of another subject says that an agreement is one of ours."""
    return text.is_flash and step.subject == "open" and not any(one.names_guarantee for one in text.sentences)


def _with_days_of_siblings(found: Sequence[_Found]) -> Iterator[Claim]:
    """A sentence that names no day takes the day another of the same text names for the same step, with its words.

    A day that only the opening of the text gives yields to one told with the step itself.
    """
    named: dict[tuple[str, ...], Claim] = {}
    told: dict[tuple[str, ...], Claim] = {}
    for one in found:
        claim = one.claim
        key = _day_key(claim)
        if claim.factuality is not Factuality.FACT:
            continue
        if claim.precision is EventPrecision.DAY:
            named.setdefault(key, claim)
        if claim.event_on_min is not None and not _is_of_opening(claim):
            told.setdefault(key, claim)
    for one in found:
        claim = one.claim
        key = _day_key(claim)
        is_open = claim.precision is EventPrecision.BY or _is_of_opening(claim)
        source = (told.get(key) or named.get(key)) if _is_of_opening(claim) else named.get(key)
        if source is None or source is claim or not is_open or claim.factuality is not Factuality.FACT:
            yield claim
            continue
        words = tuple(
            evidence.model_copy(update={"rule": "date.same-step"})
            for evidence in source.evidence
            if evidence.role is EvidenceRole.DATE
        )
        own = tuple(one for one in claim.evidence if one.role is not EvidenceRole.DATE)
        day = {"event_on_min": source.event_on_min, "event_on_max": source.event_on_max, "precision": source.precision}
        yield claim.model_copy(update={**day, "evidence": own + words})


def _day_key(claim: Claim) -> tuple[str, ...]:
    """What has one day: a guarantor's step on a document, in each of two parliaments its own."""
    is_other = claim.stage in _VOTES and claim.acting_side is Side.UA
    return (claim.guarantor, claim.document, claim.stage, "UA" if is_other else "")


def _is_of_opening(claim: Claim) -> bool:
    """Whether the day of a claim is that of the news as a whole."""
    return any(one.rule == "date.opening" for one in claim.evidence if one.role is EvidenceRole.DATE)


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
