"""The invented pages of `flows/demo` as articles of the replica, and those that invented lists name."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from flows.demo.replica.articles import Article, Tells
from flows.demo.replica.setting import KI, PRAVDA
from storage.keys import KYIV
from storage.terms import Family, Outcome, Stage


def invented_pages(moment: datetime) -> Iterator[Article]:
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
            tells=tuple(_tells(one) for one in fact.get("tells", ())),
        )


def _tells(told: dict[str, str]) -> Tells:
    event_on, planned_on = (told.get(name) for name in ("event_on", "planned_on"))
    return Tells(
        guarantor=told["guarantor"],
        family=Family(told["family"]),
        stage=Stage(told["stage"]),
        event_on=date.fromisoformat(event_on) if event_on else None,
        planned_on=date.fromisoformat(planned_on) if planned_on else None,
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
def named_by_lists() -> tuple[Article, ...]:
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
