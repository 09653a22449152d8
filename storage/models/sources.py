"""Who is read and what was fetched: outlets, runs, pages, and what keeps crawls apart and counted."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.dialect import Flag, Id, Json
from storage.models.columns import Row, column, maybe, one_of, zero_or_one
from storage.records import Moment
from storage.terms import AlarmKind, Language, Outcome, UnitState


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class RecordType(StrEnum):
    """What kind of archive record holds a page: a response, an unchanged one, or a file that came without HTTP."""

    RESPONSE = "response"
    REVISIT = "revisit"
    RESOURCE = "resource"


class Info(Row, table=True):
    """Facts about this database itself: that it is Zaporuka's, and whether it is a demo."""

    __tablename__ = "zaporuka_info"
    __table_args__: ClassVar[Any] = {"comment": "Facts about this database: that it is ours, whether it is a demo."}
    key: str = column("Name of the fact.", key=True)
    value: str = column("The fact.")


class OutletRow(Row):
    """One outlet."""

    outlet: str = column("Slug of the outlet.", key=True)
    name: str = column("Name as the outlet writes it.")
    kind: str = column("newspaper, agency, broadcaster, government, magazine, ngo or unlisted.")
    side: str = column("Whose voice it is: UA, guarantor, international, RU or unknown.")
    tier: str = column("primary, secondary or unlisted.")
    languages: list[str] = column("JSON list of the languages of its editions.", Json)
    homepage: str = column("Address of its front page.")
    rights: str = column("What its terms allow, in short.")
    terms_url: str | None = maybe("Where its terms stand.")
    is_known_to_block: bool = column("1 if it is known to refuse programs that read.", Flag)


class Outlet(OutletRow, table=True):
    """Table of outlets."""

    __tablename__ = "outlets"
    __table_args__: ClassVar[Any] = (*zero_or_one("is_known_to_block"), {"comment": "The outlets that are read."})


class Run(Row, table=True):
    """Table of runs."""

    __tablename__ = "runs"
    __table_args__: ClassVar[Any] = (
        one_of("state", RunState),
        {"comment": "Every time a verb wrote to this database, and how that ended."},
    )
    run_id: str = column("Random UUID of the run.", key=True)
    verb: str = column("The verb that was run.")
    started_at: datetime = column("When it began (UTC).", UTCDateTime)
    finished_at: datetime | None = maybe("When it ended (UTC); null while it runs or if it was killed.", UTCDateTime)
    state: RunState = column("running, done, failed or interrupted.")
    cleaner_version: str | None = maybe("Version of the cleaner it used.")
    rules_version: str | None = maybe("Version of the tagging and claim rules it used.")
    counts: dict[str, Any] = column("JSON of what it counted.", Json)


class PageRow(Row):
    """One capture: one archived response, and what became of it.

    The store itself fills `article_id`, `version_id`, `text_sha256` and `cleaner_version` of pages that are
    articles, and the day columns.
    """

    page_id: int = column("Natural key of the capture: URL, moment, payload digest.", Id, key=True)
    url: str = column("Address that was asked for.", index=True)
    outlet: str | None = maybe("Slug of the outlet; null where nobody knows it.", index=True)
    fetched_at: Moment | None = maybe("When it was fetched (UTC); null where nobody knows.", UTCDateTime)
    fetched_on: date | None = maybe("Day of fetched_at in Kyiv.", sa.Date)
    fetched_day: int | None = maybe("fetched_on as days since 1970-01-01.", sa.Integer, index=True)
    http_status: int | None = maybe("HTTP status; null where there was no HTTP.", sa.Integer)
    content_type: str | None = maybe("Content type as sent or given.")
    etag: str | None = maybe("ETag as sent, to ask later whether the page has changed.")
    last_modified: str | None = maybe("Last-Modified as sent, for the same.")
    payload_sha256: str = column("SHA-256 (hex) of the body.")
    payload_bytes: int = column("Size of the body in bytes.", Id)
    warc_file: str | None = maybe("Archive file that holds it, as first stored.")
    warc_offset: int | None = maybe("Byte offset of its record in the archive file.", Id)
    record_type: RecordType = column("response, revisit (unchanged) or resource (came without HTTP).")
    is_truncated: bool = column("1 if the body was cut at the size or time limit.", Flag)
    run_id: str | None = maybe("The run that first stored it.")
    outcome: Outcome = column("What became of it.", index=True)
    outcome_detail: str | None = maybe("What betrayed that outcome.")
    article_id: int | None = maybe("The article it is a capture of, if any.", Id, index=True, of="articles.article_id")
    version_id: int | None = maybe("The version of that article it shows.", Id, index=True, of="versions.version_id")
    text_sha256: str | None = maybe("SHA-256 (hex) of its cleaned text under cleaner_version.")
    cleaner_version: str | None = maybe("The cleaner that last read it.")


class Page(PageRow, table=True):
    """Table of captures."""

    __tablename__ = "pages"
    __table_args__: ClassVar[Any] = (
        one_of("record_type", RecordType),
        one_of("outcome", Outcome),
        *zero_or_one("is_truncated"),
        {"comment": "Every capture (archived response or file) and its outcome, article or not."},
    )


class UnitRow(Row):
    """One work unit: what an index offers at once."""

    unit_id: int = column("Natural key of the unit: outlet, edition, kind, index address, days.", Id, key=True)
    outlet: str = column("Slug of the outlet.", index=True)
    edition: str = column("Language of the edition.")
    kind: str = column("Kind of index: feed, news_sitemap, month_sitemap, day_list and so on.")
    index_url: str = column("Address of the index.")
    covers_from: date | None = maybe("First day in Kyiv it covers; null if unknown.", sa.Date)
    covers_to: date | None = maybe("Last day in Kyiv it covers; null if unknown.", sa.Date)
    state: UnitState = column("planned, listed (its index was read) or done (its pages were asked for).", index=True)
    planned_at: Moment = column("When it was first planned (UTC).", UTCDateTime)
    read_at: Moment | None = maybe("When its index was last read (UTC).", UTCDateTime)
    read_on: date | None = maybe("Day of read_at in Kyiv.", sa.Date)
    done_at: Moment | None = maybe("When the last of its pages had been asked for (UTC).", UTCDateTime)
    outcome: Outcome | None = maybe("What became of its index when it was last asked for; null before.")
    listed: int | None = maybe(
        "Addresses its index named when it was last read; null where it could not be.", sa.Integer
    )


class Unit(UnitRow, table=True):
    """Table of work units."""

    __tablename__ = "units"
    __table_args__: ClassVar[Any] = (
        one_of("state", UnitState),
        one_of("outcome", Outcome),
        {"comment": "Work units: the indexes (feeds, sitemaps, day lists) that were or are to be read."},
    )


class LeadRow(Row):
    """One address an index named."""

    url: str = column("Address the index gave.", key=True)
    outlet: str = column("Slug of the outlet.", index=True)
    language: Language | None = maybe("Language of the edition that listed it.")
    published_hint_at: Moment | None = maybe("Moment the index gave (UTC).", UTCDateTime)
    published_hint_on: date | None = maybe("Day of published_hint_at in Kyiv.", sa.Date)
    published_hint_day: int | None = maybe("published_hint_on as days since 1970-01-01.", sa.Integer, index=True)
    headline_hint: str | None = maybe("Headline the index gave.")
    unit_id: int | None = maybe("The unit that listed it first.", Id)
    first_seen_at: Moment = column("When it was first listed (UTC).", UTCDateTime)


class LeadTable(LeadRow, table=True):
    """Table of leads."""

    __tablename__ = "leads"
    __table_args__: ClassVar[Any] = (
        one_of("language", Language),
        {"comment": "Addresses that indexes named, read or not."},
    )


class UnitLeadRow(Row):
    """One address one unit listed."""

    unit_id: int = column("The unit.", Id, key=True)
    url: str = column("Address its index gave.", key=True, index=True)


class UnitLeadTable(UnitLeadRow, table=True):
    """Table of which unit listed what."""

    __tablename__ = "unit_leads"
    __table_args__: ClassVar[Any] = {"comment": "Which unit listed which address; leads keeps only the first of them."}


class AlarmRow(Row):
    """One thing that was wrong with one run."""

    alarm_id: int = column("Natural key: run, kind, outlet, subject.", Id, key=True)
    run_id: str = column("The run that saw it.", index=True)
    outlet: str | None = maybe("Slug of the outlet; null where it concerns the whole run.")
    kind: AlarmKind = column("What is wrong.")
    subject: str = column("What it is about: an index, an edition, a field; empty if the outlet as a whole.")
    detail: str = column("What was seen and what is normal, in words.")
    raised_at: Moment = column("When it was seen (UTC).", UTCDateTime)
    raised_on: date | None = maybe("Day of raised_at in Kyiv.", sa.Date)
    raised_day: int | None = maybe("raised_on as days since 1970-01-01.", sa.Integer, index=True)


class AlarmTable(AlarmRow, table=True):
    """Table of alarms."""

    __tablename__ = "alarms"
    __table_args__: ClassVar[Any] = (
        one_of("kind", AlarmKind),
        {"comment": "What was not as usual in a run: silence, refusals, fields gone empty, a jump in what is dropped."},
    )


class Lease(Row, table=True):
    """Table of leases."""

    __tablename__ = "leases"
    __table_args__: ClassVar[Any] = {"comment": "Who works on what now, so that two runs never meet on one host."}
    kind: str = column("What is leased: host or unit.", key=True)
    key: str = column("Which one.", key=True)
    holder: str = column("Who holds it.")
    until: datetime = column("When it lapses if not renewed (UTC).", UTCDateTime)


class OutcomeRow(Row):
    """What became of one thing in one stage of one run."""

    run_id: str = column("The run.", key=True)
    stage: str = column("The stage: fetch, clean, identify, tag, load.", key=True)
    item: str = column("What was counted: the address, or another name that is unique within run and stage.", key=True)
    outlet: str | None = maybe("Slug of the outlet.")
    url: str | None = maybe("Address.")
    outcome: Outcome = column("What became of it.", index=True)
    detail: str | None = maybe("What betrayed that outcome.")
    at: Moment = column("When (UTC).", UTCDateTime)


class OutcomeTable(OutcomeRow, table=True):
    """Table of outcomes."""

    __tablename__ = "outcomes"
    __table_args__: ClassVar[Any] = (
        one_of("outcome", Outcome),
        {"comment": "Every request and every page, counted once a stage."},
    )
