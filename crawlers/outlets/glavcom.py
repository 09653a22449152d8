"""Glavcom: Ukrainian, with a Russian edition under /ru; often behind Cloudflare."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://glavcom.ua"
_HOSTS = ("glavcom.ua", "www.glavcom.ua")

OUTLET = Outlet(
    slug="glavcom",
    name="Glavcom",
    names=("Главком", "Glavkom", "glavcom.ua"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="ru", hosts=_HOSTS, path_prefix="/ru"),
    ),
    rights="Not known; ask the outlet before publishing anew",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss.xml", language="uk", use="night", may_be_blocked=True),
        Index(
            kind="day_list",
            url=f"{_ROOT}/news/archive/{{year}}/{{month:02d}}/{{day:02d}}.html",
            language="uk",
            item="div.news_list ul > li",
            may_be_blocked=True,
        ),
    ),
    article_url=(r"^https?://(?:www\.)?glavcom\.ua/(?:[a-z_-]+/)+[a-z0-9_-]+-\d{5,8}\.html(?:[?#].*)?$",),
    not_article_url=(
        r"glavcom\.ua/(?:ru/)?news/archive/",
        r"glavcom\.ua/(?:ru/)?(?:tags?|search|authors?|rss)(?:[/?.]|$)",
        r"glavcom\.ua/(?:[a-z_-]+/)*[a-z_-]+\.html(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/country/politics/islandija-pidpisala-uhodu-1150001.html",
        f"{_ROOT}/news/islandija-pidpisala-uhodu-1150002.html",
        f"{_ROOT}/ru/world/islandija-podpisala-sohlashenie-1150003.html",
        f"{_ROOT}/kyiv/news/stara-novina-370001.html",
    ),
    body=("div.post_content div.body", "div.post_content", "article.post div.body", "div.body"),
    date=("article.post time",),
    section=("div.chapter > a",),
    caption=("div.alt", "figcaption"),
    clutter=(
        "ul.credits, div.vline, div.box_media, div.read_more",
        "div.social_buttons, div[id^='news-comments-block_']",
    ),
    house_marks=(r"(?m)^До слова, триває \d+-[а-яі]+ доба повномасштабної війни",),
    crawl_delay=3.0,
    known_to_block=True,
    expectation=Expectation(always=("title", "published_at")),
    facts=(
        Fact(what="Addresses: one or more sections, slug, number", confidence="high", seen_on="2026"),
        Fact(
            what="Text in article.post div.post_content, there div.body; moment in article:published_time",
            confidence="medium",
        ),
        Fact(what="Text in div.body alone", confidence="medium", seen_on="2021"),
        Fact(what="'Читайте також:' and one link in paragraphs of their own in mid-text", confidence="medium"),
        Fact(
            what="Many stories end with 'До слова, триває N-та доба повномасштабної війни…': content, repeated",
            confidence="medium",
            seen_on="2023",
        ),
        Fact(what="div.alt beside a picture says what it shows", confidence="low"),
        Fact(what="Feed rss.xml, in old lists; others name /rss and /rss/all.xml", confidence="low"),
        Fact(what="Archive by day: div.news_list li with a time beside the link", confidence="medium", seen_on="2021"),
        Fact(what="The form of the day in archive addresses (year/month/day)", confidence="low", seen_on="2021"),
        Fact(what="Cloudflare may refuse plain clients", confidence="medium"),
        Fact(what="unknown: feed and archive of the Russian edition", confidence="low"),
        Fact(what="unknown: whether translations share the number, rights, number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
