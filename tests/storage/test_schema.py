from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage import dialect, schema
from storage.dictionary import data_dictionary
from storage.migrations.freeze import frozen
from storage.models import METADATA, TABLES, VIEWS

C5 = (
    *("outlets", "runs", "units", "pages", "articles", "article_urls", "versions", "readings", "documents"),
    *("guarantors", "tags", "claims", "evidence", "statements", "conflicts", "ledger_history", "reviews", "redirects"),
)


def _described(engine):
    """All a database knows of its schema, without what the search index is made of."""
    inspector = sa.inspect(engine)
    found = {}
    for name in inspector.get_table_names():
        if name == "alembic_version" or dialect.is_made_by_engine(name):
            continue
        found[name] = {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c.get("comment")) for c in inspector.get_columns(name)
            ],
            "key": inspector.get_pk_constraint(name)["constrained_columns"],
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(name)),
            "foreign": sorted(str(sorted(key.items(), key=str)) for key in inspector.get_foreign_keys(name)),
            "indexes": sorted(
                (index["name"], index["column_names"], bool(index["unique"]))
                for index in inspector.get_indexes(name)
                if not dialect.is_made_by_engine(index["name"])
            ),
        }
    views = {name: inspector.get_view_definition(name) for name in inspector.get_view_names()}
    return found, views


@pytest.fixture
def migrated(database_url):
    engine = dialect.make_engine(dialect.parse_url(database_url), read_only=False)
    yield engine
    engine.dispose()


def test_migrations_make_the_schema_of_the_models(migrated, engine_name, request, tmp_path):
    if engine_name == "sqlite":
        url, clean_up = str(tmp_path / "models.db"), None
    else:
        cluster = request.getfixturevalue("postgres")
        url, clean_up = cluster.create("from_models"), cluster
    engine = dialect.make_engine(dialect.parse_url(url), read_only=False)
    with engine.execution_options(writes=True).begin() as connection:
        METADATA.create_all(connection)
        for view in VIEWS:
            connection.execute(sa.text(f"CREATE VIEW {view.name} AS {view.query}"))
    try:
        assert _described(migrated) == _described(engine)
    finally:
        engine.dispose()
        if clean_up:
            clean_up.drop("from_models")


def test_alembic_finds_nothing_to_change(migrated):
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with migrated.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_the_known_revisions_are_those_of_the_migrations():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([revision.revision for revision in revisions])) == schema.REVISIONS


@pytest.mark.skipif(len(schema.REVISIONS) > 1, reason="the first revision is history")
@pytest.mark.parametrize("engine", dialect.ENGINES)
def test_the_first_schema_is_written_out_from_the_models(engine):
    file = Path(schema.MIGRATIONS) / "versions" / "0001" / f"{engine}.sql"
    assert file.read_text(encoding="utf-8") == frozen(engine), "run: python -m storage.migrations.freeze 0001"


def test_postgres_keeps_comments_and_compares_text_by_code_point(postgres):
    url = postgres.create("comments", "template0")
    engine = dialect.make_engine(dialect.parse_url(url), read_only=False)
    try:
        with engine.begin() as connection:
            schema.upgrade(connection, "comments")
            no_comment = connection.exec_driver_sql(
                "SELECT attrelid::regclass, attname FROM pg_attribute WHERE attnum > 0 "
                "AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                "AND relkind IN ('r', 'v') AND relname <> 'alembic_version') "
                "AND col_description(attrelid, attnum) IS NULL"
            ).all()
            other_order = connection.exec_driver_sql(
                "SELECT attrelid::regclass, attname FROM pg_attribute WHERE attnum > 0 "
                "AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                "AND relkind = 'r' AND relname <> 'alembic_version') "
                "AND atttypid = 'varchar'::regtype AND attcollation <> 'pg_catalog.\"C\"'::regcollation"
            ).all()
        assert no_comment == other_order == []
    finally:
        engine.dispose()
        postgres.drop("comments")


def test_every_table_and_column_says_what_it_means():
    for table in TABLES.values():
        assert table.comment, table.name
        for column in table.columns:
            assert column.comment, f"{table.name}.{column.name}"
            assert str(column.comment).endswith((".", "…", ")")), f"{table.name}.{column.name}"


def test_the_dictionary_holds_every_table_view_and_column():
    text = data_dictionary()
    assert set(C5) <= TABLES.keys()
    assert {"ledger", "stories", "cells"} == {view.name for view in VIEWS}
    for name, columns in [(t.name, t.columns.keys()) for t in TABLES.values()] + [(v.name, v.columns) for v in VIEWS]:
        section = text.split(f"\n## `{name}`", 1)[1].split("\n## ", 1)[0]
        for column in columns:
            assert f"| `{column}` |" in section


def test_views_have_the_columns_their_comments_name(migrated):
    inspector = sa.inspect(migrated)
    for view in VIEWS:
        assert [column["name"] for column in inspector.get_columns(view.name)] == list(view.columns)


def test_ids_moments_and_truth_values_have_their_types():
    for table in TABLES.values():
        for column in table.columns:
            kind = type(column.type).__name__
            if column.name.endswith("_at"):
                assert kind == "UTCDateTime", column
            elif column.name.endswith("_on"):
                assert kind == "Date", column
            elif column.name.startswith("is_"):
                assert kind == "Flag", column
                assert f"{column.name} IN (0, 1)" in {
                    str(c.sqltext) for c in table.constraints if isinstance(c, sa.CheckConstraint)
                }
