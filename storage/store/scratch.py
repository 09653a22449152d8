"""A second database in which what hangs on all texts together is made anew, without touching the first."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.models import TABLES
from storage.store.derived import PARTS

_ON_READINGS = tuple(
    name for name in PARTS if name in {"reading_paragraphs", "tags", "claims", "person_mentions", "attributions"}
)

COPIED = (
    "outlets",
    "guarantors",
    "documents",
    "runs",
    "articles",
    "article_urls",
    "versions",
    "pages",
    "readings",
    *_ON_READINGS,
)
"""Tables that are copied, parents before children; of pages only captures of articles, of readings the current ones."""

_JUDGED = frozenset({"work_id", "story_id"})
_MANY = 500


def rows_of(name: str) -> sa.Select[Any]:
    """What is copied of a table, all columns in order; works and stories of articles are left out."""
    table = TABLES[name]
    columns = [sa.null().label(one.name) if one.name in _JUDGED else one for one in table.columns]
    query = sa.select(*columns)
    if name == "pages":
        return query.where(table.c.article_id.is_not(None))
    if name == "readings":
        return query.where(table.c.is_current == 1)
    if name in _ON_READINGS:
        readings = TABLES["readings"]
        return query.where(table.c.reading_id.in_(sa.select(readings.c.reading_id).where(readings.c.is_current == 1)))
    return query


def insert(connection: Connection, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write such rows into a table that is empty."""
    table = TABLES[name]
    names = [column.name for column in table.columns]
    waiting = iter(rows)
    while part := [dict(zip(names, row, strict=True)) for row in islice(waiting, _MANY)]:
        connection.execute(sa.insert(table), part)
