"""Where a step was taken: a town its clause sets it in."""

import re
from functools import lru_cache

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.lexemes import Lexicon
from storage.terms import Language, Stage

_IN = frozenset({"in", "at", "в", "у", "во"})
_SPOKEN = frozenset({Stage.PROPOSED, Stage.COMMITMENT, Stage.JOINED_DECLARATION, Stage.TALKS_ANNOUNCED})
"""Stages that are taken by saying so: where it is said is where they are taken."""
_MEETINGS = frozenset(
    {Stage.SIGNED, Stage.SIGNING_ANNOUNCED, Stage.TALKS_STARTED, Stage.NEGOTIATING, Stage.TEXT_AGREED}
)
_TOWN = re.compile(
    r"(?<!\w)(?:in|у|в|во) ([^\W\d_][\w'\u2019-]+(?: (?![a-zа-яёіїєґ])[^\W\d_][\w'\u2019-]+)?)(?=[,.;]| on | \d|$)"
)
_NO_TOWN = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|europe|parliament|європі|европе)\b"
)


def place_of(text: ToldText, here: ToldSentence, step: Step) -> str | None:
    """The town in which the act's clause sets it: a capital by its English name, another as it is written.

    None where the sentence names none.
    """
    low, high = here.span_of(step.clause.first, max(step.clause.first, step.clause.last - 1))
    for mention in here.mentions:
        if mention.kind != "place":
            continue
        word = here.word_of(mention)
        is_here = step.stage in _SPOKEN or step.clause.first <= word < step.clause.last
        if is_here and word and here.view.words[word - 1].folded in _IN:
            return _capitals(text.lexicon).get(mention.id)
    if step.stage not in _MEETINGS:
        return None
    for match in _TOWN.finditer(text.text_full, low, high):
        start, end = match.span(1)
        is_named = any(one.start < end and start < one.end for one in (*here.mentions, *here.unlisted))
        folded = here.folded[start - here.sentence.start : end - here.sentence.start]
        if text.text_full[start].isupper() and not is_named and not _NO_TOWN.match(folded):
            return match.group(1)
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
