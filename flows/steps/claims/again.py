"""Steps told by what was told just before: "Finland did the same", "О том же сообщила Рига", "Bulgaria joined, too".

Such a sentence names the actor and the day, and leaves the deed to the sentence before. Signing, ratification and
force are never taken over: a false one is the worst error, and they can be told in so many words.
"""

from dataclasses import replace

from flows.steps.claims.cues import Word
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from storage.terms import Factuality, Stage, Zone

_REPEATED = frozenset(
    {Stage.PROPOSED, Stage.JOINED_DECLARATION, Stage.TALKS_ANNOUNCED, Stage.TALKS_STARTED}
    | {Stage.NEGOTIATING, Stage.COMMITMENT, Stage.BLOCKED, Stage.AMENDED},
)
_REACH = 2
_JOINED_REACH = 4
_BACK = 4
_NOT_DONE = ("modes.negation", "modes.future", "modes.plan", "modes.wish", "modes.possible", "modes.condition")
_JOINED_THING = frozenset({"objects.coalition", "objects.guarantor", "objects.guarantee", "objects.declaration"})
_DAY = ("objects.day",)
_LATER = frozenset(
    {"later", "next", "also", "too", "then", "earlier", "пізніше", "також", "теж", "згодом", "раніше", "потім"}
    | {"позже", "также", "тоже", "затем", "раньше", "позднее", "на", "in", "on", "у", "в", "the", "last", "this"},
)
_ENDS = frozenset(".,;")


def again(text: ToldText, here: ToldSentence) -> tuple[Step, ...]:
    """The step of a sentence without one of its own that only points back at a deed told before."""
    cues = here.view.all_cues
    if "modes.same" in cues and (found := _done_again(text, here)):
        return found
    joins = "join.past" in cues and cues.isdisjoint(_JOINED_THING) and here.has("guarantor")
    if joins and (found := _joined_too(text, here)):
        return found
    if "approve.past" in cues and "objects.text" in cues and "objects.agreement" not in cues:
        return _endorsed(text, here)
    return ()


def _endorsed(text: ToldText, here: ToldSentence) -> tuple[Step, ...]:
    """The text of the declaration backed by several states: "Canada, France and Italy endorsed the text"."""
    view = here.view
    act = next(n for n, word in enumerate(view.words) if word.has("approve.past"))
    states = {one.id for one in here.mentions if one.kind == "guarantor"}
    target = view.find(act, "objects.text", ahead=3, behind=0)
    if any(word.has("actors.parliament") for word in view.words[max(view.clause(act).first, act - _REACH) : act]):
        return ()
    if target is None or len(states) <= 1 or _is_held_back(view.words[max(0, act - _BACK) : act]):
        return ()
    if not _declared_before(text, here):
        return ()
    clause = view.clause(act)
    return (Step(Stage.JOINED_DECLARATION, Factuality.FACT, "joined.endorsed", act, clause, "security", -1, ""),)


def _done_again(text: ToldText, here: ToldSentence) -> tuple[Step, ...]:
    view = here.view
    act = next(n for n, word in enumerate(view.words) if word.has("modes.same"))
    if not here.has("guarantor", "person", "group") or _is_held_back(view.words[max(0, act - _BACK) : act]):
        return ()
    for one in text.before(here.number, _REACH):
        if one.sentence.zone is Zone.HEADLINE:
            continue
        for step in reversed(one.steps):
            if step.stage in _REPEATED and step.factuality is Factuality.FACT:
                return (_at(step, here, act),)
    return ()


def _joined_too(text: ToldText, here: ToldSentence) -> tuple[Step, ...]:
    """Joined, and what is left out: the declaration told of just before."""
    view = here.view
    found: list[Step] = []
    for act, word in enumerate(view.words):
        if not word.has("join.past") or not _ends_there(view.words[act + 1 : act + 3]):
            continue
        if _is_held_back(view.words[max(0, act - _BACK) : act]):
            continue
        if _declared_before(text, here):
            clause = view.clause(act)
            found.append(
                Step(Stage.JOINED_DECLARATION, Factuality.FACT, "joined.again", act, clause, "security", -1, "")
            )
    return tuple(found)


def _declared_before(text: ToldText, here: ToldSentence) -> bool:
    """Whether the nearest thing one may join, in the sentences before, is the declaration."""
    for one in text.before(here.number, _JOINED_REACH):
        found = one.view.all_cues & {"objects.coalition", "objects.declaration", "objects.agreement"}
        if found:
            return found == {"objects.declaration"}
        if one.steps and any(step.rule == "joined.again" for step in one.steps):
            return True
    return False


def _ends_there(following: tuple[Word, ...]) -> bool:
    """Whether nothing is joined in so many words: a day, a later, or the end follows."""
    if not following:
        return True
    first = following[0]
    is_time = first.has(*_DAY) or first.folded[0].isdigit() or first.folded in _ENDS
    if first.folded in _LATER and len(following) > 1:
        second = following[1]
        return second.has(*_DAY) or second.folded[0].isdigit() or second.folded in _ENDS or second.folded in _LATER
    return is_time


def _is_held_back(before: tuple[Word, ...]) -> bool:
    return any(word.has(*_NOT_DONE) for word in before)


def _at(step: Step, here: ToldSentence, act: int) -> Step:
    """The step as this sentence tells it: its own words, what it is about from before."""
    cue = step.object_cue if step.object_cue != "actors.it" else ""
    return replace(
        step, rule=f"{step.rule}.again", act=act, clause=here.view.clause(act), subject="security", object_at=-1,
        object_cue=cue, guarantor_after=False, needs_context=False, is_anaphoric=False,
    )  # fmt: skip
