"""European Pravda: Ukraine's relations with Europe and NATO, three editions under one host of the Pravda group."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.eurointegration.com.ua"
_HOSTS = ("www.eurointegration.com.ua", "eurointegration.com.ua")
_SECTION = "(?:news|articles|interview|experts|columns)"
_DAY = r"\d{4}/\d{1,2}/\d{1,2}"
_WORD = r"(?-i:[A-ZА-ЯЄІЇҐЁ])[\w’'ʼ-]+"
_POST = r"(?:журналіст|журналістка|редактор|редакторка|експерт|експертка) [«\"]Європейської правди[»\"]"
_NAMES = rf"{_WORD}(?: {_WORD}){{1,2}}(?:, {_WORD}(?: {_WORD}){{1,2}})*"

OUTLET = Outlet(
    slug="european-pravda",
    name="European Pravda",
    names=("Європейська правда", "Европейская правда", "ЄвроПравда", "eurointegration.com.ua"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="en", hosts=_HOSTS, path_prefix="/eng"),
        Edition(language="ru", hosts=_HOSTS, path_prefix="/rus"),
    ),
    sister_hosts=("www.pravda.com.ua", "epravda.com.ua", "www.epravda.com.ua"),
    rights="unknown",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss/", language="uk", use="night"),
        Index(kind="feed", url=f"{_ROOT}/rss/view_news/", language="uk", use="night"),
        Index(kind="feed", url=f"{_ROOT}/eng/rss/", language="en", use="night"),
        Index(
            kind="day_list",
            url=f"{_ROOT}/archives/date_{{day:02d}}{{month:02d}}{{year}}/",
            language="uk",
            use="past",
            may_be_blocked=True,
        ),
    ),
    article_url=(
        rf"^https?://(?:www\.)?eurointegration\.com\.ua/(?:eng/|rus/)?{_SECTION}/{_DAY}/\d+/?(?:index\.amp)?(?:[?#].*)?$",
    ),
    not_article_url=(
        r"/(?:tags|authors|rss|rss-info|archives|search|cdn|projects|view_comments)(?:/|$)",
        rf"\.ua/(?:eng/|rus/)?{_SECTION}/?(?:(?:date|page)_\d+/?)?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/news/2026/11/3/7299101/",
        f"{_ROOT}/eng/articles/2026/11/03/7299102/",
        f"{_ROOT}/rus/interview/2025/9/12/7299103/",
        f"{_ROOT}/experts/2024/02/9/7299104/",
        f"{_ROOT}/eng/columns/2023/1/17/7299105/index.amp",
    ),
    body=("div.post_news_text", "div.post_article_text", "div.post_text", "div.post__text"),
    date=("div.post_news_date", "div.post_article_date", "div.post__time"),
    author=("span.post_news_author", "span.post_author", "span.post__author"),
    tags=("div.post_news_tags a", "div.post_article_tags a", "div.post__tags a"),
    caption=("div.post_news_photo_captain", "div.post_news_photo_source", "div.image-box__caption"),
    clutter=(
        "div.advtext, div.advtext_mob, div.advtext_desk, div.nts-ad, div.nts-video-wrapper",
        "div.image-box__author",
    ),
    clutter_lines=(rf"{_POST}\.?",),
    house_marks=(
        rf"(?m)^{_NAMES}, [«\"](?:Європейська правда|Европейская правда|European Pravda)[»\"] *$",
        rf"(?m)^(?:Автор: {_NAMES}, *)?{_POST} *$",
    ),
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed",)),
    facts=(
        Fact(what="Article addresses; the day is often without its zero", confidence="high", seen_on="2026-09-13"),
        Fact(what="Russian edition under /rus/ still publishes", confidence="medium", seen_on="2026-09-13"),
        Fact(what="Feeds /rss/, /rss/view_news/ and /eng/rss/ hold items", confidence="medium", seen_on="2026"),
        Fact(what="Day lists /archives/date_DDMMYYYY/; their markup is unknown", confidence="low"),
        Fact(what="Body div.post__text, shared with the group's other papers", confidence="medium", seen_on="2023"),
        Fact(what="Body post_news_text, as in the group's papers since 2025: inferred", confidence="low"),
        Fact(what="unknown: whether the editions share the number in the address", confidence="low"),
        Fact(what="Articles are signed on the last lines with a name and the paper's: inferred", confidence="low"),
        Fact(what="unknown: rights; a feed of the Russian edition; number of articles a day", confidence="low"),
        Fact(what="Lists may refuse plain clients, as those of the group do: inferred", confidence="low"),
    ),
)
"""The outlet."""
