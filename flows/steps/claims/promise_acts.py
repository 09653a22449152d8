"""Promises outside a text, and what stops one: refusing, postponing, pledging, offering, wanting. See `stage`."""

from dataclasses import replace

from flows.steps.claims import troops_acts
from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import BlockKind, Factuality, Stage

_STOPPED_ACTS = (
    *("sign.infinitive", "sign.base", "sign.noun", "sign.gerund", "approve.infinitive", "approve.base"),
    *("ratify.noun", "ratify.infinitive", "ratify.base", "join.base", "join.infinitive", "provide.base"),
    "provide.infinitive",
)
_STOPPED_THINGS = ("objects.agreement", "objects.guarantee", "objects.declaration")
_WANTS = ("modes.wish", "modes.see", "modes.ready", "modes.possible", "modes.plan", "modes.agreed", "modes.future")
_ON_A_TEXT = (
    "ratify.",
    "submit.",
    "sign.",
    "finish.",
    "agree_text.",
    "approve.",
    "deploy.",
    "join.",
    "discuss.",
    "adopt.",
    "begin.",
    "work.",
    "continue.",
)
"""What is done to a text and offers nothing: "ready to ratify the guarantees"."""
_SAME = frozenset({"same", "similar", "саму", "самі", "саме", "же"})
_GIVES = ("provid", "contribut", "give", "giving", "make", "offer", "нада", "дат", "предостав")
_INFINITIVES = ("ти", "ть", "тись", "тися", "ться")
_GETS = (
    *("get", "receiv", "obtain", "have", "see", "secur", "ensur", "give", "provid", "offer", "extend", "be", "grant"),
    *("agree", "отрима", "одерж", "мати", "бачит", "нада", "дати", "забезп", "домогт", "здобу", "гарант", "узяти"),
    *("взят", "получ", "иметь", "видеть", "предостав", "дать", "обеспеч", "доби", "увидеть", "побачити", "стати"),
    *("стать", "become", "sign", "підпис", "подпис"),
)
_THAT = frozenset({"that", "щоб", "чтобы", "аби"})
_NEAR = 10


def stopped(view: SentenceView, act: int, kind: BlockKind, clause: Clause, mood: Mood) -> Step | None:
    """A signing, a ratification or a promise refused, postponed, vetoed."""
    if mood.is_negated or mood.has("possible", "wish", "condition") or mood.is_infinitive:
        return None
    behind = _NEAR if kind is BlockKind.POSTPONED else 0
    troops = _troops_stopped(view, act)
    if troops is not None:
        return Step(
            Stage.BLOCKED, Factuality.FACT, f"blocked.{kind}", act, clause, "security", troops.at, troops.cue,
            block_kind=kind,
        )  # fmt: skip
    target = view.find(act, *_STOPPED_ACTS, ahead=8, behind=behind + 4 if behind else 0)
    target = target or view.find(act, *_STOPPED_THINGS, ahead=8, behind=behind)
    if target is None or target.subject == "other":
        return None
    document = view.find(target.at, *_STOPPED_THINGS, ahead=8)
    if document is not None and document.subject == "other":
        return None
    subject = document.subject if document else target.subject
    at = document.at if document else target.at
    if subject != "security" and target.cue in _STOPPED_THINGS:
        return None
    factuality = Factuality.CONDITIONAL if view.near(act, "modes.threat", behind=4) else Factuality.FACT
    cue = document.cue if document else target.cue
    return Step(Stage.BLOCKED, factuality, f"blocked.{kind}", act, clause, subject, at, cue, block_kind=kind)


def _troops_stopped(view: SentenceView, act: int) -> Target | None:
    """Troops that were to be sent, where the sentence speaks of guarantees or the coalition."""
    if view.all_cues.isdisjoint(troops_acts.FORCE_CONTEXT):
        return None
    sending = view.find(act, "deploy.infinitive", "deploy.base", "deploy.gerund", ahead=5, behind=0)
    return view.find(sending.at, "objects.force", ahead=5, behind=0) if sending else None


def withdraw(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """Leaving the coalition; leaving an agreement or the declaration ends it."""
    target = view.find(act, "objects.coalition", "objects.declaration", "objects.agreement", ahead=7, behind=0)
    if target is None or not mood.is_done or target.subject == "other":
        return None
    if target.cue != "objects.coalition":
        if target.cue == "objects.agreement" and target.subject != "security":
            return None
        return Step(Stage.ENDED, Factuality.FACT, "ended.withdrawn", act, clause, target.subject, target.at, target.cue)
    return Step(
        Stage.BLOCKED, Factuality.FACT, "blocked.withdrawn", act, clause, "security", target.at, target.cue,
        block_kind=BlockKind.WITHDRAWN,
    )  # fmt: skip


def pledge(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """A pledge of troops or guarantees outside a document of one country."""
    target = view.find(
        act, "objects.coalition", "objects.force", "objects.guarantee", "objects.unit", "objects.mission", behind=0
    )
    if any(word.folded in _SAME for word in view.words[act + 1 : act + 5]):  # as promised by another before
        target = Target(-1, "objects.force", "open")
    if target is None or mood.is_negated or mood.has("condition", "possible"):
        return None
    if target.subject == "other" and target.cue not in troops_acts.FORCES:
        return None
    if any(word.folded.startswith(troops_acts.NOT_SENDING) for word in view.words[act + 1 : target.at]):
        return None
    if target.cue == "objects.guarantee" and _is_about_to_do(view, act):
        return None
    if target.cue in troops_acts.FORCES and troops_acts.is_ukrainian(view, target.at):
        return None
    is_clear = target.cue in troops_acts.FORCE_CONTEXT or not view.all_cues.isdisjoint(troops_acts.FORCE_CONTEXT)
    subject = "security" if target.at >= 0 and (is_clear or target.cue == "objects.force") else "open"
    cue = "objects.force" if target.cue in troops_acts.FORCES else target.cue
    return Step(Stage.COMMITMENT, Factuality.FACT, "commitment", act, clause, subject, target.at, cue)


def _is_about_to_do(view: SentenceView, act: int) -> bool:
    """Promised to work out, to strike out commitments: another verb than one of giving stands between."""
    following = view.words[act + 1 : act + 3]
    if following and following[0].folded == "to":
        following = following[1:]
    elif not following or not following[0].folded.endswith(("ти", "ть")):
        return False
    gives = ("deploy.", "provide.", "give.", "join.")
    return bool(following) and not any(cue.startswith(gives) for cue in following[0].cues)


def provide(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Giving guarantees: offered or wanted, or refused; never a fact by itself. Giving troops, as sending them."""
    target = view.find(act, "objects.guarantee", "objects.consent", ahead=8, behind=0)
    if view.words[act + 1 : act + 2] and view.words[act + 1].folded == "of":  # "what to make of"
        return None
    if target is not None and target.subject == "security":
        return _given(view, act, form, clause, mood, target)
    if form != "past" and view.words[act].folded.startswith(_GIVES) and view.words[act].folded != "make":
        return troops_acts.given(view, act, form, clause, mood)
    return None


def deploy(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Sending troops, taking part in the force or leading it."""
    return troops_acts.given(view, act, form, clause, mood)


def _given(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood, target: Target) -> Step | None:
    step = Step(
        Stage.PROPOSED, Factuality.FACT, "proposed.provide", act, clause, "security", target.at, "objects.guarantee",
        is_hedged=mood.has("possible"),
    )  # fmt: skip
    if mood.is_negated:
        if not (mood.has("ready", "future") or form == "future"):
            return None
        return replace(step, stage=Stage.BLOCKED, rule="blocked.not-provided", block_kind=BlockKind.REFUSED)
    if mood.has("condition"):
        return None
    if form in {"base", "infinitive", "future", "gerund", "noun"} and (
        mood.has("ready", "wish", "possible", "future", "plan", "agreed")
        or form == "future"
        or _is_suggested(view, clause)
        or (view.is_headline and mood.is_infinitive)
    ):
        return step
    if form == "past" and mood.is_done and view.words[act].folded == "offered":
        return step
    return None


def _is_suggested(view: SentenceView, clause: Clause) -> bool:
    """Suggested that states extend a promise: the wish governs the whole clause."""
    if view.words[clause.first].folded not in _THAT:
        return False
    return any(word.has("modes.wish") for word in view.words[max(0, clause.first - _NEAR) : clause.first])


def wanted(view: SentenceView, at: int, clause: Clause) -> Step | None:
    """A guarantor named as wanted, ready, expected; or guarantees called for."""
    word = view.words[at]
    if word.has("objects.guarantor"):
        return _guarantor_wanted(view, at, clause)
    if word.has("objects.party") and view.near(at, "modes.wish", "modes.ready", behind=_NEAR):
        return Step(
            Stage.PROPOSED, Factuality.FACT, "proposed.party", at, clause, "open", at, "objects.party",
            needs_context=True,
        )  # fmt: skip
    if word.has("objects.guarantee") and view.subject(at) == "security":
        low = max(clause.first, at - 8)
        before = view.words[low:at]
        calls = any(one.has("modes.wish") for one in before) and not _is_wish_to_do(view, low, at)
        ready = any(one.has("modes.ready") for one in before)
        gives = any(cue.startswith("provide.") for one in before for cue in one.cues)
        treats = any(cue.startswith(_ON_A_TEXT) for one in before for cue in one.cues)
        if (
            ready
            and not gives
            and not treats
            and not any(one.has("modes.negation", "modes.condition") for one in before)
        ):
            return Step(
                Stage.PROPOSED, Factuality.FACT, "proposed.ready", at, clause, "security", at, "objects.guarantee"
            )
        if calls and not gives and not any(one.has("modes.negation", "modes.condition") for one in before):
            return Step(
                Stage.PROPOSED, Factuality.FACT, "proposed.called-for", at, clause, "security", at,
                "objects.guarantee", is_hedged=True,
            )  # fmt: skip
    return None


def _is_wish_to_do(view: SentenceView, low: int, at: int) -> bool:
    """Wants to tie the guarantees to a peace deal: another verb than one of giving or getting takes them."""
    wish = next((n for n in range(at - 1, low - 1, -1) if view.words[n].has("modes.wish")), at)
    between = view.words[wish + 1 : at]
    for number, word in enumerate(between):
        is_verb = word.folded.endswith(_INFINITIVES) or (number and between[number - 1].folded == "to")
        if is_verb and not word.folded.startswith(_GETS):
            return True
    return False


def _guarantor_wanted(view: SentenceView, at: int, clause: Clause) -> Step | None:
    around = view.words[max(0, at - 18) : min(clause.last, at + 8)]
    if not any(one.has(*_WANTS, "modes.be") for one in around):
        return None
    if any(
        one.has("modes.negation") and not one.has("modes.no_negation")
        for one in view.words[max(clause.first, at - 6) : at]
    ):
        return None
    return Step(
        Stage.PROPOSED, Factuality.FACT, "proposed.guarantor", at, clause, "security", at, "objects.guarantor",
        is_hedged=any(one.has("modes.possible") for one in around) and not any(one.has("modes.wish") for one in around),
    )  # fmt: skip
