"""Ministry of Foreign Affairs of Ukraine, with embassies of guarantor states: statements in the state's own words."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://mfa.gov.ua"
_MISSIONS = (
    "canada",
    "france",
    "germany",
    "india",
    "ireland",
    "italy",
    "japan",
    "latvia",
    "poland",
    "sweden",
    "uk",
    "usa",
)
_HOSTS = ("mfa.gov.ua", "www.mfa.gov.ua", *(f"{mission}.mfa.gov.ua" for mission in _MISSIONS))
_SITE = rf"^https?://(?:(?:www|{'|'.join(_MISSIONS)})\.)?mfa\.gov\.ua"

OUTLET = Outlet(
    slug="mfa",
    name="Ministry of Foreign Affairs of Ukraine",
    names=("Міністерство закордонних справ України", "МЗС України", "МЗС", "MFA of Ukraine", "MFA", "mfa.gov.ua"),
    homepage=f"{_ROOT}/",
    kind="government",
    side="UA",
    tier="primary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="en", hosts=_HOSTS, path_prefix="/en"),
    ),
    rights="Not known; ask the ministry before publishing anew",
    indexes=tuple(
        Index(
            kind="page_list",
            url=f"{_ROOT}{prefix}/timeline?type=posts&category_id=2&page={{page}}",
            language=language,
            may_be_blocked=True,
        )
        for language, prefix in (("uk", ""), ("en", "/en"))
    ),
    article_url=(rf"{_SITE}/(?:en/)?news/[^/?#]+/?(?:[?#].*)?$",),
    not_article_url=(
        rf"{_SITE}/(?:en/)?(?:timeline|press-center|embassies|consular-affairs|storage|search|api|rss)(?:[/?#]|$)",
        rf"{_SITE}/(?:en/)?news/(?:rss|page|search)(?:[/?#]|$)",
        rf"{_SITE}/(?:en/)?news/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/news/zayava-mzs-ukrayini-shchodo-bezpekovoyi-ugodi-z-irlandiyeyu",
        f"{_ROOT}/en/news/zayava-mzs-ukrayini-shchodo-bezpekovoyi-ugodi-z-irlandiyeyu",
        "https://ireland.mfa.gov.ua/en/news/ambassador-meets-committee-dublin",
    ),
    body=("div.editor-content, article.editor-content", "div.article__content", "#layout-content article"),
    clutter=("div.share-buttons", "div.tags, ul.tags"),
    crawl_delay=3.0,
    known_to_block=True,
    expectation=Expectation(always=("title", "published_at")),
    facts=(
        Fact(what="Addresses /news/slug and /en/news/slug, also of embassies", confidence="high", seen_on="2026"),
        Fact(
            what="English pages keep the Ukrainian words in the address; whether both share it is unknown",
            confidence="medium",
            seen_on="2025-01",
        ),
        Fact(
            what="List /timeline?type=posts, news are category 2; filled in by a script from /api/timeline, which "
            "names address and headline by day",
            confidence="medium",
            seen_on="2026",
        ),
        Fact(what="The same list in English, inferred from the Government portal's", confidence="low"),
        Fact(
            what="Body .editor-content, else .article__content; .share-buttons and .tags stand inside",
            confidence="medium",
            seen_on="2026",
        ),
        Fact(
            what="Plain clients get 403 on every address; there is no feed", confidence="medium", seen_on="2026-03-19"
        ),
        Fact(
            what="Hosts of twelve embassies; other missions have hosts of their own, which are not listed",
            confidence="medium",
            seen_on="2026",
        ),
        Fact(what="Old addresses /en/press-center/news/number-slug are not read", confidence="low", seen_on="2014"),
        Fact(what="Form of day and time on a page, inferred", confidence="low"),
        Fact(what="unknown: rights, number of articles a day, embassies' lists", confidence="low"),
    ),
)
"""The outlet."""
