"""What becomes of a document after its signing: in force, amended, invoked, ended. See `stage`."""

from dataclasses import replace

from flows.steps.claims.cues import Clause
from flows.steps.claims.documents_acts import AGREEMENTS, PRONOUNS, is_of_something_else, place_of
from flows.steps.claims.held_back import as_denied, held_back
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import Factuality, Stage

_OWN = frozenset({"its", "their", "our", "свое", "свій", "свою", "своє", "своей", "своєї", "нашу", "наше"})
_PHRASE = 5
"""How many words an act of several words may be long: "чинності ще так і не набула"."""
_DETERMINERS = frozenset({"a", "an", "the", "its", "their", "this", "that", "our", "newly"})
_ADDED = ("add", "append", "attach", "дода", "долуч", "добав")
_USED = ("used", "resort", "appeal", "turned", "made", "drew", "скорист", "вдав", "вдал", "воспольз", "прибег")
_ASKED_FOR = ("call", "ask", "запрос", "склик", "зажад", "попрос", "созва", "потребова")
_REQUESTED = (
    *("request", "demand", "appeal", "sent", "submitted", "addressed", "handed", "conveyed", "filed", "із", "з", "с"),
    *("запит", "звернен", "вимог", "прохан", "надісл", "скеров", "скеру", "спрям", "перед", "запрос", "обращ"),
    *("требован", "просьб", "направ", "отправ"),
)
"""What is asked, and by which way: of our clauses only where consultations are asked for."""
_WEAK = _USED + _ASKED_FOR + _REQUESTED
_TALKS = ("consult", "консультац")
_COUNTERPARTS = frozenset({"letters", "notes", "листами", "нотами", "письмами", "листів", "нот", "писем"})
_AWAY = frozenset({"from", "out", "of", "з", "із", "зі", "из"})
_QUIT = frozenset({"left", "quit", "leaves", "quits"})
_LEFT_REACH = 16
_WAITS = frozenset({"only", "after", "when", "лише", "тільки", "після", "коли", "только", "после", "когда"})
_BESIDE = 2
_HAPPENS = frozenset({"станеться", "відбудеться", "произойдет", "случится"})
_LEAVING = ("вий", "вихо", "вый", "выхо", "withdraw", "exit", "pull")
_LEFT_CLOSE = 6
_BACK = 10
_CHANGED = frozenset({"changed", "змінив", "змінила", "змінило", "змінили", "змінить", "змінять"}) | {
    *("изменил", "изменила", "изменило", "изменили", "изменит", "изменят")
}
_OBJECT_REACH = 3
_TOWARDS = frozenset({"к", "до", "щодо", "on", "of", "about", "про", "о", "об"})
_NEAR_END = 9
_FAR = 14
"""How far before its end a long-named agreement may stand: "угода про …, підписана у січні 2024 року, втратила"."""
_RUNS = ("діят", "будет", "будуть", "буде", "действ", "valid", "run", "last", "will", "remain", "stay")
_SPANS = ("рок", "рік", "год", "лет", "year", "decade", "месяц", "місяц", "month")
_CLOSE = 6
"""How near a document must stand to a verb that also tells of machines and plants, as "заработало"."""


def force(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Entered into force, is in it, or will enter it."""
    is_work = view.words[act].has("objects.running")
    reach = _CLOSE if is_work else 12
    target = view.find(act, *AGREEMENTS, "objects.guarantee", behind_first=True, ahead=reach, behind=min(reach, 10))
    earlier = view.named_before(act) if target is None else None
    if earlier is not None and not is_work and _is_told_of(view, earlier, clause):
        target = earlier
    subject = target.subject if target else earlier.subject if earlier else "open"
    if subject == "other" or view.near(act, "modes.almost", "modes.figure", behind=3, ahead=6):
        return None
    if _is_how_long(view, act):
        return None
    if target is None and is_of_something_else(view, act, clause):
        return None
    if target is None and (is_work or earlier is None) and not _has_pronoun(view, act, clause):
        return None
    step = Step(
        Stage.IN_FORCE, Factuality.FACT, "in-force", act, clause, subject, *place_of(target),
        is_anaphoric=target is None and subject != "security",
    )  # fmt: skip
    if _is_denied_within(view, act):
        if _is_to_happen(view, act):
            return replace(step, factuality=Factuality.PLANNED, rule="in-force.to-come")
        return as_denied(step)
    if form == "past" and mood.is_done:
        return step
    waits = view.near(act, "modes.condition", ahead=8) or any(
        word.folded in _WAITS for word in view.words[max(0, act - 1) : act + 9]
    )
    is_now = form == "present" and not mood.is_infinitive and not mood.has("future", "possible") and not mood.is_negated
    if is_now and view.is_headline and not waits and target is not None:
        return replace(step, rule="in-force.headline-present")
    return held_back(view, step, mood, is_present=is_now)


def _is_how_long(view: SentenceView, act: int) -> bool:
    """Whether the sentence tells how long the document will run, not when it begins to."""
    if not view.words[act].folded.startswith(_RUNS):
        return False
    after = [word.folded for word in view.words[act + 1 : act + 6]]
    return any(word.startswith(_SPANS) for word in after)


def _is_told_of(view: SentenceView, document: Target, clause: Clause) -> bool:
    """Whether the clause is a relative one on the document: "the agreement, which both signed in June, is in force"."""
    return view.words[clause.first].has("speech.break") and 0 < clause.first - document.at <= _BESIDE


def _is_denied_within(view: SentenceView, act: int) -> bool:
    """A negation among the words of the act itself: "чинності ще не набула", "is not in force"."""
    words = view.words[act : act + _PHRASE]
    marks = ["objects.force_word" in word.cues for word in words]
    negated = [n for n, word in enumerate(words) if word.has("modes.negation") and not word.has("modes.no_negation")]
    if not negated or any(word.folded == "," for word in words[: negated[0]]):
        return False
    opens = any(marks[:2]) and (marks[0] or words[0].folded in {"в", "у"})
    return opens or any(marks[negated[0] : negated[0] + 3])


def _is_to_happen(view: SentenceView, act: int) -> bool:
    """Not yet, but the same sentence says when: "not in force: that will happen on 1 July"."""
    after = view.words[act + 1 :]
    stop = next((n for n, word in enumerate(after) if word.folded in ":;,-"), len(after))
    will = any(word.folded in _HAPPENS or word.has("modes.future") for word in after[stop : stop + 6])
    return will and any(word.has("objects.day") for word in after[stop:])


def _has_pronoun(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether a pronoun, or "Finland's" alone, stands for what is in force; a ban or sanctions are something else."""
    words = view.words
    if act > clause.first and words[act - 1].folded.endswith("'s"):
        return True
    return any(word.folded in PRONOUNS for word in words[max(clause.first, act - 4) : act + 4])


def after_force(view: SentenceView, act: int, stage: Stage, clause: Clause, form: str, mood: Mood) -> Step | None:
    """Amended, invoked or ended: a security document, or the one the text speaks of."""
    cues = ["objects.agreement", "objects.text"]
    if stage is Stage.INVOKED:
        cues.insert(0, "objects.consultation")
    if stage is Stage.ENDED:
        cues.append("objects.declaration")
    is_end = stage is Stage.ENDED
    target = view.find(act, *cues, ahead=8, behind=_FAR if is_end else _BACK, behind_first=is_end)
    if target is None or _is_nothing(view, act, stage, form, target):
        return None
    if target.subject == "other":  # what follows is what was written into it
        target = Target(target.at, target.cue, "open")
    is_call = target.cue == "objects.consultation"
    subject = _of_which(view, target.at) if is_call else target.subject
    step = Step(
        stage, Factuality.FACT, f"{stage}", act, clause, subject, *place_of(target),
        is_anaphoric=subject != "security",
    )  # fmt: skip
    if form in {"past", "passive"} and mood.is_done:
        return step
    return _after_force_to_come(view, step, form, mood)


def _is_nothing(view: SentenceView, act: int, stage: Stage, form: str, target: Target) -> bool:
    """Whether the act is done to something else: no agreement of ours ends, is changed or used."""
    if stage is Stage.INVOKED and not _is_called(view, act):
        return True
    if stage is Stage.ENDED and not _is_what_ends(view, act, target):
        return True
    if target.subject == "other" and (stage is not Stage.AMENDED or view.words[target.at - 1].folded not in _OWN):
        return True
    return stage is Stage.AMENDED and _is_no_change(view, act, form, target)


def _after_force_to_come(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:
    """Amended, invoked or ended in time to come; what only may be is nothing, and who does not mean to leave stays."""
    if form in {"noun", "gerund"}:
        return None
    if step.stage is Stage.ENDED and mood.is_negated and mood.has("plan", "future", "ready", "wish"):
        return as_denied(step)
    held = held_back(view, step, mood)
    return None if held is not None and held.is_hedged else held


def _is_what_ends(view: SentenceView, act: int, target: Target) -> bool:
    """Whether it is the document that ends: far back it is the subject of the same clause, left it follows closely."""
    if view.words[act].folded.startswith(_LEAVING):
        between = view.words[act + 1 : target.at]
        is_other = any(cue.startswith(("actors.", "objects.talks")) for word in between[2:] for cue in word.cues)
        is_other = is_other or any(word.has("objects.talks", "actors.government") for word in between)
        return act < target.at <= act + _LEFT_CLOSE and not is_other
    phrase = [word.folded for word in view.words[act : act + 4]]
    if "longer" in phrase and "to" in phrase:  # "no longer applies to drones"
        return False
    marks = [number for number in range(target.at, act) if view.words[number].folded == ","]
    if len(marks) == _BESIDE and marks[-1] >= act - _BESIDE:
        return True  # "the agreement, signed with Latvia, expired"
    return target.at > act - _NEAR_END or not any(word.folded in ",:" for word in view.words[target.at : act])


def _is_no_change(view: SentenceView, act: int, form: str, target: Target) -> bool:
    """A participle beside its noun ("the renewed accord"), or something added that is no part of a text."""
    before = view.words[act - 1].folded if act else ""
    if form == "past" and target.at > act and (before in _DETERMINERS or before.endswith("'s")):
        return True
    between = {word.folded for word in view.words[act + 1 : target.at]}
    if view.words[act].folded in _CHANGED and (target.at > act + _OBJECT_REACH or between & _TOWARDS):
        return True  # a view changed on an agreement
    is_added = view.words[act].folded.startswith(_ADDED)
    return is_added and not view.near(act, "objects.amendment", behind=6, ahead=6)


def _of_which(view: SentenceView, at: int) -> str:
    """Which agreement consultations are held under, where the sentence names one of ours."""
    document = view.find(at, "objects.agreement", "objects.text", ahead=12, behind=8)
    return "security" if document is not None and document.subject == "security" else "open"


def _is_called(view: SentenceView, act: int) -> bool:
    """What is used is a clause, what is asked for are consultations; to activate or invoke says enough."""
    word = view.words[act].folded
    if not word.startswith(_WEAK):
        return True
    around = view.words[max(0, act - 10) : act + 10]
    if word.startswith(_USED):
        return any(one.has("objects.clause", "objects.consultation") or one.folded.startswith(_TALKS) for one in around)
    return any(one.folded.startswith(_TALKS) for one in around)


def consulted(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Consultations held under a clause of the agreement."""
    around = view.words[max(0, act - 8) : act + 16]
    if form != "past" or not mood.is_done or not any(one.folded.startswith(_TALKS) for one in around):
        return None
    by_clause = any(one.has("objects.clause", "objects.consultation") or one.folded.startswith("24") for one in around)
    target = next((n for n, one in enumerate(view.words) if one.has("objects.agreement", "objects.text")), None)
    if not by_clause or target is None or view.subject(target) == "other":
        return None
    return Step(
        Stage.INVOKED, Factuality.FACT, "invoked.held", act, clause, view.subject(target), target, "objects.agreement",
        is_anaphoric=view.subject(target) != "security",
    )  # fmt: skip


def swap(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """An exchange of letters or notes that changes the agreement; one that brings it into force changes nothing."""
    if not mood.is_done or "modes.change" not in view.all_cues or not _COUNTERPARTS & _names(view, act):
        return None
    if not view.near(act, "modes.change", behind=8, ahead=12) or "objects.force_word" in view.all_cues:
        return None
    target = view.find(act, "objects.agreement", "objects.text", ahead=12)
    if target is not None and target.subject == "other":
        return None
    subject = target.subject if target else "open"
    return Step(
        Stage.AMENDED, Factuality.FACT, "amended.by-letters", act, clause, subject, *place_of(target),
        is_anaphoric=subject != "security",
    )  # fmt: skip


def _names(view: SentenceView, act: int) -> frozenset[str]:
    return frozenset(word.folded for word in view.words[act : act + 4])


def leave(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Withdrawn from a declaration or an agreement that was joined or signed: it ends for who leaves."""
    following = view.words[act + 1 : act + _LEFT_REACH]
    if form != "past" or not mood.is_done or any(w.has("objects.coalition", "objects.consent") for w in following):
        return None
    away = next((n for n, word in enumerate(following[:6]) if word.folded in _AWAY), None)
    is_quit = view.words[act].folded in _QUIT and bool(following) and following[0].folded in _DETERMINERS
    takes_back = any(word.has("join.noun", "objects.signature") for word in following[:4])
    if away is None and not is_quit and not takes_back:
        return None
    stop = next(
        (n for n, word in enumerate(following) if word.folded in ",.;:" or word.has("objects.talks")), _LEFT_REACH
    )
    left = ("objects.declaration", "objects.agreement") if is_quit else ("objects.declaration",)
    at = next((n for n, w in enumerate(following[:stop]) if w.has(*left)), None)
    if at is None:
        return None
    subject = view.subject(act + 1 + at)
    if subject == "other":
        return None
    return Step(
        Stage.ENDED, Factuality.FACT, "ended.left", act, clause, subject, act + 1 + at, "objects.declaration",
        is_anaphoric=subject != "security",
    )  # fmt: skip
