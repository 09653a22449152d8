"""What a replica is asked to play."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from storage.keys import KYIV

DEMO_DAY = date(2027, 4, 20)
"""The day after the last invented page."""

FIRST_DAY = date(2026, 12, 1)
"""No article is older."""

DEMO_MARK = "DEMO: INVENTED ARTICLE"
CLOSING_TIME = time(23, 30)


@dataclass(frozen=True)
class Setting:
    """What a replica plays.

    `now` is the Kyiv day of night 1; night 2 is the day after. `misbehave` adds the pages and indexes that do what
    outlets should not. `pravda_blocks`: sitemaps and lists of Ukrainska Pravda answer 403, as they do in life.
    `days` is how many days up to `now` are full of articles, `scale` multiplies how full, `history_every` says that
    before them every so many days one article an edition was published (0: none but the invented pages).
    `crawl_delay_s` is what the robots file of www.ukrinform.ru asks for. `rebind_host` is the host some pages lead
    to and no endpoint is given for: a test lets it resolve to a private address.
    """

    now: date = DEMO_DAY
    misbehave: bool = False
    pravda_blocks: bool = True
    days: int = 2
    history_every: int = 7
    scale: int = 1
    crawl_delay_s: float = 0.5
    rebind_host: str = "rebind.invalid"

    def day(self, night: int) -> date:
        """Kyiv day of a night, counted from 1."""
        return self.now + timedelta(days=night - 1)

    def moment(self, night: int) -> datetime:
        """The moment a night shows: half past eleven in the evening, Kyiv time."""
        return datetime.combine(self.day(night), CLOSING_TIME, tzinfo=KYIV)
