"""What befalls an outlet from night 2 on: its articles as a fault leaves them, and the page that checks browsers."""

from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache
from importlib.resources import files
from typing import Any

import lxml.html

from crawlers.outlet import all_outlets
from flows.demo.replica.articles import GONE, Article
from flows.demo.replica.setting import DEMO_MARK, Fault, Setting
from flows.demo.replica.writing import Text
from storage.keys import KYIV
from storage.terms import Outcome

_Element = Any  # lxml's stubs know its HTML elements only in part

SILENCING = frozenset({Fault.CHALLENGE, Fault.EMPTY_FEED})
"""Faults under which no index of the outlet names anything."""

_RENDERED_AT = time(22)
_JUDGED_BEFORE_ASKING = (Outcome.ROBOTS_DENIED.value,)


def befallen(article: Article, setting: Setting, night: int) -> Article:
    """The article as its outlet's fault of that night leaves it."""
    fault = setting.fault(article.outlet, night)
    is_article = article.outcomes[0] == Outcome.ARTICLE
    if fault is Fault.LAYOUT and is_article:
        return replace(article, text=_own_text(article), is_redesigned=True)
    if fault is Fault.DRIFT and is_article:
        rendered_at = datetime.combine(setting.day(night), _RENDERED_AT, tzinfo=KYIV)
        changed_at = max(article.modified_at, rendered_at) if article.published_at < rendered_at else article.changed_at
        return replace(article, text=_own_text(article), changed_at=changed_at, is_redated=True)
    if fault in SILENCING and article.hidden != GONE:
        article = replace(article, hidden=str(fault))
    if fault is Fault.CHALLENGE and article.outcomes != _JUDGED_BEFORE_ASKING:
        article = replace(article, outcomes=(Outcome.CHALLENGE.value,))
    return article


def challenge_page(host: str) -> bytes:
    """What stands in place of every page of a host that checks browsers."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/><title>{host} | {DEMO_MARK}</title>'
        '<meta name="robots" content="noindex,nofollow"/><meta http-equiv="refresh" content="8"/></head>\n<body>'
        '<noscript><h1>Please turn JavaScript on and reload the page.</h1></noscript><div id="cf-content">'
        f"<h1>Checking your browser before accessing {host}.</h1>"
        "<p>This process is automatic. Your browser will redirect to your requested content shortly.</p>"
        '<p>Please allow up to 5 seconds…</p></div><form id="challenge-form" method="POST"></form>'
        '<script src="/cdn-cgi/challenge-platform/h/g/orchestrate/jsch/v1"></script></body></html>\n'
    ).encode()


def _own_text(article: Article) -> Text | None:
    """The words of an invented page, so that it can be set anew; those of other articles are known."""
    if article.made_of != "file":
        return article.text
    return Text(article.headline, *_saved(article.source, article.outlet))


@lru_cache(maxsize=64)
def _saved(source: str, slug: str) -> tuple[tuple[str, ...], str]:
    """Paragraphs and author of an invented page."""
    outlet = all_outlets()[slug]
    payload = (files("flows") / "demo" / source).read_bytes()
    encoding = "windows-1251" if b"charset=windows-1251" in payload else "utf-8"
    page: _Element = lxml.html.fromstring(payload.decode(encoding))
    body = next(found[0] for selector in outlet.body if (found := page.cssselect(selector)))
    for selector in outlet.clutter:
        for clutter in body.cssselect(selector):
            clutter.drop_tree()
    lead = [_words_of(one) for selector in outlet.lead for one in body.cssselect(selector)]
    paragraphs = [text for one in body.iter("p", "h2", "h3", "li") if (text := _words_of(one))]
    authors = [_words_of(one) for selector in outlet.author for one in page.cssselect(selector)]
    return (*lead, *paragraphs), next(iter(authors), outlet.name)


def _words_of(element: _Element) -> str:
    return " ".join(element.text_content().split())
