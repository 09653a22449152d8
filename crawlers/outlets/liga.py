"""LIGA.net: business and general news; editions by path on several product hosts, no number in the address."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.liga.net"
_PRODUCTS = ("news", "biz", "tech", "finance", "life")
_HOSTS = ("www.liga.net", "liga.net", *(f"{product}.liga.net" for product in _PRODUCTS))
_HEAD = rf"^https?://(?:(?:www|ua-news|{'|'.join(_PRODUCTS)})\.)?liga\.net/(?:(?:ua|en)/)?(?!(?:ua|en)/)"

OUTLET = Outlet(
    slug="liga",
    name="LIGA.net",
    names=("ЛІГА.net", "ЛИГА.net", "ЛІГА", "LIGA", "liga.net", "ЛІГА.Новости", "ЛІГА.Новини"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="ru", hosts=_HOSTS),
        Edition(language="uk", hosts=_HOSTS, path_prefix="/ua"),
        Edition(language="uk", hosts=("ua-news.liga.net",)),
        Edition(language="en", hosts=_HOSTS, path_prefix="/en"),
    ),
    rights="unknown; some texts are for subscribers of LIGA PRO",
    indexes=(
        Index(kind="feed", url="https://news.liga.net/ua/all/rss.xml", language="uk", use="night"),
        Index(kind="feed", url="https://biz.liga.net/ua/all/rss.xml", language="uk", use="night"),
        Index(kind="feed", url="https://tech.liga.net/ua/all/rss.xml", language="uk", use="night"),
        Index(kind="feed", url=f"{_ROOT}/news/all/rss.xml", language="ru", use="night"),
        Index(kind="news_sitemap", url=f"{_ROOT}/sitemap-main/sitemap-news.xml", language="uk", use="night"),
        Index(kind="sitemap_index", url=f"{_ROOT}/sitemap-main/sitemap-index.xml", language="uk", use="past"),
        Index(
            kind="day_list",
            url=f"{_ROOT}/archive/{{year}}-{{month:02d}}-{{day:02d}}/all/page/{{page}}",
            language="ru",  # the path names no language; the links of the list say which it is
            use="past",
            item="div.news-col li",
        ),
        Index(kind="page_list", url=f"{_ROOT}/ua/news/page/{{page}}", language="uk"),
    ),
    article_url=(rf"{_HEAD}(?:[a-z][a-z_-]*/)+(?=[a-z0-9-]{{12,}}/?(?:[?#]|$))[a-z0-9]+-[a-z0-9-]+/?(?:[?#].*)?$",),
    not_article_url=(
        r"/(?:tag|tags|author|authors|search|archive|page|rss|sitemap-main|currency|images|design)(?:/|$)",
        r"/(?:rss\.xml|index\.html?)$",
    ),
    examples=(
        "https://news.liga.net/ua/politics/news/irlandiia-nazvala-datu-konsultatsii-shchodo-harantii",
        "https://news.liga.net/politics/news/irlandiya-nazvala-datu-konsultatsiy-po-garantiyam",
        f"{_ROOT}/ua/politics/articles/shcho-zapyshut-u-harantii-bezpeky",
        "https://biz.liga.net/en/all/energy/news/ireland-to-fund-generators-for-frontline-towns",
        "https://ua-news.liga.net/politics/news/irlandiya-nazvala-datu-konsultatsiy",
    ),
    body=("div#news-text",),
    lead=("p.descr",),
    caption=("figcaption",),
    tags=("div.tags.article__tags a",),
    clutter=(
        "div.read-too, div.more-link",
        "div.to-send-row, div.hint-row",
        "div.chronicle-news, div#news-list-right",
        "div.tags.article__tags",
        "div.article-sidebar, div.hreflang-link",
        "div.vakansii-block-article, div.social-shares, div.warning",
        "div#premium_mobile, div.marketing-block",
    ),
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed",)),
    facts=(
        Fact(
            what="Addresses hold a section, a kind of text and a slug; no number, no day",
            confidence="high",
            seen_on="2026-10",
        ),
        Fact(
            what="Ukrainian under /ua/, English under /en/ on news, biz and www; Russian without",
            confidence="high",
            seen_on="2026-10",
        ),
        Fact(what="/news/all/rss.xml of www is Russian", confidence="high", seen_on="2021-08-22"),
        Fact(what="The Ukrainian feed of news.liga.net holds 20 items", confidence="high", seen_on="2026-09-22"),
        Fact(
            what="sitemap-index.xml names five sitemaps, sitemap-news.xml the news",
            confidence="medium",
            seen_on="2026-09-22",
        ),
        Fact(what="Lists by day /archive/YYYY-MM-DD/all/page/N", confidence="medium", seen_on="2022-02-24"),
        Fact(what="Body div#news-text with the lead p.descr before it", confidence="high", seen_on="2022"),
        Fact(what="Whether LIGA PRO texts are cut for plain readers is unknown", confidence="low"),
        Fact(what="ua-news.liga.net is the old Ukrainian host: inferred from its name", confidence="low"),
        Fact(what="unknown: what betrays its texts without an address; they have no house formula", confidence="low"),
        Fact(what="unknown: rights; number of articles a day; which days the five sitemaps hold", confidence="low"),
    ),
)
"""The outlet."""
