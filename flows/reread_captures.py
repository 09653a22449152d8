"""Where new captures stand among those on file: which version of its article each shows.

What was filed stays together and apart as it was filed. An edit that a newer cleaner no longer sees, or a difference
that only a newer cleaner sees, is no act of the outlet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from crawlers.archive import NoSuchPageError, Page, read_page
from flows.errors import WorkFailedError
from flows.knowledge import Knowledge
from flows.pages import archived_page
from flows.steps.clean import clean
from flows.steps.versions import Capture, Version, versions
from storage import keys
from storage.records import Reading
from storage.store import FiledPage, StoredCapture

_ANY = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Unread:
    """A capture on file that is to be read, the capture whose record holds its body, and its version."""

    capture: StoredCapture
    body: StoredCapture
    version_id: int


@dataclass
class Placed:
    """What became of captures.

    `versions` gives each new one's version and whether that is its article's latest; `moved` are captures on file
    that now show another version; `edited` are articles that have more versions than before; `unread` are captures
    on file that begin a version nobody has read: only today's cleaner tells its text from the one it was filed under.
    """

    versions: dict[int, tuple[Version, bool]] = field(default_factory=dict)
    moved: list[FiledPage] = field(default_factory=list)
    edited: set[int] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)


def place_captures(
    new: Mapping[int, Sequence[Capture]],
    on_file: Mapping[int, Sequence[StoredCapture]],
    archive: Path,
    knowledge: Knowledge,
) -> Placed:
    """File new captures, by article, among those on file.

    Raises WorkFailedError where an older capture that must be read anew is not in the archive.
    """
    placed = Placed()
    for article_id, captures in new.items():
        stored = on_file.get(article_id, [])
        old = _comparable(stored, archive, knowledge)
        runs = versions(article_id, as_filed([*old, *captures]))
        placed.unread += _unread(runs, stored, old)
        if old and len(runs) > len({capture.version_id for capture in old}):
            placed.edited.add(article_id)
        for run in runs:
            for capture in run.captures:
                if capture.version_id is None:
                    placed.versions[capture.page_id] = (run, run is runs[-1])
                elif capture.version_id != run.version_id:
                    placed.moved.append(FiledPage(capture.page_id, run.version_id))
    return placed


def as_filed(captures: Iterable[Capture]) -> list[Capture]:
    """The captures in time order, with texts named so that equal names next to each other mean one version.

    Captures on file are one version if they were. A new one goes by its text, compared with the capture before it.
    """
    named: list[Capture] = []
    before: Capture | None = None
    filed_as: int | None = None
    for capture in sorted(captures, key=lambda one: (one.fetched_at is not None, one.fetched_at or _ANY, one.page_id)):
        if filed_as is not None and capture.version_id is not None:
            is_same = capture.version_id == filed_as
        else:
            is_same = before is not None and before.text_sha256 == capture.text_sha256
        name = capture.text_sha256
        if is_same:
            name = named[-1].text_sha256
        elif named and name == named[-1].text_sha256:
            name = f"{name} {capture.page_id}"
        filed_as = capture.version_id or (filed_as if is_same else None)
        named.append(replace(capture, text_sha256=name))
        before = capture
    return named


def _unread(runs: Iterable[Version], stored: Sequence[StoredCapture], old: Sequence[Capture]) -> Iterator[Unread]:
    texts = {one.page_id: one.text_sha256 for one in old}
    captures = {one.page_id: one for one in stored}
    read: dict[int, str] = {}
    for one in stored:
        read.setdefault(one.version_id, texts[one.page_id])
    for run in runs:
        first = captures.get(run.first.page_id)
        if first is None or run.version_id in read or texts[first.page_id] in read.values():
            continue
        yield Unread(first, _body_of(first, stored), run.version_id)


def _body_of(capture: StoredCapture, stored: Iterable[StoredCapture]) -> StoredCapture:
    """The earliest capture of the same body at the same address: what is unchanged is archived once."""
    same = (one for one in stored if (one.url, one.payload_sha256) == (capture.url, capture.payload_sha256))
    return next(same, capture)


def _comparable(stored: Sequence[StoredCapture], archive: Path, knowledge: Knowledge) -> list[Capture]:
    """Captures on file as today's cleaner reads them: from the archive where another cleaner had read them."""
    found: list[Capture] = []
    for capture in stored:
        source = _body_of(capture, stored)
        text_sha256 = capture.text_sha256
        if capture.cleaner_version != knowledge.cleaner_version and source.warc_file and source.warc_offset is not None:
            text_sha256 = _text_today(source.warc_file, source.warc_offset, archive, knowledge) or text_sha256
        found.append(Capture(capture.page_id, capture.fetched_at, text_sha256, capture.version_id))
    return found


def _text_today(warc_file: str, offset: int, archive: Path, knowledge: Knowledge) -> str | None:
    page = page_on_file(warc_file, offset, archive)
    result = clean(archived_page(page, page.url), knowledge.outlets, knowledge.clutter)
    return keys.sha256(result.text_full) if isinstance(result, Reading) else None


def page_on_file(warc_file: str | None, offset: int | None, archive: Path) -> Page:
    """A page that was archived before. Raises WorkFailedError where it is not in the archive."""
    try:
        return read_page(archive, warc_file or "", offset or 0)
    except (OSError, NoSuchPageError) as error:
        message = f"{archive / (warc_file or '')}: cannot be read ({error}); put the archive file back"
        raise WorkFailedError(message) from error
