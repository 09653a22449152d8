"""What the database knows of addresses already: for asking a server only for what is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from storage.models import PageRow
from storage.rows import Values
from storage.store.derived import capture_order
from storage.store.transactions import rows_where
from storage.terms import Outcome


@dataclass(frozen=True, slots=True)
class KnownUrl:
    """An address that was fetched before. Moments are in UTC; validators are those of the latest capture.

    `captures` counts captures; `is_on_topic` is of the article it belongs to, None where it is no article.
    """

    url: str
    captures: int
    first_fetched_at: datetime | None
    last_fetched_at: datetime | None
    outcome: Outcome
    etag: str | None
    last_modified: str | None
    is_on_topic: bool | None


_COLUMNS = ("url", "page_id", "fetched_at", "outcome", "etag", "last_modified", "article_id")


def known_urls(connection: Connection, urls: Iterable[str]) -> dict[str, KnownUrl]:
    """Those of the addresses that were fetched before."""
    captures: dict[str, list[Values]] = {}
    for row in sorted(rows_where(connection, "pages", "url", sorted(set(urls)), _COLUMNS), key=capture_order):
        captures.setdefault(row["url"], []).append(row)
    ids = sorted({row["article_id"] for rows in captures.values() for row in rows if row["article_id"] is not None})
    names = ["article_id", "is_security_guarantees"]
    on_topic = {
        row["article_id"]: row["is_security_guarantees"]
        for row in rows_where(connection, "articles", "article_id", ids, names)
    }
    return {url: _known(url, rows, on_topic) for url, rows in captures.items()}


def _known(url: str, rows: list[Values], on_topic: dict[int, bool]) -> KnownUrl:
    first, last = rows[0], rows[-1]
    return KnownUrl(
        url=url,
        captures=len(rows),
        first_fetched_at=first["fetched_at"],
        last_fetched_at=last["fetched_at"],
        outcome=Outcome(last["outcome"]),
        etag=last["etag"],
        last_modified=last["last_modified"],
        is_on_topic=on_topic.get(last["article_id"]),
    )


def latest_pages(connection: Connection, urls: Iterable[str]) -> dict[str, PageRow]:
    """The latest capture of each of the addresses that has one."""
    rows = sorted(rows_where(connection, "pages", "url", sorted(set(urls))), key=capture_order)
    return {row["url"]: PageRow.model_validate(row) for row in rows}


def known_leads(connection: Connection, urls: Iterable[str]) -> set[str]:
    """Those of the addresses that an index named before."""
    return {row["url"] for row in rows_where(connection, "leads", "url", sorted(set(urls)), ["url"])}
