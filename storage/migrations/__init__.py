"""Alembic revisions of the schema."""
