"""Censor.NET: news, interviews and blogs; editions by path, business pages beside them."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ASSETS = "https://assets.censor.net"
_HOSTS = ("censor.net", "www.censor.net")
_OLD_UK = ("ua.censor.net.ua", "biz.censor.net")
_KIND = "(?:news|photo_?news|video_?news|resonance|events|blogs|columns)"
_MONTHS = (
    *(("censor.net", "uk", kind) for kind in ("news", "resonance", "blogs")),
    *(("biz.censor.net", "uk", kind) for kind in ("news", "resonance", "columns")),
    *(("censor.net", language, kind) for language in ("ru", "en") for kind in ("news", "resonance")),
)

OUTLET = Outlet(
    slug="censor-net",
    name="Censor.NET",
    names=("Цензор.НЕТ", "Цензор.Нет", "Цензор НЕТ", "Бізнес Цензор", "БізнесЦензор", "censor.net", "censor.net.ua"),
    homepage="https://censor.net/ua/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, mirrors=("m.censor.net",), path_prefix="/ua"),
        Edition(language="uk", hosts=_HOSTS, mirrors=("m.censor.net",), path_prefix="/biz"),
        Edition(language="en", hosts=_HOSTS, mirrors=("m.censor.net",), path_prefix="/en"),
        Edition(language="ru", hosts=_HOSTS, mirrors=("m.censor.net",), path_prefix="/ru"),
        Edition(language="ru", hosts=(*_HOSTS, "censor.net.ua"), mirrors=("m.censor.net",)),
        Edition(language="uk", hosts=_OLD_UK),
    ),
    index_hosts=("assets.censor.net",),
    rights="unknown",
    indexes=(
        Index(kind="feed", url=f"{_ASSETS}/rss/censor.net/rss_uk_feed.xml", language="uk", use="night"),
        *(
            Index(kind="feed", url=f"{_ASSETS}/rss/{site}/rss_{language}_{kind}.xml", language=language, use="night")
            for site, language, kind in (
                ("censor.net", "uk", "news"),
                ("censor.net", "ru", "news"),
                ("biz.censor.net", "uk", "news"),
                ("biz.censor.net", "uk", "resonance"),
            )
        ),
        Index(
            kind="news_sitemap",
            url=f"{_ASSETS}/sitemap/censor.net/sitemap_uk_googlenews.xml",
            language="uk",
            use="night",
        ),
        *(
            Index(
                kind="month_sitemap",
                url=f"{_ASSETS}/sitemap/{site}/sitemap_{language}_{kind}_{{year}}{{month:02d}}.xml",
                language=language,
                use="past",
            )
            for site, language, kind in _MONTHS
        ),
        Index(
            kind="day_list",
            url="https://censor.net/ua/news/all/page/{page}/archive/{year}-{month:02d}-{day:02d}/category/0/sortby/date",
            language="uk",
            use="past",
            item="article.news-list-item",
            may_be_blocked=True,
        ),
    ),
    article_url=(
        rf"^https?://(?:www\.|m\.)?censor\.net/(?:(?:ua|ru|en|biz)/)?{_KIND}/\d+/[^/?#]+/?(?:[?#].*)?$",
        rf"^https?://biz\.censor\.net/{_KIND}/\d+/[^/?#]+/?(?:[?#].*)?$",
        rf"^https?://(?:ua\.)?censor\.net\.ua/{_KIND}/\d+/[^/?#]+/?(?:[?#].*)?$",
    ),
    not_article_url=(
        rf"/{_KIND}/all(?:/|$)",
        r"/(?:tag|theme|trend|user|forum|photoshops?|search|archive|feed|login|reklama|about|aid)(?:/|$)",
    ),
    examples=(
        "https://censor.net/ua/news/4029101/irlandiya_nazvala_datu_konsultatsij",
        "https://censor.net/en/news/4029102/ireland-names-date-for-talks",
        "https://censor.net/biz/resonance/4029103/skilky-koshtuyut-generatory",
        "https://m.censor.net/ru/photo_news/3029104/proverka_mostov_foto",
        "https://biz.censor.net/columns/3029105/pro-garantiyi",
        "https://censor.net.ua/news/329106/peregovory_v_dubline",
    ),
    body=("div.news-text", "div.text"),
    date=("time.g-time",),
    author=("p.news-text__author span.news-author__name",),
    section=("div.block-title a",),
    clutter=("p.news-text__author",),
    house_marks=(
        r"(?m)(?:^|[.!?»\"] )Як (?:інформує|передає|повідомляє) Цензор\.НЕТ, про це\b",
        r"(?m)(?:^|[.!?»\"] )Как (?:информирует|передает|сообщает) Цензор\.НЕТ, об этом\b",
    ),
    crawl_delay=4.0,
    expectation=Expectation(always=("title", "published_at", "published_minute"), never_empty=("feed", "news_sitemap")),
    facts=(
        Fact(what="Addresses /ua|ru|en|biz/kind/number/slug", confidence="high", seen_on="2026-09-25"),
        Fact(
            what="Business pages moved from biz.censor.net to censor.net/biz", confidence="high", seen_on="2025-12-10"
        ),
        Fact(
            what="Month sitemaps on assets.censor.net since 2016-01: uk news, resonance, blogs, business",
            confidence="high",
            seen_on="2025-12-10",
        ),
        Fact(
            what="No month sitemap of photo and video news is named, against other sources",
            confidence="high",
            seen_on="2025-12-10",
        ),
        Fact(what="Month sitemaps of the ru and en editions", confidence="medium"),
        Fact(
            what="lastmod is the last change; a month's map tells articles of that month",
            confidence="medium",
            seen_on="2025-12-10",
        ),
        Fact(
            what="Body div.news-text with author, announcement and captions inside; JSON-LD Article in a @graph",
            confidence="high",
            seen_on="2025-12-09",
        ),
        Fact(what="meta author is the site's part, JSON-LD names the person", confidence="high", seen_on="2025-12-09"),
        Fact(
            what="Short addresses censor.net/n3558043 and /r3589375 lead to articles",
            confidence="high",
            seen_on="2025-12-09",
        ),
        Fact(what="Body div.text, lists section.news article.item", confidence="medium", seen_on="2021"),
        Fact(
            what="censor.net.ua was Russian, ua.censor.net.ua Ukrainian; the bare path is taken for Russian",
            confidence="low",
        ),
        Fact(what="Clients that read many days fast are shut out", confidence="medium", seen_on="2021"),
        Fact(what="unknown: whether editions share numbers; rights; number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
