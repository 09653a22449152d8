"""Which steps a sentence tells of: act, object and mood made into a stage.

A step knows nothing of countries; who takes it is decided in `who`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from flows.steps.claims import documents_acts as documents
from flows.steps.claims import promise_acts as promises
from flows.steps.claims import refusal_acts as refusals
from flows.steps.claims import signing_acts as signing
from flows.steps.claims import talks_acts as talks
from flows.steps.claims import text_acts as texts
from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood, mood
from flows.steps.claims.view import SentenceView, Step
from storage.terms import STAGE_RANK, BlockKind, Factuality, Stage

Rule = Callable[[SentenceView, int, str, Clause, Mood], Step | None]


def _after_force(stage: Stage) -> Rule:
    def rule(view: SentenceView, act: int, _form: str, clause: Clause, governing: Mood) -> Step | None:
        return documents.after_force(view, act, stage, clause, governing)

    return rule


RULES: dict[str, Rule] = {
    "sign": signing.sign,
    "join": documents.join,
    "adopt": documents.adopt,
    "become": documents.become,
    "ratify": documents.ratify,
    "approve": documents.approve,
    "submit": documents.submit,
    "await": documents.awaits,
    "force": documents.force,
    "amend": _after_force(Stage.AMENDED),
    "invoke": _after_force(Stage.INVOKED),
    "end": _after_force(Stage.ENDED),
    "begin": talks.begin,
    "hold": talks.hold,
    "continue": talks.goes_on,
    "conduct": talks.conduct,
    "work": talks.work,
    "hand_over": talks.hand_over,
    "finish": talks.finish,
    "agree_text": talks.agree_text,
    "ready": talks.ready,
    "settle": texts.settle,
    "refuse": refusals.refuse,
    "postpone": refusals.postpone,
    "veto": refusals.veto,
    "withdraw": refusals.withdraw,
    "pledge": promises.pledge,
    "provide": promises.provide,
    "deploy": promises.deploy,
}
"""What each act of `stages.yaml` can make of a sentence."""

_OBJECT_RULES: tuple[Callable[[SentenceView, int, Clause], Step | None], ...] = (
    talks.round_named,
    promises.wanted,
    refusals.no_troops,
)
_OBJECT_CUES = frozenset(
    {"objects.round", "rounds.final", "objects.guarantor", "objects.party", "objects.guarantee"}
    | {"objects.force", "objects.unit", "objects.signature"},
)
_ANNOUNCEMENTS = frozenset({Stage.TALKS_ANNOUNCED, Stage.SIGNING_ANNOUNCED})


def steps(view: SentenceView, *, is_question: bool) -> tuple[Step, ...]:
    """All steps a sentence tells of, in order. A question tells of none, nor does a denial."""
    if is_question or "speech.denial" in view.all_cues or not _may_tell(view.all_cues):
        return ()
    found: list[Step] = []
    for number, word in enumerate(view.words):
        if not word.cues:
            continue
        for act, form in _acts(word.cues):
            clause = view.clause(number)
            step = RULES[act](view, number, form, clause, mood(view.words, number, form, clause))
            if step is not None:
                found.append(step)
        if not word.cues.isdisjoint(_OBJECT_CUES):
            clause = view.clause(number)
            found += [step for rule in _OBJECT_RULES if (step := rule(view, number, clause)) is not None]
    if view.is_note:  # "has yet to be signed" takes back what an earlier version told; nobody stopped anything
        found = [step for step in found if step.block_kind is not BlockKind.NOT_DONE]
    return tuple(_without_stopped(found))


def _may_tell(cues: frozenset[str]) -> bool:
    """Whether there is an act, or an object that stands for one, among the cues of a sentence."""
    return not cues.isdisjoint(_OBJECT_CUES) or any(cue.partition(".")[0] in RULES for cue in cues)


@lru_cache(maxsize=4096)
def _acts(cues: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Acts and forms among the cues of a word, in a fixed order."""
    parted = (cue.partition(".") for cue in sorted(cues))
    return tuple((act, form) for act, _, form in parted if act in RULES)


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
