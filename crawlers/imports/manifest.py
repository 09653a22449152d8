"""Lines of a JSONL manifest: one input each, `id` and one of `file`, `html`, `text`, with what else is known."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, BinaryIO

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawlers.archive import MAX_PAYLOAD

LONGEST_LINE = 2 * MAX_PAYLOAD
"""Bytes of the longest line that is read."""


def _moment(value: object) -> object:
    """A moment as ISO 8601 or as HTTP writes it; without an offset, as in a bare day, it is in UTC."""
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError as error:
            message = f"{value!r} is no moment; write it like 2024-06-13T18:02:00+03:00"
            raise ValueError(message) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Line(BaseModel):
    """One good line. `file` is relative to the manifest; `fetched_at` is aware; `where` names file and line."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    where: str
    id: str = Field(min_length=1)
    file: str | None = None
    html: str | None = None
    text: str | None = None
    url: str | None = None
    outlet: str | None = None
    content_type: str | None = None
    fetched_at: Annotated[AwareDatetime | None, BeforeValidator(_moment)] = None

    @model_validator(mode="after")
    def _one_content(self) -> "Line":
        if sum(value is not None for value in (self.file, self.html, self.text)) != 1:
            message = "give exactly one of file, html and text"
            raise ValueError(message)
        return self


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be used; `item` is its id where it has one, else file and line."""

    item: str
    outcome: str
    detail: str


def read_lines(lines: BinaryIO, source: str) -> Iterator[Line | BadLine]:
    """All lines that are not blank, each as `Line` or `BadLine`; `source` is the name shown to the user."""
    number = 0
    while raw := lines.readline(LONGEST_LINE):
        number += 1
        where = f"{source}, line {number}"
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield BadLine(where, "too_large", f"{where}: more than {LONGEST_LINE} bytes")
        elif raw.strip():
            yield _line(raw, where)


def _line(raw: bytes, where: str) -> Line | BadLine:
    try:
        fields: Any = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return BadLine(where, "unreadable", f"{where}: not JSON: {error}")
    if not isinstance(fields, dict):
        return BadLine(where, "unreadable", f"{where}: not a JSON object")
    item = str(fields.get("id") or where)
    try:
        return Line.model_validate({**fields, "where": where})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        said = str(first["msg"]).removeprefix("Value error, ")
        reason = f"{field}: {said}" if field else said
        return BadLine(item, "unreadable", f"{where}: {reason}")
