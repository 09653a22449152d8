"""Joining and becoming, and what all acts on a document ask of their sentence. See `stage`."""

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
    | {"никакого", "никакой", "никаких", "никакое", "ніякої", "ніякого", "ніяких", "жодних", "ничего", "нічого"}
)
_ARTICLES = frozenset({"a", "an", "any", "every", "no"})
_LONG_ENDINGS = ("ій", "ої", "ою", "ого", "им", "их", "ими", "ому", "ым", "ых", "ыми", "ому", "ого", "ой", "ую", "ую")
_CAUSING = frozenset({"have", "has", "had", "see", "get", "got", "want", "wants", "wanted"})
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
    if target.cue in {"objects.text", "objects.agreement"} and view.words[act].has("approve.past"):
        return None  # a text backed by a parliament or a cabinet is approved
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


def is_left_open(view: SentenceView, act: int) -> bool:
    """Ratified or not; "have it signed", "see it ratified": no word that it was done."""
    after = [word.folded for word in view.words[act + 1 : act + 8]]
    if any(one in {"or", "чи", "или"} and two in {"not", "ні", "нет"} for one, two in pairwise(after)):
        return True
    before = [word.folded for word in view.words[max(0, act - 2) : act]]
    return len(before) > 1 and before[1] in {"it", "them"} and before[0] in _CAUSING


def none_of(view: SentenceView, act: int) -> bool:
    """Whether the act is denied of all: "none has ratified", "ни с одной из стран не подписала"."""
    if any(word.folded in {"no", "neither", "none"} for word in view.words[act + 1 : act + 2]):
        return True
    before = view.words[max(0, act - 12) : act]
    pairs = pairwise(before)
    return any(word.folded in _NONE for word in before) or any(
        one.folded in {"ни", "ані"} and two.folded.startswith(("с", "з", "од")) for one, two in pairs
    )


def place_of(target: Target | None) -> tuple[int, str]:
    """Word and cue of an object, as a Step holds them; -1 where there is none."""
    return (target.at, target.cue) if target else (-1, "")
