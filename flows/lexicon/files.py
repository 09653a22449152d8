"""The form of the lexicon's files, checked when they are read."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from flows.lexicon.errors import LexiconFileError
from storage.terms import Family, GuarantorKind

Phrase = Annotated[str, StringConstraints(pattern=r"^=?[^\s=]", strip_whitespace=True)]
"""A lemma or phrase; "=" before it takes it as it stands."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(_Part):
    """How one language names a state or group; all but abbreviations are lemmas."""

    names: list[Phrase] = Field(min_length=1)
    abbreviations: list[Phrase] = []
    adjectives: list[Phrase] = []
    demonyms: list[Phrase] = []
    capitals: list[Phrase] = []


class GuarantorPart(_Part):
    """One entry of guarantors.yaml, keyed by its code."""

    kind: GuarantorKind
    groups: list[str] = []
    en: Names
    uk: Names
    ru: Names


class DocumentPart(_Part):
    """One entry of documents.yaml, keyed by its slug."""

    name: str
    family: Family
    form: str
    parties: list[str] = []
    en: list[Phrase]
    uk: list[Phrase]
    ru: list[Phrase]


class Called(_Part):
    """What a person is called in one language, as lemmas."""

    given: list[Phrase] = []
    surname: list[Phrase] = Field(min_length=1)


def _as_role(value: object) -> object:
    if isinstance(value, list) and len(value) == len(RolePart.model_fields):
        return dict(zip(RolePart.model_fields, value, strict=True))
    return value


class RolePart(_Part):
    """An office: `[country, title, since, until]`."""

    country: str
    title: str
    since: date | None
    until: date | None


class PersonPart(_Part):
    """One entry of persons.yaml, keyed by the name analysts see."""

    roles: list[Annotated[RolePart, BeforeValidator(_as_role)]]
    lone: bool = True
    en: Called
    uk: Called
    ru: Called


class Words(_Part):
    """Phrases in three languages, as lemmas."""

    en: list[Phrase] = []
    uk: list[Phrase] = []
    ru: list[Phrase] = []


Pair = Annotated[list[list[Phrase]], Field(min_length=2, max_length=2)]


class NearPart(_Part):
    """Two lists of words a language joins within so many letters of one sentence."""

    within: int = Field(gt=0, le=400)
    strength: str = Field(default="strong", pattern="^(strong|weak)$")
    explicit: bool = False
    en: Pair
    uk: Pair
    ru: Pair


class TopicPart(_Part):
    """One entry of topics.yaml, keyed by its id."""

    title: str
    core: bool = False
    context: bool = False
    umbrella: bool = False
    documents: list[str] = []
    strong: Words = Words()
    weak: Words = Words()
    near: list[NearPart] = []
    exclude: Words = Words()


SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "guarantors": TypeAdapter(dict[str, GuarantorPart]),
    "documents": TypeAdapter(dict[str, DocumentPart]),
    "persons": TypeAdapter(dict[str, PersonPart]),
    "topics": TypeAdapter(dict[str, TopicPart]),
    "words": TypeAdapter(dict[str, Words]),
    "traps": TypeAdapter(Words),
}


def read(folder: Path, *, all_of_them: bool) -> tuple[dict[str, Any], list[bytes]]:
    """The checked content of each lexicon file of a folder by its name, and the files' bytes.

    Raises:
        LexiconFileError: a file that must be there is absent, or one cannot be read or has a wrong field.
    """
    found: dict[str, Any] = {}
    payloads: list[bytes] = []
    for name, shape in SHAPES.items():
        file = folder / f"{name}.yaml"
        if not all_of_them and not file.exists():
            continue
        try:
            payload = file.read_bytes()
            content = yaml.load(payload, Loader=yaml.CSafeLoader)
            found[name] = shape.validate_python(content)
        except OSError as error:
            raise LexiconFileError(file, "", f"cannot be read: {error.strerror}") from error
        except yaml.YAMLError as error:
            raise LexiconFileError(file, "", f"is not YAML: {error}") from error
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise LexiconFileError(file, field, first["msg"]) from error
        payloads.append(payload)
    return found, payloads
