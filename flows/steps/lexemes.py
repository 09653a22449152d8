"""What a lexicon holds once it is loaded: guarantors, documents, people, topics and the compiled word forms.

Plain data. Files are read and words inflected in `flows.lexicon`; the steps only look things up here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.steps.text import fold
from storage.terms import Family, GuarantorKind, Language

Letters = Literal["any", "capital", "exact"]
"""How a form must be written: any case, with a capital first, or letter for letter (abbreviations)."""

EntryKind = Literal[
    "guarantor", "group", "ukraine", "adversary", "person", "given", "document", "topic", "exclude", "word", "trap"
]


@dataclass(frozen=True, slots=True)
class Guarantor:
    """A state (ISO 3166 alpha-2, XK for Kosovo), union, alliance or group that a text may name.

    `groups` are the codes of the groups it belongs to. `kind` is `beneficiary` for Ukraine and `adversary`
    for Russia: neither is ever a guarantor of a claim, but for the memorandum of 1994.
    """

    code: str
    name_en: str
    name_uk: str
    name_ru: str
    kind: GuarantorKind
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementDocument:
    """A document (or kind of document) a promise can stand in; `parties` are guarantor codes, () if any may be."""

    slug: str
    name: str
    family: Family
    form: str
    parties: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """An office held for `country` from `since` (inclusive) until `until` (exclusive); None is open."""

    country: str
    title: str
    since: date | None = None
    until: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the office was held on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """A public figure: the English name shown to analysts, and the offices held."""

    name: str
    roles: tuple[Role, ...]

    def country_on(self, day: date | None) -> str | None:
        """The country of the office held on `day`; None if none was held, or none that is a country's.

        Without a day the country is given only where all offices are of one country.
        """
        if day is None:
            countries = {role.country for role in self.roles}
            return countries.pop() if len(countries) == 1 else None
        return next((role.country for role in self.roles if role.held_on(day)), None)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the taxonomy.

    Core topics are guarantees for Ukraine in themselves; `needs_context` ones count only in texts on these;
    what is `under_umbrella` is tagged with the umbrella topic too.
    """

    id: str
    title: str
    is_core: bool = False
    needs_context: bool = False
    is_under_umbrella: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two lists of word forms that make a topic where both stand within `within` code points of one sentence.

    An explicit pair counts only where it names Ukraine as whose security it is.
    """

    topic: str
    first: str
    second: str
    within: int
    strength: str
    is_explicit: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What one form may stand for. `id` is a code, slug, name, topic or list; `form` says how it names it."""

    kind: EntryKind
    id: str
    form: str
    letters: Letters = "any"
    written: str = ""
    languages: frozenset[Language] = frozenset()


class Hit(NamedTuple):
    """One entry found at `start`..`end` (code points)."""

    entry: Entry
    start: int
    end: int


class Hits:
    """What one scan found, by position: `all`, those of a kind, and those of a list of words."""

    __slots__ = ("_kinds", "_of", "_words", "all")

    def __init__(self, found: Sequence[Hit]) -> None:
        """Sort out the hits of `Lexicon.scan`."""
        self.all = found
        self._of: dict[tuple[str, ...], list[Hit]] = {}
        self._kinds: defaultdict[str, list[Hit]] = defaultdict(list)
        self._words: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in found:
            entry = hit.entry
            if entry.kind == "word":
                self._words[entry.id].append(hit)
            else:
                self._kinds[entry.kind].append(hit)

    def __iter__(self) -> Iterator[Hit]:
        """All of them."""
        return iter(self.all)

    def of(self, *kinds: EntryKind) -> Sequence[Hit]:
        """Those of one of these kinds by position; words of lists are of none."""
        found = self._of.get(kinds)
        if found is None:
            there = [self._kinds[kind] for kind in kinds if kind in self._kinds]
            if len(there) > 1:
                found = [hit for hit in self.all if hit.entry.kind in kinds]
            else:
                found = there[0] if there else []
            self._of[kinds] = found
        return found

    def words(self, list_name: str) -> Sequence[Hit]:
        """Those of a list of words."""
        return self._words.get(list_name, [])


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Everything the steps look words up in.

    `automaton` holds folded forms; `entries[i]` are the meanings of its pattern i. `gate` holds only forms of
    topics: a text without any of them has no topic. `names` maps folded names,
    codes and nouns of any of the three languages to guarantor codes. `given_names` are folded first names,
    `given_of` and `surnames_of` those of each known person, `named_by` the people a first name may mean. `version` is
    a hash of the files and of the versions of what inflects them: it is part of every rules version.
    """

    version: str
    guarantors: Mapping[str, Guarantor]
    documents: Mapping[str, AgreementDocument]
    topics: Mapping[str, Topic]
    persons: Mapping[str, Person]
    near: tuple[Near, ...]
    automaton: AhoCorasick
    gate: AhoCorasick
    entries: tuple[tuple[Entry, ...], ...]
    names: Mapping[str, str]
    given_names: frozenset[str]
    given_of: Mapping[str, frozenset[str]]
    surnames_of: Mapping[str, frozenset[str]]
    forms: Mapping[str, frozenset[str]]
    named_by: Mapping[str, tuple[str, ...]] = field(init=False)
    _read: Mapping[Language, tuple[tuple[Entry, ...], ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Turn round what a scan asks for at every word."""
        named_by: dict[str, list[str]] = {}
        for name, given in self.given_of.items():
            for form in given:
                named_by.setdefault(form, []).append(name)
        object.__setattr__(self, "named_by", {form: tuple(names) for form, names in named_by.items()})
        read = {
            language: tuple(
                entries
                if all(language in one.languages for one in entries)
                else tuple(one for one in entries if language in one.languages)
                for entries in self.entries
            )
            for language in Language
            if language is not Language.OTHER
        }
        object.__setattr__(self, "_read", {**read, Language.OTHER: self.entries})

    def triggers(self, list_name: str) -> frozenset[str]:
        """All folded forms of a word list of words.yaml, in the three languages; KeyError if there is none."""
        return self.forms[list_name]

    def resolve(self, words: str) -> str | None:
        """Code of the guarantor that `words` (a code, or a name in any language and case) name; None if none."""
        folded = " ".join(fold(words).split())
        return self.names.get(folded) or self.names.get(folded.removeprefix("the "))

    def scan(self, text: str, folded: str, language: Language) -> list[Hit]:
        """Every whole-word entry of the language in `text`, overlaps included, by position.

        `folded` is `flows.steps.text.fold(text)`, given so that it is made once.
        """
        hits: list[Hit] = []
        make = tuple.__new__  # what the constructor of a named tuple calls, without its cost
        last = len(folded)
        read = self._read[language]
        for index, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            entries = read[index]
            if not entries:
                continue
            if start and ((before := folded[start - 1]).isalnum() or (before == "'" and _joins(folded, start - 1))):
                continue
            if end < last and ((after := folded[end]).isalnum() or (after == "'" and _joins(folded, end))):
                continue
            for entry in entries:
                letters = entry.letters
                if letters == "capital":
                    if not text[start].isupper():
                        continue
                elif letters == "exact" and text[start:end] != entry.written:
                    continue
                hits.append(make(Hit, (entry, start, end)))
        return hits


def _joins(folded: str, index: int) -> bool:
    """Whether the apostrophe at `index` stands inside a Cyrillic word."""
    return (
        0 < index < len(folded) - 1
        and folded[index - 1] >= "\u0400"
        and folded[index - 1].isalpha()
        and folded[index + 1] >= "\u0400"
        and folded[index + 1].isalpha()
    )
