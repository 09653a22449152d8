"""ZN.UA (Dzerkalo Tyzhnia): Ukrainian, Russian and English sections of one host, addresses without day or number."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://zn.ua"
_HOSTS = ("zn.ua", "www.zn.ua")

OUTLET = Outlet(
    slug="zn-ua",
    name="ZN.UA",
    names=("Дзеркало тижня", "Зеркало недели", "Dzerkalo Tyzhnia", "ДТ", "zn.ua", "Mirror of the Week"),
    homepage=f"{_ROOT}/ukr/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, path_prefix="/ukr"),
        Edition(language="ru", hosts=_HOSTS),
        Edition(language="en", hosts=_HOSTS, path_prefix="/eng"),
    ),
    sister_hosts=("dt.ua",),
    rights="Not known; ask the outlet before publishing anew",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/ukr/rss/full.rss", language="uk", use="night", may_be_blocked=True),
        Index(kind="feed", url=f"{_ROOT}/rus/rss/full.rss", language="ru", use="night", may_be_blocked=True),
        Index(
            kind="day_list",
            url=f"{_ROOT}/ukr/all-news/date={{year}}-{{month:02d}}-{{day:02d}}",
            language="uk",
            item="div.news_list div.news_block_item",
            may_be_blocked=True,
        ),
        Index(
            kind="day_list",
            url=f"{_ROOT}/all-news/?page={{page}}&date={{year}}-{{month:02d}}-{{day:02d}}",
            language="ru",
            item="div.news_list div.news_block_item",
            use="past",
            may_be_blocked=True,
        ),
    ),
    article_url=(r"^https?://(?:www\.)?zn\.ua/(?:(?:ukr|rus|eng)/)?[A-Za-z][A-Za-z_-]*/[^/?#]+\.html(?:[?#].*)?$",),
    not_article_url=(
        r"zn\.ua/(?:(?:ukr|rus|eng)/)?(?:all-news|authors?|tags?|search|rss|static|img)(?:[/?]|$)",
        r"zn\.ua/(?:(?:ukr|rus|eng)/)?[A-Za-z_-]+/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/ukr/POLITICS/shcho-stojit-za-slovom-harantiji.html",
        f"{_ROOT}/POLITICS/chto-stoit-za-slovom-harantii.html",
        f"{_ROOT}/eng/POLITICS/what-stands-behind-the-word-guarantees.html",
        f"{_ROOT}/ukr/HISTORY/stara-stattya-333001_.html",
    ),
    body=("div.article_body",),
    title=("h1.title",),
    author=("div.article_author a", "a.author"),
    section=("ol.breadcrumb_main li[itemprop='itemListElement']:last-child span",),
    clutter=(
        "div.telegram, div.mist_block, div.top_social_holder, div.questionnaire",
        "div.auth_articles_block, div.special_theme_news_block, div.article_attached, div.article_left",
        "div.nts-video-wrapper",
        "a[class^='news_zn_']",
    ),
    crawl_delay=3.0,
    known_to_block=True,
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed",)),
    facts=(
        Fact(
            what="An address is section and slug; older ones end in a number and '_'",
            confidence="high",
            seen_on="2022-12",
        ),
        Fact(what="Full feeds of the Ukrainian and the Russian edition", confidence="medium"),
        Fact(
            what="Day list of the Ukrainian edition: div.news_block_item, its time in the attribute data-type",
            confidence="medium",
            seen_on="2021",
        ),
        Fact(what="The form of the day in the address of day lists (year-month-day)", confidence="low"),
        Fact(what="Older numbered day list of the Russian edition", confidence="low"),
        Fact(
            what="A day of several lists leads on by 'div.navigate span.next a' without rel",
            confidence="medium",
            seen_on="2021",
        ),
        Fact(what="Body div.article_body; date and authors in JSON-LD", confidence="medium"),
        Fact(what="Cloudflare may refuse plain clients", confidence="medium"),
        Fact(what="The Ukrainian edition once lived on dt.ua", confidence="low", seen_on="2021"),
        Fact(what="unknown: which editions have an article; it has no number to pair them by", confidence="low"),
        Fact(what="unknown: list and feed of the English edition, rights, number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
