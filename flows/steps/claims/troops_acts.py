"""The force for Ukraine: who sends troops to it, takes part in it or leads it, and who will not. See `stage`."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from flows.steps.claims.cues import Clause, Word
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import BlockKind, Factuality, Stage

FORCE_CONTEXT = frozenset({"objects.guarantee", "objects.guarantor", "objects.coalition"})
FORCES = frozenset({"objects.force", "objects.coalition", "objects.unit", "objects.mission"})
"""What is sent, or what one takes part in."""
NOT_SENDING = (
    *("train", "навчан", "навчат", "підготовк", "готуват", "обуч", "подготовк", "готовить", "вишкол"),
    *("consider", "discuss", "розгля", "обговор", "рассмотр", "обсуд", "ban", "заборон", "запрет"),
)
"""What is done about troops without sending any: training them, thinking about them, forbidding them."""
OBLIGES = ("oblig", "requir", "bind", "зобов'яз", "обяз", "вимага", "требу", "передбача", "предусматр", "envisag")
"""What a text does not oblige anyone to is not refused by anyone."""
_NO_DUTY = (
    *("against", "accept", "toler", "allow", "permit", "need", "проти", "против", "терпіт", "терпет", "потріб", "нужн"),
    *("promis", "oblig", "requir", "contain", "foresee", "envisag", "mention", "entail", "include", "mean", "say"),
    *("обіця", "міст", "зобов'яз", "передбач", "вимага", "означа", "включа", "згаду", "тягне"),
    *("обеща", "содерж", "обяза", "обязыв", "предусм", "требу", "подразум", "упомина", "влечет"),
)
"""What a text does not do: to hold no duty is no refusal."""
_TAKES_PART = (
    *("take", "took", "taken", "particip", "lead", "head", "command", "serv", "be", "join", "involve", "participation"),
    *("взя", "візьм", "взят", "бра", "очол", "долуч", "приєдн", "увій", "участ", "служ", "стоят", "патрул"),
    *("приня", "прим", "возьм", "возгл", "присоед", "подключ", "вой", "вход", "участв", "буд"),
)
_TAKEN_ON = ("objects.coalition", "objects.force", "objects.mission", "objects.guarantee")
_MEETINGS = ("actors.venue", "objects.session", "objects.talks", "speech.say", "subject.schedule")
_WOULD = frozenset({"would", "б", "би", "бы"})
_OF_OTHERS = ("red sea", "kosovo", "lebanon", "hormuz", "sahel", "червон", "красно", "косово", "ліван", "ливан")
_ONLY = frozenset({"only", "лише", "тільки", "только", "лишь"})
_IFS = frozenset({"if", "after", "when", "once", "якщо", "після", "за", "если", "после", "при"})
_SPOKEN_OF = (
    *("consider", "foresee", "envisag", "mention", "discuss", "розгля", "передбач", "згаду", "обговор", "йдеться"),
    *("рассмат", "предусм", "упомина", "обсужд", "идет"),
)
_WHETHER = frozenset({"whether", "чи", "ли"})
_NOBODY = frozenset({"nobody", "ніхто", "никто"})
_CONSIDERS = ("consider", "розгля", "рассмотр")
_UKRAINIAN = ("ukrainian", "українськ", "украинск")
_AID = ("aid", "assist", "help", "допомо", "помощ", "техні", "техник")
_REACH = 9
_BEFORE_VERB = 5


def given(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Troops sent or a part of the force taken on: promised, offered, wanted or refused, by the mood of the act."""
    target = _given_thing(view, act, form)
    if target is None or _is_unsaid(view, act, clause):
        return None
    is_named = not view.all_cues.isdisjoint(FORCE_CONTEXT)
    step = Step(
        Stage.PROPOSED, Factuality.FACT, "proposed.provide", act, clause, "security" if is_named else "open",
        target.at, "objects.guarantee" if target.cue == "objects.guarantee" else "objects.force",
    )  # fmt: skip
    if _is_put_aside(view, target.at, clause):  # "the possibility to send soldiers is not considered in it"
        return None
    if mood.is_negated or _is_refused_after(view, act, form, clause):
        if is_no_duty(view.words[max(clause.first, act - _BEFORE_VERB) : act]):
            return None
        if any(word.folded.startswith(OBLIGES) for word in view.words[max(clause.first, act - 4) : act]) or not (
            mood.has("ready", "future", "plan", "wish") or form in {"future", "infinitive"}
        ):
            return None
        return replace(step, stage=Stage.BLOCKED, rule="blocked.not-provided", block_kind=BlockKind.REFUSED)
    if target.cue == "objects.nobody" or (form == "noun" and mood.has("decision", "agreed")):
        return None
    return _promised(view, step, form, mood)


def _promised(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Will send: promised. Ready, able, asked to send: proposed."""
    act, clause = step.act, step.clause
    if is_conditional(view, act, clause):
        return None
    if form == "past":
        return replace(step, stage=Stage.COMMITMENT, rule="commitment.taken-on") if mood.is_done else None
    around = view.words[max(clause.first, act - _BEFORE_VERB) : act + 2]
    would = any(word.folded in _WOULD for word in around)
    is_reported = would and _is_reported(view, act, clause)
    possible = (
        mood.has("possible")
        if not is_reported
        else any(word.has("modes.possible") and word.folded not in _WOULD for word in around)
    )
    if possible and _is_only_if(view, act):
        return replace(step, stage=Stage.COMMITMENT, factuality=Factuality.CONDITIONAL, rule="commitment.only-if")
    if possible or (would and not is_reported) or mood.has("ready", "wish"):
        return replace(step, is_hedged=possible or would)
    if form in {"noun", "gerund"} and view.near(act, "approve.past", "vote.past", behind=3) and not mood.has("future"):
        return replace(step, stage=Stage.COMMITMENT, rule="commitment.approved")
    is_of_troops = step.object_cue == "objects.force"
    will = form == "future" or (mood.has("future") and not mood.has("plan"))
    if is_of_troops and (will or (mood.has("agreed") and form != "noun")):
        return replace(step, stage=Stage.COMMITMENT, rule="commitment.will-give")
    if mood.has("plan") and view.near(act, "objects.intent", behind=6):  # "signed a declaration of intent to deploy"
        is_signed = "sign.past" in view.all_cues
        return replace(step, stage=Stage.COMMITMENT, rule="commitment.intent") if is_signed else None
    if mood.has("plan", "future") or (view.is_headline and mood.is_infinitive):
        return step
    return None


def _is_only_if(view: SentenceView, act: int) -> bool:
    """Could, only if: said of what must come first, no offer."""
    after = [word.folded for word in view.words[act + 1 : act + 16]]
    return any(one in _ONLY and two in _IFS for one, two in pairwise(after))


def _is_reported(view: SentenceView, act: int, clause: Clause) -> bool:
    """Said it would send: the future of what was said, not a mere possibility."""
    before = view.words[max(0, clause.first - _REACH) : act]
    return any(word.has("speech.say", "pledge.past") for word in before)


def _given_thing(view: SentenceView, act: int, form: str) -> Target | None:
    """The troops sent, or the force one takes part in; None where others do, or something else is done about it."""
    takes_part = view.words[act].folded.startswith(_TAKES_PART)
    cues = _TAKEN_ON if takes_part else ("objects.force", "objects.unit")
    target = view.find(act, *cues, "objects.nobody", ahead=_REACH, behind=0)
    if target is None and form in {"future", "infinitive"} and not view.words[act].folded.isascii():
        target = view.find(act, *cues, "objects.nobody", ahead=0, behind=_BEFORE_VERB)
    if target is None:
        return None
    low, high = sorted((act, target.at))
    between = view.words[low + 1 : high]
    if any(word.has(*_MEETINGS, "subject.other") for word in between):
        return None
    if view.near(target.at + 1, *_MEETINGS[:2], ahead=1):  # "the force's headquarters", "a coalition meeting"
        return None
    around = range(max(0, act - 3), high)
    if any(view.words[n].folded.startswith(NOT_SENDING) and not _is_not_even_considered(view, n) for n in around):
        return None
    after = view.words[target.at + 1 : target.at + 2]
    if any(word.folded.startswith(_AID) for word in after) or is_ukrainian(view, target.at):
        return None
    return target if _is_for_ukraine(view, target) else None


def is_no_duty(between: Sequence[Word]) -> bool:
    """Whether what is denied is a duty to send: "does not require sending", "commits nobody to", "не содержит"."""
    words = [word.folded for word in between]
    if any(word.startswith(_NO_DUTY) for word in words):
        return True
    return any(
        (one.startswith("commit") and "to" in words[at:]) or (one.startswith("provid") and "for" in words[at:])
        for at, one in enumerate(words)
    )


def is_ukrainian(view: SentenceView, at: int) -> bool:
    """Whether the soldiers spoken of are Ukraine's own."""
    return any(word.folded.startswith(_UKRAINIAN) for word in view.words[max(0, at - 2) : at])


def _is_not_even_considered(view: SentenceView, number: int) -> bool:
    """Is not considering it: that says no, where considering says nothing."""
    if not view.words[number].folded.startswith(_CONSIDERS):
        return False
    return any(word.has("modes.negation") for word in view.words[max(0, number - 2) : number])


def _is_for_ukraine(view: SentenceView, target: Target) -> bool:
    """Whether troops and ships do not go to another war."""
    text = " ".join(word.folded for word in view.words[target.at : target.at + _REACH])
    return not any(other in text for other in _OF_OTHERS)


def _is_refused_after(view: SentenceView, act: int, form: str, clause: Clause) -> bool:
    """Отправлять не будет: the negation stands with a future after an infinitive."""
    after = view.words[act + 1 : min(clause.last, act + 4)]
    return form == "infinitive" and any(
        one.has("modes.negation") and two.has("modes.future") for one, two in pairwise(after)
    )


def _is_unsaid(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether it is a question left open, or what nobody did: "did not say whether it would send", "чи надішле"."""
    before = view.words[max(0, clause.first - 2, act - _REACH) : act + 2]
    return any(word.folded in _WHETHER or word.folded in _NOBODY for word in before)


def _is_put_aside(view: SentenceView, at: int, clause: Clause) -> bool:
    """Whether what is said of it, after it, is that it is not considered, foreseen or spoken of."""
    after = view.words[at + 1 : min(clause.last, at + _REACH)]
    return any(
        one.has("modes.negation") and any(two.folded.startswith(_SPOKEN_OF) for two in after[n + 1 : n + 4])
        for n, one in enumerate(after)
    )


def is_conditional(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether the act itself stands in a condition: "if they send troops", not "once it is quiet, they will send"."""
    for number in range(act - 1, clause.first - 1, -1):
        word = view.words[number]
        if word.folded == ",":
            return False
        if word.has("modes.condition"):
            return True
    return False
