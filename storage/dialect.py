"""All that differs between SQLite and Postgres; no other file names either.

Column types that mean the same on both, engines, "insert or change only what differs", full-text search, and the
reading of the drivers' errors.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Dialect, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.errors import StoreError

BUSY_SECONDS = 30
"""How long a SQLite writer waits for another one."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+0000 and lone surrogates, which no engine can hold, each replaced by one U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


class Text(TypeDecorator[str]):
    """Text of any length, compared and ordered by code point on both engines (C collation on Postgres)."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The engine's type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.String(collation="C"))
        return dialect.type_descriptor(sa.String())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """A plain string (also of an enum member), storable on both engines."""
        del dialect
        return None if value is None else storable(str(value))


class Json(TypeDecorator[Any]):
    """A list or mapping as JSON text with sorted keys, so equal values are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401 - any JSON value
        """JSON text."""
        del dialect
        if value is None:
            return None
        return storable(json.dumps(value, ensure_ascii=False, sort_keys=True))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401 - any JSON value
        """The list or mapping."""
        del dialect
        return None if value is None else json.loads(value)


class Id(TypeDecorator[int]):
    """A 63-bit natural key. On SQLite an INTEGER, so that a single-column key is the row's own address."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The engine's type."""
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.BigInteger())


class Flag(TypeDecorator[bool]):
    """A truth value stored as 0 or 1, so that `where is_x = 1` is right SQL on both engines."""

    impl = sa.SmallInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: FBT001 - a value
        """0 or 1."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """False or True."""
        del dialect
        return None if value is None else bool(value)


def settle(engine: Engine) -> None:
    """What a database of ours keeps for good once it is made: on SQLite, write-ahead logging."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()


def only_where(condition: str) -> dict[str, Any]:
    """Arguments that make an `Index` hold only the rows that meet the condition."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def keyed_rows() -> dict[str, Any]:
    """Arguments of a `Table` of many short rows: on SQLite they lie in the primary key, not beside it."""
    return {"sqlite_with_rowid": False}


def parse_url(url: str) -> URL:
    """The address of a database: `sqlite:///FILE`, a bare file name, `postgresql://…` or `postgres://…`.

    Raises StoreError for anything else.
    """
    text = url if "://" in url else f"sqlite:///{url}"
    text = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", text)
    try:
        parsed = make_url(text)
    except ArgumentError as error:
        message = "the database address cannot be read; give sqlite:///FILE or postgresql://USER@HOST/NAME"
        raise StoreError(message) from error
    if parsed.drivername not in {"sqlite", "postgresql+psycopg"}:
        message = f"databases of kind {parsed.drivername!r} are not supported; use sqlite:/// or postgresql://"
        raise StoreError(message)
    if parsed.drivername == "sqlite" and parsed.database in {None, "", ":memory:"}:
        message = "a SQLite database needs a file name; give sqlite:///FILE"
        raise StoreError(message)
    return parsed


def sqlite_file(url: URL) -> Path | None:
    """The database file of a SQLite address; None for a server."""
    return Path(str(url.database)) if url.drivername == "sqlite" else None


def shown(url: URL) -> str:
    """How a database is named to people: the file, or the server's address without password and options."""
    if (file := sqlite_file(url)) is not None:
        return str(file)
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()


def make_engine(url: URL, *, read_only: bool) -> Engine:
    """An engine whose error messages hold no row contents.

    SQLite: WAL, foreign keys on, transactions that announce themselves as writing (`writes=True` among the
    execution options) take the write lock at their start. Postgres: sessions in UTC.
    """
    if sqlite_file(url) is not None:
        return _sqlite_engine(url, read_only=read_only)
    options = "-c timezone=UTC -c application_name=zaporuka"
    if read_only:
        options += " -c default_transaction_read_only=on"
    given = url.query.get("options")
    arguments = {"options": f"{given} {options}" if given else options, "connect_timeout": 10}
    return sa.create_engine(url, hide_parameters=True, connect_args=arguments)


_CACHE_KIB, _MAPPED_BYTES, _WAL_PAGES = 64 * 1024, 2**30, 4_000
"""The default cache of 2 MB reads the same index pages over and over once the database outgrows it."""


def _sqlite_engine(url: URL, *, read_only: bool) -> Engine:
    file = Path(str(url.database)).absolute()
    query = {"uri": "true", "mode": "ro" if read_only else "rwc"}
    address = URL.create("sqlite", database=file.as_uri(), query=query)
    engine = sa.create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - sqlite3 through SQLAlchemy's pool
        connection.isolation_level = None  # we begin transactions ourselves, below
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        if not read_only:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def lock_schema(connection: Connection) -> None:
    """Hold off other upgrades of this database until the transaction ends (SQLite has its write lock already)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(8246741192)")


def integrity(connection: Connection) -> str:
    """What the engine says of its own files: `ok`, or the first thing it found wrong."""
    if connection.dialect.name == "postgresql":
        return "ok"  # a server checks its own files
    for question in ("PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"):
        found = connection.exec_driver_sql(question).first()
        if found is not None and found[0] != "ok":
            return " ".join(str(part) for part in found)
    return "ok"


def upsert(
    connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], keep: frozenset[str] = frozenset()
) -> int:
    """Insert rows, or change those of the same primary key that differ; returns how many were written.

    Every row names the same columns. Columns in `keep` hold what was first stored and do not count as differing.
    """
    if not rows:
        return 0
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = cast("postgresql.Insert", insert(table))  # the two have the same methods
    keys = [column.name for column in table.primary_key]
    names = [name for name in rows[0] if name not in keys and name not in keep]
    if names:
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=keys,
            set_={name: new[name] for name in names},
            where=sa.or_(*(table.c[name].is_distinct_from(new[name]) for name in names)),
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    return connection.execute(statement, rows, execution_options={"preserve_rowcount": True}).rowcount


def insert_missing(connection: Connection, table: sa.Table, rows: Sequence[tuple[int | bytes, ...]]) -> int:
    """Insert rows of numbers or bytes, a value a column, that are not there yet; returns how many were written.

    For many short rows: they go to the driver as they are.
    """
    if not rows:
        return 0
    preparer = connection.dialect.identifier_preparer
    names = ", ".join(preparer.quote(column.name) for column in table.columns)
    into = f"INTO {preparer.format_table(table)} ({names})"
    asked: Any = list(rows)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" for _ in table.columns)
        statement = f"INSERT OR IGNORE {into} VALUES ({marks})"  # noqa: S608 - names of ours
    else:
        lists = ", ".join(f"%s::{column.type.compile(connection.dialect)}[]" for column in table.columns)
        statement = f"INSERT {into} SELECT * FROM unnest({lists}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of ours
        asked = tuple(list(column) for column in zip(*rows, strict=True))
    done = connection.exec_driver_sql(statement, asked, execution_options={"preserve_rowcount": True})
    return done.rowcount


def plain_rows(connection: Connection, query: sa.Select[Any]) -> Any:  # noqa: ANN401 - what a driver gives
    """All rows of a query as the driver gives them, a list of tuples: for many short rows of numbers and bytes."""
    compiled = query.compile(connection, compile_kwargs={"render_postcompile": True})
    values = compiled.construct_params()
    if connection.dialect.name == "postgresql":
        with connection.connection.driver_connection.cursor(binary=True) as cursor:  # type: ignore[union-attr]
            return cursor.execute(compiled.string, values).fetchall()
    asked = tuple(values[name] for name in compiled.positiontup or ())
    return connection.exec_driver_sql(compiled.string, asked).cursor.fetchall()


def is_among(dialect: Dialect, column: sa.ColumnElement[int], values: Sequence[int]) -> sa.ColumnElement[bool]:
    """The condition that an integer column has one of the values; they travel as one, so their number costs little."""
    if dialect.name == "postgresql":
        listed = sa.bindparam(None, list(values), type_=postgresql.ARRAY(sa.BigInteger))
        return column == sa.any_(listed)
    each = sa.func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(sa.select(each.c.value))


def take_if(connection: Connection, table: sa.Table, row: Mapping[str, Any], free: sa.ColumnElement[bool]) -> bool:
    """Insert a row, or overwrite the one of the same key if `free` holds of it; says whether that was done."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = cast("postgresql.Insert", insert(table)).values(**row)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in row if name not in keys}
    statement = statement.on_conflict_do_update(index_elements=keys, set_=changed, where=free)
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


ENGINES = ("sqlite", "postgresql")
STATEMENT_END = "\n;\n"
"""What parts the statements of a file of SQL: semicolons inside statements stand within lines."""


def frozen_statements(connection: Connection, folder: Path) -> list[str]:
    """The statements of the file a folder holds for this engine."""
    text = (folder / f"{connection.dialect.name}.sql").read_text(encoding="utf-8")
    return [statement for statement in text.split(STATEMENT_END) if statement.strip()]


def schema_ddl(engine: str, metadata: sa.MetaData) -> list[str]:
    """Statements that make the tables, comments and indexes of the metadata on one engine, in a stable order."""
    statements: list[str] = []

    def note(statement: Any, *_: object, **__: object) -> None:  # noqa: ANN401 - any DDL element
        lines = str(statement.compile(dialect=mock.dialect)).strip().splitlines()
        statements.append("\n".join(line.rstrip().replace("\t", "  ") for line in lines))

    mock = sa.create_mock_engine("sqlite://" if engine == "sqlite" else "postgresql+psycopg://", note)
    metadata.create_all(mock, checkfirst=False)
    indexes = sorted(statement for statement in statements if " INDEX " in statement.partition("\n")[0])
    return [statement for statement in statements if statement not in indexes] + indexes


def keeps_comments(engine: str) -> bool:
    """Whether an engine keeps comments on views and columns."""
    return engine == "postgresql"


def search_ddl(engine: str) -> list[str]:
    """Statements that make the full-text index over `search_texts` and keep it true."""
    if engine == "postgresql":
        # A function of declared cost: else the planner thinks reading every text cheaper than the index.
        function = (
            "CREATE FUNCTION search_vector(headline text, body text) RETURNS tsvector "
            "LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$ BEGIN RETURN array_to_tsvector("
            "array_cat(string_to_array(headline, ' '), string_to_array(body, ' '))); END $$"
        )
        return [function, f"CREATE INDEX search_index ON search_texts USING gin ({_TOKENS_VECTOR})"]
    add = (
        "INSERT INTO search_index(rowid, headline_tokens, body_tokens) "
        "VALUES (new.article_id, new.headline_tokens, new.body_tokens);"
    )
    drop = (
        "INSERT INTO search_index(search_index, rowid, headline_tokens, body_tokens) "
        "VALUES ('delete', old.article_id, old.headline_tokens, old.body_tokens);"
    )
    index = (
        "CREATE VIRTUAL TABLE search_index USING fts5(headline_tokens, body_tokens, content='search_texts', "
        "content_rowid='article_id', tokenize='unicode61 remove_diacritics 0')"
    )
    return [
        index,
        f"CREATE TRIGGER search_texts_added AFTER INSERT ON search_texts BEGIN {add} END",
        f"CREATE TRIGGER search_texts_removed AFTER DELETE ON search_texts BEGIN {drop} END",
        f"CREATE TRIGGER search_texts_changed AFTER UPDATE ON search_texts BEGIN {drop} {add} END",
    ]


_TOKENS_VECTOR = "search_vector(headline_tokens, body_tokens)"


def has_all_words(dialect: Dialect, words: Sequence[Sequence[str]]) -> sa.ColumnElement[bool]:
    """The condition on `search_texts` that a row holds of every word one of its tokens (letters and digits only)."""
    if dialect.name == "postgresql":
        query = " & ".join("(" + " | ".join(f"'{token}'" for token in tokens) + ")" for tokens in words)
        condition = f"{_TOKENS_VECTOR} @@ CAST(:tokens AS tsquery)"
    else:
        query = " AND ".join("(" + " OR ".join(f'"{token}"' for token in tokens) + ")" for tokens in words)
        condition = "search_texts.article_id IN (SELECT rowid FROM search_index WHERE search_index MATCH :tokens)"
    return cast("sa.ColumnElement[bool]", sa.text(f"({condition})").bindparams(tokens=query))


def is_made_by_engine(name: str | None) -> bool:
    """Whether a table or index is the search index or a part of it, and none of the schema's."""
    return name is not None and (name == "search_index" or name.startswith("search_index_"))


_SAID = (
    ("not a database", "is not a SQLite database; name another file"),
    ("unable to open", "cannot be opened; check that the folder exists and is yours to read and write"),
    ("readonly", "may only be read; check the rights of the file and its folder"),
    ("read-only", "may only be read; check the rights"),
    ("disk is full", "does not fit its disk; nothing of this batch was stored; free some space"),
    ("no space left", "does not fit its disk; nothing of this batch was stored; free some space"),
    ("database is locked", f"has been in use by another program for {BUSY_SECONDS} s; try again later"),
    ("malformed", "is damaged; restore it from a copy"),
)
"""What drivers say, and what that means to people."""


def in_one_line(error: Exception, where: str) -> StoreError:
    """What a driver's error means, in one line without row contents and passwords."""
    original: BaseException = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    said = (str(original).strip().splitlines() or [type(original).__name__])[0]
    for sign, meaning in _SAID:
        if sign in said.lower():
            return StoreError(f"{where} {meaning}")
    if type(original).__name__ == "OperationalError" and getattr(original, "sqlstate", "") is None:
        reason = said.rsplit("failed: ", 1)[-1]
        return StoreError(f"{where} cannot be reached ({reason}); check the address and that the server runs")
    return StoreError(f"{where} refused: {said}")
