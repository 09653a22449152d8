"""What a replica is asked to play."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from storage.keys import KYIV

PRAVDA, UKRINFORM, KI, PRESIDENT = "ukrainska-pravda", "ukrinform", "kyiv-independent", "president"
SLUGS = (PRAVDA, UKRINFORM, KI, PRESIDENT)
"""The outlets that are always played, each in its own ways."""

DEMO_DAY = date(2027, 4, 20)
"""The day after the last invented page."""

FIRST_DAY = date(2026, 12, 1)
"""No article is older."""

DEMO_MARK = "DEMO: INVENTED ARTICLE"
CLOSING_TIME = time(23, 30)


class Fault(StrEnum):
    """What befalls one outlet from night 2 on.

    layout: its article pages have another structure, which its selectors do not fit. challenge: every page and index
    is a page that checks the browser, status 200; only its robots file stays. empty_feed: its feeds, lists and
    sitemaps come whole and name nothing. drift: its pages, known ones too, give the moment of their last change as
    that of publication.
    """

    LAYOUT = "layout"
    CHALLENGE = "challenge"
    EMPTY_FEED = "empty_feed"
    DRIFT = "drift"


@dataclass(frozen=True)
class Setting:
    """What a replica plays.

    `now` is the Kyiv day of night 1; night 2 is the day after. `misbehave` adds the pages and indexes that do what
    outlets should not. `pravda_blocks`: sitemaps and lists of Ukrainska Pravda answer 403, as they do in life.
    `days` is how many days up to `now` are full of articles, `amount` says how full (about 110 a day, or 20) and
    `scale` multiplies it; `history_every` says that before them every so many days one article an edition was
    published (0: none but the invented pages). `faults` maps slugs of outlets to what befalls them from night 2 on.
    `crawl_delay_s` is what the robots file of www.ukrinform.ru asks for. `rebind_host` is the host some pages lead
    to and no endpoint is given for: a test lets it resolve to a private address. `more` are slugs of outlets that are
    played besides, by the facts of their files, with `more_a_day` articles a day and edition.
    """

    now: date = DEMO_DAY
    misbehave: bool = False
    pravda_blocks: bool = True
    days: int = 2
    history_every: int = 7
    scale: int = 1
    amount: Literal["full", "few"] = "full"
    faults: Mapping[str, Fault] = field(default_factory=dict)
    crawl_delay_s: float = 0.5
    rebind_host: str = "rebind.invalid"
    more: tuple[str, ...] = ()
    more_a_day: int = 3

    @property
    def slugs(self) -> tuple[str, ...]:
        """The outlets that are played."""
        return (*SLUGS, *(slug for slug in self.more if slug not in SLUGS))

    def day(self, night: int) -> date:
        """Kyiv day of a night, counted from 1."""
        return self.now + timedelta(days=night - 1)

    def moment(self, night: int) -> datetime:
        """The moment a night shows: half past eleven in the evening, Kyiv time."""
        return datetime.combine(self.day(night), CLOSING_TIME, tzinfo=KYIV)

    def fault(self, outlet: str, night: int) -> Fault | None:
        """What befalls an outlet on a night."""
        return self.faults.get(outlet) if night > 1 else None
