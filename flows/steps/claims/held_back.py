"""A step on a document that was not taken: planned, hung on a condition, or denied. See `stage`.

Only what is done moves a ledger line; what is to come is kept and shown beside it.
"""

from dataclasses import replace
from itertools import pairwise

from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step
from storage.terms import Factuality, Stage

_REACH = 10
_SOON = frozenset({("soon", "as"), ("long", "as"), ("як", "тільки"), ("как", "только")})
_IF_REACH = 10
_PRESUPPOSED = frozenset({"when", "after", "once", "until", "before", "till", "whenever", "without"}) | {
    *("коли", "після", "щойно", "доки", "допоки", "поки", "перш", "без", "когда", "после", "пока", "прежде")
}
_PREPOSITIONS = frozenset({"після", "после", "без"})
_AS = frozenset({"як", "как"})
_ARTICLES = frozenset({"the", "its", "their", "a"})
_THAT = frozenset({"that", "this", "which"})
_NOT_MEANT = frozenset({"could", "should", "б", "би", "бы", "варто", "следует", "possible", "whether", "чи", "ли"})
_NOT_SURE = frozenset({"may", "might", "can", "likely", "може", "можуть", "зможе", "зможуть", "ймовірно"}) | {
    *("может", "могут", "сможет", "смогут", "вероятно")
}
_OPINION_REACH = 14
_PROMISED = ("promis", "pledg", "vow", "undert", "обіця", "пообіця", "зобов'яз", "обеща", "пообеща", "обяза", "обязу")
_PAUSES = frozenset({",", "-", '"'})
_HOLDER = 6
_COURSE = ("schedul", "plan", "timetabl", "графік", "график", "план", "nothing")
"""What goes on as planned: "if the schedule holds" is no condition."""
_NEEDS = (
    *("need", "oblig", "requir"),
    *("треба", "обов'яз", "потреб", "належ", "підляг"),
    *("обязан", "нужно", "надо", "нужда", "требу", "подлеж"),
)
_NEEDED_REACH = 8
_MUST = ("must", "need", "have", "повин", "мають", "має", "мусять", "мусить", "долж", "обязан")
_IN_ORDER = (["in", "order"], ["для", "того"], ["for", "the"], ["заради", "того"])
_ONLY = frozenset({"only", "лише", "тільки", "только", "лишь"})
_DENIABLE = frozenset(
    {Stage.SIGNED, Stage.SUBMITTED, Stage.RATIFIED, Stage.IN_FORCE, Stage.AMENDED, Stage.INVOKED, Stage.ENDED}
)


def held_back(view: SentenceView, step: Step, mood: Mood, *, is_present: bool = False) -> Step | None:  # noqa: PLR0911 - one return a reading
    """The step as the sentence holds it where it does not tell it as done; None where it is only wished or discussed.

    `is_present`: the act stands in the present tense, which in running text tells of what is fixed to come.
    """
    words, act, clause = view.words, step.act, step.clause
    before = words[_opening(view, act, clause) : act]
    if mood.has("almost", "discuss") or any(word.has("modes.urge") for word in before):
        return None
    if is_under_if(view, step):
        return replace(step, factuality=Factuality.CONDITIONAL, rule=f"{step.rule}.if")
    if view.near(act, "speech.opinion", behind=_OPINION_REACH) or is_held_after(view, act):
        return replace(step, factuality=Factuality.OPINION, rule=f"{step.rule}.held")
    if any(word.folded in _NOT_MEANT for word in before) or words[clause.first].folded == "had":
        return None
    if mood.is_negated:
        return denied(view, step, mood)
    if is_presupposed(view, act, clause):
        return None
    ahead = mood.is_future or mood.has("future", "plan", "agreed", "be") or _is_likely(view, act, clause)
    ahead = ahead or (mood.is_infinitive and any(word.folded.startswith(_PROMISED) for word in before))
    if is_needed(view, act):
        return None
    is_told = ahead or is_present or (mood.is_infinitive and mood.has("possible"))
    if not is_told or (mood.has("wish") and not ahead):
        return None
    is_hedged = mood.has("wish") or any(word.folded in _NOT_SURE for word in before)
    opens_with_if = is_after_if(view, step)
    if opens_with_if or _hangs_on_if(view, step):
        is_hedged = is_hedged and opens_with_if
        return replace(step, factuality=Factuality.CONDITIONAL, rule=f"{step.rule}.if", is_hedged=is_hedged)
    return replace(step, factuality=Factuality.PLANNED, rule=f"{step.rule}.to-come", is_hedged=is_hedged)


def is_under_if(view: SentenceView, step: Step) -> bool:
    """Whether the act itself is the condition: "if the parliament ratifies"."""
    first = _opening(view, step.act, step.clause)
    return any(word.has("modes.if") for word in view.words[first : step.act])


def is_after_if(view: SentenceView, step: Step) -> bool:
    """Whether a condition with its own verb opens what is said, and the act follows: "if the Senate agrees, …"."""
    words = view.words
    for number in range(step.act):
        if words[number].has("modes.if") and any(word.folded == "," for word in words[number : step.act]):
            opens = number == 0 or not words[number - 1].folded.isalnum() or words[number - 1].has("speech.break")
            between = words[number : step.act]
            is_smooth = any(word.has("modes.negation") or word.folded.startswith(_COURSE) for word in between)
            return opens and not is_smooth and not any(word.folded in ".;" for word in between)
    return False


def is_held_after(view: SentenceView, act: int) -> bool:
    """Whether the sentence ends with whose opinion it is: "…, вважає аналітик", "…, an analyst believes"."""
    words = view.words
    for number in range(act + 1, len(words)):
        if not words[number].has("speech.opinion"):
            continue
        before = words[max(act, number - _HOLDER) : number]
        pauses = [place for place, word in enumerate(before) if word.folded in _PAUSES]
        return bool(pauses) and not any(word.has("speech.break") for word in before[pauses[-1] :])
    return False


def denied(view: SentenceView, step: Step, mood: Mood) -> Step | None:
    """What was not done, as told; what need not be done, or will not be, is something else."""
    if mood.is_future or mood.has("future", "possible", "plan", "condition"):
        return None
    after = view.words[step.act : step.act + 7]
    stop = next((number for number, word in enumerate(after) if word.folded == ","), len(after))
    near = (*view.words[max(0, step.act - 4) : step.act], *after[:stop])
    if any(word.folded.startswith(_NEEDS) for word in near):
        return None
    if mood.is_infinitive and not any(word.folded == "yet" for word in near):
        return None  # "does not have to approve"
    return as_denied(step)


def as_denied(step: Step) -> Step:
    """The step as one that the sentence says was not taken."""
    return replace(step, factuality=Factuality.NEGATED, rule=f"{step.rule}.denied", is_hedged=False)


def is_deniable(step: Step) -> bool:
    """Whether to say that this step was not taken says something: steps on documents, told as done."""
    return step.stage in _DENIABLE and step.factuality is Factuality.FACT


def _hangs_on_if(view: SentenceView, step: Step) -> bool:
    """Whether a condition stands close by and no day does; entering into force hangs on something by its nature."""
    if step.stage is Stage.IN_FORCE or "objects.day" in view.all_cues:
        return False
    return view.near(step.act, "modes.if", behind=_IF_REACH, ahead=_IF_REACH)


def is_needed(view: SentenceView, act: int) -> bool:
    """Whether the sentence tells what would be needed, or that nothing is: "голосування не є обов'язковим"."""
    words = view.words
    after = words[act + 1 : act + _NEEDED_REACH]
    for number, word in enumerate(after):
        if word.folded == ",":
            break
        if word.has("modes.negation") and any(one.folded.startswith(_NEEDS) for one in after[number + 1 : number + 3]):
            return True
    is_due = any(word.folded.startswith(_MUST) for word in words[max(0, act - 3) : act + 4])
    openings = [word.folded for word in words[:3]]
    return is_due and (openings[:1] in (["щоб"], ["чтобы"], ["аби"]) or openings[:2] in _IN_ORDER)


def is_presupposed(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether the act only dates another: "once it is ratified", "после того как вступит в силу"."""
    words = view.words
    first = _opening(view, act, clause)
    if first > 1 and words[first].folded in _AS and words[first - 1].folded == ",":
        return True  # "після того, як"
    for number in range(act - 1, first - 1, -1):
        if words[number].folded not in _PRESUPPOSED:
            continue
        following = [word for word in words[number + 1 : number + 3] if word.folded not in _ARTICLES]
        if words[number].folded in _PREPOSITIONS:
            if any(word.folded in _AS for word in words[number + 2 : number + 3]):
                return True
            continue
        is_noun = any(cue.endswith((".noun", ".gerund")) for word in following[:1] for cue in word.cues)
        if is_noun or (following and following[0].folded in _THAT):
            continue
        is_only = number > 0 and words[number - 1].folded in _ONLY
        return not (is_only and any(word.has("modes.future", "modes.possible") for word in words[number:act]))
    return False


def is_as_soon_as(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether the act is what something waits for: "as soon as", "як тільки", "как только", "щойно"."""
    before = [word.folded for word in view.words[max(clause.first - 2, act - _REACH, 0) : act]]
    if "щойно" in before or "едва" in before:
        return "," in before or before[0] in {"щойно", "едва"}
    return any(pair in _SOON for pair in pairwise(before))


def _is_likely(view: SentenceView, act: int, clause: Clause) -> bool:
    before = view.words[max(clause.first, act - _REACH) : act]
    return any(word.folded in _NOT_SURE or word.has("modes.ahead") for word in before)


def _opening(view: SentenceView, act: int, clause: Clause) -> int:
    """Where what may govern the act begins: after the last comma before it."""
    low = max(clause.first, act - _REACH)
    commas = [number for number in range(low, act) if view.words[number].folded == ","]
    return commas[-1] + 1 if commas else low
