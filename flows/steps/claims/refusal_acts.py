"""What is not to be: troops refused, a promise taken back, a ceremony called off, a law on ratification vetoed."""

from dataclasses import replace

from flows.steps.claims import promise_acts as promises
from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step
from storage.terms import BlockKind, Factuality, Stage

_FORCES = ("objects.force", "objects.unit")
_SENDING = ("deploy.infinitive", "deploy.base", "deploy.gerund", "provide.infinitive", "provide.base", "give.future")
_TO_COME = ("modes.future", "give.future", *_SENDING)
_NEAR = 7


def no_troops(view: SentenceView, at: int, clause: Clause) -> Step | None:
    """Troops, or a signature, that will not be given: "will not send soldiers", "польских войск не будет"."""
    word = view.words[at]
    if "modes.negation" not in view.all_cues or word.folded.startswith(("сил", "force")):  # forces act themselves
        return None
    if not word.has(*_FORCES, "objects.signature"):
        return None
    low, high = max(clause.first, at - _NEAR), min(clause.last, at + _NEAR)
    negations = [n for n in range(low, high) if view.words[n].has("modes.negation")]
    for number in negations:
        between = view.words[min(at, number) : max(at, number)]
        if view.words[number].has("modes.no_negation") or any(one.folded == "," for one in between):
            continue
        governed = view.words[max(low, number - 3) : min(high, number + 4)]
        if any(one.has("modes.condition", "modes.wish") for one in governed):
            continue
        if any(one.has(*_TO_COME) for one in governed):
            if word.has("objects.signature"):
                return _no_signature(view, at, clause)
            return _refused(view, at, at, clause, "blocked.no-troops")
    return None


def refuse(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Refused: a signature, a promise, or troops: "ruled out a contingent", "is against sending soldiers"."""
    found = promises.stopped(view, act, BlockKind.REFUSED, clause, mood)
    if (
        found is not None
        or mood.is_negated
        or mood.is_infinitive
        or mood.has("possible", "wish", "condition", "future")
    ):
        return found
    force = view.find(act, *_FORCES, ahead=8, behind=0)
    if force is not None:
        return _refused(view, act, force.at, clause, "blocked.troops-refused")
    signature = view.find(act, "objects.signature", ahead=4, behind=0)
    if signature is not None and form == "past":
        return _no_signature(view, act, clause)
    return None


def _no_signature(view: SentenceView, act: int, clause: Clause) -> Step:
    step = _refused(view, act, -1, clause, "blocked.refused-to-sign")
    return replace(step, object_cue="", subject="open", is_anaphoric=True)


def postpone(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Put off: the signing, the ratification, or the ceremony."""
    found = promises.stopped(view, act, BlockKind.POSTPONED, clause, mood)
    if found is not None or mood.is_negated or not mood.is_done or form == "infinitive":
        return found
    ceremony = view.find(act, "objects.ceremony", "objects.signature", ahead=4, behind=8)
    if ceremony is None:
        return None
    return Step(
        Stage.BLOCKED, Factuality.FACT, "blocked.ceremony-off", act, clause, "open", block_kind=BlockKind.POSTPONED,
        is_anaphoric=True,
    )  # fmt: skip


def veto(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """Vetoed: a promise, or the law on its ratification."""
    found = promises.stopped(view, act, BlockKind.VETOED, clause, mood)
    law = view.find(act, "objects.bill", ahead=4, behind=4)
    if found is not None or law is None or not mood.is_done:
        return found
    document = view.find(law.at, "objects.agreement", "objects.text", ahead=12, behind=0)
    if document is None or document.subject == "other":
        return None
    return Step(
        Stage.BLOCKED, Factuality.FACT, "blocked.law-vetoed", act, clause, document.subject, document.at, document.cue,
        block_kind=BlockKind.VETOED,
    )  # fmt: skip


def withdraw(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Left, called off, or taken back: "withdrew its promise to send a frigate"."""
    promise = view.find(act, "objects.guarantee", "objects.consent", ahead=3, behind=0)
    of_troops = not view.all_cues.isdisjoint(("objects.coalition", *_SENDING, *_FORCES))
    if promise is not None and mood.is_done and of_troops:
        return Step(
            Stage.BLOCKED, Factuality.FACT, "blocked.promise-withdrawn", act, clause, "security", promise.at,
            "objects.force", block_kind=BlockKind.WITHDRAWN,
        )  # fmt: skip
    return promises.withdraw(view, act, form, clause, mood) or postpone(view, act, form, clause, mood)


def _refused(view: SentenceView, act: int, at: int, clause: Clause, rule: str) -> Step:
    factuality = Factuality.CONDITIONAL if view.near(act, "modes.threat", behind=4) else Factuality.FACT
    return Step(
        Stage.BLOCKED, factuality, rule, act, clause, "security", at, "objects.force", block_kind=BlockKind.REFUSED
    )
