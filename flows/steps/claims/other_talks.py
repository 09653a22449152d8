"""Talks and rounds of something else: of elections, coalitions, leagues, prisoners."""

import re

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS, Step

_MATTERS = re.compile(
    r"(?:\w+[- ])?elections?|electoral|presidential|runoff|run-off|ballots?|polls?|voters?|league|tournament|cup|wages?"
    r"|strikers?|вибор\w*|виборч\w+|виборц\w+|голосуванн\w+|турнір\w*|ліг[аиу]|страйк\w*|зарплат\w*|коаліційн\w+"
    r"|выбор(?:ы|ов|ах|ам|ами)|избирател\w+|голосовани\w+|турнир\w*|лиг[аиу]|забастов\w+|коалиционн\w+"
)
_NAMED = frozenset({*DOCUMENTS, "objects.guarantee", "objects.guarantor", "subject.security"})
_COALITION = "coalition"
_OF_PARTIES = frozenset({"talks", "negotiations", "agreement", "government", "partner", "partners", "parties"})


def is_another_matter(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether talks of which the sentence says nothing are those on forming a cabinet, or a round of elections."""
    if step.subject != "open" or here.has_ukraine or not here.view.all_cues.isdisjoint(_NAMED) or here.has("document"):
        return False
    return _tells_of_matters(here) or any(_tells_of_matters(one) for one in _before(text, here))


def _before(text: ToldText, here: ToldSentence) -> list[ToldSentence]:
    """The sentence before of the same paragraph, unless it speaks of a document or of Ukraine."""
    return [
        one
        for one in text.sentences[max(0, here.number - 1) : here.number]
        if one.sentence.paragraph == here.sentence.paragraph
        and not one.has_ukraine
        and one.view.all_cues.isdisjoint(_NAMED)
    ]


def _tells_of_matters(one: ToldSentence) -> bool:
    words = one.view.words
    return any(
        _MATTERS.fullmatch(word.folded)
        or (word.folded == _COALITION and number + 1 < len(words) and words[number + 1].folded in _OF_PARTIES)
        for number, word in enumerate(words)
    )
