"""Signing: done, to come, refused, or only spoken of; and what a pronoun says was signed. See `stage`."""

from dataclasses import replace

from flows.steps.claims import documents_acts as documents
from flows.steps.claims.cues import Clause
from flows.steps.claims.documents_acts import (
    AGREEMENTS,
    NOUNS,
    PRONOUNS,
    is_attribute,
    is_head_to_come,
    is_left_open,
    is_of_something_else,
    is_passive,
    none_of,
)
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import BlockKind, Factuality, Stage

_AFTER_ELLIPSIS = frozenset(
    {",", ".", "in", "on", "at", "with", "last", "yesterday", "today", "earlier", "and", "before", "shortly", "next"}
    | {"в", "у", "на", "з", "із", "зі", "ще", "влітку", "торік", "сьогодні", "вчора", "учора", "цього", "минулого"}
    | {"во", "с", "со", "еще", "летом", "весной", "осенью", "зимой", "сегодня", "вчера", "этого", "прошлого", "уже"}
)
_OWN_ONE = frozenset({"hers", "theirs", "his", "ours", "this", "свою", "свій", "своє", "свое", "свой"})
_NOTHING = frozenset({"nothing", "none", "нічого", "ничего", "жодна", "жодну", "жоден", "жодної", "жодного"})
_ASKED = frozenset({"чи", "ли"})
_WAITS = frozenset({"when", "once", "after", "коли", "щойно", "після", "когда", "после"})


def sign(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Signing, concluding, sealing; a signed G7 declaration was joined, a signed law on ratification ratifies."""
    bill = view.find(act, "objects.bill", ahead=4, behind=0)
    if bill is not None:
        if form == "past" and mood.is_done and view.near(bill.at, "ratify.noun", ahead=4):
            return Step(Stage.RATIFIED, Factuality.FACT, "ratified.law-signed", act, clause, "open", bill.at, bill.cue)
        return None
    if any(word.has("actors.private") for word in view.words[max(clause.first, act - 8) : min(clause.last, act + 8)]):
        return None
    passive = is_passive(view, act, form)
    target = _signed_object(view, act, passive=passive)
    changes = view.find(act, "objects.amendment", behind_first=passive, ahead=5, behind=5)
    if changes is not None and (target is None or target.subject != "other"):
        return _changes_signed(view, act, form, clause, mood, changes, target)
    told_before = target is None
    target = target or _told_before(view, act, form, clause)
    if target is None or _is_no_promise(target):
        return None
    if target.cue == "objects.declaration":
        return documents.join(view, act, form, clause, mood)
    step = Step(
        Stage.SIGNED, Factuality.FACT, "signed", act, clause, target.subject, target.at, target.cue,
        is_anaphoric=told_before and target.subject != "security",
    )  # fmt: skip
    if form in NOUNS:
        return _signing(view, step, form, mood)
    return _held(view, step, form, mood)


def _signed_object(view: SentenceView, act: int, *, passive: bool) -> Target | None:
    """The document signed; talks beside the act are its object, talks further on are not."""
    target = view.find(act, *AGREEMENTS, "objects.talks", behind_first=passive)
    target = target or view.find(act, "objects.guarantee", ahead=4, behind=0)
    between = view.words[act + 1 : target.at] if target is not None else ()
    if target is not None and any(w.has("objects.paper") and not w.has("objects.amendment") for w in between):
        return Target(target.at, target.cue, "other")  # "a petition for the agreement"
    is_far = target is not None and target.cue == "objects.talks" and target.at > act + 4
    return None if is_far else target


def _is_no_promise(target: Target) -> bool:
    """Talks, something of another kind, or a text on something we do not know."""
    if target.subject == "other" or target.cue == "objects.talks":
        return True
    return target.cue == "objects.text" and target.subject == "unclear"


def _held(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:
    """How far the sentence holds the signing as done."""
    act = step.act
    if form in {"infinitive", "base"} and view.near(act, "refuse.past", ahead=9):
        return replace(step, stage=Stage.BLOCKED, rule="blocked.refused-to-sign", block_kind=BlockKind.REFUSED)
    if mood.has("almost") or view.near(act, "modes.figure", behind=3, ahead=8):
        return replace(step, stage=Stage.TEXT_AGREED, rule="text-agreed.almost-signed", is_hedged=True)
    if mood.is_negated:
        return None if none_of(view, act) else _not_signed(view, step, form, mood)
    if _is_any(view, act) or is_left_open(view, act):
        return None
    if not mood.is_done:
        return _not_yet_signed(view, step, mood)
    is_to_come = is_attribute(view, act, form) and is_head_to_come(view, act, step.clause)
    return None if is_to_come else step


def _is_any(view: SentenceView, act: int) -> bool:
    """Nothing is signed until it is signed: told of any agreement, so of none."""
    words = view.words
    if any(word.folded in _NOTHING for word in words[max(0, act - 4) : act]):
        return True
    return any(word.folded == "until" for word in words[act + 1 : act + 2])


def _told_before(view: SentenceView, act: int, form: str, clause: Clause) -> Target | None:
    """The document a pronoun stands for, or that is left out: "signed it", "was signed in Kyiv on Monday"."""
    if form in NOUNS:
        is_planned = view.near(act, "modes.plan", "hold.future", behind=3, ahead=3)
        return Target(-1, "", "open") if is_planned and not is_of_something_else(view, act, clause) else None
    if not _has_no_object(view, act, form, clause):
        return None
    earlier = view.named_before(act)
    if earlier is None:
        return None if is_of_something_else(view, act, clause) else Target(-1, "", "open")
    return None if earlier.subject == "other" else Target(-1, "", earlier.subject)


def _has_no_object(view: SentenceView, act: int, form: str, clause: Clause) -> bool:  # noqa: PLR0911 - one return a rule
    """Whether an act names nothing it is done to, or a pronoun, and nothing of another kind stands by."""
    words = view.words
    near = words[max(clause.first, act - 6) : min(clause.last, act + 6)]
    if any(word.has("objects.paper", "objects.bill", "subject.other") for word in near):
        return False
    if view.near(act, "objects.signature", behind=3, ahead=4):
        return not any(word.has("modes.negation") for word in words[act + 1 :])
    if any(word.folded in PRONOUNS for word in near):
        return True
    following = [word.folded for word in words[act + 1 : act + 3]]
    if following[:1] and following[0] in _OWN_ONE:
        return following[1:] == [] or following[1] in _AFTER_ELLIPSIS
    if following[:1] == ["with"] and following[1:] and following[1] in {"a", "an"}:
        return False
    if is_passive(view, act, form):
        return act == clause.first or words[act - 1].folded == "," or words[clause.first].has("speech.break")
    return not following or following[0] in _AFTER_ELLIPSIS or words[act + 1].has("speech.break")


def _changes_signed(
    view: SentenceView, act: int, form: str, clause: Clause, mood: Mood, changes: Target, document: Target | None
) -> Step | None:
    """A protocol or annex signed amends the agreement; one to be signed is a signing announced."""
    document = document or view.named_before(act) or view.find(changes.at, "objects.agreement", ahead=10, behind=0)
    subject = document.subject if document else "open"
    if form in NOUNS or mood.is_negated or mood.has("almost") or "other" in {subject, changes.subject}:
        return None
    step = Step(
        Stage.AMENDED, Factuality.FACT, "amended.signed", act, clause, subject, changes.at, "objects.agreement",
        is_anaphoric=subject != "security",
    )  # fmt: skip
    return step if mood.is_done else _not_yet_signed(view, step, mood)


def _not_yet_signed(view: SentenceView, step: Step, mood: Mood) -> Step | None:
    opening = {word.folded for word in view.words[step.clause.first : step.act][:3]}
    if opening & _ASKED or ("when" in opening and mood.has("possible") and not mood.has("plan")):
        return None
    if mood.has("condition") and not mood.is_planned:
        return None
    if mood.is_present:
        return _signs_now(view, step)
    following = view.words[step.clause.last :][:1]
    waits = bool(following) and following[0].folded in _WAITS and view.words[step.clause.last - 1].folded != ","
    if waits or mood.has("condition") or "modes.if" in view.all_cues:
        return replace(_signing_to_come(step, mood), factuality=Factuality.CONDITIONAL)
    if mood.has("discuss") and not mood.has("future", "agreed"):
        return None
    return _signing_to_come(step, mood)


def _not_signed(view: SentenceView, step: Step, form: str, mood: Mood) -> Step:
    is_future = form in {"future", "infinitive"} or mood.has("future", "possible")
    kind = BlockKind.REFUSED if is_future else BlockKind.NOT_DONE
    step = replace(step, stage=Stage.BLOCKED, rule="blocked.not-signed", block_kind=kind)
    if "modes.condition" in view.all_cues and is_future:
        return replace(step, block_kind=BlockKind.THREATENED, factuality=Factuality.CONDITIONAL)
    return step


def _signs_now(view: SentenceView, step: Step) -> Step:
    """Present tense: the event in a headline, a plan in running text."""
    if view.is_headline:
        return replace(step, rule="signed.headline-present")
    return replace(step, stage=Stage.SIGNING_ANNOUNCED, factuality=Factuality.PLANNED, rule="signing-announced.present")


def _signing_to_come(step: Step, mood: Mood) -> Step:
    is_certain = mood.is_planned and not mood.has("wish")
    return replace(
        step,
        stage=Stage.SIGNING_ANNOUNCED,
        rule="signing-announced",
        factuality=Factuality.FACT if is_certain else Factuality.PLANNED,
        is_hedged=not is_certain,
    )


def _signing(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:  # noqa: C901, PLR0911 - one return a rule
    """The signing as a thing: held, planned, or only spoken of."""
    near = view.near
    if mood.is_negated or near(step.act, "postpone.past", "refuse.past", "veto.past", behind=8, ahead=8):
        return None
    if near(step.act, "objects.talks", behind=4):  # talks on the conclusion of an agreement
        return None
    before = view.words[step.act - 1].folded if step.act else ""
    if form == "gerund" and before in {"is", "are"}:
        return _signing_to_come(step, mood)
    if near(step.act, "approve.past", "approve.passive", behind=4) or mood.has("discuss", "possible"):
        return None
    if mood.has("wish", "ready") or near(step.act, "modes.discuss", ahead=6):
        return None
    if near(step.act, "hold.future", "modes.plan", "modes.future", behind=4, ahead=7):
        return _signing_to_come(step, replace(mood, is_future=True))
    if near(step.act, "hold.past", behind=4, ahead=7):
        return replace(step, rule="signed.held")
    if _is_for(view, step.act):
        return _signing_to_come(step, replace(mood, is_future=True))
    if mood.has("thanks") and not mood.has("future", "plan"):
        return replace(step, rule="signed.welcomed", guarantor_after=True)
    if before in {"after", "після", "после", "following"} and "modes.future" not in view.all_cues:
        return replace(step, rule="signed.after")
    return None


def _is_for(view: SentenceView, act: int) -> bool:
    """What somebody comes for: "for the signing of", "для подписания"."""
    before = [word.folded for word in view.words[max(0, act - 2) : act]]
    return before[-1:] == ["для"] or before == ["for", "the"]
