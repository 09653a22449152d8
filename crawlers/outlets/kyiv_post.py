"""Kyiv Post: English, a part of it in Ukrainian; numbered addresses since 2022, slugs of an older site before."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.kyivpost.com"
_SITE = r"^https?://(?:(?:www|fu)\.)?kyivpost\.com\.?/"

OUTLET = Outlet(
    slug="kyiv-post",
    name="Kyiv Post",
    names=("KyivPost", "kyivpost.com"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="en", hosts=("www.kyivpost.com", "kyivpost.com"), mirrors=("fu.kyivpost.com",)),
        Edition(
            language="uk",
            hosts=("www.kyivpost.com", "kyivpost.com"),
            mirrors=("fu.kyivpost.com",),
            path_prefix="/uk",
        ),
    ),
    rights="Not known; ask the outlet before publishing anew",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/feed", language="en", use="night"),
        Index(kind="feed", url=f"{_ROOT}/uk/feed", language="uk", use="night"),
        Index(kind="sitemap_index", url=f"{_ROOT}/sitemap.xml", language="en", use="past", may_be_blocked=True),
        Index(kind="page_list", url=f"{_ROOT}/opinions/all?page={{page}}", language="en", use="past"),
    ),
    article_url=(
        rf"{_SITE}(?:uk/)?(?:post|analysis|opinion|videos|thought-leadership)/\d+/?(?:[?#].*)?$",
        rf"{_SITE}(?:[a-z0-9-]+/)+[a-z0-9]+(?:-[a-z0-9]+)+\.html(?:[?#].*)?$",
    ),
    not_article_url=(
        r"kyivpost\.com\.?/(?:uk/)?(?:topic|topics|category|tag|author|authors|search|feed)(?:[/?]|$)",
        r"kyivpost\.com\.?/(?:uk/)?[a-z-]+/all/?(?:[?#].*)?$",
        r"kyivpost\.com\.?/(?:uk/)?[a-z-]+/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/post/84001",
        f"{_ROOT}/analysis/84002/",
        f"{_ROOT}/opinion/84003",
        f"{_ROOT}/videos/84004",
        f"{_ROOT}/thought-leadership/84007",
        f"{_ROOT}/uk/post/17005",
        "https://fu.kyivpost.com/post/84001",
        f"{_ROOT}/ukraine-politics/an-old-story-about-guarantees.html",
    ),
    body=("div#post-content", "section#section_0", "div.single-article"),
    date=("div.post-info", "div.time"),
    author=("a.post-author-name", "div.post-author-block a"),
    tags=("a.label.mainlabel",),
    caption=("figcaption",),
    clutter=(
        "div.post-label-and-topic, div.sidebar-start",
        "div.ad_between_paragraphs, #insert-post-by-topic",
        ".correction, #correction",
        "div.post-author-block, div.post-info",
    ),
    clutter_lines=(
        r"(?:EXCLUSIVE|editor[`'’]?s choice)",
        r"Comments? ?\( ?\d+ ?\)",
        r"This comment contains spoilers\. Click here if you want to read\.",
    ),
    house_marks=(r"(?m)^Other Topics of Interest *$",),
    crawl_delay=2.0,
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed",)),
    facts=(
        Fact(
            what="Numbered addresses; the numbers rise with time: 11115 in January 2023, 84775 in September 2026",
            confidence="high",
            seen_on="2026-09",
        ),
        Fact(what="fu.kyivpost.com and the host with a dot at its end show the same pages", confidence="medium"),
        Fact(
            what="Feeds of both editions; they carry texts of Interfax-Ukraine too",
            confidence="medium",
            seen_on="2026-09-19",
        ),
        Fact(what="Ukrainian pages under /uk/, a part of the English ones", confidence="medium"),
        Fact(what="Body div#post-content, in div.single-article", confidence="medium"),
        Fact(
            what="Body section#section_0, author a.post-author-name, 'Oct. 29, 2022, 10:37 am' in div.post-info",
            confidence="medium",
            seen_on="2024",
        ),
        Fact(what="A card 'Other Topics of Interest' in mid-text (#insert-post-by-topic)", confidence="medium"),
        Fact(what="div.correction is a form to report mistakes, not a correction", confidence="medium"),
        Fact(what="Numbered lists of sections; that of opinions was seen", confidence="medium"),
        Fact(what="sitemap.xml is an index of sitemaps", confidence="low"),
        Fact(
            what="Slugs ending in .html on the site of before 2022; whether they still answer is not known",
            confidence="low",
            seen_on="2021",
        ),
        Fact(what="/topic/ and a number is taken for a list of articles", confidence="low"),
        Fact(what="unknown: whether both editions share a number", confidence="low"),
        Fact(what="unknown: numbered list of all news, rights, number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
