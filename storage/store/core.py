"""`Store`: opens a database and runs each call in one transaction of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Self
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import SQLAlchemyError

from storage import dialect, schema
from storage.batch import Batch
from storage.errors import StoreError
from storage.models import TABLES, DocumentRow, GuarantorRow, OutletRow, PageRow, RunState, UnitRow
from storage.records import Conflict, LedgerLine
from storage.store import known, ledger, queries, saving, scratch, works
from storage.store.check import CheckReport
from storage.store.copy_calls import CopyCalls
from storage.store.known import KnownUrl
from storage.store.leasing import Leasing
from storage.store.ledger import ClaimFilter, FiledClaim, LedgerUpdate
from storage.store.queries import Hit, SearchFilter, StoredCapture, StoredText
from storage.store.story_calls import StoryCalls
from storage.terms import Cause, Family, Language, UnitState


class Store(CopyCalls, StoryCalls, Leasing):
    """One database. Every method is one transaction: it happens wholly or not at all.

    Moments are aware; days are Kyiv days. Methods raise StoreError, one line without passwords, for whatever the
    database refuses. Make it with `Store.open`; it is a context manager that closes itself.
    """

    def __init__(self, url: URL, *, read_only: bool) -> None:
        self.shown = dialect.shown(url)
        self._engine = dialect.make_engine(url, read_only=read_only)
        self._writing = self._engine.execution_options(writes=True)

    @classmethod
    def open(cls, url: str, *, must_exist: bool, read_only: bool = False) -> Self:
        """Open a database of today's schema; unless it must exist, a missing or empty one is made.

        `url` is `sqlite:///FILE`, a file name, or `postgresql://…`.
        Raises StoreError where it is missing, empty, not ours, older, newer, unreachable or unwritable.
        """
        parsed = dialect.parse_url(url)
        file = dialect.sqlite_file(parsed)
        if must_exist and file is not None and not file.is_file():
            message = (
                f"there is no database at {file}; take in pages first (zaporuka ingest …) or name another with --home"
            )
            raise StoreError(message)
        store = cls(parsed, read_only=read_only)
        try:
            with store._reading() as connection:
                revision = schema.revision_of(connection, store.shown)
            if revision is None and not must_exist and not read_only:
                store._upgrade()
            else:
                schema.check_revision(revision, store.shown)
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def upgrade(cls, url: str) -> str:
        """Make a database or bring an older one to today's schema; returns what was done, in one line."""
        with cls(dialect.parse_url(url), read_only=False) as store:
            before, after = store._upgrade()
            if before == after:
                return f"{store.shown} has today's schema {after} already"
            return f"{store.shown}: schema {before or 'none'} -> {after}"

    @classmethod
    def check(cls, url: str) -> CheckReport:
        """Look whether a database is ours, of today's schema and whole, and whether every quote stands.

        Raises StoreError where it cannot be opened at all.
        """
        with cls.open(url, must_exist=True) as store:
            return store.look()

    def look(self) -> CheckReport:
        """What `check` finds in this open database."""
        is_demo = self.is_demo
        with self._reading() as connection:
            return CheckReport(
                database=self.shown,
                revision=schema.REVISIONS[-1],
                is_demo=is_demo,
                engine_says=dialect.integrity(connection),
                quote_mismatches=queries.quote_mismatches(connection),
                tables=queries.status(connection)["tables"],
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._transaction(self._engine) as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._transaction(self._writing) as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: sa.Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise dialect.in_one_line(error, self.shown) from error

    def _upgrade(self) -> tuple[str | None, str]:
        with self._write() as connection:
            done = schema.upgrade(connection, self.shown)
        dialect.settle(self._engine)
        return done

    @property
    def is_demo(self) -> bool:
        """Whether this database holds invented articles."""
        table = TABLES["zaporuka_info"]
        with self._reading() as connection:
            return connection.execute(sa.select(table.c.value).where(table.c.key == "is_demo")).scalar() == "1"

    @property
    def is_empty(self) -> bool:
        """Whether no page was ever stored."""
        with self._reading() as connection:
            return connection.execute(sa.select(TABLES["pages"].c.page_id).limit(1)).first() is None

    def mark_demo(self) -> None:
        """Say of a database without pages that all it will hold is invented.

        Raises StoreError where pages are stored already.
        """
        if not self.is_demo and not self.is_empty:
            message = f"{self.shown} holds real pages; the demo needs a database of its own"
            raise StoreError(message)
        with self._write() as connection:
            dialect.upsert(connection, TABLES["zaporuka_info"], [{"key": "is_demo", "value": "1"}])

    def start_run(self, verb: str, cleaner_version: str | None, rules_version: str | None, now: datetime) -> str:
        """Note that a run begins; returns its id, a random UUID."""
        row = {"run_id": str(uuid4()), "verb": verb, "started_at": now, "finished_at": None, "counts": {}}
        row |= {"state": RunState.RUNNING, "cleaner_version": cleaner_version, "rules_version": rules_version}
        with self._write() as connection:
            connection.execute(sa.insert(TABLES["runs"]), row)
        return str(row["run_id"])

    def finish_run(self, run_id: str, state: RunState, now: datetime, counts: Mapping[str, Any]) -> None:
        """Note how a run ended."""
        table = TABLES["runs"]
        values = {"state": state, "finished_at": now, "counts": dict(counts)}
        with self._write() as connection:
            connection.execute(sa.update(table).where(table.c.run_id == run_id).values(**values))

    def load_reference(
        self,
        outlets: Sequence[OutletRow] = (),
        guarantors: Sequence[GuarantorRow] = (),
        documents: Sequence[DocumentRow] = (),
    ) -> Counter[str]:
        """Insert or change outlets, guarantors and documents; none is ever removed, since texts name them."""
        with self._write() as connection:
            return Counter(
                outlets=saving.write_rows(connection, "outlets", outlets),
                guarantors=saving.write_rows(connection, "guarantors", guarantors),
                documents=saving.write_rows(connection, "documents", documents),
            )

    def save(self, batch: Batch, now: datetime) -> Counter[str]:
        """Write a batch; returns rows inserted, changed or removed by table. The same batch again writes nothing."""
        with self._write() as connection:
            return saving.save(connection, batch, now)

    def known_pages(self, page_ids: Iterable[int]) -> set[int]:
        """Those of the captures that are on file."""
        with self._reading() as connection:
            return queries.known_pages(connection, page_ids)

    def known_urls(self, urls: Iterable[str]) -> dict[str, KnownUrl]:
        """Those of the addresses that were fetched before, with what to ask a server by."""
        with self._reading() as connection:
            return known.known_urls(connection, urls)

    def known_leads(self, urls: Iterable[str]) -> set[str]:
        """Those of the addresses that an index named before."""
        with self._reading() as connection:
            return known.known_leads(connection, urls)

    def latest_pages(self, urls: Iterable[str]) -> dict[str, PageRow]:
        """The latest capture of each of the addresses that has one."""
        with self._reading() as connection:
            return known.latest_pages(connection, urls)

    def articles_of_urls(self, urls: Iterable[str]) -> dict[str, int]:
        """The article of each address that is on file."""
        with self._reading() as connection:
            return queries.articles_of_urls(connection, urls)

    def article_captures(self, article_ids: Iterable[int]) -> dict[int, list[StoredCapture]]:
        """The captures of each article in time order (unknown times first), for the version step."""
        with self._reading() as connection:
            return queries.article_captures(connection, article_ids)

    def texts_of(self, article_ids: Iterable[int]) -> list[StoredText]:
        """The current readings of the articles that are on file, by article id."""
        with self._reading() as connection:
            return queries.texts_of(connection, article_ids)

    def take_texts_from(self, source: Self) -> None:
        """Fill this empty database with the articles of another one, as if nobody had compared them yet."""
        for name in scratch.COPIED:
            with source.stream(scratch.rows_of(name)) as rows, self._write() as connection:
                scratch.insert(connection, name, rows)

    def guarantors_of(self, article_ids: Iterable[int]) -> set[str]:
        """Guarantors that any reading on file of these articles, superseded ones included, makes a claim about."""
        with self._reading() as connection:
            return works.guarantors_of(connection, article_ids)

    def dead_runs(self, now: datetime, except_run: str) -> list[str]:
        """Runs that never said how they ended and whose lease has lapsed, by id."""
        with self._reading() as connection:
            return works.dead_runs(connection, now, except_run)

    def published_of(self, article_ids: Iterable[int]) -> dict[int, datetime | None]:
        """The moment by which each of the articles that are on file was published (UTC), see `keys.published_by`."""
        with self._reading() as connection:
            return queries.published_of(connection, article_ids)

    def claims_on_file(
        self,
        *,
        guarantor: str | None = None,
        document: str | None = None,
        family: Family | None = None,
        stage: str | None = None,
        published_by: datetime | None = None,
        claim_ids: Sequence[int] | None = None,
    ) -> list[FiledClaim]:
        """Claims of the current readings of articles, by claim id.

        `published_by` keeps articles published up to that moment (those without a moment are then left out).
        """
        wanted = ClaimFilter(guarantor, document, family, stage, published_by, claim_ids)
        with self._reading() as connection:
            return ledger.claims_on_file(connection, wanted)

    def ledger_lines(self, known_at: datetime | None = None) -> list[LedgerLine]:
        """The lines this database shows now, or showed at a moment, by name."""
        with self._reading() as connection:
            return ledger.ledger_lines(connection, known_at)

    def conflicts(self) -> list[Conflict]:
        """All values of ledger lines that some texts give and the line does not show, by line."""
        with self._reading() as connection:
            return ledger.conflicts(connection)

    def write_ledger(
        self,
        lines: Sequence[LedgerLine],
        closed: Sequence[str],
        conflicts: Sequence[Conflict],
        *,
        now: datetime,
        rules_version: str,
        cause: Cause,
        causes: Mapping[str, Cause] | None = None,
    ) -> Counter[str]:
        """Show these lines (unchanged ones are harmless), cease to show the `closed` ones, replace their conflicts.

        `causes` overrides `cause` for single lines. The same lines again change nothing. Returns counts of
        `opened`, `changed`, `closed`, `refreshed` and `conflicts`.
        """
        update = LedgerUpdate(lines, closed, conflicts, rules_version, cause, causes or {})
        with self._write() as connection:
            return ledger.write_ledger(connection, update, now)

    def search(
        self,
        words: Sequence[str],
        limit: int,
        *,
        outlet: str | None = None,
        language: Language | None = None,
        from_on: date | None = None,
        to_on: date | None = None,
        topic: str | None = None,
    ) -> list[Hit]:
        """Articles that hold every word: most in the headline first, then newest, then by id.

        A word is one token, or alternatives of which one will do, separated by spaces. With a `topic` words may miss.
        """
        within = SearchFilter(outlet, language, from_on, to_on, topic)
        with self._reading() as connection:
            return queries.search(connection, words, limit, within)

    def units(self, *, outlet: str | None = None, state: UnitState | None = None) -> list[UnitRow]:
        """Work units, by id."""
        with self._reading() as connection:
            return queries.units(connection, outlet, state)

    def leads_of_unit(self, unit_id: int) -> list[dict[str, Any]]:
        """What the index of a unit named, oldest first."""
        with self._reading() as connection:
            return queries.leads_of_unit(connection, unit_id)

    def unread_leads(self, outlet: str, limit: int, since_on: date | None = None) -> list[dict[str, Any]]:
        """Leads of an outlet that no capture was ever made of, newest first; `since_on` is a Kyiv day."""
        with self._reading() as connection:
            return queries.unread_leads(connection, outlet, limit, since_on)

    def status(self) -> dict[str, Any]:
        """Counts: `tables` rows by table, `outcomes` pages by outcome, `runs` the last ten."""
        with self._reading() as connection:
            return queries.status(connection)

    def quote_mismatches(self) -> int:
        """How many quotes on file are not the characters their offsets name; 0 in a sound database."""
        with self._reading() as connection:
            return queries.quote_mismatches(connection)

    @contextmanager
    def stream(self, query: sa.Select[Any]) -> Iterator[Iterator[tuple[Any, ...]]]:
        """The rows of a query one after another, never all in memory."""
        with self._reading() as connection:
            result = connection.execution_options(yield_per=500).execute(query)
            yield (tuple(row) for row in result)

    def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """The rows of a reading query written in SQL that both engines understand; `:name` takes a value."""
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(sa.text(sql), values).mappings()]
