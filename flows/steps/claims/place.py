"""Where a step was taken: a capital named as a place."""

from functools import lru_cache

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.lexemes import Lexicon
from storage.terms import Language

_IN = frozenset({"in", "at", "в", "у", "во"})


def place_of(text: ToldText, here: ToldSentence, step: Step) -> str | None:
    """The English name of the capital in which the act's clause sets it; None where it names none."""
    for mention in here.mentions:
        if mention.kind != "place":
            continue
        word = here.word_of(mention)
        in_clause = step.clause.first <= word < step.clause.last
        if in_clause and word and here.view.words[word - 1].folded in _IN:
            return _capitals(text.lexicon).get(mention.id)
    return None


@lru_cache(maxsize=4)
def _capitals(lexicon: Lexicon) -> dict[str, str]:
    """The capital that stands first in a country's English names."""
    found: dict[str, str] = {}
    for entries in lexicon.entries:
        for entry in entries:
            if entry.form == "capital" and Language.EN in entry.languages:
                found.setdefault(entry.id, entry.written)
    return found
