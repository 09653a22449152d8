"""Alembic's way in: runs on the connection the store hands over, or on `-x database=URL` for a developer."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.engine import Connection

from storage import dialect
from storage.models import METADATA


def render_item(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's
    """Write our own column types by name into new revisions."""
    if kind == "type" and type(thing).__module__ == dialect.__name__:
        autogen.imports.add("from storage import dialect")
        return f"dialect.{type(thing).__name__}()"
    return False


def include_name(name: str | None, kind: str, _: object) -> bool:
    """Leave the engine's own search tables and index out of comparisons."""
    return not (kind in {"table", "index"} and dialect.is_made_by_engine(name))


def run(connection: Connection) -> None:
    """Run what Alembic was asked for in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=render_item,
        include_name=include_name,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = dialect.parse_url(context.get_x_argument(as_dictionary=True)["database"])
    engine = dialect.make_engine(url, read_only=False).execution_options(writes=True)
    with engine.begin() as opened:
        run(opened)
    engine.dispose()
