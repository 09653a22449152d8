"""Acts on a document: signing, joining, ratifying, entering into force, ending. See `stage`."""

from dataclasses import replace

from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import BlockKind, Factuality, Stage

AGREEMENTS = ("objects.intent", "objects.agreement", "objects.text", "objects.declaration")
_NOUNS = frozenset({"gerund", "noun"})
_PASSIVE_BE = frozenset({"was", "were", "been", "is", "are", "be", "being"})


def is_passive(view: SentenceView, act: int, form: str) -> bool:
    """A passive form, or an English participle after a form of "to be"."""
    if form == "passive":
        return True
    return form == "past" and any(word.folded in _PASSIVE_BE for word in view.words[max(0, act - 3) : act])


def sign(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Signing, concluding, sealing; a signed G7 declaration was joined, a signed law on ratification ratifies."""
    bill = view.find(act, "objects.bill", ahead=4, behind=0)
    if bill is not None:
        if form == "past" and mood.is_done and view.near(bill.at, "ratify.noun", ahead=4):
            return Step(Stage.RATIFIED, Factuality.FACT, "ratified.law-signed", act, clause, "open", bill.at, bill.cue)
        return None
    passive = is_passive(view, act, form)
    target = view.find(act, *AGREEMENTS, "objects.talks", behind_first=passive)
    target = target or view.find(act, "objects.guarantee", ahead=4, behind=0)
    if target is None or target.subject == "other" or target.cue == "objects.talks":
        return None
    if target.cue == "objects.declaration":
        return join(view, act, form, clause, mood)
    if target.cue == "objects.text" and target.subject == "unclear":
        return None
    step = Step(Stage.SIGNED, Factuality.FACT, "signed", act, clause, target.subject, target.at, target.cue)
    if form in _NOUNS:
        return _signing(view, step, form, mood)
    if mood.has("almost"):
        return replace(step, stage=Stage.TEXT_AGREED, rule="text-agreed.almost-signed", is_hedged=True)
    if mood.is_negated:
        return _not_signed(view, step, form, mood)
    if mood.is_done:
        return step
    return _not_yet_signed(view, step, mood)


def _not_yet_signed(view: SentenceView, step: Step, mood: Mood) -> Step | None:
    if mood.has("condition") and not mood.is_planned:
        return None
    if mood.is_present:
        return _signs_now(view, step)
    if mood.has("condition") or "modes.if" in view.all_cues:
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


def join(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Joining the G7 declaration; joining guarantors is a proposal, joining the coalition a commitment."""
    target = view.find(act, "objects.declaration") or view.find(
        act, "objects.guarantor", "objects.coalition", "objects.guarantee"
    )
    if target is None or target.subject == "other" or view.near(target.at, "objects.intent"):
        return None
    step = Step(Stage.JOINED_DECLARATION, Factuality.FACT, "joined", act, clause, target.subject, target.at, target.cue)
    if target.cue in {"objects.guarantor", "objects.guarantee"}:
        return _join_guarantors(step, mood)
    if target.cue == "objects.coalition":
        step = replace(step, stage=Stage.COMMITMENT, rule="commitment.joined-coalition", subject="security")
    if mood.is_negated:
        is_future = form == "future" or mood.has("future")
        kind = BlockKind.REFUSED if is_future else BlockKind.NOT_DONE
        return replace(step, stage=Stage.BLOCKED, rule="blocked.not-joined", block_kind=kind)
    if _has_joined(view, act, form, mood):
        after = mood.has("thanks") or (view.near(act, "modes.thanks", behind=6) and form in _NOUNS)
        return replace(step, guarantor_after=after)
    if form == "noun" and not mood.has("ready", "wish", "possible", "plan"):
        return None
    return replace(step, stage=Stage.PROPOSED, rule="proposed.ready-to-join", is_hedged=mood.has("possible"))


def _has_joined(view: SentenceView, act: int, form: str, mood: Mood) -> bool:
    if mood.is_nth or form == "past":
        return mood.is_done
    decided = mood.has("agreed", "decision") or view.near(act, "modes.decision", behind=6)
    if form == "present" or mood.is_present:
        return not mood.has("future", "possible", "wish")
    if mood.has("ready", "wish", "possible") or (mood.has("future") and not decided):
        return False
    if form in _NOUNS:
        thanked = view.near(act, "modes.thanks", behind=8, ahead=8)
        progressive = form == "gerund" and view.words[act - 1].folded in {"is", "are", "was", "were", "am"}
        return thanked or decided or progressive
    return decided and form in {"base", "infinitive"}


def _join_guarantors(step: Step, mood: Mood) -> Step | None:
    if mood.is_negated or step.subject == "other":
        return None
    wanted = mood.has("wish") and not mood.has("ready")
    return replace(step, stage=Stage.PROPOSED, rule="proposed.join-guarantors", guarantor_after=wanted)


def adopt(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """The G7 adopted its declaration."""
    target = view.find(act, "objects.declaration", ahead=6, behind=0)
    if form != "past" or target is None or target.subject != "security" or not mood.is_done:
        return None
    if view.near(act, "join.gerund", "join.noun", ahead=6):
        return None
    return Step(
        Stage.JOINED_DECLARATION, Factuality.FACT, "joined.adopted", act, clause, "security", target.at, target.cue
    )


def become(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """Becoming a signatory of the declaration, or a guarantor."""
    target = view.find(act, "objects.signatory", "objects.guarantor", ahead=5, behind=0)
    if target is None or mood.is_negated:
        return None
    if target.cue == "objects.guarantor":
        return Step(Stage.PROPOSED, Factuality.FACT, "proposed.become", act, clause, "security", target.at, target.cue)
    declaration = view.find(act, "objects.declaration", ahead=8, behind=0)
    if declaration is None or mood.has("future", "possible", "wish"):
        return None
    return Step(
        Stage.JOINED_DECLARATION, Factuality.FACT, "joined.signatory", act, clause, declaration.subject,
        declaration.at, declaration.cue,
    )  # fmt: skip


def ratify(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Ratification by a parliament. What awaits it is `submitted`; what should be ratified is nothing yet."""
    target = view.find(act, *AGREEMENTS, behind_first=is_passive(view, act, form))
    subject = target.subject if target else "open"
    if subject == "other":
        return None
    step = Step(Stage.RATIFIED, Factuality.FACT, "ratified", act, clause, subject, *_place(target))
    if form == "noun":
        voted = view.near(act, "vote.past", behind=5) and not mood.is_negated and not mood.has("future", "possible")
        return replace(step, rule="ratified.voted") if voted else None
    if mood.is_negated:
        if form not in {"past", "base"} or (view.near(act, "modes.negation", behind=10) and _none_of(view, act)):
            return None
        return replace(step, stage=Stage.BLOCKED, rule="blocked.not-ratified", block_kind=BlockKind.NOT_DONE)
    if form in {"past", "passive"}:
        return step if mood.is_done and not _none_of(view, act) else None
    if mood.is_present and view.is_headline:
        return replace(step, rule="ratified.headline-present")
    return None


def _none_of(view: SentenceView, act: int) -> bool:
    nothing = {"none", "no", "neither", "жодна", "жодну", "жоден", "жодної"}
    return any(word.folded in nothing for word in view.words[max(0, act - 12) : act])


def _place(target: Target | None) -> tuple[int, str]:
    return (target.at, target.cue) if target else (-1, "")


def approve(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Approved by a parliament: ratified. Approved by a government (its signing, its draft): the text is agreed."""
    if form not in {"past", "passive"} or not mood.is_done:
        return None
    if view.find(act, "objects.declaration", ahead=8, behind=0):
        return None
    target = view.find(act, *AGREEMENTS, behind_first=is_passive(view, act, form))
    if target is None or target.subject == "other":
        return None
    step = Step(
        Stage.TEXT_AGREED, Factuality.FACT, "text-agreed.approved", act, clause, target.subject, *_place(target)
    )
    signs = view.near(act, "sign.noun", "sign.gerund", "objects.draft", ahead=5)
    if view.near(act, "actors.parliament", behind=6, ahead=6) and not signs:
        return replace(step, stage=Stage.RATIFIED, rule="ratified.approved")
    return step if signs or view.near(act, "actors.government", behind=8, ahead=4) else None


def submit(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """Sent to a parliament for ratification."""
    if not mood.is_done or not view.near(act, "ratify.noun", "ratify.infinitive", "actors.parliament", ahead=9):
        return None
    if not view.near(act, "ratify.noun", "ratify.infinitive", ahead=12):
        return None
    target = view.find(act, "objects.agreement", "objects.text", ahead=14)
    if target is not None and target.subject == "other":
        return None
    subject = target.subject if target else "open"
    return Step(Stage.SUBMITTED, Factuality.FACT, "submitted", act, clause, subject, *_place(target))


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
    return Step(Stage.SUBMITTED, Factuality.FACT, "submitted.awaits", act, clause, target.subject, *_place(target))


def force(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Entered into force."""
    target = view.find(act, *AGREEMENTS, "objects.guarantee", behind_first=True)
    if target is None or target.subject == "other" or mood.is_negated:
        return None
    step = Step(Stage.IN_FORCE, Factuality.FACT, "in-force", act, clause, target.subject, *_place(target))
    if form == "past":
        return step if mood.is_done else None
    waits = view.near(act, "modes.condition", ahead=8) or any(
        word.folded in {"only", "after", "when", "лише", "тільки", "після", "только", "после"}
        for word in view.words[act : act + 9]
    )
    if form == "present" and view.is_headline and not waits and not mood.is_infinitive and not mood.has("future"):
        return replace(step, rule="in-force.headline-present")
    return None


def after_force(view: SentenceView, act: int, stage: Stage, clause: Clause, mood: Mood) -> Step | None:
    """Amended, invoked or ended: only of a document named as a security one."""
    cues = ("objects.consultation", "objects.agreement") if stage is Stage.INVOKED else ("objects.agreement",)
    target = view.find(act, *cues, ahead=6, behind=6)
    if target is None or not mood.is_done or (target.subject != "security" and target.cue == "objects.agreement"):
        return None
    return Step(stage, Factuality.FACT, f"{stage}", act, clause, "security", *_place(target))
