"""Another state's agreement, half a parliament's vote told in two sentences, a headline that leads to another paper."""

from flows.steps.claims.other_papers import names_chamber, opens_with_other_chamber
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS, Step
from storage.terms import Factuality, Stage, Zone

_BINDING = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.SUBMITTED})
_WITH = frozenset({"with", "з", "із", "зі", "с", "со"})
_BETWEEN = frozenset({"between", "між", "между"})
_PARTY = _WITH | _BETWEEN | frozenset({"and", "та", "і", "й", "и", "to", "for", "для"})
_BREAKS = frozenset(
    {"as", "while", "which", "who", "that", ";", "when", "but", "whose", "що", "який", "яка", "яку", "яке"}
) | {
    *(
        "которое",
        "которая",
        "который",
        "которую",
        "пока",
        "коли",
        "когда",
        "а",
        "але",
        "но",
        "хоча",
        "хотя",
        "поки",
        ":",
    )
}
_AUDIENCE = ("presence", "присутн", "присутств", "eyes", "watch", "очах", "глазах", "observ", "участю", "ambassador")
_MODELS = (
    "model",
    "like",
    "similar",
    "зразк",
    "образц",
    "подібн",
    "аналог",
    "подобн",
    "one",
    "echo",
    "copied",
    "unlike",
)
_NOT = frozenset({"not", "не", "ніж", "чем", "than", "without"})
_OF_OURS = ("objects.agreement", "objects.guarantee", "subject.security")
_BILATERAL = "bilateral"
"""The mention of any bilateral agreement on security, with whomever."""
_REACH = 3
_MODEL_REACH = 5
_AUDIENCE_REACH = 6
_LEAD = 2
_ACTS = {Stage.SIGNED: "sign.", Stage.RATIFIED: "ratify.", Stage.IN_FORCE: "force."}
_DOUBTS = (
    *(("or", one) for one in ("does", "did", "has", "have", "is", "was", "not", "do")),
    *(("but", one) for one in ("not", "which", "what")),
    *(("але", one) for one in ("не", "яку", "що")),
    *(
        ("та", "не"),
        ("да", "не"),
        ("чи", "ні"),
        ("чи", "не"),
        ("или", "нет"),
        ("или", "не"),
        ("но", "не"),
        ("однак", "не"),
    ),
)


def is_another_deal(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether a step that binds is of an agreement with another state than Ukraine, or of no whole parliament."""
    if step.stage not in _BINDING or step.factuality is not Factuality.FACT:
        return False
    if step.stage is not Stage.SUBMITTED and (_is_doubtful(text, here, step) or _is_half_told(text, here, step)):
        return True
    return _is_with_another(here, step)


def _is_with_another(here: ToldSentence, step: Step) -> bool:
    """A partner state named with "with" or "between" in the act's clause, where Ukraine is no party in it.

    "Ukraine's neighbour" and "as Ukraine's president looked on" are none.
    """
    words = here.view.words
    if any(word.has("actors.we", "actors.rada") for word in words[step.clause.first : step.clause.last]):
        return False
    start = min(step.act, step.object_at) if step.object_at >= 0 else step.act
    low, high = _span(here, step)
    inside = [(here.word_of(one), one) for one in here.mentions if low <= here.word_of(one) < high]
    if any(one.kind == "document" and one.id != _BILATERAL for _, one in inside):
        return False
    if any(_is_party(here, at, start, low) for at, one in inside if one.kind == "ukraine" or one.id == "UA"):
        return False
    states = [(at, one.id) for at, one in inside if one.kind == "guarantor"]
    if len({code for _, code in states}) > 1:
        return any(at > start and _is_after(here, at, _WITH | _BETWEEN) for at, _ in states)
    return here.names_other_states and any(word.folded in _WITH for word in words[start:high])


def _span(here: ToldSentence, step: Step) -> tuple[int, int]:
    """The clause of the act, up to a word that opens another one after it."""
    words = here.view.words
    start = min(step.act, step.object_at) if step.object_at >= 0 else step.act
    low = min(step.clause.first, start)
    last = max(step.act, step.object_at) + 1
    high = next((n for n in range(last, step.clause.last) if words[n].folded in _BREAKS), step.clause.last)
    return low, max(high, last)


def _is_after(here: ToldSentence, at: int, words: frozenset[str]) -> bool:
    return any(word.folded in words for word in here.view.words[max(0, at - _REACH) : at])


def _is_party(here: ToldSentence, at: int, start: int, low: int) -> bool:
    words = here.view.words
    before = words[max(low, at - _MODEL_REACH) : at]
    if any(word.folded.startswith(_MODELS) for word in before) or any(word.folded in _NOT for word in before[-3:]):
        return False
    if any(word.folded.startswith(_AUDIENCE) for word in words[max(low, at - _AUDIENCE_REACH) : at + 3]):
        return False
    if at < start:
        return True
    if any(word.has(*_OF_OURS) for word in words[at + 1 : at + 3]):
        return True
    return any(word.folded in _PARTY for word in words[max(start, at - _REACH) : at]) or (
        words[at - 1].has("objects.agreement", "objects.guarantee") or words[at].has(*_OF_OURS)
    )


def _is_half_told(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """One chamber ratified, and the sentence after says that the other has still to vote."""
    if step.stage is not Stage.RATIFIED or not names_chamber(here.view, step):
        return False
    following = text.sentences[here.number + 1 : here.number + 2]
    return any(opens_with_other_chamber(one.view) for one in following)


def _is_doubtful(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """A headline that doubts itself, or that names no document where its lead tells the act of another one."""
    words = here.view.words
    folded = [word.folded for word in words]
    if here.sentence.zone is not Zone.HEADLINE:
        return False
    if any(pair in _DOUBTS for pair in zip(folded[step.act + 1 :], folded[step.act + 2 :], strict=False)):
        return True
    if not here.view.all_cues.isdisjoint(DOCUMENTS) or "subject.security" in here.view.all_cues:
        return False
    lead = text.sentences[here.number + 1 : here.number + 1 + _LEAD]
    if any(one.stage is step.stage and one.factuality is Factuality.FACT for other in lead for one in other.steps):
        return False
    return any(_tells_of_another(other, _ACTS.get(step.stage, "sign.")) for other in lead)


def _tells_of_another(other: ToldSentence, act: str) -> bool:
    view = other.view
    for number, word in enumerate(view.words):
        if any(cue.startswith(act) for cue in word.cues):
            target = view.find(number, *DOCUMENTS)
            if target is not None and target.subject == "other":
                return True
    return False
