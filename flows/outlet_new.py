"""Beginning with an outlet of one's own: one page is looked at, and a draft of its file and of a first case written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from crawlers.archive import Page, read_archive
from crawlers.outlet import Outlet, all_outlets, unlisted_host
from flows.discovery import READABLE
from flows.errors import UserError, WorkFailedError
from flows.outlet_aside import due, set_aside
from flows.outlet_check import OWN_CASES
from flows.outlet_draft import LANGUAGES, Sight, draft_outlet
from flows.outlet_signals import BLOCKED, refusal
from flows.outlet_source import source_of
from flows.pages import archived_page
from flows.settings import Settings
from flows.steps.clean import clean
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.decode import decoded, parsed
from flows.steps.clean.page import view
from storage.records import Dropped, RawPage, Reading
from storage.terms import Outcome

FIRST = "first"
"""Name of the first case."""

_SAYS = "{slug}: a first draft, guessed from one page. Facts of low confidence are guesses: look at each."


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a site nobody has described yet; `sitemaps` are those of its robots file, None if that was not read."""

    page: RawPage
    sitemaps: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Files:
    """Where a draft is written: the outlet's file, the page of its first case, and what is expected of that."""

    outlet: Path
    page: Path
    expectation: Path


def files_of(slug: str, folder: Path) -> Files:
    """The files of a new outlet. Raises UserError for a slug that cannot be one, and where one of them is there."""
    try:
        TypeAdapter(Annotated[str, *Outlet.model_fields["slug"].metadata]).validate_python(slug)
    except ValidationError as error:
        message = f"{slug!r} is no slug; write small Latin letters and digits, joined by single hyphens, like my-paper."
        raise UserError(message) from error
    cases = folder / OWN_CASES / slug
    files = Files(folder / f"{slug.replace('-', '_')}.py", cases / f"{FIRST}.html", cases / f"{FIRST}.json")
    if there := next((path for path in (files.outlet, files.page, files.expectation) if path.exists()), None):
        message = f"{there} is there already and is not written over; choose another slug, or remove it."
        raise UserError(message)
    return files


def check_new(slug: str, url: str, outlets: Mapping[str, Outlet]) -> None:
    """Raises UserError for a slug or host that is taken, and for what is no web address."""
    if slug in outlets:
        message = f"The slug {slug!r} is taken; choose another."
        raise UserError(message)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        host = ""
    if "." not in host:
        message = f"{url!r} is no web address; give that of an article, like https://my.example/news/some-article."
        raise UserError(message)
    names = {host, host.removeprefix("www."), f"www.{host}"}
    if owner := next((one.slug for one in outlets.values() if names & set(one.asked_hosts)), None):
        message = f"The host {host!r} belongs to {owner!r} already: zaporuka outlets show {owner}."
        raise UserError(message)


def fetch_found(url: str, settings: Settings) -> Found:
    """The page at an address, fetched politely, and its robots file's sitemaps; nothing is kept.

    Raises UserError without a contact, WorkFailedError where no page came.
    """
    site = unlisted_host(url)
    with set_aside([site], settings) as aside:
        [(line, page)] = aside.ask([due(url, site.slug)])
        archive = aside.work.place.archive
        archived = [one for file in archive.glob("*.warc.gz") for one in read_archive(file)]
    if page is None or Outcome(line.outcome) not in READABLE:
        more = "; nothing is evaded: save the page in your browser and give it with --page"
        said = refusal(Outcome(line.outcome), line.status)
        message = f"{url}: {said}{more if line.outcome in BLOCKED else '; try another article'}."
        raise WorkFailedError(message)
    robots = [
        one.payload
        for one in archived
        if isinstance(one, Page) and urlsplit(one.url).path == "/robots.txt" and one.http_status == 200  # noqa: PLR2004
    ]
    return Found(archived_page(page, url), _sitemaps(robots[0]) if robots else ())


def saved_found(url: str, file: Path) -> Found:
    """A page that was saved as a file; the moment it was taken is the file's. Raises UserError."""
    try:
        payload, changed = file.read_bytes(), file.stat().st_mtime
    except OSError as error:
        message = f"{file}: {error.strerror}; name a page that you saved."
        raise UserError(message) from error
    taken_at = datetime.fromtimestamp(int(changed), UTC)
    return Found(RawPage(id=str(file), payload=payload, url=url, fetched_at=taken_at), None)


def _sitemaps(robots: bytes) -> tuple[str, ...]:
    pairs = (line.partition(":") for line in robots.decode("utf-8", "replace").splitlines())
    return tuple(value.strip() for name, _, value in pairs if name.strip().lower() == "sitemap" and value.strip())


def draft(
    slug: str, url: str, found: Found, outlets: Mapping[str, Outlet], clutter: Clutter, today: date
) -> tuple[Outlet, Reading]:
    """The draft of an outlet, and what general rules read on its page.

    Raises UserError for a page that is no article, or in another language than those that are read.
    """
    made = clean(found.page, outlets, clutter)
    tree = parsed(decoded(found.page.payload or b"", found.page.content_type))
    if isinstance(made, Dropped) or tree is None:
        why = f"{made.outcome}, {made.why}" if isinstance(made, Dropped) else "no HTML"
        message = f"{url} is no article ({why}); give the address of one."
        raise UserError(message)
    if made.language not in LANGUAGES:
        message = f"{url} is written in none of Ukrainian, Russian and English; give an article that is."
        raise UserError(message)
    try:
        return draft_outlet(slug, Sight(url, view(tree), made, found.sitemaps, outlets), today), made
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = f"{url}: no outlet can be made of it: {field}: {first['msg'].removeprefix('Value error, ')}."
        raise WorkFailedError(message) from error


def expectation_of(found: Found, made: Reading) -> dict[str, object]:
    """The first case's expectation: what was read, as a draft that nobody has checked."""
    shown = made.model_dump(mode="json")
    simple = ("title", "authors", "published_at", "published_precision", "language", "section", "outlet_tags")
    expected = {name: shown[name] for name in simple if shown[name]} | {
        "paragraphs": [{"text": one.text, "zone": one.zone} for one in made.paragraphs]
    }
    page = found.page
    given = {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat() if page.fetched_at else None,
        "content_type": page.content_type,
    }
    return {
        "checked_by": "",
        "input": {name: value for name, value in given.items() if value},
        "expected": {"outcome": Outcome.ARTICLE, **expected},
    }


def write(files: Files, outlet: Outlet, found: Found, made: Reading) -> None:
    """Write the three files; none is ever written over. Raises UserError where they cannot be written."""
    texts = {
        files.page: found.page.payload or b"",
        files.expectation: (json.dumps(expectation_of(found, made), ensure_ascii=False, indent=2) + "\n").encode(),
        files.outlet: source_of(outlet, _SAYS.format(slug=outlet.slug)).encode(),
    }
    try:
        files.page.parent.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            with path.open("xb") as file:
                file.write(text)
    except OSError as error:
        message = f"{error.filename}: {error.strerror}; choose a folder you can write to."
        raise UserError(message) from error
    all_outlets.cache_clear()
