"""Cabinet of Ministers of Ukraine: the Government portal's news. Often shows a captcha to plain clients."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.kmu.gov.ua"
_HOSTS = ("www.kmu.gov.ua", "kmu.gov.ua")
_SITE = r"^https?://(?:www\.)?kmu\.gov\.ua"
_DESK = "Департамент інформації та комунікацій з громадськістю Секретаріату Кабінету Міністрів України"

OUTLET = Outlet(
    slug="kmu",
    name="Cabinet of Ministers of Ukraine",
    names=("Кабінет Міністрів України", "Кабмін", "Уряд України", "Урядовий портал", "Government portal", "KMU"),
    homepage=f"{_ROOT}/",
    kind="government",
    side="UA",
    tier="primary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="en", hosts=_HOSTS, path_prefix="/en"),
    ),
    rights="Creative Commons Attribution 4.0 International unless a page says otherwise",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/api/rss", language="uk", use="night", may_be_blocked=True),
        *(
            Index(
                kind="page_list",
                url=f"{_ROOT}{prefix}/timeline?type=posts{category}&page={{page}}",
                language=language,
                may_be_blocked=True,
            )
            for language, prefix, category in (("uk", "", "&category_id=3"), ("en", "/en", ""))
        ),
        Index(kind="sitemap_index", url=f"{_ROOT}/sitemap.xml", language="uk", use="past", may_be_blocked=True),
    ),
    article_url=(rf"{_SITE}/(?:en/)?news/[^/?#]+/?(?:[?#].*)?$",),
    not_article_url=(
        rf"{_SITE}/(?:en/)?(?:timeline|npas|npasearch|petitions|storage|search|team|api|contact)(?:[/?#]|$)",
        rf"{_SITE}/(?:en/)?news/(?:rss|page|search)(?:[/?#]|$)",
        rf"{_SITE}/(?:en/)?news/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/news/uriad-skhvalyv-tekst-bezpekovoi-uhody-z-danii",
        f"{_ROOT}/en/news/uriad-skhvalyv-tekst-bezpekovoi-uhody-z-danii",
        "https://kmu.gov.ua/news/240000001",
    ),
    id_in_url=rf"{_SITE}/(?:en/)?news/([^/?#]+)",
    body=("div.editor-content", "div.article__content", "article"),
    clutter=("div.share-buttons", "div.tags, ul.tags"),
    clutter_lines=(
        r"Весь контент доступний за ліцензією\b.*",
        r"(?:Міністерство|Ministry of) [\w’'ʼ ,-]{3,80} (?:України|Ukraine)",
        _DESK,
    ),
    house_marks=(rf"(?m)^{_DESK} *$",),
    crawl_delay=3.0,
    known_to_block=True,
    expectation=Expectation(always=("title", "published_at")),
    facts=(
        Fact(
            what="Addresses /news/slug and /en/news/slug, older ones a bare number", confidence="high", seen_on="2026"
        ),
        Fact(what="Feed /api/rss", confidence="medium", seen_on="2026"),
        Fact(
            what="List /timeline?type=posts, news are category 3; answered with 200 to a browser's name",
            confidence="medium",
            seen_on="2026-03-19",
        ),
        Fact(
            what="The list is filled in by a script; its page may come without any address",
            confidence="medium",
            seen_on="2026-09",
        ),
        Fact(what="sitemap.xml leads on to sitemaps with news addresses", confidence="medium", seen_on="2026-09"),
        Fact(what="Pages of the list /en/timeline", confidence="low", seen_on="2026-03-19"),
        Fact(
            what="English pages keep the Ukrainian words in the address; that both share it is inferred",
            confidence="low",
            seen_on="2026-09",
        ),
        Fact(
            what="A line names who wrote it: the Secretariat's department or a ministry; the footer the licence",
            confidence="medium",
            seen_on="2026-09",
        ),
        Fact(
            what="Body div.editor-content, inferred from the foreign ministry's pages of the same making",
            confidence="low",
        ),
        Fact(what="Day and time as 'Опубліковано 3 листопада 2026 року, о 16:40', inferred", confidence="low"),
        Fact(
            what="Radware captcha on articles and feed; certificate chain without its middle part",
            confidence="medium",
            seen_on="2026-06",
        ),
        Fact(
            what="Robots file asks for a second between requests and rules out /api",
            confidence="medium",
            seen_on="2026-09",
        ),
        Fact(what="unknown: number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
