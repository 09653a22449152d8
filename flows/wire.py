"""The lines the step verbs speak: records as plain JSON values (contracts C2, C3 and C4 of the design)."""

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from crawlers.outlet import Outlet
from flows.steps.text import PARAGRAPH_BREAK, normal
from storage.keys import KYIV
from storage.records import Claim, Dropped, Findings, Identity, Moment, Paragraph, Reading, Statement, Tag
from storage.terms import Outcome, TimePrecision, Zone

Line = dict[str, Any]

_DAY_LENGTH = len("2026-01-31")
_NEAR = 0.8


class BadLineError(Exception):
    """An input line that cannot be taken; the message says what is wrong with it."""


class GivenParagraph(BaseModel):
    """A paragraph of a C3 line."""

    model_config = ConfigDict(extra="ignore")

    text: str
    zone: Zone


class TextLine(BaseModel):
    """One input line of `step tag` and `step identify` (C3, C4). Unknown fields are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    title: str = ""
    text: str
    paragraphs: tuple[GivenParagraph, ...] | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: Moment | None = None
    published_precision: str | None = None
    canonical_url: str | None = None
    translations: dict[str, str] = {}

    @property
    def text_body(self) -> str:
        """The text without the title, in the form in which it is stored."""
        return normal(self.text)

    @property
    def text_full(self) -> str:
        """What offsets point into: title, blank line, text."""
        return normal(self.title) + PARAGRAPH_BREAK + self.text_body


def read_text_line(values: Mapping[str, Any]) -> TextLine:
    """A C3/C4 input line, validated. A bare day as `published` is taken as that day's start in Kyiv.

    Raises BadLineError naming the field.
    """
    given = dict(values)
    published = given.get("published") or given.get("published_at")
    if isinstance(published, str) and published:
        given["published"] = _moment(published)
        if len(published) == _DAY_LENGTH:
            given["published_precision"] = TimePrecision.DAY
    else:
        given["published"] = None
    try:
        return TextLine.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        message = f"field {'.'.join(map(str, first['loc']))!r}: {first['msg']}"
        raise BadLineError(message) from error


def meant_fields(values: Mapping[str, Any]) -> dict[str, str]:
    """Fields of a line that are not read but look like one that is: the name given, and the one probably meant."""
    known = [*TextLine.model_fields, "published_at"]
    near = {name: get_close_matches(name, known, 1, _NEAR) for name in values if name not in known}
    return {name: found[0] for name, found in near.items() if found and found[0] not in values}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"field 'published': {text!r} is no ISO 8601 date or time"
        raise BadLineError(message) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=KYIV)


def paragraph_spans(text: str, offset: int) -> list[tuple[str, int, int]]:
    """The non-blank lines of a text as (text, start, end), each shifted by `offset`."""
    spans: list[tuple[str, int, int]] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped) + offset
            spans.append((stripped, start, start + len(stripped)))
        position += len(line) + 1
    return spans


def given_paragraphs(line: TextLine) -> list[Paragraph] | None:
    """The line's own paragraphs with their offsets, or None where it gives none.

    Raises BadLineError where a paragraph does not stand in the text.
    """
    if line.paragraphs is None:
        return None
    text_full = line.text_full
    position = len(normal(line.title))
    spans: list[Paragraph] = []
    for paragraph in line.paragraphs:
        text = normal(paragraph.text)
        start = text_full.find(text, position)
        if start < 0:
            message = f"paragraph {text[:40]!r} does not stand in the text in this order"
            raise BadLineError(message)
        position = start + len(text)
        spans.append(Paragraph(text=text, zone=paragraph.zone, start=start, end=position))
    return spans


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def clean_line(item: str, result: Reading | Dropped, outlets: Mapping[str, Outlet]) -> Line:
    """The C2 output line of one page. A dropped page has an empty text and says why it is none."""
    named = outlets.get(result.outlet or "")
    name = named.name if named else None
    if isinstance(result, Dropped):
        return {
            "id": item,
            "outcome": result.outcome.value,
            "why": result.why,
            "url": result.url,
            "outlet": result.outlet,
            "outlet_name": name,
            "outlet_source": result.outlet_source.value if result.outlet_source else None,
            "language": None,
            "title": result.title,
            "authors": [],
            "published_at": None,
            "published_precision": None,
            "date_source": None,
            "modified_at": None,
            "section": None,
            "outlet_tags": [],
            "paywalled": False,
            "paragraphs": [],
            "captions": [],
            "text": "",
            "text_full": "",
            "translations": {},
            "removed": [],
        }
    return {
        "id": item,
        "outcome": Outcome.ARTICLE.value,
        "url": result.canonical_url or result.url,
        "outlet": result.outlet,
        "outlet_name": name,
        "outlet_source": result.outlet_source.value,
        "language": result.language.value,
        "title": result.title,
        "authors": list(result.authors),
        "published_at": _iso(result.published_at),
        "published_precision": result.published_precision.value,
        "date_source": result.date_source.value,
        "modified_at": _iso(result.modified_at),
        "section": result.section,
        "outlet_tags": list(result.outlet_tags),
        "paywalled": result.paywalled,
        "paragraphs": [{"text": p.text, "zone": p.zone.value} for p in result.paragraphs],
        "captions": list(result.captions),
        "text": result.text,
        "text_full": result.text_full,
        "translations": result.translations,
        "removed": [{"text": r.text, "why": r.why} for r in result.removed],
    }


def claim_line(claim: Claim) -> Line:
    """A claim as JSON values, its key sentence left out (it stands in the evidence)."""
    return claim.model_dump(mode="json", exclude={"step_sentence"})


def _plain(record: Tag | Statement) -> Line:
    return record.model_dump(mode="json")


def tag_line(item: str, found: Findings) -> Line:
    """The C3 output line of one text."""
    return {
        "id": item,
        "language": found.language.value,
        "is_security_guarantees": found.is_security_guarantees,
        "score": found.score,
        "topics": [_plain(tag) for tag in found.topics],
        "claims": [claim_line(claim) for claim in found.claims],
        "statements": [_plain(statement) for statement in found.statements],
        "persons": [person.model_dump(mode="json") for person in found.persons],
        "attributions": [one.model_dump(mode="json") for one in found.attributions],
    }


def identity_line(identity: Identity) -> Line:
    """The C4 output line of one text."""
    return identity.model_dump(mode="json")
