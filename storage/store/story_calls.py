"""What a store is asked about stories."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy.engine import Connection

from storage.store import stories
from storage.store.stories import SameEvent, StoryMember, TopicalArticle


class StoryCalls(ABC):
    """The part of a store that knows stories; each call is one transaction."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _write(self) -> AbstractContextManager[Connection]: ...

    def waiting_for_story(self, limit: int) -> list[int]:
        """Articles with a text that are under no story, in order of publication."""
        with self._reading() as connection:
            return stories.waiting_for_story(connection, limit)

    def story_members(self, article_ids: Iterable[int], story_ids: Iterable[int] = ()) -> list[StoryMember]:
        """These articles and all members of these stories, as far as they are on file, by article id."""
        with self._reading() as connection:
            return stories.story_members(connection, article_ids, story_ids)

    def topical_articles(self, days: Iterable[tuple[int, int]]) -> list[TopicalArticle]:
        """Articles with topics or claims published in these ranges of days (first, last; days since 1970), by id."""
        with self._reading() as connection:
            return stories.topical_articles(connection, days)

    def reopen_stories(self, article_ids: Sequence[int]) -> None:
        """Let the stories of these articles, and of those like them, be told anew."""
        if article_ids:
            with self._write() as connection:
                stories.reopen_stories(connection, article_ids)

    def write_stories(
        self, compared: Sequence[int], pairs: Sequence[SameEvent], found: Mapping[int, int], algorithm: str
    ) -> Counter[str]:
        """File articles under the stories found, and replace what the compared ones are like.

        Returns rows changed by table. Ids of stories that lost all members become redirects.
        """
        with self._write() as connection:
            return stories.write_stories(connection, compared, pairs, found, algorithm)
