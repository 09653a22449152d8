"""Acts of negotiation: beginning, holding, continuing, finishing talks and texts. See `stage`."""

from dataclasses import replace

from flows.steps.claims import drafts_acts as drafts
from flows.steps.claims.cues import Clause
from flows.steps.claims.documents_acts import is_passive
from flows.steps.claims.held_back import is_as_soon_as, is_presupposed
from flows.steps.claims.mood import Mood
from flows.steps.claims.view import SentenceView, Step, Target
from storage.terms import Factuality, Stage

_TALKS = ("objects.talks", "objects.round", "objects.work", "conduct.past")
_FAR_BEHIND = 18
_THEIR_OWN = frozenset({"theirs", "its", "their", "it", "one", "this", "ours", "hers", "his"})
_CHANGES = ("change", "amend", "extension", "змін", "поправ", "онов", "продовж", "измен", "обновл", "продл")
_FINALISES = ("фіналізує", "фіналізую", "финализиру")
_PROGRESS = ("made", "advanced", "progressed", "просуну", "продвину")
_WAYS = ("way", "door", "path", "road", "possib", "шлях", "двер", "дорог", "можлив", "путь", "возможн")
_NEGOTIATING_THINGS = (
    *("cluster", "chapter", "team", "group", "position", "mandate", "framework", "table", "delegation", "party"),
    *("partner", "tactic", "process", "power", "skill", "side", "format", "room"),
)
"""A negotiating team, cluster, table: named, not at work."""
_BY = frozenset({"by", "to", "before", "ahead", "until", "till", "перед", "до", "к", "ко"})
_ALSO = frozenset({"і", "й", "та", "також", "теж", "и", "также", "too", "also", "well"})
_WITH = frozenset({"з", "із", "зі", "с", "со", "with"})
_EXPECTS = ("має", "долж", "відбу", "состо", "готов", "готу")
_WHETHER = frozenset({"whether", "чи", "ли"})
_BEHIND_THEM = frozenset({"позаду", "behind", "позади"})
_TEXTS = ("objects.draft", "objects.text", "objects.agreement")


work, hand_over = drafts.work, drafts.hand_over


def _talks(view: SentenceView, act: int, *cues: str, behind_first: bool = False) -> Target | None:
    """Talks (or work on a text) as the object of an act, with what the talks are on."""
    target = view.find(act, *cues, behind_first=behind_first, behind=_FAR_BEHIND)
    if target is None or target.subject == "other" or _is_of_an_attack(view, target.at):
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


def _is_of_an_attack(view: SentenceView, at: int) -> bool:
    """Consultations asked for after an attack are a clause of an agreement used, no talks on one."""
    if not view.words[at].folded.startswith(("consultation", "консультац")):
        return False
    return "objects.consultation" in view.all_cues or any(cue.startswith("invoke.") for cue in view.all_cues)


def _is_asked(view: SentenceView, act: int, clause: Clause) -> bool:
    """Whether the clause asks: "чи почнуться", "начнутся ли", "whether they will begin"."""
    around = view.words[max(clause.first, act - 2) : act + 2]
    return view.words[clause.first].folded in _WHETHER or any(word.folded in _WHETHER for word in around)


def _with_another_too(view: SentenceView, act: int, form: str, clause: Clause) -> Step | None:
    """Почнемо і з Японією, "we will begin with Japan, too": the same talks as told before, with one more."""
    if form not in {"future", "past", "base"}:
        return None
    after = [word.folded for word in view.words[act + 1 : min(clause.last, act + 8)]]
    joined = after[1:2] and after[0] in _ALSO and after[1] in _WITH
    if not joined and not (after[:1] and after[0] == "with" and not _ALSO.isdisjoint(after[2:])):
        return None
    is_done = form == "past"
    return Step(
        Stage.TALKS_STARTED if is_done else Stage.TALKS_ANNOUNCED, Factuality.FACT,
        "talks-started.with-another" if is_done else "talks-announced.with-another", act, clause, "open",
        guarantor_after=True, needs_context=True,
    )  # fmt: skip


def _opens_the_way(view: SentenceView, act: int) -> bool:
    """Opens the way, the door to talks: none begin by it. What gets under way does."""
    following = [word.folded for word in view.words[act + 1 : act + 3]]
    return "under" not in following and any(word.startswith(_WAYS) for word in following)


def _is_first(view: SentenceView, at: int) -> bool:
    return any(
        word.has("objects.round") and view.near(number, "rounds.first", behind=2)
        for number, word in enumerate(view.words[max(0, at - 5) : at + 6], max(0, at - 5))
    ) or (view.words[at].has("objects.talks") and view.near(at, "rounds.first", behind=2))


def _is_later(view: SentenceView, at: int) -> bool:
    return any(
        word.has("objects.round") and view.near(number, "rounds.later", behind=3)
        for number, word in enumerate(view.words[max(0, at - 5) : at + 6], max(0, at - 5))
    )


def begin(view: SentenceView, act: int, form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """Beginning talks, a round, or work on a document."""
    target = _talks(view, act, *_TALKS, behind_first=is_passive(view, act, form))
    if mood.is_negated or mood.has("condition") or _is_asked(view, act, clause):
        return None
    if target is None:
        return _with_another_too(view, act, form, clause)
    if _opens_the_way(view, act):
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
    word = view.words[act].folded
    if word.startswith(drafts.GOES_OVER):
        return drafts.over_a_text(view, act, clause, mood)
    target = _talks(view, act, "objects.talks", "objects.work", "discuss.past", "objects.draft")
    if target is None and word.startswith(_PROGRESS):
        found = view.find(act, "objects.agreement", "objects.text", ahead=6, behind=0)
        target = found if found is not None and found.subject == "security" else None
    if target is None:
        return None
    if target.cue == "objects.talks" and target.subject == "unclear" and _is_on_changes(view, target.at):
        return Step(
            Stage.NEGOTIATING, Factuality.FACT, "negotiating.on-changes", act, clause, "open", target.at, target.cue,
        )  # fmt: skip
    if target.cue in {"objects.talks", "discuss.past"} and target.subject != "security":
        document = view.find(act, "objects.guarantee", "objects.agreement", ahead=14)
        if target.cue == "discuss.past" and (document is None or document.subject != "security"):
            return None
    return Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.goes-on", act, clause, target.subject, target.at, target.cue
    )


def _is_on_changes(view: SentenceView, at: int) -> bool:
    """Talks on changes, on an extension: of what was told of before."""
    return any(word.folded.startswith(_CHANGES) for word in view.words[at + 1 : at + 4])


def conduct(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:
    """In talks: is negotiating, ведуть переговори."""
    if mood.is_negated or mood.has("condition", "possible", "wish", "ready", "future"):
        return None
    if any(word.folded.startswith(_NEGOTIATING_THINGS) for word in view.words[act + 1 : act + 2]):
        return None
    cues = (*_TEXTS, "objects.guarantee") if view.words[act].folded.isascii() else ("objects.talks",)
    target = view.find(act, *cues) or _on_their_own(view, act, clause)
    if target is None or target.subject == "other" or view.near(act, "begin.base", "begin.present", behind=2):
        return None
    if view.near(act, "begin.past", "begin.infinitive", behind=3):
        return None
    return Step(
        Stage.NEGOTIATING, Factuality.FACT, "negotiating.in-talks", act, clause, target.subject, target.at, target.cue
    )


def _on_their_own(view: SentenceView, act: int, clause: Clause) -> Target | None:
    """In talks "on theirs", or just in talks: what on stands in what was told before."""
    talks = next((n for n in range(act, min(clause.last, act + 4)) if view.words[n].has("objects.talks")), None)
    if talks is None:
        return None
    after = [word.folded for word in view.words[talks + 1 : min(clause.last, talks + 4)]]
    if after[:1] and after[0] == "on" and after[1:2] and after[1] not in _THEIR_OWN:
        return None
    return Target(talks, "objects.talks", "open")


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
    if form == "present" or word.startswith(_FINALISES):
        return (
            None
            if mood.has("possible", "future")
            else replace(step, stage=Stage.NEGOTIATING, rule="negotiating.finishes")
        )
    if act and view.words[act - 1].folded == "being":
        return replace(step, stage=Stage.NEGOTIATING, rule="negotiating.finishing")
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
    target = target or _put_first(view, act, clause)
    if target is None or target.cue == "subject.schedule" or target.subject == "other":
        return None
    if any(word.folded == "to" for word in view.words[act + 1 : target.at]):
        return None
    if form == "infinitive" or not mood.is_done:
        return None
    return Step(Stage.TEXT_AGREED, Factuality.FACT, "text-agreed", act, clause, target.subject, target.at, target.cue)


def _put_first(view: SentenceView, act: int, clause: Clause) -> Target | None:
    """A text that opens its clause as what was agreed: "Текст угоди Київ і Софія погодили"."""
    for number in range(clause.first, min(act, clause.first + 2)):
        word = view.words[number]
        if word.has("objects.text", "objects.draft") and not word.folded.isascii():
            return Target(number, "objects.text", view.subject(number))
    return None


def ready(view: SentenceView, act: int, _form: str, clause: Clause, mood: Mood) -> Step | None:  # noqa: PLR0911 - one return a rule
    """The document is ready (a side that is ready to do something is not)."""
    following = view.words[act + 1] if act + 1 < len(view.words) else None
    if following is not None and (
        following.folded == "to" or any(cue.endswith(".infinitive") for cue in following.cues)
    ):
        return None
    if mood.is_negated or mood.has("condition", "future", "possible", "wish"):
        return None
    if act and view.words[act - 1].folded == "being":  # `finish` reads it
        return None
    if is_presupposed(view, act, clause) or is_as_soon_as(view, act, clause):
        return None  # "will sign as soon as its own agreement is ready"
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


def _first_round_due(view: SentenceView, at: int, clause: Clause) -> Step | None:
    """The first round is on the calendar: "is scheduled for Friday", "запланований на п'ятницю"."""
    target = view.find(at, "objects.talks", ahead=4, behind=0)
    subject = target.subject if target else "open"
    after = view.words[at + 1 : min(clause.last, at + _FAR_BEHIND)]
    due = next((n for n, word in enumerate(after) if word.has("modes.due") and word.folded != "will"), None)
    if due is None or subject == "other" or any(word.has("modes.negation", "postpone.past") for word in after):
        return None
    if after[due].folded.startswith(_EXPECTS):
        return None
    return Step(
        Stage.TALKS_ANNOUNCED, Factuality.FACT, "talks-announced.first-round-due", at, clause, subject, at,
        "objects.round",
    )  # fmt: skip


def round_named(view: SentenceView, at: int, clause: Clause) -> Step | None:
    """A later round, or the final stage of talks, named without a verb of ours."""
    word = view.words[at]
    is_done = word.has("objects.round") and any(w.folded in _BEHIND_THEM for w in view.words[at : at + 4])
    if word.has("objects.round") and view.near(at, "rounds.first", behind=2):
        return _first_round_due(view, at, clause)
    if word.has("objects.round") and (is_done or view.near(at, "rounds.later", behind=3)):
        if view.near(at, "modes.future", "modes.plan", "hold.future", "hold.infinitive", ahead=_FAR_BEHIND):
            return None  # only scheduled
        if any(word.folded in _BY for word in view.words[max(clause.first, at - 4) : at]):
            return None  # "by the next round"
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
