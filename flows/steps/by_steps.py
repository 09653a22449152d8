"""Whether a text tells of a promise to Ukraine by a step it tells, where no phrase of the lexicon betrays it.

A full article says somewhere in so many words what it is about; a flash, or a headline without a body, often only
tells the step: "Verkhovna Rada ratifies the agreement with London". So a text of one or two sentences counts as
telling of guarantees where it tells a step on a guarantee, or on an agreement that nothing calls another kind, and no
others are the parties. Of any length, a text counts whose headline or first paragraphs tell of troops for the
coalition's force in Ukraine offered, pledged or refused, or of a step that a named guarantor takes on a security
document with Ukraine. Where no step says it, what the promise holds may (`flows.steps.by_signs`).
"""

from flows.steps.by_signs import names_states, sentence_by_signs
from flows.steps.claims import ToldText
from flows.steps.claims.find import is_adversary_talk
from flows.steps.claims.told import ToldSentence
from flows.steps.claims.view import Step
from flows.steps.claims.who import actors, is_between_others
from flows.steps.tag import UMBRELLA
from storage.records import Evidence, Tag
from storage.terms import EvidenceRole, Stage, TopicRole, Zone

_SPOKEN_OF = frozenset({"the", "this", "such", "our", "that"})
"""English words before an agreement that its reader is taken to know of."""
_DOCUMENTS = ("objects.agreement", "objects.text", "objects.draft", "objects.declaration", "objects.intent")
_FORCE = frozenset({"objects.force", "objects.coalition"})
_GUARANTEES = frozenset({"objects.guarantee"})
_PROMISED = frozenset({Stage.PROPOSED, Stage.COMMITMENT, Stage.BLOCKED})
_OPENING = 2
"""Paragraphs after the headline, from 0, in which a full article says what it is about."""
_HEADLINE_SCORE, _SCORE = 1.0, 0.6


def about_by_steps(text: ToldText, score: float, topics: tuple[Tag, ...]) -> tuple[bool, float, tuple[Tag, ...]]:
    """Whether the steps of a text say that it tells of guarantees, how surely, and its topics.

    `score` and `topics` are what `flows.steps.tag.tag` found; they come back unchanged where the steps say nothing.
    """
    for here in text.sentences:
        if here.steps and not is_adversary_talk(here) and any(_tells(text, here, step) for step in here.steps):
            return _found(text, here, "step", topics)
    told_by = sentence_by_signs(text)
    return (False, score, topics) if told_by is None else _found(text, told_by, "signs", topics)


def _found(
    text: ToldText, here: ToldSentence, rule: str, topics: tuple[Tag, ...]
) -> tuple[bool, float, tuple[Tag, ...]]:
    start, end = here.sentence.start, here.sentence.end
    proof = Evidence(
        role=EvidenceRole.CONTEXT,
        start=start,
        end=end,
        quote=text.text_full[start:end],
        rule=f"topic:{UMBRELLA}:{rule}",
    )
    sure = _HEADLINE_SCORE if here.sentence.zone is Zone.HEADLINE else _SCORE
    found = Tag(topic=UMBRELLA, role=TopicRole.MAIN, score=sure, evidence=(proof,))
    return True, sure, (found, *(one for one in topics if one.topic != UMBRELLA))


def _tells(text: ToldText, here: ToldSentence, step: Step) -> bool:
    is_force = step.object_cue in _FORCE and step.stage in _PROMISED
    if here.sentence.paragraph < _OPENING and is_force and _names_party(here):
        return text.has_ukraine
    if not text.is_flash:
        return here.sentence.paragraph <= _OPENING and _is_opened_with(text, here, step)
    return not text.names_others and _is_ours(text, here, step)


def _names_party(here: ToldSentence) -> bool:
    """Whether somebody is named who may send troops or receive them: "companies" alone are firms."""
    return here.has_ukraine or here.has("guarantor", "group", "document") or names_states(here.folded)


def _is_opened_with(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether a guarantor's step on a security document with Ukraine stands there, so that all else follows it."""
    if step.subject != "security" or step.needs_context or is_between_others(here, step):
        return False
    if here.sentence.zone is Zone.BACKGROUND:
        return False
    if step.object_cue not in _GUARANTEES and (step.stage is Stage.PROPOSED or not _names_document(here)):
        return False
    return here.has_ukraine and any(
        actor.told_in == here.number and step.clause.first <= actor.word < step.clause.last
        for actor in actors(text, here, step)
    )


def _is_ours(text: ToldText, here: ToldSentence, step: Step) -> bool:
    if step.subject not in {"security", "open"} or step.needs_context or is_between_others(here, step):
        return False
    if text.has_ukraine:
        return step.subject == "security" or _names_document(here)
    if step.subject == "security" or here.names_guarantee:
        return step.stage is not Stage.PROPOSED or step.object_cue == "objects.guarantor"
    return _names_document(here) and (_is_at_home(here) or _is_spoken_of(here, step))


def _names_document(here: ToldSentence) -> bool:
    return not here.view.all_cues.isdisjoint(_DOCUMENTS)


def _is_at_home(here: ToldSentence) -> bool:
    """In Ukrainian and Russian: its readers know whose agreement is meant."""
    return any(char >= "\u0400" for char in here.folded)


def _is_spoken_of(here: ToldSentence, step: Step) -> bool:
    words = here.view.words
    at = step.object_at if step.object_at >= 0 else step.act
    return any(word.folded in _SPOKEN_OF for word in words[max(0, at - 2) : at])
