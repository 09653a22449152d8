"""President of Ukraine: official releases, the primary source of Kyiv's side. Often refuses plain clients."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.president.gov.ua"
_HOSTS = ("www.president.gov.ua", "president.gov.ua")
_DATED = "date-from={day:02d}-{month:02d}-{year}&date-to={day:02d}-{month:02d}-{year}&page={page}"
_MONTH_EN = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH_UK = "(?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня)"

OUTLET = Outlet(
    slug="president",
    name="President of Ukraine",
    names=("Президент України", "Офіс Президента", "Office of the President of Ukraine", "president.gov.ua"),
    homepage=f"{_ROOT}/",
    kind="government",
    side="UA",
    tier="primary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="en", hosts=_HOSTS, path_prefix="/en"),
        Edition(language="ru", hosts=_HOSTS, path_prefix="/ru"),
    ),
    rights="Creative Commons Attribution 4.0 unless a page says otherwise",
    indexes=tuple(
        index
        for language, prefix in (("uk", ""), ("en", "/en"))
        for index in (
            Index(
                kind="feed",
                url=f"{_ROOT}{prefix}/rss/news/all.rss",
                language=language,
                use="night",
                may_be_blocked=True,
            ),
            Index(
                kind="day_list",
                url=f"{_ROOT}{prefix}/news/all?{_DATED}",
                language=language,
                item="div.item_stat",
                may_be_blocked=True,
            ),
        )
    ),
    article_url=(r"^https?://(?:www\.)?president\.gov\.ua/(?:(?:en|ru)/)?news/[^/?#]+-\d+/?(?:[?#].*)?$",),
    not_article_url=(
        r"/(?:documents|petitions|photos|videos|administration|search|rss)(?:/|$)",
        r"/news/(?:all|last|speeches)(?:[/?#]|$)",
    ),
    examples=(
        f"{_ROOT}/news/volodimir-zelenskij-prijnyav-ministra-101234",
        f"{_ROOT}/en/news/volodimir-zelenskij-prijnyav-ministra-101234",
        f"{_ROOT}/ru/news/vladimir-zelenskij-prinyal-ministra-51234",
    ),
    id_in_url=r"/news/[^/?#]+-(\d+)/?(?:[?#].*)?$",
    body=("div.article_content",),
    title=("div.article h1", "h1"),
    date=("div.article p.date", "h1 + .date", "p.date"),
    tags=("div.article_tags a", "div.tags a"),
    caption=("div.article_photo_caption", "figcaption"),
    clutter=("div.share_block", "div.article_share", "div.article_gallery", "form", "div.related_news"),
    clutter_lines=(
        r"(?:Теги|Tags)\s*:.*",
        r"(?:Поділитись|Поділитися|Share)\s*:?",
        r"(?:Версія для друку|Print version)",
    ),
    house_marks=(
        rf"(?m)^\d{{1,2}} {_MONTH_EN} \d{{4}} [-–] \d{{2}}:\d{{2}} *$",
        rf"(?m)^\d{{1,2}} {_MONTH_UK} \d{{4}} року [-–] \d{{2}}:\d{{2}} *$",
        r"(?m)[—–-] Офіційне інтернет-представництво *$",
        r"(?m)[—–-] Official website of the President of Ukraine *$",
    ),
    crawl_delay=3.0,
    known_to_block=True,
    expectation=Expectation(
        articles_min=3,
        articles_max=30,
        always=("title", "published_at", "published_minute"),
        never_empty=("feed",),
    ),
    facts=(
        Fact(what="Article addresses; one slug and number for both editions", confidence="high", seen_on="2024-10"),
        Fact(
            what="Body div.article_content, date '28 June 2022 - 20:15' in Kyiv time",
            confidence="high",
            seen_on="2024-10",
        ),
        Fact(what="Lists by day with pages until no .item_stat is left", confidence="high", seen_on="2024-10"),
        Fact(what="Plain clients get 403 on pages and feeds", confidence="high", seen_on="2026-06"),
        Fact(what="Russian edition was given up; old pages remain", confidence="medium"),
        Fact(what="Number of releases a day", confidence="low"),
    ),
)
"""The outlet."""
