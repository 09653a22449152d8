"""The model of the replica: which articles exist on which night, where, and what a reader gets.

Both what is served and what a crawl is expected to find are taken from here.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from flows.demo.replica.articles import GONE, Article
from flows.demo.replica.daily import misbehaving, written
from flows.demo.replica.faults import befallen
from flows.demo.replica.invented import invented_pages, named_by_lists
from flows.demo.replica.others import others
from flows.demo.replica.setting import KI, UKRINFORM, Setting
from flows.demo.replica.stories import stories
from storage.keys import KYIV
from storage.terms import Outcome

_MENDED_AT = time(20)


def articles_on(setting: Setting, night: int) -> tuple[Article, ...]:
    """Every article that exists at the moment of a night, newest first.

    Night 2 has a few new ones, some that are edited, one that is gone and one that is listed late.
    """
    moment = setting.moment(night)
    unnamed = [
        *invented_pages(moment),
        *named_by_lists(),
        *stories(setting, night),
        *written(setting),
        *others(setting),
    ]
    if setting.misbehave:
        unnamed += misbehaving(setting)
    seen: set[str] = set()
    found = []
    for article in unnamed:
        if article.published_at <= moment and article.url not in seen:
            seen.add(article.url)
            found.append(article)
    if night > 1:
        mended, vanished = _of_index(found, setting, UKRINFORM, "uk", 3), _of_index(found, setting, KI, "en", 2)
        mended_at = datetime.combine(setting.day(2), _MENDED_AT, tzinfo=KYIV)
        found[found.index(mended)] = replace(mended, is_edited=True, has_correction_note=True, changed_at=mended_at)
        found[found.index(vanished)] = replace(vanished, status=410, outcomes=(Outcome.GONE.value,), hidden=GONE)
    found = [befallen(article, setting, night) for article in found]
    return tuple(sorted(found, key=lambda article: (article.published_at, article.url), reverse=True))


def _of_index(found: Sequence[Article], setting: Setting, outlet: str, language: str, nth: int) -> Article:
    """The nth article of chance words of the first night's day, or the last if there are fewer."""
    that_day = [a for a in found if (a.outlet, a.language, a.day) == (outlet, language, setting.now)]
    readable = [a for a in that_day if a.made_of == "words" and a.outcomes[0] == Outcome.ARTICLE]
    return readable[min(nth, len(readable) - 1)]
