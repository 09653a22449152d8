"""Pages on their way into cleaning: what was handed over or archived, as the step's own record."""

from datetime import datetime

from crawlers.archive import Page
from crawlers.imports.files import RawInput
from flows.steps.clean.decode import decoded
from storage.records import RawPage


def raw_page(found: RawInput) -> RawPage:
    """A page that was handed over."""
    return _page(
        found.item,
        found.payload,
        url=found.url,
        outlet=found.outlet,
        content_type=found.content_type,
        fetched_at=found.fetched_at,
        is_flat_text=found.is_flat_text,
    )


def archived_page(page: Page, item: str) -> RawPage:
    """A page read back from the archive; the address of a file that had none is no address."""
    return _page(
        item,
        page.payload,
        url=None if page.url.startswith("urn:") else page.url,
        outlet=page.outlet_given,
        content_type=page.content_type,
        fetched_at=page.fetched_at,
        is_flat_text=page.is_flat_text,
    )


def _page(
    item: str,
    payload: bytes,
    *,
    url: str | None,
    outlet: str | None,
    content_type: str | None,
    fetched_at: datetime | None,
    is_flat_text: bool,
) -> RawPage:
    return RawPage(
        id=item,
        payload=None if is_flat_text else payload,
        text=decoded(payload, content_type) if is_flat_text else None,
        url=url,
        outlet=outlet,
        content_type=content_type,
        fetched_at=fetched_at,
    )
