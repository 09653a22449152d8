"""Who and what a text names, and where: states, groups, Ukraine, Russia, people, documents and topics.

One pass of the lexicon's automaton finds every form; the rules here decide which of them is a name in its
place: a newspaper hides the country in its title, a capital is its state only where it acts (taxonomy R14),
a surname is the person its first name says, and a person stands for the country of the office held that day.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from flows.steps.lexemes import EntryKind, Hit, Hits, Lexicon
from flows.steps.spans import Spans
from flows.steps.text import fold
from storage.terms import Language

MentionKind = Literal["guarantor", "group", "ukraine", "adversary", "person", "document", "topic", "place"]

_STATE_KINDS: tuple[EntryKind, ...] = ("guarantor", "group", "ukraine", "adversary")
_STANDS_FOR: dict[str, MentionKind] = {"beneficiary": "ukraine", "adversary": "adversary"}
_FORM_ORDER = {"name": 0, "adjective": 1, "demonym": 2, "capital": 3}
_NEAR_GIVEN = 2
_GIVEN_BEFORE = re.compile(r"(?<!\w)([^\W\d_][\w'\u2019\u02bc-]+)[ \u00a0]$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\"'\u201c\u201d\u00ab(\n\u2013\u2014-])\s*$")

# What stands before or after a capital that names a place. All on folded text.
_GIVING = r"(?:guarantees?|assurances?|commitments?|support|aid|help|pressure|signals?|backing|response|position|role)"
_EN_PLACE = re.compile(
    r"\b(?:in|at|near|into|around|outside|via|across|through|towards?|visit(?:s|ed|ing)?|arriv\w+|left|leav\w+"
    r"|downtown|central|capital|to|from|of) (?:the )?$"
)
_EN_GIVEN_TO = re.compile(rf"\b{_GIVING} (?:to|from|of) (?:the )?$")
_EN_MEETING = re.compile(
    r"^(?:-based|,? (?:summit|declaration|memorandum|memo\b|conference|format|communiqu|protocol|convention|statute"
    r"|agreement|document|treaty|airport|accords?\b|mayor|club\b|forum|security forum|meeting|talks|visit|trip"
    r"|region|oblast|city\b|street|embassy|office|time\b|metro))"
)
_SLAVIC_PLACE = re.compile(
    r"(?<!\w)(?:у|в|во|до|під|под|біля|возле|около|поблизу|через|на|по|із-за|из|поза|мері?я?|мера?|мэра?|вулиц\w+|улиц\w+"
    r"|центр\w*|мешканц\w+|жител\w+|столиц\w+|район\w*|передміст\w+|аеропорт\w*|міст[оаі]|город[ае]?)\Z"
)
_AND = re.compile(r",? (?:and|та|і|й|и) |, ")
_CAPITAL_AFTER = re.compile(r" [А-ЯІЇЄҐ][а-яіїєґ]")
_WITH_MEMBERS = frozenset({"EU", "NATO", "G7"})
_MEMBER_AFTER = re.compile(r"^[ -](?:member|countr|state|nation|allies|capitals|leaders)")
_MEMBER_BEFORE = re.compile(
    r"(?:країн\w*|держав\w*|стран\w*|государств\w*|член\w*|столиц\w*|лідер\w*|лидер\w*)"
    r"(?:[ -](?!(?:и|і|й|та|а)\b)\w+)? $"
)
_SLAVIC_WITH = re.compile(r"(?<!\w)(?:з|із|зі|с|со)\Z")
_INSTRUMENTAL = re.compile(r"(?:ом|ем|єм|им|ою|ею|єю|ой|ей)$")

_UNDECLINED = re.compile(r"токіо|токио|осло|хельсінкі|хельсинки|сараєво|сараево|скоп'є|скопье|рейк'явік|рейкьявик")
_COMING = re.compile(
    r"(?:повер|прибу|приїхав|приїхал|приїде|прилет|вилет|виїха|повідомля|переда|верну|возвра|приеха|приезж|вылет|выеха"
    r"|сообща)\w*"
)
"""Capitals without cases: "з Осло" is "with Oslo" unless somebody comes or reports from there."""


class Mention(NamedTuple):
    """One mention at `start`..`end` (code points of the text given).

    `id` is a guarantor code (guarantor, group, ukraine, adversary, place), a person's name, a document's slug
    or a topic's id. `form` says how it is named: name, adjective, demonym, capital (as actor) or person (the
    country whose office the person holds: same span as the person); members (kind group: "an EU country"); strong
    or weak for a topic. A capital
    that is only a place comes as kind `place`.
    """

    kind: MentionKind
    id: str
    start: int
    end: int
    form: str


def find_mentions(text: str, language: Language, lexicon: Lexicon, day: date | None) -> tuple[Mention, ...]:
    """All mentions in `text` by position. `day` decides which office a person holds; None where it is unknown."""
    folded = fold(text)
    return mentions_of(Hits(lexicon.scan(text, folded, language)), text, folded, lexicon, day)


def mentions_of(hits: Hits, text: str, folded: str, lexicon: Lexicon, day: date | None) -> tuple[Mention, ...]:
    """The mentions among the hits of one scan (see `Lexicon.scan`) of `text`."""
    people = _people(hits, text, lexicon, day)
    traps = [(hit.start, hit.end) for hit in hits.of("trap")]
    hidden = Spans(traps + [(person.start, person.end) for person in people])
    found: list[Mention] = list(people)
    found += _states(hits, text, folded, hidden)
    found += _longest(Mention("document", h.entry.id, h.start, h.end, "name") for h in hits.of("document"))
    excluded: dict[str, list[tuple[int, int]]] = {}
    for hit in hits.of("exclude"):
        excluded.setdefault(hit.entry.id, []).append((hit.start, hit.end))
    hides = {topic: Spans(spans) for topic, spans in excluded.items()}
    found += [
        Mention("topic", hit.entry.id, hit.start, hit.end, hit.entry.form)
        for hit in hits.of("topic")
        if not (hit.entry.id in hides and hides[hit.entry.id].overlaps(hit.start, hit.end))
    ]
    for person in people:
        code = lexicon.persons[person.id].country_on(day)
        country = lexicon.guarantors.get(code) if code else None
        if country:
            kind: MentionKind = _STANDS_FOR.get(country.kind, "guarantor")
            found.append(Mention(kind, country.code, person.start, person.end, "person"))
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end, mention.kind)))


def _states(hits: Hits, text: str, folded: str, hidden: Spans) -> list[Mention]:
    best: dict[tuple[int, int, str], Mention] = {}
    for hit in hits.of(*_STATE_KINDS):
        entry = hit.entry
        if hidden.holds(hit.start, hit.end):
            continue
        kind: MentionKind = entry.kind  # type: ignore[assignment] # one of the state kinds
        mention = Mention(kind, entry.id, hit.start, hit.end, entry.form)
        key = (hit.start, hit.end, entry.id)
        if key not in best or _FORM_ORDER[entry.form] < _FORM_ORDER[best[key].form]:
            best[key] = mention
    kept = _longest(best.values())
    placed: list[Mention] = []
    for mention in kept:
        placed.append(_in_place(mention, placed[-1] if placed else None, text, folded))
    return placed


def _in_place(mention: Mention, previous: Mention | None, text: str, folded: str) -> Mention:
    """A capital as a place, and "an EU country" as a member instead of the union, where they stand so."""
    if mention.form == "capital":
        follows_place = previous is not None and previous.kind == "place"
        is_joined = follows_place and _AND.fullmatch(folded, previous.end if previous else 0, mention.start)
        is_name = text[mention.start] >= "\u0400" and _CAPITAL_AFTER.match(text, mention.end)
        if is_joined or is_name or _is_place(folded, mention.start, mention.end):
            return Mention("place", mention.id, mention.start, mention.end, "place")
    if mention.id in _WITH_MEMBERS and (
        _MEMBER_AFTER.search(folded[mention.end : mention.end + 20])
        or _MEMBER_BEFORE.search(folded[max(0, mention.start - 24) : mention.start])
    ):
        return Mention("group", mention.id, mention.start, mention.end, "members")
    return mention


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap, the longest; those of the same span stay together."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if kept and mention.start < kept[-1].end and (mention.start, mention.end) != (kept[-1].start, kept[-1].end):
            continue
        kept.append(mention)
    return kept


def _is_place(folded: str, start: int, end: int) -> bool:
    """Whether a capital at this place names the city and not its government."""
    before = folded[max(0, start - 40) : start]
    name = folded[start:end]
    if name[0] >= "\u0400":
        word = before[before.rfind(" ", 0, -1) + 1 : -1] if before.endswith(" ") else ""
        if not _is_with(word):
            return _is_before_place(word)
        if _UNDECLINED.fullmatch(name):
            return bool(_COMING.search(before) or _COMING.search(folded, end, end + 40))
        return not _INSTRUMENTAL.search(name)
    if _EN_GIVEN_TO.search(before):
        return False
    return bool(_EN_PLACE.search(before) or _EN_MEETING.search(folded[end : end + 24]))


@lru_cache(maxsize=5_000)
def _is_with(word: str) -> bool:
    return bool(_SLAVIC_WITH.search(word))


@lru_cache(maxsize=5_000)
def _is_before_place(word: str) -> bool:
    return bool(_SLAVIC_PLACE.search(word))


def _people(hits: Hits, text: str, lexicon: Lexicon, day: date | None) -> list[Mention]:
    surnames = hits.of("person")
    if not surnames:
        return []
    given: dict[int, list[Hit]] = {}
    for hit in hits.of("given"):
        given.setdefault(hit.end, []).append(hit)
    state_ends = {hit.end for hit in hits.of(*_STATE_KINDS)}
    full: list[Mention] = []
    alone: list[Hit] = []
    for hit in surnames:
        own = [one.start for one in given.get(hit.start - 1, ()) if one.entry.id == hit.entry.id]
        begin = min(own) if own else _misspelt_given(hit, text, lexicon)
        if begin is not None:
            full.append(Mention("person", hit.entry.id, begin, hit.end, "full"))
        elif hit.entry.form == "surname" and not _is_another(hit, text, lexicon, state_ends):
            alone.append(hit)
    full = _longest(dict.fromkeys(full))
    named = {mention.id for mention in full}
    taken = Spans((mention.start, mention.end) for mention in full)
    chosen: dict[tuple[int, int], Hit] = {}
    for hit in alone:
        if taken.holds(hit.start, hit.end):
            continue
        rival = chosen.get((hit.start, hit.end))
        if rival is None or _rank(hit, named, lexicon, day) > _rank(rival, named, lexicon, day):
            chosen[hit.start, hit.end] = hit
    lone = [Mention("person", hit.entry.id, hit.start, hit.end, "surname") for hit in chosen.values()]
    return _longest([*full, *lone])


def _misspelt_given(hit: Hit, text: str, lexicon: Lexicon) -> int | None:
    """Where a slightly misspelt first name of this person begins, directly before the surname; None if none."""
    before = _GIVEN_BEFORE.search(text, max(0, hit.start - 30), hit.start)
    if not before or not before.group(1)[0].isupper():
        return None
    word = fold(before.group(1))
    is_slip = any(
        len(given) > _NEAR_GIVEN + 2 and Levenshtein.distance(word, given, score_cutoff=_NEAR_GIVEN) <= _NEAR_GIVEN
        for given in lexicon.given_of.get(hit.entry.id, ())
    )
    return before.start(1) if is_slip else None


def _is_another(hit: Hit, text: str, lexicon: Lexicon, state_ends: AbstractSet[int]) -> bool:
    """Whether a first name that is not this person's stands directly before the surname."""
    before = _GIVEN_BEFORE.search(text, max(0, hit.start - 30), hit.start)
    if not before or not before.group(1)[0].isupper() or before.group(1).isupper():
        return False
    word = fold(before.group(1))
    if word in lexicon.triggers("titles") or hit.start - 1 in state_ends or word.endswith("'s"):
        return False
    starts_sentence = _SENTENCE_START.search(text, max(0, before.start(1) - 6), before.start(1))
    return word in lexicon.given_names or not starts_sentence


def _rank(hit: Hit, named: set[str], lexicon: Lexicon, day: date | None) -> tuple[bool, bool]:
    """Of people of one surname: the one the text names in full, then the one in office on the day."""
    person = lexicon.persons[hit.entry.id]
    return hit.entry.id in named, day is not None and any(role.held_on(day) for role in person.roles)
