"""What the replica answers to each address on one night."""

import re
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from crawlers.outlet import Outlet, all_outlets
from flows.demo.replica import misdeeds
from flows.demo.replica.answer import HTML, Answer
from flows.demo.replica.articles import DISALLOWED, Article
from flows.demo.replica.faults import challenge_page
from flows.demo.replica.model import articles_on
from flows.demo.replica.offers import DOMAIN_OF, Offers
from flows.demo.replica.pages import page_of
from flows.demo.replica.setting import DEMO_MARK, KI, PRAVDA, PRESIDENT, SLUGS, UKRINFORM, Fault, Setting
from storage.keys import sha256

_HUGE_ROBOTS = 2_000_000
_FRAMING = {"kyivindependent.com": "gzip", "www.ukrinform.ua": "chunked", "www.pravda.com.ua": "gzip"}


def played_outlets(setting: Setting) -> tuple[Outlet, ...]:
    """The outlets that are played."""
    outlets = all_outlets()
    return tuple(outlets[slug] for slug in setting.slugs)


def played_hosts(setting: Setting) -> tuple[str, ...]:
    """Every host name the replica answers to: the outlets' own and their sister hosts."""
    hosts = [host for outlet in played_outlets(setting) for host in (*outlet.asked_hosts, *outlet.sister_hosts)]
    return tuple(dict.fromkeys(hosts))


class Site:
    """All addresses of all hosts on one night."""

    def __init__(self, setting: Setting, night: int) -> None:
        self.setting = setting
        self.night = night
        self.moment = setting.moment(night)
        self.articles = articles_on(setting, night)
        self.offers = Offers(setting, night, self.articles)
        self._by_address = {article.url: article for article in self.articles}
        self._roots = {urlsplit(outlet.homepage).netloc: outlet for outlet in played_outlets(setting)}
        self._roots |= dict.fromkeys(DOMAIN_OF, self._roots["www.ukrinform.ua"])
        for outlet in played_outlets(setting)[len(SLUGS) :]:
            self._roots |= dict.fromkeys(outlet.asked_hosts, outlet)
        self._pages: dict[str, bytes] = {}
        self._sisters = {host for outlet in played_outlets(setting) for host in outlet.sister_hosts} - set(self._roots)

    def article_at(self, host: str, target: str) -> Article | None:
        """The article of this address, its query left out of account."""
        return self._by_address.get(f"https://{host}{urlsplit(target).path}")

    def is_challenged(self, host: str) -> bool:
        """Whether every page of a host is one that checks the browser."""
        outlet = self._roots.get(host)
        return outlet is not None and self.setting.fault(outlet.slug, self.night) is Fault.CHALLENGE

    def answer(self, host: str, target: str) -> Answer:
        """The answer to a GET of `target` (path and query) at a played host; misdeeds are not answered here."""
        if host in self._sisters:
            return self._sister(host, target)
        if host not in self._roots:
            return Answer(301, (("Location", f"https://{self._main_host(host)}{target}"),))
        if urlsplit(target).path == "/robots.txt":
            return self._robots(host, self._roots[host].slug)
        return Answer(200, (HTML,), challenge_page(host)) if self.is_challenged(host) else self._own(host, target)

    def _own(self, host: str, target: str) -> Answer:
        article = self.article_at(host, target)
        if article:
            return self.page(article)
        if urlsplit(target).path == "/":
            return Answer(200, (HTML,), f"<!DOCTYPE html><title>{DEMO_MARK}</title><p>{host}</p>".encode())
        return _tagged(self.offers.answer(self._roots[host].slug, host, target)) or _not_found()

    def page(self, article: Article) -> Answer:
        """The answer to a request for an article that is no misdeed's."""
        if article.status != HTTPStatus.OK:
            return Answer(article.status, (HTML,), f"<html><title>{article.status} {DEMO_MARK}</title></html>".encode())
        body = self.rendered(article)
        content_type = HTML
        if article.made_of == "file" and b"charset=windows-1251" in body:
            content_type = ("Content-Type", "text/html")
        headers = [content_type, *_validators(article, body)]
        return Answer(200, tuple(headers), body, _FRAMING.get(article.host, "length"))

    def rendered(self, article: Article) -> bytes:
        """The article's page; made once."""
        if article.url not in self._pages:
            self._pages[article.url] = page_of(article)
        return self._pages[article.url]

    def _main_host(self, host: str) -> str:
        outlet = next(outlet for outlet in played_outlets(self.setting) if host in outlet.hosts)
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
                misdeeds.SISTERS["sister-robots-html"]: Answer(200, (HTML,), b"<!DOCTYPE html><p>No such file</p>"),
                misdeeds.SISTERS["sister-robots-503"]: Answer(503),
                misdeeds.SISTERS["sister-robots-huge"]: Answer(
                    200, (("Content-Type", "text/plain"),), b"# nothing here\n" * (_HUGE_ROBOTS // 15)
                ),
            }
            return odd.get(host) or _not_found()
        of = [article for article in self.articles if article.source in misdeeds.SISTERS]
        there = next((article for article in of if misdeeds.SISTERS[article.source] == host), None)
        if there and re.fullmatch(r"/news/\d{4}/\d\d/\d\d/\d+/", target):
            return Answer(200, (HTML,), self.rendered(there))
        return _not_found()


def _validators(article: Article, body: bytes) -> tuple[tuple[str, str], ...]:
    """What the outlet sends for later conditional requests; they differ in that as the outlets do."""
    modified = ("Last-Modified", format_datetime(article.modified_at.astimezone(UTC), usegmt=True))
    tag = f'"{sha256(body)[:16]}"'
    by_outlet = {KI: (("ETag", f"W/{tag}"),), UKRINFORM: (modified,)}
    return by_outlet.get(article.outlet, (("ETag", tag), modified))


def _tagged(found: Answer | None) -> Answer | None:
    if found is None or found.status != HTTPStatus.OK:
        return found
    return replace(found, headers=(*found.headers, ("ETag", f'"{sha256(found.body)[:16]}"')))


def _not_found() -> Answer:
    return Answer(404, (HTML,), f"<html><title>404 {DEMO_MARK}</title><p>404</p></html>".encode())
