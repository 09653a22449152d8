"""Reading and writing rows in pieces, for use inside the transactions of `Store`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.models import TABLES
from storage.rows import Values

CHUNK = 5_000
"""Values in one list of a query; both engines take at least 32,766."""

T = TypeVar("T")


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The distinct values in lists short enough for one query."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]


def rows_where(
    connection: Connection, table_name: str, column: str, values: Iterable[Any], names: Sequence[str] = ()
) -> list[Values]:
    """The rows of a table whose column has one of the values: all columns, or the named ones."""
    table = TABLES[table_name]
    wanted = [table.c[name] for name in names] if names else list(table.c)
    return [
        dict(row)
        for part in chunks(values)
        for row in connection.execute(sa.select(*wanted).where(table.c[column].in_(part))).mappings()
    ]


def delete_where(connection: Connection, table_name: str, column: str, values: Iterable[Any]) -> int:
    """Delete the rows whose column has one of the values; says how many they were."""
    table = TABLES[table_name]
    return sum(
        connection.execute(sa.delete(table).where(table.c[column].in_(part))).rowcount for part in chunks(values)
    )


def delete_gone(
    connection: Connection, table_name: str, owner: str, owners: Iterable[Any], stay: Iterable[Mapping[str, Any]]
) -> int:
    """Delete the rows of the owners whose primary key is none of those that stay; says how many they were."""
    table = TABLES[table_name]
    key = [column.name for column in table.primary_key]
    kept = {tuple(row[name] for name in key) for row in stay}
    gone = [
        row
        for row in rows_where(connection, table_name, owner, owners, key)
        if tuple(row[name] for name in key) not in kept
    ]
    if gone:
        match = sa.and_(*(table.c[name] == sa.bindparam(f"gone_{name}") for name in key))
        connection.execute(sa.delete(table).where(match), [{f"gone_{k}": v for k, v in row.items()} for row in gone])
    return len(gone)
