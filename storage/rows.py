"""From records to rows of the database: pure functions, one dictionary a row."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from storage import keys
from storage.batch import ReadPage
from storage.models import TABLES
from storage.records import Evidence, Findings, LedgerLine

MAX_TOKENS = 50_000
MAX_TOKEN_LENGTH = 100

Values = dict[str, Any]


def complete(table: sa.Table, given: Mapping[str, Any]) -> Values:
    """A row with every column of the table, null where nothing is given, and its day columns computed.

    `x_on` is the Kyiv day of `x_at`; `x_day` and `x_day_min` are `x_on` and `x_on_min` as day numbers.
    Raises ValueError for a column the table does not have.
    """
    names = [column.name for column in table.columns]
    if unknown := given.keys() - set(names):
        message = f"table {table.name} has no column {min(unknown)!r}"
        raise ValueError(message)
    row = {name: given.get(name) for name in names}
    for name in names:
        if name.endswith("_on") and (moment := name.removesuffix("_on") + "_at") in row:
            at = row[moment]
            row[name] = keys.kyiv_day(at) if at else None
    for name in names:
        if name.endswith(("_day", "_day_min", "_day_max")) and (on := name.replace("_day", "_on")) in row:
            day = row[on]
            row[name] = keys.day_number(day) if day else None
    return row


def search_tokens(tokens: str | Iterable[str]) -> str:
    """Distinct tokens of letters and digits only, lower case, in order, separated by single spaces.

    The same function makes what is stored and what is asked for. Of a text's distinct tokens the first 50,000
    count, and of a token its first 100 characters: Postgres can index no more.
    """
    text = tokens if isinstance(tokens, str) else " ".join(tokens)
    plain = "".join(char if char.isalnum() else " " for char in text.lower())
    distinct = dict.fromkeys(token[:MAX_TOKEN_LENGTH] for token in plain.split())
    return " ".join(list(distinct)[:MAX_TOKENS])


def reading_row(page: ReadPage, cleaner_version: str, rules_version: str) -> Values:
    """The row of `readings` of one capture."""
    reading, found = page.reading, page.findings
    return complete(
        TABLES["readings"],
        {
            "reading_id": keys.reading_id(page.version_id, cleaner_version),
            "version_id": page.version_id,
            "article_id": page.article_id,
            "page_id": page.page_id,
            "cleaner_version": cleaner_version,
            "is_current": True,
            "outlet": reading.outlet,
            "outlet_source": reading.outlet_source,
            "url": reading.url,
            "canonical_url": reading.canonical_url,
            "language": reading.language,
            "headline": reading.title,
            "authors": list(reading.authors),
            "section": reading.section,
            "published_at": reading.published_at,
            "published_precision": reading.published_precision,
            "date_source": reading.date_source,
            "modified_at": reading.modified_at,
            "text_full": reading.text_full,
            "text_sha256": keys.sha256(reading.text_full),
            "outlet_tags": list(reading.outlet_tags),
            "captions": list(reading.captions),
            "translations": reading.translations,
            "removed": [removed.model_dump() for removed in reading.removed],
            "path": reading.path,
            "sources": reading.sources,
            "is_paywalled": reading.paywalled,
            "rules_version": rules_version if found else None,
            "is_security_guarantees": found.is_security_guarantees if found else None,
            "topic_score": found.score if found else None,
        },
    )


def reading_parts(page: ReadPage, reading_id: int, rules_version: str) -> dict[str, list[Values]]:
    """The rows that hang on one reading, by table: paragraphs, topics, claims, statements, persons, credits, evidence.

    Claims, statements and persons that share a key become one row that holds the evidence of all.
    """
    parts: dict[str, list[Values]] = {
        "reading_paragraphs": [
            {"reading_id": reading_id, "n": n, "span_start": one.start, "span_end": one.end, "zone": one.zone}
            for n, one in enumerate(page.reading.paragraphs)
        ]
    }
    if page.findings is not None:
        parts |= _topics(page.findings, reading_id, rules_version)
        parts |= _claims(page, page.findings, reading_id, rules_version)
        parts |= _statements(page, page.findings, reading_id, rules_version)
        parts |= _persons(page.findings, reading_id)
        parts |= _attributions(page.findings, reading_id, rules_version)
    return {name: [complete(TABLES[name], row) for row in rows] for name, rows in parts.items()}


def _spans(owner: Values, evidence: Iterable[Evidence]) -> list[Values]:
    return [
        {**owner, "n": n, "role": one.role, "span_start": one.start, "span_end": one.end}
        | {"quote": one.quote, "rule": one.rule}
        for n, one in enumerate(dict.fromkeys(evidence))
    ]


def _topics(found: Findings, reading_id: int, rules_version: str) -> dict[str, list[Values]]:
    tags: dict[str, Values] = {}
    proofs: dict[str, list[Evidence]] = {}
    for tag in found.topics:
        row = {"reading_id": reading_id, "topic": tag.topic, "role": tag.role, "score": tag.score}
        tags.setdefault(tag.topic, {**row, "rules_version": rules_version})
        proofs.setdefault(tag.topic, []).extend(tag.evidence)
    owners = {topic: {"reading_id": reading_id, "topic": topic} for topic in tags}
    spans = [span for topic, owner in owners.items() for span in _spans(owner, proofs[topic])]
    return {"tags": list(tags.values()), "tag_evidence": spans}


def _claims(page: ReadPage, found: Findings, reading_id: int, rules_version: str) -> dict[str, list[Values]]:
    claims: dict[int, Values] = {}
    proofs: dict[int, list[Evidence]] = {}
    for claim in found.claims:
        claim_id = keys.claim_id(page.article_id, claim.guarantor, claim.document, claim.stage, claim.step_sentence)
        row = claim.model_dump(exclude={"evidence"}) | {"article_id": page.article_id, "version_id": page.version_id}
        row |= {"claim_id": claim_id, "reading_id": reading_id, "rules_version": rules_version}
        claims.setdefault(claim_id, row)
        proofs.setdefault(claim_id, []).extend(claim.evidence)
    owners = {claim_id: {"claim_id": claim_id, "reading_id": reading_id} for claim_id in claims}
    spans = [span for claim_id, owner in owners.items() for span in _spans(owner, proofs[claim_id])]
    return {"claims": list(claims.values()), "evidence": spans}


def _statements(page: ReadPage, found: Findings, reading_id: int, rules_version: str) -> dict[str, list[Values]]:
    statements: dict[int, Values] = {}
    proofs: dict[int, list[Evidence]] = {}
    for one in found.statements:
        sentence = " ".join(one.evidence[0].quote.split())
        parts = (str(page.article_id), one.kind, one.guarantor or "", one.speaker or "", one.value, sentence)
        statement_id = keys.key("statement", *parts)
        row = one.model_dump(exclude={"evidence"}) | {"article_id": page.article_id, "rules_version": rules_version}
        statements.setdefault(statement_id, row | {"statement_id": statement_id, "reading_id": reading_id})
        proofs.setdefault(statement_id, []).extend(one.evidence)
    owners = {statement_id: {"statement_id": statement_id, "reading_id": reading_id} for statement_id in statements}
    spans = [span for statement_id, owner in owners.items() for span in _spans(owner, proofs[statement_id])]
    return {"statements": list(statements.values()), "statement_evidence": spans}


def _persons(found: Findings, reading_id: int) -> dict[str, list[Values]]:
    persons: dict[str, Values] = {}
    for person in found.persons:
        row = persons.setdefault(
            person.name, {"reading_id": reading_id, "name": person.name, "as_written": [], "role": person.role}
        )
        row["as_written"] = list(dict.fromkeys([*row["as_written"], *person.as_written]))
        row["role"] = row["role"] or person.role
    return {"person_mentions": list(persons.values())}


def _attributions(found: Findings, reading_id: int, rules_version: str) -> dict[str, list[Values]]:
    owner = {"reading_id": reading_id, "rules_version": rules_version}
    return {
        "attributions": [
            {**owner, "n": n, "span_start": one.start, "span_end": one.end} | one.model_dump(exclude={"start", "end"})
            for n, one in enumerate(found.attributions)
        ]
    }


CHANGE_FIELDS = (
    *("line", "guarantor", "document", "family", "stage", "stage_rank", "acting_side", "event_on_min", "event_on_max"),
    *("precision", "planned_on", "place", "status", "confirmed_by", "is_hedged", "block_kind", "condition_kind"),
)
"""Fields of a ledger line whose change opens a new row of its history."""


def ledger_row(line: LedgerLine) -> Values:
    """The content columns of `ledger_history` for a line, with the hash of what makes a change."""
    values = line.model_dump()
    shown = [str(values[name]) for name in CHANGE_FIELDS]
    return values | {"deciding": list(line.deciding), "content_sha256": keys.sha256("\x1f".join(shown))}
