"""Acts of a parliament on a document: sent to it, voted on, approved, ratified. See `stage`."""

from dataclasses import replace

from flows.steps.claims.cues import Clause
from flows.steps.claims.documents_acts import (
    AGREEMENTS,
    PRONOUNS,
    is_attribute,
    is_head_to_come,
    is_left_open,
    is_of_something_else,
    is_passive,
    none_of,
    place_of,
)
from flows.steps.claims.held_back import as_denied, held_back
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import BlockKind, Factuality, Stage

_READING = frozenset({"consideration", "scrutiny", "розгляд", "рассмотрение", "debate", "vote", "голосування"})
_PRELIMINARY = ("комітет", "комитет", "committee", "комісі", "комисси", "commission", "читанн", "чтени", "reading")
_FINAL = ("final", "third", "остаточн", "друг", "трет", "окончательн", "втор")
_CHAIRS = ("chair", "head", "голов", "глав", "керівни", "председател", "руководител")
_OTHER_COUNCILS = ("міністр", "европ", "європ", "єс", "нац", "безпек", "нато")
_ADOPTED = ("adopt", "enact", "ухвал", "прийн", "приня")
_BACKED = ("підтрим", "поддерж", "back")
_CLOSE = 6
_BESIDE = 2
_SOME = (
    "опозиц",
    "оппозиц",
    "opposition",
    "some",
    "several",
    "деяк",
    "окрем",
    "некотор",
    "отдельн",
    "нескольк",
    "кільк",
)
_ANY = frozenset({"a", "an", "any", "every", "each"})
_RECEIVED = ("receiv", "отрим", "одерж", "получ")
_NEEDS = ("need", "requir", "потреб", "нужда", "требу")
_AGAINST = frozenset({"against", "down", "проти", "против", "postpone", "reject", "delay", "відхилити", "отклонить"})
_FOR = frozenset({"for", "favour", "favor", "to", "за", "на", "through", "yes", "on", "into"})
_FINISHING = ("finish.gerund", "finish.present")
_MOODS_TO_COME = frozenset(
    {"modes.future", "modes.possible", "modes.plan", "modes.wish", "modes.condition", "modes.ready"}
)
_OF_RATIFICATION = ("ratify.noun", "ratify.infinitive", "ratify.base", "ratify.gerund", "approve.infinitive")


def ratify(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: C901, PLR0911 - one return a rule
    """Ratification by a parliament. What awaits it is `submitted`; what should be ratified is nothing yet."""
    target = view.find(act, *AGREEMENTS, behind_first=is_passive(view, act, form))
    earlier = view.named_before(act) if target is None else None
    subject = target.subject if target else earlier.subject if earlier else "open"
    if subject == "other" or view.near(act, "modes.almost", "modes.figure", behind=3, ahead=6):
        return None
    if _is_preliminary(view, act):
        return None
    if target is None and earlier is None and is_of_something_else(view, act, clause):
        return None
    if is_attribute(view, act, form) and (target is None or is_head_to_come(view, act, clause)):
        return None
    if is_any_such(view, act, form, target):
        return None
    step = Step(
        Stage.RATIFIED, Factuality.FACT, "ratified", act, clause, subject, *place_of(target),
        is_anaphoric=target is None and subject != "security",
    )  # fmt: skip
    if form in {"noun", "gerund"}:
        return _ratification(view, step, form, mood)
    if form in {"base", "infinitive"} and mood.is_infinitive and _was_voted(view, act):
        return replace(step, rule="ratified.voted")
    if mood.is_negated:
        return _not_ratified(view, step, form, mood)
    if form in {"past", "passive"} and mood.is_done:
        return None if none_of(view, act) else step
    if mood.is_present and view.is_headline:
        return replace(step, rule="ratified.headline-present")
    return held_back(view, step, mood, is_present=mood.is_present)


def _ratification(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Ratification as a thing: voted, completed, or on the agenda."""
    act = step.act
    if mood.is_negated or view.near(act, "postpone.past", "refuse.past", "veto.past", behind=6, ahead=6):
        return None
    ahead = 9 if act > 0 and view.words[act - 1].folded in {"за", "for"} else 0
    is_voted = view.near(act, "vote.past", behind=5, ahead=ahead) and not _is_against(view, act)
    if is_voted and not mood.has("future", "possible"):
        return replace(step, rule="ratified.voted")
    if form == "gerund":
        return None
    if view.near(act, "finish.past", "finish.passive", behind=4, ahead=4) and not mood.has("future", "possible", "be"):
        return replace(step, rule="ratified.completed")
    if view.near(act, *_FINISHING, behind=4) and _MOODS_TO_COME.isdisjoint(view.all_cues) and not mood.has("be"):
        return replace(step, rule="ratified.completed")  # "gave its approval, completing ratification"
    is_to_finish = view.near(act, "finish.infinitive", "finish.base", "finish.future", behind=3)
    on_agenda = view.near(act, "modes.due", behind=8, ahead=10) and view.near(act, "vote.noun", behind=5, ahead=3)
    on_agenda = on_agenda or (form == "noun" and _is_awaited(view, act))
    ahead = mood.has("future", "plan") or view.near(act, "modes.future", "modes.plan", behind=7)
    if (is_to_finish and ahead) or on_agenda or view.near(act, "finish.future", behind=3):
        return held_back(view, step, replace(mood, is_future=True))
    return None


def _is_awaited(view: SentenceView, act: int) -> bool:
    """A ratification expected or scheduled, as the sentence's own subject: nothing else is done before it."""
    if any(cue.endswith((".past", ".passive", ".infinitive")) for word in view.words[:act] for cue in word.cues):
        return False
    after = view.words[act + 1 : act + 12]
    stop = next((n for n, word in enumerate(after) if word.folded in ",;:"), len(after))
    return any(word.has("modes.due") for word in after[:stop])


def is_any_such(view: SentenceView, act: int, form: str, target: Target | None) -> bool:
    """Told of a kind of document: "an agreement approved by both chambers", "ратифікований договір важче забути"."""
    if target is None:
        return False
    if form == "past" and act < target.at <= act + _BESIDE and view.words[act - 1].folded in _ANY:
        return True
    if form == "past" and target.at == act - 1:
        return any(word.folded in _ANY for word in view.words[max(0, act - 4) : act - 1])
    return form == "passive" and target.at == act + 1 and target.subject != "security"


def finish_ratification(view: SentenceView, act: int) -> bool:
    """Whether what is finished is a ratification, no talks."""
    near = view.words[max(0, act - 3) : act + 4]
    return any(word.has("ratify.noun") for word in near)


def _was_voted(view: SentenceView, act: int) -> bool:
    """Voted to ratify, decided to ratify by so many votes."""
    before = view.words[max(0, act - 7) : act]
    return any(word.has("vote.past") for word in before) and not _is_against(view, act)


def _is_against(view: SentenceView, act: int) -> bool:
    low = max(0, act - 4)
    for number in range(low, act):
        if view.words[number].folded in _AGAINST:
            following = view.words[number + 1]
            if not (following.folded[0].isdigit() or following.has("actors.count")):
                return True
    return False


def _not_ratified(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:
    """Not ratified, as told; what will not be is refused, what need not be is nothing."""
    act = step.act
    if view.near(act, "modes.negation", behind=10) and none_of(view, act):
        return None
    if any(word.folded.startswith(_NEEDS) for word in view.words[max(0, act - 4) : act + 7]):
        return None  # what needs no ratification is not held up
    if mood.has("possible", "condition") or is_left_open(view, act):
        return None
    if form == "future" or mood.has("future"):
        return replace(step, stage=Stage.BLOCKED, rule="blocked.not-ratified", block_kind=BlockKind.REFUSED)
    return as_denied(step)


def _is_preliminary(view: SentenceView, act: int) -> bool:
    """A committee's vote, or a first reading: not the parliament's last word."""
    if is_left_open(view, act):
        return True
    for number, word in enumerate(view.words[: act + 14]):
        if number >= act - 6 and word.folded.startswith(_PRELIMINARY):
            around = [one.folded for one in view.words[max(0, number - 5) : number + 2]]
            if not any(one.startswith((*_FINAL, *_CHAIRS)) for one in around):
                return True
    return False


def carry(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """A law on ratification passed, or the text itself through a parliament (ratified) or a cabinet (agreed)."""
    if _is_preliminary(view, act):
        return None
    bill = view.find(act, "objects.bill", ahead=6, behind=6, behind_first=form == "passive")
    target = view.find(bill.at if bill else act, *AGREEMENTS, behind_first=bill is None, ahead=12)
    if target is None or target.subject == "other":
        return None
    is_parliament = is_parliament_near(view, act, behind=8, ahead=4)
    is_government = view.near(act, "actors.government", behind=6, ahead=4)
    step = Step(Stage.RATIFIED, Factuality.FACT, "ratified.law-passed", act, clause, target.subject, *place_of(target))
    if bill is not None:
        ratifies = view.near(bill.at, "ratify.noun", "ratify.gerund", "approve.gerund", behind=1, ahead=5)
        if not ratifies or (is_government and not is_parliament):
            return None
    elif target.at > act or target.cue == "objects.declaration" or view.words[act].folded.startswith(_ADOPTED):
        return None  # a text that passed something stands before it
    elif is_parliament_near(view, act, behind=0, ahead=4):
        step = replace(step, rule="ratified.carried")
    elif view.near(act, "actors.government", ahead=4) and mood.is_done:
        return replace(step, stage=Stage.TEXT_AGREED, rule="text-agreed.carried")
    else:
        return None
    return step if mood.is_done else held_back(view, step, mood)


def approve(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Approved by a parliament: ratified. Approved by a government (its signing, its draft): the text is agreed."""
    if view.find(act, "objects.declaration", ahead=8, behind=0) or _is_preliminary(view, act):
        return None
    if view.find(act, "objects.bill", ahead=4, behind=4 if form == "passive" else 0) is not None:
        is_parliament = is_parliament_near(view, act, behind=8, ahead=6)
        return carry(view, act, form, clause, mood) if is_parliament else None
    target = view.find(act, *AGREEMENTS, "objects.wording", behind_first=is_passive(view, act, form))
    if target is None or target.subject == "other":
        return None
    if is_any_such(view, act, form, target):
        return None
    if view.words[act].folded.startswith(_BACKED) and not _is_close_ahead(view, act, target):
        return None  # a strategy backed in a debate on the text
    is_done = form in {"past", "passive"} and mood.is_done
    step = Step(
        Stage.TEXT_AGREED, Factuality.FACT, "text-agreed.approved", act, clause, target.subject, *place_of(target)
    )
    signs = view.near(act, "sign.noun", "sign.gerund", "objects.draft", ahead=5)
    is_government = view.near(act, "actors.government", behind=4, ahead=4)
    if is_parliament_near(view, act, behind=6, ahead=6) and not signs and not is_government:
        step = replace(step, stage=Stage.RATIFIED, rule="ratified.approved")
        return step if is_done else _approval_to_come(view, step, form, mood)
    if not is_done:
        return None
    return step if signs or view.near(act, "actors.government", behind=8, ahead=4) else None


def _is_close_ahead(view: SentenceView, act: int, target: Target) -> bool:
    between = view.words[act : target.at]
    return act < target.at <= act + _CLOSE and not any(word.folded == "," for word in between)


def _approval_to_come(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:
    return None if form in {"noun", "gerund"} else held_back(view, step, mood)


def vote(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """A parliament voted for the agreement, or will vote on it; its ratification is read by `ratify`."""
    if not is_parliament_near(view, act, behind=8, ahead=8) or _is_preliminary(view, act):
        return None
    target = view.find(act, *AGREEMENTS, ahead=14, behind=10)
    if target is None or target.subject == "other":
        return None
    if form == "past" and view.near(act, *_OF_RATIFICATION, "ratify.past", ahead=8):
        return None
    between = [word.folded for word in view.words[act + 1 : max(act + 1, target.at)]]
    step = Step(Stage.RATIFIED, Factuality.FACT, "ratified.voted-for", act, clause, target.subject, *place_of(target))
    if any(one in _AGAINST for one in between[:4]) or view.near(act, "sign.gerund", "sign.noun", ahead=6):
        return None
    if form == "past":
        is_for = any(one in _FOR for one in between[:4]) and mood.is_done
        return step if is_for and not mood.is_negated else None
    if form == "noun":
        if not view.near(act, "modes.due", behind=8, ahead=12) or mood.is_negated:
            return None
        return held_back(view, step, replace(mood, is_future=True))
    return held_back(view, step, mood)


def submit(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Sent to a parliament: a bill on ratification, or the agreement itself."""
    ratification = view.near(act, "ratify.noun", "ratify.infinitive", "approve.gerund", "approve.noun", ahead=12)
    bill = view.find(act, "objects.bill", ahead=9, behind=6)
    target = view.find(bill.at if bill else act, "objects.agreement", "objects.text", ahead=12, behind=12)
    to_parliament = is_parliament_near(view, act, behind=6, ahead=14) or _is_to_be_read(view, act)
    if bill is None and target is None and not any(w.folded in PRONOUNS for w in view.words[max(0, act - 3) : act + 3]):
        return None
    if not to_parliament and not ratification and (bill is None or target is not None):
        return None
    if ratification and not to_parliament and not view.near(act, *_OF_RATIFICATION, ahead=9):
        return None
    if view.words[act].folded.startswith(_RECEIVED) and not (ratification or bill or _is_to_be_read(view, act)):
        return None
    if view.words[act].folded == "reached" and (target is None or target.at > act):
        return None  # a deal reached
    subject = target.subject if target else "open"
    if subject == "other" or (target is None and view.near(act, "subject.other", behind=6, ahead=8)):
        return None
    step = Step(
        Stage.SUBMITTED, Factuality.FACT, "submitted", act, clause, subject, *place_of(target),
        is_anaphoric=target is None and not ratification,
    )  # fmt: skip
    if form in {"past", "passive"} and mood.is_done:
        return step
    return None if form == "gerund" else held_back(view, step, mood, is_present=form == "present")


def _is_to_be_read(view: SentenceView, act: int) -> bool:
    """Brought in "for consideration"."""
    return any(word.folded in _READING for word in view.words[act : act + 7])


def is_parliament_near(view: SentenceView, at: int, *, behind: int, ahead: int) -> bool:
    """Whether a parliament stands by; a "рада" of ministers, of Europe or of security is none."""
    low, high = max(0, at - behind), min(len(view.words), at + ahead + 1)
    for number in range(low, high):
        if view.words[number].has("actors.parliament"):
            following = view.words[number + 1].folded if number + 1 < len(view.words) else ""
            is_other = view.words[number].folded.startswith("рад") and following.startswith(_OTHER_COUNCILS)
            is_some = any(one.folded.startswith(_SOME) for one in view.words[max(0, number - 2) : number])
            if not is_other and not is_some:
                return True
    return False


def awaits(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """Still to be approved by a parliament."""
    if mood.is_negated or view.words[act].has("modes.negation"):
        return None
    ratification = view.near(act, "ratify.noun", ahead=5)
    approval = view.near(act, "approve.past", "approve.noun", "ratify.past", ahead=5)
    parliament = view.near(act, "actors.parliament", ahead=10)
    target = view.find(act, "objects.agreement", "objects.text", behind_first=True)
    if not (ratification or (approval and parliament)) or target is None or target.subject == "other":
        return None
    return Step(Stage.SUBMITTED, Factuality.FACT, "submitted.awaits", act, clause, target.subject, *place_of(target))
