"""Loads `agencies.yaml` and joins it with the outlets' files: every form of every name a text may credit."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawlers.outlet import Outlet
from flows.lexicon.errors import LexiconFileError
from flows.lexicon.inflect import phrase_forms, surname_forms
from flows.steps.credited import Letters, Name, Source, Sources
from flows.steps.text import fold
from storage.records import SourceKind

FILE = Path(__file__).with_name("agencies.yaml")

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐʼ'’]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_NEVER_CHANGE = "оую"
"""Ends of foreign words that have one form; declined like Ukrainian surnames, Політико would be a політика."""
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _SourcePart(_Part):
    """A source that has no outlet's file."""

    name: str = Field(min_length=2)
    kind: SourceKind
    names: list[str] = []


class _File(_Part):
    sources: dict[str, _SourcePart] = Field(min_length=1)
    more_names: dict[str, list[str]] = {}
    quoted_only: dict[str, list[str]] = {}
    not_names: list[str] = []


def load_sources(outlets: Mapping[str, Outlet], file: Path = FILE) -> Sources:
    """All sources: the outlets given, and those of the file; compiled for the step that looks for them.

    More names of an outlet that is not given are left out.

    Raises:
        LexiconFileError: the file cannot be read, has a wrong field, or names a source as an outlet's file does.
    """
    try:
        payload = file.read_bytes()
        parts = _File.model_validate(yaml.load(payload, Loader=yaml.CSafeLoader))
    except OSError as error:
        raise LexiconFileError(file, "", f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconFileError(file, "", f"is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise LexiconFileError(file, ".".join(map(str, first["loc"])), first["msg"]) from error
    called = dict(_called(outlets, parts, file))
    said = repr([payload, sorted((source.id, source.name, source.kind, names) for source, names in called.items())])
    version = hashlib.sha256(said.encode()).hexdigest()[:16]
    quoted_only = frozenset(name for names in parts.quoted_only.values() for name in names)
    return Sources(version, partial(_declined, called, quoted_only))


def _declined(called: Mapping[Source, tuple[str, ...]], quoted_only: frozenset[str]) -> dict[str, tuple[Name, ...]]:
    found: defaultdict[str, dict[Name, None]] = defaultdict(dict)
    for source, names in called.items():
        for name in names:
            letters = _letters(name)
            for form in _forms(name):
                found[form][Name(source, name, letters, is_loose=name not in quoted_only)] = None
    return {form: tuple(names) for form, names in found.items()}


def _called(outlets: Mapping[str, Outlet], parts: _File, file: Path) -> Iterator[tuple[Source, tuple[str, ...]]]:
    for slug, outlet in outlets.items():
        if slug in parts.sources:
            raise LexiconFileError(file, f"sources.{slug}", "an outlet's file has this slug; rename or remove it here")
        hosts = (host.removeprefix("www.") for host in outlet.hosts)
        names = (outlet.name, *outlet.names, *parts.more_names.get(slug, ()), *hosts)
        kept = tuple(dict.fromkeys(name for name in names if name not in parts.not_names))
        yield Source(slug, outlet.name, outlet.kind), kept
    for key, part in parts.sources.items():
        yield Source(key, part.name, part.kind), (part.name, *part.names)


def _letters(name: str) -> Letters:
    if _DOMAIN.fullmatch(name) and name.islower():
        return "any"
    return "exact" if name.isupper() or name[0].islower() else "capital"


def _forms(name: str) -> set[str]:
    """Folded forms of a name: Cyrillic ones are declined, but for abbreviations; Latin ones stay as they are."""
    if not _CYRILLIC.search(name) or name.isupper() or _DOMAIN.fullmatch(name):
        return {fold(name)}
    is_ukrainian, is_russian = bool(_UKRAINIAN.search(name)), bool(_RUSSIAN.search(name))
    languages = [lang for lang, other in (("uk", is_russian), ("ru", is_ukrainian)) if not other]
    forms = {fold(name)}
    if " " not in name and name[-1] in _NEVER_CHANGE:
        return forms
    for language in languages:
        forms |= phrase_forms(name, language)
        if " " not in name:
            forms |= _one_word(name, language)
    return forms


def _one_word(name: str, language: str) -> set[str]:
    """Forms of one word the dictionary may not know; of a hyphenated one in every combination of its parts' cases."""
    parts = [{fold(part)} if part.isupper() else surname_forms(part, language) for part in name.split("-")]
    return {"-".join(combination) for combination in product(*parts)}
