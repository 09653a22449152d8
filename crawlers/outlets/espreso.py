"""Espreso: television channel; bare slugs without number or day since the years of dated addresses (2014 to 2016)."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://espreso.tv"
_SITE = r"^https?://(?:(?:www|global|ru|zahid|bc)\.)?espreso\.tv"
_SECTION = "(?:poglyad|article|news|interview|svit|suspilstvo|ekonomika|kryminal|kultura|polityka)"
_END = r"/?(?:[?#].*)?$"

OUTLET = Outlet(
    slug="espreso",
    name="Espreso",
    names=("Еспресо", "Еспресо.TV", "Эспрессо", "Espreso.Global", "espreso.tv"),
    homepage=f"{_ROOT}/",
    kind="broadcaster",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=("espreso.tv", "zahid.espreso.tv", "bc.espreso.tv"), mirrors=("www.espreso.tv",)),
        Edition(language="en", hosts=("global.espreso.tv",)),
        Edition(language="ru", hosts=("ru.espreso.tv",)),
    ),
    rights="unknown",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss", language="uk", use="night"),
        Index(kind="news_sitemap", url=f"{_ROOT}/sitemapnews/1", language="uk", use="night"),
        Index(kind="sitemap_index", url=f"{_ROOT}/sitemap.xml", language="uk", use="past"),
        Index(kind="page_list", url=f"{_ROOT}/news?page={{page}}", language="uk"),
    ),
    article_url=(
        # a section's page has at most three words, and a shorter article begins with its section's name
        rf"{_SITE}/[a-z0-9]+(?:-+[a-z0-9]+){{3,}}{_END}",
        rf"{_SITE}/{_SECTION}(?:-+[a-z0-9]+)+{_END}",
        rf"{_SITE}/(?:news|article)/\d{{4}}/\d{{2}}/\d{{2}}/[\w-]+{_END}",
    ),
    not_article_url=(
        r"espreso\.tv/(?:tag|author|search-results|archive|stream|rss|sitemap[\w-]*|sitemapnews|amp)(?:/|$|\?|\.)",
        rf"espreso\.tv/(?!{_SECTION}-)[a-z0-9]+(?:-[a-z0-9]+){{0,2}}{_END}",  # sections, tags, authors
    ),
    examples=(
        f"{_ROOT}/svit-avstriya-nazvala-umovi-uchasti-u-garantiyakh",
        f"{_ROOT}/poglyad-tsina-obitsyanki",
        "https://global.espreso.tv/austria-names-terms-of-its-part-in-guarantees",
        "https://zahid.espreso.tv/suspilstvo-u-lvovi-obgovorili-garantii-bezpeki",
        "https://ru.espreso.tv/avstriya-nazvala-usloviya-uchastiya-v-garantiyakh",
        "http://espreso.tv/news/2015/11/20/u_vidni_obgovoryly_misiyu_sposterezhennya",
        "http://espreso.tv/article/2015/11/20/scho_take_misiya",
    ),
    body=(
        "section.content_current_article div.news-content",
        "div.articleContent div.article",
        "div.article > div.text-page",
    ),
    lead=("section.content_current_article > h2.text-subtitle",),
    title=("h1.text-title", "h1.articleTitle", "h1.article-title"),
    date=("article > div.authorDate", "div.b_article_author"),
    author=("div.news__author_date__author a",),
    section=("a.in_news_single__image__rubric",),
    tags=(
        "section.tags-cloud div.similar_by_tags_output a",
        "div.articleContent div.tags_list div.tags a",
        "div.article > div.text-page p.tags a",
    ),
    caption=("div.img-text", "div.img-caption", "figcaption"),
    clutter=(
        "div.news-content-list",
        "div.tags_list, p.tags",
        "ul.share_list, div.recomendation_list",
    ),
    clutter_lines=(r"Читати Еспресо в Telegram", r"Зміст"),
    house_marks=(
        r"(?m)^Читати Еспресо в Telegram *$",
        r"(?m)^Спеціально для Еспресо\.? *$",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=35,
        always=("title", "published_at", "published_minute", "section"),
        never_empty=("feed", "page_list"),
    ),
    facts=(
        Fact(
            what="A Ukrainian address is section and slug in one, without number or day",
            confidence="high",
            seen_on="2025-12-14",
        ),
        Fact(
            what="Addresses of authors, tags and sections are bare slugs too", confidence="high", seen_on="2025-12-14"
        ),
        Fact(what="The slug may be a bare code (news-693ddbc628c25)", confidence="medium", seen_on="2025-12"),
        Fact(
            what="sitemap_news_1.xml holds three months that roll on, days only",
            confidence="high",
            seen_on="2025-12-14",
        ),
        Fact(what="It lists a few old Russian pages of ru.espreso.tv as well", confidence="high", seen_on="2025-12-14"),
        Fact(what="The feed and the pages /news?page=2 answer", confidence="medium", seen_on="2026-06"),
        Fact(
            what="Body div.news-content; the lead h2.text-subtitle stands before it, the tape of all news beside it",
            confidence="high",
            seen_on="2025-12-14",
        ),
        Fact(
            what="og:title and JSON-LD add 'Column by …' to a column's headline",
            confidence="high",
            seen_on="2025-12-14",
        ),
        Fact(what="Dated addresses with underscores, body div.articleContent", confidence="high", seen_on="2016-01-15"),
        Fact(what="Body div.text-page, the moment in a box beside it", confidence="high", seen_on="2014-10-08"),
        Fact(what="50 to 94 Ukrainian articles a day", confidence="high", seen_on="2025-12"),
        Fact(what="English pages at global.espreso.tv, bare slugs", confidence="medium", seen_on="2025"),
        Fact(what="English, Russian and regional pages have the layout of the Ukrainian ones", confidence="low"),
        Fact(what="The same pages answer at www.", confidence="low"),
        Fact(
            what="unknown: feeds, sitemaps and lists of global.espreso.tv; its articles come by links and imports",
            confidence="low",
        ),
        Fact(what="unknown: which translations belong together", confidence="low"),
        Fact(what="unknown: layout between 2016 and 2025", confidence="low"),
        Fact(what="unknown: rights and terms of use", confidence="low"),
    ),
)
"""The outlet."""
