"""Ekonomichna Pravda: economics and business, a paper of the Pravda group; other addresses before 2024 or so."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://epravda.com.ua"
_HOSTS = ("epravda.com.ua", "www.epravda.com.ua")
_DAY = r"\d{4}/\d{1,2}/\d{1,2}"
_HOST_RULE = r"^https?://(?:www\.)?epravda\.com\.ua/"

OUTLET = Outlet(
    slug="ekonomichna-pravda",
    name="Ekonomichna Pravda",
    names=("Економічна правда", "Экономическая правда", "Economic Pravda", "ЕП", "epravda.com.ua"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="ru", hosts=_HOSTS, path_prefix="/rus"),
        Edition(language="en", hosts=_HOSTS, path_prefix="/eng"),
    ),
    sister_hosts=("www.pravda.com.ua", "www.eurointegration.com.ua"),
    rights="All rights reserved; quoting with a link to the paper; agency copy from Interfax-Ukraine may not be reused",
    terms_url="https://www.pravda.com.ua/rules/",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss/", language="uk", use="night", may_be_blocked=True),
        Index(
            kind="day_list",
            url="https://www.epravda.com.ua/archives/date_{day:02d}{month:02d}{year}/",
            language="uk",
            use="past",
            item="div.article",
            may_be_blocked=True,
        ),
        Index(
            kind="sitemap_index",
            url="https://www.epravda.com.ua/sitemap.xml",
            language="uk",
            use="past",
            may_be_blocked=True,
        ),
    ),
    article_url=(
        rf"{_HOST_RULE}(?:rus/|eng/)?[a-z][a-z-]*/{_DAY}/\d+/?(?:index\.amp)?(?:[?#].*)?$",
        rf"{_HOST_RULE}(?:rus/|eng/)?[a-z][a-z-]*/(?:[a-z0-9]+-)+\d{{4,}}/?(?:index\.amp)?(?:[?#].*)?$",
    ),
    not_article_url=(
        r"epravda\.com\.ua/(?:rus/|eng/)?(?:tags|authors|rss|rss-info|archives|search|projects|cdn|mediakit|about)(?:/|$)",
        r"epravda\.com\.ua/(?:rus/|eng/)?press-release(?:/|$)",
        r"epravda\.com\.ua/(?:rus/|eng/)?[a-z-]+/?(?:(?:date|page)_\d+/?)?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/finances/skilki-koshtuye-strahuvannya-voyennih-rizikiv-819001/",
        f"{_ROOT}/rus/finances/skolko-stoit-strahovanie-voennyh-riskov-819001/",
        f"{_ROOT}/energetika/hto-platitime-za-generatori-819002/index.amp",
        "https://www.epravda.com.ua/news/2023/05/24/719801/",
        "https://www.epravda.com.ua/rus/publications/2022/11/3/719802/",
    ),
    id_in_url=rf"/(?:{_DAY}/|(?:[a-z0-9]+-)+)(\d{{4,}})/?(?:index\.amp)?(?:[?#].*)?$",
    body=("div.post_news_text", "div.post_article_text", "div.post_text", "div.post__text"),
    date=("div.post_news_date", "div.post_article_date", "div.post__time"),
    author=("span.post_news_author", "span.post_author", "span.post__author"),
    tags=("div.post_news_tags a", "div.post_article_tags a", "div.post__tags a"),
    caption=("div.post_news_photo_captain", "div.post_news_photo_source", "div.image-box__caption"),
    clutter=(
        "div.advtext, div.advtext_mob, div.advtext_desk, div.nts-ad, div.nts-video-wrapper",
        "div.image-box__author",
    ),
    house_marks=(
        r"(?m)^© 2005-\d{4}, Економічна правда\b",
        r"(?m)^Використання матеріалів сайту лише за умови посилання .{0,60}на [«\"]Економічну правду[»\"]",
    ),
    expectation=Expectation(always=("title", "published_at", "published_minute")),
    facts=(
        Fact(
            what="Addresses without www and day, a section, a slug and a number; /index.amp is the AMP form",
            confidence="high",
            seen_on="2025-10-24",
        ),
        Fact(
            what="The Russian version has the same number under another slug, linked in the page, not by hreflang",
            confidence="high",
            seen_on="2025-10-24",
        ),
        Fact(
            what="Body post_news_text; JSON-LD names the paper as author and a Kyiv time without offset",
            confidence="high",
            seen_on="2025-10-24",
        ),
        Fact(what="Old addresses www and /section/YYYY/MM/DD/number/", confidence="medium", seen_on="2022"),
        Fact(what="Body div.post__text, news lists div.article.article_news", confidence="medium", seen_on="2021"),
        Fact(what="Day lists /archives/date_DDMMYYYY/; unknown whether the new site has them", confidence="low"),
        Fact(what="/sitemap.xml is an index of sitemaps", confidence="low", seen_on="2022"),
        Fact(what="The feed refused one client with 403", confidence="medium", seen_on="2026"),
        Fact(what="English edition under /eng/ is partial; its pages were not seen", confidence="low"),
        Fact(what="unknown: number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
