"""Groups of copies, for keeping works up as texts arrive, and what claims touch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.keys import published_by
from storage.models import TABLES, RunState
from storage.store.transactions import chunks, rows_where
from storage.terms import CopyKind

_COPIES = (CopyKind.EXACT.value, CopyKind.NEAR.value)


@dataclass(frozen=True, slots=True)
class WorkMember:
    """An article, its work on file, and the articles on file it is an exact or near copy of.

    `published_at` is the moment by which it was published (UTC), see `keys.published_by`.
    """

    article_id: int
    work_id: int | None
    published_at: datetime | None
    copies: tuple[int, ...]


def works_of(connection: Connection, article_ids: Iterable[int]) -> dict[int, int]:
    """The work of each of the articles that has one."""
    rows = rows_where(connection, "articles", "article_id", sorted(set(article_ids)), ["article_id", "work_id"])
    return {row["article_id"]: row["work_id"] for row in rows if row["work_id"] is not None}


def work_members(connection: Connection, article_ids: Iterable[int]) -> list[WorkMember]:
    """All members of the works that the articles on file belong to, by article id."""
    names = ["article_id", "work_id", "published_at", "published_precision"]
    asked = rows_where(connection, "articles", "article_id", sorted(set(article_ids)), names)
    works = sorted({row["work_id"] for row in asked if row["work_id"] is not None})
    found = {row["article_id"]: row for row in (*asked, *rows_where(connection, "articles", "work_id", works, names))}
    ties: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows_where(connection, "relations", "article_id", sorted(found)):
        if row["kind"] in _COPIES:
            ties[row["article_id"]].add(row["other_article_id"])
    for row in rows_where(connection, "relations", "other_article_id", sorted(found)):
        if row["kind"] in _COPIES:
            ties[row["other_article_id"]].add(row["article_id"])
    return [
        WorkMember(
            article,
            row["work_id"],
            published_by(row["published_at"], row["published_precision"]),
            tuple(sorted(ties[article] & found.keys())),
        )
        for article, row in sorted(found.items())
    ]


def guarantors_of(connection: Connection, article_ids: Iterable[int]) -> set[str]:
    """Guarantors that any reading on file of these articles makes a claim about, superseded readings included."""
    rows = rows_where(connection, "claims", "article_id", sorted(set(article_ids)), ["guarantor"])
    return {row["guarantor"] for row in rows}


def dead_runs(connection: Connection, now: datetime, except_run: str) -> list[str]:
    """Runs that never said how they ended and whose lease has lapsed, by id."""
    runs, leases = TABLES["runs"], TABLES["leases"]
    alive = (
        sa.select(leases.c.key)
        .where(leases.c.kind == "run", leases.c.key == runs.c.run_id, leases.c.until > now)
        .exists()
    )
    query = sa.select(runs.c.run_id).where(runs.c.state == RunState.RUNNING.value, runs.c.run_id != except_run, ~alive)
    return [row.run_id for row in connection.execute(query.order_by(runs.c.run_id))]


@dataclass(frozen=True, slots=True)
class HeldLease:
    """A lease as it stands."""

    kind: str
    key: str
    holder: str
    until: datetime


def leases(connection: Connection) -> list[HeldLease]:
    """All leases on file, lapsed ones included, by kind and key."""
    table = TABLES["leases"]
    rows = connection.execute(sa.select(table).order_by(table.c.kind, table.c.key)).mappings()
    return [HeldLease(**dict(row)) for row in rows]


def set_works(connection: Connection, works: dict[int, int]) -> int:
    """File articles under their works; says how many changed."""
    table = TABLES["articles"]
    changed = 0
    for part in chunks(sorted(works)):
        held = rows_where(connection, "articles", "article_id", part, ["article_id", "work_id"])
        moved = [
            {"moved": row["article_id"], "work": works[row["article_id"]]}
            for row in held
            if row["work_id"] != works[row["article_id"]]
        ]
        if moved:
            connection.execute(
                sa.update(table)
                .where(table.c.article_id == sa.bindparam("moved"))
                .values(work_id=sa.bindparam("work")),
                moved,
            )
            changed += len(moved)
    return changed
