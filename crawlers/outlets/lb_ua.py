"""LB.ua (Livyi Bereh): each edition on a host of its own with numbers of its own, the day in every address."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://lb.ua"

OUTLET = Outlet(
    slug="lb-ua",
    name="LB.ua",
    names=("Лівий берег", "Левый берег", "Livyi Bereh", "Livy Bereg", "lb.ua", "Left Bank"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=("lb.ua", "www.lb.ua"), mirrors=("ukr.lb.ua",)),
        Edition(language="ru", hosts=("rus.lb.ua",)),
        Edition(language="en", hosts=("en.lb.ua",)),
    ),
    rights="Not known; ask the outlet before publishing anew",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss/ukr/news.xml", language="uk", use="night"),
        Index(kind="feed", url=f"{_ROOT}/rss/ukr/feed.xml", language="uk", use="night"),
        Index(
            kind="day_list",
            url=f"{_ROOT}/archive/{{year}}/{{month:02d}}/{{day:02d}}",
            language="uk",
            item="ul.lenta > li.item-news",
        ),
        Index(
            kind="page_list",
            url=f"{_ROOT}/politics/newsfeed?page={{page}}",
            language="uk",
            item="li.item-news",
            use="past",
        ),
    ),
    article_url=(r"^https?://(?:(?:www|ukr|rus|en)\.)?lb\.ua/[a-z_]+/\d{4}/\d{2}/\d{2}/\d+_[^/?#]+\.html(?:[?#].*)?$",),
    not_article_url=(
        r"lb\.ua/(?:archive|newsfeed|rss|tag|tags|author|authors|search|file)(?:[/?]|$)",
        r"lb\.ua/[a-z_]+(?:/newsfeed)?/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/news/2026/09/07/760001_stolitsi_pogodili_tekst_ugodi.html",
        f"{_ROOT}/tech/2026/09/07/760002_bezpilotniki_dlya_flotu.html",
        "https://en.lb.ua/news/2025/09/17/36001_capitals_agree_text.html",
        "https://rus.lb.ua/politics/2023/05/11/550003_stolitsi_soglasovali_tekst.html",
        "https://ukr.lb.ua/news/2019/05/11/420003_stara_novina.html",
    ),
    body=("div[itemprop='articleBody']", "article.material"),
    lead=("div.material-h2", "div[itemprop='description']"),
    title=("h1[itemprop='headline']",),
    date=("article.material time[datetime]",),
    section=("article.material div.date a",),
    caption=("div.photo-item-text", "figcaption"),
    clutter=("div.block.read-social", "div.header", "div.slick-gallery"),
    crawl_delay=2.0,
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed",)),
    facts=(
        Fact(what="Addresses: section, day, number, slug with underscores", confidence="high", seen_on="2026-09-07"),
        Fact(
            what="Each edition numbers by itself: 36812 in English, 701681 in Ukrainian within a month",
            confidence="high",
            seen_on="2025-10-15",
        ),
        Fact(what="Feeds of the Ukrainian edition, also by section", confidence="medium", seen_on="2026"),
        Fact(
            what="Body div[itemprop=articleBody], headline h1[itemprop=headline], lead div[itemprop=description]",
            confidence="high",
            seen_on="2024-02-15",
        ),
        Fact(
            what="Lead div.material-h2, quotes blockquote.type-quote, div.read-social after the text",
            confidence="medium",
        ),
        Fact(what="Whole text in article.material below div.header", confidence="medium", seen_on="2021"),
        Fact(what="Lists: ul.lenta > li.item-news with time[datetime]", confidence="high", seen_on="2024-02-16"),
        Fact(what="The form of the day in archive addresses (year/month/day)", confidence="low", seen_on="2021"),
        Fact(
            what="The numbered newsfeed is read for politics alone: other sections are missing from it",
            confidence="medium",
            seen_on="2024-02-16",
        ),
        Fact(what="The Ukrainian edition once lived on ukr.lb.ua, with the same addresses", confidence="low"),
        Fact(what="unknown: feeds and archives of the Russian and the English edition", confidence="low"),
        Fact(what="unknown: whether the Russian edition is still written; it was read in 2023", confidence="low"),
        Fact(what="unknown: rights, terms of use, number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
