"""Whether a text tells of a promise to Ukraine by what the promise holds, where nothing calls it by its name.

Reporters write "the ten-year accord", "the pact with Kyiv", "the mission after a truce". Such a text is known by two
things together: a paper between Ukraine and a possible guarantor that nothing calls another kind (trade, pensions,
drones), and signs of what such papers hold: help after a new attack, talks within a day, a term of ten years, arms. Of
troops for a ceasefire the sentence that sends them is enough.
"""

from collections.abc import Iterable, Iterator

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS
from flows.steps.sign_words import (
    CITY,
    COMMON,
    FORCE_WORDS,
    MONEY,
    MORE_PAPERS,
    PARTY,
    PEOPLE_EXCHANGED,
    SENT_WORDS,
    SIGNS,
    STATES,
    STEMS,
    STRONG,
    TRUCE_WORDS,
    WEAK,
)
from storage.terms import Zone

ENOUGH = 2
"""Weight of the signs that make a paper with Ukraine a promise of security."""
_PLENTY = 4
"""Weight from which the paper may stand anywhere in a text on Ukraine, whoever its parties are said to be."""
_OPENING = 4
"""Paragraphs after the headline in which a text says what paper it is about."""
_OPENING_OF_FORCE = 2
_WINDOW = 60  # letters on either side of a paper within which its parties are named
_AROUND = 2  # sentences around a paper far down a text within which the signs must stand


def sentence_by_signs(text: ToldText) -> ToldSentence | None:
    """The sentence that betrays a text about a promise of security to Ukraine, None where there is none."""
    if not any(one.has_ukraine for one in text.sentences):
        return None
    whole = "\n".join(one.folded for one in text.sentences)
    has_troops = _may_hold("troops", whole) and bool(TRUCE_WORDS.search(whole))
    sending = next(_sending(text), None) if has_troops else None
    if sending:
        return sending
    present = frozenset(name for name, sign in SIGNS.items() if _may_hold(name, whole) and sign.search(whole))
    if _weight([present]) < ENOUGH and not has_troops:
        return None
    return _paper(text, present)


def _may_hold(sign: str, folded: str) -> bool:
    """Whether a text has any of the letters a sign cannot be without: sought first, since it costs little."""
    return any(stem in folded for stem in STEMS[sign])


def _sending(text: ToldText) -> Iterator[ToldSentence]:
    """Sentences in which a possible guarantor sends troops for the time after a ceasefire.

    Further down than the opening such a sentence has to name Ukraine itself.
    """
    for here in text.sentences:
        if here.sentence.zone is Zone.BACKGROUND or here.has("adversary") or here.names_other_states:
            continue
        is_opening = here.sentence.paragraph <= _OPENING_OF_FORCE
        if not (here.has_ukraine or here.has("document") or (is_opening and _is_ukraine_beside(text, here))):
            continue
        is_named = here.has("guarantor", "group") or (is_opening and here.has("place")) or _is_european(here)
        if (is_named or names_states(here.folded)) and _sends_force(here.folded):
            yield here


def names_states(folded: str) -> bool:
    """Whether states are spoken of in general: "26 countries"."""
    return bool(STATES.search(folded))


def _is_european(here: ToldSentence) -> bool:
    return any(sign in here.folded for sign in ("europe", "western", "європей", "західн", "европей", "западн", "allie"))


def _is_ukraine_beside(text: ToldText, here: ToldSentence) -> bool:
    return any(one.has_ukraine for one in text.sentences[max(0, here.number - 1) : here.number + 2])


def _sends_force(folded: str) -> bool:
    return bool(TRUCE_WORDS.search(folded) and FORCE_WORDS.search(folded) and SENT_WORDS.search(folded))


def _paper(text: ToldText, present: frozenset[str]) -> ToldSentence | None:
    """The sentence that names the paper; `present` are the signs that stand anywhere in the text."""
    if any(one.agreement_is == "other" for one in text.sentences[:2]):
        return None
    papers = [one for one in text.sentences if one.sentence.zone is not Zone.BACKGROUND and _names_paper(one)]
    signs = [_signs(one.folded, present) for one in text.sentences] if papers else []
    whole = _weight(signs)
    if whole < ENOUGH:
        return None
    for here in papers:
        needed = _needed(text, here)
        if here.sentence.paragraph > _OPENING:
            around = _weight(signs[max(0, here.number - _AROUND) : here.number + _AROUND + 1])
            if around > needed:
                return here
        elif whole >= needed:
            return here
    if whole >= _PLENTY and any(one.has("guarantor", "group") for one in text.sentences):
        return papers[0]
    return None


def _names_paper(here: ToldSentence) -> bool:
    if here.agreement_is == "other" or here.names_other_states or PEOPLE_EXCHANGED.search(here.folded):
        return False
    return bool(_papers(here))


def _papers(here: ToldSentence) -> list[tuple[int, int]]:
    """Where the papers of a sentence stand that nothing calls another kind."""
    view = here.view
    return [
        view.spans[n]
        for n, word in enumerate(view.words)
        if (word.has(*DOCUMENTS) or MORE_PAPERS.fullmatch(word.folded)) and view.subject(n) != "other"
    ]


def _needed(text: ToldText, here: ToldSentence) -> int:
    """How much the signs must weigh for the paper of a sentence: less where it is said to be Ukraine's."""
    beside = text.sentences[max(0, here.number - 1) : here.number + 2]
    if here.has("adversary") or not any(
        one.has("guarantor", "group", "place", "document") for one in (text.sentences[0], *beside)
    ):
        return _PLENTY
    if any(_is_ukraine_near(here, span) for span in _papers(here)):
        return ENOUGH
    is_beside = any(one.has_ukraine or PARTY.search(one.folded) for one in (text.sentences[0], *beside))
    return ENOUGH + 1 if is_beside else _PLENTY


def _is_ukraine_near(here: ToldSentence, span: tuple[int, int]) -> bool:
    around = here.folded[max(0, span[0] - _WINDOW) : span[1] + _WINDOW]
    return bool(PARTY.search(CITY.sub("", around)))


def _signs(folded: str, present: frozenset[str]) -> frozenset[str]:
    """Which of the signs of a text a sentence holds; one on money holds none of the weak."""
    found = {name for name in present if name in STRONG and STRONG[name].search(folded)}
    if _sends_force(folded):
        found.add("troops")
    if not MONEY.search(folded):
        found |= {name for name in present if name in WEAK and WEAK[name].search(folded)}
    return frozenset(found)


def _weight(signs: Iterable[frozenset[str]]) -> int:
    found = frozenset[str]().union(*signs)
    if found <= COMMON:
        return 0
    return sum(1 if one in WEAK else ENOUGH for one in found)
