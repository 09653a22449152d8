"""What the replica answers to each address on one night."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from http import HTTPStatus
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

from crawlers.outlet import Outlet, all_outlets
from flows.demo.replica import indexes, misdeeds
from flows.demo.replica.answer import Answer
from flows.demo.replica.articles import (
    DISALLOWED,
    DOMAIN,
    KI,
    PRAVDA,
    PREFIX,
    PRESIDENT,
    UKRINFORM,
    Article,
    articles_on,
)
from flows.demo.replica.pages import page_of
from flows.demo.replica.setting import DEMO_MARK, FIRST_DAY, Setting
from storage.keys import sha256

SLUGS = (PRAVDA, UKRINFORM, KI, PRESIDENT)
_HTML = ("Content-Type", "text/html; charset=utf-8")
_XML = ("Content-Type", "application/xml")
_RSS = ("Content-Type", "application/rss+xml; charset=utf-8")
_BARE_XML = ("Content-Type", "text/xml")
_HUGE_ROBOTS = 2_000_000
_FRAMING = {"kyivindependent.com": "gzip", "www.ukrinform.ua": "chunked", "www.pravda.com.ua": "gzip"}
_PREFIX_OF = {prefix: language for language, prefix in PREFIX.items()}
_DOMAIN_OF = {f"www.ukrinform.{domain}": language for language, domain in DOMAIN.items()}
ELSEWHERE = ("https://t.me/ukrinform_news", "https://www.facebook.com/Ukrinform/posts/1")


def played_outlets() -> tuple[Outlet, ...]:
    """The four outlets that are played."""
    outlets = all_outlets()
    return tuple(outlets[slug] for slug in SLUGS)


def played_hosts() -> tuple[str, ...]:
    """Every host name the replica answers to: the outlets' own and their sister hosts."""
    hosts = [host for outlet in played_outlets() for host in (*outlet.hosts, *outlet.sister_hosts)]
    return tuple(dict.fromkeys(hosts))


class Site:
    """All addresses of all hosts on one night."""

    def __init__(self, setting: Setting, night: int) -> None:
        self.setting = setting
        self.night = night
        self.moment = setting.moment(night)
        self.articles = articles_on(setting, night)
        self._by_address = {article.url: article for article in self.articles}
        self._roots = {urlsplit(outlet.homepage).netloc: outlet for outlet in played_outlets()}
        self._roots |= dict.fromkeys(_DOMAIN_OF, self._roots["www.ukrinform.ua"])
        self._pages: dict[str, bytes] = {}
        self._sisters = {host for outlet in played_outlets() for host in outlet.sister_hosts}

    def listed(self, outlet: str, language: str | None = None) -> list[Article]:
        """What the outlet's own indexes would list in full, newest first."""
        return [
            article
            for article in self.articles
            if article.is_listed and article.outlet == outlet and language in {None, article.language}
        ]

    def in_feed(self, outlet: str, language: str) -> list[Article]:
        """What the edition's feed holds."""
        if self.setting.misbehave and (outlet, language) == (PRESIDENT, "en"):
            return []  # a page stands where the feed should be
        found = self.listed(outlet, language)
        if outlet == KI:
            found = [article for article in found if article.made_of != "misdeed"]
        return found[: indexes.FEED_ITEMS]

    def article_at(self, host: str, target: str) -> Article | None:
        """The article of this address, its query left out of account."""
        return self._by_address.get(f"https://{host}{urlsplit(target).path}")

    def answer(self, host: str, target: str) -> Answer:
        """The answer to a GET of `target` (path and query) at a played host; misdeeds are not answered here."""
        if host in self._sisters:
            return self._sister(host, target)
        if host not in self._roots:
            return Answer(301, (("Location", f"https://{self._main_host(host)}{target}"),))
        article = self.article_at(host, target)
        if article:
            return self.page(article)
        path = urlsplit(target).path
        outlet = self._roots[host].slug
        if path == "/robots.txt":
            return self._robots(host, outlet)
        if path == "/":
            return Answer(200, (_HTML,), f"<!DOCTYPE html><title>{DEMO_MARK}</title><p>{host}</p>".encode())
        return self._tagged(self._index(outlet, host, target)) or _not_found()

    def page(self, article: Article) -> Answer:
        """The answer to a request for an article that is no misdeed's."""
        if article.status != HTTPStatus.OK:
            return Answer(
                article.status, (_HTML,), f"<html><title>{article.status} {DEMO_MARK}</title></html>".encode()
            )
        body = self.rendered(article)
        content_type = _HTML
        if article.made_of == "file" and b"charset=windows-1251" in body:
            content_type = ("Content-Type", "text/html")
        headers = [content_type, *_validators(article, body)]
        return Answer(200, tuple(headers), body, _FRAMING.get(article.host, "length"))

    def rendered(self, article: Article) -> bytes:
        """The article's page; made once."""
        if article.url not in self._pages:
            self._pages[article.url] = page_of(article)
        return self._pages[article.url]

    def _tagged(self, found: Answer | None) -> Answer | None:
        if found is None or found.status != HTTPStatus.OK:
            return found
        return replace(found, headers=(*found.headers, ("ETag", f'"{sha256(found.body)[:16]}"')))

    def _main_host(self, host: str) -> str:
        outlet = next(outlet for outlet in played_outlets() if host in outlet.hosts)
        domain = host.rsplit(".", 1)[1]
        return next(main for main, of in self._roots.items() if of == outlet and main.endswith(f".{domain}"))

    def _robots(self, host: str, outlet: str) -> Answer:
        if outlet == PRESIDENT:
            return _not_found()
        lines = ["User-agent: *", "Disallow: /search/"]
        if outlet in DISALLOWED:
            lines.append(f"Disallow: {DISALLOWED[outlet]}")
        if host == "www.ukrinform.ru":
            lines.append(f"Crawl-delay: {self.setting.crawl_delay_s:g}")
        if outlet == PRAVDA:
            lines.append("Sitemap: https://www.pravda.com.ua/sitemap/sitemap-archive.xml")
        if outlet == KI:
            lines.append("Sitemap: https://kyivindependent.com/sitemap.xml")
        return Answer(200, (("Content-Type", "text/plain; charset=utf-8"),), "\n".join([*lines, ""]).encode())

    def _sister(self, host: str, target: str) -> Answer:
        if target == "/robots.txt" and self.setting.misbehave:
            odd = {
                misdeeds.SISTERS["sister-robots-html"]: Answer(200, (_HTML,), b"<!DOCTYPE html><p>No such file</p>"),
                misdeeds.SISTERS["sister-robots-503"]: Answer(503),
                misdeeds.SISTERS["sister-robots-huge"]: Answer(
                    200, (("Content-Type", "text/plain"),), b"# nothing here\n" * (_HUGE_ROBOTS // 15)
                ),
            }
            return odd.get(host) or _not_found()
        of = [article for article in self.articles if article.source in misdeeds.SISTERS]
        there = next((article for article in of if misdeeds.SISTERS[article.source] == host), None)
        if there and re.fullmatch(r"/news/\d{4}/\d\d/\d\d/\d+/", target):
            return Answer(200, (_HTML,), self.rendered(there))
        return _not_found()

    def _index(self, outlet: str, host: str, target: str) -> Answer | None:
        read = {PRAVDA: self._pravda, UKRINFORM: self._ukrinform, KI: self._ki, PRESIDENT: self._president}
        return read[outlet](host, target)

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
            return Answer(403, (_HTML,), b"<html><title>403 Forbidden</title><h1>403 Forbidden</h1></html>")
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
            return Answer(200, (_HTML,), saved)
        return Answer(200, (_HTML,), indexes.pravda_day_list(shown, language, day))

    def _pravda_month(self, month: date | None) -> Answer | None:
        if month is None or month > self.moment.date():
            return None
        shown = [article for article in self.listed(PRAVDA) if article.day.replace(day=1) == month]
        body = indexes.zipped(indexes.urlset(shown, has_editions=True))
        return Answer(200, (("Content-Type", "application/gzip"),), body)

    def _ukrinform(self, host: str, target: str) -> Answer | None:
        language = _DOMAIN_OF[host]
        if target == "/rss/block-lastnews":
            body = indexes.rss(host, f"https://{host}/", self.in_feed(UKRINFORM, language), is_full=False)
            return Answer(200, (_RSS,), body)
        if urlsplit(target).path == "/block-lastnews":
            page = _page_number(target)
            return Answer(200, (_HTML,), indexes.ukrinform_page(self.listed(UKRINFORM, language), language, page))
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
        return Answer(200, (_XML,), indexes.urlset(shown, others=ELSEWHERE))

    def _ki(self, host: str, target: str) -> Answer | None:
        root = f"https://{host}"
        shown = self.listed(KI)
        if page := re.fullmatch(r"/news-archive/page/(\d+)/", target):
            extra = self.strange_links if self.setting.misbehave else ()
            body = indexes.ki_page(shown, int(page[1]), extra) if int(page[1]) else None
            return Answer(200, (_HTML,), body) if body else None
        if target == "/news-archive/":
            saved = (files("flows") / "demo" / "pages" / "listing-ki.html").read_bytes()
            return Answer(200, (_HTML,), saved)
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
    def strange_links(self) -> tuple[tuple[str, datetime], ...]:
        """Links of the archive's first page that no reader of indexes may pass on, with the moments they claim."""
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
                return Answer(200, (_HTML,), b"<!DOCTYPE html><html><title>News</title><p>Feeds have moved.</p></html>")
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
        return Answer(200, (_HTML,), indexes.president_page(shown, language, _page_number(target)))


def _validators(article: Article, body: bytes) -> tuple[tuple[str, str], ...]:
    """What the outlet sends for later conditional requests; they differ in that as the outlets do."""
    modified = ("Last-Modified", format_datetime(article.modified_at.astimezone(UTC), usegmt=True))
    tag = f'"{sha256(body)[:16]}"'
    by_outlet = {KI: (("ETag", f"W/{tag}"),), UKRINFORM: (modified,)}
    return by_outlet.get(article.outlet, (("ETag", tag), modified))


def _not_found() -> Answer:
    return Answer(404, (_HTML,), f"<html><title>404 {DEMO_MARK}</title><p>404</p></html>".encode())


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
