"""Where a text names people: public figures, people of a first name we know, and surnames standing alone after it."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from flows.steps.lemmas import morphology
from flows.steps.lexemes import Hits, Lexicon
from flows.steps.mentions import Mention
from flows.steps.spans import Spans
from storage.terms import Language

_WORD = r"[^\W\d_][\w'\u2019\u02bc]*(?:-[^\W\d_][\w'\u2019\u02bc]*)*"
_TOKEN = re.compile(_WORD)
# A set first, so that the search runs from capital to capital. No small Latin or Cyrillic letter; whether it is a
# capital is asked of the letter itself.
_CAPITALISED = re.compile(
    r"[^\W\d_a-zа-яёіїєґ](?<!\w.)(?<!\w['\u2019\u02bc-].)[\w'\u2019\u02bc]*+(?:-[^\W\d_][\w'\u2019\u02bc]*+)*+",
    re.DOTALL,
)
_PARTICLES = frozenset({"de", "der", "di", "von", "van", "bin", "al", "фон", "де", "дер", "ван"})
_NOT_A_PERSON = re.compile(
    r"^[ \u00a0](?:university|street|institute|airport|foundation|square|avenue|cent(?:er|re)|library|bridge)\b",
    re.IGNORECASE,
)
_WORD_WINDOW = 70
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_][\w'\u2019\u02bc-]*) $")
_LONGEST_ENDING = 3
_SHORTEST_STEM = 3
_ONE_SLIP = 5
_TWO_SLIPS = 8
_MOST_ALIKE = 100
"""A list of thousands of names is no article: of those with the same initials so many are compared with each new one.
"""


@dataclass(slots=True)
class Found:
    """One mention at `start`..`end` (code points): `key` is the person's name, `given` is empty for a public figure."""

    key: str
    given: str
    surname: str
    start: int
    end: int
    is_unlisted: bool = True


def people_of(
    mentions: Sequence[Mention], hits: Hits, text: str, folded: str, language: Language, lexicon: Lexicon
) -> tuple[Found, ...]:
    """Every mention of a person: public figures, then full names the lexicon does not hold, then surnames alone."""
    found = [
        Found(
            mention.id,
            "",
            folded[mention.start : mention.end].rsplit(maxsplit=1)[-1],
            mention.start,
            mention.end,
            is_unlisted=False,
        )
        for mention in mentions
        if mention.kind == "person"
    ]
    words = _capitalised(text)
    found += _unknown(text, folded, language, lexicon, words, [(one.start, one.end) for one in found], hits)
    found += _lone(folded, words, found, hits)
    return tuple(found)


def _capitalised(text: str) -> list[tuple[int, int]]:
    """Spans of the words that begin with a capital."""
    return [span for match in _CAPITALISED.finditer(text) if text[(span := match.span())[0]].isupper()]


def _unknown(
    text: str,
    folded: str,
    language: Language,
    lexicon: Lexicon,
    words: Sequence[tuple[int, int]],
    taken: Sequence[tuple[int, int]],
    hits: Hits,
) -> list[Found]:
    """Full names the lexicon does not hold: a known first name and what follows it in capitals."""
    titles = lexicon.triggers("titles")
    named = [(hit.start, hit.end) for hit in hits.of("guarantor", "ukraine", "adversary", "document", "trap")]
    occupied, others = Spans(taken), Spans(named)
    found: list[Found] = []
    keys: dict[tuple[str, str], str] = {}
    likely: dict[tuple[str, str], list[Found]] = {}
    titled = {hit.end + 1 for hit in hits.words("titles")}
    countries = {hit.start: hit.end for hit in hits.of("guarantor", "ukraine")}
    titled |= {end + 1 for start, end in countries.items() if start in titled}  # "the premier of Portugal Rui Almada"
    titled -= countries.keys()
    for given, rest in _full_names(text, folded, language, lexicon, words, titled):
        start, end = given[0], rest[-1][1]
        surname = folded[rest[-1][0] : end]
        if occupied.overlaps(start, end) or others.overlaps(given[1] + 1, end):
            continue
        if surname in titles or _NOT_A_PERSON.search(text[end : end + 16]):
            continue
        one = Found("", folded[given[0] : given[1]], surname, start, end)
        name = (one.given, one.surname)
        if name not in keys:
            alike = likely.setdefault((one.given[0], one.surname[0]), [])
            same = (other.key for other in alike if _is_same(one, other))
            one.key = _known(one, lexicon) or next(same, "") or _canonical(text, given, rest, language)
            keys[name] = one.key
            if len(alike) < _MOST_ALIKE:
                alike.append(one)
        one.key = keys[name]
        found.append(one)
    return found


def _full_names(
    text: str,
    folded: str,
    language: Language,
    lexicon: Lexicon,
    words: Sequence[tuple[int, int]],
    titled: AbstractSet[int],
) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Spans of a first name (a known one, or the word after a title) and of up to three capitalised words after it."""
    titles = lexicon.triggers("titles")
    found = []
    past = 0
    for start, end in words:
        word = folded[start:end]
        if start < past or word.endswith("'s") or word in titles:
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
    for name in lexicon.named_by.get(one.given, ()):
        if any(_is_slip(one.surname, surname) for surname in lexicon.surnames_of[name]):
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
    words = tuple(text[start:end] for start, end in (given, *rest))
    if language not in {Language.UK, Language.RU}:
        return " ".join(words)
    before = _WORD_BEFORE.search(text, max(0, given[0] - _WORD_WINDOW), given[0])
    return _nominative(words, before.group(1) if before else "", language)


@lru_cache(maxsize=20_000)
def _nominative(words: tuple[str, ...], before: str, language: Language) -> str:
    """A Slavic name in the nominative; the noun `before` it may tell the gender."""
    analyser = morphology("uk" if language is Language.UK else "ru")
    given_names = [parse for parse in analyser.parse(words[0]) if "Name" in parse.tag]
    genders = {parse.tag.gender for parse in analyser.parse(before) if "NOUN" in parse.tag} if before else set()
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


def _owner(word: str, full: Mapping[str, Found], beginnings: Mapping[str, Sequence[Found]]) -> Found | None:
    """Who of those named in full is meant by a surname alone; `beginnings` are they by the beginning of the surname."""
    if word[0] < "\u0400":
        return full.get(word)
    bearers = beginnings.get(word[:_SHORTEST_STEM], ())[:_MOST_ALIKE]
    return next((one for one in bearers if _is_inflected(word, one.surname)), None)


def _lone(folded: str, words: Sequence[tuple[int, int]], found: Sequence[Found], hits: Hits) -> list[Found]:
    """Surnames standing alone after a full name that the lexicon alone would not know."""
    full: dict[str, Found] = {}
    for one in found:
        if one.given:
            full.setdefault(one.surname, one)
    if not full:
        return []
    spans = [(one.start, one.end) for one in found]
    taken = Spans(spans + [(hit.start, hit.end) for hit in hits.of("guarantor", "ukraine", "adversary", "trap")])
    beginnings: dict[str, list[Found]] = {}
    for surname, one in full.items():
        beginnings.setdefault(surname[:_SHORTEST_STEM], []).append(one)
    owners: dict[str, Found | None] = {}
    alone = []
    for start, past in words:
        word, end = folded[start:past], past
        if word[:_SHORTEST_STEM] not in beginnings:
            continue
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        if word not in owners:
            owners[word] = _owner(word, full, beginnings)
        owner = owners[word]
        if owner and not taken.overlaps(start, end):
            alone.append(Found(owner.key, "", word, start, end))
    return alone
