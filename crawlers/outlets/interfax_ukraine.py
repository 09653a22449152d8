"""Interfax-Ukraine: news agency; one host a language, each with article numbers of its own."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_HOSTS = (("uk", "interfax.com.ua"), ("ru", "ru.interfax.com.ua"), ("en", "en.interfax.com.ua"))
_MONTH = "(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Sep|Oct|Nov|Dec)"

OUTLET = Outlet(
    slug="interfax-ukraine",
    name="Interfax-Ukraine",
    names=("Інтерфакс-Україна", "Интерфакс-Украина", "interfax.com.ua"),
    homepage="https://interfax.com.ua/",
    kind="agency",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=("interfax.com.ua", "www.interfax.com.ua"), mirrors=("ua.interfax.com.ua",)),
        Edition(language="ru", hosts=("ru.interfax.com.ua",)),
        Edition(language="en", hosts=("en.interfax.com.ua",)),
    ),
    rights="All rights reserved; reuse needs the agency's written permission",
    indexes=(
        *(Index(kind="feed", url=f"https://{host}/news/last.rss", language=lang, use="night") for lang, host in _HOSTS),
        Index(kind="feed", url="https://en.interfax.com.ua/news/general.rss", language="en", use="night"),
        *(
            Index(
                kind="page_list",
                url=f"https://{host}/news/latest-{{page}}.html",
                language=lang,
                item="div.articles-section-view div.article",
                may_be_blocked=True,
            )
            for lang, host in _HOSTS
        ),
    ),
    article_url=(
        r"^https?://(?:(?:en|ru|ua|www)\.)?interfax\.com\.ua/news/[a-z][a-z-]*/\d+(?:-amp)?\.html(?:[?#].*)?$",
    ),
    not_article_url=(r"/news/(?:latest|last|publications)(?:-\d+)?(?:\.html|/|$)", r"/(?:search|tags?)(?:/|\.html|$)"),
    examples=(
        "https://interfax.com.ua/news/political/1209101.html",
        "https://ru.interfax.com.ua/news/general/1209102.html",
        "https://en.interfax.com.ua/news/economic/1209103.html",
        "https://ua.interfax.com.ua/news/press-conference/699104.html",
    ),
    body=("div.article-content", "article.article-content-view"),
    title=("h1.article-content-title",),
    section=("h3.category-title a",),
    tags=("div.article-tags a",),
    clutter=("div.article-tags", "div.article-content-secondary-header"),
    house_marks=(
        rf"(?m)^(?:KYIV|KIEV|LVIV|ODESA|KHARKIV)\. {_MONTH}\.? \d{{1,2}} \(Interfax-Ukraine\) *[-–—]",
        r"(?m)^(?:Київ|Киев|КИЇВ|КИЕВ)\. \d{1,2} \w+\. (?:ІНТЕРФАКС-УКРАЇНА|ИНТЕРФАКС-УКРАИНА) *[-–—]",
    ),
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed", "page_list")),
    facts=(
        Fact(
            what="Article addresses; every language has pages and numbers of its own", confidence="high", seen_on="2026"
        ),
        Fact(
            what="The bare host was Russian until about the end of 2022; Ukrainian stood on ua.interfax.com.ua",
            confidence="medium",
            seen_on="2022-11",
        ),
        Fact(what="Numbers grow: 562562 in Feb 2019, 873744 in Nov 2022, 1205195 in Sep 2026", confidence="high"),
        Fact(what="Feeds /news/last.rss on all three hosts", confidence="high", seen_on="2026"),
        Fact(
            what="Lists /news/latest-N.html, div.articles-section-view div.article; no list by day, no sitemap",
            confidence="medium",
            seen_on="2021",
        ),
        Fact(what="Body div.article-content in article.article-content-view", confidence="high", seen_on="2026"),
        Fact(what="Date '17:13 26.02.2020' above the headline", confidence="medium", seen_on="2020-02-26"),
        Fact(what="unknown: the element of that date; lists call it div.article-time", confidence="low"),
        Fact(what="ua.interfax.com.ua shows the pages of the bare host: inferred", confidence="low"),
        Fact(what="One scraper needed a client that passes Cloudflare", confidence="low", seen_on="2025"),
        Fact(what="English texts open with a dateline 'KYIV. Nov 24 (Interfax-Ukraine) -'", confidence="medium"),
        Fact(
            what="Reuse needs written permission, as papers that carry its copy say",
            confidence="medium",
            seen_on="2025",
        ),
        Fact(what="unknown: number of articles a day; JSON-LD", confidence="low"),
    ),
)
"""The outlet."""
