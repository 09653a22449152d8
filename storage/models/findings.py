"""What tagging found in a reading, with evidence, and whom and what it names."""

from datetime import date
from typing import Any, ClassVar, get_args

import sqlalchemy as sa

from storage.dialect import Flag, Id, Json
from storage.models.columns import Row, column, maybe, one_of, zero_or_one
from storage.records import CreditRole, SourceKind
from storage.terms import (
    BlockKind,
    ConditionKind,
    EventPrecision,
    EvidenceRole,
    Factuality,
    Family,
    GuarantorKind,
    ReportType,
    Side,
    Stage,
    StatementKind,
    TopicRole,
    Zone,
)


class DocumentRow(Row):
    """One document that promises something."""

    document: str = column("Slug of the document.", key=True)
    name: str = column("Name in English.")
    family: Family = column("Family of documents it belongs to.", index=True)
    form: str = column("treaty, agreement, declaration, statement, intent or another form.")
    parties: list[str] = column("JSON list of guarantor codes that are parties.", Json)
    aliases: list[str] = column("JSON list of the names texts give it.", Json)


class Document(DocumentRow, table=True):
    """Table of documents."""

    __tablename__ = "documents"
    __table_args__: ClassVar[Any] = (
        one_of("family", Family),
        {"comment": "Documents claims are about, by family; what is signed in one family says nothing of another."},
    )


class GuarantorRow(Row):
    """One state, organisation or group that may promise something."""

    guarantor: str = column("ISO 3166 alpha-2 code (XK for Kosovo), EU, NATO, G7 or MULTI.", key=True)
    name_en: str = column("Name in English.")
    name_uk: str = column("Name in Ukrainian.")
    name_ru: str = column("Name in Russian.")
    kind: str = column("state, union, alliance, group, beneficiary or adversary.")
    groups: list[str] = column("JSON list of groups it belongs to (EU, G7, NATO …).", Json)


class Guarantor(GuarantorRow, table=True):
    """Table of guarantors."""

    __tablename__ = "guarantors"
    __table_args__: ClassVar[Any] = (
        one_of("kind", GuarantorKind),
        {"comment": "States, organisations and groups that may promise something."},
    )


class Tag(Row, table=True):
    """Table of topics."""

    __tablename__ = "tags"
    __table_args__: ClassVar[Any] = (one_of("role", TopicRole), {"comment": "Topics of a reading."})
    reading_id: int = column("The reading.", Id, key=True, of="readings.reading_id")
    topic: str = column("Slug of the topic.", key=True, index=True)
    role: TopicRole = column("main, mention or background.")
    score: float = column("Score, 0 to 1.", sa.Float)
    rules_version: str = column("Rules that found it.")


class ClaimTable(Row, table=True):
    """Table of claims."""

    __tablename__ = "claims"
    __table_args__: ClassVar[Any] = (
        one_of("family", Family),
        one_of("stage", Stage),
        one_of("acting_side", Side),
        one_of("factuality", Factuality),
        one_of("block_kind", BlockKind),
        one_of("condition_kind", ConditionKind),
        one_of("precision", EventPrecision),
        one_of("said_side", Side),
        one_of("report_type", ReportType),
        one_of("zone", Zone),
        *zero_or_one("is_hedged"),
        {
            "comment": "That a text says a guarantor's promise took a step. One row a reading; the same claim in "
            "another reading has the same claim_id."
        },
    )
    claim_id: int = column("Natural key: article, guarantor, document, stage, sentence.", Id, key=True)
    reading_id: int = column("The reading it was found in.", Id, key=True, index=True, of="readings.reading_id")
    article_id: int = column("The article.", Id, index=True, of="articles.article_id")
    version_id: int = column("The version.", Id, index=True, of="versions.version_id")
    guarantor: str = column("Code of the guarantor.", index=True)
    document: str = column("Slug of the document.")
    family: Family = column("Family of the document.", index=True)
    stage: Stage = column("The step.", index=True)
    acting_side: Side = column("Who acts. For a proposal UA means wanted, guarantor offered, third named.")
    factuality: Factuality = column("How the text holds it; only fact moves the ledger.")
    is_hedged: bool = column("1 if the text hedges (reportedly, according to sources).", Flag)
    block_kind: BlockKind | None = maybe("How the step was stopped.")
    condition_kind: ConditionKind | None = maybe("What the promise depends on.")
    event_on_min: date | None = maybe("Earliest day of the step in Kyiv; null if only a latest is known.", sa.Date)
    event_on_max: date | None = maybe("Latest day of the step in Kyiv.", sa.Date)
    event_day_min: int | None = maybe("event_on_min as days since 1970-01-01.", sa.Integer)
    event_day_max: int | None = maybe("event_on_max as days since 1970-01-01.", sa.Integer)
    precision: EventPrecision = column("How exactly the day is known.")
    planned_on: date | None = maybe("For announcements: day of the announced act in Kyiv.", sa.Date)
    planned_day: int | None = maybe("planned_on as days since 1970-01-01.", sa.Integer)
    place: str | None = maybe("Where.")
    said_by: str | None = maybe("Who says so.")
    said_side: Side = column("Whose side the speaker is on.")
    term_used: str | None = maybe("The word the text uses: guarantee, assurance, commitment …")
    report_type: ReportType = column("original, restatement, third_party or correction.")
    zone: Zone = column("What part of the article it stands in.")
    rule: str = column("The rule that decided.")
    step_sentence: str = column("The deciding sentence, folded; part of the key.")
    rules_version: str = column("Rules that found it.")


class _Span(Row):
    """One quoted span."""

    role: EvidenceRole = column("What the span proves: step, who, document, date or context.")
    span_start: int = column("Offset of its first character in text_full.", sa.Integer)
    span_end: int = column("Offset after its last character.", sa.Integer)
    quote: str = column("The characters between the offsets.")
    rule: str = column("The rule that found it.")


class _EvidenceKey(Row):
    """What identifies a span."""

    claim_id: int = column("The claim.", Id, key=True)
    reading_id: int = column("The reading the offsets count in.", Id, key=True, index=True)
    n: int = column("0 for the first span.", sa.Integer, key=True)


class EvidenceTable(_Span, _EvidenceKey, table=True):
    """Table of evidence of claims."""

    __tablename__ = "evidence"
    __table_args__: ClassVar[Any] = (
        sa.ForeignKeyConstraint(
            ["claim_id", "reading_id"], ["claims.claim_id", "claims.reading_id"], ondelete="CASCADE"
        ),
        one_of("role", EvidenceRole),
        {"comment": "The sentences that prove a claim. Statements and tags have tables of their own of this form."},
    )


class StatementTable(Row, table=True):
    """Table of statements."""

    __tablename__ = "statements"
    __table_args__: ClassVar[Any] = (
        one_of("kind", StatementKind),
        one_of("side", Side),
        one_of("condition_kind", ConditionKind),
        {"comment": "What else a text says that analysts count: stance, term, amount, count, ordinal, offer, refusal."},
    )
    statement_id: int = column("Natural key: article, kind, guarantor, speaker, value, first sentence.", Id, key=True)
    reading_id: int = column("The reading it was found in.", Id, key=True, index=True, of="readings.reading_id")
    article_id: int = column("The article.", Id, index=True, of="articles.article_id")
    kind: StatementKind = column("What it is.", index=True)
    guarantor: str | None = maybe("Code of the guarantor it is about.", index=True)
    speaker: str | None = maybe("Who says it.")
    side: Side = column("Whose side the speaker is on.")
    value: str = column("The stance, term, amount, count or thing, as a word or number.")
    amount: float | None = maybe("The number, where there is one.", sa.Float)
    unit: str | None = maybe("Unit of the number: a currency code, years, states …")
    condition_kind: ConditionKind | None = maybe("What it depends on.")
    rule: str = column("The rule that decided.")
    rules_version: str = column("Rules that found it.")


class _StatementEvidenceKey(Row):
    """What identifies a span."""

    statement_id: int = column("The statement.", Id, key=True)
    reading_id: int = column("The reading the offsets count in.", Id, key=True, index=True)
    n: int = column("0 for the first span.", sa.Integer, key=True)


class StatementEvidence(_Span, _StatementEvidenceKey, table=True):
    """Table of evidence of statements."""

    __tablename__ = "statement_evidence"
    __table_args__: ClassVar[Any] = (
        sa.ForeignKeyConstraint(
            ["statement_id", "reading_id"], ["statements.statement_id", "statements.reading_id"], ondelete="CASCADE"
        ),
        one_of("role", EvidenceRole),
        {"comment": "The sentences that prove a statement."},
    )


class _TagEvidenceKey(Row):
    """What identifies a span."""

    reading_id: int = column("The reading the offsets count in.", Id, key=True)
    topic: str = column("Slug of the topic.", key=True)
    n: int = column("0 for the first span.", sa.Integer, key=True)


class TagEvidence(_Span, _TagEvidenceKey, table=True):
    """Table of evidence of topics."""

    __tablename__ = "tag_evidence"
    __table_args__: ClassVar[Any] = (
        sa.ForeignKeyConstraint(["reading_id", "topic"], ["tags.reading_id", "tags.topic"], ondelete="CASCADE"),
        one_of("role", EvidenceRole),
        {"comment": "The words that prove a topic."},
    )


class PersonMentionTable(Row, table=True):
    """Table of persons."""

    __tablename__ = "person_mentions"
    __table_args__: ClassVar[Any] = {"comment": "Persons a reading names."}
    reading_id: int = column("The reading.", Id, key=True, of="readings.reading_id")
    name: str = column("Canonical name.", key=True, index=True)
    as_written: list[str] = column("JSON list of the spellings in the text.", Json)
    role: str | None = maybe("Office or function, where known.")


class AttributionTable(Row, table=True):
    """Table of attributions."""

    __tablename__ = "attributions"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint(f"kind IN {get_args(SourceKind)}", name="kind"),
        sa.CheckConstraint(f"role IN {get_args(CreditRole)}", name="role"),
        {"comment": "Outlets and agencies a reading credits, with the words that do."},
    )
    reading_id: int = column("The reading the offsets count in.", Id, key=True, of="readings.reading_id")
    n: int = column("0 for the first in the text.", sa.Integer, key=True)
    source: str = column("Slug of the credited outlet, or id of a source that is not read here.", index=True)
    name: str = column("How the source is called.")
    kind: SourceKind = column("agency, newspaper, broadcaster, magazine, government, ngo or unlisted.")
    role: CreditRole = column("origin: the news is credited to it; mention: said in passing; self: the outlet itself.")
    span_start: int = column("Offset of its first character in text_full.", sa.Integer)
    span_end: int = column("Offset after its last character.", sa.Integer)
    quote: str = column("The characters between the offsets.")
    rule: str = column("The wording that decided.")
    rules_version: str = column("Rules that found it.")
