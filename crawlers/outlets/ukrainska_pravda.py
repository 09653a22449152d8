"""Ukrainska Pravda: newspaper of record, three editions under one host, one number for all translations."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.pravda.com.ua"
_HOSTS = ("www.pravda.com.ua", "pravda.com.ua", "m.pravda.com.ua")
_SECTION = r"(?:news|articles|columns|interview|photo-video|podcasts(?:/[a-z0-9_-]+)?)"
_DAY = r"\d{4}/\d{1,2}/\d{1,2}"
_WEEKDAY = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|[Пп]онеділок|[Вв]івторок|[Сс]ереда|[Чч]етвер|[Пп][’'ʼ]ятниця|[Сс]убота|[Нн]еділя"
    r"|[Пп]онедельник|[Вв]торник|[Сс]реда|[Чч]етверг|[Пп]ятница|[Сс]уббота|[Вв]оскресенье)"
)
_CAPITAL = "[A-ZА-ЯЁІЇЄҐ]"
_BYLINE = (
    rf"(?:{_CAPITAL}[\w’'ʼ-]*[ ,]+){{1,7}}{_CAPITAL}[\w’'ʼ-]*? *(?:[—–-] *)?"  # flattening glues surname and weekday
    rf"{_WEEKDAY}, \d{{1,2}} \w+ \d{{4}}, \d{{2}}:\d{{2}}"
)
_NAME = r"[\w’'ʼ-]+(?: [\w’'ʼ-]+){1,2}"
_NAMES = rf"{_NAME}(?:, {_NAME})*"
_HOUSE = "(?:УП|Української правди|Украинской правды|UP|Ukrainska Pravda)"
_LATER_LABEL = (
    "(?:Details|More details|Quote|Background"
    "|Деталі|Пряма мова|Дослівно|Передісторія|Що передувало"
    "|Детали|Прямая речь|Дословно|Предыстория|Что предшествовало)"
)

OUTLET = Outlet(
    slug="ukrainska-pravda",
    name="Ukrainska Pravda",
    names=("Українська правда", "Украинская правда", "УП", "UP", "pravda.com.ua", "Pravda"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="en", hosts=_HOSTS, path_prefix="/eng"),
        Edition(language="ru", hosts=_HOSTS, path_prefix="/rus"),
    ),
    sister_hosts=(
        "www.epravda.com.ua",
        "epravda.com.ua",
        "www.eurointegration.com.ua",
        "life.pravda.com.ua",
        "champion.com.ua",
        "oboronka.mezha.ua",
    ),
    rights="All rights reserved; quoting with a link to the page",
    terms_url=f"{_ROOT}/rules/",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss/", language="uk", use="night"),
        Index(kind="feed", url=f"{_ROOT}/eng/rss/", language="en", use="night"),
        Index(kind="feed", url=f"{_ROOT}/rus/rss/", language="ru", use="night"),
        Index(
            kind="month_sitemap",
            url=f"{_ROOT}/sitemap/sitemap-{{year}}-{{month:02d}}.xml.gz",
            language="uk",  # holds all three editions, each address with its translations
            use="past",
            may_be_blocked=True,
        ),
        *(
            Index(
                kind="day_list",
                url=f"{_ROOT}{prefix}/news/date_{{day:02d}}{{month:02d}}{{year}}/",
                language=language,
                item="div.article_news_list",
                may_be_blocked=True,
            )
            for language, prefix in (("uk", ""), ("en", "/eng"), ("ru", "/rus"))
        ),
    ),
    article_url=(
        rf"^https?://(?:www\.|m\.)?pravda\.com\.ua/(?:eng/|rus/)?{_SECTION}/{_DAY}/\d+/?(?:index\.amp)?(?:[?#].*)?$",
    ),
    not_article_url=(
        r"/(?:tags|authors|rss|cdn|archives|search|main-articles|projects|view_comments)(?:/|$)",
        r"\.ua/(?:eng/|rus/)?(?:news|articles|columns|interview|podcasts)/?(?:(?:date|page)_\d+/?)?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/news/2026/11/03/8061204/",
        f"{_ROOT}/eng/news/2026/11/3/8061204/",
        f"{_ROOT}/rus/articles/2026/11/03/8061300/index.amp",
        f"{_ROOT}/podcasts/podkast-o-politytsi/2026/11/03/8061301/",
        f"{_ROOT}/columns/2026/11/03/8061302/",
        "http://www.pravda.com.ua/news/2016/02/20/7099999/",
    ),
    id_in_url=rf"/{_DAY}/(\d+)",
    body=("div.post_news_text", "div.post_article_text", "div.post_text", "div.post__text", "div.post_news__text"),
    title=("h1.post_news_title", "h1.post_article_title", "h1.post_title", "h1.post__title", "h1.post_news__title"),
    date=("div.post_news_date", "span.post_author_date", "div.post_time", "div.post__time", "div.post_news__date"),
    author=("span.post_news_author", "span.post_author a", "span.post_author", "span.post__author"),
    tags=("div.post_news_tags a", "div.post_article_tags a", "div.post_tags a", "div.post__tags a"),
    caption=(
        "div.post_news_photo_captain",
        "div.post_news_photo_source",
        "div.post_article_header_media_source",
        "div.post_photo_author",
        "div.post_news__photo__author",
        "div.image-box__author",
        "div.image-box__caption",
    ),
    clutter=(
        "div.advtext, div.advtext_mob, div.advtext1",
        "div.nts-ad, div.nts-video-wrapper, div.UPR_ITA",
        "aside",
        "div.post_news_tags, div.post_article_tags, div.post_tags, div.post__tags",
        "div.block_related, div.post__report, div.post__social",
        "div.image-box__author, div.post_news_photo_source, div.post_article_header_media_source",
        "comentario-comments",
    ),
    clutter_lines=(
        r"Реклама:",
        r"Посилання скопійовано|Ссылка скопирована|Link copied",
        r"(?:Support UP or become our patron|Support Ukrainska Pravda|Support UP)\b.{0,60}",
        r"(?:Follow|Subscribe to) (?:us|Ukrainska Pravda|our [\w-]+)\b.{0,60}",
        r"Ukrainska Pravda is the place where you will find .*",
        r"Шановні читачі, просимо дотримуватись\s*Правил коментування.?",
        r"Уважаемые читатели, просим соблюдать\s*Правила комментирования.?",
        rf"{_NAMES}, (?:спеціально |специально )?(?:для )?{_HOUSE}\.?",
        r"date \d{4}-\d{2}-\d{2} All Sections",
    ),
    house_marks=(
        rf"(?m)^{_BYLINE} *$",
        rf"(?m)^(?:Source|Джерело|Источник) *: [^\n]+\n(?:[^\n]*\n)*?{_LATER_LABEL}[^:\n]{{0,40}}:",
        r"(?m)^(?:Support UP or become our patron|Ukrainska Pravda is the place where you will find)",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=250,
        articles_max=700,
        always=("title", "published_at", "published_minute"),
        never_empty=("feed",),
    ),
    facts=(
        Fact(what="Article addresses and one number for all editions", confidence="high", seen_on="2026-08-14"),
        Fact(what="Body post_news_text (news from 2025)", confidence="high", seen_on="2025-12-01"),
        Fact(what="Body post_article_text (articles from 2025)", confidence="high", seen_on="2026-01-08"),
        Fact(what="Body post_text with post_time and post_author (2021-2024)", confidence="high", seen_on="2024"),
        Fact(
            what="Body post_news__text, windows-1251, visible date only (2016)",
            confidence="medium",
            seen_on="2016-01-14",
        ),
        Fact(what="Feeds hold 20 items with the full text", confidence="high", seen_on="2026-09-22"),
        Fact(
            what="Month sitemaps and day lists answer plain clients with 403", confidence="medium", seen_on="2026-09-22"
        ),
        Fact(what="Podcast addresses carry the show's name before the date", confidence="medium", seen_on="2025-12"),
        Fact(what="About 145 news and 20 longer pieces a day and edition", confidence="low", seen_on="2025-12"),
    ),
)
"""The outlet."""
