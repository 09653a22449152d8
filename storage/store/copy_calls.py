"""What a store is asked about copies: how articles are filed, and the works they make."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager

from sqlalchemy.engine import Connection

from storage.records import Filed, FiledRow
from storage.store import queries, works
from storage.store.works import WorkMember


class CopyCalls(ABC):
    """The part of a store that knows copies; each call is one transaction."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    def filed_between(self, first_day: int, last_day: int) -> list[FiledRow]:
        """What the articles of those days are filed under, those for which another stands left out."""
        with self._reading() as connection:
            return queries.filed_between(connection, first_day, last_day)

    def filed_since(self, filing: int | None) -> tuple[int, list[FiledRow]]:
        """The number of the latest filing, and what later ones than the given wrote; None: nothing but the number."""
        with self._reading() as connection:
            rows = [] if filing is None else queries.filed_since(connection, filing)
            return queries.latest_filing(connection), rows

    def filed_as(self, text_keys: Iterable[int]) -> list[Filed]:
        """The articles whose words have one of those hashes."""
        with self._reading() as connection:
            return queries.filed_as(connection, text_keys)

    def filed_of(self, article_ids: Iterable[int]) -> dict[int, Filed]:
        """What each of the articles is filed under; those filed under nothing are left out."""
        with self._reading() as connection:
            return queries.filed_of(connection, article_ids)

    def works_of(self, article_ids: Iterable[int]) -> dict[int, int]:
        """The work of each of the articles that has one."""
        with self._reading() as connection:
            return works.works_of(connection, article_ids)

    def work_members(self, article_ids: Iterable[int]) -> list[WorkMember]:
        """All members of the works that the articles on file belong to, by article id."""
        with self._reading() as connection:
            return works.work_members(connection, article_ids)
