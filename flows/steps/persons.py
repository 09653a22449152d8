"""The people of a text: each once, with every spelling the text gives the name.

Public figures come from the lexicon, in every inflection. Others are found by their first name ("First Last",
then "Last" alone). Spellings that differ by a slip of a letter or two, with the same first name, are one person.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from flows.steps.lemmas import morphology
from flows.steps.people import Found
from flows.steps.scanned import ScannedText
from flows.steps.text import squeeze
from storage.records import PersonMention
from storage.terms import Language

_CLAUSE_END = re.compile(r"[,.;:!?()\"\u201c\u201d\u00ab\n]")
_APPOSITION = re.compile(r"^, (?:the )?([^,.;:()\n]{3,80})[,.]")
_MOST_ROLE_WORDS = 8
_ROLE_WINDOW = 70


def persons(text: ScannedText) -> tuple[PersonMention, ...]:
    """All people named in the text, in order of first mention; `as_written` holds spellings without "'s"."""
    found = found_people(text)
    ends = sorted(one.end for one in found)
    titles = [
        hit.start
        for hit in text.hits.words("titles")
        if not _is_plural(text.folded[hit.start : hit.end], text.language)
    ]
    groups: dict[str, list[Found]] = {}
    for one in sorted(found, key=lambda item: item.start):
        groups.setdefault(one.key, []).append(one)
    return tuple(
        PersonMention(
            name=key,
            as_written=tuple(dict.fromkeys(squeeze(text.text_full[one.start : one.end]) for one in group)),
            role=_role(text.text_full, group, ends, titles),
        )
        for key, group in groups.items()
    )


@lru_cache(maxsize=5_000)
def _is_plural(word: str, language: Language) -> bool:
    """Whether a word can only be of several: "told journalists" is no office of the one named next."""
    if language not in {Language.UK, Language.RU} or " " in word:
        return False
    parses = morphology("uk" if language is Language.UK else "ru").parse(word)
    nouns = [parse for parse in parses if "NOUN" in parse.tag]
    return bool(nouns) and all("plur" in parse.tag for parse in nouns)


def found_people(text: ScannedText) -> tuple[Found, ...]:
    """Every mention of a person: public figures, then full names the lexicon does not hold, then surnames alone."""
    return text.people


def _role(text: str, group: Sequence[Found], ends: Sequence[int], titles: Sequence[int]) -> str | None:
    """The office the text gives the person: words before the name from a title on, or an apposition after it.

    `ends` are where anybody's name ends, `titles` where titles begin, both in order.
    """
    for one in group:
        window = max(0, one.start - _ROLE_WINDOW)
        breaks = [match.end() for match in _CLAUSE_END.finditer(text, window, one.start)]
        breaks += ends[bisect_left(ends, window) : bisect_right(ends, one.start)]
        begin = max(breaks, default=window)
        first = next(iter(titles[bisect_left(titles, begin) : bisect_left(titles, one.start)]), None)
        if first is not None:
            role = squeeze(text[first : one.start])
            if len(role.split()) <= _MOST_ROLE_WORDS:
                return role
        after = _APPOSITION.match(text[one.end : one.end + _ROLE_WINDOW + 20])
        if after and bisect_left(titles, one.end) < bisect_left(titles, one.end + after.end()):
            role = squeeze(after.group(1))
            if len(role.split()) <= _MOST_ROLE_WORDS:
                return role
    return None
