"""Hromadske: public-interest news site in three languages, one number for all translations of an article."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://hromadske.ua"
_HOSTS = ("hromadske.ua",)
_MIRRORS = ("www.hromadske.ua",)

OUTLET = Outlet(
    slug="hromadske",
    name="Hromadske",
    names=("Громадське", "Громадське Телебачення", "Громадское", "hromadske.ua"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, mirrors=_MIRRORS),
        Edition(language="en", hosts=_HOSTS, mirrors=_MIRRORS, path_prefix="/en"),
        Edition(language="ru", hosts=_HOSTS, mirrors=_MIRRORS, path_prefix="/ru"),
    ),
    rights="unknown",
    indexes=(
        Index(
            kind="month_sitemap",
            url=f"{_ROOT}/sitemaps/posts/{{year}}/{{month}}.xml",
            language="uk",  # holds all three editions, an address with its translations
        ),
    ),
    article_url=(
        r"^https?://(?:www\.)?hromadske\.ua/(?:amp/)?(?:(?:ru|en)/)?[a-z]+(?:-[a-z]+)*/\d{4,}-[^/?#]+/?(?:[?#].*)?$",
        r"^https?://(?:www\.)?hromadske\.ua/(?:amp/)?(?:(?:ru|en)/)?posts/[a-z0-9]+(?:-[a-z0-9]+)+/?(?:[?#].*)?$",
    ),
    not_article_url=(
        r"hromadske\.ua/(?:amp/)?(?:(?:ru|en)/)?(?:tags?|authors?|rubrics|genre|sitemaps|search|static)(?:/|$)",
        r"hromadske\.ua/(?:(?:ru|en)/)?[a-z]+(?:-[a-z]+)*/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/polityka/271001-norvehiia-hotuye-chastynu-umov",
        f"{_ROOT}/en/war/271001-norway-drafts-its-part-of-the-terms",
        f"{_ROOT}/ru/voyna/271001-norvehiia-gotovit-chast-usloviy",
        f"{_ROOT}/amp/polityka/271001-norvehiia-hotuye-chastynu-umov",
        f"{_ROOT}/posts/yak-pracyuvatimut-garantiyi-bezpeki",
        f"{_ROOT}/ru/posts/kak-budut-rabotat-garantii-bezopasnosti",
    ),
    id_in_url=r"hromadske\.ua/(?:amp/)?(?:(?:ru|en)/)?[a-z-]+/(\d{4,})-",
    body=("div.s-content",),
    title=("h1.c-heading__title",),
    date=("time.c-post-header__date",),
    author=(
        "div.c-post-header__authors a.c-post-author__name",
        "div.s-content > p:last-of-type",  # "Авторка: …"; the box below the text names the editor on duty
    ),
    tags=("div.c-tags a",),
    caption=("figcaption.c-post-image__caption",),
    clutter=(
        "aside.c-read-more",
        "div.nts-ad",
        "div.c-post-contributors, div.c-subscribe-links, div.c-tags, div.l-article__aside",
    ),
    clutter_lines=(r"читайте також ?:",),
    house_marks=(r"\A[^\n]{15,220} \| hromadske *(?:\n|$)",),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=25,
        always=("title", "published_at", "published_minute", "section"),
    ),
    facts=(
        Fact(
            what="Article addresses: section, number, slug; number shared by translations, section and slug not",
            confidence="high",
            seen_on="2025-12-05",
        ),
        Fact(what="Addresses /posts/ without a number are older and still linked", confidence="medium", seen_on="2025"),
        Fact(
            what="Month sitemaps since 2013-11, month without zero, with all three editions and their translations",
            confidence="high",
            seen_on="2025-12-05",
        ),
        Fact(what="Some entries of a month sitemap carry no lastmod", confidence="high", seen_on="2025-12-05"),
        Fact(what="No feed was found to work, /feed neither", confidence="medium", seen_on="2026-06"),
        Fact(
            what="Body div.s-content; the lead div.o-lead and the picture stand inside it",
            confidence="high",
            seen_on="2025-12-05",
        ),
        Fact(
            what="JSON-LD names no author but the editor as contributor; the author is named in the"
            " last line, and where nobody is, the editor stands for one",
            confidence="high",
            seen_on="2025-12-05",
        ),
        Fact(what="Head links name the translations of an article that has some", confidence="medium", seen_on="2025"),
        Fact(what="Authors of longer texts stand in the article's header", confidence="low"),
        Fact(what="/amp/ before an English or Russian address", confidence="low"),
        Fact(what="The same pages answer at www.", confidence="low"),
        Fact(
            what="56 to 84 addresses of all editions changed on a weekday; weekends are not known",
            confidence="medium",
            seen_on="2025-12",
        ),
        Fact(what="unknown: layout before 2025", confidence="low"),
        Fact(what="unknown: rights and terms of use", confidence="low"),
    ),
)
"""The outlet."""
