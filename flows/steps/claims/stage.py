"""Which steps a sentence tells of: act, object and mood made into a stage.

A step knows nothing of countries; who takes it is decided in `who`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from flows.steps.claims import documents_acts as documents
from flows.steps.claims import force_acts as force
from flows.steps.claims import parliament_acts as parliament
from flows.steps.claims import promise_acts as promises
from flows.steps.claims import refusal_acts as refusals
from flows.steps.claims import signing_acts as signing
from flows.steps.claims import signing_noun
from flows.steps.claims import talks_acts as talks
from flows.steps.claims import text_acts as texts
from flows.steps.claims.cues import Clause
from flows.steps.claims.held_back import as_denied, is_deniable
from flows.steps.claims.mood import Mood, mood
from flows.steps.claims.not_deeds import as_a_deed
from flows.steps.claims.other_papers import is_of_another_paper
from flows.steps.claims.unsure import as_sure
from flows.steps.claims.view import SentenceView, Step
from storage.terms import STAGE_RANK, BlockKind, Factuality, Stage

Rule = Callable[[SentenceView, int, str, Clause, Mood], Step | None]


def _after_force(stage: Stage) -> Rule:
    def rule(view: SentenceView, act: int, form: str, clause: Clause, governing: Mood) -> Step | None:
        return force.after_force(view, act, stage, clause, form, governing)

    return rule


def _finish(view: SentenceView, act: int, form: str, clause: Clause, governing: Mood) -> Step | None:
    """A ratification finished is no text agreed; `ratify` reads it."""
    return None if parliament.finish_ratification(view, act) else talks.finish(view, act, form, clause, governing)


def _hold(view: SentenceView, act: int, form: str, clause: Clause, governing: Mood) -> Step | None:
    """Consultations held under a clause are the clause used; other talks are talks."""
    used = force.consulted(view, act, form, clause, governing)
    return used or talks.hold(view, act, form, clause, governing)


def _withdraw(view: SentenceView, act: int, form: str, clause: Clause, governing: Mood) -> Step | None:
    """Who leaves a declaration ends it for itself; other things left are promises not kept."""
    if [word.folded for word in view.words[act + 1 : act + 2]] == ["with"]:
        return None  # "left with a declaration"
    left = force.leave(view, act, form, clause, governing)
    return left or refusals.withdraw(view, act, form, clause, governing)


RULES: dict[str, Rule] = {
    "sign": signing.sign,
    "put": signing.put,
    "own": signing_noun.own,
    "join": documents.join,
    "adopt": documents.adopt,
    "become": documents.become,
    "ratify": parliament.ratify,
    "approve": parliament.approve,
    "vote": parliament.vote,
    "carry": parliament.carry,
    "swap": force.swap,
    "submit": parliament.submit,
    "await": parliament.awaits,
    "force": force.force,
    "amend": _after_force(Stage.AMENDED),
    "invoke": _after_force(Stage.INVOKED),
    "end": _after_force(Stage.ENDED),
    "begin": talks.begin,
    "hold": _hold,
    "continue": talks.goes_on,
    "conduct": talks.conduct,
    "work": talks.work,
    "hand_over": talks.hand_over,
    "finish": _finish,
    "agree_text": talks.agree_text,
    "ready": talks.ready,
    "settle": texts.settle,
    "refuse": refusals.refuse,
    "postpone": refusals.postpone,
    "veto": refusals.veto,
    "withdraw": _withdraw,
    "pledge": promises.pledge,
    "provide": promises.provide,
    "deploy": promises.deploy,
}
"""What each act of `stages.yaml` can make of a sentence."""

_TEXTS = frozenset({"objects.intent", "objects.agreement", "objects.text", "objects.declaration"})
_ONLY_WITH: dict[str, frozenset[str]] = {
    "own": frozenset({"objects.agreement"}),
    "put": frozenset({"objects.signature"}),
    "swap": frozenset({"modes.change"}),
    "carry": _TEXTS,
    "vote": _TEXTS,
    "approve": _TEXTS | {"objects.wording"},
    "submit": _TEXTS | {"objects.bill", "actors.parliament"},
    "await": _TEXTS,
    "amend": _TEXTS,
    "invoke": _TEXTS | {"objects.consultation"},
    "end": _TEXTS,
}
"""What a sentence must name for these acts, many of them everyday words, to be looked at at all."""

_OBJECT_RULES: tuple[Callable[[SentenceView, int, Clause], Step | None], ...] = (
    signing_noun.ceremony,
    talks.round_named,
    promises.wanted,
    refusals.no_troops,
)
_OBJECT_CUES = frozenset(
    {"objects.round", "rounds.final", "objects.guarantor", "objects.party", "objects.guarantee"}
    | {"objects.force", "objects.unit", "objects.signature", "objects.ceremony"},
)
_ASKED_REACH = 5
_AND = frozenset({"and", "but", "і", "й", "та", "але", "и", "но"})
_ANNOUNCEMENTS = frozenset({Stage.TALKS_ANNOUNCED, Stage.SIGNING_ANNOUNCED})


def steps(view: SentenceView, *, is_question: bool) -> tuple[Step, ...]:
    """All steps a sentence tells of, in order. A question tells of none, nor does a denial."""
    if is_question or not _may_tell(view.all_cues):
        return ()
    found: list[Step] = []
    for number, word in enumerate(view.words):
        if not word.cues:
            continue
        acts, is_object = _told_by(word.cues)
        for act, form in acts:
            if (act in _ONLY_WITH and view.all_cues.isdisjoint(_ONLY_WITH[act])) or _is_asked(view, number):
                continue
            clause = view.clause(number)
            step = RULES[act](view, number, form, clause, mood(view.words, number, form, clause))
            if step is not None and not is_of_another_paper(view, step):
                found.append(step)
        if is_object:
            clause = view.clause(number)
            found += [step for rule in _OBJECT_RULES if (step := rule(view, number, clause)) is not None]
    if "speech.denial" in view.all_cues:
        found = [one for step in found if (one := _under_denial(view, step)) is not None]
    if view.is_note:  # "has not been signed" takes back what an earlier version told; nobody stopped anything
        found = [_as_not_done(step) for step in found]
    found = [one for step in found if (one := as_sure(view, step)) is not None]
    found = [one for step in found if (one := as_a_deed(view, step)) is not None]
    return tuple(_without_stopped(found))


def _is_asked(view: SentenceView, act: int) -> bool:
    """Whether it is left open if it was done: "Подписала ли Латвия …, неизвестно", "чи підписала"."""
    words = view.words
    if any(word.folded == "ли" for word in words[act + 1 : act + 2]):
        return True
    opening = (n for n in range(max(0, act - _ASKED_REACH), act) if words[n].folded == "чи")
    return any(number == 0 or not words[number - 1].folded[0].isalnum() for number in opening)


def _under_denial(view: SentenceView, step: Step) -> Step | None:
    """What a sentence with a denial tells: denied, or nothing; or what somebody who denies then says himself."""
    words = view.words
    denial = max((number for number in range(step.act) if words[number].has("speech.denial")), default=None)
    if denial is not None:
        between = words[denial + 1 : step.act]
        if any(one.folded in _AND and two.has("speech.say") for one, two in pairwise(between)):
            return step
    return as_denied(step) if is_deniable(step) else None


def _as_not_done(step: Step) -> Step:
    if step.block_kind is not BlockKind.NOT_DONE or step.rule != "blocked.not-signed":
        return step
    return as_denied(replace(step, stage=Stage.SIGNED, rule="signed", block_kind=None))


def _may_tell(cues: frozenset[str]) -> bool:
    """Whether there is an act, or an object that stands for one, among the cues of a sentence."""
    return not cues.isdisjoint(_OBJECT_CUES) or any(map(_is_of_act, cues))


@lru_cache(maxsize=4096)
def _is_of_act(cue: str) -> bool:
    return cue.partition(".")[0] in RULES


@lru_cache(maxsize=4096)
def _told_by(cues: frozenset[str]) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Acts and forms among the cues of a word, in a fixed order, and whether an object that stands for one is."""
    parted = (cue.partition(".") for cue in sorted(cues))
    return tuple((act, form) for act, _, form in parted if act in RULES), not cues.isdisjoint(_OBJECT_CUES)


def _without_stopped(found: Sequence[Step]) -> Iterator[Step]:
    """A refusal or postponement swallows the other steps of its clause."""
    stops = {step.clause for step in found if step.stage is Stage.BLOCKED}
    for step in found:
        if step.stage is Stage.BLOCKED or step.clause not in stops:
            yield step


def furthest(found: Sequence[Step]) -> Step:
    """The step that stands for a guarantor in one sentence: facts before plans, acts done before acts announced.

    A stop counts before all; among the rest the most advanced.
    """
    return max(
        found,
        key=lambda step: (
            step.factuality is Factuality.FACT,
            step.stage is Stage.BLOCKED,
            step.stage not in _ANNOUNCEMENTS,
            STAGE_RANK[step.stage],
            not step.is_hedged,
            -step.act,
        ),
    )
