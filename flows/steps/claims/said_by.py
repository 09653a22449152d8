"""Who says it, and on whose side."""

from flows.steps.claims.told import ToldSentence, ToldText
from storage.terms import Side, Zone

_NEAR = 7
_REACH = 2


def said_by(text: ToldText, here: ToldSentence) -> tuple[str | None, str | None]:
    """The speaker's name and country code, from the sentence, else (in a quotation) from those around it."""
    found = _speaker(here)
    if found != (None, None):
        return found
    quoted = here.sentence.zone is Zone.QUOTE or any(mark in here.sentence.text for mark in '"“”«»')
    if quoted or here.view.all_cues & {"actors.we"}:
        low, high = max(0, here.number - _REACH), min(len(text.sentences), here.number + _REACH + 1)
        around = [*text.sentences[here.number + 1 : high], *reversed(text.sentences[low : here.number])]
        for other in around:
            found = _speaker(other)
            if found[0] is not None:
                return found
    return None, None


def side_of(country: str | None, guarantor: str) -> Side:
    """The side a speaker of a country stands on in a claim about a guarantor."""
    if country is None:
        return Side.UNKNOWN
    if country == "UA":
        return Side.UA
    return Side.GUARANTOR if country == guarantor else Side.THIRD


def _speaker(here: ToldSentence) -> tuple[str | None, str | None]:
    words = here.view.words
    says = []
    if "speech.say" in here.view.all_cues:
        says = [number for number, word in enumerate(words) if "speech.say" in word.cues]
    if here.sentence.zone is Zone.HEADLINE:
        says += [n for n, word in enumerate(words) if word.folded in {"-", ":"}]
    if not says and "speech.press_office" not in here.view.all_cues:
        return None, None
    people = [(here.word_of(one), one) for one in here.mentions if one.kind == "person"]
    states = [
        (here.word_of(one), one) for one in here.mentions if one.kind in {"guarantor", "ukraine", "adversary", "group"}
    ]
    for at in says:
        near = sorted((abs(word - at), one.start, one) for word, one in people if abs(word - at) <= _NEAR)
        if near:
            person = near[0][2]
            code = next((one.id for _, one in states if one.start == person.start and one.form == "person"), None)
            return person.id, code
    if "speech.press_office" in here.view.all_cues:
        return None, "UA"
    for at in says:
        if words[at].folded in {"-", ":"}:
            continue
        before = [one for word, one in states if 0 < at - word <= _NEAR]
        if before:
            return None, before[-1].id
    return None, None
