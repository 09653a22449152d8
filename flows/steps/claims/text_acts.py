"""A text settled: agreed to the last comma, its wording closed, its talks wound up. See `stage`."""

from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import Factuality, Stage

_EVERYTHING = frozenset({"все", "усе", "everything"})
_OBJECTS = ("objects.draft", "objects.text", "objects.wording")


def settle(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """The wording settled, whoever settled it; never one still to be settled."""
    if not mood.is_done or mood.is_infinitive or form == "infinitive" or mood.has("almost"):
        return None
    target = view.find(act, *_OBJECTS, "objects.talks", behind_first=True) or _before(view, act)
    if target is None and any(word.folded in _EVERYTHING for word in view.words[act : act + 3]):
        target = Target(-1, "objects.wording", "open")
    if target is None or target.subject in {"other", "unclear"}:
        return None
    if view.near(act, "modes.negation", "modes.condition", behind=4, ahead=1):
        return None
    subject = target.subject
    return Step(
        Stage.TEXT_AGREED, Factuality.FACT, "text-agreed.settled", act, clause, subject, target.at, target.cue,
        is_anaphoric=subject != "security" and target.cue == "objects.wording",
    )  # fmt: skip


def _before(view: SentenceView, act: int) -> Target | None:
    """A text whose relative clause stands between it and its verb: "the text in which … has been agreed"."""
    numbers = (n for n in range(act - 1, -1, -1) if view.words[n].has(*_OBJECTS))
    at = next(numbers, None)
    return None if at is None else Target(at, "objects.text", view.subject(at))
