"""The first schema: tables, views, comments and the search index, as SQL written out for each engine."""

from pathlib import Path

from alembic import op

from storage import dialect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    for statement in dialect.frozen_statements(connection, Path(__file__).parent / "0001"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    message = "there is nothing below the first schema; remove the database instead"
    raise NotImplementedError(message)
