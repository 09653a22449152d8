"""Acts of negotiation: beginning, holding, continuing, finishing talks and texts. See `stage`."""

from dataclasses import replace

from flows.steps.claims.cues import Clause
from flows.steps.claims.documents_acts import is_passive
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import Factuality, Stage

_TALKS = ("objects.talks", "objects.round", "objects.work", "conduct.past")
_FAR_BEHIND = 18
_ARTICLES = frozenset({"the", "this", "that", "their", "our", "a", "any", "further"})
_TEXTS = ("objects.draft", "objects.text", "objects.agreement")


def _talks(view: SentenceView, act: int, *cues: str, behind_first: bool = False) -> Target | None:
    """Talks (or work on a text) as the object of an act, with what the talks are on."""
    target = view.find(act, *cues, behind_first=behind_first, behind=_FAR_BEHIND)
    if target is None or target.subject == "other":
        return None
    if target.cue != "objects.work":
        return target
    document = next(
        (
            number
            for number in range(target.at + 1, min(len(view.words), target.at + 9))
            if view.words[number].has(*_TEXTS, "objects.guarantee")
        ),
        None,
    )
    subject = view.subject(document) if document is not None else "other"
    return None if subject == "other" else Target(target.at, target.cue, subject)


def _is_first(view: SentenceView, at: int) -> bool:
    return any(
        word.has("objects.round") and view.near(number, "rounds.first", behind=2)
        for number, word in enumerate(view.words[max(0, at - 5) : at + 6], max(0, at - 5))
    )


def _is_later(view: SentenceView, at: int) -> bool:
    return any(
        word.has("objects.round") and view.near(number, "rounds.later", behind=3)
        for number, word in enumerate(view.words[max(0, at - 5) : at + 6], max(0, at - 5))
    )


def begin(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Beginning talks, a round, or work on a document."""
    target = _talks(view, act, *_TALKS, behind_first=is_passive(view, act, form))
    if target is None or mood.is_negated or mood.has("condition"):
        return None
    step = Step(
        Stage.TALKS_STARTED, Factuality.FACT, "talks-started", act, clause, target.subject, target.at, target.cue
    )
    if _is_later(view, target.at):
        return replace(step, stage=Stage.NEGOTIATING, rule="negotiating.round") if mood.is_done else None
    if mood.is_done and form not in {"noun", "gerund"}:
        return step
    if mood.is_present:
        if view.is_headline:
            return replace(step, rule="talks-started.headline-present")
        return replace(step, stage=Stage.TALKS_ANNOUNCED, factuality=Factuality.PLANNED, rule="talks-announced.present")
    if form in {"noun", "gerund"} and not (mood.is_planned or mood.has("ready", "decision")):
        return None
    if mood.has("wish") and not mood.has("agreed", "ready", "future", "plan"):
        return replace(step, stage=Stage.PROPOSED, rule="proposed.talks-wished", is_hedged=True)
    return replace(
        step,
        stage=Stage.TALKS_ANNOUNCED,
        rule="talks-announced",
        factuality=Factuality.FACT if mood.is_planned or mood.has("ready") else Factuality.PLANNED,
    )


def hold(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Holding a round: the first starts the talks, any other goes on with them."""
    target = _talks(view, act, "objects.round", "objects.talks", behind_first=form == "passive")
    if mood.is_negated or mood.has("condition", "wish"):
        return None
    if target is None or not (target.subject == "security" or view.near(target.at, "objects.round", behind=5, ahead=5)):
        return _first_session(view, act, clause, mood)
    step = Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.round", act, clause, target.subject, target.at, target.cue
    )
    is_round = view.near(target.at, "objects.round", behind=5, ahead=5)
    if not is_round and target.subject != "security":
        return None
    done = mood.is_done or form == "present" or (mood.is_present and view.is_headline)
    if _is_first(view, target.at):
        stage = Stage.TALKS_STARTED if done else Stage.TALKS_ANNOUNCED
        return replace(step, stage=stage, rule="talks-started.first-round" if done else "talks-announced.first-round")
    if done:
        return step if is_round else replace(step, rule="negotiating.talks-held")
    if is_round:  # a later round that is only scheduled is no step
        return None
    return replace(step, stage=Stage.TALKS_ANNOUNCED, rule="talks-announced.to-hold")


def _first_session(view: SentenceView, act: int, clause: Clause, mood: Mood) -> Step | None:
    """The first meeting of negotiators, where the text around speaks of a guarantee."""
    target = view.find(act, "objects.session", behind=_FAR_BEHIND)
    if target is None or not mood.is_done or not view.near(target.at, "rounds.first", behind=2):
        return None
    if view.all_cues.isdisjoint(("objects.talks", "actors.both_sides")):
        return None
    return Step(
        Stage.TALKS_STARTED, Factuality.FACT, "talks-started.first-session", act, clause, "open", target.at, target.cue
    )


def goes_on(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """Talks, or work on a text, go on."""
    if mood.is_negated or mood.has("condition", "possible") or view.near(act, "begin.past", behind=1):
        return None
    target = _talks(view, act, "objects.talks", "objects.work", "discuss.past", "objects.draft")
    if target is None:
        return None
    if target.cue in {"objects.talks", "discuss.past"} and target.subject != "security":
        document = view.find(act, "objects.guarantee", "objects.agreement", ahead=14)
        if target.cue == "discuss.past" and (document is None or document.subject != "security"):
            return None
    return Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.goes-on", act, clause, target.subject, target.at, target.cue
    )


def conduct(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """In talks: is negotiating, ведуть переговори."""
    if mood.is_negated or mood.has("condition", "possible", "wish", "ready", "future"):
        return None
    cues = (*_TEXTS, "objects.guarantee") if view.words[act].folded.isascii() else ("objects.talks",)
    target = view.find(act, *cues)
    if target is None or target.subject == "other" or view.near(act, "begin.base", "begin.present", behind=2):
        return None
    if view.near(act, "begin.past", "begin.infinitive", behind=3):
        return None
    return Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.in-talks", act, clause, target.subject, target.at, target.cue
    )


def work(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Work on a text; "are working with …" counts only beside a guarantee told of before."""
    if mood.is_negated or mood.is_infinitive or mood.has("condition", "possible", "wish", "future", "agreed", "ready"):
        return None
    if view.near(act, "begin.past", "begin.base", "begin.gerund", "begin.infinitive", behind=3):
        return None
    word = view.words[act]
    if act and view.words[act - 1].folded in _ARTICLES:  # the work on a text is a thing spoken of, not done
        return None
    following = view.words[act + 1].folded if act + 1 < len(view.words) else ""
    if word.folded == "working" and not _is_progressive(view, act):
        return None
    step = Step(Stage.NEGOTIATING, Factuality.FACT, "negotiating.works-on", act, clause, "open")
    if following in {"on", "над"} or view.words[act].folded.startswith(("опрацьову", "прорабатыва")):
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


def hand_over(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """A draft changed hands."""
    target = view.find(act, "objects.draft", ahead=8, behind=6)
    if target is None or target.subject == "other" or not mood.is_done:
        return None
    if view.near(target.at, "objects.bill", "modes.decision", ahead=2) or view.near(act, "ratify.noun", ahead=10):
        return None
    return Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.draft", act, clause, target.subject, target.at, target.cue
    )


def finish(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Talks or text completed. "Agreed to complete" says they are still open."""
    word = view.words[act].folded
    cues = ["objects.talks", "objects.draft", "objects.text", "objects.work"]
    if not word.startswith("conclu"):
        cues.append("objects.agreement")
    target = _talks(view, act, *cues, behind_first=is_passive(view, act, form))
    if target is None or mood.is_negated or mood.has("condition"):
        return None
    if view.near(act, "objects.round", ahead=4):
        return None
    step = Step(
        Stage.TEXT_AGREED, Factuality.FACT, "text-agreed.finished", act, clause, target.subject, target.at, target.cue
    )
    if form in {"noun", "gerund"}:
        return _finishing(view, step, form, mood)
    if mood.is_done and not mood.is_infinitive:
        return step
    if mood.has("almost"):
        return replace(step, is_hedged=True)
    if mood.is_infinitive and not mood.has("wish", "possible", "ready"):
        return replace(step, stage=Stage.NEGOTIATING, rule="negotiating.to-finish")
    return None


def _finishing(view: SentenceView, step: Step, form: str, mood: Mood) -> Step | None:
    if view.near(step.act, "rounds.final", behind=3):
        return replace(step, stage=Stage.NEGOTIATING, rule="negotiating.near-end")
    if form == "gerund":
        if mood.has("wish", "possible", "future"):
            return None
        return replace(step, stage=Stage.NEGOTIATING, rule="negotiating.finishing")
    if step.object_cue == "objects.agreement" or mood.has("wish", "future", "possible", "plan", "ready"):
        return None
    told = view.near(step.act, "modes.decision", "modes.thanks", "speech.say", behind=8)
    success = any(
        word.folded.startswith(("успішн", "успешн", "successful"))
        for word in view.words[max(0, step.act - 3) : step.act]
    )
    return replace(step, rule="text-agreed.completion") if told or success else None


def agree_text(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:
    """The text agreed (not a schedule, not "agreed to …")."""
    passive = is_passive(view, act, form)
    target = view.find(
        act,
        "subject.schedule",
        "objects.draft",
        "objects.text",
        behind_first=passive,
        ahead=4,
        behind=5 if passive else 0,
    )
    if target is None or target.cue == "subject.schedule" or target.subject == "other":
        return None
    if any(word.folded == "to" for word in view.words[act + 1 : target.at]):
        return None
    if form == "infinitive" or not mood.is_done:
        return None
    return Step(Stage.TEXT_AGREED, Factuality.FACT, "text-agreed", act, clause, target.subject, target.at, target.cue)


def ready(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """The document is ready (a side that is ready to do something is not)."""
    following = view.words[act + 1] if act + 1 < len(view.words) else None
    if following is not None and (
        following.folded == "to" or any(cue.endswith(".infinitive") for cue in following.cues)
    ):
        return None
    if mood.is_negated or mood.has("condition", "future", "possible", "wish"):
        return None
    low = max(clause.first, act - 8)
    target = next((n for n in range(act - 1, low - 1, -1) if view.words[n].has(*_TEXTS)), None)
    if target is None or view.subject(target) == "other":
        return None
    if view.words[act].folded not in {"ready", "complete"} and view.words[act].folded.isascii():
        copulas = {"is", "are", "was", "were", "been"}
        if not any(word.folded in copulas for word in view.words[max(0, act - 3) : act]):
            return None
    cue = next(cue for cue in _TEXTS if view.words[target].has(cue))
    return Step(
        Stage.TEXT_AGREED, Factuality.FACT, "text-agreed.ready", act, clause, view.subject(target), target, cue,
        is_hedged=mood.has("almost"),
    )  # fmt: skip


def round_named(view: SentenceView, at: int, clause: Clause) -> Step | None:
    """A later round, or the final stage of talks, named without a verb of ours."""
    word = view.words[at]
    if word.has("objects.round") and view.near(at, "rounds.later", behind=3):
        if view.near(at, "modes.future", "hold.future", "hold.infinitive", ahead=_FAR_BEHIND):
            return None  # only scheduled
        target = view.find(at, "objects.talks", ahead=4, behind=0)
        subject = target.subject if target else "open"
        return (
            None
            if subject == "other"
            else Step(
                Stage.NEGOTIATING, Factuality.FACT, "negotiating.round-named", at, clause, subject, at, "objects.round"
            )
        )
    if word.has("rounds.final"):
        target = view.find(at, "objects.talks", "objects.work", "objects.agreement", "objects.draft")
        if target is not None and target.subject != "other":
            return Step(
                Stage.NEGOTIATING, Factuality.FACT, "negotiating.near-end", at, clause, target.subject, target.at,
                target.cue,
            )  # fmt: skip
    return None
