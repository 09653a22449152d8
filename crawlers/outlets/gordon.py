"""Gordon (GORDONUA.COM): Ukrainian and Russian under one host, English under its own."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://gordonua.com"
_HOSTS = ("gordonua.com", "www.gordonua.com")

OUTLET = Outlet(
    slug="gordon",
    name="Gordon",
    names=("ГОРДОН", "Гордон", "GORDONUA.COM", "gordonua"),
    homepage=f"{_ROOT}/ukr/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, path_prefix="/ukr"),
        Edition(language="ru", hosts=_HOSTS),
        Edition(language="en", hosts=("english.gordonua.com",)),
    ),
    rights="Not known; ask the outlet before publishing anew",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/ukr/api/media/out/rss/lastnews.xml", language="uk", use="night"),
        Index(kind="feed", url=f"{_ROOT}/xml/rss_category/top.html", language="ru", use="night", may_be_blocked=True),
        Index(
            kind="day_list",
            url=f"{_ROOT}/ukr/news/archive/{{year}}-{{month:02d}}-{{day:02d}}.html",
            language="uk",
            item="div.lenta div.media",
        ),
    ),
    article_url=(
        r"^https?://(?:(?:www|english)\.)?gordonua\.com/(?:(?:ukr|amp)/)*news/[a-z_-]+/[^/?#]+-\d+\.html(?:[?#].*)?$",
    ),
    not_article_url=(
        r"gordonua\.com/(?:ukr/)?news/archive/",
        r"gordonua\.com/(?:ukr/)?(?:tags?|search|authors?|xml|api|html)(?:[/?]|$)",
        r"gordonua\.com/(?:ukr/)?(?:news/)?[a-z_-]+\.html(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/ukr/news/war/irlandija-pohodila-tekst-1700001.html",
        f"{_ROOT}/news/politics/irlandiya-soglasovala-tekst-1700002.html",
        f"{_ROOT}/ukr/amp/news/war/irlandija-pohodila-tekst-1700001.html",
        "https://english.gordonua.com/news/worldnews/ireland-agrees-text-1700003.html",
    ),
    body=("div.a_body", "div.block.article"),
    lead=("div.a_description",),
    title=("h1.a_head",),
    date=("div.a_footer time", "div.for_data"),
    tags=("div.tags a",),
    clutter=(
        "div.tags",
        "div.a_footer, div.footer",
        "div.gal_thumbs, ul.gal_nav, a.ar_prev2, a.ar_next2, div.carousel_gal_thumbs",
        "div.lines_image, span.grey",
        "h1.a_head",
    ),
    clutter_lines=(
        r"Війна Росії проти України\. Головне(?: \(оновлюється\))?",
        r"Война России против Украины\. Главное(?: \(обновляется\))?",
    ),
    house_marks=(
        r"(?m)^Війна Росії проти України\. Головне \(оновлюється\) *$",
        r"(?m)^Война России против Украины\. Главное \(обновляется\) *$",
    ),
    crawl_delay=2.0,
    expectation=Expectation(always=("title", "published_at")),
    facts=(
        Fact(
            what="Addresses: /news/section/slug-number.html, the edition before it", confidence="high", seen_on="2023"
        ),
        Fact(what="AMP forms hold /amp/ before /news/", confidence="medium"),
        Fact(what="Ukrainian feed lastnews.xml", confidence="medium", seen_on="2026"),
        Fact(what="Russian feed rss_category/top.html, in old lists alone", confidence="low"),
        Fact(
            what="Archive by day: div.lenta div.media with div.lenta_head and div.for_data",
            confidence="medium",
            seen_on="2021",
        ),
        Fact(what="The form of the day in archive addresses (year-month-day)", confidence="low", seen_on="2021"),
        Fact(
            what="Lists say 'Сьогодні 14.05' or '6 травня, 2026 14.05', the time with a full stop", confidence="medium"
        ),
        Fact(what="Headline h1.a_head, text div.a_body, lead div.a_description", confidence="medium"),
        Fact(what="Text in div.block.article, its date in div.a_footer time", confidence="medium", seen_on="2021"),
        Fact(what="A link line 'Війна Росії проти України. Головне (оновлюється)' in mid-text", confidence="medium"),
        Fact(what="unknown: addresses of interviews and of the Bulvar section; they are not read", confidence="low"),
        Fact(
            what="unknown: archives of the Russian and English editions, whether they still are written",
            confidence="low",
        ),
        Fact(what="unknown: whether translations share the number, rights, number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
