"""What reading an index gives: leads, further indexes, and a count for everything that became neither."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Refusal(StrEnum):
    """Why one entry of an index is no lead.

    `foreign_host`: neither the outlet's nor a sister's. `sister_host`: a sister site's page, no article of this
    outlet. `not_article`: the outlet's URL rules do not claim it. `future_date`: said to be published more than a
    day ahead. `duplicate`: listed before in the same body, or an index that lists itself. `broken`: an address
    nobody can fetch, or an entry the body breaks off in.
    """

    FOREIGN_HOST = "foreign_host"
    SISTER_HOST = "sister_host"
    NOT_ARTICLE = "not_article"
    FUTURE_DATE = "future_date"
    NO_URL = "no_url"
    DUPLICATE = "duplicate"
    BROKEN = "broken"


class Problem(StrEnum):
    """What is wrong with a whole body; what was read before is kept.

    `empty`: nothing but white space. `not_a_feed`: no feed and no sitemap (HTML, say), or, for a list, no HTML.
    `truncated`: it breaks off, or cannot be read further. `too_large`: it unpacks to more than 50 MB (a list: 5 MB).
    """

    EMPTY = "empty"
    NOT_A_FEED = "not_a_feed"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Lead:
    """One article an index offers, with what the index says of it; the page itself may say otherwise.

    `published_hint` is aware, in the zone the index wrote (Europe/Kyiv where it wrote none); a bare day is its
    midnight. In a sitemap without news dates it is the last change. `translations` holds addresses by language.
    """

    url: str
    published_hint: datetime | None
    headline_hint: str | None
    language: str | None
    translations: dict[str, str]


@dataclass(frozen=True, slots=True)
class SubIndex:
    """One further sitemap an index names.

    `first_day` and `last_day` bound what it lists (Kyiv days, inclusive), from its address; where the address
    says nothing `first_day` is None and `last_day` the day of its last change, or None too.
    """

    url: str
    modified_at: datetime | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class LeadsResult:
    """All that was read from one body, in its order; `next_page` is where a list goes on, if it does."""

    leads: tuple[Lead, ...]
    subindexes: tuple[SubIndex, ...]
    refused: Mapping[Refusal, int]
    problem: Problem | None
    next_page: str | None

    @property
    def entries(self) -> int:
        """How many entries the body held: each is a lead, a further index, or counted under a reason."""
        return len(self.leads) + len(self.subindexes) + sum(self.refused.values())
