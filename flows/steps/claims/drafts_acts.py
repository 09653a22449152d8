"""Work on a text between two sides: written, discussed, polished, handed over. See `stage`."""

from dataclasses import replace

from flows.steps.claims.cues import Clause
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import Factuality, Stage

_TEXTS = ("objects.draft", "objects.text", "objects.agreement")
_PAPERS = ("objects.draft", "objects.text", "objects.version", "objects.amendment")
"""What is on the table in talks; an agreement is only where the talk of it goes on."""
_TALKS_OVER = ("discuss", "обговор", "обсужд", "обсуд")
_POLISHES: tuple[str, ...] = (
    *("узгоджу", "погоджу", "доопрац", "шліф", "допису", "вичит"),
    *("согласов", "согласу", "дорабат", "шлиф", "дописыв", "вычит"),
)
_ONCE = frozenset({"discuss", "discusses"})
_PAST = ("или", "ила", "ив", "ил", "ed")
_RETURNS = ("return", "повер", "верну", "moved", "edged", "inched", "зблиз", "сблиз", "наблиз")
_RECEIVES = ("receiv", "got", "has", "have", "отрима", "получ")
_EXCHANGES = ("exchang", "swap", "trad", "обмін", "обмен")
_OURS = ("us", "our", "ours", "kyiv", "ukrain", "нас", "наш", "київ", "києв", "україн", "киев", "украин")
_FINISHED = ("finish", "complet", "conclud", "заверш", "закінч", "законч")
_SPEAKERS = frozenset({"speaker", "спікеру", "спікерові", "спікерці", "спикеру", "speaker's"})
_ARTICLES = frozenset({"the", "this", "that", "their", "our", "a", "any", "further"})
GOES_OVER = (*_TALKS_OVER, *_POLISHES, *_RETURNS)
"""How verbs begin that tell of a text discussed, polished or taken up again."""


def work(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Work on a text; "are working with …" counts only beside a guarantee told of before."""
    if mood.is_negated or mood.is_infinitive or mood.has("condition", "possible", "wish", "future", "agreed", "ready"):
        return None
    if view.near(act, "begin.past", "begin.base", "begin.gerund", "begin.infinitive", "finish.past", behind=3):
        return None
    if any(one.folded.startswith(_FINISHED) for one in view.words[max(0, act - 3) : act]):
        return None
    word = view.words[act]
    is_put_to = word.folded == "work" and act and view.words[act - 1].folded == "to"
    if is_put_to and not view.near(act, "continue.past", behind=3):  # sat down to work on it: `begin` reads it
        return None
    if act and view.words[act - 1].folded in _ARTICLES:  # the work on a text is a thing spoken of, not done
        return None
    following = view.words[act + 1].folded if act + 1 < len(view.words) else ""
    if word.folded == "working" and not _is_progressive(view, act):
        return None
    step = Step(Stage.NEGOTIATING, Factuality.FACT, "negotiating.works-on", act, clause, "open")
    drafts = word.folded in {"drafting", "hammering"}
    if drafts or following in {"on", "над"} or view.words[act].folded.startswith(("опрацьову", "прорабатыва")):
        target = view.find(act, *_TEXTS, "objects.guarantee", ahead=8, behind=0)
        if target is None or target.subject in {"other", "unclear"}:
            return None
        return replace(step, subject=target.subject, object_at=target.at, object_cue=target.cue)
    if following in {"with", "з", "із", "зі", "с", "со"} and view.near(act, "actors.we", "modes.agreed", behind=4):
        return replace(step, rule="negotiating.works-with", needs_context=True, guarantor_after=True)
    return None


def _is_progressive(view: SentenceView, act: int) -> bool:
    return any(
        word.folded in {"is", "are", "was", "were", "been", "we're", "they're"}
        for word in view.words[max(0, act - 4) : act]
    )


def over_a_text(view: SentenceView, act: int, clause: Clause, mood: Mood) -> Step | None:
    """A text discussed, polished, or taken up again. That an agreement was discussed once says nothing."""
    word = view.words[act].folded
    before = view.words[max(0, act - 2) : act]
    if mood.has("future", "wish", "plan", "ready") or any(one.folded in {"to", "not"} for one in before):
        return None
    cues: tuple[str, ...] = (*_PAPERS, "objects.agreement")
    if word.startswith(_RETURNS):
        cues = (*cues, "objects.talks")
    elif word.startswith(_TALKS_OVER) and (word.endswith(_PAST) or word in _ONCE or view.is_headline):
        cues = _PAPERS
    if _is_in_parliament(view, act, clause):
        return None
    target = view.find(act, *cues, ahead=7, behind=6)
    if target is None or target.subject in {"other", "unclear"}:
        return None
    is_paper = target.cue in {"objects.draft", "objects.text", "objects.amendment"}
    if target.subject != "security" and not is_paper and not word.startswith(_POLISHES):
        return None
    return Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.over-a-text", act, clause, target.subject, target.at,
        target.cue,
    )  # fmt: skip


def _is_in_parliament(view: SentenceView, act: int, clause: Clause) -> bool:
    """What deputies discuss is at home: nobody negotiates by it."""
    around = view.words[max(clause.first, act - 8) : min(clause.last, act + 8)]
    return any(word.has("actors.parliament") for word in around)


def hand_over(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """A draft, or remarks on it, changed hands."""
    word = view.words[act].folded
    receives = word.startswith(_RECEIVES)
    target = view.find(act, "objects.draft", ahead=8, behind=6) or _remarks(view, act, receives=receives)
    if target is None or target.subject == "other" or not mood.is_done:
        return None
    if view.near(target.at, "objects.bill", "modes.decision", ahead=2) or view.near(act, "ratify.noun", ahead=10):
        return None
    if view.near(act, "actors.parliament", ahead=9) or any(
        one.folded in _SPEAKERS for one in view.words[act : act + 9]
    ):  # laid before a parliament, not before the other side
        return None
    if any(one.has("postpone.past") for one in view.words[clause.first : clause.last]) or any(
        one.has("modes.wish") for one in view.words[clause.first : act]
    ):  # a draft laid aside, or sent along with a request, opens no talks
        return None
    if receives and not any(one.folded.startswith(_OURS) for one in view.words[clause.first : clause.last]):
        return None
    return Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.draft", act, clause, target.subject, target.at, target.cue
    )


def _remarks(view: SentenceView, act: int, *, receives: bool) -> Target | None:
    """A text received, or versions, comments and edits exchanged or sent on a text of ours."""
    if receives:
        return view.find(act, "objects.text", ahead=5, behind=0)
    target = view.find(act, "objects.version", ahead=5, behind=4)
    if target is None or target.subject in {"security", "other"}:
        return target
    on_a_text = view.near(target.at, "objects.draft", "objects.text", "objects.agreement", ahead=7)
    exchanged = view.words[act].folded.startswith(_EXCHANGES)
    is_of_talks = exchanged and not view.all_cues.isdisjoint(("actors.both_sides", "objects.round", "objects.version"))
    return Target(target.at, target.cue, "open") if on_a_text or is_of_talks else None
