"""Babel: online magazine with a news feed; English translations share the number, Russian was given up."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://babel.ua"
_HOSTS = ("babel.ua",)
_MIRRORS = ("www.babel.ua",)
_KIND = "(?:news|texts|profit|longrid)"

OUTLET = Outlet(
    slug="babel",
    name="Babel",
    names=("Бабель", "The Babel", "babel.ua"),
    homepage=f"{_ROOT}/",
    kind="magazine",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, mirrors=_MIRRORS),
        Edition(language="en", hosts=_HOSTS, mirrors=_MIRRORS, path_prefix="/en"),
        Edition(language="ru", hosts=_HOSTS, mirrors=_MIRRORS, path_prefix="/ru"),
    ),
    rights="All rights reserved; republishing after asking the editors",
    terms_url=f"{_ROOT}/terms-and-conditions",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss.xml", language="uk", use="night"),
        Index(kind="day_list", url=f"{_ROOT}/text-sitemap/{{year}}-{{month:02d}}/{{day:02d}}", language="uk"),
        Index(
            kind="sitemap_index",
            url=f"{_ROOT}/sitemap_full.xml",
            language="uk",  # its entries name their English translations
            use="past",
        ),
    ),
    article_url=(rf"^https?://(?:www\.)?babel\.ua/(?:amp/)?(?:(?:en|ru)/)?(?:amp/)?{_KIND}/\d+-[^/?#]+/?(?:[?#].*)?$",),
    not_article_url=(
        r"babel\.ua/(?:(?:en|ru)/)?(?:tags?|team|text-sitemap|podcasts|donate|investors|rules)(?:/|$|\?)",
        r"babel\.ua/(?:(?:en|ru)/)?(?:news|texts|profit)/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/news/131001-slovachchina-rozpochala-konsultaciji",
        f"{_ROOT}/en/news/131001-slovakia-opens-consultations",
        f"{_ROOT}/ru/news/41001-slovakiya-nachala-konsultacii",
        f"{_ROOT}/texts/131002-hto-rahuye-obicyanki",
        f"{_ROOT}/profit/131003-yak-chitati-ugodi",
        f"{_ROOT}/longrid/51003-istoriya-odnoji-ugodi",
        f"{_ROOT}/amp/news/131001-slovachchina-rozpochala-konsultaciji",
    ),
    id_in_url=rf"/{_KIND}/(\d+)-",
    body=("div.c-post-text.js-article-content", "div.c-post-text"),
    title=("h1.c-post-title",),
    date=("div.c-post-data-box time[datetime]",),
    author=("div.c-post-data-box a[href*='/team/']",),
    section=("header.c-post-head span.c-post-tag",),
    tags=("dl.c-post-dl-multi dd a",),
    caption=("figcaption",),
    clutter=(
        "figure.c-embed-box",
        "div.c-aside-box",
        "ul.c-social-list, div.c-post-socials",
        "div.c-post-foot, p.c-post-err, dl.c-post-dl",
    ),
    clutter_lines=(
        r"Помітили помилку\? Виділіть її та натисніть\s*Ctrl\s*\+\s*Enter\s*—\s*ми виправимо",
        r"(?:Підпишись на наш|Підпишіться на наш)\s+(?:Facebook|Telegram|Twitter|Instagram)",
    ),
    house_marks=(
        r"(?m)^Помітили помилку\? Виділіть її та натисніть\s+Ctrl\s*\+\s*Enter\s*—\s*ми виправимо *$",
        r"(?m)^Автор(?:ка|и)?:\s+[^\n]{3,80}\s+Дата:\s+\d{2}:\d{2}, \d{1,2} \w+ \d{4} *$",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=8,
        always=("title", "published_at", "published_minute"),
        never_empty=("feed",),
    ),
    facts=(
        Fact(
            what="Article addresses: kind, number, slug; one number for both languages",
            confidence="high",
            seen_on="2025-11-26",
        ),
        Fact(
            what="Translations are named in the head and in the sitemaps; two articles in three have an English one,"
            " whose address stands in no sitemap of its own",
            confidence="high",
            seen_on="2025-11-26",
        ),
        Fact(
            what="sitemap_full.xml names 299 parts of half a month since 2018-07, their days written in the address",
            confidence="high",
            seen_on="2025-12-06",
        ),
        Fact(what="A part's lastmod is an article's last change, to the second", confidence="high", seen_on="2025-11"),
        Fact(what="Day lists /text-sitemap/2024-11/12", confidence="high", seen_on="2024-11"),
        Fact(what="The feed answers", confidence="medium", seen_on="2026-06"),
        Fact(
            what="Body div.c-post-text.js-article-content, nothing foreign in it but embeds",
            confidence="high",
            seen_on="2025-11-12",
        ),
        Fact(
            what="<title> and the JSON-LD headline are worded for search engines; og:title is the headline shown",
            confidence="high",
            seen_on="2025-11-12",
        ),
        Fact(
            what="Daily stories on losses end in the same two or three background paragraphs",
            confidence="medium",
            seen_on="2025-11",
        ),
        Fact(what="The footer asks to write to the editors before republishing", confidence="high", seen_on="2025-11"),
        Fact(what="9 to 34 Ukrainian articles a day", confidence="high", seen_on="2025-11"),
        Fact(what="Russian pages: old, none seen", confidence="low"),
        Fact(what="Addresses /longrid/, and /amp/ in English addresses", confidence="low"),
        Fact(what="The same pages answer at www.", confidence="low"),
        Fact(what="unknown: layout before 2025", confidence="low"),
    ),
)
"""The outlet."""
