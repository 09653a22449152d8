"""Common Crawl's news archive as a road: its files of some days, one a unit, read as they stream by."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from crawlers.imports.common_crawl import FIRST_MONTH, LATE, NewsFile, Skipped, files_of, listing, read_news_warc
from crawlers.imports.download import Download
from crawlers.imports.files import RawInput
from crawlers.imports.service import Service, ServiceError
from crawlers.outlet import Outlet, outlet_of_url
from flows.crawl import BUSY, CrawlReport, OutletReport
from flows.elsewhere import Elsewhere, Hold, Tell, note, open_units, unit_of
from flows.errors import UserError, WorkFailedError
from flows.ingest import Input, Place, take_in
from flows.past import months_of
from flows.plan import Span
from storage import keys
from storage.models import UnitRow
from storage.terms import Outcome

EVERY_OUTLET = "common-crawl"
"""What stands for the outlet of a unit that holds pages of all of them."""


def check_days(span: Span) -> None:
    """Raises UserError for days before the news archive began."""
    if span.last < FIRST_MONTH:
        message = f"Common Crawl's news archive begins in {FIRST_MONTH:%Y-%m}; name later days."
        raise UserError(message)


def from_common_crawl(
    outlets: Sequence[Outlet], span: Span, place: Place, found: CrawlReport, elsewhere: Elsewhere, tell: Tell
) -> int:
    """Take what the news files of some Kyiv days hold of these outlets; returns how many files are done.

    A file is a unit, its pages are those of the outlets asked for; one that is done is not read again. A dead link or
    a torn file is named, what came before the tear is kept, and the next file is read. Raises WorkFailedError where
    not one listing could be had.
    """
    by_slug = {outlet.slug: outlet for outlet in outlets}
    whole = found.outlets.setdefault(EVERY_OUTLET, OutletReport(EVERY_OUTLET, listed=None))
    done = 0
    with elsewhere.asked("common_crawl", place, found.run.run_id) as service:
        if service is None:
            whole.missing[BUSY] += 1
            return 0
        files = _files(service, span, place, whole, tell)
        units = {unit.unit_id: (unit, file) for file in files for unit in [_unit(file, by_slug, place)]}
        still_open = open_units({unit_id: unit for unit_id, (unit, _) in units.items()}, place, can_grow=False)
        waiting = [units[unit_id] for unit_id in units if unit_id in still_open]
        for nth, (unit, file) in enumerate(waiting, 1):
            note(unit, place, None, None, is_done=False)
            try:
                done += _take(unit, file, service, by_slug, place, found, tell)
            except ServiceError as error:
                whole.missing[f"file {error.outcome}"] += 1
                note(unit, place, Outcome(error.outcome), None, is_done=False)
                tell(str(error))
                if error.is_over:
                    whole.missing.update({"file left alone": len(waiting) - nth} if nth < len(waiting) else {})
                    break
    return done


def _files(service: Service, span: Span, place: Place, whole: OutletReport, tell: Tell) -> list[NewsFile]:
    """The files that may hold pages of the days, newest first. A month without a listing is named."""
    today = keys.kyiv_day(place.clock())
    reach = Span(max(span.first, FIRST_MONTH), min(span.last + LATE, today))
    files: list[NewsFile] = []
    problems: list[str] = []
    for month in months_of(reach):
        try:
            listed = listing(service, month.first.year, month.first.month, today)
        except ServiceError as error:
            whole.missing[f"listing {error.outcome}"] += 1
            problems.append(str(error))
            tell(str(error))
            if error.is_over:
                break
            continue
        files += listed.files
        if listed.strange:
            whole.missing["line of a listing that names no file"] += len(listed.strange)
    if problems and not files:
        raise WorkFailedError(problems[0])
    files.sort(key=lambda file: (file.begun_at, file.path))
    return files_of(files, span.first, span.last)[::-1]


def _unit(file: NewsFile, outlets: Mapping[str, Outlet], place: Place) -> UnitRow:
    """The file's unit. What is read of it depends on the outlets asked for, so they are part of its name."""
    day = keys.kyiv_day(file.begun_at)
    wanted = keys.sha256("\n".join(sorted(outlets)).encode())[:8]
    return unit_of("common_crawl", EVERY_OUTLET, wanted, file.path, Span(day, day), place)


def _take(
    unit: UnitRow,
    file: NewsFile,
    service: Service,
    outlets: Mapping[str, Outlet],
    place: Place,
    found: CrawlReport,
    tell: Tell,
) -> bool:
    """Read one file to its end; says whether it was whole. Raises ServiceError."""
    whole, hold = found.outlets[EVERY_OUTLET], Hold(place, "common_crawl", found.run.run_id)
    skipped: Counter[Skipped] = Counter()
    taken: Counter[str] = Counter()

    with Download(service, f"/{file.path}") as stream:
        pages = read_news_warc(stream, outlets, stream.address, skipped)
        take_in(_counted(pages, stream.address, outlets, found, taken), place, found.run, f"{unit.unit_id}", hold.go_on)
    is_whole = not taken["torn"]
    if not is_whole:
        whole.missing["file truncated"] += 1
    note(unit, place, Outcome.FETCHED if is_whole else Outcome.TRUNCATED, taken["pages"], is_done=is_whole)
    tell(
        f"{file.path.rpartition('/')[2]}: {skipped['records']} pages, {taken['pages']} of them of the outlets asked for"
    )
    return is_whole


def _counted(
    pages: Iterator[Input], address: str, outlets: Mapping[str, Outlet], found: CrawlReport, taken: Counter[str]
) -> Iterator[Input]:
    """The pages as they come, each counted in the report of its outlet."""
    for page in pages:
        if isinstance(page, RawInput):
            taken["pages"] += 1
            owner = outlet_of_url(page.url or "", dict(outlets))
            found.outlets[owner.slug if owner else EVERY_OUTLET].read += 1
        elif page.item == address:
            taken["torn"] += 1
        else:
            found.outlets[EVERY_OUTLET].missing[page.outcome] += 1
        yield page
