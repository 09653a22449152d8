"""The signing as a thing, held or to be held, and the signature that stands under a text. See `stage`."""

from dataclasses import replace

from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step
from storage.terms import Factuality, Stage

_ALREADY = frozenset({"already", "own", "вже", "уже"})
_MADE = ("sign.", "agree_text.", "finish.", "ready.", "settle.", "approve.", "submit.", "ratify.", "begin.")
_UKRAINE = ("ukrain", "kyiv", "kiev", "украин", "україн", "киев", "київ", "києв")
_DATE = ("date", "day", "time", "дат", "день", "строк")
_SINCE = frozenset({"from", "since", "on", "of", "after", "before", "by", "at", "к", "до", "от", "с", "з", "від"}) | {
    *("после", "після", "на", "в", "у", "зі", "со", "із")
}
_SIGNED_AFTER = frozenset({"after", "після", "после", "following"})
_AFTER = _SIGNED_AFTER | {"before", "upon", "until", "pending", "без", "without", "до", "перед"}


def ceremony(view: SentenceView, at: int, clause: Clause) -> Step | None:
    """A ceremony to be held, where the text tells of what: "the ceremony would be held during the visit"."""
    word = view.words[at]
    if not word.has("objects.ceremony") or any(cue.startswith("sign.") for cue in word.cues):
        return None
    around = view.words[max(clause.first, at - 4) : min(clause.last, at + 10)]
    ahead = [one for one in around if one.has("hold.future", "modes.due", "modes.future")]
    if not ahead or any(one.has("modes.negation", "modes.condition", "sign.noun", "sign.gerund") for one in around):
        return None
    if not any(one.has("hold.future", "hold.past", "modes.due") for one in around):
        return None
    if view.near(at, "modes.possible", behind=4, ahead=4) and not view.near(at, "modes.future", ahead=6):
        return None
    return Step(
        Stage.SIGNING_ANNOUNCED, Factuality.FACT, "signing-announced.ceremony", at, clause, "open", is_anaphoric=True
    )


def own(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """A state that already has its agreement with Ukraine has signed it."""
    words = view.words
    if any(word.has("actors.count") or word.folded.isdigit() for word in words[act : act + 4]):
        return None  # a sum of them
    already = any(word.folded in _ALREADY for word in words[max(clause.first, act - 4) : min(clause.last, act + 4)])
    target = view.find(act, "objects.agreement", ahead=8, behind=8)
    if not already or target is None or target.subject == "other" or mood.is_negated:
        return None
    if mood.has("future", "possible", "condition", "wish", "plan"):
        return None
    between = words[min(act, target.at) : max(act, target.at) + 3]
    unfinished = ("objects.draft", "objects.text", "objects.talks", "modes.negation", "objects.wording")
    if any(one.has(*unfinished) or any(c.startswith(_MADE) for c in one.cues) for one in between):
        return None
    if not any(one.folded.startswith(_UKRAINE) for one in words):
        return None
    return Step(
        Stage.SIGNED, Factuality.FACT, "signed.has-one", act, clause, target.subject, target.at, target.cue,
        is_anaphoric=target.subject != "security",
    )  # fmt: skip


def to_come(step: Step, mood: Mood) -> Step:
    """A signing announced; hedged where it is only hoped for or possible."""
    is_certain = mood.is_planned and not mood.has("wish")
    return replace(
        step,
        stage=Stage.SIGNING_ANNOUNCED,
        rule="signing-announced",
        factuality=Factuality.FACT if is_certain else Factuality.PLANNED,
        is_hedged=not is_certain,
    )


def signing(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:  # noqa: C901, PLR0911 - one return a rule
    """The signing as a thing: held, planned, or only spoken of."""
    near = view.near
    if mood.is_negated or near(step.act, "postpone.past", "refuse.past", "veto.past", behind=8, ahead=8):
        return None
    if near(step.act, "objects.talks", behind=4):  # talks on the conclusion of an agreement
        return None
    before = view.words[step.act - 1].folded if step.act else ""
    if form == "gerund" and before in {"is", "are"}:
        return to_come(step, mood)
    if near(step.act, "approve.past", "approve.passive", behind=4) or mood.has("discuss", "possible"):
        return None
    if mood.has("wish", "ready") or near(step.act, "modes.discuss", ahead=6):
        return None
    if before in _AFTER or (before == "the" and step.act > 1 and view.words[step.act - 2].folded in _AFTER):
        done = "modes.future" not in view.all_cues and not any(
            cue.endswith((".future", ".infinitive")) for cue in view.all_cues
        )
        return replace(step, rule="signed.after") if done and before in _SIGNED_AFTER else None
    is_set = near(step.act, "modes.due", ahead=9) and "objects.day" in view.all_cues
    is_set = is_set or near(step.act, "hold.future", "modes.plan", "modes.future", behind=4, ahead=9)
    if is_set or _is_dated(view, step):
        return to_come(step, replace(mood, is_future=True))
    if (
        near(step.act, "objects.work", behind=3)
        and "objects.day" in view.all_cues
        and not near(step.act, "hold.past", behind=4, ahead=7)
    ):
        return to_come(step, replace(mood, is_future=True))
    if near(step.act, "hold.past", behind=4, ahead=7):
        return replace(step, rule="signed.held")
    if _is_for(view, step.act):
        return to_come(step, replace(mood, is_future=True))
    if mood.has("thanks") and not mood.has("future", "plan"):
        return replace(step, rule="signed.welcomed", guarantor_after=True)
    if form == "gerund" and before == "," and _is_told_as_done(view, step.act):
        return replace(step, rule="signed.by-doing")
    return None


def _is_dated(view: SentenceView, step: Step) -> bool:
    """Whether a date is given for it: "the time for signing", "датою підписання назвали"; no "since the day of"."""
    words = view.words
    for number in range(max(0, step.act - 3), step.act):
        if words[number].folded.startswith(_DATE):
            before = [word.folded for word in words[max(0, number - 2) : number] if word.folded != "the"]
            named = view.near(step.act, "modes.due", "speech.say", "modes.plan", "modes.future", behind=14, ahead=9)
            return not (before and before[-1] in _SINCE) and (named or _is_named(view))
    return False


def _is_named(view: SentenceView) -> bool:
    """Whether something is named, set or spoken of."""
    named = ("nam", "set", "fix", "spok", "назв", "назнач", "призначи", "визначи", "определи", "обра")
    return any(word.folded.startswith(named) for word in view.words)


def _is_told_as_done(view: SentenceView, act: int) -> bool:
    """Whether nothing before a participle makes it less than done: "Latvia followed suit, signing …"."""
    moods = ("future", "possible", "wish", "plan", "ready", "condition", "negation", "almost", "discuss")
    return not any(word.has(*(f"modes.{one}" for one in moods)) for word in view.words[:act])


def _is_for(view: SentenceView, act: int) -> bool:
    """What somebody comes for: "for the signing of", "для подписания"."""
    before = [word.folded for word in view.words[max(0, act - 2) : act]]
    return before[-1:] == ["для"] or before == ["for", "the"]
