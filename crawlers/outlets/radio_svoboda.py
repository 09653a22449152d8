"""Radio Svoboda: the Ukrainian service of RFE/RL, Ukrainian only; metadata times in UTC."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.radiosvoboda.org"
_HOST = r"^https?://(?:www\.)?radiosvoboda\.org"

OUTLET = Outlet(
    slug="radio-svoboda",
    name="Radio Svoboda",
    names=(
        "Радіо Свобода",
        "Радио Свобода",
        "RFE/RL Ukrainian",
        "Radio Free Europe/Radio Liberty Ukrainian Service",
        "radiosvoboda.org",
    ),
    homepage=f"{_ROOT}/",
    kind="broadcaster",
    side="international",
    tier="secondary",
    editions=(Edition(language="uk", hosts=("www.radiosvoboda.org", "radiosvoboda.org")),),
    rights="unknown",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/api/zrqiteuuir", language="uk", use="night"),
        Index(kind="news_sitemap", url=f"{_ROOT}/sitemap_9_latest.xml.gz", language="uk", use="night"),
        Index(kind="news_sitemap", url=f"{_ROOT}/sitemap_9_news.xml.gz", language="uk", use="night"),
        Index(
            kind="day_list",
            url=f"{_ROOT}/z/630/{{year}}/{{month:02d}}/{{day:02d}}?p={{page}}",
            language="uk",
            item="div.media-block",
            use="past",
        ),
        Index(kind="sitemap_index", url=f"{_ROOT}/sitemap.xml", language="uk", use="past"),
    ),
    article_url=(
        rf"{_HOST}/a/(?:[^/?#]+/)?\d{{5,}}\.html(?:[?#].*)?$",
        rf"{_HOST}/amp/(?:a/)?(?:[^/?#]+/)?\d{{5,}}\.html(?:[?#].*)?$",
    ),
    not_article_url=(r"radiosvoboda\.org/(?:z|p|s|author|api|media|search)(?:/|$|\?)",),
    examples=(
        f"{_ROOT}/a/news-islandiya-obitsyanka-bezpeka/33990011.html",
        f"{_ROOT}/a/33990012.html",
        f"{_ROOT}/amp/news-islandiya-obitsyanka-bezpeka/33990011.html",
    ),
    body=("div#article-content > div.wsw", "div.wsw"),
    lead=("div.intro",),
    title=("h1.pg-title",),
    date=("div.publishing-details time[datetime]",),
    section=("div.category a",),
    caption=("figcaption span.caption", "figcaption"),
    clutter=(
        "div.wsw__embed",
        "div.also-read",
        "div.infgraphicsAttach",
        "div.content-sharing, div.comments-parent",
    ),
    clutter_lines=(
        r"ДИВІТЬСЯ ТАКОЖ ?:.*",
        r"Підписуйтеся на\s+Telegram\s+Радіо Свобода",
    ),
    house_marks=(r"(?m)^Підписуйтеся на\s+Telegram\s+Радіо Свобода *$",),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=20,
        always=("title", "published_at", "published_minute", "section"),
        never_empty=("feed", "news_sitemap"),
    ),
    facts=(
        Fact(
            what="Article addresses /a/slug/number.html, at times without the slug",
            confidence="high",
            seen_on="2025-12-22",
        ),
        Fact(
            what="The AMP page is /amp/slug/number.html, without /a/; its canonical link leads back",
            confidence="high",
            seen_on="2025-12-22",
        ),
        Fact(
            what="JSON-LD times in UTC with a space ('2025-12-22 05:48:53Z'); the time tag is in Kyiv time",
            confidence="high",
            seen_on="2025-12-22",
        ),
        Fact(what="News name the outlet as a person who wrote them", confidence="high", seen_on="2025-12-22"),
        Fact(what="Keywords begin with the sections", confidence="high", seen_on="2025-12-22"),
        Fact(
            what="Body div#article-content > div.wsw; embeds and read-also boxes stand inside it",
            confidence="high",
            seen_on="2025-12-22",
        ),
        Fact(what="A lead div.intro stands before the body of some texts", confidence="medium", seen_on="2021"),
        Fact(
            what="sitemap_9_latest.xml.gz names the newest addresses with their last change",
            confidence="high",
            seen_on="2025-12-22",
        ),
        Fact(
            what="sitemap.xml names 29 numbered parts without a period, all written anew on one day",
            confidence="high",
            seen_on="2025-04-20",
        ),
        Fact(what="The feed /api/zrqiteuuir: 20 items", confidence="medium", seen_on="2026"),
        Fact(
            what="The list /z/630/2021/05/15?p=2 goes back from that day, at most a hundred pages",
            confidence="medium",
            seen_on="2021",
        ),
        Fact(what="About 30 addresses a day on a weekend", confidence="medium", seen_on="2025-12-21"),
        Fact(what="unknown: layout before 2025 and the addresses before /a/", confidence="low"),
        Fact(what="unknown: rights and terms of use", confidence="low"),
    ),
)
"""The outlet."""
