"""Reads the lexicon files and compiles them: every form of every phrase into one automaton."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from flows.lexicon.errors import LexiconFileError
from flows.lexicon.files import Called, DocumentPart, GuarantorPart, Names, PersonPart, TopicPart, Words, read
from flows.lexicon.inflect import phrase_forms, surname_forms
from flows.steps.lexemes import (
    AgreementDocument,
    Entry,
    EntryKind,
    Guarantor,
    Letters,
    Lexicon,
    Near,
    Person,
    Role,
    Topic,
)
from flows.steps.text import fold
from storage.terms import Language

BUILT_IN = Path(__file__).parent
LANGUAGES = (Language.EN, Language.UK, Language.RU)
_ABBREVIATION = 5
_KINDS: dict[str, EntryKind] = {"group": "group", "beneficiary": "ukraine", "adversary": "adversary"}
_PACKAGES = ("pymorphy3", "pymorphy3-dicts-uk", "pymorphy3-dicts-ru")


@lru_cache(maxsize=4)
def load(folder: Path | None) -> Lexicon:
    """The built-in files and those of `folder`, compiled (see `flows.lexicon.load_lexicon`)."""
    content, payloads = _read_all(folder)
    digest = hashlib.sha256()
    for part in (*payloads, *(f"{name}={installed(name)}".encode() for name in _PACKAGES)):
        digest.update(part)
    return _compile(content, digest.hexdigest()[:16])


def load_topics(folder: Path | None = None) -> dict[str, TopicPart]:
    """The topics as their files have them, ours and then those of `folder`, by id.

    Raises:
        LexiconFileError: as for `load`.
    """
    content, _ = _read_all(folder)
    topics: dict[str, TopicPart] = content["topics"]
    return topics


def _read_all(folder: Path | None) -> tuple[dict[str, Any], list[bytes]]:
    """The checked content of the built-in files, with what `folder` adds, and the bytes of them all."""
    if folder is not None and not folder.is_dir():
        raise LexiconFileError(folder, "", "is not a folder", "make it, or name another in ZAPORUKA_LEXICON")
    own, own_payloads = read(folder, all_of_them=False) if folder is not None else ({}, [])
    content, payloads = read(BUILT_IN, all_of_them=True)
    _merge(content, own, folder or BUILT_IN)
    _check_references(content, folder or BUILT_IN)
    return content, payloads + own_payloads


def _merge(content: dict[str, Any], own: dict[str, Any], folder: Path) -> None:
    for name, part in own.items():
        if name == "traps":
            content[name] = Words(**{lang: getattr(content[name], lang) + getattr(part, lang) for lang in LANGUAGES})
            continue
        for key, value in part.items():
            if key in content[name]:
                raise LexiconFileError(folder / f"{name}.yaml", key, "this id is built in already; choose another")
            content[name][key] = value


def _check_references(content: dict[str, Any], folder: Path) -> None:
    for topic, part in content["topics"].items():
        for slug in part.documents:
            if slug not in content["documents"]:
                raise LexiconFileError(folder / "topics.yaml", f"{topic}.documents", f"no document {slug!r}")
    for slug, part in content["documents"].items():
        for code in part.parties:
            if code not in content["guarantors"]:
                raise LexiconFileError(folder / "documents.yaml", f"{slug}.parties", f"no guarantor {code!r}")
    for code, part in content["guarantors"].items():
        for group in part.groups:
            if group not in content["guarantors"]:
                raise LexiconFileError(folder / "guarantors.yaml", f"{code}.groups", f"no group {group!r}")


class _Forms:
    """Collects folded forms and what each may stand for."""

    def __init__(self) -> None:
        self._found: defaultdict[str, dict[tuple[str, str, str, str, str], set[Language]]] = defaultdict(dict)
        self.lists: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, forms: Iterable[str], language: Language, entry: Entry) -> None:
        for form in forms:
            key = (entry.kind, entry.id, entry.form, entry.letters, entry.written)
            self._found[form].setdefault(key, set()).add(language)

    def phrases(self, phrases: Iterable[str], language: Language, entry: Entry) -> set[str]:
        """Inflects and adds phrases; a short all-capital word must be written that way. Returns the forms."""
        added: set[str] = set()
        for phrase in phrases:
            bare = phrase.removeprefix("=")
            if bare.isupper() and len(bare) <= _ABBREVIATION:
                forms = frozenset((fold(bare),))
                self.add(forms, language, Entry(entry.kind, entry.id, entry.form, "exact", bare))
            else:
                forms = phrase_forms(phrase, language)
                self.add(forms, language, entry)
            added |= forms
        return added

    def gate(self) -> AhoCorasick:
        """Only the forms one of which a text must hold to have any topic at all."""
        return AhoCorasick(
            [
                form
                for form, keys in self._found.items()
                if any(kind == "topic" or (kind == "word" and key_id.endswith("/b")) for kind, key_id, *_ in keys)
            ]
        )

    def compiled(self) -> tuple[AhoCorasick, tuple[tuple[Entry, ...], ...]]:
        patterns = list(self._found)
        entries = tuple(
            tuple(
                Entry(kind, key_id, form, letters, written, frozenset(languages))  # type: ignore[arg-type] # read back from the key
                for (kind, key_id, form, letters, written), languages in self._found[pattern].items()
            )
            for pattern in patterns
        )
        return AhoCorasick(patterns), entries


def _compile(content: dict[str, Any], version: str) -> Lexicon:
    forms = _Forms()
    names = _add_guarantors(forms, content["guarantors"])
    _add_documents(forms, content["documents"])
    given_of, surnames_of = _add_persons(forms, content["persons"])
    near = _add_topics(forms, content["topics"], content["documents"])
    for list_name, words in content["words"].items():
        for language in LANGUAGES:
            added = forms.phrases(getattr(words, language), language, Entry("word", list_name, "word"))
            forms.lists[list_name] |= added
    for language in LANGUAGES:
        forms.phrases(getattr(content["traps"], language), language, Entry("trap", "", "trap"))
    automaton, entries = forms.compiled()
    return Lexicon(
        version=version,
        guarantors={
            code: Guarantor(code, part.en.names[0], part.uk.names[0], part.ru.names[0], part.kind, tuple(part.groups))
            for code, part in content["guarantors"].items()
        },
        documents={
            slug: AgreementDocument(
                slug,
                part.name,
                part.family,
                part.form,
                tuple(part.parties),
                tuple(alias.removeprefix("=") for language in LANGUAGES for alias in getattr(part, language)),
            )
            for slug, part in content["documents"].items()
        },
        topics={
            id_: Topic(id_, part.title, part.core, part.context, part.core or part.umbrella)
            for id_, part in content["topics"].items()
        },
        persons={
            name: Person(name, tuple(Role(r.country, r.title, r.since, r.until) for r in part.roles))
            for name, part in content["persons"].items()
        },
        near=near,
        automaton=automaton,
        gate=forms.gate(),
        entries=entries,
        names=names,
        given_names=frozenset(forms.lists["given_names"]).union(*given_of.values()),
        given_of=given_of,
        surnames_of=surnames_of,
        forms={name: frozenset(found) for name, found in forms.lists.items()},
    )


def _add_guarantors(forms: _Forms, parts: dict[str, GuarantorPart]) -> dict[str, str]:
    names: dict[str, str] = {}
    for code, part in parts.items():
        kind = _KINDS.get(part.kind, "guarantor")
        names[code.lower()] = code
        for language in LANGUAGES:
            called: Names = getattr(part, language)
            letters: Letters = "any" if part.kind == "group" else "capital"
            loose: Letters = "capital" if language is Language.EN else "any"
            found: set[str] = set()
            for name in called.names:
                is_phrase = language is not Language.EN and " " in name
                entry = Entry(kind, code, "name", "any" if is_phrase else letters)
                found |= forms.phrases((name,), language, entry)
            for abbreviation in called.abbreviations:
                entry = Entry(kind, code, "name", "exact", abbreviation)
                forms.add((fold(abbreviation),), language, entry)
                found.add(fold(abbreviation))
            forms.phrases(called.adjectives, language, Entry(kind, code, "adjective", loose))
            forms.add(map(_compound, called.adjectives), language, Entry(kind, code, "adjective", loose))
            forms.phrases(called.demonyms, language, Entry(kind, code, "demonym", loose))
            for capital in called.capitals:
                forms.phrases((capital,), language, Entry(kind, code, "capital", "capital", capital))
            for name in found:
                names.setdefault(name, code)
    return names


def _compound(adjective: str) -> str:
    """The form an adjective takes before a hyphen: японсько-український."""
    return fold(adjective[:-2] + "о") if adjective.endswith("кий") else fold(adjective)


def _add_documents(forms: _Forms, parts: dict[str, DocumentPart]) -> None:
    for slug, part in parts.items():
        for language in LANGUAGES:
            forms.phrases(getattr(part, language), language, Entry("document", slug, "name"))


def _add_persons(
    forms: _Forms, parts: dict[str, PersonPart]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    given_of: dict[str, frozenset[str]] = {}
    surnames_of: dict[str, frozenset[str]] = {}
    for name, part in parts.items():
        given_forms: set[str] = set()
        surnames: set[str] = set()
        for language in LANGUAGES:
            called: Called = getattr(part, language)
            for surname in called.surname:
                letters: Letters = "capital" if surname[0].isupper() else "any"
                entry = Entry("person", name, "surname" if part.lone else "full", letters)
                found = surname_forms(surname, language)
                surnames |= found
                forms.add(found, language, entry)
            for given in called.given:
                found = surname_forms(given, language)
                given_forms |= found
                forms.add(found, language, Entry("given", name, "given", "capital"))
        given_of[name] = frozenset(given_forms)
        surnames_of[name] = frozenset(surnames)
    return given_of, surnames_of


def _add_topics(forms: _Forms, parts: dict[str, TopicPart], documents: dict[str, DocumentPart]) -> tuple[Near, ...]:
    near: list[Near] = []
    for topic, part in parts.items():
        for language in LANGUAGES:
            forms.phrases(getattr(part.strong, language), language, Entry("topic", topic, "strong"))
            forms.phrases(getattr(part.weak, language), language, Entry("topic", topic, "weak"))
            forms.phrases(getattr(part.exclude, language), language, Entry("exclude", topic, "exclude"))
            for slug in part.documents:
                forms.phrases(getattr(documents[slug], language), language, Entry("topic", topic, "strong"))
        for number, pair in enumerate(part.near):
            lists = (f"{topic}/{number}/a", f"{topic}/{number}/b")
            near.append(Near(topic, *lists, pair.within, pair.strength, pair.explicit))
            for language in LANGUAGES:
                for list_name, words in zip(lists, getattr(pair, language), strict=True):
                    forms.phrases(words, language, Entry("word", list_name, "word"))
    return tuple(near)
