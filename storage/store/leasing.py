"""Leases: who works on what now, so that two runs never meet."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import dialect
from storage.models import TABLES
from storage.store import works
from storage.store.works import HeldLease


class Leasing(ABC):
    """The part of a store that hands out leases; each call is one transaction."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _write(self) -> AbstractContextManager[Connection]: ...

    def acquire_lease(self, kind: str, key: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Take a lease that is free, lapsed or one's own already; says whether it is held now."""
        table = TABLES["leases"]
        row = {"kind": kind, "key": key, "holder": holder, "until": now + ttl}
        with self._write() as connection:
            return dialect.take_if(connection, table, row, sa.or_(table.c.until <= now, table.c.holder == holder))

    def renew_lease(self, kind: str, key: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Prolong a lease that is still one's own; False means it was lost and work under it must stop."""
        table = TABLES["leases"]
        mine = (table.c.kind == kind, table.c.key == key, table.c.holder == holder, table.c.until > now)
        with self._write() as connection:
            return connection.execute(sa.update(table).where(*mine).values(until=now + ttl)).rowcount == 1

    def release_lease(self, kind: str, key: str, holder: str) -> None:
        """Give a lease back; one that is no longer one's own is left alone."""
        table = TABLES["leases"]
        mine = (table.c.kind == kind, table.c.key == key, table.c.holder == holder)
        with self._write() as connection:
            connection.execute(sa.delete(table).where(*mine))

    def leases(self) -> list[HeldLease]:
        """All leases on file, lapsed ones included, by kind and key."""
        with self._reading() as connection:
            return works.leases(connection)
