"""What the indexes of the outlets name on one night: feeds, lists and sitemaps."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

from crawlers.outlet import all_outlets
from flows.demo.replica import indexes, others
from flows.demo.replica.answer import HTML, Answer
from flows.demo.replica.articles import DOMAIN, PREFIX, Article
from flows.demo.replica.faults import SILENCING
from flows.demo.replica.setting import FIRST_DAY, KI, PRAVDA, PRESIDENT, UKRINFORM, Setting

ELSEWHERE = ("https://t.me/ukrinform_news", "https://www.facebook.com/Ukrinform/posts/1")
DOMAIN_OF = {f"www.ukrinform.{domain}": language for language, domain in DOMAIN.items()}
_PREFIX_OF = {prefix: language for language, prefix in PREFIX.items()}
_XML = ("Content-Type", "application/xml")
_RSS = ("Content-Type", "application/rss+xml; charset=utf-8")
_BARE_XML = ("Content-Type", "text/xml")


class Offers:
    """All indexes of one night. `articles` are all that exist, newest first."""

    def __init__(self, setting: Setting, night: int, articles: Sequence[Article]) -> None:
        self.setting = setting
        self.night = night
        self.moment = setting.moment(night)
        self.articles = articles

    def listed(self, outlet: str, language: str | None = None) -> list[Article]:
        """What the outlet's own indexes would list in full, newest first."""
        return [one for one in self._named(outlet, language) if not one.is_late]

    def latest(self, language: str) -> list[Article]:
        """Ukrinform's list of latest news: what it put there late stands first."""
        named = self._named(UKRINFORM, language)
        return sorted(named, key=lambda article: article.is_late, reverse=True)

    def _named(self, outlet: str, language: str | None) -> Iterator[Article]:
        for article in self.articles:
            if article.hidden is None and article.outlet == outlet and language in {None, article.language}:
                yield article

    def refused(self) -> tuple[tuple[str, datetime | None], ...]:
        """Links that indexes list and no reader of indexes may pass on, with the moments claimed for them."""
        elsewhere = tuple((url, None) for url in self._elsewhere)
        return *elsewhere, *self._strange_links

    @cached_property
    def _elsewhere(self) -> tuple[str, ...]:
        return () if self._is_silent(UKRINFORM) else ELSEWHERE

    def _is_silent(self, outlet: str) -> bool:
        return self.setting.fault(outlet, self.night) in SILENCING

    def in_feed(self, outlet: str, language: str) -> list[Article]:
        """What the edition's feed holds."""
        if self.setting.misbehave and (outlet, language) == (PRESIDENT, "en"):
            return []  # a page stands where the feed should be
        found = self.listed(outlet, language)
        if outlet == KI:
            found = [article for article in found if article.made_of != "misdeed"]
        return found[: indexes.FEED_ITEMS]

    def answer(self, outlet: str, host: str, target: str) -> Answer | None:
        """The answer to a request for an index; None where none has this address."""
        read = {PRAVDA: self._pravda, UKRINFORM: self._ukrinform, KI: self._ki, PRESIDENT: self._president}
        if outlet in read:
            return read[outlet](host, target)
        return others.answer(all_outlets()[outlet], f"https://{host}{target}", self.listed(outlet), self.moment)

    def _pravda(self, _: str, target: str) -> Answer | None:
        if feed := re.fullmatch(r"(|/eng|/rus)/rss/", target):
            language = _PREFIX_OF[feed[1]]
            encoding = "windows-1251" if language == "ru" else "utf-8"
            link = f"https://www.pravda.com.ua{feed[1]}/"
            body = indexes.rss(link, link, self.in_feed(PRAVDA, language), is_full=True, encoding=encoding)
            return Answer(200, (_BARE_XML,), body)
        day_list = re.fullmatch(r"(|/eng|/rus)/news/date_(\d\d)(\d\d)(\d{4})/", target)
        month = re.fullmatch(r"/sitemap/sitemap-(\d{4})-(\d\d)\.xml\.gz", target)
        if not (day_list or month or target == "/sitemap/sitemap-archive.xml"):
            return None
        if self.setting.pravda_blocks:
            return Answer(403, (HTML,), b"<html><title>403 Forbidden</title><h1>403 Forbidden</h1></html>")
        if day_list:
            day = _date(int(day_list[4]), int(day_list[3]), int(day_list[2]))
            return self._pravda_day_list(_PREFIX_OF[day_list[1]], day) if day else None
        if month:
            return self._pravda_month(_date(int(month[1]), int(month[2]), 1))
        all_months = indexes.months(FIRST_DAY, self.moment.date())
        urls = [f"https://www.pravda.com.ua/sitemap/sitemap-{month:%Y-%m}.xml.gz" for month in all_months]
        return Answer(200, (_XML,), indexes.sitemap_index(urls))

    def _pravda_day_list(self, language: str, day: date) -> Answer:
        shown = [article for article in self.listed(PRAVDA, language) if article.day == day]
        saved = (files("flows") / "demo" / "pages" / "listing-pravda.html").read_bytes()
        if language == "uk" and shown and all(article.url.encode() in saved for article in shown):
            return Answer(200, (HTML,), saved)
        return Answer(200, (HTML,), indexes.pravda_day_list(shown, language, day))

    def _pravda_month(self, month: date | None) -> Answer | None:
        if month is None or month > self.moment.date():
            return None
        shown = [article for article in self.listed(PRAVDA) if article.day.replace(day=1) == month]
        body = indexes.zipped(indexes.urlset(shown, has_editions=True))
        return Answer(200, (("Content-Type", "application/gzip"),), body)

    def _ukrinform(self, host: str, target: str) -> Answer | None:
        language = DOMAIN_OF[host]
        if target == "/rss/block-lastnews":
            body = indexes.rss(host, f"https://{host}/", self.in_feed(UKRINFORM, language), is_full=False)
            return Answer(200, (_RSS,), body)
        if urlsplit(target).path == "/block-lastnews":
            page = _page_number(target)
            return Answer(200, (HTML,), indexes.ukrinform_page(self.latest(language), language, page))
        week = re.fullmatch(r"/sitemap/(\d{4})/(\d\d)(/full)?\.xml", target)
        if not week or language == "ru":
            return None
        year, number = int(week[1]), int(week[2])
        if (year, number) > self.moment.isocalendar()[:2]:
            return None
        if self.setting.misbehave and language == "en" and not week[3]:
            here = f"https://{host}/sitemap/{year}/{number:02d}"
            body = indexes.sitemap_index([f"{here}.xml", f"{here}/full.xml", "https://elsewhere.invalid/sitemap.xml"])
            return Answer(200, (_XML,), body)
        shown = [a for a in self.listed(UKRINFORM, language) if a.day.isocalendar()[:2] == (year, number)]
        return Answer(200, (_XML,), indexes.urlset(shown, others=self._elsewhere))

    def _ki(self, host: str, target: str) -> Answer | None:
        root = f"https://{host}"
        shown = self.listed(KI)
        if page := re.fullmatch(r"/news-archive/page/(\d+)/", target):
            body = indexes.ki_page(shown, int(page[1]), self._strange_links) if int(page[1]) else None
            return Answer(200, (HTML,), body) if body else None
        if target == "/news-archive/" and shown:
            saved = (files("flows") / "demo" / "pages" / "listing-ki.html").read_bytes()
            return Answer(200, (HTML,), saved)
        if target == "/news-archive/rss/":
            body = indexes.rss("The Kyiv Independent", f"{root}/", self.in_feed(KI, "en"), is_full=True)
            return Answer(200, (_RSS,), body)
        recent = [article for article in shown if article.published_at > self.moment - timedelta(days=2)]
        bodies = {
            "/sitemap.xml": indexes.sitemap_index([f"{root}/sitemap-posts.xml", f"{root}/news-sitemap.xml"]),
            "/sitemap-posts.xml": indexes.urlset(shown),
            "/news-sitemap.xml": indexes.news_sitemap(recent, "The Kyiv Independent"),
        }
        return Answer(200, (_XML,), bodies[target]) if target in bodies else None

    @cached_property
    def _strange_links(self) -> tuple[tuple[str, datetime], ...]:
        """Links on the first page of The Kyiv Independent's archive, with the moments they claim."""
        if not self.setting.misbehave or self._is_silent(KI):
            return ()
        urls = (
            "http://127.0.0.1/admin-panel/",
            "http://169.254.169.254/latest-data/",
            f"https://{self.setting.rebind_host}/some-article/",
            "https://t.me/kyivindependent_official",
        )
        future = "https://kyivindependent.com/story-from-the-future/"
        return *((url, self.moment) for url in urls), (future, self.moment + timedelta(days=30))

    def _president(self, _: str, target: str) -> Answer | None:
        if feed := re.fullmatch(r"(|/en)/rss/news/all\.rss", target):
            language = "en" if feed[1] else "uk"
            if self.setting.misbehave and language == "en":
                return Answer(200, (HTML,), b"<!DOCTYPE html><html><title>News</title><p>Feeds have moved.</p></html>")
            link = f"https://www.president.gov.ua{feed[1]}/"
            return Answer(200, (_RSS,), indexes.rss(link, link, self.in_feed(PRESIDENT, language), is_full=False))
        path = urlsplit(target).path
        if path not in {"/news/all", "/en/news/all"}:
            return None
        language = "en" if path.startswith("/en") else "uk"
        query = parse_qs(urlsplit(target).query)
        first, last = (_day_of(query.get(name, [""])[0]) for name in ("date-from", "date-to"))
        shown = [
            article
            for article in self.listed(PRESIDENT, language)
            if (first is None or article.day >= first) and (last is None or article.day <= last)
        ]
        return Answer(200, (HTML,), indexes.president_page(shown, language, _page_number(target)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # an address with a day no calendar has: no such page
        return None


def _day_of(written: str) -> date | None:
    found = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", written)
    return _date(int(found[3]), int(found[2]), int(found[1])) if found else None


def _page_number(target: str) -> int:
    written = parse_qs(urlsplit(target).query).get("page", ["1"])[0]
    return max(1, int(written)) if written.isdecimal() else 1
