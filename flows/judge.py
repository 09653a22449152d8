"""One closed archive file, judged: read, filed under versions, searched for topics and claims, compared with others.

Reads the store and writes nothing; what is to be written comes back as one batch.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.archive import NoPage, NoSuchPageError, Page, outcome_of_status, read_page
from flows.copies import copies
from flows.errors import WorkFailedError
from flows.findings import find
from flows.knowledge import Knowledge
from flows.pages import archived_page
from flows.steps.clean import clean
from flows.steps.lemmas import lemmas
from flows.steps.urls import canonical_url
from flows.steps.versions import Capture, Version, versions
from storage import keys
from storage.models import OutcomeRow, PageRow, RecordType
from storage.records import Dropped, Reading
from storage.store import Batch, FiledPage, ReadPage, Store, StoredCapture
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
    filed = _file(articles, store, archive, knowledge, judged)
    for one in ones:
        judged.batch.pages.append(_page_row(one, filed.get(one.page_id), run_id, knowledge.cleaner_version))
        judged.counted.append((one.name, one.result.outlet, *_outcome(one.result)))
        judged.batch.outcomes.append(_outcome_row(one, run_id, now))
    for one in articles:
        judged.batch.articles.append(_read_page(one, filed[one.page_id], knowledge))
    judged.guarantors = {
        claim.guarantor for read in judged.batch.articles if read.findings for claim in read.findings.claims
    }
    judged.batch.identities, judged.batch.works, judged.batch.redirects = copies(
        _current(judged.batch.articles, filed), store, knowledge.outlets
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
            yield _clean(record, knowledge)


def _clean(page: Page, knowledge: Knowledge) -> One:
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


def _file(
    articles: list[One], store: Store, archive: Path, knowledge: Knowledge, judged: Judged
) -> dict[int, tuple[Version, bool]]:
    """The version of each new capture, and whether that is its article's latest. Old captures may be moved."""
    on_file = store.article_captures(judged.touched)
    new: dict[int, list[Capture]] = {}
    for one in articles:
        if isinstance(one.result, Reading):
            text_sha256 = keys.sha256(one.result.text_full)
            new.setdefault(one.article_id, []).append(Capture(one.page_id, one.page.fetched_at, text_sha256))
    placed: dict[int, tuple[Version, bool]] = {}
    for article_id, captures in new.items():
        old = [_comparable(capture, archive, knowledge) for capture in on_file.get(article_id, [])]
        runs = versions(article_id, [*old, *captures])
        if old and len(runs) > len({capture.version_id for capture in old}):
            judged.edited.add(article_id)
        for run in runs:
            for capture in run.captures:
                if capture.version_id is None:
                    placed[capture.page_id] = (run, run is runs[-1])
                elif capture.version_id != run.version_id:
                    judged.batch.filed.append(FiledPage(capture.page_id, run.version_id))
    return placed


def _comparable(stored: StoredCapture, archive: Path, knowledge: Knowledge) -> Capture:
    """A capture on file as today's cleaner reads it: read anew from the archive if another cleaner had read it."""
    text_sha256 = stored.text_sha256
    is_other = stored.cleaner_version != knowledge.cleaner_version
    if is_other and stored.warc_file is not None and stored.warc_offset is not None:
        try:
            page = read_page(archive, stored.warc_file, stored.warc_offset)
        except (OSError, NoSuchPageError) as error:
            message = f"{archive / stored.warc_file}: cannot be read ({error}); put the archive file back"
            raise WorkFailedError(message) from error
        result = clean(archived_page(page, page.url), knowledge.outlets, knowledge.clutter)
        if isinstance(result, Reading):
            text_sha256 = keys.sha256(result.text_full)
    return Capture(stored.page_id, stored.fetched_at, text_sha256, stored.version_id)


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


def _read_page(one: One, placed: tuple[Version, bool], knowledge: Knowledge) -> ReadPage:
    reading = one.result
    if not isinstance(reading, Reading):
        message = f"{one.page.url} is no article"
        raise TypeError(message)
    published_on = keys.kyiv_day(reading.published_at) if reading.published_at else None
    return ReadPage(
        page_id=one.page_id,
        article_id=one.article_id,
        version_id=placed[0].version_id,
        identifier=one.identifier,
        reading=reading,
        findings=find(reading.title, reading.paragraphs, reading.text_full, reading.language, published_on, knowledge),
        headline_tokens=" ".join(lemmas(reading.title)),
        body_tokens=" ".join(lemmas(reading.text)),
    )


def _outcome(result: Reading | Dropped) -> tuple[Outcome, str | None]:
    return (Outcome.ARTICLE, None) if isinstance(result, Reading) else (result.outcome, result.why)


def _page_row(one: One, placed: tuple[Version, bool] | None, run_id: str, cleaner_version: str) -> PageRow:
    page = one.page
    outcome, detail = _outcome(one.result)
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


def _outcome_row(one: One, run_id: str, now: datetime) -> OutcomeRow:
    outcome, detail = _outcome(one.result)
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
