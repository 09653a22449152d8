"""Articles of chance words, so many a day and edition, and the listed addresses of misdeeds."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from flows.demo.replica import misdeeds
from flows.demo.replica.articles import DOMAIN, PREFIX, Article
from flows.demo.replica.setting import FIRST_DAY, KI, PRAVDA, PRESIDENT, UKRINFORM, Setting
from flows.demo.replica.writing import write
from storage.keys import KYIV
from storage.terms import Outcome

_FULL = {"pravda": 60, "pravda_translated": 10, "uk": 10, "en": 6, "ru": 4, "ki": 8, "president": 3}
_FEW = {"pravda": 5, "pravda_translated": 2, "uk": 3, "en": 2, "ru": 1, "ki": 3, "president": 1}
_AMOUNTS = {"full": _FULL, "few": _FEW}
_ONE = dict.fromkeys(_FULL, 1)
_FIRST_NUMBER = {"pravda": 9_000_000, "uk": 5_000_000, "en": 6_000_000, "ru": 7_000_000, "president": 200_000}
_TRANSLATED_EVERY = 6
_RUBRICS = ("society", "regions", "culture", "economy")
_FIRST_MINUTE, _MINUTES = 6 * 60, 17 * 60


def written(setting: Setting) -> Iterator[Article]:
    """Articles of all days from the first to the one after `now`, oldest first."""
    first_full = setting.now - timedelta(days=setting.days - 1)
    if setting.history_every:
        day = FIRST_DAY
        while day < first_full:
            yield from _day(day, _ONE)
            day += timedelta(days=setting.history_every)
    full = {name: count * setting.scale for name, count in _AMOUNTS[setting.amount].items()}
    for back in reversed(range(setting.days)):
        yield from _day(setting.now - timedelta(days=back), full)
    yield from _day(setting.now + timedelta(days=1), _FEW)


def _day(day: date, amounts: Mapping[str, int]) -> Iterator[Article]:
    yield from _pravda_day(day, amounts["pravda"], amounts["pravda_translated"])
    for language in ("uk", "en", "ru"):
        yield from _ukrinform_day(day, language, amounts[language])
    yield from _ki_day(day, amounts["ki"])
    yield from _president_day(day, amounts["president"])


def _at(day: date, nth: int, of: int, later: int = 0) -> datetime:
    minute = _FIRST_MINUTE + nth * _MINUTES // of + later
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=KYIV)


def number_of(series: str, day: date, nth: int) -> int:
    """The number in the address of the nth article of a day; the series is a language of Ukrinform's or an outlet."""
    return _FIRST_NUMBER[series] + (day - FIRST_DAY).days * 1000 + nth


def _pravda_day(day: date, count: int, translated: int) -> Iterator[Article]:
    every = max(1, min(_TRANSLATED_EVERY, count // translated))
    has_podcast = count >= _FULL["pravda"]
    for nth in range(count):
        name = f"pravda {day} {nth}"
        is_podcast = has_podcast and nth == count - 1
        section = "podcasts/chas" if is_podcast else "news"
        where = f"{section}/{day:%Y/%m/%d}/{number_of('pravda', day, nth)}/"
        turn = nth // every
        languages = ["uk"]
        if nth % every == every // 2 and turn < translated and not is_podcast:
            languages += ["en", "ru"]
        urls = {language: f"https://www.pravda.com.ua{PREFIX[language]}/{where}" for language in languages}
        for later, language in enumerate(languages):
            yield Article(
                url=urls[language],
                outlet=PRAVDA,
                language=language,
                published_at=_at(day, nth, count, 7 * later),
                headline=write(name, language).headline,
                made_of="words",
                source=name,
                outcomes=(Outcome.ROBOTS_DENIED.value,) if is_podcast else (Outcome.ARTICLE.value,),
                translations={other: url for other, url in urls.items() if other != language},
            )


def _ukrinform_day(day: date, language: str, count: int) -> Iterator[Article]:
    for nth in range(count):
        name = f"ukrinform {language} {day} {nth}"
        is_forbidden = language == "uk" and count > 1 and nth == count - 1
        rubric = "other_news" if is_forbidden else _RUBRICS[nth % len(_RUBRICS)]
        slug = _slug(write(name, "en").headline)
        where = f"rubric-{rubric}/{number_of(language, day, nth)}-{slug}.html"
        yield Article(
            url=f"https://www.ukrinform.{DOMAIN[language]}/{where}",
            outlet=UKRINFORM,
            language=language,
            published_at=_at(day, nth, count, 3),
            headline=write(name, language).headline,
            made_of="words",
            source=name,
            outcomes=(Outcome.ROBOTS_DENIED.value,) if is_forbidden else (Outcome.ARTICLE.value,),
        )


def _ki_day(day: date, count: int) -> Iterator[Article]:
    for nth in range(count):
        name = f"ki {day} {nth}"
        headline = write(name, "en").headline
        url = f"https://kyivindependent.com/{_slug(headline)}/"
        yield Article(url, KI, "en", _at(day, nth, count, 11), headline, "words", name)


def _president_day(day: date, count: int) -> Iterator[Article]:
    for nth in range(count):
        name = f"president {day} {nth}"
        slug = _slug(write(name, "en", by_president=True).headline)
        where = f"/news/{slug}-{number_of('president', day, nth)}"
        urls = {"uk": f"https://www.president.gov.ua{where}", "en": f"https://www.president.gov.ua/en{where}"}
        for language, url in urls.items():
            yield Article(
                url=url,
                outlet=PRESIDENT,
                language=language,
                published_at=_at(day, nth, count, 5),
                headline=write(name, language, by_president=True).headline,
                made_of="words",
                source=name,
                translations={other: there for other, there in urls.items() if other != language},
            )


def _slug(headline: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", headline.lower().replace("'", "")).strip("-")


def misbehaving(setting: Setting) -> Iterator[Article]:
    """One listed address a misdeed: most at The Kyiv Independent, in the small hours of `now`."""
    start = datetime.combine(setting.now, time(0, 10), tzinfo=KYIV)
    for nth, misdeed in enumerate(misdeeds.MISDEEDS):
        published = start + timedelta(minutes=5 * nth)
        if misdeed.outlet == PRAVDA:
            published = datetime.combine(setting.now, time(23, nth % 20), tzinfo=KYIV)
            where = f"{setting.now:%Y/%m/%d}/{number_of('pravda', setting.now, 900 + nth)}/"
            url, language = f"https://www.pravda.com.ua/rus/news/{where}", "ru"
        else:
            url, language = f"https://kyivindependent.com/misdeed-{misdeed.name}/", "en"
        yield Article(
            url=url,
            outlet=misdeed.outlet,
            language=language,
            published_at=published.astimezone(UTC).astimezone(KYIV),
            headline=write(misdeed.name, language).headline,
            made_of="misdeed",
            source=misdeed.name,
            outcomes=misdeed.outcomes,
        )
