"""The ledger, its history and conflicts, and what persons decided about claims."""

from datetime import date, datetime
from typing import Any, ClassVar, get_args

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.dialect import Flag, Id, Json, only_where
from storage.models.columns import Row, column, maybe, one_of, zero_or_one
from storage.records import LineStatus
from storage.terms import BlockKind, Cause, ConditionKind, Confirmed, Decision, EventPrecision, Family, Side, Stage


class LedgerHistory(Row, table=True):
    """Table of the ledger's history."""

    __tablename__ = "ledger_history"
    __table_args__: ClassVar[Any] = (
        one_of("family", Family),
        one_of("stage", Stage),
        one_of("acting_side", Side),
        one_of("precision", EventPrecision),
        one_of("confirmed_by", Confirmed),
        one_of("cause", Cause),
        one_of("block_kind", BlockKind),
        one_of("condition_kind", ConditionKind),
        sa.CheckConstraint(f"status IN {get_args(LineStatus)}", name="status"),
        *zero_or_one("is_hedged"),
        sa.Index("ux_ledger_history_open", "line", unique=True, **only_where("known_to IS NULL")),
        {
            "comment": "Every state each ledger line was ever in. A change of step, day, place, status or "
            "confirmation opens a new row; counts of speakers, texts and outlets are kept up in the open row."
        },
    )
    history_id: int = column("Natural key: line, content, how often that content had stood.", Id, key=True)
    line: str = column("Name of the line, such as JP/bilateral/signed.", index=True)
    guarantor: str = column("Code of the guarantor.", index=True)
    document: str = column("Slug of the document.")
    family: Family = column("Family of the document.", index=True)
    stage: Stage = column("The step.")
    stage_rank: int = column("Rank of the step on the ladder; side states are below 1.", sa.Integer)
    acting_side: Side = column("Who acts.")
    event_on_min: date | None = maybe("Earliest day of the step in Kyiv; null if only a latest is known.", sa.Date)
    event_on_max: date | None = maybe("Latest day of the step in Kyiv.", sa.Date)
    event_day_min: int | None = maybe("event_on_min as days since 1970-01-01.", sa.Integer)
    event_day_max: int | None = maybe("event_on_max as days since 1970-01-01.", sa.Integer)
    precision: EventPrecision = column("How exactly the day is known.")
    planned_on: date | None = maybe("Day announced for the act, in Kyiv.", sa.Date)
    planned_day: int | None = maybe("planned_on as days since 1970-01-01.", sa.Integer)
    place: str | None = maybe("Where.")
    status: LineStatus = column("current (told as fact), announced (planned or conditional only) or rejected.")
    confirmed_by: Confirmed = column("Which sides said so.")
    is_hedged: bool = column("1 if every text hedges.", Flag)
    block_kind: BlockKind | None = maybe("How the step was stopped, in the claim shown first.")
    condition_kind: ConditionKind | None = maybe("What the promise depends on, in the claim shown first.")
    speakers: int = column("Distinct speakers.", sa.Integer)
    texts: int = column("Articles that say so, copies included.", sa.Integer)
    outlets: int = column("Distinct outlets.", sa.Integer)
    first_published_at: datetime | None = maybe("Earliest publication that says so (UTC).", UTCDateTime)
    best_claim: int | None = maybe("The claim to show first.", Id)
    deciding: list[int] = column("JSON list of the claims that decided.", Json)
    content_sha256: str = column("SHA-256 (hex) of what makes a change.")
    known_from: datetime = column("When this database first showed it (UTC).", UTCDateTime)
    known_to: datetime | None = maybe("When it ceased to (UTC); null for what it shows now.", UTCDateTime)
    rules_version: str = column("Rules under which it was first shown.")
    cause: Cause = column("Why it came: news, outlet_edit, late_find, rule or review.")


class Conflict(Row, table=True):
    """Table of conflicts."""

    __tablename__ = "conflicts"
    __table_args__: ClassVar[Any] = {"comment": "What texts say against a ledger line; kept and shown, never decided."}
    line: str = column("The ledger line.", key=True)
    field: str = column("What is contradicted: day, place, stage …", key=True)
    value: str = column("The contradicting value.", key=True)
    claim_id: int = column("A claim that says so.", Id)
    texts: int = column("Articles that say so.", sa.Integer)


class Review(Row, table=True):
    """Table of reviews."""

    __tablename__ = "reviews"
    __table_args__: ClassVar[Any] = (
        one_of("decision", Decision),
        {"comment": "What persons decided about claims. Rows are only ever added; the latest of a reader counts."},
    )
    review_id: int = column("Natural key: claim, decision, correction, reader, moment.", Id, key=True)
    claim_id: int = column("The claim; it need not be on file any more.", Id, index=True)
    decision: Decision = column("accept, reject or correct.")
    correction: dict[str, Any] | None = maybe("JSON map of claim field to the right value.", Json)
    note: str | None = maybe("Why.")
    reader: str = column("Who read it.")
    decided_at: datetime = column("When (UTC).", UTCDateTime)
