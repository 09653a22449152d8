"""What is not to be: troops refused, a promise taken back, a ceremony called off, a law on ratification vetoed."""

from dataclasses import replace

from flows.steps.claims import promise_acts as promises
from flows.steps.claims import troops_acts
from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step
from storage.terms import BlockKind, Factuality, Stage

_FORCES = ("objects.force", "objects.unit")
_SENDING = ("deploy.infinitive", "deploy.base", "deploy.gerund", "provide.infinitive", "provide.base", "give.future")
_TO_COME = ("modes.future", "give.future", *_SENDING)
_NEAR = 7
_ACT_THEMSELVES = ("сил", "force", "compan")
"""Forces and companies that will not do something refuse nothing."""
_BUT = frozenset({"but", "not", "але", "а", "no", "но", "и", "і", "та", "and"})
_MEETING = ("actors.venue", "objects.session", "speech.say")
_UKRAINE = ("ukrain", "kyiv", "україн", "київ", "києв", "украин", "киев", "zelensk", "зеленськ", "зеленск")
_ON = frozenset({"on", "about", "over", "whether", "of", "to", "про", "щодо", "о", "об", "по", "относительно"})
_CLOSES = frozenset(".,;:!?-")
_OUT_OF_THE_QUESTION = frozenset({"out", "off", "не", "мова", "мови", "речи", "речь"})
_BEHIND = 9
_STAYS = ("stay", "остан", "залиш")
_CANCELS = ("скасов", "скасув", "отмен", "pulled", "cancel")
_INFINITIVE = ("ти", "тись", "тися", "ть", "ться", "тись", "чь")
_DOES = ("deploy.", "provide.", "sign.", "join.", "approve.", "ratify.", "give.", "begin.", "finish.")
_REFUSES_ALONE = ("declin", "refus", "bow", "sa", "відмов", "отказ", "сказа")
_WHOSE = frozenset({"his", "her", "its", "their", "my", "our"})
_SAYS = frozenset({"said", "says", "сказав", "сказала", "сказало", "сказал", "сказали"})


def no_troops(view: SentenceView, at: int, clause: Clause) -> Step | None:  # noqa: C901, PLR0911 - one return a rule
    """Troops, or a signature, that will not be given: "will not send soldiers", "польских войск не будет"."""
    word = view.words[at]
    if "modes.negation" not in view.all_cues or word.folded.startswith(_ACT_THEMSELVES):
        return None
    if not word.has(*_FORCES, "objects.signature"):
        return None
    if word.folded.startswith("name") and not (at and view.words[at - 1].folded in _WHOSE):  # "would not name a date"
        return None
    to_come = _SENDING if word.has("objects.unit") else _TO_COME
    low, high = max(clause.first, at - _NEAR), min(clause.last, at + _NEAR)
    negations = [n for n in range(low, high) if view.words[n].has("modes.negation")]
    for number in negations:
        first, last = min(at, number), max(at, number)
        between = view.words[first:last]
        if view.words[number].has("modes.no_negation") or any(one.folded == "," for one in between):
            continue
        if any(one.folded.startswith(troops_acts.NOT_SENDING) for one in between) or troops_acts.is_no_duty(between):
            continue
        governed = view.words[max(low, first - 3) : min(high, last + 4)]
        if any(
            one.has("modes.condition", "modes.wish") or one.folded.startswith(troops_acts.OBLIGES) for one in governed
        ):
            continue
        if any(one.has(*to_come) for one in governed):
            if word.has("objects.signature"):
                return _no_signature(view, at, clause)
            return _refused(view, at, at, clause, "blocked.no-troops")
        if number == at - 1 and _is_other_help(view, number):
            return _refused(view, at, at, clause, "blocked.other-help")
    return None


def _is_other_help(view: SentenceView, negation: int) -> bool:
    """Airfields, but no battalions: what is given instead stands before, joined by a "but"."""
    before = view.words[max(0, negation - 10) : negation]
    joined = before[-1:] and before[-1].folded in _BUT
    return bool(joined) and any(one.has(*_TO_COME, "provide.future", "provide.past", "modes.ready") for one in before)


def refuse(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Refused: a signature, a promise, or troops: "ruled out a contingent", "is against sending soldiers"."""
    found = promises.stopped(view, act, BlockKind.REFUSED, clause, mood)
    if (
        found is not None
        or (mood.is_negated and view.words[act].folded not in _SAYS)  # "said no" is no negation of "said"
        or mood.is_infinitive
        or mood.has("possible", "wish")
        or (mood.has("future") and not view.words[act].folded.startswith(_STAYS))
        or troops_acts.is_conditional(view, act, clause)
    ):
        return found
    if _does_something_else(view, act) and view.words[act].folded not in _OUT_OF_THE_QUESTION:
        return None
    behind = _BEHIND if view.words[act].folded in _OUT_OF_THE_QUESTION else 0
    troops = view.find(act, "objects.coalition", *_FORCES, "objects.nobody", ahead=8, behind=behind)
    if troops is not None and not _is_of_weapons(view, act + 1, troops.at):
        return _refused(view, act, troops.at, clause, "blocked.troops-refused")
    signature = view.find(act, "objects.signature", ahead=4, behind=0)
    if signature is not None and form == "past":
        return _no_signature(view, act, clause)
    after = view.words[act + 1 : min(clause.last, act + 5)]
    if any(cue.startswith("deploy.") for word in view.words[act : act + 3] for cue in word.cues) and not any(
        word.has("subject.other", *_MEETING) for word in after
    ):  # "ruled out taking part"
        return _refused(view, act, -1, clause, "blocked.part-refused")
    return _offer_declined(view, act, clause, mood)


def _does_something_else(view: SentenceView, act: int) -> bool:
    """Declined to say, відмовився коментувати: another verb follows than one of sending, signing or giving."""
    following = view.words[act + 1 : act + 3]
    if following and following[0].folded == "to":
        following = following[1:]
    elif not following or not following[0].folded.endswith(_INFINITIVE):
        before = view.words[view.clause(act).first : act]
        following = tuple(one for one in before if one.folded.endswith(_INFINITIVE) and not one.folded.isascii())
    return bool(following) and not any(cue.startswith(_DOES) for cue in following[0].cues)


def _offer_declined(view: SentenceView, act: int, clause: Clause, mood: Mood) -> Step | None:
    """What was offered turned down: "rejected the Ukrainian proposal of talks", or just "declined"."""
    if not mood.is_done and view.words[act].folded not in _SAYS:
        return None
    invitation = view.find(act, "objects.invitation", ahead=5, behind=0)
    if invitation is not None:
        near = view.words[act + 1 : min(clause.last, invitation.at + 6)]
        is_kyiv = any(word.folded.startswith(_UKRAINE) for word in near)
        if invitation.subject == "other" or not (is_kyiv or any(word.has("objects.talks") for word in near)):
            return None
        return _left_open(view, act, clause, "blocked.offer-refused")
    following = view.words[act + 1 : act + 2]
    word = view.words[act].folded
    says_no = word in _SAYS
    is_more_said = bool(following) and following[0].folded not in _CLOSES
    if not word.startswith(_REFUSES_ALONE) or (is_more_said and not says_no):
        return None
    return _left_open(view, act, clause, "blocked.declined")


def _left_open(view: SentenceView, act: int, clause: Clause, rule: str) -> Step:
    """Refused, and what it was stands in what was told before."""
    if not view.all_cues.isdisjoint(troops_acts.FORCES):
        return _refused(view, act, -1, clause, rule)
    return replace(_refused(view, act, -1, clause, rule), object_cue="", subject="open")


def _is_of_weapons(view: SentenceView, first: int, last: int) -> bool:
    return any(
        (number < last and word.has("subject.other", *_MEETING)) or word.folded.startswith(troops_acts.NOT_SENDING)
        for number, word in enumerate(view.words[first : last + 2], first)
    )


def _no_signature(view: SentenceView, act: int, clause: Clause) -> Step:
    step = _refused(view, act, -1, clause, "blocked.refused-to-sign")
    return replace(step, object_cue="", subject="open", is_anaphoric=True)


def postpone(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Put off: the signing, the ratification, or the ceremony."""
    found = promises.stopped(view, act, BlockKind.POSTPONED, clause, mood)
    if found is not None or mood.is_negated or not mood.is_done or form == "infinitive":
        return found
    decision = view.find(act, "objects.decision", ahead=5, behind=6)
    if decision is not None and view.words[act].folded != "frozen":
        return _undecided(view, act, decision.at, clause)
    ceremony = view.find(act, "objects.ceremony", "objects.signature", ahead=4, behind=8)
    if ceremony is None:
        return None
    return Step(
        Stage.BLOCKED, Factuality.FACT, "blocked.ceremony-off", act, clause, "open", block_kind=BlockKind.POSTPONED,
        is_anaphoric=True,
    )  # fmt: skip


def _undecided(view: SentenceView, act: int, at: int, clause: Clause) -> Step | None:
    """A decision put off: on troops, or on nothing named, so on what the text speaks of."""
    around = view.words[clause.first : clause.last]
    is_of_troops = any(word.has(*troops_acts.FORCES, "objects.guarantee") for word in around)
    qualified = any(word.folded in _ON for word in view.words[at + 1 : at + 2])
    if not is_of_troops and (qualified or any(word.has("subject.other") for word in around)):
        return None
    return replace(_refused(view, act, at, clause, "blocked.decision-put-off"), block_kind=BlockKind.POSTPONED)


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
    talks = view.find(act, "objects.talks", ahead=5, behind=0)
    if talks is not None and talks.subject == "security" and mood.is_done:
        return Step(
            Stage.BLOCKED, Factuality.FACT, "blocked.talks-left", act, clause, "security", talks.at, talks.cue,
            block_kind=BlockKind.WITHDRAWN,
        )  # fmt: skip
    promise = view.find(act, "objects.guarantee", "objects.consent", ahead=3, behind=0)
    of_troops = not view.all_cues.isdisjoint(("objects.coalition", *_SENDING, *_FORCES))
    if promise is not None and mood.is_done and of_troops:
        return Step(
            Stage.BLOCKED, Factuality.FACT, "blocked.promise-withdrawn", act, clause, "security", promise.at,
            "objects.force", block_kind=BlockKind.WITHDRAWN,
        )  # fmt: skip
    found = promises.withdraw(view, act, form, clause, mood)
    if found is not None or not view.words[act].folded.startswith(_CANCELS):
        return found
    return postpone(view, act, form, clause, mood)


def _refused(view: SentenceView, act: int, at: int, clause: Clause, rule: str) -> Step:
    factuality = Factuality.CONDITIONAL if view.near(act, "modes.threat", behind=4) else Factuality.FACT
    return Step(
        Stage.BLOCKED, factuality, rule, act, clause, "security", at, "objects.force", block_kind=BlockKind.REFUSED
    )
