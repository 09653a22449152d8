"""The model of the replica: which articles exist on which night, where, and what a reader gets.

Both what is served and what a crawl is expected to find are taken from here.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from flows.demo.replica import misdeeds
from flows.demo.replica.setting import FIRST_DAY, Setting
from flows.demo.replica.writing import write
from storage.keys import KYIV
from storage.terms import Outcome

PRAVDA, UKRINFORM, KI, PRESIDENT = "ukrainska-pravda", "ukrinform", "kyiv-independent", "president"
PREFIX = {"uk": "", "en": "/eng", "ru": "/rus"}
DOMAIN = {"uk": "ua", "en": "net", "ru": "ru"}
DISALLOWED = {PRAVDA: "/podcasts/", UKRINFORM: "/rubric-other_news/"}
"""What robots files forbid although indexes list articles there."""

_FULL = {"pravda": 60, "pravda_translated": 10, "uk": 10, "en": 6, "ru": 4, "ki": 8, "president": 3}
_FEW = {"pravda": 5, "pravda_translated": 2, "uk": 3, "en": 2, "ru": 1, "ki": 3, "president": 1}
_ONE = dict.fromkeys(_FULL, 1)
_FIRST_NUMBER = {"pravda": 9_000_000, "uk": 5_000_000, "en": 6_000_000, "ru": 7_000_000, "president": 200_000}
_TRANSLATED_EVERY = 6
_RUBRICS = ("society", "regions", "culture", "economy")
_FIRST_MINUTE, _MINUTES = 6 * 60, 17 * 60


@dataclass(frozen=True)
class Article:
    """One article of one edition on one night.

    `source` says what the body is made of: the key of a written text, the name of a file under `flows/demo`, or the
    name of a misdeed. `outcomes` are the outcomes a crawl may file its fetch under, the proper one first.
    `translations` maps language to address. `is_listed` is false once the outlet has taken it off its indexes.
    """

    url: str
    outlet: str
    language: str
    published_at: datetime
    headline: str
    made_of: Literal["words", "file", "misdeed"]
    source: str
    outcomes: tuple[str, ...] = (Outcome.ARTICLE.value,)
    translations: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    is_corrected: bool = False
    is_listed: bool = True

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
        """When the body last changed: at publication, or an hour before midnight of the day after for a mended one."""
        if not self.is_corrected:
            return self.published_at
        return datetime.combine(self.day + timedelta(days=1), time(20), tzinfo=KYIV)


def articles_on(setting: Setting, night: int) -> tuple[Article, ...]:
    """Every article that exists at the moment of a night, newest first.

    Night 2 has a few new ones, one that is mended and one that is gone.
    """
    moment = setting.moment(night)
    unnamed = [*_invented_pages(moment), *_named_by_lists(), *_written(setting)]
    if setting.misbehave:
        unnamed += _misbehaving(setting)
    seen: set[str] = set()
    found = []
    for article in unnamed:
        if article.published_at <= moment and article.url not in seen:
            seen.add(article.url)
            found.append(article)
    mended, vanished = _of_index(found, setting, UKRINFORM, "uk", 3), _of_index(found, setting, KI, "en", 2)
    if night > 1:
        found[found.index(mended)] = replace(mended, is_corrected=True)
        found[found.index(vanished)] = replace(vanished, status=410, outcomes=(Outcome.GONE.value,), is_listed=False)
    return tuple(sorted(found, key=lambda article: (article.published_at, article.url), reverse=True))


def _of_index(found: list[Article], setting: Setting, outlet: str, language: str, nth: int) -> Article:
    that_day = [a for a in found if (a.outlet, a.language, a.day) == (outlet, language, setting.now)]
    return [a for a in that_day if a.made_of == "words" and a.outcomes[0] == Outcome.ARTICLE][nth]


def _invented_pages(moment: datetime) -> Iterator[Article]:
    """The pages of `flows/demo`, each at its address; of two captures the one made last before the moment."""
    demo = files("flows") / "demo"
    facts = json.loads((demo / "replica" / "pages.json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in (demo / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    captured = sorted((line for line in lines if line["id"] in facts), key=lambda line: line["fetched_at"])
    latest = {}
    for line in captured:
        if datetime.fromisoformat(line["fetched_at"]) <= moment or line["url"] not in latest:
            latest[line["url"]] = line
    addresses = {facts[line["id"]]["headline"]: line["url"] for line in latest.values()}
    for line in latest.values():
        fact = facts[line["id"]]
        url = line["url"].replace("http://", "https://", 1)
        yield Article(
            url=url,
            outlet=fact["outlet"],
            language=fact["language"],
            published_at=datetime.fromisoformat(fact["published_at"]),
            headline=fact["headline"],
            made_of="file",
            source=line["file"],
            outcomes=(fact["outcome"],),
            translations=_same_number(url, [u for u in addresses.values() if u != line["url"]]),
        )


def _same_number(url: str, others: list[str]) -> dict[str, str]:
    """Addresses of the other editions that share the article's host and number, by language."""
    number = re.search(r"[/-](\d{6,})/?$", url)
    if not number:
        return {}
    found = {}
    for other in others:
        if urlsplit(other).netloc == urlsplit(url).netloc and re.search(rf"[/-]{number[1]}/?$", other):
            path = urlsplit(other).path
            language = "en" if path.startswith(("/eng/", "/en/")) else "ru" if path.startswith("/rus/") else "uk"
            found[language] = other
    return found


@lru_cache(maxsize=1)
def _named_by_lists() -> tuple[Article, ...]:
    """Articles the invented lists name, so that those lists lead somewhere.

    The first of Ukrainska Pravda's names a signature that other invented pages tell: a text of chance words would
    not fit that headline, so it is one the outlet has taken down.
    """
    pages = files("flows") / "demo" / "pages"
    found = []
    pravda = lxml.html.fromstring((pages / "listing-pravda.html").read_bytes())
    for nth, item in enumerate(pravda.cssselect("div.article_news_list")):
        link = item.cssselect("a")[0]
        url = str(link.get("href"))
        year, month, day = (int(part) for part in urlsplit(url).path.split("/")[2:5])
        hour, minute = (int(part) for part in _words_of(item, "div.article_time").split(":"))
        article = Article(
            url=url,
            outlet=PRAVDA,
            language="uk",
            published_at=datetime(year, month, day, hour, minute, tzinfo=KYIV),
            headline=_words_of(item, "a"),
            made_of="words",
            source=url,
        )
        found.append(replace(article, status=410, outcomes=(Outcome.GONE.value,)) if nth == 0 else article)
    archive = lxml.html.fromstring((pages / "listing-ki.html").read_bytes())
    for item in archive.cssselect("article.archiveCard"):
        link = item.cssselect("a.archiveCard__link")[0]
        published = datetime.fromisoformat(str(item.get("data-archive-id"))).astimezone(KYIV)
        url = str(link.get("href"))
        found.append(Article(url, KI, "en", published, _words_of(item, "a"), "words", url))
    return tuple(found)


def _words_of(item: etree._Element, selector: str) -> str:
    return "".join(str(part) for part in item.cssselect(selector)[0].itertext())


def _written(setting: Setting) -> Iterator[Article]:
    first_full = setting.now - timedelta(days=setting.days - 1)
    if setting.history_every:
        day = FIRST_DAY
        while day < first_full:
            yield from _day(day, _ONE)
            day += timedelta(days=setting.history_every)
    for back in reversed(range(setting.days)):
        full = {name: count * setting.scale for name, count in _FULL.items()}
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


def _number(series: str, day: date, nth: int) -> int:
    return _FIRST_NUMBER[series] + (day - FIRST_DAY).days * 1000 + nth


def _pravda_day(day: date, count: int, translated: int) -> Iterator[Article]:
    every = max(1, min(_TRANSLATED_EVERY, count // translated))
    has_podcast = count >= _FULL["pravda"]
    for nth in range(count):
        name = f"pravda {day} {nth}"
        is_podcast = has_podcast and nth == count - 1
        section = "podcasts/chas" if is_podcast else "news"
        where = f"{section}/{day:%Y/%m/%d}/{_number('pravda', day, nth)}/"
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
        where = f"rubric-{rubric}/{_number(language, day, nth)}-{slug}.html"
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
        where = f"/news/{slug}-{_number('president', day, nth)}"
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


def _misbehaving(setting: Setting) -> Iterator[Article]:
    """One listed address a misdeed: most at The Kyiv Independent, in the small hours of `now`."""
    start = datetime.combine(setting.now, time(0, 10), tzinfo=KYIV)
    for nth, misdeed in enumerate(misdeeds.MISDEEDS):
        published = start + timedelta(minutes=5 * nth)
        if misdeed.outlet == PRAVDA:
            published = datetime.combine(setting.now, time(23, nth % 20), tzinfo=KYIV)
            where = f"{setting.now:%Y/%m/%d}/{_number('pravda', setting.now, 900 + nth)}/"
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
