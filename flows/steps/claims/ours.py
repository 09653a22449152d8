"""Whether a step is one on a security document for Ukraine, and which sentence says so."""

from flows.steps.claims.thread import agreement_before
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from storage.terms import Family, Stage, Zone

BINDING = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.SUBMITTED})
"""Steps that bind: of these a false one is the worst error."""
_CONTEXT_REACH = 3
_WITH = frozenset({"with", "з", "із", "зі", "с", "со"})
_OPENING = 2
_TROOPS = frozenset({"objects.force", "objects.unit"})
_SPOKEN_OF = frozenset({"objects.agreement", "objects.text", "objects.draft", ""})


def security_of(text: ToldText, here: ToldSentence, step: Step) -> tuple[bool, ToldSentence | None]:  # noqa: C901, PLR0911 - one return a rule
    """Whether the step is one on a security document for Ukraine, and the sentence that says so if not its own."""
    own_document = any(mention.kind == "document" for mention in here.mentions)
    around = text.before(here.number, _CONTEXT_REACH)
    context = next((one for one in around if one.names_guarantee), None)
    ours = here.has_ukraine or any(one.has_ukraine for one in around) or context is not None
    if step.subject == "unclear" or (step.stage in BINDING and here.names_other_states and not here.has_ukraine):
        return False, None
    if step.stage in BINDING and _is_of_two_others(here, step):
        return False, None
    if step.object_cue in _TROOPS and (step.stage is Stage.BLOCKED or step.subject == "open"):
        return _speaks_of_troops(text, here), None
    if step.is_anaphoric or (step.subject == "open" and not own_document and _is_spoken_of(step)):
        about, thread = agreement_before(text, here)
        if step.is_anaphoric or about:
            return thread is not None, thread
    if not ours and step.stage in BINDING and not text.is_flash:
        thread = agreement_before(text, here)[1] if step.subject == "security" else None
        return thread is not None, thread
    if text.is_flash and step.subject == "open" and not step.needs_context:  # the gate judged these very sentences
        return True, None
    if step.needs_context:
        close = around if step.stage is Stage.PROPOSED else around[:1]
        return any(one.names_guarantee for one in close), context
    if step.stage is Stage.JOINED_DECLARATION:
        named = step.subject == "security" or any(
            _is_declaration(text, one) for one in text.sentences[: here.number + 1]
        )
        named = named or any(mention.id == "G7" for mention in here.mentions)
        return named, None if step.subject == "security" else context
    if step.subject == "security" or own_document:
        return True, None
    if "subject.security" in here.view.all_cues and step.stage not in BINDING:
        return True, None
    if context is None and step.stage not in BINDING:
        context = _subject_of(text, here)
    return context is not None, context


def _subject_of(text: ToldText, here: ToldSentence) -> ToldSentence | None:
    """The sentence of the headline or the first paragraphs that says of what guarantee the whole text tells."""
    opening = (one for one in text.sentences[: here.number] if one.sentence.paragraph < _OPENING)
    return next((one for one in opening if one.names_guarantee and one.sentence.zone is not Zone.BACKGROUND), None)


def _is_of_two_others(here: ToldSentence, step: Step) -> bool:
    """Whether the act's own clause sets one state's document with another's, and Ukraine stands only elsewhere."""
    words = here.view.words
    if any(word.has("actors.we", "actors.rada") for word in words[step.clause.first : step.clause.last]):
        return False
    inside = [one for one in here.mentions if step.clause.first <= here.word_of(one) < step.clause.last]
    if any(one.kind in {"ukraine", "document"} or (one.kind == "place" and one.id == "UA") for one in inside):
        return False
    states = [one for one in inside if one.kind == "guarantor"]
    partners = [
        one
        for one in states
        if any(word.folded in _WITH for word in words[max(step.act, here.word_of(one) - 2) : here.word_of(one)])
    ]
    return bool(partners) and len({one.id for one in states}) > 1


def _is_spoken_of(step: Step) -> bool:
    """Whether the object is an agreement the text may have named before, or another act on it."""
    return step.object_cue in _SPOKEN_OF or not step.object_cue.startswith("objects.")


def _speaks_of_troops(text: ToldText, here: ToldSentence) -> bool:
    """Whether the coalition or guarantees are spoken of up to the sentence, so that troops refused are theirs."""
    spoken_of = {"objects.coalition", "objects.guarantee", "objects.guarantor"}
    before = text.sentences[: here.number + 1]
    return any(one.names_guarantee or not spoken_of.isdisjoint(one.view.all_cues) for one in before)


def _is_declaration(text: ToldText, told_sentence: ToldSentence) -> bool:
    documents = text.lexicon.documents
    return any(
        mention.kind == "document" and documents[mention.id].family is Family.G7_DECLARATION
        for mention in told_sentence.mentions
    )
