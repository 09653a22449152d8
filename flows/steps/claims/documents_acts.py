"""Acts on a document: signing, joining, ratifying, entering into force, ending. See `stage`."""

from dataclasses import replace
from itertools import pairwise

from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import BlockKind, Factuality, Stage

AGREEMENTS = ("objects.intent", "objects.agreement", "objects.text", "objects.declaration")
NOUNS = frozenset({"gerund", "noun"})
PRONOUNS = frozenset(
    {"it", "them", "його", "її", "їх", "він", "вона", "воно", "вони", "его", "ее", "их", "он", "она", "оно", "они"}
)
_RELATIVE = frozenset(
    {"which", "that", "який", "яка", "яке", "які", "яку", "якого", "который", "которая", "которое", "которые"}
    | {"которую", "которого", "которых", "яких"}
)
_NONE = frozenset(
    {"none", "no", "neither", "nobody", "жодна", "жодну", "жоден", "жодної", "жодною", "жодного", "ніхто", "никто"}
)
_OWN = frozenset({"its", "their", "our", "свое", "свій", "свою", "своє", "своей", "своєї", "нашу", "наше"})
_READING = frozenset({"consideration", "scrutiny", "розгляд", "рассмотрение"})
_ARTICLES = frozenset({"a", "an", "any", "every", "no"})
_LONG_ENDINGS = ("ій", "ої", "ою", "ого", "им", "их", "ими", "ому", "ым", "ых", "ыми", "ому", "ого", "ой", "ую", "ую")
_CAUSING = frozenset({"have", "has", "had", "see", "get", "got", "want", "wants", "wanted"})
_OTHER_COUNCILS = ("міністр", "европ", "європ", "єс", "нац", "безпек", "нато")
_PASSIVE_BE = frozenset({"was", "were", "been", "is", "are", "be", "being"})


def is_passive(view: SentenceView, act: int, form: str) -> bool:
    """A passive form, or an English participle after a form of "to be"."""
    if form == "passive":
        return True
    return form == "past" and any(word.folded in _PASSIVE_BE for word in view.words[max(0, act - 3) : act])


def is_attribute(view: SentenceView, act: int, form: str) -> bool:
    """A participle beside its noun, as "an accord, signed in May" or "a signed accord"; not "is signed"."""
    before = view.words[act - 1].folded if act else ""
    if form == "past":
        return before in _ARTICLES or before.endswith("'s")
    return form == "passive" and (view.words[act].folded.endswith(_LONG_ENDINGS) or before == ",")


def is_head_to_come(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether what the participle belongs to is itself wished for, planned or denied."""
    low = max(0, clause.first, act - 12)
    cues = ("modes.future", "modes.wish", "modes.possible", "modes.ready", "modes.condition")
    return any(word.has(*cues) for word in view.words[low:act]) or view.near(act, "modes.negation", behind=4)


def is_of_something_else(view: SentenceView, act: int, clause: Clause) -> bool:
    """A relative clause on what is no document, or a sentence that spoke of a decree or a law before."""
    if view.words[clause.first].folded in _RELATIVE:
        return True
    return any(word.has("objects.bill", "objects.paper") for word in view.words[:act])


def join(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Joining the G7 declaration; joining guarantors is a proposal, joining the coalition a commitment."""
    target = (
        view.find(act, "objects.declaration")
        or view.find(act, "objects.guarantor", "objects.coalition", "objects.guarantee")
        or view.find(act, "objects.text", "objects.agreement", "actors.it", ahead=4, behind=4)
    )
    is_thing = form in {"noun", "base", "infinitive"}
    if target is None and is_thing and view.near(act, "modes.decision", "vote.past", behind=3, ahead=3):
        target = Target(act, "objects.declaration", "open")
    if target is None or target.subject == "other" or view.near(target.at, "objects.intent"):
        return None
    if mood.has("condition"):
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
        after = mood.has("thanks") or (view.near(act, "modes.thanks", behind=6) and form in NOUNS)
        return replace(step, guarantor_after=after)
    if form == "noun" and not mood.has("ready", "wish", "possible", "plan"):
        return None
    return replace(step, stage=Stage.PROPOSED, rule="proposed.ready-to-join", is_hedged=mood.has("possible"))


def _has_joined(view: SentenceView, act: int, form: str, mood: Mood) -> bool:
    if mood.is_nth or form == "past":
        return mood.is_done
    decided = mood.has("agreed", "decision") or view.near(act, "modes.decision", behind=6)
    if form == "noun":
        decided = _is_decided(view, act)
    if form == "present" or mood.is_present:
        return not mood.has("future", "possible", "wish")
    if mood.has("ready", "wish", "possible") or (mood.has("future") and not decided):
        return False
    if form in NOUNS:
        thanked = view.near(act, "modes.thanks", behind=8, ahead=8)
        progressive = form == "gerund" and view.words[act - 1].folded in {"is", "are", "was", "were", "am"}
        return thanked or decided or progressive
    return decided and form in {"base", "infinitive"}


def _is_decided(view: SentenceView, act: int) -> bool:
    """A decision, announcement or vote at a noun, told as done: not "were to announce their accession"."""
    near = view.words[max(0, act - 6) : act + 4]
    return any(
        word.has("modes.decision", "modes.agreed", "vote.past") and not word.folded.endswith(("ти", "ть"))
        for word in near
    )


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
    step = Step(
        Stage.RATIFIED, Factuality.FACT, "ratified", act, clause, subject, *_place(target),
        is_anaphoric=target is None and subject != "security",
    )  # fmt: skip
    if form == "noun":
        voted = view.near(act, "vote.past", behind=5) and not mood.is_negated and not mood.has("future", "possible")
        return replace(step, rule="ratified.voted") if voted else None
    if mood.is_negated:
        if form not in {"past", "base"} or (view.near(act, "modes.negation", behind=10) and none_of(view, act)):
            return None
        if any(
            word.folded.startswith(("need", "requir", "потреб", "нужда", "требу")) for word in view.words[act : act + 7]
        ):
            return None  # what needs no ratification is not held up
        return replace(step, stage=Stage.BLOCKED, rule="blocked.not-ratified", block_kind=BlockKind.NOT_DONE)
    if form in {"past", "passive"}:
        return step if mood.is_done and not none_of(view, act) else None
    if mood.is_present and view.is_headline:
        return replace(step, rule="ratified.headline-present")
    return None


def is_left_open(view: SentenceView, act: int) -> bool:
    """Ratified or not; "have it signed", "see it ratified": no word that it was done."""
    after = [word.folded for word in view.words[act + 1 : act + 8]]
    if any(one in {"or", "чи", "или"} and two in {"not", "ні", "нет"} for one, two in pairwise(after)):
        return True
    before = [word.folded for word in view.words[max(0, act - 2) : act]]
    return len(before) > 1 and before[1] in {"it", "them"} and before[0] in _CAUSING


def _is_preliminary(view: SentenceView, act: int) -> bool:
    """A committee's vote, or a first reading: not the parliament's last word."""
    near = view.words[max(0, act - 6) : act + 14]
    if is_left_open(view, act):
        return True
    return any(
        word.folded.startswith(("комітет", "комитет", "committee", "читанн", "чтени", "reading")) for word in near
    )


def none_of(view: SentenceView, act: int) -> bool:
    """Whether the act is denied of all: "none has ratified", "ни с одной из стран не подписала"."""
    before = view.words[max(0, act - 12) : act]
    pairs = pairwise(before)
    return any(word.folded in _NONE for word in before) or any(
        one.folded in {"ни", "ані"} and two.folded.startswith(("с", "з", "од")) for one, two in pairs
    )


def _place(target: Target | None) -> tuple[int, str]:
    return (target.at, target.cue) if target else (-1, "")


def approve(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Approved by a parliament: ratified. Approved by a government (its signing, its draft): the text is agreed."""
    if form not in {"past", "passive"} or not mood.is_done:
        return None
    if view.find(act, "objects.declaration", ahead=8, behind=0) or _is_preliminary(view, act):
        return None
    target = view.find(act, *AGREEMENTS, behind_first=is_passive(view, act, form))
    if target is None or target.subject == "other":
        return None
    step = Step(
        Stage.TEXT_AGREED, Factuality.FACT, "text-agreed.approved", act, clause, target.subject, *_place(target)
    )
    signs = view.near(act, "sign.noun", "sign.gerund", "objects.draft", ahead=5)
    is_government = view.near(act, "actors.government", behind=4, ahead=4)
    if is_parliament_near(view, act, behind=6, ahead=6) and not signs and not is_government:
        return replace(step, stage=Stage.RATIFIED, rule="ratified.approved")
    return step if signs or view.near(act, "actors.government", behind=8, ahead=4) else None


def submit(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """Sent to a parliament: a bill on ratification, or the agreement itself."""
    if not mood.is_done:
        return None
    ratification = view.near(act, "ratify.noun", "ratify.infinitive", "approve.gerund", ahead=12)
    bill = view.find(act, "objects.bill", ahead=9, behind=4)
    target = view.find(bill.at if bill else act, "objects.agreement", "objects.text", ahead=12, behind=12)
    to_parliament = is_parliament_near(view, act, behind=6, ahead=14) or _is_to_be_read(view, act)
    if bill is None and target is None and not any(w.folded in PRONOUNS for w in view.words[max(0, act - 3) : act]):
        return None
    if not to_parliament and not ratification and (bill is None or target is not None):
        return None
    if ratification and not to_parliament and not view.near(act, "ratify.noun", "ratify.infinitive", ahead=9):
        return None
    subject = target.subject if target else "open"
    if subject == "other" or (target is None and view.near(act, "subject.other", behind=6, ahead=8)):
        return None
    return Step(
        Stage.SUBMITTED, Factuality.FACT, "submitted", act, clause, subject, *_place(target),
        is_anaphoric=target is None and not ratification,
    )  # fmt: skip


def _is_to_be_read(view: SentenceView, act: int) -> bool:
    """Brought in "for consideration"."""
    return any(word.folded in _READING for word in view.words[act : act + 7])


def is_parliament_near(view: SentenceView, at: int, *, behind: int, ahead: int) -> bool:
    """Whether a parliament stands by; a "рада" of ministers, of Europe or of security is none."""
    low, high = max(0, at - behind), min(len(view.words), at + ahead + 1)
    for number in range(low, high):
        if view.words[number].has("actors.parliament"):
            following = view.words[number + 1].folded if number + 1 < len(view.words) else ""
            if not (view.words[number].folded.startswith("рад") and following.startswith(_OTHER_COUNCILS)):
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
    return Step(Stage.SUBMITTED, Factuality.FACT, "submitted.awaits", act, clause, target.subject, *_place(target))


def force(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """Entered into force."""
    target = view.find(act, *AGREEMENTS, "objects.guarantee", behind_first=True)
    earlier = view.named_before(act) if target is None else None
    subject = target.subject if target else earlier.subject if earlier else "open"
    if subject == "other" or mood.is_negated or view.near(act, "modes.almost", "modes.figure", behind=3, ahead=6):
        return None
    if target is None and (form != "past" or is_of_something_else(view, act, clause)):
        return None
    if target is None and earlier is None and not _has_pronoun(view, act, clause):
        return None
    step = Step(
        Stage.IN_FORCE, Factuality.FACT, "in-force", act, clause, subject, *_place(target),
        is_anaphoric=target is None and subject != "security",
    )  # fmt: skip
    if form == "past":
        return step if mood.is_done else None
    waits = view.near(act, "modes.condition", ahead=8) or any(
        word.folded in {"only", "after", "when", "лише", "тільки", "після", "только", "после"}
        for word in view.words[act : act + 9]
    )
    if form == "present" and view.is_headline and not waits and not mood.is_infinitive and not mood.has("future"):
        return replace(step, rule="in-force.headline-present")
    return None


def _has_pronoun(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether a pronoun, or "Finland's" alone, stands for what is in force; a ban or sanctions are something else."""
    words = view.words
    if act > clause.first and words[act - 1].folded.endswith("'s"):
        return True
    return any(word.folded in PRONOUNS for word in words[max(clause.first, act - 4) : act])


def after_force(view: SentenceView, act: int, stage: Stage, clause: Clause, mood: Mood) -> Step | None:
    """Amended, invoked or ended: a security document, or the one the text speaks of."""
    cues = (
        ("objects.consultation", "objects.agreement", "objects.text")
        if stage is Stage.INVOKED
        else (
            "objects.agreement",
            "objects.text",
        )
    )
    target = view.find(act, *cues, ahead=8, behind=8, behind_first=stage is Stage.ENDED)
    if target is None or not mood.is_done:
        return None
    if target.subject == "other":
        if stage is not Stage.AMENDED or view.words[target.at - 1].folded not in _OWN:
            return None
        target = Target(target.at, target.cue, "open")  # what follows is what was written into it
    if target.cue == "objects.consultation":
        return Step(stage, Factuality.FACT, f"{stage}", act, clause, "open", *_place(target), is_anaphoric=True)
    subject = target.subject
    return Step(
        stage, Factuality.FACT, f"{stage}", act, clause, subject, *_place(target), is_anaphoric=subject != "security"
    )
