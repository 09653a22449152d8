"""UNIAN: news agency of the Ukrainian net; one domain a language, numbers not shared."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_SUB = ("sport", "health", "economics", "kiev", "press", "religions", "pogoda", "covid", "dnepr")
_SUBS = "|".join(_SUB)
_HEAD = rf"^https?://(?:(?:www|{_SUBS})\.)?unian\.(?:ua|net|info)/"


def _hosts(tld: str) -> tuple[str, ...]:
    return (f"www.unian.{tld}", f"unian.{tld}", *(f"{sub}.unian.{tld}" for sub in _SUB))


OUTLET = Outlet(
    slug="unian",
    name="UNIAN",
    names=("УНІАН", "УНИАН", "unian.ua", "unian.net", "unian.info"),
    homepage="https://www.unian.ua/",
    kind="agency",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_hosts("ua")),
        Edition(language="ru", hosts=_hosts("net")),
        Edition(language="en", hosts=_hosts("info")),
    ),
    index_hosts=("rss.unian.net",),
    rights="unknown",
    indexes=(
        Index(kind="feed", url="https://rss.unian.net/site/news_ukr.rss", language="uk", use="night"),
        Index(kind="feed", url="https://rss.unian.net/site/news_rus.rss", language="ru", use="night"),
        *(
            Index(
                kind="day_list",
                url=f"https://www.unian.{tld}/news/archive/{{year}}{{month:02d}}{{day:02d}}",
                language=language,
                item="div.list-thumbs__item",
            )
            for language, tld in (("uk", "ua"), ("ru", "net"))
        ),
    ),
    article_url=(
        rf"{_HEAD}(?:[a-z_-]+/)*(?:[^/?#]+-)\d{{5,9}}\.html(?:[?#].*)?$",
        rf"{_HEAD}(?:[a-z_-]+/)*\d{{4,9}}-[^/?#]+\.html(?:[?#].*)?$",
    ),
    not_article_url=(
        r"/(?:news/archive|news/search|tag|tags|service|production|feedback|multimedia/photo)(?:/|$)",
        r"unian\.(?:ua|net|info)/(?:detail|static)/",
    ),
    examples=(
        "https://www.unian.ua/politics/garantiji-bezpeki-novini-13209101.html",
        "https://www.unian.net/war/garantii-bezopasnosti-novosti-13209102.html",
        "https://www.unian.ua/economics/energetics/generatori-novini-ukrajini-13209103.html",
        "https://economics.unian.ua/energetics/999104-tristoronni-peregovori.html",
        "https://www.unian.info/politics/10209105-guarantees-talks-continue.html",
    ),
    body=("div.article-text", "div.article_body"),
    lead=("p.article__like-h2",),
    date=("div.article__info-item.time", "div.central_article div.date"),
    author=("a.article__author-name",),
    section=("a.article__info-item.gray-marker", "div.breadcrumb a"),
    tags=("a.article__tag",),
    caption=("figcaption.subscribe_photo_text", "div.subscribe_photo_text"),
    clutter=(
        "div.read-also-slider",
        "a.read-also, span.read_also",
        "div.nts-video-wrapper, div.nts-ad",
        "p.article__author--bottom",
    ),
    clutter_lines=(
        r"З повнішою інформаційною картиною дня можна ознайомитися.{0,80}",
        r"Приєднуйтесь до нашої групи",
    ),
    house_marks=(
        r"(?m)^(?:Вас також можуть зацікавити новини|Вас также могут заинтересовать новости):\s*$",
        r"(?m).: (?:Новини УНІАН|Новости УНИАН) *$",
        r"(?m)^З повнішою інформаційною картиною дня можна ознайомитися, передплативши стрічки новин агентства УНІАН",
    ),
    expectation=Expectation(always=("title", "published_at", "published_minute"), never_empty=("feed",)),
    facts=(
        Fact(
            what="Addresses end in the number; before 2020 or so the number came first",
            confidence="high",
            seen_on="2026",
        ),
        Fact(what="No number is shared between the language domains", confidence="medium"),
        Fact(what="Feeds of rss.unian.net in Ukrainian and Russian", confidence="high", seen_on="2026"),
        Fact(
            what="The English feeds are dead or stale; the English edition has no index here",
            confidence="medium",
            seen_on="2026",
        ),
        Fact(
            what="The Ukrainian feed named addresses of unian.net and press.unian.ua too",
            confidence="high",
            seen_on="2020-09-28",
        ),
        Fact(what="Day lists /news/archive/YYYYMMDD back to 2006 on .ua and .net", confidence="high", seen_on="2025"),
        Fact(what="Body div.article-text, lead p.article__like-h2 before it", confidence="high", seen_on="2022"),
        Fact(
            what="Body div.article_body with date '02.10.2014 | 07:21', no JSON-LD",
            confidence="high",
            seen_on="2014-10-02",
        ),
        Fact(what="Pages on unian.net may be Ukrainian; language is read from the text", confidence="medium"),
        Fact(
            what="Line 'Вас також можуть зацікавити новини:' ends a text; the Russian one is inferred",
            confidence="medium",
        ),
        Fact(what="unknown: rights; number of articles a day; JSON-LD of the newest pages", confidence="low"),
    ),
)
"""The outlet."""
