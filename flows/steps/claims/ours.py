"""Whether a step is one on a security document for Ukraine, and which sentence says so."""

from flows.steps.claims.no_promise import is_no_promise
from flows.steps.claims.other_deals import is_another_deal
from flows.steps.claims.other_talks import is_another_matter
from flows.steps.claims.thread import agreement_before, is_plural
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from storage.terms import ConditionKind, Factuality, Family, Stage, Zone

BINDING = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.SUBMITTED})
"""Steps that bind: of these a false one is the worst error."""
_CONTEXT_REACH = 3
_WITH = frozenset({"with", "з", "із", "зі", "с", "со"})
_OBJECT_CLOSE = 3
_AND = frozenset({"and", "та", "і", "й", "и"})
_OPENING = 2
_YOU_SAID = ("you said", "you told", "ви казали", "ви говорили", "вы говорили", "вы сказали")
"""What an interviewer recalls tells nothing new."""
_OPENING_SENTENCES = 5
_OUTCOME_REACH = 4
_OFFERED = frozenset({"coalition_force", "security_guarantees", "bilateral_agreement", "g7_declaration"})
_CONSULTATIONS = ("consultation", "консультац")
_OUTCOMES = frozenset({Stage.TALKS_STARTED, Stage.TEXT_AGREED, Stage.SIGNING_ANNOUNCED, Stage.SIGNED})
_TOLD_AS_PAST = ("ed", "вел", "или", "ила", "ив", "ил", "ло", "ла", "ли", "в", "лись", "лися", "worked")
_OF_TROOPS = frozenset({"coalition_force", "security_guarantees"})
_LISTS = ("list", "перелік", "список", "списк", "перечень", "перечн")
_GATHERINGS = ("actors.venue", "objects.session", "objects.talks")
_CONVERSATIONS = ("розмов", "разговор", "conversation", "discuss", "дискус", "debate")
_BILATERAL = ("bilateral", "двосторонн", "двусторонн")
_TALKS = frozenset({Stage.TALKS_ANNOUNCED, Stage.TALKS_STARTED, Stage.NEGOTIATING})
_JOINT = ("joint", "спільн", "совместн")
_OTHER_DECLARATIONS = (
    *("paris", "париз", "париж", "crimea", "platform", "membership", "крим", "крым", "платформ", "членств"),
)
_RELATIVE = frozenset({"that", "which", "who", "що", "які", "которые", "кто"})
_APPROVES = ("endors", "approv", "support", "back", "схвал", "одобр", "затверд", "утверд", "підтрим", "поддерж")
_UNIT_CONTEXT = frozenset(
    {"objects.coalition", "objects.force", "objects.guarantee", "objects.guarantor", "objects.mission"}
    | {f"conditions.{kind}" for kind in ConditionKind},
)
_TROOPS = frozenset({"objects.force", "objects.unit"})
_SPOKEN_OF = frozenset({"objects.agreement", "objects.text", "objects.draft", ""})


def security_of(text: ToldText, here: ToldSentence, step: Step) -> tuple[bool, ToldSentence | None]:  # noqa: C901, PLR0911, PLR0912 - one return a rule
    """Whether the step is one on a security document for Ukraine, and the sentence that says so if not its own."""
    own_document = any(mention.kind == "document" for mention in here.mentions)
    around = text.before(here.number, _CONTEXT_REACH)
    context = next((one for one in around if one.names_guarantee), None)
    ours = here.has_ukraine or any(one.has_ukraine for one in around) or context is not None
    is_unclear = step.subject == "unclear" and step.stage is not Stage.JOINED_DECLARATION  # "on support for Ukraine"
    is_of_others = step.stage in BINDING and here.names_other_states and not here.has_ukraine
    if is_unclear or is_of_others or _is_excepted(text, here, step):
        return False, None
    if step.rule in {"blocked.declined", "blocked.offer-refused"}:
        return _was_offered(text, here)
    if step.object_cue in _TROOPS and (step.stage is Stage.BLOCKED or step.subject == "open"):
        is_theirs = step.stage is Stage.BLOCKED or _is_in_unit_context(text, here, step)
        return is_theirs and _speaks_of_troops(text, here), None
    if step.stage is Stage.JOINED_DECLARATION and (step.is_anaphoric or step.object_cue == "actors.it"):
        named = _joined_before(text, here)
        return named is not None, named
    if step.is_anaphoric or (step.subject == "open" and not own_document and _is_spoken_of(step)):
        about, thread = agreement_before(text, here)
        if about:
            return thread is not None, thread
        if step.stage is Stage.ENDED and own_document and step.object_at >= 0:
            return True, None
        if step.is_anaphoric:
            return _is_all_it_tells(text, here, step), None
    if not ours and step.stage in BINDING and not text.is_flash:
        thread = agreement_before(text, here)[1] if step.subject == "security" else None
        return thread is not None, thread
    if text.is_flash and step.subject == "open" and not step.needs_context:  # the gate judged these very sentences
        return True, None
    if step.needs_context:
        close = around if step.stage is Stage.PROPOSED else around[:1]
        return any(one.names_guarantee for one in close), context
    if step.stage is Stage.JOINED_DECLARATION:
        return _is_of_the_declaration(text, here, step), None if step.subject == "security" else context
    if step.subject == "security" or own_document:
        return True, None
    if "subject.security" in here.view.all_cues and step.stage not in BINDING:
        return True, None
    if _is_bilateral_document(text, here, step):
        return True, context
    if context is None and step.stage not in BINDING:
        context = _subject_of(text, here)
    return context is not None or _is_all_it_tells(text, here, step), context


def _is_bilateral_document(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Talks of Ukraine and a guarantor on a bilateral document, in a text on guarantees that tells of no other."""
    if step.stage not in _TALKS or not here.has("guarantor", "person") or not here.has_ukraine:
        return False
    view = here.view
    if "subject.other" in view.all_cues or text.first(_is_on_another) is not None:
        return False
    return any(
        word.folded.startswith(_BILATERAL) and view.near(number, "objects.agreement", "objects.text", ahead=4)
        for number, word in enumerate(view.words)
    )


def _is_on_another(one: ToldSentence) -> bool:
    return one.agreement_is == "other"


def _is_all_it_tells(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether no sentence names a guarantee: the text was found to be on one by what it tells, step by step."""
    if step.stage in BINDING and step.stage is not Stage.SUBMITTED:
        return False
    if text.first(_names_guarantee) is not None or not text.has_ukraine:
        return False
    return agreement_before(text, here)[0] != "other"


def _names_guarantee(one: ToldSentence) -> bool:
    return one.names_guarantee


def _joined_before(text: ToldText, here: ToldSentence) -> ToldSentence | None:
    """The sentence just before that names the declaration, for who joined "it"; none where it is the coalition."""
    for one in text.before(here.number, _CONTEXT_REACH):
        if "objects.coalition" in one.view.all_cues:
            return None
        if "objects.declaration" in one.view.all_cues or _is_declaration(text, one):
            return one
    return None


def _is_excepted(text: ToldText, here: ToldSentence, step: Step) -> bool:  # noqa: PLR0911 - one return a rule
    """Whether something in the sentence or the text says that it is none of ours, or told better elsewhere."""
    if step.stage in BINDING and (_is_of_two_others(here, step) or is_another_deal(text, here, step)):
        return True
    if step.stage in BINDING and is_no_promise(text, here, step):
        return True
    if _is_told_better(here, step) or _is_of_their_own(here, step) or _is_of_a_stranger(here, step):
        return True
    if step.stage in _TALKS and is_another_matter(text, here, step):
        return True
    if step.stage is Stage.NEGOTIATING:
        return _is_outrun(text, here, step)
    if (step.stage is Stage.SIGNED and _is_signed_up(here, step)) or _is_of_what_was_done(here, step):
        return True
    if step.rule == "proposed.provide" and here.sentence.zone is Zone.HEADLINE:  # the body tells it as a promise
        return text.first(_promises_troops) is not None and step.object_cue == "objects.force"
    if step.rule == "proposed.join-guarantors":  # "joined the meeting and made a commitment"
        between = here.view.words[step.act + 1 : max(step.act, step.object_at)]
        return any(
            word.folded == "," or word.has(*_GATHERINGS) or word.folded.startswith(_CONVERSATIONS) for word in between
        )
    if step.stage is Stage.JOINED_DECLARATION:
        return _is_another_declaration(here, step) or _is_joined_by_others(here, step)
    return step.stage is Stage.SIGNED and _is_put_on_a_list(here, step)


def _is_of_the_declaration(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether the declaration of the G7 is named, here or before."""
    if step.subject == "security" or any(mention.id == "G7" for mention in here.mentions) or _is_joint(here, step):
        return True
    return any(_is_declaration(text, one) for one in text.sentences[: here.number + 1])


def _is_joint(here: ToldSentence, step: Step) -> bool:
    """The Joint Declaration, which needs no other name."""
    before = here.view.words[max(0, step.object_at - 3) : max(0, step.object_at)]
    return step.object_cue == "objects.declaration" and any(word.folded.startswith(_JOINT) for word in before)


def _is_another_declaration(here: ToldSentence, step: Step) -> bool:
    """The declaration of the Crimea Platform, or on membership; declarations, which are many."""
    if step.object_cue != "objects.declaration" or here.has("document"):
        return False
    if here.view.words[step.object_at].folded == "declarations":
        return True
    around = here.view.words[max(0, step.object_at - 3) : step.object_at + 5]
    return any(word.folded.startswith(_OTHER_DECLARATIONS) for word in around)


def _is_told_better(here: ToldSentence, step: Step) -> bool:
    """A proposal in a clause that tells the promise itself: "promised to join the force"."""
    if step.stage is not Stage.PROPOSED:
        return False
    return any(other.stage is Stage.COMMITMENT and other.clause == step.clause for other in here.steps)


def _is_of_a_stranger(here: ToldSentence, step: Step) -> bool:
    """A state outside our list acts, and no guarantor is named: what it does is not of the one named before."""
    return step.stage not in BINDING and here.names_other_states and not here.has("guarantor", "group", "ukraine")


def _is_outrun(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Talks told in the past, where the text tells what came of them; documents of many; consultations of an attack."""
    codes = _states(here)
    words = here.view.words
    thing = words[step.object_at].folded if step.object_at >= 0 else ""
    if (not codes and is_plural(thing)) or any(said in here.folded for said in _YOU_SAID):
        return True
    is_past = words[step.act].folded.endswith(_TOLD_AS_PAST)
    around = text.sentences[max(0, here.number - _OUTCOME_REACH) : here.number + _OUTCOME_REACH + 1]
    for one in (*text.sentences[: min(_OPENING_SENTENCES, max(0, here.number - _OUTCOME_REACH))], *around):
        if not one.steps:
            continue
        told = {other.stage for other in one.steps if other.factuality is Factuality.FACT}
        if Stage.INVOKED in told and thing.startswith(_CONSULTATIONS):
            return True
        if not is_past or told.isdisjoint(_OUTCOMES) or (one is here and Stage.SIGNING_ANNOUNCED not in told):
            continue
        is_near = abs(one.number - here.number) == 1 or Stage.TALKS_STARTED in told
        if codes & _states(one) or (not codes and is_near):
            return True
    return False


def _states(one: ToldSentence) -> set[str]:
    return {mention.id for mention in one.mentions if mention.kind == "guarantor"}


def _is_of_their_own(here: ToldSentence, step: Step) -> bool:
    """Ukraine's own soldiers, sent by Ukraine: no promise of a state named after."""
    if step.stage is not Stage.COMMITMENT:
        return False
    words = [
        (here.word_of(one), one.kind)
        for one in here.mentions
        if one.kind in {"ukraine", "guarantor", "group", "person"}
    ]
    before = [kind for at, kind in words if step.clause.first <= at < step.act]
    return bool(before) and set(before) == {"ukraine"} and "actors.we" not in here.view.all_cues


def _was_offered(text: ToldText, here: ToldSentence) -> tuple[bool, ToldSentence | None]:
    """Whether a guarantee, talks on one, or troops were spoken of before somebody declined."""
    for one in [here, *reversed(text.sentences[: here.number])]:
        offered = ("objects.coalition", "objects.force", "objects.guarantor")
        is_spoken_of = any(mention.kind == "topic" and mention.id in _OFFERED for mention in one.mentions)
        if one.names_guarantee or is_spoken_of or not one.view.all_cues.isdisjoint(offered):
            return True, one if one is not here else None
    return False, None


def _is_joined_by_others(here: ToldSentence, step: Step) -> bool:
    """Those who joined are "the states that joined", or what was put on a list is another list."""
    words = here.view.words
    first = step.clause.first
    if first and words[first].folded in _RELATIVE and words[first - 1].has("actors.states"):
        return not any(first <= here.word_of(one) < step.act for one in here.mentions if one.kind == "guarantor")
    if step.object_cue == "actors.it":
        ahead = words[step.object_at : step.object_at + 8]
        listed = next((n for n, word in enumerate(ahead) if word.folded.startswith(_LISTS)), None)
        after = ahead[listed + 1 :] if listed is not None else ()
        is_named = any(word.has("objects.declaration", "objects.signatory", "actors.states") for word in after)
        return bool(after) and after[0].folded == "of" and not is_named
    is_paper = step.object_cue in {"objects.text", "objects.agreement"}
    return is_paper and words[step.act].folded.startswith(_APPROVES) and step.subject != "security"


def _promises_troops(one: ToldSentence) -> bool:
    return any(
        step.stage is Stage.COMMITMENT and step.factuality is Factuality.FACT and step.object_cue == "objects.force"
        for step in one.steps
    )


def _is_of_what_was_done(here: ToldSentence, step: Step) -> bool:
    """Does not include every document concluded this autumn: what is denied is not that it was signed."""
    if step.rule != "blocked.not-signed" or not here.view.words[step.act].folded.isascii() or not step.act:
        return False
    before = here.view.words[step.act - 1]
    is_about_to = before.folded == "to" and here.view.words[step.act - 2].folded == "about"
    return is_about_to or before.has("objects.agreement", "objects.text")


def _is_signed_up(here: ToldSentence, step: Step) -> bool:
    """Signed up to a document, signed off on it, signed into law: no agreement is signed."""
    after = [word.folded for word in here.view.words[step.act + 1 : step.act + 3]]
    return after[:1] in (["up"], ["off"], ["onto"]) or after == ["on", "to"]


def _is_put_on_a_list(here: ToldSentence, step: Step) -> bool:
    """A name put on a list signs no agreement."""
    return any(word.folded.startswith(_LISTS) for word in here.view.words[step.act : step.act + 7])


def _is_in_unit_context(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether ships or battalions are spoken of together with the force, not as aid."""
    if step.object_at < 0 or not here.view.words[step.object_at].has("objects.unit"):
        return True
    near = [here, *text.before(here.number, _CONTEXT_REACH)]
    return any(not one.view.all_cues.isdisjoint(_UNIT_CONTEXT) for one in near)


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
    if _is_with_another(here, step):
        return True
    if any(one.kind in {"ukraine", "document"} or (one.kind == "place" and one.id == "UA") for one in inside):
        return False
    states = [one for one in inside if one.kind == "guarantor"]
    partners = [
        one
        for one in states
        if any(word.folded in _WITH for word in words[max(step.act, here.word_of(one) - 2) : here.word_of(one)])
    ]
    return bool(partners) and len({one.id for one in states}) > 1


def _is_with_another(here: ToldSentence, step: Step) -> bool:
    """Whether the object is said to be with another state, and Ukraine is only named after it, of something else."""
    words = here.view.words
    partner = next(
        (
            here.word_of(one)
            for one in here.mentions
            if one.kind == "guarantor"
            and step.act < step.object_at < here.word_of(one) <= step.object_at + _OBJECT_CLOSE
            and words[here.word_of(one) - 1].folded in _WITH
        ),
        None,
    )
    if partner is None or not any(one.kind == "guarantor" and here.word_of(one) < step.act for one in here.mentions):
        return False
    is_joined = any(word.folded in _AND for word in words[partner + 1 : partner + 2])
    return not is_joined and all(here.word_of(one) > partner for one in here.mentions if one.kind == "ukraine")


def _is_spoken_of(step: Step) -> bool:
    """Whether the object is an agreement the text may have named before, or another act on it."""
    return step.object_cue in _SPOKEN_OF or not step.object_cue.startswith("objects.")


def _speaks_of_troops(text: ToldText, here: ToldSentence) -> bool:
    """Whether the coalition or guarantees are spoken of, so that troops refused are theirs."""
    spoken_of = {"objects.coalition", "objects.guarantee", "objects.guarantor"}
    return any(
        one.names_guarantee
        or not spoken_of.isdisjoint(one.view.all_cues)
        or (one is not here and any(mention.kind == "topic" and mention.id in _OF_TROOPS for mention in one.mentions))
        for one in text.sentences
    )


def _is_declaration(text: ToldText, told_sentence: ToldSentence) -> bool:
    """Whether a sentence names the declaration, by its name or as one of the G7."""
    documents = text.lexicon.documents
    if any(
        mention.kind == "document" and documents[mention.id].family is Family.G7_DECLARATION
        for mention in told_sentence.mentions
    ):
        return True
    is_of_g7 = any(mention.id == "G7" for mention in told_sentence.mentions)
    return is_of_g7 and "objects.declaration" in told_sentence.view.all_cues
