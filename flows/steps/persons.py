"""The people of a text: each once, with every spelling the text gives the name.

Public figures come from the lexicon, in every inflection. Others are found by their first name ("First Last",
then "Last" alone). Spellings that differ by a slip of a letter or two, with the same first name, are one person.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from flows.steps.lemmas import morphology
from flows.steps.lexemes import Hit, Lexicon
from flows.steps.scanned import ScannedText
from flows.steps.spans import Spans
from flows.steps.text import squeeze
from storage.records import PersonMention
from storage.terms import Language

_WORD = r"[^\W\d_][\w'\u2019\u02bc]*(?:-[^\W\d_][\w'\u2019\u02bc]*)*"
_TOKEN = re.compile(_WORD)
# Begins with no small Latin or Cyrillic letter; whether with a capital is asked of the letter itself.
_CAPITALISED = re.compile(rf"(?<!\w)(?<!\w['\u2019\u02bc-])(?![a-zа-яёіїєґ]){_WORD}")
_PARTICLES = frozenset({"de", "der", "di", "von", "van", "bin", "al", "фон", "де", "дер", "ван"})
_NOT_A_PERSON = re.compile(
    r"^[ \u00a0](?:university|street|institute|airport|foundation|square|avenue|cent(?:er|re)|library|bridge)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,.;:!?()\"\u201c\u201d\u00ab\n]")
_APPOSITION = re.compile(r"^, (?:the )?([^,.;:()\n]{3,80})[,.]")
_MOST_ROLE_WORDS = 8
_ROLE_WINDOW = 70
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_][\w'\u2019\u02bc-]*) $")
_LONGEST_ENDING = 3
_SHORTEST_STEM = 3
_ONE_SLIP = 5
_TWO_SLIPS = 8


@dataclass(slots=True)
class Found:
    """One mention at `start`..`end` (code points): `key` is the person's name, `given` is empty for a public figure."""

    key: str
    given: str
    surname: str
    start: int
    end: int
    is_unlisted: bool = True


def persons(text: ScannedText) -> tuple[PersonMention, ...]:
    """All people named in the text, in order of first mention; `as_written` holds spellings without "'s"."""
    found = found_people(text)
    ends = sorted(one.end for one in found)
    titles = [
        hit.start
        for hit in text.hits
        if hit.entry.kind == "word"
        and hit.entry.id == "titles"
        and not _is_plural(text.folded[hit.start : hit.end], text.language)
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


def found_people(text: ScannedText) -> list[Found]:
    """Every mention of a person: public figures, then full names the lexicon does not hold, then surnames alone."""
    text_full, folded, hits = text.text_full, text.folded, text.hits
    found = [
        Found(
            mention.id,
            "",
            folded[mention.start : mention.end].split()[-1],
            mention.start,
            mention.end,
            is_unlisted=False,
        )
        for mention in text.mentions
        if mention.kind == "person"
    ]
    found += _unknown(text_full, folded, text.language, text.lexicon, [(one.start, one.end) for one in found], hits)
    found += _lone(text_full, folded, found, hits)
    return found


def _unknown(
    text: str,
    folded: str,
    language: Language,
    lexicon: Lexicon,
    taken: Sequence[tuple[int, int]],
    hits: Sequence[Hit],
) -> list[Found]:
    """Full names the lexicon does not hold: a known first name and what follows it in capitals."""
    titles = lexicon.triggers("titles")
    named = [
        (hit.start, hit.end)
        for hit in hits
        if hit.entry.kind in {"guarantor", "ukraine", "adversary", "document", "trap"}
    ]
    occupied, others = Spans(taken), Spans(named)
    found: list[Found] = []
    keys: dict[tuple[str, str], str] = {}
    titled = {hit.end + 1 for hit in hits if hit.entry.kind == "word" and hit.entry.id == "titles"}
    countries = {hit.start: hit.end for hit in hits if hit.entry.kind in {"guarantor", "ukraine"}}
    titled |= {end + 1 for start, end in countries.items() if start in titled}  # "the premier of Portugal Rui Almada"
    titled -= countries.keys()
    for given, rest in _full_names(text, folded, language, lexicon, titled):
        start, end = given[0], rest[-1][1]
        surname = folded[rest[-1][0] : end]
        if occupied.overlaps(start, end) or others.overlaps(given[1] + 1, end):
            continue
        if surname in titles or _NOT_A_PERSON.search(text[end : end + 16]):
            continue
        one = Found("", folded[given[0] : given[1]], surname, start, end)
        name = (one.given, one.surname)
        if name not in keys:
            same = (other.key for other in found if _is_same(one, other))
            keys[name] = _known(one, lexicon) or next(same, "") or _canonical(text, given, rest, language)
        one.key = keys[name]
        found.append(one)
    return found


def _full_names(
    text: str, folded: str, language: Language, lexicon: Lexicon, titled: AbstractSet[int]
) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Spans of a first name (a known one, or the word after a title) and of up to three capitalised words after it."""
    titles = lexicon.triggers("titles")
    found = []
    past = 0
    for match in _CAPITALISED.finditer(text):
        start, end = match.span()
        word = folded[start:end]
        if start < past or not text[start].isupper() or word.endswith("'s") or word in titles:
            continue
        if not _is_given(word, language, lexicon) and not (start in titled and end - start > 1):
            continue
        rest = _rest_of_name(text, folded, end)
        past = rest[-1][1] if rest else end
        while rest and folded[rest[-1][0] : rest[-1][1]] in _PARTICLES:
            rest.pop()
        if rest and not text[start : rest[-1][1]].isupper():
            found.append(((start, end), rest))
    return found


def _rest_of_name(text: str, folded: str, end: int) -> list[tuple[int, int]]:
    """Spans of up to three words after a first name, capitalised or particles, each after one space."""
    rest: list[tuple[int, int]] = []
    while len(rest) < _LONGEST_ENDING and text[end : end + 1] in {" ", "\u00a0"}:
        following = _TOKEN.match(text, end + 1)
        if following is None:
            break
        start, end = following.span()
        word = folded[start:end]
        if not text[start].isupper() and word not in _PARTICLES:
            break
        rest.append((start, end - 2 if word.endswith("'s") else end))
        if word.endswith("'s"):
            break
    return rest


def _is_given(word: str, language: Language, lexicon: Lexicon) -> bool:
    if word in lexicon.given_names:
        return True
    return word[0] >= "\u0400" and language in {Language.UK, Language.RU} and _is_first_name(word, language)


@lru_cache(maxsize=50_000)
def _is_first_name(word: str, language: Language) -> bool:
    parses = morphology("uk" if language is Language.UK else "ru").parse(word)
    return any("Name" in parse.tag for parse in parses[:3])


def _known(one: Found, lexicon: Lexicon) -> str:
    """The public figure of that first name whose surname this may be a slip of; empty if none."""
    for name, given in lexicon.given_of.items():
        if one.given in given and any(_is_slip(one.surname, surname) for surname in lexicon.surnames_of[name]):
            return name
    return ""


def _is_slip(word: str, other: str) -> bool:
    """Whether two spellings differ by no more than a slip: one letter of five, two of eight."""
    allowed = 2 if min(len(word), len(other)) >= _TWO_SLIPS else 1 if min(len(word), len(other)) >= _ONE_SLIP else 0
    return word[0] == other[0] and Levenshtein.distance(word, other, score_cutoff=allowed) <= allowed


def _is_inflected(word: str, other: str) -> bool:
    """Whether two words may be cases of one: they differ in a short ending only."""
    if word[0] < "\u0400":
        return word == other
    common = 0
    while common < min(len(word), len(other)) and word[common] == other[common]:
        common += 1
    return common >= _SHORTEST_STEM and max(len(word), len(other)) - common <= _LONGEST_ENDING


def _is_same(one: Found, other: Found) -> bool:
    same_given = not other.given or _is_inflected(one.given, other.given) or _is_slip(one.given, other.given)
    same_surname = _is_inflected(one.surname, other.surname) or _is_slip(one.surname, other.surname)
    return same_given and same_surname


def _canonical(text: str, given: tuple[int, int], rest: Sequence[tuple[int, int]], language: Language) -> str:
    """The name in the nominative where the dictionaries know how, else as written."""
    words = [text[start:end] for start, end in (given, *rest)]
    if language not in {Language.UK, Language.RU}:
        return " ".join(words)
    analyser = morphology("uk" if language is Language.UK else "ru")
    given_names = [parse for parse in analyser.parse(words[0]) if "Name" in parse.tag]
    before = _WORD_BEFORE.search(text, max(0, given[0] - _ROLE_WINDOW), given[0])
    genders = (
        {parse.tag.gender for parse in analyser.parse(before.group(1)) if "NOUN" in parse.tag} if before else set()
    )
    agreeing = [parse for parse in given_names if genders == {parse.tag.gender}]
    first = next(iter(agreeing or given_names), None)
    names = [first.normal_form.capitalize() if first else words[0]]
    for word in words[1:]:
        surname = next(
            (
                parse
                for parse in analyser.parse(word)
                if ("Surn" in parse.tag or "Patr" in parse.tag)
                and (first is None or parse.tag.gender == first.tag.gender)
            ),
            None,
        )
        nominative = surname.inflect({"nomn"}) if surname else None
        names.append(nominative.word.capitalize() if nominative else word)
    return " ".join(names)


def _lone(text: str, folded: str, found: Sequence[Found], hits: Sequence[Hit]) -> list[Found]:
    """Surnames standing alone after a full name that the lexicon alone would not know."""
    full: dict[str, Found] = {}
    for one in found:
        if one.given:
            full.setdefault(one.surname, one)
    if not full:
        return []
    kinds = {"guarantor", "ukraine", "adversary", "trap"}
    spans = [(one.start, one.end) for one in found]
    taken = Spans(spans + [(hit.start, hit.end) for hit in hits if hit.entry.kind in kinds])
    beginnings = {surname[:_SHORTEST_STEM] for surname in full}
    alone = []
    for match in _CAPITALISED.finditer(text):
        start, end = match.span()
        word = folded[start:end]
        if word[:_SHORTEST_STEM] not in beginnings or not text[start].isupper():
            continue
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        owner = next((one for one in full.values() if _is_inflected(word, one.surname)), None)
        if owner and not taken.overlaps(start, end):
            alone.append(Found(owner.key, "", word, start, end))
    return alone


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
