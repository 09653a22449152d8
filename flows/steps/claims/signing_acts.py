"""Signing: done, to come, refused, or only spoken of; and what a pronoun says was signed. See `stage`."""

from dataclasses import replace
from itertools import pairwise

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
from flows.steps.claims.held_back import as_denied, is_after_if, is_held_after, is_under_if
from flows.steps.claims.mood import Mood
from flows.steps.claims.signing_noun import signing, to_come
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import BlockKind, Factuality, Stage

_AFTER_ELLIPSIS = frozenset(
    {",", ".", "in", "on", "at", "with", "last", "yesterday", "today", "earlier", "and", "before", "shortly", "next"}
    | {"в", "у", "на", "з", "із", "зі", "ще", "влітку", "торік", "сьогодні", "вчора", "учора", "цього", "минулого"}
    | {"во", "с", "со", "еще", "летом", "весной", "осенью", "зимой", "сегодня", "вчера", "этого", "прошлого", "уже"}
)
_OWN_ONE = frozenset({"hers", "theirs", "his", "ours", "this", "свою", "свій", "своє", "свое", "свой"})
_NOTHING = frozenset({"nothing", "none", "нічого", "ничего", "жодна", "жодну", "жоден", "жодної", "жодного"})
_NEVER = frozenset({"never", "ніколи", "никогда"})
_OFTEN = ("підписував", "укладав", "укладал", "подписывал", "заключал")
"""Imperfective: what was signed more than once, or was not signed at all."""
_OPENS = 3
_WHEN = frozenset({"when", "where", "коли", "де", "когда", "где"})
_WITH_IT = frozenset({"с", "со", "з", "із", "без", "without"})
_PUT_REACH = 8
_ASKED = frozenset({"чи", "ли"})
_WAITS = frozenset({"when", "once", "after", "коли", "щойно", "після", "когда", "после"})
_TERMS_REACH = 8
_WHAT = frozenset({"what", "which", "якої", "якою", "яких", "якими", "каком", "каких", "какими", "каким", "какое"})
_TERMS = ("condition", "terms", "circumstance", "умов", "обставин", "услови", "обстоятельств")
_ONLY = frozenset({"only", "лише", "тільки", "только", "лишь"})
_THEN = frozenset({"тоді", "тогда"})
_WILL_NOT = frozenset({"стане", "стануть", "станемо", "станет", "станут", "станем"})
_YET = frozenset({"yet", "still", "so", "ще", "досі", "поки", "наразі", "еще", "пока", "сих"})
_ACTUALLY = frozenset({"actually", "contrary", "fact", "насправді", "деле", "навпаки", "напротив", "such"})
_ABSENT = frozenset({"немає", "нема", "нет"})
_ENABLING = ("allow", "enabl", "permit", "entitl", "змогу", "дозволя", "уможлив", "позволя", "право")
_OUGHT = frozenset({"must", "should", "ought", "needs", "need", "треба", "слід", "варто", "потрібно", "необхідно"}) | {
    *("надо", "нужно", "следует", "стоит", "необходимо", "пора")
}
_SO_THAT = frozenset({"чтобы", "чтоб", "щоб", "аби"})
_INSTEAD = frozenset({"instead", "замість", "вместо"})
_NO_WILL = ("intention", "intent", "plan", "wish", "desire")


def sign(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Signing, concluding, sealing; a signed G7 declaration was joined, a signed law on ratification ratifies."""
    bill = view.find(act, "objects.bill", ahead=4, behind=0)
    if bill is not None:
        if form == "past" and mood.is_done and view.near(bill.at, "ratify.noun", "ratify.gerund", ahead=4):
            return Step(Stage.RATIFIED, Factuality.FACT, "ratified.law-signed", act, clause, "open", bill.at, bill.cue)
        return None
    if any(word.has("actors.private") for word in view.words[max(clause.first, act - 8) : min(clause.last, act + 8)]):
        return None
    passive = is_passive(view, act, form)
    target = _signed_object(view, act, passive=passive)
    changes = _changes(view, act, passive=passive)
    if changes is not None and (target is None or target.subject != "other"):
        return _changes_signed(view, act, form, clause, mood, changes, target)
    told_before = target is None
    target = target or _told_before(view, act, form, clause)
    if target is None or _is_no_promise(target):
        return None
    if target.cue == "objects.declaration":
        return documents.join(view, act, form, clause, mood)
    if view.words[act].folded.startswith(_OFTEN) and not mood.is_negated:
        return None
    step = Step(
        Stage.SIGNED, Factuality.FACT, "signed", act, clause, target.subject, target.at, target.cue,
        is_anaphoric=told_before and target.subject != "security",
    )  # fmt: skip
    if form in NOUNS:
        is_refused = form == "gerund" and _is_unwilling(view, act)
        return _refused(step) if is_refused else _under_condition(view, signing(view, step, form, mood))
    return _held(view, step, form, mood)


def _under_condition(view: SentenceView, step: Step | None) -> Step | None:
    """A signing to be held if something is done first: "if parliament agrees, the signing will take place"."""
    if step is None or step.stage is not Stage.SIGNING_ANNOUNCED or not is_after_if(view, step):
        return step
    return replace(step, factuality=Factuality.CONDITIONAL, rule="signing-announced.if")


def _changes(view: SentenceView, act: int, *, passive: bool) -> Target | None:
    """The protocol or annex that is signed, which amends; none where something else was signed in its place."""
    changes = view.find(act, "objects.amendment", behind_first=passive, ahead=5, behind=5)
    before = view.words[max(0, changes.at - 2) : changes.at] if changes is not None else ()
    return None if any(word.folded in _INSTEAD for word in before) else changes


def _refused(step: Step) -> Step:
    return replace(step, stage=Stage.BLOCKED, rule="blocked.not-signed", block_kind=BlockKind.REFUSED)


def put(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """A signature put under a text, in whatever order of words; goods and questions are put, too."""
    words = view.words[max(clause.first, act - _PUT_REACH) : min(clause.last, act + _PUT_REACH)]
    if not any(word.has("objects.signature") for word in words):
        return None
    if any(cue.startswith("sign.") for cue in view.words[act].cues):
        return None  # the phrase is read whole
    return sign(view, act, form, clause, mood)


def _signed_object(view: SentenceView, act: int, *, passive: bool) -> Target | None:
    """The document signed; talks beside the act are its object, talks further on are not."""
    target = view.find(act, *AGREEMENTS, "objects.talks", behind_first=passive)
    target = target or view.find(act, "objects.guarantee", ahead=4, behind=0) or _guarantees_before(view, act)
    between = view.words[act + 1 : target.at] if target is not None else ()
    if target is not None and any(w.has("objects.paper") and not w.has("objects.amendment") for w in between):
        return Target(target.at, target.cue, "other")  # "a petition for the agreement"
    if target is not None and _is_after_a_stop(view, target.at):
        target = Target(target.at, target.cue, "other")
    is_far = target is not None and target.cue == "objects.talks" and target.at > act + 4
    return None if is_far else target


def _guarantees_before(view: SentenceView, act: int) -> Target | None:
    """Commitments named as what was signed, before the verb: "Спільні зобов'язання Україна і ЄС підписали"."""
    for number in range(act - 1, max(-1, act - 7), -1):
        if view.words[number].folded in {",", ";", ":"}:
            return None
        if view.words[number].has("objects.guarantee"):
            return Target(number, "objects.guarantee", view.subject(number))
    return None


def _is_after_a_stop(view: SentenceView, at: int) -> bool:
    """A treaty on something else, though security is spoken of before a stop: "…; the treaty of friendship"."""
    before = [word.folded for word in view.words[max(0, at - 4) : at]]
    return any(mark in before for mark in ";:") and any(
        word.has("subject.other") for word in view.words[at + 1 : at + 4]
    )


def _is_no_promise(target: Target) -> bool:
    """Talks, something of another kind, or a text on something we do not know."""
    if target.subject == "other" or target.cue == "objects.talks":
        return True
    return target.cue == "objects.text" and target.subject == "unclear"


def _held(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a reading
    """How far the sentence holds the signing as done."""
    act = step.act
    if _is_taken_along(view, act, form):
        return None
    if form in {"infinitive", "base"} and view.near(act, "refuse.past", ahead=9):
        return replace(step, stage=Stage.BLOCKED, rule="blocked.refused-to-sign", block_kind=BlockKind.REFUSED)
    if mood.has("almost") or view.near(act, "modes.figure", behind=3, ahead=8):
        return _almost(view, step) if step.object_at >= 0 else None
    if (form == "infinitive" and _is_not_meant(view, act)) or _is_unwilling(view, act):
        return _refused(step)
    if mood.is_negated:
        return as_denied(step) if none_of(view, act) or _is_never(view, act) else _not_signed(view, step, form, mood)
    if _is_any(view, act) or is_left_open(view, act):
        return None
    if not mood.is_done:
        return _not_yet_signed(view, step, mood)
    is_to_come = is_attribute(view, act, form) and is_head_to_come(view, act, step.clause)
    if form == "passive" and any(word.folded in _ABSENT for word in view.words[act + 1 : act + 5]):
        return as_denied(step)  # "підписаного документа немає"
    return None if is_to_come else step


def _almost(view: SentenceView, step: Step) -> Step:
    """As good as signed: a text that is agreed, or what others call signed."""
    if "modes.hedge" in view.all_cues:
        return replace(step, factuality=Factuality.OPINION, rule="signed.almost-told", is_hedged=True)
    return replace(step, stage=Stage.TEXT_AGREED, rule="text-agreed.almost-signed", is_hedged=True)


def _is_taken_along(view: SentenceView, act: int, form: str) -> bool:
    """A signed text somebody comes, leaves or would be better off with: "both will leave with a signed text"."""
    before = [word.folded for word in view.words[max(0, act - 2) : act]]
    if form == "past" and before[-1:] and before[-1] in {"a", "an", "the"}:
        return before[0] in {"with", "without"}
    return form in {"past", "passive"} and bool(before) and before[-1] in _WITH_IT


def _is_not_meant(view: SentenceView, act: int) -> bool:
    """An infinitive before a denied intention: "заключать соглашение его страна не намерена"."""
    for number in range(act + 1, min(len(view.words) - 1, act + 14)):
        word = view.words[number]
        if word.folded in {",", ".", ";"}:
            return False
        following = view.words[number + 1]
        is_will = following.has("modes.plan", "modes.ready", "modes.wish", "modes.future")
        if word.has("modes.negation") and (is_will or following.folded in _WILL_NOT):
            return True
    return False


def _is_unwilling(view: SentenceView, act: int) -> bool:
    """English: "has no intention of signing", "will not be signing", "is not about to sign"."""
    before = [word.folded for word in view.words[max(0, act - 6) : act]]
    if before[-2:] == ["not", "be"] or before[-3:] == ["not", "about", "to"] or before[-3:] == ["not", "going", "to"]:
        return view.words[act].has("sign.gerund", "sign.base")
    return any(one == "no" and two.startswith(_NO_WILL) for one, two in pairwise(before))


def _is_never(view: SentenceView, act: int) -> bool:
    """Denied for all time, of no particular day: "never signed"."""
    return any(word.folded in _NEVER for word in view.words[max(0, act - 4) : act])


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
        is_planned = is_planned or any(word.folded in _OWN_ONE for word in view.words[act + 1 : act + 2])
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


def _is_only_wanted(view: SentenceView, step: Step) -> bool:
    """Made possible, called for, or agreed "so that" it be done: no word that a signing will be held."""
    words = view.words
    before = words[max(0, step.act - 9) : step.act]
    if any(word.folded.startswith(_ENABLING) for word in before):
        return True
    own = [word.folded for word in words[max(step.clause.first, step.act - 6) : step.act]]
    so_that = max((number for number, one in enumerate(own) if one in _SO_THAT), default=len(own))
    if so_that < len(own) and "," not in own[so_that:] and words[step.act].has("sign.past"):
        return True
    near = {word.folded for word in (*words[max(step.clause.first, step.act - 4) : step.act + 5],)}
    return bool(near & _OUGHT) and "objects.day" not in view.all_cues


def _not_yet_signed(view: SentenceView, step: Step, mood: Mood) -> Step | None:  # noqa: C901, PLR0911 - one return a reading
    opening = {word.folded for word in view.words[step.clause.first : step.act][:3]}
    if opening & _ASKED or ("when" in opening and mood.has("possible") and not mood.has("plan")):
        return None
    asked = [word.folded for word in view.words[:2] if word.folded.isalpha()]
    if step.clause.first <= _OPENS and asked[:1] and asked[0] in _WHEN:
        return None  # "when and where it will be signed, the presidents will say"
    if view.words[step.clause.first].folded == "had":  # "had they signed, …"
        return None
    if is_under_if(view, step):
        return _if_signed(step)
    if _is_on_what_terms(view, step):
        return None
    if _is_only_wanted(view, step):
        return None
    if mood.has("condition") and not mood.is_planned:
        return None
    if mood.is_infinitive and _is_authorised(view, step):
        return replace(step, stage=Stage.TEXT_AGREED, rule="text-agreed.authorised")
    if mood.is_present:
        return _signs_now(view, step)
    if mood.has("discuss") and not mood.has("future", "agreed"):
        return None
    is_held = view.near(step.act, "speech.opinion", behind=14) or is_held_after(view, step.act)
    if is_held and "objects.day" not in view.all_cues:
        return replace(step, factuality=Factuality.OPINION, rule="signed.held")
    following = view.words[step.clause.last :][:1]
    last = [word.folded for word in view.words[max(step.act, step.clause.last - 3) : step.clause.last]]
    is_only = bool(_ONLY.intersection(last))
    waits = bool(following) and (following[0].folded in _WAITS or (is_only and following[0].folded in _THEN))
    waits = waits and (last[-1:] != [","] or is_only)
    if not (waits or mood.has("condition") or "modes.if" in view.all_cues):
        return to_come(step, mood)
    # A day is announced for all that; where only the condition says when, nothing is.
    is_dated = "objects.day" in view.all_cues
    return replace(to_come(step, mood), is_hedged=True) if is_dated else _if_signed(step)


def _is_authorised(view: SentenceView, step: Step) -> bool:
    """A government that lets its head sign has agreed to the text; where a day is named, the signing is announced."""
    near = view.near(step.act, "modes.authorise", behind=7)
    return near and view.near(step.act, "actors.government", behind=14, ahead=4) and "objects.day" not in view.all_cues


def _is_on_what_terms(view: SentenceView, step: Step) -> bool:
    """Whether it is told on what terms it would be signed, or in whose stead: "при каком условии подпишет"."""
    before = view.words[max(0, step.act - _TERMS_REACH) : step.act]
    if any(word.folded in _INSTEAD for word in before):
        return True
    return any(one.folded in _WHAT and two.folded.startswith(_TERMS) for one, two in pairwise(before))


def _if_signed(step: Step) -> Step:
    return replace(step, factuality=Factuality.CONDITIONAL, rule="signed.if", is_hedged=False)


def _not_signed(view: SentenceView, step: Step, form: str, mood: Mood) -> Step:
    is_future = form in {"future", "infinitive"} or mood.has("future", "possible")
    kind = BlockKind.REFUSED if is_future else BlockKind.NOT_DONE
    if not is_future and _is_just_not_so(view, step):
        return as_denied(step)
    step = replace(step, stage=Stage.BLOCKED, rule="blocked.not-signed", block_kind=kind)
    if "modes.if" in view.all_cues and is_future:
        return replace(step, block_kind=BlockKind.THREATENED, factuality=Factuality.CONDITIONAL)
    return step


def _is_just_not_so(view: SentenceView, step: Step) -> bool:
    """Not signed yet, or not in truth, as against what was said: nobody is told to have stopped it."""
    near = view.words[max(0, step.act - 8) : step.act + 4]
    return any(word.folded in _YET for word in near) or any(word.folded in _ACTUALLY for word in view.words)


def _signs_now(view: SentenceView, step: Step) -> Step | None:
    """Present tense: the event in a headline, a plan in running text."""
    if view.is_headline:
        return replace(step, rule="signed.headline-present")
    if "objects.day" not in view.all_cues or is_of_something_else(view, step.act, step.clause):
        return None  # what states do at all: "agreements which Kyiv concludes"
    return replace(step, stage=Stage.SIGNING_ANNOUNCED, factuality=Factuality.PLANNED, rule="signing-announced.present")
