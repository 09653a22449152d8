"""Whether a text vouches for what it tells: rumours, jests, games, opinions and reports taken back are no facts."""

from flows.steps.claims.no_promise import is_advisory
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.unsure import is_unsaid
from flows.steps.claims.view import DOCUMENTS, SentenceView, Step
from storage.terms import Zone

_OPINION_REACH = 14
_FICTION_REACH = 1
_RETRACTION_REACH = 2
_WAS_TOLD = frozenset({"говорилось", "сообщалось", "утверждалось", "писали", "указывалось"}) | {
    *("йшлося", "повідомлялося", "стверджувалося", "зазначалося", "писалося", "йшлось", "повідомлялось")
}
_BUT = frozenset({"but", "але", "проте", "однак", "но", "однако"})
_STOPS = frozenset(",.:!?;-")
_GENERIC = frozenset(
    {"any", "every", "even", "no", "each", "such"}
    | {"навіть", "будь-яка", "будь-яку", "будь-який", "кожна", "кожну", "жодна"}
    | {"даже", "любое", "любой", "любая", "каждое", "каждый", "ни"}
)


def is_not_vouched_for(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Told from hearsay, as an opinion or in jest, in words of others within a sentence, or of no agreement at all."""
    view = here.view
    if "modes.hedge" in view.all_cues or "speech.fiction" in view.all_cues or is_in_scare_quotes(view, step.act):
        return True
    if "speech.opinion" in view.all_cues and _is_held(view, step):
        return True
    is_attribute = any(word.has(*DOCUMENTS) for word in view.words[step.act + 1 : step.act + 3])
    if is_attribute and view.words[max(0, step.act - 1)].folded in _GENERIC:  # "any signed pact"
        return True
    around = text.sentences[max(0, here.number - _FICTION_REACH) : here.number + _FICTION_REACH + 1]
    opening = text.sentences[:2] if text.sentences[0].sentence.zone is Zone.HEADLINE else text.sentences[:1]
    return any("speech.fiction" in one.view.all_cues for one in (*opening, *around))


def _is_held(view: SentenceView, step: Step) -> bool:
    """Whether an opinion stands before the act, whose clause it governs (an agreement signed is no opinion)."""
    if any(cue.endswith(".passive") and _is_attribute(view, step.act) for cue in view.words[step.act].cues):
        return False
    return view.near(step.act, "speech.opinion", behind=_OPINION_REACH)


def _is_attribute(view: SentenceView, act: int) -> bool:
    return act > 0 and view.words[act - 1].folded == ","


def is_taken_back(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether a correction takes the sentence back: it tells what was reported, and a retraction stands by it."""
    view = here.view
    if "speech.superseded" in view.all_cues:
        return True
    if _is_unsaid_next(text, here) or is_advisory(text, here, step):
        return True
    before = view.words[max(0, step.act - _OPINION_REACH) : step.act]
    if view.is_note and any(word.folded in _WAS_TOLD for word in before):
        return True
    after = view.words[step.act :] if "speech.retracted" in view.all_cues else ()
    if any(word.has("speech.retracted") for word in after) and any(word.folded in _BUT for word in after):
        return True
    is_report = any(word.has("speech.report") for word in before)
    if not is_report and (view.is_note or not any(word.has("speech.say") for word in before)):
        return False
    # What somebody said after a report was called wrong is the right news; what a report said is not.
    low, high = here.number - is_report, here.number + _RETRACTION_REACH + 1
    around = [one for one in text.sentences[max(0, low) : high] if "speech.retracted" in one.view.all_cues]
    return any(_is_about(here, one) for one in around)


def _is_unsaid_next(text: ToldText, here: ToldSentence) -> bool:
    """Whether somebody said or wrote it, and the next, short sentence takes that back."""
    if not any(word.has("speech.say", "speech.report") for word in here.view.words):
        return False
    following = text.sentences[here.number + 1 : here.number + 2]
    return any(one.sentence.zone is here.sentence.zone and is_unsaid(one.view) for one in following)


def _is_about(here: ToldSentence, retraction: ToldSentence) -> bool:
    """A retraction before a report stands in its paragraph, or as its notice; one after it may follow on."""
    if retraction.number >= here.number or retraction.sentence.zone is not here.sentence.zone:
        return True
    return retraction.sentence.paragraph == here.sentence.paragraph


def is_in_scare_quotes(view: SentenceView, act: int) -> bool:
    """Whether the act stands in words quoted within a sentence, as «вступили в силу в полночь», not in a quotation."""
    marks = [number for number, word in enumerate(view.words) if word.folded == '"']
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        if opening < act < closing and opening and view.words[opening - 1].folded not in _STOPS:
            return view.words[closing - 1].folded not in _STOPS
    return False
