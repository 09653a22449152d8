"""Suspilne: the public broadcaster's news site, Ukrainian only, with regional newsrooms under one host."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://suspilne.media"
_SITEMAPS = f"{_ROOT}/suspilne/sitemap"

OUTLET = Outlet(
    slug="suspilne",
    name="Suspilne",
    names=("Суспільне", "Суспільне Новини", "Суспильне", "Suspilne News", "Suspilne Novyny", "suspilne.media"),
    homepage=f"{_ROOT}/",
    kind="broadcaster",
    side="UA",
    tier="secondary",
    editions=(Edition(language="uk", hosts=("suspilne.media",), mirrors=("www.suspilne.media",)),),
    rights="unknown",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss/all.rss", language="uk", use="night"),
        Index(kind="news_sitemap", url=f"{_SITEMAPS}/sitemap-news.xml", language="uk", use="night"),
        Index(
            kind="day_list",
            url=f"{_ROOT}/archive/{{year}}/{{month}}/{{day}}/",
            language="uk",
            item=".c-article-card",
        ),
        Index(kind="sitemap_index", url=f"{_SITEMAPS}/sitemap.xml", language="uk", use="past"),
        Index(kind="page_list", url=f"{_ROOT}/latest/?page={{page}}", language="uk", item=".c-article-card"),
    ),
    article_url=(r"^https?://(?:www\.)?suspilne\.media/(?:amp/)?(?:[a-z]+(?:-[a-z]+)*/)?\d{4,}-[^/?#]+/?(?:[?#].*)?$",),
    not_article_url=(
        r"suspilne\.media/(?:amp/)?(?:tag|author|archive|latest|featured|live|rss|search|suspilne)(?:/|$|\?)",
    ),
    examples=(
        f"{_ROOT}/1290011-niderlandi-gotuut-list-pro-garantii/",
        f"{_ROOT}/lviv/1290012-u-lvovi-radilisa-pro-garantii/",
        f"{_ROOT}/amp/1290011-niderlandi-gotuut-list-pro-garantii/",
        f"{_ROOT}/amp/lviv/1290012-u-lvovi-radilisa-pro-garantii/",
    ),
    body=("div.l-article-content__container-inner", "div.c-article-content"),
    title=("h1.c-article-headline__inner",),
    date=("time.c-article-info-share__info__time",),
    author=("div.c__author-item a.c__author-name", "span.c-article-info-share__author"),
    section=("div.c-article-label a.c-article-label__item:not(.c-article-label__item--marked)",),
    tags=("div.c-article-label a.c-article-label__item--marked",),
    caption=("div.l-article-image-data", "figcaption"),
    clutter=(
        "div.read-m",
        "div.p-sh-c, div.post-share-box, div.c-share-btn-container, div.c-article-info-share__share-container",
    ),
    clutter_lines=(r"Читати ще",),
    house_marks=(
        r"\A[^\n]{15,220} [—–-] Суспільне Новини *(?:\n|$)",
        r"(?m)^Суспільне Новини у\s+соцмережах та\s+месенджерах *$",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=25,
        always=("title", "published_at", "published_minute"),
        never_empty=("feed",),
    ),
    facts=(
        Fact(what="Article addresses, also under a region and under /amp/", confidence="high", seen_on="2025-11-23"),
        Fact(what="One feed of 200 items, summaries only", confidence="high", seen_on="2026-09-22"),
        Fact(
            what="Body div.l-article-content__container-inner; its first heading is the lead",
            confidence="high",
            seen_on="2025-11-23",
        ),
        Fact(
            what="og:title and <title> are shorter than the headline on the page",
            confidence="high",
            seen_on="2025-11-23",
        ),
        Fact(
            what="dateCreated is when the draft was begun, article:published_time is when it came out",
            confidence="high",
            seen_on="2025-11-23",
        ),
        Fact(
            what="The AMP page names no JSON-LD in its head; meta tags carry author, times and tags",
            confidence="medium",
            seen_on="2025-11-23",
        ),
        Fact(what="JSON-LD NewsArticle on the main page", confidence="medium"),
        Fact(
            what="Twenty post sitemaps of 500 that roll on: 1,000 addresses are 18 days, all of them half a year",
            confidence="high",
            seen_on="2025-11-23",
        ),
        Fact(what="The news sitemap is sitemap-news.xml; it was news.xml before", confidence="medium", seen_on="2026"),
        Fact(what="Day lists /archive/2025/3/25/ without leading zeros", confidence="high", seen_on="2025-03"),
        Fact(what="30 to 71 national articles a day by the post sitemaps", confidence="high", seen_on="2025-11"),
        Fact(what="The same pages answer at www.", confidence="low"),
        Fact(
            what="unknown: the addresses of the sitemaps of sport, culture and the regions; their articles are found"
            " by the feed and the day lists alone",
            confidence="low",
        ),
        Fact(what="unknown: rights and terms of use", confidence="low"),
    ),
)
"""The outlet."""
