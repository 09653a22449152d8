"""What a claim carries beside who, what and when: its proof, what it depends on, the word for it."""

from flows.steps.claims.dated import When
from flows.steps.claims.named import Actor
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.mentions import Mention
from storage.records import Evidence
from storage.terms import ConditionKind, EvidenceRole, Stage

_PROMISED = frozenset({Stage.PROPOSED, Stage.COMMITMENT})
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
        stand = any(stem in here.folded for stem in stems)
        if stand and any(word.folded.startswith(stems) for word in here.view.words):
            return term
    return None
