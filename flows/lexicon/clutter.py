"""Loads `clutter.yaml`: the lines that stand around articles, and the marks of pages that are none."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from flows.lexicon.errors import LexiconFileError
from flows.steps.clean.clutter import Clutter, compiled
from storage.terms import Outcome

FILE = Path(__file__).with_name("clutter.yaml")


def _is_pattern(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        message = f"not a regular expression: {pattern!r}: {error}"
        raise ValueError(message) from error
    if groups:
        message = f"write groups as (?:...), not (...): {pattern!r}"
        raise ValueError(message)
    return pattern


def _is_name(name: str) -> str:
    if not name.isidentifier():
        message = f"a kind is a name of letters and underscores, not {name!r}"
        raise ValueError(message)
    return name


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_is_pattern)]
Kind = Annotated[str, AfterValidator(_is_name)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    lines: dict[Kind, dict[Language, list[Pattern]]] = Field(min_length=1)
    stops: dict[Language, list[Pattern]] = Field(min_length=1)
    tails: dict[Kind, list[Pattern]]
    pages: dict[Outcome, list[Pattern]]


@lru_cache(maxsize=4)
def load_clutter(file: Path = FILE) -> Clutter:
    """The compiled clutter lexicon. Raises LexiconFileError with file and field for one that cannot be used."""
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        data = _File.model_validate(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LexiconFileError(file, "file", str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "file"
        raise LexiconFileError(file, field, first["msg"]) from error
    return compiled(
        str(data.version),
        {kind: [p for patterns in by_language.values() for p in patterns] for kind, by_language in data.lines.items()},
        [pattern for patterns in data.stops.values() for pattern in patterns],
        data.tails,
        data.pages,
    )
