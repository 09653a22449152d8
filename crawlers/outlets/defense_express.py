"""Defense Express: arms and armies, Ukrainian and English on hosts of their own."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_SITE = r"^https?://(?:(?:www|en)\.)?defence-ua\.com"
_NO_SECTION = "(?:counter|search|pure|tags?|rss|sitemap|media|index\\.php)"
_EDITIONS = (("uk", "defence-ua.com"), ("en", "en.defence-ua.com"))

OUTLET = Outlet(
    slug="defense-express",
    name="Defense Express",
    names=("Defence Express", "Дефенс Експрес", "DE", "defence-ua.com"),
    homepage="https://defence-ua.com/",
    kind="magazine",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=("defence-ua.com", "www.defence-ua.com")),
        Edition(language="en", hosts=("en.defence-ua.com",)),
    ),
    rights="All rights reserved",
    indexes=(
        Index(kind="feed", url="https://defence-ua.com/rss/feed.xml", language="uk", use="night"),
        Index(kind="feed", url="https://en.defence-ua.com/rss.xml", language="en", use="night"),
        *(
            Index(
                kind="month_sitemap",
                url=f"https://{host}/sitemap/post-{{year}}-{{month:02d}}.xml",
                language=language,
            )
            for language, host in _EDITIONS
        ),
    ),
    article_url=(rf"{_SITE}/[a-z_]+/[^/?#]+-\d+\.html(?:[?#].*)?$",),
    not_article_url=(
        rf"{_SITE}/{_NO_SECTION}(?:[/?#]|$)",
        rf"{_SITE}/[a-z_]+/?(?:[?#].*)?$",
    ),
    examples=(
        "https://defence-ua.com/news/niderlandi_zamovljat_radari_dlja_ukrajini-30001.html",
        "https://en.defence-ua.com/weapon_and_tech/what_the_new_coastal_radar_can_see-20001.html",
        "https://en.defence-ua.com/analysis/how_long_a_guarantee_lasts-20002.html",
        "https://defence-ua.com/photo/radar_na_uzberezhzhi-401.html",
    ),
    body=("article",),
    clutter=("header, time",),
    crawl_delay=2.0,
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed",)),
    facts=(
        Fact(
            what="Addresses /section/words_with_underscores-number.html; each edition counts for itself",
            confidence="high",
            seen_on="2026-06",
        ),
        Fact(what="Feed defence-ua.com/rss/feed.xml", confidence="medium", seen_on="2026"),
        Fact(what="Feed en.defence-ua.com/rss.xml, named in two lists, answer never seen", confidence="low"),
        Fact(
            what="Month sitemaps post-2026-08.xml on both hosts; the English index of sitemaps does not name them",
            confidence="medium",
            seen_on="2026-08",
        ),
        Fact(
            what="Robots file rules out addresses with a query, /search, /counter, /pure and *.php",
            confidence="medium",
            seen_on="2026-08",
        ),
        Fact(
            what="Title tag ends in '| Defense Express'; tables of figures stand in the text",
            confidence="medium",
            seen_on="2026-08",
        ),
        Fact(what="Body article, title h1, day from JSON-LD", confidence="low"),
        Fact(what="Addresses /index.php/… of an older site are not read", confidence="low"),
        Fact(what="unknown: whether translations name each other; articles a day; terms of use", confidence="low"),
    ),
)
"""The outlet."""
