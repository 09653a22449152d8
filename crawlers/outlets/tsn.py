"""TSN: the news site of the channel 1+1, Ukrainian with a Russian edition. Known from others' readers alone."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://tsn.ua"
_HOSTS = ("tsn.ua",)
_MIRRORS = ("www.tsn.ua",)

OUTLET = Outlet(
    slug="tsn",
    name="TSN",
    names=("ТСН", "TSN.ua", "ТСН.ua", "tsn.ua"),
    homepage=f"{_ROOT}/",
    kind="broadcaster",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, mirrors=_MIRRORS),
        Edition(language="ru", hosts=_HOSTS, mirrors=_MIRRORS, path_prefix="/ru"),
        Edition(language="ru", hosts=("ru.tsn.ua",)),
    ),
    rights="unknown",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss/full.rss", language="uk", use="night"),
        Index(
            kind="day_list",
            url=f"{_ROOT}/news/page-{{page}}?day={{day:02d}}&month={{month:02d}}&year={{year}}",
            language="uk",
            item="li.l-entries__item, article",
        ),
    ),
    article_url=(
        r"^https?://(?:www\.|ru\.)?tsn\.ua/(?:[a-z]+(?:[_-][a-z]+)*/)+[a-z0-9]+(?:-[a-z0-9]+)*-\d{6,9}\.html(?:[?#].*)?$",
    ),
    not_article_url=(
        r"tsn\.ua/(?:ru/)?(?:tags?|author|archive|search|rss|sitemap)(?:/|$|\?)",
        r"tsn\.ua/(?:ru/)?[a-z]+(?:[_-][a-z]+)*/?(?:page-\d+/?)?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/politika/horvatiya-oplatit-serviz-tankiv-3100011.html",
        f"{_ROOT}/ru/politika/horvatiya-oplatit-remont-tankov-3100017.html",
        "https://ru.tsn.ua/politika/horvatiya-predlozhila-remont-1500011.html",
        f"{_ROOT}/prosport/futbol/zbirna-zigrala-v-zagrebi-3100012.html",
    ),
    body=(
        "div.c-prose.c-post__inner",
        "div.c-article__body",
        "div.c-card__box.c-card__body",
        "div.e-content",
    ),
    lead=("div.c-entry__lead",),
    title=("h1.c-entry__title", "h1.c-card__title", "h1"),
    date=("time.c-entry__time", "footer.c-card__foot time[datetime]"),
    section=("nav.c-article__breadcrumbs li:nth-last-child(2)",),
    tags=("nav.c-bar .c-tag__label",),
    caption=("figcaption",),
    clutter=("div.c-banner__slide, div.c-banner", "aside"),
    clutter_lines=(r"Читайте (?:також|также) ?:?.*",),
    crawl_delay=2.0,
    expectation=Expectation(
        always=("title", "published_at"),
        never_empty=("feed",),
    ),
    facts=(
        Fact(what="Article addresses: sections, slug, number, .html", confidence="high", seen_on="2024"),
        Fact(what="Russian pages under /ru/ with slugs and numbers of their own", confidence="medium", seen_on="2024"),
        Fact(what="Russian pages at ru.tsn.ua are older", confidence="low"),
        Fact(what="The feed /rss/full.rss", confidence="medium", seen_on="2025"),
        Fact(
            what="Day lists /news/page-2?day=01&month=10&year=2024, cards in <article>",
            confidence="high",
            seen_on="2024-10",
        ),
        Fact(what="Later lists hold li.l-entries__item with the moment in time[datetime]", confidence="medium"),
        Fact(
            what="Body div.c-article__body, moment in footer.c-card__foot, section in the breadcrumbs",
            confidence="high",
            seen_on="2024-10",
        ),
        Fact(what="Later body div.c-prose.c-post__inner with its lead in div.c-entry__lead", confidence="medium"),
        Fact(what="Body div.e-content, earlier", confidence="low"),
        Fact(what="JSON-LD of an article; times in it", confidence="low"),
        Fact(what="The same pages answer at www.", confidence="low"),
        Fact(
            what="unknown: articles a day, any sitemap, lists and feeds in Russian, pages as they were really sent",
            confidence="low",
        ),
        Fact(what="unknown: rights and terms of use", confidence="low"),
    ),
)
"""The outlet."""
