"""Detector Media: watches the media; Ukrainian, with MediaSapiens on a host of its own and an English project."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://detector.media"

OUTLET = Outlet(
    slug="detector-media",
    name="Detector Media",
    names=("Детектор медіа", "Детектор медиа", "Телекритика", "MediaSapiens", "detector.media"),
    homepage=f"{_ROOT}/",
    kind="ngo",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=("detector.media", "www.detector.media", "ms.detector.media")),
        Edition(language="en", hosts=("en.detector.media",)),
    ),
    sister_hosts=("stv.detector.media", "video.detector.media", "desinfo.detector.media", "go.detector.media"),
    rights="Not known; ask the outlet before publishing anew",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/rss/", language="uk", use="night"),
        *(
            Index(
                kind="page_list",
                url=f"{_ROOT}/type/{number}/pagenum/{{page}}/",
                language="uk",
                item="div.cat_blkPost",
                use="past",
            )
            for number in (1, 4)  # news, longer articles
        ),
    ),
    article_url=(
        r"^https?://(?:(?:www|ms)\.)?detector\.media/[a-z0-9-]+/(?:article|post)/\d+/\d{4}-\d{2}-\d{2}-[^/?#]+/?(?:[?#].*)?$",
        r"^https?://en\.detector\.media/post/[a-z0-9]+(?:-[a-z0-9]+)+/?(?:[?#].*)?$",
    ),
    not_article_url=(
        r"detector\.media/(?:type|category|tag|tags|authors|archive|search|rss|page|print|module|bclick\.php)(?:[/?]|$)",
        r"detector\.media/[a-z0-9-]+/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/infospace/article/240001/2026-09-14-yak-telekanaly-rozpovidaly-pro-garantii/",
        "https://ms.detector.media/internet/post/39001/2026-07-21-yak-vyavyty-botofermu/",
        "https://en.detector.media/post/how-state-television-told-of-the-guarantees",
    ),
    body=("div#artelem", "div.artContentBlk"),
    title=("div.artBlock div.artTitleBlk h1", "div.artTitleBlk h1"),
    author=("div.artAuthorInfo a",),
    tags=("div.art_tags div.tags_title a",),
    caption=("figcaption",),
    clutter=(
        "div.md_banner_zone, div.donateform",
        "div.artSocSticky, div.artSocBLK, div.artOtherBLK",
        "div.art_tags, div.art_cnt_blks",
        "div.txb2_blk",
    ),
    clutter_lines=(
        r"LIKED THE ARTICLE\?|СПОДОБАЛАСЯ СТАТТЯ\?",
        r"Help us do more for you!|Допоможіть нам зробити для вас більше!",
        r"\* ?Знайшовши помилку, виділіть її та натисніть Ctrl ?\+ ?Enter\.?",
        r"Команда «Детектора медіа» понад 20 років виконує роль watchdog.*",
    ),
    house_marks=(
        r"(?m)^\* ?Знайшовши помилку, виділіть її та натисніть Ctrl ?\+ ?Enter",
        r"(?m)^Команда «Детектора медіа» понад 20 років виконує роль watchdog",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        always=("title", "published_at", "published_minute", "section"),
        never_empty=("feed",),
    ),
    facts=(
        Fact(what="Addresses: section, 'article', number, day and slug", confidence="high", seen_on="2026-04-14"),
        Fact(
            what="MediaSapiens (ms.) says 'post' for 'article' and numbers by itself",
            confidence="high",
            seen_on="2026-07-21",
        ),
        Fact(what="The English project says /post/slug, without number or day", confidence="high", seen_on="2026-08"),
        Fact(
            what="Text in div#artelem, its lead in div.artLeadBlk, a box to donate inside (div.md_banner_zone)",
            confidence="high",
            seen_on="2026-04-14",
        ),
        Fact(
            what="JSON-LD and article:published_time with the offset of Kyiv; the headline twice as h1",
            confidence="high",
            seen_on="2026-04-14",
        ),
        Fact(
            what="Authors link to /authors/ and a number; other cards on the page name theirs the same way",
            confidence="high",
            seen_on="2026-04-14",
        ),
        Fact(what="rss/ is named in every page's head", confidence="high", seen_on="2026-04-14"),
        Fact(what="Numbered lists of news (type/1) and of articles (type/4)", confidence="medium"),
        Fact(what="Lists are made of div.cat_blkPost", confidence="low"),
        Fact(
            what="The box to donate also asks readers to join its community, in two languages",
            confidence="high",
            seen_on="2026-04-14",
        ),
        Fact(
            what="Projects on other hosts (public broadcaster, video, DisinfoChronicle) are not read",
            confidence="medium",
            seen_on="2026-04-14",
        ),
        Fact(what="unknown: layout and feed of the English project; it is read by general rules", confidence="low"),
        Fact(what="unknown: the form of /archive/, rights, number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
