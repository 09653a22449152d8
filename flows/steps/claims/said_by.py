"""Who says it, and on whose side."""

from collections.abc import Iterator

from flows.steps.claims.told import ToldSentence, ToldText
from storage.terms import Side, Zone

_NEAR = 7
_REACH = 2
_REACH_BACK = 8
_ANAPHOR = 2
_MARKS = frozenset({"-", ":"})
_STATES = frozenset({"guarantor", "ukraine", "adversary", "group"})
_NOBODY: tuple[None, None] = (None, None)


def said_by(text: ToldText, here: ToldSentence) -> tuple[str | None, str | None]:
    """The speaker's name and country code, from the sentence, else (in a quotation) from those around it.

    "The official said", "за його словами" are the last speaker named before; a quotation without a "said" of its
    own is said by whom its paragraph names, or so points back to.
    """
    found = _speaker(here)
    if found != _NOBODY:
        return found
    if _points_back(here):
        return _last_speaker(text, here.number)
    is_quoted = here.sentence.zone is Zone.QUOTE or any(mark in here.sentence.text for mark in '"“”«»')
    if not (is_quoted or "actors.we" in here.view.all_cues):
        return _NOBODY
    for other in _same_paragraph_before(text, here):
        found = _speaker(other)
        if found[0] is not None:
            return found
        if _points_back(other):
            return _last_speaker(text, other.number)
    low, high = max(0, here.number - _REACH), min(len(text.sentences), here.number + _REACH + 1)
    around = (*text.sentences[here.number + 1 : high], *reversed(text.sentences[low : here.number]))
    return next((found for other in around if (found := _speaker(other))[0] is not None), _NOBODY)


def _points_back(here: ToldSentence) -> bool:
    if "speech.he" not in here.view.all_cues:
        return False
    words = here.view.words
    return any(
        word.has("speech.say") and here.view.near(number, "speech.he", behind=_ANAPHOR, ahead=_ANAPHOR)
        for number, word in enumerate(words)
    )


def _last_speaker(text: ToldText, number: int) -> tuple[str | None, str | None]:
    before = reversed(text.sentences[max(0, number - _REACH_BACK) : number])
    return next((found for one in before if (found := _speaker(one)) != _NOBODY), _NOBODY)


def _same_paragraph_before(text: ToldText, here: ToldSentence) -> Iterator[ToldSentence]:
    for other in reversed(text.sentences[max(0, here.number - _REACH_BACK) : here.number]):
        if other.sentence.paragraph != here.sentence.paragraph:
            return
        yield other


def side_of(country: str | None, guarantor: str) -> Side:
    """The side a speaker of a country stands on in a claim about a guarantor."""
    if country is None:
        return Side.UNKNOWN
    if country == "UA":
        return Side.UA
    return Side.GUARANTOR if country == guarantor else Side.THIRD


def _speaker(here: ToldSentence) -> tuple[str | None, str | None]:
    cues = here.view.all_cues
    is_office = "speech.press_office" in cues
    if not here.mentions and not is_office:
        return _NOBODY
    words = here.view.words
    says = [number for number, word in enumerate(words) if "speech.say" in word.cues] if "speech.say" in cues else []
    marks = [n for n, word in enumerate(words) if word.folded in _MARKS] if here.view.is_headline else []
    people = [(here.word_of(one), one) for one in here.mentions if one.kind == "person"]
    states = [(here.word_of(one), one) for one in here.mentions if one.kind in _STATES]
    for at in (*says, *marks):
        near = sorted((abs(word - at), one.start, one) for word, one in people if abs(word - at) <= _NEAR)
        if near:
            person = near[0][2]
            code = next((one.id for _, one in states if one.start == person.start and one.form == "person"), None)
            return person.id, code
    if is_office:
        return None, "UA"
    for at in says:
        comma = max((n for n in range(max(0, at - _NEAR), at) if words[n].folded == ","), default=-1)
        before = [one for word, one in states if max(comma, at - _NEAR - 1) < word < at]
        if before:
            return None, before[-1].id
    return _NOBODY
