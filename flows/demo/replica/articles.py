"""One article of the replica, and the facts of the outlets that its parts share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlsplit

from flows.demo.replica.setting import PRAVDA, UKRINFORM
from flows.demo.replica.writing import Text
from storage.keys import KYIV
from storage.terms import Family, Outcome, Stage

PREFIX = {"uk": "", "en": "/eng", "ru": "/rus"}
DOMAIN = {"uk": "ua", "en": "net", "ru": "ru"}
DISALLOWED = {PRAVDA: "/podcasts/", UKRINFORM: "/rubric-other_news/"}
"""What robots files forbid although indexes list articles there."""

GONE, NOT_LISTED_YET = "gone", "not_listed_yet"


@dataclass(frozen=True)
class Tells:
    """One step towards guarantees that an article states. `event_on` is None where it does not name the day."""

    guarantor: str
    family: Family
    stage: Stage
    event_on: date | None = None
    planned_on: date | None = None


@dataclass(frozen=True)
class Article:
    """One article of one edition on one night.

    `source` says what the body is made of: the key of a text of chance words or of a story, the name of a file under
    `flows/demo`, or the name of a misdeed; `text` are its words where they follow from nothing else. `outcomes` are
    the outcomes a crawl may file its fetch under, the proper one first. `translations` maps language to address.
    `changed_at` is when the outlet last rendered it anew, None if never. `hidden` says why no index names it,
    `is_late` that only the list of latest news does, since the outlet put it there later than it published it.
    `is_redesigned` pages have the outlet's new layout; `is_redated` ones give the last change as publication.
    """

    url: str
    outlet: str
    language: str
    published_at: datetime
    headline: str
    made_of: Literal["words", "story", "file", "misdeed"]
    source: str
    outcomes: tuple[str, ...] = (Outcome.ARTICLE.value,)
    translations: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    text: Text | None = None
    tells: tuple[Tells, ...] = ()
    is_edited: bool = False
    has_correction_note: bool = False
    changed_at: datetime | None = None
    hidden: str | None = None
    is_late: bool = False
    is_redesigned: bool = False
    is_redated: bool = False

    @property
    def day(self) -> date:
        """Kyiv day of publication."""
        return self.published_at.astimezone(KYIV).date()

    @property
    def host(self) -> str:
        """Host name of the address."""
        return urlsplit(self.url).netloc

    @property
    def modified_at(self) -> datetime:
        """When the page last changed: at publication, if never since."""
        return self.changed_at or self.published_at

    @property
    def stated_at(self) -> datetime:
        """The moment its page gives as that of publication."""
        return self.modified_at if self.is_redated else self.published_at
