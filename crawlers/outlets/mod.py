"""Ministry of Defence of Ukraine: mod.gov.ua, and before it mil.gov.ua with the day in the address."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://mod.gov.ua"
_HOSTS = ("mod.gov.ua", "www.mod.gov.ua", "www.mil.gov.ua", "mil.gov.ua")
_SITE = r"^https?://(?:www\.)?mod\.gov\.ua"
_OLD_SITE = r"^https?://(?:www\.)?mil\.gov\.ua"

OUTLET = Outlet(
    slug="mod",
    name="Ministry of Defence of Ukraine",
    names=("Міністерство оборони України", "Міноборони", "Міноборони України", "MoD of Ukraine", "MoD", "mod.gov.ua"),
    homepage=f"{_ROOT}/",
    kind="government",
    side="UA",
    tier="primary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="en", hosts=_HOSTS, path_prefix="/en"),
    ),
    rights="Not known; ask the ministry before publishing anew",
    indexes=(
        Index(kind="page_list", url=f"{_ROOT}/news", language="uk"),
        Index(kind="page_list", url=f"{_ROOT}/en/news", language="en"),
        Index(
            kind="sitemap_index",
            url=f"{_ROOT}/sitemap.xml",
            language="uk",  # names the articles of both editions
            use="past",
        ),
    ),
    article_url=(
        rf"{_SITE}/(?:en/)?news/[^/?#]+/?(?:[?#].*)?$",
        rf"{_OLD_SITE}/(?:en/)?news/\d{{4}}/\d{{2}}/\d{{2}}/[^/?#]+/?(?:[?#].*)?$",
    ),
    not_article_url=(
        rf"{_SITE}/(?:en/)?news/(?:tag|category)-",
        rf"{_SITE}/(?:en/)?news/(?:archive|search|page|rss)(?:[/?#]|$)",
        rf"{_SITE}/(?:en/)?news/?(?:[?#].*)?$",
        rf"{_OLD_SITE}/(?:en/)?news/?(?:[?#].*)?$",
        rf"{_SITE}/(?:en/)?lookup(?:[/?#]|$)",
    ),
    examples=(
        f"{_ROOT}/news/ministri-oboroni-ukrayini-ta-norvegiyi-pogodili-plan-postavok",
        f"{_ROOT}/en/news/ukraine-and-norway-agree-on-delivery-plan-for-air-defence",
        "https://www.mil.gov.ua/news/2022/06/09/predstavniki-minoboroni-zustrilisya-z-kolegami-z-estonii/",
        "https://www.mil.gov.ua/en/news/2022/06/09/deputy-minister-meets-delegation-from-estonia/",
    ),
    body=("article", "#aticle-content"),
    clutter=("header, time",),
    clutter_lines=(
        r"(?:Hotline|Гаряча лінія)\s*:.*",
        r"(?:Main page|Головна(?: сторінка)?|News|Новини)",
    ),
    house_marks=(r"(?m)^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} \| ?ID: \d+ *$",),
    crawl_delay=3.0,
    expectation=Expectation(always=("title", "published_at", "published_minute")),
    facts=(
        Fact(
            what="Addresses /news/slug and /en/news/slug; the words differ between editions, nothing is shared",
            confidence="high",
            seen_on="2026-08",
        ),
        Fact(what="Lists of a tag lie at /news/tag-name, among the articles", confidence="high", seen_on="2026"),
        Fact(
            what="List /news, days as headings ('5 лютого, сьогодні') and the time before each headline",
            confidence="medium",
            seen_on="2026-02-05",
        ),
        Fact(what="One sitemap.xml names the articles of both editions", confidence="medium", seen_on="2026"),
        Fact(what="English pages show '3 November, 2026, 04:41 PM EET'", confidence="medium", seen_on="2026"),
        Fact(what="Plain clients get pages; made with Next.js, no feed", confidence="medium", seen_on="2026-09"),
        Fact(what="Body article, inferred from other people's readers", confidence="low"),
        Fact(
            what="mil.gov.ua: body #aticle-content, '2022-07-18 09:10:00 | ID: 67932' in span.aticle-date, Kyiv time",
            confidence="high",
            seen_on="2022-08",
        ),
        Fact(what="mil.gov.ua: day in the address, last seen in September", confidence="high", seen_on="2023-09"),
        Fact(what="One to five releases a day, fewer on weekends", confidence="low", seen_on="2026-02"),
        Fact(what="unknown: whether mil.gov.ua still answers; rights", confidence="low"),
    ),
)
"""The outlet."""
