"""One closed archive file, judged: read, filed under versions, searched for topics and claims, compared with others.

Reads the store and writes nothing; what is to be written comes back as one batch.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.archive import NoPage, Page, outcome_of_status
from flows.copies import copies
from flows.findings import find
from flows.knowledge import Knowledge
from flows.pages import archived_page
from flows.reread_captures import Placed, Unread, page_on_file, place_captures
from flows.steps.clean import clean
from flows.steps.lemmas import lemmas
from flows.steps.urls import canonical_url
from flows.steps.versions import Capture, Version
from storage import keys
from storage.models import OutcomeRow, PageRow, RecordType
from storage.records import Dropped, Reading
from storage.store import Batch, ReadPage, Store
from storage.terms import Outcome


@dataclass(frozen=True)
class One:
    """One archived page and what it was read as; `article_id` is 0 for a page that is no article."""

    page: Page
    page_id: int
    result: Reading | Dropped
    identifier: str = ""
    article_id: int = 0

    @property
    def name(self) -> str:
        """What a person calls it: its address, or the file it came in."""
        return self.page.file_name if self.page.url.startswith("urn:") and self.page.file_name else self.page.url


@dataclass
class Judged:
    """A batch to be saved, every record counted once, and which articles and guarantors it touches."""

    batch: Batch
    counted: list[tuple[str, str | None, str, str | None]] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    guarantors: set[str] = field(default_factory=set)
    edited: set[int] = field(default_factory=set)


def new_batch(knowledge: Knowledge) -> Batch:
    """An empty batch, made under this cleaner and these rules."""
    return Batch(knowledge.cleaner_version, knowledge.rules_version)


def judge(
    found: Iterable[Page | NoPage], store: Store, archive: Path, knowledge: Knowledge, run_id: str, now: datetime
) -> Judged:
    """What is to be recorded of one archive file. Records already on file are passed over."""
    judged = Judged(new_batch(knowledge))
    ones = list(_new(_read(found, judged, knowledge, run_id, now), store))
    articles = [one for one in ones if isinstance(one.result, Reading)]
    judged.touched = {one.article_id for one in articles}
    placed = place_articles(articles, store, archive, knowledge)
    filed, judged.batch.filed, judged.edited = placed.versions, placed.moved, placed.edited
    for one in ones:
        judged.batch.pages.append(_page_row(one, filed.get(one.page_id), run_id, knowledge.cleaner_version))
        judged.counted.append((one.name, one.result.outlet, *outcome_of(one.result)))
        judged.batch.outcomes.append(outcome_row(one, run_id, now))
    for one in articles:
        judged.batch.articles.append(read_article(one, filed[one.page_id][0].version_id, knowledge))
    new = list(judged.batch.articles)
    judged.batch.articles += read_unread(placed.unread, archive, knowledge)
    judged.guarantors = {
        claim.guarantor for read in judged.batch.articles if read.findings for claim in read.findings.claims
    }
    judged.batch.identities, judged.batch.works, judged.batch.redirects = copies(
        _current(new, filed), store, knowledge.outlets
    )
    return judged


def _read(
    found: Iterable[Page | NoPage], judged: Judged, knowledge: Knowledge, run_id: str, now: datetime
) -> Iterator[One]:
    for record in found:
        if isinstance(record, NoPage):
            judged.counted.append((record.item, None, record.outcome, record.detail))
            judged.batch.outcomes.append(
                OutcomeRow(
                    run_id=run_id,
                    stage="read",
                    item=record.item,
                    outcome=Outcome(record.outcome),
                    detail=record.detail,
                    at=now,
                )
            )
        else:
            yield cleaned(record, knowledge)


def cleaned(page: Page, knowledge: Knowledge) -> One:
    """What one archived page is read as. A page on which cleaning itself fails is named, never raised for."""
    page_id = keys.page_id(page.url, page.fetched_at, page.payload_sha256)
    refused = "truncated" if page.is_truncated else outcome_of_status(page.http_status)
    if refused:
        why = f"status {page.http_status}" if not page.is_truncated else "cut off while it was fetched"
        return One(page, page_id, Dropped(outcome=Outcome(refused), why=why, url=page.url))
    if urlsplit(page.url).path == "/robots.txt":
        return One(page, page_id, Dropped(outcome=Outcome.ROBOTS_FILE, why="by its address", url=page.url))
    raw = archived_page(page, page.url)
    try:
        result = clean(raw, knowledge.outlets, knowledge.clutter)
    except Exception as error:  # noqa: BLE001 - one odd page must not stop the others; it is named and counted
        result = _failed("clean", error, page.url)
    if isinstance(result, Dropped):
        return One(page, page_id, result)
    canonical = result.canonical_url
    if raw.url is not None:
        canonical = canonical_url(raw.url, result.canonical_url, knowledge.outlets.get(result.outlet))
    reading = result.model_copy(update={"canonical_url": canonical})
    identifier = keys.canonical_or_urn(canonical, keys.sha256(reading.text_full))
    return One(page, page_id, reading, identifier, keys.article_id(identifier))


def _failed(step: str, error: Exception, url: str) -> Dropped:
    why = " ".join(f"{step}: {type(error).__name__}: {error}".split())[:300]
    return Dropped(outcome=Outcome.STEP_FAILED, why=why, url=url)


def _new(ones: Iterable[One], store: Store) -> Iterator[One]:
    distinct = {one.page_id: one for one in ones}
    known = store.known_pages(distinct)
    return (one for page_id, one in distinct.items() if page_id not in known)


def place_articles(articles: Iterable[One], store: Store, archive: Path, knowledge: Knowledge) -> Placed:
    """The version of each new capture of an article; captures on file may have to move.

    Raises WorkFailedError where an older capture that must be read anew is not in the archive.
    """
    new: dict[int, list[Capture]] = {}
    for one in articles:
        if isinstance(one.result, Reading):
            text_sha256 = keys.sha256(one.result.text_full)
            new.setdefault(one.article_id, []).append(Capture(one.page_id, one.page.fetched_at, text_sha256))
    return place_captures(new, store.article_captures(new), archive, knowledge)


def read_unread(unread: Iterable[Unread], archive: Path, knowledge: Knowledge) -> Iterator[ReadPage]:
    """Captures on file that a new one parted from their version, though only today's cleaner sees the difference.

    Raises WorkFailedError where one is not in the archive.
    """
    for one in unread:
        page = page_on_file(one.body.warc_file, one.body.warc_offset, archive)
        anew = replace(cleaned(page, knowledge), page_id=one.capture.page_id, article_id=one.capture.article_id)
        if isinstance(anew.result, Reading):
            yield read_article(anew, one.version_id, knowledge)


def _current(articles: Iterable[ReadPage], filed: dict[int, tuple[Version, bool]]) -> list[ReadPage]:
    """Of each article that has a new latest version, that version's earliest reading in the batch."""
    current: dict[int, ReadPage] = {}
    for read in articles:
        version, is_latest = filed[read.page_id]
        if is_latest and all(capture.version_id is None for capture in version.captures):
            before = current.get(read.article_id)
            first = version.first.page_id
            if before is None or read.page_id == first:
                current[read.article_id] = read
    return list(current.values())


def read_article(one: One, version_id: int, knowledge: Knowledge) -> ReadPage:
    """What a capture filed under a version was read as, and all that is found in it."""
    reading = one.result
    if not isinstance(reading, Reading):
        message = f"{one.page.url} is no article"
        raise TypeError(message)
    return with_findings(ReadPage(one.page_id, one.article_id, version_id, one.identifier, reading), knowledge)


def with_findings(read: ReadPage, knowledge: Knowledge) -> ReadPage:
    """The same with what today's rules find in its text, and with its search tokens."""
    reading = read.reading
    published_on = keys.kyiv_day(reading.published_at) if reading.published_at else None
    text = (reading.title, reading.paragraphs, reading.text_full, reading.language)
    return replace(
        read,
        findings=find(*text, published_on, knowledge, reading.outlet),
        headline_tokens=" ".join(lemmas(reading.title)),
        body_tokens=" ".join(lemmas(reading.text)),
    )


def outcome_of(result: Reading | Dropped) -> tuple[Outcome, str | None]:
    """The outcome of a page and what betrayed it."""
    return (Outcome.ARTICLE, None) if isinstance(result, Reading) else (result.outcome, result.why)


def _page_row(one: One, placed: tuple[Version, bool] | None, run_id: str, cleaner_version: str) -> PageRow:
    page = one.page
    outcome, detail = outcome_of(one.result)
    row = PageRow(
        page_id=one.page_id,
        url=page.url,
        outlet=one.result.outlet,
        fetched_at=page.fetched_at,
        http_status=page.http_status,
        content_type=page.content_type,
        etag=_header(page, "etag"),
        last_modified=_header(page, "last-modified"),
        payload_sha256=page.payload_sha256,
        payload_bytes=len(page.payload),
        warc_file=page.warc_file,
        warc_offset=page.warc_offset,
        record_type=RecordType(page.record_type),
        is_truncated=page.is_truncated,
        run_id=run_id,
        outcome=outcome,
        outcome_detail=detail,
        cleaner_version=cleaner_version,
    )
    if placed is None or not isinstance(one.result, Reading):
        return row
    return row.model_copy(
        update={
            "article_id": one.article_id,
            "version_id": placed[0].version_id,
            "text_sha256": keys.sha256(one.result.text_full),
        }
    )


def _header(page: Page, name: str) -> str | None:
    return next((value for key, value in page.http_headers if key.lower() == name), None)


def outcome_row(one: One, run_id: str, now: datetime) -> OutcomeRow:
    """That a run read this page, and what came of it."""
    outcome, detail = outcome_of(one.result)
    return OutcomeRow(
        run_id=run_id,
        stage="clean",
        item=str(one.page_id),
        outlet=one.result.outlet,
        url=one.page.url,
        outcome=outcome,
        detail=detail,
        at=now,
    )
