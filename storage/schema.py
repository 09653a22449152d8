"""Whose database this is, whether its schema is ours of today, and bringing it up to date."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.dialect import lock_schema
from storage.errors import StoreError
from storage.models import TABLES

REVISIONS = ("0001",)
"""Revisions of the schema in order; the last one is what this program reads and writes."""

APPLICATION = "zaporuka"
MIGRATIONS = Path(__file__).parent / "migrations"


def has_tables(connection: Connection) -> bool:
    """Whether the database holds any table at all."""
    return bool(sa.inspect(connection).get_table_names())


def revision_of(connection: Connection, where: str) -> str | None:
    """The revision of a database of ours; None for one without tables.

    Raises StoreError for somebody else's database.
    """
    names = set(sa.inspect(connection).get_table_names())
    if not names:
        return None
    table = TABLES["zaporuka_info"]
    is_ours = table.name in names and "alembic_version" in names
    if is_ours:
        query = sa.select(table.c.value).where(table.c.key == "application")
        is_ours = connection.execute(query).scalar_one_or_none() == APPLICATION
    if not is_ours:
        message = f"{where} holds tables of another program; name another database"
        raise StoreError(message)
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return None if revision is None else str(revision)


def check_revision(revision: str | None, where: str) -> None:
    """Raise StoreError unless the schema is the one this program knows."""
    if revision == REVISIONS[-1]:
        return
    if revision is None:
        message = f"{where} is empty; run: zaporuka db upgrade"
    elif revision in REVISIONS:
        message = f"{where} has the older schema {revision}; run: zaporuka db upgrade"
    else:
        message = f"{where} has the newer schema {revision}; install a newer zaporuka (this one knows {REVISIONS[-1]})"
    raise StoreError(message)


def upgrade(connection: Connection, where: str) -> tuple[str | None, str]:
    """Bring the schema to today's, in the given transaction; returns the revisions before and after.

    Raises StoreError for somebody else's database and for a newer one.
    """
    from alembic import command  # noqa: PLC0415 - takes a third of a second that no other verb should pay
    from alembic.config import Config  # noqa: PLC0415

    lock_schema(connection)
    before = revision_of(connection, where)
    if before is not None and before not in REVISIONS:
        check_revision(before, where)
    if before != REVISIONS[-1]:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, REVISIONS[-1]
