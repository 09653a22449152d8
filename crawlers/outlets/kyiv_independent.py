"""The Kyiv Independent: English only; WordPress until early 2023, Ghost since."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://kyivindependent.com"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_OLD_SECTION = r"(?:uncategorized|national|news-feed|opinion|nobot|business|culture|hot-topic|investigations)"

OUTLET = Outlet(
    slug="kyiv-independent",
    name="The Kyiv Independent",
    names=("Kyiv Independent", "KI", "kyivindependent.com"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(Edition(language="en", hosts=("kyivindependent.com", "www.kyivindependent.com")),),
    rights="All rights reserved; quoting with a link to the page",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/news-archive/rss/", language="en", use="night"),
        Index(
            kind="page_list",
            url=f"{_ROOT}/news-archive/page/{{page}}/",
            language="en",
            item="article.archiveCard",
        ),
    ),
    article_url=(
        rf"^https?://(?:www\.)?kyivindependent\.com/(?:{_OLD_SECTION}/)?[a-z0-9]+(?:-[a-z0-9]+)+/?(?:[?#].*)?$",
    ),
    not_article_url=(
        r"kyivindependent\.com/(?:tag|tags|author|page|assets|content|membership|donate|store|about|team|newsletters?)(?:/|$)",
        r"kyivindependent\.com/(?:news-archive|news-feed|privacy-policy|terms-and-conditions|terms-of-use)/?(?:[?#].*)?$",
        r"kyivindependent\.com/(?:editorial-policy|code-of-conduct|about-us|contact-us|editors-picks)/?(?:[?#].*)?$",
        r"kyivindependent\.com/(?:news-archive|[a-z-]+)/(?:rss|page)(?:/|$)",
    ),
    examples=(
        f"{_ROOT}/ireland-agrees-text-of-security-deal",
        f"{_ROOT}/ireland-agrees-text-of-security-deal/",
        f"{_ROOT}/news-feed/what-happened-on-day-300/",
        "https://www.kyivindependent.com/national/what-a-promise-is-worth/",
    ),
    body=("div.c-content", "div.entry-content", "div.post-content"),
    title=("h1.c-header__title", "h1.c-article__title", "h1.entry-title", "article h1"),
    date=("time.c-article__date", "time.entry-date", "article time[datetime]"),
    author=("a[href*='/author/']",),
    section=("a.c-article__tag", "a[rel~='category']"),
    caption=("figcaption",),
    clutter=(
        "div.kg-bookmark-card, figure.kg-bookmark-card, div.kg-signup-card, div.kg-button-card, div.kg-cta-card",
        "aside, form, nav, iframe",
        "div.c-newsletter, div.c-author, div.c-related, div.c-related-card, div.c-membership, div.c-audio",
        "div.sharedaddy, div.jp-relatedposts",
    ),
    clutter_lines=(
        r"This audio is created with AI assistance",
        r"\d+ min(?:ute)? read",
        r"(?:NEWS FEED|News Feed|MORE NEWS|Editors' Picks|Show More|Show less|Edit post|Skip to content|Avatar)",
        r"Join [\d,]+\+? Kyiv Independent members.*",
        r"Support (?:our reporting|our war crimes investigations unit|independent journalism in Ukraine)\b.{0,60}",
        r"Want to partner with the Kyiv Independent\?.*",
        r"(?:Note from the author: ?)?(?:Hi|Hello)\b.*\b(?:becom(?:e|ing) a member|support(?:ing)? (?:us|our))\b.*",
        r"The Power Within: The Kyiv Independent’s first-ever magazine.*",
        r"(?:Successfull?y subscribed|Subscribe to Ukraine Daily.*|Top News in Your Mailbox|\* indicates required)",
        r"Thank you for signing up for this newsletter\..*",
    ),
    desks=("The Kyiv Independent news desk", "Kyiv Independent news desk"),
    house_marks=(
        rf"(?m)^[Bb]y .{{3,120}}? ?{_MONTH} \d{{1,2}}, \d{{4}} \d{{1,2}}:\d{{2}} [AP]M(?: [•·]? ?\d+ min read)? *$",
        r"(?mi)^(?:by )?the kyiv independent news desk\b",
        r"(?mi)^join [\d,]+\+? kyiv independent members\b",
        r"(?m)^Want to partner with the Kyiv Independent\?",
        r"(?m)^The Power Within: The Kyiv Independent",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=15,
        articles_max=80,
        always=("title", "published_at", "published_minute", "authors"),
        never_empty=("feed", "page_list"),
    ),
    facts=(
        Fact(what="Only /news-archive/rss/ works as a feed", confidence="high", seen_on="2026-09-13"),
        Fact(what="An address is a bare slug without day or number", confidence="high", seen_on="2026"),
        Fact(what="Old section addresses (WordPress, 2021 to early 2023)", confidence="medium", seen_on="2023"),
        Fact(what="List cards carry the moment in data-archive-id", confidence="medium", seen_on="2025-06"),
        Fact(what="Body div.c-content; metadata times in UTC", confidence="medium", seen_on="2025-06"),
        Fact(what="Body of the WordPress pages", confidence="low"),
        Fact(what="Number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
