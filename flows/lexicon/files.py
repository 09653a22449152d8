"""The form of the lexicon's files, checked when they are read."""

import re
from collections.abc import Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic import model_validator as checked

from flows.lexicon.errors import LexiconFileError
from storage.terms import Family, GuarantorKind

_PATTERN_SIGNS = re.compile(r"[*?|()\[\]{}\\^$]")
_PROBLEMS = {
    "extra_forbidden": "no such field",
    "missing": "must be there and is not",
    "dict_type": "expected names with values, as in `name: value`",
    "model_type": "expected names with values, as in `name: value`",
    "model_attributes_type": "expected names with values, as in `name: value`",
    "list_type": "expected a list, as in `[one, two]`",
    "string_type": "expected text; write it in quotes",
}
"""What is wrong, in plain words, by pydantic's kind of error; other kinds have a plain message of their own."""
_ID = re.compile(r"[a-z][a-z0-9_]*")


def _is_phrase(phrase: str) -> str:
    """Refuses what could never be found, above all a regular expression."""
    written = phrase.strip()
    if sign := _PATTERN_SIGNS.search(written):
        message = f"{written!r} holds {sign[0]!r}: write plain words, their forms are made, and no pattern"
        raise ValueError(message)
    if not re.match(r"=?[^\s=]", written) or not any(letter.isalnum() for letter in written):
        message = f"{phrase!r} is no word or phrase"
        raise ValueError(message)
    return written


def _is_id(topic: str) -> str:
    if not _ID.fullmatch(topic):
        message = f"{topic!r} is no id: write small Latin letters, digits and _, a letter first"
        raise ValueError(message)
    return topic


Phrase = Annotated[str, AfterValidator(_is_phrase)]
"""A lemma or phrase; "=" before it takes it as it stands."""
TopicId = Annotated[str, AfterValidator(_is_id)]


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
    """One entry of topics.yaml, keyed by its id.

    `definition`, what `counts` and `counts_not`, and an `example` are for people; the codebook is made of them.
    """

    title: str = Field(min_length=1)
    definition: str = ""
    counts: list[str] = []
    counts_not: list[str] = []
    example: str = ""
    core: bool = False
    context: bool = False
    umbrella: bool = False
    documents: list[str] = []
    strong: Words = Words()
    weak: Words = Words()
    near: list[NearPart] = []
    exclude: Words = Words()

    @checked(mode="after")
    def _can_be_found(self) -> "TopicPart":
        has_words = any((part.en, part.uk, part.ru) != ([], [], []) for part in (self.strong, self.weak))
        if not (has_words or self.near or self.documents):
            message = "nothing could carry this topic; give it words under strong, weak or near, or documents"
            raise ValueError(message)
        return self


class _Loader(yaml.CSafeLoader):
    """YAML, in which no key may stand twice: the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's own signature
        seen: set[object] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problem = "a list or mapping as a key"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            if key.value in seen:
                raise _TwiceError(str(key.value), key.start_mark.line + 1)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


class _TwiceError(Exception):
    """A key that stands twice in one place of a file."""


SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "guarantors": TypeAdapter(dict[str, GuarantorPart]),
    "documents": TypeAdapter(dict[str, DocumentPart]),
    "persons": TypeAdapter(dict[str, PersonPart]),
    "topics": TypeAdapter(dict[TopicId, TopicPart]),
    "words": TypeAdapter(dict[str, Words]),
    "traps": TypeAdapter(Words),
}


def read(folder: Path, *, all_of_them: bool) -> tuple[dict[str, Any], list[bytes]]:
    """The checked content of each lexicon file of a folder by its name, and the files' bytes.

    Raises:
        LexiconFileError: a file that must be there is absent, one cannot be read, has a wrong field or has one
            twice, or the folder holds a YAML file that none of ours is called.
    """
    if not all_of_them:
        _check_names(folder)
    found: dict[str, Any] = {}
    payloads: list[bytes] = []
    for name, shape in SHAPES.items():
        file = folder / f"{name}.yaml"
        if not all_of_them and not file.exists():
            continue
        try:
            payload = file.read_bytes()
            content = yaml.load(payload, Loader=_Loader)  # noqa: S506 - a safe loader, made stricter
            found[name] = shape.validate_python(content)
        except OSError as error:
            raise LexiconFileError(file, "", f"cannot be read: {error.strerror}") from error
        except yaml.YAMLError as error:
            raise LexiconFileError(file, "", f"is not YAML: {' '.join(str(error).split())}") from error
        except _TwiceError as error:
            key, line = error.args
            raise LexiconFileError(file, key, f"stands there twice, the second time in line {line}") from error
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"] if part != "[key]")
            problem = "holds nothing" if content is None else _in_words(first["msg"], first["type"])
            raise LexiconFileError(file, field, problem) from error
        payloads.append(payload)
    return found, payloads


def _check_names(folder: Path) -> None:
    """Refuses a file that would be passed over in silence for its name."""
    for file in sorted(folder.iterdir()):
        if file.suffix in {".yaml", ".yml"} and file.name not in {f"{name}.yaml" for name in SHAPES}:
            names = ", ".join(f"{name}.yaml" for name in SHAPES)
            raise LexiconFileError(file, "", f"no lexicon file is called so; the names are {names}")


def _in_words(message: str, kind: str) -> str:
    return _PROBLEMS.get(kind) or message.removeprefix("Value error, ")
